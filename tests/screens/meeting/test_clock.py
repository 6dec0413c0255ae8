"""The meeting’s clock, its questions and its cues: all in sight, each at its time, and over in order."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from data.actions import conversation
from data.clock import FixedClock
from data.records import Meeting
from screens.desk import Desk
from tests.screens.hands import press, typed, until
from tests.screens.meeting_desk import at, meeting
from tests.screens.seen import text_of
from tui.app import InroadApp

Make = Callable[[], InroadApp]
SIZES = [(120, 36), (80, 24), (60, 100), (200, 60)]


@pytest.mark.parametrize("size", [(40, 10), (40, 20), (80, 10), (120, 14)])
async def test_on_the_lowest_terminal_the_line_and_the_clock_are_seen(
    clock: FixedClock, running: Meeting, app_on: Make, size: tuple[int, int]
) -> None:
    async with app_on().run_test(size=(120, 36)) as pilot:
        await typed(pilot, "the last line\nhalf ty")
        await pilot.resize_terminal(*size)
        await typed(pilot, "ped")
        for minute, words in ((12, "8:00 left"), (21, "1 min over your promise")):
            clock.set(at(15, minute))
            pilot.app.screen.tick()  # type: ignore[attr-defined]
            await pilot.pause()
            shown = text_of(pilot.app)
            for needed in (words, running.questions[0].text[:20], "the last line", "half typed"):
                assert needed in shown
        assert "Maria, I promised" in shown


@pytest.mark.parametrize("size", SIZES)
async def test_everything_needed_is_on_one_screen(
    clock: FixedClock, running: Meeting, app_on: Make, size: tuple[int, int]
) -> None:
    async with app_on().run_test(size=size) as pilot:
        await pilot.press("f3")
        await typed(pilot, "the last line\nhalf typed")
        clock.set(at(15, 21))
        pilot.app.screen.tick()  # type: ignore[attr-defined]
        await pilot.pause()
        shown = " ".join(text_of(pilot.app).split())
        assert "1 min over your promise" in shown
        assert running.questions[0].text[:30] in shown
        assert "the last line" in shown
        assert "half typed" in shown
        assert "Maria, I promised to take 20 minutes" in shown


async def test_questions_are_turned_and_ticked(desk: Desk, running: Meeting, app_on: Make) -> None:
    first, second, third = (question.id for question in running.questions)

    def now() -> Meeting:
        return desk.store.get(Meeting, running.id) or running

    async with app_on().run_test() as pilot:
        await pilot.press("f3", "pagedown")
        await until(pilot, lambda: now().current_question == second)
        await typed(pilot, "/done\n")
        await until(pilot, lambda: now().current_question == third)
        assert [bool(question.asked) for question in now().questions] == [False, True, False]
        await pilot.press("pageup", "pageup", "pageup")
        await until(pilot, lambda: now().current_question == first)
        await pilot.press("escape", "d")
        await until(pilot, lambda: bool(now().questions[0].asked))


@pytest.mark.parametrize("size", SIZES)
async def test_without_questions_the_whole_sentence_says_what_to_do(
    desk: Desk, clock: FixedClock, app_on: Make, size: tuple[int, int]
) -> None:
    planned = meeting(desk, questions=0)
    clock.set(at(15))
    conversation.begin(desk.store, clock, planned.id)
    async with app_on().run_test(size=size) as pilot:
        await press(pilot, "f3")
        shown = " ".join(text_of(pilot.app).replace("│", " ").split())
        assert "Ask what you are" in shown
        assert "curious about." in shown


async def test_offered_minutes_mute_and_exit_line_are_words_and_keys(
    desk: Desk, clock: FixedClock, running: Meeting, app_on: Make
) -> None:

    def now() -> Meeting:
        return desk.store.get(Meeting, running.id) or running

    async with app_on().run_test(size=(120, 36)) as pilot:
        await pilot.press("f3")
        await typed(pilot, "/+7\n/mute\n")
        assert [more.minutes for more in now().extensions] == [7]
        assert now().muted
        await pilot.press("escape", "plus", "m", "x")
        assert [more.minutes for more in now().extensions] == [7, 5]
        assert not now().muted
        await pilot.pause()
        assert "may we stop here?" in " ".join(text_of(pilot.app).split())
        assert "until 15:32" in text_of(pilot.app)
        clock.set(at(15, 31))
        await until(pilot, lambda: "that you offered are up" in " ".join(text_of(pilot.app).split()))


async def test_a_cue_that_was_shown_does_not_come_again_after_a_crash(
    desk: Desk, clock: FixedClock, running: Meeting, app_on: Make
) -> None:
    clock.advance(minutes=18, seconds=30)
    step = desk.store.undo_title
    async with app_on().run_test(size=(120, 36)) as pilot:
        await pilot.press("f3")
        await pilot.pause()
        await pilot.pause()
        assert "Two minutes left" in text_of(pilot.app)
        found = desk.store.get(Meeting, running.id)
        assert found is not None
        assert set(found.cues) >= {"five", "two"}
        assert desk.store.undo_title == step


@pytest.mark.usefixtures("running")
async def test_the_exit_line_used_early_does_not_say_that_the_time_is_up(app_on: Make) -> None:
    async with app_on().run_test(size=(120, 36)) as pilot:
        await typed(pilot, "/+5\n")
        await typed(pilot, "/exit-line\n")
        await until(pilot, lambda: "may we stop here?" in text_of(pilot.app))
        assert "are up" not in text_of(pilot.app)

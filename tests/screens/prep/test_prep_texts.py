"""What is written on Prep: the introduction at any time, every text in its own meeting, and no line lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.pilot import Pilot
from textual.widgets import TextArea

from data.actions import meetings
from data.clock import Clock, FixedClock
from data.drafts import Drafts
from data.records import Introduction, Meeting, Rehearsal, new_id
from data.store import Reader
from screens.desk import Desk
from screens.prep import page as prep_page
from screens.widgets.lines import Lines
from tests.screens.hands import press, settle, write
from tests.screens.meeting_desk import meeting, person
from tests.screens.seen import text_of
from tui.app import InroadApp

Make = Callable[[], InroadApp]


def words(pilot: Pilot[int]) -> str:
    """What is on the screen, however it is wrapped."""
    return " ".join(text_of(pilot.app).replace("│", " ").split())


async def rehearse(pilot: Pilot[int], clock: FixedClock, seconds: int) -> None:
    """Say the introduction in so many seconds, and keep that."""
    await press(pilot, "r", "space")
    clock.advance(seconds=seconds)
    await press(pilot, "space", "enter")


async def test_it_is_rehearsed_without_a_meeting_and_its_history_stays_with_it(
    desk: Desk, clock: FixedClock, app_on: Make
) -> None:
    said = "I was a teacher for years. " + "And I liked it very much. " * 12 + "Please give me a job."
    spoken = meetings.save_introduction(desk.store, Introduction(id=new_id(), title="Plain", text=said))
    other = Introduction(id=new_id(), title="Other", text="I taught for years. I want to move into design.")
    meetings.save_introduction(desk.store, other)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await press(pilot, "2")
        assert "No meeting yet" in text_of(pilot.app)
        assert "Introduction: Other" in text_of(pilot.app)
        await press(pilot, "j")
        await rehearse(pilot, clock, 50)
        await rehearse(pilot, clock, 41)
        assert "rehearsed twice, 41 s" in text_of(pilot.app)
        await press(pilot, "r")
        assert "Rehearse: Plain" in text_of(pilot.app)
        assert "Before, newest first: 41 s (121 words a minute), 50 s (100)" in words(pilot)
        for warning in (
            "! About 38 s when spoken calmly: 18 words too many for 30 s.",
            "! It asks for a job.",
            "! It doesn’t say where you want to go.",
        ):
            assert warning in words(pilot)
        await press(pilot, "escape")
        # A meeting that is planned afterwards finds it rehearsed.
        kept = meeting(desk)
        meetings.set_introduction(desk.store, kept.id, spoken.id)
        await settle(pilot)
        assert text_of(pilot.app).count("rehearsed twice, 41 s") == 2
    history = desk.store.where(Rehearsal, introduction=spoken.id)
    assert [(each.seconds, each.words) for each in history] == [(50.0, 83), (41.0, 83)]
    assert not desk.store.where(Rehearsal, introduction=other.id)


async def test_a_first_introduction_is_written_and_another_chosen_without_a_meeting(
    desk: Desk, app_on: Make
) -> None:
    async with app_on().run_test(size=(80, 24)) as pilot:
        await press(pilot, "2", "r")
        assert "I writes one" in text_of(pilot.app)
        for number in ("2", "3"):
            await press(pilot, "v", number, "ctrl+s")
        first, second = desk.store.all(Introduction)
        page = pilot.app.screen.query_one("#page", Lines)
        assert page.current.ref == second.id  # type: ignore[union-attr]
        await press(pilot, "v", "enter")
        assert page.current.ref == first.id  # type: ignore[union-attr]
        await press(pilot, "e")
        assert first.text in pilot.app.screen.query_one(TextArea).text


async def test_a_half_written_text_is_put_aside_in_its_own_meeting(
    desk: Desk, clock: FixedClock, app_on: Make
) -> None:
    first = meeting(desk)
    second = meetings.schedule(
        desk.store, clock, person(desk, "Tomás Rey"), starts=first.starts.replace(hour=16), zone=first.zone
    )

    def area(pilot: Pilot[int]) -> str:
        return pilot.app.screen.query_one(TextArea).text

    async with app_on().run_test(size=(120, 36)) as pilot:
        await press(pilot, "2", "R")
        await write(pilot, "she spoke in Jun")
        await press(pilot, "escape")
        assert "is back when you open this again" in words(pilot)
        await press(pilot, "h", "j", "R")
        assert area(pilot) == ""
        await write(pilot, "his talk")
        await press(pilot, "ctrl+s")
        found = [desk.store.get(Meeting, each.id) for each in (first, second)]
        assert [each.research for each in found if each is not None] == ["", "his talk"]
        # Killed now, the next process has it from the disk.
        (aside,) = Drafts(desk.store.path.parent, clock).recover()
        assert (first.id in aside.key, aside.text) == (True, '["she spoke in Jun"]')
        await press(pilot, "h", "k", "R")
        assert area(pilot) == "she spoke in Jun"
        await press(pilot, "escape", "R")
        assert area(pilot) == ""


@pytest.mark.parametrize("size", [(80, 24), (60, 100)])
async def test_the_page_is_drawn_once_and_in_the_width_that_it_gets(
    desk: Desk, app_on: Make, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    meeting(desk)
    drawn: list[int] = []

    def page_rows(reader: Reader, clock: Clock, shown: Meeting, width: int) -> list[prep_page.PageRow]:
        drawn.append(width)
        return prep_page.page_rows(reader, clock, shown, width)

    monkeypatch.setattr("screens.prep.screen.page_rows", page_rows)
    async with app_on().run_test(size=size) as pilot:
        await press(pilot, "2")
        assert drawn == [pilot.app.screen.query_one("#page").content_size.width - 3]

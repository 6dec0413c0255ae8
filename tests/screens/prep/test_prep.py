"""The preparation: one page for one meeting, every item done by its key or by fact."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.widgets import TextArea

from data.actions import meetings
from data.clock import FixedClock
from data.meetings.questions import own_question
from data.records import (
    Introduction,
    Medium,
    Meeting,
    MeetingStatus,
    OwnQuestion,
    Rehearsal,
    new_id,
)
from screens.desk import Desk
from screens.messages import Go
from screens.widgets.lines import Lines
from tests.screens.conftest import Outside
from tests.screens.hands import press, typed, until
from tests.screens.meeting_desk import at, meeting, person, screen_name
from tests.screens.people import HOSTILE
from tests.screens.quiet import until_quiet
from tests.screens.seen import text_of
from tui.app import InroadApp

Make = Callable[[], InroadApp]
SIZES = [(120, 36), (80, 24), (60, 100), (200, 60)]


def now(desk: Desk, kept: Meeting) -> Meeting:
    found = desk.store.get(Meeting, kept.id)
    assert found is not None
    return found


def introduce(desk: Desk, text: str = "For years I worked as a teacher. I want to move on.") -> Introduction:
    return meetings.save_introduction(desk.store, Introduction(id=new_id(), title="Mine", text=text))


def cursor_on(app: InroadApp, key: str) -> None:
    page = app.screen.query_one("#page", Lines)
    assert page.select(key), key
    page.focus()


@pytest.mark.parametrize("size", SIZES)
async def test_the_page_shows_what_there_is(desk: Desk, app_on: Make, size: tuple[int, int]) -> None:
    meeting(desk, person(desk, zone="America/New_York", company="Figma"))
    introduce(desk)
    async with app_on().run_test(size=size) as pilot:
        await pilot.press("2")
        await until(pilot, lambda: "until 15:20" in text_of(pilot.app))
        shown = text_of(pilot.app)
        assert "Maria Chen" in shown
        assert "15:00–15:20" in shown
        assert "09:00–09:20 in New York" in shown
        assert "until 15:20" in shown
        assert "%" in shown


async def test_nothing_to_prepare_says_what_to_do(app_on: Make) -> None:
    async with app_on().run_test(size=(80, 24)) as pilot:
        await pilot.press("2", "a")
        await pilot.pause()
        assert "No meeting yet" in text_of(pilot.app)
        assert "schedule one from the board" in text_of(pilot.app)


async def test_questions_come_from_the_bank_by_category(desk: Desk, app_on: Make) -> None:
    kept = meeting(desk, questions=0)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await pilot.press("2", "a")
        await until(pilot, lambda: screen_name(pilot.app) == "BankWindow")
        await pilot.press("right", "right", "right", "enter", "down", "space")
        await pilot.pause()
        assert [each.category for each in now(desk, kept).questions] == ["trends", "trends"]
        await pilot.press("space")
        assert len(now(desk, kept).questions) == 1
        await pilot.press("escape")
        await until(pilot, lambda: screen_name(pilot.app) == "PrepScreen")
        assert now(desk, kept).questions[0].text[:40] in text_of(pilot.app)


async def test_the_bank_is_searched_and_known_questions_are_left_out(desk: Desk, app_on: Make) -> None:
    kept = meeting(desk, questions=0)
    app = app_on()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2", "a")
        await until(pilot, lambda: screen_name(app) == "BankWindow")
        await pilot.press("slash")
        await typed(pilot, "evenings")
        await until(pilot, lambda: "energy" not in text_of(app) and "evenings and" in text_of(app))
        await pilot.press("enter", "enter")
        await until(pilot, lambda: len(now(desk, kept).questions) == 1)
        await pilot.press("v")
        await until(pilot, lambda: "Not answered yet" in text_of(app))
        await pilot.press("f")
        await until(pilot, lambda: "hidden: what they were asked before" in text_of(app))
        await pilot.press("slash", "x", "x", "x")
        await until(pilot, lambda: "No question is like that" in text_of(app))
        await pilot.press("escape")
        await until(pilot, lambda: "No question is like that" not in text_of(app))
        assert screen_name(app) == "BankWindow"
        await pilot.press("escape")
        await until(pilot, lambda: screen_name(app) == "PrepScreen")


async def test_questions_are_starred_moved_and_taken_away(desk: Desk, app_on: Make) -> None:
    kept = meeting(desk)
    first, second, third = kept.questions
    app = app_on()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("2")
        await pilot.pause()
        cursor_on(app, f"q-{third.id}")
        await pilot.press("asterisk")
        await pilot.pause()
        assert "3 of 3 must-asks" in text_of(app)
        await pilot.press("K")
        await pilot.pause()
        assert [each.id for each in now(desk, kept).questions] == [first.id, third.id, second.id]
        assert now(desk, kept).questions[1].starred
        await pilot.press("J", "x")
        await pilot.pause()
        assert [each.id for each in now(desk, kept).questions] == [first.id, second.id]


async def test_an_own_question_is_flagged_and_goes_into_the_own_bank(desk: Desk, app_on: Make) -> None:
    kept = meeting(desk, questions=0)
    app = app_on()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("2", "A")
        await until(pilot, lambda: screen_name(app) == "AskLine")
        await typed(pilot, "How many employees does your company have?")
        await pilot.pause()
        assert "a search engine knows the company’s size" in " ".join(text_of(app).split())
        await pilot.press("enter")
        await until(pilot, lambda: screen_name(app) == "Choose")
        await pilot.press("2")
        await until(pilot, lambda: len(now(desk, kept).questions) == 1)
        own = desk.store.all(OwnQuestion)[0]
        assert (own.category, now(desk, kept).questions[0].bank) == ("role", own.id)


async def test_a_rehearsal_is_measured_and_ticks_the_item(
    desk: Desk, clock: FixedClock, app_on: Make
) -> None:
    meeting(desk)
    introduction = introduce(desk)
    app = app_on()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("2", "r")
        await until(pilot, lambda: screen_name(app) == "RehearseWindow")
        await pilot.press("enter")
        await pilot.pause()
        assert "Press space first" in text_of(app)
        await pilot.press("space")
        clock.advance(seconds=31)
        app.screen.tick()  # type: ignore[attr-defined]
        await pilot.pause()
        assert "over by 1 s" in text_of(app)
        await pilot.press("space", "enter")
        await until(pilot, lambda: screen_name(app) == "PrepScreen")
        await until(pilot, lambda: desk.store.count(Rehearsal) == 1)
        kept = desk.store.where(Rehearsal, introduction=introduction.id)[0]
        assert (kept.seconds, kept.words) == (31.0, 12)
        await pilot.pause()
        assert "rehearsed once, 31 s" in text_of(app)


async def test_an_introduction_begins_with_a_pattern(desk: Desk, app_on: Make) -> None:
    kept = meeting(desk)
    app = app_on()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("2", "I")
        await until(pilot, lambda: screen_name(app) == "Choose")
        await pilot.press("2")
        await until(pilot, lambda: screen_name(app) == "WriteText")
        area = app.screen.query_one(TextArea)
        assert "I hope to start in product design" in area.text
        await pilot.press("ctrl+s")
        await until(pilot, lambda: desk.store.count(Introduction) == 1)
        assert now(desk, kept).introduction == desk.store.all(Introduction)[0].id
        await pilot.pause()
        assert "Fill in [" in text_of(app)


async def test_items_tick_by_hand_and_by_fact(desk: Desk, app_on: Make) -> None:
    kept = meeting(desk, place="https://meet.example/x")
    app = app_on()
    async with app.run_test(size=(120, 60)) as pilot:
        await pilot.press("2", "i")
        await until(pilot, lambda: screen_name(app) == "AskLine")
        await typed(pilot, "water\n")
        await until(pilot, lambda: len(now(desk, kept).own_items) == 1)
        cursor_on(app, "item-dressed")
        await pilot.press("space")
        assert now(desk, kept).ticked == ("dressed",)
        await pilot.press("enter")
        assert now(desk, kept).ticked == ()
        cursor_on(app, f"item-{now(desk, kept).own_items[0].id}")
        await pilot.press("space")
        assert now(desk, kept).own_items[0].done
        cursor_on(app, "item-place")
        await pilot.press("space")
        await pilot.pause()
        assert "Done by itself: https://meet.example/x" in text_of(app)


async def test_a_link_is_opened_and_nothing_else(desk: Desk, app_on: Make, outside: Outside) -> None:
    kept = meeting(desk, place="Zoom https://meet.example/x?pwd=1, code 7")
    async with app_on().run_test() as pilot:
        await pilot.press("2", "o")
        assert outside.opened == ["https://meet.example/x?pwd=1"]
        for bad in ("javascript:alert(1)", "file:///etc/passwd", "-h", "https://user:pw@evil.example/", ""):
            meetings.set_place(desk.store, kept.id, Medium.VIDEO, bad)
            await pilot.press("o")
        assert len(outside.opened) == 1


async def test_a_meeting_is_moved_with_the_date_shown_as_read(desk: Desk, app_on: Make) -> None:
    kept = meeting(desk)
    app = app_on()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("2", "s")
        await until(pilot, lambda: screen_name(app) == "AskLine")
        await typed(pilot, "thu 3pm London")
        await until(pilot, lambda: "Thu 26 Nov 2026, 15:00 London (16:00 for you)" in text_of(app))
        await pilot.press("enter")
        await until(pilot, lambda: screen_name(app) == "Choose")
        await pilot.press("1")
        await until(pilot, lambda: now(desk, kept).zone == "Europe/London")
        assert (now(desk, kept).starts.hour, now(desk, kept).minutes) == (15, 20)


async def test_a_typed_end_is_the_length_and_is_not_asked_for_again(desk: Desk, app_on: Make) -> None:
    kept = meeting(desk)
    app = app_on()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("2", "s")
        await until(pilot, lambda: screen_name(app) == "AskLine")
        await typed(pilot, "fri 9-9:45am")
        await until(pilot, lambda: "Fri 27 Nov 2026, 09:00–09:45, 45 min" in text_of(app))
        await pilot.press("enter")
        await until(pilot, lambda: now(desk, kept).minutes == 45)
        await until(pilot, lambda: screen_name(app) == "PrepScreen")
        assert now(desk, kept).starts.hour == 9


async def test_texts_place_and_begin(desk: Desk, clock: FixedClock, app_on: Make) -> None:
    kept = meeting(desk)
    app = app_on()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("2", "R")
        await until(pilot, lambda: screen_name(app) == "WriteText")
        await typed(pilot, "two\nlines")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: now(desk, kept).research == "two\nlines")
        await pilot.press("w")
        await until(pilot, lambda: screen_name(app) == "Form")
        await typed(pilot, "Cafe")
        await pilot.press("enter", "ctrl+u")
        await typed(pilot, "in person\n")
        await until(pilot, lambda: now(desk, kept).medium is Medium.IN_PERSON)
        assert now(desk, kept).place == "Cafe"
        clock.set(at(15))
        await pilot.press("b")
        await until(pilot, lambda: screen_name(app) == "MeetingScreen")
        assert now(desk, kept).status is MeetingStatus.RUNNING


async def test_a_page_to_read_comes_to_rest_at_any_size(app_on: Make, desk: Desk) -> None:
    meeting(desk)
    async with app_on().run_test(size=(80, 24)) as pilot:
        await press(pilot, "2", "p")
        assert screen_name(pilot.app) == "PageWindow"
        for size in ((8, 3), (4, 4), (1, 30), (1, 1)):
            await pilot.resize_terminal(*size)
            assert await until_quiet(pilot.app), size


async def test_the_sheet_is_shown_and_copied(desk: Desk, app_on: Make) -> None:
    meeting(desk)
    app = app_on()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("2", "p")
        await until(pilot, lambda: screen_name(app) == "PageWindow")
        await pilot.pause()
        assert "When and where" in text_of(app)
        await until(pilot, lambda: bool(desk.clipboard.copied))  # type: ignore[attr-defined]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
async def test_hostile_text_is_drawn(desk: Desk, app_on: Make, text: str) -> None:
    kept = meeting(desk, person(desk, text, title=text, company=text, location=text), place=text)
    meetings.add_own_question(desk.store, kept.id, own_question(text))
    meetings.set_objective(desk.store, kept.id, text)
    meetings.set_research(desk.store, kept.id, text)
    meetings.add_item(desk.store, kept.id, text)
    introduce(desk, text)
    app = app_on()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2")
        await pilot.pause()
        app.post_message(Go("prep", kept.id))
        for keys in (("G",), ("p",), ("escape", "r"), ("escape", "a"), ("escape", "v"), ("escape", "w")):
            await pilot.press(*keys)
            await pilot.pause()
            assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(text_of(app))


async def test_enter_on_an_open_reason_does_what_it_asks_for(desk: Desk, app_on: Make) -> None:
    kept = meeting(desk)
    app = app_on()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2")
        await pilot.pause()
        for item, window in (("research", "WriteText"), ("questions", "BankWindow"), ("place", "Form")):
            cursor_on(app, f"item-{item}")
            await pilot.press("enter")
            await until(pilot, lambda window=window: screen_name(app) == window)  # type: ignore[misc]
            await pilot.press("escape")
            await until(pilot, lambda: screen_name(app) == "PrepScreen")
        assert now(desk, kept).ticked == ()


async def test_a_question_is_given_another_length(desk: Desk, app_on: Make) -> None:
    kept = meeting(desk)
    app = app_on()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("2")
        await pilot.pause()
        cursor_on(app, f"q-{kept.questions[0].id}")
        await pilot.press("e")
        await until(pilot, lambda: screen_name(app) == "AskLine")
        await pilot.press(*["backspace"] * 6)
        await typed(pilot, " 4 min\n")
        await until(pilot, lambda: now(desk, kept).questions[0].seconds == 240)
        assert now(desk, kept).questions[0].text == kept.questions[0].text

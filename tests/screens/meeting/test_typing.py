"""What is typed in the meeting is kept, in its order and as what it is, also when the app is killed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace
from textual import events

from data.actions import conversation, meetings
from data.clock import FixedClock
from data.drafts import Drafts
from data.meetings.capture import Line
from data.meetings.questions import own_question
from data.records import (
    Advice,
    Entry,
    EntryKind,
    Lead,
    Meeting,
    Person,
)
from screens.desk import Desk
from screens.meeting.typing import DRAFT_SECONDS
from screens.widgets.note_input import NoteInput
from tests.screens.hands import press, typed, until
from tests.screens.meeting_desk import at, meeting, person, screen_name
from tests.screens.people import HOSTILE
from tests.screens.seen import text_of
from tui.app import InroadApp
from tui.config import Config

Make = Callable[[], InroadApp]


def kept(desk: Desk, meeting_id: str) -> list[tuple[EntryKind, str]]:
    return [(entry.kind, entry.text) for entry in conversation.lines_of(desk.store, meeting_id)]


async def test_six_kinds_are_kept_at_their_minute(
    desk: Desk, clock: FixedClock, running: Meeting, app_on: Make
) -> None:
    async with app_on().run_test(size=(120, 36)) as pilot:
        await pilot.press("f3")
        clock.advance(minutes=2, seconds=10)
        await typed(pilot, "nine people\n")
        for line, sign, understood in (
            (
                "! Jonas Weber at Spotify, may use her name",
                "lead ›",
                "Jonas Weber · Spotify · may use the name",
            ),
            ("* show shipped work", "advice ›", ""),
            ('"nobody reads case studies', "quote ›", ""),
            ("@ send my portfolio by fri", "promised ›", "you promised it by Fri 27 Nov 2026"),
            (" * not advice", "› ", ""),
        ):
            await typed(pilot, line)
            await until(pilot, lambda line=line: line.strip() in text_of(pilot.app))  # type: ignore[misc]
            *_, entry, hint, _ = text_of(pilot.app).splitlines()
            assert entry.strip().startswith(sign)
            assert (f"understood: {understood}" in hint) is bool(understood)
            await typed(pilot, "\n")
        await typed(pilot, "by accident")
        await pilot.press("tab")
        await pilot.pause()
        assert kept(desk, running.id) == [
            (EntryKind.NOTE, "nine people"),
            (EntryKind.LEAD, "Jonas Weber at Spotify, may use her name"),
            (EntryKind.ADVICE, "show shipped work"),
            (EntryKind.QUOTE, "nobody reads case studies"),
            (EntryKind.PROMISE, "send my portfolio by fri"),
            (EntryKind.NOTE, "* not advice"),
            (EntryKind.ANSWER, "by accident"),
        ]
        lead = desk.store.where(Lead, meeting=running.id)[0]
        assert (lead.name, lead.company, lead.may_use_name) == ("Jonas Weber", "Spotify", True)
        assert desk.store.where(Advice, meeting=running.id)[0].text == "show shipped work"
        shown = text_of(pilot.app)
        assert "02:10" in shown
        assert "2:10" in shown
        assert "17:50 left" in shown


async def test_a_paste_of_many_lines_is_kept_in_order_as_plain_notes(
    desk: Desk, running: Meeting, app_on: Make
) -> None:
    async with app_on().run_test() as pilot:
        await pilot.press("f3")
        await typed(pilot, "before")
        pilot.app.screen.query_one(NoteInput).post_message(events.Paste("* one\r\n/end\n\n! three \x1b[31m"))
        await until(pilot, lambda: len(kept(desk, running.id)) == 4)
        assert kept(desk, running.id) == [
            (EntryKind.NOTE, "before"),
            (EntryKind.NOTE, "* one"),
            (EntryKind.NOTE, "/end"),
            (EntryKind.NOTE, "! three \x1b[31m"),
        ]
        assert "\x1b" not in text_of(pilot.app)
        pilot.app.screen.query_one(NoteInput).post_message(events.Paste("* single"))
        await until(pilot, lambda: pilot.app.screen.query_one(NoteInput).value == "* single")
        await pilot.press("enter")
        await until(pilot, lambda: kept(desk, running.id)[-1] == (EntryKind.NOTE, "* single"))


async def test_the_last_line_is_taken_back_and_its_kind_changed(
    desk: Desk, running: Meeting, app_on: Make
) -> None:
    async with app_on().run_test() as pilot:
        await pilot.press("f3")
        await typed(pilot, "! Jonas\nhalf")
        await pilot.press("up", "home", "delete", "*", "enter")
        await pilot.pause()
        assert kept(desk, running.id) == [(EntryKind.ADVICE, "Jonas")]
        assert desk.store.where(Lead, meeting=running.id) == []
        assert len(desk.store.where(Advice, meeting=running.id)) == 1
        assert pilot.app.screen.query_one(NoteInput).value == "half"


async def test_an_unknown_command_stays_where_it_was_typed(
    desk: Desk, running: Meeting, app_on: Make
) -> None:
    async with app_on().run_test(size=(120, 36)) as pilot:
        await pilot.press("f3")
        await typed(pilot, "/nonsense\n")
        await pilot.pause()
        assert pilot.app.screen.query_one(NoteInput).value == "/nonsense"
        assert "a space first to keep this as a note" in text_of(pilot.app)
        assert kept(desk, running.id) == []


async def test_a_killed_app_finds_the_meeting_and_the_half_typed_line(
    desk: Desk, clock: FixedClock, running: Meeting, app_on: Make
) -> None:
    async with app_on().run_test() as pilot:
        await pilot.press("f3")
        await typed(pilot, "kept\n! half ty")
        await until(pilot, lambda: desk.drafts.get(f"meeting:{running.id}") == "! half ty")
    fresh = Drafts(desk.store.path.parent, clock)
    # The other's file is named after a process that runs (this one); what a dead one left is taken over.
    for file in desk.store.path.parent.glob("draft-*.json"):
        file.rename(file.with_name("draft-999999999-x.json"))
    clock.advance(minutes=5)
    async with InroadApp(replace(desk, drafts=fresh), Config()).run_test(size=(120, 36)) as pilot:
        await pilot.press("f3")
        await pilot.pause()
        assert pilot.app.screen.query_one(NoteInput).value == "! half ty"
        shown = text_of(pilot.app)
        assert "5:00" in shown
        assert "kept" in shown
        await pilot.press("enter")
        assert kept(desk, running.id)[-1] == (EntryKind.LEAD, "half ty")


async def test_half_a_line_is_on_disk_within_a_second_also_while_one_types_on(
    desk: Desk, running: Meeting, app_on: Make
) -> None:
    assert DRAFT_SECONDS < 1
    async with app_on().run_test() as pilot:
        await pilot.press("f3")
        while not (drafts := list(desk.store.path.parent.glob("draft-*.json"))):
            # It counts from the first letter: those that follow put it off no further.
            await typed(pilot, "x")
        assert "xx" in drafts[0].read_text("utf-8")


async def test_killed_just_after_a_line_was_kept_it_does_not_come_back_half(
    desk: Desk, clock: FixedClock, running: Meeting, app_on: Make
) -> None:
    for half, kept_text, comes_back in (
        ("! Jonas We", "Jonas Weber", ""),
        ("/home is th", "/home is the folder", ""),
        ("Jonas again", "something else", "Jonas again"),
    ):
        desk.drafts.save(f"meeting:{running.id}", half)
        clock.advance(seconds=0.2)
        conversation.keep_lines(desk.store, clock, running.id, [Line(EntryKind.NOTE, kept_text)])
        async with app_on().run_test() as pilot:
            await pilot.pause()
            assert pilot.app.screen.query_one(NoteInput).value == comes_back


async def test_a_line_being_changed_is_as_safe_as_a_new_one(
    desk: Desk, running: Meeting, app_on: Make
) -> None:
    async with app_on().run_test() as pilot:
        await pilot.press("f3")
        await typed(pilot, "! Jonas\nnew")
        await until(pilot, lambda: desk.drafts.get(f"meeting:{running.id}") == "new")
        await pilot.press("up", *" Weber".replace(" ", "_"))
        pilot.app.screen.keep_drafts()  # type: ignore[attr-defined]
    async with app_on().run_test() as pilot:
        await pilot.press("f3")
        await pilot.pause()
        line = pilot.app.screen.query_one(NoteInput)
        assert line.value == "! Jonas_Weber"
        await pilot.press("enter")
        await pilot.pause()
        await until(pilot, lambda: line.value == "new")
        assert kept(desk, running.id) == [(EntryKind.LEAD, "Jonas_Weber")]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
async def test_hostile_text_is_drawn_and_nothing_is_lost(
    desk: Desk, clock: FixedClock, app_on: Make, text: str
) -> None:
    who = person(desk, text, title=text, company=text, introduced_by=person(desk, text).id)
    planned = meeting(desk, who, questions=1, place=text)
    meetings.add_own_question(desk.store, planned.id, own_question(text))
    clock.set(at(15))
    conversation.begin(desk.store, clock, planned.id)
    async with app_on().run_test(size=(80, 24)) as pilot:
        await pilot.press("f3", "pagedown")
        line = pilot.app.screen.query_one(NoteInput)
        line.set(text, plain=True)
        await pilot.press("enter")
        await until(pilot, lambda: len(kept(desk, planned.id)) == 1)
        assert kept(desk, planned.id)[0][1] == text.strip()
        for minute in (11, 16, 19, 21):
            clock.set(at(15, minute))
            pilot.app.screen.tick()  # type: ignore[attr-defined]
            await pilot.pause()
        shown = text_of(pilot.app)
        assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(shown)
        await pilot.press("escape", "E")
        await until(pilot, lambda: screen_name(pilot.app) == "WrapUpScreen")
        assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(text_of(pilot.app))
        await pilot.press("w")
        await until(pilot, lambda: screen_name(pilot.app) == "MeetingScreen")
        stored = desk.store.get(Person, who.id)
        assert stored is not None
        assert stored.name == text
        assert desk.store.where(Entry, meeting=planned.id)[0].text == text.strip()


async def test_lines_typed_faster_than_they_are_kept_stay_lines(
    desk: Desk, running: Meeting, app_on: Make
) -> None:
    lines = [f"line{number}" for number in range(8)]
    async with app_on().run_test(size=(80, 24)) as pilot:
        await pilot.press("f3")
        await pilot.pause()
        # All keys are in the queue before the first is handled, as over a slow connection.
        for line in lines:
            for key in (*line, "enter"):
                pilot.app.simulate_key(key)
        for key in "half":
            pilot.app.simulate_key(key)
        await until(pilot, lambda: pilot.app.screen.query_one(NoteInput).value == "half")
        await until(pilot, lambda: len(kept(desk, running.id)) == len(lines))
        assert kept(desk, running.id) == [(EntryKind.NOTE, line) for line in lines]


async def test_the_marks_and_a_paste_go_into_the_line_also_when_it_was_left(
    desk: Desk, running: Meeting, app_on: Make
) -> None:
    async with app_on().run_test(size=(80, 24)) as pilot:
        await pilot.press("f3")
        await typed(pilot, "she began in sales\n")
        for said in ("!Jonas at Spotify", "*show work", '"nobody reads them', "@my CV by friday"):
            await press(pilot, "escape")
            await typed(pilot, f"{said}\n")
        await press(pilot, "escape")
        pilot.app.post_message(events.Paste("pasted one"))
        await typed(pilot, "\n")
        await press(pilot, "escape")
        pilot.app.post_message(events.Paste("pasted two\npasted three"))
        await press(pilot, "escape")
        await typed(pilot, "/help\n")
        await until(pilot, lambda: screen_name(pilot.app) == "HelpScreen")
        await press(pilot, "escape", "escape")
        assert kept(desk, running.id) == [
            (EntryKind.NOTE, "she began in sales"),
            (EntryKind.LEAD, "Jonas at Spotify"),
            (EntryKind.ADVICE, "show work"),
            (EntryKind.QUOTE, "nobody reads them"),
            (EntryKind.PROMISE, "my CV by friday"),
            (EntryKind.NOTE, "pasted one"),
            (EntryKind.NOTE, "pasted two"),
            (EntryKind.NOTE, "pasted three"),
        ]
        await typed(pilot, "/end\n")
        await until(pilot, lambda: screen_name(pilot.app) == "WrapUpScreen")


@pytest.mark.usefixtures("running")
@pytest.mark.parametrize("size", [(60, 100), (40, 18)])
async def test_the_way_to_all_keys_is_in_sight_while_one_types(app_on: Make, size: tuple[int, int]) -> None:
    async with app_on().run_test(size=size) as pilot:
        await press(pilot, "3")
        last = text_of(pilot.app).splitlines()[-1]
        await pilot.click(offset=(last.index("F7 Keys"), size[1] - 1))
        await until(pilot, lambda: screen_name(pilot.app) == "HelpScreen")

"""Half a line is somebody's words, too: none is lost when the meeting ends, vanishes or changes around it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from textual import events

from data.actions import conversation, meetings
from data.clock import FixedClock
from data.meetings.capture import Line
from data.records import EntryKind, Meeting, MeetingStatus
from screens.desk import Desk
from screens.widgets.note_input import NoteInput
from tests.screens.hands import typed, until
from tests.screens.meeting_desk import at, meeting, person, screen_name
from tests.screens.seen import text_of
from tui.app import InroadApp

Make = Callable[[], InroadApp]


@pytest.fixture
def running(desk: Desk, clock: FixedClock, running: Meeting) -> Meeting:
    """A meeting that runs since this minute, with one line in it."""
    conversation.keep_lines(desk.store, clock, running.id, [Line(EntryKind.NOTE, "Team of nine")])
    return running


def texts(desk: Desk, meeting_id: str) -> list[str]:
    return [entry.text for entry in conversation.lines_of(desk.store, meeting_id)]


async def test_the_new_line_behind_a_change_is_kept_when_the_meeting_ends(
    desk: Desk, running: Meeting, app_on: Make
) -> None:
    async with app_on().run_test() as pilot:
        await typed(pilot, "half a new one")
        await pilot.press("up", "ctrl+u", *"/end", "enter")
        await until(pilot, lambda: screen_name(pilot.app) == "WrapUpScreen")
        await pilot.pause()
        assert texts(desk, running.id) == ["Team of nine", "half a new one"]


async def test_a_change_under_way_is_kept_when_the_meeting_ends(
    desk: Desk, running: Meeting, app_on: Make
) -> None:
    async with app_on().run_test() as pilot:
        await typed(pilot, "half a new one")
        await pilot.press("up", *"_hires")
        pilot.app.screen.run_command("end")  # type: ignore[attr-defined] # as the palette does
        await until(pilot, lambda: screen_name(pilot.app) == "WrapUpScreen")
        await pilot.pause()
        assert texts(desk, running.id) == ["Team of nine_hires", "half a new one"]


@pytest.mark.parametrize("how", ["ended", "nobody came"])
async def test_the_meeting_is_over_in_another_window(
    desk: Desk, clock: FixedClock, running: Meeting, app_on: Make, how: str
) -> None:
    other = meeting(desk, person(desk, "Tomás Rey"))
    async with app_on().run_test(size=(120, 36)) as pilot:
        await typed(pilot, "half typed")
        if how == "ended":
            conversation.end(desk.store, clock, running.id)
        else:
            meetings.no_show(desk.store, clock, running.id)
        await until(pilot, lambda: texts(desk, running.id)[-1] == "half typed")
        await until(pilot, lambda: "half-typed line" in text_of(pilot.app))
        conversation.begin(desk.store, clock, other.id)
        await pilot.pause()
        assert pilot.app.screen.query_one(NoteInput).value == ""
        assert not desk.drafts.get(f"meeting:{running.id}")


async def test_a_start_taken_back_leaves_the_half_line_to_its_own_meeting(
    desk: Desk, clock: FixedClock, app_on: Make
) -> None:
    first = meeting(desk)
    other = meeting(desk, person(desk, "Tomás Rey"))
    clock.set(at(15))
    conversation.begin(desk.store, clock, first.id)
    async with app_on().run_test() as pilot:
        await typed(pilot, "half typed")
        desk.store.undo()
        await pilot.pause()
        found = desk.store.get(Meeting, first.id)
        assert found is not None
        assert found.status is MeetingStatus.PLANNED
        conversation.begin(desk.store, clock, other.id)
        await pilot.pause()
        line = pilot.app.screen.query_one(NoteInput)
        assert line.value == ""
        desk.store.undo()
        await pilot.pause()
        conversation.begin(desk.store, clock, first.id)
        await pilot.pause()
        assert line.value == "half typed"


async def test_a_line_that_was_taken_away_meanwhile_is_kept_as_a_new_one(
    desk: Desk, clock: FixedClock, running: Meeting, app_on: Make
) -> None:
    async with app_on().run_test(size=(120, 36)) as pilot:
        await pilot.press("up", *"_hires")
        conversation.remove_line(desk.store, conversation.lines_of(desk.store, running.id)[0].id)
        await pilot.press("enter")
        await until(pilot, lambda: texts(desk, running.id) == ["Team of nine_hires"])
        assert pilot.app.screen.query_one(NoteInput).value == ""


@pytest.mark.parametrize("turns", range(12))
async def test_a_window_closed_just_after_enter_keeps_the_line(
    desk: Desk, running: Meeting, app_on: Make, turns: int
) -> None:
    async with app_on().run_test() as pilot:
        await typed(pilot, "said")
        pilot.app.screen.query_one(NoteInput).post_message(events.Key("enter", "\r"))
        for _ in range(turns):
            await asyncio.sleep(0)
        pilot.app._leave(129)  # type: ignore[attr-defined]
    assert "said" in (*texts(desk, running.id), desk.drafts.get(f"meeting:{running.id}"))


@pytest.mark.parametrize("turns", range(4, 9))
async def test_a_window_closed_while_the_wrap_up_opens_ends_in_order(
    desk: Desk, running: Meeting, app_on: Make, turns: int
) -> None:
    async with app_on().run_test() as pilot:
        await pilot.press(*"/end")
        pilot.app.screen.query_one(NoteInput).post_message(events.Key("enter", "\r"))
        for _ in range(turns):
            await asyncio.sleep(0)
        pilot.app._leave(129)  # type: ignore[attr-defined]
    assert texts(desk, running.id) == ["Team of nine"]

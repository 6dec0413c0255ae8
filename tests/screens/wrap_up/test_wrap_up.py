"""The wrap-up: what was decided in it outlives its window, and nothing is booked twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot

from data.actions import conversation
from data.actions.wrap_up import proposals
from data.clock import FixedClock
from data.drafts import Drafts
from data.meetings.capture import Line
from data.records import EntryKind, FollowUp, FollowUpKind, FollowUpState, Meeting, MeetingStatus, Person
from screens.desk import Desk
from screens.widgets.lines import Lines
from screens.wrap_up.choices import Choices, forget_wrapped
from tests.screens.hands import press, settle, until, write
from tests.screens.meeting_desk import at, meeting
from tests.screens.seen import text_of
from tui.app import InroadApp
from tui.config import Config

Make = Callable[[], InroadApp]


@pytest.fixture
def ended(desk: Desk, clock: FixedClock) -> Meeting:
    """A meeting that is over, with a promise in it, and not wrapped up yet."""
    planned = meeting(desk)
    clock.set(at(15))
    conversation.begin(desk.store, clock, planned.id)
    conversation.keep_lines(desk.store, clock, planned.id, [Line(EntryKind.PROMISE, "send my portfolio")])
    clock.set(at(15, 18))
    return conversation.end(desk.store, clock, planned.id)


def booked(desk: Desk, kind: FollowUpKind) -> list[FollowUp]:
    """The open follow-ups of a kind."""
    return [
        each for each in desk.store.all(FollowUp) if (each.kind, each.state) == (kind, FollowUpState.OPEN)
    ]


def put_cursor(pilot: Pilot[int], kind: FollowUpKind) -> None:
    """Put the cursor on the booking of that kind."""
    bookings = pilot.app.screen.query_one("#bookings", Lines)
    key = next("/".join(each.key) for each in bookings.items if each.followup.kind is kind)
    assert bookings.select(key)
    bookings.focus()


async def decide(pilot: Pilot[int]) -> None:
    """They were thanked; no progress report; the promise goes to Friday, in other words."""
    await press(pilot, "3", "enter", "y")
    put_cursor(pilot, FollowUpKind.PROGRESS)
    await press(pilot, "space")
    put_cursor(pilot, FollowUpKind.CUSTOM)
    await press(pilot, "s")
    await write(pilot, "fri\n")


async def see_decided(pilot: Pilot[int]) -> None:
    """All that was decided is on the screen."""
    await until(pilot, lambda: "You thanked them" in text_of(pilot.app))
    shown = text_of(pilot.app)
    assert shown.count("crossed out") == 1
    assert "Fri 27 Nov" in shown


async def see_booked(pilot: Pilot[int], desk: Desk, ended: Meeting) -> None:
    """Accepted, it is booked as it was decided, each once."""
    await press(pilot, "w")
    now = desk.store.get(Meeting, ended.id)
    assert now is not None
    assert now.wrapped is not None
    assert now.thanked is True
    assert not booked(desk, FollowUpKind.PROGRESS)
    (promised,) = booked(desk, FollowUpKind.CUSTOM)
    assert (promised.due, promised.words) == (date(2026, 11, 27), "send my portfolio")
    assert len(booked(desk, FollowUpKind.THANK_YOU)) == 1


async def test_half_done_it_is_as_it_was_after_the_end_of_the_program_and_after_an_undo(
    desk: Desk, clock: FixedClock, ended: Meeting, app_on: Make
) -> None:
    async with app_on().run_test(size=(120, 36)) as pilot:
        await decide(pilot)
        pilot.app._leave(129)  # type: ignore[attr-defined] # as SIGHUP does
    # What was on disk then is all that the next process has.
    drafts = Drafts(desk.store.path.parent, clock)
    async with InroadApp(replace(desk, drafts=drafts), Config()).run_test(size=(120, 36)) as pilot:
        await press(pilot, "3", "enter")
        await see_decided(pilot)
        await press(pilot, "w", "u")
        assert not booked(desk, FollowUpKind.CUSTOM)
        assert not booked(desk, FollowUpKind.CONNECT)
        await press(pilot, "enter")
        await see_decided(pilot)
        await see_booked(pilot, desk, ended)
    forget_wrapped(drafts, desk.store)
    assert not drafts.keys("")


async def test_another_day_stays_when_its_line_gets_other_words(
    desk: Desk, clock: FixedClock, ended: Meeting, app_on: Make
) -> None:
    decided = Choices()
    for each in proposals(desk.store, clock, ended):
        if each.followup.kind is FollowUpKind.CUSTOM:
            decided.change(each.key, due=date(2026, 11, 27))
    decided.keep(desk.drafts, ended.id)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await press(pilot, "3", "enter", "h", "e", "ctrl+u")
        await write(pilot, "@ send the three case studies\n")
        assert "Fri 27 Nov" in text_of(pilot.app)
        await press(pilot, "w")
    (promised,) = booked(desk, FollowUpKind.CUSTOM)
    assert (promised.due, promised.words) == (date(2026, 11, 27), "send the three case studies")


async def test_an_end_taken_back_runs_on_with_its_lines(
    desk: Desk, clock: FixedClock, ended: Meeting, app_on: Make
) -> None:
    async with app_on().run_test(size=(120, 36)) as pilot:
        await press(pilot, "3", "enter", "escape", "u")
        running = desk.store.get(Meeting, ended.id)
        assert running is not None
        assert running.status is MeetingStatus.RUNNING
        assert running.started == at(15)
        assert "send my portfolio" in text_of(pilot.app)
        clock.set(at(15, 19))
        await write(pilot, "and one more\n/end\n")
        await settle(pilot)
        again = desk.store.get(Meeting, ended.id)
        assert again is not None
        assert again.ended == at(15, 19)
        await press(pilot, "w")
    assert len(booked(desk, FollowUpKind.THANK_YOU)) == 1


async def test_a_lead_becomes_a_person_which_is_said_and_taken_back(
    app_on: Make, desk: Desk, ended: Meeting
) -> None:
    conversation.keep_lines(
        desk.store, desk.clock, ended.id, [Line(EntryKind.LEAD, "Jonas Weber at Spotify")]
    )
    before = desk.store.all(Person)
    async with app_on().run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "enter", "h", "G", "p")
        assert "Jonas Weber is on the board, under To ask. u takes it back." in text_of(pilot.app)
        assert [person.name for person in desk.store.people()][-1] == "Jonas Weber"
        await press(pilot, "u")
        assert "Undid: Made Jonas Weber of a lead from Maria Chen." in text_of(pilot.app)
        assert desk.store.all(Person) == before
        # What isn't a lead says so.
        await press(pilot, "g", "p")
        assert "Put the cursor on a lead" in text_of(pilot.app)

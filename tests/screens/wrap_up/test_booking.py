"""From the end of a meeting to what is booked: what was caught, what is accepted, changed, or left open."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from data.actions import conversation
from data.clock import FixedClock
from data.records import (
    FollowUp,
    FollowUpKind,
    Meeting,
    MeetingStatus,
    Stage,
)
from screens.desk import Desk
from screens.messages import Go
from tests.screens.hands import typed, until
from tests.screens.meeting_desk import at, meeting, person, screen_name
from tests.screens.seen import text_of
from tui.app import InroadApp

Make = Callable[[], InroadApp]


async def test_ending_opens_the_wrap_up_and_books_what_is_accepted(
    desk: Desk, clock: FixedClock, app_on: Make
) -> None:
    priya = person(desk, "Priya Nair")
    maria = person(desk, introduced_by=priya.id)
    planned = meeting(desk, maria)
    clock.set(at(15))
    conversation.begin(desk.store, clock, planned.id)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await pilot.press("f3")
        await typed(pilot, "! Jonas Weber at Spotify\n@ send my portfolio\n")
        clock.set(at(15, 18))
        await typed(pilot, "/end\n")
        await until(pilot, lambda: screen_name(pilot.app) == "WrapUpScreen")
        await pilot.pause()
        shown = text_of(pilot.app)
        assert "Wrap-up: Maria Chen" in shown
        assert "Jonas Weber at Spotify" in shown
        ended = desk.store.get(Meeting, planned.id)
        assert ended is not None
        assert ended.status is MeetingStatus.ENDED
        assert ended.ended == at(15, 18)
        await pilot.press("h", "g", "p")
        await until(pilot, lambda: any(p.name == "Jonas Weber" for p in desk.store.people()))
        jonas = next(p for p in desk.store.people() if p.name == "Jonas Weber")
        assert (jonas.introduced_by, jonas.stage, jonas.company) == (maria.id, Stage.TO_ASK, "Spotify")
        await pilot.press("y", "l", "g", "space", "w")
        await until(pilot, lambda: screen_name(pilot.app) == "MeetingScreen")
        booked = {each.kind for each in desk.store.all(FollowUp) if each.state.value == "open"}
        assert FollowUpKind.LEAD in booked
        assert FollowUpKind.PROGRESS in booked
        wrapped = desk.store.get(Meeting, planned.id)
        assert wrapped is not None
        assert wrapped.wrapped == at(15, 18)
        assert wrapped.thanked is True


async def test_a_day_is_changed_and_a_line_is_changed_in_the_wrap_up(
    desk: Desk, clock: FixedClock, running: Meeting, app_on: Make
) -> None:
    conversation.end(desk.store, clock, running.id)
    app = app_on()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.post_message(Go("wrap_up", running.id))
        await until(pilot, lambda: screen_name(app) == "WrapUpScreen")
        await pilot.press("n")
        await until(pilot, lambda: screen_name(app) == "AskLine")
        await typed(pilot, "@ send the slides\n")
        await until(pilot, lambda: screen_name(app) == "WrapUpScreen")
        await pilot.press("l", "g", "s")
        await until(pilot, lambda: screen_name(app) == "AskLine")
        await typed(pilot, "+2d\n")
        await until(pilot, lambda: screen_name(app) == "WrapUpScreen")
        assert "Wed 25 Nov" in text_of(app)
        await pilot.press("w")
        await until(pilot, lambda: screen_name(app) == "MeetingScreen")
        dues = {each.due.day for each in desk.store.all(FollowUp) if each.state.value == "open"}
        assert 25 in dues


async def test_thanks_are_never_taken_for_said(desk: Desk, running: Meeting, app_on: Make) -> None:
    async with app_on().run_test(size=(80, 24)) as pilot:
        await typed(pilot, "/end\n")
        await until(pilot, lambda: "Did you thank them?" in text_of(pilot.app))
        await pilot.press("w")
        await until(pilot, lambda: desk.store.get(Meeting, running.id).wrapped is not None)  # type: ignore[union-attr]
    kept_meeting = desk.store.get(Meeting, running.id)
    assert kept_meeting is not None
    assert kept_meeting.thanked is None


@pytest.mark.usefixtures("running")
async def test_enter_crosses_nothing_out(app_on: Make) -> None:
    async with app_on().run_test(size=(80, 24)) as pilot:
        await typed(pilot, "/end\n\n\n")
        await until(pilot, lambda: "Will be booked" in text_of(pilot.app))
        await pilot.press("enter")
        await pilot.pause()
        assert "crossed out" not in text_of(pilot.app)
        assert "✓ Thank" in text_of(pilot.app)

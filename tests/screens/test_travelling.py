"""What was planned in Berlin, on every screen of a laptop that was started again in New York."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from msgspec.structs import replace

from data.clock import FixedClock
from data.followups.agenda import Agenda
from data.records import FollowUp, FollowUpKind, Meeting
from screens.board.cards import earliest
from screens.desk import Desk
from tests.screens.conftest import NOW
from tests.screens.hands import press, settle, write
from tests.screens.meeting_desk import meeting, person, screen_name
from tests.screens.seen import text_of
from tui.app import InroadApp
from tui.config import Config
from tui.status import StatusLine

SIZES = [(120, 36), (80, 24)]


@pytest.mark.parametrize("size", SIZES)
async def test_every_screen_says_the_time_over_there(desk: Desk, size: tuple[int, int]) -> None:
    planned = meeting(desk)
    clock = FixedClock(NOW.replace(minute=55), "America/New_York")
    app = InroadApp(replace(desk, clock=clock), Config())
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        seen = text_of(app)
        assert "! Maria Chen 09:00" in seen
        assert ("today 09:00" in seen) is (size[0] > 80)
        assert "Maria Chen in 5 min" in seen
        await press(pilot, "2")
        seen = text_of(app)
        assert "Mon 23 Nov, 09:00–09:20" in seen
        assert "15:00–15:20 in Berlin" in seen
        assert "until 09:20" in seen
        await press(pilot, "3")
        assert "today 09:00" in text_of(app)
        await press(pilot, "ctrl+p")
        await write(pilot, "maria 23 nov")
        assert "meeting · Mon 23 Nov 2026" in text_of(app)
        await press(pilot, "escape", "2", "s")
        assert "15:00 Berlin (09:00 for you)" in text_of(app)
        # Moved to what stands there it is what it was.
        await press(pilot, "enter")
        assert desk.store.get(Meeting, planned.id) == planned


async def test_a_meeting_at_night_is_on_the_evening_before_over_there(desk: Desk) -> None:
    planned = meeting(desk)
    with desk.store.transaction("Later") as tx:
        for id, starts, zone in (
            (planned.id, "2026-11-25 02:00", "Europe/Berlin"),
            ("after", "2026-11-24 21:00", "America/New_York"),
        ):
            at = datetime.fromisoformat(starts)
            tx.put(Meeting(id=id, person=planned.person, starts=at, zone=zone))
    app = InroadApp(replace(desk, clock=FixedClock(NOW, "America/New_York")), Config())
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "ctrl+p")
        await write(pilot, "maria 24 nov")
        assert text_of(app).count("meeting · Tue 24 Nov 2026") == 2
        await press(pilot, "escape", "l", "l", "s")
        seen = text_of(app)
        assert 0 < seen.find("02:00 Berlin (Tue 24 Nov 20:00 for you)") < seen.find("Tue 24 Nov 2026, 21:00")
        await press(pilot, "escape", "2", "E")
        assert "2026-11-24" in text_of(app)
        # Begun by mistake, it says when it was planned.
        await press(pilot, "escape", "3", "enter")
        assert screen_name(app) == "MeetingScreen"
        assert "planned for Tue 24 Nov 2026, 20:00" in text_of(app)


def test_what_is_due_to_the_hour_is_counted_on_its_day_over_there(desk: Desk) -> None:
    maria, sam = person(desk), person(desk, "Sam Okafor")
    due_at = datetime(2026, 11, 24, 22, 30, tzinfo=UTC)
    with desk.store.transaction("Owed") as tx:
        for id, of in (("t", maria), ("s", sam)):
            day = date(2026, 11, 24)
            owed = FollowUp(id=id, person=of.id, kind=FollowUpKind.THANK_YOU, due=day)
            tx.put(replace(owed, due_at=due_at) if of is maria else owed)
    for zone, count in (("Europe/Berlin", 2), ("Asia/Tokyo", 1)):
        there = FixedClock(datetime(2026, 11, 24, 12, 0, tzinfo=UTC), zone)
        assert StatusLine(replace(desk, clock=there)).status().counts == (("followups", count),)
        when = earliest(Agenda(desk.store, there), desk.store)
        assert (when[maria.id] == when[sam.id]) is (zone == "Europe/Berlin")
        assert when[maria.id] >= when[sam.id]

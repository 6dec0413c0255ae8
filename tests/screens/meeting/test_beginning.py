"""How a meeting begins, in time, late or too early, and what every screen says of one that is near."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from data.actions import conversation, meetings
from data.clock import FixedClock
from data.records import (
    Meeting,
    MeetingStatus,
)
from screens.desk import Desk
from tests.screens.conftest import Outside
from tests.screens.hands import press, until
from tests.screens.meeting_desk import STARTS, at, meeting, person, screen_name
from tests.screens.seen import text_of
from tui.app import InroadApp

Make = Callable[[], InroadApp]


async def test_a_late_start_asks_which_end_is_meant(desk: Desk, clock: FixedClock, app_on: Make) -> None:
    planned = meeting(desk)
    clock.set(at(15, 6))
    async with app_on().run_test(size=(120, 36)) as pilot:
        await pilot.press("f3", "enter")
        await until(pilot, lambda: screen_name(pilot.app) == "Choose")
        assert "15:20 as promised" in text_of(pilot.app)
        await pilot.press("n")
        await until(pilot, lambda: screen_name(pilot.app) == "MeetingScreen")
        running = desk.store.get(Meeting, planned.id)
        assert running is not None
        assert running.promised_end == at(15, 26)


async def test_nobody_came(desk: Desk, clock: FixedClock, app_on: Make) -> None:
    planned = meeting(desk)
    clock.set(at(15, 15))
    async with app_on().run_test(size=(80, 24)) as pilot:
        await press(pilot, "f3", "N")
        found = desk.store.get(Meeting, planned.id)
        assert found is not None
        assert found.status is MeetingStatus.NO_SHOW
        await press(pilot, "4")
        assert "Find a new time" in text_of(pilot.app), text_of(pilot.app)


async def test_where_no_meeting_runs_the_keys_below_are_those_that_work(desk: Desk, app_on: Make) -> None:
    meeting(desk)
    async with app_on().run_test(size=(80, 24)) as pilot:
        await pilot.press("f3")
        await until(pilot, lambda: "enter Open" in text_of(pilot.app))
        assert "Exit line" not in text_of(pilot.app).splitlines()[-1]


@pytest.mark.usefixtures("running")
async def test_the_board_names_the_meeting_that_runs_first(app_on: Make) -> None:
    async with app_on().run_test(size=(120, 36)) as pilot:
        await pilot.press("f1")
        await until(pilot, lambda: "Next: ! meeting Maria Chen now, until 15:20" in text_of(pilot.app))


async def test_every_screen_says_that_a_meeting_begins_and_o_opens_its_link(
    desk: Desk, clock: FixedClock, app_on: Make, outside: Outside
) -> None:
    kept_meeting = meeting(desk, place="https://meet.example/x")
    clock.set(at(14, 51))
    async with app_on().run_test(size=(80, 24)) as pilot:
        for key in ("f1", "f2", "f3", "f4", "f5"):
            await pilot.press(key)
            await until(pilot, lambda: "! Maria Chen in 9 min" in text_of(pilot.app))
            assert "o opens the call" in text_of(pilot.app).splitlines()[0]
            outside.opened.clear()
            await pilot.press("o")
            await until(pilot, lambda: outside.opened == ["https://meet.example/x"])
        clock.set(at(15, 4))
        await pilot.press("f5")
        await until(pilot, lambda: "!! Maria Chen since 4 min" in text_of(pilot.app))
        clock.set(at(15, 30))
        await pilot.press("f4")
        await until(pilot, lambda: "Maria Chen since" not in text_of(pilot.app))
    assert kept_meeting.place in outside.opened


async def test_in_the_last_minutes_o_on_somebody_elses_card_asks_which(
    desk: Desk, clock: FixedClock, app_on: Make, outside: Outside
) -> None:
    """The profile of whom one is about to meet is looked at in the last minutes, too."""
    maria = person(desk, linkedin="https://www.linkedin.com/in/maria")
    meeting(desk, maria, place="https://meet.example/x")
    clock.set(at(14, 55))
    app = app_on()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("f1", "l", "l")
        await until(pilot, lambda: "o opens the call" in text_of(app))
        await pilot.press("o")
        await until(pilot, lambda: screen_name(app) == "Choose")
        await pilot.press("p")
        await until(pilot, lambda: outside.opened == ["https://www.linkedin.com/in/maria"])


async def test_back_to_back_the_next_one_is_named_and_m_on_a_late_one_asks_until_when(
    desk: Desk, clock: FixedClock, app_on: Make
) -> None:
    planned = meeting(desk)
    sam = person(desk, "Sam Okafor")
    following = meetings.schedule(
        desk.store, clock, sam, starts=STARTS + timedelta(minutes=20), zone="Europe/Berlin"
    )
    clock.set(at(15))
    conversation.begin(desk.store, clock, planned.id)
    app = app_on()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "then Sam Okafor 15:20" in text_of(app))
        clock.set(at(15, 24))
        conversation.end(desk.store, clock, planned.id)
        await pilot.press("escape", "1", "l", "l", "m")
        await until(pilot, lambda: screen_name(app) == "Choose")
        assert "15:40 as promised (16 min)" in text_of(app)
        await pilot.press("p")
        await until(pilot, lambda: screen_name(app) == "MeetingScreen")
        running = desk.store.get(Meeting, following.id)
        assert running is not None
        assert running.promised_end == at(15, 40)


async def test_a_meeting_begun_before_its_day_says_so_and_how_it_is_taken_back(
    desk: Desk, clock: FixedClock, app_on: Make
) -> None:
    meeting(desk)
    clock.set(at(9))
    async with app_on().run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "enter")
        seen = " ".join(text_of(pilot.app).split())
        assert "This was planned for Mon 23 Nov 2026, 15:00, and runs now. esc, then u takes it back." in seen
        await press(pilot, "escape", "u")
        assert conversation.running(desk.store) is None
    clock.set(at(14, 55))
    async with app_on().run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "enter")
        assert "This was planned" not in text_of(pilot.app)

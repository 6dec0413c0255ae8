"""What the eye finds on a screen, at sizes and in colours that the pictures do not hold."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace
from textual.widgets import TextArea

from data.clock import FixedClock
from data.demo import fill
from data.records import Introduction, Meeting
from data.store import Store
from tests.screens.hands import press, settle, until
from tests.screens.seen import text_of
from tui.app import InroadApp

MakeApp = Callable[[], InroadApp]

WIDE, TALL, SMALL = (200, 60), (60, 100), (80, 24)
LONG = "I taught ten-year-olds in Leeds for eight years and learnt how people learn. " * 4


async def test_no_bar_is_cut_beside_the_scrollbar(app_on: MakeApp, store: Store, clock: FixedClock) -> None:
    fill(store, clock)
    app = app_on()
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "5")
        await until(pilot, lambda: "Ask next" in text_of(app))
        seen = text_of(app)
        assert "██" in seen
        assert "█…" not in seen


async def test_prose_is_no_wider_than_it_can_be_read(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    fill(store, clock)
    with store.transaction("Longer") as tx:
        for introduction in store.all(Introduction):
            tx.put(replace(introduction, text=LONG))
        for meeting in store.all(Meeting):
            tx.put(replace(meeting, research=LONG, objective=LONG))
    app = app_on()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "2")
        await until(pilot, lambda: "Research" in text_of(app))
        lines = [line for line in text_of(app).splitlines() if "ten-year-olds" in line or "learnt" in line]
        assert len(lines) > 6
        assert max(len(line.split("││")[-1].strip("│ ")) for line in lines) <= 104


async def test_a_message_is_no_wider_than_it_can_be_read(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    fill(store, clock)
    app = app_on()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "4", "e")
        app.screen.query_one("#body", TextArea).text = LONG
        for key in ("left", "escape"):
            await press(pilot, key)
            lines = [
                line for line in text_of(app).splitlines() if "ten-year-olds" in line or "learnt" in line
            ]
            assert len(lines) == 3
            assert max(len(line.split("││")[-1].strip("│ ")) for line in lines) <= 104


async def test_a_date_at_the_right_edge_is_near_what_it_belongs_to(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    fill(store, clock)
    app = app_on()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "3")
        await settle(pilot)
        (line,) = [line for line in text_of(app).splitlines() if "Marek Zieliński" in line]
        assert len(line.rstrip("│ ")) <= 124


async def test_the_givers_of_the_ledger_stand_in_a_column(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    fill(store, clock)
    app = app_on()
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "6")
        await settle(pilot)
        lines = [line for line in text_of(app).splitlines() if "  tell " in line or "  write to" in line]
        names = ("Kwame Mensah", "Priya Nair", "Tomás Rey", "Marek Zieliński")
        starts = {line.rfind(name) for line in lines for name in names if line.rfind(name) > 50}
        assert len(lines) == 5
        assert len(starts) == 1


async def test_a_narrow_line_on_top_names_as_many_screens_as_it_can(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    fill(store, clock)
    app = app_on()
    async with app.run_test(size=TALL) as pilot:
        await settle(pilot)
        top = text_of(app).splitlines()[0]
        assert top.split()[:6] == ["1", "Board", "2", "Prep", "3", "Meeting"]
        assert "4 Follow-ups 8" in top
        await pilot.resize_terminal(30, 40)
        await settle(pilot)
        top = text_of(app).splitlines()[0]
        assert "1 Board" in top
        assert "4 (8)" in top


async def test_a_window_ends_below_its_keys(app_on: MakeApp, store: Store, clock: FixedClock) -> None:
    fill(store, clock)
    app = app_on()
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "ctrl+g")
        lines = text_of(app).splitlines()
        (keys,) = (place for place, line in enumerate(lines) if "your editor" in line)
        assert "╰───" in lines[keys + 1]


async def test_a_high_screen_gives_its_room_to_lists(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    fill(store, clock)
    app = app_on()
    async with app.run_test(size=TALL) as pilot:
        await press(pilot, "2")
        assert all(name in text_of(app) for name in ("Maria Chen", "Omar Haddad", "Ferrer", "Achterberg"))
        await press(pilot, "5")
        assert "Answers side by side" in text_of(app)
        await press(pilot, "ctrl+p")
        assert "Leave Inroad" in text_of(app)


async def test_a_long_introduction_can_be_read_to_its_end(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    fill(store, clock)
    with store.transaction("Longer") as tx:
        for introduction in store.all(Introduction):
            tx.put(replace(introduction, text=LONG * 20 + "This is its end."))
    app = app_on()
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "2", "r")
        assert "This is its end." not in text_of(app)
        await press(pilot, "end")
        await until(pilot, lambda: "This is its end." in text_of(app))
        await press(pilot, "space")
        assert "s left" in text_of(app)


async def test_what_an_empty_screen_teaches_is_whole(app_on: MakeApp) -> None:
    app = app_on()
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "5")
        await settle(pilot)
        assert "find whom to ask." in text_of(app)
        await press(pilot, "6")
        await settle(pilot)
        assert sum("╭" in line for line in text_of(app).splitlines()) == 1


async def test_a_narrow_high_screen_says_in_find_what_people_do(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    fill(store, clock)
    app = app_on()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "f", "escape", "j")
        await until(pilot, lambda: "Daniel Okeke" in text_of(app))
        await pilot.resize_terminal(*TALL)
        await settle(pilot)
        seen = text_of(app)
        assert "Product designer · Harbor Health · London" in seen
        cursor = [line for line in seen.splitlines() if "▌" in line]
        assert len(cursor) == 2
        assert "David Kim" in cursor[0]
        await press(pilot, "G", "k")
        assert sum("▌" in line for line in text_of(app).splitlines()) == 2
        await pilot.resize_terminal(*SMALL)
        await settle(pilot)
        assert sum("▌" in line for line in text_of(app).splitlines()) == 1


async def test_a_high_screen_shows_all_questions_of_a_meeting(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    fill(store, clock)
    app = app_on()
    async with app.run_test(size=TALL) as pilot:
        await press(pilot, "3", "enter", "enter")
        await until(pilot, lambda: "0 of 6 asked" in text_of(app))
        assert "more" not in next(line for line in text_of(app).splitlines() if "0 of 6 asked" in line)
        assert "Who else should I talk to" in text_of(app)


@pytest.mark.parametrize(("size", "air"), [(SMALL, 0), ((120, 36), 1)])
async def test_a_window_has_one_empty_line_above_its_keys(
    app_on: MakeApp, store: Store, clock: FixedClock, size: tuple[int, int], air: int
) -> None:
    fill(store, clock)
    app = app_on()
    async with app.run_test(size=size) as pilot:
        for key in ("T", "a", "ctrl+g", "e"):
            await press(pilot, key)
            frame = app.screen.query_one(".window")
            *_, last, keys = (part.region for part in frame.children if part.display)
            assert keys.y - last.bottom == 1, key
            assert frame.region.bottom - keys.bottom == 1 + air, key
            await press(pilot, "escape")


async def test_what_is_wrong_with_a_line_has_a_sign(app_on: MakeApp, store: Store, clock: FixedClock) -> None:
    fill(store, clock)
    app = app_on()
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "s", *"blah", "enter")
        assert "! Inroad can't read “blah”" in text_of(app)
        await press(pilot, "ctrl+u", *"tomorrow")
        await press(pilot, "space", *"10:30")
        assert "✓ " in text_of(app)

"""Bringing people in from a file, on screen: a look first, then all of it in one step, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from data.records import Person, Stage
from data.store import Store
from screens.desk import Desk
from tests.network import connections
from tests.screens.meeting_desk import settled
from tests.screens.seen import text_of
from tui.app import InroadApp

MakeApp = Callable[[], InroadApp]


@pytest.fixture
def file(desk: Desk) -> Path:
    """A made-up file of 300 rows where a browser leaves it."""
    desk.downloads.mkdir()
    path = desk.downloads / "Connections.csv"
    path.write_text(connections(300, seed=2).text, encoding="utf-8")
    return path


async def opened(pilot: Pilot[int]) -> None:
    """Open the import as a user does."""
    await pilot.press("ctrl+o")
    await settled(pilot, lambda: "Bring people in" in text_of(pilot.app))


async def test_a_typed_path_is_text_and_not_commands(app_on: MakeApp, tmp_path: Path) -> None:
    async with app_on().run_test(size=(120, 36)) as pilot:
        await opened(pilot)
        await pilot.press(*"qtux123", "slash", "b")
        await settled(pilot, lambda: "qtux123/b" in text_of(pilot.app))


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_a_file_is_looked_at_brought_in_and_taken_back(
    app_on: MakeApp, store: Store, file: Path, size: tuple[int, int]
) -> None:
    network = connections(300, seed=2)
    async with app_on().run_test(size=size) as pilot:
        await opened(pilot)
        await settled(pilot, lambda: "Connections.csv" in text_of(pilot.app))
        await pilot.press("enter")
        await settled(pilot, lambda: f"{network.people} new" in text_of(pilot.app))
        assert store.count(Person) == 0
        await pilot.press("x")
        await settled(pilot, lambda: "neither a name nor a profile" in text_of(pilot.app))
        await pilot.press("x", "b")
        await settled(pilot, lambda: f"Brought in {network.people} people" in text_of(pilot.app))
        assert store.count(Person) == network.people
        assert all(person.stage is Stage.NETWORK for person in store.all(Person))
        await pilot.press("u")
        await settled(pilot, lambda: store.count(Person) == 0)


async def test_what_is_no_address_book_is_said_and_nothing_is_kept(
    app_on: MakeApp, store: Store, file: Path
) -> None:
    file.write_bytes(b"\x00\x01" * 100)
    async with app_on().run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("enter")
        await settled(pilot, lambda: "is no text file" in text_of(pilot.app))
        await pilot.press("escape", "b")
        await settled(pilot, lambda: "Choose a file first" in text_of(pilot.app))
        assert store.count(Person) == 0


async def test_a_second_import_says_that_nobody_is_new(app_on: MakeApp, store: Store, file: Path) -> None:
    async with app_on().run_test(size=(120, 36)) as pilot:
        for _ in range(2):
            await opened(pilot)
            await pilot.press("enter")
            await settled(pilot, lambda: "left out" in text_of(pilot.app))
            await pilot.press("b")
            await settled(
                pilot, lambda: "Brought in" in text_of(pilot.app) or "nobody new" in text_of(pilot.app)
            )
        assert "There is nobody new in this file." in text_of(pilot.app)


async def test_the_home_of_nobody_is_no_file(app_on: MakeApp) -> None:
    async with app_on().run_test(size=(120, 36)) as pilot:
        await opened(pilot)
        line = pilot.app.screen.query_one(Input)
        line.value = "~nobody-here/Connections.csv"
        await pilot.press("enter")
        await settled(pilot, lambda: "~nobody-here" in text_of(pilot.app).splitlines()[-1])

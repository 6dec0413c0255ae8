"""Taking people out from inside the app: whom, how, where to; and one meeting for a calendar."""

from __future__ import annotations

import csv
import json
import threading
from collections.abc import Callable
from pathlib import Path

import icalendar
import pytest
from textual.widgets import Input

from data.clock import FixedClock
from data.records import Stage
from data.store import Store
from screens import exporting
from screens.desk import Desk
from tests.screens import quiet
from tests.screens.hands import press, settle, until, write
from tests.screens.meeting_desk import meeting
from tests.screens.people import put
from tests.screens.seen import text_of
from tui.app import InroadApp

MakeApp = Callable[[], InroadApp]


@pytest.fixture
def downloads(desk: Desk) -> Path:
    """Where files go if nothing else is said."""
    desk.downloads.mkdir()
    return desk.downloads


@pytest.fixture
def people(store: Store, clock: FixedClock) -> None:
    """Two on the board, one off it."""
    put(store, clock, "Ada Ng", Stage.TO_ASK, company="Acme")
    put(store, clock, "Ben Lee", Stage.TO_ASK, company="Beta")
    put(store, clock, "Cleo Diaz", Stage.NETWORK, company="Acme")


def names(file: Path) -> set[str]:
    with file.open(encoding="utf-8", newline="") as rows:
        return {row["Name"] for row in csv.DictReader(rows)}


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
@pytest.mark.usefixtures("people")
async def test_the_selected_the_shown_or_everybody(
    app_on: MakeApp, downloads: Path, size: tuple[int, int]
) -> None:
    expected = {"1": {"Ada Ng"}, "2": {"Ada Ng", "Ben Lee"}, "3": {"Ada Ng", "Ben Lee", "Cleo Diaz"}}
    async with app_on().run_test(size=size) as pilot:
        for key, those in expected.items():
            await press(pilot, "X")
            assert "All on the board, 2" in text_of(pilot.app)
            await press(pilot, key, "c")
            assert "A new file." in text_of(pilot.app)
            await press(pilot, "enter")
            (file,) = downloads.iterdir()
            assert names(file) == those
            assert "Wrote" in text_of(pilot.app)
            file.unlink()


@pytest.mark.usefixtures("people")
async def test_find_offers_what_it_found(app_on: MakeApp, downloads: Path) -> None:
    async with app_on().run_test(size=(120, 36)) as pilot:
        await press(pilot, "f")
        await write(pilot, "acme")
        await press(pilot, "escape", "X")
        assert "Those found by “acme”, 2" in text_of(pilot.app)
        await press(pilot, "2", "v", "enter")
        (file,) = downloads.iterdir()
        assert file.read_bytes().count(b"BEGIN:VCARD") == 2


@pytest.mark.usefixtures("people")
async def test_every_format_from_the_palette(app_on: MakeApp, downloads: Path) -> None:
    async with app_on().run_test(size=(120, 36)) as pilot:
        await press(pilot, "4")
        for key in "vicmj":
            await press(pilot, "ctrl+p")
            await write(pilot, "export everybody")
            await press(pilot, "enter", key, "enter")
            await settle(pilot)
            assert "Wrote" in text_of(pilot.app)
        found = {file.suffix or "folder": file for file in downloads.iterdir()}
        assert set(found) == {".vcf", ".ics", ".csv", ".json", "folder"}
        assert len(json.loads(found[".json"].read_bytes())["people"]) == 3
        assert (found["folder"] / "People" / "Cleo Diaz.md").is_file()


@pytest.mark.usefixtures("people")
async def test_a_place_that_cannot_be_written_is_said_and_nothing_is_lost(
    app_on: MakeApp, downloads: Path, store: Store
) -> None:
    async with app_on().run_test(size=(120, 36)) as pilot:
        await press(pilot, "X", "3", "c")
        line = pilot.app.screen.query_one(Input)
        for value, says in (
            (str(store.path), "where Inroad keeps everything"),
            (str(downloads), "is a folder"),
            (str(downloads / "no" / "x.csv"), "is no folder"),
            (f"{downloads}/{'x' * 300}", "called that"),
        ):
            line.value = value
            await press(pilot, "enter")
            assert says in " ".join(text_of(pilot.app).replace("│", " ").split()), value
        await press(pilot, "escape")
    assert list(downloads.iterdir()) == []


async def test_a_meeting_goes_to_a_calendar(app_on: MakeApp, desk: Desk, downloads: Path) -> None:
    kept = meeting(desk)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await press(pilot, "2", "E", "enter")
        await until(pilot, lambda: "Wrote the meeting with Maria Chen" in text_of(pilot.app))
    (file,) = downloads.iterdir()
    (event,) = icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert str(event["UID"]) == f"meeting-{kept.id}@inroad"


@pytest.mark.usefixtures("people")
async def test_writing_can_be_stopped(
    app_on: MakeApp, desk: Desk, downloads: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached, go_on = threading.Event(), threading.Event()

    def slow(*arguments: object) -> str:
        reached.set()
        assert go_on.wait(20)
        arguments[-1](1, 2)  # type: ignore[operator]
        return "Wrote it"

    monkeypatch.setattr(exporting, "write", slow)
    monkeypatch.setattr(quiet, "BUSY_SECONDS", 0.02)
    async with app_on().run_test(size=(80, 24)) as pilot:
        await press(pilot, "X", "3", "v", "enter")
        await until(pilot, reached.is_set)
        await press(pilot, "escape")
        go_on.set()
        await until(pilot, lambda: "Stopped; nothing was written." in text_of(pilot.app))

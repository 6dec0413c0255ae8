"""A desk for screens: a store in a temporary folder, a clock that stands, a clipboard that records."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from data.actions import conversation
from data.clock import FixedClock
from data.demo import fill
from data.drafts import Drafts
from data.records import Meeting
from data.store import Store
from screens.desk import Desk
from screens.ports import CopyOutcome
from tests.screens.meeting_desk import at, meeting
from tests.screens.quiet import wait_for_idle
from tui.app import InroadApp
from tui.config import Config

NOW = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)
"""Monday 23 November 2026, 14:00 in Berlin."""


@dataclass
class RecordingClipboard:
    """A clipboard that remembers what was copied."""

    copied: list[str] = field(default_factory=list)

    def copy(self, text: str) -> CopyOutcome:
        """Remember `text`."""
        self.copied.append(text)
        return CopyOutcome("copied", "Copied")


@dataclass
class Outside:
    """What left the app: opened addresses, and what the editor gives back (None: it was left)."""

    opened: list[str] = field(default_factory=list)
    edited: str | None = None


@pytest.fixture
def clock() -> FixedClock:
    """Stands at NOW until a test sets it on."""
    return FixedClock(NOW, "Europe/Berlin")


@pytest.fixture
def outside() -> Outside:
    """The world outside the app."""
    return Outside()


@pytest.fixture
def store(tmp_path: Path, clock: FixedClock) -> Iterator[Store]:
    """An empty store whose user has been welcomed already."""
    opened = Store.open(tmp_path / "store" / "inroad.json", clock=clock)
    opened.save_profile(
        replace(opened.profile, name="Alex Doe", target_field="product design", welcomed=True)
    )
    yield opened
    opened.close()


@pytest.fixture
def desk(tmp_path: Path, store: Store, clock: FixedClock, outside: Outside) -> Desk:
    """All ports, recorded."""

    def open_url(address: str) -> bool:
        outside.opened.append(address)
        return True

    return Desk(
        store=store,
        clock=clock,
        clipboard=RecordingClipboard(),
        drafts=Drafts(store.path.parent, clock),
        open_url=open_url,
        edit_text=lambda text: outside.edited,
        downloads=tmp_path / "Downloads",
    )


@pytest.fixture
def app_on(desk: Desk) -> Callable[[], InroadApp]:
    """Makes an app on the desk: `async with app_on().run_test(size=(120, 36)) as pilot`."""
    return lambda: InroadApp(desk, Config())


def demo_desk(folder: Path) -> Desk:
    """The demo in a folder of its own, whose user has been welcomed; the store is the caller's to close."""
    clock = FixedClock(NOW, "Europe/Berlin")
    store = Store.open(folder / "demo" / "inroad.json", clock=clock)
    fill(store, clock)
    store.save_profile(replace(store.profile, welcomed=True))
    return Desk(
        store=store,
        clock=clock,
        clipboard=RecordingClipboard(),
        drafts=Drafts(store.path.parent, clock),
        open_url=lambda address: True,
        edit_text=lambda text: None,
        downloads=folder / "Downloads",
        demo=True,
    )


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[InroadApp]:
    """The app on the demo, without animations."""
    desk = demo_desk(tmp_path)
    app = InroadApp(desk, Config())
    app.animation_level = "none"
    yield app
    desk.store.close()


@pytest.fixture
def running(desk: Desk, clock: FixedClock) -> Meeting:
    """A meeting that has just begun, as planned, at 15:00."""
    planned = meeting(desk)
    clock.set(at(15))
    return conversation.begin(desk.store, clock, planned.id)


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pilot waits for the app, not for the processor."""
    monkeypatch.setattr("textual.pilot.wait_for_idle", wait_for_idle)
    monkeypatch.setattr("textual.app.wait_for_idle", wait_for_idle)

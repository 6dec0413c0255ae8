"""What the store has to say reaches the user: failed writes, others' changes, what was found at the start."""

from __future__ import annotations

import errno
from collections.abc import Callable
from dataclasses import replace as with_ports
from pathlib import Path

import pytest
from msgspec.structs import replace

from data.clock import FixedClock
from data.records import Person, Stage
from data.store import Store
from screens.desk import Desk
from tests.data.store.failing import Failing
from tests.screens.hands import press, settle, write
from tests.screens.seen import text_of
from tests.screens.test_shell import put
from tui.app import InroadApp
from tui.config import Config


@pytest.fixture
def files() -> Failing:
    """The real disk, until a test makes a call fail."""
    return Failing()


@pytest.fixture
def store(tmp_path: Path, clock: FixedClock, files: Failing) -> Store:
    """A store on a disk that can fail."""
    opened = Store.open(tmp_path / "store" / "inroad.json", clock=clock, files=files)
    opened.save_profile(replace(opened.profile, name="Alex", welcomed=True))
    return opened


def said(app: object) -> str:
    """All that is on the screen, with the lines of a long sentence joined."""
    assert isinstance(app, InroadApp)
    return " ".join(text_of(app).replace("│", " ").split())


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_a_failed_write_is_said_whole_and_nothing_has_changed(
    app_on: Callable[[], InroadApp], store: Store, files: Failing, size: tuple[int, int]
) -> None:
    put(store, "Sam Okafor")
    async with app_on().run_test(size=size) as pilot:
        files.failing["pwrite"] = errno.ENOSPC
        await press(pilot, "x")
        sentence = said(pilot.app)
        assert "was not kept: the disk is full" in sentence
        assert "inroad.json.journal)." in sentence.replace(" ", "")
        assert "Sam Okafor" in sentence
        assert [person.removed for person in store.all(Person)] == [False]
        files.failing.clear()
        await press(pilot, "x")
        assert [person.removed for person in store.all(Person)] == [True]


async def test_a_store_that_cannot_be_read_for_a_while_is_said_once(
    app_on: Callable[[], InroadApp], store: Store, files: Failing
) -> None:
    put(store, "Sam Okafor")
    async with app_on().run_test(size=(120, 36)) as pilot:
        app = pilot.app
        assert isinstance(app, InroadApp)
        other = Store.open(store.path, clock=store._storage.clock)
        put(other, "Lena Fischer")
        files.failing["pread"] = errno.EIO
        app._tick()
        await pilot.pause()
        assert "cannot be read: the disk reports an error" in said(app)
        await press(pilot, "j")
        app._tick()
        await pilot.pause()
        assert "cannot be read" not in said(app)
        files.failing.clear()
        app._tick()
        await settle(pilot)
        assert "can be read again" in said(app)
        assert "Lena Fischer" in said(app)
        other.close()


async def test_the_same_field_changed_in_two_windows_is_said_in_one_line(
    app_on: Callable[[], InroadApp], store: Store, clock: FixedClock
) -> None:
    (sam,) = put(store, "Sam Okafor")
    async with app_on().run_test(size=(80, 24)) as pilot:
        await press(pilot, "ctrl+g")
        await write(pilot, "mine")
        with Store.open(store.path, clock=clock) as other, other.transaction("Changed Sam Okafor") as tx:
            tx.put(replace(sam, notes="theirs", company="Loom"))
        assert isinstance(pilot.app, InroadApp)
        pilot.app._tick()
        await press(pilot, "ctrl+s")
        await pilot.pause()
        assert "Another window had just changed “Sam Okafor” too (notes)" in said(pilot.app)
        assert "undo brings the other back" in said(pilot.app)
        changed = store.get(Person, sam.id)
        assert changed is not None
        assert (changed.notes, changed.company) == ("mine", "Loom")
        await press(pilot, "u")
        assert store.get(Person, sam.id) == replace(changed, notes="theirs")


async def test_a_form_changes_only_what_was_typed_in_it(
    app_on: Callable[[], InroadApp], store: Store, clock: FixedClock
) -> None:
    (sam,) = put(store, "Sam Okafor")
    async with app_on().run_test(size=(80, 24)) as pilot:
        await press(pilot, "e", "tab")
        await write(pilot, "PM")
        with Store.open(store.path, clock=clock) as other, other.transaction("Changed Sam Okafor") as tx:
            tx.put(replace(sam, company="Loom"))
        assert isinstance(pilot.app, InroadApp)
        pilot.app._tick()
        await press(pilot, "ctrl+s")
        changed = store.get(Person, sam.id)
        assert changed is not None
        assert (changed.title, changed.company) == ("PM", "Loom")
        assert "Another window" not in said(pilot.app)


async def test_what_was_found_at_the_start_is_shown(
    desk: Desk, store: Store, clock: FixedClock, tmp_path: Path
) -> None:
    put(store, "Sam Okafor")
    store.close()
    copy = store.path.with_name("inroad.sync-conflict-20261123-101500-ABCDEF1.json")
    copy.write_bytes(store.path.read_bytes())
    opened = Store.open(store.path, clock=clock)
    async with InroadApp(with_ports(desk, store=opened), Config()).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "About your data" in text_of(pilot.app)
        assert "another version of your store" in said(pilot.app)
        await press(pilot, "escape")
        assert "Sam Okafor" in text_of(pilot.app)
    opened.close()


async def test_a_store_to_read_only_says_so_and_refuses_in_a_sentence(
    desk: Desk, store: Store, clock: FixedClock
) -> None:
    put(store, "Sam Okafor")
    store.close()
    opened = Store.open(store.path, clock=clock, read_only=True)
    async with InroadApp(with_ports(desk, store=opened), Config()).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "you can look, and nothing can be changed" in said(pilot.app)
        await press(pilot, "escape", "x")
        assert "open to read only" in said(pilot.app)
        assert opened.people()[0].stage is Stage.TO_ASK
    opened.close()


async def test_an_app_that_stays_open_writes_the_days_copies(
    app_on: Callable[[], InroadApp], store: Store, clock: FixedClock, desk: Desk
) -> None:
    put(store, "Sam Okafor")
    folder = store.path.with_name("inroad.json.backups")
    async with app_on().run_test(size=(80, 24)) as pilot:
        app = pilot.app
        assert isinstance(app, InroadApp)
        app._tick()
        await app.workers.wait_for_complete()
        assert not folder.exists()
        clock.advance(minutes=11)
        app._tick()
        await app.workers.wait_for_complete()
        assert sorted(each.name for each in folder.iterdir()) == [
            "daily-2026-11-23.json",
            "weekly-2026-W48.json",
        ]
        clock.advance(days=1)
        put(store, "Lena Fischer")
        app._tick()
        await app.workers.wait_for_complete()
        assert (folder / "daily-2026-11-24.json").exists()

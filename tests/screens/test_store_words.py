"""What the store has to say reaches the user: failed writes, others' changes, what was found at the start."""

from __future__ import annotations

import errno
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual import events
from textual.pilot import Pilot

from data.actions.conversation import begin_now
from data.clock import FixedClock
from data.drafts import Drafts
from data.records import Entry, Person, Stage
from data.store import Store, Undone
from data.store.files import OsFiles
from data.store.lock import StoreLock
from screens.desk import Desk
from screens.widgets.note_input import NoteInput
from tests.data.store.failing import Failing
from tests.screens import hands
from tests.screens.hands import press, settle, write
from tests.screens.people import add_people
from tests.screens.seen import text_of
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
    add_people(store, "Sam Okafor")
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
    add_people(store, "Sam Okafor")
    async with app_on().run_test(size=(120, 36)) as pilot:
        app = pilot.app
        assert isinstance(app, InroadApp)
        other = Store.open(store.path, clock=store._storage.clock)
        add_people(other, "Lena Fischer")
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
    (sam,) = add_people(store, "Sam Okafor")
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
    (sam,) = add_people(store, "Sam Okafor")
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
    add_people(store, "Sam Okafor")
    store.close()
    copy = store.path.with_name("inroad.sync-conflict-20261123-101500-ABCDEF1.json")
    copy.write_bytes(store.path.read_bytes())
    opened = Store.open(store.path, clock=clock)
    async with InroadApp(replace(desk, store=opened), Config()).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "About your data" in text_of(pilot.app)
        assert "another version of your store" in said(pilot.app)
        await press(pilot, "escape")
        assert "Sam Okafor" in text_of(pilot.app)
    opened.close()


async def test_a_store_to_read_only_says_so_and_refuses_in_a_sentence(
    desk: Desk, store: Store, clock: FixedClock
) -> None:
    add_people(store, "Sam Okafor")
    store.close()
    opened = Store.open(store.path, clock=clock, read_only=True)
    async with InroadApp(replace(desk, store=opened), Config()).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "you can look, and nothing can be changed" in said(pilot.app)
        await press(pilot, "escape", "x")
        assert "Your data can only be looked at here, not changed." in said(pilot.app)
        assert opened.people()[0].stage is Stage.TO_ASK
    opened.close()


async def test_an_app_that_stays_open_writes_the_days_copies(
    app_on: Callable[[], InroadApp], store: Store, clock: FixedClock, desk: Desk
) -> None:
    add_people(store, "Sam Okafor")
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
        add_people(store, "Lena Fischer")
        app._tick()
        await app.workers.wait_for_complete()
        assert (folder / "daily-2026-11-24.json").exists()


@contextmanager
def held(store: Store) -> Iterator[StoreLock]:
    """Another process holds the store's lock."""
    lock = StoreLock(store._storage.paths.lock, OsFiles())
    with lock:
        yield lock
    lock.close()


async def test_a_command_waits_for_the_store_with_a_sentence_and_is_done_then(
    app_on: Callable[[], InroadApp], store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("screens.dialogs.try_again.PATIENCE", 0.2)
    waits, wait, here = [], StoreLock._wait, threading.get_ident()

    def noted(lock: StoreLock, brief: float | None) -> None:
        if threading.get_ident() == here:
            waits.append(brief)
        wait(lock, brief)

    monkeypatch.setattr(StoreLock, "_wait", noted)
    add_people(store, "Sam Okafor")
    async with app_on().run_test(size=(80, 24)) as pilot:
        store.hurry()
        with held(store):
            await pilot.press("x")
            await until(pilot, "Waiting for another Inroad")
            await until(pilot, "(ctrl+z?)")
            assert [person.removed for person in store.all(Person)] == [False]
        await until(pilot, "Removed Sam Okafor")
        assert [person.removed for person in store.all(Person)] == [True]
        # What draws the screen was never held up for long.
        assert set(waits) == {0.05}
        assert len(pilot.app.screen_stack) == 1


async def test_giving_up_the_wait_changes_nothing(app_on: Callable[[], InroadApp], store: Store) -> None:
    add_people(store, "Sam Okafor")
    async with app_on().run_test(size=(80, 24)) as pilot:
        store.hurry()
        with held(store):
            await pilot.press("x")
            await until(pilot, "Waiting for another Inroad")
            await press(pilot, "escape")
            assert "is in use at this moment; nothing was changed" in said(pilot.app)
        assert [person.removed for person in store.all(Person)] == [False]


async def test_what_was_typed_is_not_asked_for_twice(app_on: Callable[[], InroadApp], store: Store) -> None:
    (sam,) = add_people(store, "Sam Okafor")
    async with app_on().run_test(size=(80, 24)) as pilot:
        store.hurry()
        await press(pilot, "ctrl+g")
        await write(pilot, "knows everybody")
        with held(store):
            await pilot.press("ctrl+s")
            await until(pilot, "Waiting for another Inroad")
        await until(pilot, "Kept your notes")
        person = store.get(Person, sam.id)
        assert person is not None
        assert person.notes == "knows everybody"


async def test_what_was_typed_survives_a_full_disk(
    app_on: Callable[[], InroadApp], store: Store, files: Failing, desk: Desk
) -> None:
    (sam,) = add_people(store, "Sam Okafor")
    async with app_on().run_test(size=(80, 24)) as pilot:
        await press(pilot, "ctrl+g")
        await write(pilot, "knows everybody")
        files.failing["pwrite"] = errno.ENOSPC
        await press(pilot, "ctrl+s")
        assert "was not kept: the disk is full" in said(pilot.app)
        assert "What you typed is still here" in said(pilot.app)
        await press(pilot, "enter")
        assert "was not kept: the disk is full" in said(pilot.app)
        # Giving up throws nothing away either.
        await press(pilot, "escape")
        assert store.all(Person) == [sam]
        await press(pilot, "ctrl+g")
        assert "knows everybody" in text_of(pilot.app)
        assert "What you had typed here before is back" in said(pilot.app)
        await press(pilot, "ctrl+s")
        files.failing.clear()
        await press(pilot, "enter")
        kept = store.get(Person, sam.id)
        assert kept is not None
        assert kept.notes == "knows everybody"
        assert not list(store.path.parent.glob("draft-*"))


async def test_somebody_is_erased_for_good_after_a_question(
    app_on: Callable[[], InroadApp], store: Store
) -> None:
    (sam,) = add_people(store, "Sam Okafor")
    store.back_up_if_due()
    async with app_on().run_test(size=(80, 24)) as pilot:
        for answer in ("n", "b"):
            await press(pilot, "ctrl+p")
            await write(pilot, "erase")
            await press(pilot, "enter")
            await until(pilot, "Erase Sam Okafor for good?")
            assert "can't be undone" in said(pilot.app)
            assert store.get(Person, sam.id) == sam
            await press(pilot, answer)
        await until(pilot, "Erased Sam Okafor for good. They are out of 2 backups, too.")
        assert store.get(Person, sam.id) is None
        await press(pilot, "u")
        assert store.get(Person, sam.id) is None
    store.close()
    for file in store.path.parent.rglob("*"):
        assert not file.is_file() or b"Okafor" not in file.read_bytes(), file


async def test_a_line_of_the_meeting_waits_for_the_store_and_is_kept(
    app_on: Callable[[], InroadApp], store: Store, clock: FixedClock
) -> None:
    (sam,) = add_people(store, "Sam Okafor")
    begin_now(store, clock, sam)
    async with app_on().run_test(size=(80, 24)) as pilot:
        store.hurry()
        await write(pilot, "nine people")
        with held(store):
            await pilot.press("enter")
            await until(pilot, "Waiting for another Inroad")
            assert "nine people" in text_of(pilot.app)
            assert store.all(Entry) == []
        await until(pilot, "00:00")
        await hands.until(pilot, lambda: bool(store.all(Entry)))
        assert [entry.text for entry in store.all(Entry)] == ["nine people"]
        assert pilot.app.screen.query_one(NoteInput).value == ""


async def test_lines_typed_or_pasted_on_a_full_disk_stand_in_the_line(
    app_on: Callable[[], InroadApp], store: Store, clock: FixedClock, files: Failing
) -> None:
    (sam,) = add_people(store, "Sam Okafor")
    begin_now(store, clock, sam)
    async with app_on().run_test(size=(80, 24)) as pilot:
        files.failing["pwrite"] = errno.ENOSPC
        line = pilot.app.screen.query_one(NoteInput)
        await write(pilot, "! one\n")
        await until(pilot, "the disk is full")
        assert (line.value, store.all(Entry)) == ("! one", [])
        line.set("")
        line.post_message(events.Paste("one\ntwo"))
        await hands.until(pilot, lambda: line.value == "one two")
        assert "the disk is full" in said(pilot.app)
        assert store.all(Entry) == []
        files.failing.clear()
        await press(pilot, "enter")
        assert [entry.text for entry in store.all(Entry)] == ["one two"]


async def test_half_typed_windows_are_on_disk_when_the_app_is_ended(
    app_on: Callable[[], InroadApp], store: Store, desk: Desk, clock: FixedClock
) -> None:
    add_people(store, "Sam Okafor", "Lena Fischer")
    async with app_on().run_test(size=(80, 24)) as pilot:
        await press(pilot, "e", "tab")
        await write(pilot, "PM")
        assert isinstance(pilot.app, InroadApp)
        pilot.app._leave_by_signal(15)
        await pilot.pause()
    assert list(store.path.parent.glob("draft-*"))
    # Another start: in the same process drafts are read by a new pair of hands.
    after = replace(desk, drafts=Drafts(store.path.parent, clock))
    async with InroadApp(after, Config()).run_test(size=(80, 24)) as pilot:
        await press(pilot, "j", "e")
        assert "PM" not in text_of(pilot.app)
        await press(pilot, "escape", "k", "e")
        assert "PM" in text_of(pilot.app)
        await press(pilot, "escape")
        assert not list(store.path.parent.glob("draft-*"))


async def until(pilot: Pilot[int], text: str) -> None:
    """Wait until the screen says so."""
    await hands.until(pilot, lambda: text in said(pilot.app))


async def test_an_import_is_taken_back_beside_the_screen(
    app_on: Callable[[], InroadApp], store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_people(store, *(f"Person {number} {'x' * 200}" for number in range(400)))
    threads: list[int] = []
    undo = store.undo

    def noted() -> Undone | None:
        threads.append(threading.get_ident())
        return undo()

    monkeypatch.setattr(store, "undo", noted)
    async with app_on().run_test(size=(80, 24)) as pilot:
        await pilot.press("u")
        await until(pilot, "Undid: Added Person 0")
        assert store.count(Person) == 0
        assert threads != [threading.get_ident()]
        await pilot.press("U")
        await until(pilot, "Did again: Added Person 0")
        assert store.count(Person) == 400


async def test_a_long_journal_is_taken_in_beside_the_screen_when_nobody_types(
    app_on: Callable[[], InroadApp], store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_people(store, "Sam Okafor")
    store._storage._compact_at = 1
    app = app_on()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "j")
        app._tick()
        await app.workers.wait_for_complete()
        assert store._storage.waiting
        monkeypatch.setattr(app, "IDLE_SECONDS", 0.0)
        app._tick()
        await app.workers.wait_for_complete()
        assert not store._storage.waiting
        await press(pilot, "e")
        assert "Sam Okafor" in text_of(app)

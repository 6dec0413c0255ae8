"""The store's face: what every other part builds on."""

from __future__ import annotations

import errno
import json
import os
import stat
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import tinydb
from msgspec.structs import replace

from data.clock import FixedClock
from data.records import PROFILE_ID, FollowUp, FollowUpKind, Person, Profile, Stage, new_id
from data.store import Change, Origin, Store, StoreError, StoreRefused, storage

CLOCK = FixedClock(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))


def person(name: str, **fields: str) -> Person:
    return Person(id=new_id(), name=name, **fields)  # type: ignore[arg-type]


def followup(person: Person) -> FollowUp:
    return FollowUp(id=new_id(), person=person.id, kind=FollowUpKind.CUSTOM, due=date(2026, 11, 24))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "inroad.json"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store.open(path, clock=CLOCK) as store:
        yield store


def test_an_action_is_kept_whole(store: Store, path: Path) -> None:
    sam = person("Sam Okafor")
    with store.transaction("Added Sam Okafor") as tx:
        tx.put(sam)
        owed = tx.put(followup(sam))
        assert tx.where(FollowUp, person=sam.id) == [owed]
        assert [line.name for line in tx.people()] == ["Sam Okafor"]
        assert store.get(Person, sam.id) is None
    with Store.open(path, clock=CLOCK) as other:
        assert other.get(Person, sam.id) == sam
        assert other.where(FollowUp, person=sam.id) == [owed]
        assert other.undo_title == "Added Sam Okafor"


def test_an_exception_leaves_nothing(store: Store) -> None:
    def act() -> None:
        with store.transaction("Added nobody") as tx:
            tx.put(person("Nobody"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act()
    assert store.people() == []
    assert store.undo_title is None


def test_a_transaction_that_changes_nothing_leaves_no_trace(store: Store) -> None:
    sam = person("Sam")
    with store.transaction("Added Sam") as tx:
        tx.put(sam)
    heard: list[Change] = []
    store.subscribe(heard.append)
    with store.transaction("Looked") as tx:
        tx.put(sam)
    assert not heard
    assert store.undo_title == "Added Sam"


def test_a_question_in_an_action_looks_through_no_other_tables_changes(store: Store) -> None:
    """Thousands are removed in one action, and for each it asks what is owed to them."""

    class Whole(dict[tuple[str, str], object]):
        def __iter__(self) -> Iterator[tuple[str, str]]:
            raise AssertionError("all changes were looked through")

        items = keys = values = __iter__  # type: ignore[assignment]

    sam, lena = person("Sam"), person("Lena")
    with store.transaction("Added") as tx:
        tx.put(sam)
        owed = tx.put(followup(sam))
        tx.put(followup(lena))
        drafts, tx._drafts = tx._drafts, Whole(tx._drafts)  # type: ignore[assignment]
        assert tx.where(FollowUp, person=sam.id) == [owed]
        assert len(tx.all(FollowUp)) == 2
        assert [line.id for line in tx.people()] == [sam.id]
        tx._drafts = drafts
        tx.put(lena)
    assert {line.id for line in store.people()} == {sam.id, lena.id}


def test_transactions_are_not_nested(store: Store) -> None:
    with store.transaction("One"), pytest.raises(RuntimeError), store.transaction("Two"):
        pass


def test_undo_and_redo_by_name_over_restarts(path: Path) -> None:
    sam = person("Sam")
    with Store.open(path, clock=CLOCK) as store:
        with store.transaction("Added Sam") as tx:
            tx.put(sam)
        with store.transaction("Moved Sam to Asked") as tx:
            tx.put(replace(sam, stage=Stage.ASKED))
    with Store.open(path, clock=CLOCK) as store:
        undone = store.undo()
        assert undone is not None
        assert undone.title == "Moved Sam to Asked"
        assert store.get(Person, sam.id) == sam
        assert store.redo_title == "Moved Sam to Asked"
    with Store.open(path, clock=CLOCK) as store:
        assert store.redo() == undone
        assert store.get(Person, sam.id) == replace(sam, stage=Stage.ASKED)
        store.undo()
        store.undo()
        assert store.undo() is None
        assert store.people() == []


def test_two_windows_change_different_fields(store: Store, path: Path) -> None:
    sam = person("Sam")
    with store.transaction("Added Sam") as tx:
        tx.put(sam)
    heard: list[Change] = []
    store.subscribe(heard.append)
    with Store.open(path, clock=CLOCK) as other:
        with other.transaction("Noted") as tx:
            tx.put(replace(sam, notes="likes tea"))
        with store.transaction("Moved") as tx:
            tx.put(replace(sam, stage=Stage.ASKED))
        assert [change.origin for change in heard] == [Origin.ELSEWHERE, Origin.HERE]
        other.refresh()
        both = replace(sam, notes="likes tea", stage=Stage.ASKED)
        assert other.get(Person, sam.id) == store.get(Person, sam.id) == both


def test_stock_tinydb_reads_it_after_close(store: Store, path: Path) -> None:
    with store.transaction("Added Zoë") as tx:
        tx.put(person("Zoë"))
    store.close()
    with tinydb.TinyDB(path) as stock:
        assert [row["name"] for row in stock.table("people").all()] == ["Zoë"]


def test_files_are_for_their_owner_alone(path: Path) -> None:
    before = os.umask(0o000)
    try:
        with Store.open(path, clock=CLOCK) as store, store.transaction("Added") as tx:
            tx.put(person("Sam"))
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    made = list(path.parent.rglob("*"))
    assert len(made) > 4
    for each in made:
        assert stat.S_IMODE(each.stat().st_mode) == (0o700 if each.is_dir() else 0o600), each


def test_a_symlinked_store_stays_one(tmp_path: Path) -> None:
    real, link = tmp_path / "real" / "inroad.json", tmp_path / "link.json"
    link.symlink_to(real)
    with Store.open(link, clock=CLOCK) as store, store.transaction("Added") as tx:
        tx.put(person("Sam"))
    assert link.is_symlink()
    assert "Sam" in real.read_text()
    assert [file.name for file in tmp_path.iterdir() if file.name.startswith("link")] == ["link.json"]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        '{"people": {"1": {"name": "x"}}}',
        "hello",
        '{"_inroad": {"1": {"app": "x", "format": 1}}}',
    ],
)
def test_what_is_not_ours_is_refused_and_left_alone(tmp_path: Path, content: str) -> None:
    path = tmp_path / "other.json"
    path.write_text(content)
    with pytest.raises(StoreRefused):
        Store.open(path, clock=CLOCK)
    assert path.read_text() == content


def test_a_newer_store_is_refused_and_left_alone(store: Store, path: Path) -> None:
    store.close()
    data = json.loads(path.read_text())
    data["_inroad"]["1"]["format"] = 99
    path.write_text(json.dumps(data))
    before = path.read_bytes()
    with pytest.raises(StoreError, match="newer Inroad"):
        Store.open(path, clock=CLOCK)
    assert path.read_bytes() == before


def test_the_profile_is_not_part_of_undo(store: Store) -> None:
    store.save_profile(Profile(id=PROFILE_ID, name="Ada"))
    assert store.profile.name == "Ada"
    assert store.undo_title is None


def test_a_long_journal_waits_for_an_idle_moment_but_not_for_ever(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(number: int) -> None:
        with store.transaction(f"Added {number}") as tx:
            tx.put(person(f"Person {number}", notes="x" * 2_000))

    def size() -> int:
        return store._storage.disk.end

    monkeypatch.setattr(storage, "JOURNAL_BOUND", 20_000)
    store._storage._compact_at = 20_000
    while not store.untidy:
        write(store.count(Person))
    assert 20_000 <= size() < 25_000
    thread = threading.Thread(target=store.tidy)
    thread.start()
    thread.join()
    assert (store.untidy, store._storage.waiting) == (False, 0)
    assert len(json.loads(path.read_text())["people"]) == store.count(Person)
    limit = 2 * store._storage._compact_at
    longest = 0
    while not longest or store._storage.waiting:
        longest = size()
        write(store.count(Person))
    # What nobody has tidied, a commit does itself, and what undo needs is still there.
    assert limit - 5_000 < longest < limit
    assert store.undo() is not None


def test_tidying_a_full_disk_is_put_off(path: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with store.transaction("Added") as tx:
        tx.put(person("Sam"))
    store._storage._compact_at = 1

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(store._storage.disk, "replace", full)
    store.tidy()
    assert not store.untidy
    assert [each.name for each in store.all(Person)] == ["Sam"]

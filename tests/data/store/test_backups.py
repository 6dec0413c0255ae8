"""Backups, restoring, migrations, erasing."""

from __future__ import annotations

import json
import shutil
import stat
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from data.clock import FixedClock
from data.records import (
    Advice,
    Entry,
    FollowUp,
    FollowUpKind,
    Lead,
    Meeting,
    Person,
    Profile,
    Stage,
    Touch,
    TouchKind,
    new_id,
)
from data.store import Store, StoreError, StoreRefused
from data.store.doctor import check
from data.store.health import inspect
from data.store.rescue import restore
from tests.data.store.model import contents

EXAMPLES = Path(__file__).parent / "examples"


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 1, 1, 9, tzinfo=UTC))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "inroad.json"


def add(store: Store, name: str) -> Person:
    with store.transaction(f"Added {name}") as tx:
        return tx.put(Person(id=new_id(), name=name))


def test_seven_days_and_four_weeks_are_kept(path: Path, clock: FixedClock) -> None:
    for _ in range(60):
        with Store.open(path, clock=clock) as store:
            add(store, "Somebody")
        # A second time on one day writes no second copy.
        with Store.open(path, clock=clock) as store:
            add(store, "Somebody else")
        clock.advance(days=1)
    folder = Path(f"{path}.backups")
    names = sorted(file.name for file in folder.iterdir())
    assert names == [
        *(f"daily-2026-0{day}.json" for day in ("2-23", "2-24", "2-25", "2-26", "2-27", "2-28", "3-01")),
        *(f"weekly-2026-W0{week}.json" for week in (6, 7, 8, 9)),
    ]
    assert len(json.loads((folder / "daily-2026-03-01.json").read_text())["people"]) == 119
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}


def test_days_without_a_change_push_nothing_out(path: Path, clock: FixedClock) -> None:
    with Store.open(path, clock=clock) as store:
        add(store, "Somebody")
    for _ in range(20):
        clock.advance(days=1)
        Store.open(path, clock=clock).close()
    assert [file.name for file in sorted(Path(f"{path}.backups").iterdir())] == [
        "daily-2026-01-01.json",
        "weekly-2026-W01.json",
    ]


def test_a_backup_can_be_opened_and_restored(path: Path, clock: FixedClock, tmp_path: Path) -> None:
    copy = tmp_path / "my copy.json"
    with Store.open(path, clock=clock) as store:
        sam = add(store, "Sam")
        store.backup(copy)
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
        before = contents(store)
        add(store, "Lena")
        after = contents(store)
        with pytest.raises(StoreRefused):
            store.backup(path)
        restored = restore(path, copy, clock=clock)
        # The window that is open sees it.
        change = store.refresh()
        assert change is not None
        assert contents(store) == before
        assert store.undo() is None
    assert restored.counts == {"people": 1}
    with Store.open(restored.aside[0], clock=clock, read_only=True) as store:
        assert contents(store) == after
    with Store.open(copy, clock=clock) as store:
        assert store.get(Person, sam.id) == sam


def test_an_open_window_shows_what_was_restored(path: Path, clock: FixedClock, tmp_path: Path) -> None:
    copy = tmp_path / "copy.json"
    with Store.open(path, clock=clock) as store:
        add(store, "Maria")
        store.backup(copy)
        # The snapshot on the disk holds just what the one before held with its journal.
        store.compact()
        add(store, "Sam")
        restore(path, copy, clock=clock)
        change = store.refresh()
        assert change is not None
        assert change.touches(Person)
        assert [line.name for line in store.people()] == ["Maria"]


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"people": {}}'])
def test_what_is_no_backup_is_not_restored(
    path: Path, clock: FixedClock, tmp_path: Path, content: str
) -> None:
    other = tmp_path / "other.json"
    other.write_text(content)
    with Store.open(path, clock=clock) as store:
        add(store, "Sam")
    before = path.read_bytes()
    with pytest.raises(StoreRefused):
        restore(path, other, clock=clock)
    with pytest.raises(StoreRefused):
        restore(path, tmp_path / "none.json", clock=clock)
    with pytest.raises(StoreRefused):
        restore(path, tmp_path, clock=clock)
    assert path.read_bytes() == before


def test_a_backup_that_is_not_whole_is_not_restored(path: Path, clock: FixedClock, tmp_path: Path) -> None:
    copy = tmp_path / "copy.json"
    with Store.open(path, clock=clock) as store:
        add(store, "Sam")
        store.backup(copy)
    copy.write_bytes(copy.read_bytes().replace(b"Sam", b"Sum"))
    with pytest.raises(StoreRefused, match="not whole"):
        restore(path, copy, clock=clock)


def test_format_1_as_a_crash_left_it(path: Path, clock: FixedClock) -> None:
    """A store written by the first Inroad, with changes waiting in its journal."""
    for name in ("inroad.json", "inroad.json.journal"):
        shutil.copy(EXAMPLES / "format-1" / name, path.parent / name)
    assert inspect(path).ok
    before = path.read_bytes()
    with Store.open(path, clock=clock, read_only=True) as store:
        expected = contents(store)
    assert path.read_bytes() == before
    with Store.open(path, clock=clock) as store:
        assert contents(store) == expected
        sam = store.get(Person, "sam")
        assert sam is not None
        assert sam.stage is Stage.TO_ASK
        assert sam.notes == "Zoë says hello — “warmly”\nsecond line"
        assert store.profile == Profile(id="profile", name="Ada", target_field="design")
        assert store.count(Lead) == store.count(Meeting) == store.count(FollowUp) == 1
        assert store.redo_title == "Tagged Sam Okafor"
        assert [store.undo() for _ in range(5)][3] is not None
        assert store.people() == []
    assert '"format":2' in path.read_text()
    (backup,) = Path(f"{path}.backups").glob("before-migration-*")
    assert '"format":1' in backup.read_text()
    restore(path, backup, clock=clock)
    with Store.open(path, clock=clock) as store:
        assert contents(store) == expected
    assert check(path).ok


def network(store: Store) -> None:
    """Priya introduces Sam, who is met; Lena knows them."""
    with store.transaction("Imported 30 people") as tx:
        for number in range(30):
            tx.put(Person(id=f"person{number:02}", name=f"Somebody {number}"))
        tx.put(Person(id="sam-id", name="Sam Okafor", introduced_by="person01"))
    with store.transaction("Met Sam Okafor") as tx:
        tx.put(Meeting(id="meeting", person="sam-id", starts=datetime(2026, 1, 1, 9), zone="UTC"))  # noqa: DTZ001
        tx.put(Entry(id="entry", meeting="meeting", text="Sam Okafor said"))
        tx.put(Lead(id="lead", giver="sam-id", text="A lead of Sam's", entry="entry"))
        tx.put(Advice(id="advice", giver="sam-id", text="Advice"))
        tx.put(FollowUp(id="owed", person="sam-id", kind=FollowUpKind.THANK_YOU, due=date(2026, 1, 2)))
        tx.put(
            FollowUp(
                id="about", person="person01", about="sam-id", kind=FollowUpKind.CUSTOM, due=date(2026, 1, 2)
            )
        )
    with store.transaction("Noted on person01") as tx:
        tx.put(Person(id="person01", name="Somebody 1", introduced_by="sam-id", notes="knows Sam Okafor"))
        tx.put(
            Touch(
                id="touch",
                person="person01",
                about="sam-id",
                kind=TouchKind.OTHER,
                at=datetime(2026, 1, 1, tzinfo=UTC),
            )
        )
    with store.transaction("Merged into Sam Okafor") as tx:
        person = tx.get(Person, "person02")
        assert person is not None
        tx.put(replace(person, merged_into="sam-id"))
    with store.transaction("Tagged Somebody 3") as tx:
        tx.put(Person(id="person03", name="Somebody 3", tags=("x",)))


def test_erased_for_good(path: Path, clock: FixedClock) -> None:
    with Store.open(path, clock=clock) as store:
        network(store)
        other = Store.open(path, clock=clock)
        sam = other.get(Person, "sam-id")
        assert sam is not None
        store.back_up_if_due()
        erased = store.erase("sam-id", backups=True)
        assert erased.counts == {
            "people": 2,
            "meetings": 1,
            "entries": 1,
            "leads": 1,
            "advice": 1,
            "followups": 2,
        }
        assert erased.mentions == 1
        assert len(erased.rewritten) == 2
        assert erased.still_in == ()
        for file in path.parent.rglob("*"):
            if file.is_file():
                data = file.read_bytes()
                assert b"Okafor" not in data.replace(b"knows Sam Okafor", b""), file
                assert b"A lead of" not in data, file
        introduced = store.get(Person, "person01")
        assert introduced is not None
        assert introduced.introduced_by == ""
        assert introduced.notes == "knows Sam Okafor"
        assert store.undo_title == "Tagged Somebody 3"
        # A window that still had them open cannot write them again.
        with pytest.raises(StoreError, match="erased for good"), other.transaction("Noted") as tx:
            tx.put(replace(sam, notes="x"))
        assert other.get(Person, "sam-id") is None
        titles = []
        while (undone := store.undo()) is not None:
            titles.append(undone.title)
        assert titles == ["Tagged Somebody 3", "Imported 30 people"]
        assert store.get(Person, "sam-id") is None
        other.close()
    assert check(path).ok
    with Store.open(path, clock=clock) as store:
        assert store.get(Person, "sam-id") is None
        with pytest.raises(StoreError, match="not in the store"):
            store.erase("sam-id")


@pytest.mark.parametrize("id", ["a(b", "1", ".", '"', "\\"])
def test_erasing_takes_an_id_for_what_it_is(path: Path, clock: FixedClock, id: str) -> None:
    with Store.open(path, clock=clock) as store:
        with store.transaction("Added the one to go") as tx:
            tx.put(Person(id=id, name="Gone"))
        add(store, "Lena 1.0")
        store.erase(id)
        assert [line.name for line in store.people()] == ["Lena 1.0"]
        assert store.undo_title == "Added Lena 1.0"
        store.undo()
        assert store.undo_title is None


def test_the_newest_backup_stays_the_newest_when_somebody_is_erased(path: Path, clock: FixedClock) -> None:
    with Store.open(path, clock=clock) as store:
        gone = add(store, "Gone")
        for name in ("One", "Two", "Three"):
            add(store, name)
            store.back_up_if_due()
            clock.advance(days=1)
        before = [(backup.path, backup.saved) for backup in inspect(path).backups]
        assert len(before) == 4
        assert before[0][0].name == "daily-2026-01-03.json"
        store.erase(gone.id, backups=True)
    assert [(backup.path, backup.saved) for backup in inspect(path).backups] == before

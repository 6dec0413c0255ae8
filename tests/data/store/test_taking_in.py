"""Taking in what another process imported: nobody who reads waits for it, or sees half of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Event, Thread

import pytest
from msgspec.structs import replace

from data.clock import FixedClock
from data.records import FollowUp, FollowUpKind, Person, Stage
from data.store import Change, Store, memory, storage
from tests.data.store.model import contents

CLOCK = FixedClock(datetime(2026, 11, 23, 9, tzinfo=UTC))
SAM = Person(id="sam", name="Sam Okafor", stage=Stage.ASKED)
MANY = 300
LONG = "A long note. " * 40


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "inroad.json"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store.open(path, clock=CLOCK) as store:
        with store.transaction("Added Sam") as tx:
            tx.put(SAM)
            tx.put(Person(id="gone", name="Soon Gone"))
            tx.put(FollowUp(id="f", person="sam", kind=FollowUpKind.CUSTOM, due=date(2026, 12, 1)))
        yield store


def import_much(other: Store) -> None:
    """What an import does, and changes of other kinds in the same action."""
    with other.transaction("Imported") as tx:
        for number in range(MANY):
            tx.put(Person(id=f"p{number}", name=f"Person {number}", notes=LONG))
        tx.put(replace(SAM, stage=Stage.MET))
        tx.put(FollowUp(id="g", person="p7", kind=FollowUpKind.CUSTOM, due=date(2026, 12, 2)))
        tx.remove(Person(id="gone", name="Soon Gone"))


def assert_taken_in(store: Store) -> None:
    assert len(store.people()) == MANY + 1
    assert [each.id for each in store.where(Person, stage="met")] == ["sam"]
    assert store.where(Person, stage="asked") == []
    assert [each.id for each in store.where(FollowUp, person="p7")] == ["g"]
    assert store.get(Person, "gone") is None
    assert store.get(Person, f"p{MANY - 1}") == Person(
        id=f"p{MANY - 1}", name=f"Person {MANY - 1}", notes=LONG
    )


def test_only_much_is_said_to_take_a_while(path: Path, store: Store) -> None:
    assert not store.behind
    with Store.open(path, clock=CLOCK) as other:
        with other.transaction("Moved Sam") as tx:
            tx.put(replace(SAM, stage=Stage.MET))
        assert not store.behind
        store.refresh()
        import_much(other)
        assert store.behind
        store.refresh()
        assert not store.behind
        assert_taken_in(store)
        assert contents(store) == contents(other)


@pytest.mark.parametrize("closes", [False, True])
def test_who_reads_meanwhile_sees_all_of_it_or_nothing(
    path: Path, store: Store, closes: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As long as the other process runs its journal is read on; once it has closed, all is read anew."""
    store.people()
    store.where(Person, stage="asked")
    store.where(FollowUp, person="sam")
    half, go = Event(), Event()
    apply = memory.Memory.apply
    done = 0

    def apply_and_wait(self: memory.Memory, op: object) -> None:
        nonlocal done
        apply(self, op)  # type: ignore[arg-type]
        done += 1
        if done == MANY // 2:
            half.set()
            assert go.wait(20)

    derive = memory.Memory.derive_like

    def derive_and_wait(self: memory.Memory, other: memory.Memory) -> None:
        derive(self, other)
        half.set()
        assert go.wait(20)

    other = Store.open(path, clock=CLOCK)
    import_much(other)
    if closes:
        other.close()
        monkeypatch.setattr(memory.Memory, "derive_like", derive_and_wait)
    else:
        monkeypatch.setattr(memory.Memory, "apply", apply_and_wait)
    heard: list[Change] = []
    store.subscribe(heard.append)
    thread = Thread(target=store.refresh)
    mark = store.mark
    thread.start()
    assert half.wait(20)
    assert [line.id for line in store.people()] == ["sam", "gone"]
    assert [each.id for each in store.where(Person, stage="asked")] == ["sam"]
    assert store.get(Person, "p0") is None
    assert store.mark == mark
    assert not heard
    go.set()
    thread.join()
    (change,) = heard
    assert len(change.ids["people"]) == MANY + 2
    assert store.mark != mark
    assert_taken_in(store)
    other.close()


def test_what_was_ready_is_ready_again(path: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the screen asks for, once another process has written the store anew, is not made then."""
    store.people()
    store.where(Person, stage="asked")
    with Store.open(path, clock=CLOCK) as other:
        import_much(other)
    store.refresh()
    monkeypatch.setattr(memory, "_person_line", None)
    monkeypatch.setattr(memory, "_people", None)
    monkeypatch.setattr(memory.TableMemory, "_values", None)
    assert len(store.people()) == MANY + 1
    assert [each.id for each in store.where(Person, stage="met")] == ["sam"]


def test_however_little_it_comes_to_the_same(
    path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "MUCH", -1)
    with Store.open(path, clock=CLOCK) as other:
        before = contents(store)
        old = store._storage.memory.table("people")
        import_much(other)
        store.refresh()
        assert contents(store) == contents(other) != before
        assert [line.id for line in old.lines.values()] == ["sam", "gone"], "what is read stays as it was"
        assert other.undo() is not None
        store.refresh()
        assert contents(store) == contents(other) == before

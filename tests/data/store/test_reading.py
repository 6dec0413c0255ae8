"""What is kept and how it is read: any text, in order, by reference, on the board, from threads at once."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from data.records import FollowUp, FollowUpKind, FollowUpState, Person, Rehearsal, Stage
from data.store import Store, StoreError, Undone
from tests.data.store.keeping import CLOCK, SAM, keep


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "inroad.json"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store.open(path, clock=CLOCK) as store:
        yield store


def test_threads_read_and_write_at_once(store: Store) -> None:
    """A worker imports while others edit and read; nothing is lost, nothing half seen."""
    failed: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for round in range(20):
                keep(store, f"Edit {number} {round}", Person(id=f"t{number}-{round}", name="x"))
                mine = {f"t{number}-{each}" for each in range(round + 1)}
                assert mine <= {person.id for person in store.all(Person)}
                assert mine <= {line.id for line in store.people()}
                store.refresh()
        except BaseException as error:  # noqa: BLE001
            failed.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert store.count(Person) == 80


@pytest.mark.parametrize(
    "text",
    [
        "[/]",
        "[red]x",
        "\x1b]0;x\x07",
        "\x9b31m",
        "{name}",
        "x" * 10_000,
        "👩‍👩‍👧‍👦",
        "שלום עולם",
        "\u2028\n\r\t\0",
        '"\\',
    ],
)
def test_any_text_is_kept_as_it_is(path: Path, text: str) -> None:
    odd = Person(id="odd", name=text, company=text, notes=text, tags=(text,), imported={text: text})
    with Store.open(path, clock=CLOCK) as store:
        keep(store, text, odd)
        assert store.undo_title == text
    with Store.open(path, clock=CLOCK) as store:
        assert store.get(Person, "odd") == odd
        assert store.undo() == Undone(text)


def test_half_a_character_costs_that_half_alone(path: Path) -> None:
    with Store.open(path, clock=CLOCK) as store:
        keep(store, "Added \ud83d", Person(id="odd", name="Sam \ud83d Okafor", imported={"a\ud83d": "b"}))
        found = store.get(Person, "odd")
        assert found == Person(id="odd", name="Sam \ufffd Okafor", imported={"a\ufffd": "b"})


def test_what_could_not_be_read_back_is_never_written(store: Store) -> None:
    def act() -> None:
        with store.transaction("Rehearsed") as tx:
            tx.put(Rehearsal(id="r", introduction="i", at=datetime(2026, 1, 1), seconds=1.0, words=1))  # noqa: DTZ001

    with pytest.raises(TypeError, match="Rehearsal"):
        act()
    assert store.count(Rehearsal) == 0


def test_after_closing_nothing_is_written(path: Path) -> None:
    store = Store.open(path, clock=CLOCK)
    store.close()
    store.close()
    with pytest.raises(StoreError, match="closed"):
        keep(store, "Added", SAM)
    assert store.refresh() is None


def test_in_order_of_their_keys(store: Store) -> None:
    people = [Person(id=name, name=name) for name in "abcde"]
    keep(store, "Added", *people)
    with store.transaction("Removed b") as tx:
        tx.remove(people[1])
    keep(store, "Added f", Person(id="f", name="f"))
    store.undo()
    store.undo()
    assert [person.id for person in store.all(Person)] == ["a", "b", "c", "d", "e"]
    assert [line.id for line in store.people()] == ["a", "b", "c", "d", "e"]


def test_where_and_reading_in_a_transaction(store: Store) -> None:
    keep(store, "Added", SAM, Person(id="a", name="A", introduced_by="sam"), Person(id="b", name="B"))
    assert [person.id for person in store.where(Person, introduced_by="sam")] == ["a"]
    with store.transaction("Changed") as tx:
        tx.put(Person(id="b", name="B", introduced_by="sam"))
        tx.put(Person(id="a", name="A"))
        tx.put(Person(id="c", name="C", introduced_by="sam"))
        tx.remove(SAM)
        assert [person.id for person in tx.where(Person, introduced_by="sam")] == ["b", "c"]
        assert [person.id for person in tx.all(Person)] == ["a", "b", "c"]
        assert [line.id for line in tx.people()] == ["a", "b", "c"]
        assert tx.get(Person, "sam") is None
        assert store.get(Person, "sam") == SAM
    assert [person.id for person in store.where(Person, introduced_by="sam")] == ["b", "c"]
    assert store.where(Person, introduced_by="nobody") == []
    with pytest.raises(TypeError):
        store.where(Person, name="B")
    with pytest.raises(TypeError):
        store.where(Person)
    follow = FollowUp(id="f", person="a", about="b", kind=FollowUpKind.CUSTOM, due=date(2026, 12, 1))
    with store.transaction("Owed") as tx:
        tx.put(follow)
        tx.put(replace(follow, id="g", about="c"))
    assert [each.id for each in store.where(FollowUp, person="a", about="c")] == ["g"]


def test_where_by_how_far_something_has_come(store: Store) -> None:
    sam = replace(SAM, stage=Stage.ASKED)
    keep(store, "Added", sam, Person(id="a", name="A"))
    with store.transaction("Owed") as tx:
        for number in range(3):
            state = FollowUpState.DONE if number == 1 else FollowUpState.OPEN
            due = date(2026, 12, 1)
            tx.put(FollowUp(id=f"f{number}", person="sam", kind=FollowUpKind.CUSTOM, due=due, state=state))
    assert [each.id for each in store.where(FollowUp, state="open")] == ["f0", "f2"]
    assert [each.id for each in store.where(FollowUp, state=FollowUpState.DONE, person="sam")] == ["f1"]
    assert [each.id for each in store.where(Person, stage="network")] == ["a"]
    with store.transaction("Done") as tx:
        tx.put(replace(store.where(FollowUp, state="open")[0], state=FollowUpState.DONE))
        assert [each.id for each in tx.where(FollowUp, state="open")] == ["f2"]
    assert [each.id for each in store.where(FollowUp, state="open")] == ["f2"]


@pytest.mark.parametrize("piece", [20, *range(100, 260, 7), 1 << 18])
def test_who_is_on_the_board(path: Path, piece: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same before and after everything is decoded, whatever texts look like fields and wherever a piece
    of the table ends that is searched at once."""
    monkeypatch.setattr("data.store.memory._PIECE", piece)
    people = [
        SAM,
        Person(id="asked", name="Asked", stage=Stage.ASKED, notes='"stage":"met"'),
        Person(id="odd", name='{"id":"sam","stage":"asked"}', imported={"stage": "asked"}),
        Person(id="gone", name="Gone", stage=Stage.ASKED, removed=True),
        Person(id="parked", name="Parked", stage=Stage.PARKED),
        Person(id="met", name="Met\n", stage=Stage.MET),
    ]
    with Store.open(path, clock=CLOCK) as store:
        keep(store, "Added", *people)
    with Store.open(path, clock=CLOCK) as store:
        early = [line.id for line in store.on_board()]
        lines = [store.line(person.id) for person in people]
        assert store.line("nobody") is None
        assert store.line("") is None
        ids = ["nobody", "", *(person.id for person in people)]
        some = store.lines(ids)
        assert some == {line.id: line for line in store.people()} == store.lines(ids)
        assert [line.id for line in store.on_board()] == early == ["asked", "met"]
        assert [store.line(person.id) for person in people] == lines
        assert [line.name for line in lines if line is not None] == [person.name for person in people]
        keep(store, "Moved", replace(SAM, stage=Stage.TO_ASK))
        assert [line.id for line in store.on_board()] == ["sam", "asked", "met"]
    data = json.loads(path.read_text())
    data["people"] = {key: dict(reversed(doc.items())) for key, doc in data["people"].items()}
    path.write_text(json.dumps(data))
    with Store.open(path, clock=CLOCK, read_only=True) as store:
        assert [line.id for line in store.on_board()] == ["sam", "asked", "met"]
    Store.open(path, clock=CLOCK).close()
    with Store.open(path, clock=CLOCK) as store:
        assert [store.line(person.id) for person in people][1:] == lines[1:]
        assert [line.id for line in store.on_board()] == ["sam", "asked", "met"]

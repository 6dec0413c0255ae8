"""Undo and redo: deep, over restarts, an import as one, what others changed left alone and said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import tinydb
from msgspec.structs import replace

from data.records import PROFILE_ID, FollowUp, FollowUpKind, Person, Profile, Stage
from data.store import Change, Origin, Store, StoreError, Undone, history
from tests.data.store.keeping import CLOCK, SAM, keep
from tests.data.store.model import contents


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "inroad.json"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store.open(path, clock=CLOCK) as store:
        yield store


@pytest.fixture
def other(store: Store, path: Path) -> Iterator[Store]:
    keep(store, "Added Sam", SAM)
    with Store.open(path, clock=CLOCK) as other:
        yield other


def test_a_hundred_deep_over_restarts(path: Path) -> None:
    states = []
    for number in range(100):
        if number % 9 == 0:
            store = Store.open(path, clock=CLOCK)
        keep(store, f"Edit {number}", replace(SAM, notes=f"note {number}"))
        states.append(contents(store))
        if number % 9 == 8:
            store.close()
    store.close()
    with Store.open(path, clock=CLOCK) as store:
        for number in reversed(range(100)):
            assert contents(store) == states[number]
            assert store.undo() == Undone(f"Edit {number}")
        assert contents(store) == {}
        assert store.undo() is None
    with Store.open(path, clock=CLOCK) as store:
        for number in range(100):
            assert store.redo() == Undone(f"Edit {number}")
            assert contents(store) == states[number]
        assert store.redo() is None


def test_an_import_is_one_and_its_history_is_small(path: Path) -> None:
    people = [Person(id=f"p{number}", name=f"Person {number}", notes="x" * 300) for number in range(3000)]
    with Store.open(path, clock=CLOCK) as store:
        keep(store, "Imported 3,000 people", *people)
    assert path.stat().st_size > 1_000_000
    assert Path(f"{path}.journal").stat().st_size < 200_000
    with Store.open(path, clock=CLOCK) as store:
        keep(store, "Edited one", replace(people[5], notes="mine"))
        assert store.undo() == Undone("Edited one")
        assert store.undo() == Undone("Imported 3,000 people")
        assert store.people() == []
    with Store.open(path, clock=CLOCK) as store:
        assert store.redo() == Undone("Imported 3,000 people")
        assert store.all(Person) == people
        keep(store, "Edited another", replace(people[6], notes="mine"))
    with Store.open(path, clock=CLOCK) as store:
        # Out of order, by another window: what it changed stays.
        assert store.undo() == Undone("Edited another")
        undone = store.undo()
        assert undone == Undone("Imported 3,000 people")
        assert store.people() == []


def test_a_new_action_ends_redo(store: Store) -> None:
    keep(store, "Added Sam", SAM)
    store.undo()
    assert store.redo_title == "Added Sam"
    keep(store, "Added Lena", Person(id="lena", name="Lena"))
    assert store.redo_title is None


def test_what_another_window_did_since_is_left_alone_and_said(store: Store, other: Store) -> None:
    keep(store, "Moved Sam", replace(SAM, stage=Stage.ASKED, notes="mine"))
    other.refresh()
    keep(other, "Noted on Sam", replace(SAM, stage=Stage.ASKED, notes="theirs"))
    assert store.undo_title == "Moved Sam"
    undone = store.undo()
    assert undone is not None
    assert undone.left_alone == ("“Sam Okafor” has been changed since (notes) and keeps that.",)
    assert store.get(Person, "sam") == replace(SAM, notes="theirs")
    undone = store.undo()
    assert undone is not None
    assert undone.left_alone == ("“Sam Okafor” has been changed since and stays.",)


def test_a_step_is_no_use_of_what_it_put_in_itself_but_another_windows_is(store: Store, other: Store) -> None:
    keep(store, "Added Priya", Person(id="priya", name="Priya"))
    with store.transaction("Found through Lena") as tx:
        tx.put(Person(id="lena", name="Lena"))
        tx.put(Person(id="priya", name="Priya", introduced_by="lena"))
    undone = store.undo()
    assert undone is not None
    assert undone.left_alone == ()
    assert store.get(Person, "lena") is None
    store.redo()
    other.refresh()
    keep(other, "Found through Lena, too", replace(SAM, introduced_by="lena"))
    undone = store.undo()
    assert undone is not None
    assert undone.left_alone == ("“Lena” has been used since and stays.",)


def test_what_another_window_refers_to_stays(store: Store, other: Store) -> None:
    keep(store, "Added Lena", Person(id="lena", name="Lena"))
    with other.transaction("Owed") as tx:
        tx.put(FollowUp(id="f", person="lena", kind=FollowUpKind.NUDGE, due=date(2026, 12, 1)))
    undone = store.undo()
    assert undone is not None
    assert undone.left_alone == ("“Lena” has been used since and stays.",)
    assert store.get(Person, "lena") is not None


def test_another_windows_actions_are_its_own_to_undo(store: Store, other: Store) -> None:
    keep(other, "Added Lena", Person(id="lena", name="Lena"))
    store.refresh()
    assert store.undo_title == "Added Sam"
    assert other.undo_title == "Added Lena"


def test_of_the_same_field_the_later_wins_and_undo_brings_the_earlier_back(
    store: Store, other: Store
) -> None:
    heard: list[Change] = []
    other.subscribe(heard.append)
    keep(store, "Noted", replace(SAM, notes="first", stage=Stage.ASKED))
    keep(other, "Noted too", replace(SAM, notes="second"))
    (note,) = heard[-1].notes
    assert note == (
        "Another window had just changed “Sam Okafor” too (notes): "
        "your later change counts, and undo brings the other back."
    )
    assert other.get(Person, "sam") == replace(SAM, notes="second", stage=Stage.ASKED)
    other.undo()
    assert other.get(Person, "sam") == replace(SAM, notes="first", stage=Stage.ASKED)


def test_a_change_of_what_was_removed_meanwhile_keeps_it(store: Store, other: Store) -> None:
    heard: list[Change] = []
    other.subscribe(heard.append)
    with store.transaction("Removed Sam") as tx:
        tx.remove(SAM)
    keep(other, "Noted", replace(SAM, notes="hi"))
    assert [change.origin for change in heard] == [Origin.ELSEWHERE, Origin.HERE]
    assert "had been removed in another window" in heard[1].notes[0]
    assert other.get(Person, "sam") == replace(SAM, notes="hi")


def test_both_add_the_same(store: Store, other: Store) -> None:
    keep(store, "Added", Person(id="lena", name="Lena", notes="a"))
    keep(other, "Added", Person(id="lena", name="Lena", title="PM"))
    assert other.get(Person, "lena") == Person(id="lena", name="Lena", title="PM")
    assert store.refresh() is not None
    assert contents(store) == contents(other)


def test_listeners_hear_where_a_change_came_from(store: Store, other: Store) -> None:
    heard: list[Change] = []
    end = store.subscribe(heard.append)
    keep(other, "Added Lena", Person(id="lena", name="Lena"))
    assert store.refresh() == heard[0]
    assert store.refresh() is None
    keep(store, "Added Maria", Person(id="maria", name="Maria"))
    store.undo()
    store.redo()
    assert [(change.origin, change.title) for change in heard] == [
        (Origin.ELSEWHERE, "Added Lena"),
        (Origin.HERE, "Added Maria"),
        (Origin.UNDO, "Added Maria"),
        (Origin.REDO, "Added Maria"),
    ]
    assert heard[1].ids == {"people": frozenset({"maria"})}
    assert heard[1].touches(FollowUp, Person)
    assert not heard[1].touches(FollowUp)
    end()
    end()
    keep(store, "Added Ada", Person(id="ada", name="Ada"))
    assert len(heard) == 4


def test_what_the_program_notes_for_itself_is_no_step_of_undo(store: Store) -> None:
    keep(store, "Added Sam", SAM)
    with store.transaction("Showed a cue", undoable=False) as tx:
        tx.put(replace(SAM, notes="shown"))
    assert store.undo_title == "Added Sam"


def test_after_a_line_that_no_history_keeps(path: Path) -> None:
    """Numbers go on behind it, and the next close takes in what came after."""
    with Store.open(path, clock=CLOCK) as store:
        keep(store, "Added Sam", SAM)
        store.save_profile(Profile(id=PROFILE_ID, name="Ada"))
    with Store.open(path, clock=CLOCK) as store:
        keep(store, "Added Lena", Person(id="lena", name="Lena"))
    with tinydb.TinyDB(path) as stock:
        assert len(stock.table("people")) == 2
    with Store.open(path, clock=CLOCK) as store:
        assert store.undo() == Undone("Added Lena")
        assert store.undo() == Undone("Added Sam")
        assert store.undo() is None


@pytest.fixture
def shallow(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tenth as deep, so that it is soon full."""
    monkeypatch.setattr(history, "DEPTH", history.DEPTH // 10)
    monkeypatch.setattr(history, "OWN_DEPTH", history.OWN_DEPTH // 10)
    monkeypatch.setattr(history, "MOST", history.MOST // 10)


@pytest.mark.usefixtures("shallow")
def test_another_window_that_does_much_leaves_the_others_their_undo(store: Store, other: Store) -> None:
    for number in range(5):
        keep(store, f"Mine {number}", replace(SAM, notes=f"note {number}"))
    for number in range(25):
        keep(other, f"Theirs {number}", Person(id="lena", name=f"Lena {number}"))
    store.refresh()
    assert store.undo_title == "Mine 4"
    other.compact()
    store.refresh()
    titles = [undone.title for _ in range(9) if (undone := store.undo()) is not None]
    assert titles == ["Mine 4", "Mine 3", "Mine 2", "Mine 1", "Mine 0", "Added Sam"]
    theirs = [undone.title for _ in range(30) if (undone := other.undo()) is not None]
    assert theirs[:10] == [f"Theirs {number}" for number in reversed(range(15, 25))]


@pytest.mark.usefixtures("shallow")
def test_the_undo_log_is_bounded_however_many_windows_there_were(path: Path) -> None:
    for window in range(12):
        with Store.open(path, clock=CLOCK) as store:
            for number in range(5):
                keep(store, f"{window}.{number}", replace(SAM, notes=f"{window}.{number}"))
    with Store.open(path, clock=CLOCK) as store:
        titles = []
        while (undone := store.undo()) is not None:
            titles.append(undone.title)
    assert 10 <= len(titles) <= 40
    assert titles == [f"{number // 5}.{number % 5}" for number in reversed(range(60))][: len(titles)]


def test_who_is_refused_still_hears_what_others_did(store: Store, other: Store) -> None:
    heard: list[Change] = []
    sam = other.get(Person, "sam")
    assert sam is not None
    other.subscribe(heard.append)
    store.erase("sam")
    with pytest.raises(StoreError, match="erased for good"), other.transaction("Noted") as tx:
        tx.put(replace(sam, notes="x"))
    assert [change.touches(Person) for change in heard] == [True]


def test_a_removal_is_not_turned_back_where_the_record_is_there_again(store: Store, other: Store) -> None:
    with other.transaction("Removed Sam") as tx:
        tx.remove(SAM)
    store.refresh()
    keep(store, "Added Sam again", SAM)
    undone = other.undo()
    assert undone is not None
    assert "is there again" in undone.left_alone[0]
    assert other.count(Person) == 1

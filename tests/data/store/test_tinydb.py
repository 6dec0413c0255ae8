"""TinyDB's public functions on a store, and the store's files under stock TinyDB."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import tinydb
from tinydb import where
from tinydb.operations import delete
from tinydb.table import Document

from data.clock import FixedClock
from data.records import Person
from data.store import Change, Store, StoreError

CLOCK = FixedClock(datetime(2026, 11, 23, 9, tzinfo=UTC))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "inroad.json", clock=CLOCK) as store:
        yield store


def test_queries_see_the_stores_records(store: Store) -> None:
    with store.transaction("Added") as tx:
        tx.put(Person(id="sam", name="Sam", company="Stripe"))
        tx.put(Person(id="lena", name="Lena", company="N26"))
    people = store.db.table("people")
    assert [row["name"] for row in people.search(where("company") == "N26")] == ["Lena"]
    found = people.get(doc_id=1)
    assert isinstance(found, Document)
    assert (found["name"], found.doc_id) == ("Sam", 1)
    assert people.get(doc_id=9) is None
    assert len(people) == 2
    assert store.db.tables() == {"people"}
    with store.transaction("Removed") as tx:
        tx.remove(Person(id="lena", name="Lena"))
    # No cached answer outlives a change.
    assert people.search(where("company") == "N26") == []


def test_writes_are_actions_that_can_be_undone(store: Store, tmp_path: Path) -> None:
    heard: list[Change] = []
    store.subscribe(heard.append)
    people = store.db.table("people")
    first = people.insert({"id": "sam", "name": "Sam"})
    more = people.insert_multiple([{"id": "lena", "name": "Lena"}, {"name": "No id"}])
    assert [first, *more] == [1, 2, 3]
    assert people.update({"company": "Stripe"}, where("id") == "sam") == [1]
    assert people.update(delete("company"), where("id") == "sam") == [1]
    assert people.upsert({"id": "lena", "title": "PM"}, where("id") == "lena") == [2]
    assert people.remove(doc_ids=[3]) == [3]
    assert {line.name for line in store.people()} == {"Sam", "Lena"}
    assert len(heard) == 6
    assert heard[-1].touches(Person)
    assert store.undo_title == "Changed people through TinyDB"
    store.undo()
    assert store.count(Person) == 3
    with Store.open(tmp_path / "inroad.json", clock=CLOCK, read_only=True) as other:
        assert other.count(Person) == 3
    people.truncate()
    assert store.count(Person) == 0
    store.undo()
    store.db.drop_table("people")
    assert store.people() == []


def test_a_key_is_never_given_twice(store: Store, tmp_path: Path) -> None:
    other = Store.open(tmp_path / "inroad.json", clock=CLOCK)
    keys = []
    for number in range(6):
        db = (store, other)[number % 2].db.table("people")
        keys.append(db.insert({"id": f"p{number}", "name": "x"}))
        if number == 3:
            db.remove(doc_ids=[keys[-1]])
    assert keys == [1, 2, 3, 4, 5, 6]
    with store.transaction("Added") as tx:
        tx.put(Person(id="seven", name="Seven"))
    store.compact()
    with tinydb.TinyDB(tmp_path / "inroad.json") as stock:
        assert [row.doc_id for row in stock.table("people")] == [1, 2, 3, 5, 6, 7]


def test_own_tables_and_fields_are_kept(store: Store, tmp_path: Path) -> None:
    store.db.table("plants").insert({"name": "Fern", "leaves": [1, 2.5, None, {"deep": True}]})
    people = store.db.table("people")
    people.insert({"id": "sam", "name": "Sam", "shoe size": 44})
    with store.transaction("Noted") as tx:
        sam = tx.get(Person, "sam")
        assert sam is not None
        tx.put(Person(id="sam", name="Sam", notes="hi"))
    found = people.get(where("id") == "sam")
    assert isinstance(found, Document)
    assert found["shoe size"] == 44
    store.close()
    with Store.open(tmp_path / "inroad.json", clock=CLOCK) as again:
        plant = again.db.table("plants").all()[0]
        assert plant["leaves"] == [1, 2.5, None, {"deep": True}]
        assert again.notices == ()


@pytest.mark.parametrize("name", ["_inroad", 'a"b', "", "with space", "x" * 3 + "\n"])
def test_a_table_that_cannot_be_is_refused(store: Store, name: str) -> None:
    with pytest.raises(StoreError):
        store.db.table(name).insert({"id": "x"})


def test_what_would_not_be_a_record_is_refused(store: Store) -> None:
    with pytest.raises(StoreError, match="people"):
        store.db.table("people").insert({"id": "sam", "name": 5})
    with pytest.raises(StoreError, match="people"):
        store.db.table("people").insert({"id": "sam"})
    assert store.people() == []


def test_no_id_is_given_twice(store: Store) -> None:
    people = store.db.table("people")
    people.insert({"id": "sam", "name": "Sam"})
    with pytest.raises(StoreError, match="has the id"):
        people.insert({"id": "sam", "name": "Another"})
    with pytest.raises(StoreError, match="has the id"):
        people.insert_multiple([{"id": "new", "name": "One"}, {"id": "new", "name": "Other"}])
    assert [line.id for line in store.people()] == ["sam"]


def test_a_record_is_found_by_the_id_that_it_was_given(store: Store) -> None:
    store.db.table("people").insert({"id": "sam", "name": "Sam"})
    assert store.get(Person, "sam") == Person(id="sam", name="Sam")
    store.db.table("people").update({"id": "samuel"})
    assert store.get(Person, "sam") is None
    assert store.get(Person, "samuel") == Person(id="samuel", name="Sam")
    store.undo()
    assert store.get(Person, "sam") == Person(id="sam", name="Sam")

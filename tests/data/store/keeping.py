"""A store with Sam, and a short way to keep people in it."""

from __future__ import annotations

from datetime import UTC, datetime

from data.clock import FixedClock
from data.records import Person
from data.store import Store

CLOCK = FixedClock(datetime(2026, 11, 23, 9, tzinfo=UTC))


SAM = Person(id="sam", name="Sam Okafor")


def keep(store: Store, title: str, *people: Person) -> None:
    with store.transaction(title) as tx:
        for person in people:
            tx.put(person)

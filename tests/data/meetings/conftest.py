"""A store of one's own and somebody to talk to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from data.clock import FixedClock
from data.records import Meeting, Person, Profile
from data.store import Store

NOW = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)  # Monday 15:00 in Berlin


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW, "Europe/Berlin")


@pytest.fixture
def store(tmp_path: Path, clock: FixedClock) -> Iterator[Store]:
    opened = Store.open(tmp_path / "inroad.json", clock=clock)
    opened.save_profile(Profile(id="profile", name="Ada", target_field="design"))
    yield opened
    opened.close()


@pytest.fixture
def maria(store: Store) -> Person:
    priya = Person(id="priya", name="Priya Nair", company="Shopify")
    maria = Person(
        id="maria",
        name="Maria Chen",
        title="Head of Design",
        company="Figma",
        introduced_by="priya",
        location="Greater Boston Area",
    )
    with store.transaction("Added two") as tx:
        tx.put(priya)
        tx.put(maria)
    return maria


@pytest.fixture
def meeting(store: Store, maria: Person) -> Meeting:
    made = Meeting(
        id="m", person=maria.id, starts=datetime.fromisoformat("2026-11-24 15:00"), zone="Europe/Berlin"
    )
    with store.transaction("Arranged") as tx:
        return tx.put(made)

"""A store with three people in it, on a Monday at 15:00 in Berlin."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.clock import FixedClock
from data.records import (
    Person,
    Stage,
)
from data.store import Store
from tests.data.actions.talk import NOW, ZONE


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW, ZONE)


@pytest.fixture
def store(tmp_path: Path, clock: FixedClock) -> Iterator[Store]:
    opened = Store.open(tmp_path / "inroad.json", clock=clock)
    with opened.transaction("Added") as tx:
        tx.put(Person(id="priya", name="Priya Nair"))
        tx.put(Person(id="maria", name="Maria Chen", introduced_by="priya", stage=Stage.ASKED))
        tx.put(Person(id="sam", name="Sam Okafor", stage=Stage.TO_ASK))
    yield opened
    opened.close()

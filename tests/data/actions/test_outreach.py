"""Wanting to ask somebody puts a first message on the list, once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from data.actions.outreach import book_outreach
from data.actions.people import move
from data.clock import FixedClock
from data.errors import UserError
from data.followups.occasions import Occasion
from data.records import FollowUp, FollowUpKind, Person, Stage
from data.store import Store


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 23, 13, 0, tzinfo=UTC), "Europe/Berlin")


@pytest.fixture
def store(tmp_path: Path, clock: FixedClock) -> Iterator[Store]:
    with Store.open(tmp_path / "store" / "inroad.json", clock=clock) as opened:
        yield opened


def put(store: Store, stage: Stage) -> Person:
    with store.transaction("Added") as tx:
        return tx.put(Person(id="sam", name="Sam Okafor", stage=stage))


@pytest.mark.parametrize("stage", [Stage.NETWORK, Stage.PARKED, Stage.TO_ASK])
def test_it_is_due_today_and_they_are_to_ask(store: Store, clock: FixedClock, stage: Stage) -> None:
    booked = book_outreach(store, clock, put(store, stage))
    assert (booked.kind, booked.due, booked.occasion) == (FollowUpKind.OUTREACH, date(2026, 11, 23), "")
    found = store.get(Person, "sam")
    assert found is not None
    assert found.stage is Stage.TO_ASK
    assert store.undo_title == "Put Sam Okafor on today’s list, to be asked"
    store.undo()
    assert store.count(FollowUp) == 0


def test_it_is_booked_once(store: Store, clock: FixedClock) -> None:
    person = put(store, Stage.TO_ASK)
    assert book_outreach(store, clock, person) == book_outreach(store, clock, person)
    assert store.count(FollowUp) == 1


def test_who_was_asked_before_is_asked_again(store: Store, clock: FixedClock) -> None:
    person = put(store, Stage.TO_ASK)
    move(store, clock, person.id, Stage.ASKED)
    move(store, clock, person.id, Stage.TO_ASK)
    assert book_outreach(store, clock, person).occasion == Occasion.AGAIN


def test_nobody_who_was_removed(store: Store, clock: FixedClock) -> None:
    with pytest.raises(UserError):
        book_outreach(store, clock, "nobody")

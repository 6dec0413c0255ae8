"""Wanting to ask somebody puts a first message on the list, once."""

from __future__ import annotations

import pytest

from data.actions.outreach import book_outreach
from data.actions.people import move
from data.errors import UserError
from data.followups.occasions import Occasion
from data.records import FollowUpKind, Person, Stage
from tests.data.world import MON, World


def sam(world: World, stage: Stage = Stage.TO_ASK) -> Person:
    return world.person("Sam Okafor", stage)


@pytest.mark.parametrize("stage", [Stage.NETWORK, Stage.PARKED, Stage.TO_ASK])
def test_it_is_due_today_and_they_are_to_ask(world: World, stage: Stage) -> None:
    person = sam(world, stage)
    booked = book_outreach(world.store, world.clock, person)
    assert (booked.kind, booked.due, booked.occasion) == (FollowUpKind.OUTREACH, MON, "")
    assert world.now(person).stage is Stage.TO_ASK
    assert world.store.undo_title == "Put Sam Okafor on today’s list, to be asked"
    world.store.undo()
    assert world.open(person) == []


def test_it_is_booked_once(world: World) -> None:
    person = sam(world)
    first = book_outreach(world.store, world.clock, person)
    assert book_outreach(world.store, world.clock, person) == first
    assert world.open(person) == [first]


def test_who_was_asked_before_is_asked_again(world: World) -> None:
    person = sam(world)
    move(world.store, world.clock, person.id, Stage.ASKED)
    move(world.store, world.clock, person.id, Stage.TO_ASK)
    assert book_outreach(world.store, world.clock, person).occasion == Occasion.AGAIN


def test_nobody_who_was_removed(world: World) -> None:
    with pytest.raises(UserError, match="no longer in your network"):
        book_outreach(world.store, world.clock, "nobody")

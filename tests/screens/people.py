"""People for the tests of screens, some with names that would harm a careless program."""

from __future__ import annotations

from typing import Any

from data.actions.people import add
from data.clock import FixedClock
from data.records import FollowUp, FollowUpKind, FollowUpState, Person, Stage, new_id
from data.store import Store

HOSTILE = (
    "[/]",
    "[red]x",
    "\x1b]0;x\x07",
    "\x9b31mq",
    "{name} =cmd|' /C calc'!A0",
    "x" * 10_000,
    "שלום עולם",
    "👩‍👩‍👧 \u202efamily",
    "王小明",
)


def put(store: Store, clock: FixedClock, name: str, stage: Stage = Stage.TO_ASK, **fields: Any) -> Person:
    """A person in a stage, with nothing owed."""
    return add(store, clock, Person(id="", name=name, stage=stage, **fields))


def add_people(store: Store, *names: str) -> list[Person]:
    """People to be asked, put in as they are in one step."""
    people = [Person(id=new_id(), name=name, stage=Stage.TO_ASK) for name in names]
    with store.transaction(f"Added {names[0]}") as tx:
        for person in people:
            tx.put(person)
    return people


def stage_of(store: Store, person: Person) -> Stage:
    """The stage that somebody is in now."""
    found = store.get(Person, person.id)
    assert found is not None
    return found.stage


def open_kinds(store: Store, person: Person) -> set[FollowUpKind]:
    """What is owed to somebody now."""
    found = store.where(FollowUp, person=person.id)
    return {each.kind for each in found if each.state is FollowUpState.OPEN}


def hostile(store: Store, clock: FixedClock, stage: Stage = Stage.TO_ASK) -> list[Person]:
    """One person for each hostile text, in every field that is shown."""
    return [
        put(store, clock, text, stage, title=text, company=text, location=text, tags=(text,), notes=text)
        for text in HOSTILE
    ]


def assert_safe(seen: str, width: int) -> None:
    """No character that controls a terminal or turns its text round reached the screen, and no line is wider
    than it."""
    from rich.cells import cell_len

    assert not [char for char in seen if char != "\n" and (ord(char) < 32 or 0x7F <= ord(char) < 0xA0)]
    assert "\u202e" not in seen
    assert all(cell_len(line) <= width for line in seen.split("\n"))

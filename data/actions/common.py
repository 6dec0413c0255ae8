"""What actions share: finding records anew inside their transaction, logging contacts, changing stages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from msgspec.structs import replace

from data.clock import Clock
from data.days import show_day
from data.errors import UserError
from data.followups import engine
from data.followups.events import Revived
from data.records import (
    Channel,
    Direction,
    FollowUp,
    FollowUpState,
    Person,
    PersonLine,
    Stage,
    Touch,
    TouchKind,
    new_id,
)
from data.store import Reader, Transaction
from data.text import plural, short

Who = str | Person | PersonLine
"""Somebody: by id, or as the record that a screen holds (of which the newest version is taken)."""
Whom = Who | Iterable[Who]
"""One of them, or several at once."""


def person_id(who: Who) -> str:
    """The id of somebody."""
    return who if isinstance(who, str) else who.id


def ids(whom: Whom) -> list[str]:
    """The ids of one or several, each once."""
    if isinstance(whom, str | Person | PersonLine):
        return [person_id(whom)]
    return list(dict.fromkeys(person_id(each) for each in whom))


def the_person(reader: Reader, who: Who) -> Person:
    """The newest version of somebody. Raises UserError if they have been removed meanwhile."""
    found = reader.get(Person, person_id(who))
    if found is None or not found.alive:
        name = f"{short(found.name)} is" if found is not None else "This person is"
        raise UserError(f"{name} no longer in your network; nothing was changed.")
    return found


def the_people(reader: Reader, whom: Whom) -> list[Person]:
    """The newest versions of several. Raises UserError if there is none, or one has been removed."""
    found = [the_person(reader, id) for id in ids(whom)]
    if not found:
        raise UserError("Nobody is selected; nothing was changed.")
    return found


def the_followup(reader: Reader, followup: FollowUp | str) -> FollowUp:
    """The newest version of an open follow-up. Raises UserError if it is closed."""
    id = followup if isinstance(followup, str) else followup.id
    found = reader.get(FollowUp, id)
    if found is None or found.state is not FollowUpState.OPEN:
        raise UserError("This is no longer open; nothing was changed.")
    return found


def names(people: list[Person]) -> str:
    """Who it was, in a title: the name, or how many."""
    return short(people[0].name) if len(people) == 1 else plural(len(people), "person", "people")


def day_text(day: date) -> str:
    """A day in a title: `3 Feb 2027`."""
    return show_day(day).split(" ", 1)[1]


def happened_at(clock: Clock, at: datetime | None) -> datetime:
    """When it took place: now, if nothing else is said. Raises UserError for what is still to come."""
    if at is None:
        return clock.now()
    if at > clock.now() + timedelta(minutes=1):
        raise UserError("That is still to come: log it when it has happened.")
    return at


def put_touch(
    tx: Transaction,
    person: str,
    kind: TouchKind,
    at: datetime,
    *,
    direction: Direction = Direction.OUT,
    channel: Channel = Channel.NONE,
    subject: str = "",
    text: str = "",
    about: str = "",
    meeting: str = "",
    followup: str = "",
) -> Touch:
    """Log one contact; the text is kept word for word."""
    return tx.put(
        Touch(
            id=new_id(),
            person=person,
            kind=kind,
            direction=direction,
            at=at,
            channel=channel,
            subject=subject,
            text=text,
            about=about,
            meeting=meeting,
            followup=followup,
        )
    )


def to_stage(tx: Transaction, clock: Clock, person: Person, stage: Stage) -> Person:
    """Put somebody into a stage and nothing else; who was parked is back, and what that books is booked.

    For actions that move a card because of what happened (data.stages says what a move by hand does).
    """
    if person.stage is stage:
        return person
    moved = tx.put(
        replace(
            person,
            stage=stage,
            stage_since=clock.now(),
            look_again_on=person.look_again_on if stage is Stage.PARKED else None,
        )
    )
    if person.stage is Stage.PARKED and stage is not Stage.NETWORK:
        engine.apply(tx, Revived(person=person.id), clock)
    return moved

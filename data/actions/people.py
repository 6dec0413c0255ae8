"""What the user does with people and groups: add, edit, move, park, remove, tag, set how often to meet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from msgspec.structs import replace

from data.actions.asking import ask_introduction, ask_whom, introduced, log_answer, log_outreach, log_touch
from data.actions.common import (
    Who,
    Whom,
    day_text,
    happened_at,
    ids,
    names,
    put_touch,
    the_people,
    the_person,
    to_stage,
)
from data.actions.put import call_off_meetings, checked, clean_tags, no_circle, planned, put_new
from data.clock import Clock, today
from data.errors import UserError
from data.followups import engine
from data.followups.events import Met, Parked, Removed, Sent, TierChanged, Withdrawn
from data.people.identities import identified
from data.records import (
    Channel,
    Direction,
    Kind,
    Meeting,
    MeetingStatus,
    Person,
    Source,
    Stage,
    Tier,
    TouchKind,
)
from data.stages import Effect, move_of
from data.store import Store, Transaction
from data.text import short
from data.vocabulary import LABELS
from data.zones import instant

__all__ = [
    "add",
    "ask_introduction",
    "ask_whom",
    "change_tags",
    "edit_person",
    "introduced",
    "log_answer",
    "log_outreach",
    "log_touch",
    "move",
    "new_person",
    "park",
    "remove",
    "set_tier",
]

_OWN = {"id", "stage", "stage_since", "look_again_on", "created", "merged_into", "removed"}
_OWN |= {"identities", "imported", "former", "not_same"}
"""Fields that follow from what happens, and are not typed."""


def new_person(
    store: Store,
    clock: Clock,
    *,
    name: str,
    kind: Kind = Kind.PERSON,
    stage: Stage = Stage.TO_ASK,
    source: Source | None = None,
    introduced_by: str = "",
    **fields: Any,
) -> Person:
    """Add a person or a group, by default to be asked; whoever has an introducer is a referral.

    `fields` are more fields of `Person`. Raises UserError (one sentence) for an empty name, an address
    that is none, or an introducer who is not there.
    """
    person = Person(
        id="",
        name=name,
        kind=kind,
        stage=stage,
        source=source or (Source.REFERRAL if introduced_by else Source.NETWORK),
        introduced_by=introduced_by,
        **fields,
    )
    return add(store, clock, person)


def add(store: Store, clock: Clock, person: Person) -> Person:
    """Keep a new person or group as given (an empty id gets one); returns them as kept.

    Raises UserError as `new_person` does.
    """
    with store.transaction(f"Added {short(person.name)}") as tx:
        return put_new(tx, clock, person)


def edit_person(
    store: Store, clock: Clock, who: Who, *, seen: Person | None = None, **changes: Any
) -> Person:
    """Change fields of somebody, by the names of `Person`; returns them as kept.

    `seen` is the person as the user saw them while typing: only what they changed of that is changed, so
    that what another window has changed meanwhile stays.
    Raises UserError (one sentence) for an empty name, an address that is none, a circle of introductions
    or a tier for a group; TypeError for a field that is not the user's to edit.
    """
    unknown = set(changes) - (set(Person.__struct_fields__) - _OWN)
    if unknown:
        raise TypeError(f"not to be edited: {', '.join(sorted(unknown))}")
    if seen is not None:
        changes = {name: value for name, value in changes.items() if value != getattr(seen, name)}
    with store.transaction("Changed a person") as tx:
        person = the_person(tx, who)
        changed = checked(replace(person, **changes), person)
        if changed.kind is Kind.GROUP and changed.tier is not Tier.NONE:
            if changes.get("tier", Tier.NONE) is not Tier.NONE:
                raise UserError(_no_tier(changed))
            changed = replace(changed, tier=Tier.NONE)
        if changed.introduced_by and changed.introduced_by != person.introduced_by:
            the_person(tx, changed.introduced_by)
            no_circle(tx, changed)
        changed = identified(changed)
        tx.title = f"Changed {short(changed.name)}"
        tx.put(changed, seen=seen)
        if (changed.tier, changed.kind) != (person.tier, person.kind):
            engine.apply(tx, TierChanged(person=person.id), clock)
        return changed


def move(
    store: Store,
    clock: Clock,
    whom: Whom,
    stage: Stage,
    *,
    subject: str = "",
    text: str = "",
    channel: Channel = Channel.NONE,
    at: datetime | None = None,
    until: date | None = None,
) -> list[Person]:
    """Move one or several to another stage, doing what the move means (data.stages.MOVES).

    To Asked the outreach is logged with the words sent, if given; to Met `at` is when they talked; to
    Parked `until` is the day to look again. Of several, who is there already stays. To Scheduled there
    must be a planned meeting. Raises UserError (one sentence).
    """
    with store.transaction("Moved") as tx:
        people = the_people(tx, whom)
        if until is not None and until <= today(clock):
            raise UserError("The day to look again has to come: type one after today.")
        moment = happened_at(clock, at)
        moving = [person for person in people if person.stage is not stage] or people[:1]
        tx.title = _move_title(moving, stage, until)
        return [_move(tx, clock, person, stage, subject, text, channel, moment, until) for person in moving]


def park(store: Store, clock: Clock, whom: Whom, until: date | None = None) -> list[Person]:
    """Take one or several off the board until a day (None: for good); nothing is owed to them then.

    Parked already, they get the other day. Raises UserError for a day that is not to come.
    """
    if not any(_stage(store, id) is Stage.PARKED for id in ids(whom)):
        return move(store, clock, whom, Stage.PARKED, until=until)
    with store.transaction("Parked") as tx:
        people = the_people(tx, whom)
        if until is not None and until <= today(clock):
            raise UserError("The day to look again has to come: type one after today.")
        tx.title = _move_title(people, Stage.PARKED, until)
        return [
            tx.put(replace(person, look_again_on=until))
            if person.stage is Stage.PARKED
            else _move(tx, clock, person, Stage.PARKED, "", "", Channel.NONE, clock.now(), until)
            for person in people
        ]


def remove(store: Store, clock: Clock, whom: Whom) -> list[Person]:
    """Take one or several out of the network; a small trace stays, so that no import brings them back.

    Planned meetings are called off. Raises UserError while a meeting with one of them runs.
    """
    with store.transaction("Removed") as tx:
        people = the_people(tx, whom)
        tx.title = f"Removed {names(people)}"
        removed = []
        for person in people:
            if any(each.status is MeetingStatus.RUNNING for each in tx.where(Meeting, person=person.id)):
                raise UserError(f"The meeting with {short(person.name)} is still running: end it first.")
            call_off_meetings(tx, clock, person.id, anew=False)
            engine.apply(tx, Removed(person=person.id), clock)
            removed.append(tx.put(replace(person, removed=True)))
        return removed


def change_tags(store: Store, whom: Whom, add: Iterable[str] = (), take: Iterable[str] = ()) -> list[Person]:
    """Give tags (with or without their `#`) to one or several and take others away; returns them as kept."""
    added, taken = clean_tags(add), {each.casefold() for each in clean_tags(take)}
    with store.transaction("Tagged") as tx:
        people = the_people(tx, whom)
        tagged = []
        for person in people:
            kept = [each for each in person.tags if each.casefold() not in taken]
            known = {each.casefold() for each in kept}
            kept += [each for each in added if each.casefold() not in known]
            tagged.append(tx.put(replace(person, tags=tuple(kept))))
        changed = [new for old, new in zip(people, tagged, strict=True) if new.tags != old.tags]
        if changed:
            tx.title = f"{'Tagged' if added else 'Took tags off'} {names(changed)}"
        return tagged


def set_tier(store: Store, clock: Clock, whom: Whom, tier: Tier) -> list[Person]:
    """Set how often to keep in touch with one or several; their check-ins follow, groups among many stay.

    Raises UserError for a group alone: groups are asked, but nobody keeps in touch with them.
    """
    with store.transaction("Set a tier") as tx:
        people = the_people(tx, whom)
        persons = [each for each in people if each.kind is Kind.PERSON]
        if not persons:
            raise UserError(_no_tier(people[0]))
        what = f"tier {tier.value}" if tier is not Tier.NONE else "no tier"
        tx.title = f"Set {what} for {names(persons)}"
        changed = []
        for person in persons:
            changed.append(tx.put(replace(person, tier=tier)))
            engine.apply(tx, TierChanged(person=person.id), clock)
        return changed


# -- inside ------------------------------------------------------------------------------------------


def _move(
    tx: Transaction,
    clock: Clock,
    person: Person,
    stage: Stage,
    subject: str,
    text: str,
    channel: Channel,
    at: datetime,
    until: date | None,
) -> Person:
    move = move_of(person.stage, stage)
    if Effect.NEEDS_MEETING in move.effects and not planned(tx, person.id):
        raise UserError(f"Say when you meet {short(person.name)}, and the card moves by itself.")
    moved = to_stage(tx, clock, person, stage)
    if stage is Stage.PARKED:
        moved = tx.put(replace(moved, look_again_on=until))
    for effect in move.effects:
        if effect is Effect.SENT:
            put_touch(tx, person.id, TouchKind.OUTREACH, at, channel=channel, subject=subject, text=text)
            engine.apply(tx, Sent(person=person.id, at=at), clock)
        elif effect is Effect.MET:
            meeting = _took_place(tx, clock, person.id, at)
            put_touch(
                tx,
                person.id,
                TouchKind.MEETING,
                at,
                direction=Direction.BOTH,
                channel=channel,
                meeting=meeting,
            )
            engine.apply(tx, Met(person=person.id, at=at, meeting=meeting), clock)
        elif effect is Effect.KEEP:
            engine.apply(tx, TierChanged(person=person.id), clock)
        elif effect is Effect.WITHDRAWN:
            engine.apply(tx, Withdrawn(person=person.id), clock)
        elif effect in (Effect.PARKED, Effect.OFF_BOARD):
            engine.apply(tx, Parked(person=person.id, came_from=person.stage), clock)
    # Last, since what was asked for before is taken back first, and now a new time is sought.
    if move.calls_off:
        call_off_meetings(tx, clock, person.id, anew=stage is Stage.ASKED)
    return moved


def _took_place(tx: Transaction, clock: Clock, person: str, at: datetime) -> str:
    """The planned meeting that a talk at `at` was: it counts as held, from memory; its id, or "".

    One that lies more than a day further ahead was not it: they talked before, and it stays planned.
    """
    for meeting in planned(tx, person):
        starts = instant(meeting.starts, meeting.zone, clock.zone())
        if starts - timedelta(days=1) <= at:
            began = min(starts, clock.now())
            ended = min(began + timedelta(minutes=meeting.minutes), clock.now())
            tx.put(
                replace(
                    meeting,
                    status=MeetingStatus.ENDED,
                    started=began,
                    ended=ended,
                    from_memory=True,
                    wrapped=clock.now(),
                )
            )
            return meeting.id
    return ""


def _move_title(people: list[Person], stage: Stage, until: date | None) -> str:
    if stage is Stage.PARKED:
        return f"Parked {names(people)}" + (f" until {day_text(until)}" if until is not None else "")
    if stage is Stage.NETWORK:
        return f"Took {names(people)} off the board"
    return f"Moved {names(people)} to {LABELS[stage]}"


def _stage(store: Store, id: str) -> Stage | None:
    found = store.get(Person, id)
    return found.stage if found is not None else None


def _no_tier(group: Person) -> str:
    return f"{short(group.name)} is a group: it is asked, but check-ins are for people."

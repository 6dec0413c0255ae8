"""Making one of two: everything that belonged to either belongs to the one that is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from msgspec.structs import replace

from data.clock import Clock, today
from data.errors import UserError
from data.people.identities import identities_of
from data.records import BOARD, FollowUp, FollowUpState, Former, Meeting, MeetingStatus, Person, Stage, Tier
from data.schema import REFERENCES
from data.store import Store, Transaction
from data.text import short

Choice = Literal["keep", "other"]
CHOICES = ("name", "company", "title", "location", "zone", "linkedin", "birthday", "introduced_by", "notes")
"""The fields of one value, of which the user may choose either; lists are joined, all of both stays."""
LISTS = ("fields", "emails", "links", "phones", "tags")
"""The fields of several values, of which all of both stay."""
_ORDER = (Stage.NETWORK, Stage.PARKED, *BOARD)


def merge(
    store: Store, clock: Clock, keep: Person, other: Person, choices: Mapping[str, Choice] | None = None
) -> Person:
    """Make one person of two; returns who is kept. One transaction, so that one undo parts them again.

    `choices` says for a field of CHOICES whose value counts: the kept one's, or where that is empty the
    other's, if nothing is said. What is not chosen stays in `former`, or at the end of the notes. Meetings,
    touches, leads, advice and follow-ups of the other become the kept one's; of two equal open follow-ups
    one is cancelled. Raises UserError for the same person twice, somebody gone, or two running meetings.
    """
    chosen = dict(choices or {})
    with store.transaction("Merged") as tx:
        first, second = tx.get(Person, keep.id), tx.get(Person, other.id)
        if first is None or second is None or not (first.alive and second.alive):
            raise UserError("One of the two is no longer in your network: look again, and choose anew.")
        if first.id == second.id:
            raise UserError("That is one person already: choose two different ones.")
        tx.title = f"Merged {short(second.name)} into {short(first.name)}"
        merged = _merged(first, second, chosen, clock)
        _repoint(tx, first.id, second.id)
        merged = replace(merged, introduced_by=_no_circle(tx, merged.introduced_by, {first.id, second.id}))
        tx.put(merged)
        tx.put(replace(second, merged_into=first.id, introduced_by=""))
        _cancel_doubles(tx, clock, first.id)
    return merged


def _merged(first: Person, second: Person, chosen: Mapping[str, Choice], clock: Clock) -> Person:
    changes: dict[str, Any] = {}
    former = [*first.former, *second.former]
    for name in CHOICES:
        mine, theirs = getattr(first, name), getattr(second, name)
        take_theirs = chosen.get(name) == "other" if name in chosen else not mine
        value, left = (theirs, mine) if take_theirs else (mine, theirs)
        changes[name] = value
        if not left or left == value:
            continue
        if name == "notes":
            if name not in chosen:
                changes[name] = f"{value}\n\n{left}"
                continue
        elif name == "introduced_by":
            continue
        by = first.name if take_theirs else second.name
        former.append(Former(field=name, value=left, until=today(clock), by=by))
    for name in LISTS:
        changes[name] = tuple(dict.fromkeys((*getattr(first, name), *getattr(second, name))))
    days = [day for day in (first.connected_on, second.connected_on) if day]
    made = [at for at in (first.created, second.created) if at]
    further = max(first, second, key=lambda each: _ORDER.index(each.stage))
    tiers = [each.tier for each in (first, second) if each.tier is not Tier.NONE]
    return replace(
        first,
        **changes,
        former=tuple(former),
        connected_on=min(days, default=None),
        created=min(made, default=None),
        stage=further.stage,
        stage_since=further.stage_since,
        look_again_on=further.look_again_on,
        tier=min(tiers, default=Tier.NONE),
        imported={**second.imported, **first.imported},
        identities=tuple(dict.fromkeys((*identities_of(first), *identities_of(second)))),
        not_same=tuple(id for id in (*first.not_same, *second.not_same) if id not in (first.id, second.id)),
    )


def _repoint(tx: Transaction, keep: str, other: str) -> None:
    """Everything that refers to the other refers to the kept one."""
    running = [
        meeting
        for id in (keep, other)
        for meeting in tx.where(Meeting, person=id)
        if meeting.status is MeetingStatus.RUNNING
    ]
    if len(running) > 1:
        raise UserError("Both have a meeting running: end one of them first.")
    for kind, references in REFERENCES.items():
        for field, target in references:
            if target is not Person:
                continue
            for record in tx.where(kind, **{field: other}):
                # Nobody introduces, or is talked about with, themselves.
                itself = field == "introduced_by" and record.id == keep
                changes: dict[str, Any] = {field: "" if itself else keep}
                tx.put(replace(record, **changes))
    for followup in tx.where(FollowUp, person=keep):
        if followup.about == keep:
            tx.put(replace(followup, about=""))


def _no_circle(tx: Transaction, introducer: str, both: set[str]) -> str:
    """The introducer, or "" where following who introduced whom would come back."""
    seen: set[str] = set()
    step = introducer
    while step and step not in seen:
        if step in both:
            return ""
        seen.add(step)
        person = tx.get(Person, step)
        step = person.introduced_by if person else ""
    return introducer


def _cancel_doubles(tx: Transaction, clock: Clock, keep: str) -> None:
    """Of open follow-ups that are the same thing owed twice, the one that is due first stays."""
    seen: set[tuple[str, ...]] = set()
    due = [each for each in tx.where(FollowUp, person=keep) if each.state is FollowUpState.OPEN]
    for each in sorted(due, key=lambda followup: followup.due):
        key = (each.kind, each.about, each.meeting, each.lead, each.advice, each.entry, each.words)
        if key in seen:
            tx.put(replace(each, state=FollowUpState.CANCELLED, closed=clock.now()))
        seen.add(key)


def keep_apart(store: Store, one: Person, other: Person) -> None:
    """Note that two who look alike are different people, so that nobody asks again."""
    with store.transaction(f"Kept {short(one.name)} and {short(other.name)} apart") as tx:
        for id, apart in ((one.id, other.id), (other.id, one.id)):
            person = tx.get(Person, id)
            if person is not None and apart not in person.not_same:
                tx.put(replace(person, not_same=(*person.not_same, apart)))

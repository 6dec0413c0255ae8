"""Taking Inroad's own records in: into an empty store as they are, else beside what is there."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from data.imports.cards import Parsed, skip
from data.imports.planning import ImportPlan, Update, reaches
from data.people.identities import identified
from data.records import Advice, Entry, FollowUp, Lead, Meeting, Person, Profile, Record, Rehearsal, Touch
from data.schema import REFERENCES, TABLES
from data.store import Reader

_NEEDED: dict[type[Record], str] = {
    Meeting: "person",
    Entry: "meeting",
    Lead: "giver",
    Advice: "giver",
    FollowUp: "person",
    Touch: "person",
    Rehearsal: "introduction",
}
"""The reference without which a record says nothing; any other is merely left empty."""
_LISTS = ("fields", "emails", "links", "phones", "tags", "identities", "former")
_FILLED = ("company", "title", "location", "zone", "linkedin", "birthday", "introduced_by", "notes", "tier")


def plan_records(reader: Reader, parsed: Parsed, made: ImportPlan) -> None:
    """Plan Inroad's own records: they keep their ids, so that everything still refers to everything.

    What is there stays as it is, since nobody knows which of the two is newer; people get what was
    unknown of them, and somebody known under another id is one with them.
    """
    empty = not any(reader.all(kind) for kind in TABLES.values() if kind is not Profile)
    known = {person.id: person for person in reader.all(Person)}
    by_identity = {
        identity: person for person in known.values() if person.alive for identity in person.identities
    }
    ids: dict[str, str] = {}
    for record in parsed.records:
        if isinstance(record, Person) and record.alive and record.id not in known:
            found = next((by_identity[each] for each in record.identities if each in by_identity), None)
            if found is not None:
                ids[record.id] = found.id
    present = {(record.table, record.id) for record in parsed.records}
    for number, record in enumerate(parsed.records, 1):
        if isinstance(record, Profile):
            made.profile = record
            continue
        if not empty:
            moved = _moved(reader, record, ids, present)
            if moved is None:
                why = "what it belongs to is neither in the file nor here"
                skip(made.skipped, number, why, msgspec.json.encode(record).decode(), record.table)
                continue
            record = moved
        before = known.get(record.id) if isinstance(record, Person) else reader.get(type(record), record.id)
        if before is None:
            made.new.append(record)
            made.numbers.append(number)
            continue
        after = _filled(before, record) if isinstance(before, Person) else before
        if after == before:
            made.same += 1
        else:
            made.changed.append(Update(before=before, after=after, number=number))
            if isinstance(after, Person):
                known[after.id] = after
    if not empty:
        _cut_circles(made, known)


def _moved(
    reader: Reader, record: Record, ids: dict[str, str], present: set[tuple[str, str]]
) -> Record | None:
    """The record, referring to the people here; None if what it belongs to is nowhere."""
    changes: dict[str, str] = {}
    if isinstance(record, Person) and record.id in ids:
        changes["id"] = ids[record.id]
    for field, kind in REFERENCES.get(type(record), ()):
        value = getattr(record, field)
        if not value:
            continue
        target = ids.get(value, value) if kind is Person else value
        if (kind.table, target) not in present and reader.get(kind, target) is None:
            if _NEEDED.get(type(record)) == field:
                return None
            target = ""
        if target != value:
            changes[field] = target
    return replace(record, **changes) if changes else record


def _filled(person: Person, other: Record) -> Person:
    """The person with what was unknown taken from `other`; a trace of somebody gone stays one."""
    if not isinstance(other, Person) or not (person.alive and other.alive):
        return person
    changes: dict[str, object] = {}
    for name in _FILLED:
        if not getattr(person, name) and getattr(other, name) and getattr(other, name) != person.id:
            changes[name] = getattr(other, name)
    for name in _LISTS:
        have, given = getattr(person, name), getattr(other, name)
        fresh = tuple(value for value in given if value not in have)
        if fresh:
            changes[name] = (*have, *fresh)
    if person.connected_on is None and other.connected_on is not None:
        changes["connected_on"] = other.connected_on
    return identified(replace(person, **changes)) if changes else person


def _cut_circles(made: ImportPlan, known: dict[str, Person]) -> None:
    """Nobody may come to have introduced themselves."""
    leads_to = {id: person.introduced_by for id, person in known.items()}
    for at, record in enumerate(made.new):
        if isinstance(record, Person) and record.introduced_by:
            if reaches(leads_to, record.introduced_by, record.id):
                record = made.new[at] = replace(record, introduced_by="")
            leads_to[record.id] = record.introduced_by
    for at, update in enumerate(made.changed):
        after, before = update.after, update.before
        if isinstance(after, Person) and isinstance(before, Person) and not before.introduced_by:
            leads_to[after.id] = ""
            if after.introduced_by and reaches(leads_to, after.introduced_by, after.id):
                made.changed[at] = replace(update, after=replace(after, introduced_by=""))
            leads_to[after.id] = after.introduced_by

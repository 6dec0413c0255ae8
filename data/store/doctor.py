"""Is every record right, and every reference? What is safe to mend is mended, after a backup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Raw

from data.clock import Clock
from data.records import Introduction, Meeting, MeetingStatus, Person, Record, new_id
from data.schema import REFERENCES
from data.store import backups
from data.store.changes import Draft
from data.store.decoding import FIELDS, decoder
from data.store.errors import NotKept
from data.store.files import OsFiles, reason
from data.store.health import Health, inspect
from data.store.memory import Memory
from data.store.opening import memory_of
from data.store.paths import Paths
from data.store.storage import JournalStorage
from data.store.survey import release, survey, unreadable
from data.store.transaction import encoded
from data.store.wording import name_of

if TYPE_CHECKING:
    from data.store.system import Files

_LOST = "Somebody who was lost"
_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is not right; `mend` is how, or None where that would be a guess."""

    text: str
    table: str = ""
    id: str = ""
    mend: tuple[Draft, ...] | None = None


@dataclass(frozen=True)
class Report:
    """What the doctor found: `ok` if nothing is wrong, counts of records by table (tombstones included)."""

    ok: bool
    health: Health
    counts: dict[str, int]
    problems: tuple[Problem, ...] = ()
    mended: tuple[str, ...] = ()
    backup: Path | None = None


def check(path: Path, *, files: Files | None = None) -> Report:
    """Look at checksums, schema and references of the store at `path`, without changing anything."""
    health = inspect(path, files)
    if not health.ok:
        return Report(False, health, {}, (Problem(health.problem),))
    files = files if files is not None else OsFiles()
    found = survey(Paths.of(path, files), files)
    try:
        problems = tuple(problems_in(memory_of(found))) if health.exists else ()
    finally:
        release(found, files)
    return Report(not problems, health, health.counts, problems)


def repair(path: Path, *, clock: Clock, files: Files | None = None) -> Report:
    """Mend what is safe to mend, after a backup; one action that can be undone.

    Raises StoreError where the store cannot be opened (`data.store.choose` is for damage) or written.
    """
    storage = JournalStorage(path, clock=clock, files=files)
    mended: list[str] = []
    backup: Path | None = None
    try:
        with storage.lock:
            for _ in range(_ROUNDS):
                problems = [problem for problem in problems_in(storage.memory) if problem.mend]
                if not problems:
                    break
                if backup is None:
                    backup = _backup(storage)
                storage.keep(_together(problems), "Repaired the store")
                mended += [problem.text for problem in problems]
    finally:
        storage.close()
    after = check(path, files=files)
    return Report(after.ok, after.health, after.counts, after.problems, tuple(mended), backup)


def _together(problems: Iterable[Problem]) -> list[Draft]:
    """What mends all of them: several may be about one record, or need the same one to stand for what is
    lost."""
    drafts: dict[tuple[str, str], Draft] = {}
    for problem in problems:
        mend = problem.mend or ()
        if any(each.base is None and (each.table, each.id) in drafts for each in mend):
            continue
        for draft in mend:
            other = drafts.setdefault((draft.table, draft.id), draft)
            if other is not draft:
                drafts[draft.table, draft.id] = _both(other, draft)
    return list(drafts.values())


def _both(one: Draft, other: Draft) -> Draft:
    """Two changes of one record as one: what either takes away is gone, what either adds is there."""
    assert one.base is not None
    assert one.new is not None
    assert other.new is not None
    had, first, second = FIELDS.decode(one.base), FIELDS.decode(one.new), FIELDS.decode(other.new)
    fields = {
        name: value
        for name, value in {**first, **second}.items()
        if name not in had or (name in first and name in second)
    }
    return Draft(one.table, one.id, one.base, Raw(msgspec.json.encode(fields)), whole=True)


def problems_in(memory: Memory) -> Iterator[Problem]:
    """Everything that is not right about these tables."""
    readable = True
    for problem in _unreadable(memory):
        readable = False
        yield problem
    if not readable:
        return
    yield from _dangling(memory)
    yield from _circles(memory, "introduced_by", "introduced")
    yield from _circles(memory, "merged_into", "merged into")
    yield from _running(memory)


def _backup(storage: JournalStorage) -> Path:
    try:
        return backups.write_before(storage.paths, storage.files, storage.clock, "repair", storage.content())
    except OSError as error:
        raise NotKept(f"Nothing was repaired: no backup could be written ({reason(error)}).") from error


def _unreadable(memory: Memory) -> Iterator[Problem]:
    for table in memory:
        ids: dict[str, str] = {}
        for key, doc in table.docs.items():
            what = unreadable(table.name, key, doc)
            if what:
                yield Problem(f"Record {key} of {table.name} cannot be read: {what}", table.name)
                continue
            id = msgspec.json.decode(doc).get("id", "")
            if id in ids:
                yield Problem(
                    f"Records {ids[id]} and {key} of {table.name} have the same id {id}", table.name, id
                )
            ids[id] = key


def _dangling(memory: Memory) -> Iterator[Problem]:
    for kind, references in REFERENCES.items():
        table = memory.table(kind.table)
        required = {each.name for each in msgspec.structs.fields(kind) if each.required}
        for field, target in references:
            there = memory.table(target.table).ids
            for value, keys in table.index(field).items():
                if value in there:
                    continue
                for key in keys:
                    doc = table.docs[key]
                    record = decoder(kind).decode(doc)
                    mend = (
                        _placeholder(target, value)
                        if field in required
                        else _cleared(kind, record, doc, field)
                    )
                    text = (
                        f"{name_of(doc)} ({kind.table}) refers to a "
                        f"{target.__name__.lower()} that is not there ({field.replace('_', ' ')})"
                    )
                    yield Problem(text, kind.table, record.id, mend)


def _cleared(kind: type[Record], record: Record, doc: Raw, field: str) -> tuple[Draft, ...]:
    fields = FIELDS.decode(doc)
    fields.pop(field)
    if field == "merged_into":
        # Whoever was merged into somebody lost must not come back by that.
        fields["removed"] = Raw(b"true")
    return (Draft(kind.table, record.id, doc, Raw(msgspec.json.encode(fields)), whole=True),)


def _placeholder(kind: type[Record], id: str) -> tuple[Draft, ...]:
    """A record in the place of one that is lost, so that what refers to it can be reached again."""
    if kind is Meeting:
        somebody = Person(id=new_id(), name=_LOST)
        meeting = Meeting(
            id=id,
            person=somebody.id,
            starts=datetime(2000, 1, 1),  # noqa: DTZ001 (a wall time has no zone)
            zone="UTC",
            status=MeetingStatus.ENDED,
        )
        return (_new(somebody), _new(meeting))
    if kind is Introduction:
        return (_new(Introduction(id=id, title="A lost introduction", text="")),)
    return (_new(Person(id=id, name=_LOST)),)


def _new(record: Record) -> Draft:
    return Draft(record.table, record.id, None, encoded(record)[0])


def _circles(memory: Memory, field: str, verb: str) -> Iterator[Problem]:
    """People who, one led to by the other, come round to themselves."""
    table = memory.table("people")
    leads_to = {id_of_key(memory, key): value for value, keys in table.index(field).items() for key in keys}
    for circle in circles(leads_to):
        last = max(circle, key=lambda id: int(table.ids[id]))
        names = ", ".join(table.lines[table.ids[id]].name for id in circle)
        doc = table.docs[table.ids[last]]
        fields = FIELDS.decode(doc)
        fields.pop(field)
        draft = Draft("people", last, doc, Raw(msgspec.json.encode(fields)), whole=True)
        yield Problem(f"{names} are {verb} each other in a circle", "people", last, (draft,))


def id_of_key(memory: Memory, key: str) -> str:
    """The id of the person at a key."""
    return memory.table("people").lines[key].id


def circles(leads_to: Mapping[str, str]) -> Iterator[list[str]]:
    """The circles of a map in which each leads to at most one other, each circle once."""
    done: set[str] = set()
    for start in leads_to:
        path: dict[str, None] = {}
        at = start
        while at in leads_to and at not in done and at not in path:
            path[at] = None
            at = leads_to[at]
        if at in path:
            walked = list(path)
            yield walked[walked.index(at) :]
        done.update(path)


def _running(memory: Memory) -> Iterator[Problem]:
    table = memory.table(Meeting.table)
    running = [
        record.id
        for record in (
            decoder(Meeting).decode(doc) for doc in table.docs.values() if b'"running"' in bytes(doc)
        )
        if record.status is MeetingStatus.RUNNING
    ]
    if len(running) > 1:
        yield Problem(f"{len(running)} meetings run at once; end all but one", Meeting.table, running[-1])

"""Erase for good: a person, what is kept about them, and every trace in the undo log."""

from __future__ import annotations

import os
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Raw
from msgspec.structs import replace

from data.records import PersonLine
from data.schema import REFERENCES
from data.store import backups, snapshot
from data.store.changes import Change, Origin, ids_of
from data.store.decoding import FIELDS
from data.store.errors import StoreError
from data.store.files import read_file
from data.store.history import without
from data.store.memory import Memory
from data.store.paths import conflict_copies
from data.store.wording import id_of

if TYPE_CHECKING:
    from data.store.storage import JournalStorage

_GOES_WITH: dict[str, tuple[str, ...]] = {
    "people": ("merged_into",),
    "meetings": ("person",),
    "entries": ("meeting",),
    "leads": ("giver", "person"),
    "advice": ("giver",),
    "followups": ("person", "about"),
    "touches": ("person",),
}
"""The references by which a record is about another one, and goes with it."""


@dataclass(frozen=True, slots=True)
class Erased:
    """How many records went, by table; the copies that were rewritten, those that still hold the person
    and could not be; and how many other records still mention the name in their text."""

    counts: dict[str, int]
    rewritten: tuple[Path, ...] = ()
    still_in: tuple[Path, ...] = ()
    mentions: int = 0


def erase(storage: JournalStorage, person: str, *, with_backups: bool) -> Erased:
    """Remove a person and all that is about them from the store, its journal and its undo log.

    What is about somebody else stays; a reference to the person there becomes empty. Cannot be undone.
    Raises StoreError; the store is then as it was.
    """
    storage.check_writable()
    with storage.lock:
        taken = storage.catch_up(closely=True)
        line = _line(storage.memory, person)
        history = storage.history()
        with storage.guard:
            gone, touched = remove_from(storage.memory, person)
        history = [each for each in (without(each, gone) for each in history) if each]
        try:
            storage.write_anew(erased=gone, history=history)
        except StoreError:
            storage.catch_up()
            raise
        counts = dict(Counter(table for table, _, _ in gone))
        rewritten, still_in = _from_copies(storage, person) if with_backups else ((), ())
        mentions = _mentions(storage.memory, line.name)
    storage.tell(taken, Change("Erased a person for good", Origin.HERE, ids_of(touched)))
    return Erased(counts, rewritten, still_in, mentions)


def remove_from(memory: Memory, person: str) -> tuple[list[tuple[str, str, str]], set[tuple[str, str]]]:
    """Take a person and what is about them out of `memory`: the (table, key, id) that went, and the
    (table, id) of all that changed."""
    gone = _belongings(memory, person)
    ids = {id for _, id in gone}
    touched = set(gone)
    for owner, references in REFERENCES.items():
        table = memory.table(owner.table)
        for field, _ in references:
            for key in [key for id in ids for key in table.index(field).get(id, ())]:
                pair = (owner.table, id_of(table.docs[key]))
                if pair not in gone:
                    fields = FIELDS.decode(table.docs[key])
                    fields.pop(field)
                    table.set(key, Raw(msgspec.json.encode(fields)))
                    touched.add(pair)
    placed = [(table, memory.table(table).ids[id], id) for table, id in sorted(gone)]
    for name, key, _ in placed:
        memory.table(name).set(key, None)
    return placed, touched


def counts_of(memory: Memory, person: str) -> dict[str, int]:
    """How many records of each table are about a person."""
    return dict(Counter(table for table, _ in _belongings(memory, person)))


def _line(memory: Memory, person: str) -> PersonLine:
    key = memory.table("people").ids.get(person)
    if key is None:
        raise StoreError("This person is not in the store any more.")
    return memory.table("people").lines[key]


def _belongings(memory: Memory, person: str) -> set[tuple[str, str]]:
    gone = {("people", person)}
    ids = {person}
    while ids:
        found: set[tuple[str, str]] = set()
        for name, fields in _GOES_WITH.items():
            table = memory.table(name)
            for field in fields:
                for id in ids:
                    found |= {(name, id_of(table.docs[key])) for key in table.index(field).get(id, ())}
        ids = {id for _, id in found - gone}
        gone |= found
    return gone


def _mentions(memory: Memory, name: str) -> int:
    if len(name) < 4:
        return 0
    needle = msgspec.json.encode(name)[1:-1]
    return sum(needle in bytes(doc) for table in memory for doc in table.docs.values())


def _from_copies(storage: JournalStorage, person: str) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Take the person out of every copy that holds them; which were rewritten, which could not be."""
    paths, files = storage.paths, storage.files
    names = [str(backup.path) for backup in backups.list_all(paths, files)]
    with suppress(OSError):
        store = os.path.basename(paths.store)
        stem = os.path.splitext(store)[0]
        names += [
            os.path.join(paths.folder, name)
            for name in files.listdir(paths.folder)
            if name.startswith(store + ".aside-")
            # What `inroad backup` writes where no file is named.
            or (name.startswith(stem + "-") and name.endswith(".backup.json"))
        ]
        names += [str(copy) for copy in conflict_copies(paths, files)]
    done: list[Path] = []
    kept: list[Path] = []
    for name in names:
        try:
            data = read_file(files, name)
            if person.encode() not in data:
                continue
            storage.disk.replace(name, _without_person(data, person))
            done.append(Path(name))
        except (OSError, snapshot.NotASnapshot, msgspec.DecodeError):
            kept.append(Path(name))
    return tuple(done), tuple(kept)


def _without_person(data: bytes, person: str) -> bytes:
    meta, tables = snapshot.decode(data)
    if meta is None:
        raise snapshot.NotASnapshot("no table _inroad")
    memory = Memory.of(tables, meta.next_keys)
    gone, _ = remove_from(memory, person)
    return backups.content(memory, replace(meta, erased=(*meta.erased, *gone)))

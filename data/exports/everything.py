"""Everything as one JSON object, and back again without loss: a key a table, a list of records each."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import replace

from data.records import Entry, Meeting, Person, Record
from data.schema import REFERENCES, TABLES

if TYPE_CHECKING:
    from data.store import Reader

_OWNERS = ("giver", "person", "meeting")
"""The reference by which a record is somebody's: given by them, with them, or of a meeting with them."""


def everything(reader: Reader) -> bytes:
    """The whole store as UTF-8 JSON that a person can read; removed and merged people too, as tombstones."""
    return _json({table: reader.all(kind) for table, kind in TABLES.items()})


def everything_of(reader: Reader, people: Collection[str]) -> bytes:
    """The people of these ids with all that is theirs, in the same form.

    References to anybody else are left empty, so that the file stands for itself.
    """
    chosen: dict[str, list[Any]] = {}
    kept: set[tuple[str, str]] = set()
    for table, kind in TABLES.items():
        records = [each for each in reader.all(kind) if _theirs(reader, each, people)]
        chosen[table] = records
        kept |= {(table, record.id) for record in records}
    return _json(
        {table: [_closed(record, kept) for record in records] for table, records in chosen.items() if records}
    )


def _json(tables: dict[str, list[Any]]) -> bytes:
    return msgspec.json.format(msgspec.json.encode(tables), indent=1) + b"\n"


def _theirs(reader: Reader, record: Record, people: Collection[str]) -> bool:
    if isinstance(record, Person):
        return record.id in people
    if isinstance(record, Entry):
        meeting = reader.get(Meeting, record.meeting)
        return meeting is not None and meeting.person in people
    fields = {field for field, _ in REFERENCES.get(type(record), ())}
    owner = next((field for field in _OWNERS if field in fields), "")
    return bool(owner) and getattr(record, owner) in people


def _closed(record: Record, kept: set[tuple[str, str]]) -> Record:
    gone = {
        field: ""
        for field, kind in REFERENCES.get(type(record), ())
        if getattr(record, field) and (kind.table, getattr(record, field)) not in kept
    }
    return replace(record, **gone) if gone else record

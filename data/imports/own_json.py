"""Inroad's own export: one object, a key a table, a list of records each; and a store's own file.

Every record is checked by itself; one that can't be taken costs one.
"""

from __future__ import annotations

from datetime import datetime

import msgspec
from msgspec import Raw

from data.imports.cards import Format, ImportRefused, Parsed, Progress, skip
from data.imports.files import TABLE_LIMIT, Encoding, Source, check_size, unreadable
from data.records import PROFILE_ID, Record
from data.schema import TABLES

_TELL = 1_000
_FIRST_YEAR, _LAST_YEAR = 1900, 2200


def read_own(source: Source, encoding: Encoding, progress: Progress | None) -> Parsed:
    """Read the export. Raises ImportRefused for JSON that is something else, or cut off."""
    check_size(source, TABLE_LIMIT)
    try:
        with source.open() as file:
            data = file.read(TABLE_LIMIT + 1)
    except OSError as error:
        raise unreadable(source, error) from None
    if encoding.name != "utf-8":
        data = data.decode(encoding.name, "replace").encode()
    tables = _tables(source, data)
    del data
    parsed = Parsed(file=source.name, format=Format.INROAD, unit="record")
    total = sum(len(rows) for rows in tables.values())
    number = 0
    seen: set[tuple[str, str]] = set()
    for name, rows in tables.items():
        kind = TABLES.get(name)
        if kind is None:
            if rows and not name.startswith("_"):
                parsed.notes.append(f"{len(rows):,} records of the kind “{name[:40]}” are unknown here.")
            continue
        decode = msgspec.json.Decoder(kind).decode
        for row in rows:
            number += 1
            if progress is not None and number % _TELL == 0:
                progress(number, total)
            try:
                record: Record = decode(row)
            except (msgspec.DecodeError, UnicodeError, ValueError) as error:
                skip(parsed.skipped, number, f"it is no good {name} record ({error})", _text(row), name)
                continue
            except RecursionError:
                skip(parsed.skipped, number, "it is nested too deep", _text(row), name)
                continue
            if not record.id or (name, record.id) in seen:
                why = "it has no id" if not record.id else f"its id {record.id[:40]} was there before"
                skip(parsed.skipped, number, why, _text(row), name)
                continue
            if name == "settings" and record.id != PROFILE_ID:
                skip(parsed.skipped, number, "it is no profile", _text(row), name)
                continue
            if year := _strange_year(record):
                skip(parsed.skipped, number, f"it is of the year {year}", _text(row), name)
                continue
            seen.add((name, record.id))
            parsed.records.append(record)
    return parsed


def _tables(source: Source, data: bytes) -> dict[str, list[Raw]]:
    """The records of each table, undecoded; lists as we write them, or TinyDB's objects by key."""
    try:
        top = msgspec.json.decode(data, type=dict[str, Raw])
    except RecursionError:
        raise ImportRefused(f"{source.name} is nested too deep to be an Inroad export.") from None
    except (msgspec.DecodeError, UnicodeError) as error:
        raise ImportRefused(
            f"{source.name} is no whole JSON ({str(error)[:120]}): it may be cut off; export it again."
        ) from None
    if not TABLES.keys() & top.keys():
        raise ImportRefused(
            f"{source.name} is JSON, but no Inroad export: that has a list for each of people, meetings, …"
        )
    found: dict[str, list[Raw]] = {}
    for name, raw in top.items():
        start = bytes(memoryview(raw)[:64]).lstrip()[:1]
        try:
            if start == b"[":
                found[name] = msgspec.json.decode(raw, type=list[Raw])
            elif start == b"{" and name in TABLES:
                rows = msgspec.json.decode(raw, type=dict[str, Raw])
                found[name] = [rows[key] for key in sorted(rows, key=_number)]
            elif name in TABLES:
                raise ImportRefused(f"{source.name} is no Inroad export: its “{name}” is no list.")
        except (msgspec.DecodeError, UnicodeError) as error:
            raise ImportRefused(f"{source.name} can't be read: {error}.") from None
        except RecursionError:
            raise ImportRefused(f"{source.name} is nested too deep to be an Inroad export.") from None
    return found


def _number(key: str) -> int:
    return int(key) if key.isascii() and key.isdecimal() and len(key) < 19 else 1 << 62


def _text(row: Raw) -> str:
    return bytes(row).decode("utf-8", "replace")


def _strange_year(record: Record) -> int:
    """The year of an instant or a wall time in which nobody meets, and near the ends of which no zone can be
    reckoned with; 0 if all is well."""
    moments = (getattr(record, name) for name in record.__struct_fields__)
    years = (moment.year for moment in moments if isinstance(moment, datetime))
    return next((year for year in years if not _FIRST_YEAR <= year <= _LAST_YEAR), 0)

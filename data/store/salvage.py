"""Reading what can still be read of damaged files, a record and a line at a time."""

from __future__ import annotations

import json
import re
import zlib
from dataclasses import dataclass, field
from typing import Any

import msgspec
from msgspec import Raw

from data.records import TABLES
from data.store import journal, snapshot
from data.store.memory import Memory, decoder
from data.store.wording import name_of

_OPENING = re.compile(r'"(\w+)"\s*:\s*(?=\{)')
_line = msgspec.json.Decoder(journal.Line)
_HEX = re.compile(rb"[0-9a-f]{8}")


@dataclass
class Salvaged:
    """What could be read. `lost` and `doubtful` are sentences for the user."""

    memory: Memory = field(default_factory=Memory)
    lost: list[str] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)
    last: int = 0
    generation: int = 0


def salvage(store: bytes, journal_data: bytes) -> Salvaged:
    """The readable records of a snapshot's bytes, with the readable changes of a journal's on top."""
    found = Salvaged()
    _documents(found, store)
    lines, header = readable_lines(journal_data)
    history = header.history if header is not None else 0
    for number, (line, certain, text) in enumerate(lines):
        if line is None:
            found.lost.append(f"A line of the journal cannot be read: {text}")
            continue
        found.last = max(found.last, line.n)
        if number >= history:
            _apply(found, line, certain)
    if header is not None:
        found.generation = max(found.generation, header.generation)
    return found


def newest_line(journal_data: bytes) -> int:
    """The number of the newest line that can be read, whatever is damaged before it; 0 if none."""
    lines, header = readable_lines(journal_data)
    numbers = [line.n for line, _, _ in lines if line is not None]
    return max(numbers, default=header.last if header is not None else 0)


def readable_lines(
    data: bytes,
) -> tuple[list[tuple[journal.Line | None, bool, str]], journal.Header | None]:
    """Every line with whether its checksum is right and its beginning as text; None if unreadable."""
    lines: list[tuple[journal.Line | None, bool, str]] = []
    header: journal.Header | None = None
    chains = [0]
    for number, piece in enumerate(data.rstrip(b"\0").split(b"\n")):
        if not piece.strip(b"\0"):
            continue
        payload, _, checksum = piece.rpartition(b" ")
        actual = [zlib.crc32(payload, chain) for chain in chains]
        stated = int(checksum, 16) if _HEX.fullmatch(checksum) else -1
        # A damaged line may have kept its checksum, or only that may be damaged: the next tells.
        chains = [*actual, stated] if stated >= 0 else actual
        certain = stated in actual
        if certain:
            chains = [stated]
        if number == 0:
            header = _header(payload)
            continue
        text = piece[:80].decode(errors="replace")
        try:
            lines.append((_line.decode(payload), certain, text))
        except (msgspec.DecodeError, UnicodeDecodeError):
            lines.append((None, False, text))
    return lines, header


def _header(payload: bytes) -> journal.Header | None:
    try:
        return msgspec.json.decode(payload, type=journal.Header)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def _documents(found: Salvaged, data: bytes) -> None:
    if not data:
        return
    try:
        meta, tables = snapshot.decode(data)
        rows = [
            (name, key, doc)
            for name, raw in tables.items()
            for key, doc in snapshot.documents_of(raw).items()
        ]
        found.generation = meta.generation if meta is not None else 0
        next_keys = meta.next_keys if meta is not None else {}
    except snapshot.NotASnapshot:
        rows, next_keys = _scan(found, data), {}
    for name, key, doc in rows:
        if _is_record(name, key, doc):
            found.memory.table(name).set(key, doc)
        else:
            found.lost.append(f"Record {key} of the table {name} cannot be read: {name_of(doc)}")
    for name, next_key in next_keys.items():
        found.memory.table(name).reserve(next_key)


def _scan(found: Salvaged, data: bytes) -> list[tuple[str, str, Raw]]:
    """The documents of a file that is no longer JSON, in whatever order its pieces stand."""
    text = data.decode(errors="replace")
    decode = json.JSONDecoder().raw_decode
    rows: list[tuple[str, str, Raw]] = []
    table = ""
    at = 0
    while (match := _OPENING.search(text, at)) is not None:
        name, at = match[1], match.end()
        if not name.isdigit():
            if name in TABLES:
                table = name
            continue
        if not table:
            continue
        try:
            document, at = decode(text, at)
        except ValueError:
            found.lost.append(f"Record {name} of the table {table} is broken off: {text[at : at + 60]}")
            continue
        raw = Raw(msgspec.json.encode(document))
        if "\ufffd" in str(document):
            found.doubtful.append(f"{name_of(raw)} may hold a wrong letter.")
        rows.append((table, name, raw))
    return rows


def _is_record(table: str, key: str, doc: Raw) -> bool:
    kind = TABLES.get(table)
    if not (key.isascii() and key.isdigit()) or key.startswith("0"):
        return False
    try:
        if kind is None:
            return "id" in msgspec.json.decode(doc, type=dict[str, Any])
        decoder(kind).decode(doc)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return True


def _apply(found: Salvaged, line: journal.Line, certain: bool) -> None:
    """A line's changes, each only if what comes of it can be read."""
    for op in line.ops:
        table = found.memory.table(op.table)
        before = table.docs.get(op.key)
        trial = Memory()
        if before is not None:
            trial.table(op.table).set(op.key, before)
        try:
            trial.apply(op)
        except (msgspec.DecodeError, UnicodeDecodeError):
            found.lost.append(f"A part of “{line.title}” cannot be read.")
            continue
        after = trial.table(op.table).docs.get(op.key)
        if after is not None and not _is_record(op.table, op.key, after):
            found.lost.append(f"A part of “{line.title}” belongs to a record that cannot be read.")
            continue
        table.set(op.key, after)
    if not certain:
        found.doubtful.append(f"“{line.title}” may hold a wrong letter.")

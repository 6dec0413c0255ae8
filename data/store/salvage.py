"""Reading what can still be read of damaged files, a record and a line at a time."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, field, replace

import msgspec
from msgspec import Raw

from data.store import journal, snapshot
from data.store.memory import Memory
from data.store.scan import Found, scan
from data.store.survey import meant_table, unreadable
from data.store.wording import id_of, name_of

_line = msgspec.json.Decoder(journal.Line)
_HEX = re.compile(rb"[0-9a-f]{8}")


@dataclass
class Salvaged:
    """What could be read. `lost` and `doubtful` are sentences for the user; `last` is the number of the
    newest line, `held` of the newest that the snapshot says it holds, -1 if it does not say."""

    memory: Memory = field(default_factory=Memory)
    lost: list[str] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)
    last: int = 0
    generation: int = 0
    held: int = -1


def salvage(store: bytes, journal_data: bytes) -> Salvaged:
    """The readable records of a snapshot's bytes, with the readable changes of a journal's on top."""
    found = Salvaged()
    keyless = _documents(found, store)
    lines, header = readable_lines(journal_data)
    # What the snapshot holds already is told by itself, or else by the journal's first line.
    held = found.held if found.held >= 0 else header.last if header is not None else 0
    history = header.history if header is not None else 0
    number = 0
    for place, (line, certain, text) in enumerate(lines):
        if line is not None and certain:
            number = line.n
        else:
            # The number in a line with a wrong letter may be what is wrong.
            number = number + 1 if place < history else max(number, held) + 1
        if line is None:
            found.lost.append(f"A line of the journal cannot be read: {text}")
        elif number > held:
            _apply(found, line, certain)
    found.last = max(number, held)
    for row in keyless:
        # After the journal, whose changes go by the keys that were given.
        _take(found, replace(row, key=str(found.memory.table(row.table).next_key)))
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


def _documents(found: Salvaged, data: bytes) -> list[Found]:
    """Take in a snapshot's records; returns those whose key is lost."""
    next_keys: dict[str, int] = {}
    try:
        meta, tables = snapshot.decode(data)
        if meta is not None:
            found.generation, next_keys, found.held = meta.generation, meta.next_keys, meta.lines
        rows = [
            _as_found(name, tables, row)
            for name, raw in tables.items()
            for row in snapshot.documents_of(raw).items()
        ]
        for name in tables:
            if meant_table(name, tables):
                found.doubtful.append(f"The table {name} is read as {meant_table(name, tables)}.")
    except snapshot.NotASnapshot:
        rows = list(scan(data))
        if not data.endswith(snapshot.END):
            found.doubtful.append(
                "The file does not end as Inroad wrote it: what stood there may be missing."
            )
    for row in rows:
        _take(found, row)
    for name, next_key in next_keys.items():
        found.memory.table(name).reserve(next_key)
    return [row for row in rows if row.doc is not None and not row.key]


def _as_found(name: str, tables: dict[str, Raw], row: tuple[str, Raw]) -> Found:
    key, doc = row
    text = bytes(doc).decode(errors="replace")
    return Found(meant_table(name, tables) or name, key, Raw(text.encode()))


def _take(found: Salvaged, row: Found) -> None:
    if row.doc is None:
        found.lost.append(f"This cannot be read as a record: {row.lost}")
    elif not row.key:
        return
    elif not _is_record(row.table, row.key, row.doc):
        found.lost.append(f"Record {row.key} of {row.table or 'no table'} cannot be read: {name_of(row.doc)}")
    else:
        found.memory.table(row.table).set(row.key, row.doc)
        if "\ufffd".encode() in bytes(row.doc):
            found.doubtful.append(f"{name_of(row.doc)} may hold a wrong letter.")


def _is_record(table: str, key: str, doc: Raw) -> bool:
    return not unreadable(table, key, doc) and bool(id_of(doc))


def _apply(found: Salvaged, line: journal.Line, certain: bool) -> None:
    """A line's changes, each only if what comes of it can be read."""
    for op in line.ops:
        table = found.memory.table(op.table)
        before = table.doc(op.key)
        trial = Memory()
        if before is not None:
            trial.table(op.table).set(op.key, before)
        try:
            trial.apply(op)
        except (msgspec.DecodeError, ValueError):
            found.lost.append(f"A part of “{line.title}” cannot be read.")
            continue
        after = trial.table(op.table).doc(op.key)
        if after is not None and not _is_record(op.table, op.key, after):
            found.lost.append(f"A part of “{line.title}” belongs to a record that cannot be read.")
            continue
        table.set(op.key, after)
    if not certain:
        found.doubtful.append(f"“{line.title}” may hold a wrong letter.")

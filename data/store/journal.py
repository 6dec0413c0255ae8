"""The journal beside the snapshot: a line a committed transaction.

A line is JSON, a space, a checksum of eight hex digits and a line end. Each checksum covers the lines
before it too, so a line that is lost, changed or out of place shows. The first line ties the journal to
its snapshot. After the last line the file is filled with NUL bytes, always at least one: overwriting them
costs the disk less than growing the file, and a journal that was cut off is known by their absence.

What the file can look like after a crash is bounded: every line but the last was on the disk before the
next one was begun. So only the last can be torn, and a torn line is a line with NUL bytes where the disk
did not get to writing.
"""

# No `from __future__ import annotations` here: msgspec would compile each field's words anew at the start.

import zlib
from contextlib import suppress
from datetime import datetime

import msgspec
from msgspec import Raw, Struct

from data.store.files import SECTOR

FILL = 64 * 1024
"""How many NUL bytes are laid ahead at a time: about 200 commits."""
_LONG_HOLE = 16
"""A run of so many NUL bytes is what was never written, not what went wrong in a line."""


class Header(Struct, frozen=True, kw_only=True):
    """The journal's first line: which snapshot it belongs to.

    `history` is how many of the lines that follow are already part of that snapshot and are kept only
    so that they can be undone; `last` the number of the last line before this journal.
    """

    inroad: str
    format: int
    generation: int
    snapshot: str
    history: int = 0
    last: int = 0


class Op(Struct, frozen=True, array_like=True):
    """One document's change: the fields after (`new`) and before (`old`), only those that differ.

    `old` is null where the document is new, `new` is null where it is removed; a field in one of them
    alone was added or dropped. In a slimmed history line `new` may be the checksum of a whole document.
    """

    table: str
    key: str
    new: Raw
    old: Raw


class Line(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One committed transaction.

    `by` is the session that made it, `since` the number of the newest line when that session began.
    `do` is "do", or "undo" and "redo" of the line number `of`, or "aside" for what undo leaves out.
    In a slimmed line whole new documents are replaced by digests.
    """

    n: int
    at: datetime
    by: str
    since: int = 0
    title: str
    do: str = "do"
    of: int = 0
    slim: bool = False
    ops: list[Op] = []


class Head(Struct, frozen=True, kw_only=True):
    """A line as it is read at the start: what it does to each document is decoded when asked for, since
    most lines are there only to be undone."""

    n: int
    by: str
    since: int = 0
    title: str
    do: str = "do"
    of: int = 0
    ops: Raw = Raw(b"[]")

    def changes(self) -> list[Op]:
        """What it does to each document."""
        return _ops.decode(self.ops)


class Placed(Struct, frozen=True):
    """A line and where it stands in the journal's file."""

    line: Head
    start: int
    end: int


class Parsed(Struct, frozen=True):
    """A journal as read: `end` is where the next line goes, `chain` the checksum up to there.

    `torn` is true where an unfinished line stands there or the last line lacks its end; `damage`
    says what is wrong at `place`, the first that is neither a line of ours nor the trace of a crash.
    """

    header: Header | None
    lines: list[Placed]
    end: int
    chain: int
    torn: bool
    damage: str = ""
    place: str = ""


_header = msgspec.json.Decoder(Header)
_head = msgspec.json.Decoder(Head)
_ops = msgspec.json.Decoder(list[Op])
_NULL = b"null"


def is_null(raw: Raw) -> bool:
    """Whether a side of an op is "no document"."""
    return raw == _NULL_RAW


_NULL_RAW = Raw(_NULL)


def seal(payload: bytes, chain: int) -> tuple[bytes, int]:
    """A payload as a line, and the checksum up to its end."""
    chain = zlib.crc32(payload, chain)
    return b"%b %08x\n" % (payload, chain), chain


def filled(data: bytes) -> bytes:
    """`data` with NUL bytes behind it, up to the next multiple of FILL."""
    return data + bytes(FILL - len(data) % FILL)


def parse(data: bytes) -> Parsed:
    """Read a whole journal."""
    header: Header | None = None
    if not data:
        return Parsed(None, [], 0, 0, False, "it is empty", "byte 0")
    stop = data.find(b"\n")
    payload, chain = _open_seal(data, 0, stop, 0) if stop > 0 else (None, 0)
    if payload is not None:
        try:
            header = _header.decode(payload)
        except msgspec.DecodeError:
            header = None
    if header is None:
        return Parsed(None, [], 0, 0, False, "its first line is not what Inroad wrote", "byte 0")
    return _lines(data, stop + 1, chain, header)


def parse_more(data: bytes, offset: int, chain: int, header: Header) -> Parsed:
    """Read on from `offset` of the file, where the checksum is `chain`; `data` begins there."""
    return _lines(data, 0, chain, header, offset)


def _lines(data: bytes, start: int, chain: int, header: Header, shift: int = 0) -> Parsed:
    lines: list[Placed] = []
    size = len(data)
    while start < size and data[start]:
        stop = data.find(b"\n", start)
        payload, after = _open_seal(data, start, stop, chain) if stop > 0 else (None, 0)
        if payload is None:
            break
        try:
            lines.append(Placed(_head.decode(payload), start + shift, stop + 1 + shift))
        except msgspec.DecodeError:
            break
        start, chain = stop + 1, after
    tail = data[start:]
    if not tail.endswith(b"\0"):
        place = f"byte {size + shift}"
        return Parsed(header, lines, start + shift, chain, False, "it was cut off there", place)
    rest = tail.rstrip(b"\0")
    if not rest:
        return Parsed(header, lines, start + shift, chain, False)
    payload, after = _open_seal(rest, 0, len(rest), chain)
    if payload is not None:
        # Whole but for its line end: it may have been acknowledged, so it counts.
        with suppress(msgspec.DecodeError):
            end = start + shift + len(rest) + 1
            lines.append(Placed(_head.decode(payload), start + shift, end))
            return Parsed(header, lines, end, after, True)
    if _looks_torn(rest, start + shift, chain):
        return Parsed(header, lines, start + shift, chain, True)
    place = f"line {len(lines) + 2}, byte {start + shift}"
    return Parsed(header, lines, start + shift, chain, False, "it is not what Inroad wrote there", place)


def _open_seal(data: bytes, start: int, stop: int, chain: int) -> tuple[bytes | None, int]:
    """The payload of the line that ends before `stop` if its checksum is right."""
    if stop - start < 11 or data[stop - 9] != 0x20:
        return None, 0
    payload = data[start : stop - 9]
    chain = zlib.crc32(payload, chain)
    if data[stop - 8 : stop] != b"%08x" % chain:
        return None, 0
    return payload, chain


def _looks_torn(rest: bytes, offset: int, chain: int) -> bool:
    """Whether `rest` (which ends in no NUL) can be one line of which the disk wrote only some pieces.

    A line that is whole but for its line end is a changed line, not a torn one; nor is one with a single
    NUL in it, but where that NUL alone was left between two pieces.
    """
    if rest.find(b"\n") not in (-1, len(rest) - 1):
        return False
    if _open_seal(rest, 0, len(rest) - 1, chain)[0] is not None:
        return False
    at = 0
    holes = False
    while (at := rest.find(b"\0", at)) != -1:
        end = at
        while rest[end] == 0:
            end += 1
        begins = not at or (offset + at) % SECTOR == 0
        ends = (offset + end) % SECTOR == 0
        if not (begins and ends) and (end - at == 1 or not (begins or ends or end - at >= _LONG_HOLE)):
            return False
        holes = True
        at = end
    # Without a hole only the beginning was written; a line with its end has come to its end.
    return holes or not rest.endswith(b"\n")

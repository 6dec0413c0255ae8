"""The undo log: which lines of the journal can be undone and redone, by name, over restarts."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Callable, Collection

import msgspec
from msgspec import Raw, Struct
from msgspec.structs import replace

from data.store.journal import Head, Line, Placed, is_null

DEPTH = 200
"""How many actions stay undoable, of all windows together."""

OWN_DEPTH = 100
"""The promise: so many of its own each window keeps, whatever others do; their actions go before."""

MOST = 400
"""How many actions stay undoable at the most: of windows long closed the oldest go."""

SLIM_ABOVE = 64 * 1024
"""A line longer than this many bytes is slimmed when it has become history."""

MANY = 20
"""An action that changed at least so many other records (an import) stays when one of its own is erased."""


class Logged(Struct, frozen=True):
    """A line of the journal, without its content: that is read again when it is needed."""

    n: int
    title: str
    do: str
    of: int
    by: str
    since: int
    start: int
    end: int

    @property
    def action(self) -> int:
        """The number of the action that this line does, undoes or redoes."""
        return self.of or self.n


class Undone(Struct, frozen=True):
    """What `undo` or `redo` did: the action's title, and what was left alone and why, as sentences."""

    title: str
    left_alone: tuple[str, ...] = ()


def slim(payload: bytes) -> bytes:
    """A line's payload with whole new documents replaced by their digests, where that saves much.

    An import is one action; to undo it, it is enough to know what was put in and whether it is still
    the same.
    """
    if len(payload) < SLIM_ABOVE:
        return payload
    line = msgspec.json.decode(payload, type=Line)
    if line.slim:
        return payload
    ops = [replace(op, new=digest(op.new)) if is_null(op.old) else op for op in line.ops]
    return msgspec.json.encode(replace(line, ops=ops, slim=True))


def without(payload: bytes, erased: Collection[tuple[str, str, str]]) -> bytes:
    """A line's payload without what concerns these (table, key, id); b"" where little else is left."""
    if not erased:
        return payload
    line = msgspec.json.decode(payload, type=Line)
    places = {(table, key) for table, key, _ in erased}
    # In quotation marks, as a reference has it: an id from elsewhere may be a word or a sign of any kind.
    ids = re.compile(b"|".join(re.escape(msgspec.json.encode(id)) for _, _, id in erased))
    rest = [
        op
        for op in line.ops
        if (op.table, op.key) not in places and not ids.search(op.new) and not ids.search(op.old)
    ]
    if len(rest) == len(line.ops):
        return payload
    if len(rest) < MANY:
        # Its title names them, most likely.
        return b""
    return msgspec.json.encode(replace(line, ops=rest))


def digest(doc: Raw) -> Raw:
    """A checksum of a document's meaning, whatever the order of its fields."""
    return Raw(b"%d" % zlib.crc32(msgspec.json.encode(msgspec.json.decode(doc), order="deterministic")))


class Log:
    """The undo log of a store, as one session sees it.

    A session undoes its own actions and those made before it was opened; what another window has done
    since is that window's to undo.
    """

    def __init__(self, session: str) -> None:
        self._session = session
        # Of each action the newest line: it is what undo, or redo, turns back.
        self._done: list[Logged] = []
        self._undone: list[Logged] = []
        self._counts: Counter[str] = Counter()
        self.opened_at = -1
        """The number of the newest line when this session began."""

    def rebuild(self, lines: list[Placed], last: int) -> None:
        """Read the log anew from a journal's lines; `last` is the number of the newest."""
        if self.opened_at < 0:
            self.opened_at = last
        self._done, self._undone = [], []
        self._counts.clear()
        for placed in lines:
            self.add(logged(placed.line, placed.start, placed.end), from_history=True)

    def add(self, entry: Logged, *, from_history: bool = False) -> None:
        """Take in the next line. One from history may turn back a line that is no longer there."""
        if entry.do == "do":
            self._push(entry)
            if self._undone:
                # A new action ends what its session could redo: its own, and what was there at its start.
                self._undone = [each for each in self._undone if each.by != entry.by and each.n > entry.since]
        elif entry.do in ("undo", "redo"):
            undo = entry.do == "undo"
            source = self._done if undo else self._undone
            before = next((each for each in reversed(source) if each.action == entry.of), None)
            if before is not None:
                source.remove(before)
                if undo:
                    self._counts[before.by] -= 1
            if before is not None or from_history:
                if undo:
                    self._undone.append(entry)
                else:
                    self._push(entry)

    def _push(self, entry: Logged) -> None:
        self._done.append(entry)
        self._counts[entry.by] += 1
        if len(self._done) > DEPTH:
            place = next((at for at, each in enumerate(self._done) if self._counts[each.by] > OWN_DEPTH), 0)
            if place or len(self._done) > MOST or self._counts[self._done[0].by] > OWN_DEPTH:
                self._counts[self._done.pop(place).by] -= 1

    def to_undo(self) -> Logged | None:
        """The newest line of the action that undo would turn back."""
        return next((each for each in reversed(self._done) if self._is_mine(each)), None)

    def to_redo(self) -> Logged | None:
        """The newest line of the action that redo would bring back."""
        return next((each for each in reversed(self._undone) if self._is_mine(each)), None)

    def kept(self, payload: Callable[[Logged], bytes]) -> list[bytes]:
        """The lines that a new journal must begin with, everybody's; long ones slimmed."""
        return [slim(payload(entry)) for entry in sorted((*self._done, *self._undone), key=_number)]

    def _is_mine(self, line: Logged) -> bool:
        return line.n <= self.opened_at or line.by == self._session


def _number(entry: Logged) -> int:
    return entry.n


def logged(line: Head, start: int, end: int) -> Logged:
    """A line as the log remembers it."""
    return Logged(line.n, line.title, line.do, line.of, line.by, line.since, start, end)

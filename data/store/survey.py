"""Looking at a store's files as they are, and saying what they mean together. Changes nothing."""

from __future__ import annotations

import os
import stat
from collections.abc import Container, Mapping
from enum import Enum
from typing import TYPE_CHECKING

import msgspec
from msgspec import Raw, Struct

from data.schema import TABLES
from data.store import journal, snapshot
from data.store.decoding import FIELDS, decoder
from data.store.files import read_all
from data.store.paths import Paths
from data.text import plural

if TYPE_CHECKING:
    from data.store.system import Files


_LONGEST_KEY = 18
"""Digits of a TinyDB key; no store comes near."""


class Verdict(Enum):
    """What the files mean together."""

    NONE = "there is no store"
    GOOD = "whole"
    TORN = "whole, with the trace of a crash behind the journal's last line"
    STALE = "whole; a crash came between the new snapshot and its journal"
    NO_JOURNAL = "whole, without a journal"
    EDITED = "changed by another program, nothing waiting in the journal"
    CONFLICT = "changed by another program while changes wait in the journal"
    DAMAGED = "not what Inroad wrote"
    FOREIGN = "not a store of Inroad's"
    NEWER = "from a newer Inroad"


class Survey(Struct):
    """A store's files as read. `file` and `place` say where something is wrong, `what` what it is."""

    verdict: Verdict = Verdict.NONE
    data: bytes = b""
    meta: snapshot.Meta | None = None
    tables: dict[str, Raw] = {}
    checksum: str = ""
    snapshot_seen: tuple[int, ...] = ()
    journal_seen: tuple[int, ...] = ()
    parsed: journal.Parsed | None = None
    fd: int = -1
    size: int = 0
    file: str = ""
    place: str = ""
    what: str = ""

    def wrong(self, verdict: Verdict, file: str, place: str, what: str) -> Survey:
        """This survey with its verdict and the place that led to it."""
        self.verdict, self.file, self.place, self.what = verdict, file, place, what
        return self

    @property
    def waiting(self) -> list[journal.Placed]:
        """The journal's lines that the snapshot does not contain."""
        if self.parsed is None or self.parsed.header is None or self.verdict is Verdict.STALE:
            return []
        return self.parsed.lines[self.parsed.header.history :]

    @property
    def last(self) -> int:
        """The number of the newest line."""
        parsed = self.parsed
        if parsed is None or parsed.header is None:
            return self.meta.lines if self.meta is not None else 0
        # The history may end before the last line: not every line can be undone.
        return max(parsed.header.last, parsed.lines[-1].line.n if parsed.lines else 0)


def seen(status: os.stat_result) -> tuple[int, ...]:
    """What tells that a file is the one that was read."""
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def identity(status: os.stat_result) -> tuple[int, ...]:
    """What tells that a name still means the file that is open."""
    return status.st_dev, status.st_ino


def survey(paths: Paths, files: Files, *, write: bool = False) -> Survey:
    """Look at the store. Leaves the journal open in `fd` (to write, if asked) where there is one.

    Without the lock another process may be at work between two looks: any verdict but GOOD may then
    be its doing, and is worth a second look under the lock.
    """
    found = Survey()
    _read_snapshot(found, paths, files)
    try:
        _read_journal(found, paths, files, write)
        if found.verdict is Verdict.GOOD:
            _judge(found, paths)
    except BaseException:
        release(found, files)
        raise
    return found


def release(found: Survey, files: Files) -> None:
    """Let go of the journal's file."""
    if found.fd >= 0:
        files.close(found.fd)
        found.fd = -1


def _read_snapshot(found: Survey, paths: Paths, files: Files) -> None:
    try:
        status = files.stat(paths.store)
    except (FileNotFoundError, NotADirectoryError):
        return
    if not stat.S_ISREG(status.st_mode):
        kind = "a folder" if stat.S_ISDIR(status.st_mode) else "not a file"
        found.wrong(Verdict.FOREIGN, paths.store, "", f"it is {kind}")
        return
    fd = files.open(paths.store, os.O_RDONLY)
    try:
        found.snapshot_seen = seen(files.fstat(fd))
        found.data = read_all(files, fd)
    finally:
        files.close(fd)
    found.verdict = Verdict.GOOD
    found.checksum, claimed = snapshot.checksum_of(found.data)
    try:
        found.meta, found.tables = snapshot.decode(found.data, sound=found.checksum == claimed)
    except snapshot.NotASnapshot as error:
        ours = claimed or found.data[:10] == b'{"_inroad"'
        what = "it is empty" if not found.data else str(error)
        found.wrong(Verdict.DAMAGED if ours else Verdict.FOREIGN, paths.store, "", what)
        return
    meta = found.meta
    if meta is None or meta.app != "inroad":
        found.wrong(Verdict.FOREIGN, paths.store, "", "it does not say that it is a store of Inroad's")
    elif meta.format > snapshot.FORMAT:
        what = f"it has format {meta.format}, this Inroad knows {snapshot.FORMAT}"
        found.wrong(Verdict.NEWER, paths.store, "", what)
    elif meta.format < 1 or meta.generation < 1:
        found.wrong(
            Verdict.DAMAGED, paths.store, "table _inroad", "its format or generation is not a number of ours"
        )
    elif found.checksum != claimed:
        found.verdict = Verdict.EDITED


def _read_journal(found: Survey, paths: Paths, files: Files, write: bool) -> None:
    try:
        found.fd = files.open(paths.journal, os.O_RDWR if write else os.O_RDONLY)
    except (FileNotFoundError, NotADirectoryError):
        if found.verdict is Verdict.GOOD:
            found.verdict = Verdict.NO_JOURNAL
        elif found.verdict is Verdict.EDITED:
            _judge_edit(found, paths)
        return
    status = files.fstat(found.fd)
    found.journal_seen = identity(status)
    found.size = status.st_size
    found.parsed = journal.parse(read_all(files, found.fd))
    ours = found.parsed.header is not None
    if found.verdict is Verdict.NONE:
        if ours or found.size:
            found.wrong(Verdict.DAMAGED, paths.store, "", "it is gone, while its journal is still there")
        return
    if found.verdict is Verdict.FOREIGN and ours:
        found.verdict = Verdict.DAMAGED
    if found.verdict not in (Verdict.GOOD, Verdict.EDITED):
        return
    if found.parsed.damage:
        found.wrong(Verdict.DAMAGED, paths.journal, found.parsed.place, found.parsed.damage)
    elif found.verdict is Verdict.EDITED:
        _judge_edit(found, paths)


def _judge(found: Survey, paths: Paths) -> None:
    """A whole snapshot and a whole journal: do they belong together?"""
    assert found.meta is not None
    assert found.parsed is not None
    header = found.parsed.header
    assert header is not None
    if header.format > snapshot.FORMAT:
        found.wrong(Verdict.NEWER, paths.journal, "", f"it has format {header.format}")
    elif (header.generation, header.snapshot) == (found.meta.generation, found.checksum):
        found.verdict = Verdict.TORN if found.parsed.torn else Verdict.GOOD
    elif (found.meta.generation, found.meta.after) == (header.generation + 1, f"{found.parsed.chain:08x}"):
        found.verdict = Verdict.STALE
    else:
        # A copy from elsewhere was put in its place: an edit like any other.
        _judge_edit(found, paths)


def _judge_edit(found: Survey, paths: Paths) -> None:
    """The snapshot is JSON of ours but not what we wrote: an edit if every record can be read."""
    problem = first_unreadable(found.tables, found.meta.next_keys if found.meta is not None else {})
    if problem:
        place, what = problem
        found.wrong(Verdict.DAMAGED, paths.store, place, what)
        return
    found.verdict = Verdict.CONFLICT if found.waiting else Verdict.EDITED
    found.file, found.what = paths.store, "another program changed it"


def first_unreadable(tables: dict[str, Raw], next_keys: Mapping[str, int]) -> tuple[str, str] | None:
    """The place of the first document that is not a record, and what is wrong with it.

    A document that was put in from outside may lack an id, which it then gets; one of ours may not.
    """
    for name, raw in tables.items():
        meant = meant_table(name, tables)
        if meant:
            return f"table {name}", f"Inroad has no such table, and {meant} is missing"
        try:
            documents = snapshot.documents_of(raw)
        except snapshot.NotASnapshot as error:
            return f"table {name}", str(error)
        ids: set[str] = set()
        for key, doc in documents.items():
            place = f"table {name}, record {key}"
            problem = unreadable(name, key, doc)
            if problem:
                return place, problem
            id = msgspec.json.decode(doc).get("id")
            if id is None and int(key) < next_keys.get(name, 1):
                return place, "its id is missing"
            if id is not None and id in ids:
                return place, f"another record has the id {id!r} too"
            ids.add(id)
    return None


def meant_table(name: str, there: Container[str]) -> str:
    """The table of ours that a name with a wrong letter means, if that table is not there itself."""
    if name in TABLES:
        return ""
    from difflib import get_close_matches

    close = get_close_matches(name, TABLES, 1, 0.75)
    return close[0] if close and close[0] not in there else ""


def unreadable(table: str, key: str, doc: Raw) -> str:
    """What keeps a document from being a record of its table but for a missing id; "" if nothing does."""
    if not (key.isascii() and key.isdigit() and len(key) <= _LONGEST_KEY) or key.startswith("0"):
        return f"its key {key[:40]!r} is not a number of ours"
    kind = TABLES.get(table)
    try:
        bytes(doc).decode()
        fields = FIELDS.decode(doc)
        if kind is not None:
            decoder(kind).decode(doc if "id" in fields else msgspec.json.encode({"id": "-", **fields}))
        elif "id" in fields:
            msgspec.json.decode(fields["id"], type=str)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return str(error)
    return ""


def sentence(found: Survey) -> str:
    """What is wrong, where, and that nothing was written: one sentence for the user."""
    where = f"{found.file}, {found.place}" if found.place else found.file
    what = found.what
    match found.verdict:
        case Verdict.FOREIGN:
            return f"{where} is not an Inroad store ({what}); it was left as it is, choose another path."
        case Verdict.NEWER:
            return f"{where} is from a newer Inroad ({what}); update Inroad, nothing was changed."
        case Verdict.CONFLICT:
            waiting = plural(len(found.waiting), "newer change was", "newer changes were")
            return (
                f"{where} was changed by another program while {waiting} waiting in its journal; "
                "both are kept as they are."
            )
        case _:
            return f"{where} is damaged ({what}); nothing was changed."

"""Reading a store's files as they are, without changing anything."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, field

from msgspec import Raw

from data.records import TABLES
from data.store import journal, snapshot
from data.store.errors import StoreDamaged, StoreRefused
from data.store.files import Files, read_all, read_file
from data.store.history import Log
from data.store.memory import Memory, TableMemory, merged


@dataclass
class Loaded:
    """A store as read. `unsettled` says that something must be finished under the lock first."""

    meta: snapshot.Meta
    checksum: str
    memory: Memory
    header: journal.Header
    parsed: journal.Parsed
    fd: int
    size: int
    snapshot_seen: tuple[int, ...]
    journal_seen: tuple[int, ...]
    stale_journal: bool = False
    notices: list[str] = field(default_factory=list)

    @property
    def unsettled(self) -> bool:
        """Whether a crash, or another process at this moment, left something to finish."""
        return self.stale_journal or self.parsed.torn

    @property
    def last(self) -> int:
        """The number of the last line."""
        return self.parsed.lines[-1].line.n if self.parsed.lines else self.header.last

    def history_payloads(self, files: Files) -> list[bytes]:
        """The lines worth keeping for undo."""
        log = Log("")
        log.rebuild(self.parsed.lines, self.last)
        return log.kept(lambda entry: files.pread(self.fd, entry.end - entry.start - 10, entry.start))

    def close(self, files: Files) -> None:
        """Let go of the journal's file."""
        if self.fd >= 0:
            with suppress(OSError):
                files.close(self.fd)
            self.fd = -1


def load(store: str, journal_path: str, files: Files) -> Loaded | None:
    """Read the store; None where there is none. Raises StoreError for what is not ours or not whole."""
    from data.store.storage import identity, seen

    try:
        before = files.stat(store)
    except FileNotFoundError:
        with suppress(FileNotFoundError):
            files.stat(journal_path)
            raise StoreDamaged(f"{store} is gone, but its journal is there: {journal_path}.") from None
        return None
    if os.path.isdir(store):
        raise StoreRefused(f"{store} is a folder, not a store.")
    data = read_file(files, store)
    meta, tables = _snapshot(store, data)
    actual, claimed = snapshot.checksum_of(data)
    if actual != claimed:
        raise StoreDamaged(f"{store} differs from what Inroad wrote.")
    try:
        fd = files.open(journal_path, os.O_RDWR)
    except FileNotFoundError:
        raise StoreDamaged(f"The journal of {store} is gone: {journal_path}.") from None
    except PermissionError:
        fd = files.open(journal_path, os.O_RDONLY)
    try:
        stat = files.fstat(fd)
        parsed = journal.parse(read_all(files, fd))
        if parsed.damage or parsed.header is None:
            raise StoreDamaged(f"{journal_path} is damaged: {parsed.damage}.")
        loaded = Loaded(
            meta=meta,
            checksum=actual,
            memory=_memory(tables, meta),
            header=parsed.header,
            parsed=parsed,
            fd=fd,
            size=stat.st_size,
            snapshot_seen=seen(before),
            journal_seen=identity(stat),
        )
        if (parsed.header.generation, parsed.header.snapshot) != (meta.generation, actual):
            if meta.generation != parsed.header.generation + 1 or meta.after != f"{parsed.chain:08x}":
                raise StoreDamaged(f"{store} does not belong to the journal beside it, {journal_path}.")
            loaded.stale_journal = True
            return loaded
        for placed in parsed.lines[parsed.header.history :]:
            for op in placed.line.ops:
                _replay(loaded.memory, op)
    except BaseException:
        files.close(fd)
        raise
    return loaded


def _snapshot(store: str, data: bytes) -> tuple[snapshot.Meta, dict[str, Raw]]:
    try:
        meta, tables = snapshot.decode(data)
    except snapshot.NotASnapshot as error:
        raise StoreRefused(f"{store} is not a whole Inroad store ({error}); it was left as it is.") from None
    if meta is None or meta.app != "inroad":
        raise StoreRefused(f"{store} is not an Inroad store; it was left as it is.")
    if meta.format > snapshot.FORMAT:
        raise StoreRefused(
            f"{store} was written by a newer Inroad (format {meta.format}, "
            f"this one knows {snapshot.FORMAT}); update Inroad to open it."
        )
    return meta, tables


def _memory(tables: dict[str, Raw], meta: snapshot.Meta) -> Memory:
    memory = Memory()
    for name in TABLES:
        memory.tables[name] = TableMemory(name, tables.pop(name, None), meta.next_keys.get(name, 1))
    for name, raw in tables.items():
        memory.tables[name] = TableMemory(name, raw, meta.next_keys.get(name, 1))
    return memory


def _replay(memory: Memory, op: journal.Op) -> None:
    table = memory.table(op.table)
    if journal.is_null(op.new):
        table.set(op.key, None)
    elif journal.is_null(op.old):
        table.set(op.key, op.new)
    else:
        table.set(op.key, merged(table.docs.get(op.key), op.new, op.old))

"""A TinyDB storage whose writes cost what changed: a snapshot, a journal beside it, tables in memory."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import tinydb
from msgspec import Raw

from data.clock import Clock
from data.records import new_id
from data.store import journal, snapshot
from data.store.changes import Change, Draft, Origin, ids_of, plan
from data.store.errors import NotKept, ReadOnly, StoreError, StoreRefused
from data.store.files import Files, OsFiles, make_folders, reason, write_all, write_file
from data.store.history import Log, Logged
from data.store.loading import Loaded, load
from data.store.lock import PATIENCE, StoreLock
from data.store.memory import Memory, merged
from data.store.wording import id_of, name_of

JOURNAL_BOUND = 8 << 20
"""A journal longer than this many bytes is taken into the snapshot before the store is closed."""

_TABLE_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Paths:
    """The store's files. A symlinked store stays one: everything lives where the link leads."""

    store: str
    journal: str
    lock: str
    folder: str

    @classmethod
    def of(cls, path: Path) -> Paths:
        """The files of the store at `path`."""
        try:
            real = os.path.realpath(path)
        except (OSError, ValueError) as error:
            raise StoreRefused(f"{path} cannot be used as a store: {error}.") from error
        return cls(real, real + ".journal", real + ".lock", os.path.dirname(real))


@dataclass(frozen=True, slots=True)
class Committed:
    """What a commit did: `taken` is what others had done before, `change` is its own part."""

    taken: Change | None
    change: Change | None


class JournalStorage(tinydb.Storage):
    """Keeps memory and disk at one: memory changes only after the journal's line is on the disk."""

    def __init__(
        self,
        path: Path,
        *,
        clock: Clock,
        read_only: bool = False,
        files: Files | None = None,
        patience: float = PATIENCE,
        on_wait: Callable[[str], None] | None = None,
    ) -> None:
        """Open the store at `path`, and make it if there is none. Raises StoreError if it is refused."""
        self.clock = clock
        self.read_only = read_only
        self.session = new_id()[:8]
        self.files: Files = files if files is not None else OsFiles()
        self.paths = Paths.of(path)
        self.lock = StoreLock(self.paths.lock, self.files, patience=patience, on_wait=on_wait)
        self.memory = Memory()
        self.log = Log(self.session)
        self._fd = -1
        self._distrust = False
        self._closed = False
        try:
            self._open()
        except OSError as error:
            raise StoreRefused(f"{path} cannot be opened: {reason(error)}.") from error

    # -- opening -------------------------------------------------------------------------------------

    def _open(self) -> None:
        loaded = load(self.paths.store, self.paths.journal, self.files)
        if loaded is None or loaded.unsettled:
            loaded = self._wait_for_settled(loaded) if self.read_only else self._settle()
        self._adopt(loaded)

    def _wait_for_settled(self, loaded: Loaded | None) -> Loaded:
        """Read only: another process may be in the middle of something; look again a few times."""
        for _ in range(50):
            if loaded is None:
                raise StoreRefused(f"There is no store at {self.paths.store} yet.")
            if not loaded.unsettled:
                break
            loaded.close(self.files)
            self.files.pause(0.01)
            loaded = load(self.paths.store, self.paths.journal, self.files)
        assert loaded is not None
        return loaded

    def _settle(self) -> Loaded:
        """Under the lock, finish what a crash left unfinished; make the store if there is none."""
        make_folders(self.files, Path(self.paths.folder))
        with self.lock.held():
            loaded = load(self.paths.store, self.paths.journal, self.files)
            if loaded is None:
                self._write_generation(Memory(), snapshot.Meta(app="inroad", format=snapshot.FORMAT), [], 0)
            elif loaded.stale_journal:
                # A crash between the new snapshot's name and the new journal's.
                self._write_journal(
                    loaded.meta, loaded.checksum, loaded.history_payloads(self.files), loaded.last
                )
            elif loaded.parsed.torn:
                self._mend_tail(loaded.fd, loaded.parsed.end, loaded.size)
            else:
                return loaded
            if loaded is not None:
                loaded.close(self.files)
            loaded = load(self.paths.store, self.paths.journal, self.files)
            assert loaded is not None
            return loaded

    def _mend_tail(self, fd: int, end: int, size: int) -> None:
        """Clear away an unfinished line, which was never acknowledged."""
        write_all(self.files, fd, b"\n" + bytes(size - end), end - 1)
        self.files.sync(fd)

    def _adopt(self, loaded: Loaded) -> None:
        if self._fd >= 0:
            self.files.close(self._fd)
        self._fd = loaded.fd
        self.meta = loaded.meta
        self.memory = loaded.memory
        self._header = loaded.header
        self._end, self._chain, self._size = loaded.parsed.end, loaded.parsed.chain, loaded.size
        self._snapshot_seen, self._journal_seen = loaded.snapshot_seen, loaded.journal_seen
        self._last = loaded.last
        self.log.rebuild(loaded.parsed.lines, loaded.last)
        self._distrust = False

    # -- TinyDB's face -------------------------------------------------------------------------------

    def read(self) -> dict[str, dict[str, Any]] | None:
        """Everything, decoded: for TinyDB's own functions. JournalTable reads without this."""
        with self.lock.threads:
            return {
                table.name: {key: msgspec.json.decode(doc) for key, doc in table.docs.items()}
                for table in self.memory
            }

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Make the store hold `data`, as one commit of what differs."""
        drafts: list[Draft] = []
        with self.lock.threads:
            for name in {*data, *self.memory.tables}:
                drafts += self.drafts_for(name, {str(key): doc for key, doc in data.get(name, {}).items()})
        self.commit(drafts, "Changed the store through TinyDB")

    def drafts_for(
        self, name: str, documents: dict[str, Any], keys: Iterable[str] | None = None
    ) -> list[Draft]:
        """The drafts that make a table hold `documents`; looks at `keys` alone if given."""
        if not _TABLE_NAME.fullmatch(name):
            raise StoreError(f"A table cannot be called {name!r}: use letters, digits and underscores.")
        table = self.memory.table(name)
        drafts: list[Draft] = []
        for key in {*documents, *table.docs} if keys is None else keys:
            base = table.docs.get(key)
            doc = documents.get(key)
            if doc is None:
                if base is not None:
                    drafts.append(Draft(name, "", base, None, key))
                continue
            if base is None and "id" not in doc:
                doc = {"id": new_id(), **doc}
            new = Raw(msgspec.json.encode(doc))
            if base != new:
                drafts.append(Draft(name, str(doc.get("id", "")), base, new, key, whole=True))
        return drafts

    def close(self) -> None:
        """Take the journal into the snapshot and let go. What cannot be written now stays in the journal."""
        if self._closed:
            return
        self._closed = True
        try:
            # If it cannot be written nothing is lost: the journal holds it, and the next start takes it in.
            with suppress(StoreError):
                if not self.read_only and self._waiting():
                    self.compact()
        finally:
            self.lock.close()
            if self._fd >= 0:
                self.files.close(self._fd)
                self._fd = -1

    # -- committing ----------------------------------------------------------------------------------

    def commit(self, drafts: Iterable[Draft], title: str, do: str = "do", of: int = 0) -> Committed:
        """Write what `drafts` change as one line, on the disk when this returns; or raise StoreError.

        First takes in what other processes wrote. Keys are given out under the lock, so no two
        processes give the same.
        """
        if self.read_only:
            raise ReadOnly("The store is open to read only; nothing was changed.")
        with self.lock.held():
            taken = self._catch_up()
            ops: list[journal.Op] = []
            notes: list[str] = []
            touched: list[tuple[str, str]] = []
            for draft in drafts:
                table = self.memory.table(draft.table)
                key = draft.key or table.ids.get(draft.id)
                current = None if key is None else table.docs.get(key)
                if key is None:
                    key = str(table.next_key)
                    table.next_key += 1
                planned = plan(draft, key, current)
                if planned.op is not None:
                    ops.append(planned.op)
                    touched.append((draft.table, draft.id))
                    notes += _notes(draft, planned.overruled, planned.resurrected)
            if not ops and do == "do":
                return Committed(taken, None)
            self._append(ops, title, do, of)
            if self._end > JOURNAL_BOUND:
                # The line is on the disk; a snapshot can wait until there is room for it.
                with suppress(StoreError):
                    self.compact()
            origin = {"undo": Origin.UNDO, "redo": Origin.REDO}.get(do, Origin.HERE)
            return Committed(taken, Change(title, origin, ids_of(touched), tuple(notes)))

    def _append(self, ops: list[journal.Op], title: str, do: str, of: int) -> None:
        n = self._last + 1
        encoded = [journal.encode_op(op.table, op.key, op.new, op.old) for op in ops]
        at = self.clock.now().isoformat(timespec="milliseconds")
        payload = journal.encode_line(n, at, self.session, title, encoded, do, of)
        line, chain = journal.seal(payload, self._chain)
        self._write_line(line)
        start = self._end
        self._end += len(line)
        self._chain = chain
        self._last = n
        for op in ops:
            self._apply(op)
        self.log.add(Logged(n, title, do, of, self.session, start, self._end))

    def _write_line(self, line: bytes) -> None:
        """The line on the disk, or NotKept and the file as it was."""
        try:
            self._make_room(len(line))
            write_all(self.files, self._fd, line, self._end)
            self.files.sync(self._fd)
        except OSError as error:
            # After a failed sync nobody knows what the disk holds: read it again before going on.
            self._distrust = True
            with suppress(OSError):
                write_all(self.files, self._fd, bytes(min(len(line), self._size - self._end)), self._end)
                self.files.sync(self._fd)
            raise NotKept(f"This was not kept, {reason(error)}: {self.paths.journal}.") from error

    def _make_room(self, length: int) -> None:
        """Lay NUL bytes ahead, so that the line itself does not make the file grow."""
        needed = self._end + length + 1
        if needed <= self._size:
            return
        size = needed + journal.FILL - needed % journal.FILL
        if length > journal.FILL:
            self.files.truncate(self._fd, size)
        else:
            write_all(self.files, self._fd, bytes(size - self._size), self._size)
        self.files.sync(self._fd)
        self._size = size

    def _apply(self, op: journal.Op) -> None:
        table = self.memory.table(op.table)
        if journal.is_null(op.new):
            table.set(op.key, None)
        elif journal.is_null(op.old):
            table.set(op.key, op.new)
        else:
            table.set(op.key, merged(table.docs.get(op.key), op.new, op.old))

    # -- other processes -----------------------------------------------------------------------------

    def refresh(self) -> Change | None:
        """Take in what other processes wrote since; near-free when there is nothing."""
        with self.lock.threads:
            if self._unchanged():
                return None
            if self.read_only:
                return self._catch_up()
            with self.lock.held():
                return self._catch_up()

    def take_in(self) -> Change | None:
        """Under the lock: take in what other processes wrote."""
        with self.lock.held():
            return self._catch_up()

    def _unchanged(self) -> bool:
        try:
            return not self._distrust and self._same_files() and self._tail()[9:10] == b"\0"
        except OSError:
            return False

    def _same_files(self) -> bool:
        return (
            seen(self.files.stat(self.paths.store)) == self._snapshot_seen
            and identity(self.files.stat(self.paths.journal)) == self._journal_seen
        )

    def _tail(self) -> bytes:
        """Our last line's checksum, its end, and the byte where the next line begins."""
        tail = self.files.pread(self._fd, 10, self._end - 9)
        return tail if tail[:9] == b"%08x\n" % self._chain else b""

    def _catch_up(self) -> Change | None:
        try:
            if self._distrust or not self._same_files():
                return self._reload()
            tail = self._tail()
            if tail[9:10] == b"\0":
                return None
            if not tail:
                return self._reload()
            self._size = self.files.fstat(self._fd).st_size
            data = self.files.pread(self._fd, self._size - self._end, self._end)
            parsed = journal.parse_more(data, self._end, self._chain, self._header)
            if parsed.damage or parsed.torn:
                return self._reload()
            if not self.read_only:
                # Its writer may have died before the line was on the disk.
                self.files.sync(self._fd)
        except OSError as error:
            self._distrust = True
            raise NotKept(f"The store cannot be read, {reason(error)}: {self.paths.store}.") from error
        touched: list[tuple[str, str]] = []
        for placed in parsed.lines:
            touched += self._take_in(placed)
        self._end, self._chain = parsed.end, parsed.chain
        return self._elsewhere([placed.line.title for placed in parsed.lines], touched)

    def _take_in(self, placed: journal.Placed) -> list[tuple[str, str]]:
        line = placed.line
        touched: list[tuple[str, str]] = []
        for op in line.ops:
            before = self.memory.table(op.table).docs.get(op.key)
            self._apply(op)
            doc = self.memory.table(op.table).docs.get(op.key, before)
            if doc is not None:
                touched.append((op.table, id_of(doc)))
        self._last = line.n
        self.log.add(Logged(line.n, line.title, line.do, line.of, line.by, placed.start, placed.end))
        return touched

    def _elsewhere(self, titles: list[str], touched: list[tuple[str, str]]) -> Change | None:
        if not touched:
            return None
        title = titles[-1] if len(titles) == 1 else f"{len(titles)} changes made elsewhere"
        return Change(title, Origin.ELSEWHERE, ids_of(touched))

    def _reload(self) -> Change | None:
        before = self.memory
        self._open()
        touched = list(difference(before, self.memory))
        return self._elsewhere(["Changed elsewhere"], touched)

    # -- compacting ----------------------------------------------------------------------------------

    def _waiting(self) -> bool:
        return self._last > self._header.last

    def compact(self) -> None:
        """Write the snapshot anew with everything in it, and begin a new journal."""
        if self.read_only:
            raise ReadOnly("The store is open to read only; nothing was changed.")
        with self.lock.held():
            self._catch_up()
            try:
                self._write_generation(self.memory, self.meta, self.log.kept(self._payload), self._last)
                self._open()
            except OSError as error:
                self._distrust = True
                raise NotKept(
                    f"The store could not be written anew, {reason(error)}; its journal keeps everything."
                ) from error

    def _payload(self, entry: Logged) -> bytes:
        return self.files.pread(self._fd, entry.end - entry.start - 10, entry.start)

    def line(self, entry: Logged) -> journal.Line:
        """A line of the log, read again."""
        return msgspec.json.decode(self._payload(entry), type=journal.Line)

    def _write_generation(self, memory: Memory, old: snapshot.Meta, history: list[bytes], last: int) -> None:
        meta = msgspec.structs.replace(
            old,
            format=snapshot.FORMAT,
            generation=old.generation + 1,
            saved=self.clock.now().isoformat(timespec="seconds"),
            after=f"{self._chain:08x}" if self._fd >= 0 else "",
            lines=last,
            next_keys={table.name: table.next_key for table in memory},
        )
        data, checksum = snapshot.encode(meta, ((table.name, table.docs) for table in memory))
        self._replace(self.paths.store, data)
        self._write_journal(meta, checksum, history, last)

    def _write_journal(self, meta: snapshot.Meta, checksum: str, history: list[bytes], last: int) -> None:
        header = journal.Header(
            inroad="journal",
            format=snapshot.FORMAT,
            generation=meta.generation,
            snapshot=checksum,
            history=len(history),
            last=last,
        )
        line, chain = journal.seal(journal.encode_header(header), 0)
        lines = [line]
        for payload in history:
            line, chain = journal.seal(payload, chain)
            lines.append(line)
        self._replace(self.paths.journal, journal.filled(b"".join(lines)))

    def _replace(self, path: str, data: bytes) -> None:
        write_file(self.files, path + ".new", data)
        self.files.replace(path + ".new", path)
        self.files.sync_folder(self.paths.folder)


def seen(stat: os.stat_result) -> tuple[int, ...]:
    """What tells that a file is the one that was read."""
    return stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime_ns


def identity(stat: os.stat_result) -> tuple[int, ...]:
    """What tells that a name still means the file that is open."""
    return stat.st_dev, stat.st_ino


def difference(before: Memory, after: Memory) -> Iterable[tuple[str, str]]:
    """(table, id) of every document that differs between two memories."""
    for name in {*before.tables, *after.tables}:
        old, new = before.table(name).docs, after.table(name).docs
        for key, doc in new.items():
            if old.get(key) != doc:
                yield name, id_of(doc)
        for key, doc in old.items():
            if key not in new:
                yield name, id_of(doc)


def _notes(draft: Draft, overruled: tuple[str, ...], resurrected: bool) -> list[str]:
    notes = []
    if overruled:
        fields = ", ".join(field.replace("_", " ") for field in overruled)
        notes.append(
            f"Another window had just changed {name_of(draft.new)} too ({fields}); "
            "your later change counts, undo brings the other back."
        )
    if resurrected:
        notes.append(f"{name_of(draft.new)} had been removed in another window; your change keeps it.")
    return notes

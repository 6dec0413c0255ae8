"""A TinyDB storage whose writes cost what changed: a snapshot, a journal beside it, tables in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from threading import RLock, get_ident
from typing import TYPE_CHECKING, Any

import msgspec

from data.clock import Clock
from data.records import new_id
from data.store import journal, opening
from data.store.changes import Change, Draft, Origin, Planned, difference, elsewhere, notes_on, plan
from data.store.disk import Disk
from data.store.errors import NotKept, NotWritable, ReadOnly, StoreError, StoreRefused
from data.store.files import OsFiles, reason
from data.store.history import Log, Logged, logged
from data.store.lock import PATIENCE, StoreLock
from data.store.memory import Memory, TableMemory
from data.store.paths import Paths
from data.store.wording import name_of, whole_text

if TYPE_CHECKING:
    from data.store.system import Files

JOURNAL_BOUND = 24 << 20
"""A journal longer than this many bytes is taken into the snapshot before the store is closed, as soon as
there is an idle moment (`tidy`); one twice as long by the commit that made it so. An import of 30,000
people stays below."""

MUCH = 64 << 10
"""So many bytes of changes take a while to be taken in, or turned back; nobody should wait for it."""

CLOSING_PATIENCE = 1.0
"""Seconds to wait on closing for whoever has the lock: all is kept already, and who goes wants to go."""

_ORIGINS = {"undo": Origin.UNDO, "redo": Origin.REDO}


class Committed(msgspec.Struct, frozen=True):
    """What a commit did: `taken` is what others had done before, `change` is its own part."""

    taken: Change | None
    change: Change | None


class JournalStorage:
    """Keeps memory and disk at one: memory changes only after the journal's line is on the disk.

    It has the face of a TinyDB storage (`data.store.database` registers it as one, so that starting
    the app does not wait for TinyDB to load).

    Two locks: `lock` is for writing, between processes and threads; `guard` is for the moments in
    which memory is read or changed, so that nobody who reads waits for the disk.
    """

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
        self.paths = Paths.of(path, self.files)
        self.lock = StoreLock(self.paths.lock, self.files, patience=patience, on_wait=on_wait)
        self.guard = RLock()
        self.disk = Disk(self.paths, self.files, self.lock)
        self.memory = Memory()
        self.log = Log(self.session)
        self.notices: list[str] = []
        self.listeners: list[Callable[[Change], None]] = []
        self._compact_at = JOURNAL_BOUND
        self._closed = False
        try:
            opening.open_store(self)
        except BaseException as error:
            self._let_go()
            cause = error.__cause__ if isinstance(error, NotKept) else error
            if not isinstance(cause, OSError):
                raise
            if opening.is_about_writing(cause) and not read_only:
                raise NotWritable(f"{path} cannot be written: {reason(cause)}.") from error
            raise StoreRefused(f"{path} cannot be opened: {reason(cause)}.") from error

    # -- TinyDB's face -------------------------------------------------------------------------------

    def read(self) -> dict[str, Mapping[str, Any]] | None:
        """Every table that holds something, each decoding a document when it is looked at."""
        from data.store.database import Documents

        with self.guard:
            return {table.name: Documents(self, table.name) for table in self.memory if len(table)}

    def write(self, data: Mapping[str, Mapping[str, Any]]) -> None:
        """Make the store hold `data`, as one commit of what differs."""
        from data.store.database import Documents, drafts_for

        drafts: list[Draft] = []
        with self.guard:
            for name in {*data, *self.memory.tables}:
                documents = data.get(name, {})
                if not isinstance(documents, Documents):
                    keys = {*documents, *self.memory.table(name).docs}
                    drafts += drafts_for(self.memory, name, documents, keys)
        self.keep(drafts, "Changed the store through TinyDB")

    def close(self) -> None:
        """Take the journal into the snapshot and let go. What cannot be written now stays in the journal."""
        if self._closed:
            return
        if not self.lock.threads.acquire(timeout=self.lock.patience + CLOSING_PATIENCE):
            # Another thread is in the middle of writing: its files must not be closed under it.
            self._closed = True
            return
        try:
            if self.lock.brief is None:
                self.lock.brief = get_ident(), CLOSING_PATIENCE
            # Nothing is lost if it cannot be written: the journal holds it, and the next start reads it.
            with suppress(StoreError):
                if not self.read_only:
                    self._close_files()
        finally:
            self._closed = True
            self._let_go()
            self.lock.threads.release()

    def _close_files(self) -> None:
        with self.lock:
            taken = self.catch_up(closely=True)
            with suppress(OSError):
                if self.waiting:
                    opening.write_generation(self, self.memory)
            self.back_up_if_due()
        self.tell(taken)

    def back_up_if_due(self) -> tuple[Path, ...]:
        """Write the copies of today and of this week where they are missing. Raises StoreError."""
        from data.store import backups

        try:
            # Two windows come to midnight at once, and would write the same file.
            with self.lock:
                names = backups.due(self.paths, self.files, self.clock, self.disk.last)
                if not names or not any(len(table) for table in self.memory):
                    return ()
                data = self.content()
                return tuple(backups.write(self.paths, self.files, name, data) for name in names)
        except OSError as error:
            raise NotKept(f"No backup could be written: {reason(error)} ({self.paths.backups}).") from error

    def back_up_to(self, path: Path) -> None:
        """Write everything as one file to `path`. Raises NotKept."""
        target = self.files.realpath(str(path))
        if target in (self.paths.store, self.paths.journal):
            raise StoreRefused("A backup cannot be written over the store itself; choose another path.")
        try:
            self.disk.replace(target, self.content())
        except OSError as error:
            raise NotKept(f"The backup {path} could not be written: {reason(error)}.") from error

    def content(self) -> bytes:
        """Everything as the bytes of one file, to be opened or restored anywhere."""
        from data.store import backups

        with self.guard:
            meta = msgspec.structs.replace(self.disk.meta, lines=self.disk.last, after="")
            return backups.content(self.memory, meta, self.clock)

    def _let_go(self) -> None:
        self.lock.close()
        self.disk.close()

    # -- committing ----------------------------------------------------------------------------------

    @property
    def waiting(self) -> int:
        """How many lines of the journal the snapshot does not contain."""
        return self.disk.last - self.disk.header.last

    def keep(self, drafts: Iterable[Draft], title: str, do: str = "do", of: int = 0) -> Committed:
        """Commit, and tell the listeners."""
        committed = self.commit(drafts, title, do, of)
        if self.listeners:
            self.tell(committed.taken, committed.change)
        return committed

    def tell(self, *changes: Change | None) -> None:
        """Let the listeners know, in the thread that caused the change."""
        for change in changes:
            if change is not None:
                for listener in tuple(self.listeners):
                    listener(change)

    def commit(self, drafts: Iterable[Draft], title: str, do: str = "do", of: int = 0) -> Committed:
        """Write what `drafts` change as one line, on the disk when this returns; or raise StoreError.

        First takes in what other processes wrote. Keys are given out under the lock, so no two
        processes give the same.
        """
        self.check_writable()
        taken: Change | None = None
        try:
            with self.lock:
                taken = self.catch_up()
                change = self._commit(drafts, title, do, of)
        except StoreError:
            # Whoever is refused has taken in what the others did all the same.
            self.tell(taken)
            raise
        return Committed(taken, change)

    def _commit(self, drafts: Iterable[Draft], title: str, do: str, of: int) -> Change | None:
        """Under the lock, with everything taken in."""
        notes: list[str] = []
        ids: dict[str, list[str]] = {}
        todo: list[tuple[TableMemory, journal.Op, Planned]] = []
        with self.guard:
            for draft in drafts:
                table = self.memory.table(draft.table)
                planned = self._plan(draft, table, notes)
                if planned.op is not None:
                    todo.append((table, planned.op, planned))
                    ids.setdefault(draft.table, []).append(draft.id)
        if not todo and do == "do":
            return None
        self._append(todo, title, do, of)
        if self.disk.end >= 2 * self._compact_at:
            self._compact_if_possible()
        changed = {name: frozenset(of_table) for name, of_table in ids.items()}
        return Change(title, _ORIGINS.get(do, Origin.HERE), changed, tuple(notes))

    def check_writable(self) -> None:
        """Raise where nothing may be changed any more."""
        if self.read_only:
            raise ReadOnly
        if self._closed:
            raise StoreError("The store is closed; nothing was changed.")

    def _plan(self, draft: Draft, table: TableMemory, notes: list[str]) -> Planned:
        key = draft.key or table.ids.get(draft.id)
        current = None if key is None else table.doc(key)
        if key is None:
            key = str(table.take_key())
        if current is None and draft.id in self.disk.erased:
            raise StoreError(
                f"{name_of(draft.new)} was erased for good in another window; nothing was changed."
            )
        planned = plan(draft, key, current)
        if planned.overruled or planned.resurrected:
            notes += notes_on(draft, planned)
        return planned

    def _append(
        self, todo: list[tuple[TableMemory, journal.Op, Planned]], title: str, do: str, of: int
    ) -> None:
        line = journal.Line(
            n=self.disk.last + 1,
            at=self.clock.now(),
            by=self.session,
            since=self.log.opened_at,
            title=title if title.isascii() else whole_text(title),
            do=do,
            of=of,
            ops=[op for _, op, _ in todo],
        )
        try:
            start, end = self.disk.append(msgspec.json.encode(line))
        except OSError as error:
            raise NotKept(f"“{title}” was not kept: {reason(error)} ({self.paths.journal}).") from error
        with self.guard:
            for table, op, planned in todo:
                table.set(op.key, planned.doc, planned.fields)
            self.log.add(Logged(line.n, line.title, do, of, line.by, line.since, start, end))

    @property
    def untidy(self) -> bool:
        """Whether the journal has come to its bound."""
        return not (self.read_only or self._closed) and self.disk.end >= self._compact_at

    def tidy(self) -> None:
        """Take a journal that has come to its bound into the snapshot, if that can be done now."""
        with suppress(StoreError), self.lock:
            if self.untidy:
                self._compact_if_possible()

    def _compact_if_possible(self) -> None:
        try:
            self.compact()
        except StoreError:
            # The line is on the disk; the snapshot can wait until there is room for it.
            self._compact_at = self.disk.end * 2
        else:
            self._compact_at = max(JOURNAL_BOUND, self.disk.end * 2)

    # -- other processes -----------------------------------------------------------------------------

    def behind(self) -> bool:
        """Whether others wrote so much since that `refresh` takes a while; near-free where they did not."""
        if self._closed or not self.lock.threads.acquire(blocking=False):
            return False
        try:
            return self.disk.backlog() > MUCH + journal.FILL
        except OSError:
            # `refresh` says what is wrong.
            return False
        finally:
            self.lock.threads.release()

    def refresh(self) -> Change | None:
        """Take in what other processes wrote since; near-free when there is nothing."""
        if self._closed or not self.lock.threads.acquire(blocking=False):
            return None
        try:
            with suppress(OSError):
                if self.disk.quiet():
                    return None
            if self.read_only:
                return self.catch_up(closely=True)
            if not self.lock.take_now():
                # Whoever holds it is about to write: the next look will find it.
                return None
            try:
                return self.catch_up(closely=True)
            finally:
                self.lock.__exit__()
        finally:
            self.lock.threads.release()

    def catch_up(self, *, closely: bool = False) -> Change | None:
        """Under the lock: take in what others wrote, read everything again where files are not ours.

        `closely` where the files are about to be replaced.
        """
        disk = self.disk
        try:
            if disk.quiet() if closely else disk.quiet_under_lock():
                return None
            if disk.doubt:
                disk.clear_failed()
            if disk.doubt or not disk.same_files():
                return self._reload()
            parsed = disk.more() if disk.tail() else None
            if parsed is None or parsed.damage or parsed.torn:
                return self._reload()
            if not self.read_only:
                # Its writer may have died before the line was on the disk.
                self.files.sync(disk.fd)
        except OSError as error:
            disk.doubt = True
            raise NotKept(f"The store cannot be read: {reason(error)} ({self.paths.store}).") from error
        touched = self._take_in(parsed.lines)
        disk.end, disk.chain = parsed.end, parsed.chain
        titles = [placed.line.title for placed in parsed.lines]
        return elsewhere(titles[-1] if len(titles) == 1 else f"{len(titles)} changes made elsewhere", touched)

    def _take_in(self, lines: list[journal.Placed]) -> list[tuple[str, str]]:
        """Make the changes of these lines, and say which (table, id) they touch. Where it is much, on a copy
        of what is in memory, so that nobody who reads meanwhile waits for it, or sees half of it."""
        if sum(placed.end - placed.start for placed in lines) > MUCH:
            with self.guard:
                memory = self.memory.copy()
            touched = memory.apply_lines(lines)
            with self.guard:
                self.memory = memory
        else:
            with self.guard:
                touched = self.memory.apply_lines(lines)
        with self.guard:
            for placed in lines:
                self.disk.last = placed.line.n
                self.log.add(logged(placed.line, placed.start, placed.end))
        return touched

    def _reload(self) -> Change | None:
        before, known = self.memory, len(self.notices)
        opening.open_store(self)
        # Under the lock nobody changes either, so that only finding the documents is to be guarded.
        with self.guard:
            old, new = before.documents(), self.memory.documents()
        return elsewhere("Changed elsewhere", list(difference(old, new)), tuple(self.notices[known:]))

    # -- compacting ----------------------------------------------------------------------------------

    def compact(self) -> None:
        """Write the snapshot anew with everything in it, and begin a new journal. Raises StoreError."""
        self.check_writable()
        with self.lock:
            taken = self.catch_up(closely=True)
            self.write_anew()
        self.tell(taken)

    def write_anew(
        self, *, erased: Iterable[tuple[str, str, str]] = (), history: list[bytes] | None = None
    ) -> None:
        """Under the lock: the next generation of the files, from memory. Raises StoreError."""
        try:
            opening.write_generation(self, self.memory, erased=erased, history=history)
            opening.open_store(self)
        except OSError as error:
            self.disk.doubt = True
            raise NotKept(
                f"{self.paths.store} could not be written anew: {reason(error)}; "
                "its journal keeps everything."
            ) from error

    def history(self) -> list[bytes]:
        """The lines that undo keeps. Raises NotKept where they cannot be read."""
        try:
            return self.log.kept(self.disk.payload)
        except OSError as error:
            raise self._unreadable_log(error) from error

    def line(self, entry: Logged) -> journal.Line:
        """A line of the log, read again. Raises NotKept where it cannot be."""
        try:
            return msgspec.json.decode(self.disk.payload(entry), type=journal.Line)
        except OSError as error:
            raise self._unreadable_log(error) from error

    def _unreadable_log(self, error: OSError) -> NotKept:
        return NotKept(f"The undo log cannot be read: {reason(error)} ({self.paths.journal}).")

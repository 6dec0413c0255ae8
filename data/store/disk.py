"""The store's files while it is open: appending lines, writing snapshots, knowing what changed outside."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

import msgspec
from msgspec import Raw

from data.store import journal, snapshot
from data.store.files import write_all, write_file, write_through
from data.store.history import Logged
from data.store.lock import StoreLock
from data.store.paths import Paths
from data.store.survey import Survey, seen

if TYPE_CHECKING:
    from data.store.system import Files

LOOK_AGAIN = 0.5
"""Seconds after which a commit looks again whether another program changed the files."""


class Disk:
    """Raises OSError as the system does; what could not be written is not there afterwards."""

    def __init__(self, paths: Paths, files: Files, lock: StoreLock) -> None:
        self.paths = paths
        self.files = files
        self.fd = -1
        self.meta = snapshot.Meta(app="inroad", format=snapshot.FORMAT)
        self.erased: frozenset[str] = frozenset()
        self.header = journal.Header(inroad="journal", format=snapshot.FORMAT, generation=0, snapshot="")
        self.end = 0
        self.chain = 0
        self.last = 0
        self.doubt = False
        """Whether the disk may hold something else than we think: read it again before going on."""
        self._lock = lock
        self._epoch: tuple[int, int] | None = None
        self._looked = 0.0
        self._size = 0
        self._failed = 0
        self._names_synced = False
        self._snapshot_seen: tuple[int, ...] = ()
        self._journal_seen: tuple[int, ...] = ()

    def adopt(self, found: Survey) -> None:
        """Go on from what a survey read."""
        self.close()
        assert found.meta is not None
        self.fd, found.fd = found.fd, -1
        self.meta = found.meta
        self.erased = frozenset(id for _, _, id in found.meta.erased)
        if found.parsed is not None and found.parsed.header is not None:
            self.header = found.parsed.header
            self.end, self.chain = found.parsed.end, found.parsed.chain
        self.last = found.last
        self._size = found.size
        self._snapshot_seen, self._journal_seen = found.snapshot_seen, found.journal_seen
        self.doubt = False
        self._failed = 0
        self._names_synced = False
        self._epoch = None

    def close(self) -> None:
        """Let go of the journal."""
        if self.fd >= 0:
            with suppress(OSError):
                self.files.close(self.fd)
            self.fd = -1

    # -- what others did -----------------------------------------------------------------------------

    def quiet(self) -> bool:
        """Whether nobody wrote since: both names mean the files that we know, nothing follows our last
        line, and that is still there."""
        return not self.doubt and self.same_files() and self.tail() == b"\0"

    def backlog(self) -> int:
        """About how many bytes others wrote since: at most as many more as lie ahead of the last line. 0 if
        nobody did."""
        if self.quiet():
            return 0
        if self.doubt or not self.same_files():
            return self.files.stat(self.paths.store).st_size
        return self.files.fstat(self.fd).st_size - self.end

    def quiet_under_lock(self) -> bool:
        """The same, for less: no Inroad replaces files without a new epoch, and for what other programs
        do to them it is enough to look now and then."""
        now = self.files.monotonic()
        epoch = self._lock.epoch
        if epoch is not None and epoch == self._epoch and now - self._looked < LOOK_AGAIN and not self.doubt:
            return self.tail() == b"\0"
        if not self.quiet():
            return False
        self._epoch, self._looked = epoch, now
        return True

    def same_files(self) -> bool:
        """Whether both names still mean the files that were read."""
        stat = self.files.stat
        try:
            store, journal = stat(self.paths.store), stat(self.paths.journal)
        except FileNotFoundError:
            return False
        return (
            store.st_mtime_ns == self._snapshot_seen[3]
            and journal.st_ino == self._journal_seen[1]
            and seen(store) == self._snapshot_seen
            and journal.st_dev == self._journal_seen[0]
        )

    def tail(self) -> bytes:
        """The byte after our last line: NUL if nobody wrote since; "" if our last line is not there."""
        tail = self.files.pread(self.fd, 10, self.end - 9)
        return tail[9:] if tail.startswith(b"%08x\n" % self.chain) else b""

    def more(self) -> journal.Parsed:
        """The lines behind our last one."""
        self._size = self.files.fstat(self.fd).st_size
        data = self.files.pread(self.fd, self._size - self.end, self.end)
        return journal.parse_more(data, self.end, self.chain, self.header)

    def payload(self, entry: Logged) -> bytes:
        """A line of this journal again, without its checksum."""
        return self.files.pread(self.fd, entry.end - entry.start - 10, entry.start)

    # -- appending -----------------------------------------------------------------------------------

    def append(self, payload: bytes) -> tuple[int, int]:
        """Put a line on the disk; where it begins and ends. After an OSError it is not there."""
        line, chain = journal.seal(payload, self.chain)
        length = len(line)
        try:
            if not self._names_synced:
                # Whoever gave the files their names may have died before the folder was on the disk.
                self.files.sync_folder(self.paths.folder)
                self._names_synced = True
            if self.end + length >= self._size:
                self._make_room(length)
            self._failed = length
            write_through(self.files, self.fd, line, self.end)
        except OSError:
            # After a failed sync nobody knows what the disk holds.
            self.doubt = True
            with suppress(OSError):
                self.clear_failed()
            raise
        self._failed = 0
        start = self.end
        self.end += length
        self.chain = chain
        self.last += 1
        return start, self.end

    def clear_failed(self) -> None:
        """Take back a line that could not be written whole, so that nobody takes it for kept."""
        if not self._failed or self.fd < 0:
            return
        there = self.files.pread(self.fd, self._failed + 1, self.end)
        if len(there) <= self._failed or there[self._failed] == 0:
            blank = bytes(min(self._failed, len(there)))
            if there[: self._failed] != blank:
                write_all(self.files, self.fd, blank, self.end)
                self.files.sync(self.fd)
        self._failed = 0

    def _make_room(self, length: int) -> None:
        """Lay NUL bytes ahead, so that a line does not make the file grow and one NUL always follows."""
        needed = self.end + length + 1
        size = needed + journal.FILL - needed % journal.FILL
        if length > journal.FILL:
            self.files.truncate(self.fd, size)
        else:
            write_all(self.files, self.fd, bytes(size - self._size), self._size)
        self.files.sync(self.fd)
        self._size = size

    def mend_tail(self, found: Survey) -> None:
        """Clear away an unfinished line, which was never acknowledged."""
        assert found.parsed is not None
        end = found.parsed.end
        write_all(self.files, found.fd, b"\n" + bytes(max(found.size - end, 1)), end - 1)
        self.files.sync(found.fd)

    # -- writing anew --------------------------------------------------------------------------------

    def write_generation(
        self,
        tables: Iterable[tuple[str, Mapping[str, Raw]]],
        meta: snapshot.Meta,
        history: list[bytes],
        last: int,
    ) -> None:
        """Replace the snapshot, then its journal. A crash between the two is told by `meta.after`."""
        data, checksum = snapshot.encode(meta, tables)
        self._lock.bump()
        self.replace(self.paths.store, data)
        self.write_journal(meta, checksum, history, last)

    def write_journal(self, meta: snapshot.Meta, checksum: str, history: list[bytes], last: int) -> None:
        """Begin a new journal for a snapshot, with the lines that can still be undone."""
        header = journal.Header(
            inroad="journal",
            format=snapshot.FORMAT,
            generation=meta.generation,
            snapshot=checksum,
            history=len(history),
            last=last,
        )
        line, chain = journal.seal(msgspec.json.encode(header), 0)
        lines = [line]
        for payload in history:
            line, chain = journal.seal(payload, chain)
            lines.append(line)
        self._lock.bump()
        self.replace(self.paths.journal, journal.filled(b"".join(lines)))

    def replace(self, path: str, data: bytes) -> None:
        """Give a file a new content, in one step and for good."""
        write_file(self.files, path + ".new", data)
        self.files.replace(path + ".new", path)
        self.files.sync_folder(os.path.dirname(path))

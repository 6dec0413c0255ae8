"""Setting damaged files aside and going on: from a backup, or from what can still be read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from data.clock import Clock, local_now
from data.store import backups, snapshot
from data.store.disk import Disk
from data.store.errors import Choice, NotKept, StoreRefused, Way
from data.store.files import OsFiles, make_folders, read_file, reason, write_file
from data.store.journal import is_null
from data.store.lock import StoreLock
from data.store.memory import Memory
from data.store.opening import memory_of, normal
from data.store.paths import Paths, exists
from data.store.salvage import salvage
from data.store.survey import Survey, Verdict, release, survey

if TYPE_CHECKING:
    from data.store.system import Files


@dataclass(frozen=True, slots=True)
class Rescued:
    """What became of a store: where the old files are, how many records there are now by table, and
    sentences on what was lost or may hold a wrong letter."""

    aside: tuple[Path, ...]
    counts: dict[str, int]
    lost: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()


def choose(path: Path, choice: Choice, *, clock: Clock, files: Files | None = None) -> Rescued | None:
    """Do what the user chose about a damaged store; None where they chose to stop.

    Raises StoreError where it cannot be done; the files are then still there, aside or in place.
    """
    match choice.way:
        case Way.BACKUP if choice.backup is not None:
            return restore(path, choice.backup, clock=clock, files=files)
        case Way.READABLE:
            return rescue(path, clock=clock, files=files)
        case Way.EDITED:
            return keep_edited(path, clock=clock, files=files)
        case Way.BOTH:
            return keep_edited(path, clock=clock, files=files, with_waiting=True)
        case _:
            return None


def restore(path: Path, backup: Path, *, clock: Clock, files: Files | None = None) -> Rescued:
    """Make the store what `backup` (a file that Inroad wrote) holds; undo starts anew.

    A whole store is backed up first, a damaged one set aside. Raises StoreError; a backup that is not
    whole is refused.
    """
    with _at(path, files) as (paths, files, lock):
        memory = _backup(backup, files)
        found = survey(paths, files)
        try:
            aside: tuple[Path, ...] = ()
            if found.verdict in _WHOLE:
                data = backups.content(memory_of(found), _meta(found), clock)
                aside = (backups.write_before(paths, files, clock, "restore", data),)
            elif found.verdict is Verdict.NEWER:
                raise StoreRefused(f"{paths.store} is from a newer Inroad; update Inroad first.")
            elif found.verdict is not Verdict.NONE:
                aside = copy_aside(paths, files, clock)
            _begin(Disk(paths, files, lock), clock, memory, found, found.last)
            return Rescued(aside, _counts(memory))
        finally:
            release(found, files)


def rescue(path: Path, *, clock: Clock, files: Files | None = None) -> Rescued:
    """Set the files aside under a dated name and begin anew with every record that can be read."""
    with _at(path, files) as (paths, files, lock):
        found = survey(paths, files)
        try:
            data = [
                read_file(files, name) if exists(files, name) else b""
                for name in (paths.store, paths.journal)
            ]
            salvaged = salvage(*data)
            aside = copy_aside(paths, files, clock)
            found.meta = replace(_meta(found), generation=salvaged.generation)
            _begin(Disk(paths, files, lock), clock, salvaged.memory, found, max(found.last, salvaged.last))
            return Rescued(aside, _counts(salvaged.memory), tuple(salvaged.lost), tuple(salvaged.doubtful))
        finally:
            release(found, files)


def keep_edited(
    path: Path, *, clock: Clock, files: Files | None = None, with_waiting: bool = False
) -> Rescued:
    """Go on with a store as another program changed it, and with the journal's waiting changes on top
    if asked; copies of both files as they were are kept beside it."""
    with _at(path, files) as (paths, files, lock):
        found = survey(paths, files)
        try:
            if found.verdict not in (Verdict.CONFLICT, Verdict.EDITED):
                raise StoreRefused(f"{paths.store} is not in the state that was asked about; look again.")
            memory = Memory.of(normal(found.tables), _meta(found).next_keys)
            lost: list[str] = []
            for placed in found.waiting if with_waiting else ():
                for op in placed.line.changes():
                    if op.key in memory.table(op.table).docs or is_null(op.old):
                        memory.apply(op)
                    else:
                        lost.append(f"A part of “{placed.line.title}” changes a record that is gone.")
            aside = copy_aside(paths, files, clock)
            _begin(Disk(paths, files, lock), clock, memory, found, found.last)
            return Rescued(aside, _counts(memory), tuple(lost))
        finally:
            release(found, files)


def copy_aside(paths: Paths, files: Files, clock: Clock) -> tuple[Path, ...]:
    """Under the lock: keep the store's files as they are under a dated name. Raises OSError.

    Copied, not renamed: should we die before the new files are there, the next start must find the
    damage, not an empty place that it takes for a first run.
    """
    to = paths.aside(local_now(clock), files)
    copied: list[Path] = []
    for name, target in ((paths.store, to), (paths.journal, to + ".journal")):
        if exists(files, name):
            write_file(files, target, read_file(files, name))
            copied.append(Path(target))
    files.sync_folder(paths.folder)
    return tuple(copied)


_WHOLE = (Verdict.GOOD, Verdict.TORN, Verdict.STALE, Verdict.NO_JOURNAL, Verdict.EDITED)


@contextmanager
def _at(path: Path, files: Files | None) -> Iterator[tuple[Paths, Files, StoreLock]]:
    """The store's paths with its lock held; errors of the system as sentences."""
    files = files if files is not None else OsFiles()
    paths = Paths.of(path, files)
    lock = StoreLock(paths.lock, files)
    try:
        make_folders(files, paths.folder)
        with lock:
            yield paths, files, lock
    except OSError as error:
        raise NotKept(f"{path} could not be written: {reason(error)}.") from error
    finally:
        lock.close()


def _backup(backup: Path, files: Files) -> Memory:
    try:
        data = read_file(files, str(backup))
        actual, claimed = snapshot.checksum_of(data)
        meta, tables = snapshot.decode(data)
    except OSError as error:
        raise StoreRefused(f"{backup} cannot be read: {reason(error)}.") from error
    except snapshot.NotASnapshot as error:
        raise StoreRefused(f"{backup} is not a backup of Inroad's ({error}).") from error
    if meta is None or meta.app != "inroad":
        raise StoreRefused(f"{backup} is not a backup of Inroad's.")
    if meta.format > snapshot.FORMAT:
        raise StoreRefused(f"{backup} is from a newer Inroad; update Inroad to restore it.")
    if actual != claimed:
        raise StoreRefused(f"{backup} is not whole any more: it differs from what Inroad wrote.")
    return memory_of(Survey(meta=meta, tables=tables))


def _meta(found: Survey) -> snapshot.Meta:
    return found.meta if found.meta is not None else snapshot.Meta(app="inroad", format=snapshot.FORMAT)


def _begin(disk: Disk, clock: Clock, memory: Memory, found: Survey, last: int) -> None:
    """Write `memory` as a store without history, later than what was found."""
    header = found.parsed.header if found.parsed is not None else None
    old = _meta(found)
    for table in memory:
        table.reserve(old.next_keys.get(table.name, 1))
    meta = replace(
        old,
        app="inroad",
        format=snapshot.FORMAT,
        generation=max(old.generation, header.generation if header is not None else 0) + 1,
        saved=clock.now().isoformat(timespec="seconds"),
        after=f"{found.parsed.chain:08x}" if found.parsed is not None else "",
        lines=last,
        erased=tuple(each for each in old.erased if each[2] not in memory.table(each[0]).ids),
        # What others know is not what is there now: they read it again.
        compacted=False,
        next_keys={table.name: table.next_key for table in memory if table.next_key > 1},
    )
    disk.write_generation([(table.name, table.docs) for table in memory], meta, [], last)


def _counts(memory: Memory) -> dict[str, int]:
    return {table.name: len(table) for table in memory if len(table)}

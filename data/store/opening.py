"""Opening a store: finish what a crash left, take in what a hand changed, refuse what is not ours."""

from __future__ import annotations

import errno
from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec
from msgspec import Raw
from msgspec.structs import replace

from data.records import new_id
from data.store import snapshot
from data.store.errors import NotWritable, StoreConflict, StoreDamaged, StoreError, StoreRefused
from data.store.files import make_folders
from data.store.history import Log, without
from data.store.memory import Memory
from data.store.paths import conflict_copies
from data.store.survey import Survey, Verdict, release, sentence, survey

if TYPE_CHECKING:
    from data.store.storage import JournalStorage

_LOOKS = 50
"""How often a reader looks again, a hundredth of a second apart, before it calls a store damaged."""
ERASED_KEPT = 2000
"""How many erased records are remembered, so that no window that had them open writes them again."""


def is_about_writing(error: OSError) -> bool:
    """Whether an error says that a place can be read but not written."""
    return error.errno in (errno.EACCES, errno.EPERM, errno.EROFS)


def open_store(storage: JournalStorage) -> None:
    """Read the files into `storage`, first or again. Raises StoreError, or OSError from the system."""
    live = storage.disk.fd >= 0
    found = survey(storage.paths, storage.files, write=not storage.read_only)
    if found.verdict is not Verdict.GOOD or _is_old(found):
        release(found, storage.files)
        found = _read_only(storage) if storage.read_only else _settle(storage)
    elif not (live or storage.read_only or storage.files.writable(storage.paths.folder)):
        release(found, storage.files)
        raise NotWritable(f"The folder {storage.paths.folder} cannot be written.")
    _adopt(storage, found)
    if not live:
        storage.notices += [
            f"A sync tool left another version of your store beside it: {copy}."
            for copy in conflict_copies(storage.paths, storage.files)
        ]


def write_generation(
    storage: JournalStorage,
    memory: Memory,
    *,
    over: int = 0,
    after: int | None = None,
    erased: Iterable[tuple[str, str, str]] = (),
    history: list[bytes] | None = None,
) -> None:
    """Under the lock: write `memory` as the next generation, later than `over`. Raises OSError.

    `after` is the checksum at the end of the journal that lies there, where it is not the one we know;
    `history` what undo keeps, where that is not what we know.
    """
    disk = storage.disk
    if after is None and disk.fd >= 0:
        after = disk.chain
    meta = snapshot.Meta(
        app="inroad",
        format=snapshot.FORMAT,
        generation=max(disk.meta.generation, over) + 1,
        saved=storage.clock.now().isoformat(timespec="seconds"),
        after="" if after is None else f"{after:08x}",
        compacted=memory is storage.memory and not erased,
        lines=disk.last,
        next_keys={table.name: table.next_key for table in memory if table.next_key > 1},
        erased=tuple(dict.fromkeys((*disk.meta.erased, *erased)))[-ERASED_KEPT:],
    )
    kept = storage.log.kept(disk.payload) if history is None else history
    with storage.guard:
        # Another thread may be reading, which is when a table is put in order.
        tables = [(table.name, table.docs) for table in memory]
    disk.write_generation(tables, meta, kept, disk.last)


def memory_of(found: Survey) -> Memory:
    """The tables of a survey with the journal's waiting lines applied, in today's format."""
    assert found.meta is not None
    memory = Memory.of(found.tables, found.meta.next_keys)
    for placed in found.waiting:
        for op in placed.line.changes():
            memory.apply(op)
    if _is_old(found):
        from data.store.migrations import migrate

        migrate(memory, found.meta.format)
    return memory


def _is_old(found: Survey) -> bool:
    return found.meta is not None and found.meta.format < snapshot.FORMAT


def _adopt(storage: JournalStorage, found: Survey) -> None:
    disk = storage.disk
    assert found.meta is not None
    same = (
        disk.fd >= 0
        and not disk.doubt
        and found.meta.compacted
        and found.meta.generation == disk.meta.generation + 1
        and found.meta.after == f"{disk.chain:08x}"
        and not found.waiting
    )
    # Where another process has only compacted what we know, what is decoded already stays.
    memory = storage.memory if same else memory_of(found)
    if memory is not storage.memory:
        memory.derive_like(storage.memory)
    with storage.guard:
        storage.memory = memory
        storage.log.rebuild(found.parsed.lines if found.parsed is not None else [], found.last)
        disk.adopt(found)


def _read_only(storage: JournalStorage) -> Survey:
    """Another process may be in the middle of something: look again before calling it damaged."""
    for look in range(_LOOKS):
        if look:
            storage.files.pause(0.01)
        found = survey(storage.paths, storage.files)
        if found.verdict in (Verdict.GOOD, Verdict.TORN, Verdict.STALE, Verdict.NO_JOURNAL):
            return found
        if found.verdict is Verdict.EDITED:
            found.tables = normal(found.tables)
            return found
        release(found, storage.files)
        if found.verdict in (Verdict.NONE, Verdict.NEWER):
            break
    raise _refusal(storage, found)


def _settle(storage: JournalStorage) -> Survey:
    """Under the lock, do what the verdict calls for until the store is good."""
    make_folders(storage.files, storage.paths.folder)
    with storage.lock:
        for _ in range(4):
            found = survey(storage.paths, storage.files, write=True)
            if found.verdict is Verdict.GOOD and not _is_old(found):
                return found
            try:
                _do(storage, found)
            finally:
                release(found, storage.files)
    raise _refusal(storage, found)


def _do(storage: JournalStorage, found: Survey) -> None:
    live = storage.disk.fd >= 0
    match found.verdict:
        case Verdict.GOOD:
            _migrate(storage, found)
        case Verdict.TORN:
            storage.disk.mend_tail(found)
        case Verdict.STALE:
            assert found.meta is not None
            storage.disk.write_journal(found.meta, found.checksum, _history(storage, found), found.last)
        case Verdict.NO_JOURNAL if not live or _is_newer(storage, found):
            assert found.meta is not None
            storage.disk.write_journal(found.meta, found.checksum, [], found.last)
        case Verdict.NONE if not live:
            write_generation(storage, Memory())
        case Verdict.NONE | Verdict.NO_JOURNAL:
            write_generation(storage, storage.memory)
            storage.notices.append(
                f"Files of {storage.paths.store} had been removed; they are written again."
            )
        case Verdict.EDITED:
            _take_in_edit(storage, found)
        case Verdict.CONFLICT | Verdict.DAMAGED | Verdict.FOREIGN if live and _we_know_all(storage, found):
            _write_over_damage(storage, found)
        case _:
            raise _refusal(storage, found)


def _we_know_all(storage: JournalStorage, found: Survey) -> bool:
    """Whether memory holds every change that the damaged files can still tell of."""
    from data.store.salvage import newest_line

    header = found.parsed.header if found.parsed is not None else None
    if header is None or header.generation != storage.disk.header.generation:
        return False
    data = storage.files.pread(found.fd, found.size, 0)
    return (bool(found.snapshot_seen) or found.verdict is Verdict.DAMAGED) and newest_line(
        data
    ) <= storage.disk.last


def _is_newer(storage: JournalStorage, found: Survey) -> bool:
    return found.meta is not None and found.meta.generation > storage.disk.meta.generation


def _refusal(storage: JournalStorage, found: Survey) -> StoreError:
    from data.store.health import choices

    text = sentence(found)
    match found.verdict:
        case Verdict.NONE:
            return StoreRefused(f"There is no store at {storage.paths.store} yet.")
        case Verdict.DAMAGED:
            return StoreDamaged(text, found.file, found.place, choices(storage.paths, storage.files, found))
        case Verdict.CONFLICT:
            return StoreConflict(text, found.file, found.place, choices(storage.paths, storage.files, found))
        case _:
            return StoreRefused(text)


def _history(storage: JournalStorage, found: Survey) -> list[bytes]:
    """The lines of the journal that was found that can still be undone."""
    if found.parsed is None:
        return []
    log = Log("")
    log.rebuild(found.parsed.lines, found.last)
    kept = log.kept(lambda entry: storage.files.pread(found.fd, entry.end - entry.start - 10, entry.start))
    erased = found.meta.erased if found.meta is not None else ()
    return [each for each in (without(each, erased) for each in kept) if each]


def _migrate(storage: JournalStorage, found: Survey) -> None:
    """Bring an older store to today's format, after a backup in its own."""
    from data.store import backups

    assert found.meta is not None
    old = Memory.of(found.tables, found.meta.next_keys)
    for placed in found.waiting:
        for op in placed.line.changes():
            old.apply(op)
    data = backups.content(old, replace(found.meta, lines=found.last, after=""), storage.clock)
    backups.write_before(storage.paths, storage.files, storage.clock, "migration", data)
    _begin_anew(storage, found, memory_of(found))


def _take_in_edit(storage: JournalStorage, found: Survey) -> None:
    """Make what another program wrote ours, after a copy of what it wrote and of what we had."""
    from data.store import backups

    assert found.meta is not None
    live = storage.disk.fd >= 0
    if live:
        ours = backups.content(storage.memory, storage.disk.meta, storage.clock)
        backups.write_before(storage.paths, storage.files, storage.clock, "edit", ours)
    copy = backups.write_found(storage.paths, storage.files, storage.clock, found.data)
    found.tables = normal(found.tables)
    _begin_anew(storage, found, memory_of(found))
    storage.notices.append(
        f"{storage.paths.store} was changed by another program since Inroad wrote it; "
        f"the change was taken in, and the file as it was found is kept as {copy}."
    )


def _begin_anew(storage: JournalStorage, found: Survey, memory: Memory) -> None:
    assert found.meta is not None
    parsed = found.parsed
    over = parsed.header.generation if parsed is not None and parsed.header is not None else 0
    storage.disk.meta = found.meta
    storage.disk.last = max(storage.disk.last, found.last)
    history = _history(storage, found)
    write_generation(storage, memory, over=over, after=parsed.chain if parsed else None, history=history)


def _write_over_damage(storage: JournalStorage, found: Survey) -> None:
    """While we run, memory holds everything: set the files aside as they are and write it anew."""
    from data.store.rescue import copy_aside

    copied = copy_aside(storage.paths, storage.files, storage.clock)
    write_generation(storage, storage.memory, over=found.meta.generation if found.meta is not None else 0)
    storage.notices.append(
        f"{storage.paths.store} was changed by another program while Inroad had newer changes; "
        f"Inroad went on with its own, and what it found is kept as {copied[0]}."
    )


def normal(tables: dict[str, Raw]) -> dict[str, Raw]:
    """Tables as we write them, whatever a hand made of the spaces; a record without an id gets one."""
    normal: dict[str, Raw] = {}
    for name, raw in tables.items():
        documents: dict[str, object] = {}
        for key, doc in snapshot.documents_of(raw).items():
            fields = msgspec.json.decode(doc)
            documents[key] = {**fields, "id": fields.get("id") or new_id()}
        normal[name] = Raw(msgspec.json.encode(documents))
    return normal

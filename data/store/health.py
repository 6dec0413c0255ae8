"""Is the store whole, and if not, what can be done: for the app's start and for the command line."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from data.store import backups
from data.store.errors import Choice, Way
from data.store.files import OsFiles, reason
from data.store.opening import memory_of
from data.store.paths import Paths, conflict_copies
from data.store.survey import Survey, Verdict, release, sentence, survey
from data.text import plural

if TYPE_CHECKING:
    from data.store.system import Files


@dataclass(frozen=True)
class Health:
    """A store's files as they are. `problem` is one sentence, "" where all is well; `waiting` counts
    the journal's changes that the file does not hold yet; `conflicts` are copies that a sync tool left."""

    path: Path
    exists: bool
    ok: bool
    problem: str = ""
    file: str = ""
    place: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    waiting: int = 0
    backups: tuple[backups.Backup, ...] = ()
    conflicts: tuple[Path, ...] = ()
    choices: tuple[Choice, ...] = ()


def inspect(path: Path, files: Files | None = None) -> Health:
    """Look at a store without opening or changing it. Raises StoreError only for what is no path."""
    files = files if files is not None else OsFiles()
    paths = Paths.of(path, files)
    try:
        found = survey(paths, files)
    except OSError as error:
        return Health(Path(paths.store), True, False, f"{paths.store} cannot be read: {reason(error)}.")
    try:
        ok = found.verdict in _FINE
        whole = ok and found.verdict is not Verdict.NONE
        memory = memory_of(found) if whole else None
        return Health(
            path=Path(paths.store),
            exists=found.verdict is not Verdict.NONE,
            ok=ok,
            problem="" if ok else sentence(found),
            file=found.file,
            place=found.place,
            counts={} if memory is None else {table.name: len(table) for table in memory if len(table)},
            waiting=len(found.waiting),
            backups=tuple(backups.list_all(paths, files)),
            conflicts=conflict_copies(paths, files),
            choices=() if ok else choices(paths, files, found),
        )
    finally:
        release(found, files)


_FINE = (Verdict.NONE, Verdict.GOOD, Verdict.TORN, Verdict.STALE, Verdict.NO_JOURNAL, Verdict.EDITED)


def choices(paths: Paths, files: Files, found: Survey) -> tuple[Choice, ...]:
    """What can be done about a store that is not what Inroad wrote, the best first."""
    ways: list[Choice] = []
    if found.verdict is Verdict.CONFLICT:
        changes = plural(len(found.waiting), "newer change")
        ways.append(Choice(Way.BOTH, f"Take the changed file and put the {changes} on top"))
        ways.append(Choice(Way.EDITED, f"Take the changed file, set the {changes} aside"))
    elif found.verdict is Verdict.DAMAGED:
        ways.append(Choice(Way.READABLE, "Go on with every record that can still be read"))
    else:
        return ()
    backup = backups.newest_good(paths, files)
    if backup is not None:
        when = f"{backup.saved:%-d %B %Y, %H:%M}"
        ways.append(Choice(Way.BACKUP, f"Go back to the backup of {when}", backup.path))
    ways.append(Choice(Way.STOP, "Stop, and leave everything as it is"))
    return tuple(ways)

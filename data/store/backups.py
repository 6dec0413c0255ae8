"""Copies of the store: one a day (7 kept), one a week (4 kept), and one before anything risky."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Raw, Struct
from msgspec.structs import replace

from data.clock import Clock, local_now
from data.store import snapshot
from data.store.files import make_folders, opened, read_file, write_file
from data.store.memory import Memory
from data.store.paths import Paths, free_name

if TYPE_CHECKING:
    from data.store.system import Files

DAILY_KEPT = 7
WEEKLY_KEPT = 4
BEFORE_KEPT = 20

_NAME = re.compile(r"(daily|weekly|before|found)-.*\.json")


class Backup(Struct, frozen=True):
    """A copy of the store. `kind` is daily, weekly, before (something risky) or found (set aside)."""

    path: Path
    kind: str
    saved: datetime


def content(memory: Memory, meta: snapshot.Meta, clock: Clock | None = None) -> bytes:
    """A whole store as one file's bytes, to be opened without a journal; `clock` says when it is saved,
    without one that stays as it was."""
    if clock is not None:
        meta = replace(meta, saved=clock.now().isoformat(timespec="seconds"))
    tables: list[tuple[str, Mapping[str, Raw]]] = [(table.name, table.docs) for table in memory]
    return snapshot.encode(meta, tables)[0]


def write(paths: Paths, files: Files, name: str, data: bytes) -> Path:
    """Write a backup of this name, whole or not at all. Raises OSError."""
    make_folders(files, paths.backups)
    path = os.path.join(paths.backups, name)
    write_file(files, path + ".new", data)
    files.replace(path + ".new", path)
    files.sync_folder(paths.backups)
    prune(paths, files)
    return Path(path)


def write_before(paths: Paths, files: Files, clock: Clock, what: str, data: bytes) -> Path:
    """Write a backup before something risky, named after it. Raises OSError."""
    base = os.path.join(paths.backups, f"before-{what}-{local_now(clock):%Y%m%d-%H%M%S}")
    return write(paths, files, os.path.basename(free_name(base, ".json", files)), data)


def write_found(paths: Paths, files: Files, clock: Clock, data: bytes) -> Path:
    """Keep a file as it was found, byte for byte. Raises OSError."""
    base = os.path.join(paths.backups, f"found-{local_now(clock):%Y%m%d-%H%M%S}")
    return write(paths, files, os.path.basename(free_name(base, ".json", files)), data)


def due(paths: Paths, files: Files, clock: Clock, last: int) -> list[str]:
    """The names of the copies that today still lacks; none where nothing changed since the newest.

    `last` is the number of the store's newest line.
    """
    now = local_now(clock)
    there = _names(paths, files)
    newest = max((name for name in there if name.startswith("daily-")), default="")
    if newest and _lines(os.path.join(paths.backups, newest), files) >= last:
        return []
    year, week, _ = now.isocalendar()
    names = [f"daily-{now:%Y-%m-%d}.json", f"weekly-{year}-W{week:02}.json"]
    return [name for name in names if name not in there]


def prune(paths: Paths, files: Files) -> None:
    """Remove the oldest copies beyond those that are kept; what was found is kept for good."""
    names = sorted(_names(paths, files))
    for kind, count in (("daily", DAILY_KEPT), ("weekly", WEEKLY_KEPT), ("before", BEFORE_KEPT)):
        of_kind = [name for name in names if name.startswith(kind + "-")]
        if kind == "before":
            of_kind.sort(key=lambda name: name.removesuffix(".json").split("-")[-2:])
        for name in of_kind[:-count]:
            with suppress(OSError):
                files.unlink(os.path.join(paths.backups, name))


def list_all(paths: Paths, files: Files) -> list[Backup]:
    """Every copy there is, the newest first."""
    backups: list[Backup] = []
    for name in _names(paths, files):
        path = os.path.join(paths.backups, name)
        with suppress(OSError):
            backups.append(Backup(Path(path), name.split("-")[0], _saved(path, files)))
    return sorted(backups, key=lambda backup: backup.saved, reverse=True)


def newest_good(paths: Paths, files: Files) -> Backup | None:
    """The newest copy whose checksum is right."""
    for backup in list_all(paths, files):
        with suppress(OSError):
            actual, claimed = snapshot.checksum_of(read_file(files, str(backup.path)))
            if actual == claimed:
                return backup
    return None


def _names(paths: Paths, files: Files) -> list[str]:
    try:
        names = files.listdir(paths.backups)
    except (FileNotFoundError, NotADirectoryError):
        return []
    return [name for name in names if _NAME.fullmatch(name)]


def _saved(path: str, files: Files) -> datetime:
    """When a copy was saved, as it says itself; of one that was found, which may say anything, the file's
    own time. That of the others changes when somebody is erased from them."""
    if not os.path.basename(path).startswith("found-"):
        with suppress(OSError, AttributeError, ValueError), opened(files, path) as fd:
            first = files.pread(fd, 4096, 0)
            return datetime.fromisoformat(re.search(rb'"saved":"([^"]+)"', first)[1].decode()).astimezone()  # type: ignore[index]
    return datetime.fromtimestamp(files.stat(path).st_mtime).astimezone()


def _lines(path: str, files: Files) -> int:
    """The number of the newest line that a copy holds; -1 where it cannot be told."""
    with suppress(OSError, AttributeError), opened(files, path) as fd:
        first = files.pread(fd, 65536, 0)
        return int(re.search(rb'"lines":(\d+)', first)[1])  # type: ignore[index]
    return -1

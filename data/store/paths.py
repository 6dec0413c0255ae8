"""Where a store's files are."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from data.store.errors import StoreRefused

if TYPE_CHECKING:
    from data.store.system import Files


class Paths(Struct, frozen=True):
    """The files of one store. A symlinked store stays one: all of them live where the link leads."""

    store: str
    journal: str
    lock: str
    folder: str
    backups: str

    @classmethod
    def of(cls, path: Path, files: Files) -> Paths:
        """The files of the store at `path`. Raises StoreRefused for what cannot be a path."""
        try:
            real = files.realpath(str(path))
        except (OSError, ValueError):
            raise StoreRefused(f"{str(path)!r} cannot be the path of a store.") from None
        return cls(real, real + ".journal", real + ".lock", os.path.dirname(real), real + ".backups")

    def aside(self, now: datetime, files: Files) -> str:
        """A dated name beside the store that nothing has yet."""
        base = f"{self.store}.aside-{now:%Y%m%d-%H%M%S}"
        return free_name(base, "", files)


def free_name(base: str, suffix: str, files: Files) -> str:
    """`base + suffix`, with a number between them if that is taken."""
    number = 1
    name = base + suffix
    while exists(files, name) or exists(files, name + ".journal"):
        number += 1
        name = f"{base}-{number}{suffix}"
    return name


def exists(files: Files, path: str) -> bool:
    """Whether something has that name."""
    try:
        files.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def conflict_copies(paths: Paths, files: Files) -> tuple[Path, ...]:
    """Copies that a sync tool made beside the store when two machines had changed it."""
    folder, name = os.path.split(paths.store)
    stem, extension = os.path.splitext(name)
    try:
        names = files.listdir(folder)
    except OSError:
        return ()
    alike = [
        each for each in sorted(names) if each != name and each.startswith(stem) and each.endswith(extension)
    ]
    if not alike:
        return ()
    import re

    # Syncthing; Dropbox, Nextcloud, ownCloud and Seafile; Google Drive; iCloud; OneDrive (a computer's name).
    mark = re.compile(
        r"\.sync-conflict-\d.*| ?\(.*[Cc]onflict.*\)| ?\(\d+\)| \d+"
        # What has no letter in it is a date or a number that the user gave it.
        r"|-(?=[0-9-]*[A-Z])[A-Z0-9]+(-[A-Z0-9]+)*"
    )
    return tuple(
        Path(folder, each) for each in alike if mark.fullmatch(each[len(stem) : len(each) - len(extension)])
    )

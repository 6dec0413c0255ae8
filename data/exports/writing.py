"""Writing what goes out to the disk: whole or not at all, and for its owner alone."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from data.errors import UserError

_OURS = (b'{"_inroad"', b'{"inroad":"journal"')
"""What a store, a copy of one, and a journal begin with."""
_MARK_LENGTH = 32


class ExportRefused(UserError):
    """Something that can't be written; the text says why, and what to do."""


def check_file(target: Path) -> None:
    """Raise ExportRefused if no file can be written at `target`."""
    if target.is_dir():
        raise ExportRefused(f"{target} is a folder; name a file to write to.")
    if target.is_file():
        with target.open("rb") as there:
            if there.read(_MARK_LENGTH).startswith(_OURS):
                raise ExportRefused(
                    f"{target} is where Inroad keeps everything, or a copy; name another file."
                )
    _check_parent(target)


def check_folder(target: Path) -> None:
    """Raise ExportRefused if no new folder can be made at `target`; an empty one may stand there."""
    if target.exists() and not target.is_dir():
        raise ExportRefused(f"{target} is a file; name a folder to write to.")
    if target.is_dir() and any(target.iterdir()):
        raise ExportRefused(f"{target} is not empty; name a new folder, so that no note of yours is lost.")
    _check_parent(target)


def _check_parent(target: Path) -> None:
    if not target.parent.is_dir():
        raise ExportRefused(f"{target.parent} is no folder; make it first, or name another place.")


def write_file(target: Path, data: bytes) -> None:
    """Write a file whole or not at all, readable by its owner alone. Raises ExportRefused."""
    try:
        check_file(target)
        handle, part = tempfile.mkstemp(prefix=".inroad-", dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(data)
                out.flush()
                # A power cut must not leave an empty file where an older export was.
                os.fsync(out.fileno())
            os.replace(part, target)
        except BaseException:
            Path(part).unlink(missing_ok=True)
            raise
    except (OSError, ValueError) as error:
        raise _refused(target, error) from error


def write_folder(target: Path, files: Iterable[tuple[str, str]]) -> int:
    """Write a new folder of texts (path in it with `/`, text), whole or not at all; returns how many.

    A folder that holds anything already is refused. Raises ExportRefused.
    """
    count = 0
    try:
        check_folder(target)
        made = Path(tempfile.mkdtemp(prefix=".inroad-", dir=target.parent))
        try:
            for path, text in files:
                file = made / path
                file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                    out.write(text.encode("utf-8", "replace"))
                count += 1
            if target.is_dir():
                target.rmdir()
            os.rename(made, target)
        except BaseException:
            shutil.rmtree(made, ignore_errors=True)
            raise
    except (OSError, ValueError) as error:
        raise _refused(target, error) from error
    return count


def _refused(target: Path, error: Exception) -> ExportRefused:
    reason = getattr(error, "strerror", None) or "the name is not one that a file can have"
    return ExportRefused(f"{target} cannot be written: {reason}.")

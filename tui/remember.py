"""Remembers a choice in the user's `config.toml`, and leaves every other line as it is."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
import tomllib
from pathlib import Path

from data.errors import UserError

_THEME = re.compile(r"^[ \t]*theme[ \t]*=.*$", re.MULTILINE)
_TABLE = re.compile(r"^[ \t]*\[", re.MULTILINE)


def remember_theme(path: Path, name: str) -> None:
    """Write `theme = "name"` into the file at `path`; UserError where that can't be done."""
    try:
        # A link to where somebody keeps their settings stays a link.
        _write(path.resolve(), name)
    except (OSError, ValueError) as error:
        raise UserError(
            f'{name} is in use, but can\'t be remembered: write theme = "{name}" in {path} yourself.'
        ) from error


def _write(path: Path, name: str) -> None:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        text = ""
    changed = _with_theme(text, name)
    if tomllib.loads(changed) != {**tomllib.loads(text), "theme": name}:
        raise ValueError("written in a way that we don't change")
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, new = tempfile.mkstemp(prefix=".config-", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(changed)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            Path(new).chmod(path.stat().st_mode & 0o777)
        os.replace(new, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(new)
        raise


def _with_theme(text: str, name: str) -> str:
    """The text with that theme: in its line if there is one, else in a line before the first table."""
    line = f'theme = "{name}"'
    table = _TABLE.search(text)
    top = table.start() if table else len(text)
    if found := _THEME.search(text, 0, top):
        return f"{text[: found.start()]}{line}{text[found.end() :]}"
    head = text[:top]
    if head and not head.endswith("\n"):
        head += "\n"
    return f"{head}{line}\n" + (f"\n{text[top:]}" if table else "")

"""The file to import: the one that is likely meant, and its path completed as it is typed."""

from __future__ import annotations

import os
from pathlib import Path

LIKELY = ("Connections*.csv", "*LinkedIn*.zip", "contacts*.csv", "*.vcf")
"""What the files are called that address books give."""
MOST_NAMES = 12
"""Names that could follow in a path; more would not be read."""


def likely_file(folder: Path) -> str:
    """The newest file in `folder` that looks like an address book; empty if there is none."""
    try:
        found = [file for pattern in LIKELY for file in folder.glob(pattern)]
        return str(max(found, key=lambda file: file.stat().st_mtime)) if found else ""
    except OSError:
        return ""


def complete_path(typed: str) -> tuple[str, tuple[str, str] | None]:
    """The path as far as it is sure, and what to say of it: a sentence and its tone, or None."""
    from ..paths import complete

    completed = complete(typed)
    if completed.names:
        shown = "  ".join(completed.names[:MOST_NAMES])
        return completed.path, (shown + ("  …" if len(completed.names) > MOST_NAMES else ""), "")
    if not completed.path.endswith("/") and not Path(os.path.expanduser(completed.path)).exists():
        return completed.path, ("No file begins like this.", "warn")
    return completed.path, None

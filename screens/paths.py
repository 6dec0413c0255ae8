"""Completing the path of a file as a shell does: as far as it is sure, else what could follow."""

from __future__ import annotations

import os
from dataclasses import dataclass

MOST_LOOKED_AT = 5_000
"""Names of one folder; a larger one would keep the screen waiting."""


@dataclass(frozen=True, slots=True)
class Completed:
    """The path as far as it is sure, and the names that could follow where it is not."""

    path: str
    names: tuple[str, ...] = ()


def complete(typed: str) -> Completed:
    """Complete what is typed of a path, in any case; folders end in a slash, hidden files are left out."""
    folder, slash, begun = typed.rpartition("/")
    where = os.path.expanduser(f"{folder}/" if slash else ".")
    found: list[str] = []
    try:
        with os.scandir(where) as entries:
            for _, entry in zip(range(MOST_LOOKED_AT), entries, strict=False):
                if entry.name.casefold().startswith(begun.casefold()) and (
                    begun.startswith(".") or not entry.name.startswith(".")
                ):
                    found.append(f"{entry.name}/" if entry.is_dir() else entry.name)
    except (OSError, ValueError):
        return Completed(typed)
    if not found:
        return Completed(typed)
    first, last = min(found), max(found)
    alike = next(
        (at for at, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), len(first)
    )
    # Names may differ in case within what is typed: that stays then.
    sure = first[:alike] if alike >= len(begun) else begun
    return Completed(f"{folder}{slash}{sure}", tuple(sorted(found)) if len(found) > 1 else ())

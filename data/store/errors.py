"""What the store says when it cannot do what was asked: one sentence for the user, never a traceback."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from msgspec import Struct

from data.errors import UserError


class StoreError(UserError):
    """Anything the store refuses or fails to do; `str()` is one sentence for the user."""


class StoreRefused(StoreError):
    """The file is not ours, is from a newer Inroad, or cannot be reached; nothing was written."""


class NotWritable(StoreRefused):
    """The store can be read but not written where it is; `Store.open(…, read_only=True)` works."""


class StoreBusy(StoreError):
    """Another process kept the store locked for longer than we wait."""


class NotKept(StoreError):
    """A change could not be written; memory is as it was before, and trying again is safe."""


LOOK_ONLY = "Your data can only be looked at here, not changed."
"""What is said of every change where the store is open to read only."""


class ReadOnly(StoreError):
    """The store was opened to read only."""

    def __init__(self) -> None:
        super().__init__(LOOK_ONLY)


class Way(StrEnum):
    """What can be done about a store that differs from what Inroad wrote."""

    BACKUP = "backup"
    READABLE = "readable"
    EDITED = "edited"
    BOTH = "both"
    STOP = "stop"


class Choice(Struct, frozen=True):
    """One thing that the user can choose; `label` says it, `data.store.choose` does it."""

    way: Way
    label: str
    backup: Path | None = None


class StoreDamaged(StoreError):
    """The store differs from what Inroad wrote; nothing was written.

    `file` and `place` say where; `choices` what can be done, the best first.
    """

    def __init__(self, sentence: str, file: str, place: str, choices: tuple[Choice, ...] = ()) -> None:
        super().__init__(sentence)
        self.file = file
        self.place = place
        self.choices = choices


class StoreConflict(StoreDamaged):
    """Another program changed the file while newer changes were waiting in the journal."""

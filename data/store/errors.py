"""What the store says when it cannot do what was asked: one sentence for the user, never a traceback."""

from __future__ import annotations


class StoreError(Exception):
    """Anything the store refuses or fails to do; `str()` is one sentence for the user."""


class StoreRefused(StoreError):
    """The file is not ours, is from a newer Inroad, or cannot be reached; nothing was written."""


class StoreDamaged(StoreError):
    """The store differs from what Inroad wrote; nothing was written."""


class StoreBusy(StoreError):
    """Another process kept the store locked for longer than we wait."""


class NotKept(StoreError):
    """A change could not be written; memory is as it was before, and trying again is safe."""


class ReadOnly(StoreError):
    """The store was opened to read only."""

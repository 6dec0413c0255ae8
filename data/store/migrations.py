"""From one format of the store to the next. Each step is tested on a stored example of the one before."""

from __future__ import annotations

from collections.abc import Callable

from data.store.memory import Memory
from data.store.snapshot import FORMAT


def _documents_as_they_are(memory: Memory) -> None:
    """Format 2 added the ids of people erased for good to the snapshot's head, and nothing else: an
    older Inroad, not knowing them, could write those people again."""


STEPS: dict[int, Callable[[Memory], None]] = {1: _documents_as_they_are}
"""What brings a store of a format to the next one."""


def migrate(memory: Memory, format: int) -> None:
    """Bring tables of an older `format` to today's, in memory."""
    for version in range(format, FORMAT):
        STEPS[version](memory)

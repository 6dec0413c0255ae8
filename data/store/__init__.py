"""The store: one TinyDB file and a journal beside it; nothing lost, by any number of processes."""

from __future__ import annotations

from data.store.changes import Change, Origin
from data.store.errors import (
    Choice,
    NotKept,
    NotWritable,
    ReadOnly,
    StoreBusy,
    StoreConflict,
    StoreDamaged,
    StoreError,
    StoreRefused,
    Way,
)
from data.store.history import Undone
from data.store.store import Store
from data.store.transaction import Reader, Transaction

__all__ = [
    "Change",
    "Choice",
    "NotKept",
    "NotWritable",
    "Origin",
    "ReadOnly",
    "Reader",
    "Store",
    "StoreBusy",
    "StoreConflict",
    "StoreDamaged",
    "StoreError",
    "StoreRefused",
    "Transaction",
    "Undone",
    "Way",
]

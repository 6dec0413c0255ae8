"""Everything as one JSON object, and back again without loss: a key a table, a list of records each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from data.records import TABLES

if TYPE_CHECKING:
    from data.store import Store


def everything(store: Store) -> bytes:
    """The whole store as UTF-8 JSON that a person can read; removed and merged people too, as tombstones."""
    tables = {table: store.all(kind) for table, kind in TABLES.items()}
    return msgspec.json.format(msgspec.json.encode(tables), indent=1) + b"\n"

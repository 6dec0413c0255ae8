"""Ids of the demo's records: the same each time, so that the demo can be told about."""

from __future__ import annotations

from hashlib import blake2b


def demo_id(key: str) -> str:
    """The id of a made-up record: the same on every run, so that pictures can be compared."""
    return blake2b(key.encode(), digest_size=8).hexdigest()

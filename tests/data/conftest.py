"""What the tests of rules share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.data.world import World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A new store, on Monday 23 November 2026, 14:00 in Berlin."""
    made = World(tmp_path)
    yield made
    made.store.close()

"""What tests of the application share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.cli import Line


@pytest.fixture
def inroad(tmp_path: Path) -> Line:
    """The command line on a store that is not there yet."""
    return Line(tmp_path / "folder" / "inroad.json")

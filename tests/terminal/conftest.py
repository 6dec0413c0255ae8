"""What the walks share: a reason to skip where there is no tmux, and the `terminal` marker."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what lies in this folder, and skip it with a reason where tmux is missing."""
    missing = shutil.which("tmux") is None
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.terminal)
            if missing:
                item.add_marker(pytest.mark.skip(reason="tmux is not installed"))

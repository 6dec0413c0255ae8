"""What the walks share: the program, a home of its own, and a reason to skip where there is no tmux."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.terminal.tmux import Terminal

HERE = Path(__file__).parent
PROGRAM = HERE.parents[1] / "inroad.py"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what lies in this folder, and skip it with a reason where tmux is missing."""
    missing = shutil.which("tmux") is None
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.terminal)
            if missing:
                item.add_marker(pytest.mark.skip(reason="tmux is not installed"))


@dataclass(frozen=True)
class User:
    """Somebody with a home and a store, at a terminal."""

    home: Path

    @property
    def store(self) -> Path:
        """Their store."""
        return self.home / "network" / "inroad.json"

    def terminal(
        self,
        *arguments: str,
        size: tuple[int, int] = (120, 36),
        environ: Mapping[str, str] | None = None,
    ) -> Terminal:
        """Inroad in a terminal of its own; `environ` may name another TERM than tmux's."""
        own = ["env", *(f"{name}={value}" for name, value in environ.items())] if environ else []
        command: list[str | Path] = [*own, sys.executable, PROGRAM, *arguments]
        return Terminal(command, home=self.home, size=size, environ=self.environ)

    def run(self, *arguments: str, python: Sequence[str] = ()) -> str:
        """What a command prints; it must go through."""
        done = subprocess.run(
            [sys.executable, *python, PROGRAM, *arguments],
            env={"PATH": "/usr/bin:/bin", "HOME": str(self.home), **self.environ},
            capture_output=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()

    @property
    def environ(self) -> dict[str, str]:
        """What is theirs in the environment."""
        return {"INROAD_STORE": str(self.store), "TMPDIR": str(self.home / "tmp"), "TZ": "Europe/Berlin"}


@pytest.fixture
def user(tmp_path: Path) -> User:
    """A new user on a new machine."""
    (tmp_path / "tmp").mkdir()
    return User(tmp_path)

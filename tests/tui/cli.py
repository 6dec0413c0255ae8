"""Running the command line in tests: in this process with a clock that stands, or as a program."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from data.clock import FixedClock
from tui.cli import main
from tui.cli.shell import Shell

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
"""A Monday morning."""

NASTY = (
    "[/]",
    "[red]",
    "\x1b]0;x\x07",
    "\x9b31m",
    "{name}",
    "x" * 10_000,
    "👩‍👩‍👧 family",
    "שלום עולם",
    "\x1b]52;c;eA==\x07",
    "=cmd|' /C calc'!A0",
    "del\x7f",
)
"""Text that would harm a terminal, a markup reader or a layout."""


@dataclass
class Outcome:
    """What a command printed, and its exit status."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The result as JSON."""
        return json.loads(self.out)

    def check_safe(self) -> None:
        """No control character but the line end was printed."""
        for char in self.out + self.err:
            assert char == "\n" or (char >= " " and not "\x7f" <= char < "\xa0"), ascii(char)

    def refused(self) -> str:
        """The one sentence of a command that was not done."""
        assert self.status == 2, self
        assert self.out == ""
        assert self.err.count("\n") == 1, self.err
        assert "Traceback" not in self.err
        assert self.err.startswith("inroad: ")
        assert self.err.rstrip().endswith((".", "?"))
        return self.err


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Yes."""
        return True


@dataclass
class Line:
    """A command line on one store."""

    store: Path
    clock: FixedClock = field(default_factory=lambda: FixedClock(NOW, "Europe/Berlin"))
    environ: dict[str, str] = field(default_factory=dict)

    def __call__(self, *arguments: str, given: str = "", terminal: bool = False) -> Outcome:
        """Run a command in this process, `given` typed, in what says that it is a terminal or not."""
        stream = Terminal if terminal else io.StringIO
        out, err = stream(), stream()
        environ = {"INROAD_STORE": str(self.store), **self.environ}
        status = main(list(arguments), Shell(environ, self.clock, stream(given), out, err))
        return Outcome(status, out.getvalue(), err.getvalue())


def program(
    *arguments: str | bytes,
    store: Path,
    environ: Mapping[str, str] | None = None,
    python: tuple[str, ...] = (),
    given: bytes = b"",
) -> subprocess.CompletedProcess[bytes]:
    """Run the command as a process of its own, from the repository."""
    command = [sys.executable, *python, str(ROOT / "inroad.py"), *arguments]
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG", "HOME")}
    return subprocess.run(
        command,
        env={**kept, "INROAD_STORE": str(store), **(environ or {})},
        input=given,
        capture_output=True,
        timeout=60,
        check=False,
    )

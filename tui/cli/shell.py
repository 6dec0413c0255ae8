"""What a command is handed of the world, and the only way by which it prints.

Everything printed goes through `Shell`: names and notes come from files that others wrote, so no
control character of theirs may reach the terminal, neither as text nor as JSON.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import TextIO

from msgspec import Struct

from data.clock import Clock, SystemClock
from data.errors import UserError
from data.text import block, one_line

OK = 0
PARTLY = 1
"""A part went through, or the answer is "no" (`doctor`)."""
REFUSED = 2
INTERRUPTED = 130
"""What shells use for a program that Ctrl+C ended."""


class Refusal(UserError):
    """A command that can't be done; `str()` is one sentence, `status` the exit status."""

    def __init__(self, sentence: str, status: int = REFUSED) -> None:
        super().__init__(sentence)
        self.status = status


class Shell(Struct, frozen=True):
    """The environment, the time, what is typed, and where to print: results to `out`, the rest to `err`."""

    environ: Mapping[str, str]
    clock: Clock
    given: TextIO
    out: TextIO
    err: TextIO

    @classmethod
    def of_this_process(cls) -> Shell:
        """This process's own; characters that the terminal's encoding lacks are printed as `?`."""
        given = sys.stdin if sys.stdin is not None else _nowhere()
        return cls(os.environ, SystemClock(), given, _printable(sys.stdout), _printable(sys.stderr))

    def say(self, line: str = "") -> None:
        """Print one line of the result."""
        self.out.write(one_line(line) + "\n")

    def document(self, text: str) -> None:
        """Print a text of many lines: to the letter for a file or another program, safely to a terminal."""
        self.out.write(block(text) if self.out.isatty() else text)

    def note(self, line: str) -> None:
        """Print one line that is not part of the result."""
        self.err.write(one_line(line) + "\n")
        self.err.flush()

    def tell(self, sentence: str) -> None:
        """Print a sentence for a person to read at a terminal, broken between words."""
        import shutil
        import textwrap

        width = max(20, shutil.get_terminal_size().columns - 1)
        text = textwrap.fill(one_line(sentence), width, break_long_words=False, break_on_hyphens=False)
        self.err.write(text + "\n")
        self.err.flush()

    def ask(self, question: str) -> str:
        """What the user types to a question; "" at the end of input."""
        self.err.write(one_line(question) + " ")
        self.err.flush()
        return self.given.readline().strip()

    def progress(self, line: str) -> None:
        """Show how far a long work is, where somebody is looking; "" wipes it away."""
        if self.err.isatty():
            self.err.write(f"\r{one_line(line)}\x1b[K")
            self.err.flush()

    def json(self, value: object) -> None:
        """Print `value` as JSON in ASCII, so that no control character goes out as itself."""
        import json

        text = json.dumps(value, ensure_ascii=True, indent=2)
        self.out.write(text.replace("\x7f", "\\u007f") + "\n")


def _printable(stream: TextIO | None) -> TextIO:
    """A stream that takes every character; one that was closed before we came takes it to nowhere."""
    if stream is None:
        return _nowhere()
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")
    return stream


def _nowhere() -> TextIO:
    return open(os.devnull, "r+", encoding="utf-8")

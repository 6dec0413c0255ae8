"""The terminal's title while a meeting runs or is about to begin, for whoever asked for it.

The terminal keeps its own title on a stack while ours stands there (xterm's window operations 22 and
23, which tmux and the common terminals know), and gets it back when there is nothing to say or Inroad
ends. What stands in it is text of others: no control character gets through.
"""

from __future__ import annotations

from collections.abc import Callable

from data.text import one_line
from screens.widgets.bars import Status

LONGEST = 80
"""Characters; taskbars and tabs show fewer still."""
_PUSH, _POP = "\x1b[22;2t", "\x1b[23;2t"


def title_words(status: Status) -> str:
    """What the title says: how long is left with whom, or what begins soon; empty where it says nothing."""
    if status.running is not None:
        sign = "!! " if status.running.tone == "late" else ""
        return f"{sign}{status.running.words} · {status.running.name}"
    return status.soon


class TerminalTitle:
    """Writes the title through `write`; each title is written once, and the terminal's own comes back."""

    def __init__(self, write: Callable[[str], None]) -> None:
        self._write = write
        self._shown = ""

    def show(self, words: str) -> None:
        """Show `words`; empty ones bring the terminal's own title back."""
        safe = one_line(words[: 4 * LONGEST])[:LONGEST]
        if safe == self._shown:
            return
        if not safe:
            self.restore()
            return
        self._write(("" if self._shown else _PUSH) + f"\x1b]2;{safe}\x07")
        self._shown = safe

    def restore(self) -> None:
        """Bring the terminal's own title back, if ours stands there."""
        if self._shown:
            self._shown = ""
            self._write(f"\x1b]2;\x07{_POP}")

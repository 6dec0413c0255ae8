"""The undo log: which lines of the journal can be undone and redone, by name, over restarts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from data.store.journal import Placed

DEPTH = 200
"""How many actions stay undoable; the promise is 100."""


@dataclass(frozen=True, slots=True)
class Logged:
    """A line of the journal, without its content: that is read again when it is needed."""

    n: int
    title: str
    do: str
    of: int
    by: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Undone:
    """What `undo` or `redo` did: the action's title, and what was left alone and why, as sentences."""

    title: str
    left_alone: tuple[str, ...] = ()


@dataclass(slots=True)
class Step:
    """An action that can be undone or redone: `line` is what to turn back."""

    n: int
    title: str
    line: Logged


class Log:
    """The undo log of a store, as one session sees it.

    A session undoes its own actions and those made before it was opened; what another window has done
    since is that window's to undo.
    """

    def __init__(self, session: str) -> None:
        self._session = session
        self._opened_at = -1
        self._done: list[Step] = []
        self._undone: list[Step] = []

    def rebuild(self, lines: list[Placed], last: int) -> None:
        """Read the log anew from a journal's lines; `last` is the number of the newest."""
        if self._opened_at < 0:
            self._opened_at = last
        self._done, self._undone = [], []
        for placed in lines:
            line = placed.line
            entry = Logged(line.n, line.title, line.do, line.of, line.by, placed.start, placed.end)
            self.add(entry, from_history=True)

    def add(self, entry: Logged, *, from_history: bool = False) -> None:
        """Take in the next line. One from history may turn back a line that is no longer there."""
        if entry.do == "do":
            self._done.append(Step(entry.n, entry.title, entry))
            self._undone = [step for step in self._undone if not self._same_hand(step.line, entry)]
            del self._done[:-DEPTH]
        elif entry.do in ("undo", "redo"):
            source, target = (self._done, self._undone) if entry.do == "undo" else (self._undone, self._done)
            step = next((step for step in reversed(source) if step.n == entry.of), None)
            if step is not None:
                source.remove(step)
                target.append(Step(step.n, step.title, entry))
            elif from_history:
                target.append(Step(entry.of, entry.title, entry))

    def to_undo(self) -> Step | None:
        """The action that undo would turn back."""
        return next((step for step in reversed(self._done) if self._is_mine(step)), None)

    def to_redo(self) -> Step | None:
        """The action that redo would bring back."""
        return next((step for step in reversed(self._undone) if self._is_mine(step)), None)

    def kept(self, payload: Callable[[Logged], bytes]) -> list[bytes]:
        """The lines that a new journal must begin with, everybody's."""
        entries = sorted((step.line for step in (*self._done, *self._undone)), key=lambda entry: entry.n)
        return [payload(entry) for entry in entries]

    def _is_mine(self, step: Step) -> bool:
        return step.n <= self._opened_at or step.line.by == self._session

    def _same_hand(self, one: Logged, other: Logged) -> bool:
        return one.by == other.by or (other.by == self._session and (one.of or one.n) <= self._opened_at)

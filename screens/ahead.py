"""What stands beside a list, made before it is asked for.

To draft a message or to gather a page takes longer than the move of a cursor may. So once the keys rest,
what belongs to the lines next to the cursor is made, one after the other, and kept for as long as nothing
that it depends on has changed.
"""

from __future__ import annotations

from asyncio import get_running_loop
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from asyncio import TimerHandle

    from textual.screen import Screen

    from .widgets.lines import Lines

REST_SECONDS = 0.008
"""So long after a key, and after each thing made, the next one is made: a key waits for one at most."""
AROUND = 3
"""Lines on either side of the cursor that are seen to."""
MOST = 100
"""Things that are kept."""

T = TypeVar("T")
V = TypeVar("V")


class Ahead(Generic[T, V]):
    """What `make` makes of the items of a list; `holds` gives what it depends on besides the item itself:
    where that is another, all is made anew."""

    def __init__(
        self,
        screen: Screen[Any],
        lines: Callable[[], Lines[T]],
        make: Callable[[T], V],
        holds: Callable[[], object],
    ) -> None:
        self._screen = screen
        self._lines = lines
        self._make = make
        self._holds = holds
        self._held: object = None
        self._made: dict[str, tuple[T, V]] = {}
        self._handle: TimerHandle | None = None

    def of(self, item: T) -> V:
        """What belongs to an item: ready, or made now."""
        found = self._get(item)
        self._rest()
        return found

    def _rest(self) -> None:
        # Not a timer of Textual's, which is a task: this is called with each key.
        if self._handle is not None:
            self._handle.cancel()
        self._handle = get_running_loop().call_later(REST_SECONDS, self._screen.call_next, self._make_next)

    def _get(self, item: T) -> V:
        held = self._holds()
        if held != self._held or len(self._made) >= MOST:
            self._held = held
            self._made = {}
        id = self._lines().id_of(item)
        found = self._made.get(id)
        if found is None or found[0] is not item:
            found = self._made[id] = item, self._make(item)
        return found[1]

    def _make_next(self) -> None:
        """Make the nearest thing that is not there yet."""
        self._handle = None
        if not self._screen.is_current or self._held != self._holds():
            return
        lines = self._lines()
        for item in lines.around(AROUND):
            if lines.id_of(item) not in self._made:
                self._get(item)
                self._rest()
                return
        lines.foresee_around(AROUND)

"""The line of keys at the bottom of a window; a click on one does what the key does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

from .rows import KEY

if TYPE_CHECKING:
    from textual import events
    from textual.geometry import Size

_GAP = 3


@dataclass(frozen=True, slots=True)
class Hint:
    """A key's label, what it does, and its name for Textual (empty: nothing that a click could press)."""

    label: str
    what: str
    key: str = ""

    @property
    def cells(self) -> int:
        """How wide it is."""
        return Content(f"{self.label} {self.what}").cell_length


class WindowKeys(Widget):
    """Hints in as many lines as they take."""

    DEFAULT_CSS = "WindowKeys { height: auto; width: 1fr; color: $text-muted; margin: 1 0 0 0; }"
    ALLOW_SELECT = False

    def __init__(self, hints: Sequence[Hint]) -> None:
        super().__init__()
        self._hints = hints

    def _lines(self, width: int) -> list[list[tuple[int, Hint]]]:
        """The hints by line, each with the column where it begins."""
        lines: list[list[tuple[int, Hint]]] = [[]]
        column = 0
        for hint in self._hints:
            if lines[-1] and column + hint.cells > width:
                lines.append([])
                column = 0
            lines[-1].append((column, hint))
            column += hint.cells + _GAP
        return lines

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the hints take."""
        return len(self._lines(width))

    def render(self) -> Content:
        """The hints, the keys standing out."""
        drawn = []
        for line in self._lines(self.size.width):
            parts: list[str | tuple[str, str]] = []
            for _, hint in line:
                parts += [(hint.label, KEY), f" {hint.what}" + " " * _GAP]
            drawn.append(Content.assemble(*parts).rstrip())
        return Content("\n").join(drawn)

    def on_click(self, event: events.Click) -> None:
        """Press the key that was clicked."""
        lines = self._lines(self.size.width)
        if event.y >= len(lines):
            return
        for column, hint in lines[event.y]:
            if hint.key and column <= event.x < column + hint.cells:
                self.app.simulate_key(hint.key)

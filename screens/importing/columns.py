"""The window in which the columns of a table are given their meaning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.widget import Widget

from data.imports.columns import TARGETS

from ..dialogs.choose import Choose, Option
from ..dialogs.window import Feedback, Window
from ..widgets.lines import Lines
from ..widgets.rows import FILL, Row, fit

LEAVE = "left out"
"""What a column is called that nothing is taken from."""


class Columns(Window[dict[str, str]]):
    """Shows each column with what it was taken for and what stands in it; answers with the mapping."""

    KEYS: ClassVar[tuple[tuple[str, str], ...]] = (
        ("↑↓", "move"),
        ("enter", "say what it is"),
        ("^s", "read it so"),
    )
    DEFAULT_CSS = """
    Columns > .window { width: 96; }
    Columns Lines { background: $surface; }
    """

    def __init__(self, mapping: Mapping[str, str], samples: Sequence[Sequence[str]], lead: str = "") -> None:
        super().__init__("What the columns are", lead)
        self._names = list(mapping)
        self._mapping = dict(mapping)
        self._samples = {
            name: [row[at] for row in samples if at < len(row) and row[at].strip()]
            for at, name in enumerate(mapping)
        }

    def compose_window(self) -> list[Widget]:
        lines: Lines[str] = Lines(self._row, lambda name: name)
        return [self.grow(lines, len(self._names), 50), Feedback()]

    def on_mount(self) -> None:
        for lines in self.query(Lines):
            lines.show(self._names)
            lines.focus()

    def _row(self, name: str, width: int) -> Sequence[Row]:
        what = self._mapping[name]
        found = " · ".join(" ".join(each[:60].split()) for each in self._samples[name][:3])
        return [
            (
                *fit(((name, "strong"),), min(24, width // 4)),
                (" ", "plain"),
                *fit(((TARGETS[what] if what else LEAVE, "accent" if what else "dim"),), 18),
                (" ", "plain"),
                (found, "dim"),
                FILL,
            )
        ]

    def on_lines_chosen(self, message: Lines.Chosen) -> None:
        """Choose what the column under the cursor is."""
        message.stop()
        name: str = message.item
        options = [Option("", LEAVE, "", "now" if not self._mapping[name] else "")]
        options += [
            Option("", label, target, "now" if self._mapping[name] == target else "")
            for target, label in TARGETS.items()
        ]
        self.app.push_screen(Choose(f"“{name[:60]}” is", options), lambda what: self._set(name, what))

    def _set(self, name: str, what: str | None) -> None:
        if what is None:
            return
        self._mapping[name] = what
        for lines in self.query(Lines):
            lines.redraw()
            lines.do_down()

    def do_accept(self) -> None:
        """Read the file with these columns."""
        self.answer(self._mapping)

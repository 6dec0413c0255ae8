"""A window that offers a few choices, each with a key of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from rich.cells import cell_len
from textual import events
from textual.widget import Widget

from data.text import one_line

from ..widgets.lines import Lines
from ..widgets.rows import FILL, Row, clip
from .window import Feedback, Window

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Option(Generic[T]):
    """One choice: its key (one character, may be empty), what it is, a short hint, and what it stands for.

    `why_not` says why it can't be chosen now; empty if it can.
    """

    key: str
    label: str
    value: T
    hint: str = ""
    why_not: str = ""


class Choose(Window[T]):
    """Offers choices; answers with the value of the chosen one."""

    KEYS: ClassVar[tuple[tuple[str, str], ...]] = (("↑↓", "move"), ("enter", "choose"))
    DEFAULT_CSS = """
    Choose Lines { background: $surface; }
    """

    def __init__(self, title: str, options: Sequence[Option[T]], lead: str = "", *, leave: str = "") -> None:
        """`leave` is what esc is called, where it is not to cancel."""
        super().__init__(title, lead)
        self.CLOSES = leave or self.CLOSES
        self._options = options

    def compose_window(self) -> list[Widget]:
        lines: Lines[Option[T]] = Lines(self._row, lambda option: option.label, one_click=True)
        return [self.grow(lines, len(self._options), 60), Feedback()]

    def on_mount(self) -> None:
        # A key typed ahead may have answered before this; then the list is gone already.
        for lines in self.query(Lines):
            lines.show(self._options)
            lines.focus()

    @staticmethod
    def _row(option: Option[T], width: int) -> list[Row]:
        role = "dim" if option.why_not else "plain"
        key = (f" {option.key or ' '}  ", "dim" if option.why_not else "accent")
        # What it is stands before what it does, whatever room there is.
        room = width - len(key[0]) - cell_len(one_line(option.label)) - 2
        hint = clip(one_line(option.why_not or option.hint), room)
        return [(key, (option.label, role), FILL, (hint, "dim"))]

    def on_lines_chosen(self, message: Lines.Chosen) -> None:
        message.stop()
        self._take(message.item)

    def move_of(self, lines: Lines[Any], key: str) -> str:
        """A choice's own key is no other's."""
        return "" if any(option.key == key for option in self._options) else super().move_of(lines, key)

    def on_key(self, event: events.Key) -> None:
        """A choice's own key takes it."""
        for option in self._options:
            if option.key and event.character == option.key:
                event.stop()
                event.prevent_default()
                self._take(option)
                return

    def do_accept(self) -> None:
        """Take the choice under the cursor."""
        option = self.query_one(Lines).current
        if option is not None:
            self._take(option)

    def _take(self, option: Option[T]) -> None:
        if option.why_not:
            self.say(option.why_not, "warn")
            return
        self.answer(option.value)

"""A window that asks for one line, and shows while it is typed how it will be understood."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual.widget import Widget
from textual.widgets import Input

from data.text import block, one_line

from ..widgets.text_line import TextLine
from .window import Feedback, Window


@dataclass(frozen=True, slots=True)
class Reading:
    """How a line was understood: `text` says so, or what is wrong with it if not `ok`."""

    ok: bool
    text: str = ""


def bracketed(hint: str) -> str:
    """What an empty line says of itself: in brackets, since without colours it would look typed."""
    return f"({hint})" if hint else ""


class AskLine(Window[str]):
    """Asks for one line. `read` tells how it is understood; a line that isn't can't be kept. `joins` stands
    between the lines of a text that is pasted."""

    KEYS: ClassVar[tuple[tuple[str, str], ...]] = (("enter", "keep"),)
    DEFAULT_CSS = "AskLine Input { margin: 0 0 1 0; }"

    def __init__(
        self,
        title: str,
        lead: str = "",
        *,
        value: str = "",
        placeholder: str = "",
        read: Callable[[str], Reading] | None = None,
        hint: str = "",
        leave: str = "",
        joins: str = " ",
    ) -> None:
        super().__init__(title, lead)
        self.CLOSES = leave or self.CLOSES
        self._value = value
        self._placeholder = placeholder
        self._read = read
        self._hint = hint
        self._joins = joins

    def compose_window(self) -> list[Widget]:
        line = TextLine(
            one_line(self._value), placeholder=bracketed(self._placeholder), select_on_focus=False
        )
        line.joins = self._joins
        return [
            line,
            Feedback(self._hint, steady=True),
        ]

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say how the line is understood now."""
        if not event.value.strip():
            self.say(self._hint)
        elif self._read is not None:
            reading = self._read(event.value)
            self.say(block(reading.text), "good" if reading.ok else "warn")

    def on_input_submitted(self, _: Input.Submitted) -> None:
        self.do_accept()

    def do_accept(self) -> None:
        """Keep the line, if it can be understood."""
        value = self.query_one(Input).value
        if self._read is not None:
            reading = self._read(value)
            if not reading.ok:
                self.say(reading.text, "warn")
                return
        self.answer(value)

"""A window with several lines to fill in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from data.text import one_line

from .window import Window

_AROUND = 10
# The lines of a window that are not fields: borders, lead, feedback, keys, and the screen's own two.


@dataclass(frozen=True, slots=True)
class Field:
    """One line of a form: its name in the answer, its label, its value, and a hint while it is empty."""

    name: str
    label: str
    value: str = ""
    hint: str = ""


class Form(Window[dict[str, str]]):
    """Asks for several lines; answers with what each field holds.

    `check` gets the values and gives the sentence of what is wrong, empty if nothing is.
    """

    KEYS: ClassVar[tuple[tuple[str, str], ...]] = (
        ("tab", "next"),
        ("enter", "next, keep on the last"),
        ("^s", "keep"),
    )
    DEFAULT_CSS = """
    Form .fields { height: auto; max-height: 70vh; }
    Form .fields.-many .row { margin: 0; }
    Form Input { height: 1; border: none; padding: 0; background: $foreground 6%; }
    Form Input:focus { border: none; background: $accent 18%; }
    Form .row { height: 1; layout: horizontal; margin: 0 0 1 0; }
    Form .label { width: 20; color: $text-muted; }
    """

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        lead: str = "",
        *,
        check: Callable[[dict[str, str]], str] | None = None,
        leave: str = "",
    ) -> None:
        super().__init__(title, lead)
        self.CLOSES = leave or self.CLOSES
        self._fields = fields
        self._check = check

    def compose_window(self) -> list[Widget]:
        rows: list[Widget] = [
            Widget(
                Static(Content(field.label), classes="label"),
                Input(
                    one_line(field.value),
                    placeholder=field.hint,
                    id=f"field-{field.name}",
                    select_on_focus=False,
                ),
                classes="row",
            )
            for field in self._fields
        ]
        return [
            VerticalScroll(*rows, classes="fields", can_focus=False),
            Static(Content(""), classes="feedback"),
        ]

    def on_resize(self, event: events.Resize) -> None:
        """Where there is no room for an empty line after each, the fields stand close together."""
        close = 2 * len(self._fields) + _AROUND > event.size.height
        for fields in self.query(".fields"):
            fields.set_class(close, "-many")

    def on_mount(self) -> None:
        for line in self.query(Input):
            line.focus()
            break

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes on to the next line; on the last it keeps the form."""
        inputs = list(self.query(Input))
        place = inputs.index(event.input)
        if place + 1 < len(inputs):
            inputs[place + 1].focus()
        else:
            self.do_accept()

    def do_accept(self) -> None:
        """Keep the form, if nothing is wrong with it."""
        values = {field.name: self._value(field) for field in self._fields}
        wrong = self._check(values) if self._check else ""
        if wrong:
            self.say(wrong, "warn")
            return
        self.answer(values)

    def _value(self, field: Field) -> str:
        """What a line holds now. One that wasn't changed keeps what can't be drawn in it."""
        typed = self.query_one(f"#field-{field.name}", Input).value.strip()
        return field.value.strip() if typed == one_line(field.value).strip() else typed

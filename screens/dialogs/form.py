"""A window with several lines to fill in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from textual import events
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from data.text import block, one_line

from ..widgets.text_line import TextLine
from ..widgets.text_rows import wrap
from .ask import bracketed
from .window import ROOMY, Feedback, Window

_AROUND = 10
# The lines of a window that are not fields: borders, lead, feedback, keys, and the screen's own two.
_BELOW = 6
# Borders, feedback, and up to two lines of keys with the empty one above them.


@dataclass(frozen=True, slots=True)
class Field:
    """One line of a form: its name in the answer, its label, its value, and a hint while it is empty."""

    name: str
    label: str
    value: str = ""
    hint: str = ""


class Wrong(NamedTuple):
    """Why a form can't be kept: the name of the field, and a sentence on what to type there."""

    field: str
    sentence: str


class Form(Window[dict[str, str]]):
    """Asks for several lines; answers with what each field holds.

    `check` gets the values and gives what is wrong first, None if nothing is: it stands below its field,
    which gets the focus, until that is changed.
    """

    KEYS: ClassVar[tuple[tuple[str, str], ...]] = (
        ("tab", "next"),
        ("enter", "next, keep on the last"),
        ("^s", "keep"),
    )
    DEFAULT_CSS = """
    Form .fields { height: auto; }
    Form .fields.-many .row { margin: 0; }
    Form .row { height: auto; margin: 0 0 1 0; }
    Form .row:last-child { margin: 0; }
    Form .line { height: 1; }
    Form .label { width: 20; color: $text-muted; }
    Form .row.-here .label { color: $foreground; text-style: bold; }
    Form .wrong { display: none; height: auto; margin: 0 0 0 20; color: $warning; }
    Form .row.-wrong { margin: 0; }
    Form .row.-wrong .wrong { display: block; }
    """

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        lead: str = "",
        *,
        check: Callable[[dict[str, str]], Wrong | None] | None = None,
        leave: str = "",
    ) -> None:
        super().__init__(title, lead)
        self.CLOSES = leave or self.CLOSES
        self._fields = fields
        self._check = check

    def compose_window(self) -> list[Widget]:
        rows: list[Widget] = [
            Vertical(
                Horizontal(
                    Static(Content(field.label), classes="label"),
                    TextLine(
                        one_line(field.value),
                        placeholder=bracketed(field.hint),
                        id=f"field-{field.name}",
                        select_on_focus=False,
                    ),
                    classes="line",
                ),
                Static(classes="wrong"),
                classes="row",
                id=f"row-{field.name}",
            )
            for field in self._fields
        ]
        return [
            VerticalScroll(*rows, classes="fields", can_focus=False),
            Feedback(),
        ]

    def on_resize(self, event: events.Resize) -> None:
        """Where there is no room for an empty line after each, the fields stand close together."""
        close = 2 * len(self._fields) + _AROUND > event.size.height
        lead = len(wrap(self._lead, min(70, event.size.width * 96 // 100 - 6))) + 1 if self._lead else 0
        for fields in self.query(".fields"):
            fields.set_class(close, "-many")
            # What doesn't fit scrolls; the keys below stay in sight.
            air = 2 if event.size.height >= ROOMY else 0
            fields.styles.max_height = max(2, event.size.height * 92 // 100 - _BELOW - lead - air)

    def on_descendant_focus(self, _: events.DescendantFocus) -> None:
        """The label of the line that is typed in stands out. With Textual's `:focus-within` only the row
        itself would be styled anew when the focus moves."""
        for row in self.query(".row"):
            row.set_class(row.has_focus_within, "-here")

    def on_mount(self) -> None:
        for line in self.query(Input):
            line.focus()
            break

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes on to the next line, unless this one is wrong; on the last it keeps the form."""
        inputs = list(self.query(Input))
        place = inputs.index(event.input)
        if place + 1 == len(inputs):
            self.do_accept()
        elif (wrong := self._wrong()) is not None and event.input.id == f"field-{wrong.field}":
            self._refuse(wrong)
        else:
            inputs[place + 1].focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """What was wrong with a line has been read once that is changed."""
        for row in self.query(".row.-wrong"):
            row.set_class(event.input not in row.query(Input), "-wrong")

    def do_accept(self) -> None:
        """Keep the form, if nothing is wrong with it."""
        if (wrong := self._wrong()) is not None:
            self._refuse(wrong)
        else:
            self.answer(self._values())

    def _wrong(self) -> Wrong | None:
        return self._check(self._values()) if self._check else None

    def _refuse(self, wrong: Wrong) -> None:
        """Say at the field itself why it can't be kept, and go there."""
        for row in self.query(".row"):
            row.set_class(row.id == f"row-{wrong.field}", "-wrong")
        row = self.query_one(f"#row-{wrong.field}")
        row.query_one(".wrong", Static).update(Content(block(f"! {wrong.sentence}")))
        row.query_one(Input).focus(scroll_visible=False)
        # Once it has the lines that the sentence takes: on a low terminal the fields scroll.
        self.call_after_refresh(row.scroll_visible, animate=False)

    def _values(self) -> dict[str, str]:
        return {field.name: self._value(field) for field in self._fields}

    def _value(self, field: Field) -> str:
        """What a line holds now. One that wasn't changed keeps what can't be drawn in it."""
        typed = self.query_one(f"#field-{field.name}", Input).value.strip()
        return field.value.strip() if typed == one_line(field.value).strip() else typed

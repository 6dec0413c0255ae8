"""A window for a longer text, with the way to the user's own editor."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.widget import Widget
from textual.widgets import TextArea

from data.text import block

from ..scope import Said
from .window import Feedback, Window

_MOST_LINES = 28
# A screen may be higher than anybody likes to look up and down a text.


class WriteText(Window[str]):
    """Asks for a longer text. `edit` is the way to `$EDITOR`; it gives None if nothing was changed."""

    KEYS: ClassVar[tuple[tuple[str, str], ...]] = (("^s", "keep"), ("^g", "your editor"))
    DEFAULT_CSS = """
    WriteText > .window { width: 90; }
    """

    def __init__(
        self, title: str, text: str, edit: Callable[[str], str | None], lead: str = "", *, about: str = ""
    ) -> None:
        super().__init__(title, lead, about=about)
        self._text = text
        self._edit = edit
        self._back: list[str] | None = None

    def compose_window(self) -> list[Widget]:
        area = self.grow(TextArea(block(self._text), soft_wrap=True), _MOST_LINES, 50)
        return [area, Feedback()]

    def on_mount(self) -> None:
        for area in self.query(TextArea):
            area.focus()
            area.move_cursor(area.document.end)

    def _take_up(self, texts: list[str]) -> None:
        super()._take_up(texts)
        self._back = self._typed()

    def do_cancel(self) -> None:
        """Close. What was written is put aside, and back here the next time; then esc throws it away."""
        if self._draft_key and self._typed() not in (self._first, self._back):
            self.keep_drafts()
            self._draft_key = ""
            put_aside = Said("Not kept, but put aside: what you wrote is back when you open this again.")
            self.app.call_later(self.app.post_message, put_aside)
        super().do_cancel()

    def do_accept(self) -> None:
        """Keep the text."""
        typed = self.query_one(TextArea).text
        # What wasn't changed keeps what can't be drawn in it.
        self.answer(self._text if typed == block(self._text) else typed)

    def do_editor(self) -> None:
        """Write it in the user's editor; what they save comes back into the window."""
        area = self.query_one(TextArea)
        changed = self._edit(area.text)
        if changed is None:
            self.say("Nothing came back from the editor. Set $EDITOR to the one you like.", "warn")
        else:
            area.text = block(changed)

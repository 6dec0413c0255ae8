"""A window to read a longer text in."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.containers import VerticalScroll
from textual.widget import Widget

from ..widgets.page_text import PageText
from .window import Window


class ReadText(Window[None]):
    """Shows a text of any length; arrows scroll it."""

    KEYS: ClassVar[tuple[tuple[str, str], ...]] = (("↑↓", "scroll"),)
    CLOSES = "close"
    DEFAULT_CSS = """
    ReadText > .window { width: 90; }
    ReadText VerticalScroll { height: auto; max-height: 65vh; }
    """

    def __init__(self, title: str, text: str) -> None:
        super().__init__(title)
        self._text = text

    def compose_window(self) -> list[Widget]:
        return [VerticalScroll(PageText(self._text))]

    def on_key(self, event: events.Key) -> None:
        """q closes it, as it does in every pager."""
        if event.key == "q":
            event.stop()
            self.do_cancel()

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()

"""The line that is searched with: one that lays nothing out when a letter is typed."""

from __future__ import annotations

from textual.containers import Horizontal
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Static

from .text_line import TextLine


class SearchLine(TextLine):
    """A line of a fixed size. Textual's own has the whole screen laid out anew with each letter."""

    virtual_size = Reactive(Size(0, 0), layout=False, repaint=False)


def named(name: str, line: SearchLine) -> Horizontal:
    """`line` with its name before it, hidden at first: what was typed says what it is when it is left too."""
    return Horizontal(Static(name), line, classes="searching")

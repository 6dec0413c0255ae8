"""The line that is searched with: an Input that lays nothing out when a letter is typed."""

from __future__ import annotations

from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input


class SearchLine(Input):
    """An Input of a fixed size. Textual's own has the whole screen laid out anew with each letter."""

    virtual_size = Reactive(Size(0, 0), layout=False, repaint=False)

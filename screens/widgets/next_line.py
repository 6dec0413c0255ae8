"""The line above the board: the most urgent things, and the key that goes to the first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from data.text import one_line

from .rows import KEY, ROLES, clip

if TYPE_CHECKING:
    from textual import events

    from ..messages import Target

_SAID = 60
"""From this width on the key has a word beside it."""

Up = tuple[str, int, "Target", str]
"""A thing to do: its text, its urgency (2 today, 3 overdue), and where it is."""


class NextLine(Widget):
    """Says what comes next; a click on a thing goes there."""

    DEFAULT_CSS = "NextLine { height: 1; color: $text-muted; }"
    ALLOW_SELECT = False

    class Chosen(Message):
        """The user wants to go to one of the things."""

        def __init__(self, kind: Target, target: str) -> None:
            super().__init__()
            self.kind = kind
            self.target = target

    def __init__(self) -> None:
        super().__init__()
        self._ups: Sequence[Up] | None = None
        self._key = self._find_key = ""
        self._spots: list[tuple[int, int, Up]] = []

    def show(self, ups: Sequence[Up], key: str, find_key: str) -> None:
        """Set what comes next, most urgent first, and the keys that go to it and that find somebody; a
        key is empty where the user has taken it away."""
        self._ups, self._key, self._find_key = ups, key, find_key
        self.refresh()

    def render(self) -> Content:
        """The line: as many things as fit whole, at least the first, cut."""
        self._spots = []
        if self._ups is None:
            return Content("")
        if not self._ups:
            find = ("  ", (self._find_key, KEY), " finds somebody new to ask.") if self._find_key else ()
            return Content.assemble(" ", ("Nothing is due.", KEY), *find)
        content = Content.assemble(" ", ("Next: ", KEY))
        does = " go" if self._key and self.size.width >= _SAID else ""
        room = self.size.width - 3 - len(self._key) - len(does)
        for number, up in enumerate(self._ups):
            text, urgency = one_line(up[0][:400]), up[1]
            sign = "!! " if urgency > 2 else "! " if urgency == 2 else ""
            style = {2: ROLES["warn"], 3: ROLES["late"]}.get(urgency, "")
            part = Content.assemble((sign + text, style))
            gap = " · " if number else ""
            free = room - content.cell_length - len(gap)
            if part.cell_length > free:
                if number:
                    break
                part = Content.assemble((clip(sign + text, free), style))
            content = content + Content(gap)
            start = content.cell_length
            content = content + part
            self._spots.append((start, content.cell_length, up))
        fill = self.size.width - content.cell_length - 1 - len(self._key) - len(does)
        return Content.assemble(content, " " * max(1, fill), (self._key, KEY), does)

    def on_click(self, event: events.Click) -> None:
        """Go to the thing that was clicked."""
        for start, end, up in self._spots:
            if start <= event.x < end:
                self.post_message(self.Chosen(up[2], up[3]))
                return

"""A line to type in, into which a text of several lines can be pasted whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Input

if TYPE_CHECKING:
    from textual import events


class TextLine(Input):
    """An Input that takes all of what is pasted: Textual's own keeps the first line, and drops the others
    without a word. `joins` stands where one line ended."""

    joins = " "

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        lines = (" ".join(line.split()) for line in event.text.splitlines())
        self.replace(self.joins.join(line for line in lines if line), *self.selection)

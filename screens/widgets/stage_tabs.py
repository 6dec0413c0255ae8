"""The stages as tabs, where there is room for one column only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from data.records import BOARD, Stage

from .rows import ROLES

if TYPE_CHECKING:
    from textual import events


class StageTabs(Widget):
    """One line: the stages with their counts, the present one standing out."""

    DEFAULT_CSS = "StageTabs { height: 1; color: $text-muted; }"
    ALLOW_SELECT = False

    here: reactive[Stage] = reactive(BOARD[0])

    class Chosen(Message):
        """The user wants to see another stage."""

        def __init__(self, stage: Stage) -> None:
            super().__init__()
            self.stage = stage

    def __init__(self) -> None:
        super().__init__()
        self._stages: Sequence[tuple[Stage, str, int]] = ()
        self._spots: list[tuple[int, int, Stage]] = []

    def show(self, stages: Sequence[tuple[Stage, str, int]], here: Stage) -> None:
        """Set the stages with their names and counts."""
        self._stages = stages
        self.set_reactive(StageTabs.here, here)
        self.refresh()

    def render(self) -> Content:
        """The tabs; the names of the others give way where the terminal is very narrow."""
        gap = "   " if self.size.width >= 76 else "  "
        content = Content(" ")
        self._spots = []
        short = sum(len(name) + len(f"{count:,}") + 4 for _, name, count in self._stages) > self.size.width
        for stage, name, count in self._stages:
            start = content.cell_length
            label = name if stage is self.here or not short else name[:1] + name.partition(" ")[2][:1]
            style = f"underline {ROLES['accent']}" if stage is self.here else ""
            content = content + Content.assemble((label, style), " ", (f"{count:,}", "$foreground"))
            self._spots.append((start, content.cell_length, stage))
            content = content + Content(gap)
        return content

    def on_click(self, event: events.Click) -> None:
        """Go to the stage that was clicked."""
        for start, end, stage in self._spots:
            if start <= event.x < end:
                self.post_message(self.Chosen(stage))
                return

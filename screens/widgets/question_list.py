"""The questions of a running meeting: the current one in full, the others around it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from data.records import Question

from .rows import FILL, Row
from .text_rows import content_of, wrap

if TYPE_CHECKING:
    from textual import events


NONE = "No questions yet. Ask what you are curious about."


class QuestionList(Widget):
    """Shows which questions were asked, which one is current, and which must be asked."""

    DEFAULT_CSS = "QuestionList { height: 1fr; border-subtitle-color: $text-muted; }"
    ALLOW_SELECT = False

    class Picked(Message):
        """A question was clicked."""

        def __init__(self, id: str) -> None:
            super().__init__()
            self.id = id

    def __init__(self) -> None:
        super().__init__(id="questions", classes="panel")
        self._questions: Sequence[Question] = ()
        self._current = ""
        self._spots: list[str] = []

    def show(self, questions: Sequence[Question], current: str) -> None:
        """Show the questions; `current` is the id of the one to ask now."""
        self._questions = questions
        self._current = current
        self.border_title = Content("Ask")
        self._count()
        self.refresh()

    def on_resize(self) -> None:
        self._count()

    def _count(self) -> None:
        """Say below how many are asked, and how many have no room here."""
        asked = sum(1 for each in self._questions if each.asked is not None)
        said = f"{asked} of {len(self._questions)} asked" if self._questions else ""
        shown = len({id for id, _ in self._shown()})
        if shown and shown < len(self._questions):
            said += f" · … {len(self._questions) - shown} more"
        self.border_subtitle = Content(said)

    def render(self) -> Content:
        """As many as fit, the current one always, and in full as far as there is room."""
        width = self.content_size.width
        if not self._questions:
            self._spots = []
            lines = wrap(NONE, width)[: self.content_size.height]
            return Content("\n").join(content_of(((line, "dim"),), width) for line in lines)
        shown = self._shown()
        self._spots = [id for id, _ in shown]
        return Content("\n").join(content_of(row, width) for _, row in shown)

    def _shown(self) -> list[tuple[str, Row]]:
        """The rows that there is room for, each with the id of its question: around the current one, or
        where there is none around the first that is still to be asked."""
        width, height = self.content_size
        rows: list[tuple[str, Row]] = []
        first = last = 0
        ids = [question.id for question in self._questions]
        open_ = (question.id for question in self._questions if question.asked is None)
        middle = self._current if self._current in ids else next(open_, "")
        for question in self._questions:
            here = question.id == self._current
            if question.id == middle:
                first = len(rows)
            rows += [(question.id, row) for row in self._rows(question, here, width, max(1, height - 1))]
            if question.id == middle:
                last = len(rows)
        start = max(0, min(first - 1, len(rows) - height))
        start = min(first, max(start, last - height))
        return rows[start : start + height]

    @staticmethod
    def _rows(question: Question, here: bool, width: int, most: int) -> list[Row]:
        sign, role = ("✓ ", "good") if question.asked is not None else ("  ", "plain")
        star = (FILL, ("★", "warn" if question.asked is None else "dim")) if question.starred else ()
        if not here:
            words = "dim" if question.asked is not None else "plain"
            return [((sign, role), (question.text, words), *star)]
        lines = wrap(question.text, width - 5)
        if len(lines) > most:
            lines = [*lines[: most - 1], lines[most - 1][: max(0, width - 7)] + "…"]
        head = "✓▸" if question.asked is not None else "▸ "
        rows: list[Row] = [((head, "accent"), (lines[0], "strong"), *star)]
        return rows + [(("  ", "plain"), (line, "strong")) for line in lines[1:] if cell_len(line)]

    def on_click(self, event: events.Click) -> None:
        """A click makes a question the current one."""
        offset = event.get_content_offset(self)
        if offset is not None and 0 <= offset.y < len(self._spots):
            self.post_message(self.Picked(self._spots[offset.y]))

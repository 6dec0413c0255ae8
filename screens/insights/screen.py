"""Insights: how the network grows, and what is owed, in numbers beside simple pictures."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widget import Widget

from data.insights.facts import Facts

from ..base import DeskScreen
from ..commands import bindings
from ..messages import Go
from ..widgets.lines import Lines
from ..widgets.rows import Row
from ..widgets.wrapped import WrappedLines
from .rows import PAGES
from .text import Page, Text

if TYPE_CHECKING:
    from textual import events

    from data.insights.asking import Suggested

    from ..desk import Desk

Chapter = tuple[str, str, Page]
_OPEN_UP_TO = 100
"""A tree of more people opens with its branches folded."""


class InsightsScreen(DeskScreen):
    """Chapters on the left, the chosen one's page on the right."""

    SCOPE = "insights"
    OPENS = "open_call"
    MODE = "insights"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("insights")]
    CSS_PATH = "insights.tcss"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._facts: Facts | None = None
        self._folded: frozenset[str] | None = None

    def compose_body(self) -> Iterable[Widget]:
        with Horizontal(id="desk"):
            yield Lines(self._chapter_row, lambda chapter: chapter[0], id="chapters", classes="panel")
            yield WrappedLines(
                lambda text, width: [text.row],
                lambda text: text.key,
                selectable=lambda text: bool(text.key),
                id="page",
                classes="panel",
            )

    @staticmethod
    def _chapter_row(chapter: Chapter, width: int) -> list[Row]:
        return [((chapter[1], "plain"),)]

    def home(self) -> Widget:
        return self._chapters

    @property
    def _chapters(self) -> Lines[Chapter]:
        return self.query_one("#chapters", Lines)

    @property
    def _page(self) -> WrappedLines[Text]:
        return self.query_one("#page", WrappedLines)

    def on_resize(self, event: events.Resize) -> None:
        """A narrow window gives the page its room."""
        self.set_class(event.size.width < 100, "-narrow")
        self.set_class(event.size.width < 80, "-slim")

    def on_wrapped_lines_rewrap(self, message: WrappedLines.Rewrap) -> None:
        """The pictures take the new width; whether a scrollbar takes a part of it is known a moment later."""
        message.stop()
        self.call_after_refresh(self._show_page)

    def reload(self) -> None:
        self._facts = Facts(self.desk.store, self.desk.clock)
        self._chapters.head("Insights")
        self._chapters.show(PAGES)
        if self._folded is None:
            self._folded = _shut(self._facts)
        self._show_page()
        self._look_for_next(self._facts)

    @work(exclusive=True, group="load")
    async def _look_for_next(self, facts: Facts) -> None:
        """Find whom to ask next, a piece at a time: in a large network it takes a moment."""
        from data.insights.asking import next_to_ask

        last: list[Suggested] = []
        for piece in next_to_ask(facts, self.desk.store.profile):
            last = piece
            await asyncio.sleep(0)
        facts.next = last
        if (self._chapters.current or ("",))[0] in ("growth", "next"):
            self._show_page()

    def follow(self, lines: Lines[Any]) -> None:
        """Show the page of the chapter under the cursor."""
        if lines is self._chapters:
            self._show_page(from_top=True)

    def on_lines_chosen(self, message: Lines.Chosen) -> None:
        """Enter on a chapter goes into it; on a line it opens the person."""
        message.stop()
        if message.lines is self._chapters:
            self._page.focus()
        elif message.item.person:
            self.post_message(Go("person", message.item.person))

    def _show_page(self, *, from_top: bool = False) -> None:
        chapter = self._chapters.current
        if chapter is None or self._facts is None:
            return
        self._page.head(chapter[1])
        lines = chapter[2](self.desk.store, self._facts, self._page.text_width, self._folded or frozenset())
        first = next((line.key for line in lines if line.key), None) if from_top else None
        self._page.show(lines, select=first)
        if from_top:
            self._page.scroll_home(animate=False)

    # Commands

    def why_not(self, name: str) -> str:
        """Why a command can't be done now."""
        if name == "fold" and not (self._page.has_focus and self._page.current and self._page.current.fold):
            return "There is no branch to fold here."
        if name == "fold_all" and (self._chapters.current or ("",))[0] != "tree":
            return "Only “Who led to whom” has branches to fold."
        return ""

    def do_into(self) -> None:
        self._page.focus()

    def do_out(self) -> None:
        self._chapters.focus()

    def do_leave(self) -> None:
        self._chapters.focus()

    def do_swap(self) -> None:
        (self._chapters if self._page.has_focus else self._page).focus()

    def do_fold(self) -> None:
        current = self._page.current
        if current is not None:
            self._folded = (self._folded or frozenset()) ^ {current.fold}
            self._show_page()

    def do_fold_all(self) -> None:
        if self._folded:
            self._folded = frozenset()
        else:
            self._folded = frozenset(text.fold for text in self._page.items if text.fold)
        self._show_page()

    def do_search(self) -> None:
        """Choose a question, and read its answers from all meetings."""
        from ..prep.questions import AnswersWindow

        self.app.push_screen(AnswersWindow(self.desk))

    async def do_copy(self) -> None:
        from data.insights.markdown import markdown

        text = await asyncio.to_thread(markdown, self.desk.store, self.desk.clock)
        outcome = await asyncio.to_thread(self.desk.clipboard.copy, text)
        good = outcome.how in ("copied", "sent")
        said = f"{outcome.sentence.rstrip('.')}: all insights, as Markdown." if good else outcome.sentence
        self.say(said, "good" if good else "warn")


def _shut(facts: Facts) -> frozenset[str]:
    """The branches that are folded when the screen opens: all of a tree too large to look at."""
    from data.insights.tree import lines, tree

    placed = list(lines(tree(facts)))
    if len(placed) <= _OPEN_UP_TO:
        return frozenset()
    return frozenset(each.node.person.id for each in placed if each.node.children)

"""Rows to look at: drawn as those of a list, so that they change with its cursor and nothing is laid out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .lines import Lines
from .rows import Row
from .text_rows import paragraphs

if TYPE_CHECKING:
    from textual import events


class Page(Lines[Row]):
    """Shows rows, or paragraphs wrapped to the room that there is. Nothing in it can be chosen; what is
    `read` has the focus too, so that keys scroll it."""

    def __init__(self, *, id: str, classes: str | None = None, read: bool = False) -> None:
        super().__init__(
            lambda row, _: [row],
            lambda _: "",
            selectable=lambda _: False,
            plain=True,
            id=id,
            classes=classes,
        )
        self.can_focus = read
        self._parts: Sequence[tuple[str, str]] = ()
        self._gap = 1

    def tell(self, parts: Sequence[tuple[str, str]], *, gap: int = 1) -> None:
        """Show paragraphs, each as (role, text), with so many empty lines between two."""
        self._parts, self._gap = parts, gap
        if parts:
            self._wrap()
        else:
            self.show([])

    def show(self, items: Sequence[Row], *, select: str | None = None) -> None:
        """Show rows from the first on; the same rows as before stay where they are."""
        if items != self._items:
            self.scroll_to(y=0, animate=False, immediate=True)
        super().show(items, select=select)

    def _go(self, index: int, step: int) -> None:
        """Scroll: there is no cursor to move."""
        self.scroll_relative(y=index - self.cursor, animate=False, immediate=True)

    def on_resize(self, _: events.Resize) -> None:
        """Wrap what is told anew."""
        self._wrap()

    def _wrap(self) -> None:
        if self.size.width and self._parts:
            self.show(paragraphs(self._parts, self.room, self._gap))

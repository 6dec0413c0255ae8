"""Rows outside of lists: one line made to fit, and long text wrapped into rows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.cells import cell_len, chop_cells
from textual.content import Content
from textual.widget import Widget

from data.text import block, one_line

from .rows import ROLES, Row, Span, fit

if TYPE_CHECKING:
    from textual.widgets import Static

_LONGEST = 20_000


def content_of(row: Row, width: int) -> Content:
    """`row` as content that fills `width` cells exactly; its text is made safe to draw."""
    return Content.assemble(*((text, ROLES[role]) for text, role in fit(row, width)))


def wrap(text: str, width: int) -> list[str]:
    """`text` as one paragraph in lines of at most `width` cells; at least one line. Safe to draw."""
    width = max(4, width)
    lines: list[str] = []
    line, used = "", 0
    for word in one_line(text[:_LONGEST]).split(" "):
        cells = cell_len(word)
        if used and used + 1 + cells <= width:
            line, used = f"{line} {word}", used + 1 + cells
            continue
        if used:
            lines.append(line)
        if cells > width:
            *full, word = chop_cells(word, width) or [""]
            lines += full
            cells = cell_len(word)
        line, used = word, cells
    lines.append(line)
    return lines


def flow(spans: Iterable[Span], width: int) -> list[Row]:
    """Several texts of a role each as one paragraph, in rows of at most `width` cells; at least one row."""
    width = max(4, width)
    rows: list[list[Span]] = [[]]
    used = 0
    for text, role in spans:
        for word in one_line(text[:_LONGEST]).split():
            for piece in chop_cells(word, width) if cell_len(word) > width else [word]:
                cells = cell_len(piece)
                if used and used + 1 + cells > width:
                    rows.append([])
                    used = 0
                rows[-1].append((f" {piece}" if used else piece, role))
                used += cells + bool(used)
    return [tuple(row) for row in rows]


def paragraphs(parts: Iterable[tuple[str, str]], width: int, gap: int) -> list[Row]:
    """Texts of a role each, (role, text), as rows, with so many empty ones between two. The role `keys` is
    for lines of keys with what each does."""
    rows: list[Row] = []
    for role, text in parts:
        rows += [()] * gap if rows else []
        for part in block(text).split("\n"):
            first, *more = wrap(part, width)
            rows.append(keyed(first) if role == "keys" else ((first, role),))
            rows += [((line, "dim" if role == "keys" else role),) for line in more]
    return rows


def keyed(line: str) -> Row:
    """A line of keys with what each does, "d  it is done     e  change it", the keys standing out. Two
    spaces are between a key and its words, more between two keys."""
    spans: list[Span] = []
    for place, part in enumerate(re.split(r"( {3,})", line)):
        key, space, what = part.partition(" ") if not place % 2 else ("", "", part)
        spans += [(key, "strong"), (space + what, "dim")]
    return tuple(span for span in spans if span[0])


def retell(place: Static, content: Content) -> None:
    """Show another text in `place`; laid out anew only where it takes another number of lines, and `place` is
    as high as its text."""
    before, width = place.content, place.size.width
    if content == before:
        return
    same = isinstance(before, Content) and width and len(before.wrap(width)) == len(content.wrap(width))
    place.update(content, layout=not same and place.styles.is_auto_height)


class RowLine(Widget):
    """One line of roles, such as a heading; it fits itself to the width that there is."""

    DEFAULT_CSS = "RowLine { height: 1; width: 1fr; }"
    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._row: Row = ()

    def show(self, row: Row) -> None:
        """Show `row`; drawn again only if it changed."""
        if row != self._row:
            self._row = row
            self.refresh()

    def render(self) -> Content:
        """The row, made to fit."""
        return content_of(self._row, self.size.width)

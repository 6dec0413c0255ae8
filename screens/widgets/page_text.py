"""A page to read: its lines wrapped below where they begin, its headings in the accent's colour."""

from __future__ import annotations

import re

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from data.text import block

from .rows import ROLES
from .text_rows import wrap

_LEAD = re.compile(r" *(?:(?:[-*›✓○☐★] |\d{1,2}\. )(?:\[.\] )?)?")
"""What stands before a line's words: its indent, and the sign of a list."""
_PIECE = 10_000
"""Characters of a line that are wrapped at once."""


def page_rows(text: str, width: int) -> list[tuple[str, bool]]:
    """The rows of a text in `width` cells, safe to draw, each with whether it is a heading.

    A heading is a line of Markdown's, or one with indented lines below it.
    """
    lines = block(text).rstrip("\n").split("\n")
    rows = []
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        heading = line.startswith("#") or (line[:1] not in ("", " ") and after.startswith("  "))
        rows += [(row, heading) for row in _wrapped(line, width)]
    return rows


def _wrapped(line: str, width: int) -> list[str]:
    found = _LEAD.match(line)
    lead = found[0] if found is not None and len(found[0]) * 2 < width else ""
    words = line[len(lead) :]
    pieces = [words[at : at + _PIECE] for at in range(0, len(words), _PIECE)] or [""]
    first, *rest = [row for piece in pieces for row in wrap(piece, width - len(lead))]
    return [lead + first, *(" " * len(lead) + row for row in rest)]


class PageText(Widget):
    """Shows a text of several lines; as high as it needs to be."""

    DEFAULT_CSS = "PageText { width: 1fr; height: auto; padding: 0 1 0 0; }"

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text
        self._rows: list[tuple[str, bool]] = []
        self._rows_width = 0

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """How many lines it takes in that width."""
        return len(self._in(width))

    def render(self) -> Content:
        """The page in its width."""
        parts: list[str | tuple[str, str]] = []
        for row, heading in self._in(self.size.width):
            parts += [(row, ROLES["accent"]) if heading else row, "\n"]
        return Content.assemble(*parts[:-1])

    def _in(self, width: int) -> list[tuple[str, bool]]:
        if self._rows_width != width:
            self._rows, self._rows_width = page_rows(self._text, width), width
        return self._rows

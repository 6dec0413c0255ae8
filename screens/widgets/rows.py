"""Rows of styled text, as plain data: what a list shows is built and tested without a terminal.

A row is a tuple of spans; a span is a text and a role. Roles are few, so that screens look alike:
weight before colour, one accent. `FILL` pushes what follows it to the right edge.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from data.text import found_in, one_line

ROLES = {
    "plain": "",
    "strong": "bold",
    "dim": "$text-muted",
    "off": "$text-disabled",
    "accent": "bold $accent",
    "warn": "bold $warning",
    "late": "bold $error",
    "good": "$success",
    "tag": "$secondary",
    "hit": "bold underline",
    "field": "on $foreground 6%",
    "body": "on $foreground 4%",
}
"""How each role looks, in the colours of the theme: Textual's words for a style. A style sheet says the
same, but works it out anew for each role of each widget, which at the start takes a frame's time."""
KEY = "bold $foreground"
"""How a key stands out, or a word that leads, in a line of muted text."""

Span = tuple[str, str]
Row = tuple[Span, ...]

_LONGEST = 2_000
# No terminal shows more of one span; a name of 100,000 characters must not cost its length at each draw.

FILL: Span = ("\0fill", "plain")
"""Stands in a row where the space goes: what follows is at the right edge."""


def row_text(row: Row) -> str:
    """A row as plain text, for tests and for the clipboard."""
    return "".join(" " if span is FILL else span[0] for span in row)


def clip(text: str, width: int) -> str:
    """`text` in at most `width` cells; what is cut is marked with "…"."""
    if width <= 0:
        return ""
    if len(text) * 2 <= width or cell_len(text) <= width:
        return text
    if text.isascii():
        return text[: width - 1].rstrip() + "…"
    # A cell holds at least one character of a drawn text, so the rest need not be measured.
    return set_cell_size(text[: width * 2], width - 1).rstrip() + "…"


def hits(text: str, role: str, words: Sequence[str]) -> Row:
    """`text` in `role`, with what was searched for (`words`, folded) standing out in it."""
    text = one_line(text[:_LONGEST])
    spans: list[Span] = []
    done = 0
    for start, end in found_in(text, words):
        spans += [(text[done:start], role), (text[start:end], "hit")]
        done = end
    return (*(span for span in spans if span[0]), (text[done:], role)) if spans else ((text, role),)


def fit(row: Row, width: int) -> list[Span]:
    """The spans of `row` made safe to draw and to fit `width` cells exactly.

    The part before FILL gives way first, because what stands at the right edge (a date, a count, a
    sign that something is due) is short and is what the eye looks for.
    """
    left: list[Span] = []
    right: list[Span] = []
    part = left
    for span in row:
        if span is FILL:
            part = right
        else:
            part.append((one_line(span[0][:_LONGEST]), span[1]))
    right_cells = sum(cell_len(text) for text, _ in right)
    if right_cells > width:
        right = _cut(right, width)
        right_cells = sum(cell_len(text) for text, _ in right)
    room = width - right_cells - (1 if right and right_cells < width else 0)
    left = _cut(left, room)
    used = sum(cell_len(text) for text, _ in left) + right_cells
    if used < width:
        left.append((" " * (width - used), "plain"))
    return left + right


def _cut(spans: list[Span], width: int) -> list[Span]:
    out: list[Span] = []
    left = width
    for index, (text, role) in enumerate(spans):
        cells = len(text) if text.isascii() else cell_len(text[: left * 2 + 2])
        if cells <= left and len(text) > left * 2 + 2:
            cells = cell_len(text)  # Marks that stand on a letter take no cell.
        if cells > left or (cells == left and any(more for more, _ in spans[index + 1 :])):
            if left > 0:
                kept = clip(text + "…" if cells <= left else text, left)
                out.append((kept, role))
                left -= cell_len(kept)
            break
        out.append((text, role))
        left -= cells
    return out


def draw(row: Row, width: int, styles: dict[str, Style], base: Style) -> Strip:
    """`row` as one line of `width` cells, its roles looked up in `styles`, over `base`."""
    return Strip([Segment(text, base + styles[role]) for text, role in fit(row, width)], width)

"""What all pages of the insights are made of: lines, bars, and the words of an empty page."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from dataclasses import dataclass

from data.insights.facts import Facts
from data.store import Reader
from data.text import block, one_line

from ..widgets.rows import Row


@dataclass(frozen=True, slots=True)
class Text:
    """One line of a page: `person` is who `enter` opens, `fold` the branch that `space` folds. A line
    with neither can't be chosen."""

    row: Row = ()
    key: str = ""
    person: str = ""
    fold: str = ""


Page = Callable[[Reader, Facts, int, frozenset[str]], list[Text]]


def bar(value: int, most: int, width: int) -> str:
    """A bar of at most `width` cells, in halves; anything above nothing shows at least half a cell."""
    if value <= 0 or most <= 0 or width <= 0:
        return ""
    halves = max(1, round(2 * width * value / most))
    return "█" * (halves // 2) + "▌" * (halves % 2)


def teach(*sentences: str) -> list[Text]:
    """What a page says while it is empty: one sentence, then what to do; `"n  adds somebody"` is a key."""
    rows: list[Row] = [((f" {sentences[0]}", "strong"),)]
    for sentence in sentences[1:]:
        key, gap, what = sentence.partition("  ")
        if gap and " " not in key:
            rows.append(((f" {key}", "strong"), (gap + what, "dim")))
        else:
            rows.append(((f" {sentence}", "dim"),))
    return [Text(), *map(Text, rows)]


def wrapped(text: str, width: int) -> list[str]:
    """A text of others on lines of at most `width` characters."""
    wide = max(10, width)
    rows = [part for row in block(text[:4000]).split("\n") for part in textwrap.wrap(row, wide)]
    return [one_line(row) for row in rows] or [""]

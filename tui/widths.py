"""The cells that a sign takes, where Rich counts other than the terminals do that Inroad runs in.

Rich takes a mark that has a place of its own, as most vowels of Hindi, Bengali and Tamil have, for part of
the letter before it. tmux, xterm and all that count as C's `wcwidth` does give it a cell, and with one such
name every frame to the right of it slips.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache

from rich import cells

Entry = tuple[int, int, int]
"""The first and the last of some characters, and the cells that each of them takes."""


def count_as_terminals_do() -> None:
    """Give each mark with a place of its own its cell, in all that is measured from now on."""
    load = getattr(cells, "load_cell_table", None)
    if load is None or load is _corrected:
        return  # An older Rich, which counts so by itself; or done already.
    cells.load_cell_table = _corrected  # type: ignore[attr-defined]
    cells.get_character_cell_size.cache_clear()
    cells.cached_cell_len.cache_clear()


@cache
def _corrected(version: str = "auto") -> cells.CellTable:
    from rich._unicode_data import load

    table = load(version)
    return table._replace(widths=[part for entry in table.widths for part in _parts(entry)])


def _parts(entry: Entry) -> Iterator[Entry]:
    """The entry without the marks that have a place of their own; what is in no entry takes one cell."""
    first, last, width = entry
    if width:
        yield entry
        return
    for code in range(first, last + 1):
        if unicodedata.category(chr(code)) == "Mc":
            if first < code:
                yield first, code - 1, 0
            first = code + 1
    if first <= last:
        yield first, last, 0

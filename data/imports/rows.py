"""The rows of a table in text: the csv module reads them, and one bad row costs one row.

A quotation mark that is never closed would swallow all that follows; here the line that it stands in
is left out, and reading goes on behind it.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator

from msgspec import Struct

from data.imports.files import Lines

_MOST_LINES = 200
"""Lines that a cell with line breaks may go over."""
_MOST_CELLS = 2_000
_MOST_CHARS = 1 << 20
SEPARATORS = (",", ";", "\t", "|")


class Row(Struct, gc=False):
    """A row with the number of its first line. `why` is set where it can't be read."""

    number: int
    cells: list[str]
    text: str
    why: str = ""


class RowReader:
    """Iterate it for the rows. Set `width` once the header is known: it tells good rows from broken ones."""

    def __init__(self, lines: Lines, separator: str) -> None:
        self._lines = iter(lines)
        self._file = lines
        self._waiting: deque[tuple[int, str, bool]] = deque()
        self.separator = separator
        self.width = 0

    @property
    def bytes(self) -> int:
        """How far reading has come."""
        return self._file.bytes

    def _next(self) -> tuple[int, str, bool] | None:
        if self._waiting:
            return self._waiting.popleft()
        return next(self._lines, None)

    def __iter__(self) -> Iterator[Row]:
        while (line := self._next()) is not None:
            number, text, long = line
            if long:
                yield Row(number, [], text, "it is longer than a million characters")
                continue
            if '"' not in text:
                bare = text.rstrip("\r\n")
                if bare:
                    yield self._checked(Row(number, bare.split(self.separator), text))
                continue
            yield self._checked(self._quoted(number, text))

    def _checked(self, row: Row) -> Row:
        if row.why:
            return row
        if len(row.cells) > _MOST_CELLS:
            return Row(row.number, [], row.text, f"it has more than {_MOST_CELLS:,} columns")
        if len(row.text) > csv.field_size_limit() and max(map(len, row.cells)) > csv.field_size_limit():
            limit = csv.field_size_limit()
            return Row(row.number, [], row.text, f"a cell in it is longer than {limit:,} characters")
        if self.width and len(row.cells) > self.width and any(row.cells[self.width :]):
            return Row(
                row.number,
                row.cells,
                row.text,
                f"it has {len(row.cells)} columns where the heading has {self.width}",
            )
        return row

    def _quoted(self, number: int, text: str) -> Row:
        cells, state = self._parse(text)
        if state == "whole":
            return Row(number, cells, text)
        if state == "open":
            return self._over_lines(number, text)
        cells = self._loosely(text)
        if cells and (not self.width or len(cells) == self.width):
            return Row(number, cells, text)
        return Row(number, [], text, "its quotation marks don't fit together")

    def _over_lines(self, number: int, first: str) -> Row:
        """A cell goes on in the next lines, or a quotation mark is one too many."""
        taken: list[tuple[int, str, bool]] = []
        text = first
        while len(taken) < _MOST_LINES and len(text) < _MOST_CHARS:
            line = self._next()
            if line is None:
                break
            taken.append(line)
            text += line[1]
            if line[2]:
                break
            if '"' not in line[1]:
                continue
            cells, state = self._parse(text)
            if state == "whole" and (not self.width or len(cells) == self.width):
                return Row(number, cells, text)
            if state != "open":
                break
        self._waiting.extendleft(reversed(taken))
        return Row(number, [], first, "a quotation mark in it is never closed")

    def _parse(self, text: str) -> tuple[list[str], str]:
        try:
            rows = list(csv.reader([text], delimiter=self.separator, strict=True))
        except csv.Error as error:
            return [], "open" if "unexpected end" in str(error) else "bad"
        return (rows[0], "whole") if len(rows) == 1 else ([], "bad")

    def _loosely(self, text: str) -> list[str]:
        """As lenient programs read it: `"Ann" Lee` is Ann Lee."""
        try:
            rows = list(csv.reader([text.rstrip("\r\n")], delimiter=self.separator))
        except csv.Error:
            return []
        return rows[0] if rows else []

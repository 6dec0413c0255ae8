"""The lines of a meeting as rows of a list: minute, sign, and the whole text, wrapped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from data.meetings.capture import SIGNS
from data.meetings.times import line_minute
from data.records import Entry, EntryKind

from ..commands import key_of
from .rows import Row
from .text_rows import wrap
from .wrapped import WrappedLines

KIND_ROLES: dict[EntryKind, str] = {
    EntryKind.NOTE: "plain",
    EntryKind.LEAD: "warn",
    EntryKind.ADVICE: "good",
    EntryKind.QUOTE: "tag",
    EntryKind.PROMISE: "late",
    EntryKind.ANSWER: "accent",
}
"""The colour of a kind; its sign says the same."""
KIND_NAMES: dict[EntryKind, str] = {
    EntryKind.NOTE: "note",
    EntryKind.LEAD: "lead",
    EntryKind.ADVICE: "advice",
    EntryKind.QUOTE: "quote",
    EntryKind.PROMISE: "promised",
    EntryKind.ANSWER: "answer",
}
_MOST_ROWS = 12


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One row of an entry; only its first can hold the cursor."""

    entry: Entry
    part: int
    text: str
    minute: str = ""

    @property
    def key(self) -> str:
        """Names the row; that of an entry's first row is the entry's id."""
        return f"{self.entry.id}/{self.part}" if self.part else self.entry.id


def timeline(entries: Sequence[Entry], started: datetime | None, width: int) -> list[TimelineRow]:
    """The rows of these entries in `width` cells."""
    rows: list[TimelineRow] = []
    minutes = [line_minute(entry.at, started) for entry in entries]
    # After an hour a minute takes more cells, and all stand in one column.
    cells = max((len(minute) for minute in minutes), default=0)
    for entry, minute in zip(entries, minutes, strict=True):
        lines = wrap(entry.text, width - 6 - max(5, cells))
        if len(lines) > _MOST_ROWS:
            lines = [*lines[: _MOST_ROWS - 1], f"… ({key_of('meeting.edit')} shows all of it)"]
        rows += [
            TimelineRow(entry, part, line, (minute if not part else "").rjust(cells))
            for part, line in enumerate(lines)
        ]
    return rows


def draw_row(row: TimelineRow, width: int) -> list[Row]:
    """A row for a list."""
    kind = row.entry.kind
    sign = SIGNS[kind] if not row.part else ""
    role = KIND_ROLES[kind]
    words = "plain" if kind is EntryKind.NOTE else role if kind is EntryKind.QUOTE else "plain"
    return [((f"{row.minute:>5} ", "dim"), (f"{sign:<2} ", role), (row.text, words))]


def selectable(row: TimelineRow) -> bool:
    """Whether the cursor may stand on a row."""
    return not row.part


def timeline_list(id: str, empty: str) -> WrappedLines[TimelineRow]:
    """A list of these rows, for a screen to compose; `empty` is what it says without any."""
    return WrappedLines(
        draw_row,
        lambda row: row.key,
        selectable=selectable,
        id=id,
        classes="panel",
        empty=(((empty, "dim"),),),
    )

"""A message to look at: painted lines, since the message changes with each move of the cursor beside it.

The fields to write in (`message_pane`) are laid out anew for each message, which takes ten times as long;
they come when they are written in. Both look the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from textual.message import Message as Posted

from data.messages import Finding, Message
from data.text import block, one_line, plural

from ..commands import key_of
from .page import Page
from .rows import Row, Span
from .text_rows import flow, wrap

if TYPE_CHECKING:
    from textual import events

MOST_LINES = 6
"""Lines of the meeting that stand above a message."""
BODY_WIDTH = 104
"""The widest that a message is shown; the style sheet says the same of the fields it is written in. Longer
lines lose the eye on the way back."""
_WHO_ROWS = 2
_WHY_ROWS = 3
_FINDINGS_ROWS = 7
_BESIDE_BODY = 4
# A cell on either side, one for the scrollbar, one for the cursor at the end of a line.


@dataclass(frozen=True, slots=True)
class Owed:
    """What is shown of one thing owed: who and by which way (`who`), why, lines that it comes from as
    (sign, text, whether it is the chief one), and the message. `todo` stands where nothing is to write."""

    who: str
    why: str
    lines: tuple[tuple[str, str, bool], ...]
    message: Message | None
    todo: str = ""

    @property
    def writes(self) -> bool:
        """Whether there is something to write."""
        return self.message is not None and not self.todo


@dataclass(frozen=True, slots=True)
class Draft:
    """A thing owed with its text as it stands, and what the check says of it: findings, and the length in
    words or characters (`count`). `brief`: there is little room."""

    owed: Owed
    subject: str = ""
    body: str = ""
    findings: Sequence[Finding] = ()
    count: str = ""
    brief: bool = False

    def where(self, finding: Finding) -> str:
        """The part of the message that a finding is about, before what it says; "" for all of it."""
        if not finding.end:
            return ""
        return f"line {self.line_of(finding)}: " if finding.part == "body" else "subject: "

    def said(self, finding: Finding) -> str:
        """Where and what a finding is; a sentence of its own where the reason follows."""
        return f"{self.where(finding)}{finding.what}{'' if self.brief else '.'}"

    def line_of(self, finding: Finding) -> int:
        """The line of the body, from 1, where a finding begins."""
        return self.body.count("\n", 0, finding.start) + 1


class MessageView(Page):
    """Shows a draft in the room that there is."""

    class Pressed(Posted):
        """The user clicked on the message."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id, classes="panel")
        self._draft: Draft | None = None

    def show_draft(self, draft: Draft, rows: Sequence[Row] | None = None) -> None:
        """Show another draft; `rows` where `foreseen` has made them."""
        self._draft = draft
        if rows is None:
            self._fill_room()
        else:
            self.show(rows)

    def foreseen(self, draft: Draft) -> list[Row]:
        """The rows of a draft in the room that there is, ready to be shown."""
        if not self.size.height:
            return []
        # The first cell of a line is the cursor's in other lists.
        rows = message_rows(draft, self.size.width - 1, self.size.height)
        self.foresee(rows)
        return rows

    def on_resize(self, _: events.Resize) -> None:
        """Fill the new room."""
        self._fill_room()

    def _fill_room(self) -> None:
        if self._draft is not None and self.size.height:
            self.show(self.foreseen(self._draft))

    async def on_click(self, event: events.Click) -> None:
        event.stop()
        self.post_message(self.Pressed())


def message_rows(draft: Draft, width: int, height: int) -> list[Row]:
    """The rows of a draft in `width` cells, `height` of them: the body takes what the others leave."""
    owed, tight = draft.owed, draft.brief
    above = [row for rows in head_rows(owed, width, tight) for row in rows]
    if not owed.writes:
        told = [row for line in block(owed.todo).split("\n") for row in _plain(line, width, "dim")]
        return _most([*above, *told], height)
    gap: list[Row] = [] if tight else [()]
    if draft.subject:
        above += [*gap, _field(one_line(draft.subject), min(width, BODY_WIDTH), "field")]
    below = [*gap, *findings_rows(draft, width, key_of("followups.finding"))]
    room = max(4, height - len(above) - len(gap) - len(below))
    return [*above, *gap, *_body(draft.body, width, room), *below]


def head_rows(owed: Owed, width: int, tight: bool) -> tuple[list[Row], list[Row], list[Row]]:
    """What stands above a message: to whom, why, and the lines that it comes from."""
    return (
        _most(_who(owed.who, width), _WHO_ROWS),
        _most(_plain(owed.why, width, "plain"), _WHY_ROWS - tight),
        list(_lines(owed.lines, 3 if tight else MOST_LINES + 1)),
    )


def findings_rows(draft: Draft, width: int, key: str) -> list[Row]:
    """What the check says, as rows; `key` is what says why, where there is no room for it."""
    if not draft.findings:
        return flow([("✓", "good"), (f"Reads well · {draft.count}", "dim")], width)
    spans: list[Span] = []
    rows: list[Row] = []
    for finding in draft.findings:
        spans += [("!", "warn"), (draft.said(finding), "strong")]
        if not draft.brief:
            rows += flow([*spans, (finding.why, "dim")], width)
            spans = []
    last = f"{key} says why · {draft.count}" if draft.brief else draft.count
    return _most([*rows, *flow([*spans, (last, "dim")], width)], _FINDINGS_ROWS - 2 * draft.brief)


def _who(who: str, width: int) -> list[Row]:
    """The name and the role in one line; else the role in lines of its own, so that no separator hangs."""
    who = one_line(who)
    name, _, role = who.partition(" · ")
    parts = [who] if cell_len(who) <= width or not role else [name, role]
    return [row for part in parts for row in _plain(part, width, "strong")]


def _plain(text: str, width: int, role: str) -> list[Row]:
    return [((line, role),) for line in wrap(text, width)] if text else [()]


def _lines(lines: Sequence[tuple[str, str, bool]], most: int) -> Iterable[Row]:
    shown = len(lines) if len(lines) <= most else most - 1
    for sign, text, chief in lines[:shown]:
        yield ((f" {one_line(sign)} ", "accent"), (text, "strong" if chief else "dim"))
    if len(lines) > shown:
        yield ((f"   … and {len(lines) - shown} more", "dim"),)


def _body(text: str, width: int, room: int) -> list[Row]:
    width = min(width, BODY_WIDTH)
    lines = [line for part in block(text).split("\n") for line in wrap(part, width - _BESIDE_BODY)]
    if len(lines) > room:
        more = len(lines) - room + 1
        lines = [*lines[: room - 1], f"… {plural(more, 'more line')}"]
    lines += [""] * (room - len(lines))
    return [_field(line, width, "body") for line in lines]


def _field(text: str, width: int, role: str) -> Row:
    return ((set_cell_size(f" {text}", width), role),)


def _most(rows: list[Row], most: int) -> list[Row]:
    """The first of the rows; the last one says that there are more."""
    if len(rows) <= most:
        return rows
    *spans, (text, role) = rows[most - 1] or (("", "dim"),)
    return [*rows[: most - 1], (*spans, (f"{text} …".lstrip(), role))]

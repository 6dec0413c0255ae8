"""What the meeting's screen lists while none runs: those to begin, those to wrap up, those that are kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from rich.cells import cell_len

from data.actions.wrap_up import unwrapped
from data.clock import Clock, local_now
from data.days import show_day
from data.followups.plan import when
from data.meetings.times import starts_at
from data.records import Meeting, MeetingStatus, Person
from data.store import Reader
from data.text import one_line

from ..commands import key_of
from ..widgets.drawn_lines import REACH
from ..widgets.lines import Lines
from ..widgets.rows import FILL, Row, clip

_PAST_SHOWN = 30
NAME_CELLS = 28
"""A longer name is cut, where something stands beside it."""


@dataclass(frozen=True, slots=True)
class IdleItem:
    """One line: a heading (no id), or a meeting and what enter does with it: `begin`, `wrap_up`, `read`."""

    key: str
    title: str
    id: str = ""
    what: str = ""
    sub: str = ""
    due: str = ""
    tone: str = "dim"
    cells: int = 0
    """How wide the column of names is."""


def idle_items(reader: Reader, clock: Clock) -> list[IdleItem]:
    """The lines for the list."""
    now, today, zone = clock.now(), local_now(clock).date(), clock.zone()
    items: list[IdleItem] = []
    waiting = unwrapped(reader)
    if waiting:
        items.append(IdleItem("h-wrap", "To wrap up"))
        items += [_item(reader, m, "wrap_up", "! wrap up", "warn") for m in waiting]
    planned = [m for m in reader.all(Meeting) if m.status is MeetingStatus.PLANNED]
    planned.sort(key=starts_at)
    if planned:
        items.append(IdleItem("h-plan", f"Coming: {key_of('list.choose')} begins"))
    for meeting in planned:
        start = starts_at(meeting)
        local = start.astimezone(zone)
        due, tone = f"{when(local.date(), today)} {local:%H:%M}", "dim"
        if now - start > timedelta(minutes=1):
            due, tone = f"!! {due}", "late"
        elif start - now < timedelta(minutes=30):
            due, tone = f"! {due}", "warn"
        items.append(_item(reader, meeting, "begin", due, tone))
    past = [m for m in reader.all(Meeting) if m.status is MeetingStatus.ENDED and m.wrapped is not None]
    past.sort(key=lambda m: m.started or m.ended or starts_at(m), reverse=True)
    if past:
        items.append(IdleItem("h-past", f"Past: {key_of('list.choose')} reads the notes"))
    for meeting in past[:_PAST_SHOWN]:
        began = meeting.started or starts_at(meeting)
        items.append(_item(reader, meeting, "read", show_day(began.astimezone(zone).date()), "dim"))
    longest = max((cell_len(one_line(item.title)) for item in items if item.id), default=0)
    cells = min(longest, NAME_CELLS)
    gapped: list[IdleItem] = []
    for item in items:
        if gapped and not item.id:
            gapped.append(IdleItem(f"gap-{item.key}", ""))
        gapped.append(replace(item, cells=cells))
    return gapped


def _item(reader: Reader, meeting: Meeting, what: str, due: str, tone: str) -> IdleItem:
    person = reader.get(Person, meeting.person)
    sub = ", ".join(part for part in (person.title, person.company) if part) if person else ""
    name = person.name if person else "somebody"
    return IdleItem(meeting.id, name, meeting.id, what, sub, due, tone)


def draw_idle(item: IdleItem, width: int) -> list[Row]:
    """A line for the list."""
    if not item.id:
        return [((item.title, "accent"),)]
    name = one_line(item.title)
    if item.sub:
        # What they do stands in a column, so that the eye goes down either.
        name = clip(name, item.cells)
        name += " " * (item.cells - cell_len(name) + 2)
    return [(("  " + name, "strong"), (item.sub, "dim"), FILL, (item.due, item.tone))]


def idle_list(id: str) -> Lines[IdleItem]:
    """The list, for a screen to compose."""
    return Lines(
        draw_idle,
        lambda item: item.key,
        selectable=lambda item: bool(item.id),
        widest=REACH,
        id=id,
        classes="panel",
        empty=(
            (("No meeting yet.", "strong"),),
            (
                (
                    f"Move somebody to Scheduled on the board ({key_of('app.board')}), "
                    f"or press {key_of('board.meet')} there to meet now.",
                    "dim",
                ),
            ),
        ),
    )

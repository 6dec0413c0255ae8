"""What the meeting's screen lists while none runs: those to begin, those to wrap up, those that are kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from data.actions.wrap_up import unwrapped
from data.clock import Clock, local_now
from data.days import show_day
from data.followups.plan import when
from data.meetings.times import starts_at
from data.records import Meeting, MeetingStatus, Person
from data.store import Reader

from ..commands import key_of
from ..widgets.drawn_lines import REACH
from ..widgets.lines import Lines
from ..widgets.rows import FILL, Row

_PAST_SHOWN = 30


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
        items.append(IdleItem("h-past", "Notes"))
    for meeting in past[:_PAST_SHOWN]:
        began = meeting.started or starts_at(meeting)
        items.append(_item(reader, meeting, "read", show_day(began.astimezone(zone).date()), "dim"))
    gapped: list[IdleItem] = []
    for item in items:
        if gapped and not item.id:
            gapped.append(IdleItem(f"gap-{item.key}", ""))
        gapped.append(item)
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
    sub = f"  {item.sub}" if item.sub else ""
    return [(("  " + item.title, "strong"), (sub, "dim"), FILL, (item.due, item.tone))]


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

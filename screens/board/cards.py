"""The cards of the board: what each says, and in which order they stand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from data.records import Kind, Meeting, MeetingStatus, PersonLine, Stage
from data.text import fold

from ..widgets.rows import FILL, Row, hits

if TYPE_CHECKING:
    from data.followups.agenda import Agenda
    from data.store import Store


def card(
    person: PersonLine, agenda: Agenda, width: int, *, whole: bool, words: Sequence[str] = ()
) -> Sequence[Row]:
    """Three lines: who, what they do, what comes next; `words`, that the board is filtered by, stand out.
    `whole`: the agenda knows everybody."""
    role = " · ".join(part for part in (person.title, person.company) if part)
    if person.kind is Kind.GROUP:
        role = " · ".join(part for part in ("group", person.source.value, role) if part)
    tier: Row = (FILL, (person.tier.value, "dim")) if person.tier else ()
    name = hits(person.name, "strong", words)
    return [(*name, *tier), hits(role, "dim", words), _next_row(person, agenda, width, whole)]


def _next_row(person: PersonLine, agenda: Agenda, width: int, whole: bool) -> Row:
    badge = agenda.badge(person)
    if badge is not None:
        sign, role = (("", "dim"), ("", "plain"), ("! ", "warn"), ("!! ", "late"))[int(badge.urgency)]
        text = sign + badge.text
        return ((_fitted(text, width) if badge.kind == "meeting" else text, role),)
    if person.introduced_by and (introducer := agenda.people.get(person.introduced_by)):
        return ((f"via {introducer.name}", "dim"),)
    if person.introduced_by and not whole:
        return ()
    if person.tags:
        return ((" ".join(f"#{tag}" for tag in person.tags), "tag"),)
    return ((person.location, "dim"),)


def _fitted(text: str, width: int) -> str:
    """A meeting's day, time and how much of it is prepared; that stands at the end, and must not be what is
    cut off. Where there is room, a word says what it is the share of."""
    ways = (text.replace(" · ", " · prep "), text.replace(" · ", " prep "), text)
    return next((way for way in ways if len(way) <= width), text.replace(" · ", " "))


def earliest(agenda: Agenda, store: Store) -> dict[str, float]:
    """The earliest thing with each person, to put the cards in order."""
    from data.followups.due import due_day
    from data.meetings.times import starts_at

    found: dict[str, float] = {}
    for followup in agenda.open:
        day = due_day(followup, agenda.zone)
        at = datetime(day.year, day.month, day.day, 23, tzinfo=agenda.zone).timestamp()
        found[followup.person] = min(at, found.get(followup.person, at))
    # Who is going to be met stands by the meeting, whatever else is owed.
    meetings: dict[str, float] = {}
    for status in (MeetingStatus.PLANNED, MeetingStatus.RUNNING):
        for meeting in store.where(Meeting, status=status):
            at = starts_at(meeting).timestamp()
            meetings[meeting.person] = min(at, meetings.get(meeting.person, at))
    found.update(meetings)
    return found


def order(agenda: Agenda, person: PersonLine, when: dict[str, float]) -> tuple[int, float, float, str]:
    """What presses comes first; then by its day; then who has waited longest."""
    badge = agenda.badge(person) if person.id in when or person.stage is Stage.ASKED else None
    since = person.stage_since.timestamp() if person.stage_since is not None else 0.0
    urgency = -int(badge.urgency) if badge is not None else 0
    return (urgency, when.get(person.id, float("inf")), since, person.name)


def matches(person: PersonLine, words: list[str]) -> bool:
    """Whether every word (folded) is in what a card shows, or begins one of the person's #tags."""
    text = fold(f"{person.name} {person.title} {person.company} {person.location}")
    tags = {f"#{fold(tag)}" for tag in person.tags}
    return all(word in text or any(tag.startswith(word) for tag in tags) for word in words)

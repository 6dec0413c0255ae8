"""Meetings and follow-ups as iCalendar (RFC 5545), for any calendar; icalendar escapes and folds.

UIDs are those of the records, so that taking the file in again updates a calendar instead of doubling it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from data.clock import Clock
from data.exports.calendar_zones import timezone
from data.exports.outgoing import clean, name_of, owed
from data.exports.progress import Progress, counted
from data.records import FollowUp, FollowUpState, Meeting, MeetingStatus
from data.store import Reader

if TYPE_CHECKING:
    from icalendar import Event, Todo

ALARM_MINUTES = 10
"""How long before a meeting the calendar reminds."""
_UTC = ("UTC", "Etc/UTC")
_EVENT_STATUS = {MeetingStatus.CALLED_OFF: "CANCELLED", MeetingStatus.NO_SHOW: "CANCELLED"}
_TODO_STATUS = {
    FollowUpState.OPEN: "NEEDS-ACTION",
    FollowUpState.DONE: "COMPLETED",
    FollowUpState.SKIPPED: "CANCELLED",
    FollowUpState.CANCELLED: "CANCELLED",
}


def calendar(
    reader: Reader, clock: Clock, people: Collection[str] | None = None, progress: Progress | None = None
) -> str:
    """All meetings and follow-ups, or those with the people of these ids, as one calendar."""
    return _calendar(reader, clock, *chosen(reader, people), progress)


def chosen(reader: Reader, people: Collection[str] | None) -> tuple[list[Meeting], list[FollowUp]]:
    """The meetings and follow-ups that such a calendar holds."""

    def wanted(id: str) -> bool:
        return people is None or id in people

    return (
        [each for each in reader.all(Meeting) if wanted(each.person)],
        [each for each in reader.all(FollowUp) if wanted(each.person)],
    )


def meeting_calendar(reader: Reader, clock: Clock, meeting: Meeting) -> str:
    """One meeting as a calendar of its own, to be opened or sent."""
    return _calendar(reader, clock, [meeting], [])


def _calendar(
    reader: Reader,
    clock: Clock,
    meetings: Sequence[Meeting],
    followups: Sequence[FollowUp],
    progress: Progress | None = None,
) -> str:
    from icalendar import Calendar

    made = Calendar()
    made.add("prodid", "-//Inroad//Inroad//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    for zone, times in _times_by_zone(meetings).items():
        made.add_component(timezone(zone, min(times), max(times)))
    everything: list[Meeting | FollowUp] = [*meetings, *followups]
    for each in counted(everything, len(everything), progress):
        part = _event(reader, clock, each) if isinstance(each, Meeting) else _todo(reader, clock, each)
        made.add_component(part)
    text: str = made.to_ical().decode("utf-8")
    return text


def _times_by_zone(meetings: Iterable[Meeting]) -> dict[ZoneInfo, list[datetime]]:
    times: dict[ZoneInfo, list[datetime]] = {}
    for meeting in meetings:
        zone = _zone(meeting.zone)
        if zone.key not in _UTC:  # Written as instants.
            times.setdefault(zone, []).append(meeting.starts.replace(tzinfo=zone))
    return times


def _event(reader: Reader, clock: Clock, meeting: Meeting) -> Event:
    from icalendar import Alarm, Event

    name = name_of(reader, meeting.person)
    starts = meeting.starts.replace(tzinfo=_zone(meeting.zone))
    event = Event()
    event.add("uid", f"meeting-{meeting.id}@inroad")
    event.add("dtstamp", clock.now())
    event.add("summary", f"Coffee chat: {name}")
    event.add("dtstart", starts)
    # In wall time the end would be wrong on the night when clocks change.
    ends = (starts.astimezone(UTC) + timedelta(minutes=max(1, meeting.minutes))).astimezone(starts.tzinfo)
    event.add("dtend", ends)
    event.add("status", _EVENT_STATUS.get(meeting.status, "CONFIRMED"))
    if place := clean(meeting.place):
        event.add("location", place)
    questions = "\n".join(f"- {question.text}" for question in meeting.questions)
    if about := clean("\n\n".join(part for part in (meeting.objective, questions) if part)):
        event.add("description", about)
    if meeting.status is MeetingStatus.PLANNED:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", f"Coffee chat: {name}")
        alarm.add("trigger", timedelta(minutes=-ALARM_MINUTES))
        event.add_component(alarm)
    return event


def _todo(reader: Reader, clock: Clock, followup: FollowUp) -> Todo:
    from icalendar import Todo

    todo = Todo()
    todo.add("uid", f"followup-{followup.id}@inroad")
    todo.add("dtstamp", clock.now())
    todo.add("summary", owed(reader, followup))
    todo.add("due", followup.due_at.astimezone(UTC) if followup.due_at else followup.due)
    todo.add("status", _TODO_STATUS[followup.state])
    if followup.state is FollowUpState.DONE and followup.closed:
        todo.add("completed", followup.closed.astimezone(UTC))
    if about := clean("\n".join(part for part in (followup.words, followup.why) if part)):
        todo.add("description", about)
    return todo


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        return ZoneInfo("UTC")

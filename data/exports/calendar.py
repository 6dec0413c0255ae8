"""Meetings and follow-ups as iCalendar (RFC 5545), for any calendar; icalendar escapes and folds.

UIDs are those of the records, so that taking the file in again updates a calendar instead of doubling it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import UTC, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from data.clock import Clock
from data.records import FollowUp, FollowUpKind, FollowUpState, Meeting, MeetingStatus, Person
from data.store import Reader

if TYPE_CHECKING:
    from icalendar import Event, Todo

ALARM_MINUTES = 10
"""How long before a meeting the calendar reminds."""
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_WORDS: dict[FollowUpKind, str] = {
    FollowUpKind.OUTREACH: "Write to {}",
    FollowUpKind.NUDGE: "Nudge {}",
    FollowUpKind.CONFIRM: "Confirm the meeting with {}",
    FollowUpKind.WRAP_UP: "Wrap up the meeting with {}",
    FollowUpKind.THANK_YOU: "Thank {}",
    FollowUpKind.CONNECT: "Connect with {}",
    FollowUpKind.LEAD: "Follow up on the lead from {}",
    FollowUpKind.REPORT_BACK: "Tell {} what came of it",
    FollowUpKind.PROGRESS: "Tell {} how it goes",
    FollowUpKind.CHECK_IN: "Check in with {}",
    FollowUpKind.CUSTOM: "For {}",
}
_EVENT_STATUS = {MeetingStatus.CALLED_OFF: "CANCELLED", MeetingStatus.NO_SHOW: "CANCELLED"}
_TODO_STATUS = {
    FollowUpState.OPEN: "NEEDS-ACTION",
    FollowUpState.DONE: "COMPLETED",
    FollowUpState.SKIPPED: "CANCELLED",
    FollowUpState.CANCELLED: "CANCELLED",
}


def calendar(reader: Reader, clock: Clock, people: Collection[str] | None = None) -> str:
    """All meetings and follow-ups, or those with the people of these ids, as one calendar."""

    def wanted(id: str) -> bool:
        return people is None or id in people

    return _calendar(
        reader,
        clock,
        [each for each in reader.all(Meeting) if wanted(each.person)],
        [each for each in reader.all(FollowUp) if wanted(each.person)],
    )


def meeting_calendar(reader: Reader, clock: Clock, meeting: Meeting) -> str:
    """One meeting as a calendar of its own, to be opened or sent."""
    return _calendar(reader, clock, [meeting], [])


def _calendar(
    reader: Reader, clock: Clock, meetings: Iterable[Meeting], followups: Iterable[FollowUp]
) -> str:
    from icalendar import Calendar

    made = Calendar()
    made.add("prodid", "-//Inroad//Inroad//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    for meeting in meetings:
        made.add_component(_event(reader, clock, meeting))
    for followup in followups:
        made.add_component(_todo(reader, clock, followup))
    made.add_missing_timezones()
    text: str = made.to_ical().decode("utf-8")
    return text


def _event(reader: Reader, clock: Clock, meeting: Meeting) -> Event:
    from icalendar import Alarm, Event

    name = _name(reader, meeting.person)
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
    if place := _clean(meeting.place):
        event.add("location", place)
    questions = "\n".join(f"- {question.text}" for question in meeting.questions)
    if about := _clean("\n\n".join(part for part in (meeting.objective, questions) if part)):
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
    todo.add("summary", _WORDS[followup.kind].format(_name(reader, followup.person)))
    todo.add("due", followup.due_at.astimezone(UTC) if followup.due_at else followup.due)
    todo.add("status", _TODO_STATUS[followup.state])
    if followup.state is FollowUpState.DONE and followup.closed:
        todo.add("completed", followup.closed.astimezone(UTC))
    if about := _clean("\n".join(part for part in (followup.words, followup.why) if part)):
        todo.add("description", about)
    return todo


def _name(reader: Reader, id: str) -> str:
    person = reader.get(Person, id)
    return " ".join(_clean(person.name).split()) if person else "somebody"


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        return ZoneInfo("UTC")


def _clean(text: str) -> str:
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))

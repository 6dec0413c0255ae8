"""Meetings on the time line: which one runs, what begins soon, what comes next, what overlaps."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from data.meetings.times import planned_end, starts_at
from data.records import Meeting, MeetingStatus
from data.store import Reader

SOON = timedelta(minutes=10)
"""So long before a meeting every screen says so."""
STILL_SOON = timedelta(minutes=15)
"""So long after its time a meeting that was not started is still spoken of."""


def running_meeting(reader: Reader) -> Meeting | None:
    """The meeting that runs, also after a crash or a restart; None if none does."""
    running = reader.where(Meeting, status=MeetingStatus.RUNNING)
    # Two could only come from two processes at once; the one started last is the conversation held.
    return max(running, key=lambda each: each.started or starts_at(each), default=None)


def planned_meetings(reader: Reader) -> list[Meeting]:
    """The meetings to come, and those whose time is past but that nobody started, by their instants."""
    return sorted(reader.where(Meeting, status=MeetingStatus.PLANNED), key=starts_at)


def begins_soon(meetings: Iterable[Meeting], now: datetime) -> Meeting | None:
    """The planned meeting that begins within ten minutes, or should have begun just now."""
    near = [
        each
        for each in meetings
        if each.status is MeetingStatus.PLANNED and -STILL_SOON <= starts_at(each) - now <= SOON
    ]
    return min(near, key=starts_at, default=None)


def overlapping(reader: Reader, starts: datetime, minutes: int, *, besides: str = "") -> list[Meeting]:
    """Planned and running meetings that share time with one from the instant `starts`.

    Back to back is no overlap. `besides` is the id of a meeting not to count: the one being moved.
    """
    from data.meetings.clock import end_of

    ends = starts + timedelta(minutes=minutes)
    found = []
    planned = reader.where(Meeting, status=MeetingStatus.PLANNED)
    for each in (*planned, *reader.where(Meeting, status=MeetingStatus.RUNNING)):
        if each.id == besides:
            continue
        begun, over = starts_at(each), planned_end(each)
        if each.status is MeetingStatus.RUNNING and each.started is not None:
            begun, over = each.started, end_of(each)
        if starts < over and begun < ends:
            found.append(each)
    return sorted(found, key=starts_at)


def next_after(reader: Reader, meeting: Meeting, now: datetime) -> Meeting | None:
    """The planned meeting that begins within half an hour of this one's end: time to be on time for."""
    from data.meetings.clock import end_of

    end = max(end_of(meeting), now)
    return next(
        (
            each
            for each in planned_meetings(reader)
            if each.id != meeting.id and now <= starts_at(each) <= end + timedelta(minutes=30)
        ),
        None,
    )

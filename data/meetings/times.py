"""A meeting's instants, and time in words: how long, how much is left, what a wall clock shows."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from data.records import Meeting
from data.zones import instant, wall

ZERO = timedelta(0)


def starts_at(meeting: Meeting) -> datetime:
    """The instant for which a meeting is planned."""
    return instant(meeting.starts, meeting.zone)


def planned_end(meeting: Meeting) -> datetime:
    """The instant at which it should be over by plan. An hour that clocks skip does not count."""
    return starts_at(meeting) + timedelta(minutes=meeting.minutes)


def hhmm(moment: datetime, zone: ZoneInfo) -> str:
    """What a clock on the wall shows: "15:05"."""
    return f"{wall(moment, zone.key, zone):%H:%M}"


def clock_words(span: timedelta) -> str:
    """A span as a clock shows it: "7:26", "1:02:03". Parts of a second are dropped."""
    seconds = max(0, int(span.total_seconds()))
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def minute_words(span: timedelta) -> str:
    """A span in words, to the minute: "12 min", "1 h 05 min", "40 s" below a minute."""
    seconds = max(0, int(span.total_seconds()))
    if seconds < 60:
        return f"{seconds} s"
    hours, minutes = divmod(seconds // 60, 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min"


def overtime_words(over: timedelta) -> str:
    """How far over the promise: "4 min over your promise"; empty while there is none."""
    return f"{minute_words(over)} over your promise" if over > ZERO else ""


def line_minute(at: datetime | None, started: datetime | None) -> str:
    """The minute of a line of the timeline: "05:42", "1:05:42"; empty for a line without a clock."""
    if at is None or started is None:
        return ""
    words = clock_words(at - started)
    return words if words.count(":") == 2 else words.rjust(5, "0")

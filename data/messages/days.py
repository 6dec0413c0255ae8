"""Days in a message, as the reader of it would say them: "yesterday", "on Thursday", "five weeks"."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from data.days import LONG_DAYS, LONG_MONTHS, long_day

_NUMBERS = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven")


def past_day(day: date, today: date) -> str:
    """A day that is over, as it fits behind a verb: "today", "yesterday", "on Thursday", "on 3 November"."""
    away = (today - day).days
    if away in (0, 1):
        return ("today", "yesterday")[away]
    if 1 < away < 7:
        return f"on {LONG_DAYS[day.weekday()]}"
    year = f" {day.year}" if day.year != today.year else ""
    return f"on {day.day} {LONG_MONTHS[day.month - 1]}{year}"


def coming_day(day: date, today: date) -> str:
    """A day to come: "today", "tomorrow, Tuesday 24 November", "on Thursday 3 December"."""
    away = (day - today).days
    if away == 0:
        return "today"
    if away == 1:
        return f"tomorrow, {long_day(day, today)}"
    return f"on {long_day(day, today)}"


def ago(day: date, today: date) -> str:
    """How long ago, in round words: "three days", "a week", "five weeks", "three months", "a year"."""
    days = max(0, (today - day).days)
    if days < 7:
        return "a day" if days == 1 else f"{_NUMBERS[days]} days" if days else ""
    for unit, length, until in (("week", 7, 63), ("month", 30.4, 330), ("year", 365, 10**9)):
        if days < until:
            count = max(1, round(days / length))
            return f"a {unit}" if count == 1 else f"{_NUMBERS[count] if count < 12 else count} {unit}s"
    return ""


def at_time(moment: datetime, theirs: ZoneInfo | None, own: ZoneInfo, now: datetime) -> str:
    """When a meeting is, in the reader's own zone where it is known, and in the user's if it differs.

    "tomorrow, Tuesday 24 November, at 15:00"; across zones "… at 9:00 your time (15:00 in Berlin)".
    """
    zone = theirs or own
    wall = moment.astimezone(zone)
    today = now.astimezone(zone).date()
    said = f"{coming_day(wall.date(), today)}, at {wall.hour}:{wall.minute:02}"
    mine = moment.astimezone(own)
    if wall.utcoffset() == mine.utcoffset():
        return said
    day = "" if mine.date() == wall.date() else f"{LONG_DAYS[mine.weekday()]} "
    return f"{said} your time ({day}{mine.hour}:{mine.minute:02} in {_place(own.key)})"


def _place(zone: str) -> str:
    """What a zone is called in a sentence: its city; "UTC" for those that are none."""
    from data.zones import label

    return "UTC" if zone in ("UTC", "Etc/UTC", "Etc/GMT") else label(zone)

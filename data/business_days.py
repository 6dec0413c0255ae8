"""Business days: what is neither at the weekend nor one of the user's holidays."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from msgspec import Struct

from data.errors import UserError
from data.records import Profile
from data.rules import rules_of
from data.text import one_line

_DAY = timedelta(days=1)
LONGEST_BREAK = 366
"""More days off in a row than this are taken for a mistake, and the count goes on regardless."""
LARGEST_FILE = 5_000_000
"""Bytes; a calendar of holidays is far smaller."""
YEARS_AHEAD = 5
"""How far a holiday that comes every year is written out."""


class Calendar(Struct, frozen=True):
    """Which days are business days. `weekend` holds weekdays, Monday being 0."""

    holidays: frozenset[date] = frozenset()
    weekend: frozenset[int] = frozenset({5, 6})

    @classmethod
    def of(cls, profile: Profile) -> Calendar:
        """The calendar of this user: their holidays, and their weekend."""
        first = rules_of(profile).weekend_starts
        return cls(frozenset(profile.holidays), frozenset({first, (first + 1) % 7}))

    def is_business_day(self, day: date) -> bool:
        """Whether people are at work."""
        return day.weekday() not in self.weekend and day not in self.holidays

    def add(self, day: date, count: int) -> date:
        """The day that is `count` business days after `day` (or before it, if negative).

        `day` itself need not be one: one business day after a Saturday is Monday. With a count of 0 it
        is `day`, or the next business day if it is none.
        """
        step = _DAY if count >= 0 else -_DAY
        left, off = abs(count), 0
        if count == 0:
            while not self.is_business_day(day) and off < LONGEST_BREAK:
                day, off = day + _DAY, off + 1
        while left:
            day += step
            if self.is_business_day(day) or off >= LONGEST_BREAK:
                left -= 1
                off = 0
            else:
                off += 1
        return day

    def between(self, start: date, end: date) -> int:
        """How many business days have passed since `start` on `end`: what `add` would have counted.

        0 if `end` is not after `start`.
        """
        if end <= start:
            return 0
        weeks, rest = divmod((end - start).days, 7)
        passed = weeks * (7 - len(self.weekend))
        day = start + timedelta(weeks=weeks)
        for _ in range(rest):
            day += _DAY
            passed += day.weekday() not in self.weekend
        return passed - sum(
            start < holiday <= end and holiday.weekday() not in self.weekend for holiday in self.holidays
        )


def typed_holidays(text: str, today: date) -> tuple[date, ...]:
    """The days in what somebody typed, in order: `25 dec`, `24 dec to 1 jan`, several with commas between.

    Raises UserError (one sentence) for what is no day to come, or a stretch that runs backwards.
    """
    from data.when import read_day

    days: set[date] = set()
    for part in (piece.strip() for piece in text.split(",")):
        if not part:
            continue
        first, _, last = part.partition(" to ")
        start = read_day(first, today)
        end = read_day(last, today) if last.strip() else start
        if not 0 <= (end - start).days < LONGEST_BREAK:
            raise UserError(
                f"“{one_line(part)[:40]}” is no stretch of days: type the first day, to, the last."
            )
        days.update(start + timedelta(days=number) for number in range((end - start).days + 1))
    if not days:
        raise UserError("Type a day, like 25 dec, or the path of a file.")
    return tuple(sorted(days))


def read_holidays(path: Path, today: date) -> tuple[date, ...]:
    """The holidays in a file, in order: an iCalendar file, or a list with one date (2026-12-25) a line.

    In a list, what follows the date or a `#` is a remark. Of a calendar every all-day event counts, and
    one that repeats is written out from last year to five years ahead. Raises UserError (one sentence,
    with file and line).
    """
    name = one_line(path.name)
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise UserError(f"{name} is too large for a list of holidays; nothing was changed.")
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UserError(f"{name} is not a text file in UTF-8; save it as one and try again.") from None
    except OSError as error:
        raise UserError(f"{name} can't be read ({error.strerror or 'unknown reason'}).") from None
    found = _from_calendar(text, name, today) if "BEGIN:VCALENDAR" in text.upper() else _from_list(text, name)
    if not found:
        raise UserError(f"{name} holds no holiday: write one date a line, like 2026-12-25.")
    return tuple(sorted(found))


_LINE = r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})(?:[\s,;#].*)?"


def _from_list(text: str, name: str) -> set[date]:
    days: set[date] = set()
    for number, line in enumerate(text.splitlines(), 1):
        words = line.strip()
        if not words or words.startswith("#"):
            continue
        found = re.fullmatch(_LINE, words)
        try:
            if found is None:
                raise ValueError
            days.add(date.fromisoformat(found["day"]))
        except ValueError:
            raise UserError(
                f"{name}, line {number}: “{one_line(words)[:40]}” is no date; write it like 2026-12-25."
            ) from None
    return days


def _from_calendar(text: str, name: str, today: date) -> set[date]:
    from icalendar import Calendar as ICalendar

    try:
        calendar = ICalendar.from_ical(text)
    except (ValueError, AttributeError, TypeError, LookupError, ArithmeticError) as error:
        reason = one_line(str(error))[:80]
        raise UserError(f"{name} is not a whole calendar ({reason}); export it again.") from None
    days: set[date] = set()
    for event in calendar.walk("VEVENT"):
        days |= _days_of(event, today)
    return days


def _days_of(event: Any, today: date) -> set[date]:
    """The days of one all-day event; one with a time of day is an appointment, not a holiday."""
    try:
        start, end = event.get("DTSTART").dt, event.get("DTEND")
        if isinstance(start, datetime) or not isinstance(start, date):
            return set()
        # The end of an all-day event is the day after its last (RFC 5545, 3.6.1).
        length = max(1, min(LONGEST_BREAK, (end.dt - start).days if end is not None else 1))
    except (AttributeError, TypeError, ValueError):
        return set()
    days: set[date] = set()
    for first in _repeated(event, start, today):
        days.update(first + timedelta(days=n) for n in range(length))
    return days


def _repeated(event: Any, start: date, today: date) -> list[date]:
    rule = event.get("RRULE")
    if rule is None or isinstance(rule, list):
        # RFC 5545, 3.8.5.3: more than one says nothing certain.
        return [start]
    from dateutil.rrule import rrulestr

    # Wall times without a zone: all that counts here is the day.
    until = datetime(today.year + YEARS_AHEAD, 12, 31)  # noqa: DTZ001
    since = datetime(today.year - 1, 1, 1)  # noqa: DTZ001
    first = datetime(start.year, start.month, start.day)  # noqa: DTZ001
    try:
        text = re.sub(r"(UNTIL=[0-9]{8})(T[0-9]{6}Z?)?", r"\1", rule.to_ical().decode())
        if not re.search(r"FREQ=(YEARLY|MONTHLY|WEEKLY|DAILY)", text):
            return [start]
        if re.search(r"INTERVAL=-?0*(;|$)", text):
            # One that never comes forward would be counted for ever.
            return [start]
        return [at.date() for at in rrulestr(text, dtstart=first).between(since, until, inc=True)]
    except (ValueError, TypeError):
        return [start]

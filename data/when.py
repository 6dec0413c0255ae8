"""Reading a typed date and time: `thu 3pm`, `next tue 14:00 Berlin`, `2026-12-03 09:00`.

A moment is kept as the wall time that was meant and the zone that it was meant in; what is printed of
it (`Moment.text`) reads back as the same moment.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from data.days import MONTHS, WhenError, at_midnight, check_distance, show_day, take_day
from data.hours import has_time, take_hours, take_part
from data.text import fold, one_line
from data.zones import ZoneError, find_zone, instant, label, wall, zone_info

__all__ = ["Moment", "WhenError", "read_day", "read_moment", "read_past", "show", "show_day"]

LONGEST = 120
"""More characters than this are no date."""

_FOR_YOU = re.compile(r"\([^()]*for you\)")
_ISO_TIME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})t([0-9]{2}:[0-9]{2})(?::00)?([+-][0-9]{2}:?[0-9]{2}|z)?")
_FILLERS = re.compile(r"(?:^|(?<=\s))(?:on|at|the|@)(?=\s|$)")


class Moment(Struct, frozen=True, kw_only=True):
    """A date and time as read.

    `wall` is naive, in the IANA zone `zone`; `instant` the same in UTC; without a typed time `timed` is
    False and `wall` is the start of the day. `minutes` is the length where an end was typed, too, else 0.
    `text` is how it was read, to be shown before it is kept; `note` a sentence where a change to or from
    summer time had a say.
    """

    wall: datetime
    zone: str
    instant: datetime
    timed: bool
    text: str
    note: str = ""
    minutes: int = 0

    @property
    def said(self) -> str:
        """How it was read, in full: with the length, and what clocks do then."""
        length = f", {self.minutes} min" if self.minutes else ""
        return f"{self.text}{length}. {self.note}".strip().removesuffix(".")


def read_moment(
    text: str, now: datetime, zone: ZoneInfo, *, need_time: bool = True, usual: time | None = None
) -> Moment:
    """Read a moment to come.

    `now` is aware; `zone` is the user's own, in which a time without a zone is meant and `tomorrow` is
    counted. Where no time is typed `usual` is taken, or with `need_time` one is asked for.
    Raises WhenError: what is wrong with it and what can be typed, in one sentence.
    """
    return _read(text, now, zone, need_time, usual, past=False)


def read_past(text: str, now: datetime, zone: ZoneInfo) -> Moment:
    """Read a moment that is over: `yesterday 15:00`, `mon`, `3 nov 9am`, `2 days ago`.

    A weekday is the last one before today, a date without a year the latest; the time may be left out.
    Raises WhenError.
    """
    return _read(text, now, zone, False, None, past=True)


def read_day(text: str, today: date) -> date:
    """Read a day from today on: `tomorrow`, `fri`, `in 2 weeks`, `+3d`, `3 dec`. Raises WhenError."""
    words, _ = take_part(_clean(text, today))
    if _has_time(words):
        raise WhenError("Only a day is needed here, without a time: " + _day_examples(today))
    read = take_day(words, today)
    if read.day is None or read.rest.strip():
        raise WhenError(_not_read(read.rest, words, today, _day_examples(today)))
    check_distance(read.day, today)
    if read.day < today:
        raise WhenError(f"{show_day(read.day)} is past: {_day_examples(today)}")
    return read.day


def show(moment: datetime, zone: str, own: ZoneInfo, *, timed: bool = True, minutes: int = 0) -> str:
    """A wall time in `zone` as Inroad writes it: "Thu 3 Dec 2026, 15:00 Berlin (14:00 for you)".

    The zone is named where it is not the user's `own`, their own time where the clocks differ. With
    `minutes` the end stands behind the start: "15:00–15:30".
    """
    words = show_day(moment.date())
    if timed:
        words += f", {moment:%H:%M}"
    if timed and minutes:
        words += f"–{moment + timedelta(minutes=minutes):%H:%M}"
    if zone == own.key:
        return words
    words += f" {label(zone)}"
    theirs = wall(instant(moment, zone, own), own.key, own)
    if timed and theirs != moment:
        other_day = "" if theirs.date() == moment.date() else show_day(theirs.date())[:-5] + " "
        words += f" ({other_day}{theirs:%H:%M} for you)"
    return words


def _read(
    text: str, now: datetime, own: ZoneInfo, need_time: bool, usual: time | None, *, past: bool
) -> Moment:
    now = now.astimezone(UTC)
    today = now.astimezone(own).date()
    words, part = take_part(_clean(text, today))
    typed, length, words = take_hours(words)
    read = take_day(words, today, past=past)
    if read.day is None and read.minutes is None and typed is None:
        raise WhenError(_not_read(read.rest, words, today))
    zone = _zone(read.rest, words, own, today)
    if read.minutes is not None:
        if typed:
            raise WhenError("A time and a length from now don't go together: type only one of the two.")
        return _in_minutes(read.minutes, now, zone, own, past)
    at = typed or usual
    day = read.day or _day_for(typed or time(), now, today, zone, past)
    check_distance(day, today)
    if at is None and need_time:
        when = f" in the {part}" if part else ""
        raise WhenError(
            f"{show_day(day)}: at what time{when}? Type it behind the day, for example 10:30 or 3pm."
        )
    return _checked(day, at, length, now, zone, own, past)


def _checked(
    day: date, at: time | None, length: int, now: datetime, zone: str, own: ZoneInfo, past: bool
) -> Moment:
    """The moment, once it is on the right side of now."""
    today = now.astimezone(own).date()
    if at is None:
        start = at_midnight(day)
        if day > today if past else day < today:
            raise WhenError(_wrong_side(show_day(day), today, past))
        return Moment(
            wall=start,
            zone=zone,
            instant=instant(start, zone, own),
            timed=False,
            text=show(start, zone, own, timed=False),
        )
    moment, note = _settled(datetime.combine(day, at), zone)
    when = instant(moment, zone, own)
    words = show(moment, zone, own, minutes=length)
    if when > now if past else when < now:
        raise WhenError(_wrong_side(words, today, past))
    return Moment(wall=moment, zone=zone, instant=when, timed=True, text=words, note=note, minutes=length)


def _wrong_side(words: str, today: date, past: bool) -> str:
    if past:
        return f"{words} is yet to come: type when it was, for example yesterday 15:00."
    return f"{words} is past: {_examples(today)}"


def _settled(moment: datetime, zone: str) -> tuple[datetime, str]:
    """The wall time that clocks really show, and a sentence where they jump."""
    from dateutil import tz

    aware = moment.replace(tzinfo=zone_info(zone))
    if not tz.datetime_exists(aware):
        shown = wall(instant(moment, zone), zone)
        return shown, f"Clocks go forward then: {moment:%H:%M} is left out, {shown:%H:%M} is meant."
    if tz.datetime_ambiguous(aware):
        return moment, f"Clocks go back then: {moment:%H:%M} comes twice, the first one is meant."
    return moment, ""


def _in_minutes(minutes: int, now: datetime, zone: str, own: ZoneInfo, past: bool) -> Moment:
    today = now.astimezone(own).date()
    if minutes == 0 or (minutes > 0) == past:
        raise WhenError(_wrong_side("That", today, past) if minutes else "That is now: " + _examples(today))
    if abs(minutes) > 366 * 24 * 60:
        raise WhenError("That is more than a year in minutes or hours: type a date instead.")
    when = (now + timedelta(minutes=minutes)).replace(second=0, microsecond=0)
    moment = wall(when, zone, own)
    if instant(moment, zone, own) != when:
        raise WhenError(
            "That falls into the hour that clocks show twice that night: type a time outside of it."
        )
    return Moment(wall=moment, zone=zone, instant=when, timed=True, text=show(moment, zone, own))


def _day_for(at: time, now: datetime, today: date, zone: str, past: bool) -> date:
    """The day of a time that stands alone: today while it is on the right side of now, else the nearest."""
    step = timedelta(days=-1 if past else 1)
    day = today - step
    for _ in range(3):
        when = instant(datetime.combine(day, at), zone)
        if when <= now if past else when >= now:
            return day
        day += step
    return day


def _clean(text: str, today: date) -> str:
    if len(text) > LONGEST:
        raise WhenError("That is too long for a date: " + _examples(today))
    words = _FOR_YOU.sub(" ", fold(unicodedata.normalize("NFKC", text)).replace(",", " "))
    words = _ISO_TIME.sub(lambda iso: f"{iso[1]} {iso[2]} {_iso_zone(iso[3])}", words)
    words = re.sub(r"([0-9]:[0-9]{2})z\b", r"\1 utc", words)
    words = " ".join(_FILLERS.sub(" ", words).split())
    if not words:
        raise WhenError("Nothing is typed yet: " + _examples(today))
    return words


def _has_time(words: str) -> bool:
    try:
        return has_time(words)
    except WhenError:  # a time that is none, or that may be a date
        return False


def _iso_zone(offset: str | None) -> str:
    return "utc" + offset.rstrip("z") if offset else ""


def _zone(rest: str, words: str, own: ZoneInfo, today: date) -> str:
    rest = rest.strip(" ()").removeprefix("in ")
    if not rest:
        return own.key
    try:
        return find_zone(rest)
    except ZoneError as error:
        if re.search(r"[0-9]", rest) and not re.match(r"(?:utc|gmt)?\s*[+-]", rest):
            raise WhenError(_not_read(rest, words, today)) from None
        raise WhenError(str(error)) from None


def _not_read(rest: str, words: str, today: date, examples: str = "") -> str:
    rest = one_line(rest.strip())[:40] or one_line(words)[:40]
    if re.fullmatch(r"[0-9]{1,2}", rest):
        return _bare(int(rest), today, time_too=not examples)
    return f"Inroad can't read “{rest}”: {examples or _examples(today)}"


def _bare(number: int, today: date, *, time_too: bool) -> str:
    """What a number alone could have meant."""
    month = MONTHS[(today.month - 1 + (number < today.day)) % 12].lower()
    meant = [f"{number} {month}"] if 1 <= number <= 28 else []
    if time_too and number < 24:
        meant.insert(0, f"{number}:00")
        meant[1:1] = [f"{number}am"] if 1 <= number <= 12 else []
    elif not time_too and number:
        meant.insert(0, f"+{number}d")
    if not meant:
        return f"“{number}” alone is no date: {_day_examples(today)}"
    listed = f"{', '.join(meant[:-1])} or {meant[-1]}" if len(meant) > 1 else meant[0]
    return f"“{number}” alone can be several things: type {listed}."


def _soon(today: date) -> str:
    soon = today + timedelta(days=10)
    return f"{soon.day} {MONTHS[soon.month - 1].lower()}"


def _examples(today: date) -> str:
    return f"type for example tomorrow 10:30, thu 3pm, in 2 weeks 9am, {_soon(today)} 9am or thu 3pm Berlin."


def _day_examples(today: date) -> str:
    return f"type for example tomorrow, fri, +3d, in 2 weeks or {_soon(today)}."

"""Reading the day in what a person types: `tomorrow`, `next tue`, `in 2 weeks`, `+3d`, `3 dec`.

Month and day arithmetic is python-dateutil's; nothing is guessed: what has two readings is refused
with the words that have one.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import NamedTuple

from data.errors import UserError

LONG_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LONG_MONTHS = tuple(
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
DAYS = tuple(day[:3] for day in LONG_DAYS)
MONTHS = tuple(month[:3] for month in LONG_MONTHS)
"""In English whatever the machine's locale, which `strftime` would follow."""
_FULL = {day[:3].lower(): day for day in LONG_DAYS}
FARTHEST_YEARS = 10
"""A date farther away than this is taken for a slip of the finger."""


class WhenError(UserError):
    """A date or time that can't be taken; the text says why, and what can be typed."""


class DayRead(NamedTuple):
    """What was read at the start of a text: a day, or a length of time from now; and what is left."""

    day: date | None
    minutes: int | None
    rest: str


_WEEKDAY = r"(?P<weekday>mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs|r|ur|urs)?(?:day|\.)?"
_MONTH = (
    r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?\.?"
)
_NUMBERS = "a an one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905
_COUNT = r"(?P<count>[0-9]{1,6}|" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + ")"
_UNIT = (
    r"(?P<unit>min(?:ute)?s?|h(?:(?:ou)?rs?)?|d(?:ays?)?|w(?:eeks?|ks?)?"
    r"|mo(?:nths?)?|m(?![a-z])|y(?:ears?|rs?)?)"
)
_END = r"(?![\w/.:-])"
_YEAR = r"(?:\s+(?P<year>[0-9]{4}))?"

_WORD = re.compile(r"(?P<word>today|day after tomorrow|tomorrow|tmrw?|day before yesterday|yesterday)" + _END)
_ON_WEEKDAY = re.compile(r"(?:(?P<which>this|next|last)\s+)?" + _WEEKDAY + _END)
_COMING = re.compile(r"(?P<which>next|last)\s+(?P<unit>week|month)" + _END)
_SPAN = re.compile(rf"(?P<lead>in\s+|(?P<sign>[+-])\s*)?{_COUNT}\s*{_UNIT}{_END}")
_AGO = re.compile(rf"{_COUNT}\s*{_UNIT}\s+ago{_END}")
_ISO = re.compile(r"(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})" + _END)
_DAY_MONTH = re.compile(rf"(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th|\.)?\s*(?:of\s+)?{_MONTH}{_YEAR}{_END}")
_MONTH_DAY = re.compile(rf"{_MONTH}\s*(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?{_YEAR}{_END}")
_ORDINAL = re.compile(r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)" + _END)
_NUMERIC = re.compile(
    r"(?P<one>[0-9]{1,2})[/.-](?P<two>[0-9]{1,2})(?:[/.-](?P<year>[0-9]{4}|[0-9]{2}))?\.?(?!\w)"
)

_OFFSETS = {"today": 0, "tomorrow": 1, "tmrw": 1, "tmr": 1, "day after tomorrow": 2, "yesterday": -1}
_OFFSETS["day before yesterday"] = -2


def show_day(day: date) -> str:
    """A day as Inroad writes it: "Thu 3 Dec 2026". In English whatever the machine's locale."""
    return f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def long_day(day: date, today: date | None = None) -> str:
    """A day in full: "Monday 23 November", with the year where it is not that of `today`, if given."""
    year = f" {day.year}" if today is not None and day.year != today.year else ""
    return f"{LONG_DAYS[day.weekday()]} {day.day} {LONG_MONTHS[day.month - 1]}{year}"


def take_day(text: str, today: date, *, past: bool = False) -> DayRead:
    """Read the day at the start of `text` (folded: lower case, single spaces).

    `past` turns the view round: a weekday is the last one, a date without a year the latest.
    Raises WhenError; what it does not know it leaves in `rest`.
    """
    try:
        return _take(text, today, past)
    except (ValueError, OverflowError):
        raise WhenError(_too_far(today)) from None


def _take(text: str, today: date, past: bool) -> DayRead:
    from dateutil.relativedelta import MO, relativedelta

    if found := _WORD.match(text):
        day = today + relativedelta(days=_OFFSETS[found["word"]])
        return DayRead(day, None, text[found.end() :])
    if found := _COMING.match(text):
        step = 1 if found["which"] == "next" else -1
        if found["unit"] == "week":
            day = today + relativedelta(weeks=step, weekday=MO(-1))
        else:
            day = today + relativedelta(months=step, day=1)
        return DayRead(day, None, text[found.end() :])
    if found := _AGO.match(text):
        return _span(found, today, -1, text[found.end() :])
    if found := _SPAN.match(text):
        if not found["lead"] and found["unit"][0] == "h":
            typed = found["count"]
            raise WhenError(f"“{found[0]}” can be a time or a length: type {typed}:00 or +{typed}h.")
        return _span(found, today, -1 if found["sign"] == "-" else 1, text[found.end() :])
    if found := _ON_WEEKDAY.match(text):
        rest = text[found.end() :].lstrip(" ,")
        dated = _dated(rest, today, past) if not found["which"] else None
        if dated is None:
            return DayRead(_weekday(found, today, past), None, rest)
        _check_weekday(found, dated.day)
        return dated
    return _dated(text, today, past) or DayRead(None, None, text)


def _weekday(found: re.Match[str], today: date, past: bool) -> date:
    from dateutil.relativedelta import MO, relativedelta, weekday

    wanted = [day.lower() for day in DAYS].index(found["weekday"])
    if found["which"] in ("next", "last"):
        monday = today + relativedelta(weekday=MO(-1), weeks=1 if found["which"] == "next" else -1)
        return monday + relativedelta(days=wanted)
    if found["which"] == "this":
        return today + relativedelta(weekday=MO(-1)) + relativedelta(days=wanted)
    if past:
        return today + relativedelta(days=-1, weekday=weekday(wanted)(-1))
    return today + relativedelta(days=1, weekday=weekday(wanted)(1))


def _span(found: re.Match[str], today: date, sign: int, rest: str) -> DayRead:
    from dateutil.relativedelta import relativedelta

    count = sign * _number(found["count"])
    unit = found["unit"]
    if unit == "m":
        raise WhenError("“m” can mean minutes or months: type min or mo, for example +30min or +2mo.")
    if unit.startswith("min"):
        return DayRead(None, count, rest)
    if unit.startswith("h"):
        return DayRead(None, count * 60, rest)
    key = {"d": "days", "w": "weeks", "m": "months", "y": "years"}[unit[0]]
    if abs(count) > FARTHEST_YEARS * 366:
        raise WhenError(_too_far(today))
    return DayRead(today + relativedelta(**{key: count}), None, rest)  # type: ignore[arg-type]


def _number(word: str) -> int:
    if word.isdecimal():
        return int(word)
    return 1 if word in ("a", "an") else _NUMBERS.index(word) - 1


def _dated(text: str, today: date, past: bool) -> DayRead | None:
    if found := _ISO.match(text):
        day = _real(int(found["day"]), int(found["month"]), int(found["year"]))
        return DayRead(day, None, text[found.end() :])
    if found := (_DAY_MONTH.match(text) or _MONTH_DAY.match(text)):
        month = [name.lower() for name in MONTHS].index(found["month"]) + 1
        if found["year"]:
            day = _real(int(found["day"]), month, int(found["year"]))
        else:
            day = _nearest(int(found["day"]), month, today, past)
        return DayRead(day, None, text[found.end() :])
    if found := _ORDINAL.match(text):
        return DayRead(_of_a_month(int(found["day"]), found[0], today, past), None, text[found.end() :])
    if found := _NUMERIC.match(text):
        return DayRead(_numeric(found, today, past), None, text[found.end() :])
    return None


def _real(day: int, month: int, year: int) -> date:
    """The date; python-dateutil says whether there is such a day."""
    from dateutil.parser import isoparse

    try:
        return isoparse(f"{year:04}-{month:02}-{day:02}").date()
    except ValueError:
        name = MONTHS[month - 1] if 1 <= month <= 12 else f"month {month}"
        raise WhenError(
            f"There is no {day} {name} {year}: look at the calendar, and type the day again."
        ) from None


def _nearest(day: int, month: int, today: date, past: bool) -> date:
    """The next (or with `past` the latest) such day, today included; 29 Feb waits for its year."""
    step = -1 if past else 1
    for years in range(9):
        try:
            found = _real(day, month, today.year + step * years)
        except WhenError:
            continue
        if found <= today if past else found >= today:
            return found
    raise WhenError(f"There is no {day} {MONTHS[month - 1]}: look at the calendar, and type the day again.")


def _of_a_month(day: int, typed: str, today: date, past: bool) -> date:
    """The next (or with `past` the latest) day of that number, today included, in a month that has one."""
    from dateutil.relativedelta import relativedelta

    for months in range(3):
        month = today + relativedelta(months=-months if past else months, day=1)
        found = month + relativedelta(day=day)
        if found.day == day and (found <= today if past else found >= today):
            return found
    raise WhenError(f"There is no {typed} of a month: type a day from 1st to 31st.")


def _check_weekday(found: re.Match[str], day: date | None) -> None:
    if day is not None and DAYS[day.weekday()].lower() != found["weekday"]:
        typed = _FULL[found["weekday"]]
        is_a = _FULL[DAYS[day.weekday()].lower()]
        raise WhenError(f"{show_day(day)[4:]} is a {is_a}, not a {typed}: type the one you mean.")


def _numeric(found: re.Match[str], today: date, past: bool) -> date:
    """A date in numbers alone. Day or month first? Both are common: it is taken where only one can be."""
    one, two = int(found["one"]), int(found["two"])
    readings = list(
        dict.fromkeys(
            (day, month) for day, month in ((one, two), (two, one)) if 1 <= month <= 12 and 1 <= day <= 31
        )
    )
    if not readings:
        raise WhenError(f"“{found[0]}” is no date: type it like 3 dec, or like {today.year}-12-03.")
    year = f"20{found['year']}"[-4:] if found["year"] else ""
    if len(readings) == 1:
        day, month = readings[0]
        return _real(day, month, int(year)) if year else _nearest(day, month, today, past)
    meant = [f"{day} {MONTHS[month - 1].lower()} {year}".strip() for day, month in readings]
    if "-" in found[0] and not year and one < two < 24:
        listed = f"{one}:00-{two}:00, {' or '.join(meant)}"
        raise WhenError(f"“{found[0]}” can be a time or a date: type {listed}.")
    raise WhenError(f"“{found[0]}” is read differently in different countries: type {' or '.join(meant)}.")


def _too_far(today: date) -> str:
    return f"That is more than {FARTHEST_YEARS} years away: type a date before {today.year + FARTHEST_YEARS}."


def check_distance(day: date, today: date) -> None:
    """Refuse a day that is more than ten years off, either way."""
    if abs(day.year - today.year) > FARTHEST_YEARS:
        raise WhenError(_too_far(today))


def at_midnight(day: date) -> datetime:
    """The start of a day, as a wall time."""
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a wall time has no zone

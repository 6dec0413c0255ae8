"""Reading the time of day in what a person types: `3pm`, `15.30`, `9-10am`, `from 15:00 to 15:30`.

As with days, nothing is guessed: what can be a date as well is refused with the words that have one reading.
"""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import NamedTuple

from data.days import MONTHS, WhenError
from data.text import plural

SHORTEST, LONGEST = 2, 480
"""How many minutes a typed length may have; those that a meeting may take."""

_HALF = r"[ap]\.?m\.?"
_TIME = re.compile(
    r"(?<![\w+:./-])(?:"
    rf"noon|midnight|[0-9]{{1,2}}:[0-9]{{2}}(?::00)?(?:\s?{_HALF})?"
    rf"|[0-9]{{1,2}}(?:\.[0-9]{{2}})?\s?{_HALF}|[0-9]{{1,2}}h[0-9]{{2}})(?![\w:])"
)
_ANY = rf"(?:noon|[0-9]{{1,2}}(?:[:.h][0-9]{{2}})?(?:\s?{_HALF})?)"
_RANGE = re.compile(
    rf"(?<![\w+:./-])(?:from\s+)?(?P<start>{_ANY})\s*(?:-|–|—|\bto\b|\buntil\b|\btill\b)\s*(?P<end>{_ANY})"
    r"(?![\w:])(?![./–-][0-9])"
)
_DOTTED = re.compile(r"(?<![\w+:./-])(?P<hour>[0-9]{1,2})\.(?P<minute>[0-9]{2})(?![\w:./-])")
_MONTH_BEFORE = re.compile(
    r"(?P<day>[0-9]{1,2}(?:st|nd|rd|th|\.)?\s*(?:of\s+)?)?\b(?:"
    + "|".join(month.lower() for month in MONTHS)
    + r")[a-z]*\.?\s*$"
)
_DAY_KNOWN = re.compile(
    r"\b(?:today|tonight|tomorrow|yesterday|week|month|(?:19|20)[0-9]{2}|[0-9]+\s?[dw])\b"
)


_UHR = re.compile(
    r"(?<![\w:./-])(?P<hour>[0-9]{1,2})(?:[:.](?P<minute>[0-9]{2}))?\s?uhr(?:\s(?P<after>[0-9]{2})(?![\w:./-]))?"
    r"(?!\w)"
)
_PART = r"(?:in\s)?(?P<part>morning|afternoon|evening)"
_BARE = r"(?P<time>(?:1[0-2]|0?[1-9])(?::[0-9]{2})?)"
_TIME_AND_PART = re.compile(rf"(?<![\w:./-]){_BARE}\s{_PART}\b")
_PART_AND_TIME = re.compile(rf"\b{_PART}\s{_BARE}(?![\w:./-]|\s?{_HALF})")
_PART_ALONE = re.compile(rf"\b{_PART}\b")


class Hours(NamedTuple):
    """The time in a text, None where there is none; the length in minutes, 0 if none is typed; the rest."""

    at: time | None
    minutes: int
    rest: str


def take_part(words: str) -> tuple[str, str]:
    """`words` (folded, single spaces) without `morning`, `afternoon` or `evening`, and which of them it was,
    or "". A bare time beside it lies in that half of the day: `fri afternoon 3` is `fri 3pm`. `15 uhr` and
    `9 uhr 30` become `15:00` and `9:30`."""
    words = _UHR.sub(lambda uhr: f"{uhr['hour']}:{uhr['minute'] or uhr['after'] or '00'}", words)
    words = re.sub(r"\btonight\b", "today evening", words)
    words = re.sub(r"\bthis (?=morning|afternoon|evening)", "today ", words)
    found = _TIME_AND_PART.search(words) or _PART_AND_TIME.search(words)
    if found is not None:
        half = "am" if found["part"] == "morning" else "pm"
        return f"{words[: found.start()]}{found['time']}{half}{words[found.end() :]}", found["part"]
    found = _PART_ALONE.search(words)
    return (_without(words, found), found["part"]) if found is not None else (words, "")


def has_time(words: str) -> bool:
    """Whether a time of day stands in `words`."""
    return take_hours(words).at is not None


def take_hours(words: str) -> Hours:
    """Take the time, or the span from one time to another, out of `words` (folded, single spaces).

    Raises WhenError (one sentence) for a time that is none, for two, and for what can be a date as well.
    """
    if (found := _RANGE.search(words)) and (span := _span(words, found)) is not None:
        return span
    times = _TIME.findall(words)
    if len(times) > 1:
        raise WhenError(f"Two times are one too many: type {times[0]} or {times[1]}.")
    if times:
        return Hours(_time(times[0]), 0, " ".join(_TIME.sub(" ", words).split()))
    if (dotted := _DOTTED.search(words)) and _is_time(words, dotted):
        return Hours(_time(dotted[0]), 0, _without(words, dotted))
    return Hours(None, 0, words)


def _span(words: str, found: re.Match[str]) -> Hours | None:
    """A start and an end; None where these are two bare numbers, which a date may be."""
    start, end = found["start"].strip(), found["end"].strip()
    if start.isdecimal():
        if end.isdecimal():
            return None
        before = _MONTH_BEFORE.search(words[: found.start()])
        if before and not before["day"]:  # "dec 3 - 9am": the number is the day
            return take_hours(f"{words[: found.end('start')]} {words[found.start('end') :]}")
        start = _like(start, end)
    elif end.isdecimal():
        end = _like(end, start, after=True)
    first, last = _time(start), _time(end)
    minutes = (last.hour * 60 + last.minute - first.hour * 60 - first.minute) % (24 * 60)
    if not SHORTEST <= minutes <= LONGEST:
        long = plural(minutes // 60, "hour") if minutes > LONGEST else plural(minutes, "minute")
        raise WhenError(
            f"From {first:%H:%M} to {last:%H:%M} is {long}, and a meeting takes {SHORTEST} to {LONGEST} "
            "minutes: type when it begins, and when it ends if you know."
        )
    return Hours(first, minutes, _without(words, found))


def _like(bare: str, other: str, *, after: bool = False) -> str:
    """A bare hour in the same half of the day as the `other` time, unless it would come to lie wrong."""
    half = re.search(r"([ap])\.?m", other)
    if half is None or not 1 <= int(bare) <= 12:
        return f"{bare}:00"
    same, flipped = (f"{bare}{letter}m" for letter in (half[1], "p" if half[1] == "a" else "a"))
    try:
        there = _time(other)
    except WhenError:
        return same
    lies_right = _time(same) > there if after else _time(same) < there
    return same if lies_right else flipped


def _is_time(words: str, found: re.Match[str]) -> bool:
    """Whether `15.30` is a time here; `15.10` alone, or behind a weekday, can be the 15th of October."""
    hour, minute = int(found["hour"]), int(found["minute"])
    before = words[: found.start()]
    if not 1 <= minute <= 12 or not 1 <= hour <= 31 or _MONTH_BEFORE.search(before):
        return True
    if _DAY_KNOWN.search(words[: found.start()] + " " + words[found.end() :]):
        return True
    if hour < 24:
        typed = f"{hour}:{minute:02}"
        raise WhenError(
            f"“{found[0]}” can be a time or a date: type {typed} or {hour} {MONTHS[minute - 1].lower()}."
        )
    return False


def _without(words: str, found: re.Match[str]) -> str:
    return " ".join((words[: found.start()] + " " + words[found.end() :]).split())


def _time(typed: str) -> time:
    from dateutil import parser

    if typed == "noon":
        return time(12)
    if typed == "midnight":
        raise WhenError("Midnight can be the start or the end of that day: type 00:00 or 23:59.")
    plain = typed.replace(".m", "m").rstrip(".").replace(".", ":").replace("h", ":")
    half = plain.endswith("m")
    try:
        if half and not 1 <= int(re.split(r"[^0-9]", plain)[0]) <= 12:
            raise ValueError
        return parser.parse(plain, default=datetime(2000, 1, 1)).time()  # noqa: DTZ001 - only its time is used
    except (ValueError, OverflowError):
        raise WhenError(f"There is no {typed} on a clock: type it like 15:00 or 3pm.") from None

"""Dates as address books write them: `23 Nov 2026`, `23-Nov-26`, `11/23/26, 3:04 PM`, `12 mars 2023`.

Not `dateutil.parser`: it guesses where day and month are ambiguous, and knows English months alone.
Here the column decides what `03/04/26` means, and months are known in the languages that LinkedIn speaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from data.text import fold

_MONTHS = (
    "jan janv ene gen janeiro januari januar styczen sty led ledna tammikuu oca ocak",
    "feb fevr fev febr febbraio febrero februari februar luty lut uno unora helmikuu sub subat",
    "mar mars marz maerz mrz mrt maart marzo marco marec marzec brezna bre maaliskuu mart",
    "apr avr abr avril abril april aprile kwi kwiecien dub dubna huhtikuu nis nisan",
    "may mai mei maj mag maio mayo maggio kve kvetna toukokuu mayis",
    "jun juin giu giugno juni junio junho cze czerwiec cvn cervna kesakuu haz haziran",
    "jul juil lug luglio juli julio julho lip lipiec cvc cervence heinakuu tem temmuz",
    "aug aout ago agosto august augustus sie sierpien srp srpna elokuu agu agustos",
    "sep sept set septembre septiembre setembro settembre wrz wrzesien zar zari syyskuu eyl eylul",
    "oct okt ott out octobre octubre outubro ottobre oktober paz pazdziernik rij rijna lokakuu eki ekim",
    "nov novembre noviembre novembro november lis listopad listopadu marraskuu kas kasim",
    "dec dez dic des decembre diciembre dezembro dicembre dezember desember gru grudzien pro prosince"
    " joulukuu ara aralik",
)
_BY_NAME = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_NAMES = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_BY_NAME |= {name: number for number, name in enumerate(_NAMES, 1)}

_ISO = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(
    r"^(\d{1,2})(?:st|nd|rd|th|er|º|°)?[\s./-]*(?:de\s+|of\s+)?([^\W\d_]{3,12})[\s.,/-]*(?:de\s+|del\s+)?(\d{4}|\d{2})(?!\d)"
)
_MONTH_FIRST = re.compile(r"^([^\W\d_]{3,12})[\s.]*(\d{1,2})(?:st|nd|rd|th)?[\s,]+(\d{4})(?!\d)")
_NUMBERS = re.compile(r"^(\d{1,2})([./-])(\d{1,2})[./-](\d{4}|\d{2})(?!\d)")
_EASTERN = re.compile(r"^(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")


class Dates:
    """Reads the dates of one column; day or month first is settled by what the column holds."""

    def __init__(self, day_first: bool | None = None) -> None:
        self.day_first = day_first
        self._read: dict[str, date | None] = {}

    def read(self, text: str) -> date | None:
        """The date, or None if it is none. Two digits of a year are of this century."""
        if text in self._read:
            return self._read[text]
        try:
            found = self._date(" ".join(fold(text).split()))
        except ValueError:
            found = None
        self._read[text] = found
        return found

    def _date(self, text: str) -> date | None:
        if found := (_ISO.match(text) or _EASTERN.match(text)):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _DAY_FIRST.match(text):
            month = _month(found[2])
            return date(_year(found[3]), month, int(found[1])) if month else None
        if found := _MONTH_FIRST.match(text):
            month = _month(found[1])
            return date(int(found[3]), month, int(found[2])) if month else None
        if found := _NUMBERS.match(text):
            one, two, year = int(found[1]), int(found[3]), _year(found[4])
            if one > 12 or two > 12:
                day_first = one > 12
            elif self.day_first is not None:
                day_first = self.day_first
            else:
                day_first = found[2] == "."
            return date(year, two, one) if day_first else date(year, one, two)
        return None


def _year(text: str) -> int:
    return 2000 + int(text) if len(text) == 2 else int(text)


def _month(name: str) -> int:
    return _BY_NAME.get(name) or _BY_NAME.get(name[:3], 0) if len(name) >= 3 else 0


def day_first(texts: Iterable[str]) -> bool | None:
    """Whether a column writes the day before the month; None if nothing in it tells."""
    for text in texts:
        found = _NUMBERS.match(text.strip())
        if found is None:
            continue
        if int(found[1]) > 12:
            return True
        if int(found[3]) > 12 or re.search(r"[ap]\.?m\.?$", text.strip(), re.IGNORECASE):
            return False
    return None


_BIRTHDAY = re.compile(r"^--(\d{2})-?(\d{2})$")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})(?!\d)")


def birthday(text: str, dates: Dates, no_year: str = "") -> str:
    """A birthday as `1990-04-15`, or `--04-15` where the year isn't known; "" if it is none.

    `no_year` is the year that stands for none (Apple writes 1604).
    """
    text = text.strip()
    try:
        if found := _BIRTHDAY.match(text):
            day = date(2000, int(found[1]), int(found[2]))
            return f"--{day.month:02}-{day.day:02}"
        if found := _COMPACT.match(text):
            read: date | None = date(int(found[1]), int(found[2]), int(found[3]))
        else:
            read = dates.read(text)
    except ValueError:
        return ""
    if read is None:
        return ""
    if no_year and str(read.year) == no_year:
        return f"--{read.month:02}-{read.day:02}"
    return read.isoformat()

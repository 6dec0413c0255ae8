"""Business days: weekends and holidays passed over, and holidays typed or read from a file."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.business_days import Calendar, read_holidays, typed_holidays
from data.errors import UserError
from data.records import PROFILE_ID, Profile

MON = date(2026, 11, 23)
FRI = date(2026, 11, 27)
TODAY = MON

days = st.dates(date(2020, 1, 1), date(2032, 12, 31))
calendars = st.builds(
    Calendar,
    st.frozensets(days, max_size=20),
    st.sampled_from([frozenset({5, 6}), frozenset({4, 5}), frozenset({6, 0})]),
)


def test_a_weekend_is_passed_over() -> None:
    assert Calendar().add(FRI, 1) == date(2026, 11, 30)
    assert Calendar().add(date(2026, 11, 28), 1) == date(2026, 11, 30)
    assert Calendar().add(MON, 7) == date(2026, 12, 2)
    assert Calendar().add(MON, -1) == date(2026, 11, 20)


def test_a_holiday_is_passed_over() -> None:
    thanksgiving = Calendar(frozenset({date(2026, 11, 26)}))
    assert thanksgiving.add(MON, 3) == FRI


def test_no_days_from_a_saturday_is_monday() -> None:
    assert Calendar().add(date(2026, 11, 28), 0) == date(2026, 11, 30)
    assert Calendar().add(MON, 0) == MON


def test_the_weekend_is_the_users() -> None:
    calendar = Calendar.of(Profile(id=PROFILE_ID, rules={"weekend_starts": 4}))
    assert not calendar.is_business_day(FRI)
    assert calendar.is_business_day(date(2026, 11, 29))
    assert Calendar.of(Profile(id=PROFILE_ID, rules={"weekend_starts": 6})).weekend == {6, 0}


@given(calendars, days, st.integers(1, 60))
def test_what_add_counts_between_counts_back(calendar: Calendar, day: date, count: int) -> None:
    later = calendar.add(day, count)
    assert calendar.is_business_day(later)
    assert calendar.between(day, later) == count
    assert calendar.between(day, later - timedelta(days=1)) == count - 1
    assert calendar.add(day, -count) < day


def test_a_year_of_holidays_does_not_hang() -> None:
    off = frozenset(MON + timedelta(days=n) for n in range(3 * 366))
    assert Calendar(off).add(MON, 2) > MON


def test_a_list_is_read(tmp_path: Path) -> None:
    file = tmp_path / "holidays.txt"
    file.write_text("# mine\n2026-12-25 Christmas\n\n2026-12-26, Boxing Day\n2027-01-01\n", encoding="utf-8")
    assert read_holidays(file, TODAY) == (date(2026, 12, 25), date(2026, 12, 26), date(2027, 1, 1))


def test_a_wrong_line_is_named(tmp_path: Path) -> None:
    file = tmp_path / "holidays.txt"
    file.write_text("2026-12-25\n2026-02-30\n", encoding="utf-8")
    with pytest.raises(UserError, match=r"holidays\.txt, line 2: “2026-02-30” is no date"):
        read_holidays(file, TODAY)


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"BEGIN:VCALENDAR\nnonsense", b"BEGIN:VCALENDAR\n"])
def test_what_is_no_list_is_refused_with_a_sentence(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "h\x1b[31m.ics"
    file.write_bytes(data)
    with pytest.raises(UserError) as error:
        read_holidays(file, TODAY)
    assert "\x1b" not in str(error.value)


def test_a_missing_file_is_refused_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"can't be read"):
        read_holidays(tmp_path / "none.ics", TODAY)


def _event(*lines: str) -> str:
    return "\r\n".join(("BEGIN:VEVENT", "UID:1", *lines, "END:VEVENT"))


def _calendar(*events: str) -> str:
    return "\r\n".join(
        ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//made up//", *events, "END:VCALENDAR", "")
    )


def test_a_calendar_is_read(tmp_path: Path) -> None:
    file = tmp_path / "holidays.ics"
    file.write_text(
        _calendar(
            _event("DTSTART;VALUE=DATE:20261225", "SUMMARY:Christmas"),
            _event("DTSTART;VALUE=DATE:20261228", "DTEND;VALUE=DATE:20261231", "SUMMARY:Days off"),
            _event("DTSTART:20261124T150000Z", "SUMMARY:A dentist is no holiday"),
            _event("SUMMARY:No date at all"),
        ),
        encoding="utf-8",
    )
    assert read_holidays(file, TODAY) == (
        date(2026, 12, 25),
        date(2026, 12, 28),
        date(2026, 12, 29),
        date(2026, 12, 30),
    )


def test_a_holiday_of_every_year_is_written_out(tmp_path: Path) -> None:
    file = tmp_path / "holidays.ics"
    file.write_text(
        _calendar(
            _event("DTSTART;VALUE=DATE:20100501", "RRULE:FREQ=YEARLY"),
            _event("DTSTART;VALUE=DATE:20240704", "RRULE:FREQ=YEARLY;UNTIL=20260704T000000Z"),
            _event("DTSTART;VALUE=DATE:20260101", "RRULE:FREQ=SECONDLY"),
        ),
        encoding="utf-8",
    )
    found = read_holidays(file, TODAY)
    assert date(2026, 5, 1) in found
    assert date(2031, 5, 1) in found
    assert date(2010, 5, 1) not in found
    assert date(2026, 7, 4) in found
    assert date(2027, 7, 4) not in found
    assert date(2026, 1, 1) in found
    assert len(found) < 20


@pytest.mark.parametrize(
    "rules",
    [
        ("RRULE:FREQ=DAILY;INTERVAL=0",),
        ("RRULE:FREQ=YEARLY", "RRULE:FREQ=DAILY"),
        ("RRULE:FREQ=YEARLY", "EXDATE:nonsense", "RRULE:nonsense"),
    ],
)
def test_a_rule_that_makes_no_sense_leaves_the_day_itself(tmp_path: Path, rules: tuple[str, ...]) -> None:
    file = tmp_path / "holidays.ics"
    file.write_text(_calendar(_event("DTSTART;VALUE=DATE:20261225", *rules)), encoding="utf-8")
    assert date(2026, 12, 25) in read_holidays(file, TODAY)


def test_a_broken_part_of_a_calendar_is_said(tmp_path: Path) -> None:
    file = tmp_path / "holidays.ics"
    # The line that begins the zone is broken, the one that ends it isn't.
    zone = _calendar("BEGIN:VTMEZONE", "TZID:Nowhere", "END:VTIMEZONE")
    file.write_text(zone, encoding="utf-8")
    with pytest.raises(UserError, match="not a whole calendar"):
        read_holidays(file, TODAY)


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("25 dec", [date(2026, 12, 25)]),
        ("30 nov to 1 dec", [date(2026, 11, 30), date(2026, 12, 1)]),
        ("25 dec, 24 dec,", [date(2026, 12, 24), date(2026, 12, 25)]),
    ],
)
def test_days_typed(typed: str, days: list[date]) -> None:
    assert list(typed_holidays(typed, TODAY)) == days


@pytest.mark.parametrize("typed", ["", " , ", "soon", "25 dec to 24 dec", "1 jan to 31 dec 2029", "\x1b]52;"])
def test_what_is_no_day_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(UserError) as error:
        typed_holidays(typed, TODAY)
    assert str(error.value).endswith(".")
    assert "\x1b" not in str(error.value)

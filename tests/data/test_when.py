"""Typed dates: what is taken, what is refused and how, and that what is printed reads back."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from data.when import Moment, WhenError, read_day, read_moment, read_past, show

at = datetime.fromisoformat

LONDON = ZoneInfo("Europe/London")
BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)  # a Monday
TODAY = date(2026, 11, 23)


def read(text: str, now: datetime = NOW, zone: ZoneInfo = LONDON) -> Moment:
    return read_moment(text, now, zone)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("tomorrow 10:30", "Tue 24 Nov 2026, 10:30"),
        ("thu 3pm", "Thu 26 Nov 2026, 15:00"),
        ("THURSDAY 3 PM", "Thu 26 Nov 2026, 15:00"),
        ("3pm thu", "Thu 26 Nov 2026, 15:00"),
        ("tue 9am", "Tue 24 Nov 2026, 09:00"),
        ("next tue 14:00", "Tue 1 Dec 2026, 14:00"),
        ("mon 9am", "Mon 30 Nov 2026, 09:00"),
        ("next mon 9am", "Mon 30 Nov 2026, 09:00"),
        ("next sun 9am", "Sun 6 Dec 2026, 09:00"),
        ("this fri 9:00", "Fri 27 Nov 2026, 09:00"),
        ("in 2 weeks 9am", "Mon 7 Dec 2026, 09:00"),
        ("in two months 9am", "Sat 23 Jan 2027, 09:00"),
        ("+3d noon", "Thu 26 Nov 2026, 12:00"),
        ("in 2 hours", "Mon 23 Nov 2026, 11:30"),
        ("+90min", "Mon 23 Nov 2026, 11:00"),
        ("dec 3 9am", "Thu 3 Dec 2026, 09:00"),
        ("3 dec 9.30am", "Thu 3 Dec 2026, 09:30"),
        ("dec 3rd, 2026 at 9 a.m.", "Thu 3 Dec 2026, 09:00"),
        ("thursday, 3 december, 15:00", "Thu 3 Dec 2026, 15:00"),
        ("1 feb 9am", "Mon 1 Feb 2027, 09:00"),
        ("29 feb 3pm", "Tue 29 Feb 2028, 15:00"),
        ("2026-12-03 09:00", "Thu 3 Dec 2026, 09:00"),
        ("2026-12-03T09:00Z", "Thu 3 Dec 2026, 09:00 UTC"),
        ("2026-12-03T09:00:00-05:00", "Thu 3 Dec 2026, 09:00 UTC-5 (14:00 for you)"),
        ("noon", "Mon 23 Nov 2026, 12:00"),
        ("9:00", "Tue 24 Nov 2026, 09:00"),
        ("today 15:00", "Mon 23 Nov 2026, 15:00"),
        ("thu 3pm Berlin", "Thu 26 Nov 2026, 15:00 Berlin (14:00 for you)"),
        ("thu berlin 3pm", "Thu 26 Nov 2026, 15:00 Berlin (14:00 for you)"),
        ("thu 3pm in new york", "Thu 26 Nov 2026, 15:00 New York (20:00 for you)"),
        ("thu 3pm America/New_York", "Thu 26 Nov 2026, 15:00 New York (20:00 for you)"),
        ("thu 3pm London", "Thu 26 Nov 2026, 15:00"),
        ("thu 3pm lisbon", "Thu 26 Nov 2026, 15:00 Lisbon"),
        ("thu 7am tokyo", "Thu 26 Nov 2026, 07:00 Tokyo (Wed 25 Nov 22:00 for you)"),
        ("thu 15.30", "Thu 26 Nov 2026, 15:30"),
        ("15.30 thu", "Thu 26 Nov 2026, 15:30"),
        ("tomorrow 15.10", "Tue 24 Nov 2026, 15:10"),
        ("3 dec 9.05", "Thu 3 Dec 2026, 09:05"),
        ("13/12/2026 9am", "Sun 13 Dec 2026, 09:00"),
        ("12/13/2026 9am", "Sun 13 Dec 2026, 09:00"),
        ("13.12.26 15.30", "Sun 13 Dec 2026, 15:30"),
        ("25/12 9am", "Fri 25 Dec 2026, 09:00"),
        ("12.12. 15:00", "Sat 12 Dec 2026, 15:00"),
        ("fri 9-10am", "Fri 27 Nov 2026, 09:00–10:00"),
        ("fri 11-1pm", "Fri 27 Nov 2026, 11:00–13:00"),
        ("fri 12-1pm", "Fri 27 Nov 2026, 12:00–13:00"),
        ("fri 9am - 10:15am", "Fri 27 Nov 2026, 09:00–10:15"),
        ("15:00-15:30", "Mon 23 Nov 2026, 15:00–15:30"),
        ("thu 15.30–16.00 Berlin", "Thu 26 Nov 2026, 15:30–16:00 Berlin (14:30 for you)"),
        ("fri from 3pm to 4pm", "Fri 27 Nov 2026, 15:00–16:00"),
        ("3 dec 9-10am", "Thu 3 Dec 2026, 09:00–10:00"),
        ("dec 3 9am until noon", "Thu 3 Dec 2026, 09:00–12:00"),
        ("dec 3 - 9am", "Thu 3 Dec 2026, 09:00"),
        ("fri 23:40-00:20", "Fri 27 Nov 2026, 23:40–00:20"),
        ("14.12. 15 Uhr", "Mon 14 Dec 2026, 15:00"),
        ("thu 9 uhr 30", "Thu 26 Nov 2026, 09:30"),
        ("thu 15:30 Uhr Berlin", "Thu 26 Nov 2026, 15:30 Berlin (14:30 for you)"),
        ("thu 15 uhr - 16 uhr", "Thu 26 Nov 2026, 15:00–16:00"),
        ("the 14th 3pm", "Mon 14 Dec 2026, 15:00"),
        ("mon 30th 9am", "Mon 30 Nov 2026, 09:00"),
        ("on the 31st at noon", "Thu 31 Dec 2026, 12:00"),
        ("tmrw 9am", "Tue 24 Nov 2026, 09:00"),
        ("tomorrow morning 10:30", "Tue 24 Nov 2026, 10:30"),
        ("fri afternoon at 3", "Fri 27 Nov 2026, 15:00"),
        ("fri 3 in the afternoon", "Fri 27 Nov 2026, 15:00"),
        ("fri evening, 7:30", "Fri 27 Nov 2026, 19:30"),
        ("fri afternoon 15:30", "Fri 27 Nov 2026, 15:30"),
        ("tonight 8", "Mon 23 Nov 2026, 20:00"),
        ("this afternoon at 3", "Mon 23 Nov 2026, 15:00"),
        ("fri 3pm in the afternoon in Berlin", "Fri 27 Nov 2026, 15:00 Berlin (14:00 for you)"),
    ],
)
def test_what_people_type(typed: str, shown: str) -> None:
    moment = read(typed)
    assert moment.text == shown
    assert read(moment.text) == moment


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Nothing is typed yet"),
        ("10", "10:00, 10am or 10 dec"),
        ("thu 10", "10:00, 10am or 10 dec"),
        ("thu at 3", "3:00, 3am or 3 dec"),
        ("thu", "at what time"),
        ("thu afternoon", "at what time in the afternoon"),
        ("fri 14th 3pm", "is a Monday, not a Friday"),
        ("the 32nd 3pm", "no 32"),
        ("in 2 weeks", "at what time"),
        ("03/12 9am", "type 3 dec or 12 mar"),
        ("3/12/2026 9am", "type 3 dec 2026 or 12 mar 2026"),
        ("thu 15.10", "type 15:10 or 15 oct"),
        ("fri 9-10", "type 9:00-10:00, 9 oct or 10 sep"),
        ("3.12. 15:00", "type 3 dec or 12 mar"),
        ("99/99 15:00", "is no date"),
        ("fri 3 dec 3pm", "is a Thursday, not a Friday"),
        ("31 feb 3pm", "no 31 Feb"),
        ("2026-13-03 9am", "There is no"),
        ("3 dec 2025 9am", "is past"),
        ("today 9:00", "is past"),
        ("yesterday 10:00", "is past"),
        ("-3d 10:00", "is past"),
        ("in 0 hours", "That is now"),
        ("3 dec 26 9am", "“26” alone"),
        ("31.2. 15:00", "no 31 Feb"),
        ("32/12 15:00", "is no date"),
        ("thu 3pm - 1am", "10 hours"),
        ("thu 15:00-15:01", "is 1 minute,"),
        ("thu 10:00-25:00", "no 25:00 on a clock"),
        ("thu 15.70", "no 15.70 on a clock"),
        ("thu 10:00 11:00", "Two times"),
        ("thu 25:00", "no 25:00 on a clock"),
        ("thu 13pm", "no 13pm on a clock"),
        ("thu midnight", "00:00 or 23:59"),
        ("+2m 9am", "min or mo"),
        ("3h", "3:00 or +3h"),
        ("in 2 hours 9am", "only one"),
        ("in 99999 weeks 9am", "10 years away"),
        ("in 999999 years 9am", "10 years away"),
        ("3 dec 9999 9am", "10 years away"),
        ("9999999 9am", "can't read"),
        ("thu 3pm IST", "Kolkata, Dublin or Jerusalem"),
        ("thu 3pm cst", "type a city"),
        ("thu 3pm utc+5:30", "type a city"),
        ("thu 3pm atlantis", "no city or time zone"),
        ("London", "can't read"),
        ("[/] \x1b]0;x\x07", "can't read"),
        ("thu " * 100, "too long"),
    ],
)
def test_what_is_refused_says_what_can_be_typed(typed: str, says: str) -> None:
    with pytest.raises(WhenError) as refused:
        read(typed)
    sentence = str(refused.value)
    assert says in sentence
    assert sentence.isprintable()
    assert re.search(r"[Tt]ype|[Ll]ook|at what time", sentence)


def test_the_examples_that_a_refusal_gives_are_taken() -> None:
    for day in range(0, 400, 7):
        now = NOW + timedelta(days=day)
        with pytest.raises(WhenError) as refused:
            read("gibberish", now)
        listed = str(refused.value).split("for example ")[1].rstrip(".").replace(" or ", ", ")
        for words in listed.split(", "):
            assert read(words, now).instant > now


def test_a_length_that_was_typed_is_taken_along() -> None:
    moment = read("fri 9-10am")
    assert (moment.wall, moment.minutes) == (at("2026-11-27 09:00"), 60)
    assert read("fri 23:40-00:20").minutes == 40
    assert read("fri 9am").minutes == 0
    over = read_past("yesterday 12.30-13.15", NOW, LONDON)
    assert (over.text, over.minutes) == ("Sun 22 Nov 2026, 12:30–13:15", 45)
    later = read("28 mar 2027 02:30-03:10", zone=BERLIN)
    assert (later.text, later.minutes) == ("Sun 28 Mar 2027, 03:30–04:10", 40)


def test_tue_and_next_tue_on_every_day_of_the_week() -> None:
    for offset in range(14):
        now = NOW + timedelta(days=offset)
        today = now.date()
        plain = read("tue 9am", now).wall.date()
        following = read("next tue 9am", now).wall.date()
        assert plain.weekday() == following.weekday() == 1
        assert timedelta(0) < plain - today <= timedelta(days=7)
        monday = today - timedelta(days=today.weekday())
        assert following == monday + timedelta(days=8)


def test_tomorrow_is_the_users_own_even_for_a_time_elsewhere() -> None:
    evening = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)  # Monday 20:00 in Los Angeles
    moment = read("tomorrow 15:00 Berlin", evening, ZoneInfo("America/Los_Angeles"))
    assert moment.wall == at("2026-11-24 15:00")


def test_an_hour_that_clocks_leave_out_is_moved_and_said() -> None:
    moment = read("28 mar 2027 02:30", zone=BERLIN)
    assert moment.wall == at("2027-03-28 03:30")
    assert "02:30 is left out, 03:30 is meant" in moment.note
    assert moment.instant == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)


def test_an_hour_that_comes_twice_is_the_first_and_said() -> None:
    moment = read("31 oct 2027 02:30", zone=BERLIN)
    assert moment.wall == at("2027-10-31 02:30")
    assert "comes twice" in moment.note
    assert moment.instant == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


def test_a_length_into_the_hour_that_comes_twice_is_refused_rather_than_an_hour_off() -> None:
    before = datetime(2027, 10, 30, 23, 30, tzinfo=UTC)  # 01:30 in Berlin, summer time
    assert read("in 1 hour", before, BERLIN).wall == at("2027-10-31 02:30")
    with pytest.raises(WhenError, match="twice that night"):
        read("in 2 hours", before, BERLIN)
    assert read("in 3 hours", before, BERLIN).wall == at("2027-10-31 03:30")


def test_a_usual_time_is_taken_where_none_is_typed() -> None:
    moment = read_moment("in 2 weeks", NOW, LONDON, usual=time(15, 0))
    assert moment.text == "Mon 7 Dec 2026, 15:00"
    assert read_moment("in 2 weeks 9am", NOW, LONDON, usual=time(15, 0)).wall.hour == 9


def test_a_day_may_be_enough() -> None:
    moment = read_moment("today", NOW, LONDON, need_time=False)
    assert (moment.timed, moment.text) == (False, "Mon 23 Nov 2026")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("yesterday 15:00", "Sun 22 Nov 2026, 15:00"),
        ("mon 10:00", "Mon 16 Nov 2026, 10:00"),
        ("last tue 10:00", "Tue 17 Nov 2026, 10:00"),
        ("today", "Mon 23 Nov 2026"),
        ("2 days ago", "Sat 21 Nov 2026"),
        ("2 hours ago", "Mon 23 Nov 2026, 07:30"),
        ("8:00", "Mon 23 Nov 2026, 08:00"),
        ("10:00", "Sun 22 Nov 2026, 10:00"),
        ("3 dec", "Wed 3 Dec 2025"),
    ],
)
def test_what_is_over(typed: str, shown: str) -> None:
    moment = read_past(typed, NOW, LONDON)
    assert moment.text == shown
    assert read_past(moment.text, NOW, LONDON) == moment


@pytest.mark.parametrize("typed", ["tomorrow", "today 15:00", "in 2 hours", "2027-01-01 9am"])
def test_what_is_to_come_is_not_over(typed: str) -> None:
    with pytest.raises(WhenError, match="yet to come"):
        read_past(typed, NOW, LONDON)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("today", TODAY),
        ("tomorrow", date(2026, 11, 24)),
        ("fri", date(2026, 11, 27)),
        ("3d", date(2026, 11, 26)),
        ("a week", date(2026, 11, 30)),
        ("next week", date(2026, 11, 30)),
        ("next month", date(2026, 12, 1)),
        ("3 dec", date(2026, 12, 3)),
        ("13/12", date(2026, 12, 13)),
        ("the 14th", date(2026, 12, 14)),
        ("tomorrow morning", date(2026, 11, 24)),
        ("tonight", TODAY),
        ("Thu 3 Dec 2026", date(2026, 12, 3)),
    ],
)
def test_a_day(typed: str, day: date) -> None:
    assert read_day(typed, TODAY) == day


@pytest.mark.parametrize(
    "typed",
    [
        "yesterday",
        "fri 3pm",
        "fri 15.30",
        "fri 9-10am",
        "fri afternoon 3",
        "5",
        "foo",
        "3 min",
        "fri berlin",
        "",
    ],
)
def test_a_day_that_is_none(typed: str) -> None:
    with pytest.raises(WhenError, match=r"[Tt]ype"):
        read_day(typed, TODAY)


PARTS = """tomorrow today tue next this in 2 weeks + 3 d dec 2026 2026-12-03 09:00 9am noon midnight Berlin
    15.30 9-10am 9 10:00 IST utc+2 - / . : , at 31 feb hours min mo 12/3 ( ) for you yesterday ago a 0
    99999 T Z – from until"""
WORDS = st.sampled_from(PARTS.split())
TYPED = st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=7).map(" ".join))
ZONES = st.sampled_from(
    ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia"]
)
INSTANTS = st.datetimes(at("2026-01-01 00:00"), at("2031-01-01 00:00"), timezones=st.just(UTC))


@given(TYPED, INSTANTS, ZONES, st.booleans())
@example("9999-12-31 23:59", NOW, "Pacific/Apia", True)
@example("0001-01-01 00:00", NOW, "Asia/Kolkata", True)
@example("in 999999 hours", NOW, "UTC", True)
def test_never_a_traceback_never_the_past_and_it_reads_back(
    text: str, now: datetime, zone: str, need_time: bool
) -> None:
    own = ZoneInfo(zone)
    try:
        moment = read_moment(text, now, own, need_time=need_time)
    except WhenError:
        return
    assert moment.wall.tzinfo is None
    if moment.timed:
        assert moment.instant >= now
        again = read_moment(moment.text, now, own)
        assert (again.wall, again.zone, again.instant) == (moment.wall, moment.zone, moment.instant)
        assert again.minutes == moment.minutes
    else:
        assert moment.wall.date() >= now.astimezone(own).date()


@given(INSTANTS, INSTANTS, ZONES, ZONES)
def test_any_shown_moment_reads_back(now: datetime, when: datetime, zone: str, own_name: str) -> None:
    own = ZoneInfo(own_name)
    there = when.replace(second=0, microsecond=0).astimezone(ZoneInfo(zone))
    text = show(there.replace(tzinfo=None), zone, own)
    if there.fold or when - now < timedelta(minutes=1):
        return  # an hour shown twice: the first is meant, by design
    moment = read_moment(text, now, own)
    assert (moment.wall, moment.zone) == (there.replace(tzinfo=None, fold=0), zone)


@given(TYPED, INSTANTS, ZONES)
def test_a_past_moment_is_never_to_come(text: str, now: datetime, zone: str) -> None:
    try:
        moment = read_past(text, now, ZoneInfo(zone))
    except WhenError:
        return
    assert moment.instant <= now


@given(TYPED, st.dates(date(2026, 1, 1)))
def test_a_day_is_never_past(text: str, today: date) -> None:
    try:
        day = read_day(text, today)
    except WhenError:
        return
    assert day >= today

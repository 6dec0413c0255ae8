"""The meeting's clock: a fake clock goes through every cue, phase and extension."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from data.meetings.clock import (
    FROM_NOW,
    PROMISED,
    CueKind,
    Phase,
    cues,
    late_start_choices,
    passed_ids,
    promised_end_at,
    reading,
)
from data.meetings.sayings import called, cue_words, exit_line
from data.meetings.times import clock_words, line_minute, minute_words, overtime_words, starts_at
from data.records import Extension, Kind, Meeting, Person, Question

START = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
MUST = (Question(id="q1", text="What surprised you?", starred=True), Question(id="q2", text="And then?"))


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


def planned(length: int = 20, starts: str = "2026-11-23 15:00", zone: str = "UTC") -> Meeting:
    return Meeting(id="m", person="p", starts=datetime.fromisoformat(starts), zone=zone, minutes=length)


def running(length: int = 20, **changes: Any) -> Meeting:
    meeting = replace(planned(length), started=START, promised_end=START + minutes(length), questions=MUST)
    return replace(meeting, **changes)


def walk(
    meeting: Meeting, until: timedelta, step: timedelta = timedelta(seconds=1)
) -> list[tuple[str, timedelta]]:
    """Every cue that shows on the way, with the elapsed time at which it does."""
    shown = []
    passed = timedelta(0)
    while passed <= until:
        now = START + passed
        cue = reading(meeting, now).cue
        if cue is not None:
            shown.append((cue.id, passed))
            meeting = replace(meeting, cues=passed_ids(meeting, now))
        passed += step
    return shown


def test_an_hour_with_an_extension_shows_every_cue_once_at_its_moment() -> None:
    first = walk(running(), minutes(20))
    assert first == [
        ("half", minutes(10)),
        ("five", minutes(15)),
        ("two", minutes(18)),
        ("zero", minutes(20)),
    ]
    offered = running(
        extensions=(Extension(at=START + minutes(20.5), minutes=10),), cues=("half", "five", "two", "zero")
    )
    assert walk(offered, minutes(60)) == [("zero+1", minutes(30))]


def test_phases_and_what_is_shown_on_the_way() -> None:
    meeting = running()
    seen: list[Phase] = []
    for second in range(0, 1261, 5):
        shown = reading(meeting, START + timedelta(seconds=second))
        if not seen or seen[-1] != shown.phase:
            seen.append(shown.phase)
    assert seen == [Phase.WARM_UP, Phase.QUESTIONS, Phase.WHO_ELSE, Phase.THANKS]
    shown = reading(meeting, START + timedelta(minutes=12, seconds=34))
    assert (shown.elapsed_words, shown.left_words, shown.over) == ("12:34", "7:26 left", False)
    assert [mark.at - START for mark in shown.marks] == [minutes(0), minutes(3), minutes(15), minutes(18)]
    late = reading(meeting, START + minutes(24))
    assert (late.left_words, late.fraction, late.over) == ("4 min over your promise", 1.0, True)


def test_must_asks_that_were_asked_need_no_word_half_way() -> None:
    asked = running(questions=(replace(MUST[0], asked=START + minutes(3)), MUST[1]))
    assert [cue.kind for cue in cues(asked)] == [CueKind.FIVE, CueKind.TWO, CueKind.ZERO]


@pytest.mark.parametrize(
    ("length", "shown"),
    [
        (2, ["half", "zero"]),
        (3, ["two", "half", "zero"]),
        (4, ["two", "zero"]),
        (5, ["half", "two", "zero"]),
        (10, ["five", "two", "zero"]),
    ],
)
def test_cues_at_the_start_are_left_out_and_of_two_at_once_the_later_shows(
    length: int, shown: list[str]
) -> None:
    assert [id for id, _ in walk(running(length), minutes(length))] == shown


def test_after_a_sleep_the_latest_cue_counts_and_the_others_never_come() -> None:
    assert walk(running(), minutes(60), step=minutes(19)) == [("two", minutes(19)), ("zero", minutes(38))]
    assert walk(running(), minutes(60), step=minutes(50)) == [("zero", minutes(50))]


def test_minutes_that_they_offer_move_the_end_but_no_cue_comes_twice() -> None:
    meeting = running(cues=("half", "five", "two"))
    more = replace(meeting, extensions=(Extension(at=START + minutes(19), minutes=5),))
    shown = reading(more, START + minutes(19))
    assert (shown.left, shown.offered, shown.phase) == (minutes(6), 5, Phase.QUESTIONS)
    assert (shown.promised_end, shown.until) == (START + minutes(20), START + minutes(25))
    assert walk(more, minutes(40)) == [("zero+1", minutes(25))]


def test_a_clock_that_was_set_back_shows_the_start_and_never_less() -> None:
    shown = reading(running(), START - minutes(90))
    assert (shown.elapsed, shown.left, shown.phase) == (minutes(0), minutes(20), Phase.WARM_UP)


def test_an_ended_meeting_stands_still() -> None:
    ended = running(ended=START + minutes(17))
    shown = reading(ended, START + minutes(500))
    assert (shown.elapsed, shown.overtime, shown.cue, shown.ended) == (minutes(17), minutes(0), None, True)


def test_past_midnight_and_through_a_change_of_the_clocks() -> None:
    meeting = planned(60, "2027-03-28 01:30", "Europe/Berlin")  # at 02:00 clocks go to 03:00
    started = starts_at(meeting)
    begun = replace(meeting, started=started, promised_end=promised_end_at(meeting, started))
    assert begun.promised_end == started + minutes(60)
    shown = reading(begun, started + minutes(45))
    assert (shown.elapsed, shown.left) == (minutes(45), minutes(15))
    back = planned(90, "2026-10-25 02:30", "Europe/Berlin")  # the hour comes twice
    started = starts_at(back)
    assert promised_end_at(back, started) - started == minutes(90)
    night = planned(20, "2026-11-23 23:50", "Europe/Berlin")
    choices = late_start_choices(night, starts_at(night) + minutes(5), BERLIN)
    assert [choice.words for choice in choices] == [
        "00:10 as promised (15 min)",
        "20 minutes from now (until 00:15)",
    ]


def test_a_late_start_has_two_ways_to_go_on() -> None:
    meeting = planned()
    assert late_start_choices(meeting, START + timedelta(seconds=59), BERLIN) == ()
    choices = late_start_choices(meeting, START + minutes(6), BERLIN)
    assert [(choice.id, choice.until) for choice in choices] == [
        (PROMISED, START + minutes(20)),
        (FROM_NOW, START + minutes(26)),
    ]
    assert choices[0].words == "16:20 as promised (14 min)"
    too_late = late_start_choices(meeting, START + minutes(19.5), BERLIN)
    assert [choice.id for choice in too_late] == [FROM_NOW]


@pytest.mark.parametrize(
    ("starts", "choice", "promised"),
    [
        (0, PROMISED, 20),
        (6, PROMISED, 20),
        (6, FROM_NOW, 26),
        (19.5, PROMISED, 39.5),
        (300, PROMISED, 320),
        (-10, PROMISED, 20),
        (-60, PROMISED, -40),
    ],
)
def test_the_promise_is_the_planned_end_unless_that_makes_no_sense(
    starts: float, choice: str, promised: float
) -> None:
    assert promised_end_at(planned(), START + minutes(starts), choice) == START + minutes(promised)


def test_what_to_say_by_name() -> None:
    maria = Person(id="p", name="Dr. Maria Chen")
    name = called(maria)
    assert name == "Maria"
    assert exit_line(running(), name).startswith("Maria, I promised to take 20 minutes, and they are up.")
    offered = running(extensions=(Extension(at=START, minutes=5),))
    assert "the 5 minutes more that you offered" in exit_line(offered, name)
    late = running(started=START + minutes(9))
    assert "done by now" in exit_line(late, name)
    assert exit_line(running(), "").startswith("I promised")
    assert called(Person(id="g", kind=Kind.GROUP, name="Design Alumni")) == "Design Alumni"
    assert called(Person(id="x", name="")) == ""
    assert "\x1b" not in called(Person(id="x", name="\x1b]52;c;x\x07 Chen"))
    words = {cue.kind: cue_words(cue, running(), name) for cue in cues(running())}
    assert "“What surprised you?”" in words[CueKind.HALF]
    assert "may I use your name" in words[CueKind.FIVE]
    assert "thank Maria" in words[CueKind.TWO]
    assert "only if they offer" in words[CueKind.ZERO]


def test_spans_in_words() -> None:
    assert clock_words(timedelta(hours=1, minutes=2, seconds=3.9)) == "1:02:03"
    assert clock_words(timedelta(seconds=-5)) == "0:00"
    assert [minute_words(minutes(each)) for each in (0.5, 4.99, 65)] == ["30 s", "4 min", "1 h 05 min"]
    assert overtime_words(timedelta(0)) == ""
    assert line_minute(START + timedelta(seconds=130), START) == "02:10"
    assert line_minute(START + timedelta(seconds=3730), START) == "1:02:10"
    assert line_minute(None, START) == ""


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("wait"), st.floats(0, 90)),
        st.tuples(st.just("sleep"), st.floats(0, 100_000)),
        st.tuples(st.just("back"), st.floats(0, 10_000)),
        st.tuples(st.just("offer"), st.integers(1, 60)),
        st.tuples(st.just("ask"), st.just(0)),
        st.tuples(st.just("crash"), st.just(0)),
    ),
    max_size=60,
)


@settings(max_examples=150)
@given(st.integers(2, 180), st.floats(-600, 20_000), st.sampled_from([PROMISED, FROM_NOW]), STEPS)
def test_every_cue_at_most_once_and_elapsed_is_always_the_difference(
    length: int, late: float, choice: str, steps: list[tuple[str, float]]
) -> None:
    now = START + timedelta(seconds=late)
    meeting = replace(planned(length), questions=MUST)
    meeting = replace(meeting, started=now, promised_end=promised_end_at(meeting, now, choice))
    started = now
    shown: list[str] = []
    for step, amount in steps:
        if step in ("wait", "sleep"):
            now += timedelta(seconds=amount)
        elif step == "back":
            now -= timedelta(seconds=amount)
        elif step == "offer":
            extension = Extension(at=now, minutes=int(amount))
            meeting = replace(meeting, extensions=(*meeting.extensions, extension))
        elif step == "ask":
            meeting = replace(meeting, questions=(replace(MUST[0], asked=now), MUST[1]))
        elif step == "crash":
            meeting = msgspec.json.decode(msgspec.json.encode(meeting), type=Meeting)
        seen = reading(meeting, now)
        assert seen.elapsed == max(timedelta(0), now - started)
        assert seen.left >= timedelta(0)
        assert seen.overtime >= timedelta(0)
        assert not (seen.left and seen.overtime)
        assert 0.0 <= seen.fraction <= 1.0
        ats = [mark.at for mark in seen.marks]
        assert ats == sorted(set(ats))
        if seen.cue is not None:
            assert seen.cue.at <= now
            assert all(cue.at <= seen.cue.at for cue in cues(meeting) if cue.at <= now)
            shown.append(seen.cue.id)
            meeting = replace(meeting, cues=passed_ids(meeting, now))
            assert reading(meeting, now).cue is None
    assert len(shown) == len(set(shown))


@given(st.integers(2, 180), st.booleans())
def test_every_length_has_its_last_cue_at_its_end(length: int, asked: bool) -> None:
    meeting = running(length)
    if asked:
        meeting = replace(meeting, questions=())
    found = cues(meeting)
    assert found[-1].kind is CueKind.ZERO
    assert found[-1].at == START + minutes(length)
    assert all(cue.at > START for cue in found)

"""How far it went, how long it took: by hand on small networks, and counted anew over random histories."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from statistics import median
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct

from data.clock import FixedClock
from data.insights.facts import ANSWERS, Facts
from data.insights.funnel import (
    answer_days,
    by_month,
    by_source,
    funnel,
    met_unasked,
    per_cent,
    waits,
    weeks,
    within,
)
from data.records import (
    Direction,
    Kind,
    Lead,
    LeadState,
    Meeting,
    MeetingStatus,
    Person,
    Record,
    Source,
    Touch,
    TouchKind,
)
from tests.data.made import facts_of, made
from tests.data.messages.situations import NOW

BERLIN = ZoneInfo("Europe/Berlin")
MARIA = Person(id="maria", name="Maria Chen")
IN, OUT, BOTH = Direction.IN, Direction.OUT, Direction.BOTH


def touch(
    kind: TouchKind, days: float, way: Direction = OUT, person: str = "maria", meeting: str = ""
) -> Touch:
    """A contact so many days ago."""
    at = NOW - timedelta(days=days)
    id = f"{kind}-{days}-{way}-{person}"
    return Touch(id=id, person=person, kind=kind, at=at, direction=way, meeting=meeting)


def meeting(
    days: float, arranged: float, status: MeetingStatus = MeetingStatus.ENDED, person: str = "maria"
) -> Meeting:
    """A meeting so many days ago, arranged so many days ago."""
    at = NOW - timedelta(days=days)
    return Meeting(
        id=f"m-{days}-{person}",
        person=person,
        starts=at.astimezone(BERLIN).replace(tzinfo=None),
        zone="Europe/Berlin",
        status=status,
        started=at if status is MeetingStatus.ENDED else None,
        created=NOW - timedelta(days=arranged),
    )


def counted(facts: Facts) -> dict[str, tuple[int, int | None]]:
    """The funnel's people, with the rates."""
    return {step.name: (step.count, step.rate) for step in funnel(facts.roads.values())[:3]}


def silent(facts: Facts) -> int:
    """How many have not answered yet."""
    return waits(facts.roads.values())[-1].count


@pytest.mark.parametrize("status", [MeetingStatus.PLANNED, MeetingStatus.CALLED_OFF, MeetingStatus.NO_SHOW])
def test_who_agreed_to_a_time_has_answered_on_that_day(status: MeetingStatus) -> None:
    facts = facts_of(MARIA, touch(TouchKind.OUTREACH, 10), meeting(-3, 6, status))
    assert counted(facts) == {"Asked": (1, None), "Answered": (1, 100), "Met": (0, 0)}
    assert answer_days(facts.roads.values()) == 4
    assert silent(facts) == 0


def test_a_talk_long_before_is_no_answer_to_being_asked_again() -> None:
    facts = facts_of(MARIA, meeting(60, 70), touch(TouchKind.OUTREACH, 5))
    assert counted(facts) == {"Asked": (1, None), "Answered": (0, 0), "Met": (1, None)}
    assert met_unasked(funnel(facts.roads.values())) == "1 person met without being asked before"
    (month,) = by_month(facts)
    assert (month.asked, month.answered, month.met, month.rate) == (1, 0, 0, 0)
    assert (silent(facts), answer_days(facts.roads.values())) == (1, None)


def test_those_met_by_chance_are_no_part_of_the_rate() -> None:
    chance = [Person(id=f"c{n}", name=f"C{n}") for n in range(2)]
    asked = [Person(id=f"a{n}", name=f"A{n}") for n in range(4)]
    facts = facts_of(
        *chance,
        *asked,
        *(meeting(3, 3, person=each.id) for each in chance),
        *(touch(TouchKind.OUTREACH, 9, person=each.id) for each in asked),
        *(touch(TouchKind.ANSWER_YES, 8, IN, person=each.id) for each in asked[:2]),
        meeting(4, 7, person="a0"),
    )
    assert counted(facts) == {"Asked": (4, None), "Answered": (2, 50), "Met": (3, 50)}
    assert met_unasked(funnel(facts.roads.values())) == "2 people met without being asked before"


def test_how_long_an_answer_took_to_what_is_not_noted_nobody_knows() -> None:
    sam = Person(id="sam", name="Sam")
    facts = facts_of(
        MARIA, sam,
        touch(TouchKind.ANSWER_YES, 4, IN),
        touch(TouchKind.OUTREACH, 9, person="sam"), touch(TouchKind.ANSWER_LATER, 3, IN, person="sam"),
    )  # fmt: skip
    assert counted(facts)["Answered"] == (2, 100)
    assert answer_days(facts.roads.values()) == 6
    assert sum(row.count for row in waits(facts.roads.values())) == 1
    assert met_unasked(funnel(facts.roads.values())) == ""


def test_their_message_answers_only_if_they_were_asked_before() -> None:
    facts = facts_of(MARIA, touch(TouchKind.MESSAGE, 12, IN), touch(TouchKind.OUTREACH, 9))
    assert counted(facts)["Answered"] == (0, 0)
    facts = facts_of(MARIA, touch(TouchKind.OUTREACH, 9), touch(TouchKind.MESSAGE, 2, IN))
    assert counted(facts)["Answered"] == (1, 100)
    facts = facts_of(MARIA, touch(TouchKind.OUTREACH, 9), touch(TouchKind.NUDGE, 2, OUT))
    assert counted(facts)["Answered"] == (0, 0)


@pytest.mark.parametrize("kind", [kind for kind in TouchKind if kind.value.startswith("answer_")])
def test_every_answer_is_one_and_tells_that_they_were_asked(kind: TouchKind) -> None:
    facts = facts_of(MARIA, touch(kind, 4, IN))
    assert counted(facts)["Answered"] == (1, 100)


def test_who_asks_the_user_was_not_asked() -> None:
    assert counted(facts_of(MARIA, touch(TouchKind.OUTREACH, 4, IN)))["Asked"] == (0, None)


@pytest.mark.parametrize(
    ("days", "place"), [(0, 0), (1, 1), (2, 1), (3, 2), (7, 2), (8, 3), (14, 3), (15, 4), (99, 4)]
)
def test_each_wait_stands_in_its_row(days: int, place: int) -> None:
    facts = facts_of(MARIA, touch(TouchKind.OUTREACH, 100), touch(TouchKind.ANSWER_NO, 100 - days, IN))
    assert [row.count for row in waits(facts.roads.values())].index(1) == place


def test_this_week_is_the_users_own() -> None:
    # Monday in Berlin, and Sunday in London still.
    late = FixedClock(datetime(2026, 11, 22, 23, 30, tzinfo=UTC), "Europe/Berlin")
    assert weeks(Facts(made(), late), 1)[0].monday == date(2026, 11, 23)


def test_the_most_fruitful_source_stands_first() -> None:
    sources = list(Source)[:4]
    people = [
        Person(id=f"{source}{n}", name="x", source=source)
        for at, source in enumerate(sources)
        for n in range(4 + at)
    ]
    facts = facts_of(
        *people,
        *(touch(TouchKind.OUTREACH, 9, person=f"{source}{n}") for source in sources[:3] for n in range(3)),
        *(touch(TouchKind.OUTREACH, 9, person=f"{sources[2]}3") for _ in range(1)),
        *(touch(TouchKind.ANSWER_NO, 8, IN, person=f"{source}0") for source in sources[:2]),
        meeting(3, 4, person=f"{sources[0]}0"),
    )
    assert [row.source for row in by_source(facts)] == [sources[0], sources[1], sources[2], sources[3]]
    rows = {row.source: (row.known, row.asked, row.answered, row.met) for row in by_source(facts)}
    assert list(rows.values()) == [(4, 3, 1, 1), (5, 3, 1, 0), (6, 4, 0, 0), (7, 0, 0, 0)]


def test_a_talk_noted_as_a_fact_counts_once_and_so_does_a_meeting() -> None:
    held = meeting(0.1, 3)
    facts = facts_of(
        MARIA,
        held,
        touch(TouchKind.MEETING, 0.1, BOTH, meeting=held.id),
        touch(TouchKind.MEETING, 0.2, BOTH),
        touch(TouchKind.MEETING, 7.2, BOTH),
        touch(TouchKind.THANK_YOU, 0.05),
        touch(TouchKind.MESSAGE, 0.05, IN),
    )
    assert [(week.held, week.sent) for week in weeks(facts, 3)] == [(2, 1), (1, 0), (0, 0)]


def test_steps_of_leads_count_from_the_step_before() -> None:
    states = [LeadState.CAPTURED, LeadState.ACTED_ON, LeadState.OUTCOME, LeadState.REPORTED]
    facts = facts_of(MARIA, *(Lead(id=f"l{state}", giver="maria", text="x", state=state) for state in states))
    steps = {step.name: (step.count, step.rate) for step in funnel(facts.roads.values())[3:]}
    assert steps == {"Leads given": (4, None), "Acted on": (3, 75), "Giver told": (1, 33)}


def test_groups_are_in_no_row_of_people() -> None:
    guild = Person(id="guild", name="Guild", kind=Kind.GROUP, source=Source.ASSOCIATION)
    given = facts_of(guild, Lead(id="l", giver="guild", text="x"))
    assert [step.count for step in funnel(given.roads.values())] == [0] * 6
    member = Person(id="m", name="M", source=Source.ASSOCIATION)
    asked = [touch(TouchKind.OUTREACH, 5, person=id) for id in ("guild", "m")]
    assert by_source(facts_of(guild, asked[0])) == []
    (row,) = by_source(facts_of(guild, member, *asked))
    assert (row.known, row.asked) == (1, 1)


@pytest.mark.parametrize(
    ("part", "of", "shown"),
    [(0, 0, None), (0, 9, 0), (1, 300, 1), (299, 300, 99), (300, 300, 100), (1, 3, 33)],
)
def test_some_are_never_none_and_not_all_are_never_all(part: int, of: int, shown: int | None) -> None:
    assert per_cent(part, of) == shown


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "on the same day"),
        (0.5, "within a day"),
        (1, "within a day"),
        (2.5, "within 2.5 days"),
        (9, "within 9 days"),
    ],
)
def test_how_long_in_words(days: float, said: str) -> None:
    assert within(days) == said


def test_only_the_last_months_in_which_anybody_was_asked() -> None:
    people = [Person(id=f"p{n}", name=f"P{n}") for n in range(4)]
    asked = [touch(TouchKind.OUTREACH, days, person=f"p{n}") for n, days in enumerate((1, 40, 45, 200))]
    found = by_month(facts_of(*people, *asked), 2)
    assert [(month.first, month.asked) for month in found] == [(date(2026, 11, 1), 1), (date(2026, 10, 1), 2)]


# -- counted anew ----------------------------------------------------------------------------------------


class _Happened(Struct, frozen=True):
    """Something with somebody, so many hours ago."""

    what: str
    hours: int


_WHAT = st.sampled_from(["ask", "answer", "their message", "my message", "talk", "planned", "held", "missed"])
_HISTORY = st.lists(st.builds(_Happened, _WHAT, st.integers(0, 24 * 100)), max_size=6)
_SOURCES = st.sampled_from([Source.NETWORK, Source.ALUMNI])


def _record(id: str, person: str, each: _Happened) -> Record:
    at = NOW - timedelta(hours=each.hours)
    kinds = {
        "ask": (TouchKind.OUTREACH, OUT),
        "answer": (TouchKind.ANSWER_NO, IN),
        "their message": (TouchKind.MESSAGE, IN),
        "my message": (TouchKind.NUDGE, OUT),
        "talk": (TouchKind.MEETING, BOTH),
    }
    if each.what in kinds:
        kind, way = kinds[each.what]
        return Touch(id=id, person=person, kind=kind, direction=way, at=at)
    # A meeting is arranged two days before it.
    status = {"planned": MeetingStatus.PLANNED, "held": MeetingStatus.ENDED, "missed": MeetingStatus.NO_SHOW}
    return Meeting(
        id=id, person=person, starts=at.astimezone(BERLIN).replace(tzinfo=None), zone="Europe/Berlin",
        status=status[each.what], created=at - timedelta(days=2),
    )  # fmt: skip


_AT_ONCE = {"ask": 0, "answer": 1}
"""Of what happened at one moment this came first."""


class _Walked(Struct):
    """What one person's history comes to, walked through from its first moment to its last."""

    asked: datetime | None = None
    noted: bool = False
    answered: datetime | None = None
    met: datetime | None = None
    met_since: datetime | None = None


def _walk(records: list[Record]) -> _Walked:
    moments: list[tuple[datetime, int, str]] = []
    for each in records:
        if isinstance(each, Touch):
            what = "ask" if each.kind is TouchKind.OUTREACH else "answer" if each.kind in ANSWERS else ""
            if each.kind is TouchKind.MEETING:
                what = "talk"
            elif not what and each.direction is IN:
                what = "sign"
            moments.append((each.at, _AT_ONCE.get(what, 2), what))
        elif isinstance(each, Meeting):
            begins = each.starts.replace(tzinfo=BERLIN)
            assert each.created is not None
            moments.append((each.created, 2, "sign"))
            if each.status is MeetingStatus.ENDED:
                moments.append((begins, 2, "talk"))
    walked = _Walked()
    for at, _, what in sorted(moments, key=lambda moment: moment[:2]):
        if what == "talk":
            walked.met = walked.met or at
        if walked.asked is None and what in ("ask", "answer"):
            walked.asked, walked.noted = at, what == "ask"
        if walked.asked is not None and what in ("answer", "sign", "talk"):
            walked.answered = walked.answered or at
            if what == "talk":
                walked.met_since = walked.met_since or at
    return walked


@settings(max_examples=60)
@given(st.lists(st.tuples(_HISTORY, _SOURCES), max_size=5))
def test_counts_are_those_of_walking_through_every_history(
    people: list[tuple[list[_Happened], Source]],
) -> None:
    persons = [Person(id=f"p{n}", name=f"P{n}", source=source) for n, (_, source) in enumerate(people)]
    histories = [
        [_record(f"r{n}-{place}", f"p{n}", each) for place, each in enumerate(history)]
        for n, (history, _) in enumerate(people)
    ]
    facts = facts_of(*persons, *(each for history in histories for each in history))
    walked = [_walk(history) for history in histories]
    asked = [each for each in walked if each.asked]
    answered = [each for each in asked if each.answered]
    met, since = [each for each in walked if each.met], [each for each in walked if each.met_since]
    steps = {step.name: step for step in funnel(facts.roads.values())}
    assert (steps["Asked"].count, steps["Answered"].count) == (len(asked), len(answered))
    assert (steps["Met"].count, steps["Met"].through) == (len(met), len(since))
    assert steps["Met"].rate == per_cent(len(since), len(answered))

    def day(at: datetime) -> date:
        return at.astimezone(BERLIN).date()

    took = [
        (day(each.answered) - day(each.asked)).days
        for each in answered
        if each.noted and each.answered and each.asked
    ]
    assert answer_days(facts.roads.values()) == (median(took) if took else None)
    assert sum(row.count for row in waits(facts.roads.values())[:-1]) == len(took)
    assert silent(facts) == len(asked) - len(answered)
    months = Counter(day(each.asked).replace(day=1) for each in asked if each.asked)
    assert {month.first: month.asked for month in by_month(facts, 99)} == dict(months)
    assert sum(month.met for month in by_month(facts, 99)) == len(since)
    for row in by_source(facts):
        of = [each for each, person in zip(walked, persons, strict=True) if person.source is row.source]
        assert row.known == len(of)
        assert (row.asked, row.answered, row.met) == (
            sum(each.asked is not None for each in of),
            sum(each.answered is not None for each in of),
            sum(each.met is not None for each in of),
        )
    happened = [each for history, _ in people for each in history]
    count = Counter(each.what for each in happened)
    assert sum(week.sent for week in weeks(facts, 30)) == count["ask"] + count["my message"]
    assert sum(week.held for week in weeks(facts, 30)) == count["talk"] + count["held"]

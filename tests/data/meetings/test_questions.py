"""The bank of questions: what is in it, what it hides, how long it takes, and answers across meetings."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from data.clock import FixedClock
from data.insights.answers import answers_text, choosable
from data.meetings.bank import BANK, CATEGORIES
from data.meetings.questions import (
    Show,
    choices,
    expected,
    moved,
    own_question,
    prepared,
    searchable,
    starred,
    time_sum,
    with_length,
)
from data.records import Entry, EntryKind, Meeting, MeetingStatus, Person, Question
from data.store import Store
from tests.data.meetings.conftest import NOW


def test_the_bank_covers_every_category_with_questions_of_its_own() -> None:
    assert len(BANK) >= 60
    assert set(CATEGORIES) == {
        "trends", "insights", "advice", "resources", "assignments", "path", "role", "referrals",
    }  # fmt: skip
    counts = Counter(each.category for each in BANK)
    assert set(counts) == set(CATEGORIES)
    assert min(counts.values()) >= 5
    assert len({each.id for each in BANK}) == len({each.text for each in BANK}) == len(BANK)
    assert all(each.text.endswith(("?", ".")) and 20 <= each.seconds <= 600 for each in BANK)


def test_no_question_of_the_bank_is_one_for_a_search_engine() -> None:
    assert [each.text for each in BANK if searchable(each.text)] == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("How many people work at your company?", "size"),
        ("When was the company founded?", "founding year"),
        ("Where is your office located?", "address"),
        ("Who is the CEO?", "top"),
        ("Are you hiring?", "openings"),
        ("What surprised you most in your first year?", ""),
        ("How do you decide what to build next?", ""),
    ],
)
def test_what_a_search_engine_answers_is_flagged_with_why(text: str, why: str) -> None:
    assert why in searchable(text)
    assert bool(searchable(text)) is bool(why)


def answered(store: Store, person: str, bank: str, text: str, days_ago: int) -> None:
    question = Question(id="q", text="As asked", bank=bank, asked=NOW)
    with store.transaction("Met") as tx:
        tx.put(Person(id=person, name=person))
        meeting = tx.put(
            Meeting(
                id=f"m-{person}-{days_ago}",
                person=person,
                starts=NOW.replace(tzinfo=None) - timedelta(days=days_ago),
                zone="UTC",
                status=MeetingStatus.ENDED,
                questions=(question,),
            )
        )
        tx.put(
            Entry(
                id=f"e-{meeting.id}",
                meeting=meeting.id,
                kind=EntryKind.ANSWER,
                text=text,
                order=1,
                question="q",
            )
        )


def test_what_they_were_asked_and_what_three_others_answered_is_said(
    store: Store, meeting: Meeting, clock: FixedClock
) -> None:
    first, second = BANK[0].id, BANK[1].id
    answered(store, "maria", first, "yes", 30)
    for number in range(3):
        answered(store, f"p{number}", second, "no", number + 1)
    found = {choice.question.id: choice for choice in choices(store, meeting)}
    assert found[first].note == "you asked them before"
    assert found[second].note == "3 others answered it"
    assert len(found) == len(BANK)
    assert all(choice.question.category == "path" for choice in choices(store, meeting, category="path"))
    unasked = {choice.question.id for choice in choices(store, meeting, show=Show.NOT_ASKED)}
    untold = {choice.question.id for choice in choices(store, meeting, show=Show.NOT_TOLD)}
    assert found.keys() - unasked == {first}
    assert found.keys() - untold == {first, second}
    assert [each.question.id for each in choices(store, meeting, search="HOW get line")] == [BANK[0].id]
    asked = {each.bank: each for each in choosable(store, clock.zone())}
    assert [(each.person, each.text) for each in asked[second].answers] == [
        ("p0", "no"), ("p1", "no"), ("p2", "no"),
    ]  # fmt: skip
    assert asked.keys() >= {each.id for each in BANK}
    assert "p1, " in answers_text(asked[second])
    assert [each.bank for each in choosable(store, clock.zone(), category="path")][:2] == [second, first]


def test_a_question_of_ones_own_is_in_the_bank(store: Store, meeting: Meeting) -> None:
    mine = own_question("  When was the   company founded? ", "insights")
    with store.transaction("Added") as tx:
        tx.put(mine)
    (choice,) = list(choices(store, meeting, search="founded"))
    assert (choice.question.own, choice.question.text) == (True, "When was the company founded?")
    assert "search engine" in choice.note


def test_the_time_that_questions_take_against_the_time_there_is() -> None:
    asks = [Question(id=str(n), text="Q", seconds=180) for n in range(5)]
    fit = time_sum(asks, 20)
    assert (fit.needed, fit.available) == (900, 12 * 60)
    assert [each.id for each in fit.over] == ["4"]
    assert fit.text == "15 of 12 min: the last one won’t fit"
    assert time_sum(asks[:4], 20).over == ()


@given(st.lists(st.integers(1, 600), max_size=12), st.integers(2, 180))
def test_what_fits_takes_no_more_than_there_is(lengths: list[int], minutes: int) -> None:
    asks = [Question(id=str(n), text="Q", seconds=seconds) for n, seconds in enumerate(lengths)]
    fit = time_sum(asks, minutes)
    kept = asks[: len(asks) - len(fit.over)]
    assert sum(each.seconds for each in kept) <= fit.available
    assert [*kept, *fit.over] == asks
    assert 0 < fit.available <= minutes * 60


@given(st.integers(0, 6), st.integers(-9, 9))
def test_moving_keeps_every_question(at: int, step: int) -> None:
    asks = tuple(Question(id=str(n), text="Q") for n in range(7))
    after = moved(asks, str(at), step)
    assert sorted(each.id for each in after) == [each.id for each in asks]
    assert after[min(max(at + step, 0), 6)].id == str(at)
    assert moved(asks, "none", step) == asks
    assert [each.starred for each in starred(asks, str(at))].count(True) == 1


@pytest.mark.parametrize(
    ("typed", "words", "seconds"),
    [
        ("Why did you stay? 3 min", "Why did you stay?", 180),
        ("Why? 1½ min", "Why?", 90),
        ("Why? (2.5 minutes)", "Why?", 150),
        ("Why? ½ min", "Why?", 30),
        ("Why?", "Why?", 0),
        ("What do you do in 5 minutes?", "What do you do in 5 minutes?", 0),
        ("3 min", "3 min", 0),
    ],
)
def test_a_length_typed_behind_a_question_is_its_length(typed: str, words: str, seconds: int) -> None:
    assert with_length(typed) == (words, seconds)
    if seconds:
        assert with_length(f"{words} {expected(seconds)}") == (words, seconds)


def test_a_prepared_question_remembers_its_bank() -> None:
    question = prepared(BANK[3])
    assert (question.bank, question.text, question.asked) == (BANK[3].id, BANK[3].text, None)
    assert replace(question, text="In my words").bank == BANK[3].id

"""Introductions: patterns with gaps, what a listener stumbles on, and the history of rehearsals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.meetings.introductions import (
    VARIANTS,
    after_rehearsal,
    count_words,
    pattern,
    rehearsed,
    warnings,
    words_per_minute,
)
from data.records import Profile, Rehearsal
from data.store import Store
from tests.data.meetings.conftest import NOW

GOOD = (
    "I was a teacher for eight years and loved explaining things. Now I am learning interface design in the "
    "evenings. I would like to move into design systems."
)


def test_every_pattern_has_gaps_to_fill_and_then_a_past_a_present_and_a_where_to() -> None:
    assert len(VARIANTS) >= 4
    for variant in VARIANTS:
        text = pattern(variant, Profile(id="profile", target_field="design"))
        assert "design" in text
        assert "{" not in text
        assert any(each.startswith("Fill in [") for each in warnings(text, 60))
        filled = text.replace("[", "").replace("]", "")
        assert warnings(filled, 60) == []
    assert "[field]" in pattern(VARIANTS[0], Profile(id="profile"))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "nothing to say yet"),
        (GOOD + " Please give me a job.", "asks for a job"),
        (GOOD + " Do you have any openings?", "asks for a job"),
        ("I was a teacher for years.", "where you want to go"),
        ("I would like to move into design.", "where you come from"),
        (GOOD + " And then some more words to say." * 10, "too many for 30 s"),
        ("I was [what I was]. I want to design.", "Fill in [what I was]"),
    ],
)
def test_what_a_listener_stumbles_on(text: str, says: str) -> None:
    assert any(says in each for each in warnings(text, 30))


def test_a_good_one_has_nothing_against_it() -> None:
    assert warnings(GOOD, 30) == []


def test_rehearsals_are_remembered(store: Store) -> None:
    assert rehearsed(store, "i").text == ""
    with store.transaction("Rehearsed") as tx:
        tx.put(Rehearsal(id="a", introduction="i", at=NOW.replace(hour=9), seconds=45, words=60))
        tx.put(Rehearsal(id="b", introduction="i", at=NOW, seconds=31.2, words=65))
    history = rehearsed(store, "i")
    assert (history.text, history.last_wpm) == ("rehearsed twice, 31 s", 125)


def test_one_that_was_stopped_at_once_is_no_fast_one() -> None:
    assert after_rehearsal(68, 2, 30) == "2 s: too short to have said all of it."
    assert "that is fast" in after_rehearsal(68, 20, 30)


@given(st.integers(0, 2000), st.floats(0, 4000))
def test_any_rehearsal_has_its_sentence(words: int, seconds: float) -> None:
    assert words_per_minute(words, seconds) >= 0
    assert after_rehearsal(words, seconds, 30).endswith(".")


@given(st.text(max_size=200))
def test_any_text_is_weighed(text: str) -> None:
    assert count_words(text) >= 0
    assert all(each.endswith(".") for each in warnings(text, 30))

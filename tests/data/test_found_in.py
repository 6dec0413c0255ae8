"""Where what is searched for stands in a text that is shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.text import fold, found_in


@pytest.mark.parametrize(
    ("text", "words", "marked"),
    [
        ("Priya Nair", "pri", ["Pri"]),
        ("Oakfield Primary", "pri", ["Pri"]),
        ("Tomás Rey", "tomas", ["Tomás"]),
        ("Toma\u0301s Rey", "tomas", ["Toma\u0301s"]),
        ("Straße", "strass", ["Straß"]),
        ("Head of design", "de he", ["He", "de"]),
        ("A side of design", "de", ["de"]),
        ("designer", "design sign", ["design"]),
        ("Al-Amin", "a", ["A", "A"]),
        ("李明", "李明", ["李明"]),
        ("Sam Okafor", "", []),
    ],
)
def test_what_is_searched_for_is_found(text: str, words: str, marked: list[str]) -> None:
    assert [text[start:end] for start, end in found_in(text, fold(words).split())] == marked


@given(st.text(max_size=40), st.text(max_size=5))
def test_places_are_in_order_and_inside(text: str, words: str) -> None:
    before = 0
    for start, end in found_in(text, fold(words).split()):
        assert before <= start < end <= len(text)
        before = end

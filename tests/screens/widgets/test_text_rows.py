"""Rows outside of lists."""

from __future__ import annotations

from screens.widgets.rows import row_text
from screens.widgets.text_rows import keyed, paragraphs


def test_keys_stand_out_among_what_they_do() -> None:
    row = keyed("d  it is done     ^e  change it")
    assert row_text(row) == "d  it is done     ^e  change it"
    assert [text for text, role in row if role == "strong"] == ["d", "^e"]


def test_what_a_key_does_goes_on_below_it_without_another_key() -> None:
    rows = paragraphs([("keys", "d  Kwame Mensah hears of it\nP person   C company")], 16, 0)
    assert [row_text(row) for row in rows] == ["d  Kwame Mensah", "hears of it", "P person   C", "company"]
    assert [text for row in rows for text, role in row if role == "strong"] == ["d", "P", "C"]

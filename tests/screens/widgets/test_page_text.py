"""A page to read: nothing of a text is left out, and lines are wrapped below where they begin."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from data.text import block
from screens.widgets.page_text import page_rows


def test_a_line_goes_on_below_its_words() -> None:
    page = "Who\n  Head of Design\n\n- 00:04 show shipped work\n## Leads\n"
    assert page_rows(page, 13) == [
        ("Who", True),
        ("  Head of", False),
        ("  Design", False),
        ("", False),
        ("- 00:04 show", False),
        ("  shipped", False),
        ("  work", False),
        ("## Leads", True),
    ]


@given(st.text(max_size=80), st.integers(8, 60))
def test_nothing_is_left_out_and_all_fits(text: str, width: int) -> None:
    rows = [row for row, _ in page_rows(text, width)]
    assert "".join("".join(rows).split()) == "".join(block(text).split())
    assert all(cell_len(row) <= width for row in rows)


def test_a_line_of_any_length_is_there_to_its_end() -> None:
    rows = [row for row, _ in page_rows("word " * 20_000 + "end", 80)]
    assert rows[-1].endswith("end")
    assert sum(row.count("word") for row in rows) == 20_000

"""The terminal's title: ours while a meeting runs, and the terminal's own again afterwards."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from screens.widgets.bars import Running, Status
from tui.title import LONGEST, TerminalTitle, title_words

DAY = date(2026, 11, 23)


def test_the_title_says_how_long_is_left_and_is_given_back() -> None:
    written: list[str] = []
    title = TerminalTitle(written.append)
    running = Status(DAY, running=Running("12:34", "Maria Chen", "good", "8 min left"))
    late = Status(DAY, running=Running("+4:10 over", "Maria Chen", "late", "4 min over your promise"))
    title.show(title_words(running))
    title.show(title_words(running))
    title.show(title_words(late))
    assert written == [
        "\x1b[22;2t\x1b]2;8 min left · Maria Chen\x07",
        "\x1b]2;!! 4 min over your promise · Maria Chen\x07",
    ]
    title.show(title_words(Status(DAY)))
    title.restore()
    assert written[2:] == ["\x1b]2;\x07\x1b[23;2t"]
    title.show(title_words(Status(DAY, soon="! Maria Chen in 9 min")))
    assert written[-1].startswith("\x1b[22;2t")


@given(st.text(max_size=300))
def test_no_control_character_of_a_name_reaches_the_terminal(name: str) -> None:
    written: list[str] = []
    TerminalTitle(written.append).show(title_words(Status(DAY, running=Running("1:00", name, "good", "x"))))
    inside = "".join(written).removeprefix("\x1b[22;2t\x1b]2;").removesuffix("\x07")
    assert len(inside) <= LONGEST
    assert not any(ord(char) < 32 or 127 <= ord(char) < 160 for char in inside)

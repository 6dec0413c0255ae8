"""The signs that we draw: terminals agree on their width, and the Linux console has them or another."""

from __future__ import annotations

import ast
from pathlib import Path
from unicodedata import category, east_asian_width

import pytest
from rich._emoji_codes import EMOJI
from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color

from data.text import block, one_line
from screens.widgets.rows import FILL, fit
from tui.plain_signs import PlainSigns

ROOT = Path(__file__).parent.parent.parent
DRAWN = [
    *sorted((ROOT / "screens").rglob("*.py")),
    *sorted((ROOT / "tui").rglob("*.py")),
    *sorted(
        file
        for part in ("followups", "insights", "meetings", "actions")
        for file in (ROOT / "data" / part).rglob("*.py")
    ),
]
"""The modules whose words reach the screen; what importers and messages look for in texts is not drawn."""
IN_EMOJI = {sign for code in EMOJI.values() for sign in code if ord(sign) > 0x7F}
"""What some terminals draw as a coloured picture, two cells wide."""
AMBIGUOUS = set("·–—’“”•…←↑→↓─━│└├█▌▓○●★½")
"""Two cells wide only where a user has asked their terminal for it: frames are of these, too, and every
program of this kind needs them narrow."""


def signs(file: Path) -> set[str]:
    """The characters in a module's strings that are not ASCII, docstrings left out."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return {
        sign
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone
        for sign in node.value
        if ord(sign) > 0x7F
    }


@pytest.mark.parametrize("file", DRAWN, ids=lambda file: str(file.relative_to(ROOT)))
def test_terminals_agree_on_the_width_of_every_sign(file: Path) -> None:
    for sign in signs(file):
        if category(sign)[0] == "L" or file.name == "plain_signs.py":
            continue  # A letter of somebody's name; a table of signs that are never drawn.
        assert sign not in IN_EMOJI, sign
        assert category(sign) not in ("Mn", "Me", "Cf", "Cs"), f"U+{ord(sign):04X} has no width"
        assert east_asian_width(sign) in ("N", "Na") or sign in AMBIGUOUS, sign


def test_the_linux_console_gets_signs_that_it_has() -> None:
    line = [Segment("▌✓ Sam ★ ○ ▓ ▎"), Segment("plain"), Segment("梅 ä ─ █")]
    drawn = PlainSigns().apply(line, Color(0, 0, 0))
    assert [segment.text for segment in drawn] == ["█v Sam * o ▒ │", "plain", "梅 ä ─ █"]


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("🇩🇪 Anna", "DE Anna"),
        ("Cafe\u0301", "Café"),
        ("ᄒ\u1161ᆫ글", "한글"),
        ("☰ 🫨 \u0378", "▯ ▯ ▯"),
        ("👨‍👩‍👧 ❤️ 1️⃣", "👨 ❤ 1"),
        ("a\u3164\u200bb", "ab"),
        ("प्रिया", "प्रिया"),
        ("نگین می‌خواهم", "نگین می‌خواهم"),
    ],
)
def test_a_sign_whose_width_terminals_disagree_on_is_drawn_as_another(text: str, drawn: str) -> None:
    assert one_line(text) == block(text) == drawn


@pytest.mark.parametrize(
    "text", ["Z" + "\u0323\u0330" * 60 + " W" * 30, "陈" * 30, "W" * 200], ids=["marks", "wide", "long"]
)
def test_a_row_takes_its_width_whatever_stands_in_it(text: str) -> None:
    spans = fit(((text, "plain"), FILL, ("today", "plain")), 20)
    assert sum(cell_len(part) for part, _ in spans) == 20

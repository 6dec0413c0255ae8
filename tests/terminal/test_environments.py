"""Every screen on the Linux console, in sixteen colours, and without any: all is told by signs and words.

All of it runs inside of tmux, as every test here does.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from unicodedata import category

import pytest

from tests.terminal.conftest import User
from tests.terminal.road import STOPS, come

CONSOLE = frozenset("·–—‘’“”•…←↑→↓▸▾─│┌┐└┘├┤┬┴┼╭╮╰╯━┃┏┓┗┛╸╺┣┫█░▒●■›▌")
"""What may be drawn on the Linux console beside ASCII and letters: its fonts have it, or the kernel has
another for it (its own map of unknown signs)."""
COLOUR = re.compile(r"\x1b\[([0-9;]*)m")


def plain(screen: str, colours: str) -> str:
    """What is wrong on the Linux console."""
    odd = {sign for sign in screen if not sign.isascii() and category(sign)[0] not in "LN"} - CONSOLE
    return f"signs that the console lacks: {odd}" if odd else sixteen(screen, colours)


def sixteen(_: str, colours: str) -> str:
    """What is wrong in sixteen colours."""
    many = {found for found in COLOUR.findall(colours) if re.search("[34]8;", found)}
    return f"more colours than sixteen: {many}" if many else ""


def none(_: str, colours: str) -> str:
    """What is wrong without colours: any, a grey one too (no-color.org)."""
    many = {
        found for found in COLOUR.findall(colours) if re.search(r"(^|;)(3[0-8]|4[0-8]|9\d|10\d)(;|$)", found)
    }
    return f"a colour: {many}" if many else ""


ENVIRONMENTS = [
    pytest.param({"TERM": "linux", "COLORTERM": ""}, plain, id="linux"),
    pytest.param({"TERM": "xterm", "COLORTERM": ""}, sixteen, id="sixteen", marks=pytest.mark.slow),
    pytest.param({"NO_COLOR": "1"}, none, id="none", marks=pytest.mark.slow),
]
TYPING = ("^s keep", " left", "not What stays", "Bring people in")
"""Stops where a text has the focus, with the terminal's own kind of cursor."""


@pytest.mark.parametrize(("environ", "wrong"), ENVIRONMENTS)
def test_every_screen_can_be_used(
    user: User, environ: dict[str, str], wrong: Callable[[str, str], str]
) -> None:
    with user.terminal("demo", size=(80, 24), environ=environ) as terminal:
        terminal.wait("n New")
        for keys, text in STOPS:
            terminal.keys(*keys.split())
            screen = terminal.until(partial(usable, text), f"{text!r} never came with its cursor")
            assert not wrong(screen, terminal.tmux("capture-pane", "-e", "-p")), text


def usable(text: str, screen: str) -> bool:
    """Whether a stop has been reached, and the line under the cursor has its sign."""
    return come(text, screen) and (text in TYPING or "▌" in screen or "█" in screen)

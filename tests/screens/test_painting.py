"""Painting only the lines that changed puts on the terminal what drawing everything would."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from rich.style import Style
from textual.scrollbar import ScrollBar
from textual.strip import Strip

from data.actions import meetings
from data.clock import FixedClock
from data.meetings.bank import BANK
from data.records import Source, Stage
from data.store import Store
from screens.painting import PaintedScreen, Patch
from screens.widgets.lines import Lines
from tests.screens.hands import press, settle
from tests.screens.people import hostile, put
from tui.app import InroadApp

MakeApp = Callable[[], InroadApp]
Cells = list[tuple[str, Style | None]]


class Glass:
    """What a terminal shows: the whole screen once, and then what is painted over it."""

    def __init__(self, app: InroadApp, monkeypatch: pytest.MonkeyPatch) -> None:
        self._app = app
        self._rows: list[Cells] = []
        self.patches = 0
        monkeypatch.setattr(app, "_display", self._display)

    def _display(self, screen: PaintedScreen, update: object) -> None:
        if not isinstance(update, Patch):
            self._rows = self.drawn()
            return
        self.patches += 1
        for x, y, strip in update.pieces:
            cells = _cells(strip)
            self._rows[y][x : x + len(cells)] = cells

    def drawn(self) -> list[Cells]:
        """The screen as Textual draws all of it."""
        return [_cells(strip) for strip in self._app.screen._compositor.render_strips()]

    def check(self) -> None:
        """What was painted is what is drawn."""
        for y, (shown, drawn) in enumerate(zip(self._rows, self.drawn(), strict=True)):
            assert _text(shown) == _text(drawn), f"line {y}"
            assert [_look(style) for _, style in shown] == [_look(style) for _, style in drawn], f"line {y}"


def _cells(strip: Strip) -> Cells:
    return [(char, segment.style) for segment in strip for char in _padded(segment.text)]


def _padded(text: str) -> list[str]:
    from rich.cells import cell_len

    out: list[str] = []
    for char in text:
        out += [char, *[""] * (cell_len(char) - 1)]
    return out


def _text(cells: Cells) -> str:
    return "".join(char for char, _ in cells)


def _look(style: Style | None) -> object:
    if style is None:
        return None
    return (style.color, style.bgcolor, style.bold, style.reverse, style.underline)


def people(store: Store, clock: FixedClock) -> None:
    for number in range(60):
        stage = (Stage.TO_ASK, Stage.ASKED, Stage.NETWORK)[number % 3]
        put(store, clock, f"Person {number} 陳大文 Żółć", stage, title="Designer", source=Source.ALUMNI)
    for day, person in enumerate(hostile(store, clock)[:6], 24):
        starts = datetime(2026, 11, day, 15, 0)  # noqa: DTZ001 - a wall time in Berlin
        kept = meetings.schedule(store, clock, person, starts=starts, zone="Europe/Berlin")
        for question in BANK[:3]:
            kept = meetings.add_question(store, kept.id, question)


WALKS = {
    "board": ("j", "j", "l", "j", *"jjjjjjjjjjjj", "G", "g", "space", "k", "h", "end"),
    "find": (
        "f",
        "escape",
        *"jjjjj",
        "G",
        *"kkk",
        "space",
        "j",
        "g",
        "i",
        "p",
        "e",
        "backspace",
        "down",
        "down",
    ),
    "follow-ups": ("4", "j", "j", "G", "k", "1"),
    "prep": ("2", "h", *"jjjjj", "k", "G", "g", "l", "j", "j"),
    "insights": ("5", "j", "j", "l", "j", "h", "k"),
}


@pytest.mark.parametrize("walk", WALKS)
@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
async def test_what_is_painted_is_what_is_drawn(
    walk: str,
    size: tuple[int, int],
    app_on: MakeApp,
    store: Store,
    clock: FixedClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    people(store, clock)
    app = app_on()
    glass = Glass(app, monkeypatch)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        for key in WALKS[walk]:
            await press(pilot, key)
            glass.check()
    assert glass.patches


async def test_the_bar_beside_a_list_looks_and_works_as_textuals_own(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    people(store, clock)
    app = app_on()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        lines = app.screen.query_one("#column-to_ask", Lines)
        bar = lines.vertical_scrollbar
        for key in ("G", *"kkkkk", "g"):
            await press(pilot, key)
            all = bar.outer_size.region
            for own, textuals in zip(bar.render_lines(all), ScrollBar.render_lines(bar, all), strict=True):
                assert [(char, _look(style)) for char, style in _cells(own)] == [
                    (char, _look(style)) for char, style in _cells(textuals)
                ]
        await pilot.click(bar, offset=(0, bar.outer_size.height - 1))
        await settle(pilot)
        assert lines.scroll_offset.y > 0


async def test_nothing_is_painted_over_what_stands_in_front(
    app_on: MakeApp, store: Store, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    people(store, clock)
    app = app_on()
    glass = Glass(app, monkeypatch)
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "j")
        before = glass.patches
        board = app.screen
        assert isinstance(board, PaintedScreen)
        app.notify("In front")
        await settle(pilot)
        await press(pilot, "j", "j", "l", "j")
        glass.check()
        await press(pilot, "question_mark")
        board.refresh()
        await settle(pilot)
        glass.check()
    assert before


async def test_without_colour_nothing_is_painted_in_colour(
    app_on: MakeApp, store: Store, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    people(store, clock)
    app = app_on()
    glass = Glass(app, monkeypatch)
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "j", "G", "k")
        glass.check()
    assert glass.patches

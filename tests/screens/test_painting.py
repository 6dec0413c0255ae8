"""Painting only the lines that changed puts on the terminal what drawing everything would."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import starmap
from typing import Any

import pytest
from rich.style import Style
from textual import events
from textual._context import visible_screen_stack
from textual.scrollbar import ScrollBar
from textual.strip import Strip

from data.actions import leads, meetings
from data.clock import FixedClock
from data.meetings.bank import BANK
from data.records import FollowUp, FollowUpKind, Meeting, Source, Stage
from data.store import Store
from screens.painting import PaintedScreen, Patch
from screens.widgets.bars import KeyBar
from screens.widgets.lines import Lines
from tests.screens.hands import press, settle, until
from tests.screens.people import hostile, put
from tests.screens.seen import text_of
from tui.app import InroadApp

MakeApp = Callable[[], InroadApp]
Cells = list[tuple[str, Style | None]]


class Glass:
    """What a terminal shows: the whole screen once, and then what is painted over it."""

    def __init__(self, app: InroadApp, monkeypatch: pytest.MonkeyPatch) -> None:
        self._app = app
        self._rows: list[Cells] = []
        self.patches = 0
        self.others = 0
        self.frames: list[list[str]] = []
        monkeypatch.setattr(app, "_display", self._display)

    def _display(self, screen: PaintedScreen[Any], update: object) -> None:
        if not isinstance(update, Patch):
            self._rows = self.drawn()
            self.others += 1
        else:
            self.patches += 1
            for x, y, strip in update.pieces:
                cells = _cells(strip)
                self._rows[y][x : x + len(cells)] = cells
        self.frames.append([_text(row) for row in self._rows])

    def drawn(self) -> list[Cells]:
        """The screen as Textual draws all of it."""
        visible_screen_stack.set(list(self._app._background_screens))
        return [_cells(strip) for strip in self._app.screen._compositor.render_strips()]

    def check(self) -> None:
        """What was painted is what is drawn."""
        for y, (shown, drawn) in enumerate(zip(self._rows, self.drawn(), strict=True)):
            assert _text(shown) == _text(drawn), f"line {y}"
            assert [*starmap(_look, shown)] == [*starmap(_look, drawn)], f"line {y}"


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


def _look(char: str, style: Style | None) -> object:
    if style is None:
        return None
    if char == " ":
        # Of a blank only its ground is seen.
        return (style.bgcolor, style.reverse and (style.color, style.dim), style.underline)
    return (style.color, style.bgcolor, style.bold, style.dim, style.reverse, style.underline)


def people(store: Store, clock: FixedClock) -> None:
    for number in range(60):
        stage = (Stage.TO_ASK, Stage.ASKED, Stage.NETWORK)[number % 3]
        put(store, clock, f"Person {number} 陳大文 Żółć", stage, title="Designer", source=Source.ALUMNI)
    for day, person in enumerate(hostile(store, clock)[:6], 24):
        starts = datetime(2026, 11, day, 15, 0)  # noqa: DTZ001 - a wall time in Berlin
        kept = meetings.schedule(store, clock, person, starts=starts, zone="Europe/Berlin")
        for question in BANK[:3]:
            kept = meetings.add_question(store, kept.id, question)
        leads.capture(store, clock, person, f"Somebody {day} 陳大文 at a company")


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
    "ledger": ("6", "j", "j", "G", "k", "k", "g", "j"),
    "settings": ("comma", *"jjjjjj", "G", "k", "g"),
    "palette": ("ctrl+p", *("down",) * 4, "e", "n", "down", "down", "pagedown", "up", "escape"),
    "questions": ("2", "a", *"jjjj", "G", "k", "l", "j", "slash", "w", "escape"),
    "help": ("question_mark", *"jjj", "G", "k", "g"),
    "duplicates": ("ctrl+p", *"twice", "enter", *"jjj", "G", "k", "g", "enter", "j"),
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
                assert [(char, _look(char, style)) for char, style in _cells(own)] == [
                    (char, _look(char, style)) for char, style in _cells(textuals)
                ]
        await pilot.click(bar, offset=(0, bar.outer_size.height - 1))
        await settle(pilot)
        assert lines.scroll_offset.y > 0


NAMES = ("Ana Ruiz", "Bo Lind", "Cem Kaya", "Dara Ó Néill", "Eva Novák", "Finn Berg", "Gia Conti")


def owed_and_planned(store: Store, clock: FixedClock) -> None:
    """A meeting with each of `NAMES`, and a thank-you that is owed to them."""
    now = clock.now()
    for place, name in enumerate(NAMES):
        person = put(store, clock, name, Stage.SCHEDULED)
        with store.transaction("Set up") as tx:
            starts = now.replace(tzinfo=None) + timedelta(days=place + 1)
            tx.put(Meeting(id=f"m{place}", person=person.id, starts=starts, zone="Europe/London"))
            kind = FollowUpKind.THANK_YOU
            tx.put(FollowUp(id=f"f{place}", kind=kind, person=person.id, due=now.date()))


def beside_whom(screen: str, frames: list[list[str]]) -> set[str]:
    """Whose line was under the cursor; in each frame that person, and no other, stood beside it."""
    seen = set()
    for frame in frames:
        row = next(row for row in frame if row[1:3].strip() == "▌")
        (name,) = (name for name in NAMES if name in row[:48])
        assert name in "\n".join(part[30:] if screen == "2" else part[48:] for part in frame[:4])
        seen.add(name)
    return seen


@pytest.mark.parametrize("screen", ["4", "2"])
async def test_each_frame_shows_beside_the_cursor_what_belongs_to_it(
    screen: str, app_on: MakeApp, store: Store, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    owed_and_planned(store, clock)
    app = app_on()
    glass = Glass(app, monkeypatch)
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, screen, *("h" if screen == "2" else ""))
        await settle(pilot)
        glass.frames.clear()
        for _ in range(3):
            # One after the other, and at once: whether it was made ahead or not.
            await press(pilot, "j", "j", "k")
            for key in "jjkjkkkjG":
                app.post_message(events.Key(key, key))
            await settle(pilot)
            await press(pilot, "g")
        glass.check()
    assert len(beside_whom(screen, glass.frames)) > 3


@pytest.mark.parametrize("walk", ["board", "follow-ups", "prep", "questions"])
async def test_a_key_in_a_list_is_painted_before_anything_else_is_done(
    walk: str, app_on: MakeApp, store: Store, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    owed_and_planned(store, clock)
    app = app_on()
    glass = Glass(app, monkeypatch)
    ways = {"board": "ll", "follow-ups": "4", "prep": "2h", "questions": "2a"}
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, *ways[walk])
        for key in "jjk":
            before = glass.patches
            assert app._move(app.focused, key)
            assert glass.patches == before + 1
            await settle(pilot)


@pytest.mark.parametrize("screen", ["4", "2"])
async def test_a_frame_that_comes_in_the_middle_of_a_click_shows_no_half_of_it(
    screen: str, app_on: MakeApp, store: Store, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    owed_and_planned(store, clock)
    app = app_on()
    glass = Glass(app, monkeypatch)
    click = Lines.on_click

    async def click_and_frame(lines: Lines[Any], event: events.Click) -> None:
        await click(lines, event)
        lines.screen._dirty_widgets.add(lines)
        lines.screen._on_timer_update()

    monkeypatch.setattr(Lines, "on_click", click_and_frame)
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, screen, *("h" if screen == "2" else ""))
        lines = app.screen.query_one("#queue" if screen == "4" else "#coming", Lines)
        await settle(pilot)
        glass.frames.clear()
        for item in (4, 2, 3):
            x, y = lines.content_offset
            await pilot.click(lines, offset=(x + 6, y + item * lines._pitch))
            await settle(pilot)
        glass.check()
    assert len(beside_whom(screen, glass.frames)) > 2


@pytest.mark.parametrize("walk", ["palette", "questions", "duplicates"])
async def test_beside_a_moving_cursor_nothing_is_laid_out(
    walk: str, app_on: MakeApp, store: Store, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    people(store, clock)
    app = app_on()
    glass = Glass(app, monkeypatch)
    ways = {"palette": ("ctrl+p", "e"), "questions": ("2", "a"), "duplicates": WALKS["duplicates"][:7]}
    whole = {"palette": "Export", "questions": "Questions to choose", "duplicates": "What stays"}
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *ways[walk])
        # What is looked for in a thread may come late; until it stands, all is laid out anew for it.
        await until(pilot, lambda: whole[walk] in text_of(app))
        await settle(pilot)
        glass.patches = glass.others = 0
        for _ in range(4):
            await press(pilot, "down")
    assert glass.patches >= 4
    assert not glass.others


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


async def test_keys_that_were_drawn_and_not_shown_are_shown(
    app_on: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app_on().run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        bar = pilot.app.screen.query_one(KeyBar)
        bar.freshen()
        await settle(pilot)
        before = bar._commands()
        now = [(command, key, not possible) for command, key, possible in before]
        monkeypatch.setattr(bar, "_commands", lambda: now)
        # As the compositor does for a neighbour, of which it shows the lines that have changed.
        bar.render_lines(bar.size.region)
        bar.freshen()
        assert bar._repaint_regions

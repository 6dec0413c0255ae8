"""Walks through every screen: with keys alone, with the mouse alone, in four sizes, and resized on the way.

At every stop one has arrived where one wanted, no widget lies outside the terminal or over another,
nothing is cut without a mark, what has the focus can be seen, and so can the cursor of every list. The walks
that always run go at the smallest size; at every stop of the one with keys the terminal takes the other sizes
and its own again, and all stays as it was. The slow ones walk at each size.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from itertools import combinations

import pytest
from msgspec.structs import replace
from rich.cells import cell_len
from textual import events
from textual.containers import VerticalScroll
from textual.geometry import Region
from textual.pilot import Pilot
from textual.scrollbar import ScrollBar, ScrollBarCorner
from textual.widget import Widget
from textual.widgets import Input, TextArea

from screens.base import DeskScreen
from screens.commands import by_id, commands
from screens.help import live_keys
from screens.palette import _commands_of
from screens.widgets.bars import KeyBar
from screens.widgets.lines import Lines
from tests.screens.hands import keys, settle
from tests.screens.seen import text_of
from tui.app import InroadApp

SIZES = ((80, 24), (120, 36), (60, 100), (200, 60))
LOWEST = (40, 12)
WALKED = [
    pytest.param(size, id=f"{size[0]}x{size[1]}", marks=[pytest.mark.slow] if size != SIZES[0] else [])
    for size in SIZES
]

ROAD: tuple[tuple[str, str, str], ...] = (
    ("f", "FindScreen", "escape escape"),
    ("enter", "PersonScreen", "escape"),
    ("2", "PrepScreen", "1"),
    ("3", "MeetingScreen", "1"),
    ("4", "FollowUpsScreen", "1"),
    ("5", "InsightsScreen", "1"),
    ("6", "LedgerScreen", "1"),
    ("comma", "SettingsScreen", "escape"),
    ("ctrl+o", "ImportScreen", "escape escape"),
    ("ctrl+p", "Palette", "escape"),
    ("ctrl+p *duplicates enter", "DuplicatesScreen", "escape"),
    ("ctrl+p *export~everybody enter", "Choose", "escape"),
    ("ctrl+p *theme enter", "ThemeChooser", "escape"),
    ("ctrl+p *profile enter", "Form", "escape"),
    ("question_mark", "HelpScreen", "escape"),
    ("n", "AskLine", "escape"),
    ("e", "Form", "escape"),
    ("ctrl+g", "WriteText", "escape"),
    ("M", "Choose", "escape"),
    ("3 enter", "MeetingScreen", "f1"),
    ("3 *nine~people enter */end enter", "WrapUpScreen", "1"),
)
"""From the board: the keys to a screen (`*` types a text), its class, and the keys back to the board."""
PARTS = {"screens": ROAD[:10], "windows": ROAD[10:]}
"""The road in two, so that neither is long on a machine that is busy."""


def name_of(app: InroadApp) -> str:
    """The class of the screen in front."""
    return type(app.screen).__name__


# What is looked at, at every stop


def look(app: InroadApp) -> Iterator[str]:
    """What is wrong with what stands on the screen."""
    where = f"{name_of(app)} at {app.size.width}x{app.size.height}"
    shown = {
        widget: region.intersection(clip)
        for widget, (region, clip) in app.screen._compositor.visible_widgets.items()
        if widget is not app.screen
    }
    parents = {widget.parent for widget in shown if not isinstance(widget, ScrollBar | ScrollBarCorner)}
    alone = {widget: region for widget, region in shown.items() if widget not in parents and region.area}
    for (one, here), (other, there) in combinations(alone.items(), 2):
        if one not in other.ancestors and other not in one.ancestors and here.overlaps(there):
            yield f"{where}: {one} {here} lies over {other} {there}"
    for widget in alone:
        if not scrolls(widget):
            if shown[widget] != widget.region:
                yield f"{where}: {widget} {widget.region} is not all on the screen"
            if text := cut(widget):
                yield f"{where}: {widget} has no room for all of {text!r}"
    for widget in app.screen.query(Widget):
        bar = widget.show_vertical_scrollbar and widget.scrollbar_size_vertical
        if widget.allow_vertical_scroll and widget in shown and not bar:
            yield f"{where}: nothing shows that {widget} goes on"
    for box in app.screen.query(VerticalScroll):
        if (
            box in shown
            and box.max_scroll_y > 0
            and not (box.can_focus or any(w.focusable for w in box.query()))
        ):
            yield f"{where}: keys can't scroll {box} to the end"
    if any(cell_len(line) > app.size.width for line in text_of(app).splitlines()):
        yield f"{where}: a line is longer than the screen is wide"
    focused = app.focused
    if focused is not None and not shown.get(focused, Region()).area:
        yield f"{where}: {focused} has the focus and can't be seen"
    for lines in app.screen.query(Lines):
        if lines in shown and lines.current is not None and lines.inside.height:
            line = lines.cursor * lines._pitch - lines.scroll_offset.y
            if not 0 <= line < lines.inside.height:
                yield f"{where}: the cursor of {lines} is out of sight"


def scrolls(widget: Widget) -> bool:
    """Whether it stands in something that can be scrolled, or can be scrolled itself."""
    return isinstance(widget, Lines | Input | TextArea | ScrollBar | ScrollBarCorner) or any(
        isinstance(each, Widget) and each.allow_vertical_scroll
        for each in widget.ancestors_with_self
        if each is not widget.screen
    )


def cut(widget: Widget) -> str:
    """The text of a widget that has no room for all of it; empty if it has."""
    room = widget.content_size
    visual = widget._render()
    text = getattr(visual, "plain", "")
    if not text.strip() or not room.width:
        return ""
    wanted = visual.get_height(widget.styles.get_rules(), room.width)
    return text if wanted > room.height else ""


# The walks


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("size", WALKED)
async def test_every_screen_is_reached_and_left_with_keys(
    demo: InroadApp, size: tuple[int, int], part: str
) -> None:
    wrong: set[str] = set()
    async with demo.run_test(size=size) as pilot:
        await settle(pilot)
        for there, name, back in PARTS[part]:
            assert name_of(demo) == "BoardScreen", there
            await keys(pilot, there)
            assert name_of(demo) == name, (there, text_of(demo), sorted(wrong))
            wrong.update(look(demo))
            if isinstance(demo.focused, Lines):
                for key in ("G", "g", "j"):
                    demo.simulate_key(key)
                    await pilot.pause()
                    wrong.update(look(demo))
            if size == SIZES[0]:
                wrong.update([found async for found in resized(pilot)])
            await keys(pilot, back)
        assert name_of(demo) == "BoardScreen"
    assert not wrong, "\n".join(sorted(wrong))


async def resized(pilot: Pilot[int]) -> AsyncIterator[str]:
    """What is wrong in the other sizes, and what is lost on the way through them."""
    app = pilot.app
    assert isinstance(app, InroadApp)
    line = app.focused if isinstance(app.focused, Input | TextArea) else None
    if line is not None and name_of(app) not in ("MeetingScreen", "ThemeChooser"):
        await keys(pilot, "*half~a~line")
    else:
        line = None
    before = held(app)
    for size in (*SIZES[1:], LOWEST, SIZES[0]):
        await pilot.resize_terminal(*size)
        await pilot.pause()
        if held(app) != before:
            yield f"{name_of(app)}: something is lost at {size[0]}x{size[1]}"
        if size != LOWEST:
            for found in look(app):
                yield found
    if line is not None:
        await keys(pilot, "ctrl+u")


@pytest.mark.parametrize("size", WALKED)
async def test_every_screen_is_reached_and_left_with_the_mouse(
    demo: InroadApp, size: tuple[int, int]
) -> None:
    wrong: set[str] = set()
    async with demo.run_test(size=size) as pilot:
        await settle(pilot)
        for mode, name in enumerate(MODES, 1):
            await click(pilot, f" {mode}", row=0)
            assert name_of(demo) == name
            wrong.update(unreachable(demo))
        await click(pilot, " 1", row=0)
        if size[0] < 100:
            # Where there is room for one column, the others are tabs.
            await click(pilot, "Asked")
            assert "Raj Malhotra" in text_of(demo)
            await click(pilot, "To ask")
        await click(pilot, "Noor Al-Amin", row=3, times=2)
        assert name_of(demo) == "PersonScreen"
        wrong.update(unreachable(demo))
        await click(pilot, " 1", row=0)
        for command, name in BY_MOUSE:
            assert name_of(demo) == "BoardScreen", command
            await do_by_mouse(pilot, command)
            assert name_of(demo) == name, command
            # A window is left by its key, which can be clicked; a screen by another screen's name.
            if name in WINDOWS:
                await click(pilot, "esc ")
            else:
                wrong.update(unreachable(demo))
                await click(pilot, " 1", row=0)
        await click(pilot, " 3", row=0)
        await click(pilot, "Maria Chen", times=2)
        assert isinstance(demo.focused, Input)
        await click(pilot, "esc ")
        await do_by_mouse(pilot, "meeting.end")
        assert name_of(demo) == "WrapUpScreen"
        wrong.update(unreachable(demo))
        await do_by_mouse(pilot, "wrap_up.accept")
        assert name_of(demo) != "WrapUpScreen"
    assert not wrong, "\n".join(sorted(wrong))


MODES = ("BoardScreen", "PrepScreen", "MeetingScreen", "FollowUpsScreen", "InsightsScreen", "LedgerScreen")
WINDOWS = ("Palette", "Choose", "ThemeChooser", "Form", "AskLine", "WriteText", "HelpScreen")
BY_MOUSE = (
    ("app.help", "HelpScreen"),
    ("board.find", "FindScreen"),
    ("app.settings", "SettingsScreen"),
    ("app.import_file", "ImportScreen"),
    ("app.palette", "Palette"),
    ("app.theme", "ThemeChooser"),
    ("app.duplicates", "DuplicatesScreen"),
    ("board.new", "AskLine"),
    ("board.edit", "Form"),
    ("board.notes", "WriteText"),
    ("board.move_to", "Choose"),
)


def unreachable(app: InroadApp) -> Iterator[str]:
    """The commands of this screen that are neither among the keys nor in the palette: a click does these."""
    screen = app.screen
    scopes = (screen.SCOPE, "app") if isinstance(screen, DeskScreen) else ()
    assert scopes
    there = {line.id for line in live_keys(screen)} | {found.id for found in _commands_of(screen)}
    for scope in scopes:
        for command in commands(scope):
            if command.id not in there:
                yield f"{name_of(app)}: no click does {command.id}"


async def click(pilot: Pilot[int], text: str, *, row: int = 0, times: int = 1) -> None:
    """Click on a text, the first that is on the screen from `row` on."""
    lines = text_of(pilot.app).splitlines()
    at = next((number for number, line in enumerate(lines) if number >= row and text in line), -1)
    assert at >= 0, f"{text!r} is not on the screen:\n" + "\n".join(lines)
    x = cell_len(lines[at][: lines[at].index(text)]) + cell_len(text) - 1
    mouse(pilot, x, at, *(events.MouseDown, events.MouseUp) * times)
    await settle(pilot)


def mouse(pilot: Pilot[int], x: int, y: int, *what: type[events.MouseEvent]) -> None:
    """Do something with the mouse at a cell."""
    for event in what:
        pilot.app.post_message(event(None, x, y, 0, 0, 1, False, False, False, x, y))


async def do_by_mouse(pilot: Pilot[int], command_id: str) -> None:
    """Do a command from the line below, else from the keys, which a click there opens, or from the palette,
    which is among them."""
    app = pilot.app
    bar = app.screen.query_one(KeyBar)
    command = by_id(command_id)
    bar.hush()
    await pilot.pause()
    if command_id in {each for _, _, each in bar._spots}:
        await click(pilot, f" {command.title}", row=app.size.height - 1)
        return
    if command.keys:
        await click(pilot, "? Keys", row=app.size.height - 1)
    else:
        await do_by_mouse(pilot, "app.palette")
    place = app.screen.query_one(Lines).region
    for _ in range(100):
        if command.help[:20] in text_of(app):
            break
        mouse(pilot, place.x + 1, place.y + 1, *(events.MouseScrollDown,) * 3)
        await pilot.pause()
    await click(pilot, command.help[:20])


def held(app: InroadApp) -> list[object]:
    """What must outlive a new size: the focus, what is selected in each list, each text and its cursor."""
    screen = app.screen
    return [
        screen,
        screen.focused,
        [(lines.current and lines._key_of(lines.current), lines.marks) for lines in screen.query(Lines)],
        [(line.value, line.cursor_position) for line in screen.query(Input)],
        [(area.text, area.selection) for area in screen.query(TextArea)],
    ]


async def test_the_welcome_is_whole_in_every_size_and_left_with_a_click(demo: InroadApp) -> None:
    demo.desk = replace(demo.desk, demo=False)
    demo.desk.store.save_profile(replace(demo.desk.store.profile, welcomed=False))
    async with demo.run_test(size=SIZES[-1]) as pilot:
        await settle(pilot)
        for size in reversed(SIZES):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert "Welcome" in text_of(demo)
            assert not list(look(demo))
        await click(pilot, "esc ")
        assert "Welcome" not in text_of(demo)

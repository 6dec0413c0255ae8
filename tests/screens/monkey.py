"""A monkey at the keyboard: what it does at a time, and what it leaves behind.

It knows a little: which commands the screen in front has, and that a window wants an answer. Keys pressed
blindly end in a text line most of the time, and never reach half of the commands.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

from msgspec.structs import replace
from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot

from data.clock import FixedClock
from data.records import Meeting, Profile, Record
from data.schema import PASSING, TABLES
from data.store import Store, doctor
from screens.base import DeskScreen
from screens.commands import SCOPES, commands
from screens.dialogs.window import Window
from screens.painting import PaintedScreen
from screens.scope import Scope
from tests.screens.conftest import demo_desk
from tests.screens.quiet import until_quiet
from tui.app import InroadApp
from tui.config import Config

Step = tuple[str, Any]
Contents = dict[str, dict[str, object]]

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!\"#$%&'()*+,-./:;<=>?@[]^_{|}~"
TEXTS = (
    "Sam Okafor, PM @ Stripe via Priya Nair #fintech",
    "Maria Chen",
    "tomorrow 10:30",
    "in 3 days",
    "25",
    "[/] [red]x[/red] {name} =cmd|' /c",
    "\x1b]52;c;eA==\x07\x1b[2J\x1b[?1049l",
    "👨‍👩‍👧‍👦 陈美丽 مريم \u202eevil\u202c",
    "a\u0301\u200b\u00a0\u2028b\x00c\x85d",
    "one\ntwo\n! three\n",
    "\n\n",
    "/end",
    "{{ nothing }} {% if %}",
    "W" * 3_000,
    "Connections.csv",
    "https://zoom.us/j/1?pwd=[x]",
)
SIZES = ((80, 24), (120, 36), (60, 100), (200, 60), (40, 12), (20, 5), (99, 24), (1, 1))
KEYS = tuple(sorted({key for scope in SCOPES for command in commands(scope) for key in command.keys}))
EDITS = (
    "backspace",
    "delete",
    "ctrl+a",
    "ctrl+u",
    "ctrl+k",
    "ctrl+w",
    "ctrl+z",
    "ctrl+y",
    "ctrl+x",
    "ctrl+c",
    "ctrl+v",
    "ctrl+d",
)
FIRST = 6
"""Of so many commands that were tried least, one is tried next."""
_MOST_WINDOWS = 5
# More than stand one over the other.
ANSWERS: tuple[tuple[Step, ...], ...] = (
    (("key", "enter"),),
    (("key", "enter"),),
    (("key", "escape"),),
    (("key", "down"), ("key", "enter")),
    (("key", "down"), ("key", "down"), ("key", "enter")),
    (("key", "end"), ("key", "enter")),
    (("paste", "tomorrow 10:30"), ("key", "enter")),
    (("key", "ctrl+u"), ("paste", "in 3 days"), ("key", "enter")),
    (("paste", "Maria Chen"), ("key", "enter"), ("key", "enter")),
    (("paste", "[/x] Sam, PM @ {name} #a"), ("key", "ctrl+s")),
    (("key", "tab"), ("key", "space"), ("key", "ctrl+s")),
    (("key", "ctrl+g"), ("key", "ctrl+s")),
)
"""What a window may be answered with."""
STEPS: tuple[Step, ...] = (
    *(("key", key) for key in KEYS + EDITS),
    *(("key", key) for key in ("down", "up", "left", "right", "tab", "space") for _ in range(6)),
    *(("key", "enter") for _ in range(12)),
    *(("key", "escape") for _ in range(16)),
    *(("letter", letter) for letter in LETTERS[::3]),
    *(("paste", text) for text in TEXTS),
    *(("own", place) for place in range(FIRST) for _ in range(50)),
    *(("app", place) for place in range(FIRST) for _ in range(6)),
    *(("answer", place) for place in range(len(ANSWERS)) for _ in range(24)),
    *(("resize", size) for size in SIZES),
    *(("click", (x, y)) for x in range(8) for y in range(8)),
    *(("twice", (x, y)) for x in range(3) for y in range(3)),
    *(("drag", (x, y)) for x in range(3) for y in range(3)),
    *(("wheel", (x, y)) for x in range(-2, 3) for y in range(3)),
    *(("time", minutes) for minutes in (1, 14, 45, 60 * 26, 60 * 24 * 9)),
    *(("pause", 0) for _ in range(80)),
)
"""What a monkey does at a time; frequent is what leads further."""

NOT_UNDONE = frozenset({"board.erase", "find.erase", "person.erase"})
"""What is erased for good can't come back: the equality at the end would not hold, and must not."""
LEFT_ALONE = NOT_UNDONE | {"app.quit", "dialog.quit"}
"""What a monkey must not do, since there would be nothing more to look at."""


class Seen:
    """Which commands were done, and which screens and windows were opened."""

    def __init__(self) -> None:
        self.commands: Counter[str] = Counter()
        self.screens: Counter[str] = Counter()

    @contextlib.contextmanager
    def watching(self) -> Iterator[None]:
        """Count, as long as it lasts."""
        run, act, move = Scope.run_command, Scope.action_command, PaintedScreen.move_cursor
        window, desk = Window.compose, DeskScreen.compose

        def run_command(scope: Scope, name: str) -> None:
            if not scope.why_not(name):
                self.commands[f"{scope.SCOPE}.{name}"] += 1
            run(scope, name)

        def action_command(scope: Scope, command_id: str) -> None:
            # A screen does what is bound in text, too.
            if not command_id.startswith(f"{scope.SCOPE}."):
                self.commands[command_id] += 1
            act(scope, command_id)

        def move_cursor(screen: PaintedScreen[Any], lines: Any, name: str) -> None:
            self.commands[f"list.{name}"] += 1
            move(screen, lines, name)

        def composed(original: Any) -> Any:
            def compose(screen: Any) -> Any:
                self.screens[type(screen).__name__] += 1
                return original(screen)

            return compose

        with (
            patch.object(Scope, "run_command", run_command),
            patch.object(Scope, "action_command", action_command),
            patch.object(PaintedScreen, "move_cursor", move_cursor),
            patch.object(Window, "compose", composed(window)),
            patch.object(DeskScreen, "compose", composed(desk)),
        ):
            yield


class Cage(InroadApp):
    """The app, which a monkey can't leave."""

    def do_quit(self) -> None:
        """Do what leaving does with what is half typed."""
        for screen in self.screen_stack:
            if isinstance(screen, DeskScreen | Window):
                screen.keep_drafts()


def contents(store: Store) -> Contents:
    """All that undo brings back: every record but the profile."""
    return {
        kind.table: {record.id: _lasting(record) for record in store.all(kind)}
        for kind in TABLES.values()
        if kind is not Profile
    }


def _lasting(record: Record) -> Record:
    """The record without what a running meeting leaves in it by the way."""
    if not isinstance(record, Meeting):
        return record
    assert {Meeting.table: {"cues", "muted", "current_question"}} == PASSING
    return replace(record, cues=(), muted=False, current_question="")


def differing(one: Contents, other: Contents) -> list[tuple[object, ...]]:
    """The records that are not in both as they are in the other."""
    return [
        (kind, one[kind].get(id), other[kind].get(id))
        for kind in one
        for id in {**one[kind], **other[kind]}
        if one[kind].get(id) != other[kind].get(id)
    ]


async def play(folder: Path, steps: Sequence[Step], *, read_only: bool = False) -> None:
    """Do all the steps on the demo, look at what is left, and open it once more."""
    desk = demo_desk(folder)
    store, clock, path = desk.store, desk.clock, desk.store.path
    assert isinstance(clock, FixedClock)
    if read_only:
        store.close()
        store = Store.open(path, clock=clock, read_only=True)
    start, written = contents(store), path.read_bytes()
    edited = [None, "", "changed in the editor\nin two lines", TEXTS[5]]
    desk.downloads.mkdir()
    (desk.downloads / "Connections.csv").write_text(
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
        "Maria,Chen,https://www.linkedin.com/in/maria-x,,Figma,Head of Design,05 Nov 2026\n"
        "Noa,[/x],https://www.linkedin.com/in/noa-x,noa@x.org,Sea,=cmd,04 Nov 2026\n"
        ",,,,,,\n",
        encoding="utf-8",
    )
    desk = replace(desk, store=store, edit_text=lambda text: edited[len(text) % 4])
    tried: Counter[str] = Counter()
    for part in (steps, ()):
        app = Cage(desk, Config())
        app.animation_level = "none"
        async with app.run_test(size=(120, 36)) as pilot:
            hands = Hands(pilot, clock, tried)
            for step in part:
                await hands.do(step)
                if app._exception is not None:
                    break
            await until_quiet(app)
    while not read_only and store.undo() is not None:
        pass
    assert differing(start, contents(store)) == []
    store.close()
    report = doctor.check(path)
    assert report.ok, report
    assert not read_only or path.read_bytes() == written


class Hands:
    """What does the steps; it tries first what it has tried least."""

    def __init__(self, pilot: Pilot[int], clock: FixedClock, tried: Counter[str]) -> None:
        self._app: Any = pilot.app
        self._pilot = pilot
        self._clock = clock
        self._tried = tried

    async def do(self, step: Step) -> None:
        """One step; only what looks at the screen waits for what came before."""
        kind, what = step
        if kind == "key":
            self._press(what)
        elif kind == "letter":
            self._type(what)
        elif kind == "paste":
            self._app.post_message(events.Paste(what))
        elif kind == "resize":
            await self._pilot.resize_terminal(*what)
        elif kind == "own":
            await self._do_own(what)
        elif kind == "app":
            await self._do_one_of("app", what)
        elif kind == "answer":
            await self._answer(what)
        elif kind in ("click", "twice", "drag", "wheel"):
            _use_mouse(self._app, kind, what)
        elif kind == "time":
            self._clock.set(self._clock.now() + timedelta(minutes=what))
            self._app._tick()
        else:
            await until_quiet(self._app)
        await asyncio.sleep(0)

    async def _do_own(self, place: int) -> None:
        """One of the commands of the screen in front; windows are in the way."""
        await until_quiet(self._app)
        for _ in range(_MOST_WINDOWS):
            if not isinstance(self._app.screen, Window):
                break
            self._press("escape")
            await until_quiet(self._app)
        if isinstance(self._app.screen, DeskScreen):
            await self._do_one_of(self._app.screen.SCOPE, place)

    async def _do_one_of(self, scope: str, place: int) -> None:
        """Press the key of one of the commands that were tried least; one without a key is looked up in the
        palette."""
        own = sorted(
            (each for each in commands(scope) if each.id not in LEFT_ALONE),
            key=lambda each: self._tried[each.id],
        )
        command = own[place % len(own)]
        self._tried[command.id] += 1
        if isinstance(self._app.screen, DeskScreen) and self._app.screen.typing:
            self._press("escape")
        if command.keys:
            self._press(command.keys[0])
            return
        self._press("ctrl+p")
        for letter in command.title:
            self._type(letter)
        self._press("enter")

    async def _answer(self, place: int) -> None:
        """Answer the window in front, once it is there; where none is, wait as somebody does who reads."""
        await until_quiet(self._app)
        if isinstance(self._app.screen, Window):
            for step in ANSWERS[place]:
                await self.do(step)

    def _press(self, key: str) -> None:
        self._app.post_message(events.Key(key, " " if key == "space" else key if len(key) == 1 else None))

    def _type(self, letter: str) -> None:
        self._app.post_message(events.Key(letter if letter.isalnum() else _character_to_key(letter), letter))


def _use_mouse(app: Any, kind: str, what: tuple[int, int]) -> None:
    parts = 8 if kind == "click" else 3
    column, row = (int((abs(part) + 0.5) * side / parts) for part, side in zip(what, app.size, strict=True))
    if kind == "wheel":
        turned = events.MouseScrollUp if what[0] < 0 else events.MouseScrollDown
        app.post_message(_mouse(turned, column, row))
        return
    for _ in range(2 if kind == "twice" else 1):
        app.post_message(_mouse(events.MouseDown, column, row))
        if kind == "drag":
            column, row = app.size.width - 1 - column, app.size.height - 1 - row
            app.post_message(_mouse(events.MouseMove, column, row))
        app.post_message(_mouse(events.MouseUp, column, row))


def _mouse(event: type[events.MouseEvent], x: int, y: int) -> events.MouseEvent:
    return event(None, x, y, 0, 0, 1, False, False, False, x, y)


def run(steps: Sequence[Step], *, read_only: bool = False) -> None:
    """`play` in a folder of its own, where everything lands that is written under whatever name."""
    with (
        tempfile.TemporaryDirectory() as folder,
        patch.dict(os.environ, HOME=folder),
        contextlib.chdir(folder),
        patch("screens.people.erase.erase", _keep),
    ):
        asyncio.run(play(Path(folder), steps, read_only=read_only))


async def _keep(*_: object) -> None:
    """In place of erasing, which a monkey finds in the palette: see `NOT_UNDONE`."""

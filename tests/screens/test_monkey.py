"""A monkey at the keyboard: whatever is pressed, pasted, clicked or resized, nothing breaks.

After each run the store is whole, and undone to the start it equals the start.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
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
from tests.screens.conftest import demo_desk
from tests.screens.quiet import until_quiet
from tui.app import InroadApp
from tui.config import Config

Step = tuple[str, Any]
Contents = dict[str, dict[str, object]]

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!\"#$%&'()*+,-./:;<=>?@[]^_{|}~"
TEXTS = (
    "Sam Okafor, PM @ Stripe via Priya Nair #fintech",
    "tomorrow 10:30",
    "[/] [red]x[/red] {name} =cmd|' /c",
    "\x1b]52;c;eA==\x07\x1b[2J",
    "👨‍👩‍👧‍👦 陈美丽 مريم",
    "one\ntwo\n! three\n",
    "/end",
    "{{ nothing }} {% if %}",
    "W" * 3_000,
    "Connections.csv",
)
SIZES = ((80, 24), (120, 36), (60, 100), (200, 60), (40, 12), (20, 5), (99, 24), (1, 1))
KEYS = tuple(sorted({key for scope in SCOPES for command in commands(scope) for key in command.keys}))
EDITS = (
    "backspace",
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
STEPS: tuple[Step, ...] = (
    *(("key", key) for key in KEYS + EDITS),
    *(("key", key) for key in ("down", "up", "left", "right", "tab", "space") for _ in range(4)),
    *(("key", "enter") for _ in range(16)),
    *(("key", "escape") for _ in range(8)),
    *(("letter", letter) for letter in LETTERS),
    *(("paste", text) for text in TEXTS),
    *(("resize", size) for size in SIZES),
    *(("click", (x, y)) for x in range(8) for y in range(8)),
    *(("twice", (x, y)) for x in range(3) for y in range(3)),
    *(("time", minutes) for minutes in (1, 14, 45, 60 * 26, 60 * 24 * 9)),
    *(("pause", 0) for _ in range(30)),
)
"""What a monkey does at a time; frequent is what leads further."""


class Cage(InroadApp):
    """The app, which a monkey can't leave."""

    def do_quit(self) -> None:
        """Do what leaving does with what is half typed."""
        for screen in self.screen_stack:
            if isinstance(screen, DeskScreen):
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


async def play(folder: Path, steps: Sequence[Step]) -> None:
    """Do all the steps on the demo, and look at what is left."""
    desk = demo_desk(folder)
    store, clock = desk.store, desk.clock
    assert isinstance(clock, FixedClock)
    start = contents(store)
    edited = [None, "", "changed in the editor\nin two lines", TEXTS[2]]
    desk.downloads.mkdir()
    (desk.downloads / "Connections.csv").write_text(
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
        "Maria,Chen,https://www.linkedin.com/in/maria-x,,Figma,Head of Design,05 Nov 2026\n"
        "Noa,[/x],https://www.linkedin.com/in/noa-x,noa@x.org,Sea,=cmd,04 Nov 2026\n",
        encoding="utf-8",
    )
    app = Cage(replace(desk, edit_text=lambda text: edited[len(text) % 4]), Config())
    app.animation_level = "none"
    async with app.run_test(size=(120, 36)) as pilot:
        for step in steps:
            await do(pilot, clock, step)
            if app._exception is not None:
                break
        await rest(pilot)
    while store.undo() is not None:
        pass
    assert differing(start, contents(store)) == []
    store.close()
    report = doctor.check(store.path)
    assert report.ok, report


async def do(pilot: Pilot[int], clock: FixedClock, step: Step) -> None:
    """One step; only a pause waits for what it leads to."""
    app = pilot.app
    kind, what = step
    if kind == "key":
        app.post_message(events.Key(what, " " if what == "space" else None))
    elif kind == "letter":
        app.post_message(events.Key(what if what.isalnum() else _character_to_key(what), what))
    elif kind == "paste":
        app.post_message(events.Paste(what))
    elif kind == "resize":
        await pilot.resize_terminal(*what)
    elif kind in ("click", "twice"):
        x, y = (
            int((part + 0.5) * side / (8 if kind == "click" else 3))
            for part, side in zip(what, app.size, strict=True)
        )
        for _ in range(1 if kind == "click" else 2):
            for event in (events.MouseDown, events.MouseUp):
                app.post_message(event(None, x, y, 0, 0, 1, False, False, False, x, y))
    elif kind == "time":
        clock.set(clock.now() + timedelta(minutes=what))
        app._tick()  # type: ignore[attr-defined]
    else:
        await rest(pilot)
    await asyncio.sleep(0)


async def rest(pilot: Pilot[int]) -> None:
    """Until what was done has led to what it leads to."""
    await until_quiet(pilot.app)


def run(steps: Sequence[Step]) -> None:
    """`play` in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(play(Path(folder), steps))


def runs(examples: int, *, derandomize: bool) -> settings:
    """So many runs, none of them made smaller: a run that fails is told whole."""
    return settings(
        max_examples=examples,
        derandomize=derandomize,
        database=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )


def so_many(steps: int) -> st.SearchStrategy[list[Step]]:
    """Runs of that length."""
    return st.lists(st.sampled_from(STEPS), min_size=steps, max_size=steps)


@runs(3, derandomize=True)
@given(so_many(120))
def test_a_monkey_breaks_nothing(steps: list[Step]) -> None:
    run(steps)


@pytest.mark.slow
@pytest.mark.timeout(3_600)
@runs(10, derandomize=False)
@given(so_many(2_000))
def test_a_monkey_with_all_its_time_breaks_nothing(steps: list[Step]) -> None:
    run(steps)

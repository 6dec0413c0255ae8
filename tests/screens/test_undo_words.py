"""Undo and redo say what they turned back, in the user's words: every command that changes what is kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from data.actions import conversation
from data.actions.followups import edit_draft
from data.actions.meetings import add_question
from data.clock import FixedClock
from data.demo import fill
from data.drafts import Drafts
from data.followups.queue import queue
from data.meetings.bank import BANK
from data.meetings.capture import Line
from data.meetings.schedule import planned_meetings
from data.records import EntryKind, FollowUpKind, LeadState, Meeting, MeetingStatus, Person
from data.schema import TABLES
from data.store import Store
from screens.base import DeskScreen
from screens.commands import SCOPES, commands
from screens.desk import Desk
from screens.dialogs import Choose
from screens.dialogs.window import Window
from screens.messages import Go
from screens.prep.questions import BankWindow
from screens.widgets.bars import KeyBar
from screens.widgets.lines import Lines
from tests.screens.conftest import NOW, RecordingClipboard
from tests.screens.hands import close_all, keys, settle
from tui.app import InroadApp
from tui.config import Config

BEFORE = {
    "board.move_left": "l",
    "board.answer": "l",
    "board.introduce": "l l l",
    "board.merge": "space space",
    "prep.sooner": "j j j j",
    "wrap_up.edit": "h",
    "wrap_up.person": "h",
}
"""Keys that put the cursor where a command has something to do."""
LINES: dict[str, Callable[[Any], bool]] = {
    "ledger.done": lambda entry: entry.lead and entry.lead.lead.state is LeadState.CAPTURED,
    "ledger.person_of": lambda entry: entry.lead and not entry.lead.lead.person,
    "ledger.edit": lambda entry: entry.lead,
    "ledger.date": lambda entry: entry.lead and entry.lead.due,
    "ledger.company": lambda entry: entry.lead,
    "ledger.event": lambda entry: entry.lead,
    "ledger.resource": lambda entry: entry.lead,
    "ledger.name": lambda entry: entry.lead,
    "ledger.back": lambda entry: entry.lead and entry.lead.lead.state is LeadState.ACTED_ON,
    "board.write": lambda person: "education" in person.tags,
    "followups.restore": lambda entry: entry.item and entry.item.followup.draft,
    "prep.tick": lambda row: getattr(row, "key", "") == "item-dressed",
    "prep.star": lambda row: getattr(row, "key", "").startswith("q-"),
    "prep.later": lambda row: getattr(row, "key", "").startswith("q-"),
    "prep.sooner": lambda row: getattr(row, "key", "").startswith("q-"),
    "prep.remove": lambda row: getattr(row, "key", "").startswith("q-"),
    "prep.edit": lambda row: getattr(row, "key", "").startswith("q-"),
    "settings.change": lambda setting: setting.kind == "rule",
    "settings.more": lambda setting: setting.kind == "rule",
    "settings.less": lambda setting: setting.kind == "rule" and setting.own,
    "settings.reset": lambda setting: setting.kind == "rule" and setting.own,
    "settings.remove": lambda setting: setting.kind == "holiday",
}
"""Which line of a list the command is for."""
ANSWERS = {
    "app.profile": "Alexa",
    "board.new": "Zora Quill",
    "board.new_group": "Rowing club",
    "board.tag": "berlin",
    "board.schedule": "tomorrow 16:00-16:30",
    "board.touch": "today",
    "board.park": "in 2 months",
    "board.edit": " Jr",
    "followups.snooze": "in 3 weeks",
    "followups.new": "send the book | in 3 weeks",
    "prep.move": "tomorrow 16:00-16:30",
    "ledger.date": "in 3 weeks",
    "ledger.edit": "Somebody else at Figma",
    "prep.edit": "Why did you stay? 3 min",
    "prep.place": "https://meet.example/abc",
    "wrap_up.edit": "! Zed Zimmer at Figma",
    "settings.add": "6 jan",
    "settings.change": "9",
}
"""What is typed into the first line of each window that asks; elsewhere some words."""
NOTHING_KEPT = frozenset(
    (
        # Undo and redo; what only opens a screen; what is asked about before, since it can't be undone.
        *("app.undo", "app.redo", "app.import_file", "board.merge", "board.erase"),
        # Moves in the line of a meeting, or on its page; what is chosen and not booked yet.
        *("meeting.write", "meeting.lead", "meeting.advice", "meeting.quote", "meeting.promise"),
        *("meeting.typed", "meeting.answer", "meeting.take_back", "meeting.edit"),
        *("meeting.next_question", "meeting.previous_question", "meeting.mute"),
        *("wrap_up.toggle", "wrap_up.date", "wrap_up.thanked"),
        *("followups.edit", "followups.finding", "followups.channel"),
        # Takes its time against a clock; in test_prep.py.
        "prep.rehearse",
    )
)
WORDS = re.compile(r"[A-Z][^_]+")
VAGUE = frozenset(
    ("Changed a person", "Moved", "Done", "Tagged", "Put off", "Skipped", "Asked", "Booked", "Changed")
)
QUICK = ("app", "find", "wrap_up", "duplicates")
SLOW = ("board", "followups", "meeting", "prep", "ledger", "settings")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo, closed, with a meeting that waits for its wrap-up, somebody in it twice, and a holiday."""
    folder, clock = tmp_path_factory.mktemp("kept"), FixedClock(NOW, "Europe/Berlin")
    with Store.open(folder / "inroad.json", clock=clock) as store:
        fill(store, clock)
        first = planned_meetings(store)[0]
        conversation.begin(store, clock, first.id)
        conversation.keep_lines(store, clock, first.id, [Line(EntryKind.LEAD, "Zed Zimmer at Spotify")])
        conversation.end(store, clock, first.id)
        for meeting in planned_meetings(store):
            for question in BANK[:3]:
                add_question(store, meeting.id, question)
        owed = next(
            item.followup for item in queue(store, clock).items if item.followup.kind is FollowUpKind.NUDGE
        )
        edit_draft(store, clock, owed.id, subject="", body="My own words", channel=owed.channel)
        twin = store.all(Person)[0]
        with store.transaction("Put in twice") as tx:
            tx.put(replace(twin, id="twin", emails=(), linkedin="", identities=()))
        store.save_profile(
            replace(store.profile, holidays=((NOW + timedelta(days=31)).date(),), rules={"nudge_days": 9})
        )
    return folder


@pytest.fixture
def app(kept: Path, tmp_path: Path) -> Iterator[InroadApp]:
    """The app on a copy of it."""
    folder, clock = tmp_path / "copy", FixedClock(NOW, "Europe/Berlin")
    copytree(kept, folder)
    with Store.open(folder / "inroad.json", clock=clock) as store:
        yield InroadApp(
            Desk(
                store=store,
                clock=clock,
                clipboard=RecordingClipboard(),
                drafts=Drafts(folder, clock),
                open_url=lambda address: True,
                edit_text=lambda text: f"{text} and more",
                downloads=tmp_path,
            ),
            Config(),
        )


async def go(pilot: Pilot[int], place: str) -> DeskScreen:
    """Show a place, as it is when one comes there."""
    app = pilot.app
    assert isinstance(app, InroadApp)
    store = app.desk.store
    await close_all(pilot)
    if place == "wrap_up":
        (ended,) = (m for m in store.all(Meeting) if m.status is MeetingStatus.ENDED and m.wrapped is None)
        app.post_message(Go("wrap_up", ended.id))
    elif place == "find":
        app.post_message(Go("find"))
    elif place == "meeting" and not conversation.running(store):
        planned = planned_meetings(store)[0]
        conversation.begin(store, app.desk.clock, planned.id)
        conversation.keep_lines(store, app.desk.clock, planned.id, [Line(EntryKind.NOTE, "nine people")])
        app.run_command("meeting")
    else:
        app.run_command("board")
        await settle(pilot)
        app.run_command("board" if place == "app" else place)
    await settle(pilot)
    screen = app.screen
    assert isinstance(screen, DeskScreen)
    if screen.typing:
        await keys(pilot, "escape")
    return screen


async def answer(pilot: Pilot[int], text: str) -> None:
    """Answer what a command asks: the first choice, or the text in the first line and what stands there."""
    given = iter(text.split(" | ") if text else ())
    for _ in range(8):
        window = pilot.app.screen
        if not isinstance(window, Window):
            return
        if isinstance(window, BankWindow):
            await keys(pilot, "enter escape")
            continue
        field = next((each for each in window.query("Input, TextArea") if each.display), None)
        if isinstance(window, Choose) or (field is None and window.query(Lines)):
            await keys(pilot, "enter" if isinstance(window, Choose) else "ctrl+s")
            continue
        if isinstance(field, Input):
            field.value = next(given, "") or field.value or "some words"
        elif isinstance(field, TextArea):
            field.text = f"{field.text} and some words"
        await pilot.pause()
        await keys(pilot, "ctrl+s")
        if pilot.app.screen is window:
            await keys(pilot, "enter escape")


def covered(scope: str) -> list[str]:
    """The names of the commands of a scope that are walked here: those about people on the board alone."""
    of_people = {command.name for command in commands("person")}
    return [
        command.name
        for command in commands(scope)
        if command.changes
        and command.id not in NOTHING_KEPT
        and not (scope == "find" and command.name in of_people)
    ]


@pytest.mark.parametrize("place", [*QUICK, *(pytest.param(place, marks=pytest.mark.slow) for place in SLOW)])
async def test_undo_and_redo_name_what_was_done(place: str, app: InroadApp) -> None:
    store = app.desk.store
    async with app.run_test(size=(120, 36)) as pilot:
        for name in covered(place):
            id = f"{place}.{name}"
            screen = await go(pilot, place)
            arrange(screen, id)
            await settle(pilot)
            if id in BEFORE:
                await keys(pilot, BEFORE[id])
            before = contents(store)
            owner = app if place == "app" else screen
            assert owner.reason(name) == "", id
            owner.run_command(name)
            await settle(pilot)
            await answer(pilot, ANSWERS.get(id, ""))
            await settle(pilot)
            after = contents(store)
            assert after != before, id
            # What is offered after it (to park somebody, say) is a step of its own.
            steps = await turn(pilot, "undo", before)
            assert await turn(pilot, "redo", after) == steps[::-1], id
            assert await turn(pilot, "undo", before) == steps, id
            for title in steps:
                assert WORDS.fullmatch(title), (id, title)
                assert title not in VAGUE, (id, title)


async def turn(pilot: Pilot[int], command: str, back: dict[str, dict[str, object]]) -> list[str]:
    """Undo or redo until all is as it was; what was said of each step, without the words for it."""
    app = pilot.app
    assert isinstance(app, InroadApp)
    store = app.desk.store
    steps: list[str] = []
    while contents(store) != back and len(steps) < 3:
        title = store.undo_title if command == "undo" else store.redo_title
        app.run_command(command)
        await settle(pilot)
        assert isinstance(app.screen, DeskScreen)
        said = app.screen.query_one(KeyBar).said
        assert said.startswith(f"{'Undid' if command == 'undo' else 'Did again'}: {title}."), said
        steps.append(title or "")
    assert contents(store) == back, (command, steps)
    return steps


def arrange(screen: DeskScreen, id: str) -> None:
    """Put the cursor of a list on what the command needs."""
    wanted = LINES.get(id, lambda item: False)
    for lines in screen.query(Lines).results(Lines):
        for item in lines.items:
            if wanted(item):
                lines.focus()
                lines.select(lines.id_of(item))
                return
    assert id not in LINES, id


def contents(store: Store) -> dict[str, dict[str, object]]:
    """All that is kept, but what a meeting that runs notes by the way."""
    found: dict[str, dict[str, object]] = {}
    for kind in TABLES.values():
        found[kind.table] = {record.id: record for record in store.all(kind)}
    for meeting in store.all(Meeting):
        found[Meeting.table][meeting.id] = replace(meeting, cues=(), current_question="")
    return found


def test_every_command_that_changes_something_is_walked() -> None:
    """Also those that come later: what keeps nothing is named above."""
    elsewhere = {"person", "import"}
    scopes = {scope for scope in SCOPES for command in commands(scope) if command.changes}
    assert scopes - elsewhere == {*QUICK, *SLOW}

"""Every sentence that names a key names the user's own; what can't be done says why, on every screen."""

from __future__ import annotations

import ast
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from data.actions import conversation
from data.clock import FixedClock
from data.demo import fill
from data.store import Store
from screens.base import DeskScreen
from screens.commands import SCOPES, commands, key_label, key_of, types_a_character
from screens.desk import Desk
from screens.help import live_keys
from screens.messages import Go
from screens.widgets.note_input import NoteInput
from screens.widgets.rows import ROLES
from tests.screens.conftest import NOW
from tests.screens.hands import keys, press, settle, typed
from tests.screens.meeting_desk import meeting
from tests.screens.people import put
from tests.screens.seen import text_of
from tui.app import InroadApp
from tui.config import Config

SCREENS = Path(__file__).parent.parent.parent / "screens"
NAMED = re.compile(
    r"(?:^|[\s(])(?:[b-hj-zB-HJ-Z1-6]|esc|enter|space|tab|\^[a-z]|ctrl\+[a-z])  ?"
    r"(?:takes|brings|throws|opens|adds|notes|goes|makes|says|sets|moves|writes|finds|keeps|stops|shows|"
    r"begins|crosses|gives|parks|tags|removes|parts|changes|clears|finds|books|drafts|logs)\b"
)
BY_HAND = re.compile(r"[Pp]ress (?:\w|space|enter|esc|tab)\b|\bwith [A-Z]\.|^ +[a-z0-9] +$")
"""A key in other sentences."""
OF_ITS_OWN = {
    "Press space and say it aloud",
    "Press space first",
    "space takes one in again",
    "enter keeps it as a note",
    "enter keeps the change",
}
"""Keys of one window or of the line itself, which are no commands and can't be given another key."""
IN_LISTS = {key for command in commands("list") for key in command.keys}
LETTERS = "".join(map(chr, range(0x21, 0x7F))) + " é"
"""All that a keyboard types; typed once into each kind of line, and elsewhere what does most harm."""
LINES = (
    "f",
    "slash",
    "n",
    "e",
    "ctrl+g",
    "ctrl+o",
    "ctrl+p",
    "2 a slash",
    "4 e",
    "4 T",
    "3 enter",
)
"""From the board: the keys to a line or a window of text."""
_LABELS = {key_label(key) for scope in SCOPES for command in commands(scope) for key in command.keys}
TYPED = {label for label in _LABELS if label.isalnum()}
"""The keys as they are written for people that are no signs."""
WHERE = ("board", "prep", "meeting", "followups", "insights", "ledger", "settings", "find", "duplicates")


def sentences(file: Path) -> list[str]:
    """The text constants of a module, without what only programmers read."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    read = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in read
    ]


def test_no_sentence_names_a_key_by_hand() -> None:
    found = [
        (file.name, text)
        for file in SCREENS.rglob("*.py")
        for text in sentences(file)
        if (NAMED.search(text) or BY_HAND.search(text)) and not any(own in text for own in OF_ITS_OWN)
    ]
    assert found == []


def test_no_row_shows_a_key_by_hand() -> None:
    """A key that stands out in a row of its own comes from the registry, too."""
    found = [
        (file.name, span.elts[0].value)
        for file in SCREENS.rglob("*.py")
        for span in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(span, ast.Tuple) and len(span.elts) == 2
        if all(isinstance(each, ast.Constant) for each in span.elts)
        if isinstance(span.elts[0], ast.Constant) and isinstance(span.elts[1], ast.Constant)
        if str(span.elts[0].value).strip() in TYPED and span.elts[1].value in ROLES
    ]
    assert found == []


@asynccontextmanager
async def screens_of(app: InroadApp) -> AsyncIterator[tuple[Pilot[int], list[str]]]:
    """The app at 120x36, and the names of the screens that can be gone to."""
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        yield pilot, [*WHERE, "import_file"]


async def go(pilot: Pilot[int], name: str) -> DeskScreen:
    """Show a screen, with no text in focus."""
    app = pilot.app
    assert isinstance(app, InroadApp)
    app.run_command("board")
    await settle(pilot)
    if name == "person":
        app.post_message(Go("person", app.desk.store.people()[0].id))
    else:
        owner = app.screen if name == "find" else app
        assert isinstance(owner, InroadApp | DeskScreen)
        owner.run_command(name)
    await settle(pilot)
    screen = app.screen
    assert isinstance(screen, DeskScreen), name
    if screen.typing:
        await keys(pilot, "escape")
    return screen


def whole(reason: str) -> bool:
    """Whether it is a sentence for people: with an end, on one line, and no name of a program's part."""
    return (
        reason[-1] in ".!?"
        and len(reason) <= 110
        and reason.isprintable()
        and "None" not in reason
        and "_" not in reason
        and (reason[0].isupper() or not reason[0].isalpha() or " " in reason[:7])
    )


@pytest.mark.parametrize("demo", [False, True], ids=["empty", "demo"])
async def test_what_cant_be_done_says_why_on_every_screen(desk: Desk, store: Store, demo: bool) -> None:
    if demo:
        fill(store, desk.clock)
    disabled: set[str] = set()
    async with screens_of(InroadApp(desk, Config())) as (pilot, names):
        for name in [*names, "person"] if demo else names:
            screen = await go(pilot, name)
            shown: set[str] = set()
            for command in (*commands(screen.SCOPE), *commands("app")):
                owner = pilot.app if command.scope == "app" else screen
                assert isinstance(owner, InroadApp | DeskScreen)
                reason = owner.why_not(command.name)
                if not reason:
                    continue
                disabled.add(command.id)
                assert whole(reason), (command.id, reason)
                # In a list, a key that goes through it does so.
                key = next((key for key in command.keys if key not in IN_LISTS), "")
                if key and reason not in shown and not screen.typing:
                    shown.add(reason)
                    await keys(pilot, key)
                    assert reason in text_of(pilot.app), (name, command.id, reason)
    assert len(disabled) > (20 if demo else 50), sorted(disabled)
    assert store.undo_title is None


async def test_a_key_of_the_users_own_is_the_one_that_sentences_name(desk: Desk, store: Store) -> None:
    keymap = {
        "app.undo": "ctrl+z",
        "board.mark": "f9",
        "board.remove": "ctrl+x",
        "ledger.new": "ctrl+n",
        "list.choose": "ctrl+j",
        "text.leave": "f10",
        "board.find": "F",
    }
    async with screens_of(InroadApp(desk, Config(keymap=keymap))) as (pilot, _):
        screen = await go(pilot, "board")
        for command in ("merge", "find"):
            screen.run_command(command)
            await settle(pilot)
            if command == "merge":
                assert "Select the two with F9 first; then = makes one of them." in text_of(pilot.app)
        assert "F10 n  adds somebody you know" in text_of(pilot.app)
        await go(pilot, "ledger")
        assert "Outside of one, ^n notes them here." in text_of(pilot.app)
        await press(pilot, "d")
        assert "There is nothing here yet: ^n notes a lead" in text_of(pilot.app)
        await go(pilot, "meeting")
        await press(pilot, "d")
        assert "No meeting runs now: ^j begins" in text_of(pilot.app)
        put(store, FixedClock(NOW, "Europe/Berlin"), "Sam Okafor")
        await go(pilot, "board")
        await press(pilot, "ctrl+x")
        assert "Removed Sam Okafor. Press ^z to take it back." in text_of(pilot.app)
        await press(pilot, "ctrl+z")
        assert [line.name for line in store.people()] == ["Sam Okafor"]


async def test_all_lines_name_the_keys_of_a_user_who_changed_them_all(
    desk: Desk, store: Store, clock: FixedClock
) -> None:
    """Each command has a key that nothing else has: wherever one is named, it is that one."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    keymap = {
        command.id: f"alt+{letters[number]}" if number < len(letters) else f"alt+f{number}"
        for scope in ("app", "board", "wrap_up", "list")
        for number, command in enumerate(commands(scope), 30 if scope == "list" else 0)
        if command.keys
    }
    async with screens_of(InroadApp(desk, Config(keymap=keymap))) as (pilot, _):
        app = pilot.app
        await go(pilot, "prep")
        first = text_of(app).splitlines()[0]
        assert f"{key_label(keymap['app.prep'])} Prep" in first
        assert "2 Prep" not in first
        for command, what in (("app.board", "the board"), ("board.schedule", "there: plan one")):
            assert f"{key_label(keymap[command])}  {what}" in text_of(app)
        planned = meeting(desk)
        conversation.begin(store, clock, planned.id)
        conversation.end(store, clock, planned.id)
        app.post_message(Go("wrap_up", planned.id))
        await settle(pilot)
        assert f"{key_label(keymap['wrap_up.thanked'])}  yes" in text_of(app)
        await keys(pilot, keymap["wrap_up.thanked"])
        assert f"{key_label(keymap['wrap_up.thanked'])}  no, I didn't" in text_of(app)


async def test_a_letter_that_became_another_key_works_inside_text(
    desk: Desk, store: Store, clock: FixedClock
) -> None:
    planned = meeting(desk)
    conversation.begin(store, clock, planned.id)
    keymap = {"meeting.done": "f9", "app.redo": "ctrl+r", "meeting.end": "D"}
    async with InroadApp(desk, Config(keymap=keymap)).run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, DeskScreen)
        assert screen.typing
        shown = {line.id: line.keys for line in live_keys(pilot.app.screen) if line.keys}
        assert (shown["meeting.done"], shown["app.redo"]) == ("F9", "^r")
        assert "meeting.end" not in shown
        await keys(pilot, "f9 D d E")
        kept = conversation.running(store)
        assert kept is not None
        assert len([question for question in kept.questions if question.asked]) == 1
        assert screen.query_one(NoteInput).value == "DdE"


def test_a_command_without_a_key_is_named_by_the_way_to_it() -> None:
    assert key_of("app.undo") == "u"
    assert key_of("app.duplicates") == "^p, Duplicates,"


@pytest.mark.parametrize("scope", ["text", "dialog"])
def test_no_command_that_works_inside_text_is_a_letter(scope: str) -> None:
    assert not [key for command in commands(scope) for key in command.keys if types_a_character(key)]


async def test_every_letter_is_text_while_text_has_the_focus(desk: Desk, store: Store) -> None:
    """On every way to a text line: what is typed stands in it, and nothing else has happened."""
    fill(store, desk.clock)
    async with InroadApp(desk, Config()).run_test(size=(120, 36)) as pilot:
        app = pilot.app
        seen: set[type] = set()
        await settle(pilot)
        for way in LINES:
            await keys(pilot, f"f1 {way}")
            screen, field = app.screen, app.focused
            assert isinstance(field, Input | TextArea), (way, screen, field)
            text = "q1?uU/ nxX,!" if type(field) in seen else LETTERS
            seen.add(type(field))
            await typed(pilot, text)
            held = field.value if isinstance(field, Input) else field.text
            assert text in held, (way, held)
            assert (app.screen, app.focused) == (screen, field), way
            field.clear()
            await keys(pilot, "escape escape")

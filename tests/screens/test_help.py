"""The keys of a screen: all that can be done there, why not now, searched, and done from there."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from data.store import Store
from screens.desk import Desk
from screens.help import live_keys
from screens.widgets.lines import Lines
from tests.screens.hands import press, until
from tests.screens.people import add_people
from tests.screens.seen import text_of, underlined
from tui.app import InroadApp
from tui.config import Config

MakeApp = Callable[[], InroadApp]


async def test_help_shows_the_live_keys(desk: Desk) -> None:
    app = InroadApp(desk, Config(keymap={"app.undo": "ctrl+z"}))
    async with app.run_test(size=(120, 80)) as pilot:
        lines = {line.id: line for line in live_keys(app.screen)}
        assert lines["app.undo"].keys == "^z"
        await pilot.press("question_mark")
        await pilot.pause()
        assert "Take back the last thing you did." in text_of(app)
        await pilot.press("escape")
        await pilot.pause()
        assert "Take back the last thing you did." not in text_of(app)


async def test_help_says_what_the_focused_list_is(desk: Desk, store: Store) -> None:
    app = InroadApp(desk, Config())
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "question_mark")
        assert "People you mean to ask." in text_of(app)
        await press(pilot, "escape", "l", "question_mark")
        assert "People who have your message." in text_of(app)
        await press(pilot, "escape", "6", "question_mark")
        assert "Leads, advice and promises, with what comes next" in text_of(app)


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (60, 100)])
async def test_help_says_why_a_key_does_nothing_now(
    app_on: MakeApp, store: Store, size: tuple[int, int]
) -> None:
    add_people(store, "Sam Okafor")
    async with app_on().run_test(size=size) as pilot:
        assert any(line.id == "list.choose" for line in live_keys(pilot.app.screen))
        await press(pilot, "l")
        lines = live_keys(pilot.app.screen)
        assert not any(line.id == "list.choose" for line in lines), "there is nothing to open"
        places = {line.id: place for place, line in enumerate(lines)}
        assert not lines[places["board.new"]].off
        assert lines[places["board.tag"]].off
        why = max(place for place, line in enumerate(lines) if line.reason and place < places["board.tag"])
        assert places["board.new"] < why
        assert lines[why].help.startswith("Not now. Nobody is selected here")
        await press(pilot, "h")
        lines = live_keys(pilot.app.screen)
        assert [line.help for line in lines if line.reason] == [
            "Not now. No page or mail address of Sam Okafor is known: add one with e.",
            "Not now. Select the two with space first; then = makes one of them.",
            "Not now. There is nothing to do again.",
        ]
        await press(pilot, "question_mark")
        seen = ""
        for _ in range(12):
            seen += text_of(pilot.app)
            await press(pilot, "pagedown")
        assert "Select the two with space first; then =" in " ".join(seen.replace("│", " ").split())


async def test_help_from_inside_text_lists_no_key_that_the_text_takes(desk: Desk, store: Store) -> None:
    add_people(store, "Sam Okafor")
    app = InroadApp(desk, Config(keymap={"board.find": "F", "app.palette": "ctrl+k,f9"}))
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "slash")
        keys = {line.id: line.keys for line in live_keys(app.screen) if line.keys}
        # Letters, also the user's own; what goes left in the text, and what cuts it.
        assert keys.keys() & {"board.find", "board.tag", "board.left", "list.down"} == set()
        assert (keys["app.help"], keys["text.leave"], keys["app.palette"]) == ("F7", "esc", "F9")
        await press(pilot, "f7")
        assert "F7" in text_of(app)
        await press(pilot, "escape", "escape")
        keys = {line.id: line.keys for line in live_keys(app.screen) if line.keys}
        assert (keys["board.left"], keys["app.palette"], keys["board.find"]) == ("h  ←", "^k  F9", "F")


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (60, 100)])
async def test_help_cuts_no_sentence(app_on: MakeApp, size: tuple[int, int]) -> None:
    async with app_on().run_test(size=size) as pilot:
        await press(pilot, "question_mark")
        seen = ""
        for _ in range(12):
            seen += text_of(pilot.app)
            await press(pilot, "pagedown")
        # A sentence may begin on one page and end on the next.
        words = seen.replace("│", " ").split()
        sentence = "Note what they answered: yes, no, not now, or somebody else."
        assert set(sentence.split()) <= set(words)
        assert "…" not in seen.replace("Move to…", "")


async def test_a_command_is_done_from_the_help(app_on: MakeApp, store: Store) -> None:
    add_people(store, "Sam Okafor")
    async with app_on().run_test(size=(120, 40)) as pilot:
        await press(pilot, "question_mark")
        lines = pilot.app.screen.query_one(Lines)
        lines.select("board.remove")
        await press(pilot, "enter")
        assert "Removed Sam Okafor" in text_of(pilot.app)


async def test_the_keys_can_be_searched(app_on: MakeApp, store: Store) -> None:
    add_people(store, "Sam Okafor")
    async with app_on().run_test(size=(80, 24)) as pilot:
        await press(pilot, "question_mark", "slash", *"network")
        seen = text_of(pilot.app)
        assert "Remove them from your network" in seen
        assert "Go to the column on the left." not in seen
        assert "network" in underlined(pilot.app)
        await press(pilot, *"zz")
        assert "No key here does that." in text_of(pilot.app)
        await press(pilot, "escape")
        assert "Go to the column on the left." in text_of(pilot.app)
        await press(pilot, "slash", *"remove", "enter")
        assert "Removed Sam Okafor" in text_of(pilot.app)


async def test_a_key_that_closes_the_keys_is_text_while_they_are_searched(app_on: MakeApp) -> None:
    async with app_on().run_test(size=(120, 36)) as pilot:
        await press(pilot, "question_mark", "slash", "q", "question_mark")
        assert "q?" in text_of(pilot.app)
        await press(pilot, "escape", "q")
        assert "Go to the column on the left." not in text_of(pilot.app)


async def test_what_is_searched_for_stands_out(app_on: MakeApp, store: Store) -> None:
    add_people(store, "Priya Nair")
    async with app_on().run_test(size=(120, 36)) as pilot:
        await press(pilot, "slash", *"nair")
        assert underlined(pilot.app) == ["Nair"]
        await press(pilot, "escape", "f", *"pri")
        await until(pilot, lambda: underlined(pilot.app) == ["Pri"])
        await press(pilot, "ctrl+p", *"pri")
        await until(pilot, lambda: "Pri" in underlined(pilot.app))

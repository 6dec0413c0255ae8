"""Esc and a key that came as one are two keys; what only looks like that is left alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual import events

from data.actions.conversation import begin_now
from data.clock import FixedClock
from data.store import Store
from screens.widgets.note_input import NoteInput
from tests.screens.hands import settle
from tests.screens.people import add_people
from tests.screens.seen import text_of
from tui.app import InroadApp
from tui.config import Config
from tui.escape import Joined, Parser


def read(sent: str) -> list[str]:
    """The keys that come of what a terminal sends at once, `esc+` before those that came with one."""
    parser = Parser()
    found = [*parser.feed(sent), *parser.feed("")]
    return [
        f"esc+{each.second.key}" if isinstance(each, Joined) else each.key
        for each in found
        if isinstance(each, events.Key)
    ]


@pytest.mark.parametrize(
    ("sent", "keys"),
    [
        ("\x1b1", ["esc+1"]),
        ("\x1bj\x1bk", ["esc+j", "esc+k"]),
        ("\x1bjk", ["esc+j", "k"]),
        ("\x1bJ", ["esc+J"]),
        ("\x1b?", ["esc+question_mark"]),
        ("\x1b\r", ["esc+enter"]),
        ("\x1bé", ["esc+é"]),
        ("\x1bO", ["esc+O"]),
        ("\x1bf", ["esc+f"]),
        ("\x1b", ["escape"]),
        ("\x1b[A", ["up"]),
        ("\x1bOP", ["f1"]),
        ("\x1b\t", ["shift+tab"]),
        ("\x1b\x7f", ["ctrl+w"]),
        ("1j¡", ["1", "j", "inverted_exclamation_mark"]),
    ],
)
def test_what_a_terminal_sends_at_once(sent: str, keys: list[str]) -> None:
    assert read(sent) == keys


def joined(sent: str) -> events.Event:
    parser = Parser()
    (event,) = (*parser.feed(sent), *parser.feed(""))
    assert isinstance(event, events.Event)
    return event


@pytest.fixture
def running(store: Store, clock: FixedClock) -> None:
    """A meeting that runs: the app opens on it, in its line."""
    (sam,) = add_people(store, "Sam Okafor")
    begin_now(store, clock, sam)


@pytest.mark.usefixtures("running")
async def test_who_leaves_the_line_of_a_meeting_and_goes_on_types_nothing_into_it(
    app_on: Callable[[], InroadApp],
) -> None:
    async with app_on().run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        line = pilot.app.screen.query_one(NoteInput)
        line.value = "half a word"
        pilot.app.post_message(joined("\x1b1"))
        await settle(pilot)
        assert line.value == "half a word"
        assert "To ask" in text_of(pilot.app)


@pytest.mark.usefixtures("running")
async def test_alt_and_an_arrow_still_go_by_words_in_a_text(app_on: Callable[[], InroadApp]) -> None:
    async with app_on().run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        line = pilot.app.screen.query_one(NoteInput)
        line.value = "half a word"
        line.cursor_position = len(line.value)
        pilot.app.post_message(joined("\x1bb"))
        await settle(pilot)
        assert line.has_focus
        assert line.cursor_position == len("half a ")


async def test_a_key_with_alt_that_the_user_has_chosen_is_one(
    app_on: Callable[[], InroadApp], store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_people(store, "Sam Okafor")
    app = app_on()
    app._config = Config(keymap={"app.insights": "alt+j"})
    app.set_keymap({"app.insights": "alt+j"})
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        pilot.app.post_message(joined("\x1bj"))
        await settle(pilot)
        assert pilot.app.current_mode == "insights"

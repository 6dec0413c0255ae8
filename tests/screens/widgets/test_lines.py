"""A list's cursor is never out of sight unasked, and all that a list shows can be read with its keys."""

from __future__ import annotations

from collections.abc import Iterable

from textual.app import App
from textual.pilot import Pilot
from textual.widget import Widget

from screens.commands import bindings
from screens.widgets.lines import Lines
from screens.widgets.page import Page
from screens.widgets.rows import Row
from tests.screens.hands import press
from tests.screens.seen import text_of

TEXTS = [f"text {number}" for number in range(30)]
BELOW = [*TEXTS, "! Ada", "more", "! Bob", *TEXTS]
"""Thirty texts to read, then two people that can be opened with a text between them, then texts again."""


class ListApp(App[int]):
    """One list, ten lines high, and something else that can have the focus."""

    BINDINGS = [*bindings("app")]

    def __init__(self, shown: Lines[str] | Page) -> None:
        super().__init__()
        self.shown = shown
        self.opened: list[str] = []

    def compose(self) -> Iterable[Widget]:
        yield Lines[str](_row, str, id="other")
        yield self.shown

    def on_mount(self) -> None:
        self.query_one("#other", Lines).styles.height = 2
        self.shown.styles.height = 10

    def on_lines_chosen(self, message: Lines.Chosen) -> None:
        self.opened.append(message.item)


def _row(text: str, _: int) -> list[Row]:
    return [((text, "plain"),)]


def below() -> Lines[str]:
    return Lines(_row, lambda text: text, selectable=lambda text: text.startswith("!"))


def top_of(pilot: Pilot[int]) -> str:
    """The first line of the list."""
    return text_of(pilot.app).splitlines()[2].strip(" ▌▁▂▃▄▅▆▇█")


async def test_what_is_only_looked_at_is_read_from_its_top_and_who_goes_into_it_sees_the_cursor() -> None:
    async with ListApp(below()).run_test(size=(40, 12)) as pilot:
        app = pilot.app
        assert isinstance(app, ListApp)
        assert not isinstance(app.shown, Page)
        app.shown.show(BELOW)
        await pilot.pause()
        assert top_of(pilot) == "text 0"
        app.shown.focus()
        await pilot.pause()
        assert "▌! Ada" in text_of(app)


async def test_the_texts_above_the_first_are_read_with_keys_and_nothing_unseen_is_opened() -> None:
    async with ListApp(below()).run_test(size=(40, 12)) as pilot:
        app = pilot.app
        assert isinstance(app, ListApp)
        assert not isinstance(app.shown, Page)
        app.shown.show(BELOW)
        app.shown.focus()
        await press(pilot, *["up"] * 4)
        assert "Ada" not in text_of(app)
        await press(pilot, "enter")
        assert app.opened == []
        assert "▌! Ada" in text_of(app)
        await press(pilot, "home")
        assert top_of(pilot) == "text 0"
        await press(pilot, "down")
        assert top_of(pilot) == "text 1"
        await press(pilot, *["pagedown"] * 3)
        assert "▌! Ada" in text_of(app)
        await press(pilot, "down", "enter")
        assert app.opened == ["! Bob"]
        await press(pilot, "end")
        assert "text 29" in text_of(app)
        await press(pilot, *["pageup"] * 3)
        assert "▌! Bob" in text_of(app)
        await press(pilot, "up", "enter")
        assert app.opened == ["! Bob", "! Ada"]


async def test_who_reads_away_from_the_cursor_is_left_there_when_the_list_changes() -> None:
    async with ListApp(below()).run_test(size=(40, 12)) as pilot:
        app = pilot.app
        assert isinstance(app, ListApp)
        assert not isinstance(app.shown, Page)
        app.shown.show(BELOW)
        app.shown.focus()
        await press(pilot, "end")
        before = top_of(pilot)
        app.shown.show(["! New", *BELOW[1:]])
        await pilot.pause()
        assert top_of(pilot) == before
        app.shown.show(BELOW, select="! Bob")
        await pilot.pause()
        assert "▌! Bob" in text_of(app)


async def test_a_page_to_read_moves_with_the_first_key() -> None:
    async with ListApp(Page(id="page", read=True)).run_test(size=(40, 12)) as pilot:
        app = pilot.app
        assert isinstance(app, ListApp)
        assert isinstance(app.shown, Page)
        app.shown.tell([("plain", text) for text in TEXTS], gap=0)
        app.shown.focus()
        await press(pilot, "down")
        assert top_of(pilot) == "text 1"
        await press(pilot, "end")
        assert "text 29" in text_of(app)
        await press(pilot, "up")
        assert top_of(pilot) == "text 19"
        await press(pilot, "pagedown", "home")
        assert top_of(pilot) == "text 0"

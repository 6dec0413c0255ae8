"""Every long text goes to `$EDITOR` with ctrl+g, and comes back; where nothing comes back it stays."""

from __future__ import annotations

from pathlib import Path

from textual.widgets import TextArea

from data.demo import fill
from data.store import Store
from screens.desk import Desk
from tests.screens.conftest import Outside
from tests.screens.hands import keys, settle
from tests.screens.seen import text_of
from tui.app import InroadApp
from tui.config import Config

SCREENS = Path(__file__).parent.parent.parent / "screens"
LONG = {
    "notes on somebody": "ctrl+g",
    "asking for an introduction": "I w",
    "the user’s introduction": "2 I",
    "what a talk is for": "2 O",
    "research": "2 R",
    "a template": "4 T",
    "a message": "4 e",
    "what was said in a talk": "w w enter w enter",
    "the signature": "comma down down down e",
}
"""From the board: the keys to each long text that can be written."""


def test_these_are_all_the_places_that_hold_a_long_text() -> None:
    """One more must come here, and have its way to the editor."""
    found = {file.name for file in SCREENS.rglob("*.py") if "TextArea(" in file.read_text(encoding="utf-8")}
    assert found == {"write.py", "template.py", "message_pane.py"}


async def test_every_long_text_goes_to_the_editor_and_comes_back(
    desk: Desk, store: Store, outside: Outside
) -> None:
    fill(store, desk.clock)
    async with InroadApp(desk, Config()).run_test(size=(120, 36)) as pilot:
        app = pilot.app
        await settle(pilot)
        for what, way in LONG.items():
            await keys(pilot, f"f1 {way}")
            area = app.focused
            assert isinstance(area, TextArea), (what, app.screen, area)
            area.text = "Half a line that"
            outside.edited = None
            await keys(pilot, "ctrl+g")
            assert "Nothing came back from the editor" in text_of(app), what
            assert area.text == "Half a line that", what
            outside.edited = "Half a line that\nbecame two."
            await keys(pilot, "ctrl+g")
            assert area.text == "Half a line that\nbecame two.", what
            await keys(pilot, "escape escape escape")

"""Pictures of all screens on the demo, at 80x24 and 120x36; one of them is the README's.

A picture depends on the Python and the Textual that made it, so it is compared on those alone. After a
wanted change: `python -m pytest -n 0 tests/screens/test_pictures.py --snapshot-update`, and
look at them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from textual import __version__
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from data.records import Person
from data.store import Store
from tests.screens.hands import press, settle, until
from tests.screens.seen import text_of
from tui.app import InroadApp

PYTHON = (3, 11)
TEXTUAL = "8.2.8"

pytestmark = [
    pytest.mark.snapshot,
    pytest.mark.skipif(
        sys.version_info[:2] != PYTHON or __version__ != TEXTUAL,
        reason=f"pictures are made with Python {PYTHON[0]}.{PYTHON[1]} and Textual {TEXTUAL}",
    ),
]

SIZES = {"small": (80, 24), "large": (120, 36)}
SCREENS: dict[str, tuple[tuple[str, ...], str]] = {
    "board": ((), "Next:"),
    "prep": (("2",), "Objective"),
    "meeting": (("3",), "Coming"),
    "meeting-live": (("3", "enter", *"nine people", "enter"), "20:00 left"),
    "wrap-up": (("3", "enter", *"nine people", "enter", *"/end", "enter"), "Did you thank them?"),
    "import": (("ctrl+o",), "Bring people in"),
    "duplicates": (("ctrl+p", *"duplicates", "enter", "tab"), "What stays"),
    "followups": (("4",), "words"),
    "ledger": (("6",), "Leads: to act on"),
    "settings": (("comma",), "Bell in a meeting"),
    "insights": (("5",), "Ask next"),
    "keys": (("question_mark",), "Go to the column on the left."),
    "search": (("ctrl+p", "p", "r", "i"), "Priya Nair"),
    "find": (("f",), "Carlos Mendes:"),
    "person": (("enter",), "What happened"),
}
"""By screen: the keys that lead there, and a text that is there when it is whole."""


def _twice(store: Store) -> None:
    """Two of the demo are in their network once more, from another address book."""
    with store.transaction("Set up") as tx:
        for number, name in enumerate(("Priya Nair", "Hannah Vogel")):
            person = next(each for each in store.all(Person) if each.name == name)
            other = Person(
                id=f"again-{number}",
                name=f"{name.split()[1]}, {name.split()[0]}",
                company=person.company,
                title="Design",
                phones=("+44 20 7946 0000",),
                notes="Met at the conference; likes maps.",
            )
            tx.put(other)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_looks_as_it_did(
    demo: InroadApp, name: str, size: str, snap_compare: Callable[..., bool]
) -> None:
    if name == "duplicates":
        _twice(demo.desk.store)

    async def walk(pilot: Pilot[int]) -> None:
        keys, whole = SCREENS[name]
        await settle(pilot)
        await press(pilot, *({" ": "space", "/": "slash"}.get(key, key) for key in keys))
        await pilot.app.workers.wait_for_complete()
        await until(pilot, lambda: whole in text_of(pilot.app))
        for line in pilot.app.screen.query(Input):
            line.cursor_blink = False
        for area in pilot.app.screen.query(TextArea):
            area.cursor_blink = False
        await pilot.pause()

    assert snap_compare(demo, terminal_size=SIZES[size], run_before=walk)

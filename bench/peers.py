"""What Inroad's keys are measured against: small Textual apps, as Textual comes.

`python -m bench.peers NAME [STORE]` runs one: `static`, `modes`, `input` or `table`.
"""

from __future__ import annotations

import sys
from pathlib import Path

from textual import events
from textual.app import App, ComposeResult
from textual.screen import Screen
from textual.widgets import DataTable, Input, Static

from bench.generate import NOW
from data.clock import FixedClock
from data.people.find import Finder
from data.store import Store


class OneStatic(App[None]):
    """One Static whose text changes with each key."""

    def compose(self) -> ComposeResult:
        yield Static("ready")

    def on_mount(self) -> None:
        self._presses = 0

    def on_key(self, _: events.Key) -> None:
        self._presses += 1
        self.query_one(Static).update(f"key {self._presses}")


class TwoModes(App[None]):
    """Two modes of one Static each; `1` and `2` switch."""

    MODES = {"first": lambda: OneText("first"), "second": lambda: OneText("second")}
    BINDINGS = [("1", "switch_mode('first')"), ("2", "switch_mode('second')")]

    def on_mount(self) -> None:
        self.switch_mode("first")


class OneText(Screen[None]):
    """A screen of one Static."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        yield Static(f"ready {self._text}")


class OneInput(App[None]):
    """An Input, and nothing else."""

    def compose(self) -> ComposeResult:
        yield Input(placeholder="ready")


class Table(App[None]):
    """An Input and a DataTable, filled anew with who matches each time a letter is typed. Who matches is
    found by Inroad's own search, so that the difference is the list's."""

    def __init__(self, store: Path) -> None:
        super().__init__()
        with Store.open(store, clock=FixedClock(NOW)) as opened:
            self._finder = Finder(opened.profile).load_all(opened.people())

    def compose(self) -> ComposeResult:
        yield Input(placeholder="ready")
        yield DataTable(cursor_type="row")

    def on_mount(self) -> None:
        self.query_one(DataTable).add_columns("Name", "Title", "Company")
        self.query_one(Input).focus()

    def on_input_changed(self, message: Input.Changed) -> None:
        table = self.query_one(DataTable)
        table.clear()
        if message.value:
            table.add_rows([(one.name, one.title, one.company) for one in self._finder.search(message.value)])


def main() -> None:
    """Run the one that is named."""
    name, *rest = sys.argv[1:]
    app: App[None]
    if name == "table":
        app = Table(Path(rest[0]))
    else:
        app = {"static": OneStatic, "modes": TwoModes, "input": OneInput}[name]()
    app.run()


if __name__ == "__main__":
    main()

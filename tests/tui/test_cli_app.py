"""Opening the app from the command line: where it can't, what is damaged, and the demo's store.

The app itself is replaced by a note of what it was opened on.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from data.clock import Clock
from data.records import Person
from data.store import Store
from tests.tui.cli import Line


class Opened:
    """What the app was opened on."""

    def __init__(self) -> None:
        self.path = Path()
        self.names: list[str] = []
        self.demo = self.read_only = False
        self.times = 0

    def __call__(self, store: Store, clock: Clock, *, config_file: Path, demo: bool = False) -> int:
        self.times += 1
        self.path, self.demo, self.read_only = store.path, demo, store.read_only
        self.names = [each.name for each in store.people()]
        store.close()
        return 0


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch, inroad: Line) -> Opened:
    """Stands in for the app, in a terminal that can draw it."""
    app = Opened()
    monkeypatch.setattr("tui.run.open_app", app)
    inroad.environ["TERM"] = "xterm-256color"
    return app


def test_without_a_command_the_app_opens_on_the_store(inroad: Line, opened: Opened) -> None:
    assert inroad(terminal=True).status == 0
    assert (opened.path, opened.demo) == (inroad.store, False)


@pytest.mark.parametrize("command", [[], ["demo"], ["demo", "--keep", "kept.json"]])
def test_without_a_terminal_there_is_a_sentence_and_nothing_is_made(
    inroad: Line, opened: Opened, command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "needs a terminal" in inroad(*command).refused()
    for term in ("dumb", "", "unknown"):
        inroad.environ["TERM"] = term
        assert "TERM" in inroad(*command, terminal=True).refused()
    assert opened.times == 0
    assert list(tmp_path.iterdir()) == []


def keep(line: Line, *names: str) -> None:
    """A closed store with some people."""
    with Store.open(line.store, clock=line.clock) as store, store.transaction("Added people") as tx:
        for name in names:
            tx.put(Person(id=name, name=name))


def damage(line: Line) -> bytes:
    """Cut the store off; returns what is left."""
    data = line.store.read_bytes()[:-20]
    line.store.write_bytes(data)
    return data


def test_a_damaged_store_is_left_where_the_user_stops(inroad: Line, opened: Opened) -> None:
    keep(inroad, "Maria Chen")
    left = damage(inroad)
    for typed in ("", "\n", "9\nx\n"):
        outcome = inroad(terminal=True, given=typed)
        assert outcome.status == 2
        assert "damaged" in outcome.err
        assert "Nothing was changed" in outcome.err
    assert opened.times == 0
    assert inroad.store.read_bytes() == left


def test_a_damaged_store_opens_as_chosen(inroad: Line, opened: Opened) -> None:
    keep(inroad, "Maria Chen", "Tomás Rey")
    left = damage(inroad)
    outcome = inroad(terminal=True, given="1\n\n")
    assert outcome.status == 0, outcome
    assert opened.names == ["Maria Chen"]
    assert "Look at this" in outcome.err
    line = next(line for line in outcome.err.splitlines() if "before is in" in line)
    assert Path(line.rpartition(" is in ")[2]).read_bytes() == left


@pytest.mark.parametrize("content", [b"", b"{}", b"my diary"])
def test_a_file_that_is_not_ours_is_refused(inroad: Line, opened: Opened, content: bytes) -> None:
    inroad.store.parent.mkdir()
    inroad.store.write_bytes(content)
    inroad(terminal=True).refused()
    assert opened.times == 0
    assert inroad.store.read_bytes() == content


def test_a_folder_is_no_store(inroad: Line, opened: Opened) -> None:
    inroad.store.mkdir(parents=True)
    assert "folder" in inroad(terminal=True).refused()


def test_a_file_as_folder_is_no_place_for_a_store(inroad: Line, opened: Opened) -> None:
    inroad.store.parent.write_text("a file")
    inroad(terminal=True).refused()

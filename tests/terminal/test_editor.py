"""`$EDITOR` for a longer text: whatever becomes of the editor, the app comes back and no word is lost."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from msgspec.structs import replace

from data.clock import SystemClock
from data.records import TemplateOverride
from data.store import Store
from tests.terminal.conftest import User
from tests.terminal.tmux import Terminal


def script(folder: Path, text: str) -> dict[str, str]:
    """An editor that does what the shell's `text` says; the environment that names it."""
    file = folder / "editor of mine.sh"
    file.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    file.chmod(0o755)
    return {"EDITOR": f'"{file}"'}


def somebody(user: User) -> None:
    """Sam, in the store of a user who has been welcomed."""
    user.run("add", "Sam Okafor")
    with Store.open(user.store, clock=SystemClock()) as store:
        store.save_profile(replace(store.profile, welcomed=True))


def notes(terminal: Terminal) -> None:
    """Open the notes on the person under the cursor."""
    terminal.wait("Sam Okafor")
    terminal.keys("C-g")
    terminal.wait("your editor")


def test_what_the_editor_saved_is_kept_also_when_it_failed_afterwards(user: User) -> None:
    somebody(user)
    for number, ending in enumerate(("exit 0", "exit 1", "kill -9 $$")):
        with user.terminal(environ=script(user.home, f'echo "word {number}" > "$1"; {ending}')) as terminal:
            notes(terminal)
            terminal.keys("C-g")
            terminal.wait(f"word {number}")
            terminal.keys("C-s")
            terminal.gone("your editor")
            terminal.keys("C-q")
            assert terminal.status() == 0


@pytest.mark.parametrize("command", ["/not/there", "'unbalanced", "false"])
def test_an_editor_that_is_not_there_is_told_and_the_words_stay(user: User, command: str) -> None:
    somebody(user)
    with user.terminal(environ={"EDITOR": command}) as terminal:
        notes(terminal)
        terminal.type("mine")
        terminal.keys("C-g")
        terminal.wait("Nothing came back from the editor")
        terminal.type(" still")
        terminal.wait("mine still")
        terminal.keys("Escape")
        terminal.gone("your editor")
        terminal.keys("C-q")
        assert terminal.status() == 0


def test_a_window_closed_over_the_editor_keeps_what_was_saved_in_it(user: User) -> None:
    somebody(user)
    opened = user.home / "opened"
    environ = script(user.home, f'echo "saved before" > "$1"; touch "{opened}"; sleep 60')
    with user.terminal(environ=environ) as terminal:
        notes(terminal)
        terminal.keys("C-g")
        deadline = time.monotonic() + 20
        while not opened.exists():
            assert time.monotonic() < deadline, terminal.screen()
            time.sleep(0.02)
        process = terminal.pid
        terminal.tmux("kill-pane", must=False)
        while os.path.exists(f"/proc/{process}"):
            assert time.monotonic() < deadline + 20
            time.sleep(0.02)
    with user.terminal() as terminal:
        notes(terminal)
        terminal.wait("saved before")


def test_a_broken_template_from_the_editor_is_told_and_the_last_good_one_stays(user: User) -> None:
    somebody(user)
    broken = r"""printf 'Subject: Mine\n\nHello {{ frist_name }}' > "$1" """
    good = r"""printf 'Subject: Mine\n\nHello {{ first_name }}, this is my own.' > "$1" """
    environ = script(user.home, f'if mkdir "$0.once"; then {broken}; else {good}; fi')
    with user.terminal(environ=environ) as terminal:
        terminal.wait("Sam Okafor")
        terminal.type("W")
        terminal.wait("Hi Sam,")
        terminal.type("T")
        terminal.wait("Template:")
        terminal.keys("C-g")
        terminal.wait("Line 3: there is no fact called “frist_name”; did you mean “first_name”?")
        terminal.keys("C-s")
        terminal.wait("Hello {{ frist_name }}")
        assert "Template kept." not in terminal.screen()
        with Store.open(user.store, clock=SystemClock()) as store:
            assert store.all(TemplateOverride) == []
        terminal.keys("C-g")
        terminal.wait("Hello Sam, this is my own.")
        terminal.keys("C-s")
        terminal.wait("Template kept.")
        terminal.gone("Template:")
        terminal.wait("Hello Sam, this is my own.")
        terminal.keys("C-q")
        assert terminal.status() == 0
    with Store.open(user.store, clock=SystemClock()) as store:
        (kept,) = store.all(TemplateOverride)
        assert kept.text.endswith("Hello {{ first_name }}, this is my own.")

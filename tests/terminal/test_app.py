"""The app in a real terminal: it opens, takes in what others add, and leaves everything as it should."""

from __future__ import annotations

import os
import signal
import stat
import sys
from pathlib import Path

import pytest

from tests.terminal.conftest import PROGRAM, User
from tests.terminal.tmux import Terminal


def test_the_demo_opens_and_leaves_nothing_behind(user: User) -> None:
    with user.terminal("demo") as terminal:
        screen = terminal.wait("Maria Chen")
        assert "To ask" in screen
        assert list((user.home / "tmp").glob("inroad-demo-*"))
        terminal.keys("q")
        assert terminal.status() == 0
        assert "Maria Chen" not in terminal.screen()
    assert list((user.home / "tmp").iterdir()) == []
    assert not user.store.parent.exists()


def test_the_demo_can_be_kept(user: User) -> None:
    kept = user.home / "my demo.json"
    with user.terminal("demo", "--keep", str(kept)) as terminal:
        terminal.wait("Maria Chen")
        terminal.keys("q")
        assert terminal.status() == 0
        assert "my demo.json" in terminal.everything()
    assert "whole" in user.run("doctor", "--store", str(kept))
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_esc_and_a_key_that_come_as_one_are_two_keys(user: User) -> None:
    with user.terminal("demo") as terminal:
        terminal.wait("Maria Chen")
        terminal.keys("n")
        terminal.wait("New person")
        # As tmux hands on what comes in less than its escape-time.
        terminal.tmux("send-keys", "M-5")
        terminal.wait("From asked to told")
        terminal.keys("q")
        assert terminal.status() == 0


def test_somebody_added_elsewhere_is_on_the_board_at_once(user: User) -> None:
    user.run("add", "Tomás Rey, CTO @ Loom")
    with user.terminal() as terminal:
        terminal.wait("Welcome")
        terminal.keys("Escape")
        terminal.gone("Welcome")
        terminal.wait("Tomás Rey")
        user.run("add", "Sam Okafor, PM @ Ledgerly")
        terminal.wait("Sam Okafor")
        terminal.keys("q")
        assert terminal.status() == 0
    assert "2  people" in user.run("doctor")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_closed_window_ends_it_in_order(user: User, number: signal.Signals) -> None:
    with user.terminal("demo") as terminal:
        terminal.wait("Maria Chen")
        os.kill(terminal.pid, number)
        assert terminal.status() == 128 + number
        assert "Traceback" not in terminal.everything()
        assert "Maria Chen" not in terminal.screen()
    assert list((user.home / "tmp").iterdir()) == []


@pytest.mark.parametrize("term", ["dumb", "unknown"])
def test_a_terminal_that_cannot_draw_is_told(user: User, term: str) -> None:
    program: list[str | Path] = ["env", f"TERM={term}", sys.executable, PROGRAM]
    with Terminal(program, home=user.home, environ=user.environ) as terminal:
        terminal.wait("can't draw")
        assert terminal.status() == 2
        assert "Traceback" not in terminal.everything()


def test_control_characters_of_a_name_never_reach_the_terminal(user: User) -> None:
    name = "Eve \x1b]0;OWNED\x07\x1b[2J\x9b31m [red]R[/] {name}"
    user.run("add", name)
    with user.terminal() as terminal:
        terminal.wait("Welcome")
        terminal.keys("Escape")
        terminal.gone("Welcome")
        assert "Eve" in terminal.screen()
        assert "OWNED" not in terminal.tmux("display-message", "-p", "#{pane_title}")
        terminal.keys("q")
        terminal.status()
    script = "; ".join(f"'{sys.executable}' '{PROGRAM}' {each}" for each in ("find Eve", "today", "where"))
    with Terminal(["sh", "-c", script], home=user.home, environ=user.environ) as terminal:
        terminal.status()
        assert "OWNED" not in terminal.tmux("display-message", "-p", "#{pane_title}")
        assert "Eve" in terminal.everything()

"""The store in a real terminal: signals, a stopped process, damage, and what is offered then."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.terminal.conftest import PROGRAM, User
from tests.terminal.tmux import Terminal

HOLD = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from data.store.files import OsFiles
from data.store.lock import StoreLock
with StoreLock(sys.argv[1] + ".lock", OsFiles()):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def stopped_holder(store: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that was stopped while it held the store's lock."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(store), str(PROGRAM.parent)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    process.send_signal(signal.SIGSTOP)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def past_the_welcome(terminal: Terminal) -> None:
    terminal.wait("Welcome")
    terminal.keys("Escape")
    terminal.gone("Welcome")


def typed_back(user: User, keys: str, text: str) -> None:
    """Open the app again: what was half typed is back."""
    with user.terminal() as terminal:
        terminal.wait("Sam Okafor")
        if keys:
            terminal.keys(keys)
        terminal.wait(text)
        if keys:
            terminal.keys("Escape")
            terminal.gone(text)
        terminal.keys("C-q")
        assert terminal.status() == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_while_typing_in_the_meeting(user: User, number: signal.Signals) -> None:
    user.run("add", "Sam Okafor, PM @ Stripe")
    with user.terminal() as terminal:
        past_the_welcome(terminal)
        terminal.keys("m")
        terminal.wait("promised")
        terminal.type("kept")
        terminal.keys("Enter")
        terminal.wait("00:0")
        terminal.type("half a li")
        terminal.wait("half a li")
        os.kill(terminal.pid, number)
        assert terminal.status() == 128 + number
        assert "Traceback" not in terminal.everything()
        assert "promised" not in terminal.screen()
    typed_back(user, "", "half a li")
    assert "1  entries" in user.run("doctor")


def test_a_closed_window_while_typing_in_a_form(user: User) -> None:
    user.run("add", "Sam Okafor, PM @ Stripe")
    with user.terminal() as terminal:
        past_the_welcome(terminal)
        terminal.keys("e")
        terminal.wait("Edit Sam Okafor")
        terminal.keys("Tab")
        terminal.type(" of payments")
        terminal.wait("of payments")
        os.kill(terminal.pid, signal.SIGHUP)
        assert terminal.status() == 128 + signal.SIGHUP
        assert "Traceback" not in terminal.everything()
    typed_back(user, "e", "of payments")


def test_a_stopped_process_that_holds_the_store_freezes_nothing(user: User) -> None:
    user.run("add", "Sam Okafor, PM @ Stripe")
    with user.terminal() as terminal:
        past_the_welcome(terminal)
        with stopped_holder(user.store):
            terminal.keys("x")
            terminal.wait("Waiting for another Inroad")
            terminal.keys("Escape")
            terminal.until(lambda screen: "nothing was changed" in " ".join(screen.split()), "no sentence")
            terminal.keys("x")
            terminal.wait("Waiting for another Inroad")
            terminal.wait("(ctrl+z?)")
        terminal.wait("Removed Sam Okafor")
        terminal.keys("u")
        terminal.wait("Undid: Removed Sam Okafor")
        terminal.keys("q")
        assert terminal.status() == 0


def test_damage_is_named_and_the_records_that_can_be_read_are_offered(user: User) -> None:
    for name in ("Sam Okafor", "Lena Fischer"):
        user.run("add", name)
    data = user.store.read_bytes()
    user.store.write_bytes(data.replace(b"Lena Fischer", b"Lena \x00ischer"))
    with user.terminal() as terminal:
        screen = terminal.wait("What shall be done?")
        assert "inroad.json" in screen
        assert "1  Go on with every record that can still be read" in screen
        assert "Go back to the backup of" in screen
        assert "Stop, and leave everything as it is" in screen
        terminal.type("1\n")
        terminal.wait("What was there before is in")
        terminal.wait("Press Enter")
        terminal.keys("Enter")
        past_the_welcome(terminal)
        terminal.wait("Sam Okafor")
        terminal.keys("q")
        assert terminal.status() == 0
    (aside,) = user.store.parent.glob("inroad.json.aside-????????-??????")
    assert b"Lena \x00ischer" in aside.read_bytes()

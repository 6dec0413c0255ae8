"""The start from outside, in a pseudo-terminal: what the first frame loads, and keys typed before it."""

from __future__ import annotations

import os
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from data.clock import FixedClock
from data.records import PROFILE_ID, Person, Profile, Stage
from data.store import Store
from tests.tui.cli import ROOT
from tui.cli.app import LARGE

fcntl = pytest.importorskip("fcntl")

LATER = (
    *("_ssl", "argparse", "dateutil", "filelock", "hashlib", "icalendar", "jinja2", "json", "pyperclip"),
    *("base64", "rapidfuzz", "secrets", "shlex", "tinydb", "tomllib", "tree_sitter", "vobject"),
    *("textual.command", "textual.scrollbar", "textual.widgets._data_table", "textual.widgets._text_area"),
    *("data.actions", "data.days", "data.demo", "data.exports", "data.imports", "data.insights"),
    *("data.messages", "data.stages", "data.store.backups", "data.store.doctor"),
    *("screens.dialogs", "screens.find", "screens.followups", "screens.insights", "screens.meeting"),
    *("screens.person", "screens.prep", "tui.cli.arguments"),
)
"""Modules that nobody needs to see their board."""

NOTING = """
import sys
out = open(sys.argv.pop(1), "w", buffering=1)
def note(event, args):
    if event == "exec":
        out.write(args[0].co_filename + "\\n")
    elif event == "import":
        out.write(args[0] + "\\n")
sys.addaudithook(note)
import runpy
runpy.run_path(sys.argv.pop(1), run_name="__main__")
"""
"""Notes in a file what is loaded, by its place or its name, then runs a program."""


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store with somebody on the board, of a user who has been welcomed."""
    path = tmp_path / "inroad.json"
    with Store.open(path, clock=FixedClock(datetime(2026, 11, 23, tzinfo=UTC))) as opened:
        opened.save_profile(Profile(id=PROFILE_ID, name="Ada", welcomed=True))
        with opened.transaction("Added Sam Okafor") as tx:
            tx.put(Person(id="sam", name="Sam Okafor", stage=Stage.TO_ASK))
    return path


class Started:
    """The program on a terminal of its own; `written` is what it has put there."""

    def __init__(self, master: int, process: subprocess.Popen[bytes]) -> None:
        self._master = master
        self._process = process
        self.written = b""

    def lose(self) -> int:
        """Take the terminal away without a word; returns the exit status of the program."""
        os.close(self._master)
        self._master = -1
        return self._process.wait(timeout=30)

    def wait_for(self, sign: bytes) -> None:
        """Read until `sign` has been written."""
        until = time.monotonic() + 60
        while sign not in self.written:
            assert time.monotonic() < until, self.written[-2000:]
            if select.select([self._master], [], [], 1)[0]:
                self.written += os.read(self._master, 65536)

    def type(self, keys: bytes) -> None:
        """Type, whether the program is there to read it or not."""
        os.write(self._master, keys)


@contextmanager
def started(store: Path, *how: str, columns: int = 120, lines: int = 36) -> Iterator[Started]:
    """The app on a store in a pseudo-terminal of that size."""
    import pty
    import struct
    import termios

    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    command = [sys.executable, *how, str(ROOT / "inroad.py"), "--store", str(store)]
    # A worker of pytest-xdist has a size in its environment, which would go before the terminal's own.
    environ = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
    environ |= {"TERM": "xterm-256color", "HOME": str(store.parent)}
    process = subprocess.Popen(
        command, stdin=slave, stdout=slave, stderr=slave, env=environ, start_new_session=True
    )
    os.close(slave)
    try:
        yield (terminal := Started(master, process))
    finally:
        process.kill()
        process.wait()
        if terminal._master != -1:
            os.close(master)


def test_the_first_frame_loads_nothing_that_it_does_not_show(store: Path) -> None:
    noted = store.parent / "loaded"
    with started(store, "-c", NOTING, str(noted)) as terminal:
        terminal.wait_for(b"Sam Okafor")
        lines = noted.read_text().splitlines()
    shown = ("textual.app", "screens.board.screen", "data.store.store")
    assert [name for name in (*shown, *LATER) if any(map(_is(name), lines))] == list(shown)


def _is(module: str) -> Callable[[str], bool]:
    """Whether a noted line is that module; one of a package is known by its place."""
    place = module.replace(".", "/")
    ends = (f"/{place}.py", f"/{place}/__init__.py") if "." in module else ()
    return lambda line: line == module or line.endswith(ends)


def test_the_first_frame_of_a_narrow_terminal_is_laid_out_for_it(store: Path) -> None:
    with started(store, columns=80, lines=24) as terminal:
        terminal.wait_for(b"Sam Okafor")
        seen = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", terminal.written.decode(errors="replace"))
    assert f"╭─ To ask {'─' * 65} 1 ─╮" in seen


def test_a_large_store_is_read_while_the_app_is_loaded(store: Path) -> None:
    with (
        Store.open(store, clock=FixedClock(datetime(2026, 11, 23, tzinfo=UTC))) as opened,
        opened.transaction("Wrote a lot") as tx,
    ):
        tx.put(Person(id="maria", name="Maria Chen", stage=Stage.ASKED, notes="a word " * (LARGE // 7)))
    assert store.stat().st_size > LARGE
    with started(store) as terminal:
        terminal.wait_for(b"Maria Chen")
        assert b"Sam Okafor" in terminal.written


def test_a_large_store_that_is_damaged_is_told_before_the_app(store: Path) -> None:
    damaged = b'{"_inroad":{"1":{"app":"inroad"' + b" " * LARGE
    store.write_bytes(damaged)
    with started(store) as terminal:
        terminal.wait_for(b"What shall be done?")
        assert str(store).encode() in terminal.written.replace(b"\r\n", b" ")
    assert store.read_bytes() == damaged


def test_a_key_typed_before_the_first_frame_is_done_after_it(store: Path) -> None:
    with started(store) as terminal:
        terminal.type(b"n")
        terminal.wait_for(b"New person")
        terminal.type(b"Maria Chen\r")
        terminal.wait_for(b"Maria Chen")
        terminal.type(b"u")
        terminal.wait_for(b"Undid")


def test_a_terminal_that_is_gone_without_a_signal_ends_it_and_keeps_what_was_typed(store: Path) -> None:
    """Started without a controlling terminal (by setsid or a service), nobody sends it a SIGHUP."""
    with started(store) as terminal:
        terminal.wait_for(b"Sam Okafor")
        terminal.type(b"n")
        terminal.wait_for(b"New person")
        terminal.type(b"Half a na")
        terminal.wait_for(b"Half a na")
        assert terminal.lose() == 128 + signal.SIGHUP
    drafts = [file.read_text() for file in store.parent.glob("draft-*")]
    assert any("Half a na" in draft for draft in drafts)

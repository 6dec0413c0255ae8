"""The harness itself: what it claims of a program is what that program did."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path

import pytest

from tests.terminal.tmux import NeverCame, Terminal


def test_types_waits_and_tells_the_exit_status(tmp_path: Path) -> None:
    program = "import sys; name = input('name? '); print('hello', name[::-1]); sys.exit(7)"
    with Terminal([sys.executable, "-c", program], home=tmp_path, size=(60, 10)) as terminal:
        terminal.wait("name?")
        terminal.type("-abc; x")
        terminal.keys("Enter")
        assert "hello x ;cba-" in terminal.wait("hello")
        assert terminal.status() == 7


def test_what_never_comes_fails_with_the_screen(tmp_path: Path) -> None:
    with Terminal(["sh", "-c", "echo shown; read x"], home=tmp_path) as terminal:
        terminal.wait("shown")
        with pytest.raises(NeverCame, match="shown"):
            terminal.wait("missing", seconds=0.1)


def test_the_end_leaves_no_server_and_no_folder(tmp_path: Path) -> None:
    terminal = Terminal(["sleep", "60"], home=tmp_path)
    with contextlib.suppress(ZeroDivisionError), terminal:
        assert terminal.folder.exists()
        _ = 1 / 0
    assert not terminal.folder.exists()
    assert terminal.tmux("list-sessions", must=False) == ""


def test_a_killed_program_starts_again(tmp_path: Path) -> None:
    script = ["sh", "-c", f"echo run >> {tmp_path}/runs; wc -l < {tmp_path}/runs; kill -9 $$"]
    with Terminal(script, home=tmp_path) as terminal:
        assert terminal.status() == 128 + 9
        terminal.again(["sh", "-c", f"wc -l < {tmp_path}/runs; read x"])
        terminal.wait("1")
        assert not terminal.dead


def test_the_terminals_clipboard_is_read(tmp_path: Path) -> None:
    program = "print('\\x1b]52;c;a2VwdA==\\x07done'); input()"
    with Terminal([sys.executable, "-c", program], home=tmp_path) as terminal:
        terminal.wait("done")
        assert terminal.clipboard() == "kept"

"""The clipboard on real programs: an X server with xclip, a tmux server, dead and frozen ones.

Each is read back from another process. Where a program is missing the test is skipped and says so.
"""

from __future__ import annotations

import base64
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tui.clipboard import Clipboard
from tui.programs import Ran, run

TEXT = "Dear Tomás,\n\nthank you — 二十分 [/] \x1b]0;x\x07 done\n"
BASE = {"PATH": os.environ.get("PATH", os.defpath), "TERM": "xterm-256color", "LANG": "C.UTF-8"}


def patient(environ: Mapping[str, str], folder: Path) -> Clipboard:
    """A clipboard with time enough for a loaded machine, where the time is not what is tested."""
    return Clipboard(environ=environ, write=None, file=folder / "copied.txt", seconds=20)


def need(*programs: str) -> None:
    """Skip the test with a reason where one of `programs` is not installed."""
    for program in programs:
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")


class XServer:
    """A virtual X server on a display of its own."""

    def __init__(self) -> None:
        reading, writing = os.pipe()
        command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "64x64x24", "-nolisten", "tcp"]
        self.process = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
        os.close(writing)
        with os.fdopen(reading) as stream:
            number = stream.readline().strip()
        if not number:
            pytest.skip("Xvfb does not start here")
        self.environ = {**BASE, "DISPLAY": f":{number}"}

    def held(self) -> str:
        """What another program pastes."""
        command = ["xclip", "-selection", "clipboard", "-o"]
        done = subprocess.run(command, env=self.environ, capture_output=True, timeout=10, check=True)
        return done.stdout.decode()

    def stop(self) -> None:
        """End it, frozen or not."""
        self.process.send_signal(signal.SIGCONT)
        self.process.kill()
        self.process.wait()


@pytest.fixture
def x_server() -> Iterator[XServer]:
    """An X server that ends with the test."""
    need("Xvfb", "xclip")
    server = XServer()
    try:
        yield server
    finally:
        server.stop()


def test_xclip_is_read_back_from_another_process(x_server: XServer, tmp_path: Path) -> None:
    clipboard = patient(x_server.environ, tmp_path)
    for text in (TEXT, "x" * 200_000, "second"):
        outcome = clipboard.copy(text)
        assert (outcome.how, outcome.sentence) == ("copied", "Copied")
        assert x_server.held() == text


def test_a_program_in_the_users_folder_does_not_stand_in_for_pyperclip(
    x_server: XServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pyperclip.py").write_text("raise SystemExit(0)")
    monkeypatch.chdir(tmp_path)
    clipboard = patient(x_server.environ, tmp_path)
    assert clipboard.copy(TEXT).how == "copied"
    assert x_server.held() == TEXT


def test_a_frozen_display_costs_a_second_and_leaves_nothing_running(
    x_server: XServer, tmp_path: Path
) -> None:
    written: list[str] = []
    clipboard = Clipboard(environ=x_server.environ, write=written.append, file=tmp_path / "copied.txt")
    x_server.process.send_signal(signal.SIGSTOP)
    before = time.monotonic()
    outcome = clipboard.copy(TEXT)
    assert 0.9 < time.monotonic() - before < 20
    assert outcome.how == "sent"
    assert base64.b64decode(written[0][7:-1]).decode() == TEXT
    display = f"DISPLAY={x_server.environ['DISPLAY']}".encode()
    assert all(ended(pid) for pid in processes("xclip") if display in environment(pid))


def processes(name: str) -> list[int]:
    """The processes of that name, where the machine has a /proc."""
    return [
        int(path.parent.name)
        for path in Path("/proc").glob("[0-9]*/comm")
        if _read(path).strip() == name.encode()
    ]


def ended(pid: int) -> bool:
    """Whether a process that was killed is gone, or goes within the seconds that a loaded machine takes."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], 10)[0])
    finally:
        os.close(handle)


def environment(pid: int) -> list[bytes]:
    """A process's environment; nothing for one that has just ended."""
    return _read(Path(f"/proc/{pid}/environ")).split(b"\0")


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def test_a_dead_display_is_no_copy(tmp_path: Path) -> None:
    environ = {**BASE, "TERM": "linux", "DISPLAY": ":4093"}
    outcome = Clipboard(environ=environ, write=None, file=tmp_path / "copied.txt").copy(TEXT)
    assert outcome.how == "file"
    assert (tmp_path / "copied.txt").read_text(encoding="utf-8") == TEXT


def test_a_display_without_any_program_is_no_copy(tmp_path: Path) -> None:
    environ = {**BASE, "PATH": str(tmp_path), "DISPLAY": ":0"}
    written: list[str] = []
    outcome = Clipboard(environ=environ, write=written.append, file=tmp_path / "copied.txt").copy(TEXT)
    assert outcome.how == "sent"


@pytest.fixture
def tmux_environ() -> Iterator[dict[str, str]]:
    """The environment of a program that runs inside a tmux server of the test's own."""
    need("tmux")
    folder = tempfile.mkdtemp(prefix="inroad-clip-")
    command = ["tmux", "-S", f"{folder}/socket", "-f", "/dev/null"]
    environ = {**BASE, "TMUX": f"{folder}/socket,1,0"}
    subprocess.run([*command, "new-session", "-d", "sleep 600"], env=BASE, check=True, timeout=20)
    try:
        yield environ
    finally:
        subprocess.run([*command, "kill-server"], env=BASE, check=False, timeout=20)
        shutil.rmtree(folder)


def test_tmux_shows_the_buffer(tmux_environ: dict[str, str], tmp_path: Path) -> None:
    clipboard = patient(tmux_environ, tmp_path)
    for text in (TEXT, "second", "x" * 200_000):
        assert clipboard.copy(text).how == "copied"
        shown = subprocess.run(
            ["tmux", "show-buffer"], env=tmux_environ, capture_output=True, check=True, timeout=20
        )
        assert shown.stdout.decode() == text


def test_a_tmux_that_has_ended_is_no_copy(tmp_path: Path) -> None:
    need("tmux")
    environ = {**BASE, "TMUX": f"{tmp_path}/gone,1,0"}
    written: list[str] = []
    outcome = Clipboard(environ=environ, write=written.append, file=tmp_path / "copied.txt").copy(TEXT)
    assert outcome.how == "sent"


def test_no_clipboard_at_all_is_a_file(tmp_path: Path) -> None:
    environ = {"PATH": "", "TERM": "dumb"}
    outcome = Clipboard(environ=environ, write=None, file=tmp_path / "copied.txt").copy(TEXT)
    assert outcome.how == "file"
    assert (tmp_path / "copied.txt").read_text(encoding="utf-8") == TEXT


def test_a_program_that_leaves_a_child_behind_holds_nobody_up() -> None:
    started = time.monotonic()
    ran = run(["sh", "-c", "cat >&2; sleep 40 & exit 3"], given=b"x", environ=BASE, seconds=30)
    assert ran is not None
    assert ran.status == 3
    assert time.monotonic() - started < 30


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="this system tells no end of other processes")
def test_a_program_over_its_time_is_ended_with_its_children(tmp_path: Path) -> None:
    note = tmp_path / "child"
    script = f"sh -c 'echo $$ > {note}; exec sleep 60' & wait"
    for seconds in (0.5, 5.0, 30.0):
        assert run(["sh", "-c", script], given=b"", environ=BASE, seconds=seconds) is None
        if note.exists() and note.read_text():
            break  # On a machine that is busy, the first time it may not have come to that.
    assert ended(int(note.read_text()))


def test_a_missing_program_is_none() -> None:
    assert run(["/nowhere/at-all"], given=b"", environ=BASE, seconds=1.0) is None
    heard = run([sys.executable, "-c", "print('heard')"], given=b"", environ=BASE, seconds=60, listen=True)
    assert heard == Ran(0, b"heard\n")

"""How long until the first frame with people's names, and how much memory, against an empty Textual app.

Run from the repository: `python -m bench.startup`. Each start is a process of its own in a
pseudo-terminal of 120x36; what is measured is the time from its start to the bytes of the frame. With
`--peers FOLDER` also against Posting and Harlequin, each installed there in a virtual environment of its
own where it isn't yet.
"""

from __future__ import annotations

import argparse
import compileall
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
import venv
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bench.generate import NOW, SIZES, make_store, names_on_board
from bench.table import Row, Times, markdown
from data.clock import FixedClock
from data.records import PROFILE_ID, Profile
from data.store import Store

ROUNDS = 15
LIMIT = 30.0
IDLE = 3.0
"""Seconds that the app is left alone before its memory is read: what follows the first frame counts."""

EMPTY = """
from textual.app import App
from textual.widgets import Static
class Empty(App):
    def compose(self):
        yield Static("everybody")
Empty().run()
"""


@dataclass(frozen=True)
class Peer:
    """A program to start beside ours: what pip is to install, its command, and what its first frame says.

    Each opens on what it shows a new user, with nothing of the user's own to read.
    """

    name: str
    packages: tuple[str, ...]
    options: tuple[str, ...]
    sign: str


PEERS = (
    # With tree-sitter 0.26 Posting 2.11 ends in a segmentation fault before its first frame.
    Peer("posting", ("posting", "tree-sitter<0.26"), (), "Enter a URL"),
    # Without a locale it waits to explain that it has none.
    Peer("harlequin", ("harlequin",), ("--locale", "C"), "Data Catalog"),
)


@dataclass(frozen=True)
class Started:
    """What one start took: seconds to the frame, and the most memory in bytes until it was ended."""

    seconds: float
    memory: int


def start(command: list[str], signs: list[str], *, idle: float = 0.0, home: str = "") -> Started:
    """Start a program in a pseudo-terminal; its frame is there when one of `signs` has been written.

    `home` is a folder to take for the user's own.
    """
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 36, 120, 0, 0))
    environ = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    for name in ("PYTHONDONTWRITEBYTECODE", "COLUMNS", "LINES"):
        environ.pop(name, None)
    if home:
        environ = {name: value for name, value in environ.items() if not name.startswith("XDG_")}
        environ["HOME"] = home
    began = time.perf_counter()
    process = subprocess.Popen(
        command, stdin=slave, stdout=slave, stderr=slave, env=environ, start_new_session=True
    )
    os.close(slave)
    try:
        seconds = _wait_for(master, re.compile("|".join(map(re.escape, signs)).encode()), began) - began
        until = time.perf_counter() + idle
        while (left := until - time.perf_counter()) > 0:
            if select.select([master], [], [], left)[0]:
                os.read(master, 65536)
        memory = _peak(process.pid)
    finally:
        _end(process)
        os.close(master)
    return Started(seconds, memory)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program and all that it has started: who is left over would share the machine with the next."""
    process.kill()
    while left := _session(process.pid):
        for pid in left:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.01)
    process.wait()


def _session(leader: int) -> list[int]:
    """The living processes of the session that one process leads (Linux)."""
    found = []
    for entry in Path("/proc").iterdir():
        with suppress(OSError):
            if entry.name.isdecimal():
                # Behind the name in brackets: state, parent, group, session.
                state, _, _, session = (entry / "stat").read_text().rpartition(")")[2].split()[:4]
                if session == str(leader) and state not in "ZX":
                    found.append(int(entry.name))
    return found


def _peak(pid: int) -> int:
    """The most memory that a process has had at once, in bytes (Linux; what wait4 tells would count the
    measuring process, of which this one was forked)."""
    with open(f"/proc/{pid}/status") as file:
        return next(int(line.split()[1]) * 1024 for line in file if line.startswith("VmHWM"))


def _wait_for(master: int, sign: re.Pattern[bytes], began: float) -> float:
    seen = b""
    while time.perf_counter() - began < LIMIT:
        if select.select([master], [], [], 1.0)[0]:
            seen += os.read(master, 65536)
            if sign.search(seen):
                return time.perf_counter()
    raise TimeoutError(f"nobody's name appeared in {seen[-2000:]!r}")


def install(peer: Peer, folder: Path) -> list[str] | None:
    """The command of a peer that lies in `folder`, installed if it isn't; None if that can't be done."""
    where = folder / peer.name
    program = where / "bin" / peer.name
    if not program.exists():
        venv.create(where, with_pip=True)
        pip = [str(where / "bin" / "python"), "-m", "pip", "install", "-q", *peer.packages]
        if subprocess.run(pip, check=False).returncode:
            return None
    return [str(program), *peer.options]


def run(folder: Path, peers: Path | None) -> tuple[list[Row], list[str]]:
    """All starts, in turn; the rows, and what has to be said about them."""
    for package in ("data", "screens", "tui"):
        # As an installed copy is.
        compileall.compile_dir(package, quiet=2)
    commands: dict[str, tuple[list[str], list[str], str]] = {}
    commands["empty"] = ([sys.executable, "-c", EMPTY], ["everybody"], "")
    for people in (SIZES[0], SIZES[-1]):
        path = folder / f"{people}.json"
        make_store(path, people)
        with Store.open(path, clock=FixedClock(NOW)) as store:
            store.save_profile(Profile(id=PROFILE_ID, name="Ada", welcomed=True))
        command = [sys.executable, "inroad.py", "--store", str(path)]
        commands[str(people)] = (command, names_on_board(people), "")
    notes: list[str] = []
    for peer in PEERS if peers is not None else ():
        assert peers is not None
        installed = install(peer, peers.absolute())
        if installed is None:
            notes.append(f"{peer.name} could not be installed here.")
            continue
        own_home = folder / f"home-{peer.name}"
        own_home.mkdir()
        commands[peer.name] = (installed, [peer.sign], str(own_home))
    taken: dict[str, list[Started]] = {name: [] for name in commands}
    for round in range(ROUNDS + 1):
        for name, (command, signs, home) in commands.items():
            idle = IDLE if round > ROUNDS - 3 and name in ("empty", str(SIZES[-1])) else 0.0
            started = start(command, signs, idle=idle, home=home)
            if round:
                # The first round only fills the caches of the disk.
                taken[name].append(started)
    return [*_rows(taken), *_peer_rows(taken)], notes


def _rows(taken: dict[str, list[Started]]) -> list[Row]:
    """Against an empty app: the starts, and the memory."""
    times = {name: Times([each.seconds for each in all]) for name, all in taken.items()}
    memory = {name: max(each.memory for each in all) for name, all in taken.items()}
    empty = times["empty"]
    rows = [
        Row(
            f"start to the first frame with people's names, {people:,} people / an empty Textual app's",
            str(times[str(people)]),
            str(empty),
            times[str(people)].median / empty.median,
            must,
            goal,
        )
        for people, must, goal in ((SIZES[0], 1.15, 1.0), (SIZES[-1], 1.5, 1.15))
    ]
    largest = memory[str(SIZES[-1])]
    rows.append(
        Row(
            "peak memory, app open on 30,000 people / an empty Textual app",
            f"{largest / 1e6:.0f} MB",
            f"{memory['empty'] / 1e6:.0f} MB",
            largest / memory["empty"],
            3.3,
            2.3,
        )
    )
    return rows


def _peer_rows(taken: dict[str, list[Started]]) -> list[Row]:
    ours = Times([each.seconds for each in taken[str(SIZES[0])]])
    rows = []
    for peer in PEERS:
        if peer.name in taken:
            theirs = Times([each.seconds for each in taken[peer.name]])
            what = f"start to the first frame with people's names, 300 people / {peer.name}'s own first frame"
            rows.append(Row(what, str(ours), str(theirs), ours.median / theirs.median, 0.35, 0.25))
    return rows


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.startup")
    parser.add_argument("--peers", metavar="FOLDER", type=Path, help="where Posting and Harlequin lie, or go")
    peers: Path | None = parser.parse_args().peers
    # Stopped from outside, it still ends what it has started.
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    with tempfile.TemporaryDirectory() as folder:
        rows, notes = run(Path(folder), peers)
        load = f"load {os.getloadavg()[0]:.1f}"
        sizes = f"Stores of 300 and 30,000 people; {ROUNDS} starts of each in turn, 120x36, {load}"
        command = "python -m bench.startup" + (" --peers FOLDER" if peers is not None else "")
        print("\n".join([markdown(rows, command, sizes, folder), *notes]))


if __name__ == "__main__":
    main()

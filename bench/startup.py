"""How long until the first frame with people's names, and how much memory, against an empty Textual app.

Run from the repository: `python -m bench.startup`. Each start is a process of its own in a
pseudo-terminal of 120x36; what is measured is the time from its start to the bytes of the frame.
"""

from __future__ import annotations

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
from dataclasses import dataclass
from pathlib import Path

from bench.generate import NOW, SIZES, make_store, names_on_board
from bench.table import Row, Times, markdown
from data.clock import FixedClock
from data.records import PROFILE_ID, Profile
from data.store import Store

ROUNDS = 15
LIMIT = 30.0
IDLE = 1.5
"""Seconds that the app is left alone before its memory is read."""

EMPTY = """
from textual.app import App
from textual.widgets import Static
class Empty(App):
    def compose(self):
        yield Static("everybody")
Empty().run()
"""


@dataclass(frozen=True)
class Started:
    """What one start took: seconds to the frame, and the most memory in bytes until it was ended."""

    seconds: float
    memory: int


def start(command: list[str], signs: list[str], *, idle: float = 0.0) -> Started:
    """Start a program in a pseudo-terminal; its frame is there when one of `signs` has been written."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 36, 120, 0, 0))
    environ = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    environ.pop("PYTHONDONTWRITEBYTECODE", None)
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
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        os.close(master)
    return Started(seconds, memory)


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


def run(folder: Path) -> list[Row]:
    """All starts, in turn."""
    for package in ("data", "screens", "tui"):
        # As an installed copy is.
        compileall.compile_dir(package, quiet=2)
    commands: dict[str, tuple[list[str], list[str]]] = {}
    commands["empty"] = ([sys.executable, "-c", EMPTY], ["everybody"])
    for people in (SIZES[0], SIZES[-1]):
        path = folder / f"{people}.json"
        make_store(path, people)
        with Store.open(path, clock=FixedClock(NOW)) as store:
            store.save_profile(Profile(id=PROFILE_ID, name="Ada", welcomed=True))
        command = [sys.executable, "inroad.py", "--store", str(path)]
        commands[str(people)] = (command, names_on_board(people))
    taken: dict[str, list[Started]] = {name: [] for name in commands}
    for round in range(ROUNDS + 1):
        for name, (command, signs) in commands.items():
            started = start(command, signs, idle=IDLE if round > ROUNDS - 3 else 0.0)
            if round:
                # The first round only fills the caches of the disk.
                taken[name].append(started)
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


def main() -> None:
    """Measure, and print the table."""
    with tempfile.TemporaryDirectory() as folder:
        rows = run(Path(folder))
        sizes = f"Stores of 300 and 30,000 people; {ROUNDS} starts of each in turn, 120x36"
        print(markdown(rows, "python -m bench.startup", sizes, folder))


if __name__ == "__main__":
    main()

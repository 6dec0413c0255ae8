"""A program in a pseudo-terminal of 120x36, watched from outside: what is pressed, and when it has answered.

A repaint comes in pieces, and a program may work between two of them without writing a byte. So a key is
answered when nothing has been written for `QUIET` seconds *and* the program has hardly worked in that
time (Linux: the processor time of its threads). What is given is the time of the last byte; the quiet
after it is not counted. Nothing is pressed before that, so no key ever waits behind another.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time
from pathlib import Path

QUIET = 0.12
"""Longer than any gap in a repaint (16 ms at 60 frames a second), shorter than the blink of a cursor."""
PATIENCE = 0.6
"""How long the first byte may take: after an escape, Textual waits for the rest of a sequence."""
IDLE_SHARE = 0.2
"""A program that worked less than this share of the quiet does nothing but wait."""
LIMIT = 60.0


class Terminal:
    """A program that runs in a pseudo-terminal; ended when the `with` block is left."""

    def __init__(self, command: list[str], env: dict[str, str] | None = None) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 36, 120, 0, 0))
        environ = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", **(env or {})}
        # As the user has it: with the compiled files kept, and Textual's own number of frames.
        for name in ("PYTHONDONTWRITEBYTECODE", "TEXTUAL_FPS", "TEXTUAL"):
            environ.pop(name, None)
        self._process = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, env=environ, start_new_session=True
        )
        os.close(slave)
        self.written = b""
        self.first = 0.0
        """Seconds from the last press to the first piece of what it led to: in a list, its cursor's move."""

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        os.kill(self._process.pid, signal.SIGKILL)
        self._process.wait()
        os.close(self._master)

    def press(self, keys: str) -> float:
        """Send keys at once; seconds until the last byte of what they led to."""
        began = time.perf_counter()
        last = self.send(keys)
        if last is None:
            raise RuntimeError(f"{keys!r} changed nothing on the screen")
        return last - began

    def send(self, keys: str) -> float | None:
        """Send keys at once, and wait; the time of the last byte of what they led to, if they did."""
        self.written = b""
        began = time.perf_counter()
        os.write(self._master, keys.encode())
        return self._settle(began)

    def settle(self, sign: str = "") -> None:
        """Wait until `sign` has been written and the program is at rest."""
        until = time.perf_counter() + LIMIT
        self.written = b""
        while sign.encode() not in self.written:
            if time.perf_counter() > until:
                raise TimeoutError(f"{sign!r} never appeared in {self.written[-2000:]!r}")
            self._read(0.5)
        self._settle(time.perf_counter())

    def _settle(self, began: float) -> float | None:
        """The time of the last byte before the quiet; None if there was none."""
        last: float | None = None
        since, worked = time.perf_counter(), self._worked()
        while (now := time.perf_counter()) - began < LIMIT:
            quiet = QUIET if last is not None else PATIENCE
            if self._read(max(0.0, since + quiet - now)):
                since = time.perf_counter()
                if last is None:
                    self.first = since - began
                last = since
                worked = self._worked()
            elif time.perf_counter() - since >= quiet:
                if (work := self._worked()) - worked < IDLE_SHARE * quiet:
                    return last
                since, worked = time.perf_counter(), work
        raise TimeoutError("the program never came to rest")

    def _read(self, seconds: float) -> bool:
        if not select.select([self._master], [], [], seconds)[0]:
            return False
        self.written += os.read(self._master, 65536)
        return True

    def _worked(self) -> float:
        """Seconds that all threads of the program have spent on a processor."""
        total = 0
        for task in Path(f"/proc/{self._process.pid}/task").iterdir():
            try:
                total += int((task / "schedstat").read_text().split()[0])
            except OSError:
                continue  # A thread that has ended meanwhile.
        return total / 1e9

"""Running another program within a time limit, without ever being held up by what it leaves behind."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from collections.abc import Mapping, Sequence

from msgspec import Struct


class Ran(Struct, frozen=True):
    """How a program ended: its exit status, and what it printed where that was asked for."""

    status: int
    output: bytes = b""


def run(
    command: Sequence[str],
    *,
    given: bytes,
    environ: Mapping[str, str],
    seconds: float,
    listen: bool = False,
) -> Ran | None:
    """Run `command` with `given` on its standard input; None if it is missing or over its time.

    Its other streams are closed to it, its standard output too unless `listen`: a child that stays in
    the background (xclip does) would hold them open. One over its time is ended with all its children.
    """
    try:
        process = subprocess.Popen(
            list(command),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE if listen else subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=dict(environ),
            start_new_session=True,
        )
    except (OSError, ValueError):
        return None
    with process:
        try:
            output, _ = process.communicate(given, timeout=seconds)
        except subprocess.TimeoutExpired:
            _end(process)
            return None
        return Ran(process.returncode, output or b"")


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program and everything that it started in its session."""
    with contextlib.suppress(OSError):
        os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            with contextlib.suppress(OSError):
                stream.close()
    process.wait()

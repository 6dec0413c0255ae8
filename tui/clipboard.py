"""The one way to the clipboard: the desktop's, tmux's, the terminal's, and at last a file.

On a machine of one's own the desktop comes first, over SSH the terminal, because the desktop there is
not the one that the user sits at. What is claimed is what was verified: the desktop and tmux are read
back; a terminal takes OSC 52 without an answer, so it is only "sent".
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from data.text import one_line
from screens.ports import CopyOutcome
from tui import desktop_clipboard
from tui.programs import Ran, run

SECONDS = 1.0
"""How long a clipboard program may take: the user waits for it."""
OSC52_BYTES = 74_000
"""The longest text for OSC 52: xterm takes sequences of 100,000 bytes, and base64 adds a third."""
_SCREEN_CHUNK = 76
"""What GNU screen passes on at once; it cuts longer strings off."""


class Runner(Protocol):
    """Runs a program as `tui.programs.run` does."""

    def __call__(
        self,
        command: Sequence[str],
        *,
        given: bytes,
        environ: Mapping[str, str],
        seconds: float,
        listen: bool = False,
    ) -> Ran | None:
        """How it ended; None if it is missing or over its time."""
        ...


class Clipboard:
    """The clipboard of this machine, as `screens.ports.ClipboardPort` describes it."""

    def __init__(
        self,
        *,
        environ: Mapping[str, str],
        write: Callable[[str], None] | None,
        file: Path,
        runner: Runner = run,
        python: str = sys.executable,
        platform: str = sys.platform,
        seconds: float = SECONDS,
    ) -> None:
        """Takes the environment, what writes a sequence to the terminal (None: there is none), and
        the file that stands in where there is no clipboard. `seconds` bounds each program that it runs.

        `write` is called from the thread that copies; Textual's driver takes writes from any.
        """
        self._environ = environ
        self._write = write
        self._file = file
        self._runner = runner
        self._python = python
        self._platform = platform
        self._seconds = seconds

    def copy(self, text: str) -> CopyOutcome:
        """Copy `text` and tell what became of it; never raises. May take three seconds at worst."""
        if not text:
            return CopyOutcome("failed", "There is nothing to copy yet")
        data = text.encode("utf-8", "replace")
        remote = any(self._environ.get(name) for name in ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"))
        if not remote and self._desktop(data):
            self._tmux(data)
            return CopyOutcome("copied", "Copied")
        if self._tmux(data):
            return CopyOutcome("copied", "Copied to tmux, and sent to the terminal")
        if self._terminal(data):
            return CopyOutcome("sent", "Sent to terminal")
        if remote and self._desktop(data):
            return CopyOutcome("copied", "Copied")
        return self._keep(data)

    def _desktop(self, data: bytes) -> bool:
        """Whether the desktop's clipboard was read back as `data`."""
        if self._platform.startswith("linux") and not any(
            self._environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME")
        ):
            return False
        # -P: the folder that the user is in must not lend us its own "pyperclip.py".
        command = [self._python, "-P", desktop_clipboard.__file__]
        ran = self._runner(command, given=data, environ=self._environ, seconds=self._seconds)
        return ran is not None and ran.status == 0

    def _tmux(self, data: bytes) -> bool:
        """Whether tmux holds `data`; it was then also asked to hand it to the terminal it runs in."""
        if not self._environ.get("TMUX"):
            return False
        load = ["tmux", "load-buffer", "-w", "-"]
        ran = self._runner(load, given=data, environ=self._environ, seconds=self._seconds)
        if ran is None or ran.status != 0:
            return False
        shown = self._runner(
            ["tmux", "show-buffer"], given=b"", environ=self._environ, seconds=self._seconds, listen=True
        )
        return shown is not None and shown.status == 0 and shown.output == data

    def _terminal(self, data: bytes) -> bool:
        """Whether the terminal was sent `data` by OSC 52; it gives no answer."""
        term = self._environ.get("TERM", "")
        # The Linux console and dumb terminals have no clipboard; the console would print the sequence.
        if self._write is None or term in ("", "dumb", "linux") or len(data) > OSC52_BYTES:
            return False
        import base64

        sequence = f"\x1b]52;c;{base64.b64encode(data).decode('ascii')}\x07"
        if self._environ.get("STY"):
            parts = [sequence[at : at + _SCREEN_CHUNK] for at in range(0, len(sequence), _SCREEN_CHUNK)]
            sequence = "".join(f"\x1bP{part}\x1b\\" for part in parts)
        try:
            self._write(sequence)
        except (OSError, ValueError, RuntimeError, AssertionError):
            return False
        return True

    def _keep(self, data: bytes) -> CopyOutcome:
        """Put `data` into the file, readable by its owner alone."""
        place = one_line(str(self._file))
        try:
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=".copied-", dir=self._file.parent)
            try:
                with os.fdopen(handle, "wb") as stream:
                    stream.write(data)
                os.replace(name, self._file)
            except OSError:
                Path(name).unlink(missing_ok=True)
                raise
        except OSError as error:
            why = error.strerror or "unknown reason"
            return CopyOutcome(
                "failed", f"Not copied: no clipboard here, and {place} cannot be written ({why})"
            )
        return CopyOutcome("file", f"Saved to {place} (no clipboard here)")

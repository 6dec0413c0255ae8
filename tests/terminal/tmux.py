"""A real terminal for tests: a tmux server of its own, without the user's settings or sockets."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType

SECONDS = 20.0
"""How long a wait lasts before it is a failure; a loaded machine needs some seconds to start us."""

_SETTINGS = """\
set -g status off
set -g remain-on-exit on
set -g default-terminal tmux-256color
set -g history-limit 5000
set -g set-clipboard on
set -g default-shell /bin/sh
set -sg escape-time 0
set -sg exit-empty off
"""


_RUN = """\
# Tells the program's process id and, once it has ended, its exit status: tmux at times loses both.
sh -c 'echo $$ > "$0/pid.new" && mv "$0/pid.new" "$0/pid" && exec "$@"' "$0" "$@"
echo $? > "$0/status.new" && mv "$0/status.new" "$0/status"
"""


class NeverCame(AssertionError):
    """A wait went over its time; the message holds the screen as it was."""


class Terminal:
    """One program in one window of a private tmux server. Use it in a `with`: its end ends both."""

    def __init__(
        self,
        command: Sequence[str | Path],
        *,
        home: Path,
        environ: Mapping[str, str] | None = None,
        size: tuple[int, int] = (120, 36),
        cwd: Path | None = None,
    ) -> None:
        """Takes the command, the HOME that it shall have, more of its environment, columns and rows."""
        self._command = [str(part) for part in command]
        self._size = size
        self._cwd = cwd
        self._environ = _clean(home)
        self._environ.update(environ or {})
        # A socket's path has room for some hundred characters only, so not below pytest's folders.
        self.folder = Path(tempfile.mkdtemp(prefix="inroad-tmux-"))

    def __enter__(self) -> Terminal:
        settings = self.folder / "settings.conf"
        settings.write_text(_SETTINGS, encoding="utf-8")
        columns, rows = self._size
        try:
            self.tmux(
                *("-f", str(settings), "new-session", "-d", "-x", str(columns), "-y", str(rows)),
                *(("-c", str(self._cwd)) if self._cwd else ()),
                self._line(),
            )
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def _end(self) -> None:
        self.tmux("kill-server", must=False)
        shutil.rmtree(self.folder, ignore_errors=True)

    def tmux(self, *arguments: str, must: bool = True) -> str:
        """What a tmux command of this server prints; its failure fails the test unless not `must`."""
        done = subprocess.run(
            ["tmux", "-L", "inroad", *arguments],
            env={**self._environ, "TMUX_TMPDIR": str(self.folder)},
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
        if must and done.returncode:
            raise AssertionError(f"tmux {arguments[0]}: {done.stderr.decode(errors='replace').strip()}")
        return done.stdout.decode("utf-8", "replace")

    def screen(self) -> str:
        """The text on the screen now."""
        return self.tmux("capture-pane", "-p")

    def everything(self) -> str:
        """The text on the screen and what scrolled off it."""
        return self.tmux("capture-pane", "-p", "-J", "-S", "-")

    def wait(self, text: str, *, seconds: float = SECONDS) -> str:
        """Wait until `text` is on the screen; returns the screen."""
        return self.until(lambda screen: text in screen, f"{text!r} never came", seconds=seconds)

    def gone(self, text: str, *, seconds: float = SECONDS) -> str:
        """Wait until `text` is off the screen; returns the screen."""
        return self.until(lambda screen: text not in screen, f"{text!r} never went", seconds=seconds)

    def until(self, true: Callable[[str], bool], complaint: str, *, seconds: float = SECONDS) -> str:
        """Wait until `true` of the screen's text; returns the screen, or raises NeverCame."""
        deadline = time.monotonic() + seconds
        ended = None
        while True:
            if ended is None and self.dead:
                ended = time.monotonic()
            # tmux writes its own note below a program that has ended, which scrolls.
            screen = self.everything() if ended is not None else self.screen()
            if true(screen):
                return screen
            # What it said last may still be on its way to the screen.
            if ended is not None and time.monotonic() > ended + 1:
                raise NeverCame(
                    f"{complaint}, and the program has ended; the screen was:\n{self.everything()}"
                )
            if time.monotonic() > deadline:
                raise NeverCame(f"{complaint}; the screen was:\n{screen}")
            time.sleep(0.02)

    def keys(self, *names: str) -> None:
        """Press keys by tmux's names: `keys("Escape", "C-s", "j", "F1")`."""
        for name in names:
            self.tmux("send-keys", name)

    def type(self, text: str) -> None:
        """Type `text` as it is."""
        if text:
            self.tmux("send-keys", "-l", "--", text)

    def paste(self, text: str) -> None:
        """Paste `text` as a terminal does: bracketed, where the program asked for that."""
        source = self.folder / "paste"
        source.write_text(text, encoding="utf-8")
        self.tmux("load-buffer", "-b", "paste", str(source))
        self.tmux("paste-buffer", "-p", "-r", "-d", "-b", "paste")

    def click(self, column: int, row: int) -> None:
        """Click the left button on a cell; 1, 1 is the top left one."""
        for end in "Mm":
            self.tmux("send-keys", "-l", f"\x1b[<0;{column};{row}{end}")

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size."""
        self.tmux("resize-window", "-x", str(columns), "-y", str(rows))

    def clipboard(self) -> str:
        """What the program put on the terminal's clipboard (OSC 52) or tmux's last."""
        return self.tmux("show-buffer", must=False)

    def find(self, text: str) -> tuple[int, int]:
        """Column and row of `text` on the screen, for `click`."""
        for row, line in enumerate(self.screen().splitlines(), 1):
            if text in line:
                return line.index(text) + 1, row
        raise NeverCame(f"{text!r} is not on the screen:\n{self.screen()}")

    @property
    def dead(self) -> bool:
        """Whether the program has ended."""
        return (self.folder / "status").exists()

    @property
    def pid(self) -> int:
        """The program's process id."""
        self._wait_for("pid", SECONDS)
        return int((self.folder / "pid").read_text())

    def status(self, *, seconds: float = SECONDS) -> int:
        """Wait for the program's end; returns its exit status (128 + n after signal n)."""
        self._wait_for("status", seconds)
        return int((self.folder / "status").read_text())

    def again(self, command: Sequence[str | Path] | None = None) -> None:
        """Start the program (or another) anew in the same terminal, as a user does after a crash."""
        self._command = [str(part) for part in command] if command else self._command
        for name in ("pid", "status"):
            (self.folder / name).unlink(missing_ok=True)
        self.tmux("respawn-pane", "-k", self._line())

    def _line(self) -> str:
        """The shell command that runs the program and writes down how it ends."""
        return shlex.join(["exec", "sh", "-c", _RUN, str(self.folder), *self._command])

    def _wait_for(self, name: str, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while not (self.folder / name).exists():
            if time.monotonic() > deadline:
                raise NeverCame(f"the program's {name} never came; the screen was:\n{self.screen()}")
            time.sleep(0.02)


def _clean(home: Path) -> dict[str, str]:
    """An environment without the user's folders, sessions and displays."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "TZ") if name in os.environ}
    return {
        "LANG": "C.UTF-8",
        **kept,
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / ".local" / "share"),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "XDG_CACHE_HOME": str(home / ".cache"),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
    }

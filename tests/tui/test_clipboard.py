"""The clipboard's choice of ways, and what it claims of each: with programs of the test's own."""

from __future__ import annotations

import base64
import io
import stat
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from screens.ports import ClipboardPort
from tui import desktop_clipboard
from tui.clipboard import OSC52_BYTES, SECONDS, Clipboard
from tui.desktop_clipboard import same
from tui.programs import Ran


class Programs:
    """Stands in for the machine's programs: a desktop and a tmux that work, fail, lie or hang."""

    def __init__(self, *, desktop: str = "works", tmux: str = "works") -> None:
        self.does = {"desktop": desktop, "tmux": tmux}
        self.calls: list[str] = []
        self.desktop = b""
        self.buffer = b""

    def __call__(
        self,
        command: Sequence[str],
        *,
        given: bytes,
        environ: Mapping[str, str],
        seconds: float,
        listen: bool = False,
    ) -> Ran | None:
        assert seconds == SECONDS
        which = "tmux" if command[0] == "tmux" else "desktop"
        self.calls.append(command[1] if which == "tmux" else which)
        does = self.does[which]
        if does == "hangs":
            return None
        if does == "fails":
            return Ran(1)
        if which == "desktop":
            self.desktop = given
            return Ran(0)
        if command[1] == "show-buffer":
            assert listen
            return Ran(0, b"something else" if does == "lies" else self.buffer)
        self.buffer = given
        return Ran(0)


LOCAL = {"TERM": "xterm-256color", "DISPLAY": ":0"}
REMOTE = {"TERM": "xterm-256color", "SSH_CONNECTION": "192.0.2.1 5000 192.0.2.2 22"}


class Bench:
    """A clipboard with its programs, what it wrote to the terminal, and its file."""

    def __init__(
        self, folder: Path, environ: dict[str, str], programs: Programs, terminal: bool = True
    ) -> None:
        self.programs = programs
        self.written: list[str] = []
        self.file = folder / "new folder" / "copied.txt"
        self.clipboard: ClipboardPort = Clipboard(
            environ=environ,
            write=self.written.append if terminal else None,
            file=self.file,
            runner=programs,
            platform="linux",
        )

    def sent(self) -> str:
        """The text of the one OSC 52 sequence that was written."""
        (sequence,) = self.written
        assert sequence.startswith("\x1b]52;c;")
        assert sequence.endswith("\x07")
        return base64.b64decode(sequence[7:-1]).decode()


def test_a_desktop_that_reads_back_is_copied(tmp_path: Path) -> None:
    bench = Bench(tmp_path, LOCAL, Programs())
    outcome = bench.clipboard.copy("Hej \N{SNOWMAN}\n\x1b]0;x\x07")
    assert (outcome.how, outcome.sentence) == ("copied", "Copied")
    assert bench.programs.desktop.decode() == "Hej \N{SNOWMAN}\n\x1b]0;x\x07"
    assert bench.written == []
    assert not bench.file.exists()


@pytest.mark.parametrize("desktop", ["fails", "hangs"])
def test_a_desktop_that_does_not_answer_leaves_the_terminal(tmp_path: Path, desktop: str) -> None:
    bench = Bench(tmp_path, LOCAL, Programs(desktop=desktop))
    outcome = bench.clipboard.copy("Dear Tomás")
    assert (outcome.how, outcome.sentence) == ("sent", "Sent to terminal")
    assert bench.sent() == "Dear Tomás"


def test_inside_tmux_both_hold_it(tmp_path: Path) -> None:
    bench = Bench(tmp_path, {**LOCAL, "TMUX": "/tmp/t,1,0"}, Programs())
    assert bench.clipboard.copy("text").sentence == "Copied"
    assert bench.programs.desktop == bench.programs.buffer == b"text"


def test_tmux_alone_says_so(tmp_path: Path) -> None:
    bench = Bench(tmp_path, {"TERM": "tmux-256color", "TMUX": "/tmp/t,1,0"}, Programs())
    outcome = bench.clipboard.copy("text")
    assert outcome.how == "copied"
    assert "tmux" in outcome.sentence
    assert bench.programs.calls == ["load-buffer", "show-buffer"]
    assert bench.written == []


@pytest.mark.parametrize("tmux", ["fails", "lies", "hangs"])
def test_a_tmux_that_does_not_hold_it_is_no_copy(tmp_path: Path, tmux: str) -> None:
    bench = Bench(tmp_path, {"TERM": "tmux-256color", "TMUX": "/tmp/gone,1,0"}, Programs(tmux=tmux))
    assert bench.clipboard.copy("text").how == "sent"
    assert bench.sent() == "text"


def test_over_ssh_the_terminal_comes_before_a_desktop(tmp_path: Path) -> None:
    bench = Bench(tmp_path, {**REMOTE, "DISPLAY": ":0"}, Programs())
    assert bench.clipboard.copy("text").how == "sent"
    assert bench.programs.calls == []


def test_over_ssh_tmux_comes_first(tmp_path: Path) -> None:
    bench = Bench(tmp_path, {**REMOTE, "TMUX": "/tmp/t,1,0", "DISPLAY": ":0"}, Programs())
    assert bench.clipboard.copy("text").how == "copied"
    assert bench.programs.calls == ["load-buffer", "show-buffer"]


def test_a_text_too_long_for_the_terminal_goes_to_the_file(tmp_path: Path) -> None:
    bench = Bench(tmp_path, {"TERM": "xterm"}, Programs())
    longest = "é" * (OSC52_BYTES // 2)
    assert bench.clipboard.copy(longest).how == "sent"
    assert bench.sent() == longest
    assert bench.clipboard.copy(longest + "x").how == "file"
    assert len(bench.written) == 1
    assert bench.file.read_text(encoding="utf-8") == longest + "x"


@pytest.mark.parametrize("term", ["linux", "dumb", ""])
def test_a_terminal_without_a_clipboard_is_sent_nothing(tmp_path: Path, term: str) -> None:
    bench = Bench(tmp_path, {"TERM": term}, Programs())
    outcome = bench.clipboard.copy("text")
    assert outcome.how == "file"
    assert str(bench.file) in outcome.sentence
    assert bench.written == []
    assert stat.S_IMODE(bench.file.stat().st_mode) == 0o600
    assert stat.S_IMODE(bench.file.parent.stat().st_mode) == 0o700
    assert bench.clipboard.copy("later").how == "file"
    assert [path.name for path in bench.file.parent.iterdir()] == [bench.file.name]


def test_nowhere_to_go_is_said(tmp_path: Path) -> None:
    (tmp_path / "new folder").write_text("a file where the folder should be")
    bench = Bench(tmp_path, {}, Programs(), terminal=False)
    outcome = bench.clipboard.copy("text")
    assert outcome.how == "failed"
    assert str(bench.file) in outcome.sentence


def test_a_terminal_that_is_gone_is_not_claimed(tmp_path: Path) -> None:
    def gone(_: str) -> None:
        raise OSError(5, "Input/output error")

    file = tmp_path / "copied.txt"
    clipboard = Clipboard(environ={"TERM": "xterm"}, write=gone, file=file, runner=Programs())
    assert clipboard.copy("text").how == "file"


def test_nothing_is_no_copy(tmp_path: Path) -> None:
    bench = Bench(tmp_path, LOCAL, Programs())
    assert bench.clipboard.copy("").how == "failed"
    assert bench.programs.calls == []


def test_gnu_screen_is_given_pieces_that_it_passes_on(tmp_path: Path) -> None:
    bench = Bench(tmp_path, {"TERM": "screen", "STY": "123.pts-0.host"}, Programs())
    assert bench.clipboard.copy("long " * 100).how == "sent"
    (written,) = bench.written
    pieces = written.removeprefix("\x1bP").removesuffix("\x1b\\").split("\x1b\\\x1bP")
    assert max(map(len, pieces)) <= 76
    sequence = "".join(pieces)
    assert base64.b64decode(sequence[7:-1]).decode() == "long " * 100


def test_half_characters_do_not_stop_a_copy(tmp_path: Path) -> None:
    bench = Bench(tmp_path, LOCAL, Programs())
    assert bench.clipboard.copy("a\udcffb").how == "copied"
    assert bench.programs.desktop == b"a?b"


@pytest.mark.parametrize(
    ("found", "equal"),
    [("a\nb", True), ("a\r\nb\r\n", True), ("a\nb\n", True), ("a b", False), ("", False), ("a\nb\nc", False)],
)
def test_reading_back_allows_for_line_ends_only(found: str, equal: bool) -> None:
    assert same("a\nb", found) is equal


@pytest.mark.parametrize(("late", "status"), [(0, 0), (2, 0), (99, 1)])
def test_a_clipboard_that_is_late_is_looked_at_again(
    monkeypatch: pytest.MonkeyPatch, late: int, status: int
) -> None:
    held: list[str] = []
    before = ["what was there"] * late
    monkeypatch.setattr("pyperclip.copy", held.append)
    monkeypatch.setattr("pyperclip.paste", lambda: before.pop() if before else held[0])
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("né".encode())))
    assert desktop_clipboard.main() == status
    assert held == ["né"]

"""Half-typed text survives a process that is killed, and becomes the next one's."""

from __future__ import annotations

import errno
import json
import os
import signal
import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from data.clock import FixedClock, SystemClock
from data.drafts import Drafts

NASTY = "[/] \x1b]52;c;x\x07 🎉 אב " + "x" * 10_000


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 23, 14, 0, tzinfo=UTC), "Europe/Berlin")


def test_a_draft_is_on_disk_for_its_owner_alone(tmp_path: Path, clock: FixedClock) -> None:
    drafts = Drafts(tmp_path, clock)
    assert drafts.save("meeting:m:line", NASTY)
    (file,) = tmp_path.glob("draft-*.json")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert drafts.get("meeting:m:line") == NASTY
    assert drafts.save("meeting:m:line", "")
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_process_was_typing_becomes_ours(tmp_path: Path, clock: FixedClock) -> None:
    script = (
        "import sys, signal, os; from pathlib import Path; from data.clock import SystemClock;"
        "from data.drafts import Drafts; drafts = Drafts(Path(sys.argv[1]), SystemClock());"
        "drafts.save('a', 'half a li'); drafts.save('b', 'other'); drafts.discard('b');"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    root = Path(__file__).resolve().parents[2]
    ended = subprocess.run([sys.executable, "-c", script, str(tmp_path)], cwd=root, check=False)
    assert ended.returncode == -signal.SIGKILL
    drafts = Drafts(tmp_path, clock)
    assert [(found.key, found.text) for found in drafts.recover()] == [("a", "half a li")]
    assert drafts.get("a") == "half a li"
    assert len(list(tmp_path.iterdir())) == 1
    assert drafts.recover() == []


def test_a_folder_that_refuses_keeps_the_text_in_memory(tmp_path: Path, clock: FixedClock) -> None:
    drafts = Drafts(tmp_path / "gone", clock)
    assert not drafts.save("a", "half")
    assert drafts.get("a") == "half"


def test_what_a_killed_process_left_is_taken_over_before_it_is_reaped(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from data.drafts import Drafts\n"
        "from data.clock import SystemClock\n"
        "Drafts(Path(sys.argv[1]), SystemClock()).save('line', 'half')\n"
        "print('saved', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        assert Drafts(tmp_path, SystemClock()).recover() == []
        os.kill(other.pid, signal.SIGKILL)
        os.waitid(os.P_PID, other.pid, os.WEXITED | os.WNOWAIT)
        assert [draft.text for draft in Drafts(tmp_path, SystemClock()).recover()] == ["half"]


def test_a_full_disk_is_told_leaves_nothing_behind_and_is_over_when_it_is(
    tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts = Drafts(tmp_path, clock)
    with monkeypatch.context() as patch:

        def full(_: int) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        patch.setattr(os, "fsync", full)
        assert not drafts.save("a", "half a line")
        assert "the disk is full" in drafts.trouble
        assert list(tmp_path.iterdir()) == []
    assert drafts.save("a", "half a line and more")
    assert drafts.trouble == ""


def test_a_draft_that_cannot_be_read_stays_where_it_is(tmp_path: Path, clock: FixedClock) -> None:
    left = tmp_path / "draft-999999999-1-x.json"
    left.write_text('{"meeting:m": ["half a li')
    assert Drafts(tmp_path, clock).recover() == []
    assert left.read_text() == '{"meeting:m": ["half a li'


def test_half_a_character_costs_that_half_alone(tmp_path: Path, clock: FixedClock) -> None:
    assert Drafts(tmp_path, clock).save("a", "before \ud83d after")
    (draft,) = Drafts(tmp_path, clock).recover()
    assert draft.text == "before \ufffd after"


def left(folder: Path, number: int, text: str, minute: int) -> None:
    """A draft of a process that is dead."""
    saved = {"line": [text, f"2026-11-23T14:{minute:02}:00+00:00"]}
    (folder / f"draft-{number}-1-ff.json").write_text(json.dumps(saved))


def test_of_two_dead_windows_no_line_is_lost(tmp_path: Path, clock: FixedClock) -> None:
    left(tmp_path, 999_999_991, "older words", 1)
    left(tmp_path, 999_999_992, "newer words", 2)
    left(tmp_path, 999_999_993, "newer words", 3)
    clock.advance(minutes=5)
    drafts = Drafts(tmp_path, clock)
    assert len(drafts.recover()) == 3
    assert drafts.get("line") == "newer words"
    drafts.save("line", "newer words, finished")
    # Who is killed now leaves both to the next, too.
    (file,) = tmp_path.iterdir()
    file.rename(tmp_path / "draft-999999994-1-ff.json")
    drafts = Drafts(tmp_path, clock)
    drafts.recover()
    assert drafts.get("line") == "newer words, finished"
    drafts.discard("line")
    drafts.save("line", "something new")
    assert drafts.get("line") == "something new"
    drafts.discard("line")
    assert drafts.get("line") == "older words"
    drafts.discard("line")
    assert (drafts.get("line"), list(tmp_path.iterdir())) == ("", [])


def test_what_is_typed_here_is_not_replaced_by_what_another_left(tmp_path: Path, clock: FixedClock) -> None:
    drafts = Drafts(tmp_path, clock)
    drafts.save("line", "typed here")
    left(tmp_path, 999_999_991, "left there", 59)
    drafts.recover()
    assert drafts.get("line") == "typed here"
    drafts.discard("line")
    assert drafts.get("line") == "left there"

"""Half-typed text survives a process that is killed, and becomes the next one's."""

from __future__ import annotations

import signal
import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from data.clock import FixedClock
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


def test_what_a_living_process_is_typing_stays_its_own(tmp_path: Path, clock: FixedClock) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as living:
        (tmp_path / f"draft-{living.pid}-x.json").write_text('{"a": ["theirs", "2026-11-23T14:00:00+00:00"]}')
        assert Drafts(tmp_path, clock).recover() == []
        assert len(list(tmp_path.iterdir())) == 1
        living.communicate(b"\n")


def test_a_folder_that_refuses_keeps_the_text_in_memory(tmp_path: Path, clock: FixedClock) -> None:
    drafts = Drafts(tmp_path / "gone", clock)
    assert not drafts.save("a", "half")
    assert drafts.get("a") == "half"

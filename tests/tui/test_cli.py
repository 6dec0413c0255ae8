"""The command line's words, its exit statuses, and its manners: one sentence, never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tui.cli import ROOT, Line, program
from tui.cli.arguments import COMMANDS, build
from tui.cli.paths import store_path


@pytest.mark.parametrize(
    "arguments", [["--store", "{}", "where"], ["where", "--store", "{}"], ["--store={}", "where"]]
)
def test_the_store_is_named_before_or_after_the_command(
    inroad: Line, tmp_path: Path, arguments: list[str]
) -> None:
    other = tmp_path / "other place" / "störe.json"
    outcome = inroad(*(each.format(other) for each in arguments))
    assert (outcome.status, outcome.out) == (0, f"{other}\n")
    assert not other.parent.exists()


def test_the_store_comes_from_the_environment_then_from_the_users_folder(
    inroad: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert inroad("where").out == f"{inroad.store}\n"
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path))
    found = store_path(None, {"INROAD_STORE": ""})
    assert found.name == "inroad.json"
    assert tmp_path in found.parents
    assert store_path("~/mine.json", {}) == tmp_path / "mine.json"


@pytest.mark.parametrize(
    ("word", "meant"), [("imprt", "import"), ("tody", "today"), ("Find", "find"), ("xyzzy", "--help")]
)
def test_an_unknown_command_is_answered_with_the_nearest(inroad: Line, word: str, meant: str) -> None:
    sentence = inroad(word).refused()
    assert word in sentence
    assert meant in sentence


@pytest.mark.parametrize(
    "arguments",
    [
        ["where", "more"],
        ["--bad"],
        ["add"],
        ["add", "--nme", "x"],
        ["import"],
        ["find"],
        ["export"],
        ["export", "--format", "xlsx"],
        ["--store"],
        ["--store", ""],
        ["--store", "", "where"],
        ["where", "--store="],
        ["where", "--store", "a\0b"],
        ["today", "--json", "--short"],
        ["-"],
        [""],
        ["\x1b]0;x\x07"],
    ],
)
def test_what_is_no_command_line_is_one_sentence(inroad: Line, arguments: list[str]) -> None:
    outcome = inroad(*arguments)
    outcome.refused()
    outcome.check_safe()
    assert not inroad.store.parent.exists()


def test_help_names_every_command(capsys: pytest.CaptureFixture[str], inroad: Line) -> None:
    assert inroad("--help").status == 0
    text = capsys.readouterr().out
    for command in COMMANDS:
        assert f" {command} " in text
        assert inroad(command, "--help").status == 0
        assert "--store" in capsys.readouterr().out
    assert inroad("--version").status == 0
    assert capsys.readouterr().out.startswith("inroad 0.")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (["help"], "today  "),
        (["help", "add"], "who, in one line"),
        (["-V"], "inroad 0."),
        (["version"], "inroad 0."),
    ],
)
def test_help_and_version_as_they_are_typed_elsewhere(
    capsys: pytest.CaptureFixture[str], inroad: Line, typed: list[str], says: str
) -> None:
    assert inroad(*typed).status == 0
    assert says in capsys.readouterr().out


def test_every_command_has_a_help_of_its_own() -> None:
    assert set(COMMANDS) == {
        "demo", "add", "import", "find", "today", "export", "doctor", "backup", "restore", "erase",
        "duplicates", "where",
    }  # fmt: skip
    assert build().prog == "inroad"


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    script = f"'{sys.executable}' '{ROOT / 'inroad.py'}' where; echo status $? >&2"
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as out:
        done = subprocess.run(
            ["sh", "-c", script],
            stdout=out,
            stderr=subprocess.PIPE,
            env={**os.environ, "INROAD_STORE": str(tmp_path / "s.json")},
            timeout=60,
            check=False,
        )
    assert done.stderr == b"status 0\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this machine has no /dev/full")
def test_a_full_disk_behind_the_output_is_one_sentence(tmp_path: Path) -> None:
    with open("/dev/full", "wb") as out:
        done = subprocess.run(
            [sys.executable, str(ROOT / "inroad.py"), "where"],
            stdout=out,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == b"inroad: No space left on device.\n"


def test_closed_streams_are_no_traceback(tmp_path: Path) -> None:
    command = f"'{sys.executable}' '{ROOT / 'inroad.py'}' where"
    for closed in ("<&-", ">&-", "2>&-", "<&- >&- 2>&-"):
        done = subprocess.run(
            ["sh", "-c", f"{command} {closed}"], capture_output=True, timeout=60, check=False
        )
        assert done.returncode == 0
        assert done.stderr == b""


@pytest.mark.parametrize("command", ["where", "doctor", "find x", "today", "add Ana"])
def test_what_other_programs_call_never_imports_textual(tmp_path: Path, command: str) -> None:
    done = program(*command.split(), store=tmp_path / "s.json", python=("-X", "importtime"))
    assert done.returncode == 0, done.stderr[-500:]
    imported = {line.rpartition(b"|")[2].strip() for line in done.stderr.splitlines()}
    assert b"tui.cli" in imported
    for heavy in (b"textual", b"rich", b"pyperclip", b"jinja2", b"vobject", b"icalendar"):
        assert heavy not in imported


def test_invalid_bytes_are_refused_as_text_and_taken_as_a_path(tmp_path: Path) -> None:
    done = program(b"--store", os.fsencode(tmp_path) + b"/\xff.json", "where", store=tmp_path)
    assert done.returncode == 0
    assert b"\xff" not in done.stdout


def test_a_terminal_without_unicode_gets_question_marks(tmp_path: Path) -> None:
    store = tmp_path / "名前.json"
    done = program("where", store=store, environ={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert done.returncode == 0
    assert done.stdout.endswith(b"/??.json\n")

"""A path is completed as a shell does it."""

from __future__ import annotations

from pathlib import Path

import pytest

from screens.paths import Completed, complete


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with some files, which is also where the app was started and where `~` leads."""
    for name in ("Connections.csv", "Connections (1).csv", "notes.md", ".hidden.csv", "[x].vcf"):
        (tmp_path / name).touch()
    (tmp_path / "Down loads").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


@pytest.mark.usefixtures("folder")
def test_as_far_as_it_is_sure() -> None:
    assert complete("no") == Completed("notes.md")
    assert complete("conn") == Completed("Connections", ("Connections (1).csv", "Connections.csv"))
    assert complete("Connections.") == Completed("Connections.csv")
    assert complete("~/dow") == Completed("~/Down loads/")
    assert complete(".h") == Completed(".hidden.csv")
    assert complete("[/") == Completed("[/")
    assert complete("[") == Completed("[x].vcf") or Path("[").exists()


@pytest.mark.parametrize("typed", ["zzz", "no/such/folder/", "\0", "~nobody/x", "", "/"])
@pytest.mark.usefixtures("folder")
def test_what_leads_nowhere_stays(typed: str) -> None:
    assert complete(typed).path == typed


def test_case_that_differs_stays_as_typed(folder: Path) -> None:
    (folder / "NOTES.txt").touch()
    assert complete("not") == Completed("not", ("NOTES.txt", "notes.md"))

"""`config.toml`: what is wrong in it is named, and the default stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.config import read_config


def test_no_file_is_an_empty_one(tmp_path: Path) -> None:
    assert read_config(tmp_path / "config.toml").problems == ()


def test_a_key_is_remapped_by_id(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('theme = "nord"\n[keys]\n"app.undo" = "ctrl+z"\n[keys.app]\nredo = "ctrl+y"\n')
    config = read_config(file)
    assert config.theme == "nord"
    assert config.keymap == {"app.undo": "ctrl+z", "app.redo": "ctrl+y"}
    assert config.problems == ()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[keys]\n"app.fly" = "x"\n', 'no command "app.fly"'),
        ('[keys]\n"fly" = "x"\n', 'no command "fly"'),
        ('[keys]\n"app.undo" = 3\n', 'the key of "app.undo" must be a text'),
        ('[keys]\n"app.undo" = "q"\n', 'already the key of "app.quit"'),
        ("[keys\n", "not valid TOML"),
        ("theme = 3\n", "theme must be a name"),
        ("\x00", "not valid TOML"),
    ],
)
def test_what_is_wrong_is_named_and_the_default_stays(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "config.toml"
    file.write_text(text)
    config = read_config(file)
    assert len(config.problems) == 1
    assert says in config.problems[0]
    assert config.keymap == {}


def test_a_folder_in_its_place_is_named(tmp_path: Path) -> None:
    assert "can't be read" in read_config(tmp_path).problems[0]

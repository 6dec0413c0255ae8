"""`config.toml`: what is wrong in it is named, and the default stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.errors import UserError
from tui.config import read_config
from tui.remember import remember_theme


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
        ('[keys]\n"app.undo" = 3\n', 'The key of "app.undo" must be a text'),
        ('[keys]\n"app.undo" = "q"\n', 'already the key of "app.quit"'),
        ('[keys]\n"app.undo" = "ctrl+nn"\n', 'no key "ctrl+nn"'),
        ('[keys]\n"dialog.accept" = "k"\n', '"dialog.accept" works inside text'),
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


def test_keys_are_written_as_people_write_them(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('[keys]\n"app.undo" = "^z"\n"app.redo" = "ctrl+y, f9"\n"app.next" = ";"\n')
    config = read_config(file)
    assert config.problems == ()
    assert config.keymap == {"app.undo": "ctrl+z", "app.redo": "ctrl+y,f9", "app.next": "semicolon"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", 'theme = "nord"\n'),
        ("# mine\n", '# mine\ntheme = "nord"\n'),
        ('theme = "x" # dark\n[keys]\n', 'theme = "nord"\n[keys]\n'),
        ('[keys]\n"app.undo" = "ctrl+z" # z\n', 'theme = "nord"\n\n[keys]\n"app.undo" = "ctrl+z" # z\n'),
        ("a = 1", 'a = 1\ntheme = "nord"\n'),
    ],
)
def test_a_theme_is_remembered_and_the_rest_stays(tmp_path: Path, before: str, after: str) -> None:
    file = tmp_path / "new" / "config.toml"
    if before:
        file.parent.mkdir()
        file.write_text(before)
    remember_theme(file, "nord")
    assert file.read_text() == after
    assert read_config(file).theme == "nord"


@pytest.mark.parametrize("text", ["[keys\n", 'text = """\ntheme = 1\n"""\n'])
def test_a_file_that_is_not_understood_is_left_alone(tmp_path: Path, text: str) -> None:
    file = tmp_path / "config.toml"
    file.write_text(text)
    with pytest.raises(UserError, match="can't be remembered"):
        remember_theme(file, "nord")
    assert file.read_text() == text
    assert list(tmp_path.iterdir()) == [file]


def test_a_link_to_the_settings_stays_one(tmp_path: Path) -> None:
    kept = tmp_path / "dotfiles.toml"
    kept.write_text("")
    file = tmp_path / "config.toml"
    file.symlink_to(kept)
    remember_theme(file, "nord")
    assert file.is_symlink()
    assert kept.read_text() == 'theme = "nord"\n'

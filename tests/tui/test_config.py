"""`config.toml`: what is wrong in it is named, and the default stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.errors import UserError
from screens.commands import SCOPES, commands
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


def test_two_keys_can_be_swapped(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('[keys.app]\nundo = "U"\nredo = "u"\n[keys.board]\nmove_left = "L"\nmove_right = "H"\n')
    config = read_config(file)
    assert config.problems == ()
    assert config.keymap == {
        "app.undo": "U",
        "app.redo": "u",
        "board.move_left": "L",
        "board.move_right": "H",
    }


def test_a_line_that_falls_takes_with_it_what_stood_on_its_key(tmp_path: Path) -> None:
    """`x` is free only as long as the other line holds."""
    file = tmp_path / "config.toml"
    file.write_text('[keys.board]\ntag = "x"\nremove = "q"\n')
    config = read_config(file)
    assert config.keymap == {}
    assert [problem.split(";")[0] for problem in config.problems] == [
        '"q" for "board.remove" is already the key of "app.quit"',
        '"x" for "board.tag" is already the key of "board.remove"',
    ]


def test_keys_are_understood_as_help_shows_them(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(
        '[keys.board]\nnew = "F9"\nleft = "←"\ntag = "^T, Del"\nmark = "Space"\npark = "shift+p"\n'
    )
    config = read_config(file)
    assert config.problems == ()
    assert config.keymap == {
        "board.new": "f9",
        "board.left": "left",
        "board.tag": "ctrl+t,delete",
        "board.mark": "space",
        "board.park": "P",
    }


def test_the_way_out_of_text_keeps_its_key(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('[keys]\n"board.tag" = "escape"\n"text.leave" = "ctrl+g"\n')
    config = read_config(file)
    assert config.keymap == {}
    said = "\n".join(config.problems)
    assert '"escape" for "board.tag" is already the key of "text.leave"' in said
    assert '"ctrl+g" for "text.leave" is already the key of "board.notes"' in said


FREE = [
    *(f"f{number}" for number in range(13, 25)),
    *(f"ctrl+f{number}" for number in range(1, 25)),
    *(f"alt+{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"),
    *(f"alt+f{number}" for number in range(1, 25)),
]


@pytest.mark.parametrize("scope", SCOPES)
def test_every_command_can_have_another_key(tmp_path: Path, scope: str) -> None:
    ids = [command.id for command in commands(scope)]
    file = tmp_path / "config.toml"
    file.write_text("[keys]\n" + "".join(f'"{id}" = "{key}"\n' for id, key in zip(ids, FREE, strict=False)))
    config = read_config(file)
    assert config.problems == ()
    assert config.keymap == dict(zip(ids, FREE, strict=False))

"""The registry is whole: each command has a handler, no two share a key, and none is a letter in text."""

from __future__ import annotations

import re
from importlib import import_module
from itertools import combinations
from pathlib import Path

import pytest

from data.vocabulary import BOARD
from screens.commands import SCOPES, changing, commands, types_a_character
from screens.commands.places import PLACES, about
from screens.commands.table import markdown
from screens.scope import Scope, check_handlers
from tui.app import InroadApp

FORBIDDEN = {"ctrl+a", "ctrl+b"}
"""tmux and screen take these for themselves."""
IN_TEXT = {"ctrl+e", "ctrl+d", "ctrl+k", "ctrl+w", "ctrl+u"}
"""These edit text."""


def scopes() -> dict[str, type[Scope]]:
    """The classes whose commands are a scope of the registry, by scope."""
    for file in (Path(__file__).parent.parent.parent / "screens").rglob("*.py"):
        parts = file.relative_to(Path(__file__).parent.parent.parent).with_suffix("").parts
        import_module(".".join(parts).removesuffix(".__init__"))
    found: dict[str, type[Scope]] = {"app": InroadApp}
    waiting = [Scope]
    while waiting:
        for kind in waiting.pop().__subclasses__():
            waiting.append(kind)
            scope = getattr(kind, "SCOPE", "")
            if scope and (scope not in found or issubclass(found[scope], kind)):
                found[scope] = kind
    return found


@pytest.mark.parametrize("scope", [scope for scope in SCOPES if scope != "text"])
def test_every_command_has_a_handler(scope: str) -> None:
    assert check_handlers(scopes()[scope]) == []


@pytest.mark.parametrize("scope", SCOPES)
def test_no_two_commands_share_a_key(scope: str) -> None:
    for one, other in combinations(commands(scope), 2):
        assert not set(one.keys) & set(other.keys), (one.id, other.id)


@pytest.mark.parametrize("scope", [s for s in SCOPES if s not in ("app", "list", "text", "dialog")])
def test_no_screen_takes_a_key_of_the_app(scope: str) -> None:
    taken = {key: command.id for command in commands("app") for key in command.keys}
    for command in commands(scope):
        for key in command.keys:
            assert key not in taken, (command.id, taken.get(key))


def test_help_knows_every_screen_and_names_only_places_that_are_there() -> None:
    screens = [scope for scope in SCOPES if scope not in ("app", "list", "text", "dialog")]
    assert [scope for scope in screens if not about(scope, [])] == []
    there = {f"column-{stage}" for stage in BOARD}
    for file in (Path(__file__).parent.parent.parent / "screens").rglob("*.py"):
        there |= set(re.findall(r'(?:id=|_list\()"([\w-]+)"', file.read_text(encoding="utf-8")))
    assert {place.partition("#")[2] for place in PLACES if "#" in place} - there == set()


def test_help_speaks_of_the_innermost_place_that_it_knows() -> None:
    assert about("board", ["unknown", "column-met", "filter"]) == PLACES["board#column-met"]
    assert about("board", ["unknown"]) == PLACES["board"]
    assert about("nowhere", ["column-met"]) == ""


def test_no_key_is_one_that_the_terminal_or_a_text_needs() -> None:
    for scope in SCOPES:
        for command in commands(scope):
            assert not set(command.keys) & (FORBIDDEN | IN_TEXT), command.id


@pytest.mark.parametrize("scope", ["board", "find", "person"])
def test_what_only_takes_something_out_changes_nothing(scope: str) -> None:
    assert {"page", "copy", "export"} & changing(scope) == set()
    assert {"write", "tag", "remove", "erase"} <= changing(scope)


@pytest.mark.parametrize("key", ["a", "A", "space", "slash", "plus", "question_mark", "7"])
def test_what_types_a_character_is_known_to(key: str) -> None:
    assert types_a_character(key)


@pytest.mark.parametrize("key", ["up", "left", "enter", "escape", "ctrl+p", "f1", "shift+tab", "pageup"])
def test_what_types_none_is_known_to(key: str) -> None:
    assert not types_a_character(key)


def test_every_command_says_what_it_does() -> None:
    for scope in SCOPES:
        for command in commands(scope):
            assert command.help.endswith("."), command.id
            assert command.title, command.id


def test_the_readme_shows_the_keys_as_they_are() -> None:
    readme = (Path(__file__).parent.parent.parent / "README.md").read_text(encoding="utf-8")
    assert markdown() in readme, "run `python -m screens.commands.table README.md`"

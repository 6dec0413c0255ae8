"""The one registry of commands: bindings, footer, help, palette and the README's table come from it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from .keys import how_to_leave, key_of
from .model import Command, key_label, types_a_character

if TYPE_CHECKING:
    from textual.binding import Binding

__all__ = [
    "SCOPES",
    "Command",
    "bindings",
    "by_id",
    "changing",
    "commands",
    "footer",
    "how_to_leave",
    "key_label",
    "key_of",
    "types_a_character",
]

SCOPES: dict[str, str] = {
    "app": "Everywhere",
    "board": "Board",
    "find": "Find",
    "person": "A person’s sheet",
    "followups": "Follow-ups",
    "insights": "Insights",
    "meeting": "Meeting",
    "wrap_up": "Wrap-up",
    "prep": "Prep",
    "import": "Import",
    "ledger": "Leads, advice, promises",
    "settings": "Settings",
    "duplicates": "Duplicates",
    "list": "Lists",
    "text": "In text",
    "dialog": "Windows that ask",
}
"""The scopes in the order in which help shows them, with their headings."""

_MODULES = {"app": "app", "list": "lists", "dialog": "dialogs", "import": "importing"}


@cache
def commands(scope: str) -> tuple[Command, ...]:
    """The commands of one scope, in the order in which help shows them."""
    from importlib import import_module

    module = import_module(f"{__name__}.{_MODULES.get(scope, scope)}")
    found: tuple[Command, ...] = module.COMMANDS
    return tuple(command for command in found if command.scope == scope)


@cache
def footer(scope: str) -> list[Command]:
    """The commands of one scope that stand in the line below a screen, at most five."""
    return sorted((command for command in commands(scope) if command.footer), key=lambda c: c.footer)[:5]


def by_id(command_id: str) -> Command:
    """The command with this id; LookupError if there is none."""
    for command in commands(command_id.partition(".")[0]):
        if command.id == command_id:
            return command
    raise LookupError(command_id)


@cache
def changing(scope: str) -> frozenset[str]:
    """The names of the commands of one scope that change what is kept."""
    return frozenset(command.name for command in commands(scope) if command.changes)


def bindings(scope: str) -> list[Binding]:
    """The key bindings of one scope, for a screen's or widget's `BINDINGS`."""
    from textual.binding import Binding

    return [
        Binding(",".join(command.keys), f"command('{command.id}')", command.title, id=command.id)
        for command in commands(scope)
        if command.keys
    ]

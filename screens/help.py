"""Every key of the screen in front: read from the live bindings, so that it can't be wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from .commands import SCOPES, by_id, key_label
from .dialogs.window import Window
from .widgets.lines import Lines
from .widgets.rows import Row


@dataclass(frozen=True, slots=True)
class KeyLine:
    """One line of the help: a heading (no keys), or a command with its keys."""

    id: str
    title: str
    keys: str = ""
    help: str = ""


def live_keys(screen: Screen[object], keymap: Mapping[str, str]) -> list[KeyLine]:
    """The keys that work on `screen` now, by scope, as bound (with the user's own keys)."""
    found: dict[str, dict[str, list[str]]] = {}
    for _, bindings in screen._binding_chain:
        for bound in bindings.key_to_bindings.values():
            for binding in bound:
                if binding.id:
                    scope = binding.id.partition(".")[0]
                    keys = found.setdefault(scope, {}).setdefault(binding.id, [])
                    if binding.key not in keys:
                        keys.append(binding.key)
    for scoped in found.values():
        for command_id, keys in scoped.items():
            known = {key: place for place, key in enumerate(by_id(command_id).keys)}
            keys.sort(key=lambda key, known=known: known.get(key, -1))  # type: ignore[misc]
    own = getattr(screen, "SCOPE", "")
    order = [own, *(scope for scope in SCOPES if scope != own)]
    lines: list[KeyLine] = []
    for scope in order:
        if scope not in found:
            continue
        if lines:
            lines.append(KeyLine(f"{scope}.", ""))
        lines.append(KeyLine(scope, SCOPES.get(scope, scope.title())))
        for command_id, keys in found[scope].items():
            command = by_id(command_id)
            lines.append(
                KeyLine(command_id, command.title, "  ".join(key_label(key) for key in keys), command.help)
            )
    return lines


class HelpScreen(Window[str]):
    """The list of keys. Answers with the id of a command that shall be done."""

    KEYS: ClassVar[tuple[tuple[str, str], ...]] = (("↑↓", "move"), ("enter", "do it"))
    CLOSES = "close"
    DEFAULT_CSS = """
    HelpScreen > .window { width: 96; height: 92%; }
    HelpScreen Lines { background: $surface; }
    """

    def __init__(self, behind: Screen[object], keymap: Mapping[str, str]) -> None:
        super().__init__("Keys")
        self._lines = live_keys(behind, keymap)

    def compose_window(self) -> list[Widget]:
        return [
            Lines(self._rows, lambda line: line.id, selectable=lambda line: bool(line.keys), one_click=True),
            Static(Content(""), classes="feedback"),
        ]

    def on_mount(self) -> None:
        for lines in self.query(Lines):
            lines.show(self._lines)
            lines.focus()

    def on_lines_chosen(self, message: Lines.Chosen) -> None:
        message.stop()
        self.answer(message.item.id)

    @staticmethod
    def _rows(line: KeyLine, width: int) -> list[Row]:
        if not line.keys:
            return [((line.title, "accent"),)]
        keys: Row = ((f" {line.keys:<9} ", "strong"),)
        if width < 80:
            # The sentence says what the title says.
            return [(*keys, (line.help, "plain"))]
        return [(*keys, (f"{line.title:<20}  ", "plain"), (line.help, "dim"))]

"""The frame of every small window."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from data.text import block, one_line

from ..commands import bindings, commands, key_label
from ..scope import Scope

R = TypeVar("R")


class Window(Scope, ModalScreen[R | None]):
    """A small window over the screen that asked. It answers with a value, or None if cancelled."""

    SCOPE = "dialog"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("dialog")]
    KEYS: ClassVar[tuple[tuple[str, str], ...]] = ()
    """What the line at the bottom says: pairs of a key's label and what it does."""
    DEFAULT_CSS = """
    Window { align: center middle; background: $background 60%; }
    Window > .window {
        width: 76; max-width: 96%; height: auto; max-height: 92%;
        border: round $accent; background: $surface; padding: 0 2;
        border-title-color: $accent; border-title-style: bold;
    }
    Window .lead { height: auto; color: $text-muted; margin: 0 0 1 0; }
    Window .feedback { height: auto; min-height: 1; color: $text-muted; }
    Window .feedback.-bad { color: $warning; }
    Window .feedback.-good { color: $success; }
    Window .keys { height: 1; color: $text-muted; margin: 1 0 0 0; }
    Window Input { border: round $foreground 30%; background: $surface; padding: 0 1; height: 3; }
    Window Input:focus { border: round $accent; background-tint: $foreground 0%; }
    Window TextArea { border: round $foreground 30%; background: $surface; padding: 0 1; }
    Window TextArea:focus { border: round $accent; }
    """

    def __init__(self, title: str, lead: str = "") -> None:
        super().__init__()
        self._heading = title
        self._lead = lead
        self._answered = False

    def compose(self) -> ComposeResult:
        with Vertical(classes="window") as frame:
            frame.border_title = Content(f" {one_line(self._heading[:200])} ")
            if self._lead:
                yield Static(Content(block(self._lead)), classes="lead")
            yield from self.compose_window()
            yield Static(self._keys(), classes="keys")

    def compose_window(self) -> list[Widget]:
        """What stands between the title and the keys."""
        return []

    def _keys(self) -> Content:
        pairs = [*self.KEYS, (key_label(commands("dialog")[0].keys[0]), "cancel")]
        parts: list[Content | tuple[str, str]] = []
        for key, what in pairs:
            parts += [(key, "bold $foreground"), Content(f" {what}   ")]
        return Content.assemble(*parts)

    def answer(self, value: R | None) -> None:
        """Close with `value`. Keys that were typed ahead, after the answer, change nothing."""
        if not self._answered and self.is_current:
            self._answered = True
            self.dismiss(value)

    def do_cancel(self) -> None:
        """Close; nothing was changed."""
        self.answer(None)

    def do_accept(self) -> None:
        """Keep what is there; windows that hold something override it."""

    def do_editor(self) -> None:
        """Open the text in the user's editor; windows with a longer text override it."""

    def why_not(self, name: str) -> str:
        """Why a command can't be done in this window."""
        if name == "editor" and type(self).do_editor is Window.do_editor:
            return "There is no longer text to edit here."
        return ""

    def say(self, text: str, tone: str = "plain") -> None:
        """Show feedback in the window itself, where there is a place for it."""
        for place in self.query(".feedback").results(Static):
            place.update(Content(block(text)))
            place.set_class(tone == "warn", "-bad")
            place.set_class(tone == "good", "-good")
            return

"""The window that chooses a theme: each is tried on as the cursor comes to it."""

from __future__ import annotations

from typing import Any

from textual.app import App

from ..dialogs.choose import Choose, Option
from ..widgets.lines import Lines


class ThemeChooser(Choose[str]):
    """Offers all themes, our own first. Left with esc, the one from before is back."""

    def __init__(self, app: App[int]) -> None:
        self._before = app.theme
        own = sorted(name for name in app.available_themes if name.startswith("inroad"))
        rest = sorted(name for name in app.available_themes if name not in own)
        super().__init__(
            "Theme",
            [Option("", name, name, "in use" if name == app.theme else "") for name in (*own, *rest)],
            "It is remembered for the next time.",
        )

    def on_mount(self) -> None:
        for lines in self.query(Lines):
            lines.select(self._before)

    def follow(self, lines: Lines[Any]) -> None:
        """Try on what is under the cursor."""
        if lines.current is not None:
            self.app.theme = lines.current.value

    def answer(self, value: str | None) -> None:
        """Close; without a choice everything looks as it did."""
        if value is None:
            self.app.theme = self._before
        super().answer(value)

"""The line that speaks up: a cue of the clock, or the words to end on time."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from data.text import block


class CueLine(Static):
    """Shows one saying in full, or nothing at all; its tone says how urgent it is."""

    DEFAULT_CSS = """
    CueLine { height: auto; max-height: 4; padding: 0 2; display: none; text-style: bold; }
    CueLine.-shown { display: block; color: $text; background: $accent 25%; }
    CueLine.-warn { background: $warning 30%; }
    CueLine.-late { background: $error 40%; }
    """

    def __init__(self) -> None:
        super().__init__(id="cue")
        self._saying = ("", "")

    def say(self, words: str, tone: str) -> None:
        """Show `words`; drawn again only if they changed. Nothing is shown for empty ones."""
        if (words, tone) == self._saying:
            return
        self._saying = (words, tone)
        self.update(Content(block(words[:2000])))
        self.set_class(bool(words), "-shown")
        self.set_class(tone == "warn", "-warn")
        self.set_class(tone == "late", "-late")

"""Windows for what could not be kept: waiting for another process, and trying again."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.widget import Widget

from data.store.lock import PATIENCE

from ..commands import key_of
from .window import Feedback, Window

if TYPE_CHECKING:
    from data.store import Store


class NotKeptYet(Window[bool]):
    """Says why something was not kept; enter tries again with all that was typed."""

    KEYS: ClassVar[tuple[tuple[str, str], ...]] = (("enter", "try again"),)
    CLOSES = "give up"
    OWN_DRAFT = False

    def __init__(self, sentence: str) -> None:
        super().__init__("Not kept yet", f"{sentence} What you typed is still here.")

    def on_key(self, event: events.Key) -> None:
        """Enter tries again."""
        if event.key == "enter":
            event.stop()
            self.answer(True)


class WaitForStore(Window[bool]):
    """Waits until another process lets go of the store; answers True as soon as it does."""

    CLOSES = "give up"
    OWN_DRAFT = False
    LOOK_SECONDS = 0.1

    def __init__(self, store: Store) -> None:
        super().__init__("One moment")
        self._store = store

    def compose_window(self) -> list[Widget]:
        words = "Waiting for another Inroad that is using the store. This goes on by itself."
        return [Feedback(words, steady=True)]

    def on_mount(self) -> None:
        self.set_interval(self.LOOK_SECONDS, self._look)
        self.set_timer(PATIENCE, self._say_more)

    def _look(self) -> None:
        if not self._store.in_use():
            self.answer(True)

    def _say_more(self) -> None:
        self.say(
            f"Another Inroad has kept {self._store.path} locked for {PATIENCE:.0f} seconds and may be "
            "stopped (ctrl+z?): let it go on (fg) or close it. This goes on by itself as soon as it can; "
            f"{key_of('dialog.cancel')} gives up, and nothing is changed.",
            "warn",
        )

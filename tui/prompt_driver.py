"""Hands a key to the app without a detour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.driver import Driver

if TYPE_CHECKING:
    from textual.message import Message


class Prompt(Driver):
    """Mixed into a driver. Textual makes a task of each key that its thread has read, and a future for the
    thread, which waits for none: half of what comes before the app sees the key."""

    def send_message(self, message: Message) -> None:
        """Put a message into the app's queue."""
        self._loop.call_soon_threadsafe(self._app.post_message, message)


def prompt(driver: type[Driver]) -> type[Driver]:
    """A driver that does so."""
    return type(driver.__name__, (Prompt, driver), {})

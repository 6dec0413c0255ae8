"""A user's hands: keys pressed one after the other, each with what it leads to on the screen."""

from __future__ import annotations

from textual.pilot import Pilot
from textual.screen import ModalScreen


async def press(pilot: Pilot[int], *keys: str) -> None:
    """Press keys; after each one everything that it leads to has happened."""
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


async def write(pilot: Pilot[int], text: str) -> None:
    """Type a text."""
    names = {" ": "space", "/": "slash", "@": "at", ",": "comma", ".": "full_stop", "#": "number_sign"}
    await pilot.press(*(names.get(char, char) for char in text))
    await settle(pilot)


async def settle(pilot: Pilot[int]) -> None:
    """Until nothing is left to do: a window waits for an answer, or all commands have ended."""
    for _ in range(_LONGEST):
        await pilot.pause()
        running = [worker for worker in pilot.app.workers if worker.group in ("commands", "ways", "load")]
        waiting = isinstance(pilot.app.screen, ModalScreen) and pilot.app.screen.focused is not None
        if not running or (waiting and not any(worker.group == "load" for worker in running)):
            break
    await pilot.pause()


_LONGEST = 300
"""Looks at a screen that never comes to rest; then the test goes on, and fails where it must."""

"""A user's hands: keys pressed one after the other, each with what it leads to on the screen."""

from __future__ import annotations

from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.screen import ModalScreen


async def press(pilot: Pilot[int], *keys: str) -> None:
    """Press keys; after each one everything that it leads to has happened."""
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


async def write(pilot: Pilot[int], text: str) -> None:
    """Type a text; what it leads to has happened after it."""
    await typed(pilot, text)
    await settle(pilot)


async def typed(pilot: Pilot[int], text: str) -> None:
    """Type a text as fast as a terminal can send it; enter, where there is a new line, waits for the letters.

    `pilot.press` waits for a tenth of a second at each letter, which made up a minute of the suite.
    """
    driver = pilot.app._driver
    assert driver is not None
    for number, line in enumerate(text.split("\n")):
        if number:
            await pilot.press("enter")
        for char in line:
            key = events.Key(char if char.isalnum() else _character_to_key(char), char)
            key.set_sender(pilot.app)
            driver.send_message(key)
        await pilot.pause()


async def settle(pilot: Pilot[int]) -> None:
    """Until nothing is left to do: a window waits for an answer, or all commands have ended."""
    open_for = 0
    before: object = None
    for _ in range(_LONGEST):
        await pilot.pause()
        window = pilot.app.screen
        open_for = open_for + 1 if window is before and isinstance(window, ModalScreen) else 0
        before = window
        groups = {worker.group for worker in pilot.app.workers}
        # A command that asks goes on only with the answer.
        waiting = open_for >= _STILL and "load" not in groups
        if waiting or not groups & {"commands", "ways", "load"}:
            break
    await pilot.pause()


_LONGEST = 300
"""Looks at a screen that never comes to rest; then the test goes on, and fails where it must."""

_STILL = 3
"""Looks after which a window counts as one that waits for the user."""

"""A user's hands: keys pressed one after the other, each with what it leads to on the screen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from time import monotonic

from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.screen import ModalScreen

from tests.screens.seen import text_of


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


async def keys(pilot: Pilot[int], words: str) -> None:
    """Press keys one after the other, as somebody does who knows the way; what they lead to has happened
    after the last one."""
    driver = pilot.app._driver
    assert driver is not None
    for word in words.split():
        typed = word.removeprefix("*").replace("~", " ") if word.startswith("*") else ""
        for key in typed or [word]:
            name = _character_to_key(key) if typed and not key.isalnum() else key
            event = events.Key(name, key if len(key) == 1 else None)
            event.set_sender(pilot.app)
            driver.send_message(event)
        await pilot._wait_for_screen()
    await settle(pilot)


async def close_all(pilot: Pilot[int]) -> None:
    """Close every window and screen that lies over one of the six."""
    while len(pilot.app.screen_stack) > 1:
        if isinstance(pilot.app.screen, ModalScreen):
            await keys(pilot, "escape")
        else:
            pilot.app.pop_screen()
            await pilot.pause()


async def settle(pilot: Pilot[int]) -> None:
    """Until nothing is left to do: a window waits for an answer, or all commands have ended."""
    end = monotonic() + _LONGEST_SECONDS
    while monotonic() < end:
        await pilot.pause()
        groups = {worker.group for worker in pilot.app.workers} & {"commands", "ways", "load"}
        # A command that asks goes on only with the answer.
        asks = isinstance(pilot.app.screen, ModalScreen) and "load" not in groups
        if asks or not groups:
            return
        await asyncio.sleep(_LOOK_SECONDS)


async def until(pilot: Pilot[int], done: Callable[[], bool]) -> None:
    """Go on until something is so, which takes its time: another process, a thread, a clock. Fails, with what
    is on the screen, if it never is."""
    end = monotonic() + _LONGEST_SECONDS
    while not done():
        assert monotonic() < end, f"it never came to that:\n{text_of(pilot.app)}"
        await pilot.pause()
        await asyncio.sleep(_LOOK_SECONDS)


_LONGEST_SECONDS = 30.0
"""How long a screen is looked at that never comes to rest; then the test fails where it must."""
_LOOK_SECONDS = 0.005

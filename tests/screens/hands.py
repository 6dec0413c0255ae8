"""A user's hands: keys pressed one after the other, each with what it leads to on the screen."""

from __future__ import annotations

from textual.pilot import Pilot

from screens.find import FindScreen


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
    """Until nothing is left to do, a Find that is loading included."""
    await pilot.pause()
    loading = [worker for worker in pilot.app.workers if worker.group == "load"]
    if loading and any(isinstance(screen, FindScreen) for screen in pilot.app.screen_stack):
        await pilot.app.workers.wait_for_complete(loading)
    await pilot.pause()

"""When an app in a test has nothing left to do.

Textual's pilot waits until the process has used little time of the processor for a fiftieth of a second. That
makes up half of the suite, and on a loaded machine, where a busy process gets little time, it ends too early.
Here the event loop itself is asked: nothing to run, nothing on its way from a thread, nothing due at once. An
app comes to that on a slow machine, too, only later; one that never does fails its test.
"""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import Any

from textual._context import active_app
from textual.app import App

SOON_SECONDS = 0.03
"""What is due within this time belongs to what was done: a search that takes a breath."""
BUSY_SECONDS = 10.0
"""So long a thread is waited for. A test that holds one up sets this to less."""
LONGEST_SECONDS = 30.0
"""Who is busy for so long will not come to rest."""
FRAME = "screen_update"
"""Textual's name for the timer of frames, which goes on once more after the last one."""
_STILL = 3
# Rounds of the loop without anything to do: it looks for what came from outside once a round.


async def until_quiet(app: App[Any]) -> bool:
    """Return when `app` waits for the user, for another process, or for a time that is not near; False if it
    never came to that."""
    loop: Any = asyncio.get_running_loop()
    began = monotonic()
    still = 0
    while still < _STILL and monotonic() - began < LONGEST_SECONDS:
        await asyncio.sleep(0)
        still += 1
        if loop._ready:
            still = 0
        elif monotonic() - began < BUSY_SECONDS and busy_threads(loop):
            still = 0
            await asyncio.sleep(0.001)
        elif (due := next_due(loop)) is not None and (due - loop.time() < SOON_SECONDS or holds_back(app)):
            still = 0
            await asyncio.sleep(max(0.0, due - loop.time()))
        elif paint(app):
            still = 0
    return still == _STILL


def holds_back(app: App[Any]) -> bool:
    """Whether nothing is drawn for a moment, as when another screen comes to the front."""
    return app._running and not app._exit and app._batch_count > 0


def busy_threads(loop: Any) -> bool:
    """Whether a thread that the loop gave something to do has not done it."""
    pool = loop._default_executor
    return pool is not None and (
        pool._work_queue.qsize() > 0 or pool._idle_semaphore._value < len(pool._threads)
    )


def next_due(loop: Any) -> float | None:
    """When the next timer ends, in the time of the loop."""
    return min(
        (handle._when for handle in loop._scheduled if not handle._cancelled and not is_frame(handle)),
        default=None,
    )


def is_frame(handle: Any) -> bool:
    """Whether it is for the next frame that somebody waits."""
    for waiting in handle._args or ():
        for callback, _ in getattr(waiting, "_callbacks", None) or ():
            task = getattr(callback, "__self__", None)
            if isinstance(task, asyncio.Task) and task.get_name() == FRAME:
                return True
    return False


def paint(app: App[Any]) -> bool:
    """Draw what waits for the next frame; False if nothing does."""
    if not app._running or app._exit or not app._screen_stack:
        return False
    screen = app.screen
    waits = (
        screen._layout_required
        or screen._scroll_required
        or screen._repaint_required
        or screen._dirty_widgets
        or screen._callbacks
    )
    if not waits or not screen.is_running:
        return False
    screen._on_timer_update()
    return True


async def wait_for_idle(min_sleep: float = 0.0, max_sleep: float = 0.0) -> None:
    """In place of Textual's function of this name."""
    app = active_app.get()
    assert await until_quiet(app), f"{app.screen} never came to rest"

"""A process that was stopped from outside (SIGSTOP) goes on as it was."""

from __future__ import annotations

import asyncio
import os
import signal
from contextlib import suppress
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .app import InroadApp


def go_on_after_a_stop(app: InroadApp) -> None:
    """Take care of SIGCONT for `app`, which runs in the event loop of this thread.

    Textual's driver starts its application mode when a process continues. That is right after its own
    suspending (SIGTSTP), which ended that mode. Who was merely stopped would get a second reader of the
    keyboard, and each of the two half of what is typed.
    """
    if os.name != "posix":
        return
    import termios

    driver = app._driver
    try:
        descriptor = driver.fileno  # type: ignore[union-attr]
        drawn_in = termios.tcgetattr(descriptor)
    except (AttributeError, OSError, termios.error):
        return  # no terminal, as in tests
    theirs = signal.getsignal(signal.SIGCONT)
    loop = asyncio.get_running_loop()

    def paint_anew() -> None:
        with suppress(AttributeError):
            driver.write("\x1b[?25l")  # type: ignore[union-attr]
        app.screen.refresh(layout=True)

    def go_on(number: int, frame: FrameType | None) -> None:
        reader = getattr(driver, "_key_thread", None)
        if reader is None or not reader.is_alive():
            if callable(theirs):
                theirs(number, frame)
            return
        # A shell that had the terminal meanwhile set it up for itself, and wrote into our screen.
        with suppress(OSError, termios.error):
            termios.tcsetattr(descriptor, termios.TCSANOW, drawn_in)
        loop.call_soon_threadsafe(paint_anew)

    with suppress(ValueError):  # not the main thread
        signal.signal(signal.SIGCONT, go_on)

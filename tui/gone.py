"""A terminal that went away without a word: who has no controlling one is sent no SIGHUP."""

from __future__ import annotations

import select
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.driver import Driver

GONE = select.POLLHUP | select.POLLERR | select.POLLNVAL if hasattr(select, "poll") else 0


def terminal_is_gone(driver: Driver | None) -> bool:
    """Whether the terminal that `driver` reads from has been closed at its other end.

    Textual would go on asking it for keys, and take a whole processor for that.
    """
    descriptor = getattr(driver, "fileno", None)
    if descriptor is None or not GONE:
        return False  # no terminal, as in tests, or no way to ask
    poll = select.poll()
    poll.register(descriptor, GONE)
    return bool(poll.poll(0))

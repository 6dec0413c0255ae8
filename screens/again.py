"""A command that could not be kept is tried again as it was: what was typed for it is not asked for twice.

The store is written from the thread that draws, so nothing there may wait for another process. A command
that meets a store in use fails within a blink and leaves everything as it was; here it waits beside the
event loop, with a sentence and a way out, and is run anew with what the user had answered in windows.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from inspect import isawaitable
from typing import TYPE_CHECKING, Any

from data.store.errors import NotKept, StoreBusy

from .dialogs.window import Window

if TYPE_CHECKING:
    from textual.app import App

    from data.store import Change, Store

LOOK_SECONDS = 0.02
"""How often to look whether the store is free again."""
QUIET_SECONDS = 0.3
"""A wait shorter than this passes without a window."""

NOTHING = object()


class Answers:
    """What the user answered in the windows of one command, in order."""

    def __init__(self) -> None:
        self._given: list[tuple[object, Any]] = []
        self._windows: list[Window[Any]] = []
        self._next = 0

    @property
    def typed(self) -> bool:
        """Whether something was written that would have to be written again."""
        return any(isinstance(answer, str | dict) for _, answer in self._given)

    def rewind(self) -> None:
        """The command begins anew."""
        self._next = 0

    def again(self, window: Window[Any]) -> Any:
        """What was answered in this window before; NOTHING if it was not asked yet."""
        if self._next < len(self._given) and self._given[self._next][0] == _mark(window):
            self._next += 1
            return self._given[self._next - 1][1]
        # Something else is asked now than then: from here on, the user answers.
        del self._given[self._next :]
        return NOTHING

    def take(self, window: Window[Any], answer: Any) -> None:
        """Remember an answer."""
        self._given.append((_mark(window), answer))
        self._next = len(self._given)
        self._windows.append(window)

    def kept(self) -> None:
        """The command is done: what was typed for it is no draft any more."""
        for window in self._windows:
            window.forget_draft()


def _mark(window: Window[Any]) -> object:
    return type(window), window.heading


_answers: ContextVar[Answers | None] = ContextVar("answers", default=None)


def answers() -> Answers | None:
    """The answers of the command that runs in this task."""
    return _answers.get()


async def run(app: App[Any], store: Store | None, handler: Callable[[], Awaitable[None] | None]) -> None:
    """Run a command's handler, and again where the store could not keep it. Raises UserError."""
    given = Answers()
    _answers.set(given)
    while True:
        given.rewind()
        kept: list[Change] = []
        unsubscribe = store.subscribe(kept.append) if store is not None else None
        try:
            outcome = handler()
            if isawaitable(outcome):
                await outcome
            given.kept()
            return
        except (StoreBusy, NotKept) as error:
            # A part that is kept would be done twice; what others did meanwhile counts as such, to be safe.
            if store is None or kept or not await _shall_try_again(app, store, error, given):
                raise
        finally:
            if unsubscribe is not None:
                unsubscribe()


async def _shall_try_again(app: App[Any], store: Store, error: StoreBusy | NotKept, given: Answers) -> bool:
    from .dialogs.try_again import NotKeptYet, WaitForStore

    if isinstance(error, NotKept):
        if not given.typed:
            return False
        again = await app.push_screen_wait(NotKeptYet(str(error)))
        return bool(again)
    for _ in range(round(QUIET_SECONDS / LOOK_SECONDS)):
        if not store.in_use():
            return True
        await asyncio.sleep(LOOK_SECONDS)
    free = await app.push_screen_wait(WaitForStore(store))
    return bool(free)

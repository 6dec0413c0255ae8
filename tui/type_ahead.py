"""Keys typed ahead take effect in order: each is done with before the next one is given on.

Textual hands a key to the focused widget at once, but runs a bound one only after it has bubbled up to
the app. Whoever types fast would find the letters after a tab in the field before it, and `n` `n` would
open two windows. Here the next key waits until the one before has gone all its way, and until the screen
or the focus that it leads to is there. A key held down in a list goes its way once; the presses of it that
wait then move the cursor as one.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from pathlib import Path

from textual import events
from textual.app import App
from textual.message import Message
from textual.message_pump import MessagePump
from textual.widget import Widget

from screens.painting import PaintedScreen
from screens.widgets.lines import Lines

from .escape import ESC, Joined

LONGEST_SECONDS = 0.5
"""A key that leads to something slow holds up the next ones no longer than this."""

SHOWN_SECONDS = 0.05
"""A key held down, and faster than the screen, is shown that often."""

_STILL = 3
# Rounds without a change: a command posts a message, whose handler posts another, which opens a screen.

_MOVES = frozenset(("up", "down", "left", "right", "pageup", "pagedown", "home", "end"))


class Passed(Message):
    """Goes the way of the key before it; when it reaches the app, so has the key."""

    def __init__(self, key: int) -> None:
        super().__init__()
        self.key = key


class TypeAhead(App[int]):
    """An app that gives on one key, paste or click at a time."""

    def __init__(self, css_path: Path) -> None:
        super().__init__(css_path=css_path)
        self._waiting: deque[events.Event] = deque()
        self._key = 0
        self._under_way = False
        self._still = 0
        self._last_seen: tuple[object, object] = (None, None)
        self._last_key: tuple[str, object] = ("", None)
        self._limit: asyncio.TimerHandle | None = None
        self._last_at = time.monotonic()
        self._shown_at = 0.0

    @property
    def idle_seconds(self) -> float:
        """How long ago the last key, click or paste came."""
        return time.monotonic() - self._last_at

    async def on_event(self, event: events.Event) -> None:
        """Give an event on, or have it wait for the one that is under way."""
        if not _in_order(event):
            await super().on_event(event)
            return
        self._last_at = time.monotonic()
        if self._leaving:
            return
        elif self._under_way:
            self._waiting.append(event)
            self._limit_wait()
        else:
            await self._give_on(event)

    @property
    def _leaving(self) -> bool:
        """Whether the app is about to end: what is typed now is for whatever comes after it, and its screens
        go one by one."""
        return self._exit or not self._running or not self._screen_stack

    def _limit_wait(self) -> None:
        if self._limit is None:
            self._limit = asyncio.get_running_loop().call_later(LONGEST_SECONDS, self._overdue, self._key)

    async def _give_on(self, event: events.Event) -> None:
        target = self.focused or self.screen
        if isinstance(event, Joined):
            typing = isinstance(target, Widget) and target.check_consume_key("a", "a")
            if event.is_one(self._keymap.values(), typing=typing):
                event = events.Key(event.key, event.character)
            else:
                self._waiting.appendleft(event.second)
                self._limit_wait()
                event = events.Key("escape", ESC)
        if isinstance(event, events.Key) and self._move(target, event.key):
            return
        self._last_key = (event.key if isinstance(event, events.Key) else "", target)
        await super().on_event(event)
        if self._leaving or (isinstance(event, events.Key) and _types(target, event)):
            return
        self._key += 1
        self._under_way = True
        self._still = _STILL - 1 if isinstance(event, events.Key) and _moves(target, event.key) else 0
        self._last_seen = (self.screen, self.focused)
        self._send(target)

    def _move(self, target: object, key: str) -> bool:
        """Move the cursor of a list at once, if that is all that a key does: it need not go its way through
        everything that the list stands in. Of several that wait the last is shown, but one in a while."""
        screen = self.screen
        if not isinstance(target, Lines) or not isinstance(screen, PaintedScreen):
            return False
        if not (move := screen.move_of(target, key)):
            return False
        self.app_focus = True
        screen.move_cursor(target, move)
        now = time.monotonic()
        if (self._message_queue.empty() and not self._waiting) or now - self._shown_at > SHOWN_SECONDS:
            screen.show_moved(target)
            self._shown_at = time.monotonic()
        return True

    def _send(self, target: MessagePump) -> None:
        passed = Passed(self._key)
        if not target.post_message(passed) and not self.screen.post_message(passed):
            self.call_next(self._next)

    async def on_passed(self, message: Passed) -> None:
        """The key has been here; what it led to may still be on its way."""
        message.stop()
        if message.key != self._key or not self._under_way or self._leaving:
            return
        seen = (self.screen, self.focused)
        self._still = self._still + 1 if seen == self._last_seen else 0
        self._last_seen = seen
        if self._still < _STILL:
            self._send(self.focused or self.screen)
        else:
            await self._next()

    def _overdue(self, key: int) -> None:
        """The key takes long, or its widget is gone and nothing comes back."""
        self._limit = None
        if key == self._key and self._under_way:
            self.call_later(self._next)
        elif self._waiting:
            self._limit = asyncio.get_running_loop().call_later(LONGEST_SECONDS, self._overdue, self._key)

    async def _next(self) -> None:
        self._under_way = False
        while self._waiting and not self._under_way and not self._leaving:
            if not self._repeat():
                await self._give_on(self._waiting.popleft())
        if not self._waiting and self._limit is not None:
            self._limit.cancel()
            self._limit = None

    def _repeat(self) -> bool:
        """Do again in a list what the key before did, as often as it waits in front; False if it doesn't."""
        key, target = self._last_key
        if not key or not isinstance(target, Lines) or target is not self.focused:
            return False
        times = 0
        while times < len(self._waiting) and getattr(self._waiting[times], "key", "") == key:
            times += 1
        move = target.move_of(key) if times else ""
        if not move:
            return False
        for _ in range(times):
            self._waiting.popleft()
            target.run_command(move)
        return True


def _in_order(event: events.Event) -> bool:
    """Whether an event is the user's, fresh from the terminal, and may not overtake another."""
    if isinstance(event, events.MouseMove):
        return False
    return isinstance(event, events.InputEvent | events.Paste) and not event.is_forwarded


def _types(target: object, event: events.Key) -> bool:
    """Whether a key only puts a letter into a line: it needs no waiting for."""
    return isinstance(target, Widget) and target.check_consume_key(event.key, event.character)


def _moves(target: object, key: str) -> bool:
    """Whether a key only moves a cursor, which opens nothing that the next one would be for."""
    return key in _MOVES or (isinstance(target, Lines) and bool(target.move_of(key)))

"""Esc and the key after it, where both come in one piece: in tmux, over SSH, from quick hands.

Textual takes the two for one key with Alt, or for a sign that one terminal makes of them (`esc 1` for `¡`),
and the Esc is lost: who leaves a line and presses `1` has typed into it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable

from textual import events
from textual._xterm_parser import XTermParser
from textual.driver import Driver

ESC = "\x1b"
_BEGINS_MORE = "[O" + ESC
"""After an Esc these begin what an arrow or a function key sends."""
_ONE_KEY = "\t\x7f"
"""After an Esc these are what a terminal sends for shift+tab and for alt+backspace."""
_WORDS = "bf"
"""After an Esc these are what a terminal sends for alt+left and alt+right: in a text, by a word."""


class Joined(events.Key):
    """Esc and a key, which came as one: the key with Alt that they may be, and the `second` of the two."""

    def __init__(self, together: events.Key, second: events.Key) -> None:
        super().__init__(together.key, together.character)
        self.second = second

    def is_one(self, keymap: Iterable[str], *, typing: bool) -> bool:
        """Whether it is one key with Alt: where a text is typed one that moves by a word, and what the user
        has given to a command (`keymap`: the keys of each)."""
        if typing and self.second.key in _WORDS:
            return True
        return self.key.startswith("alt+") and any(self.key in keys.split(",") for keys in keymap)


class Parser(XTermParser):
    """Reads what the terminal sends as Textual does, but for an Esc with a key right behind it."""

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[events.Key]:
        behind = sequence if alt else sequence[1:] if sequence[:1] == ESC and len(sequence) == 2 else ""
        if not behind or behind in (_ONE_KEY if alt else _BEGINS_MORE + _ONE_KEY):
            yield from super()._sequence_to_key_events(sequence, alt)
            return
        known = () if alt or behind not in _WORDS else (*super()._sequence_to_key_events(sequence),)
        together = known or (*super()._sequence_to_key_events(behind, alt=True),)
        for one, second in zip(together, super()._sequence_to_key_events(behind), strict=True):
            yield Joined(one, second)


def keep_escape(driver: type[Driver]) -> None:
    """Have a driver of Textual's that reads a terminal read it with our parser."""
    for its in driver.__mro__:
        place = sys.modules[its.__module__]
        if getattr(place, "XTermParser", None) is XTermParser:
            vars(place)["XTermParser"] = Parser

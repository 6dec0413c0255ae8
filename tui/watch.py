"""Watches the store while the app runs: takes in what others did, and says what the store has to say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from data.clock import today

if TYPE_CHECKING:
    from datetime import date

    from screens.desk import Desk

Say = Callable[[str, str], object]

COPY_AFTER = timedelta(minutes=10)
"""An app that stays open this long writes the day's copies itself; one closed sooner does so on closing."""


class StoreWatch:
    """`say` shows a sentence in a tone. Each trouble is said once, and once that it is over."""

    def __init__(self, desk: Desk, say: Say) -> None:
        self._desk = desk
        self._say = say
        self._trouble = ""
        self._untyped = ""
        self._copied_on: date | None = None
        self._opened = desk.clock.now()

    def looks_long(self) -> bool:
        """Whether other processes wrote so much (an import) that `look` is for a worker's thread."""
        return self._desk.store.behind

    def look(self) -> None:
        """Take in what other processes wrote; where the files can't be read, or half-typed text can't be
        written, say so and go on."""
        from data.store.errors import StoreError

        if self._desk.drafts.trouble != self._untyped:
            self._untyped = self._desk.drafts.trouble
            if self._untyped:
                self._say(self._untyped, "warn")
        try:
            self._desk.store.refresh()
        except StoreError as error:
            if str(error) != self._trouble:
                self._trouble = str(error)
                self._say(self._trouble, "warn")
            return
        if self._trouble:
            self._trouble = ""
            self._say("The store can be read again; you can go on.", "good")

    def greeting(self) -> list[str]:
        """What the user has to know about the store that was just opened, as sentences."""
        store = self._desk.store
        said = list(store.notices)
        if store.read_only:
            said.insert(0, f"{store.path} can't be written here: you can look, and nothing can be changed.")
        return said

    def copies_due(self) -> bool:
        """Whether today's copies have not been looked after yet, though the app is open for long."""
        store, clock = self._desk.store, self._desk.clock
        if self._desk.demo or store.read_only or clock.now() - self._opened < COPY_AFTER:
            return False
        return self._copied_on != today(clock)

    def copy(self) -> None:
        """Write the copies of today and of this week, if they are missing. For a worker's thread."""
        from data.store.errors import StoreError

        self._copied_on = today(self._desk.clock)
        try:
            self._desk.store.back_up_if_due()
        except StoreError as error:
            self._say(str(error), "warn")

    def tidying_due(self) -> bool:
        """Whether the store wants an idle moment; none is that while somebody is being listened to."""
        from data.records import Meeting

        store = self._desk.store
        return store.untidy and not store.where(Meeting, status="running")

    def tidy(self) -> None:
        """Put the store's files in order. For a worker's thread."""
        self._desk.store.tidy()

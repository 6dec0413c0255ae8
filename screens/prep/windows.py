"""The windows of the preparation: the rehearsal against a clock, and a page to read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import ClassVar

from textual import events
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Digits, Static

from data.clock import Clock
from data.meetings.introductions import (
    after_rehearsal,
    count_words,
    expected_seconds,
    warnings,
    words_per_minute,
)
from data.records import Introduction, Rehearsal
from data.text import block

from ..dialogs.window import Feedback, Window
from ..widgets.page_text import PageText

_WIDTH = 84


def _clock(seconds: float) -> str:
    """A time as a clock shows it: one figure alone would not look like one."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}"


class RehearseWindow(Window[float]):
    """Counts up while the introduction is said aloud; answers with the seconds that it took."""

    KEYS: ClassVar[tuple[tuple[str, str], ...]] = (
        ("space", "start, then stop"),
        ("enter", "keep"),
        ("↑↓", "scroll"),
    )
    DEFAULT_CSS = f"""
    RehearseWindow > .window {{ width: {_WIDTH}; }}
    RehearseWindow .words {{ background: $surface; }}
    RehearseWindow Digits {{ width: 1fr; height: 3; margin: 1 0 0 0; color: $success; }}
    RehearseWindow .history {{ height: auto; color: $text-muted; margin: 1 0 0 0; }}
    RehearseWindow.-over Digits {{ color: $error; }}
    """
    TICK = 0.2

    def __init__(self, introduction: Introduction, clock: Clock, before: Sequence[Rehearsal] = ()) -> None:
        """`before` are the rehearsals so far, newest first."""
        super().__init__(f"Rehearse: {introduction.title}")
        self._before = before
        self._introduction = introduction
        self._clock = clock
        self._started: datetime | None = None
        self._took: timedelta | None = None

    def compose_window(self) -> list[Widget]:
        words = PageText(self._introduction.text)
        lines = words.get_content_height(self.app.size, self.app.size, min(_WIDTH, self.app.size.width) - 8)
        return [
            self.grow(VerticalScroll(words, classes="words"), lines, 40),
            Digits(_clock(0)),
            Feedback(self._start_words(), steady=True),
            *self._history(),
        ]

    def _history(self) -> list[Widget]:
        """How it went before, and what a listener stumbles on."""
        notes = [f"! {each}" for each in warnings(self._introduction.text, self._introduction.seconds)]
        if self._before:
            paces = [words_per_minute(each.words, each.seconds) for each in self._before[:5]]
            said = [
                f"{each.seconds:.0f} s ({pace}{' words a minute' if not place else ''})"
                for place, (each, pace) in enumerate(zip(self._before, paces, strict=False))
            ]
            notes.append(f"Before, newest first: {', '.join(said)}")
        return [Static(Content(block("\n".join(notes))), classes="history")] if notes else []

    def _start_words(self) -> str:
        words = count_words(self._introduction.text)
        needs = expected_seconds(self._introduction.text)
        return (
            f"{words} words, about {needs:.0f} s; {self._introduction.seconds} s is the aim. "
            "Press space and say it aloud."
        )

    def on_mount(self) -> None:
        # Arrows read on where the words are more than there is room for.
        self.query_one(VerticalScroll).focus()
        self.set_interval(self.TICK, self.tick)

    def tick(self) -> None:
        """Show the time that has gone."""
        if self._started is None or self._took is not None:
            return
        seconds = (self._clock.now() - self._started).total_seconds()
        self.query_one(Digits).update(_clock(seconds))
        over = seconds > self._introduction.seconds
        self.set_class(over, "-over")
        words = count_words(self._introduction.text)
        pace = words_per_minute(words, seconds) if over else 0
        left = self._introduction.seconds - seconds
        more = f"over by {-left:.0f} s · {pace} words a minute or less" if over else f"{left:.0f} s left"
        self.say(more, "warn" if over else "")

    def on_key(self, event: events.Key) -> None:
        """Space starts and stops; enter keeps what was measured."""
        if event.key not in ("space", "enter"):
            return
        event.stop()
        if event.key == "space":
            self._space()
        elif self._started is None:
            self.say("Press space first, and say it aloud.", "warn")
        else:
            self.do_accept()

    def _space(self) -> None:
        if self._started is None or self._took is not None:
            self._started, self._took = self._clock.now(), None
            self.remove_class("-over")
            self.tick()
            return
        self._took = self._clock.now() - self._started
        seconds = self._took.total_seconds()
        self.query_one(Digits).update(_clock(seconds))
        said = after_rehearsal(count_words(self._introduction.text), seconds, self._introduction.seconds)
        self.say(f"{said} Enter keeps it, space starts again.", "good" if said.endswith("good.") else "warn")

    def do_accept(self) -> None:
        """Keep the measured time."""
        if self._started is None:
            return
        if self._took is None:
            self._took = self._clock.now() - self._started
        self.answer(self._took.total_seconds())


class PageWindow(Window[None]):
    """A page to read."""

    DEFAULT_CSS = """
    PageWindow > .window { width: 92; height: 92%; }
    PageWindow VerticalScroll { height: 1fr; background: $surface; }
    """
    KEYS: ClassVar[tuple[tuple[str, str], ...]] = (("↑↓", "scroll"),)
    CLOSES = "close"

    def __init__(self, title: str, text: str, lead: str = "") -> None:
        super().__init__(title, lead)
        self._text = text

    def compose_window(self) -> list[Widget]:
        return [VerticalScroll(PageText(self._text[:50_000]))]

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()

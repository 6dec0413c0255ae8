"""The windows of the preparation: the bank of questions, and the rehearsal against a clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

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
    words_per_minute,
)
from data.meetings.questions import CATEGORIES, Choice, choices, expected
from data.records import Introduction, Meeting
from data.text import block

from .dialogs.window import Window
from .widgets.lines import Lines
from .widgets.rows import FILL, Row
from .widgets.text_rows import RowLine

if TYPE_CHECKING:
    from .desk import Desk


class BankWindow(Window[None]):
    """Offers the bank's questions; enter puts one on the meeting's list, or takes it off again."""

    KEYS: ClassVar[tuple[tuple[str, str], ...]] = (
        ("enter", "add, or take off"),
        ("←→", "category"),
    )
    DEFAULT_CSS = """
    BankWindow > .window { width: 104; height: 90%; }
    BankWindow Lines { background: $surface; }
    BankWindow #categories { height: 1; margin: 0 0 1 0; }
    """

    def __init__(self, desk: Desk, meeting_id: str, flip: Callable[[Choice], None]) -> None:
        """`flip` puts a question on the list, or takes it off."""
        super().__init__("Questions to choose from")
        self._desk = desk
        self._meeting_id = meeting_id
        self._flip = flip
        self._place = 0
        self._groups = ("", *CATEGORIES)

    def compose_window(self) -> list[Widget]:
        lines: Lines[Choice] = Lines(self._row, lambda choice: choice.question.id)
        return [RowLine(id="categories"), lines, Static(Content(""), classes="feedback")]

    def on_mount(self) -> None:
        self._show()
        self.query_one(Lines).focus()

    def _show(self) -> None:
        meeting = self._desk.store.get(Meeting, self._meeting_id)
        if meeting is None:
            self.answer(None)
            return
        category = self._groups[self._place]
        names = [CATEGORIES.get(group, "All") for group in self._groups]
        row: list[tuple[str, str]] = []
        for place, name in enumerate(names):
            row.append((f"{name}  ", "accent" if place == self._place else "dim"))
        self.query_one("#categories", RowLine).show(tuple(row))
        self.query_one(Lines).show(choices(self._desk.store, meeting, category=category))
        count = len(meeting.questions)
        self.query_one(".feedback", Static).update(Content(f"{count} on the list for this meeting"))

    @staticmethod
    def _row(choice: Choice, width: int) -> list[Row]:
        sign = ("✓ ", "good") if choice.chosen else ("  ", "dim")
        quiet = choice.chosen or choice.asked_before
        note = choice.note if not choice.chosen else ""
        right = (
            f"{note}  {expected(choice.question.seconds):>6}" if note else expected(choice.question.seconds)
        )
        return [(sign, (choice.question.text, "dim" if quiet else "plain"), FILL, (right, "dim"))]

    def on_lines_chosen(self, message: Lines.Chosen) -> None:
        message.stop()
        self._take()

    def _take(self) -> None:
        choice = self.query_one(Lines).current
        if isinstance(choice, Choice):
            self._flip(choice)
            self._show()

    def on_key(self, event: events.Key) -> None:
        """Left and right change the category; space does what enter does."""
        if event.key in ("left", "right", "h", "l"):
            event.stop()
            step = 1 if event.key in ("right", "l") else -1
            self._place = (self._place + step) % len(self._groups)
            self._show()
            self.query_one(Lines).do_top()
        elif event.key == "space":
            event.stop()
            self._take()


class RehearseWindow(Window[float]):
    """Counts up while the introduction is said aloud; answers with the seconds that it took."""

    KEYS: ClassVar[tuple[tuple[str, str], ...]] = (("space", "start, then stop"), ("enter", "keep"))
    DEFAULT_CSS = """
    RehearseWindow > .window { width: 84; }
    RehearseWindow .words { height: auto; max-height: 12; }
    RehearseWindow Digits { width: 1fr; height: 3; margin: 1 0 0 0; color: $success; }
    RehearseWindow.-over Digits { color: $error; }
    """
    TICK = 0.2

    def __init__(self, introduction: Introduction, clock: Clock) -> None:
        super().__init__(f"Rehearse: {introduction.title}")
        self._introduction = introduction
        self._clock = clock
        self._started: datetime | None = None
        self._took: timedelta | None = None

    def compose_window(self) -> list[Widget]:
        text = self._introduction.text
        return [
            VerticalScroll(Static(Content(block(text[:5000]))), classes="words", can_focus=False),
            Digits("0"),
            Static(Content(self._start_words()), classes="feedback"),
        ]

    def _start_words(self) -> str:
        words = count_words(self._introduction.text)
        needs = expected_seconds(self._introduction.text)
        return (
            f"{words} words, about {needs:.0f} s; {self._introduction.seconds} s is the aim. "
            "Press space and say it aloud."
        )

    def on_mount(self) -> None:
        self.set_interval(self.TICK, self.tick)

    def tick(self) -> None:
        """Show the time that has gone."""
        if self._started is None or self._took is not None:
            return
        seconds = (self._clock.now() - self._started).total_seconds()
        self.query_one(Digits).update(f"{seconds:.0f}")
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
        self.query_one(Digits).update(f"{seconds:.0f}")
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

    def __init__(self, title: str, text: str, lead: str = "") -> None:
        super().__init__(title, lead)
        self._text = text

    def compose_window(self) -> list[Widget]:
        return [VerticalScroll(Static(Content(block(self._text[:50_000]))))]

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()

"""The line on top of every screen and the line below it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct
from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from data.text import one_line

from ..commands import Command, key_label, key_of
from ..scope import action_of
from .rows import KEY, ROLES, clip

if TYPE_CHECKING:
    from textual import events
    from textual.geometry import Region
    from textual.strip import Strip

MODES: tuple[tuple[str, str], ...] = (
    ("board", "Board"),
    ("prep", "Prep"),
    ("meeting", "Meeting"),
    ("followups", "Follow-ups"),
    ("insights", "Insights"),
    ("ledger", "Ledger"),
)
"""The six screens, in the order of their number keys."""
_ALL = len(MODES) + 1
# All names: those of the screens, and the program's.


SOON_ROOM = 50
"""Cells for what begins soon: it has to be read, and the names of the other screens give way to it."""


class Running(Struct, frozen=True):
    """What every screen shows of the meeting that runs: its clock, with whom, and how urgent it is.

    `tone` is `good` while there is time, `warn` near the end, `late` over the promise; `words` says in
    words, to the minute, how long is left or how far over it is.
    """

    clock: str
    name: str
    tone: str
    words: str = ""


class Status(Struct, frozen=True):
    """What the line on top says: counts by mode, the day, the running meeting or what begins soon."""

    today: date
    counts: tuple[tuple[str, int], ...] = ()
    running: Running | None = None
    soon: str = ""
    call: bool = False
    demo: bool = False


class TopBar(Widget):
    """One line: the screens with their counts, the date, and the running meeting's clock."""

    DEFAULT_CSS = "TopBar { height: 1; dock: top; background: $background; color: $text-muted; }"
    ALLOW_SELECT = False

    status: reactive[Status | None] = reactive(None)

    def __init__(self, here: str, opens: str = "") -> None:
        """Takes the mode of the screen, and the command with whose key it opens a call."""
        super().__init__()
        self._here = here
        self._opens = opens
        self._spots: list[tuple[int, int, str]] = []

    def render(self) -> Content:
        """The line, made to fit: first the date gives way, then the names, those of the other screens from
        the right on."""
        status = self.status
        if status is None:
            return Content("")
        width = self.size.width
        clock = self._clock(status, max(16, width // 3))
        for named, dated in ((_ALL, True), *((named, False) for named in range(_ALL, -1, -1))):
            left, spots = self._left(status, named)
            right = Content.assemble(self._day(status, clock), clock) if dated else clock
            if left.cell_length + right.cell_length + 1 <= width:
                break
        else:
            right = self._clock(status, max(0, width - left.cell_length - 1))
        self._spots = spots
        room = width - left.cell_length - right.cell_length
        return Content.assemble(left, " " * max(0, room), right)

    def _left(self, status: Status, named: int) -> tuple[Content, list[tuple[int, int, str]]]:
        """The screens, so many of them by their names as well: the first ones, and always this one. With
        one more than there are, the program's own stands before them."""
        here = ROLES["accent"]
        counts = dict(status.counts)
        content = Content.assemble(" ", ("Inroad", here), "  ") if named == _ALL else Content(" ")
        spots: list[tuple[int, int, str]] = []
        for number, (mode, name) in enumerate(MODES, 1):
            start, key = content.cell_length, key_of(f"app.{mode}")
            by_name = number <= named or mode == self._here
            label = f"{key} {name}" if by_name else key
            content = content + Content.assemble((label, here) if mode == self._here else label)
            if counts.get(mode):
                # Beside a number alone it would look like the number of a screen.
                count = str(counts[mode]) if by_name else f"({counts[mode]})"
                content = content + Content.assemble((f" {count}", ROLES["warn"]))
            spots.append((start, content.cell_length, mode))
            content = content + Content("  ")
        return content, spots

    @staticmethod
    def _day(status: Status, clock: Content) -> str:
        day = f"{status.today:%a} {status.today.day} {status.today:%b}"
        return f"{'demo · ' if status.demo else ''}{day}{'   ' if clock.cell_length else ' '}"

    def _clock(self, status: Status, room: int) -> Content:
        if status.running is None:
            if not status.soon:
                return Content("")
            room = max(room, SOON_ROOM) if room >= 16 else room
            style = ROLES["late" if status.soon.startswith("!!") else "warn"]
            call = f" · {key_of(self._opens)} opens the call" if status.call and self._opens else ""
            return Content.assemble((f"{clip(one_line(status.soon) + call, room)} ", style))
        running = status.running
        tone = f"bold {ROLES[running.tone]}"
        sign = "!!" if running.tone == "late" else "!" if running.tone == "warn" else "●"
        text = f"{sign} {running.clock}"
        name = one_line(running.name[:200])
        spare = room - cell_len(text) - 2
        if spare >= 4:
            text += f" {clip(name, spare)}"
        return Content.assemble((text, tone), " ")

    def on_click(self, event: events.Click) -> None:
        """A click on a screen's name goes there; on the clock, to the meeting."""
        for start, end, mode in self._spots:
            if start <= event.x < end:
                self.app.run_worker(self.app.run_action(f"app.command('app.{mode}')"))
                return


class KeyBar(Widget):
    """One line: the keys that matter here, or for a while what is said; a long sentence takes more lines."""

    DEFAULT_CSS = "KeyBar { height: 1; dock: bottom; background: $background; color: $text-muted; }"
    ALLOW_SELECT = False
    MOST_LINES = 4

    def __init__(self, commands: Callable[[], list[tuple[Command, str, bool]]]) -> None:
        """Takes a function that gives the commands to show, each with its key and whether it can be done."""
        super().__init__()
        self._commands = commands
        self._said: tuple[str, str] | None = None
        self._spots: list[tuple[int, int, str]] = []
        self._drawn: list[tuple[Command, str, bool]] = []
        self._freshened: list[tuple[Command, str, bool]] = []
        self._lines: dict[object, tuple[list[Strip], list[tuple[int, int, str]]]] = {}

    def notify_style_update(self) -> None:
        """What was drawn in other colours is of no use."""
        self._lines = {}
        super().notify_style_update()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Its lines. Few sets of keys come up again and again while a cursor moves."""
        if self._said is not None:
            return super().render_lines(crop)
        self._drawn = self._commands()
        place = (crop, *((command.id, key, possible) for command, key, possible in self._drawn))
        if place not in self._lines:
            # Nobody may have said that it has to be drawn anew.
            self._layout_cache.clear()
            self._styles_cache.clear()
            self._render_content()
            self._lines[place] = super().render_lines(crop), self._spots
        strips, self._spots = self._lines[place]
        return strips

    def freshen(self) -> None:
        """Draw the keys anew if other ones matter now, or others can be used."""
        if self._said is not None:
            return
        now = self._commands()
        # What was drawn last need not have been shown: Textual draws all that stands beside a change.
        if now != self._freshened or now != self._drawn:
            self._freshened = now
            self.refresh()

    @property
    def said(self) -> str:
        """The feedback that is shown now; empty if there is none."""
        return self._said[0] if self._said else ""

    def say(self, text: str, tone: str) -> None:
        """Show a sentence of feedback in place of the keys, until `hush`."""
        self._said = (one_line(text[:1000]), tone)
        self._fit()
        self.refresh()

    def hush(self) -> None:
        """Show the keys again."""
        if self._said is not None:
            self._said = None
            self._fit()
            self.refresh()

    def on_resize(self) -> None:
        self._fit()

    def _fit(self) -> None:
        """As many lines as what is said takes."""
        lines = min(max(1, len(self._said_lines())), self.MOST_LINES)
        if self.size.width and self.size.height != lines:
            self.styles.height = lines

    def _said_lines(self) -> list[str]:
        if self._said is None:
            return []
        text, tone = self._said
        sign = {"good": "✓ ", "warn": "! "}.get(tone, "")
        return [line.plain for line in Content(sign + text).wrap(max(10, self.size.width - 2))]

    def render(self) -> Content:
        """The feedback if there is any, else the keys; what doesn't fit is left out whole."""
        width = self.size.width
        self._spots = []
        if self._said is not None:
            tone = self._said[1]
            style = f"bold {ROLES[tone]}" if tone in ("good", "warn") else KEY
            *lines, last = self._said_lines()[: self.MOST_LINES]
            if len(self._said_lines()) > self.MOST_LINES:
                last = clip(last + " …", width - 2)
            return Content.assemble(("\n".join(" " + line for line in (*lines, last)), style))
        content = Content(" ")
        # The way to all other keys is there at any width.
        kept = sum(len(key_label(key)) + len(c.title) + 4 for c, key, _ in self._drawn if c.id == "app.help")
        for command, key, possible in self._drawn:
            room = width if command.id == "app.help" else width - kept
            label = key_label(key)
            part = Content.assemble(
                (label, KEY if possible else ROLES["off"]),
                (f" {command.title}", "" if possible else ROLES["off"]),
            )
            if content.cell_length + part.cell_length + 1 > room:
                continue
            start = content.cell_length
            content = content + part
            self._spots.append((start, content.cell_length, command.id))
            content = content + Content("   ")
        return content

    def on_click(self, event: events.Click) -> None:
        """A click on a key does what the key does."""
        for start, end, command_id in self._spots:
            if start <= event.x < end:
                self.app.run_worker(self.app.run_action(action_of(command_id)))
                return

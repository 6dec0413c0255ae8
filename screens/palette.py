"""One line to find every command and every person, meeting and lead."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, Static

from data.days import show_day
from data.meetings.times import starts_at
from data.records import Lead, Meeting, PersonLine
from data.text import fold, one_line

from .commands import commands, key_label
from .desk import Desk
from .dialogs.window import Window
from .messages import Go
from .scope import Scope
from .widgets.lines import Lines
from .widgets.rows import FILL, Row

MOST = 200
"""How many finds are listed; more would not be read."""

NAME_WIDTH = 20
"""Cells for a command's title, so that what they do stands in a column; none is longer."""
_FREE = 3
# The cells of a list that its rows leave free: the cursor's, the scrollbar's neighbour, and before the key.

Choice = Go | Callable[[], None]


@dataclass(frozen=True, slots=True)
class Found:
    """One line of the palette: what it is, where it was found, and what choosing it does."""

    id: str
    text: str
    hint: str
    choice: Choice
    folded: str = ""
    keys: str = ""


class Palette(Window[Choice]):
    """Finds commands of the screen behind and of the app; people, meetings and leads of the store."""

    KEYS: ClassVar[tuple[tuple[str, str], ...]] = (("↑↓", "move"), ("enter", "do it"))
    CLOSES = "close"
    OWN_DRAFT = False
    DEFAULT_CSS = """
    Palette { align: center top; }
    Palette > .window { width: 96; margin: 2 0 0 0; }
    Palette Lines { height: 14; max-height: 50vh; background: $surface; }
    """

    def __init__(self, desk: Desk, behind: Screen[object]) -> None:
        super().__init__("Search")
        self._desk = desk
        self._commands = list(_commands_of(behind))
        self._people: list[tuple[str, PersonLine]] = []
        self._others: list[Found] = []

    def compose_window(self) -> list[Widget]:
        return [
            Input(placeholder="A command, a name, a company…"),
            Lines(
                self._row,
                lambda found: found.id,
                empty=[(("Nothing is called that.", "dim"),)],
                lit=True,
                one_click=True,
            ),
            Static(Content(""), classes="feedback"),
        ]

    def on_mount(self) -> None:
        for line in self.query(Input):
            line.focus()
        for lines in self.query(Lines):
            lines.show(self._commands)
        # After the first paint: 30,000 names take a moment to fold.
        self.call_after_refresh(self._gather)

    def _gather(self) -> None:
        if not self.is_attached:
            return
        store = self._desk.store
        self._people = [(fold(f"{p.name} {p.company}"), p) for p in store.people()]
        names = {person.id: person.name for _, person in self._people}
        zone = self._desk.clock.zone()
        for meeting in store.all(Meeting):
            name = names.get(meeting.person, "somebody")
            day = show_day(starts_at(meeting).astimezone(zone).date())
            self._others.append(
                Found(
                    f"m{meeting.id}", name, f"meeting · {day}", Go("prep", meeting.id), fold(f"{name} {day}")
                )
            )
        for lead in store.all(Lead):
            hint = f"lead from {names.get(lead.giver, 'somebody')}"
            text = lead.name or lead.text
            self._others.append(Found(f"l{lead.id}", text, hint, Go("lead", lead.id), fold(f"{text} {hint}")))
        self._search(self.query_one(Input).value)

    @staticmethod
    def _row(found: Found, width: int) -> Sequence[Row]:
        # What a name is longer than its column the hint gives way, which is cut first.
        text = one_line(found.text)
        name = text + " " * (NAME_WIDTH - cell_len(text[:NAME_WIDTH]))
        return [((name, "strong"), ("  ", "plain"), (found.hint, "dim"), FILL, (found.keys, "accent"))]

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search as it is typed."""
        self._search(event.value)

    def _search(self, query: str) -> None:
        words = fold(query).split()
        found = [c for c in self._commands if all(word in c.folded for word in words)]
        if words:
            people = [
                Found(
                    p.id, p.name, " · ".join(x for x in (p.title, p.company) if x), Go("person", p.id), folded
                )
                for folded, p in self._people
                if all(word in folded for word in words)
            ]
            people.sort(key=lambda f: (not f.folded.startswith(words[0]), f.folded))
            found += people[:MOST]
            found += [o for o in self._others if all(word in o.folded for word in words)][:MOST]
        lines = self.query_one(Lines)
        lines.show(found)
        lines.do_top()

    def on_lines_moved(self, message: Lines.Moved) -> None:
        """What a narrow list cuts of the chosen line is told below it."""
        found: Found | None = message.item
        beside = NAME_WIDTH + len("  ") + cell_len(found.keys) + _FREE if found is not None else 0
        cut = found is not None and beside + cell_len(found.hint) > message.lines.size.width
        self.say(found.hint if found is not None and cut else "")

    def on_key(self, event: events.Key) -> None:
        """The arrows move the list while the line keeps the focus."""
        move = {"down": "down", "up": "up", "pagedown": "page_down", "pageup": "page_up"}.get(event.key)
        if move and self.query_one(Input).has_focus:
            event.stop()
            event.prevent_default()
            self.query_one(Lines).run_command(move)

    def on_input_submitted(self, _: Input.Submitted) -> None:
        self.do_accept()

    def on_lines_chosen(self, message: Lines.Chosen) -> None:
        message.stop()
        self.answer(message.item.choice)

    def do_accept(self) -> None:
        """Do what is under the cursor."""
        found = self.query_one(Lines).current
        if found is not None:
            self.answer(found.choice)


def _commands_of(behind: Screen[object]) -> list[Found]:
    owners: list[object] = [behind, behind.app]
    found = []
    for owner in owners:
        if not isinstance(owner, Scope):
            continue
        for command in commands(owner.SCOPE):
            if not command.palette or command.id == "app.palette":
                continue
            keys = behind.app._keymap.get(command.id, ",".join(command.keys)).split(",")
            found.append(
                Found(
                    command.id,
                    command.title,
                    command.help,
                    lambda owner=owner, name=command.name: owner.run_command(name),  # type: ignore[misc]
                    fold(f"{command.title} {command.help}"),
                    "  ".join(key_label(key.strip()) for key in keys if key),
                )
            )
    return found

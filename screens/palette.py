"""One line to find every command and every person, meeting and lead."""

from __future__ import annotations

from asyncio import sleep
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any, ClassVar

from rich.cells import cell_len
from textual import events, work
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from data.days import show_day
from data.meetings.times import starts_at
from data.records import Lead, Meeting, MeetingStatus, PersonLine
from data.text import fold, one_line

from .commands import commands, key_label
from .desk import Desk
from .dialogs.window import Feedback, Window
from .messages import Go, Target
from .scope import Scope
from .widgets.lines import Lines
from .widgets.rows import FILL, Row, hits
from .widgets.text_line import TextLine

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from data.store import Reader

_MOST_LINES = 30
# On a high screen, too, the list stays near the line that is typed.
MOST = 200
"""How many finds of a kind are listed; more would not be read."""
PIECE = 1_000
"""People taken in between two breaths: some milliseconds."""
LOOKING = "Looking through your network…"

NAME_WIDTH = 20
"""Cells for a command's title, so that what they do stands in a column; none is longer."""
_FREE = 3
# The cells of a list that its rows leave free: the cursor's, the scrollbar's neighbour, and before the key.

Choice = Go | Callable[[], None]


@dataclass(frozen=True, slots=True)
class Found:
    """One line of the palette: what it is, where it was found, and what choosing it does. A command that
    can't be done now is `off`, and its hint says why."""

    id: str
    text: str
    hint: str
    choice: Choice
    folded: str = ""
    keys: str = ""
    off: bool = False


_MEETINGS: dict[MeetingStatus, tuple[str, Target]] = {
    MeetingStatus.PLANNED: ("meeting", "prep"),
    MeetingStatus.RUNNING: ("meeting", "meeting"),
    MeetingStatus.ENDED: ("meeting that was", "wrap_up"),
    MeetingStatus.NO_SHOW: ("meeting, nobody came", "person"),
    MeetingStatus.CALLED_OFF: ("meeting, called off", "person"),
}
"""By what has become of a meeting: what it is called, and where it is shown."""


class Finds:
    """The people, meetings and leads of a store as they are now, ready to be found by words. `zone` is the
    user's: a meeting is found by its day there."""

    def __init__(self, store: Reader, zone: ZoneInfo) -> None:
        self._store = store
        self._zone = zone
        self._people: list[tuple[str, PersonLine]] = []
        self._others: list[Found] = []

    def gather(self) -> Iterator[None]:
        """Take everybody and everything in; yields after each piece. Nothing is found before the end."""
        people: list[tuple[str, PersonLine]] = []
        names: dict[str, str] = {}
        for number, person in enumerate(self._store.people(), 1):
            people.append((fold(f"{person.name} {person.company}"), person))
            names[person.id] = person.name
            if not number % PIECE:
                yield
        people.sort(key=itemgetter(0))
        yield
        others: list[Found] = []
        for number, found in enumerate(chain(self._meetings(names), self._leads(names)), 1):
            others.append(found)
            if not number % PIECE:
                yield
        self._people, self._others = people, others

    def _meetings(self, names: dict[str, str]) -> Iterator[Found]:
        for each in self._store.all(Meeting):
            name = names.get(each.person, "somebody")
            day = show_day(starts_at(each).astimezone(self._zone).date())
            said, where = _MEETINGS[each.status]
            hint = f"{said} · {day}"
            target = each.person if where == "person" else each.id
            yield Found(f"m{each.id}", name, hint, Go(where, target), fold(f"{name} {hint}"))

    def _leads(self, names: dict[str, str]) -> Iterator[Found]:
        for each in self._store.all(Lead):
            text, hint = each.name or each.text, f"lead from {names.get(each.giver, 'somebody')}"
            yield Found(f"l{each.id}", text, hint, Go("lead", each.id), fold(f"{text} {hint}"))

    def search(self, words: Sequence[str]) -> list[Found]:
        """Who and what has all the folded `words`: people by name, first those whose name begins so, then
        the rest; at most `MOST` of a kind."""
        people = self._people
        for word in words:
            people = [each for each in people if word in each[0]]
        begins = [each for each in people if each[0].startswith(words[0])]
        others = (each for each in people if not each[0].startswith(words[0]))
        found = [_person(folded, person) for folded, person in islice(chain(begins, others), MOST)]
        return found + [o for o in self._others if all(word in o.folded for word in words)][:MOST]


def _person(folded: str, person: PersonLine) -> Found:
    hint = " · ".join(part for part in (person.title, person.company) if part)
    return Found(person.id, person.name, hint, Go("person", person.id), folded)


class Palette(Window[Choice]):
    """Finds commands of the screen behind and of the app; people, meetings and leads of the store."""

    KEYS: ClassVar[tuple[tuple[str, str], ...]] = (("↑↓", "move"), ("enter", "do it"))
    CLOSES = "close"
    OWN_DRAFT = False
    DEFAULT_CSS = """
    Palette { align: center top; }
    Palette > .window { width: 96; margin: 2 0 0 0; }
    Palette Input { margin: 0 0 1 0; }
    Palette Lines { background: $surface; }
    """

    def __init__(self, desk: Desk, behind: Screen[object]) -> None:
        super().__init__("Search")
        self._desk = desk
        self._commands = list(_commands_of(behind))
        self._finds: Finds | None = None
        self._mark: object = None
        self._accepts = False
        self._words: list[str] = []

    def compose_window(self) -> list[Widget]:
        lines: Lines[Found] = Lines(
            self._row,
            lambda found: found.id,
            lit=True,
            one_click=True,
        )
        return [
            TextLine(placeholder="A command, a name, a company…"),
            self.grow(lines, _MOST_LINES, 50),
            Feedback(steady=True),
        ]

    def on_mount(self) -> None:
        for line in self.query(Input):
            line.focus()
        for lines in self.query(Lines):
            lines.show(self._commands)
        # After the first paint: 30,000 names take a moment to fold.
        self.call_after_refresh(self._gather)

    @work(exclusive=True, group="load")
    async def _gather(self) -> None:
        """Take in who and what can be found, a piece at a time: keys go on meanwhile. What is there already
        is found until then; what changes meanwhile is not missed."""
        store = self._desk.store
        while self._mark != (mark := store.mark):
            finds = Finds(store, self._desk.clock.zone())
            for _ in finds.gather():
                await sleep(0)
            self._finds, self._mark = finds, mark
        self._search(to_top=False)
        if self._accepts:
            self.do_accept()

    def _row(self, found: Found, width: int) -> Sequence[Row]:
        # What a name is longer than its column the hint gives way, which is cut first.
        text = one_line(found.text)
        gap = " " * (NAME_WIDTH - cell_len(text[:NAME_WIDTH]) + 2)
        name_role, keys_role = ("dim", "dim") if found.off else ("strong", "accent")
        name, hint = hits(text, name_role, self._words), hits(found.hint, "dim", self._words)
        return [(*name, (gap, "plain"), *hint, FILL, (found.keys, keys_role))]

    def on_input_changed(self) -> None:
        """Search as it is typed."""
        self._accepts = False
        self._search(to_top=True)
        if self._finds is not None and self._mark != self._desk.store.mark:
            self._gather()

    def _search(self, *, to_top: bool) -> None:
        typed = self.query_one(Input).value
        words = self._words = fold(typed).split()
        keyed = typed.strip()
        found = [
            c for c in self._commands if all(word in c.folded for word in words) or keyed in c.keys.split()
        ]
        found.sort(key=partial(_farness, fold(keyed), keyed))
        if words and self._finds is not None:
            found += self._finds.search(words)
        lines = self.query_one(Lines)
        lines.show_empty([((LOOKING if self._finds is None else "Nothing is called that.", "dim"),)])
        lines.show(found)
        if to_top:
            lines.do_top()
        self._tell()

    def follow(self, lines: Lines[Any]) -> None:
        """Say below what is cut of the line under the cursor."""
        self._tell()

    def _tell(self) -> None:
        """What a narrow list cuts of the chosen line is told below it; first, that there will be more."""
        lines = self.query_one(Lines)
        found: Found | None = lines.current
        beside = NAME_WIDTH + len("  ") + cell_len(found.keys) + _FREE if found is not None else 0
        cut = found is not None and beside + cell_len(found.hint) > lines.size.width
        looking = self._finds is None and found is not None and self.query_one(Input).value.strip()
        self.say(LOOKING if looking else found.hint if found is not None and cut else "")

    def on_key(self, event: events.Key) -> None:
        """The arrows move the list while the line keeps the focus."""
        move = {"down": "down", "up": "up", "pagedown": "page_down", "pageup": "page_up"}.get(event.key)
        if move and self.query_one(Input).has_focus:
            event.stop()
            event.prevent_default()
            lines = self.query_one(Lines)
            self.move_cursor(lines, move)
            self.show_moved(lines)

    def on_input_submitted(self, _: Input.Submitted) -> None:
        self.do_accept()

    def on_lines_chosen(self, message: Lines.Chosen) -> None:
        message.stop()
        self.answer(message.item.choice)

    def do_accept(self) -> None:
        """Do what is under the cursor; where everybody is still looked through, what will be."""
        found = self.query_one(Lines).current
        if found is not None:
            self.answer(found.choice)
        else:
            self._accepts = self._finds is None


def _farness(folded: str, typed: str, found: Found) -> int:
    """The command whose key was typed comes first, then those whose name begins so."""
    if typed and typed in found.keys.split():
        return 0
    return 1 if folded and fold(found.text).startswith(folded) else 2


def _commands_of(behind: Screen[object]) -> list[Found]:
    """The commands of a screen and of the app, those first that can be done now."""
    owners: list[object] = [behind, behind.app]
    found = []
    for owner in owners:
        if not isinstance(owner, Scope):
            continue
        for command in commands(owner.SCOPE):
            if not command.palette or command.id == "app.palette":
                continue
            reason = owner.reason(command.name)
            keys = behind.app._keymap.get(command.id, ",".join(command.keys)).split(",")
            found.append(
                Found(
                    command.id,
                    command.title,
                    f"Not now. {reason}" if reason else command.help,
                    lambda owner=owner, name=command.name: owner.run_command(name),  # type: ignore[misc]
                    fold(f"{command.title} {command.help}"),
                    "  ".join(key_label(key.strip()) for key in keys if key),
                    off=bool(reason),
                )
            )
    return sorted(found, key=lambda found: found.off)

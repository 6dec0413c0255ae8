"""A person's sheet: everything known, what is owed, what they gave, and all that happened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import BindingType
from textual.containers import Container
from textual.widget import Widget

from data.records import Kind, Meeting, Person, PersonLine
from data.text import one_line

from ..commands import bindings, key_of
from ..dialogs.read import ReadText
from ..messages import Go
from ..people.names import short
from ..people.screen import PeopleScreen
from ..widgets.lines import Lines
from ..widgets.rows import Row
from ..widgets.text_rows import RowLine, keyed
from .sheet import Sheet, SheetLine

if TYPE_CHECKING:
    from ..desk import Desk

NARROW = 100
"""Below this many columns the two sides stand one above the other."""


class PersonScreen(PeopleScreen):
    """The sheet of one person: on the left what is so, on the right what happened."""

    SCOPE = "person"
    MODE = "board"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("person")]
    CSS_PATH = "person.tcss"

    def __init__(self, desk: Desk, id: str) -> None:
        super().__init__(desk)
        self._shown = id
        self._line: PersonLine | None = None

    def compose_body(self) -> Iterable[Widget]:
        yield RowLine(id="who")
        with Container(id="sides"):
            yield Lines(
                self._row,
                lambda line: line.id,
                selectable=lambda line: not line.heading,
                id="facts",
                classes="panel",
            )
            yield Lines(
                self._row,
                lambda line: line.id,
                empty=[
                    (("Nothing has happened yet.", "dim"),),
                    (),
                    keyed(f"{key_of('person.write')}  drafts your first message to them"),
                    keyed(f"{key_of('person.touch')}  logs any other contact"),
                ],
                id="history",
                classes="panel",
            )

    @staticmethod
    def _row(line: SheetLine, width: int) -> Sequence[Row]:
        return [line.row]

    # What is shown

    def reload(self) -> None:
        person = self.desk.store.get(Person, self._shown)
        self._line = next((line for line in self.desk.store.people() if line.id == self._shown), None)
        if person is None or not person.alive:
            self._gone(person)
            return
        name = one_line(person.name[:200])
        role = " · ".join(one_line(part[:200]) for part in (person.title, person.company) if part)
        if person.kind is Kind.GROUP:
            role = " · ".join(part for part in ("group", role) if part)
        self._who.show(((" ", "plain"), (name, "accent"), (f"   {role}" if role else "", "plain")))
        sheet = Sheet(self.desk.store, self.desk.clock, person)
        facts, history = self._side("facts"), self._side("history")
        facts.head("What you know")
        facts.show(sheet.facts(self._width(facts)))
        happened = sheet.history(self._width(history))
        history.head("What happened")
        history.show(happened)

    def _gone(self, person: Person | None) -> None:
        """The person was removed, or merged into another, whose sheet it is then."""
        if person is not None and person.merged_into:
            self._shown = person.merged_into
            self.reload()
            return
        said = f"{short(person.name)} is no longer in your network." if person is not None else ""
        self._side("facts").show([SheetLine("gone", ((said or "Nobody is here.", "dim"),))])
        self._side("history").show([])
        # Who was erased for good does not come back.
        way = (
            f"{key_of('text.leave')} goes back; {key_of('app.undo')} brings them back."
            if person is not None
            else f"{key_of('text.leave')} goes back."
        )
        self._who.show(((f" {way}", "plain"),))

    @property
    def _who(self) -> RowLine:
        return self.query_one("#who", RowLine)

    def _side(self, id: str) -> Lines[SheetLine]:
        return self.query_one(f"#{id}", Lines)

    @staticmethod
    def _width(lines: Lines[SheetLine]) -> int:
        return max(20, lines.scrollable_content_region.width - 2)

    def on_resize(self, event: events.Resize) -> None:
        self.query_one("#sides").set_class(event.size.width < NARROW, "-narrow")
        self.call_after_refresh(self.reload)

    def go_to(self, kind: str, id: str) -> None:
        """Show another person."""
        if kind == "person":
            self._shown = id
            self.reload()

    # What the user does

    def home(self) -> Widget:
        return self._side("facts")

    def chosen(self) -> list[PersonLine]:
        return [self._line] if self._line is not None else []

    def on_lines_chosen(self, message: Lines.Chosen) -> None:
        """Go where the line leads, or show all of its text."""
        line: SheetLine = message.item
        if line.kind is not None:
            self.post_message(Go(line.kind, line.target))
        elif line.target:
            self._read_note(line.target)
        elif line.full:
            self.app.push_screen(ReadText(short(self._called), line.full))

    def _read_note(self, id: str) -> None:
        """Show a meeting that is over as the note that one would keep."""
        from data.meetings.note import note

        meeting = self.desk.store.get(Meeting, id)
        if meeting is not None:
            text = note(self.desk.store, meeting, self.desk.clock.zone())
            self.app.push_screen(ReadText(short(self._called), text))

    @property
    def _called(self) -> str:
        person = self.desk.store.get(Person, self._shown)
        return person.name if person is not None else ""

    def do_other(self) -> None:
        """Go to the other side."""
        facts, history = self._side("facts"), self._side("history")
        (facts if history.has_focus else history).focus(scroll_visible=False)

    def do_remove(self) -> None:
        """Remove them, and go back to where the sheet was opened."""
        name = short(self._called)
        super().do_remove()
        self.dismiss()
        self.app.call_after_refresh(self._say_removed, name)

    def _say_removed(self, name: str) -> None:
        from ..base import DeskScreen

        if isinstance(self.app.screen, DeskScreen):
            self.app.screen.tell(f"Removed {name}. Press {key_of('app.undo')} to take it back.", "good")

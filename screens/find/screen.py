"""Find: the whole network, searched as it is typed, those first who fit best."""

from __future__ import annotations

from asyncio import sleep
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from rich.cells import cell_len
from textual import events, work
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Input

from data.records import Kind, Person, PersonLine, Profile, Stage
from data.text import fold, one_line, plural
from data.vocabulary import LABELS

from ..commands import bindings, key_of
from ..messages import Go
from ..people.names import called, ids_of, short
from ..people.screen import PeopleScreen
from ..widgets.lines import Lines
from ..widgets.page import Page
from ..widgets.rows import FILL, Row, clip, hits
from ..widgets.search_line import SearchLine

if TYPE_CHECKING:
    from textual.geometry import Size

    from data.people.find import Finder
    from data.store import Change

    from ..desk import Desk
    from ..exporting import Group


NARROW, HIGH = 80, 40
"""On a terminal narrower than this, and as high as that, everybody has two lines."""
_MANY = 5_000
"""From so many people on, what takes a while is done before it is asked for."""
_BREATH = 0.02
"""Seconds between two pieces of what nobody waits for: a key is never behind more than one."""
_GAP = ("  ", "plain")
_STAGE_CELLS = 10
# The widest name of a stage, and a cell before it.
_OFF_BOARD = (Stage.NETWORK, Stage.PARKED)


class FindScreen(PeopleScreen):
    """One line to type in, and below it everybody who matches, ranked, with the reasons."""

    SCOPE = "find"
    MODE = "board"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("find")]
    CSS_PATH = "find.tcss"

    _kept: ClassVar[tuple[Profile, list[PersonLine], Finder] | None] = None
    """The network as it was taken in last; as long as nobody has changed, Find opens at once."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._finder: Finder | None = None
        self._below = False
        self._words: list[str] = []

    def compose_body(self) -> Iterable[Widget]:
        yield SearchLine(
            placeholder="Name, company, title, field, place or #tag", id="query", select_on_focus=False
        )
        yield Lines(
            self._row,
            lambda person: person.id,
            empty=[(("Looking at your network…", "dim"),)],
            lit=True,
            item_height=1 + self._below,
            id="found",
            classes="panel",
        )
        yield Page(id="why")

    # What is shown

    def concerns(self, change: Change) -> bool:
        return change.touches(Person, Profile)

    def reload(self) -> None:
        self._load()

    @work(exclusive=True, group="load")
    async def _load(self) -> None:
        """Take the network in, a piece at a time: typing goes on meanwhile."""
        from data.people.find import Finder

        profile, people = self.desk.store.profile, self.desk.store.people()
        if self._kept is not None and self._kept[:2] == (profile, people):
            finder = self._kept[2]
        else:
            finder = Finder(profile)
            for done in finder.load(people):
                if self._finder is None and len(people) > _MANY:
                    self._found.head("Find", f"{done:,} of {len(people):,}")
                await sleep(0)
            FindScreen._kept = (profile, people, finder)
        self._finder = finder
        self._search()
        if len(people) > _MANY:
            for _ in finder.warm():
                await sleep(_BREATH)

    @property
    def _found(self) -> Lines[PersonLine]:
        return self.query_one("#found", Lines)

    def _get_ready(self) -> None:
        if self._finder is not None and len(self._finder) > _MANY:
            self._finder.prepare(self.query_one("#query", Input).value)

    def _search(self, *, to_top: bool = False) -> None:
        if self._finder is None:
            return
        query = self.query_one("#query", Input).value
        people = self._finder.search(query)
        self._words = fold(query).split()
        if not to_top:
            people = self._as_before(people)
        everybody = len(self._finder)
        lines = self._found
        lines.show_empty(self._nobody(query, everybody))
        lines.head(
            "Who fits best" if not query.strip() else "Found",
            f"{len(people):,} of {everybody:,}" if query.strip() else f"{everybody:,}",
        )
        lines.show(people, select=people[0].id if to_top and people else None)
        self._show_why(lines.current)

    def _as_before(self, people: Sequence[PersonLine]) -> Sequence[PersonLine]:
        """Keep the order that is on the screen: who was just put on the board doesn't jump away."""
        places = {person.id: place for place, person in enumerate(self._found.items)}
        return sorted(people, key=lambda person: places.get(person.id, len(places))) if places else people

    def _nobody(self, query: str, everybody: int) -> list[Row]:
        told: tuple[str, ...]
        if not everybody:
            bring, new, group = map(key_of, ("app.import_file", "find.new", "board.new_group"))
            told = (
                "Your network is empty so far. You know more people than you think:",
                "",
                f"{bring:<6} brings in your contacts from LinkedIn, Google, Outlook or a vCard",
                f"{key_of('text.leave')} {new:<2} adds somebody you know, in one line",
                "",
                f"Then alumni groups and the association of your field: {group} on the board.",
            )
        else:
            told = (
                f"Nobody in your network matches “{one_line(query[:60])}”.",
                "",
                f"A shorter word finds more. {key_of('text.leave')} {key_of('find.new')} adds somebody new.",
            )
        return [
            ((" ", "plain"), (line, "plain" if number == 0 else "dim")) for number, line in enumerate(told)
        ]

    def fit(self, size: Size) -> None:
        """A narrow terminal that is high has more lines than cells: what they do stands below the name."""
        self._below = size.width < NARROW and size.height >= HIGH
        for lines in self.query("#found").results(Lines):
            lines.set_item_height(1 + self._below)

    def _row(self, person: PersonLine, width: int) -> Sequence[Row]:
        name_width = max(16, min(28, width // 4))
        role = " · ".join(part for part in (person.title, person.company, person.location) if part)
        if person.kind is Kind.GROUP:
            role = f"group · {role}" if role else "group"
        reasons = self._finder.reasons(person) if self._finder is not None else []
        if width < 90:
            reasons = [reason for reason in reasons if not reason.startswith("on the board")][:1]
        board = LABELS[person.stage] if person.stage is not Stage.NETWORK else ""
        why = ", ".join(r for r in reasons if not r.startswith("on the board"))[:200]
        if self._below:
            return self._two_rows(person.name, role, why, board, width)
        room = width - name_width - _STAGE_CELLS - 2 * len(_GAP[0])
        # Most who are found are not on the board: their reason may stand where a stage would.
        role_width = room * (13 if width < 90 else 11) // 20
        why_width = room - role_width + (0 if board else _STAGE_CELLS)
        return [
            (
                *hits(_padded(person.name, name_width), "strong", self._words),
                _GAP,
                *hits(_padded(role, role_width), "dim", self._words),
                _GAP,
                (clip(why, why_width), "plain"),
                FILL,
                (board, "accent"),
            )
        ]

    def _two_rows(self, name: str, role: str, why: str, board: str, width: int) -> Sequence[Row]:
        """Somebody in two lines: the name, where they stand; what they do, and why they are here."""
        room = width - len(_GAP[0]) - (_STAGE_CELLS if board else 0)
        shown = clip(one_line(name), room)
        reason = clip(one_line(why), max(0, room - cell_len(shown)))
        return [
            (
                *hits(shown, "strong", self._words),
                _GAP,
                (reason, "plain"),
                *((FILL, (board, "accent")) if board else ()),
            ),
            hits(role, "dim", self._words),
        ]

    def _show_why(self, person: PersonLine | None) -> None:
        place = self.query_one("#why", Page)
        if person is None or self._finder is None:
            place.show([])
            return
        reasons = self._finder.reasons(person) or ["nothing that speaks for or against them is known"]
        text = f"{short(person.name)}: {', '.join(one_line(reason[:200]) for reason in reasons)}"
        does = "puts them on the board" if person.stage in _OFF_BOARD else "opens their sheet"
        # In the line, enter is the line's own key.
        key = "enter" if self.typing else key_of("list.choose")
        hint = f"{key} {does} "
        room = self.size.width - len(hint) - 2
        shown = _padded(text, room) if room > 20 else ""
        place.show([((f"{shown} ", "dim"), (key, "strong"), (hint[len(key) :], "dim"))])

    # What the user does

    def home(self) -> Widget:
        return self.query_one("#query", Input)

    def chosen(self) -> list[PersonLine]:
        lines = self._found
        marks = lines.marks
        if marks:
            return [person for person in lines.items if person.id in marks]
        return [lines.current] if lines.current is not None else []

    def done(self) -> None:
        self._found.clear_marks()

    def on_descendant_focus(self, _: events.DescendantFocus) -> None:
        """The key that opens somebody may be another one in the list."""
        self._show_why(self._found.current)

    def on_input_changed(self, _: Input.Changed) -> None:
        before = len(self._found.marks)
        self._search(to_top=True)
        if gone := before - len(self._found.marks):
            self.say(f"{gone} not found now {'is' if gone == 1 else 'are'} selected no more.")
        self.set_timer(_BREATH, self._get_ready)

    def on_input_submitted(self, _: Input.Submitted) -> None:
        """Enter opens who is under the cursor."""
        if self._found.current is not None:
            self._found.do_choose()

    def follow(self, lines: Lines[Any]) -> None:
        """Say why the one under the cursor is there."""
        self._show_why(self._found.current)

    def on_lines_chosen(self, message: Lines.Chosen) -> None:
        """Somebody who is not on the board comes on it; of the others the sheet opens."""
        # The list may be a moment behind the store.
        person = self.desk.store.get(Person, message.item.id)
        if person is not None and person.stage in _OFF_BOARD:
            self.run_command("put")
        elif person is not None:
            self.post_message(Go("person", person.id))

    def on_key(self, event: events.Key) -> None:
        """The arrows move in the list while the line keeps the focus."""
        move = {"down": "down", "up": "up", "pagedown": "page_down", "pageup": "page_up"}.get(event.key)
        if move and self.typing:
            event.stop()
            event.prevent_default()
            self.move_cursor(self._found, move)
            self.show_moved(self._found)

    def exportable(self) -> list[Group]:
        from ..exporting import group

        words, found = self.query_one("#query", Input).value.strip(), self._found.items
        if not words or not found:
            return super().exportable()
        people = plural(len(found), "person", "people")
        return [*super().exportable(), group(f"Those found by “{short(words)}”, {people}", found)]

    def do_type(self) -> None:
        self.query_one("#query", Input).focus()

    def do_put(self) -> None:
        """Put on the board, to be asked."""
        from data.actions.people import move

        people = self.chosen()
        new = [
            person
            for person in people
            if (now := self.desk.store.get(Person, person.id)) is not None and now.stage in _OFF_BOARD
        ]
        if not new:
            self.say(f"{called(people)}: on the board already.", "warn")
            return
        move(self.desk.store, self.desk.clock, ids_of(new), Stage.TO_ASK)
        self.told(f"{called(new)}: on the board, to ask. {key_of('list.choose')} again opens the sheet.")

    def do_mark(self) -> None:
        """Mark somebody and go on to the next."""
        lines = self._found
        lines.toggle_mark()
        lines.do_down()
        if lines.marks:
            self.say(
                f"{plural(len(lines.marks), 'person', 'people')} selected: "
                f"{key_of('find.put')} puts them on the board, {key_of('find.introduce')} asks for "
                f"an introduction, {key_of('find.tag')} tags, {key_of('find.remove')} removes."
            )

    async def do_new(self) -> None:
        """Add somebody who isn't in the network yet."""
        from ..person.form import new_person

        await new_person(self)

    def do_leave(self) -> None:
        """Out of the text; then the selection; then back to the board."""
        lines = self._found
        if self.typing:
            lines.focus()
        elif lines.marks:
            lines.clear_marks()
        else:
            self.dismiss()


def _padded(text: str, width: int) -> str:
    """`text` in exactly `width` cells, as it will be drawn."""
    from rich.cells import cell_len

    shown = clip(one_line(text[:400]), width)
    return shown + " " * (width - cell_len(shown))

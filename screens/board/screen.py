"""The board: the people to talk to, by stage, each with what comes next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input

from data.records import (
    BOARD,
    Advice,
    FollowUp,
    Lead,
    Meeting,
    Person,
    PersonLine,
    Profile,
    Stage,
    Touch,
)
from data.text import fold, plural
from data.vocabulary import LABELS

from ..commands import bindings, key_of
from ..messages import Go
from ..people.names import short
from ..people.screen import PeopleScreen
from ..widgets.lines import Lines
from ..widgets.next_line import NextLine
from ..widgets.painted import ground_lines
from ..widgets.rows import Row
from .cards import card, earliest, matches, order

if TYPE_CHECKING:
    from data.followups.agenda import Agenda
    from data.store import Change

    from ..exporting import Group
    from ..widgets.search_line import SearchLine
    from ..widgets.stage_tabs import StageTabs

TALL = 30
"""From this many lines on there is room for an empty one."""
NARROW = 100
"""Below this many columns the board shows one stage at a time."""


class Columns(Horizontal):
    """What the columns stand in; they cover all of it."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """Its own ground, which nobody sees."""
        return ground_lines(super().render_lines, crop)


class BoardScreen(PeopleScreen):
    """Five columns of cards; on a narrow terminal one at a time."""

    SCOPE = "board"
    MODE = "board"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("board")]
    CSS_PATH = "board.tcss"

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self._stage = BOARD[0]
        self._agenda: Agenda | None = None
        self._whole = False
        self._filter: SearchLine | None = None
        self._words: list[str] = []
        self._tabs: StageTabs | None = None
        self._people: list[PersonLine] = []
        self._shown_at: datetime | None = None
        self._names: dict[str, str] = {}
        self._total = 0

    def compose_body(self) -> Iterable[Widget]:
        # The room is known before the first layout; learnt from it, it would have all styled twice.
        size = self.app.size
        self.set_class(size.height >= TALL, "-tall", update=False)
        yield NextLine()
        if size.width < NARROW:
            yield self._make_tabs()
        with Columns(id="columns"):
            for stage in BOARD:
                column: Lines[PersonLine] = Lines(
                    self._card,
                    lambda person: person.id,
                    item_height=3,
                    gap=1,
                    shy=True,
                    id=f"column-{stage}",
                    classes="panel",
                )
                column.display = size.width >= NARROW or stage is self._stage
                yield column

    # What is shown

    def concerns(self, change: Change) -> bool:
        return change.touches(Person, FollowUp, Meeting, Lead, Advice, Touch, Profile)

    def store_changed(self, change: Change) -> None:
        """Take in a change; the cursor stays with a card that it moved to another column."""
        here = self.chosen() if self in self.app.screen_stack and not self.typing else []
        super().store_changed(change)
        if len(here) == 1 and self._column(self._stage).current != here[0]:
            self._select(here[0].id)

    def reload(self) -> None:
        first = self._agenda is None
        self._read_agenda(whole=not first)
        self._show_columns()
        if not first:
            self._show_next()

    def _read_agenda(self, *, whole: bool) -> None:
        """Read what comes next: with everybody, or, for the first frame, with those on the board alone."""
        from data.followups.agenda import Agenda

        store = self.desk.store
        self._people = store.on_board()
        self._agenda = Agenda(store, self.desk.clock, self._readiness, None if whole else self._people)
        self._whole = whole
        self._shown_at = self.now_local

    def first_painted(self) -> None:
        """Show what the first frame leaves open: the line on top, and who introduced somebody."""
        self._mount_filter()
        self._read_agenda(whole=True)
        self._show_next()
        for column in self.query(Lines).results(Lines):
            if any(person.introduced_by for person in column.items):
                column.redraw()

    def _readiness(self, meeting: Meeting) -> int:
        from data.meetings.readiness import readiness

        return readiness(self.desk.store, meeting, self.desk.clock.now(), self.desk.clock.zone()).percent

    def tick(self) -> None:
        """Times on the cards go on by the minute."""
        now = self.now_local
        if self._shown_at is not None and (now.hour, now.minute) != (
            self._shown_at.hour,
            self._shown_at.minute,
        ):
            self.reload()

    def _show_next(self) -> None:
        assert self._agenda is not None
        ups = self._agenda.next_up()
        self.query_one(NextLine).show(
            [(up.text, int(up.urgency), up.kind, up.id) for up in ups],
            key_of("app.next"),
            key_of("board.find"),
        )

    def _show_columns(self) -> None:
        assert self._agenda is not None
        words = self._words = fold(self._filter_words).split()
        by_stage: dict[Stage, list[PersonLine]] = {stage: [] for stage in BOARD}
        totals = dict.fromkeys(BOARD, 0)
        for person in self._people:
            totals[person.stage] += 1
            if not words or matches(person, words):
                by_stage[person.stage].append(person)
        agenda = self._agenda
        when = earliest(agenda, self.desk.store)
        for stage, people in by_stage.items():
            people.sort(key=lambda person: order(agenda, person, when))
            column = self._column(stage)
            count = f"{len(people):,} of {totals[stage]:,}" if words else f"{totals[stage]:,}"
            column.head(LABELS[stage], count)
            if not people:
                column.show_empty(self._empty(stage, filtered=bool(words)))
            column.show(people)
        self._total = sum(len(people) for people in by_stage.values())
        self._show_tabs()

    def _empty(self, stage: Stage, *, filtered: bool = False) -> list[Row]:
        """What an empty column says, at the width that it has."""
        from .empty import empty_rows, no_match

        if filtered:
            return no_match()
        width = self.size.width // (1 if self.narrow else len(BOARD)) - 4
        return empty_rows(stage, width)

    def _card(self, person: PersonLine, width: int) -> Sequence[Row]:
        assert self._agenda is not None
        return card(person, self._agenda, width, whole=self._whole, words=self._words)

    def _make_tabs(self) -> StageTabs:
        """The stages as tabs: only where they are needed, which is not on most screens."""
        from ..widgets.stage_tabs import StageTabs

        self._tabs = StageTabs()
        return self._tabs

    def _show_tabs(self) -> None:
        if self._tabs is not None:
            counts = [(stage, LABELS[stage], len(self._column(stage).items)) for stage in BOARD]
            self._tabs.show(counts, self._stage)

    # Where the user is

    def _column(self, stage: Stage) -> Lines[PersonLine]:
        return self.query_one(f"#column-{stage}", Lines)

    @property
    def narrow(self) -> bool:
        """Whether one column is shown at a time."""
        return self.size.width < NARROW

    def home(self) -> Widget:
        return self._column(self._stage)

    def chosen(self) -> list[PersonLine]:
        """The marked cards of all columns, else the one under the cursor."""
        marked = [
            person
            for column in map(self._column, BOARD)
            if column.marks
            for person in column.items
            if person.id in column.marks
        ]
        if marked:
            return marked
        current = self._column(self._stage).current
        return [current] if current is not None else []

    def done(self) -> None:
        for column in self.query(Lines).results(Lines):
            if column.marks:
                column.clear_marks()

    def go_to(self, kind: str, id: str) -> None:
        """Put the cursor on a person."""
        if kind == "person":
            self._select(id)

    def _select(self, id: str) -> None:
        for stage in BOARD:
            if self._column(stage).select(id):
                self._go_to(stage)
                return

    def _go_to(self, stage: Stage) -> None:
        self._stage = stage
        self._place()
        self._column(stage).focus(scroll_visible=False)

    def _place(self) -> None:
        """Show all columns, or the one of the present stage."""
        narrow = self.narrow
        if narrow and self._tabs is None:
            self.mount(self._make_tabs(), before="#columns")
        if self._tabs is not None:
            self._tabs.display = narrow
            self._show_tabs()
        for stage in BOARD:
            column, shown = self._column(stage), not narrow or stage is self._stage
            if column.display != shown:
                column.display = shown

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.height >= TALL, "-tall")
        self._place()
        if not self._filter_words:
            for stage in BOARD:
                if not (column := self._column(stage)).items:
                    column.show_empty(self._empty(stage))

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        if isinstance(event.widget, Lines) and event.widget.id:
            self._stage = Stage(event.widget.id.removeprefix("column-"))
            self._show_tabs()

    def on_stage_tabs_chosen(self, message: StageTabs.Chosen) -> None:
        self._go_to(message.stage)

    def on_next_line_chosen(self, message: NextLine.Chosen) -> None:
        self.post_message(Go(message.kind, message.target))

    def on_lines_chosen(self, message: Lines.Chosen) -> None:
        self.post_message(Go("person", message.item.id))

    # Commands

    def do_left(self) -> None:
        self._step(-1)

    def do_right(self) -> None:
        self._step(1)

    def _step(self, step: int) -> None:
        self._go_to(BOARD[(BOARD.index(self._stage) + step) % len(BOARD)])

    async def do_move_right(self) -> None:
        await self._move(1)

    async def do_move_left(self) -> None:
        await self._move(-1)

    async def _move(self, step: int) -> None:
        from data.stages import beside

        people = self.chosen()
        stages = {person.stage for person in people}
        if len(stages) > 1:
            self.say(
                f"They stand in different columns: {key_of('board.move_to')} moves all of them to one.",
                "warn",
            )
            return
        stage = beside(people[0].stage, step)
        if stage is None:
            self.say("There is no column further on." if step > 0 else "There is no column before.", "warn")
            return
        await self.move(people, stage)

    async def do_new(self) -> None:
        """Add somebody in one line."""
        from ..person.form import new_person

        await self._added(await new_person(self))

    async def do_new_group(self) -> None:
        """Add a group."""
        from ..person.form import new_group

        await self._added(await new_group(self))

    async def _added(self, id: str) -> None:
        if id:
            if self._filter is not None:
                self._filter.value = ""
            self.reload()
            self._select(id)

    def exportable(self) -> list[Group]:
        from ..exporting import group

        columns = [column for column in self.query(Lines).results(Lines) if column.items]
        shown = [person for column in columns for person in column.items]
        words = self._filter_words.strip()
        label = f"Those matching “{short(words)}”" if words else "All on the board"
        people = plural(len(shown), "person", "people")
        return [*super().exportable(), *([group(f"{label}, {people}", shown)] if shown else ())]

    def do_find(self) -> None:
        self.post_message(Go("find"))

    def do_mark(self) -> None:
        """Mark the card and go on to the next."""
        column = self._column(self._stage)
        column.toggle_mark()
        column.do_down()
        if marked := self._marked:
            self.say(
                f"{marked} selected: {key_of('board.move_to')} moves, "
                f"{key_of('board.tag')} tags, {key_of('board.park')} "
                f"parks, {key_of('board.remove')} removes all; {key_of('text.leave')} takes it back."
            )

    @property
    def _marked(self) -> int:
        """How many cards are selected."""
        return sum(len(column.marks) for column in self.query(Lines).results(Lines))

    @property
    def _filter_words(self) -> str:
        """What the cards are filtered by; empty where all are shown."""
        return self._filter.value if self._filter is not None else ""

    def _mount_filter(self) -> SearchLine:
        if self._filter is None:
            from ..widgets.search_line import SearchLine, named

            self._filter = SearchLine(
                placeholder="name, company, title, #tag", id="filter", select_on_focus=False
            )
            self.mount(named("Filter", self._filter), after="#columns")
        return self._filter

    def _show_filter(self, *, shown: bool) -> None:
        self._mount_filter()
        self.query_one(".searching").display = shown

    def do_filter(self) -> None:
        self._show_filter(shown=True)
        self._mount_filter().focus()

    def on_input_changed(self, _: Input.Changed) -> None:
        before = self._marked
        self._show_columns()
        if gone := before - self._marked:
            self.say(f"{gone} hidden by the filter {'is' if gone == 1 else 'are'} selected no more.")

    def on_input_submitted(self, _: Input.Submitted) -> None:
        """Enter keeps the filter and goes to the first card that matches."""
        full = [stage for stage in BOARD if self._column(stage).items]
        if full and self._stage not in full:
            self._stage = full[0]
        self._go_to(self._stage)
        self._show_filter(shown=bool(self._filter_words))

    def do_leave(self) -> None:
        """Take back, in this order: the typing, the selection, the filter."""
        line = self._mount_filter()
        if self.typing:
            line.value = ""
            self._show_filter(shown=False)
            self._go_to(self._stage)
        elif any(column.marks for column in self.query(Lines).results(Lines)):
            self.done()
        elif line.value:
            line.value = ""
            self._show_filter(shown=False)

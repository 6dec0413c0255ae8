"""Who may be in the network twice: likely pairs, side by side, made one with a choice for each field."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static
from textual.worker import get_current_worker

from data.people.duplicates import Pair, likely_pairs, still_alike
from data.records import Advice, FollowUp, Lead, Meeting, Person, Touch
from data.text import plural
from data.vocabulary import LABELS

from ..base import DeskScreen
from ..commands import bindings, key_of
from ..messages import Go
from ..people.names import short
from ..widgets.lines import Lines
from ..widgets.rows import FILL, KEY, Row, fit
from ..widgets.text_rows import retell, wrap

if TYPE_CHECKING:
    from textual import events

    from data.people.compare import Side
    from data.people.merge import Choice
    from data.store import Change

    from ..desk import Desk

NARROW = 100
"""Below this many columns the pairs stand above the fields."""
LABEL_WIDTH = 14
LOOKED_FOR = (
    "Looked for: people with the same address, or with the same or nearly the same name "
    "who are not known to work at different places."
)
BY_HAND = (
    "Two that look different: select both on the board or in Find ({mark}), then {merge} makes one of them."
)


class Stopped(Exception):
    """The user left while the network was being compared."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the comparison: a field, or (without one) what hangs on each of the two. `taken` is the side
    that the user took, "" as long as they took none."""

    key: str
    label: str
    one: str
    other: str
    side: Side | None = None
    taken: str = ""


class DuplicatesScreen(DeskScreen):
    """Pairs on the left; on the right the two of one pair. `two` are the ids of a pair to show alone."""

    SCOPE = "duplicates"
    MODE = "board"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("duplicates")]
    CSS_PATH = "duplicates.tcss"

    def __init__(self, desk: Desk, two: tuple[str, ...] = ()) -> None:
        super().__init__(desk)
        self._two = two
        self._all: list[Pair] | None = None
        self._shown: tuple[Person, Person] | None = None
        self._choices: dict[str, Choice] = {}

    def compose_body(self) -> Iterable[Widget]:
        with Horizontal(id="both"):
            yield Lines(
                self._pair_row,
                lambda pair: f"{pair.one.id} {pair.other.id}",
                item_height=2,
                gap=1,
                empty=[(("Comparing everybody with everybody…", "dim"),)],
                id="pairs",
                classes="panel",
            )
            yield Lines(
                self._field_row,
                lambda line: line.key,
                selectable=lambda line: line.side is not None and line.side.choice,
                plain=True,
                id="fields",
                classes="panel",
            )
        yield Static(Content(""), id="hint")

    # What is shown

    def concerns(self, change: Change) -> bool:
        return change.touches(Person, Meeting, Touch, Lead, Advice, FollowUp)

    def reload(self) -> None:
        if self._all is None:
            self._pairs.head("In twice, perhaps")
            self._compare()
        else:
            self._list()

    @property
    def _pairs(self) -> Lines[Pair]:
        return self.query_one("#pairs", Lines)

    @property
    def _fields(self) -> Lines[Line]:
        return self.query_one("#fields", Lines)

    def home(self) -> Widget:
        return self._pairs

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.width < NARROW, "-small")
        if self._all is not None:
            self._pairs.show_empty(self._nobody())

    def _compare(self) -> None:
        if len(self._two) == 2:
            one, other = (self.desk.store.get(Person, id) for id in self._two)
            self._all = [Pair(one, other, 100, "you selected them")] if one and other else []
            self._list()
            return
        self.run_worker(self._look, thread=True, exclusive=True, group="load")

    def _look(self) -> None:
        worker = get_current_worker()

        def tell(done: int, total: int) -> None:
            if worker.is_cancelled:
                raise Stopped
            self.app.call_from_thread(self._tell, Content(f"Comparing: {100 * done // max(total, 1)} %"))

        with contextlib.suppress(Stopped):
            found = likely_pairs(self.desk.store, tell)
            if not worker.is_cancelled:
                self.app.call_from_thread(self._found, found)

    def _found(self, pairs: list[Pair]) -> None:
        self._all = pairs
        if self.is_mounted:
            self._list()

    def _tell(self, says: Content) -> None:
        for place in self.query("#hint").results(Static):
            retell(place, says)

    def _list(self) -> None:
        pairs = still_alike(self.desk.store, self._all or [])
        lines = self._pairs
        lines.head("In twice, perhaps", f"{len(pairs):,}" if pairs else "")
        lines.show_empty(self._nobody())
        self.set_class(not pairs, "-none")
        lines.show(pairs)
        self._show_pair()

    def _nobody(self) -> list[Row]:
        """What the screen says when there is no pair: what it looks for, and what else to do."""
        width = max(20, self.size.width - 6)
        says = (
            ("Nobody is in twice, it seems.", "strong"),
            ("", "plain"),
            (LOOKED_FOR, "plain"),
            ("", "plain"),
            (BY_HAND.format(mark=key_of("board.mark"), merge=key_of("board.merge")), "dim"),
            (f"{key_of('text.leave')} goes back.", "dim"),
        )
        return [((line, role),) for text, role in says for line in wrap(text, width)]

    def _show_pair(self) -> None:
        from data.people.compare import first_of

        self._freshen_soon()
        pair = self._pairs.current
        if pair is None:
            self._shown, self._choices = None, {}
            self._fields.head("")
            self._fields.show([])
            self._tell(Content(""))
            return
        before = self._shown
        self._shown = one, other = first_of(self.desk.store, pair.one, pair.other)
        another = before is None or (before[0].id, before[1].id) != (one.id, other.id)
        if another:
            self._choices = {}
        self._show_fields(from_top=another)

    def _show_fields(self, *, from_top: bool = False) -> None:
        """Show the two of the pair side by side, and what stays of them."""
        assert self._shown is not None
        fields, lines = self._fields, self._lines_of(*self._shown)
        fields.head("What stays")
        open_choices = [line.key for line in lines if line.side is not None and line.side.choice]
        fields.show(lines, select=next(iter(open_choices), None) if from_top else None)
        if from_top:
            fields.scroll_to(y=0, animate=False, immediate=True)
        self._say_what_stays(some_open=bool(open_choices))

    def _lines_of(self, one: Person, other: Person) -> list[Line]:
        from data.people.compare import LABELS_OF, history, sides

        store, taken = self.desk.store, self._choices
        return [
            Line("stage", "Stage", LABELS[one.stage], LABELS[other.stage]),
            Line("history", "History", history(store, one), history(store, other)),
            *(
                Line(side.field, LABELS_OF[side.field], side.one, side.other, side, taken.get(side.field, ""))
                for side in sides(store, one, other)
            ),
        ]

    def _say_what_stays(self, *, some_open: bool) -> None:
        says: list[str | tuple[str, str]] = [
            (key_of("duplicates.merge"), KEY),
            " makes one; all that either has stays.",
        ]
        if some_open:
            says += [" ● stays; ", (key_of("duplicates.switch"), KEY), " takes the other."]
        self._tell(Content.assemble(*says))

    def follow(self, lines: Lines[Any]) -> None:
        """Show the pair under the cursor."""
        if lines is self._pairs:
            self._show_pair()

    def on_lines_chosen(self, message: Lines.Chosen) -> None:
        """Enter on a pair goes to its fields; on a field it takes the other value."""
        if message.lines is self._pairs:
            self._fields.focus()
        else:
            self.run_command("switch")

    # Rows

    @staticmethod
    def _pair_row(pair: Pair, width: int) -> Sequence[Row]:
        one, other = (person.name for person in (pair.one, pair.other))
        names = one if one == other else f"{one} · {other}"
        return [((names, "strong"),), ((pair.why, "dim"),)]

    @classmethod
    def _field_row(cls, line: Line, width: int) -> Sequence[Row]:
        half = max(10, (width - LABEL_WIDTH) // 2)
        signs, roles = cls._signs(line)
        cells: list[tuple[str, str]] = []
        for text, sign, role in zip((line.one, line.other), signs, roles, strict=True):
            shown = " ".join(text[:400].split())
            cells += fit(((f"{sign} {shown}", role),), half - 1)
            cells.append((" ", "plain"))
        return [(*fit(((line.label, "dim"),), LABEL_WIDTH), *cells, FILL)]

    @staticmethod
    def _signs(line: Line) -> tuple[tuple[str, str], tuple[str, str]]:
        """The sign before each of the two values (`●` stays, `○` goes), and how it is drawn."""
        side = line.side
        if side is None:
            return (" ", " "), ("dim", "dim")
        if not side.choice:
            here = ("●" if side.one else " ", "●" if side.other else " ")
            return here, ("plain", "plain")
        chosen = line.taken or ("" if side.joined else "keep")
        if not chosen:
            return ("●", "●"), ("strong", "strong")
        left = chosen == "keep"
        return ("●", "○") if left else ("○", "●"), ("strong", "dim") if left else ("dim", "strong")

    # What the user does

    def why_not(self, name: str) -> str:
        """Why a command can't be done now."""
        if name in ("merge", "apart", "person") and self._shown is None:
            return "There is no pair to decide on."
        if name == "switch":
            line = self._fields.current
            if line is None or line.side is None or not line.side.choice:
                return "There is nothing to choose: what both have stays."
        return ""

    def do_merge(self) -> None:
        """Make one of the two; one undo parts them again."""
        from data.people.merge import merge

        assert self._shown is not None
        one, other = self._shown
        kept = merge(self.desk.store, self.desk.clock, one, other, self._choices)
        self._after(
            f"{short(kept.name)} is one person now, with all of both. {key_of('app.undo')} parts them again."
        )

    def do_apart(self) -> None:
        """Note that they are two people."""
        from data.people.merge import keep_apart

        assert self._shown is not None
        one, other = self._shown
        keep_apart(self.desk.store, one, other)
        self._after(f"Two people it is: nobody asks about them again. {key_of('app.undo')} takes it back.")

    def _after(self, said: str) -> None:
        left = len(still_alike(self.desk.store, self._all or []))
        self._pairs.focus()
        if left:
            said = f"{said} {plural(left, 'pair')} to go."
        self.say(said, "good")

    def do_switch(self) -> None:
        """Take the other value; of notes both, the left, the right."""
        line = self._fields.current
        assert line is not None
        assert line.side is not None
        turns: tuple[Choice | None, ...] = (None, "keep", "other") if line.side.joined else ("keep", "other")
        now = self._choices.get(line.side.field, turns[0])
        self._choose(line.side, turns[(turns.index(now) + 1) % len(turns)])

    def _choose(self, side: Side, choice: Choice | None) -> None:
        if choice is None:
            self._choices.pop(side.field, None)
        else:
            self._choices[side.field] = choice
        self._show_fields()

    def do_left(self) -> None:
        self._take("keep")

    def do_right(self) -> None:
        self._take("other")

    def _take(self, choice: Choice) -> None:
        line = self._fields.current
        if self._fields.has_focus and line is not None and line.side is not None and line.side.choice:
            self._choose(line.side, choice)
        else:
            self.do_other()

    def do_other(self) -> None:
        """Go from the pairs to the fields, and back."""
        (self._pairs if self._fields.has_focus else self._fields).focus()

    def do_person(self) -> None:
        """Open the sheet of the one on the left."""
        assert self._shown is not None
        self.post_message(Go("person", self._shown[0].id))

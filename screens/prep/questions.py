"""The windows that list questions: the bank to choose from, and all answers to one of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from rich.cells import cell_len
from textual import events
from textual.widget import Widget
from textual.widgets import Input

from data.insights.answers import Asked, answers_text, choosable
from data.meetings.questions import CATEGORIES, Choice, Show, choices, expected
from data.records import Meeting
from data.text import fold, plural

from ..commands import key_of
from ..dialogs.read import ReadText
from ..dialogs.window import Feedback, Window
from ..widgets.lines import Lines
from ..widgets.rows import FILL, Row, Span, hits
from ..widgets.text_line import TextLine
from ..widgets.text_rows import RowLine

if TYPE_CHECKING:
    from ..desk import Desk


_BESIDE_WORDS = 9
# Cells of the sign before a question, of its time, and of the gap between.


class QuestionsWindow(Window[None]):
    """Lists questions by category, searched as one types. A subclass fills in what is listed and done."""

    OWN_DRAFT = False
    CLOSES = "close"
    TICKS: ClassVar[bool] = False
    """Whether a question is ticked here, with space or enter."""

    DEFAULT_CSS = """
    QuestionsWindow > .window { width: 104; height: 90%; }
    QuestionsWindow Lines { background: $surface; height: 1fr; }
    QuestionsWindow #categories { height: 1; }
    QuestionsWindow #search { margin: 0 0 1 0; }
    QuestionsWindow Feedback { height: 1; }
    QuestionsWindow.-narrow Feedback { height: 2; }
    """

    def __init__(self, desk: Desk, title: str) -> None:
        super().__init__(title)
        self._desk = desk
        self._place = 0
        self._groups = ("", *CATEGORIES)
        self._ticked = ""
        self.words: list[str] = []
        """What is searched for, folded."""

    def compose_window(self) -> list[Widget]:
        lines: Lines[Any] = Lines(
            self.draw_question,
            self.id_of,
            empty=(
                (("No question is like that.", "strong"),),
                ((f"{key_of('dialog.cancel')} clears the search, ←→ goes to another category.", "dim"),),
            ),
        )
        search = TextLine(
            placeholder="/ searches the words of a question", id="search", select_on_focus=False
        )
        return [RowLine(id="categories"), search, lines, Feedback(steady=True)]

    def on_mount(self) -> None:
        self.show_questions()
        self.query_one(Lines).focus()

    # For subclasses

    def draw_question(self, item: Any, width: int) -> list[Row]:
        """The row of one question."""
        raise NotImplementedError

    def id_of(self, item: Any) -> str:
        """What tells one question from the others."""
        raise NotImplementedError

    def listed(self, category: str, search: str) -> list[Any]:
        """The questions of a category (empty: all) whose words hold those of `search`."""
        raise NotImplementedError

    def take(self, item: Any) -> None:
        """What enter does with a question."""

    def said(self) -> str:
        """The sentence below the list."""
        return ""

    def whole(self, item: Any, room: int) -> str:
        """The words of a question that is cut in so many cells; else empty."""
        return ""

    # What is shown

    def show_questions(self) -> None:
        """List what fits the category and the search."""
        self._show_categories()
        search = self.query_one("#search", Input).value
        self.words = fold(search).split()
        found = self.listed(self._groups[self._place], search)
        self.query_one(Lines).show(found)
        self.say(self.said())

    def _show_categories(self) -> None:
        """Name all categories; where they don't fit, the first ones give way to the one that is listed."""
        line = self.query_one("#categories", RowLine)
        gap = "  " if self.size.width >= 100 else " "
        names = [CATEGORIES.get(group, "All") + gap for group in self._groups]
        first = 0
        while (
            first < self._place
            and len("… ") + sum(map(len, names[first : self._place + 1])) > line.size.width
        ):
            first += 1
        row: list[Span] = [("… ", "dim")] if first else []
        for place, name in enumerate(names[first:], first):
            row.append((name, "accent" if place == self._place else "dim"))
        line.show(tuple(row))

    def on_resize(self, _: events.Resize) -> None:
        """What fits is another then; a question that is cut takes two lines below a narrow list."""
        self.set_class(self.size.width < 100, "-narrow")
        self.call_after_refresh(self._show_categories)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search as one types."""
        event.stop()
        self.show_questions()
        self.query_one(Lines).do_top()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.query_one(Lines).focus()

    def on_lines_chosen(self, message: Lines.Chosen) -> None:
        message.stop()
        if self.TICKS and self._ticked == self._current_id:
            # Space has just put it on the list; enter behind it means that this is all.
            self.answer(None)
        else:
            self._take()

    def _take(self) -> None:
        item = self.query_one(Lines).current
        if item is not None:
            self.take(item)

    def on_key(self, event: events.Key) -> None:
        """In the list left and right change the category; in the search the down key goes into the list."""
        if self.query_one("#search").has_focus:
            self._ticked = ""
            if event.key == "down":
                event.stop()
                self.query_one(Lines).focus()
            return
        if event.key in ("left", "right", "h", "l"):
            event.stop()
            step = 1 if event.key in ("right", "l") else -1
            self._place = (self._place + step) % len(self._groups)
            self.show_questions()
            self.query_one(Lines).do_top()
        elif event.key == "slash":
            event.stop()
            event.prevent_default()
            self.query_one("#search").focus()
        elif event.key == "space":
            event.stop()
            self._take()
        if event.key != "enter":
            self._ticked = self._current_id if event.key == "space" else ""

    def follow(self, lines: Lines[Any]) -> None:
        """The cursor has gone on: space was for the question before."""
        self._ticked = ""
        item = lines.current
        self.say((self.whole(item, lines.room) if item is not None else "") or self.said())

    @property
    def _current_id(self) -> str:
        item = self.query_one(Lines).current
        return self.id_of(item) if item is not None else ""

    def do_cancel(self) -> None:
        """Leave the search, and then the window."""
        search = self.query_one("#search", Input)
        if search.value or search.has_focus:
            search.value = ""
            self.query_one(Lines).focus()
        else:
            self.answer(None)


class BankWindow(QuestionsWindow):
    """Offers the bank's questions; enter or space puts one on the meeting's list, or takes it off again."""

    TICKS = True
    KEYS: ClassVar[tuple[tuple[str, str], ...]] = (
        ("enter", "add, take off"),
        ("/", "search"),
        ("←→", "category"),
        ("f", "hide known"),
        ("v", "answers"),
    )

    def __init__(self, desk: Desk, meeting_id: str, flip: Callable[[Choice], None]) -> None:
        """`flip` puts a question on the list, or takes it off."""
        super().__init__(desk, "Questions to choose from")
        self._meeting_id = meeting_id
        self._flip = flip
        self._show = Show.ALL

    def id_of(self, item: Choice) -> str:
        return item.question.id

    def listed(self, category: str, search: str) -> list[Choice]:
        meeting = self._desk.store.get(Meeting, self._meeting_id)
        if meeting is None:
            self.answer(None)
            return []
        return choices(self._desk.store, meeting, category=category, search=search, show=self._show)

    def said(self) -> str:
        meeting = self._desk.store.get(Meeting, self._meeting_id)
        count = len(meeting.questions) if meeting is not None else 0
        hidden = {
            Show.ALL: "",
            Show.NOT_ASKED: " · hidden: what they were asked before",
            Show.NOT_TOLD: " · hidden: what they were asked, or three others answered",
        }[self._show]
        return f"{count} on the list for this meeting{hidden}"

    def whole(self, item: Choice, room: int) -> str:
        note = 0 if item.chosen or not item.note else cell_len(item.note) + 2
        text = item.question.text
        return text if cell_len(text) > room - note - _BESIDE_WORDS else ""

    def draw_question(self, item: Choice, width: int) -> list[Row]:
        sign = ("✓ ", "good") if item.chosen else ("  ", "dim")
        quiet = item.chosen or item.asked_before
        long = expected(item.question.seconds).rjust(6)
        words = hits(item.question.text, "dim" if quiet else "plain", self.words)
        if not item.note or item.chosen:
            return [(sign, *words, FILL, (long, "dim"))]
        note = (f"{item.note}  ", "warn" if item.flag else "dim")
        return [(sign, *words, FILL, note, (long, "dim"))]

    def take(self, item: Choice) -> None:
        self._flip(item)
        self.show_questions()

    def on_key(self, event: events.Key) -> None:
        """Besides what every list of questions does: leave out known ones, read the answers so far."""
        if event.key not in ("f", "v") or self.query_one("#search").has_focus:
            return  # the base class's handler runs as well
        event.stop()
        item = self.query_one(Lines).current
        if event.key == "f":
            order = list(Show)
            self._show = order[(order.index(self._show) + 1) % len(order)]
            self.show_questions()
        elif isinstance(item, Choice):
            asked = next(
                (
                    each
                    for each in choosable(self._desk.store, self._desk.clock.zone())
                    if each.bank == item.question.id
                ),
                None,
            )
            if asked is None or not asked.answers:
                self.say("Not answered yet.", "plain")
            else:
                self.app.push_screen(ReadText(asked.text, answers_text(asked)))


class AnswersWindow(QuestionsWindow):
    """Offers every question; enter shows all answers to it, from all meetings."""

    KEYS: ClassVar[tuple[tuple[str, str], ...]] = (
        ("enter", "read the answers"),
        ("/", "search"),
        ("←→", "category"),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Answers side by side: to which question?")

    def id_of(self, item: Asked) -> str:
        return item.bank or item.text

    def listed(self, category: str, search: str) -> list[Asked]:
        return choosable(self._desk.store, self._desk.clock.zone(), category=category, search=search)

    def draw_question(self, item: Asked, width: int) -> list[Row]:
        count = len(item.answers)
        role = "strong" if count > 1 else "plain" if count else "dim"
        return [(*hits(item.text, role, self.words), FILL, (plural(count, "answer") if count else "", "dim"))]

    def take(self, item: Asked) -> None:
        if item.answers:
            self.app.push_screen(ReadText(item.text, answers_text(item)))
        else:
            self.say(
                f"Not answered yet: in a meeting, {key_of('meeting.answer')} keeps a line as the answer.",
                "plain",
            )

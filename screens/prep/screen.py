"""The preparation: coming meetings on the left, one page for one of them on the right."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widget import Widget

from data.actions import meetings
from data.clock import local_now
from data.errors import UserError
from data.followups.plan import when
from data.meetings.introductions import usual
from data.meetings.questions import Choice, expected, searchable, with_length
from data.meetings.readiness import introduction_of, percent, readiness
from data.meetings.schedule import planned_meetings
from data.meetings.times import starts_at
from data.records import FollowUp, FollowUpKind, FollowUpState, Introduction, Meeting, Person
from data.rules import rules_of
from data.text import one_line

from ..ahead import Ahead
from ..commands import Command, bindings, by_id, key_of
from ..dialogs import AskLine, Choose, Option, Reading
from ..links import open_place
from ..meeting.begin import begin_meeting
from ..messages import Go
from ..widgets.lines import Lines
from ..widgets.rows import FILL, Row
from ..widgets.wrapped import WrappedLines
from .editing import PrepEditing
from .page import MEDIA, PageRow, introduction_rows, page_rows
from .questions import BankWindow
from .windows import PageWindow

if TYPE_CHECKING:
    from textual.geometry import Size

    from ..desk import Desk


class PrepScreen(PrepEditing):
    """Gets ready for one meeting at a time. Enter does what the row under the cursor asks for."""

    SCOPE = "prep"
    MODE = "prep"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("prep")]
    CSS_PATH = "prep.tcss"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._shown = ""
        self._behind = False
        self._ahead = Ahead(self, lambda: self._coming, self._page_of, self._holds)

    def compose_body(self) -> Iterable[Widget]:
        with Horizontal(id="both"):
            yield Lines(
                self._card,
                lambda meeting: meeting.id,
                item_height=2,
                gap=1,
                id="coming",
                classes="panel",
                empty=(
                    (("No meeting yet.", "strong"),),
                    (),
                    *(
                        ((key_of(command), "strong"), (f"  {what}", "dim"))
                        for command, what in (
                            ("app.board", "the board"),
                            ("board.schedule", "there: plan one"),
                            ("board.meet", "or meet now"),
                        )
                    ),
                ),
            )
            yield WrappedLines(
                lambda row, _: [row.row],
                lambda row: row.key,
                selectable=lambda row: bool(row.command),
                plain=True,
                id="page",
                classes="panel",
            )

    def home(self) -> Widget:
        return self.query_one("#page")

    def footer_commands(self) -> list[Command]:
        if self._meeting is None:
            return [by_id(f"prep.{name}") for name in ("rehearse", "introduction", "variant")]
        return super().footer_commands()

    # What is shown

    @property
    def _coming(self) -> Lines[Meeting]:
        return self.query_one("#coming", Lines)

    @property
    def _page(self) -> WrappedLines[PageRow]:
        return self.query_one("#page", WrappedLines)

    def reload(self) -> None:
        coming = self._coming
        planned = planned_meetings(self.desk.store)
        coming.show(planned)
        coming.head("Coming", str(len(planned) or ""))
        self._show_page()

    def _show_page(self) -> None:
        self._behind = False
        meeting, page = self._coming.current, self._page
        if not page.measured:
            return  # it asks for its rows as soon as it knows its width
        if meeting is None:
            self._shown = ""
            page.head("Until a meeting is planned: your introduction")
            page.show(introduction_rows(self.desk.store, page.text_width))
            return
        head, rows = self._ahead.of(meeting)
        page.head(head)
        top = meeting.id != self._shown
        self._shown = meeting.id
        page.show(rows, select="time" if top else None)

    def _page_of(self, meeting: Meeting) -> tuple[str, list[PageRow]]:
        """The title and the rows of a meeting's page."""
        person = self.desk.store.get(Person, meeting.person)
        name = person.name if person is not None else "somebody"
        sub = ", ".join(part for part in (person.title, person.company) if part) if person else ""
        rows = page_rows(self.desk.store, self.desk.clock, meeting, self._page.text_width)
        self._page.foresee(rows)
        return one_line((f"{name} · {sub}" if sub else name)[:300]), rows

    def _holds(self) -> object:
        """What all pages depend on: they tell of days, and are made for the room that there is."""
        now = self.desk.clock.now().replace(second=0, microsecond=0)
        return self.desk.store.mark, now, self._page.size

    def fit(self, size: Size) -> None:
        self.set_class(size.width < 100, "-small")
        self.set_class(size.width < 70, "-narrow")
        self.set_class(size.width >= 160, "-wide")
        self.set_class(size.height >= 50, "-high")

    def on_wrapped_lines_rewrap(self, message: WrappedLines.Rewrap) -> None:
        message.stop()
        self._show_page()

    def follow(self, lines: Lines[Any]) -> None:
        """Show the page of the meeting under the cursor."""
        if lines is self._coming:
            self._show_page()

    def move_cursor(self, lines: Lines[Any], move: str) -> None:
        """A held key passes many, and only the last one's page is shown."""
        super().move_cursor(lines, move)
        self._behind = lines is self._coming

    def _catch_up(self) -> None:
        if self._behind:
            self._show_page()

    def run_command(self, name: str) -> None:
        """A command is for what is under the cursor, also when its page is not shown yet."""
        self._catch_up()
        super().run_command(name)

    def _card(self, meeting: Meeting, width: int) -> list[Row]:
        clock = self.desk.clock
        person = self.desk.store.get(Person, meeting.person)
        start = starts_at(meeting).astimezone(clock.zone())
        ready = percent(self.desk.store, clock, meeting)
        late = starts_at(meeting) < clock.now()
        day = when(start.date(), local_now(clock).date()).removesuffix(f" {start.year}")
        return [
            (
                (person.name if person else "somebody", "strong"),
                FILL,
                (f"{ready}%", "good" if ready == 100 else "dim"),
            ),
            (
                (f"{'!! ' if late else ''}{day} {start:%H:%M}", "late" if late else "dim"),
                FILL,
                (MEDIA[meeting.medium] if width >= 24 else "", "dim"),
            ),
        ]

    def go_to(self, kind: str, id: str) -> None:
        """Show the page of the meeting `id`."""
        if self._coming.select(id):
            self._show_page()
            self.query_one("#page").focus()

    # What the commands work on

    @property
    def _meeting(self) -> Meeting | None:
        return self._coming.current

    @property
    def here(self) -> Meeting:
        """The meeting shown. `why_not` has seen to it that there is one."""
        meeting = self._meeting
        if meeting is None:
            raise UserError(
                f"There is no coming meeting: schedule one from the board with {key_of('board.schedule')}."
            )
        return meeting

    @property
    def meeting_id(self) -> str:
        meeting = self._meeting
        return meeting.id if meeting is not None else ""

    @property
    def introduction(self) -> Introduction | None:
        if (meeting := self._meeting) is not None:
            return introduction_of(self.desk.store, meeting)
        row = self._row
        found = self.desk.store.get(Introduction, row.ref) if row is not None and row.ref else None
        return found or usual(self.desk.store.all(Introduction))

    def show_introduction(self, id: str) -> None:
        self._show_page()
        page = self.query_one("#page", Lines)
        page.select(id)
        page.focus()

    @property
    def _row(self) -> PageRow | None:
        row = self.query_one("#page", Lines).current
        return row if isinstance(row, PageRow) else None

    @property
    def _question(self) -> str:
        row = self._row
        return row.ref if row is not None and row.key.startswith("q-") else ""

    def why_not(self, name: str) -> str:
        if name in ("left", "right", "introduction", "variant"):
            return ""
        if name == "rehearse":
            written = self.introduction is not None
            return (
                ""
                if written
                else f"There is no introduction to rehearse yet: {key_of('prep.introduction')} writes one."
            )
        if self._meeting is None and not (name == "edit" and self._row is not None):
            return f"There is no coming meeting: schedule one from the board with {key_of('board.schedule')}."
        if name in ("star", "later", "sooner") and not self._question:
            return "Put the cursor on a question first."
        return ""

    def do_left(self) -> None:
        self.query_one("#coming").focus()

    def do_right(self) -> None:
        self.query_one("#page").focus()

    def on_lines_chosen(self, message: Lines.Chosen) -> None:
        message.stop()
        if isinstance(message.item, PageRow):
            self.run_command(message.item.command)
        else:
            self.do_right()

    # The checklist

    def do_tick(self) -> None:
        """Tick by hand; what is done by fact stays, an open one with a way to do it goes there."""
        if self._question:
            self.do_star()
            return
        row, meeting = self._row, self.here
        if row is None or not row.key.startswith("item-"):
            self.say(f"{key_of('prep.tick')} ticks the items under “Ready”.", "plain")
            return
        state = readiness(self.desk.store, meeting, self.desk.clock.now(), self.desk.clock.zone())
        item = next((each for each in state.items if each.id == row.ref), None)
        if item is not None and item.by_fact:
            self.say(f"Done by itself: {item.why}", "plain")
            return
        meetings.tick(self.desk.store, meeting.id, row.ref)

    async def do_item(self) -> None:
        text = await self.app.push_screen_wait(AskLine("What else do you want to have ready?"))
        if text and text.strip():
            meetings.add_item(self.desk.store, self.here.id, text)

    def do_remove(self) -> None:
        row, meeting = self._row, self.here
        if self._question:
            meetings.remove_question(self.desk.store, meeting.id, self._question)
        elif row is not None and any(own.id == row.ref for own in meeting.own_items):
            meetings.remove_item(self.desk.store, meeting.id, row.ref)
        else:
            raise UserError(
                f"{key_of('prep.remove')} takes away a question "
                "or an item of your own; put the cursor on one."
            )
        self.say(f"Taken away; {key_of('app.undo')} brings it back", "good")

    def do_confirm(self) -> None:
        """Go to the message that confirms it; where none is due, tick it by hand."""
        meeting = self.here
        for followup in self.desk.store.where(FollowUp, meeting=meeting.id):
            if followup.kind is FollowUpKind.CONFIRM and followup.state is FollowUpState.OPEN:
                self.post_message(Go("followup", followup.id))
                return
        kept = meetings.tick(self.desk.store, meeting.id, "confirmed")
        self.say("Noted as confirmed" if "confirmed" in kept.ticked else "No longer confirmed", "good")

    # Questions

    def do_add(self) -> None:
        meeting_id = self.here.id

        def flip(choice: Choice) -> None:
            now = self.desk.store.get(Meeting, meeting_id)
            on = [each for each in now.questions if each.bank == choice.question.id] if now else []
            if on:
                meetings.remove_question(self.desk.store, meeting_id, on[0].id)
            else:
                meetings.add_question(self.desk.store, meeting_id, choice.question)

        self.app.push_screen(BankWindow(self.desk, meeting_id, flip))

    def do_star(self) -> None:
        meeting = meetings.star_question(self.desk.store, self.here.id, self._question)
        stars = sum(each.starred for each in meeting.questions)
        wanted = rules_of(self.desk.store.profile).questions_starred
        self.say(f"{stars} of {wanted} must-asks", "good" if stars <= wanted else "warn")

    def do_later(self) -> None:
        meetings.move_question(self.desk.store, self.here.id, self._question, 1)

    def do_sooner(self) -> None:
        meetings.move_question(self.desk.store, self.here.id, self._question, -1)

    async def do_edit(self) -> None:
        """Change the question under the cursor, or the text of its section."""
        meeting, id = self._meeting, self._question
        question = next((each for each in meeting.questions if each.id == id), None) if meeting else None
        if meeting is None or question is None:
            row = self._row
            if row is not None and row.command not in ("", "edit"):
                self.run_command(row.command)
            return
        text = await self.app.push_screen_wait(
            AskLine(
                "The question, as you will ask it",
                f"Its answer takes about {expected(question.seconds)}; a length behind it changes that.",
                value=f"{question.text} {expected(question.seconds)}",
                read=lambda text: Reading(True, searchable(with_length(text)[0])),
            )
        )
        if text is not None:
            words, seconds = with_length(text)
            if expected(seconds) == expected(question.seconds):
                seconds = question.seconds  # what is shown in halves of a minute may be known better
            meetings.reword_question(self.desk.store, meeting.id, id, words, seconds)

    def do_open_link(self) -> None:
        self.say(*open_place(self.desk, self.here))

    async def do_begin(self) -> None:
        """Begin it now, and go to the meeting's screen."""
        meeting = self.here
        await begin_meeting(self.app, self.desk, meeting.id)
        self.post_message(Go("meeting", meeting.id))

    def do_no_show(self) -> None:
        meetings.no_show(self.desk.store, self.desk.clock, self.here.id)
        self.say("Noted that nobody came. A new time is among the follow-ups.", "good")

    async def do_call_off(self) -> None:
        anew = await self.app.push_screen_wait(
            Choose(
                "Call this meeting off?",
                [
                    Option("n", "Yes, and find a new time", True),
                    Option("o", "Yes, for good", False),
                ],
            )
        )
        if anew is not None:
            meetings.call_off(self.desk.store, self.desk.clock, self.here.id, anew=anew)
            self.say(f"Called off; {key_of('app.undo')} brings it back", "good")

    async def do_sheet(self) -> None:
        """Show the page for the last minutes, and copy it as Markdown."""
        from data.meetings.sheet import sheet

        page = sheet(self.desk.store, self.here, self.desk.clock.now(), self.desk.clock.zone())
        self.app.push_screen(PageWindow("Five minutes before", page.text))
        outcome = await asyncio.to_thread(self.desk.clipboard.copy, page.markdown)
        self.say(outcome.sentence, "good" if outcome.how == "copied" else "plain")

    async def do_calendar(self) -> None:
        """Save this meeting as a calendar file."""
        from ..exporting import export_meeting

        await export_meeting(self, self.desk, self.here)

    def do_person(self) -> None:
        self.post_message(Go("person", self.here.person))

"""The wrap-up: what was caught in a meeting, and what will be booked from it, to accept or change."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widget import Widget

from data.actions import conversation, wrap_up
from data.clock import local_now
from data.days import WhenError, show_day
from data.errors import UserError
from data.followups.engine import Proposal
from data.followups.plan import when
from data.meetings.capture import Line, as_typed, read_line
from data.meetings.times import minute_words
from data.records import Entry, FollowUp, FollowUpKind, FollowUpState, Lead, Meeting, Person
from data.text import plural

from ..base import DeskScreen
from ..commands import Command, bindings, by_id, key_of
from ..dialogs import AskLine, Reading
from ..people.names import on_the_board
from ..scope import Said
from ..widgets.lines import Lines
from ..widgets.rows import FILL, Row
from ..widgets.text_rows import RowLine
from ..widgets.timeline import TimelineRow, timeline, timeline_list
from ..widgets.wrapped import WrappedLines
from .choices import choices_of

if TYPE_CHECKING:
    from textual.geometry import Size

    from data.store import Change

    from ..desk import Desk

NARROW = 76
SLIM = 46
"""In a list narrower than this a booking's day stands below its name, so that neither is cut."""
SIGN_HINT = 'first character: ! lead · * advice · " quote · @ I promised · = answer stays · none: note'

_THANKED: dict[bool | None, tuple[str, str, str, str]] = {
    None: ("?", "Did you thank them?", "warn", "yes"),
    True: ("✓", "You thanked them.", "good", "no, I didn't"),
    False: ("!", "You did not thank them.", "warn", "yes, I did"),
}
"""By what the user said: the sign, the words and their role, and what the key changes it to."""


class WrapUpScreen(DeskScreen):
    """One meeting that took place. A wrapped one can be read and its lines changed."""

    SCOPE = "wrap_up"
    OPENS = "open_call"
    MODE = "meeting"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("wrap_up")]
    CSS_PATH = "wrap_up.tcss"

    def __init__(self, desk: Desk, meeting_id: str) -> None:
        super().__init__(desk)
        self._meeting_id = meeting_id
        self._meeting: Meeting | None = None
        self._choices = choices_of(desk.drafts, meeting_id)

    def compose_body(self) -> Iterable[Widget]:
        yield RowLine(id="head")
        yield RowLine(id="ask")
        with Horizontal(id="panes"):
            yield timeline_list("caught", f"Nothing was written down. {key_of('wrap_up.add')} adds a line.")
            yield Lines(
                self._draw_booking,
                lambda item: "/".join(item.key) if isinstance(item, Proposal) else item.id,
                item_height=2,
                id="bookings",
                classes="panel",
                empty=((("Nothing is owed from this meeting.", "dim"),),),
            )

    def home(self) -> Widget:
        return self.query_one("#bookings" if self._open else "#caught")

    def footer_commands(self) -> list[Command]:
        if self._open:
            return super().footer_commands()
        return [by_id(f"wrap_up.{name}") for name in ("edit", "add", "read", "copy", "person")]

    def concerns(self, change: Change) -> bool:
        return change.touches(Meeting, Entry, Lead, FollowUp, Person)

    @property
    def _open(self) -> bool:
        return self._meeting is not None and self._meeting.wrapped is None

    # What is shown

    def reload(self) -> None:
        store = self.desk.store
        meeting = self._meeting = store.get(Meeting, self._meeting_id)
        if meeting is None:
            return
        self.query_one("#head", RowLine).show(self._head(meeting))
        self._show_ask()
        self._show_caught()
        bookings = self.query_one("#bookings", Lines)
        if self._open:
            items: list[Proposal] | list[FollowUp] = [
                self._choices.applied(each) for each in wrap_up.proposals(store, self.desk.clock, meeting)
            ]
            count = sum(
                1 for each in items if isinstance(each, Proposal) and each.key not in self._choices.crossed
            )
            bookings.head("Will be booked", str(count))
        else:
            items = store.where(FollowUp, meeting=meeting.id)
            bookings.head("Booked from it", str(len(items) or ""))
        bookings.show(items)

    def _show_caught(self) -> None:
        caught = self.query_one("#caught", WrappedLines)
        entries = conversation.lines_of(self.desk.store, self._meeting_id)
        started = self._meeting.started if self._meeting is not None else None
        caught.show(timeline(entries, started, caught.text_width))
        caught.head("Caught", str(len(entries) or ""))

    def fit(self, size: Size) -> None:
        self.set_class(size.width < NARROW, "-narrow")

    def on_wrapped_lines_rewrap(self, message: WrappedLines.Rewrap) -> None:
        message.stop()
        self._show_caught()

    def _head(self, meeting: Meeting) -> Row:
        person = self.desk.store.get(Person, meeting.person)
        name = person.name if person is not None else "somebody"
        started = meeting.started
        facts = ""
        if started is not None and meeting.ended is not None:
            local = started.astimezone(self.desk.clock.zone())
            facts = f"{show_day(local.date())} {local:%H:%M} · {minute_words(meeting.ended - started)}"
            if meeting.promised_end is not None and not meeting.from_memory:
                offered = sum(more.minutes for more in meeting.extensions)
                over = meeting.ended - meeting.promised_end
                if over.total_seconds() > 60 * (offered + 1):
                    facts += f", {minute_words(over)} over your promise"
                elif not offered:
                    facts += ", on time"
        title = "Wrap-up: " if self._open else "Notes: "
        return ((title, "dim"), (name, "strong"), FILL, (facts, "dim"))

    def _show_ask(self) -> None:
        row: Row
        if self._open:
            sign, words, role, key = _THANKED[self._choices.thanked]
            asks = ("  ", "plain"), (key_of("wrap_up.thanked"), "strong"), (f"  {key}", "dim")
            row = ((f"{sign} ", role), (words, "plain"), *asks)
        else:
            thanked = self._meeting.thanked if self._meeting is not None else None
            row = (
                ({True: "✓ You thanked them.", False: "You did not thank them.", None: ""}[thanked], "dim"),
            )
        self.query_one("#ask", RowLine).show(row)

    def _draw_booking(self, item: Proposal | FollowUp, width: int) -> list[Row]:
        today = local_now(self.desk.clock).date()
        if isinstance(item, FollowUp):
            from data.followups.occasions import phrase

            done = item.state is not FollowUpState.OPEN
            what = phrase(item, self._named(item.person), self._named(item.about))
            state = item.state.value if done else when(item.due, today)
            sign = "✓ " if item.state is FollowUpState.DONE else "  "
            return [
                (
                    (sign, "good"),
                    (what[:1].upper() + what[1:], "dim" if done else "plain"),
                    FILL,
                    (state, "dim"),
                ),
                (("    " + (item.words or item.why), "dim"),),
            ]
        crossed = item.key in self._choices.crossed
        what = item.text.rpartition(", ")[0]
        due = when(item.followup.due, today).removesuffix(f" {today.year}")
        if (hours := item.followup.due_at) is not None:
            due = f"by {due} {hours.astimezone(self.desk.clock.zone()):%H:%M}"
        sign, role = ("✗ ", "dim") if crossed else ("✓ ", "good")
        second = (
            f"crossed out; {key_of('wrap_up.toggle')} brings it back"
            if crossed
            else self._detail(item.followup, what)
        )
        title = ((sign, role), (what or item.text, "dim" if crossed else "strong"))
        if width < SLIM:
            return [title, ((f"  {due} · {second}", "dim"),)]
        return [(*title, FILL, (due, "dim")), (("  " + second, "dim"),)]

    def _detail(self, followup: FollowUp, title: str) -> str:
        """What a booking is about: the lead in its words, the promise where the title lacks it, else why."""
        lead = self.desk.store.get(Lead, followup.lead) if followup.lead else None
        about = followup.words or (lead.text if lead is not None else "")
        return about if about and about not in title else followup.why

    def _named(self, id: str) -> str:
        person = self.desk.store.get(Person, id) if id else None
        return person.name if person is not None else ""

    # Commands

    def why_not(self, name: str) -> str:
        if self._meeting is None:
            return "This meeting is no longer there."
        if name in ("accept", "toggle", "date", "thanked") and not self._open:
            return "This meeting is wrapped up already."
        if name in ("toggle", "date") and self._proposal is None:
            return "Nothing is to be booked."
        if name == "remove" and self._entry is None:
            return "There is no line under the cursor."
        if name == "person" and self._lead is None:
            return "Put the cursor on a lead, a line with !, to make its person a contact."
        return ""

    @property
    def _proposal(self) -> Proposal | None:
        item = self.query_one("#bookings", Lines).current
        return item if isinstance(item, Proposal) else None

    @property
    def _entry(self) -> Entry | None:
        row = self.query_one("#caught", Lines).current
        return row.entry if isinstance(row, TimelineRow) else None

    @property
    def _lead(self) -> Lead | None:
        """The lead under the cursor: what is to be booked for one, where that has the focus, or its line."""
        proposal = self._proposal if self.query_one("#bookings").has_focus else None
        if proposal is not None and proposal.followup.lead:
            return self.desk.store.get(Lead, proposal.followup.lead)
        entry = self._entry
        found = self.desk.store.where(Lead, entry=entry.id) if entry is not None else []
        return found[0] if found else None

    def do_left(self) -> None:
        self.query_one("#caught").focus()

    def do_right(self) -> None:
        self.query_one("#bookings").focus()

    def do_toggle(self) -> None:
        if (proposal := self._proposal) is not None:
            self._choices.cross(proposal.key)
            self._decided()
            self.query_one("#bookings", Lines).redraw()

    def _decided(self) -> None:
        """Something was decided: it is on disk at once, and shown."""
        self._choices.keep(self.desk.drafts, self._meeting_id)
        self.reload()

    def on_lines_chosen(self, message: Lines.Chosen) -> None:
        message.stop()
        # Enter is pressed to accept; it must never be what crosses a thank-you out.
        if isinstance(message.item, Proposal) and self.look_only:
            self.say(self.look_only, "warn")
        elif isinstance(message.item, Proposal):
            self.say(
                f"{key_of('wrap_up.toggle')} crosses it out, {key_of('wrap_up.date')} "
                f"sets another day, {key_of('wrap_up.accept')} books all that is ticked."
            )
        else:
            self.run_command("edit")

    def do_thanked(self) -> None:
        self._choices.thanked = not self._choices.thanked
        self._decided()

    async def do_date(self) -> None:
        proposal = self._proposal
        if proposal is None:
            return
        from data.when import read_day

        today = local_now(self.desk.clock).date()

        def read(text: str) -> Reading:
            try:
                return Reading(True, show_day(read_day(text, today)))
            except WhenError as error:
                return Reading(False, str(error))

        answer = await self.app.push_screen_wait(
            AskLine("Which day?", proposal.text, placeholder="tomorrow, fri, +3d, 3 dec", read=read)
        )
        if answer:
            self._choices.change(proposal.key, due=read_day(answer, today))
            self._decided()

    async def do_edit(self) -> None:
        proposal = self._proposal if self.query_one("#bookings").has_focus else None
        entry = self._entry
        if proposal is not None:
            source = self.desk.store.get(Entry, proposal.followup.entry)
            if source is None:
                await self._change_words(proposal)
                return
            entry = source
        if entry is None:
            return
        typed = await self.app.push_screen_wait(
            AskLine("Change the line", value=as_typed(entry.kind, entry.text).lstrip(), hint=SIGN_HINT)
        )
        if typed is None:
            return
        line = _as_line(typed)
        if line is None:
            raise UserError(f"An empty line says nothing; {key_of('wrap_up.remove')} takes the line away.")
        conversation.change_line(self.desk.store, self.desk.clock, entry.id, line)

    async def _change_words(self, proposal: Proposal) -> None:
        if proposal.followup.kind is not FollowUpKind.CUSTOM:
            self.say(
                f"Its message is written under Follow-ups ({key_of('app.followups')}); "
                f"here {key_of('wrap_up.date')} changes the day.",
                "plain",
            )
            return
        words = await self.app.push_screen_wait(
            AskLine("In your words", proposal.text, value=proposal.followup.words)
        )
        if words and words.strip():
            self._choices.change(proposal.key, words=words.strip())
            self._decided()

    async def do_add(self) -> None:
        typed = await self.app.push_screen_wait(AskLine("What else was said?", hint=SIGN_HINT))
        line = _as_line(typed or "")
        if line is not None:
            conversation.keep_lines(self.desk.store, self.desk.clock, self._meeting_id, [line])

    def do_remove(self) -> None:
        if (entry := self._entry) is not None:
            conversation.remove_line(self.desk.store, entry.id)
            self.say(f"Removed a line; {key_of('app.undo')} brings it back", "good")

    def do_person(self) -> None:
        if (lead := self._lead) is not None:
            person = wrap_up.lead_to_person(self.desk.store, self.desk.clock, lead.id)
            self.say(f"{on_the_board(person)} {key_of('app.undo')} takes it back.", "good")

    async def do_copy(self) -> None:
        """Copy the meeting as a note."""
        outcome = await asyncio.to_thread(self.desk.clipboard.copy, self._note())
        self.say(outcome.sentence, "good" if outcome.how == "copied" else "plain")

    def do_read(self) -> None:
        from ..prep.windows import PageWindow

        self.app.push_screen(PageWindow("The meeting as a note", self._note()))

    def _note(self) -> str:
        from data.meetings.note import note

        meeting = self.desk.store.get(Meeting, self._meeting_id)
        return note(self.desk.store, meeting, self.desk.clock.zone()) if meeting is not None else ""

    def do_accept(self) -> None:
        meeting = self._meeting
        if meeting is None:
            return
        items = self.query_one("#bookings", Lines).items
        accept = [
            each for each in items if isinstance(each, Proposal) and each.key not in self._choices.crossed
        ]
        wrap_up.wrap_up(self.desk.store, self.desk.clock, meeting.id, accept, thanked=self._choices.thanked)
        booked = f"; {plural(len(accept), 'follow-up')} booked. Follow-ups ({key_of('app.followups')})"
        said = f"Wrapped up{booked} has them." if accept else "Wrapped up."
        app = self.app
        self.dismiss()
        app.call_later(app.post_message, Said(said, "good"))


def _as_line(typed: str) -> Line | None:
    """A line typed outside of the meeting: what looks like a command is a note."""
    read = read_line(typed, plain=typed.startswith("/"))
    return read if isinstance(read, Line) else None

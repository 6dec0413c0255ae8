"""The ledger: every lead with its state, date and next step; every advice; every promise of the user's."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widget import Widget

from data.actions import followups, leads
from data.clock import today
from data.days import show_day
from data.errors import UserError
from data.followups.given import given
from data.records import (
    Advice,
    AdviceState,
    FollowUp,
    Lead,
    LeadKind,
    LeadState,
    Person,
    Profile,
)

from ..base import DeskScreen
from ..commands import bindings, key_of
from ..dialogs import AskLine
from ..followups.ways import ask_day
from ..messages import Go
from ..people.names import on_the_board, short
from ..widgets.lines import Lines
from ..widgets.page import Page
from ..widgets.rows import Row
from . import rows
from .asking import change_lead, how_told, note_new

if TYPE_CHECKING:
    from textual import events

    from data.store import Change

    from ..desk import Desk

NARROW = 100
"""Below this many columns what a line means stands below the list."""
_LEAD_ONLY = {"person_of", "company", "event", "resource", "name"}


class LedgerScreen(DeskScreen):
    """What people gave and what became of it, on the left; on the right the line under the cursor."""

    SCOPE = "ledger"
    MODE = "ledger"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("ledger")]
    CSS_PATH = "ledger.tcss"

    def __init__(self, desk: Desk, shown: str = "") -> None:
        """`shown` is the id of the lead, advice or promise to begin with."""
        super().__init__(desk)
        self._shown = shown
        self._name_cells = 0, 0

    def compose_body(self) -> Iterable[Widget]:
        with Horizontal(id="desk"):
            yield Lines(
                self._row,
                lambda entry: entry.key,
                selectable=lambda entry: not entry.head,
                empty=rows.nobody(),
                id="ledger",
                classes="panel",
            )
            yield Page(id="about", classes="panel", read=True)

    def _row(self, entry: rows.Entry, width: int) -> list[Row]:
        if self._name_cells[0] != width:
            self._name_cells = width, rows.name_cells([*self._list.items], width)
        return rows.draw(entry, width, today(self.desk.clock), self._name_cells[1])

    def home(self) -> Widget:
        return self._list

    @property
    def _list(self) -> Lines[rows.Entry]:
        return self.query_one("#ledger", Lines)

    def on_resize(self, event: events.Resize) -> None:
        """A narrow window shows what a line means below the list."""
        self.set_class(event.size.width < NARROW, "-narrow")
        self._tell()

    def concerns(self, change: Change) -> bool:
        return change.touches(Lead, Advice, FollowUp, Person, Profile)

    def reload(self) -> None:
        found = given(self.desk.store, self.desk.clock)
        self._list.head("Leads, advice, promises", rows.title(found))
        self._name_cells = 0, 0
        entries = rows.entries(found)
        self.set_class(not entries, "-none")
        self._list.show(entries, select=self._shown or None)
        self._shown = ""
        self._tell()

    def go_to(self, kind: str, id: str) -> None:
        """Put the cursor on a lead, advice or promise."""
        self._list.select(id)

    def follow(self, lines: Lines[Any]) -> None:
        """Say what the line under the cursor is about."""
        self._tell()

    def on_lines_chosen(self, message: Lines.Chosen) -> None:
        """Enter goes to the message that is due; where none is, to whoever gave it."""
        message.stop()
        self.run_command("write" if message.item.followup else "person")

    def _tell(self) -> None:
        entry = self._list.current
        about = rows.about(self.desk.store, self.desk.clock, entry) if entry is not None else ()
        self.query_one(Page).tell([*about], gap=0 if self.has_class("-narrow") else 1)

    # Commands

    @property
    def _entry(self) -> rows.Entry:
        entry = self._list.current
        if entry is None:
            raise UserError(
                f"There is nothing here yet: {key_of('ledger.new')} notes a lead, advice or a promise."
            )
        return entry

    @property
    def _lead(self) -> Lead:
        line = self._entry.lead
        if line is None:
            raise UserError("Only a lead can be made into something.")
        return line.lead

    def why_not(self, name: str) -> str:
        """Why a command can't be done now."""
        if name == "new":
            return ""
        entry = self._list.current
        if entry is None:
            return f"There is nothing here yet: {key_of('ledger.new')} notes a lead, advice or a promise."
        if name in _LEAD_ONLY and entry.lead is None:
            return "Only a lead can be made into something."
        if name == "write" and not entry.followup:
            return "No message is due for this one."
        if name in ("edit", "date", "back") and entry.promise is not None and not entry.followup:
            return "This promise is kept."
        if name == "date" and (entry.advice is not None or (entry.lead and entry.lead.due is None)):
            return (
                "Advice has no day of its own."
                if entry.advice is not None
                else "Nothing is to be done for it."
            )
        if name == "back" and entry.promise is not None:
            return "A promise is kept or not: there is no state before."
        if name == "back" and entry.lead is not None and entry.lead.lead.state is LeadState.CAPTURED:
            return "Nothing was done with it yet."
        if name == "back" and entry.advice is not None and entry.advice.advice.state is AdviceState.OPEN:
            return "Nothing was done with it yet."
        return ""

    async def do_done(self) -> None:
        entry = self._entry
        if entry.lead is not None:
            await self._lead_done(entry.lead.lead, short(entry.lead.giver.name))
        elif entry.advice is not None:
            await self._advice_done(entry.advice.advice, short(entry.advice.giver.name))
        elif entry.followup:
            done = followups.done(self.desk.store, self.desk.clock, entry.followup)
            self.say(done.sentence, "good")
        else:
            self.say("This promise is kept.")

    async def _lead_done(self, lead: Lead, giver: str) -> None:
        store, clock = self.desk.store, self.desk.clock
        if lead.state is LeadState.CAPTURED:
            leads.set_state(store, clock, lead, LeadState.ACTED_ON)
            self.say(f"Acted on. {giver} may like to hear: the message is on Follow-ups.", "good")
        elif lead.state is LeadState.ACTED_ON:
            ask = AskLine("What came of it?", f"Also when nothing did: {giver} wants to know.")
            outcome = await self.app.push_screen_wait(ask)
            if outcome is not None:
                leads.set_state(store, clock, lead, LeadState.OUTCOME, outcome=outcome)
                self.say(f"Noted. It is closed when {giver} has heard of it.", "good")
        elif lead.state is LeadState.OUTCOME:
            due = self._entry.followup
            told = await how_told(self.app, giver)
            if told == "write" and due:
                self.post_message(Go("followup", due))
            elif told is not None:
                leads.report(store, clock, lead)
                self.say(f"Closed: {giver} knows.", "good")
        else:
            self.say(f"It is closed: {giver} knows. {key_of('ledger.back')} opens it again.")

    async def _advice_done(self, advice: Advice, giver: str) -> None:
        store, clock = self.desk.store, self.desk.clock
        if advice.state in (AdviceState.OPEN, AdviceState.DECLINED):
            did = await self._ask_did(advice)
            if did is not None:
                leads.set_advice(store, clock, advice, AdviceState.USED, did=did)
                self.say(
                    f"Noted. {giver} may like to hear: {key_of('list.choose')} goes to the message.", "good"
                )
        elif advice.state is AdviceState.USED:
            leads.set_advice(store, clock, advice, AdviceState.TOLD)
            self.say(f"Closed: {giver} knows.", "good")
        else:
            self.say(f"{giver} knows what you did with it.")

    async def _ask_did(self, advice: Advice) -> str | None:
        window = AskLine("What did you do with it?", advice.text, value=advice.did)
        return await self.app.push_screen_wait(window)

    async def do_edit(self) -> None:
        entry = self._entry
        if entry.lead is not None:
            if await change_lead(self.app, self.desk, entry.lead.lead):
                self.say("Changed.", "good")
        elif entry.advice is not None:
            advice = entry.advice.advice
            did = await self._ask_did(advice)
            if did is not None:
                used = AdviceState.USED if advice.state is AdviceState.OPEN and did.strip() else advice.state
                leads.set_advice(self.desk.store, self.desk.clock, advice, used, did=did)
                self.say("Noted.", "good")
        else:
            self.run_command("write")

    async def do_date(self) -> None:
        entry = self._entry
        day = await ask_day(self.app, today(self.desk.clock), "When?")
        if day is None:
            return
        if entry.lead is not None and entry.lead.lead.state in (LeadState.CAPTURED, LeadState.ACTED_ON):
            leads.edit_lead(self.desk.store, self.desk.clock, entry.lead.lead, due=day)
        elif entry.followup:
            followups.snooze(self.desk.store, self.desk.clock, entry.followup, day)
        self.say(f"Due on {show_day(day)}.", "good")

    async def do_new(self) -> None:
        entry = self._list.current
        made = await note_new(self.app, self.desk, entry.giver if entry is not None else "")
        if made is not None:
            id, said = made
            self.reload()
            self._list.select(id)
            self.say(said, "good")

    async def do_person_of(self) -> None:
        lead = self._lead
        if not lead.person and not lead.name.strip():
            name = await self.app.push_screen_wait(AskLine("What are they called?", lead.text))
            if not name or not name.strip():
                return
            lead = leads.edit_lead(self.desk.store, self.desk.clock, lead, name=name)
        person = leads.make_person(self.desk.store, self.desk.clock, lead)
        self.say(f"{on_the_board(person)} {key_of('app.undo')} takes it back.", "good")

    def do_company(self) -> None:
        self._make(LeadKind.COMPANY)

    def do_event(self) -> None:
        self._make(LeadKind.EVENT)

    def do_resource(self) -> None:
        self._make(LeadKind.RESOURCE)

    def _make(self, kind: LeadKind) -> None:
        leads.make_kind(self.desk.store, self.desk.clock, self._lead, kind)
        self.say(f"It is {rows.KINDS[kind]} now.", "good")

    def do_name(self) -> None:
        lead = leads.edit_lead(
            self.desk.store, self.desk.clock, self._lead, may_use_name=not self._lead.may_use_name
        )
        self.say(f"You {'may' if lead.may_use_name else 'may not'} use their name.", "good")

    def do_write(self) -> None:
        self.post_message(Go("followup", self._entry.followup))

    def do_back(self) -> None:
        entry = self._entry
        store, clock = self.desk.store, self.desk.clock
        if entry.lead is not None:
            states = list(LeadState)
            before = states[states.index(entry.lead.lead.state) - 1]
            leads.set_state(store, clock, entry.lead.lead, before)
        elif entry.advice is not None:
            told = entry.advice.advice.state is AdviceState.TOLD
            leads.set_advice(
                store, clock, entry.advice.advice, AdviceState.USED if told else AdviceState.OPEN
            )
        self.say(f"One step back. {key_of('app.undo')} takes it forward again.", "good")

    def do_leave_out(self) -> None:
        entry = self._entry
        store, clock = self.desk.store, self.desk.clock
        if entry.lead is not None:
            leads.drop_lead(store, clock, entry.lead.lead)
            self.say(f"The lead is gone. {key_of('app.undo')} brings it back.", "good")
        elif entry.advice is not None:
            leads.set_advice(store, clock, entry.advice.advice, AdviceState.DECLINED)
            self.say(f"Not for you; nothing is owed for it. {key_of('ledger.back')} opens it again.", "good")
        elif entry.followup:
            followups.skip(store, clock, entry.followup)
            self.say(f"Left out. {key_of('app.undo')} brings it back.", "good")

    def do_person(self) -> None:
        self.post_message(Go("person", self._entry.giver))

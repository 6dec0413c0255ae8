"""What the ledger shows, as plain rows: leads by how far they are, advice, promises."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from rich.cells import cell_len

from data.days import show_day
from data.followups.given import AdviceLine, Given, LeadLine, PromiseLine
from data.followups.ledger import ADVICE_STATES, owed_to
from data.followups.queue import short_day
from data.records import AdviceState, FollowUpState, LeadKind, LeadState
from data.text import one_line, plural

from ..commands import key_of
from ..people.names import short
from ..widgets.rows import FILL, Row, clip

if TYPE_CHECKING:
    from data.clock import Clock
    from data.store import Reader

HEADS: tuple[tuple[LeadState, str], ...] = (
    (LeadState.OUTCOME, "Leads: something came of it; tell them"),
    (LeadState.CAPTURED, "Leads: to act on"),
    (LeadState.ACTED_ON, "Leads: acted on"),
    (LeadState.REPORTED, "Leads: closed, they know"),
)
KINDS: dict[LeadKind, str] = {
    LeadKind.PERSON: "a person",
    LeadKind.COMPANY: "a company",
    LeadKind.EVENT: "an event",
    LeadKind.RESOURCE: "something to read or listen to",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: a heading, a lead, a piece of advice or a promise; exactly one of the four."""

    head: str = ""
    count: str = ""
    lead: LeadLine | None = None
    advice: AdviceLine | None = None
    promise: PromiseLine | None = None

    @property
    def key(self) -> str:
        """What names the line: the record's id."""
        if self.lead is not None:
            return self.lead.lead.id
        if self.advice is not None:
            return self.advice.advice.id
        return self.promise.followup.id if self.promise is not None else f"head-{self.head}"

    @property
    def giver(self) -> str:
        """The id of who gave it, or to whom it was promised; empty for a heading."""
        if self.lead is not None:
            return self.lead.giver.id
        if self.advice is not None:
            return self.advice.giver.id
        return self.promise.to.id if self.promise is not None else ""

    @property
    def who(self) -> str:
        """Who gave it, or to whom it was promised, by name; empty for a heading."""
        if self.lead is not None:
            return self.lead.giver.name
        if self.advice is not None:
            return self.advice.giver.name
        return self.promise.to.name if self.promise is not None else ""

    @property
    def followup(self) -> str:
        """The id of what is due for it; empty if nothing is."""
        if self.promise is not None:
            return self.promise.followup.id if self.promise.followup.state is FollowUpState.OPEN else ""
        line = self.lead or (self.advice if self.tells else None)
        return line.followup.id if line is not None and line.followup is not None else ""

    @property
    def tells(self) -> bool:
        """Whether it is advice that was used without its giver knowing."""
        return self.advice is not None and self.advice.advice.state is AdviceState.USED


def entries(given: Given) -> list[Entry]:
    """The lines of the ledger, part by part."""
    parts: list[list[Entry]] = []
    for state, head in HEADS:
        leads = [line for line in given.leads if line.lead.state is state]
        if leads:
            parts.append([_head(head, len(leads)), *(Entry(lead=line) for line in leads)])
    if given.advice:
        parts.append([_head("Advice", len(given.advice)), *(Entry(advice=line) for line in given.advice)])
    if given.promises:
        promises = [Entry(promise=line) for line in given.promises]
        parts.append([_head("Promises you made", len(promises)), *promises])
    return [
        entry
        for place, part in enumerate(parts)
        for entry in ([Entry(head=" " * place), *part] if place else part)
    ]


def _head(text: str, count: int) -> Entry:
    return Entry(head=text, count=f"{count:,}")


def name_cells(entries: list[Entry], width: int) -> int:
    """The cells of the column of givers in `width`: as the longest needs, but what was given comes first."""
    names = (entry.who for entry in entries if not entry.head)
    return min(max((cell_len(one_line(name)) for name in names), default=0), max(15, width // 5))


def draw(entry: Entry, width: int, today: date, names: int) -> list[Row]:
    """One line of the ledger: what it is and from whom, what is next, and when. `names` are the cells for
    whom it is from."""
    name = clip(one_line(short(entry.who)), names)
    who = f"  {name}{' ' * (names - cell_len(name))}", "dim"
    if entry.lead is not None:
        line = entry.lead
        closed = line.lead.state is LeadState.REPORTED
        role = "dim" if closed else "strong"
        step = f"  {line.step}" if line.step and width >= 60 else ""
        return [
            (
                ("✓ " if closed else "! ", "dim" if closed else "accent"),
                (line.label, role),
                (step, "dim"),
                FILL,
                *_when(line.due, today, closed=closed),
                who,
            )
        ]
    if entry.advice is not None:
        advice = entry.advice.advice
        closed = advice.state in (AdviceState.TOLD, AdviceState.DECLINED)
        role = "warn" if entry.tells else "dim"
        return [
            (
                ("✓ " if closed else "* ", "dim" if closed else "accent"),
                (advice.text, "dim" if closed else "plain"),
                FILL,
                (ADVICE_STATES[advice.state], role),
                who,
            )
        ]
    if entry.promise is not None:
        followup = entry.promise.followup
        kept = followup.state is FollowUpState.DONE
        return [
            (
                ("✓ " if kept else "@ ", "dim" if kept else "accent"),
                (followup.words, "dim" if kept else "plain"),
                FILL,
                *_when(followup.due, today, closed=kept, done="kept"),
                who,
            )
        ]
    return [((entry.head, "accent"), FILL, (entry.count, "dim"))]


def _when(due: date | None, today: date, *, closed: bool, done: str = "told") -> Row:
    if closed:
        return ((done, "dim"),)
    if due is None:
        return (("no date", "dim"),)
    role = "late" if due < today else "warn" if due == today else "dim"
    return ((short_day(due, today), role),)


def nobody() -> list[Row]:
    """What the list says while nobody has given anything."""
    return [
        (),
        (("Nobody has given you a lead or advice yet.", "plain"),),
        (),
        (("In a meeting, ! catches a lead, * advice, @ a promise of yours.", "dim"),),
        ((f"Outside of one, {key_of('ledger.new')} notes them here.", "dim"),),
    ]


def about(reader: Reader, clock: Clock, entry: Entry) -> Iterator[tuple[str, str]]:
    """What the right half says of a line, as (role, text)."""
    zone = clock.zone()
    today = clock.now().astimezone(zone).date()
    if entry.lead is not None:
        yield from _about_lead(reader, entry.lead, clock, today)
    elif entry.advice is not None:
        line, advice = entry.advice, entry.advice.advice
        yield "accent", advice.text
        yield "dim", f"{line.giver.name} told you{_on(advice.captured, clock)}."
        yield (
            "plain",
            f"What you did: {advice.did}" if advice.did else "What you did with it is not noted yet.",
        )
        if entry.tells:
            yield "warn", f"{line.giver.name} doesn’t know yet."
        elif advice.state is AdviceState.TOLD:
            yield "dim", f"{line.giver.name} knows."
        done = key_of("ledger.done")
        keys = {
            AdviceState.OPEN: f"{done}  you used it     {key_of('ledger.leave_out')}  it is not for you",
            AdviceState.USED: f"{key_of('list.choose')}  the message     {done}  they know",
            AdviceState.DECLINED: f"{key_of('ledger.back')}  it is for you after all",
        }
        if advice.state in keys:
            yield "keys", keys[advice.state]
    elif entry.promise is not None:
        followup = entry.promise.followup
        yield "accent", followup.words
        yield "dim", f"You promised it to {entry.promise.to.name}."
        kept = followup.state is FollowUpState.DONE
        yield "plain", "Kept." if kept else f"Until {show_day(followup.due)}."
        if not kept:
            yield "keys", f"{key_of('list.choose')}  the message     {key_of('ledger.done')}  it is done"


def _about_lead(reader: Reader, line: LeadLine, clock: Clock, today: date) -> Iterator[tuple[str, str]]:
    lead, giver = line.lead, line.giver.name
    yield "accent", line.label + (f" · {lead.company}" if lead.company and lead.company != line.label else "")
    day = _on(lead.captured, clock)
    if lead.kind is LeadKind.PERSON:
        yield "dim", f"{giver} told you about them{day}."
    else:
        yield "dim", f"{giver} told you about it{day}: {KINDS[lead.kind]}."
    if line.step and lead.state is not LeadState.REPORTED:
        when = f", {short_day(line.due, today)}" if line.due is not None else ""
        yield "strong", f"Next: {line.step}{when}"
    owed = owed_to(reader, line.giver.id)
    if sentence := owed.sentence(giver):
        yield "warn" if owed.news else "dim", f"{sentence}."
    if lead.outcome:
        yield "plain", f"What came of it: {lead.outcome}"
    road = [f"Acted on {show_day(lead.acted_on)}."] if lead.acted_on else []
    road += [f"{giver} heard on {show_day(lead.reported_on)}."] if lead.reported_on else []
    if road:
        yield "plain", " ".join(road)
    if lead.text and lead.text != line.label:
        yield "dim", f"“{lead.text}”"
    yield (
        "dim",
        f"You {'may' if lead.may_use_name else 'may not'} use {giver}’s name ({key_of('ledger.name')}).",
    )
    keys = {
        LeadState.CAPTURED: f"{key_of('ledger.done')}  you acted on it",
        LeadState.ACTED_ON: f"{key_of('ledger.done')}  write down what came of it",
        LeadState.OUTCOME: f"{key_of('ledger.done')}  {giver} hears of it, which closes it",
    }.get(lead.state, f"{key_of('ledger.back')}  open it again")
    yield (
        "keys",
        f"{keys}\n{key_of('ledger.person_of')} person   {key_of('ledger.company')} "
        f"company   {key_of('ledger.event')} event   {key_of('ledger.resource')} to read",
    )


def _on(at: datetime | None, clock: Clock) -> str:
    return f" on {show_day(at.astimezone(clock.zone()).date())}" if at is not None else ""


def title(given: Given) -> str:
    """The count in the list's border."""
    open_ = sum(line.lead.state is not LeadState.REPORTED for line in given.leads)
    return plural(open_, "open lead") if open_ else ""

"""The ledgers as lists: every lead with its state, date and next step; every advice; every promise."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from data.clock import Clock, today
from data.followups.ledger import lead_label
from data.followups.occasions import Occasion
from data.records import (
    Advice,
    AdviceState,
    FollowUp,
    FollowUpKind,
    FollowUpState,
    Kind,
    Lead,
    LeadKind,
    LeadState,
    Person,
    PersonLine,
)
from data.store import Reader


class LeadLine(Struct, frozen=True, kw_only=True):
    """One lead: what it points to (`label`), who gave it, the day its next step is due, and that step in
    words; `followup` is the one open that is due first, if any."""

    lead: Lead
    giver: PersonLine
    label: str
    due: date | None
    step: str
    followup: FollowUp | None = None


class AdviceLine(Struct, frozen=True, kw_only=True):
    """One piece of advice, who gave it, and the progress report that will tell them, if one is open."""

    advice: Advice
    giver: PersonLine
    followup: FollowUp | None = None


class PromiseLine(Struct, frozen=True, kw_only=True):
    """One promise of the user's, and to whom."""

    followup: FollowUp
    to: PersonLine


class Given(Struct, frozen=True, kw_only=True):
    """All three ledgers, each in order: what is due first stands first, what is closed last."""

    leads: tuple[LeadLine, ...] = ()
    advice: tuple[AdviceLine, ...] = ()
    promises: tuple[PromiseLine, ...] = ()


def given(reader: Reader, clock: Clock) -> Given:
    """The ledgers as they stand, of all who are still there."""
    people = {line.id: line for line in reader.people()}
    day = today(clock)
    by_lead: dict[str, list[FollowUp]] = {}
    progress: dict[str, FollowUp] = {}
    promises = []
    for each in reader.all(FollowUp):
        is_open = each.state is FollowUpState.OPEN
        if each.lead and is_open:
            by_lead.setdefault(each.lead, []).append(each)
        if each.kind is FollowUpKind.PROGRESS and is_open:
            progress[each.person] = each
        kept = each.state in (FollowUpState.OPEN, FollowUpState.DONE)
        if each.occasion == Occasion.PROMISE and kept and (to := people.get(each.person)) is not None:
            promises.append(PromiseLine(followup=each, to=to))
    leads = [
        _lead(reader, people, lead, by_lead.get(lead.id, []))
        for lead in reader.all(Lead)
        if lead.giver in people
    ]
    leads.sort(key=lambda line: (line.due or date.max, line.label))
    advice = [
        AdviceLine(advice=each, giver=people[each.giver], followup=progress.get(each.giver))
        for each in reader.all(Advice)
        if each.giver in people
    ]
    advice.sort(key=lambda line: (_ADVICE.index(line.advice.state), line.giver.name))
    promises.sort(key=lambda line: (line.followup.state is not FollowUpState.OPEN, _from(line.followup, day)))
    return Given(leads=tuple(leads), advice=tuple(advice), promises=tuple(promises))


_ADVICE = (AdviceState.USED, AdviceState.OPEN, AdviceState.TOLD, AdviceState.DECLINED)


def _from(followup: FollowUp, day: date) -> int:
    """How far from today: the next first; of those that are kept, the newest."""
    return (
        abs((followup.due - day).days)
        if followup.state is not FollowUpState.OPEN
        else followup.due.toordinal()
    )


def _lead(reader: Reader, people: Mapping[str, PersonLine], lead: Lead, owed: list[FollowUp]) -> LeadLine:
    became = reader.get(Person, lead.person) if lead.person else None
    first = min(owed, key=lambda each: each.due, default=None)
    giver = people[lead.giver]
    due = first.due if first is not None else lead.due if lead.state is not LeadState.REPORTED else None
    return LeadLine(
        lead=lead,
        giver=giver,
        label=lead_label(lead, became),
        due=due,
        step=lead.next_step or next_step(lead, giver.name, became, first),
        followup=first,
    )


def next_step(lead: Lead, giver: str, became: Person | None, owed: FollowUp | None) -> str:
    """What is to be done next for a lead, where the user noted nothing of their own."""
    if lead.state is LeadState.CAPTURED:
        if lead.kind is LeadKind.PERSON:
            if became is not None and became.kind is Kind.PERSON:
                return f"write to {became.name}"
            return f"write to {lead.name}" if lead.name else "find out who it is"
        return {
            LeadKind.COMPANY: "look into the company",
            LeadKind.EVENT: "see whether to go",
            LeadKind.RESOURCE: "read it, or listen to it",
        }[lead.kind]
    if lead.state is LeadState.ACTED_ON:
        telling = owed is not None and owed.kind is FollowUpKind.REPORT_BACK
        return f"tell {giver}" if telling else "see what comes of it"
    return f"tell {giver}" if lead.state is LeadState.OUTCOME else ""

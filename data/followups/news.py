"""What is owed for what somebody gave: acting on a lead, news to its giver, advice, promises, thanks."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from data.followups.events import AdviceChanged, Landed, LeadChanged, LeadDropped, Promised
from data.followups.occasions import Occasion
from data.followups.plan import Plan
from data.records import (
    Advice,
    AdviceState,
    FollowUp,
    FollowUpKind,
    FollowUpState,
    Lead,
    LeadState,
    Person,
)

_STATES = list(LeadState)


def changed(plan: Plan, event: LeadChanged) -> None:
    """A lead was caught or is in another state."""
    lead = plan.reader.get(Lead, event.lead)
    if lead is not None:
        lead_changed(plan, lead)


def dropped(plan: Plan, event: LeadDropped) -> None:
    """A lead was taken away: nothing is owed for it."""
    plan.cancel(*_of_lead(plan, event.lead))


def lead_changed(plan: Plan, lead: Lead) -> None:
    """What is owed to the giver for a lead as it is now: acting on it, then news at each change."""
    plan.cancel(*(each for each in _of_lead(plan, lead.id) if each.person != lead.giver))
    act = [each for each in plan.of(lead.giver, FollowUpKind.LEAD) if each.lead == lead.id]
    first = [each for each in act if each.occasion != Occasion.OUTCOME]
    later = [each for each in act if each.occasion == Occasion.OUTCOME]
    news = [each for each in plan.of(lead.giver, FollowUpKind.REPORT_BACK) if each.lead == lead.id]
    if lead.state is LeadState.CAPTURED:
        plan.cancel(*later, *news)
        _act_on(plan, lead, first)
    elif lead.state is LeadState.ACTED_ON:
        plan.done(*first)
        _see_what_came(plan, lead, later)
        _report(plan, lead, news, "You acted on what they pointed you to; tell them.")
    elif lead.state is LeadState.OUTCOME:
        plan.done(*act)
        _report(plan, lead, news, "Something came of what they pointed you to, or nothing did; tell them.")
    else:
        plan.done(*act, *news)


def _act_on(plan: Plan, lead: Lead, booked: list[FollowUp]) -> None:
    if booked:
        _keep_up(plan, lead, booked[0])
        return
    before = [each for each in plan.ever(lead.giver, FollowUpKind.LEAD) if each.lead == lead.id]
    if any(each.state is FollowUpState.SKIPPED and not each.occasion for each in before):
        return
    base = plan.day(lead.captured) if lead.captured is not None else plan.today
    plan.book(
        FollowUp(
            id="",
            person=lead.giver,
            kind=FollowUpKind.LEAD,
            due=lead.due or plan.in_business_days(plan.rules.lead_days, base),
            about=lead.person,
            lead=lead.id,
            meeting=lead.meeting,
            entry=lead.entry,
            why="They pointed you to this; those who see their leads used give more.",
        ),
        base=base,
    )


def _see_what_came(plan: Plan, lead: Lead, booked: list[FollowUp]) -> None:
    if booked:
        _keep_up(plan, lead, booked[0])
        return
    before = [each for each in plan.ever(lead.giver, FollowUpKind.LEAD) if each.lead == lead.id]
    if any(each.state is FollowUpState.SKIPPED and each.occasion == Occasion.OUTCOME for each in before):
        return
    base = lead.acted_on or plan.today
    due = lead.due if lead.due is not None and lead.due > plan.today else None
    plan.book(
        FollowUp(
            id="",
            person=lead.giver,
            kind=FollowUpKind.LEAD,
            occasion=Occasion.OUTCOME,
            due=due or plan.in_business_days(plan.rules.outcome_days, base),
            about=lead.person,
            lead=lead.id,
            meeting=lead.meeting,
            entry=lead.entry,
            why="You acted on it; what came of it is not noted yet.",
        ),
        base=base,
    )


def _keep_up(plan: Plan, lead: Lead, booked: FollowUp) -> None:
    """The lead's own date and person hold, also when they are set later."""
    if lead.due is not None and lead.due != booked.due and lead.due >= plan.today:
        plan.move(booked, lead.due, about=lead.person)
    else:
        plan.change(booked, about=lead.person)


def _report(plan: Plan, lead: Lead, booked: list[FollowUp], why: str) -> None:
    if booked:
        plan.change(booked[0], about=lead.person, why=why)
        return
    plan.book(
        FollowUp(
            id="",
            person=lead.giver,
            kind=FollowUpKind.REPORT_BACK,
            due=plan.in_business_days(plan.rules.report_back_days),
            about=lead.person,
            lead=lead.id,
            meeting=lead.meeting,
            entry=lead.entry,
            why=why,
        )
    )


def _of_lead(plan: Plan, lead: str) -> list[FollowUp]:
    people = dict.fromkeys(each.person for each in plan.reader.where(FollowUp, lead=lead))
    return [each for person in people for each in plan.of(person) if each.lead == lead]


def carry_leads(
    plan: Plan, person: Person, state: LeadState, at: datetime, outcome: str = ""
) -> frozenset[str]:
    """Leads that became this person go on to `state`; returns who gave leads to them, told or not."""
    givers: set[str] = set()
    for lead in plan.reader.where(Lead, person=person.id):
        givers.add(lead.giver)
        if _STATES.index(lead.state) >= _STATES.index(state):
            continue
        day = plan.day(at)
        carried = replace(lead, state=state, acted_on=lead.acted_on or day)
        if state is LeadState.OUTCOME:
            carried = replace(carried, outcome=lead.outcome or outcome, outcome_on=day)
        plan.carry(carried)
        lead_changed(plan, carried)
    return frozenset(givers)


def to_introducer(plan: Plan, person: Person, kind: FollowUpKind, why: str, meeting: str = "") -> None:
    """Thanks or news to whoever introduced `person`, once: after that, they know."""
    introducer = plan.introducer(person)
    if introducer is None:
        return
    told = (
        each
        for kind_ in (FollowUpKind.THANK_YOU, FollowUpKind.REPORT_BACK)
        for each in plan.ever(introducer.id, kind_)
    )
    if any(each.occasion == Occasion.INTRODUCER and each.about == person.id for each in told):
        return
    plan.book(
        FollowUp(
            id="",
            person=introducer.id,
            kind=kind,
            occasion=Occasion.INTRODUCER,
            about=person.id,
            meeting=meeting,
            due=plan.in_business_days(plan.rules.introducer_days),
            why=why,
        )
    )


def advice_changed(plan: Plan, event: AdviceChanged) -> None:
    """Advice was used: tell them soon. Told or declined: no need any more, unless there is other news."""
    advice = plan.reader.get(Advice, event.advice)
    if advice is None:
        return
    booked = plan.of(advice.giver, FollowUpKind.PROGRESS)
    if advice.state is AdviceState.USED:
        due = plan.in_business_days(plan.rules.report_back_days)
        if booked:
            if booked[0].due > due:
                plan.move(booked[0], due, advice=advice.id, why="You did what they advised; tell them.")
            return
        plan.book(
            FollowUp(
                id="",
                person=advice.giver,
                kind=FollowUpKind.PROGRESS,
                due=due,
                advice=advice.id,
                meeting=advice.meeting,
                entry=advice.entry,
                why="You did what they advised; tell them.",
            )
        )
        return
    used = any(
        each.state is AdviceState.USED and each.id != advice.id
        for each in plan.reader.where(Advice, giver=advice.giver)
    )
    if not used:
        plan.cancel(*(each for each in booked if each.advice == advice.id))


def promised(plan: Plan, event: Promised) -> None:
    """Something was promised, in the user's own words."""
    if event.entry and any(
        each.state is not FollowUpState.CANCELLED
        for each in plan.reader.where(FollowUp, entry=event.entry)
        if each.kind is FollowUpKind.CUSTOM
    ):
        return
    plan.book(
        FollowUp(
            id="",
            person=event.person,
            kind=FollowUpKind.CUSTOM,
            occasion=Occasion.PROMISE,
            due=event.due or plan.in_business_days(plan.rules.promise_days),
            words=event.words,
            meeting=event.meeting,
            entry=event.entry,
            why="You promised it.",
        )
    )


def landed(plan: Plan, event: Landed) -> None:
    """The user got the job: everybody who helped hears of it, each with what they gave."""
    for person, words in event.gave:
        plan.present(person)
        plan.book(
            FollowUp(
                id="",
                person=person,
                kind=FollowUpKind.THANK_YOU,
                occasion=Occasion.LANDED,
                due=plan.in_business_days(plan.rules.report_back_days),
                words=words,
                why="You got the job, and they helped.",
            )
        )

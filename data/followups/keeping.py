"""What is owed to keep in touch: the check-ins of a tier, and what parking and coming back do to all."""

from __future__ import annotations

from datetime import datetime

from data.followups.due import tier_due
from data.followups.events import (
    Parked,
    Removed,
    Revived,
    Snoozed,
    TierChanged,
    Touched,
)
from data.followups.news import lead_changed, to_introducer
from data.followups.occasions import Occasion
from data.followups.plan import Plan
from data.records import (
    Direction,
    FollowUp,
    FollowUpKind,
    FollowUpState,
    Kind,
    Lead,
    LeadState,
    Stage,
    Tier,
)

_KEPT = (Stage.NETWORK, Stage.MET, Stage.IN_TOUCH)
"""While somebody is being asked the nudges keep in touch, and the check-ins wait."""


def keep_in_touch(plan: Plan, person_id: str, at: datetime | None = None, *, afresh: bool = False) -> None:
    """One check-in, counted from the last contact by either side (`at`, if that is later).

    With `afresh` it counts from today: the last one was left out.
    """
    booked = plan.of(person_id, FollowUpKind.CHECK_IN)
    person = plan.owes(person_id)
    if person is None or person.kind is Kind.GROUP or person.tier is Tier.NONE:
        plan.cancel(*booked)
        return
    touches = [day for day in (plan.last_touch(person_id), plan.day(at) if at else None) if day is not None]
    last = plan.today if afresh or not touches else min(plan.today, max(touches))
    due = tier_due(last, person.tier, plan.rules)
    assert due is not None
    interval = (due - last).days
    if booked:
        if booked[0].due != due or booked[0].interval_days != interval:
            plan.move(booked[0], due, interval_days=interval)
        plan.cancel(*booked[1:])
    elif person.stage in _KEPT or plan.is_present(person_id):
        plan.book(
            FollowUp(
                id="",
                person=person_id,
                kind=FollowUpKind.CHECK_IN,
                due=due,
                interval_days=interval,
                why=f"You want to keep in touch (tier {person.tier.value}).",
            )
        )


def move_check_in(plan: Plan, person_id: str, at: datetime) -> None:
    """A contact moves the check-in that is booked, and books none."""
    if plan.of(person_id, FollowUpKind.CHECK_IN):
        keep_in_touch(plan, person_id, at)


def touched(plan: Plan, event: Touched) -> None:
    """Any contact moves the cadence; one by them while they are being asked is an answer of a kind."""
    keep_in_touch(plan, event.person, event.at)
    if event.direction is Direction.OUT:
        return
    nudges = plan.of(event.person, FollowUpKind.NUDGE)
    plan.cancel(*nudges)
    person = plan.owes(event.person)
    if person is not None and person.stage is Stage.ASKED and event.direction is Direction.IN and nudges:
        plan.book(
            FollowUp(
                id="",
                person=event.person,
                kind=FollowUpKind.CUSTOM,
                occasion=Occasion.REPLY,
                due=plan.in_business_days(plan.rules.schedule_days),
                why="They wrote to you while you waited for their answer.",
            )
        )


def tier_changed(plan: Plan, event: TierChanged) -> None:
    """Another tier is another cadence."""
    keep_in_touch(plan, event.person)


def parked(plan: Plan, event: Parked) -> None:
    """Nothing is owed any more; but whoever introduced them hears that nothing came of it."""
    plan.cancel(*plan.of(event.person))
    person = plan.person(event.person)
    if person is not None and event.came_from in (Stage.ASKED, Stage.SCHEDULED):
        given = (lead.giver for lead in plan.reader.where(Lead, person=person.id))
        if person.introduced_by not in given:
            why = f"It did not come to a talk with {person.name}; tell them, and thank them all the same."
            to_introducer(plan, person, FollowUpKind.REPORT_BACK, why)


def revived(plan: Plan, event: Revived) -> None:
    """Back from the parked: what their leads still ask for, and the check-ins."""
    plan.present(event.person)
    for lead in plan.reader.where(Lead, giver=event.person):
        if lead.state is not LeadState.REPORTED:
            lead_changed(plan, lead)
    person = plan.person(event.person)
    if person is not None and person.stage in _KEPT:
        keep_in_touch(plan, event.person)


def removed(plan: Plan, event: Removed) -> None:
    """Nothing can be owed to somebody who isn't there."""
    plan.cancel(*plan.of(event.person))


def snoozed(plan: Plan, event: Snoozed) -> None:
    """Put off to a day; the interval by which lateness is measured stays."""
    followup = plan.reader.get(FollowUp, event.followup)
    if followup is not None and followup.state is FollowUpState.OPEN:
        plan.move(followup, event.until, snoozed=followup.snoozed + 1)

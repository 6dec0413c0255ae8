"""What is owed after a meeting: its wrap-up, and then thanks, connection, leads, promises, progress."""

from __future__ import annotations

from datetime import timedelta

from data.days import long_day
from data.followups.asking import TIME_TO_FIND, confirmations, of_occasion
from data.followups.events import Ended, Met, Promised, Skipped
from data.followups.keeping import keep_in_touch, move_check_in
from data.followups.news import carry_leads, lead_changed, promised, to_introducer
from data.followups.plan import Plan
from data.meetings.promise_words import promised_by
from data.records import (
    Entry,
    EntryKind,
    FollowUp,
    FollowUpKind,
    Kind,
    Lead,
    LeadState,
    Meeting,
    Person,
)


def ended(plan: Plan, event: Ended) -> None:
    """A meeting ended: wrap it up today, while it is fresh. Nothing is left to confirm, and the check-in
    counts from it, wrapped up or not."""
    meeting = plan.reader.get(Meeting, event.meeting)
    if meeting is None:
        return
    plan.present(meeting.person)
    plan.cancel(*confirmations(plan, meeting))
    if meeting.wrapped is not None:
        return
    move_check_in(plan, meeting.person, meeting.ended or plan.now)
    plan.book(
        FollowUp(
            id="",
            person=meeting.person,
            kind=FollowUpKind.WRAP_UP,
            meeting=meeting.id,
            due=plan.today,
            why="The meeting is over; what they gave you isn’t sorted yet.",
        )
    )


def met(plan: Plan, event: Met) -> None:
    """They talked, and it is wrapped up."""
    person = plan.person(event.person)
    if person is None:
        return
    plan.present(person.id)
    plan.cancel(*plan.of(person.id, FollowUpKind.NUDGE, FollowUpKind.OUTREACH))
    plan.cancel(*of_occasion(plan, person.id, *TIME_TO_FIND))
    meeting = plan.reader.get(Meeting, event.meeting) if event.meeting else None
    if meeting is not None:
        plan.cancel(*confirmations(plan, meeting))
        plan.done(*(each for each in plan.of(person.id, FollowUpKind.WRAP_UP) if each.meeting == meeting.id))
    thank(plan, person, event)
    if person.kind is Kind.PERSON:
        _connect(plan, person, event)
    _introducer(plan, person, event)
    if meeting is not None:
        _caught(plan, meeting)
    if person.kind is Kind.PERSON:
        _progress(plan, person, event)
        keep_in_touch(plan, person.id, event.at)


def thank(plan: Plan, person: Person, event: Met) -> None:
    """The thank-you, once for each meeting."""
    if event.meeting and any(
        each.meeting == event.meeting and not each.occasion
        for each in plan.ever(person.id, FollowUpKind.THANK_YOU)
    ):
        return
    plan.book(
        FollowUp(
            id="",
            person=person.id,
            kind=FollowUpKind.THANK_YOU,
            meeting=event.meeting,
            due=plan.today,
            why=f"They gave you their time on {long_day(plan.day(event.at))}.",
        ),
        base=plan.day(event.at),
        hours=plan.rules.thank_you_hours,
        at=event.at,
    )


def _connect(plan: Plan, person: Person, event: Met) -> None:
    if person.connected_on is not None or plan.ever(person.id, FollowUpKind.CONNECT):
        return
    plan.book(
        FollowUp(
            id="",
            person=person.id,
            kind=FollowUpKind.CONNECT,
            meeting=event.meeting,
            due=plan.today,
            why="You met, and are not connected on LinkedIn yet.",
        ),
        base=plan.day(event.at),
        hours=plan.rules.connect_hours,
        at=event.at,
    )


def _introducer(plan: Plan, person: Person, event: Met) -> None:
    day = long_day(plan.day(event.at))
    givers = carry_leads(plan, person, LeadState.OUTCOME, event.at, f"we talked on {day}")
    if person.introduced_by not in givers:
        why = f"They brought you and {person.name} together, and you met."
        to_introducer(plan, person, FollowUpKind.THANK_YOU, why, event.meeting)


def _caught(plan: Plan, meeting: Meeting) -> None:
    for lead in plan.reader.where(Lead, meeting=meeting.id):
        if lead.state is LeadState.CAPTURED:
            lead_changed(plan, lead)
    for entry in plan.reader.where(Entry, meeting=meeting.id):
        if entry.kind is EntryKind.PROMISE:
            due = promised_by(entry.text, plan.today)
            words = Promised(
                person=meeting.person, words=entry.text, due=due, meeting=meeting.id, entry=entry.id
            )
            promised(plan, words)


def _progress(plan: Plan, person: Person, event: Met) -> None:
    before = plan.ever(person.id, FollowUpKind.PROGRESS)
    if event.meeting and any(each.meeting == event.meeting for each in before):
        return
    day = plan.day(event.at)
    plan.book(
        FollowUp(
            id="",
            person=person.id,
            kind=FollowUpKind.PROGRESS,
            meeting=event.meeting,
            due=day + timedelta(days=plan.rules.progress_days),
            why="A week on: tell them what you did with what they said.",
        ),
        base=day,
    )


def skipped(plan: Plan, event: Skipped) -> None:
    """Left out, which some things outlive: the next check-in counts from today; and who doesn't wrap up a
    meeting owes thanks for it all the same."""
    followup = plan.reader.get(FollowUp, event.followup)
    person = plan.person(followup.person) if followup is not None else None
    if followup is None or person is None:
        return
    if followup.kind is FollowUpKind.CHECK_IN:
        keep_in_touch(plan, followup.person, afresh=True)
    elif followup.kind is FollowUpKind.WRAP_UP:
        meeting = plan.reader.get(Meeting, followup.meeting)
        if meeting is not None and meeting.ended is not None:
            thank(plan, person, Met(person=person.id, at=meeting.ended, meeting=meeting.id))

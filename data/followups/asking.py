"""What is owed while somebody is being asked: nudges, an answer's thanks, a time, a confirmation."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec.structs import replace

from data.days import long_day
from data.followups.events import (
    Answer,
    Answered,
    CalledOff,
    Nudged,
    Scheduled,
    Sent,
    Withdrawn,
)
from data.followups.keeping import keep_in_touch, move_check_in
from data.followups.news import carry_leads, to_introducer
from data.followups.occasions import Occasion
from data.followups.plan import Plan, heard_since
from data.records import FollowUp, FollowUpKind, Kind, LeadState, Meeting, Person, Stage
from data.zones import instant

TIME_TO_FIND = (Occasion.SCHEDULE, Occasion.NEW_TIME, Occasion.REPLY)


def sent(plan: Plan, event: Sent) -> None:
    """A first message went out: the nudge, and the leads that pointed there are acted on.

    One that they have answered already, and that is only logged now, leads to nothing more."""
    person = plan.person(event.person)
    if person is None:
        return
    if heard_since(plan.reader, event.person, event.at):
        # A first message that is still planned is another one.
        if not event.occasion:
            carry_leads(plan, person, LeadState.ACTED_ON, event.at)
        move_check_in(plan, event.person, event.at)
        return
    plan.present(event.person)
    if not event.occasion:
        plan.done(*plan.of(event.person, FollowUpKind.OUTREACH))
        carry_leads(plan, person, LeadState.ACTED_ON, event.at)
    plan.cancel(*_chain(plan, event.person, event.occasion, event.about))
    move_check_in(plan, event.person, event.at)
    if plan.rules.nudges:
        _nudge(plan, event.person, 1, plan.day(event.at), event.occasion, event.about)


def nudged(plan: Plan, event: Nudged) -> None:
    """A nudge went out: the next one, if there is still one; after the last nothing is booked."""
    plan.cancel(*_chain(plan, event.person, event.occasion, event.about))
    move_check_in(plan, event.person, event.at)
    if event.number < plan.rules.nudges:
        _nudge(plan, event.person, event.number + 1, plan.day(event.at), event.occasion, event.about)


def answered(plan: Plan, event: Answered) -> None:
    """They answered: no more nudges; and thanks, or a time to find."""
    person = plan.person(event.person)
    if person is None:
        return
    plan.present(event.person)
    plan.cancel(*plan.of(event.person, FollowUpKind.NUDGE, FollowUpKind.OUTREACH))
    move_check_in(plan, event.person, event.at)
    thanks = FollowUp(id="", person=person.id, kind=FollowUpKind.THANK_YOU, due=plan.today)
    hours = plan.rules.thank_you_hours
    if event.answer is Answer.YES:
        if person.kind is Kind.PERSON and person.stage is not Stage.SCHEDULED:
            _find_time(plan, person, Occasion.SCHEDULE, "They said yes; there is no time yet.")
        return
    plan.cancel(*of_occasion(plan, event.person, *TIME_TO_FIND))
    if event.answer is Answer.NO:
        why = "They said no, and were honest about it; thank them, and leave it at that."
        plan.book(replace(thanks, occasion=Occasion.NO, why=why), hours=hours, at=event.at)
        if person.introduced_by not in carry_leads(
            plan, person, LeadState.OUTCOME, event.at, f"{person.name} has no time to talk"
        ):
            why = f"{person.name} has no time to talk; tell them, and thank them all the same."
            to_introducer(plan, person, FollowUpKind.REPORT_BACK, why)
    elif event.answer is Answer.LATER:
        why = "They can’t talk now; thank them, and say when you will ask again."
        plan.book(replace(thanks, occasion=Occasion.NOT_NOW, why=why), hours=hours, at=event.at)
    else:
        why = "They named somebody else to talk to."
        plan.book(replace(thanks, occasion=Occasion.REFERRAL, why=why), hours=hours, at=event.at)


def scheduled(plan: Plan, event: Scheduled) -> None:
    """A meeting was arranged or moved: nothing to ask any more; confirm it the day before."""
    meeting = plan.reader.get(Meeting, event.meeting)
    if meeting is None:
        return
    plan.present(meeting.person)
    plan.cancel(*plan.of(meeting.person, FollowUpKind.OUTREACH))
    plan.cancel(*_chain(plan, meeting.person, "", ""))
    plan.cancel(*of_occasion(plan, meeting.person, *TIME_TO_FIND))
    plan.cancel(*confirmations(plan, meeting))
    day = meeting_day(plan, meeting)
    due = day - timedelta(days=plan.rules.confirm_days)
    # What was arranged today for tomorrow needs no confirming.
    if due > plan.today:
        why = f"You meet on {long_day(day)}; make sure that it still suits them."
        plan.book(
            FollowUp(
                id="",
                person=meeting.person,
                kind=FollowUpKind.CONFIRM,
                due=due,
                meeting=meeting.id,
                why=why,
                interval_days=1,
            )
        )


def called_off(plan: Plan, event: CalledOff) -> None:
    """A meeting won't take place: nothing to confirm or wrap up; a new time, if one is wanted."""
    meeting = plan.reader.get(Meeting, event.meeting)
    person = plan.person(meeting.person) if meeting is not None else None
    if meeting is None or person is None:
        return
    plan.cancel(*confirmations(plan, meeting))
    plan.cancel(*(each for each in plan.of(person.id, FollowUpKind.WRAP_UP) if each.meeting == meeting.id))
    if event.anew:
        why = "You missed each other." if event.missed else "The meeting is off."
        _find_time(plan, person, Occasion.NEW_TIME, why, meeting.id)


def withdrawn(plan: Plan, event: Withdrawn) -> None:
    """Asking was taken back."""
    plan.cancel(*plan.of(event.person, FollowUpKind.NUDGE, FollowUpKind.CONFIRM))
    plan.cancel(*of_occasion(plan, event.person, *TIME_TO_FIND))
    keep_in_touch(plan, event.person)


def meeting_day(plan: Plan, meeting: Meeting) -> date:
    """The day of a meeting in the user's own calendar, wherever it takes place."""
    return plan.day(instant(meeting.starts, meeting.zone, plan.zone))


def confirmations(plan: Plan, meeting: Meeting) -> list[FollowUp]:
    """What is booked to confirm a meeting."""
    return [each for each in plan.of(meeting.person, FollowUpKind.CONFIRM) if each.meeting == meeting.id]


def of_occasion(plan: Plan, person: str, *occasions: Occasion) -> list[FollowUp]:
    """What is open for one of these occasions."""
    return [each for each in plan.of(person) if each.occasion in occasions]


def _chain(plan: Plan, person: str, occasion: str, about: str) -> list[FollowUp]:
    """The nudges of one request: asking for a talk, for an introduction, for names."""
    nudges = plan.of(person, FollowUpKind.NUDGE)
    return [each for each in nudges if (each.occasion, each.about) == (occasion, about)]


def _nudge(plan: Plan, person: str, number: int, sent_on: date, occasion: str, about: str) -> None:
    plan.book(
        FollowUp(
            id="",
            person=person,
            kind=FollowUpKind.NUDGE,
            occasion=occasion,
            about=about,
            number=number,
            due=plan.in_business_days(plan.rules.nudge_days, sent_on),
            why=f"No answer yet to what you sent on {long_day(sent_on)}.",
        ),
        base=sent_on,
    )


def _find_time(plan: Plan, person: Person, occasion: Occasion, why: str, meeting: str = "") -> None:
    plan.book(
        FollowUp(
            id="",
            person=person.id,
            kind=FollowUpKind.CUSTOM,
            occasion=occasion,
            due=plan.in_business_days(plan.rules.schedule_days),
            meeting=meeting,
            why=why,
        )
    )

"""What the user does with what is owed: done, snooze, skip, edit the draft, a reminder of their own."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from data.actions.asking import put_outreach
from data.actions.common import (
    Who,
    day_text,
    happened_at,
    put_touch,
    the_followup,
    the_person,
    to_stage,
)
from data.clock import Clock, today
from data.errors import UserError
from data.followups import engine
from data.followups.events import (
    AdviceChanged,
    LeadChanged,
    Nudged,
    Parked,
    Promised,
    Skipped,
    Snoozed,
    Touched,
)
from data.followups.ledger import lead_label
from data.followups.occasions import CLOSING, Occasion, label
from data.followups.suggestions import Suggestion, park_suggestion
from data.records import (
    Advice,
    AdviceState,
    Channel,
    FollowUp,
    FollowUpKind,
    FollowUpState,
    Kind,
    Lead,
    LeadState,
    Person,
    Stage,
    TouchKind,
    new_id,
)
from data.rules import rules_of
from data.store import Store, Transaction
from data.text import fold, short

_TOUCHES: dict[FollowUpKind, TouchKind] = {
    FollowUpKind.NUDGE: TouchKind.NUDGE,
    FollowUpKind.THANK_YOU: TouchKind.THANK_YOU,
    FollowUpKind.CONNECT: TouchKind.CONNECT,
    FollowUpKind.REPORT_BACK: TouchKind.REPORT_BACK,
}


class Done(Struct, frozen=True, kw_only=True):
    """What came of marking something done: the sentence to show, what is open with that person now, and
    after the last nudge the suggestion to park them."""

    sentence: str
    next: tuple[FollowUp, ...] = ()
    suggestion: Suggestion | None = None


def done(
    store: Store,
    clock: Clock,
    followup: FollowUp | str,
    *,
    subject: str = "",
    text: str = "",
    channel: Channel = Channel.NONE,
    outcome: str = "",
    at: datetime | None = None,
) -> Done:
    """Mark something owed as done: the contact is logged with its words exactly as given, the stage moves,
    and what comes next is booked.

    `outcome` is what came of a lead, where that is what was owed. News about several leads in one text
    closes each lead that the text names. Raises UserError (one sentence), for one closed already too.
    """
    with store.transaction("Done") as tx:
        owed = the_followup(tx, followup)
        person = the_person(tx, owed.person)
        moment = happened_at(clock, at)
        tx.title = _title(tx, owed, person)
        tx.put(replace(owed, state=FollowUpState.DONE, closed=clock.now(), channel=channel or owed.channel))
        _effects(tx, clock, owed, person, subject, text, channel, outcome, moment)
        sentence = tx.title
    still = (each for each in store.where(FollowUp, person=person.id) if each.state is FollowUpState.OPEN)
    last = owed.kind is FollowUpKind.NUDGE and not owed.occasion
    last = last and owed.number >= rules_of(store.profile).nudges
    return Done(
        sentence=sentence + ".",
        next=tuple(sorted(still, key=lambda each: each.due)),
        suggestion=park_suggestion(store, person.id, clock) if last else None,
    )


def snooze(store: Store, clock: Clock, followup: FollowUp | str, until: date | int) -> FollowUp:
    """Put something off until a day, or for a number of days from today; returns it as kept.

    Raises UserError (one sentence) for a day that is not to come.
    """
    day = today(clock) + timedelta(days=until) if isinstance(until, int) else until
    if day <= today(clock):
        raise UserError("Put it off to a day to come: type one after today.")
    with store.transaction("Put off") as tx:
        owed = the_followup(tx, followup)
        person = the_person(tx, owed.person)
        tx.title = f"Put off {short(person.name)}’s {label(owed)} until {day_text(day)}"
        lead = tx.get(Lead, owed.lead) if owed.lead else None
        if owed.kind is FollowUpKind.LEAD and lead is not None:
            tx.put(replace(lead, due=day))
        (written,) = engine.apply(tx, Snoozed(followup=owed.id, until=day), clock)
        return written


def skip(store: Store, clock: Clock, followup: FollowUp | str, reason: str = "") -> FollowUp:
    """Leave something out, with a reason if there is one; returns it as kept.

    Thanks for a no that are left out park the person all the same.
    """
    with store.transaction("Skipped") as tx:
        owed = the_followup(tx, followup)
        person = the_person(tx, owed.person)
        tx.title = f"Skipped {short(person.name)}’s {label(owed)}"
        skipped = tx.put(
            replace(
                owed, state=FollowUpState.SKIPPED, skip_reason=" ".join(reason.split()), closed=clock.now()
            )
        )
        engine.apply(tx, Skipped(followup=owed.id), clock)
        _close(tx, clock, owed, person)
        return skipped


def edit_draft(
    store: Store, clock: Clock, followup: FollowUp | str, *, subject: str, body: str, channel: Channel
) -> FollowUp:
    """Keep the user's own words for a message; with both empty the template speaks again."""
    with store.transaction("Changed a draft") as tx:
        owed = the_followup(tx, followup)
        tx.title = f"Changed the message to {short(the_person(tx, owed.person).name)}"
        return tx.put(replace(owed, subject=subject, draft=body, channel=channel))


def custom(
    store: Store, clock: Clock, who: Who, words: str, due: date, *, channel: Channel = Channel.NONE
) -> FollowUp:
    """Book something of the user's own, in their words. Raises UserError for no words, or a day gone by."""
    words = " ".join(words.split())
    if not words:
        raise UserError("Say in a few words what you want to do.")
    if due < today(clock):
        raise UserError("That day is over: type today or one to come.")
    with store.transaction("Booked") as tx:
        person = the_person(tx, who)
        if person.stage is Stage.PARKED:
            raise UserError(f"{short(person.name)} is parked: put them back on the board first.")
        tx.title = f"Booked for {short(person.name)}: {short(words)}"
        for each in tx.where(FollowUp, person=person.id):
            if each.state is FollowUpState.OPEN and not each.occasion and each.words == words:
                raise UserError(f"That is on your list already, for {day_text(each.due)}.")
        return tx.put(
            FollowUp(
                id=new_id(),
                person=person.id,
                kind=FollowUpKind.CUSTOM,
                due=due,
                words=words,
                why="You wanted to be reminded.",
                channel=channel,
                interval_days=max(1, (due - today(clock)).days),
                created=clock.now(),
            )
        )


def promise(store: Store, clock: Clock, who: Who, words: str, due: date | None = None) -> list[FollowUp]:
    """Book something that the user promised somebody, in their words. Raises UserError for no words."""
    words = " ".join(words.split())
    if not words:
        raise UserError("Say in a few words what you promised.")
    with store.transaction("Noted a promise") as tx:
        person = the_person(tx, who)
        tx.title = f"Noted your promise to {short(person.name)}"
        return engine.apply(tx, Promised(person=person.id, words=words, due=due), clock)


# -- inside ------------------------------------------------------------------------------------------


def _effects(
    tx: Transaction,
    clock: Clock,
    owed: FollowUp,
    person: Person,
    subject: str,
    text: str,
    channel: Channel,
    outcome: str,
    at: datetime,
) -> None:
    if owed.kind is FollowUpKind.WRAP_UP:
        return
    if owed.kind is FollowUpKind.OUTREACH:
        put_outreach(tx, clock, person, subject, text, channel, at, owed.id)
        return
    if owed.kind is FollowUpKind.LEAD:
        _lead_done(tx, clock, owed, subject, text, channel, outcome, at)
        return
    put_touch(
        tx,
        person.id,
        _TOUCHES.get(owed.kind, TouchKind.MESSAGE),
        at,
        channel=channel or owed.channel,
        subject=subject,
        text=text,
        about=owed.about,
        meeting=owed.meeting,
        followup=owed.id,
    )
    if owed.kind is FollowUpKind.NUDGE:
        nudge = Nudged(person=person.id, at=at, number=owed.number, occasion=owed.occasion, about=owed.about)
        engine.apply(tx, nudge, clock)
        return
    engine.apply(tx, Touched(person=person.id, at=at), clock)
    if owed.kind is FollowUpKind.CONNECT and person.connected_on is None:
        tx.put(replace(person, connected_on=at.astimezone(clock.zone()).date()))
    elif owed.kind is FollowUpKind.REPORT_BACK:
        _told(tx, clock, owed, text)
    elif owed.kind is FollowUpKind.PROGRESS:
        _progress_told(tx, clock, person.id)
    elif owed.kind is FollowUpKind.THANK_YOU:
        _thanked(tx, clock, owed, person)


def _thanked(tx: Transaction, clock: Clock, owed: FollowUp, person: Person) -> None:
    _close(tx, clock, owed, person)
    after_meeting = not owed.occasion and person.stage is Stage.MET
    after_name = owed.occasion == Occasion.REFERRAL and person.stage is Stage.ASKED
    if after_meeting or after_name:
        to_stage(tx, clock, person, Stage.IN_TOUCH)


def _close(tx: Transaction, clock: Clock, owed: FollowUp, person: Person) -> None:
    """After the thanks for a no or a "not now" the person is parked, until the day they named."""
    if owed.kind is not FollowUpKind.THANK_YOU or owed.occasion not in CLOSING:
        return
    if person.stage is Stage.ASKED:
        until = person.look_again_on if owed.occasion == Occasion.NOT_NOW else None
        tx.put(replace(person, stage=Stage.PARKED, stage_since=clock.now(), look_again_on=until))
        engine.apply(tx, Parked(person=person.id), clock)


def _lead_done(
    tx: Transaction,
    clock: Clock,
    owed: FollowUp,
    subject: str,
    text: str,
    channel: Channel,
    outcome: str,
    at: datetime,
) -> None:
    lead = tx.get(Lead, owed.lead)
    if lead is None:
        return
    day = at.astimezone(clock.zone()).date()
    if owed.occasion == Occasion.OUTCOME or outcome.strip():
        tx.put(
            replace(
                lead,
                state=LeadState.OUTCOME,
                outcome=" ".join(outcome.split()) or lead.outcome,
                acted_on=lead.acted_on or day,
                outcome_on=day,
                due=None,
            )
        )
    elif lead.state is LeadState.CAPTURED:
        # The date was for acting on it; what came of it gets a date of its own.
        tx.put(replace(lead, state=LeadState.ACTED_ON, acted_on=day, due=None))
    engine.apply(tx, LeadChanged(lead=lead.id), clock)
    became = tx.get(Person, lead.person) if lead.person else None
    if became is not None and became.alive and owed.occasion != Occasion.OUTCOME:
        put_outreach(tx, clock, became, subject, text, channel, at, owed.id)


def _told(tx: Transaction, clock: Clock, owed: FollowUp, text: str) -> None:
    """The giver has heard: of this lead, and of every other that the text names."""
    words = fold(text)
    for each in tx.where(FollowUp, person=owed.person):
        if each.kind is not FollowUpKind.REPORT_BACK or not each.lead:
            continue
        lead = tx.get(Lead, each.lead)
        if lead is None:
            continue
        if each.id != owed.id:
            became = tx.get(Person, lead.person) if lead.person else None
            named = fold(lead_label(lead, became))
            if each.state is not FollowUpState.OPEN or not named or named not in words:
                continue
            tx.put(replace(each, state=FollowUpState.DONE, closed=clock.now()))
        if lead.state is LeadState.OUTCOME:
            tx.put(replace(lead, state=LeadState.REPORTED, reported_on=today(clock)))
            engine.apply(tx, LeadChanged(lead=lead.id), clock)


def _progress_told(tx: Transaction, clock: Clock, giver: str) -> None:
    for advice in tx.where(Advice, giver=giver):
        if advice.state is AdviceState.USED:
            tx.put(replace(advice, state=AdviceState.TOLD, told_on=today(clock)))
            engine.apply(tx, AdviceChanged(advice=advice.id), clock)


_DONE: dict[FollowUpKind, str] = {
    FollowUpKind.OUTREACH: "Asked {name}",
    FollowUpKind.NUDGE: "Nudged {name}",
    FollowUpKind.CONFIRM: "Confirmed with {name}",
    FollowUpKind.WRAP_UP: "Wrapped up the meeting with {name}",
    FollowUpKind.THANK_YOU: "Thanked {name}",
    FollowUpKind.CONNECT: "Connected with {name}",
    FollowUpKind.LEAD: "Acted on {name}’s lead",
    FollowUpKind.REPORT_BACK: "Told {name} the news",
    FollowUpKind.PROGRESS: "Told {name} your progress",
    FollowUpKind.CHECK_IN: "Checked in with {name}",
    FollowUpKind.CUSTOM: "Wrote to {name}",
}


def _title(tx: Transaction, owed: FollowUp, person: Person) -> str:
    name = short(person.name)
    if owed.occasion == Occasion.OUTCOME:
        return f"Noted what came of {name}’s lead"
    if owed.occasion == Occasion.PROMISE:
        return f"Kept your promise to {name}"
    if owed.kind is FollowUpKind.CUSTOM and owed.words:
        return f"Did for {name}: {short(owed.words)}"
    if owed.occasion == Occasion.AGAIN:
        return f"Asked {name} again"
    lead = tx.get(Lead, owed.lead) if owed.kind is FollowUpKind.LEAD else None
    became = tx.get(Person, lead.person) if lead is not None and lead.person else None
    if became is not None and became.kind is Kind.PERSON:
        return f"Asked {short(became.name)}, {name}’s lead"
    return _DONE[owed.kind].format(name=name)

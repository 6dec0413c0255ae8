"""What goes to and fro: a message sent, an answer, any other contact, asking for an introduction."""

from __future__ import annotations

from datetime import date, datetime

from msgspec.structs import replace

from data.actions.common import (
    Who,
    Whom,
    day_text,
    happened_at,
    names,
    put_touch,
    the_people,
    the_person,
    to_stage,
)
from data.actions.put import call_off_meetings, put_new
from data.clock import Clock, today
from data.errors import UserError
from data.followups import engine
from data.followups.due import look_again
from data.followups.events import Answer, Answered, LeadChanged, Sent, Touched
from data.followups.occasions import Occasion
from data.followups.plan import heard_since
from data.people.namesakes import known_as
from data.records import (
    Channel,
    Direction,
    Kind,
    Lead,
    LeadKind,
    Person,
    Source,
    Stage,
    Touch,
    TouchKind,
    new_id,
)
from data.rules import rules_of
from data.store import Store, Transaction
from data.text import short

_NOT_YET_ASKED = (Stage.NETWORK, Stage.TO_ASK, Stage.PARKED, Stage.IN_TOUCH)


def log_outreach(
    store: Store,
    clock: Clock,
    who: Who,
    *,
    subject: str = "",
    text: str = "",
    channel: Channel = Channel.NONE,
    at: datetime | None = None,
) -> Touch:
    """Log that somebody was asked for a talk, with the words as sent; they move to Asked, and the nudge
    is booked. Raises UserError (one sentence)."""
    with store.transaction("Asked") as tx:
        person = the_person(tx, who)
        tx.title = f"Asked {short(person.name)}"
        return put_outreach(tx, clock, person, subject, text, channel, happened_at(clock, at))


def put_outreach(
    tx: Transaction,
    clock: Clock,
    person: Person,
    subject: str,
    text: str,
    channel: Channel,
    at: datetime,
    followup: str = "",
) -> Touch:
    """`log_outreach` inside another action's transaction."""
    # Who has answered it since is where the answer brought them.
    moved_on = person.stage in (Stage.PARKED, Stage.IN_TOUCH) and heard_since(tx, person.id, at)
    if person.stage in _NOT_YET_ASKED and not moved_on:
        to_stage(tx, clock, person, Stage.ASKED)
    touch = put_touch(
        tx,
        person.id,
        TouchKind.OUTREACH,
        at,
        channel=channel,
        subject=subject,
        text=text,
        followup=followup,
    )
    engine.apply(tx, Sent(person=person.id, at=at), clock)
    return touch


def log_answer(
    store: Store,
    clock: Clock,
    who: Who,
    answer: Answer,
    *,
    until: date | None = None,
    referred_to: Person | str = "",
    title: str = "",
    company: str = "",
    may_use_name: bool = False,
    text: str = "",
    channel: Channel = Channel.NONE,
    at: datetime | None = None,
) -> Person | None:
    """Log what somebody said when asked; there are no more nudges.

    Yes: a time is to be found (a group that says yes is in touch). No, not now: thanks are booked, and
    when they are sent or skipped who was asked is parked, until the day they named (`until`; None: as
    long as the rules say). Referred: `referred_to` is the name of somebody new (with `title` and
    `company`), or the record of somebody; they are put on the board, introduced by this person, kept as
    a lead so that news goes back, and returned. Raises UserError (one sentence).
    """
    with store.transaction("Logged an answer") as tx:
        person = _answering(tx, clock, who)
        name, moment = short(person.name), happened_at(clock, at)
        if answer is Answer.REFERRED:
            if isinstance(referred_to, str):
                if not referred_to.strip():
                    raise UserError("Whom did they name? Type at least a name.")
                referred_to = Person(id="", name=referred_to, title=title.strip(), company=company.strip())
            other = named_person(tx, clock, person, referred_to)
            tx.title = f"Logged that {name} named {short(other.name)}"
            _answer(tx, clock, person, answer, text, channel, moment, other.id)
            _lead_to(tx, clock, person, other, text, may_use_name, moment)
            return other
        tx.title = f"Logged {_SAID[answer]} from {name}"
        if answer is Answer.YES:
            if person.kind is Kind.GROUP:
                to_stage(tx, clock, person, Stage.IN_TOUCH)
        elif answer is Answer.NO:
            _closing(tx, clock, person, None)
        else:
            until = until or look_again(clock, rules_of(tx.profile))
            if until <= today(clock):
                raise UserError("“Not now” needs a day to come: type one after today.")
            tx.title += f", until {day_text(until)}"
            _closing(tx, clock, person, until)
        _answer(tx, clock, person, answer, text, channel, moment)
        return None


_SAID = {Answer.YES: "yes", Answer.NO: "no", Answer.LATER: "not now"}
_TOUCHES = {
    Answer.YES: TouchKind.ANSWER_YES,
    Answer.NO: TouchKind.ANSWER_NO,
    Answer.LATER: TouchKind.ANSWER_LATER,
    Answer.REFERRED: TouchKind.ANSWER_REFERRED,
}


def log_touch(
    store: Store,
    clock: Clock,
    whom: Whom,
    *,
    direction: Direction = Direction.OUT,
    channel: Channel = Channel.NONE,
    kind: TouchKind = TouchKind.MESSAGE,
    subject: str = "",
    text: str = "",
    at: datetime | None = None,
) -> list[Touch]:
    """Log any other contact with one or several, in either direction; it moves the check-in.

    Raises UserError (one sentence).
    """
    with store.transaction("Logged a contact") as tx:
        people = the_people(tx, whom)
        way = {Direction.OUT: "to", Direction.IN: "from", Direction.BOTH: "with"}[direction]
        what = "a contact" if direction is Direction.BOTH else "a message"
        tx.title = f"Logged {what} {way} {names(people)}"
        moment = happened_at(clock, at)
        touches = []
        for person in people:
            touches.append(
                put_touch(
                    tx,
                    person.id,
                    kind,
                    moment,
                    direction=direction,
                    channel=channel,
                    subject=subject,
                    text=text,
                )
            )
            engine.apply(tx, Touched(person=person.id, at=moment, direction=direction), clock)
        return touches


def ask_introduction(
    store: Store,
    clock: Clock,
    who: Who,
    to: Who,
    *,
    subject: str = "",
    text: str = "",
    channel: Channel = Channel.NONE,
    at: datetime | None = None,
) -> Touch:
    """Log that `who` was asked to introduce the user to `to`, who is then to be asked; the nudge is booked.

    Raises UserError (one sentence).
    """
    with store.transaction("Asked for an introduction") as tx:
        person, other = the_person(tx, who), the_person(tx, to)
        if person.id == other.id:
            raise UserError("Nobody introduces themselves: choose two different people.")
        tx.title = f"Asked {short(person.name)} for an introduction to {short(other.name)}"
        if other.stage is Stage.NETWORK:
            to_stage(tx, clock, other, Stage.TO_ASK)
        moment = happened_at(clock, at)
        return _request(tx, clock, person, Occasion.INTRODUCTION, other.id, subject, text, channel, moment)


def ask_whom(
    store: Store,
    clock: Clock,
    who: Who,
    *,
    where: str = "",
    subject: str = "",
    text: str = "",
    channel: Channel = Channel.NONE,
    at: datetime | None = None,
) -> Touch:
    """Log that a person or group was asked "whom do you know in …?"; the nudge is booked.

    `where` is the field or employer asked about. A group that was still to ask is asked by this.
    """
    with store.transaction("Asked whom they know") as tx:
        person = the_person(tx, who)
        place = f" in {short(where)}" if where.strip() else ""
        tx.title = f"Asked {short(person.name)} whom they know{place}"
        if person.kind is Kind.GROUP and person.stage in _NOT_YET_ASKED:
            person = to_stage(tx, clock, person, Stage.ASKED)
        return _request(tx, clock, person, Occasion.WHOM, "", subject, text, channel, happened_at(clock, at))


def introduced(
    store: Store, clock: Clock, by: Who, who: Who, *, text: str = "", at: datetime | None = None
) -> Person:
    """Log that `by` has introduced the user to `who`: found through them, and to be asked."""
    with store.transaction("Introduced") as tx:
        giver = the_person(tx, by)
        moment = happened_at(clock, at)
        person = named_person(tx, clock, giver, the_person(tx, who).id)
        tx.title = f"Logged that {short(giver.name)} introduced {short(person.name)}"
        put_touch(tx, giver.id, TouchKind.MESSAGE, moment, direction=Direction.IN, text=text, about=person.id)
        engine.apply(tx, Touched(person=giver.id, at=moment, direction=Direction.IN), clock)
        return person


def named_person(tx: Transaction, clock: Clock, giver: Person, to: Person | str) -> Person:
    """The person that somebody named, inside another action's transaction: a new one, or one known (also
    by name and company alone), who is to be asked now and was found through the giver."""
    if isinstance(to, Person) and (not to.id or tx.get(Person, to.id) is None):
        others = [line for line in tx.people() if line.id != giver.id]
        if not to.id and (line := known_as(others, to.name, to.company)) is not None:
            return named_person(tx, clock, giver, line.id)
        new = replace(to, introduced_by=giver.id, source=Source.REFERRAL, stage=Stage.TO_ASK)
        return put_new(tx, clock, replace(new, stage_since=None))
    known = the_person(tx, to)
    if known.id == giver.id:
        raise UserError(f"{short(giver.name)} can’t name themselves: type somebody else.")
    if known.stage in (Stage.NETWORK, Stage.PARKED):
        known = to_stage(tx, clock, known, Stage.TO_ASK)
    if not known.introduced_by and not _found_through(tx, giver, known.id):
        known = tx.put(replace(known, introduced_by=giver.id, source=Source.REFERRAL))
    return known


# -- inside ------------------------------------------------------------------------------------------


def _answering(tx: Transaction, clock: Clock, who: Who) -> Person:
    """The person, in Asked at least: who answers has been asked, logged or not."""
    person = the_person(tx, who)
    if person.stage in (Stage.NETWORK, Stage.TO_ASK, Stage.PARKED):
        person = to_stage(tx, clock, person, Stage.ASKED)
    return person


def _closing(tx: Transaction, clock: Clock, person: Person, until: date | None) -> Person:
    """They won't meet now: nothing is planned any more, and once thanked they are parked `until`."""
    call_off_meetings(tx, clock, person.id, anew=False)
    if person.stage is Stage.SCHEDULED:
        person = to_stage(tx, clock, person, Stage.ASKED)
    if person.stage is Stage.ASKED:
        person = tx.put(replace(person, look_again_on=until))
    return person


def _answer(
    tx: Transaction,
    clock: Clock,
    person: Person,
    answer: Answer,
    text: str,
    channel: Channel,
    at: datetime,
    about: str = "",
) -> None:
    kind = _TOUCHES[answer]
    put_touch(tx, person.id, kind, at, direction=Direction.IN, channel=channel, text=text, about=about)
    engine.apply(tx, Answered(person=person.id, at=at, answer=answer), clock)


def _lead_to(
    tx: Transaction, clock: Clock, giver: Person, other: Person, text: str, may_use_name: bool, at: datetime
) -> None:
    lead = Lead(
        id=new_id(),
        giver=giver.id,
        kind=LeadKind.PERSON,
        text=text or other.name,
        name=other.name,
        company=other.company,
        # A group is no private person: to say that one comes from it is what it is there for.
        may_use_name=may_use_name or giver.kind is Kind.GROUP,
        person=other.id,
        captured=at,
    )
    tx.put(lead)
    engine.apply(tx, LeadChanged(lead=lead.id), clock)


def _request(
    tx: Transaction,
    clock: Clock,
    person: Person,
    occasion: Occasion,
    about: str,
    subject: str,
    text: str,
    channel: Channel,
    at: datetime,
) -> Touch:
    if person.stage is Stage.PARKED:
        to_stage(tx, clock, person, Stage.IN_TOUCH)
    touch = put_touch(
        tx,
        person.id,
        TouchKind.INTRO_REQUEST,
        at,
        channel=channel,
        subject=subject,
        text=text,
        about=about,
    )
    engine.apply(tx, Sent(person=person.id, at=at, occasion=occasion, about=about), clock)
    return touch


def _found_through(tx: Transaction, person: Person, above: str) -> bool:
    """Whether `above` is among those through whom `person` was found."""
    seen: set[str] = set()
    while person.introduced_by and person.introduced_by not in seen:
        if person.introduced_by == above:
            return True
        seen.add(person.introduced_by)
        found = tx.get(Person, person.introduced_by)
        if found is None:
            return False
        person = found
    return False

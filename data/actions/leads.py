"""What the user does with what people gave: leads, advice, and thanks to everybody when they landed."""

from __future__ import annotations

from datetime import date, datetime

from msgspec.structs import replace

from data.actions.asking import named_person
from data.actions.common import Who, happened_at, person_id, put_touch, the_person, to_stage
from data.clock import Clock, today
from data.errors import UserError
from data.followups import engine
from data.followups.events import AdviceChanged, LeadChanged, LeadDropped, Touched
from data.followups.events import Landed as LandedEvent
from data.followups.landed import Helper, helpers
from data.followups.ledger import lead_label
from data.records import (
    Advice,
    AdviceState,
    Channel,
    FollowUp,
    FollowUpKind,
    FollowUpState,
    Lead,
    LeadKind,
    LeadState,
    Person,
    Stage,
    TouchKind,
    new_id,
)
from data.store import Reader, Store, Transaction
from data.text import plural, short


def capture(
    store: Store,
    clock: Clock,
    giver: Who,
    text: str,
    *,
    kind: LeadKind = LeadKind.PERSON,
    name: str = "",
    company: str = "",
    may_use_name: bool = False,
    due: date | None = None,
    next_step: str = "",
) -> Lead:
    """Keep a lead that somebody gave outside of a meeting; acting on it is booked.

    Raises UserError (one sentence) for a lead without words.
    """
    text = " ".join(text.split())
    if not (text or name.strip() or company.strip()):
        raise UserError("Say in a few words what the lead is: a person, a company, an event or a link.")
    with store.transaction("Kept a lead") as tx:
        person = the_person(tx, giver)
        tx.title = f"Kept a lead from {short(person.name)}"
        lead = tx.put(
            Lead(
                id=new_id(),
                giver=person.id,
                kind=kind,
                text=text or name.strip() or company.strip(),
                name=" ".join(name.split()),
                company=" ".join(company.split()),
                may_use_name=may_use_name,
                due=due,
                next_step=next_step,
                captured=clock.now(),
            )
        )
        engine.apply(tx, LeadChanged(lead=lead.id), clock)
        return lead


def edit_lead(
    store: Store,
    clock: Clock,
    lead: Lead | str,
    *,
    kind: LeadKind | None = None,
    text: str | None = None,
    name: str | None = None,
    company: str | None = None,
    may_use_name: bool | None = None,
    due: date | None = None,
    next_step: str | None = None,
) -> Lead:
    """Change what a lead says; None leaves a field as it is. Raises UserError for a day gone by."""
    if due is not None and due < today(clock):
        raise UserError("That day is over: type today or one to come.")
    with store.transaction("Changed a lead") as tx:
        found = the_lead(tx, lead)
        tx.title = f"Changed a lead from {_giver(tx, found)}"
        changed = replace(
            found,
            kind=found.kind if kind is None else kind,
            text=found.text if text is None else " ".join(text.split()) or found.text,
            name=found.name if name is None else " ".join(name.split()),
            company=found.company if company is None else " ".join(company.split()),
            may_use_name=found.may_use_name if may_use_name is None else may_use_name,
            due=found.due if due is None else due,
            next_step=found.next_step if next_step is None else next_step,
        )
        tx.put(changed)
        engine.apply(tx, LeadChanged(lead=found.id), clock)
        return changed


def drop_lead(store: Store, clock: Clock, lead: Lead | str) -> None:
    """Take a lead away that is none; what was booked for it is cancelled."""
    with store.transaction("Took a lead away") as tx:
        found = the_lead(tx, lead)
        tx.title = f"Took away a lead from {_giver(tx, found)}"
        engine.apply(tx, LeadDropped(lead=found.id), clock)
        tx.remove(found)


def set_state(store: Store, clock: Clock, lead: Lead | str, state: LeadState, *, outcome: str = "") -> Lead:
    """Say how far a lead is, forwards or back; `outcome` is what came of it, in the user's words.

    To `reported` only from an outcome: the giver hears what came of it, also when nothing did.
    Raises UserError (one sentence).
    """
    with store.transaction("Changed a lead") as tx:
        found = the_lead(tx, lead)
        about = _label(tx, found)
        outcome = " ".join(outcome.split()) or found.outcome
        if state is LeadState.OUTCOME and not outcome:
            raise UserError(f"Say in a few words what came of {about}; “nothing” is an answer too.")
        if state is LeadState.REPORTED and not (outcome or found.state is LeadState.OUTCOME):
            raise UserError(f"Say first what came of {about}; then {_giver(tx, found)} can hear it.")
        words = {
            LeadState.CAPTURED: f"Took back that you acted on {about}",
            LeadState.ACTED_ON: f"Acted on {about}, from {_giver(tx, found)}",
            LeadState.OUTCOME: f"Noted what came of {about}, from {_giver(tx, found)}",
            LeadState.REPORTED: f"Closed {about}: {_giver(tx, found)} knows",
        }
        tx.title = words[state]
        return put_state(tx, clock, found, state, outcome)


def put_state(tx: Transaction, clock: Clock, lead: Lead, state: LeadState, outcome: str = "") -> Lead:
    """`set_state` inside another action's transaction, without its questions."""
    day, order = today(clock), list(LeadState)
    place = order.index(state)
    changed = replace(
        lead,
        state=state,
        acted_on=(lead.acted_on or day) if place >= 1 else None,
        outcome=(outcome or lead.outcome) if place >= 2 else "",
        outcome_on=(lead.outcome_on or day) if place >= 2 else None,
        reported_on=(lead.reported_on or day) if place >= 3 else None,
        due=lead.due if state is lead.state else None,
    )
    tx.put(changed)
    engine.apply(tx, LeadChanged(lead=lead.id), clock)
    return changed


def report(
    store: Store,
    clock: Clock,
    lead: Lead | str,
    *,
    subject: str = "",
    text: str = "",
    channel: Channel = Channel.NONE,
    at: datetime | None = None,
) -> Lead:
    """Log that the giver was told how a lead stands; one with an outcome is closed by it."""
    with store.transaction("Told the giver") as tx:
        found = the_lead(tx, lead)
        giver = the_person(tx, found.giver)
        tx.title = f"Told {short(giver.name)} about {_label(tx, found)}"
        moment = happened_at(clock, at)
        put_touch(
            tx,
            giver.id,
            TouchKind.REPORT_BACK,
            moment,
            channel=channel,
            subject=subject,
            text=text,
            about=found.person,
        )
        engine.apply(tx, Touched(person=giver.id, at=moment), clock)
        if found.state is LeadState.OUTCOME:
            return put_state(tx, clock, found, LeadState.REPORTED)
        for each in tx.where(FollowUp, lead=found.id):
            if each.kind is FollowUpKind.REPORT_BACK and each.state is FollowUpState.OPEN:
                tx.put(replace(each, state=FollowUpState.DONE, closed=clock.now()))
        return found


def make_person(store: Store, clock: Clock, lead: Lead | str, person: Person | None = None) -> Person:
    """Make a lead into a person, introduced by its giver, to be asked; returns them.

    `person` is a new person's record, or one known (also by its id alone); without one the name and
    company that the lead holds are taken. Raises UserError if there is no name.
    """
    with store.transaction("Made a lead into a person") as tx:
        found = the_lead(tx, lead)
        giver = the_person(tx, found.giver)
        if found.person and (known := tx.get(Person, found.person)) is not None and known.alive:
            raise UserError(f"This lead is {short(known.name)} already.")
        if person is None:
            if not found.name.strip():
                raise UserError("This lead names nobody: type the name first.")
            person = Person(id="", name=found.name, company=found.company)
        other = named_person(tx, clock, giver, person)
        tx.title = f"Made {short(other.name)} of a lead from {short(giver.name)}"
        tx.put(replace(found, kind=LeadKind.PERSON, person=other.id, name=found.name or other.name))
        engine.apply(tx, LeadChanged(lead=found.id), clock)
        return other


def make_kind(store: Store, clock: Clock, lead: Lead | str, kind: LeadKind, name: str = "") -> Lead:
    """Make a lead into a company, an event or a resource, by its name."""
    if kind is LeadKind.PERSON:
        raise UserError("A lead becomes a person with a name of their own.")
    with store.transaction("Changed a lead") as tx:
        found = the_lead(tx, lead)
        tx.title = f"Made a lead from {_giver(tx, found)} into {_A[kind]}"
        name = " ".join(name.split())
        changed = replace(found, kind=kind, name=name or found.name, person="")
        if kind is LeadKind.COMPANY:
            # The name stays beside it: made into a person after all, the lead still knows whom it meant.
            changed = replace(changed, name=found.name, company=name or found.company or found.name)
        tx.put(changed)
        engine.apply(tx, LeadChanged(lead=found.id), clock)
        return changed


_A = {LeadKind.COMPANY: "a company", LeadKind.EVENT: "an event", LeadKind.RESOURCE: "a resource"}


def keep_advice(store: Store, clock: Clock, giver: Who, text: str) -> Advice:
    """Keep advice that somebody gave outside of a meeting. Raises UserError for advice without words."""
    text = " ".join(text.split())
    if not text:
        raise UserError("Say in a few words what they advised.")
    with store.transaction("Kept advice") as tx:
        person = the_person(tx, giver)
        tx.title = f"Kept advice from {short(person.name)}"
        advice = tx.put(Advice(id=new_id(), giver=person.id, text=text, captured=clock.now()))
        engine.apply(tx, AdviceChanged(advice=advice.id), clock)
        return advice


def set_advice(
    store: Store, clock: Clock, advice: Advice | str, state: AdviceState, *, did: str | None = None
) -> Advice:
    """Say what became of advice; `did` is what the user did with it, in their words."""
    with store.transaction("Changed advice") as tx:
        found = tx.get(Advice, advice if isinstance(advice, str) else advice.id)
        if found is None:
            raise UserError("This advice is no longer there; nothing was changed.")
        name = _giver(tx, found)
        words = {
            AdviceState.OPEN: f"Opened {name}’s advice again",
            AdviceState.USED: f"Used {name}’s advice",
            AdviceState.TOLD: f"Told {name} what you did with their advice",
            AdviceState.DECLINED: f"Left out {name}’s advice",
        }
        tx.title = words[state]
        used = state in (AdviceState.USED, AdviceState.TOLD)
        changed = replace(
            found,
            state=state,
            did=found.did if did is None else " ".join(did.split()),
            used_on=(found.used_on or today(clock)) if used else None,
            told_on=(found.told_on or today(clock)) if state is AdviceState.TOLD else None,
        )
        tx.put(changed)
        engine.apply(tx, AdviceChanged(advice=found.id), clock)
        return changed


def landed(store: Store, clock: Clock, only: list[Helper] | None = None, *, role: str = "") -> list[FollowUp]:
    """The user got the job: thanks are booked to all who helped, each with what they gave.

    `role` is what they start as, and where; it fills the gap in the messages.

    `only` is the list of data.followups.landed.helpers, or what the user left of it and changed. Who was
    parked is back in touch. Raises UserError if nobody has helped yet.
    """
    with store.transaction("Landed") as tx:
        chosen = helpers(tx) if only is None else only
        if not chosen:
            raise UserError("Nobody is on record yet as having helped: log a meeting or an answer first.")
        for helper in chosen:
            person = the_person(tx, person_id(helper.person))
            if person.stage is Stage.PARKED:
                to_stage(tx, clock, person, Stage.IN_TOUCH)
        tx.title = f"Landed: booked thanks to {plural(len(chosen), 'person', 'people')}"
        if len(chosen) == 1:
            tx.title = f"Landed: booked thanks to {short(chosen[0].person.name)}"
        gave = tuple((helper.person.id, helper.gave) for helper in chosen)
        if role.strip():
            tx.put(replace(store.profile, new_role=" ".join(role.split())))
        return engine.apply(tx, LandedEvent(gave=gave), clock)


# -- inside ------------------------------------------------------------------------------------------


def the_lead(reader: Reader, lead: Lead | str) -> Lead:
    """The newest version of a lead. Raises UserError if it was taken away."""
    found = reader.get(Lead, lead if isinstance(lead, str) else lead.id)
    if found is None:
        raise UserError("This lead is no longer there; nothing was changed.")
    return found


def _giver(reader: Reader, of: Lead | Advice) -> str:
    found = reader.get(Person, of.giver)
    return short(found.name) if found is not None else "somebody"


def _label(reader: Reader, lead: Lead) -> str:
    return short(lead_label(lead, reader.get(Person, lead.person) if lead.person else None))

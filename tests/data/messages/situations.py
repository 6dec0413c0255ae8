"""Made-up situations for the golden messages: each is somebody, what happened, and what is owed now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from data.clock import FixedClock
from data.followups.landed import helpers
from data.followups.occasions import Occasion
from data.records import (
    Advice,
    AdviceState,
    Channel,
    Direction,
    Entry,
    EntryKind,
    FollowUp,
    FollowUpKind,
    Kind,
    Lead,
    LeadKind,
    LeadState,
    Medium,
    Meeting,
    MeetingStatus,
    Person,
    Source,
    Stage,
    Touch,
    TouchKind,
)
from data.store import Store, Transaction

NOW = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)
"""Monday 23 November 2026, 14:00 in Berlin."""
TODAY = date(2026, 11, 23)


def clock() -> FixedClock:
    """Stands at NOW, in Berlin."""
    return FixedClock(NOW, "Europe/Berlin")


@dataclass(frozen=True)
class Case:
    """One situation: `make` writes what is around it and gives the follow-up."""

    name: str
    make: Callable[[Transaction], FollowUp]
    channel: Channel | None = None
    me: str = "Alex Doe"
    field: str = "product design"
    premium: bool = False
    signature: str = ""
    new_role: str = ""


CASES: list[Case] = []


def case(
    channel: Channel | None = None,
    me: str = "Alex Doe",
    field: str = "product design",
    premium: bool = False,
    signature: str = "",
    new_role: str = "",
) -> Callable[[Callable[[Transaction], FollowUp]], Callable[[Transaction], FollowUp]]:
    """Add a function as a situation, by its name."""

    def add(make: Callable[[Transaction], FollowUp]) -> Callable[[Transaction], FollowUp]:
        CASES.append(Case(make.__name__, make, channel, me, field, premium, signature, new_role))
        return make

    return add


def prepare(store: Store, made: Case) -> FollowUp:
    """Write a situation into an empty store."""
    from msgspec.structs import replace

    profile = replace(
        store.profile,
        name=made.me,
        target_field=made.field,
        premium=made.premium,
        signature=made.signature,
        new_role=made.new_role,
    )
    store.save_profile(profile)
    with store.transaction(made.name) as tx:
        return tx.put(made.make(tx))


# -- pieces --------------------------------------------------------------------------------------------


def owed(kind: FollowUpKind, person: str = "maria", **more: object) -> FollowUp:
    """A follow-up due today."""
    fields: dict[str, object] = {"id": "f", "person": person, "kind": kind, "due": TODAY, **more}
    return FollowUp(**fields)  # type: ignore[arg-type]


def maria(tx: Transaction, **more: object) -> Person:
    """Maria Chen, Head of Design at Figma."""
    fields: dict[str, object] = {
        "id": "maria",
        "name": "Maria Chen",
        "title": "Head of Design",
        "company": "Figma",
        "emails": ("maria@figma.example",),
        **more,
    }
    return tx.put(Person(**fields))  # type: ignore[arg-type]


def priya(tx: Transaction) -> Person:
    """Priya Nair, who knows people."""
    return tx.put(
        Person(
            id="priya",
            name="Priya Nair",
            title="Recruiter",
            company="Shopify",
            emails=("priya@shopify.example",),
            stage=Stage.IN_TOUCH,
        )
    )


def touch(
    tx: Transaction,
    kind: TouchKind,
    days: int,
    person: str = "maria",
    *,
    subject: str = "",
    text: str = "",
    channel: Channel = Channel.EMAIL,
    direction: Direction = Direction.OUT,
) -> Touch:
    """A contact some days ago."""
    return tx.put(
        Touch(
            id=f"t-{kind}-{days}-{person}",
            person=person,
            kind=kind,
            at=NOW - timedelta(days=days),
            channel=channel,
            subject=subject,
            text=text,
            direction=direction,
        )
    )


def met(
    tx: Transaction, *lines: tuple[EntryKind, str], days: float = 0.1, person: str = "maria", zone: str = ""
) -> Meeting:
    """A meeting held some days ago, with its lines."""
    began = NOW - timedelta(days=days)
    meeting = tx.put(
        Meeting(
            id=f"m-{person}",
            person=person,
            starts=began.replace(tzinfo=None),
            zone="UTC",
            status=MeetingStatus.ENDED,
            started=began,
            ended=began + timedelta(minutes=21),
        )
    )
    for order, (kind, text) in enumerate(lines):
        tx.put(Entry(id=f"e{order}-{person}", meeting=meeting.id, kind=kind, text=text, order=order))
    return meeting


def lead(tx: Transaction, state: LeadState = LeadState.CAPTURED, **more: object) -> Lead:
    """Maria's lead to Jonas Weber."""
    fields: dict[str, object] = {
        "id": "lead",
        "giver": "maria",
        "kind": LeadKind.PERSON,
        "text": "Jonas Weber at Spotify",
        "name": "Jonas Weber",
        "company": "Spotify",
        "state": state,
        **more,
    }
    return tx.put(Lead(**fields))  # type: ignore[arg-type]


def planned(tx: Transaction, days: int = 1, **more: object) -> Meeting:
    """A meeting some days from now, at 15:00 in Berlin."""
    fields: dict[str, object] = {
        "id": "m",
        "person": "maria",
        "starts": datetime(2026, 11, 23, 15, 0) + timedelta(days=days),  # noqa: DTZ001
        "zone": "Europe/Berlin",
        **more,
    }
    return tx.put(Meeting(**fields))  # type: ignore[arg-type]


# -- asking --------------------------------------------------------------------------------------------


@case()
def outreach_introduced(tx: Transaction) -> FollowUp:
    priya(tx)
    maria(tx, introduced_by="priya", source=Source.REFERRAL)
    return owed(FollowUpKind.OUTREACH)


@case()
def outreach_name_not_to_be_used(tx: Transaction) -> FollowUp:
    priya(tx)
    maria(tx, introduced_by="priya", source=Source.REFERRAL)
    tx.put(
        Lead(id="l", giver="priya", text="Maria Chen", name="Maria Chen", person="maria", may_use_name=False)
    )
    return owed(FollowUpKind.OUTREACH)


@case(Channel.LINKEDIN_NOTE)
def outreach_note_introduced(tx: Transaction) -> FollowUp:
    priya(tx)
    maria(tx, introduced_by="priya", emails=(), linkedin="https://www.linkedin.com/in/mariachen")
    return owed(FollowUpKind.OUTREACH)


@case(Channel.LINKEDIN_NOTE, premium=True)
def outreach_note_premium(tx: Transaction) -> FollowUp:
    priya(tx)
    maria(tx, introduced_by="priya")
    return owed(FollowUpKind.OUTREACH)


@case()
def outreach_connected_for_years(tx: Transaction) -> FollowUp:
    maria(tx, connected_on=date(2019, 3, 12), emails=())
    return owed(FollowUpKind.OUTREACH)


@case()
def outreach_alumni(tx: Transaction) -> FollowUp:
    maria(tx, source=Source.ALUMNI)
    return owed(FollowUpKind.OUTREACH)


@case()
def outreach_through_a_group(tx: Transaction) -> FollowUp:
    tx.put(Person(id="rice", kind=Kind.GROUP, name="Rice Alumni Berlin"))
    maria(tx, source=Source.ALUMNI, introduced_by="rice")
    return owed(FollowUpKind.OUTREACH)


@case(field="", me="")
def outreach_nothing_known(tx: Transaction) -> FollowUp:
    tx.put(Person(id="maria", name="Sam", source=Source.COLD))
    return owed(FollowUpKind.OUTREACH)


@case(Channel.TEXT)
def outreach_text_after_an_event(tx: Transaction) -> FollowUp:
    maria(tx, source=Source.EVENT, phones=("+49 30 1234",))
    return owed(FollowUpKind.OUTREACH)


@case()
def outreach_to_a_group(tx: Transaction) -> FollowUp:
    tx.put(
        Person(
            id="maria",
            kind=Kind.GROUP,
            name="Berlin Design Guild",
            source=Source.ASSOCIATION,
            emails=("hi@x.example",),
        )
    )
    return owed(FollowUpKind.OUTREACH)


@case()
def outreach_again_after_not_now(tx: Transaction) -> FollowUp:
    maria(tx)
    touch(tx, TouchKind.OUTREACH, 95)
    touch(tx, TouchKind.ANSWER_LATER, 93, direction=Direction.IN)
    return owed(FollowUpKind.OUTREACH, occasion=Occasion.AGAIN)


@case()
def nudge_first(tx: Transaction) -> FollowUp:
    maria(tx)
    touch(tx, TouchKind.OUTREACH, 11, subject="A question about your path")
    return owed(FollowUpKind.NUDGE, number=1)


@case()
def nudge_last(tx: Transaction) -> FollowUp:
    maria(tx)
    touch(tx, TouchKind.OUTREACH, 22, subject="A question about your path")
    touch(tx, TouchKind.NUDGE, 11, subject="Re: A question about your path")
    return owed(FollowUpKind.NUDGE, number=2)


@case(Channel.TEXT)
def nudge_by_text(tx: Transaction) -> FollowUp:
    maria(tx)
    touch(tx, TouchKind.OUTREACH, 11)
    return owed(FollowUpKind.NUDGE, number=1)


@case()
def nudge_about_an_introduction(tx: Transaction) -> FollowUp:
    priya(tx)
    maria(tx)
    tx.put(
        Touch(
            id="t", person="priya", kind=TouchKind.INTRO_REQUEST, at=NOW - timedelta(days=10), about="maria"
        )
    )
    return owed(FollowUpKind.NUDGE, person="priya", occasion=Occasion.INTRODUCTION, about="maria", number=1)


@case()
def nudge_whom_do_you_know(tx: Transaction) -> FollowUp:
    priya(tx)
    touch(tx, TouchKind.INTRO_REQUEST, 10, "priya", subject="Whom do you know in product design?")
    return owed(FollowUpKind.NUDGE, person="priya", occasion=Occasion.WHOM, number=1)


@case()
def introduction_request(tx: Transaction) -> FollowUp:
    priya(tx)
    maria(tx)
    return owed(FollowUpKind.OUTREACH, person="priya", occasion=Occasion.INTRODUCTION, about="maria")


@case()
def whom_do_you_know(tx: Transaction) -> FollowUp:
    tx.put(Person(id="priya", name="Priya Nair", connected_on=date(2015, 1, 2), company="Shopify"))
    return owed(FollowUpKind.OUTREACH, person="priya", occasion=Occasion.WHOM)


@case()
def time_to_find_after_a_yes(tx: Transaction) -> FollowUp:
    maria(tx)
    touch(tx, TouchKind.ANSWER_YES, 1, direction=Direction.IN)
    return owed(FollowUpKind.CUSTOM, occasion=Occasion.SCHEDULE)


@case()
def new_time_after_a_miss(tx: Transaction) -> FollowUp:
    maria(tx)
    meeting = tx.put(
        Meeting(
            id="m",
            person="maria",
            starts=datetime(2026, 11, 22, 15, 0),  # noqa: DTZ001
            zone="Europe/Berlin",
            status=MeetingStatus.NO_SHOW,
        )
    )
    return owed(FollowUpKind.CUSTOM, occasion=Occasion.NEW_TIME, meeting=meeting.id)


@case()
def reply(tx: Transaction) -> FollowUp:
    maria(tx)
    touch(tx, TouchKind.OUTREACH, 3, subject="A question about your path")
    return owed(FollowUpKind.CUSTOM, occasion=Occasion.REPLY)


# -- before and after the meeting ----------------------------------------------------------------------


@case()
def confirm_video(tx: Transaction) -> FollowUp:
    maria(tx)
    planned(tx, place="https://meet.example/abc")
    return owed(FollowUpKind.CONFIRM, meeting="m")


@case()
def confirm_across_zones(tx: Transaction) -> FollowUp:
    maria(tx, zone="America/Los_Angeles")
    planned(tx, medium=Medium.PHONE, place="+1 415 555 0100")
    return owed(FollowUpKind.CONFIRM, meeting="m")


@case()
def confirm_in_person(tx: Transaction) -> FollowUp:
    maria(tx)
    planned(tx, 3, medium=Medium.IN_PERSON, place="Café Einstein, Kurfürstenstraße 58")
    return owed(FollowUpKind.CONFIRM, meeting="m")


@case(Channel.TEXT)
def confirm_text_without_link(tx: Transaction) -> FollowUp:
    maria(tx)
    planned(tx)
    return owed(FollowUpKind.CONFIRM, meeting="m")


@case()
def thank_you_quote_and_lead(tx: Transaction) -> FollowUp:
    maria(tx)
    met(tx, (EntryKind.NOTE, "Team of nine"), (EntryKind.QUOTE, "Show shipped work, not case studies."))
    lead(tx, meeting="m-maria")
    return owed(FollowUpKind.THANK_YOU, meeting="m-maria")


@case()
def thank_you_advice_yesterday(tx: Transaction) -> FollowUp:
    maria(tx)
    met(tx, (EntryKind.ADVICE, "Learn how engineers review a change"), days=1)
    return owed(FollowUpKind.THANK_YOU, meeting="m-maria")


@case()
def thank_you_promise(tx: Transaction) -> FollowUp:
    maria(tx)
    met(
        tx,
        (EntryKind.ANSWER, "By joining as an intern in 2012"),
        (EntryKind.PROMISE, "send the talk on tokens"),
    )
    return owed(FollowUpKind.THANK_YOU, meeting="m-maria")


@case()
def thank_you_nothing_noted(tx: Transaction) -> FollowUp:
    maria(tx)
    met(tx, days=5)
    return owed(FollowUpKind.THANK_YOU, meeting="m-maria")


@case(Channel.TEXT)
def thank_you_text(tx: Transaction) -> FollowUp:
    maria(tx)
    met(tx, (EntryKind.QUOTE, "Ship small"))
    lead(tx, meeting="m-maria")
    return owed(FollowUpKind.THANK_YOU, meeting="m-maria")


@case()
def thank_you_for_a_no(tx: Transaction) -> FollowUp:
    maria(tx)
    touch(tx, TouchKind.ANSWER_NO, 0, direction=Direction.IN)
    return owed(FollowUpKind.THANK_YOU, occasion=Occasion.NO)


@case()
def thank_you_for_not_now(tx: Transaction) -> FollowUp:
    maria(tx, look_again_on=date(2027, 2, 1))
    return owed(FollowUpKind.THANK_YOU, occasion=Occasion.NOT_NOW)


@case()
def thank_you_for_a_name(tx: Transaction) -> FollowUp:
    maria(tx)
    lead(tx)
    return owed(FollowUpKind.THANK_YOU, occasion=Occasion.REFERRAL)


@case()
def thank_you_to_the_introducer(tx: Transaction) -> FollowUp:
    priya(tx)
    maria(tx, introduced_by="priya", stage=Stage.MET)
    met(tx, (EntryKind.QUOTE, "Show shipped work"))
    return owed(FollowUpKind.THANK_YOU, person="priya", occasion=Occasion.INTRODUCER, about="maria")


@case()
def landed(tx: Transaction) -> FollowUp:
    maria(tx)
    touch(tx, TouchKind.ANSWER_REFERRED, 40, direction=Direction.IN)
    return owed(FollowUpKind.THANK_YOU, occasion=Occasion.LANDED, words=helpers(tx)[0].gave)


@case(new_role="product designer at Stripe")
def landed_with_all_that_they_gave(tx: Transaction) -> FollowUp:
    maria(tx)
    met(tx, days=60)
    lead(tx)
    tx.put(Advice(id="a", giver="maria", text="Show shipped work, not case studies."))
    return owed(FollowUpKind.THANK_YOU, occasion=Occasion.LANDED, words=helpers(tx)[0].gave)


@case()
def connect_after_meeting(tx: Transaction) -> FollowUp:
    maria(tx)
    met(tx, (EntryKind.QUOTE, "Show shipped work"))
    return owed(FollowUpKind.CONNECT, meeting="m-maria")


@case()
def connect_without_meeting(tx: Transaction) -> FollowUp:
    maria(tx)
    return owed(FollowUpKind.CONNECT)


# -- leads, advice, keeping in touch -------------------------------------------------------------------


@case()
def lead_may_use_name(tx: Transaction) -> FollowUp:
    maria(tx)
    lead(tx, may_use_name=True)
    return owed(FollowUpKind.LEAD, lead="lead")


@case(Channel.LINKEDIN_NOTE)
def lead_may_not_use_name(tx: Transaction) -> FollowUp:
    maria(tx)
    lead(tx)
    return owed(FollowUpKind.LEAD, lead="lead")


@case()
def report_back_acted_on(tx: Transaction) -> FollowUp:
    maria(tx)
    lead(tx, LeadState.ACTED_ON, acted_on=date(2026, 11, 19))
    return owed(FollowUpKind.REPORT_BACK, lead="lead")


@case()
def report_back_outcome(tx: Transaction) -> FollowUp:
    maria(tx)
    lead(tx, LeadState.OUTCOME, outcome="we talk on Thursday")
    return owed(FollowUpKind.REPORT_BACK, lead="lead")


@case()
def report_back_nothing_came_of_a_book(tx: Transaction) -> FollowUp:
    maria(tx)
    lead(
        tx,
        LeadState.OUTCOME,
        kind=LeadKind.RESOURCE,
        text="the book Org Design for Design Orgs",
        name="",
        company="",
        outcome="it is out of print; I am looking for a copy",
    )
    return owed(FollowUpKind.REPORT_BACK, lead="lead")


@case()
def report_back_to_the_introducer(tx: Transaction) -> FollowUp:
    priya(tx)
    maria(tx, introduced_by="priya", stage=Stage.SCHEDULED)
    planned(tx, 2)
    return owed(FollowUpKind.REPORT_BACK, person="priya", occasion=Occasion.INTRODUCER, about="maria")


@case()
def report_back_to_the_introducer_of_a_no(tx: Transaction) -> FollowUp:
    priya(tx)
    maria(tx, introduced_by="priya", stage=Stage.PARKED)
    touch(tx, TouchKind.ANSWER_NO, 0, direction=Direction.IN)
    return owed(FollowUpKind.REPORT_BACK, person="priya", occasion=Occasion.INTRODUCER, about="maria")


@case()
def progress_with_advice_used(tx: Transaction) -> FollowUp:
    maria(tx)
    met(tx, days=7)
    tx.put(
        Advice(
            id="a",
            giver="maria",
            text="Show shipped work, not case studies.",
            did="rebuilt my portfolio around two shipped features",
            state=AdviceState.USED,
        )
    )
    lead(tx, LeadState.ACTED_ON)
    return owed(FollowUpKind.PROGRESS, meeting="m-maria")


@case()
def progress_nothing_done_yet(tx: Transaction) -> FollowUp:
    maria(tx)
    met(tx, days=7)
    return owed(FollowUpKind.PROGRESS, meeting="m-maria")


@case()
def check_in_with_advice(tx: Transaction) -> FollowUp:
    maria(tx)
    touch(tx, TouchKind.THANK_YOU, 35)
    tx.put(Advice(id="a", giver="maria", text="Learn how engineers review", state=AdviceState.OPEN))
    return owed(FollowUpKind.CHECK_IN)


@case(signature="Alex Doe\nalex@doe.example\n+49 30 1234")
def check_in_plain(tx: Transaction) -> FollowUp:
    maria(tx)
    touch(tx, TouchKind.MESSAGE, 92)
    return owed(FollowUpKind.CHECK_IN)


@case()
def promise(tx: Transaction) -> FollowUp:
    maria(tx)
    met(tx, (EntryKind.PROMISE, "send the talk on tokens"), days=2)
    return owed(
        FollowUpKind.CUSTOM, occasion=Occasion.PROMISE, words="send the talk on tokens", meeting="m-maria"
    )


@case()
def promise_noted_as_a_thing(tx: Transaction) -> FollowUp:
    maria(tx)
    met(tx, (EntryKind.PROMISE, "the talk on tokens"), days=2)
    return owed(FollowUpKind.CUSTOM, occasion=Occasion.PROMISE, words="the talk on tokens", meeting="m-maria")


@case()
def custom_words(tx: Transaction) -> FollowUp:
    maria(tx)
    return owed(FollowUpKind.CUSTOM, words="the meet-up in January")


@case()
def hostile_name(tx: Transaction) -> FollowUp:
    maria(tx, name="{{7*7}} \x1b]52;c;aGk=\x07[/]", company="=cmd|' /C calc'!A0", title="<b>")
    touch(tx, TouchKind.OUTREACH, 11, subject="Hi\r\nBcc: all@x.example")
    return owed(FollowUpKind.NUDGE, number=1)

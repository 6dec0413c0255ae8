"""What the demo's conversations brought: lines, leads and advice in every state, and what is owed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING

from data.clock import today
from data.followups.occasions import Occasion
from data.records import (
    Advice,
    AdviceState,
    Entry,
    EntryKind,
    FollowUp,
    FollowUpKind,
    FollowUpState,
    Lead,
    LeadKind,
    LeadState,
    Meeting,
    Record,
)

from .meetings import PAST, Talk

if TYPE_CHECKING:
    from data.clock import Clock

_KINDS = {
    "": EntryKind.NOTE,
    "!": EntryKind.LEAD,
    "*": EntryKind.ADVICE,
    '"': EntryKind.QUOTE,
    "@": EntryKind.PROMISE,
    "?": EntryKind.ANSWER,
}


def _id(key: str) -> str:
    return blake2b(key.encode(), digest_size=8).hexdigest()


def _weekday(day: date) -> date:
    """`day`, or the Monday after it."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def entries_of(talk: Talk, meeting: Meeting) -> list[Entry]:
    """The timeline of one conversation; answers belong to its questions in turn."""
    if meeting.started is None:
        return []
    entries = []
    answered = 0
    for order, (second, sign, text) in enumerate(talk.lines):
        question = ""
        if sign == "?" and meeting.questions:
            question = meeting.questions[answered].id
            answered += 1
        entries.append(
            Entry(
                id=_id(f"{talk.key}-{order}"),
                meeting=meeting.id,
                kind=_KINDS[sign],
                text=text,
                at=meeting.started + timedelta(seconds=second),
                order=order,
                question=question,
            )
        )
    return entries


# Of a lead: the talk and its line, name, company, kind, state, who it became, days to the due date, outcome.
_LEADS: tuple[tuple[str, int, str, str, LeadKind, LeadState, str, int, str], ...] = (
    (
        "hannah1",
        4,
        "Marek Zieliński",
        "Polar Labs",
        LeadKind.PERSON,
        LeadState.REPORTED,
        "marek",
        -70,
        "Met him, learnt how a system grows",
    ),
    (
        "hannah1",
        5,
        "Inês Duarte",
        "Cidade Digital",
        LeadKind.PERSON,
        LeadState.REPORTED,
        "ines",
        -70,
        "Met her, in touch since",
    ),
    (
        "priya1",
        3,
        "Kwame Mensah",
        "Harbor Health",
        LeadKind.PERSON,
        LeadState.REPORTED,
        "kwame",
        -62,
        "Met him, he knows everybody",
    ),
    ("priya1", 4, "Sam Okafor", "Ledgerly", LeadKind.PERSON, LeadState.CAPTURED, "sam", 1, ""),
    (
        "priya1",
        5,
        "Maria Chen",
        "Papercrane",
        LeadKind.PERSON,
        LeadState.OUTCOME,
        "maria",
        -60,
        "She said yes, we meet today",
    ),
    ("yuki1", 2, "Mei-Ling Wu", "Tofu Robotics", LeadKind.PERSON, LeadState.CAPTURED, "mei", 3, ""),
    (
        "kwame1",
        3,
        "Tomás Rey",
        "Lumina",
        LeadKind.PERSON,
        LeadState.OUTCOME,
        "tomas",
        -40,
        "Met him, a great talk",
    ),
    ("kwame1", 4, "Daniel Okeke", "Harbor Health", LeadKind.PERSON, LeadState.ACTED_ON, "daniel", -40, ""),
    ("ines1", 2, "Victor Almeida", "Cidade Digital", LeadKind.PERSON, LeadState.CAPTURED, "victor", 5, ""),
    ("marek1", 2, "Noor Al-Amin", "Openway", LeadKind.PERSON, LeadState.CAPTURED, "noor", -2, ""),
    ("aisha1", 3, "Jonas Weber", "Klangwerk", LeadKind.PERSON, LeadState.ACTED_ON, "jonas", -2, ""),
    ("aisha1", 4, "Climate Design Meetup", "", LeadKind.EVENT, LeadState.CAPTURED, "", 9, ""),
    (
        "tomas1",
        4,
        "Lucía Ferrer",
        "Museo Abierto",
        LeadKind.PERSON,
        LeadState.OUTCOME,
        "lucia",
        1,
        "She said yes, we meet next week",
    ),
)

# Of an advice: the talk and its line, its state, what was done with it.
_ADVICE: tuple[tuple[str, int, AdviceState, str], ...] = (
    ("hannah1", 2, AdviceState.TOLD, "Redesigned the parents' evening form, sketches and all"),
    ("priya1", 1, AdviceState.USED, "Rewrote the first line of all three cases"),
    ("yuki1", 1, AdviceState.OPEN, ""),
    ("kwame1", 2, AdviceState.USED, "Signed up for a weekend with a food bank"),
    ("ines1", 1, AdviceState.TOLD, "Read it, and quoted it in the next talk"),
    ("marek1", 1, AdviceState.OPEN, ""),
    ("aisha1", 2, AdviceState.DECLINED, "No time before the spring term"),
    ("tomas1", 2, AdviceState.OPEN, ""),
)


def outcomes(day: date) -> list[Record]:
    """The leads and the advice, around `day`."""
    talks = {talk.key: talk for talk in PAST}
    records: list[Record] = []
    for key, line, name, company, kind, state, person, due, outcome in _LEADS:
        talk = talks[key]
        met = day + timedelta(talk.day)
        text = talk.lines[line][2]
        acted = state is not LeadState.CAPTURED
        came = state in (LeadState.OUTCOME, LeadState.REPORTED)
        records.append(
            Lead(
                id=_id(f"{key}-lead{line}"),
                giver=_id(talk.person),
                kind=kind,
                text=text,
                name=name,
                company=company,
                may_use_name="may use" in text,
                state=state,
                due=day + timedelta(due),
                outcome=outcome,
                person=_id(person) if person else "",
                meeting=_id(key),
                entry=_id(f"{key}-{line}"),
                acted_on=min(met + timedelta(2), day) if acted else None,
                outcome_on=min(met + timedelta(9), day) if came else None,
                reported_on=min(met + timedelta(12), day) if state is LeadState.REPORTED else None,
            )
        )
    for key, line, advice_state, did in _ADVICE:
        talk = talks[key]
        met = day + timedelta(talk.day)
        used = advice_state in (AdviceState.USED, AdviceState.TOLD)
        records.append(
            Advice(
                id=_id(f"{key}-advice{line}"),
                giver=_id(talk.person),
                text=talk.lines[line][2],
                state=advice_state,
                did=did,
                meeting=_id(key),
                entry=_id(f"{key}-{line}"),
                used_on=min(met + timedelta(14), day) if used else None,
                told_on=min(met + timedelta(20), day) if advice_state is AdviceState.TOLD else None,
            )
        )
    return records


# Of a follow-up: person, kind, days to the due date, why, meeting, lead (talk and line), words, about,
# number, occasion.
_Row = tuple[str, FollowUpKind, int, str, str, str, str, str, int, str]
_OWED: tuple[_Row, ...] = (
    (
        "tomas",
        FollowUpKind.THANK_YOU,
        0,
        "You met yesterday; thanks are due within a day.",
        "tomas1",
        "",
        "",
        "",
        0,
        "",
    ),
    (
        "tomas",
        FollowUpKind.CONNECT,
        1,
        "You met yesterday and are not connected yet.",
        "tomas1",
        "",
        "",
        "",
        0,
        "",
    ),
    (
        "tomas",
        FollowUpKind.CUSTOM,
        2,
        "You promised it.",
        "tomas1",
        "",
        "send him the before-and-after of the timetable app",
        "",
        0,
        Occasion.PROMISE,
    ),
    (
        "kwame",
        FollowUpKind.REPORT_BACK,
        -1,
        "He pointed you to Tomás Rey; tell him what came of it.",
        "kwame1",
        "kwame1-lead3",
        "",
        "",
        0,
        "",
    ),
    (
        "priya",
        FollowUpKind.REPORT_BACK,
        0,
        "She pointed you to Maria Chen; tell her what came of it.",
        "priya1",
        "priya1-lead5",
        "",
        "",
        0,
        "",
    ),
    (
        "lena",
        FollowUpKind.NUDGE,
        0,
        "You asked seven business days ago and have heard nothing.",
        "",
        "",
        "",
        "",
        1,
        "",
    ),
    (
        "raj",
        FollowUpKind.NUDGE,
        -3,
        "The first nudge went unanswered for seven business days.",
        "",
        "",
        "",
        "",
        2,
        "",
    ),
    (
        "aisha",
        FollowUpKind.CUSTOM,
        -1,
        "You promised it.",
        "aisha1",
        "",
        "send her the article about school kitchens",
        "",
        0,
        Occasion.PROMISE,
    ),
    (
        "noor",
        FollowUpKind.OUTREACH,
        -2,
        "Marek Zieliński pointed you to her.",
        "marek1",
        "marek1-lead2",
        "",
        "marek",
        0,
        "",
    ),
    ("omar", FollowUpKind.CONFIRM, 0, "You meet tomorrow.", "omar1", "", "", "", 0, ""),
    (
        "sam",
        FollowUpKind.OUTREACH,
        1,
        "Priya Nair pointed you to him.",
        "priya1",
        "priya1-lead4",
        "",
        "priya",
        0,
        "",
    ),
    ("sofia", FollowUpKind.NUDGE, 2, "You asked and have heard nothing.", "", "", "", "", 1, ""),
    (
        "aisha",
        FollowUpKind.PROGRESS,
        3,
        "A week after you met: tell her what you did since.",
        "aisha1",
        "",
        "",
        "",
        0,
        "",
    ),
    (
        "mei",
        FollowUpKind.OUTREACH,
        3,
        "Yuki Tanabe pointed you to her.",
        "yuki1",
        "yuki1-lead2",
        "",
        "yuki",
        0,
        "",
    ),
    (
        "marek",
        FollowUpKind.CUSTOM,
        4,
        "You promised it.",
        "marek1",
        "",
        "tell him which component I picked",
        "",
        0,
        Occasion.PROMISE,
    ),
    (
        "victor",
        FollowUpKind.OUTREACH,
        5,
        "Inês Duarte pointed you to him.",
        "ines1",
        "ines1-lead2",
        "",
        "ines",
        0,
        "",
    ),
    ("jonas", FollowUpKind.NUDGE, 6, "You asked and have heard nothing.", "", "", "", "", 1, ""),
    ("hannah", FollowUpKind.CHECK_IN, 12, "Three months since you last spoke.", "hannah1", "", "", "", 0, ""),
    ("yuki", FollowUpKind.CHECK_IN, 60, "Six months since you last spoke.", "yuki1", "", "", "", 0, ""),
    ("ines", FollowUpKind.CHECK_IN, 75, "Six months since you last spoke.", "ines1", "", "", "", 0, ""),
)


def followups(clock: Clock) -> list[FollowUp]:
    """What is owed: overdue, today, this week and later; and thanks long since said."""
    from data.zones import instant

    day = today(clock)
    created = instant(datetime.combine(day - timedelta(days=1), time(18)), clock.zone().key)
    found = [
        FollowUp(
            id=_id(f"followup{number}"),
            person=_id(person),
            kind=kind,
            due=_weekday(day + timedelta(due)) if due > 0 else day + timedelta(due),
            why=why,
            meeting=_id(meeting) if meeting else "",
            lead=_id(lead) if lead else "",
            words=words,
            about=_id(about) if about else "",
            number=count,
            occasion=occasion,
            created=created,
        )
        for number, (person, kind, due, why, meeting, lead, words, about, count, occasion) in enumerate(_OWED)
    ]
    for talk in PAST[:-1]:
        met = day + timedelta(talk.day)
        found.append(
            FollowUp(
                id=_id(f"{talk.key}-thanks"),
                person=_id(talk.person),
                kind=FollowUpKind.THANK_YOU,
                due=met + timedelta(days=1),
                state=FollowUpState.DONE,
                why="You met; thanks are due within a day.",
                meeting=_id(talk.key),
                created=instant(datetime.combine(met, time(19)), clock.zone().key),
                closed=instant(datetime.combine(met, time(21)), clock.zone().key),
            )
        )
    return found

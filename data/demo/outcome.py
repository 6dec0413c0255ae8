"""What the demo's conversations brought: lines, leads and advice in every state."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from data.records import (
    Advice,
    AdviceState,
    Entry,
    EntryKind,
    Lead,
    LeadKind,
    LeadState,
    Meeting,
    Record,
)

from .ids import demo_id
from .meetings import PAST, Talk

if TYPE_CHECKING:
    pass

_KINDS = {
    "": EntryKind.NOTE,
    "!": EntryKind.LEAD,
    "*": EntryKind.ADVICE,
    '"': EntryKind.QUOTE,
    "@": EntryKind.PROMISE,
    "?": EntryKind.ANSWER,
}


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
                id=demo_id(f"{talk.key}-{order}"),
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
                id=demo_id(f"{key}-lead{line}"),
                giver=demo_id(talk.person),
                kind=kind,
                text=text,
                name=name,
                company=company,
                may_use_name="may use" in text,
                state=state,
                due=day + timedelta(due),
                outcome=outcome,
                person=demo_id(person) if person else "",
                meeting=demo_id(key),
                entry=demo_id(f"{key}-{line}"),
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
                id=demo_id(f"{key}-advice{line}"),
                giver=demo_id(talk.person),
                text=talk.lines[line][2],
                state=advice_state,
                did=did,
                meeting=demo_id(key),
                entry=demo_id(f"{key}-{line}"),
                used_on=min(met + timedelta(14), day) if used else None,
                told_on=min(met + timedelta(20), day) if advice_state is AdviceState.TOLD else None,
            )
        )
    return records

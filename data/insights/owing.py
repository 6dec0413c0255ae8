"""What is owed to each giver: leads to act on or to tell of, advice to use or to tell of."""

from __future__ import annotations

from msgspec import Struct

from data.followups.ledger import lead_label
from data.insights.facts import Facts
from data.records import Advice, AdviceState, Lead, LeadState, PersonLine
from data.store import Reader
from data.text import plural

_ORDER = {LeadState.OUTCOME: 0, LeadState.ACTED_ON: 1, LeadState.CAPTURED: 2, LeadState.REPORTED: 3}


class Thing(Struct, frozen=True, kw_only=True):
    """One thing that somebody gave: `sign` is that of a meeting's line, `state` says where it stands.

    `name` is who or what a lead is about, without the words in which it was noted; empty for advice.
    """

    sign: str
    text: str
    name: str = ""
    state: str
    closed: bool


class Giver(Struct, frozen=True, kw_only=True):
    """One giver with what they gave; `open` counts what they have not heard of."""

    person: PersonLine
    things: tuple[Thing, ...]
    open: int

    @property
    def sentence(self) -> str:
        """How it stands, in a few words."""
        if not self.open:
            return "they know of everything"
        return f"{plural(self.open, 'thing')} still open"


_LEADS = {
    LeadState.CAPTURED: "act on it",
    LeadState.ACTED_ON: "acted on",
    LeadState.OUTCOME: "tell them",
    LeadState.REPORTED: "told",
}
_ADVICE = {
    AdviceState.OPEN: "not used yet",
    AdviceState.USED: "used: tell them",
    AdviceState.TOLD: "told",
    AdviceState.DECLINED: "not for me",
}


def owing(reader: Reader, facts: Facts) -> list[Giver]:
    """Everybody who gave a lead or advice, whom most is owed first."""
    leads: dict[str, list[Lead]] = {}
    for lead in facts.leads:
        leads.setdefault(lead.giver, []).append(lead)
    advice: dict[str, list[Advice]] = {}
    for each in reader.all(Advice):
        advice.setdefault(each.giver, []).append(each)
    givers = []
    for id in {*leads, *advice}:
        person = facts.people.get(id)
        if person is None:
            continue
        things = [
            _lead(facts, lead) for lead in sorted(leads.get(id, []), key=lambda each: _ORDER[each.state])
        ]
        things += [_advice(each) for each in advice.get(id, [])]
        open_ = sum(not thing.closed for thing in things)
        givers.append(Giver(person=person, things=tuple(things), open=open_))
    return sorted(givers, key=lambda giver: (-giver.open, giver.person.name))


def _lead(facts: Facts, lead: Lead) -> Thing:
    person = facts.people.get(lead.person) if lead.person else None
    text = lead_label(lead, person)
    return Thing(
        sign="!",
        text=text,
        name=text if person is not None or lead.name or lead.company else "",
        state=_LEADS[lead.state],
        closed=lead.state is LeadState.REPORTED,
    )


def _advice(advice: Advice) -> Thing:
    closed = advice.state in (AdviceState.TOLD, AdviceState.DECLINED)
    return Thing(sign="*", text=advice.text, state=_ADVICE[advice.state], closed=closed)

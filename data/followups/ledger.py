"""What everybody gave, and what they have been told of it: counted from leads alone."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from data.followups.occasions import Occasion
from data.records import (
    AdviceState,
    FollowUp,
    FollowUpKind,
    Lead,
    LeadKind,
    LeadState,
    Person,
    PersonLine,
)
from data.store import Reader
from data.text import plural

_NEWS = (LeadState.ACTED_ON, LeadState.OUTCOME)


class Owed(Struct, frozen=True, kw_only=True):
    """Leads that one person gave: `given` in all, `owed` not closed (the giver hasn't heard the outcome),
    of which `news` were acted on, so that there is something to tell."""

    giver: str
    given: int = 0
    owed: int = 0
    news: int = 0

    def sentence(self, name: str) -> str:
        """What is owed, in a sentence: "You owe Priya news on 2 of 3 leads"; "" where nothing is."""
        if not self.owed:
            return ""
        if self.owed == self.given:
            return f"You owe {name} news on {plural(self.owed, 'lead')}"
        return f"You owe {name} news on {self.owed} of {plural(self.given, 'lead')}"


def owed_to(reader: Reader, giver: str) -> Owed:
    """What is owed to one person for their leads."""
    return count(giver, reader.where(Lead, giver=giver))


def owed(reader: Reader) -> dict[str, Owed]:
    """What is owed to each giver of leads by their id, also where they are gone: nobody asks for those."""
    by_giver: dict[str, list[Lead]] = {}
    for lead in reader.all(Lead):
        by_giver.setdefault(lead.giver, []).append(lead)
    return {giver: count(giver, leads) for giver, leads in by_giver.items()}


def count(giver: str, leads: Iterable[Lead]) -> Owed:
    """Count one giver's leads."""
    states = [lead.state for lead in leads]
    return Owed(
        giver=giver,
        given=len(states),
        owed=sum(state is not LeadState.REPORTED for state in states),
        news=sum(state in _NEWS for state in states),
    )


def leads_given(reader: Reader, giver: str) -> list[Lead]:
    """The leads of one person: those not closed first, then by the day they were caught."""
    leads = reader.where(Lead, giver=giver)
    return sorted(leads, key=lambda lead: lead.state is LeadState.REPORTED)


def led_to(reader: Reader, person: str) -> list[Person]:
    """The people that one person led to: introduced, or named in a lead; oldest first, no tombstones."""
    found = {each.id: each for each in reader.where(Person, introduced_by=person)}
    for lead in reader.where(Lead, giver=person):
        became = reader.get(Person, lead.person) if lead.person else None
        if became is not None:
            found.setdefault(became.id, became)
    return [each for each in found.values() if each.alive and each.id != person]


def lead_label(lead: Lead, person: Person | PersonLine | None = None) -> str:
    """What a lead points to, as short as it can be said: `Jonas Weber`, `Spotify`, else its text."""
    if person is not None and person.name:
        return person.name
    if lead.kind is LeadKind.PERSON:
        return lead.name or lead.company or lead.text
    if lead.kind is LeadKind.COMPANY:
        return lead.company or lead.name or lead.text
    return lead.name or lead.text


def lead_of(reader: Reader, followup: FollowUp) -> str:
    """What the lead points to that a follow-up is to act on, or to see the outcome of; "" for any other."""
    if followup.kind is not FollowUpKind.LEAD and followup.occasion != Occasion.OUTCOME:
        return ""
    lead = reader.get(Lead, followup.lead) if followup.lead else None
    if lead is None:
        return ""
    return lead_label(lead, reader.get(Person, lead.person) if lead.person else None)


STATES: dict[LeadState, str] = {
    LeadState.CAPTURED: "to act on",
    LeadState.ACTED_ON: "acted on",
    LeadState.OUTCOME: "outcome, to be told",
    LeadState.REPORTED: "closed: they know",
}
"""What a lead's state is called."""

ADVICE_STATES: dict[AdviceState, str] = {
    AdviceState.OPEN: "open",
    AdviceState.USED: "used, to be told",
    AdviceState.TOLD: "used; they know",
    AdviceState.DECLINED: "not for me",
}
"""What the state of a piece of advice is called."""

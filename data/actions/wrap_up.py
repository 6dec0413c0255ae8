"""After a meeting: what was caught becomes what is owed, and the conversation is closed."""

from __future__ import annotations

from collections.abc import Collection

from msgspec.structs import replace

from data.actions.leads import make_person
from data.actions.meetings import name_of
from data.clock import Clock
from data.errors import UserError
from data.followups import engine
from data.followups.engine import Act, Proposal
from data.followups.events import Met
from data.meetings.times import starts_at
from data.records import (
    FollowUp,
    FollowUpKind,
    FollowUpState,
    Lead,
    LeadKind,
    Meeting,
    MeetingStatus,
    Person,
)
from data.store import Reader, Store


def proposals(reader: Reader, clock: Clock, meeting: Meeting) -> list[Proposal]:
    """What wrapping up would book; to be accepted, changed or crossed out, and handed to `wrap_up`."""
    return [each for each in engine.propose(reader, _met(meeting, clock), clock) if each.act is Act.BOOK]


def wrap_up(
    store: Store,
    clock: Clock,
    meeting_id: str,
    accept: Collection[Proposal] | None = None,
    *,
    thanked: bool | None = None,
) -> Meeting:
    """Close a meeting: book what is accepted (None: all), and remember whether the user thanked them.

    Leads get the day on which they are to be acted on. Raises UserError for one that didn't take place.
    """
    with store.transaction("Wrapped up a meeting") as tx:
        meeting = tx.get(Meeting, meeting_id)
        if meeting is None or meeting.status is not MeetingStatus.ENDED:
            raise UserError("Only a meeting that took place can be wrapped up.")
        tx.title = f"Wrapped up the meeting with {name_of(tx, meeting)}"
        wrapped = tx.put(replace(meeting, wrapped=clock.now(), thanked=thanked))
        engine.apply(tx, _met(wrapped, clock), clock, accept)
        for owed in tx.where(FollowUp, meeting=wrapped.id):
            lead = tx.get(Lead, owed.lead) if owed.kind is FollowUpKind.LEAD and owed.lead else None
            if lead is not None and lead.due is None and owed.state is FollowUpState.OPEN:
                tx.put(replace(lead, due=owed.due))
        return wrapped


def unwrapped(reader: Reader) -> list[Meeting]:
    """The meetings that took place and are not wrapped up, the latest first."""
    found = [each for each in reader.all(Meeting) if each.status is MeetingStatus.ENDED and not each.wrapped]
    return sorted(found, key=lambda each: each.ended or starts_at(each), reverse=True)


def lead_to_person(store: Store, clock: Clock, lead_id: str) -> Person:
    """Make the person that a lead names a contact, to be asked, introduced by the giver."""
    lead = store.get(Lead, lead_id)
    if lead is None:
        raise UserError("This lead is no longer there.")
    if lead.kind is not LeadKind.PERSON or not lead.name:
        raise UserError("This lead names nobody: change its line to begin with the name.")
    return make_person(store, clock, lead)


def _met(meeting: Meeting, clock: Clock) -> Met:
    return Met(person=meeting.person, at=meeting.ended or clock.now(), meeting=meeting.id)

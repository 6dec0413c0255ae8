"""Where the facts of one message come from: the records around a follow-up, each read once."""

from __future__ import annotations

from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from data.messages.naming import clean, words_said
from data.records import (
    Advice,
    Channel,
    Entry,
    FollowUp,
    FollowUpKind,
    Lead,
    Meeting,
    MeetingStatus,
    Person,
    Touch,
)
from data.zones import instant, zone_info

if TYPE_CHECKING:
    from data.clock import Clock
    from data.store import Reader

_HELD = (MeetingStatus.ENDED, MeetingStatus.RUNNING)


class Situation:
    """Everything around one follow-up that its message may speak of. Reads only, and only once each."""

    def __init__(
        self,
        reader: Reader,
        clock: Clock,
        followup: FollowUp,
        person: Person | None,
        lead: Lead | None,
        channel: Channel,
    ) -> None:
        """`person` is whom the message goes to; for a lead's first message, `lead` may be all there is."""
        self.reader = reader
        self.followup = followup
        self.person = person
        self.channel = channel
        self.zone = clock.zone()
        self.now = clock.now()
        self.today: date = self.now.astimezone(self.zone).date()
        self.lead = lead if lead is not None else reader.get(Lead, followup.lead) if followup.lead else None

    @cached_property
    def to_name(self) -> str:
        """The full name of whom it goes to."""
        if self.person is not None:
            return self.person.name
        return self.lead.name if self.lead is not None else ""

    @cached_property
    def field(self) -> str:
        """The user's target field."""
        return clean(self.reader.profile.target_field, 80)

    @cached_property
    def their_zone(self) -> ZoneInfo:
        """The zone of whom it goes to, where known; else the one in which the meeting was arranged, which
        both have in mind, also when the user has travelled since; else the user's own."""
        if self.person is not None and self.person.zone:
            return zone_info(self.person.zone, self.zone)
        return zone_info(self.meeting.zone, self.zone) if self.meeting is not None else self.zone

    @property
    def today_there(self) -> date:
        """The date where they are."""
        return self.now.astimezone(self.their_zone).date()

    def day_there(self, moment: datetime) -> date:
        """The date that an instant has where they are."""
        return moment.astimezone(self.their_zone).date()

    # -- people --------------------------------------------------------------------------------------

    @cached_property
    def may_name(self) -> bool:
        """Whether whoever led to this person may be named: not, if a lead of theirs says that it isn't
        allowed. Where no lead tells, an introduction is one."""
        leads = self._leads_to
        return any(lead.may_use_name for lead in leads) if leads else True

    @cached_property
    def _leads_to(self) -> list[Lead]:
        if self.person is None:
            return [self.lead] if self.lead is not None else []
        found = self.reader.where(Lead, person=self.person.id)
        return [each for each in found if each.giver == self.person.introduced_by] or found

    @cached_property
    def introducer(self) -> Person | None:
        """Whoever led to this person, if they may be named."""
        ids = [self.person.introduced_by] if self.person is not None else []
        if self.followup.kind is FollowUpKind.LEAD and self.lead is not None:
            ids.append(self.lead.giver)
        for id in ids:
            found = self.reader.get(Person, id) if id else None
            if found is not None and found.alive:
                return found if self.may_name else None
        return None

    @cached_property
    def about(self) -> Person | None:
        """The other person that it concerns."""
        return self.reader.get(Person, self.followup.about) if self.followup.about else None

    # -- what happened -------------------------------------------------------------------------------

    @cached_property
    def touches(self) -> list[Touch]:
        """The contacts with whom it goes to, oldest first."""
        return self.touches_of(self.person.id) if self.person is not None else []

    def touches_of(self, person: str) -> list[Touch]:
        """The contacts with a person, oldest first."""
        return sorted(self.reader.where(Touch, person=person), key=lambda touch: touch.at)

    @cached_property
    def meeting(self) -> Meeting | None:
        """The meeting that it comes from; else the last one held with whom it is about or goes to."""
        if self.followup.meeting:
            return self.reader.get(Meeting, self.followup.meeting)
        for entry in [self.reader.get(Entry, self.followup.entry)] if self.followup.entry else []:
            if entry is not None:
                return self.reader.get(Meeting, entry.meeting)
        for id in (self.followup.about, self.person.id if self.person is not None else ""):
            held = (
                [each for each in self.reader.where(Meeting, person=id) if each.status in _HELD] if id else []
            )
            if held:
                return max(held, key=self.start_of)
        return None

    def start_of(self, meeting: Meeting) -> datetime:
        """The instant at which a meeting began, or is to begin."""
        return meeting.started or instant(meeting.starts, meeting.zone, self.zone)

    @property
    def starts(self) -> datetime:
        """When the meeting is or was."""
        if self.meeting is None:
            raise LookupError("there is no meeting")
        return self.start_of(self.meeting)

    @cached_property
    def lines(self) -> list[Entry]:
        """The lines of the meeting, in order."""
        if self.meeting is None:
            return []
        return sorted(self.reader.where(Entry, meeting=self.meeting.id), key=lambda line: line.order)

    def met(self, person: str) -> bool:
        """Whether there was a meeting with them."""
        return any(each.status is MeetingStatus.ENDED for each in self.reader.where(Meeting, person=person))

    def coming(self, person: str) -> datetime | None:
        """When the next meeting with them is."""
        planned = (
            self.start_of(each)
            for each in self.reader.where(Meeting, person=person)
            if each.status is MeetingStatus.PLANNED
        )
        return min((moment for moment in planned if moment > self.now), default=None)

    # -- leads and advice ----------------------------------------------------------------------------

    @cached_property
    def given(self) -> list[Lead]:
        """The leads that whom it goes to has given."""
        return self.reader.where(Lead, giver=self.person.id) if self.person is not None else []

    @cached_property
    def advice(self) -> list[Advice]:
        """The advice of whom it goes to."""
        return self.reader.where(Advice, giver=self.person.id) if self.person is not None else []

    def lead_name(self, lead: Lead) -> str:
        """What a lead is called: the name where there is one, else its words in quotation marks."""
        became = self.reader.get(Person, lead.person) if lead.person else None
        if became is not None:
            return clean(became.name, 80)
        return clean(lead.name, 80) or f"“{words_said(lead.text, 80) or clean(lead.text, 80)}”"

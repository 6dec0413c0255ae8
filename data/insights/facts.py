"""What happened with each person, read once for all insights."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from data.clock import local_now
from data.meetings.times import starts_at
from data.records import (
    Direction,
    Kind,
    Lead,
    LeadState,
    Meeting,
    MeetingStatus,
    PersonLine,
    Source,
    Touch,
    TouchKind,
)

if TYPE_CHECKING:
    from data.clock import Clock
    from data.insights.asking import Suggested
    from data.store import Reader

ANSWERS = frozenset(
    {TouchKind.ANSWER_YES, TouchKind.ANSWER_NO, TouchKind.ANSWER_LATER, TouchKind.ANSWER_REFERRED}
)


class Road(Struct, kw_only=True):
    """How far it went with one person: the day of each step, None if it was not taken."""

    person: PersonLine
    asked: date | None = None
    answered: date | None = None
    met: date | None = None
    leads: int = 0
    acted_on: int = 0
    reported: int = 0


class Facts:
    """The roads of all people, and the days of what was sent and held; groups don't count."""

    def __init__(self, reader: Reader, clock: Clock) -> None:
        zone = self.zone = clock.zone()
        self.today: date = local_now(clock).date()
        self.people = {line.id: line for line in reader.people()}
        self.roads: dict[str, Road] = {}
        self.sent: list[date] = []
        self.held: list[date] = []
        self.leads = reader.all(Lead)
        self.next: list[Suggested] | None = None
        """Whom to ask next (`data.insights.asking`); None as long as nobody has looked."""
        touches = sorted(reader.all(Touch), key=lambda touch: touch.at)
        for touch in touches:
            day = touch.at.astimezone(zone).date()
            if touch.direction is Direction.OUT and touch.kind is not TouchKind.MEETING:
                self.sent.append(day)
            if (road := self._road(touch.person)) is not None:
                _step(road, touch, day)
        for meeting in reader.all(Meeting):
            if meeting.status is not MeetingStatus.ENDED:
                continue
            day = (meeting.started or starts_at(meeting)).astimezone(zone).date()
            self.held.append(day)
            if (road := self._road(meeting.person)) is not None:
                road.met = min(road.met or day, day)
        for lead in self.leads:
            if (road := self._road(lead.giver)) is not None:
                road.leads += 1
                road.acted_on += lead.state is not LeadState.CAPTURED
                road.reported += lead.state is LeadState.REPORTED
        for road in self.roads.values():
            # Who was met has answered; who answered a message that was not noted down was asked.
            road.answered = road.answered or (road.met if road.asked else None)

    def _road(self, id: str) -> Road | None:
        if id in self.roads:
            return self.roads[id]
        line = self.people.get(id)
        if line is None or line.kind is not Kind.PERSON:
            return None
        return self.roads.setdefault(id, Road(person=line))


def _step(road: Road, touch: Touch, day: date) -> None:
    if touch.kind is TouchKind.OUTREACH and touch.direction is Direction.OUT:
        road.asked = road.asked or day
    elif touch.kind in ANSWERS or (touch.direction is Direction.IN and road.asked):
        road.asked = road.asked or day
        road.answered = road.answered or day
    elif touch.kind is TouchKind.MEETING:
        road.met = road.met or day


SOURCES: dict[Source, str] = {
    Source.NETWORK: "People I know",
    Source.ALUMNI: "Alumni",
    Source.ASSOCIATION: "Associations",
    Source.REFERRAL: "Referrals",
    Source.EVENT: "Events",
    Source.COLD: "Strangers",
}
"""What a source is called."""

"""What happened with each person, read once for all insights."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
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
    from zoneinfo import ZoneInfo

    from data.clock import Clock
    from data.insights.asking import Suggested
    from data.store import Reader

ANSWERS = frozenset(
    {TouchKind.ANSWER_YES, TouchKind.ANSWER_NO, TouchKind.ANSWER_LATER, TouchKind.ANSWER_REFERRED}
)
_ASKS = frozenset({TouchKind.OUTREACH, TouchKind.INTRO_REQUEST})
"""What one asks a group."""


class Road(Struct, kw_only=True):
    """How far it went with one person: the day of each step, None if it was not taken.

    `asked` is the day of the first message that is noted, or of an answer to one that is not: then
    `waited` is unknown. `answered` is when they first answered, wrote, agreed to a meeting or talked since
    they were asked; `met` the first talk, `met_since` the first one since they were asked.
    """

    person: PersonLine
    asked: date | None = None
    answered: date | None = None
    waited: int | None = None
    """The days from the message to the answer."""
    met: date | None = None
    met_since: date | None = None
    leads: int = 0
    acted_on: int = 0
    reported: int = 0


class _Signs(Struct, kw_only=True):
    """The moments from which a road is made."""

    sent: list[datetime]
    """Messages that asked for a talk."""
    answers: list[datetime]
    signs: list[datetime]
    """What shows that they have answered, if they were asked before."""
    talks: list[datetime]


class Facts:
    """The roads of all people, and the days of what was sent and held.

    Groups have no road; but what was written to them, or to those removed since, was written.
    """

    def __init__(self, reader: Reader, clock: Clock) -> None:
        self.zone = clock.zone()
        self.today: date = local_now(clock).date()
        self.people = {line.id: line for line in reader.people()}
        self.roads: dict[str, Road] = {}
        self.sent: list[date] = []
        self.held: list[date] = []
        self.groups_asked: set[str] = set()
        self.introductions: dict[str, date] = {}
        """By whom one asked to be introduced to, the last day on which one did."""
        self.leads = reader.all(Lead)
        self.next: list[Suggested] | None = None
        """Whom to ask next (`data.insights.asking`); None as long as nobody has looked."""
        self._signs: dict[str, _Signs] = {}
        held = self._meetings(reader.all(Meeting))
        self._touches(reader.all(Touch), held)
        for id, signs in self._signs.items():
            _fill(self._road(id), signs, self.zone)
        for lead in self.leads:
            if self._is_person(lead.giver):
                road = self._road(lead.giver)
                road.leads += 1
                road.acted_on += lead.state is not LeadState.CAPTURED
                road.reported += lead.state is LeadState.REPORTED

    def _meetings(self, meetings: Iterable[Meeting]) -> set[str]:
        """Take in all meetings; returns the ids of those that were held."""
        held = set()
        for meeting in meetings:
            began = meeting.started or starts_at(meeting)
            signs = self._of(meeting.person)
            if signs is not None and meeting.created is not None:
                signs.signs.append(meeting.created)
            if meeting.status is MeetingStatus.ENDED:
                held.add(meeting.id)
                self.held.append(self._day(began))
                if signs is not None:
                    signs.talks.append(began)
        return held

    def _touches(self, touches: Iterable[Touch], held: set[str]) -> None:
        for touch in touches:
            out = touch.direction is Direction.OUT
            if touch.kind is TouchKind.MEETING:
                if touch.meeting in held:
                    continue  # Counted as a meeting already.
                self.held.append(self._day(touch.at))
            elif out:
                self.sent.append(self._day(touch.at))
                if touch.kind in _ASKS and not self._is_person(touch.person):
                    self.groups_asked.add(touch.person)
                if touch.kind is TouchKind.INTRO_REQUEST and touch.about:
                    day = self._day(touch.at)
                    self.introductions[touch.about] = max(day, self.introductions.get(touch.about, day))
            signs = self._of(touch.person)
            if signs is None:
                continue
            if touch.kind is TouchKind.MEETING:
                signs.talks.append(touch.at)
            elif touch.kind in ANSWERS:
                signs.answers.append(touch.at)
            elif touch.kind is TouchKind.OUTREACH and out:
                signs.sent.append(touch.at)
            elif touch.direction is Direction.IN:
                signs.signs.append(touch.at)

    def _day(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    def _is_person(self, id: str) -> bool:
        line = self.people.get(id)
        return line is not None and line.kind is Kind.PERSON

    def _of(self, id: str) -> _Signs | None:
        if id not in self._signs and self._is_person(id):
            self._signs[id] = _Signs(sent=[], answers=[], signs=[], talks=[])
        return self._signs.get(id)

    def _road(self, id: str) -> Road:
        return self.roads.setdefault(id, Road(person=self.people[id]))


def _fill(road: Road, signs: _Signs, zone: ZoneInfo) -> None:
    def day(at: datetime | None) -> date | None:
        return at.astimezone(zone).date() if at is not None else None

    sent = min(signs.sent, default=None)
    asked = min((*signs.sent, *signs.answers), default=None)
    road.asked = day(asked)
    road.met = day(min(signs.talks, default=None))
    if asked is None:
        return
    road.met_since = day(min((at for at in signs.talks if at >= asked), default=None))
    heard = (*signs.answers, *signs.signs, *signs.talks)
    road.answered = day(min((at for at in heard if at >= asked), default=None))
    if road.answered is not None and asked == sent:
        road.waited = (road.answered - sent.astimezone(zone).date()).days


SOURCES: dict[Source, str] = {
    Source.NETWORK: "People I know",
    Source.ALUMNI: "Alumni",
    Source.ASSOCIATION: "Associations",
    Source.REFERRAL: "Referrals",
    Source.EVENT: "Events",
    Source.COLD: "Strangers",
}
"""What a source is called."""

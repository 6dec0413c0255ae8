"""What comes next, of everybody at once: made once a refresh, then asked for each card and the top line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import IntEnum
from typing import Literal

from msgspec import Struct

from data.clock import Clock, local_now
from data.followups.due import due_day, late, lateness
from data.followups.ledger import Owed, owed
from data.followups.occasions import label, rank
from data.followups.queue import Group, Item, items, people_of, short_day, span
from data.followups.suggestions import to_park
from data.records import (
    FollowUp,
    FollowUpKind,
    FollowUpState,
    Kind,
    Meeting,
    MeetingStatus,
    Person,
    PersonLine,
    Stage,
)
from data.store import Reader
from data.text import plural
from data.zones import instant

Target = Literal["followup", "meeting", "person"]
Readiness = Callable[[Meeting], int]
"""How far a meeting is prepared, in per cent."""

SOON = timedelta(minutes=60)
"""A meeting that begins within this comes before everything else."""


class Urgency(IntEnum):
    """How much something presses."""

    LATER = 0
    SOON = 1
    TODAY = 2
    OVERDUE = 3


class Badge(Struct, frozen=True, kw_only=True):
    """The next thing with one person, as a card shows it: `nudge today`, `check-in in 12 d`."""

    text: str
    urgency: Urgency
    kind: Target = "person"
    id: str = ""


class NextUp(Struct, frozen=True, kw_only=True):
    """One of the most urgent things, as the top line says it; `kind` and `id` say where `t` goes."""

    text: str
    urgency: Urgency
    kind: Target
    id: str


class Agenda:
    """The open follow-ups, planned meetings and owed news of a store at one moment."""

    def __init__(
        self,
        reader: Reader,
        clock: Clock,
        readiness: Readiness | None = None,
        people: Iterable[PersonLine] | None = None,
    ) -> None:
        """Reads everything once, but everybody only when they are asked for; `readiness` is asked only for
        the meetings that are shown. Of `people`, where given, instead of everybody: enough for their badges,
        and quicker."""
        self._reader = reader
        self._clock = clock
        self._readiness = readiness
        self.now = clock.now()
        self.zone = clock.zone()
        self.today = local_now(clock).date()
        self._people = None if people is None else {line.id: line for line in people}
        self.open = reader.where(FollowUp, state=FollowUpState.OPEN)
        self._first: dict[str, FollowUp] = {}
        for each in self.open:
            other = self._first.get(each.person)
            if other is None or self._presses(each) < self._presses(other):
                self._first[each.person] = each
        self._meetings: dict[str, tuple[datetime, Meeting]] = {}
        for status in (MeetingStatus.PLANNED, MeetingStatus.RUNNING):
            for meeting in reader.where(Meeting, status=status):
                at = instant(meeting.starts, meeting.zone, self.zone)
                before = self._meetings.get(meeting.person)
                runs = meeting.status is MeetingStatus.RUNNING
                if before is None or runs or (_planned(before[1]) and at < before[0]):
                    self._meetings[meeting.person] = (at, meeting)
        self._owed: dict[str, Owed] | None = None
        self._to_park: frozenset[str] | None = None

    @property
    def people(self) -> Mapping[str, PersonLine]:
        """Everybody by their id, or those who were given."""
        if self._people is None:
            self._people = {line.id: line for line in self._reader.people()}
        return self._people

    def _lines(self, ids: Iterable[str]) -> Mapping[str, PersonLine]:
        """At least the people of these ids: of 30,000, a list needs some."""
        return self._reader.lines(ids) if self._people is None else self._people

    @property
    def owed(self) -> dict[str, Owed]:
        """What is owed to each giver of leads."""
        if self._owed is None:
            self._owed = owed(self._reader)
        return self._owed

    # -- a card --------------------------------------------------------------------------------------

    def badge(self, person: PersonLine | Person) -> Badge | None:
        """The next thing with this person; None if there is none. Quick: asked for every card."""
        followup = self._first.get(person.id)
        planned = self._meetings.get(person.id)
        pressing = followup is not None and due_day(followup, self.zone) <= self.today
        if planned is not None and (not pressing or self._day(planned[0]) <= self.today):
            return self._meeting_badge(*planned)
        if followup is not None:
            return self._followup_badge(followup)
        if person.stage is Stage.PARKED and person.look_again_on is not None:
            due = person.look_again_on <= self.today
            return Badge(
                text=f"look again {'now' if due else short_day(person.look_again_on, self.today)}",
                urgency=Urgency.TODAY if due else Urgency.LATER,
                id=person.id,
            )
        if person.stage is Stage.ASKED:
            return self._silence(person)
        news = self._news(person.id)
        return Badge(text=news, urgency=Urgency.LATER, id=person.id) if news else None

    def _news(self, giver: str) -> str:
        """On how many of their leads news is owed, as a card has room for it: `news: 2 of 3 leads`."""
        owed = self.owed.get(giver)
        if owed is None or not owed.news:
            return ""
        of = "" if owed.owed == owed.given else f"{owed.owed} of "
        return f"news: {of}{plural(owed.given, 'lead')}"

    def _silence(self, person: PersonLine | Person) -> Badge | None:
        if self._to_park is None:
            silent = to_park(self._reader, self._clock, self.people.values(), self.open)
            self._to_park = frozenset(line.id for line, _, _ in silent)
        if person.id in self._to_park:
            return Badge(text="no answer: park?", urgency=Urgency.TODAY, id=person.id)
        if person.stage_since is None:
            return None
        waited = (self.today - self._day(person.stage_since)).days
        return Badge(text=f"asked {short_ago(waited)}", urgency=Urgency.LATER, id=person.id)

    def _followup_badge(self, followup: FollowUp) -> Badge:
        name = label(followup)
        by = late(followup, self.now, self.today)
        days = (due_day(followup, self.zone) - self.today).days
        news = self._news(followup.person) if followup.kind is FollowUpKind.REPORT_BACK else ""
        if news and followup.lead:
            urgency = Urgency.OVERDUE if by > timedelta(0) else Urgency.TODAY if days <= 0 else Urgency.SOON
            return Badge(text=news, urgency=urgency, kind="followup", id=followup.id)
        if by > timedelta(0):
            text, urgency = f"{name} overdue {span(by)}", Urgency.OVERDUE
        elif days <= 0:
            text, urgency = f"{name} today", Urgency.TODAY
        elif days == 1:
            text, urgency = f"{name} tomorrow", Urgency.SOON
        else:
            text, urgency = f"{name} in {days} d", Urgency.LATER
        return Badge(text=text, urgency=urgency, kind="followup", id=followup.id)

    def _meeting_badge(self, at: datetime, meeting: Meeting) -> Badge:
        day = self._day(at)
        if meeting.status is MeetingStatus.RUNNING:
            return Badge(text="meeting now", urgency=Urgency.TODAY, kind="meeting", id=meeting.id)
        urgency = Urgency.LATER
        if day <= self.today:
            urgency = Urgency.TODAY
        elif day - self.today == timedelta(days=1):
            urgency = Urgency.SOON
        text = f"{short_day(day, self.today)} {at.astimezone(self.zone):%H:%M}"
        if self._readiness is not None and day >= self.today:
            text += f" · {self._readiness(meeting)}%"
        return Badge(text=text, urgency=urgency, kind="meeting", id=meeting.id)

    # -- the top line --------------------------------------------------------------------------------

    def next_up(self, limit: int = 5) -> list[NextUp]:
        """The most urgent things, the first of them where `t` goes; never empty while anybody is to ask.

        The meeting that runs, one about to begin, what is overdue, what is due today, today's other
        meetings, and the meetings of tomorrow. Where nothing is, whom to ask next.
        """
        return self.pressing()[:limit] or self._ask_next()

    def pressing(self) -> list[NextUp]:
        """The same without a limit, and empty where nothing is; quick, as the line of a prompt has to be."""
        found: list[tuple[tuple[int, float, int], NextUp]] = []
        told: set[str] = set()
        due, near = self._due(), self._near()
        people = self._lines(people_of(due) | {meeting.person for _, meeting in near})
        for item in items(due, people, self._clock):
            if item.followup.kind is FollowUpKind.REPORT_BACK and item.followup.lead:
                if item.person.id in told:
                    continue
                told.add(item.person.id)
            found.append(self._item(item))
        for at, meeting in near:
            person = people.get(meeting.person)
            if person is not None and meeting.status is MeetingStatus.RUNNING:
                found.append(((-1, 0, 0), self._running(meeting, person)))
            elif person is not None:
                found.append(self._meeting(at, meeting, person))
        found.sort(key=lambda pair: pair[0])
        return [each for _, each in found]

    def _near(self) -> list[tuple[datetime, Meeting]]:
        """The meeting that runs, and those until tomorrow."""
        return [
            (at, meeting)
            for at, meeting in self._meetings.values()
            if meeting.status is MeetingStatus.RUNNING or self._day(at) - self.today <= timedelta(days=1)
        ]

    def due(self) -> list[Item]:
        """What is overdue or due today, in the order of the day's list."""
        due = self._due()
        return items(due, self._lines(people_of(due)), self._clock)

    def _due(self) -> list[FollowUp]:
        return [each for each in self.open if due_day(each, self.zone) <= self.today]

    def _item(self, item: Item) -> tuple[tuple[int, float, int], NextUp]:
        followup = item.followup
        overdue = item.group is Group.OVERDUE
        tells = followup.kind is FollowUpKind.REPORT_BACK and followup.lead
        if tells and (leads := self.owed.get(item.person.id)) is not None:
            text = f"you owe {item.person.name} news on {plural(leads.news or 1, 'lead')}"
        else:
            text = f"{item.text} ({item.due})"
        band = 1 if overdue else 2 if followup.kind in _FIRST_TODAY else 4
        by = lateness(followup, item.late)
        up = NextUp(
            text=text,
            urgency=Urgency.OVERDUE if overdue else Urgency.TODAY,
            kind="followup",
            id=followup.id,
        )
        return (band, -by, rank(followup)), up

    def _running(self, meeting: Meeting, person: PersonLine) -> NextUp:
        """The conversation of this moment; once its time is up, since when."""
        from data.meetings.clock import end_of

        end = end_of(meeting)
        over = end <= self.now
        when = f"{'over since' if over else 'until'} {end.astimezone(self.zone):%H:%M}"
        return NextUp(
            text=f"meeting {person.name} now, {when}",
            urgency=Urgency.OVERDUE if over else Urgency.TODAY,
            kind="meeting",
            id=meeting.id,
        )

    def _meeting(
        self, at: datetime, meeting: Meeting, person: PersonLine
    ) -> tuple[tuple[int, float, int], NextUp]:
        day = self._day(at)
        when = f"{at.astimezone(self.zone):%H:%M}"
        if day != self.today:
            when = f"{short_day(day, self.today)} {when}"
        over = at + timedelta(minutes=meeting.minutes) < self.now
        prep = ""
        if over:
            prep = ", did it take place?"
        elif self._readiness is not None:
            prep = f", prep {self._readiness(meeting)}%"
        band = 0 if at - self.now <= SOON else 3 if day == self.today else 5
        up = NextUp(
            text=f"{person.name} {when}{prep}",
            urgency=Urgency.TODAY if day <= self.today else Urgency.SOON,
            kind="meeting",
            id=meeting.id,
        )
        return (1 if over else band, at.timestamp(), 0), up

    def _ask_next(self) -> list[NextUp]:
        waiting = [line for line in self.people.values() if line.stage is Stage.TO_ASK]
        if not waiting:
            return []
        first = min(waiting, key=lambda line: (line.kind is Kind.GROUP, _since(line)))
        return [NextUp(text=f"ask {first.name}", urgency=Urgency.LATER, kind="person", id=first.id)]

    def _presses(self, followup: FollowUp) -> tuple[bool, float | date, int]:
        by = late(followup, self.now, self.today)
        if by > timedelta(0):
            return (False, -lateness(followup, by), rank(followup))
        return (True, (due_day(followup, self.zone) - self.today).days, rank(followup))

    def _day(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()


_FIRST_TODAY = (FollowUpKind.THANK_YOU, FollowUpKind.CONFIRM, FollowUpKind.WRAP_UP)


def _planned(meeting: Meeting) -> bool:
    return meeting.status is MeetingStatus.PLANNED


def _since(line: PersonLine) -> float:
    return line.stage_since.timestamp() if line.stage_since is not None else 0.0


def short_ago(days: int) -> str:
    """How long ago, in days: `today`, `yesterday`, `12 d ago`."""
    return {0: "today", 1: "yesterday"}.get(days, f"{days} d ago")


def next_up(reader: Reader, clock: Clock, readiness: Readiness | None = None, limit: int = 5) -> list[NextUp]:
    """The most urgent things; see `Agenda.next_up`."""
    return Agenda(reader, clock, readiness).next_up(limit)


def next_thing(reader: Reader, person: PersonLine | Person, clock: Clock) -> Badge | None:
    """The next thing with one person; for many people make an `Agenda` once and ask it."""
    return Agenda(reader, clock).badge(person)


def line(ups: Sequence[NextUp]) -> str:
    """The top line: "thank Tomás Rey (today) · Maria Chen 15:00, prep 60%", or that all is done."""
    return " · ".join(each.text for each in ups) or "That is all for today."

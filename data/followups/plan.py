"""What an event leads to, gathered before anything is written: the engine's one place for its invariants.

Nothing is booked twice, nothing in the past, nothing for somebody who is parked or gone.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from data.business_days import Calendar
from data.clock import Clock, local_now
from data.days import show_day
from data.followups.due import after_hours
from data.followups.occasions import phrase, rank
from data.records import Direction, FollowUp, FollowUpKind, FollowUpState, Lead, Person, Stage, Touch
from data.rules import rules_of
from data.store import Reader

Key = tuple[str, ...]

_ONE_A_PERSON = frozenset({FollowUpKind.CONNECT, FollowUpKind.PROGRESS, FollowUpKind.CHECK_IN})


class Act(StrEnum):
    """What is to be done with a follow-up."""

    BOOK = "book"
    MOVE = "move"
    CANCEL = "cancel"
    DONE = "done"


class Proposal(Struct, frozen=True, kw_only=True):
    """One thing to book, move, cancel or close; `text` says it in a line.

    A follow-up to be booked has no id yet. Its `due`, `due_at`, `words` and `why` may be changed (with
    msgspec.structs.replace) before it is handed back to `apply`.
    """

    act: Act
    followup: FollowUp
    text: str

    @property
    def key(self) -> Key:
        """What it is about: the same however its date or words are changed."""
        return (self.act, *identity(self.followup))


def identity(followup: FollowUp) -> Key:
    """What makes two follow-ups the same thing owed."""
    if followup.kind in _ONE_A_PERSON:
        return (followup.person, followup.kind)
    if followup.lead:
        return (followup.person, followup.kind, followup.occasion, followup.lead)
    if followup.kind is FollowUpKind.CUSTOM and not followup.entry and followup.words:
        return (followup.person, followup.kind, followup.occasion, followup.words)
    return (
        followup.person,
        followup.kind,
        followup.occasion,
        followup.about,
        followup.meeting,
        followup.entry,
    )


def heard_since(reader: Reader, person: str, at: datetime) -> bool:
    """Whether they answered, or met the user, after `at`: what was sent then waits for nothing."""
    touches = reader.where(Touch, person=person)
    return any(touch.direction is not Direction.OUT and touch.at > at for touch in touches)


class Plan:
    """Proposals being gathered for one event; reads the stored facts and writes nothing."""

    def __init__(self, reader: Reader, clock: Clock) -> None:
        self.reader = reader
        self.zone = clock.zone()
        self.now = clock.now()
        self.today = local_now(clock).date()
        profile = reader.profile
        self.rules = rules_of(profile)
        self.calendar = Calendar.of(profile)
        self.leads: list[Lead] = []
        """Leads that the event itself carries on, as they will be."""
        self._proposals: dict[str | Key, Proposal] = {}
        self._here: set[str] = set()
        self._people: dict[str, Person | None] = {}

    # -- facts ---------------------------------------------------------------------------------------

    def person(self, id: str) -> Person | None:
        """The person of that id, if alive."""
        if id not in self._people:
            found = self.reader.get(Person, id) if id else None
            self._people[id] = found if found is not None and found.alive else None
        return self._people[id]

    def name(self, id: str) -> str:
        """Their name, also of those removed."""
        found = self.person(id) or self.reader.get(Person, id)
        return found.name if found is not None else ""

    def present(self, id: str) -> None:
        """The event itself brings this person back from the parked: what it books, it may book."""
        self._here.add(id)

    def is_present(self, id: str) -> bool:
        """Whether the event itself is a meeting or a message with this person."""
        return id in self._here

    def owes(self, id: str) -> Person | None:
        """The person, if anything can be owed to them: alive, and not parked."""
        person = self.person(id)
        if person is None or (person.stage is Stage.PARKED and id not in self._here):
            return None
        return person

    def introducer(self, person: Person) -> Person | None:
        """Whoever introduced them, if something can be owed there."""
        return self.owes(person.introduced_by) if person.introduced_by else None

    def of(self, person: str, *kinds: FollowUpKind) -> list[FollowUp]:
        """The open follow-ups of a person, without those that this plan closes."""
        return [each for each in self._all(person, *kinds) if each.state is FollowUpState.OPEN]

    def ever(self, person: str, kind: FollowUpKind) -> list[FollowUp]:
        """What was booked of a kind at any time, done and skipped too; what was cancelled doesn't count."""
        return [each for each in self._all(person, kind) if each.state is not FollowUpState.CANCELLED]

    def _all(self, person: str, *kinds: FollowUpKind) -> list[FollowUp]:
        found = []
        for each in self.reader.where(FollowUp, person=person):
            if kinds and each.kind not in kinds:
                continue
            planned = self._proposals.get(each.id)
            found.append(planned.followup if planned is not None else each)
        booked = (plan.followup for plan in self._proposals.values() if plan.act is Act.BOOK)
        found += [each for each in booked if each.person == person and (not kinds or each.kind in kinds)]
        return found

    def last_touch(self, person: str) -> date | None:
        """The local day of the last contact, by either side."""
        touches = self.reader.where(Touch, person=person)
        return self.day(max(touch.at for touch in touches)) if touches else None

    # -- time ----------------------------------------------------------------------------------------

    def day(self, at: datetime) -> date:
        """The user's local day at an instant."""
        return at.astimezone(self.zone).date()

    def in_business_days(self, count: int, start: date | None = None) -> date:
        """So many business days after `start`, or after today."""
        return self.calendar.add(self.today if start is None else start, count)

    # -- proposals -----------------------------------------------------------------------------------

    def book(
        self, followup: FollowUp, *, base: date | None = None, hours: int = 0, at: datetime | None = None
    ) -> FollowUp | None:
        """Propose one more thing owed, unless it is owed already or nothing can be owed there.

        `base` is the day from which its interval counts. With `hours` it is due so long after `at`.
        """
        if self.owes(followup.person) is None:
            return None
        for each in self.of(followup.person, followup.kind):
            if identity(each) == identity(followup):
                return None
        if hours and at is not None:
            due_at = after_hours(at, hours, self.zone)
            followup = replace(followup, due=self.day(due_at), due_at=due_at)
        days = followup.interval_days or (followup.due - (base or self.today)).days
        due, due_at_ = self._from_now(followup.due, followup.due_at)
        booked = replace(
            followup, due=due, due_at=due_at_, created=self.now, interval_days=max(1, days), id=""
        )
        self._put(Act.BOOK, identity(booked), booked)
        return booked

    def move(self, followup: FollowUp, due: date, **changes: str | int) -> None:
        """Propose another day for something owed."""
        due, _ = self._from_now(due, None)
        self.change(replace(followup, due=due, due_at=None), followup, **changes)

    def change(self, followup: FollowUp, was: FollowUp | None = None, **changes: str | int) -> None:
        """Propose other words for something owed; its day stays, so that lateness stays honest."""
        changed = replace(followup, **changes)
        if changed != (was or followup):
            act = Act.MOVE if followup.id else Act.BOOK
            self._put(act, followup.id or identity(changed), changed)

    def cancel(self, *followups: FollowUp) -> None:
        """Propose to cancel what is no longer owed."""
        self._close(Act.CANCEL, FollowUpState.CANCELLED, followups)

    def done(self, *followups: FollowUp) -> None:
        """Propose to close what has been done by what happened."""
        self._close(Act.DONE, FollowUpState.DONE, followups)

    def carry(self, lead: Lead) -> None:
        """The event carries a lead on: it will be kept like this."""
        self.leads.append(lead)

    def proposals(self) -> list[Proposal]:
        """What has been gathered: closed first, then moved, then booked by day."""
        order = {Act.CANCEL: 0, Act.DONE: 1, Act.MOVE: 2, Act.BOOK: 3}
        return sorted(
            self._proposals.values(),
            key=lambda each: (order[each.act], each.followup.due, rank(each.followup), each.text),
        )

    def _close(self, act: Act, state: FollowUpState, followups: tuple[FollowUp, ...]) -> None:
        for each in followups:
            if each.id:
                self._put(act, each.id, replace(each, state=state, closed=self.now))
            else:
                self._proposals.pop(identity(each), None)

    def _from_now(self, due: date, due_at: datetime | None) -> tuple[date, datetime | None]:
        if due_at is not None and due_at <= self.now:
            due_at = None
        return max(due, self.today), due_at

    def _put(self, act: Act, at: str | Key, followup: FollowUp) -> None:
        self._proposals[at] = Proposal(act=act, followup=followup, text=self._say(act, followup))

    def _say(self, act: Act, followup: FollowUp) -> str:
        what = phrase(followup, self.name(followup.person), self.name(followup.about))
        what = what[:1].upper() + what[1:]
        if act is Act.CANCEL:
            return f"No longer: {what}"
        if act is Act.DONE:
            return f"Done: {what}"
        if followup.due_at is not None:
            wall = followup.due_at.astimezone(self.zone)
            return f"{what}, by {when(wall.date(), self.today)} {wall:%H:%M}"
        return f"{what}, {when(followup.due, self.today)}"


def when(day: date, today: date) -> str:
    """A day as one says it: `today`, `tomorrow`, `Thu 26 Nov 2026`."""
    away = (day - today).days
    if away in (0, 1, -1):
        return {0: "today", 1: "tomorrow", -1: "yesterday"}[away]
    return show_day(day)

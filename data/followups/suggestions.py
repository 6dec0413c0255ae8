"""What might be done besides what is owed: park somebody, ask somebody else there, look again.

These are worked out from the facts each time and never stored, so that they go when the facts change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct

from data.business_days import Calendar
from data.clock import Clock, today
from data.followups.due import look_again
from data.records import (
    FollowUp,
    FollowUpKind,
    Kind,
    PersonLine,
    Profile,
    Stage,
    Touch,
    TouchKind,
)
from data.rules import rules_of
from data.store import Reader
from data.text import fold

_ASKED = (TouchKind.OUTREACH, TouchKind.NUDGE)


class SuggestionKind(StrEnum):
    """What is suggested."""

    PARK = "park"
    SOMEONE_ELSE = "someone_else"
    LOOK_AGAIN = "look_again"


class Suggestion(Struct, frozen=True, kw_only=True):
    """One suggestion about `person`; `next` is whom to ask, `until` the day to look again."""

    kind: SuggestionKind
    person: PersonLine
    text: str
    why: str
    next: PersonLine | None = None
    until: date | None = None


def suggestions(reader: Reader, clock: Clock, open_followups: Iterable[FollowUp]) -> list[Suggestion]:
    """What is suggested today, oldest silence first."""
    found: list[Suggestion] = []
    for piece in suggesting(reader, clock, open_followups):
        found = piece
    return found


def suggesting(
    reader: Reader, clock: Clock, open_followups: Iterable[FollowUp]
) -> Iterator[list[Suggestion]]:
    """The same, for a screen that goes on meanwhile: yields an empty list after each piece of the work, and
    at last what is suggested."""
    people = reader.people()
    followups = list(open_followups)
    day, profile = today(clock), reader.profile
    rules, fit = rules_of(profile), _fit(profile)
    until = look_again(clock, rules)
    yield []
    parks = to_park(reader, clock, people, followups)
    yield []
    quiet = _quiet(reader, clock, people, followups, rules.someone_else_days)
    yield []
    others = _Others(people, [line for line, _, _ in (*parks, *quiet)], fit)
    found = []
    for line, last, silent in parks:
        yield []
        found.append((last.at, _park(line, others, until, silent)))
    for line, last, silent in quiet:
        yield []
        other = None if others.asked_since(line, last.at) else others.next_to(line)
        if other is not None:
            found.append((last.at, _someone_else(line, other, silent)))
    found.sort(key=lambda pair: pair[0])
    again = [
        Suggestion(
            kind=SuggestionKind.LOOK_AGAIN,
            person=line,
            text=f"Look at {line.name} again",
            why="You parked them until now.",
        )
        for line in people
        if line.look_again_on is not None and line.stage is Stage.PARKED and line.look_again_on <= day
    ]
    yield [suggestion for _, suggestion in found] + again


Fit = Callable[[PersonLine], int]
Silence = tuple[PersonLine, Touch, int]
"""Somebody asked, the last message to them, and for how many business days they have been silent."""


def to_park(
    reader: Reader, clock: Clock, people: Iterable[PersonLine], open_followups: Iterable[FollowUp]
) -> list[Silence]:
    """Those asked of whom nothing is left to hope for: no nudge open, and silent as long as one takes."""
    hoped = {each.person for each in open_followups if each.kind in _HOPES}
    asked = [line for line in people if line.stage is Stage.ASKED and line.id not in hoped]
    return _silences(reader, clock, asked, rules_of(reader.profile).nudge_days)


def _quiet(
    reader: Reader,
    clock: Clock,
    people: Iterable[PersonLine],
    open_followups: Iterable[FollowUp],
    days: int,
) -> list[Silence]:
    """Those asked whose first nudge is still open, silent for so many business days."""
    first = {
        each.person
        for each in open_followups
        if each.kind is FollowUpKind.NUDGE and each.number <= 1 and not each.occasion
    }
    asked = [line for line in people if line.stage is Stage.ASKED and line.company and line.id in first]
    return _silences(reader, clock, asked, days)


def _silences(reader: Reader, clock: Clock, asked: Iterable[PersonLine], days: int) -> list[Silence]:
    zone, day, calendar = clock.zone(), today(clock), Calendar.of(reader.profile)
    found = []
    for line in asked:
        last = last_asked(reader, line.id)
        if last is not None:
            silent = calendar.between(last.at.astimezone(zone).date(), day)
            if silent >= days:
                found.append((line, last, silent))
    return found


_HOPES = frozenset({FollowUpKind.NUDGE, FollowUpKind.CUSTOM, FollowUpKind.THANK_YOU})
"""As long as one of these is open for somebody asked, it is not time to park them."""


def park_suggestion(reader: Reader, person: str, clock: Clock) -> Suggestion | None:
    """What to suggest right after the last nudge went out to this person; None if they are not asked."""
    people = reader.people()
    line = next((each for each in people if each.id == person and each.stage is Stage.ASKED), None)
    if line is None:
        return None
    profile = reader.profile
    until = look_again(clock, rules_of(profile))
    return _park(line, _Others(people, [line], _fit(profile)), until, 0)


def last_asked(reader: Reader, person: str) -> Touch | None:
    """The last message that asked this person, or nudged them."""
    asked = [touch for touch in reader.where(Touch, person=person) if touch.kind in _ASKED]
    return max(asked, key=lambda touch: touch.at, default=None)


def _park(line: PersonLine, others: _Others, until: date, silent: int) -> Suggestion:
    other = others.next_to(line)
    why = f"No answer for {silent} business days" if silent else "That was the last nudge"
    then = f"; {other.name} works at {line.company.strip()}, too" if other is not None else ""
    return Suggestion(
        kind=SuggestionKind.PARK,
        person=line,
        text=f"Park {line.name}",
        why=f"{why}{then}.",
        next=other,
        until=until,
    )


def _someone_else(line: PersonLine, other: PersonLine, silent: int) -> Suggestion:
    return Suggestion(
        kind=SuggestionKind.SOMEONE_ELSE,
        person=line,
        text=f"Ask {other.name}, also at {line.company.strip()}",
        why=f"No answer from {line.name} for {silent} business days.",
        next=other,
    )


def _company(line: PersonLine) -> str:
    company = line.company.strip()
    return company.casefold() if company.isascii() else fold(company)


class _Others:
    """Everybody at the employers of those who were `asked`."""

    def __init__(self, people: Iterable[PersonLine], asked: Iterable[PersonLine], fit: Fit) -> None:
        self._fit = fit
        self._best: dict[str, PersonLine | None] = {}
        self._at: dict[str, list[PersonLine]] = {c: [] for line in asked if (c := _company(line))}
        if not self._at:
            return
        known: dict[str, list[PersonLine] | None] = {"": None}
        for line in people:
            written = line.company
            if written not in known:
                known[written] = self._at.get(_company(line))
            there = known[written]
            if there is not None and line.kind is Kind.PERSON:
                there.append(line)

    def asked_since(self, line: PersonLine, since: datetime) -> bool:
        """Whether somebody else at the same employer was asked since then."""
        return any(
            other.stage in (Stage.ASKED, Stage.SCHEDULED)
            and other.stage_since is not None
            and other.stage_since >= since
            and other.id != line.id
            for other in self._at.get(_company(line), ())
        )

    def next_to(self, line: PersonLine) -> PersonLine | None:
        """Whom to ask at the same employer as somebody who was asked: who fits best of those who weren't."""
        company = _company(line)
        if company not in self._best:
            there = self._at.get(company, ())
            free = [other for other in there if other.stage in (Stage.TO_ASK, Stage.NETWORK)]
            self._best[company] = min(free, key=self._order, default=None)
        return self._best[company]

    def _order(self, other: PersonLine) -> tuple[bool, int, str]:
        return other.stage is not Stage.TO_ASK, -self._fit(other), other.name


def _fit(profile: Profile) -> Fit:
    """How well somebody fits the user's field, as Find ranks them."""
    from data.people.find import Finder

    return Finder(profile).score

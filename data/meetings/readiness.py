"""How ready a meeting is: a list of reasons. What the app can see is done ticks itself, and says why.

`Meeting.ticked` holds the ids of items ticked by hand; own items carry their own tick.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from msgspec import Struct

from data.clock import Clock
from data.meetings.introductions import rehearsed, usual, warnings
from data.meetings.questions import advice_on
from data.meetings.times import planned_end, starts_at
from data.records import (
    FollowUp,
    FollowUpKind,
    FollowUpState,
    Introduction,
    Medium,
    Meeting,
    Person,
)
from data.rules import rules_of
from data.store import Reader
from data.text import plural
from data.zones import ZoneError, find_zone, guess_zone, label, wall

ENOUGH_RESEARCH = 3
"""Things to look at before a conversation; a line of notes each is enough."""


class State(StrEnum):
    """Whether an item is done; `LATER` is not to be done yet and doesn't count."""

    DONE = "done"
    OPEN = "open"
    LATER = "later"


class Item(Struct, frozen=True, kw_only=True):
    """One reason. `why` says by which fact it is done, or what is missing; `by_fact` that the app sees it.

    `command` names the command that does it. An item done by fact is not unticked by hand.
    """

    id: str
    text: str
    state: State
    why: str = ""
    command: str = ""
    by_fact: bool = False

    @property
    def done(self) -> bool:
        """Whether it is done."""
        return self.state is State.DONE


class Readiness(Struct, frozen=True, kw_only=True):
    """All items in their order."""

    items: tuple[Item, ...]

    @property
    def percent(self) -> int:
        """The share of what is to be done that is done, 0 to 100."""
        counted = [item for item in self.items if item.state is not State.LATER]
        return 100 * sum(item.done for item in counted) // len(counted) if counted else 100

    @property
    def open(self) -> tuple[Item, ...]:
        """What is still to do."""
        return tuple(item for item in self.items if item.state is State.OPEN)


class BothZones(Struct, frozen=True, kw_only=True):
    """When a meeting is, for both: `yours` and `theirs` say start and end as each one's clock shows them.

    `theirs` is empty where their zone is not known (`known` False), which is allowed; `guessed` where it
    follows from their location alone.
    """

    yours: str
    theirs: str
    known: bool
    guessed: bool
    same: bool

    @property
    def text(self) -> str:
        """One line: "Mon 23 Nov, 15:00–15:20 · 09:00–09:20 in New York"."""
        if not self.known:
            return f"{self.yours} · their zone unknown"
        if self.same:
            return f"{self.yours} · the same for them"
        return f"{self.yours} · {self.theirs}"


def their_zone(meeting: Meeting, person: Person | None, own: ZoneInfo) -> tuple[str, bool]:
    """The person's zone, and whether it is a guess: as noted, as the meeting was arranged, by their place."""
    if person is not None and person.zone:
        try:
            return find_zone(person.zone), False
        except ZoneError:
            pass
    if meeting.zone != own.key:
        return meeting.zone, False
    guess = guess_zone(person.location) if person is not None else ""
    return guess, bool(guess)


def both_zones(meeting: Meeting, person: Person | None, own: ZoneInfo) -> BothZones:
    """A meeting's time on both clocks; `own` is the user's zone."""
    start, end = starts_at(meeting), planned_end(meeting)
    mine = wall(start, own.key, own)
    yours = f"{_day(mine)}, {_span(start, end, own.key, own)}"
    zone, guessed = their_zone(meeting, person, own)
    if not zone:
        return BothZones(yours=yours, theirs="", known=False, guessed=False, same=False)
    there = wall(start, zone, own)
    span = _span(start, end, zone, own)
    when = span if there.date() == mine.date() else f"{_day(there)}, {span}"
    theirs = f"{when} in {label(zone)}{' (guessed from their place)' if guessed else ''}"
    return BothZones(yours=yours, theirs=theirs, known=True, guessed=guessed, same=there == mine)


def _day(moment: datetime) -> str:
    from data.days import show_day

    return show_day(moment.date())[:-5]


def _span(start: datetime, end: datetime, zone: str, own: ZoneInfo) -> str:
    return f"{wall(start, zone, own):%H:%M}–{wall(end, zone, own):%H:%M}"


def introduction_of(reader: Reader, meeting: Meeting) -> Introduction | None:
    """The introduction of a meeting: the one chosen, else the user's latest; None where none is written."""
    chosen = reader.get(Introduction, meeting.introduction) if meeting.introduction else None
    return chosen or usual(reader.all(Introduction))


def readiness(reader: Reader, meeting: Meeting, now: datetime, own: ZoneInfo) -> Readiness:
    """How ready a meeting is at the instant `now`, for a user in the zone `own`."""
    person = reader.get(Person, meeting.person)
    items = [
        _time(meeting, person, own),
        _place(meeting),
        _introduction(reader, meeting),
        _objective(meeting),
        _research(meeting),
        _questions(reader, meeting),
        _confirmed(reader, meeting, now, own),
    ]
    if meeting.medium is Medium.VIDEO:
        items.append(_by_hand(meeting, "link", "Link, camera and sound tested"))
    dressed = (
        "On time, phone charged, a quiet place" if meeting.medium is Medium.PHONE else "Dressed and set up"
    )
    items.append(_by_hand(meeting, "dressed", dressed))
    for own_item in meeting.own_items:
        state = State.DONE if own_item.done else State.OPEN
        items.append(Item(id=own_item.id, text=own_item.text, state=state, command="tick"))
    return Readiness(items=tuple(items))


def percent(reader: Reader, clock: Clock, meeting: Meeting) -> int:
    """How ready a meeting is in percent, for a card."""
    return readiness(reader, meeting, clock.now(), clock.zone()).percent


def _item(
    meeting: Meeting, id: str, text: str, fact: str, missing: str, command: str, *, later: bool = False
) -> Item:
    """An item that is done by `fact`, or by hand; else `missing` says what is."""
    if fact:
        return Item(id=id, text=text, state=State.DONE, why=fact, command=command, by_fact=True)
    if id in meeting.ticked:
        return Item(id=id, text=text, state=State.DONE, why="ticked by you", command=command)
    return Item(id=id, text=text, state=State.LATER if later else State.OPEN, why=missing, command=command)


def _by_hand(meeting: Meeting, id: str, text: str) -> Item:
    return _item(meeting, id, text, "", "", "tick")


def _time(meeting: Meeting, person: Person | None, own: ZoneInfo) -> Item:
    # A zone that nobody knows is allowed: the user's own clock is what the meeting was arranged by.
    zones = both_zones(meeting, person, own)
    text = "Time fixed in both zones" if zones.known else "Time fixed"
    return _item(meeting, "time", text, zones.text, "", "move")


def _place(meeting: Meeting) -> Item:
    texts = {
        Medium.VIDEO: "Link to the call",
        Medium.PHONE: "Number to call",
        Medium.IN_PERSON: "Place to meet",
    }
    missing = {
        Medium.VIDEO: "paste the link",
        Medium.PHONE: "note who calls whom, and the number",
        Medium.IN_PERSON: "note where",
    }
    return _item(meeting, "place", texts[meeting.medium], meeting.place, missing[meeting.medium], "place")


def _introduction(reader: Reader, meeting: Meeting) -> Item:
    text = "Introduction"
    introduction = introduction_of(reader, meeting)
    if introduction is None:
        return _item(meeting, "introduction", text, "", "none written yet", "introduction")
    gaps = [each for each in warnings(introduction.text, introduction.seconds) if each.startswith("Fill in")]
    if gaps:
        return _item(meeting, "introduction", text, "", gaps[0].rstrip(".").lower(), "introduction")
    said = rehearsed(reader, introduction.id).text
    return _item(meeting, "introduction", text, said, "written, not rehearsed yet", "rehearse")


def _objective(meeting: Meeting) -> Item:
    return _item(
        meeting, "objective", "Objective", _first_line(meeting.objective), "what to learn?", "objective"
    )


def _research(meeting: Meeting) -> Item:
    lines = [line for line in meeting.research.splitlines() if line.strip(" \t-*•")]
    fact = plural(len(lines), "line") + " of notes" if len(lines) >= ENOUGH_RESEARCH else ""
    left = ENOUGH_RESEARCH - len(lines)
    missing = f"{plural(left, 'thing')} more to look at" if lines else "look at three things about them"
    return _item(meeting, "research", "Research notes", fact, missing, "research")


def _questions(reader: Reader, meeting: Meeting) -> Item:
    rules = rules_of(reader.profile)
    missing = advice_on(
        meeting.questions, rules.questions_least, rules.questions_most, rules.questions_starred
    )
    stars = sum(question.starred for question in meeting.questions)
    fact = f"{plural(len(meeting.questions), 'question')}, {stars} starred" if not missing else ""
    return _item(meeting, "questions", "Questions", fact, missing, "questions")


def _confirmed(reader: Reader, meeting: Meeting, now: datetime, own: ZoneInfo) -> Item:
    sent = [
        each
        for each in reader.where(FollowUp, meeting=meeting.id)
        if each.kind is FollowUpKind.CONFIRM and each.state is FollowUpState.DONE
    ]
    fact = "you wrote to confirm" if sent else ""
    days = timedelta(days=rules_of(reader.profile).confirm_days)
    day = starts_at(meeting).astimezone(own).date() - days
    later = now.astimezone(own).date() < day
    missing = (
        f"to do on {_day(datetime(day.year, day.month, day.day, tzinfo=own))}" if later else "write to them"
    )
    return _item(meeting, "confirmed", "Confirmed the day before", fact, missing, "confirm", later=later)


def _first_line(text: str) -> str:
    return next((line.strip() for line in text.splitlines() if line.strip()), "")

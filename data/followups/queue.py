"""The day's list: what is open, by urgency and in order. It is finite, and says when it is done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from msgspec import Struct

from data.clock import Clock, local_now
from data.followups.due import due_day, late, lateness
from data.followups.occasions import label, phrase, rank
from data.followups.suggestions import Suggestion, suggestions
from data.records import FollowUp, FollowUpState, PersonLine
from data.store import Reader
from data.text import plural


class Group(StrEnum):
    """How urgent something is. The week is the calendar's, up to its Sunday."""

    OVERDUE = "overdue"
    TODAY = "today"
    THIS_WEEK = "this_week"
    LATER = "later"


GROUP_LABELS: dict[Group, str] = {
    Group.OVERDUE: "Overdue",
    Group.TODAY: "Today",
    Group.THIS_WEEK: "This week",
    Group.LATER: "Later",
}
"""What a group is called."""


class Item(Struct, frozen=True, kw_only=True, gc=False):
    """One line of the list: a follow-up and whom it concerns, on the user's day `today` in their `zone`.

    It is put into words when it is shown: of thousands some dozens are. `late` is negative before it is
    due, and counts in whole days where no hour matters.
    """

    followup: FollowUp
    person: PersonLine
    about: PersonLine | None
    group: Group
    late: timedelta
    today: date
    zone: ZoneInfo

    @property
    def text(self) -> str:
        """What to do: `thank Tomás Rey`."""
        return phrase(self.followup, self.person.name, self.about.name if self.about is not None else "")

    @property
    def label(self) -> str:
        """The same without the name."""
        return label(self.followup)

    @property
    def due(self) -> str:
        """When, in words: `2 d overdue`, `today 15:20`, `Thu 26 Nov`."""
        if self.late > timedelta(0):
            return f"{span(self.late)} overdue"
        at = self.followup.due_at
        clock = f" {at.astimezone(self.zone):%H:%M}" if at is not None else ""
        return short_day(due_day(self.followup, self.zone), self.today) + clock


class Queue(Struct, frozen=True, kw_only=True):
    """Everything open in order, and what might be done besides (data.followups.suggestions)."""

    items: tuple[Item, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()

    def of(self, group: Group) -> tuple[Item, ...]:
        """The items of one group, in order."""
        return tuple(item for item in self.items if item.group is group)

    @property
    def due(self) -> tuple[Item, ...]:
        """What is overdue or due today."""
        return tuple(item for item in self.items if item.group in (Group.OVERDUE, Group.TODAY))

    @property
    def sentence(self) -> str:
        """How the day stands: "3 things for today", or "That is all for today"."""
        count = len(self.due)
        return f"{plural(count, 'thing')} for today." if count else "That is all for today."


def queue(reader: Reader, clock: Clock, suggested: Iterable[Suggestion] | None = None) -> Queue:
    """All open follow-ups of those who are there, grouped and ordered, and the suggestions of today; with
    `suggested`, where given, in their place, as they take longer to find."""
    followups = open_followups(reader)
    people = reader.lines(people_of(followups))
    if suggested is None:
        suggested = suggestions(reader, clock, followups)
    return Queue(items=tuple(items(followups, people, clock)), suggestions=tuple(suggested))


def open_followups(reader: Reader) -> list[FollowUp]:
    """All that is owed, oldest first."""
    return reader.where(FollowUp, state=FollowUpState.OPEN)


def people_of(followups: Iterable[FollowUp]) -> set[str]:
    """The ids of those to whom something is owed, and of those whom it is about."""
    return {id for each in followups for id in (each.person, each.about) if id}


def items(followups: Iterable[FollowUp], people: Mapping[str, PersonLine], clock: Clock) -> list[Item]:
    """The list's lines for these follow-ups, in order.

    What is late comes in order of how late it is in its own interval, then of kind. What is not yet due
    comes by its day, since there nothing is late.
    """
    now, zone = clock.now(), clock.zone()
    today = local_now(clock).date()
    week_end = today + timedelta(days=6 - today.weekday())
    found: list[tuple[tuple[int, date, float, int, str], Item]] = []
    for each in followups:
        person = people.get(each.person)
        if person is None:
            continue
        by = late(each, now, today)
        due = due_day(each, zone)
        group = _group(due, by, today, week_end)
        item = Item(
            followup=each,
            person=person,
            about=people.get(each.about) if each.about else None,
            group=group,
            late=by,
            today=today,
            zone=zone,
        )
        day = today if group in (Group.OVERDUE, Group.TODAY) else due
        order = (_PLACE[group], day, -lateness(each, by), rank(each), person.name)
        found.append((order, item))
    found.sort(key=lambda pair: pair[0])
    return [item for _, item in found]


_PLACE = {group: place for place, group in enumerate(Group)}


def _group(due: date, by: timedelta, today: date, week_end: date) -> Group:
    if by > timedelta(0):
        return Group.OVERDUE
    if due <= today:
        return Group.TODAY
    return Group.THIS_WEEK if due <= week_end else Group.LATER


def span(length: timedelta) -> str:
    """A length of time in short: `40 min`, `3 h`, `2 d`, `5 w`; at least a minute."""
    minutes = int(length.total_seconds()) // 60
    if minutes < 60:
        return f"{max(1, minutes)} min"
    if minutes < 24 * 60:
        return f"{minutes // 60} h"
    days = minutes // (24 * 60)
    return f"{days} d" if days < 70 else f"{days // 7} w"


def short_day(day: date, today: date) -> str:
    """A day as a list shows it: `today`, `tomorrow`, `Thu 26 Nov`, with the year only where it is another."""
    away = (day - today).days
    if away in (0, 1, -1):
        return {0: "today", 1: "tomorrow", -1: "yesterday"}[away]
    from data.days import show_day

    text = show_day(day)
    return text if day.year != today.year else text.rsplit(" ", 1)[0]

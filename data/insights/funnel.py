"""The funnel, the sources, the weeks, and how long an answer takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from statistics import median

from msgspec import Struct

from data.insights.facts import SOURCES, Facts, Road
from data.records import Kind, Source
from data.text import plural


def per_cent(part: int, of: int) -> int | None:
    """`part` in per cent of `of`: never 0 for some, never 100 for not all; None of nothing."""
    if not of:
        return None
    return max(1, min(99, round(100 * part / of))) if 0 < part < of else 100 * part // of


class Step(Struct, frozen=True, kw_only=True):
    """One step of the funnel: how many took it, and `through` of the `of` who had taken the one before."""

    name: str
    count: int
    through: int = 0
    of: int = 0

    @property
    def rate(self) -> int | None:
        """Per cent of the step before; None for the first, or where there was none before."""
        return per_cent(self.through, self.of)


def funnel(roads: Iterable[Road]) -> tuple[Step, ...]:
    """Asked, answered, met, leads, acted on, reported: people in the first three, leads in the others.

    Each person counts once. Whoever was met without being asked before counts as met, but not in the rate.
    """
    roads = list(roads)
    asked, answered, met, since = (
        sum(getattr(road, step) is not None for road in roads)
        for step in ("asked", "answered", "met", "met_since")
    )
    leads, acted_on, reported = (
        sum(getattr(road, step) for road in roads) for step in ("leads", "acted_on", "reported")
    )
    return (
        Step(name="Asked", count=asked),
        Step(name="Answered", count=answered, through=answered, of=asked),
        Step(name="Met", count=met, through=since, of=answered),
        Step(name="Leads given", count=leads),
        Step(name="Acted on", count=acted_on, through=acted_on, of=leads),
        Step(name="Giver told", count=reported, through=reported, of=acted_on),
    )


def met_unasked(steps: Iterable[Step]) -> str:
    """How many were met without being asked before, in a sentence; empty where nobody was."""
    count = sum(step.count - step.through for step in steps if step.name == "Met")
    return f"{plural(count, 'person', 'people')} met without being asked before" if count else ""


class SourceRow(Struct, frozen=True, kw_only=True):
    """What one source brought, in people and leads."""

    source: Source
    name: str
    known: int
    asked: int
    answered: int
    met: int
    leads: int

    @property
    def rate(self) -> int | None:
        """Answers in per cent of those asked."""
        return per_cent(self.answered, self.asked)


def by_source(facts: Facts) -> list[SourceRow]:
    """What each source brought, the most fruitful first; sources without anybody are left out, and so are
    groups."""
    known = Counter(line.source for line in facts.people.values() if line.kind is Kind.PERSON)
    rows = []
    for source, name in SOURCES.items():
        roads = [road for road in facts.roads.values() if road.person.source is source]
        if not known[source]:
            continue
        rows.append(
            SourceRow(
                source=source,
                name=name,
                known=known[source],
                asked=sum(road.asked is not None for road in roads),
                answered=sum(road.answered is not None for road in roads),
                met=sum(road.met is not None for road in roads),
                leads=sum(road.leads for road in roads),
            )
        )
    return sorted(rows, key=lambda row: (-row.met, -row.answered, -row.asked, -row.known))


class Month(Struct, frozen=True, kw_only=True):
    """Those asked in one month, and how far it went with them until today."""

    first: date
    asked: int
    answered: int
    met: int

    @property
    def rate(self) -> int | None:
        """Answers in per cent of those asked."""
        return per_cent(self.answered, self.asked)


def by_month(facts: Facts, count: int = 6) -> list[Month]:
    """The last months in which anybody was asked, newest first."""
    months: dict[date, list[Road]] = {}
    for road in facts.roads.values():
        if road.asked:
            months.setdefault(road.asked.replace(day=1), []).append(road)
    return [
        Month(
            first=first,
            asked=len(months[first]),
            answered=sum(road.answered is not None for road in months[first]),
            met=sum(road.met_since is not None for road in months[first]),
        )
        for first in sorted(months, reverse=True)[:count]
    ]


class Week(Struct, frozen=True, kw_only=True):
    """One week, by its Monday: messages sent, meetings held."""

    monday: date
    sent: int
    held: int


def weeks(facts: Facts, count: int = 12) -> list[Week]:
    """The last weeks, newest first; this one is the first."""
    sent = Counter(_monday(day) for day in facts.sent)
    held = Counter(_monday(day) for day in facts.held)
    this = _monday(facts.today)
    mondays = [this - timedelta(weeks=back) for back in range(count)]
    return [Week(monday=monday, sent=sent[monday], held=held[monday]) for monday in mondays]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def answer_days(roads: Iterable[Road]) -> float | None:
    """The median of days until an answer, of those who have answered; None without any. Days as on a
    calendar, since people answer on Sundays, too."""
    waited = [road.waited for road in roads if road.waited is not None]
    return median(waited) if waited else None


def within(days: float) -> str:
    """A median of days behind "half of the answers came"."""
    if not days:
        return "on the same day"
    return "within a day" if days <= 1 else f"within {days:g} days"


class Wait(Struct, frozen=True, kw_only=True):
    """How many answers came within some days."""

    name: str
    count: int


_WAITS = (("the same day", 0), ("1–2 days", 2), ("3–7 days", 7), ("8–14 days", 14))


def waits(roads: Iterable[Road]) -> list[Wait]:
    """How long those who were asked took to answer, quickest first; at last who has not answered yet.

    An answer to a message that is not noted took nobody knows how long, and is left out.
    """
    roads = list(roads)
    counts = [0] * (len(_WAITS) + 1)
    for road in roads:
        if (days := road.waited) is not None:
            counts[next((place for place, (_, most) in enumerate(_WAITS) if days <= most), len(_WAITS))] += 1
    names = (*(name for name, _ in _WAITS), "later", "no answer yet")
    silent = sum(road.asked is not None and road.answered is None for road in roads)
    return [Wait(name=name, count=count) for name, count in zip(names, (*counts, silent), strict=True)]

"""The funnel, the sources, the weeks, and how long an answer takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from statistics import median

from msgspec import Struct

from data.insights.facts import SOURCES, Facts, Road
from data.records import Source


class Step(Struct, frozen=True, kw_only=True):
    """One step of the funnel: how many took it, and of how many of the step before (`of`)."""

    name: str
    count: int
    of: int = 0

    @property
    def rate(self) -> int | None:
        """Per cent of the step before; None for the first, or where there was none before."""
        return round(100 * self.count / self.of) if self.of else None


def funnel(roads: Iterable[Road]) -> tuple[Step, ...]:
    """Asked, answered, met, leads, acted on, reported: people in the first three, leads in the others.

    Each person counts once, and in a step only if they took the one before.
    """
    asked = [road for road in roads if road.asked or road.met or road.leads]
    sent = [road for road in asked if road.asked]
    answered = [road for road in sent if road.answered]
    met = [road for road in asked if road.met]
    counts = [sum(getattr(road, name) for road in asked) for name in ("leads", "acted_on", "reported")]
    return (
        Step(name="Asked", count=len(sent)),
        Step(name="Answered", count=len(answered), of=len(sent)),
        Step(name="Met", count=len(met), of=len(answered) if len(met) <= len(answered) else 0),
        Step(name="Leads given", count=counts[0]),
        Step(name="Acted on", count=counts[1], of=counts[0]),
        Step(name="Giver told", count=counts[2], of=counts[0]),
    )


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
        return round(100 * self.answered / self.asked) if self.asked else None


def by_source(facts: Facts) -> list[SourceRow]:
    """What each source brought, the most fruitful first; sources without anybody are left out."""
    known = Counter(line.source for line in facts.people.values())
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
        return round(100 * self.answered / self.asked) if self.asked else None


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
            met=sum(road.met is not None for road in months[first]),
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
    """The median of days until an answer; None without any."""
    waits = [(road.answered - road.asked).days for road in roads if road.asked and road.answered]
    return median(waits) if waits else None


class Wait(Struct, frozen=True, kw_only=True):
    """How many answers came within some days."""

    name: str
    count: int


_WAITS = (("the same day", 0), ("1–2 days", 2), ("3–7 days", 7), ("8–14 days", 14))


def waits(roads: Iterable[Road]) -> list[Wait]:
    """How long those who were asked took to answer, quickest first; at last who has not answered yet."""
    asked = [road for road in roads if road.asked]
    days = [(road.answered - road.asked).days for road in asked if road.asked and road.answered]
    counts = [0] * (len(_WAITS) + 1)
    for each in days:
        counts[next((place for place, (_, most) in enumerate(_WAITS) if each <= most), len(_WAITS))] += 1
    names = (*(name for name, _ in _WAITS), "later", "no answer yet")
    return [
        Wait(name=name, count=count)
        for name, count in zip(names, (*counts, len(asked) - len(days)), strict=True)
    ]

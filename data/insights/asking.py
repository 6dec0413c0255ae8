"""The next best person to ask, with the reason: who fits, and who of the like has answered before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from data.insights.funnel import SourceRow, by_source
from data.people.find import Finder
from data.records import PersonLine, Stage

if TYPE_CHECKING:
    from data.insights.facts import Facts
    from data.records import Profile

ENOUGH = 3
"""So many of a source must have been asked before its answers tell anything."""
COUNT = 10
INTRODUCTION_DAYS = 14
"""So long nobody is asked past whoever was asked to introduce them."""
_CHOSEN = 5
"""Points for standing in To ask already: the user has thought of them."""


class Suggested(Struct, frozen=True, kw_only=True):
    """Somebody to ask next, with the reasons, the weightiest first."""

    person: PersonLine
    reasons: tuple[str, ...]


def next_to_ask(facts: Facts, profile: Profile, count: int = COUNT) -> Iterator[list[Suggested]]:
    """The people to ask next, best first: those not asked yet who fit best (`data.people.find`), helped
    by how many of those asked from the same source have answered.

    Yields an empty list after each piece of the work, and at last those found.
    """
    finder = Finder(profile)
    people = list(facts.people.values())
    finder.know(people)
    rates = {row.source: row for row in by_source(facts)}
    best: list[tuple[float, str, PersonLine]] = []
    for number, line in enumerate(people, 1):
        if line.stage in (Stage.NETWORK, Stage.TO_ASK) and not _asked(facts, line):
            row = rates.get(line.source)
            points = finder.fit(line) + (_CHOSEN if line.stage is Stage.TO_ASK else 0) + _bonus(row)
            best.append((-points, line.name, line))
        if number % 1_000 == 0:
            best = sorted(best, key=lambda each: each[:2])[:count]
            yield []
    best = sorted(best, key=lambda each: each[:2])[:count]
    yield [
        Suggested(person=line, reasons=_reasons(finder, line, rates.get(line.source))) for *_, line in best
    ]


def _asked(facts: Facts, line: PersonLine) -> bool:
    introduction = facts.introductions.get(line.id)
    if introduction is not None and (facts.today - introduction).days < INTRODUCTION_DAYS:
        return True
    road = facts.roads.get(line.id)
    if road is None:
        return line.id in facts.groups_asked
    return road.asked is not None or road.met is not None


def _bonus(row: SourceRow | None) -> float:
    """Up to twenty points for a source of which all have answered."""
    return 0 if row is None or row.asked < ENOUGH else 20 * row.answered / row.asked


def _reasons(finder: Finder, line: PersonLine, row: SourceRow | None) -> tuple[str, ...]:
    reasons = [reason for reason in finder.reasons(line) if not reason.startswith("on the board")]
    # Who introduced them is who one knows there.
    via = {f"you know {reason.removeprefix('via ')} there" for reason in reasons if reason.startswith("via ")}
    reasons = [reason for reason in reasons if reason not in via]
    if line.stage is Stage.TO_ASK:
        reasons.append("you chose them already")
    # That few of their like answered speaks for nobody.
    if row is not None and row.asked >= ENOUGH and 2 * row.answered >= row.asked:
        reasons.append(f"{row.answered} of {row.asked} {SAID[row.name]} answered")
    return tuple(reasons)


SAID = {
    "People I know": "people you know",
    "Alumni": "alumni",
    "Associations": "from associations",
    "Referrals": "referrals",
    "Events": "from events",
    "Strangers": "strangers",
}
"""Sources in the middle of a sentence."""

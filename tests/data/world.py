"""A store with a clock that stands on Monday 23 November 2026, 14:00 in Berlin, for the tests of rules."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from data.clock import FixedClock, today
from data.records import FollowUp, FollowUpKind, FollowUpState, Kind, Person, Source, Stage, Tier, new_id
from data.store import Store

NOW = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)
MON = date(2026, 11, 23)


class World:
    """The store, the clock, and short ways to make people and read what is owed to them."""

    def __init__(self, folder: Path, now: datetime = NOW, zone: str = "Europe/Berlin") -> None:
        self.clock = FixedClock(now, zone)
        self.store = Store.open(folder / "inroad.json", clock=self.clock)

    @property
    def today(self) -> date:
        """The user's day."""
        return today(self.clock)

    def person(
        self,
        name: str,
        stage: Stage = Stage.TO_ASK,
        *,
        kind: Kind = Kind.PERSON,
        company: str = "",
        introduced_by: str = "",
        tier: Tier = Tier.NONE,
        source: Source = Source.NETWORK,
        **fields: Any,
    ) -> Person:
        """Put somebody into the store as they are, without any action."""
        person = Person(
            id=new_id(),
            name=name,
            stage=stage,
            kind=kind,
            company=company,
            introduced_by=introduced_by,
            tier=tier,
            source=source,
            created=self.clock.now(),
            stage_since=self.clock.now(),
            **fields,
        )
        with self.store.transaction("Made up somebody") as tx:
            return tx.put(person)

    def now(self, person: Person | str) -> Person:
        """The newest version of somebody."""
        found = self.store.get(Person, person if isinstance(person, str) else person.id)
        assert found is not None
        return found

    def open(self, person: Person, *kinds: FollowUpKind) -> list[FollowUp]:
        """What is open with somebody, by day."""
        found = self.store.where(FollowUp, person=person.id)
        found = [each for each in found if each.state is FollowUpState.OPEN]
        return sorted(
            (each for each in found if not kinds or each.kind in kinds),
            key=lambda each: (each.due, each.kind),
        )

    def one(self, person: Person, kind: FollowUpKind) -> FollowUp:
        """The one thing of a kind that is open with somebody."""
        (found,) = self.open(person, kind)
        return found

    def kinds(self, person: Person) -> list[str]:
        """The kinds of what is open with somebody, by name."""
        return sorted(each.kind.value for each in self.open(person))

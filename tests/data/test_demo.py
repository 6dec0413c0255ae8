"""The demo tells a true story on any day: nobody has met without a meeting, nothing points nowhere."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from data.clock import FixedClock
from data.demo import fill
from data.records import Advice as AdviceRecord
from data.records import (
    AdviceState,
    FollowUp,
    FollowUpState,
    Kind,
    Lead,
    LeadState,
    Meeting,
    MeetingStatus,
    Person,
    Stage,
    Touch,
    TouchKind,
)
from data.schema import REFERENCES
from data.store import Store


@pytest.mark.parametrize("days", range(7))
def test_the_demo_is_true_on_every_day_of_the_week(tmp_path: Path, days: int) -> None:
    clock = FixedClock(datetime(2026, 11, 23, 9, 30, tzinfo=UTC) + timedelta(days=days), "Europe/Berlin")
    store = Store.open(tmp_path / "inroad.json", clock=clock)
    fill(store, clock)

    people = {person.id: person for person in store.all(Person)}
    assert 55 <= len(people) <= 70
    assert store.count(Meeting) == 12
    assert {lead.state for lead in store.all(Lead)} == set(LeadState)
    assert {advice.state for advice in store.all(AdviceRecord)} == set(AdviceState)
    for kind, fields in REFERENCES.items():
        for record in store.all(kind):
            for field, target in fields:
                named = getattr(record, field)
                assert not named or store.get(target, named), (record, field)

    for meeting in store.all(Meeting):
        if meeting.status is MeetingStatus.PLANNED:
            assert people[meeting.person].stage is Stage.SCHEDULED
    met = {touch.person for touch in store.all(Touch) if touch.kind is TouchKind.MEETING}
    for person in people.values():
        if person.stage in (Stage.MET, Stage.IN_TOUCH) and person.kind is Kind.PERSON:
            assert person.id in met, person.name
    assert all(touch.at <= clock.now() for touch in store.all(Touch))
    due = [f.due - clock.now().date() for f in store.all(FollowUp) if f.state is FollowUpState.OPEN]
    assert any(late < timedelta(0) for late in due)
    assert timedelta(0) in due
    store.close()


def test_the_demo_is_the_same_on_every_run(tmp_path: Path) -> None:
    clock = FixedClock(datetime(2026, 11, 23, 9, 30, tzinfo=UTC), "Europe/Berlin")
    stores = [Store.open(tmp_path / name / "inroad.json", clock=clock) for name in ("one", "two")]
    for store in stores:
        fill(store, clock)
    assert stores[0].all(Person) == stores[1].all(Person)
    assert stores[0].all(FollowUp) == stores[1].all(FollowUp)

"""Two who are one: all that belonged to either is kept, and one undo parts them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from data.clock import FixedClock
from data.errors import UserError
from data.people.duplicates import likely_pairs
from data.people.merge import keep_apart, merge
from data.records import (
    FollowUp,
    FollowUpKind,
    FollowUpState,
    Former,
    Lead,
    Meeting,
    MeetingStatus,
    Person,
    Stage,
    Tier,
    Touch,
    TouchKind,
)
from data.store import Store

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
CLOCK = FixedClock(NOW)
ONE = Person(
    id="one", name="Jon Smith", company="Figma", emails=("j@x.example",), tags=("a",), notes="first",
    introduced_by="priya", connected_on=date(2022, 1, 1),
)  # fmt: skip
TWO = Person(
    id="two", name="John Smith", company="Linear", title="PM", emails=("j@y.example",), tags=("a", "b"),
    notes="second", stage=Stage.MET, tier=Tier.B, connected_on=date(2020, 1, 1),
)  # fmt: skip
PRIYA = Person(id="priya", name="Priya Nair", introduced_by="two")
MEETING = Meeting(id="m", person="two", starts=datetime(2026, 1, 1, 9), zone="UTC")  # noqa: DTZ001
TOUCH = Touch(id="t", person="two", kind=TouchKind.MESSAGE, at=NOW)
LEAD = Lead(id="l", giver="two", text="Ask Ada", person="one")
NUDGES = tuple(
    FollowUp(id=f"f{at}", person=who, kind=FollowUpKind.CHECK_IN, due=date(2026, 12, at + 1), about=about)
    for at, (who, about) in enumerate((("one", ""), ("two", ""), ("two", "one")))
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "inroad.json", clock=CLOCK) as store:
        put(store, ONE, TWO, PRIYA, MEETING, TOUCH, LEAD, *NUDGES)
        yield store


def put(store: Store, *records: Any) -> None:
    with store.transaction("Set up") as tx:
        for record in records:
            tx.put(record)


def test_all_that_belonged_to_either_is_kept(store: Store) -> None:
    merged = merge(store, CLOCK, ONE, TWO)
    assert merged == store.get(Person, "one")
    assert (merged.name, merged.company, merged.title) == ("Jon Smith", "Figma", "PM")
    assert (merged.emails, merged.tags) == (("j@x.example", "j@y.example"), ("a", "b"))
    assert (merged.stage, merged.tier, merged.connected_on) == (Stage.MET, Tier.B, date(2020, 1, 1))
    assert (merged.notes, merged.identities) == ("first\n\nsecond", ("j@x.example", "j@y.example"))
    assert merged.former == (
        Former(field="name", value="John Smith", until=NOW.date(), by="John Smith"),
        Former(field="company", value="Linear", until=NOW.date(), by="John Smith"),
    )
    for kind in (Meeting, Touch):
        assert [each.id for each in store.where(kind, person="one")] != []
        assert store.where(kind, person="two") == []
    assert [lead.id for lead in store.where(Lead, giver="one")] == ["l"]
    trace = store.get(Person, "two")
    assert trace is not None
    assert trace.merged_into == "one"
    assert [line.id for line in store.people()] == ["one", "priya"]


def test_circles_and_doubles_go(store: Store) -> None:
    merged = merge(store, CLOCK, ONE, TWO)
    assert merged.introduced_by == ""  # Priya, whom the other introduced, cannot have introduced them.
    priya = store.get(Person, "priya")
    assert priya is not None
    assert priya.introduced_by == "one"
    states = {each.id: (each.state, each.about) for each in store.where(FollowUp, person="one")}
    assert states["f0"] == (FollowUpState.OPEN, "")
    assert states["f1"] == (FollowUpState.CANCELLED, "")
    assert states["f2"] == (FollowUpState.CANCELLED, "")


def test_a_choice_per_field(store: Store) -> None:
    merged = merge(
        store, CLOCK, ONE, TWO, {"name": "other", "company": "other", "notes": "keep", "title": "keep"}
    )
    assert (merged.name, merged.company, merged.notes, merged.title) == ("John Smith", "Linear", "first", "")
    assert {(each.field, each.value) for each in merged.former} == {
        ("name", "Jon Smith"), ("company", "Figma"), ("title", "PM"), ("notes", "second"),
    }  # fmt: skip


def test_of_two_tiers_imports_and_others_said_to_be_none_what_counts_is_kept(store: Store) -> None:
    one = replace(ONE, tier=Tier.C, imported={"title": "mine", "by": "a"}, not_same=("two", "x"))
    other = replace(TWO, tier=Tier.A, imported={"title": "theirs", "company": "N"}, not_same=("y", "one"))
    put(store, one, other)
    merged = merge(store, CLOCK, one, other)
    assert merged.tier is Tier.A
    assert merged.imported == {"title": "mine", "by": "a", "company": "N"}
    assert merged.not_same == ("x", "y")


def test_one_undo_parts_them_again(store: Store) -> None:
    before = {kind: store.all(kind) for kind in (Person, Meeting, Touch, Lead, FollowUp)}
    merge(store, CLOCK, ONE, TWO)
    assert store.undo_title == "Merged John Smith into Jon Smith"
    store.undo()
    assert {kind: store.all(kind) for kind in before} == before


def test_what_cannot_be_merged_is_said(store: Store) -> None:
    with pytest.raises(UserError, match="one person already"):
        merge(store, CLOCK, ONE, ONE)
    with pytest.raises(UserError, match="no longer"):
        merge(store, CLOCK, ONE, Person(id="gone", name="Gone"))
    for id, person in (("a", "one"), ("b", "two")):
        put(
            store,
            Meeting(id=id, person=person, starts=MEETING.starts, zone="UTC", status=MeetingStatus.RUNNING),
        )
    before = store.undo_title
    with pytest.raises(UserError, match="end one of them first"):
        merge(store, CLOCK, ONE, TWO)
    assert store.undo_title == before


def test_likely_pairs(store: Store) -> None:
    put(
        store,
        Person(id="a", name="Tomás Rey", company="Loom"),
        Person(id="b", name="Rey, Tomas", company="Loom Inc"),
        Person(id="c", name="Ann Lee", linkedin="x", identities=("linkedin.com/in/ann",)),
        Person(id="d", name="Ann Lee", linkedin="y", identities=("linkedin.com/in/lee",)),
        Person(id="e", name="Ada Ng", emails=("ada@x.example",), identities=("ada@x.example",)),
        Person(id="f", name="Ada N", emails=("ada@x.example",), identities=("ada@x.example",)),
        Person(id="g", name="Ada Ng", removed=True),
    )
    pairs = [({pair.one.id, pair.other.id}, pair.why) for pair in likely_pairs(store)]
    assert ({"e", "f"}, "the same address") in pairs
    assert any(ids == {"a", "b"} and "the same name, both at Loom" in why for ids, why in pairs)
    assert not any(ids & {"c", "d", "g"} for ids, _ in pairs)


def test_those_kept_apart_are_not_asked_about_again(store: Store) -> None:
    put(store, Person(id="a", name="Tomás Rey"), Person(id="b", name="Tomas Rey"))
    (pair,) = [pair for pair in likely_pairs(store) if pair.one.id in "ab"]
    keep_apart(store, pair.one, pair.other)
    assert [pair for pair in likely_pairs(store) if pair.one.id in "ab"] == []

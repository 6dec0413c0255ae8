"""Who may be in twice, the likeliest first; and two side by side, with who stays."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from data.people import duplicates
from data.people.compare import first_of, history, sides
from data.people.duplicates import likely_pairs, still_alike
from data.records import (
    Advice,
    FollowUp,
    FollowUpKind,
    FollowUpState,
    Kind,
    Lead,
    Meeting,
    Person,
    Record,
    Touch,
    TouchKind,
)
from tests.data.made import made

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def somebody(id: str, name: str = "Sam Okafor", **fields: Any) -> Person:
    """Somebody of that id."""
    return Person(id=id, name=name, **fields)


def pairs(*records: Record) -> list[tuple[str, int]]:
    """The pairs by their ids, with how likely they are."""
    return [
        ("".join(sorted((pair.one.id, pair.other.id))), pair.score) for pair in likely_pairs(made(*records))
    ]


def test_a_group_is_no_person_and_kept_apart_holds_both_ways() -> None:
    assert pairs(somebody("a"), somebody("b")) == [("ab", 85)]
    assert pairs(somebody("a"), somebody("b", kind=Kind.GROUP)) == []
    assert pairs(somebody("a", not_same=("b",)), somebody("b")) == []
    assert pairs(somebody("a"), somebody("b", not_same=("a",))) == []


@pytest.mark.parametrize(
    ("one", "other", "score"),
    [("", "", 85), ("Loom", "", 85), ("Loom", "Loom Inc", 100), ("Loom", "N26", 70)],
)
def test_a_company_weighs(one: str, other: str, score: int) -> None:
    assert pairs(somebody("a", company=one), somebody("b", company=other)) == [("ab", score)]


@pytest.mark.parametrize(("company", "found"), [("Figma", True), ("", True), ("Wise", False)])
def test_nearly_the_same_name_elsewhere_is_somebody_else(company: str, found: bool) -> None:
    one = somebody("a", "Jonathan Weber", company="Figma")
    assert bool(pairs(one, somebody("b", "Jonathon Weber", company=company))) is found


def test_an_address_that_two_share_says_nothing_where_their_names_do_not() -> None:
    shared: dict[str, Any] = {"emails": ("hi@x.example",), "identities": ("hi@x.example",)}
    assert pairs(somebody("a", "Maria Chen", **shared), somebody("b", "Bob Fox", **shared)) == []
    assert pairs(somebody("a", "Maria Chen", **shared), somebody("b", "M. Chen", **shared)) == [("ab", 100)]


def test_the_likeliest_stand_first_and_a_crowd_tells_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    people = (somebody("a"), somebody("b"), somebody("c", company="Loom"), somebody("d", company="N26"))
    found = pairs(*people)
    assert [score for _, score in found] == [85] * 5 + [70]
    assert found[-1][0] == "cd"
    monkeypatch.setattr(duplicates, "_CROWD", 3)
    assert pairs(*people) == []
    assert len(pairs(*people[:3])) == 3


def test_a_pair_stays_until_one_is_gone_or_said_to_be_another() -> None:
    people = somebody("a"), somebody("b")
    found = likely_pairs(made(*people))
    assert len(still_alike(made(*people), found)) == 1
    for now in (
        [somebody("a"), somebody("b", removed=True)],
        [somebody("a", merged_into="b"), somebody("b")],
        [somebody("a")],
        [somebody("a", not_same=("b",)), somebody("b")],
        [somebody("a"), somebody("b", not_same=("a",))],
    ):
        assert still_alike(made(*now), found) == []


def owed(id: str, state: FollowUpState) -> FollowUp:
    """Something owed to b."""
    return FollowUp(id=id, person="b", kind=FollowUpKind.CUSTOM, due=date(2026, 11, 23), state=state)


def test_who_stays_is_of_whom_more_is_known() -> None:
    early, late = NOW - timedelta(days=9), NOW
    one = somebody("a", created=late, company="Loom", title="PM", location="Berlin")
    touch = Touch(id="t", person="b", kind=TouchKind.MESSAGE, at=NOW)
    # History before fields, fields before age.
    assert first_of(made(touch), one, somebody("b", created=late))[0].id == "b"
    assert first_of(made(), one, somebody("b", created=early))[0].id == "a"
    assert first_of(made(), somebody("a", created=late), somebody("b", created=early))[0].id == "b"
    assert first_of(made(), somebody("a", created=early), somebody("b", created=late))[0].id == "a"
    # What is done is no more owed.
    done = owed("f", FollowUpState.DONE)
    assert first_of(made(done), one, somebody("b", created=early))[0].id == "a"


def test_what_hangs_on_somebody_in_one_line() -> None:
    records = [
        Meeting(id="m", person="b", starts=NOW.replace(tzinfo=None), zone="UTC"),
        *(Touch(id=f"t{n}", person="b", kind=TouchKind.MESSAGE, at=NOW) for n in range(2)),
        Lead(id="l", giver="b", text="x"),
        *(Advice(id=f"a{n}", giver="b", text="x") for n in range(2)),
        owed("f", FollowUpState.OPEN),
        owed("g", FollowUpState.CANCELLED),
    ]
    said = "1 meeting · 2 contacts · 1 lead · 2 advice · 1 follow-up"
    assert history(made(*records), somebody("b")) == said
    assert history(made(*records), somebody("a")) == "nothing yet"


def test_what_there_is_to_choose_stands_first() -> None:
    one = somebody("a", title="PM", company="Loom", notes="x", tags=("t",), introduced_by="p")
    other = somebody("b", company="N26", notes="y", tags=("u",), location="Berlin", introduced_by="q")
    found = {side.field: side for side in sides(made(somebody("p", "Priya"), one, other), one, other)}
    assert list(found) == ["company", "notes", "name", "title", "location", "introduced_by", "tags"]
    assert [side.choice for side in found.values()] == [True, True] + [False] * 5
    assert {side.field for side in found.values() if side.joined} == {"notes", "tags"}
    assert (found["introduced_by"].one, found["introduced_by"].other) == ("Priya", "")

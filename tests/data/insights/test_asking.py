"""Whom to ask next: who fits and was not asked yet, with a reason that is true."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.insights.asking import Suggested, next_to_ask
from data.insights.facts import Facts
from data.records import (
    Direction,
    Kind,
    Lead,
    Person,
    Profile,
    Record,
    Source,
    Stage,
    Touch,
    TouchKind,
)
from tests.data.made import facts_of
from tests.data.messages.situations import NOW

PROFILE = Profile(id="profile", target_field="product design", target_titles=("product designer",))


def asked_next(*records: Record, count: int = 10) -> list[Suggested]:
    """Whom to ask next in a network of these."""
    *_, found = next_to_ask(facts_of(*records), PROFILE, count)
    return found


def ids(*records: Record, count: int = 10) -> list[str]:
    """Their ids."""
    return [each.person.id for each in asked_next(*records, count=count)]


def touch(person: str, kind: TouchKind = TouchKind.OUTREACH, way: Direction = Direction.OUT) -> Touch:
    """A contact with them, now."""
    return Touch(id=f"{person}-{kind}", person=person, kind=kind, at=NOW, direction=way)


@pytest.mark.parametrize("kind", [TouchKind.OUTREACH, TouchKind.INTRO_REQUEST])
def test_a_group_that_was_asked_is_not_to_be_asked_next(kind: TouchKind) -> None:
    guild = Person(id="g", name="Guild", kind=Kind.GROUP, source=Source.ALUMNI)
    assert ids(guild) == ["g"]
    assert ids(guild, touch("g", TouchKind.THANK_YOU)) == ["g"]
    assert ids(guild, touch("g", kind)) == []


def test_whoever_was_asked_for_names_may_still_be_asked_for_a_talk() -> None:
    maria = Person(id="maria", name="Maria Chen")
    assert ids(maria, touch("maria", TouchKind.INTRO_REQUEST)) == ["maria"]
    assert ids(maria, touch("maria", TouchKind.ANSWER_NO, Direction.IN)) == []
    assert ids(maria, touch("maria", TouchKind.MEETING, Direction.BOTH)) == []


@pytest.mark.parametrize(("days", "waits"), [(0, True), (13, True), (14, False)])
def test_nobody_is_asked_past_whoever_was_asked_to_introduce_them(days: int, waits: bool) -> None:
    giver = Person(id="giver", name="Priya", stage=Stage.MET)
    other = Person(id="other", name="Maria", introduced_by="giver")
    asks = [
        Touch(
            id=id, person="giver", kind=TouchKind.INTRO_REQUEST, at=NOW - timedelta(days=ago), about="other"
        )
        for id, ago in (("late", days), ("early", 30))
    ]
    assert ids(giver, other) == ["other"]
    assert ids(giver, other, *asks) == ([] if waits else ["other"])


@pytest.mark.parametrize("stage", list(Stage))
def test_only_those_in_the_network_or_to_ask_are_to_be_asked(stage: Stage) -> None:
    assert bool(ids(Person(id="a", name="A", stage=stage))) is (stage in (Stage.NETWORK, Stage.TO_ASK))


def test_the_weightiest_reason_comes_first_and_each_is_true() -> None:
    records: list[Record] = [
        Person(id="maria", name="Maria Chen", company="Figma", stage=Stage.MET),
        Person(
            id="sam", name="Sam Okafor", title="Senior Product Designer", company="figma",
            source=Source.REFERRAL, introduced_by="maria", stage=Stage.TO_ASK, connected_on=date(2021, 5, 1),
        ),
        Person(id="ann", name="Ann", company="Figma"),
        Person(id="bob", name="Bob"),
    ]  # fmt: skip
    found = {each.person.id: each.reasons for each in asked_next(*records)}
    assert list(found) == ["sam", "ann", "bob"]
    assert found["sam"] == (
        "a product designer", "via Maria Chen", "connected since 2021", "you chose them already"
    )  # fmt: skip
    assert found["ann"] == ("you know Maria Chen there",)
    assert found["bob"] == ()


def test_who_fits_best_is_found_in_a_large_network() -> None:
    people = [Person(id=f"p{n}", name=f"P{n:04}") for n in range(2_100)]
    for at, title in ((700, "Product designer"), (1_400, "In product design")):
        people[at] = Person(id=f"x{at}", name=f"X{at}", title=title)
    assert [each.person.name for each in asked_next(*people, count=3)] == ["X700", "X1400", "P0000"]


def test_two_who_fit_alike_come_by_name() -> None:
    assert ids(*(Person(id=name, name=name) for name in ("Cy", "Al", "Bo")), count=2) == ["Al", "Bo"]


def _of(source: Source, asked: int, answered: int, name: str) -> list[Record]:
    people = [Person(id=f"{name}{n}", name=f"{name}{n}", source=source) for n in range(asked)]
    return [
        *people,
        *(touch(person.id) for person in people),
        *(touch(person.id, TouchKind.ANSWER_YES, Direction.IN) for person in people[:answered]),
    ]


@pytest.mark.parametrize(
    ("asked", "answered", "reasons"),
    [(4, 2, ("2 of 4 strangers answered",)), (5, 2, ()), (2, 2, ()), (3, 3, ("3 of 3 strangers answered",))],
)
def test_the_like_of_those_who_answered_is_a_reason_where_enough_were_asked(
    asked: int, answered: int, reasons: tuple[str, ...]
) -> None:
    found = asked_next(*_of(Source.COLD, asked, answered, "c"), Person(id="x", name="X", source=Source.COLD))
    assert [each.reasons for each in found] == [reasons]


def test_a_source_that_answers_outweighs_having_been_chosen_but_no_title() -> None:
    records = [
        *_of(Source.COLD, 3, 3, "c"),
        Person(id="like", name="L", source=Source.COLD),
        Person(id="chosen", name="A", stage=Stage.TO_ASK),
        Person(id="fits", name="Z", title="Product designer"),
    ]
    assert ids(*records) == ["fits", "like", "chosen"]


@given(st.lists(st.tuples(st.sampled_from(list(Stage)), st.booleans(), st.booleans()), max_size=12))
def test_nobody_who_was_asked_or_met_and_nobody_twice(people: list[tuple[Stage, bool, bool]]) -> None:
    persons = [Person(id=f"p{n}", name=f"P{n % 3}", stage=stage) for n, (stage, _, _) in enumerate(people)]
    asked = [touch(f"p{n}") for n, (_, was, _) in enumerate(people) if was]
    met = [touch(f"p{n}", TouchKind.MEETING, Direction.BOTH) for n, (_, _, was) in enumerate(people) if was]
    found = ids(*persons, *asked, *met, count=99)
    assert sorted(found) == sorted(
        f"p{n}"
        for n, (stage, was, talked) in enumerate(people)
        if stage in (Stage.NETWORK, Stage.TO_ASK) and not was and not talked
    )


def test_a_network_without_anybody_left_gives_nobody() -> None:
    assert asked_next() == []
    facts: Facts = facts_of(Person(id="a", name="A", removed=True), Lead(id="l", giver="a", text="x"))
    assert list(next_to_ask(facts, PROFILE)) == [[]]

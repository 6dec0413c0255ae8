"""Who led to whom: every branch counted anew over random networks, and circles cut where it costs least."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.insights.tree import Node, lines, tree
from data.records import Direction, Kind, Lead, LeadState, Person, Record, Touch, TouchKind
from tests.data.made import facts_of
from tests.data.messages.situations import NOW


def talked(person: str) -> Touch:
    """A talk with them."""
    return Touch(id=f"t-{person}", person=person, kind=TouchKind.MEETING, at=NOW, direction=Direction.BOTH)


def shown(*records: Record) -> list[str]:
    """The tree as lines."""
    return [f"{each.branch}{each.node.person.name}" for each in lines(tree(facts_of(*records)))]


def test_a_circle_is_cut_at_what_only_a_lead_tells() -> None:
    a = Person(id="a", name="A")
    led = [Person(id=id, name=id.upper(), introduced_by=by) for id, by in ("da", "ba", "cb")]
    lead = Lead(id="l", giver="c", text="x", person="a")
    # Wherever the walk begins, who introduced whom stays.
    for people in permutations([a, *led]):
        assert shown(*people, lead) == ["A", "├─ B", "│  └─ C", "└─ D"]


def test_two_who_introduced_each_other_stand_in_one_line_each() -> None:
    one, two = Person(id="a", name="A", introduced_by="b"), Person(id="b", name="B", introduced_by="a")
    assert len(shown(one, two)) == 2
    assert shown(Person(id="a", name="A", introduced_by="a")) == []


def test_those_gone_lead_to_nobody_and_those_parked_still_do() -> None:
    from data.records import Stage

    child = Person(id="c", name="C", introduced_by="p")
    for gone in (Person(id="p", name="P", removed=True), Person(id="p", name="P", merged_into="x")):
        assert shown(gone, child) == []
    assert shown(Person(id="p", name="P", stage=Stage.PARKED), child) == ["P", "└─ C"]


def test_the_first_lead_counts_where_nobody_introduced_them() -> None:
    people = [Person(id=id, name=id) for id in "abc"]
    leads = [Lead(id=f"{at}", giver=giver, text="x", person="c") for at, giver in enumerate("ba")]
    assert shown(*people, *leads) == ["b", "└─ c"]


def test_what_a_group_gave_counts_in_its_branch() -> None:
    guild = Person(id="g", name="Guild", kind=Kind.GROUP)
    member = Person(id="m", name="M", introduced_by="g")
    leads = [Lead(id=f"{n}", giver="g", text="x", state=LeadState.REPORTED) for n in range(2)]
    (root,) = tree(facts_of(guild, member, *leads, Lead(id="m", giver="m", text="y"), talked("m")))
    assert (root.people, root.met, root.leads) == (1, 1, 3)


@pytest.mark.parametrize("top", [(), (Person(id="top", name="top"),)])
def test_the_largest_branch_stands_first(top: tuple[Person, ...]) -> None:
    people = [Person(id=id, name=id, introduced_by="top" if top else "") for id in ("a", "b", "c")]
    led = [Person(id=f"x{n}", name=f"x{n}", introduced_by=by) for n, by in enumerate("cbbaa")]
    leads = [Lead(id=f"l{n}", giver=by, text="x") for n, by in enumerate("bccc")]
    found = [each.node.person.name for each in lines(tree(facts_of(*top, *people, *led, *leads)))]
    assert [name for name in found if len(name) == 1] == ["b", "a", "c"]


def test_who_led_to_nobody_can_not_be_folded() -> None:
    people = Person(id="a", name="A"), Person(id="b", name="B", introduced_by="a")
    roots = tree(facts_of(*people))
    assert [each.folded for each in lines(roots, frozenset({"b"}))] == [False, False]
    assert [each.folded for each in lines(roots, frozenset({"a"}))] == [True]


_IDS = st.integers(0, 11)


@given(
    st.dictionaries(_IDS, _IDS, max_size=10),
    st.lists(st.tuples(_IDS, _IDS), max_size=10),
    st.sets(_IDS),
    st.sets(_IDS, max_size=3),
)
def test_every_branch_brought_what_hangs_below_it(
    introduced: dict[int, int], leads: list[tuple[int, int]], met: set[int], gone: set[int]
) -> None:
    people = [
        Person(id=f"{n}", name=f"P{n}", introduced_by=f"{introduced.get(n, '')}", removed=n in gone)
        for n in range(12)
    ]
    given = [Lead(id=f"l{at}", giver=f"{a}", text="x", person=f"{b}") for at, (a, b) in enumerate(leads)]
    facts = facts_of(*people, *given, *(talked(f"{n}") for n in met))
    roots = tree(facts)
    nodes = list(_all(roots))
    there = [int(node.person.id) for node in nodes]
    assert len(there) == len(set(there))
    assert not set(there) & gone
    edges = {(int(child.person.id), int(node.person.id)) for node in nodes for child in node.children}
    real = {(a, b) for a, b in introduced.items() if a != b and not {a, b} & gone}
    assert edges <= real | {(b, a) for a, b in leads if a != b}
    # Whoever was led to by somebody stands there, unless that would close a circle.
    for child, parent in real - edges:
        assert parent in _circle(child, introduced)
    for node in nodes:
        below = [each for each in _all([node]) if each is not node]
        assert node.people == len(below)
        assert node.met == sum(int(each.person.id) in met for each in below)
        ids = {int(each.person.id) for each in (node, *below)}
        assert node.leads == sum(a in ids for a, _ in leads)


def _circle(start: int, introduced: dict[int, int]) -> set[int]:
    """Those on the circle of introductions through `start`; empty if it is on none."""
    seen: list[int] = []
    at: int | None = start
    while at is not None and at not in seen:
        seen.append(at)
        at = introduced.get(at)
    return set(seen) if at == start else set()


def _all(nodes: list[Node]) -> list[Node]:
    return [each for node in nodes for each in (node, *_all(node.children))]

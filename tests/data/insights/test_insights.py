"""The insights count what is kept, each person once, and a tree holds everybody once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from data.insights.answers import answers
from data.insights.asking import Suggested, next_to_ask
from data.insights.facts import Facts
from data.insights.funnel import answer_days, by_month, by_source, funnel, waits, weeks
from data.insights.markdown import markdown
from data.insights.owing import owing
from data.insights.tree import lines, tree
from data.records import (
    Advice,
    AdviceState,
    Direction,
    Entry,
    EntryKind,
    Kind,
    Lead,
    LeadState,
    Meeting,
    Person,
    PersonLine,
    Question,
    Record,
    Source,
    Stage,
    TouchKind,
)
from data.store import Store
from tests.data.made import made as made_of
from tests.data.messages import situations as made


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Priya led to Maria and Sam, Maria to Jonas; three were asked, two answered, one was met."""
    with Store.open(tmp_path / "inroad.json", clock=made.clock()) as opened:
        with opened.transaction("x") as tx:
            made.priya(tx)
            made.maria(tx, introduced_by="priya", source=Source.REFERRAL)
            tx.put(Person(id="sam", name="Sam Okafor", introduced_by="priya", source=Source.REFERRAL))
            tx.put(Person(id="jonas", name="Jonas Weber", source=Source.REFERRAL))
            tx.put(Person(id="lena", name="Lena Fischer", source=Source.COLD))
            tx.put(Person(id="guild", name="Guild", kind=Kind.GROUP, source=Source.ASSOCIATION))
            tx.put(Person(id="gone", name="Gone", source=Source.EVENT, removed=True))
            for person, days in (
                ("maria", 20),
                ("maria", 12),
                ("sam", 40),
                ("lena", 5),
                ("guild", 5),
                ("gone", 5),
            ):
                made.touch(tx, TouchKind.OUTREACH, days, person)
            made.touch(tx, TouchKind.ANSWER_YES, 16, "maria", direction=Direction.IN)
            made.touch(tx, TouchKind.ANSWER_NO, 38, "sam", direction=Direction.IN)
            made.touch(tx, TouchKind.ANSWER_YES, 1, "guild", direction=Direction.IN)
            made.met(tx, days=8)
            made.lead(tx, LeadState.ACTED_ON, person="jonas")
            tx.put(Lead(id="l2", giver="maria", text="a book", state=LeadState.REPORTED))
            tx.put(Lead(id="l3", giver="maria", text="=cmd|x", state=LeadState.CAPTURED))
            tx.put(Advice(id="a1", giver="priya", text="Ship", state=AdviceState.USED))
            tx.put(Advice(id="a2", giver="priya", text="Rest", state=AdviceState.DECLINED))
        yield opened


@pytest.fixture
def facts(store: Store) -> Facts:
    return Facts(store, made.clock())


def test_funnel(facts: Facts) -> None:
    steps = {step.name: (step.count, step.rate) for step in funnel(facts.roads.values())}
    assert steps == {
        "Asked": (3, None),
        "Answered": (2, 67),
        "Met": (1, 50),
        "Leads given": (3, None),
        "Acted on": (2, 67),
        "Giver told": (1, 50),
    }


def test_funnel_of_nobody(tmp_path: Path) -> None:
    with Store.open(tmp_path / "x.json", clock=made.clock()) as empty:
        facts = Facts(empty, made.clock())
        assert all(step.count == 0 and step.rate is None for step in funnel(facts.roads.values()))
        assert answer_days(facts.roads.values()) is None
        assert by_source(facts) == []
        assert tree(facts) == []
        assert answers(empty, made.clock().zone()) == []
        assert markdown(empty, made.clock()).startswith("# My network, Mon 23 Nov 2026\n")


def test_sources(facts: Facts) -> None:
    rows = {
        row.source: (row.known, row.asked, row.answered, row.met, row.leads, row.rate)
        for row in by_source(facts)
    }
    assert rows[Source.REFERRAL] == (3, 2, 2, 1, 3, 100)
    assert rows[Source.COLD] == (1, 1, 0, 0, 0, 0)
    assert not {Source.ASSOCIATION, Source.EVENT} & rows.keys()
    assert by_source(facts)[0].source is Source.REFERRAL


def test_months_and_answer_time(facts: Facts) -> None:
    assert [(month.first, month.asked, month.answered, month.met) for month in by_month(facts)] == [
        (date(2026, 11, 1), 2, 1, 1),
        (date(2026, 10, 1), 1, 1, 0),
    ]
    assert answer_days(facts.roads.values()) == 3


def test_weeks(facts: Facts) -> None:
    found = weeks(facts, 3)
    assert [(week.monday, week.sent, week.held) for week in found] == [
        (date(2026, 11, 23), 0, 0),
        (date(2026, 11, 16), 3, 0),
        (date(2026, 11, 9), 1, 1),
    ]


def test_tree(facts: Facts) -> None:
    (root,) = tree(facts)
    assert root.person.name == "Priya Nair"
    assert (root.people, root.met, root.leads) == (3, 1, 3)
    shown = [f"{each.branch}{each.node.person.name}" for each in lines([root])]
    assert shown == ["Priya Nair", "├─ Maria Chen", "│  └─ Jonas Weber", "└─ Sam Okafor"]
    folded = [each.node.person.name for each in lines([root], frozenset({"maria"}))]
    assert folded == ["Priya Nair", "Maria Chen", "Sam Okafor"]


class _Made(Facts):
    """Facts of people and introductions alone."""

    def __init__(self, parents: dict[int, int]) -> None:
        ids = {*parents, *parents.values()}
        self.people = {
            str(id): PersonLine(id=str(id), name=f"P{id}", introduced_by=str(parents.get(id, "")))
            for id in ids
        }
        self.roads = {}
        self.leads = []


@given(st.dictionaries(st.integers(0, 30), st.integers(0, 30), max_size=40))
def test_everybody_stands_in_the_tree_once_whatever_the_circles(parents: dict[int, int]) -> None:
    roots = tree(_Made(parents))
    shown = [each.node.person.id for each in lines(roots)]
    assert len(shown) == len(set(shown))
    assert set(shown) == {str(id) for pair in parents.items() if pair[0] != pair[1] for id in pair}
    assert sum(root.people + 1 for root in roots) == len(shown)


def test_a_chain_of_five_thousand_is_no_trouble() -> None:
    roots = tree(_Made({child: child - 1 for child in range(1, 5000)}))
    assert [root.people for root in roots] == [4999]
    assert sum(1 for _ in lines(roots)) == 5000


def test_owing(store: Store, facts: Facts) -> None:
    givers = {giver.person.name: giver for giver in owing(store, facts)}
    assert [thing.state for thing in givers["Maria Chen"].things] == ["acted on", "act on it", "told"]
    assert givers["Maria Chen"].open == 2
    assert givers["Priya Nair"].open == 1
    assert givers["Priya Nair"].sentence == "1 thing still open"
    assert list(givers) == ["Maria Chen", "Priya Nair"]


def test_whom_most_is_owed_stands_first_and_those_gone_nowhere() -> None:
    people = [Person(id=id, name=id, removed=id == "gone") for id in ("a", "b", "c", "gone")]
    leads = [Lead(id=f"l{at}", giver=giver, text="x") for at, giver in enumerate(["b", "b", "a", "gone"])]
    told = Lead(id="t", giver="c", text="x", state=LeadState.REPORTED)
    reader = made_of(*people, *leads, told)
    givers = owing(reader, Facts(reader, made.clock()))
    assert [(giver.person.id, giver.open, giver.sentence) for giver in givers] == [
        ("b", 2, "2 things still open"), ("a", 1, "1 thing still open"), ("c", 0, "they know of everything"),
    ]  # fmt: skip


def test_answers_side_by_side(store: Store) -> None:
    with store.transaction("x") as tx:
        for person, days in (("maria", 8), ("sam", 2)):
            meeting = made.met(tx, days=days, person=person)
            words = f"How did you start{'?' if person == 'sam' else ' out?'}"
            questions = (Question(id=f"q-{person}", text=words, bank="start"),)
            tx.put(replace(meeting, questions=questions))
            for order, text in enumerate(("By chance", "and luck")):
                tx.put(
                    Entry(
                        id=f"a-{person}-{order}",
                        meeting=meeting.id,
                        kind=EntryKind.ANSWER,
                        text=f"{person}: {text}",
                        order=order,
                        question=f"q-{person}",
                    )
                )
            # What is no answer is none, whatever question it stands at.
            tx.put(Entry(id=f"n-{person}", meeting=meeting.id, text="note", question=f"q-{person}"))
    (asked,) = answers(store, made.clock().zone())
    assert asked.text == "How did you start?"
    assert [(each.name, each.text) for each in asked.answers] == [
        ("Sam Okafor", "sam: By chance\nsam: and luck"),
        ("Maria Chen", "maria: By chance\nmaria: and luck"),
    ]


def test_the_markdown_has_every_part(store: Store) -> None:
    text = markdown(store, made.clock())
    assert "| Answered | 2 | 67 % |" in text
    assert "- Priya Nair (3 people, 1 met, 3 leads)\n  - Maria Chen (1 person, 3 leads)" in text
    assert "| Asked in | Asked | Answered | Rate | Met |" in text
    assert "## Whom to ask next\n\n1. Jonas Weber" in text


def asked_next(store: Store, count: int = 10) -> list[Suggested]:
    *_, found = next_to_ask(Facts(store, made.clock()), store.profile, count)
    return found


def test_a_question_without_a_bank_is_the_same_by_its_words() -> None:
    records: list[Record] = []
    for at, words in enumerate(("How did  YOU start?", "How did you start?", "Why?")):
        question = Question(id=f"q{at}", text=words)
        starts = datetime.fromisoformat("2026-11-20T10:00")
        records += [
            Person(id=f"p{at}", name=f"P{at}"),
            Meeting(id=f"m{at}", person=f"p{at}", starts=starts, zone="UTC", questions=(question,)),
            Entry(id=f"e{at}", meeting=f"m{at}", kind=EntryKind.ANSWER, text="x", question=f"q{at}"),
        ]
    found = answers(made_of(*records), made.clock().zone())
    assert [len(each.answers) for each in found] == [2, 1]
    gone = [replace(each, removed=True) for each in records if isinstance(each, Person)]
    assert answers(made_of(*gone, *records[1:2], *records[2:3]), made.clock().zone()) == []


def test_who_was_asked_is_not_to_be_asked_next(store: Store) -> None:
    names = [each.person.name for each in asked_next(store)]
    assert "Jonas Weber" in names
    assert not {"Maria Chen", "Sam Okafor", "Lena Fischer", "Gone"} & set(names)


def test_who_fits_and_whose_like_answered_comes_first_with_the_reason(store: Store) -> None:
    with store.transaction("x") as tx:
        for number in range(4):
            source = Source.ALUMNI if number % 2 else Source.COLD
            tx.put(Person(id=f"new{number}", name=f"New {number}", source=source))
        for number in range(3):
            tx.put(Person(id=f"al{number}", name=f"Al {number}", source=Source.ALUMNI))
            made.touch(tx, TouchKind.OUTREACH, 20, f"al{number}")
            if number:
                made.touch(tx, TouchKind.ANSWER_YES, 18, f"al{number}", direction=Direction.IN)
    found = asked_next(store)
    named = {each.person.name: each.reasons for each in found}
    assert named["New 1"][-1] == "2 of 3 alumni answered"
    order = [each.person.name for each in found]
    assert order.index("New 1") < order.index("New 0")
    assert len(asked_next(store, 2)) == 2


def test_whom_one_chose_already_comes_before_their_like(store: Store) -> None:
    with store.transaction("x") as tx:
        tx.put(Person(id="a", name="A", source=Source.COLD))
        tx.put(Person(id="z", name="Z", source=Source.COLD, stage=Stage.TO_ASK))
    found = [each for each in asked_next(store) if each.person.id in ("a", "z")]
    assert [each.person.id for each in found] == ["z", "a"]
    assert found[0].reasons == ("you chose them already",)


def test_looking_for_whom_to_ask_goes_in_pieces(store: Store) -> None:
    with store.transaction("x") as tx:
        for number in range(2_500):
            tx.put(Person(id=f"p{number}", name=f"P {number}"))
    assert len(list(next_to_ask(Facts(store, made.clock()), store.profile))) == 3


def test_waits(facts: Facts) -> None:
    found = {each.name: each.count for each in waits(facts.roads.values())}
    asked = [road for road in facts.roads.values() if road.asked]
    assert sum(found.values()) == len(asked)
    assert found["no answer yet"] == sum(road.answered is None for road in asked)
    assert found["3–7 days"] == 1

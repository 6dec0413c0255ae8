"""One line that adds somebody: how it is read, who is known already, who introduced them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.clock import FixedClock
from data.people.quick_add import QuickAdd, QuickAddError, add, describe, parse
from data.records import Person, Source, Stage
from data.store import Store

CLOCK = FixedClock(datetime(2026, 11, 23, 9, tzinfo=UTC))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "inroad.json", clock=CLOCK) as store:
        yield store


def put(store: Store, *people: Person) -> None:
    with store.transaction("Set up") as tx:
        for person in people:
            tx.put(person)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Sam Okafor", QuickAdd(name="Sam Okafor")),
        ("  Sam \t Okafor\n", QuickAdd(name="Sam Okafor")),
        (
            "Sam Okafor, PM @ Stripe via Priya Nair #design #ask-first",
            QuickAdd(
                name="Sam Okafor", title="PM", company="Stripe", via="Priya Nair",
                tags=("design", "ask-first")
            ),
        ),
        ("Sam Okafor, PM", QuickAdd(name="Sam Okafor", title="PM")),
        ("Sam Okafor, @ Stripe", QuickAdd(name="Sam Okafor", company="Stripe")),
        ("Sam Okafor @ Stripe", QuickAdd(name="Sam Okafor", company="Stripe")),
        ("Sam Okafor, PM @Stripe, Inc", QuickAdd(name="Sam Okafor", title="PM", company="Stripe, Inc")),
        (
            "Sam Okafor, Head of Design, Systems @ Figma",
            QuickAdd(name="Sam Okafor", title="Head of Design, Systems", company="Figma"),
        ),
        ("Sam Okafor, PhD, MBA, PM @ Stripe", QuickAdd(name="Sam Okafor", title="PM", company="Stripe")),
        ('"Okafor, Sam", PM @ Stripe', QuickAdd(name="Okafor, Sam", title="PM", company="Stripe")),
        ('"Maria via Roma" via Sam', QuickAdd(name="Maria via Roma", via="Sam")),
        ("“Okafor, Sam” via Priya", QuickAdd(name="Okafor, Sam", via="Priya")),
        ("Via Rossi, Chef @ Via Foods via Sam",
         QuickAdd(name="Via Rossi", title="Chef", company="Via Foods", via="Sam")),
        ("Octavia Olavia", QuickAdd(name="Octavia Olavia")),
        ("Anna Via", QuickAdd(name="Anna Via")),
        ("Sam Okafor via Priya Nair, PM @ Stripe",
         QuickAdd(name="Sam Okafor", title="PM", company="Stripe", via="Priya Nair")),
        ("Sam VIA Priya Nair @ Shopify", QuickAdd(name="Sam", via="Priya Nair", via_company="Shopify")),
        ("#design Sam Okafor #design", QuickAdd(name="Sam Okafor", tags=("design",))),
        ("Sam Okafor, C# developer @ N26", QuickAdd(name="Sam Okafor", title="C# developer", company="N26")),
        ("Sam Okafor, Engineer #2", QuickAdd(name="Sam Okafor", title="Engineer #2")),
        ("Sam Okafor sam@stripe.example", QuickAdd(name="Sam Okafor", emails=("sam@stripe.example",))),
        (
            "Sam Okafor https://www.linkedin.com/in/samokafor, PM @ Stripe",
            QuickAdd(
                name="Sam Okafor", title="PM", company="Stripe", links=("https://www.linkedin.com/in/samokafor",)
            ),
        ),
        ("陈伟, 设计师 @ 字节跳动 via 李娜 #设计",
         QuickAdd(name="陈伟", title="设计师", company="字节跳动", via="李娜", tags=("设计",))),
        ("Sam Okafor, PM at Stripe via Priya",
         QuickAdd(name="Sam Okafor", title="PM", company="Stripe", via="Priya")),
        ("Sam Okafor at Stripe", QuickAdd(name="Sam Okafor", company="Stripe")),
        ("Sam Okafor, Director at large, PM at Stripe",
         QuickAdd(name="Sam Okafor", title="Director at large, PM", company="Stripe")),
        ("Sam Okafor, Head of AI at Scale @ Stripe",
         QuickAdd(name="Sam Okafor", title="Head of AI at Scale", company="Stripe")),
        ("At Suzuki, looking at", QuickAdd(name="At Suzuki", title="looking at")),
        ("Sam Okafor at Stripe, PM", QuickAdd(name="Sam Okafor", company="Stripe, PM")),
        ("Sam Okafor, PM @ Stripe, +49 (170) 123-4567, sam@x.example",
         QuickAdd(name="Sam Okafor", title="PM", company="Stripe", phones=("+49 (170) 123-4567",),
                  emails=("sam@x.example",))),
        ("Sam Okafor 0511 1234567 #x", QuickAdd(name="Sam Okafor", phones=("0511 1234567",), tags=("x",))),
        ("Sam Okafor, Agent 007 @ 3M", QuickAdd(name="Sam Okafor", title="Agent 007", company="3M")),
        ("[/]Sam{name} =cmd", QuickAdd(name="[/]Sam{name} =cmd")),
    ],
)  # fmt: skip
def test_reading_the_line(text: str, read: QuickAdd) -> None:
    assert parse(text) == read


@pytest.mark.parametrize(
    "text",
    ["", "   ", ",", "#design", "@ Stripe", ", PM @ Stripe", "via Priya Nair", '""', "🎉", "a@b.example"],
)
def test_a_line_without_a_name_is_refused_in_a_sentence(store: Store, text: str) -> None:
    with pytest.raises(QuickAddError, match=r"^Type a name first, like this: .*\.$"):
        add(store, CLOCK, text)
    assert store.people() == []
    assert store.undo_title is None


@given(st.text(max_size=80))
def test_any_line_is_read_or_refused(text: str) -> None:
    try:
        read = parse(text)
    except QuickAddError:
        return
    for part in (read.name, read.title, read.company, read.via, read.via_company):
        assert part == " ".join(part.split())
        assert not any(ord(char) < 0x20 or 0x7F <= ord(char) < 0xA0 for char in part)


def test_adding_puts_them_on_the_board_and_undoes(store: Store) -> None:
    added = add(store, CLOCK, "Sam Okafor, PM @ Stripe sam@stripe.example #design")
    person = store.get(Person, added.person.id)
    assert person is not None
    assert (person.stage, person.stage_since, person.created) == (Stage.TO_ASK, CLOCK.now(), CLOCK.now())
    assert (person.name, person.title, person.company) == ("Sam Okafor", "PM", "Stripe")
    assert (person.tags, person.identities, person.source) == (
        ("design",),
        ("sam@stripe.example",),
        Source.NETWORK,
    )
    assert describe(added) == ["Added Sam Okafor."]
    assert store.undo_title == "Added Sam Okafor"
    store.undo()
    assert store.people() == []


def test_an_introducer_is_found_by_a_part_of_the_name(store: Store) -> None:
    put(store, Person(id="p", name="Priya Nair, MBA"))
    added = add(store, CLOCK, "Sam Okafor via priya")
    assert added.introducer is not None
    assert (added.person.introduced_by, added.person.source, added.new_introducer) == (
        "p",
        Source.REFERRAL,
        False,
    )
    assert describe(added)[1] == "Introduced by Priya Nair, MBA."


def test_an_unknown_introducer_is_added_to_the_network(store: Store) -> None:
    added = add(store, CLOCK, "Sam Okafor via Priya Nair @ Shopify")
    assert added.introducer is not None
    priya = store.get(Person, added.person.introduced_by)
    assert priya is not None
    assert (priya.name, priya.company, priya.stage, added.new_introducer) == (
        "Priya Nair",
        "Shopify",
        Stage.NETWORK,
        True,
    )
    store.undo()
    assert store.people() == []


def test_of_several_introducers_the_one_dealt_with_or_a_question(store: Store) -> None:
    put(
        store,
        Person(id="1", name="Priya Nair", company="Shopify"),
        Person(id="2", name="Priya Nair", company="N26"),
    )
    with pytest.raises(QuickAddError, match=r"2 people called Priya Nair \(Shopify, N26\).*@ Shopify\."):
        add(store, CLOCK, "Sam Okafor via Priya Nair")
    assert len(store.people()) == 2
    assert add(store, CLOCK, "Sam Okafor via Priya Nair @ n26").person.introduced_by == "2"
    put(store, Person(id="1", name="Priya Nair", company="Shopify", stage=Stage.MET))
    assert add(store, CLOCK, "Lena Fischer via Priya Nair").person.introduced_by == "1"


def test_several_introducers_without_companies(store: Store) -> None:
    put(store, Person(id="1", name="Priya Nair"), Person(id="2", name="Priya Nair"))
    with pytest.raises(QuickAddError, match="leave out the “via”"):
        add(store, CLOCK, "Sam Okafor via Priya Nair")


@pytest.mark.parametrize(
    "line", ["Maria Chen, Head @ Figma", "maria  CHEN @ figma", "Maria Chen", "M. Chen maria@x.example"]
)
def test_somebody_known_comes_onto_the_board_once(store: Store, line: str) -> None:
    put(store, Person(id="m", name="Maria Chen", company="Figma", emails=("Maria@x.example",), notes="kept"))
    added = add(store, CLOCK, line + " #new")
    assert added.known
    person = store.get(Person, "m")
    assert person is not None
    assert (person.stage, person.notes, person.tags) == (Stage.TO_ASK, "kept", ("new",))
    assert len(store.people()) == 1
    assert store.undo_title == "Moved Maria Chen to To ask"
    assert describe(added) == ["Maria Chen was in your network already, now under To ask."]


def test_somebody_on_the_board_stays_where_they_are(store: Store) -> None:
    put(store, Person(id="m", name="Maria Chen", company="Figma", stage=Stage.MET))
    added = add(store, CLOCK, "Maria Chen, Head of Design @ Figma")
    assert (added.known, added.person.stage, added.person.title) == (True, Stage.MET, "Head of Design")
    assert "now under Met" in describe(added)[0]


def test_what_is_known_stays_and_what_is_not_is_filled_in(store: Store) -> None:
    known = Person(
        id="m", name="Maria Chen", company="Figma", title="Head", emails=("maria@x.example",),
        stage=Stage.PARKED, introduced_by="p", source=Source.ALUMNI,
    )  # fmt: skip
    put(store, Person(id="p", name="Priya Nair"), Person(id="q", name="Quinn Ray"), known)
    line = "Maria Chen, Intern @ Figma via Quinn Ray maria@x.example MARIA@x.example new@x.example"
    person = add(store, CLOCK, line).person
    assert (person.title, person.company, person.emails) == (
        "Head", "Figma", ("maria@x.example", "new@x.example"),
    )  # fmt: skip
    assert (person.introduced_by, person.source, person.stage) == ("p", Source.ALUMNI, Stage.PARKED)
    # Who was not introduced by anybody so far is now.
    put(store, Person(id="s", name="Sam Okafor", source=Source.ALUMNI))
    sam = add(store, CLOCK, "Sam Okafor via Quinn Ray").person
    assert (sam.id, sam.introduced_by, sam.source) == ("s", "q", Source.REFERRAL)


def test_of_two_called_so_in_the_network_nobody_is_taken_for_the_other(store: Store) -> None:
    put(store, *(Person(id=id, name="Maria Chen", company=id) for id in ("Figma", "Loom")))
    assert not add(store, CLOCK, "Maria Chen").known


@pytest.mark.parametrize("typed", ["Søren Ås", "soren as", "SÖREN ÅS"])
def test_letters_that_are_left_out_name_the_same_one(store: Store, typed: str) -> None:
    put(store, Person(id="s", name="Søren Ås"))
    assert add(store, CLOCK, typed).person.id == "s"


def test_the_whole_name_of_an_introducer_counts_before_a_part_of_it(store: Store) -> None:
    put(store, Person(id="long", name="Ann Lee Berg", stage=Stage.MET), Person(id="a", name="Ann Lee"))
    assert add(store, CLOCK, "Sam Okafor via Ann Lee").person.introduced_by == "a"


def test_a_namesake_elsewhere_is_somebody_else(store: Store) -> None:
    put(store, Person(id="m", name="Maria Chen", company="Figma"))
    assert not add(store, CLOCK, "Maria Chen @ Stripe").known
    assert len(store.people()) == 2


def test_a_namesake_on_the_board_is_named(store: Store) -> None:
    put(store, Person(id="m", name="Maria Chen", company="Figma", stage=Stage.MET))
    added = add(store, CLOCK, "Maria Chen")
    assert not added.known
    assert describe(added)[1] == (
        "Another Maria Chen (Figma, under Met) is in your network: if it is the same person, undo this, "
        "or make one of the two in Duplicates."
    )
    assert len(describe(add(store, CLOCK, "Maria Chen @ Stripe"))) == 1


def test_a_phone_is_kept_once(store: Store) -> None:
    put(store, Person(id="m", name="Maria Chen", phones=("+49 170 1234567",)))
    assert add(store, CLOCK, "Maria Chen +49170 1234567").person.phones == ("+49 170 1234567",)
    assert add(store, CLOCK, "Maria Chen, 0511 1234567").person.phones == ("+49 170 1234567", "0511 1234567")


def test_who_was_removed_may_be_added_again(store: Store) -> None:
    put(store, Person(id="m", name="Maria Chen", removed=True))
    added = add(store, CLOCK, "Maria Chen")
    assert not added.known
    assert [line.id for line in store.people()] == [added.person.id]


def test_nobody_comes_to_introduce_themselves(store: Store) -> None:
    put(store, Person(id="a", name="Ann Lee"), Person(id="b", name="Bo Berg", introduced_by="a"))
    added = add(store, CLOCK, "Ann Lee via Bo Berg")
    assert added.person.id == "a"
    assert added.person.introduced_by == ""
    assert describe(added)[1] == "Who introduced Ann Lee stays as it was."


def test_an_endless_name_makes_no_endless_sentence(store: Store) -> None:
    added = add(store, CLOCK, "x" * 10_000 + " via " + "y" * 10_000)
    assert len(added.person.name) == 10_000
    assert all(len(sentence) < 200 for sentence in describe(added))
    assert store.undo_title is not None
    assert len(store.undo_title) < 100

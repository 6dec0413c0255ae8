"""Searching the network: every word counts, names come first, the fit is explained."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.people.find import Finder, find
from data.records import Kind, PersonLine, Profile, Source, Stage

PROFILE = Profile(id="profile", target_field="product design", target_titles=("design lead",))


def line(name: str, **fields: Any) -> PersonLine:
    return PersonLine(id=fields.pop("id", name), name=name, **fields)


def names(people: list[PersonLine], query: str) -> list[str]:
    return [person.name for person, _ in find(people, PROFILE, query)]


def test_every_word_has_to_match_somewhere() -> None:
    people = [line("Maria Chen", company="Figma"), line("Maria Rey", company="Loom"), line("Sam Okafor")]
    assert names(people, "maria figma") == ["Maria Chen"]
    assert names(people, "figma maria") == ["Maria Chen"]
    assert names(people, "xyzw") == []


def test_accents_and_case_do_not_matter() -> None:
    assert names([line("Tomás REY")], "tomas rey") == ["Tomás REY"]
    assert names([line("Tomas Rey")], "TOMÁS") == ["Tomas Rey"]


def test_title_field_place_tag_and_address_are_searched() -> None:
    person = line(
        "Ada Ng", title="CTO", fields=("health",), location="Berlin", tags=("uni",), emails=("a@x.org",)
    )
    for query in ("cto", "health", "berlin", "#uni", "a@x.org"):
        assert names([person], query) == ["Ada Ng"]


def test_who_is_called_so_comes_before_who_works_there() -> None:
    people = [line("Ben Ng", company="Stripe"), line("Ada Stripe"), line("Stripe Jones")]
    assert names(people, "stripe") == ["Stripe Jones", "Ada Stripe", "Ben Ng"]


def test_no_word_spans_two_fields() -> None:
    assert names([line("Ada", title="Ng")], "ada ng") == ["Ada"]
    assert names([line("Ada", title="Ng")], "a n") == ["Ada"]
    assert names([line("Abcd", title="Efgh")], "abcdefgh") == []


def test_nobody_called_so_offers_names_written_alike() -> None:
    assert names([line("Sam Okafor"), line("Lena Fischer")], "okafr") == ["Sam Okafor"]


def test_the_fit_puts_field_and_closeness_first_and_says_why() -> None:
    people = [
        line("Nobody Special"),
        line("Connected", connected_on=date(2019, 3, 1)),
        line("Field", title="Product design manager"),
        line("Title", title="Design lead", source=Source.ALUMNI),
    ]
    found = find(people, PROFILE, "")
    assert [person.name for person, _ in found] == ["Title", "Field", "Connected", "Nobody Special"]
    assert found[0][1] == ["a design lead", "alumni"]
    assert found[1][1] == ["in product design"]
    assert found[2][1] == ["connected since 2019"]
    assert found[3][1] == []


def test_a_title_that_names_the_field_is_said_once() -> None:
    profile = Profile(id="profile", target_field="product design", target_titles=("product designer",))
    found = find([line("Ada", title="Product Designer"), line("Ben", title="Product design")], profile, "")
    assert [(person.name, why) for person, why in found] == [
        ("Ada", ["a product designer"]),
        ("Ben", ["in product design"]),
    ]


def test_the_introducer_and_the_colleague_are_named() -> None:
    people = [
        line("Priya Nair", id="p", company="Shopify", stage=Stage.MET),
        line("Sam Okafor", introduced_by="p"),
        line("Ada Ng", company="Shopify"),
    ]
    reasons = {person.name: why for person, why in find(people, PROFILE, "")}
    assert reasons["Sam Okafor"] == ["via Priya Nair"]
    assert reasons["Ada Ng"] == ["you know Priya Nair there"]


def test_who_is_on_the_board_comes_after_who_is_not() -> None:
    people = [line("On board", title="Product design", stage=Stage.ASKED), line("New")]
    assert names(people, "") == ["New", "On board"]
    assert find(people, PROFILE, "board")[0][1][0] == "on the board: asked"


def test_a_title_that_names_the_field_outweighs_one_that_does_not() -> None:
    profile = Profile(id="profile", target_field="design", target_titles=("recruiter", "designer"))
    people = [line("Ada", title="Recruiter"), line("Zoe", title="Designer")]
    assert [person.name for person, _ in find(people, profile, "")] == ["Zoe", "Ada"]


def test_a_tag_may_name_the_field_and_a_small_word_never_does() -> None:
    profile = Profile(id="profile", target_field="Art and the Design")
    people = [line("Ada", tags=("design",)), line("Ben", title="Ups and downs of the law")]
    assert {person.name: why for person, why in find(people, profile, "")} == {
        "Ada": ["close to your field: design"],
        "Ben": [],
    }


def test_nobody_is_their_own_colleague() -> None:
    people = [line("Maria Chen", company="Figma", stage=Stage.MET), line("Sam", company="figma")]
    reasons = {person.name: why for person, why in find(people, PROFILE, "")}
    assert reasons == {"Maria Chen": ["on the board: met"], "Sam": ["you know Maria Chen there"]}


def test_the_parked_stand_between_the_network_and_the_board() -> None:
    stages = {"Asked": Stage.ASKED, "Parked": Stage.PARKED, "Zoe": Stage.NETWORK}
    found = find([line(name, stage=stage) for name, stage in stages.items()], PROFILE, "")
    assert [(person.name, why) for person, why in found] == [
        ("Zoe", []), ("Parked", ["parked"]), ("Asked", ["on the board: asked"]),
    ]  # fmt: skip


def test_where_it_must_be_exact_or_is_short_nobody_alike_is_offered() -> None:
    finder = Finder(PROFILE).load_all([line("Sam Okafor"), line("Tom Ray")])
    assert [person.name for person in finder.search("okafr")] == ["Sam Okafor"]
    assert list(finder.search("okafr", exactly=True)) == []
    assert list(finder.search("om")) == []


def test_who_is_loaded_anew_is_found_as_they_are_now() -> None:
    finder = Finder(PROFILE).load_all([line("Sam Okafor"), line("Tom Ray")])
    list(finder.warm())
    for query in ("s", "sa", "sam"):
        finder.prepare(query)
        finder.search(query)
    finder.load_all([line("Ada Ng"), line("Sam Reed"), line("Samir Khan")])
    for query in ("s", "sa", "sam"):
        assert [person.name for person in finder.search(query)] == ["Sam Reed", "Samir Khan"]


def test_an_alumni_group_is_said_to_be_one() -> None:
    group = line("Hanover design", kind=Kind.GROUP, source=Source.ALUMNI)
    assert find([group], Profile(id="profile"), "")[0][1] == ["an alumni group"]


def test_typing_on_finds_the_same_as_typing_anew() -> None:
    people = [line(f"{first} {last}") for first in ("Ada", "Ben", "Bea") for last in ("Ng", "Berg", "Adler")]
    typed = Finder(PROFILE).load_all(people)
    for query in ("b", "be", "ben", "ben b", "ben be", "ben", "b", "ad", "ada a", ""):
        fresh = Finder(PROFILE).load_all(people)
        assert list(typed.search(query)) == list(fresh.search(query)), query


def test_loading_goes_in_pieces() -> None:
    people = [line(f"Person {number}", id=str(number)) for number in range(2_500)]
    finder = Finder(PROFILE)
    assert list(finder.load(people)) == [1_000, 2_000, 2_500, 2_500]
    assert len(finder) == 2_500


@given(st.lists(st.text(max_size=30), max_size=8), st.text(max_size=12))
def test_any_text_is_searched_and_nobody_is_found_twice(texts: list[str], query: str) -> None:
    people = [line(text, id=str(n), company=text, tags=(text,)) for n, text in enumerate(texts)]
    found = Finder(PROFILE).load_all(people).search(query)
    ids = [person.id for person in found]
    assert len(ids) == len(set(ids))
    assert set(ids) <= {person.id for person in people}


def test_a_letter_or_two_begin_a_word_and_more_may_be_inside() -> None:
    people = [line("Ada Mei"), line("Tom Rey"), line("Thomas Ey")]
    assert names(people, "m") == ["Ada Mei"]
    assert names(people, "om") == []
    assert names(people, "oma") == ["Thomas Ey"]
    typed = Finder(PROFILE).load_all(people)
    for query in ("o", "om", "oma"):
        assert list(typed.search(query)) == list(Finder(PROFILE).load_all(people).search(query)), query


@given(
    st.lists(st.text("abc d", max_size=12), max_size=12),
    st.lists(st.text("abc d", max_size=6), min_size=1, max_size=12),
)
def test_what_is_found_ahead_is_what_would_be_found(texts: list[str], queries: list[str]) -> None:
    people = [line(text, id=str(n), company=text[::-1]) for n, text in enumerate(texts)]
    ahead = Finder(PROFILE).load_all(people)
    assert len(list(ahead.warm())) == 36
    for query in queries:
        for end in range(len(query) + 1):
            found = ahead.search(query[:end])
            assert list(found) == list(Finder(PROFILE).load_all(people).search(query[:end])), query[:end]
            ahead.prepare(query[:end])


def test_what_is_found_can_be_counted_and_cut() -> None:
    people = [line(f"Ada {number}", id=str(number)) for number in range(5)]
    found = Finder(PROFILE).load_all(people).search("ada")
    assert (len(found), found[1].name, [each.name for each in found[3:]]) == (5, "Ada 1", ["Ada 3", "Ada 4"])
    again = Finder(PROFILE).load_all(people).search("ada")
    assert (again[-1].name, [each.name for each in again[:2]]) == ("Ada 4", ["Ada 0", "Ada 1"])
    assert [*again] == [*found] == [found[place] for place in range(5)]
    with pytest.raises(IndexError):
        found[5]

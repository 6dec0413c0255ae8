"""`inroad add` and `inroad find`."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from data.records import Person, Stage
from data.store import Store
from tests.tui.cli import NASTY, Line, program


def people(line: Line) -> dict[str, Person]:
    """Everybody in the store, by name."""
    with Store.open(line.store, clock=line.clock, read_only=True) as store:
        return {each.name: each for each in store.all(Person)}


def test_add_puts_somebody_on_the_board(inroad: Line) -> None:
    inroad("add", "Priya Nair")
    outcome = inroad("add", "Sam Okafor, PM @ Stripe via Priya Nair #fintech")
    assert outcome.status == 0
    assert "Sam Okafor" in outcome.out
    found = people(inroad)
    sam = found["Sam Okafor"]
    assert (sam.title, sam.company, sam.tags, sam.stage) == ("PM", "Stripe", ("fintech",), Stage.TO_ASK)
    assert sam.introduced_by == found["Priya Nair"].id
    assert os.stat(inroad.store).st_mode & 0o777 == 0o600
    assert os.stat(inroad.store.parent).st_mode & 0o777 == 0o700


def test_add_takes_unquoted_words(inroad: Line) -> None:
    assert inroad("add", "Sam", "Okafor,", "PM", "@", "Stripe").status == 0
    assert people(inroad)["Sam Okafor"].company == "Stripe"


@pytest.mark.parametrize("words", [[""], ["  "], [" ", ""], [", PM @ Stripe"], ["#tag"]])
def test_an_empty_name_is_refused_and_nothing_made(inroad: Line, words: list[str]) -> None:
    inroad("add", *words).refused()
    if inroad.store.exists():
        assert people(inroad) == {}


def test_add_where_it_cannot_be_kept(inroad: Line, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file")
    inroad("add", "Sam", "--store", str(tmp_path / "file" / "inroad.json")).refused()
    inroad("add", "Sam", "--store", str(tmp_path)).refused()
    ours = tmp_path / "diary.json"
    ours.write_text("not ours")
    inroad("add", "Sam", "--store", str(ours)).refused()
    assert ours.read_text() == "not ours"


def test_invalid_bytes_are_no_name(tmp_path: Path) -> None:
    for command in ("add", "find"):
        done = program(command, b"Sam \xff", store=tmp_path / "s.json")
        assert done.returncode == 2
        assert b"UTF-8" in done.stderr
        assert not (tmp_path / "s.json").exists()


@pytest.mark.parametrize("name", [each for each in NASTY if each[0] not in "=\x1b\x9b"])
def test_what_is_added_is_printed_safely(inroad: Line, name: str) -> None:
    for arguments in (("add", f"Ann {name}"), ("find", "Ann"), ("find", "Ann", "--json")):
        outcome = inroad(*arguments)
        assert outcome.status == 0
        outcome.check_safe()


def test_find_prints_people_and_json(inroad: Line) -> None:
    inroad("add", "Priya Nair, Recruiter @ Shopify")
    inroad("add", "Sam Okafor, PM @ Stripe via Priya Nair #fintech")
    outcome = inroad("find", "stripe")
    assert outcome.status == 0
    assert outcome.out.count("\n") == 1
    assert "Sam Okafor" in outcome.out
    assert "To ask" in outcome.out
    (found,) = inroad("find", "okafor", "--json").json
    assert {
        key: found[key] for key in ("name", "kind", "company", "title", "emails", "linkedin", "stage", "tags")
    } == {
        "name": "Sam Okafor",
        "kind": "person",
        "company": "Stripe",
        "title": "PM",
        "emails": [],
        "linkedin": "",
        "stage": "to_ask",
        "tags": ["fintech"],
    }
    assert found["source"] == "referral"
    assert found["introduced_by"] == people(inroad)["Priya Nair"].id
    assert found["id"] == people(inroad)["Sam Okafor"].id


def test_find_nobody(inroad: Line) -> None:
    outcome = inroad("find", "x")
    assert (outcome.status, outcome.out) == (0, "")
    assert "Nobody" in outcome.err
    assert inroad("find", "x", "--json").json == []
    assert not inroad.store.parent.exists()
    inroad("find", "").refused()


def test_several_quoted_lines_are_several_people(inroad: Line) -> None:
    assert inroad("add", "Zed Ann, PM @ Acme", "Bob Two").status == 0
    assert [each["name"] for each in inroad("find", "zed", "--json").json] == ["Zed Ann"]
    assert [each["company"] for each in inroad("find", "bob", "--json").json] == [""]

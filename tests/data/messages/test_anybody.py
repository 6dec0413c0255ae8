"""Whoever it is, however they are written: no message with a gap, a wrong name, or a false alarm in it."""

from __future__ import annotations

import dataclasses
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from data.messages import Message, around, check, draft, templates
from data.messages.check import Finding
from data.messages.draft import channels_for, template_for
from data.messages.naming import employer, first_name, job_title
from data.records import (
    Channel,
    FollowUp,
    FollowUpKind,
    Kind,
    Lead,
    LeadKind,
    Person,
    Source,
    Touch,
    TouchKind,
)
from data.rules import note_limit
from data.store import Store, Transaction

from .situations import CASES, NOW, Case, clock, maria, owed, prepare

NAMES = (
    "Ann-Sophie de la Cruz, MBA",
    "李 小龙",
    "Priya",
    "مريم الفاسي",
    "Иван Петрович Сидоров",
    "O’Neil, Shaun",
    "J. Robert Oppen",
    "J. R. R. Tolkien",
    "Dr. Chen",
    "Prof. Dr. Hans Müller",
    "van der Berg, Jan",
    "SMITH, JOHN",
    "Rev. Al Green",
    "Sam Okafor 🚀",
    'Sam "Sunny" Okafor',
    "Sam Okafor (he/him)",
    "Martin Luther King, Jr.",
    "e.e. cummings",
    "@samokafor",
    "[/]",
)
COMPANIES = ("", "Figma", "Yahoo!", "Self-employed", "N/A", "-", "Acme, Inc.", "株式会社")
TITLES = ("", "Head of Design", "Hiring Manager", "CTO at Figma", "PM | dad", "Open to work", "Designer.")
GROUPS = ("Rice Alumni Berlin", "Women in Tech, Berlin", "Berlin Job Club")
FALSE_ALARMS = (
    "Another name in the greeting",
    "No name in the greeting",
    "Asks for a job",
    "Connection not first",
    "No question",
    "No length named",
    "No subject",
)
BROKEN = re.compile(
    r"(?<=\S)  | \.(?!\.)| ,|\b(?:for|at|to|with|as|of) ?[.,?!:](?=\s)|\bHi ?,|(?-i:None)|\{[{%]|“\s*”"
    r"|[?!]\.(?!\.)|\(\)|self-employed|n/a|\bat -|Open to work",
    re.IGNORECASE,
)


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Dr. Chen", "Dr. Chen"),
        ("Frau Müller", "Frau Müller"),
        ("Mr. T", "Mr. T"),
        ("Dr. Maria Chen", "Maria"),
        ("Rev. Al Green", "Al"),
        ("Dipl.-Ing. Otto Lang", "Otto"),
        ("van der Berg, Jan", "Jan"),
        ("von Neumann, John Jr.", "John"),
        ("SMITH, JOHN", "John"),
        ("SMITH, MBA", "Smith"),
        ("Martin Luther King, Jr.", "Martin"),
        ("J. R. R. Tolkien", "J. R. R."),
        ("A B", "A"),
        ("李 小龙", "李 小龙"),
        ("山田 太郎", "山田 太郎"),
        ("김 철수", "김 철수"),
        ("sam.okafor@mail.example", ""),
        (", Maria", "Maria"),
    ],
)
def test_what_one_calls_them(name: str, first: str) -> None:
    assert first_name(name) == first


def test_what_is_no_employer_and_no_title_is_not_said() -> None:
    assert [employer(text) for text in ("Figma", "Self-employed", " n/a ", "-", "Stealth Startup")] == [
        "Figma",
        "",
        "",
        "",
        "",
    ]
    assert job_title("Head of Design at Figma", "Figma") == "Head of Design"
    assert job_title("Head of Design at Figma") == "Head of Design at Figma"
    assert [job_title(text) for text in ("Open to work", "Student at MIT", "🚀", "Designer.")] == [
        "",
        "",
        "",
        "Designer",
    ]


def written(
    store: Store, followup: FollowUp, channel: Channel | None = None
) -> tuple[Message, list[Finding]]:
    message = draft(store, clock(), followup, channel)
    return message, check(message, around(store, clock(), followup, message))


class Disguise:
    """A transaction that gives everybody another name, title and company."""

    def __init__(self, tx: Transaction, pick: Any) -> None:
        self._tx = tx
        self._pick = pick

    def put(self, record: Any) -> Any:
        if isinstance(record, Person):
            group = record.kind is Kind.GROUP
            record = replace(
                record,
                name=self._pick(GROUPS if group else NAMES),
                company=self._pick(COMPANIES),
                title=self._pick(TITLES),
            )
        return self._tx.put(record)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._tx, name)


@settings(max_examples=120, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_anybody_in_any_situation(data: st.DataObject) -> None:
    case = data.draw(st.sampled_from([case for case in CASES if case.name != "hostile_name"]))
    disguised = replace_make(case, lambda choices: data.draw(st.sampled_from(choices)))
    with (
        tempfile.TemporaryDirectory() as folder,
        Store.open(Path(folder) / "inroad.json", clock=clock()) as store,
    ):
        followup = prepare(store, disguised)
        for channel in channels_for(store, followup):
            message, found = written(store, followup, channel)
            text = f"{message.subject}\n{message.body}\n"
            for name in {person.name for person in store.all(Person)}:
                text = text.replace(name, "NAME")
            assert not (bad := BROKEN.search(text)), text[max(0, bad.start() - 60) : bad.end() + 30]
            assert not [finding.what for finding in found if finding.what in FALSE_ALARMS], message.body
            if channel is Channel.LINKEDIN_NOTE:
                assert len(message.body) <= note_limit(store.profile), message.body


LONG = "Wolfeschlegelsteinhausen-Bergerdorff von und zu der Oberhausener Landstraße, Ann-Sophie"
LIMITS: tuple[tuple[bool, dict[str, int]], ...] = ((False, {"linkedin_note": 100}), (False, {}), (True, {}))


def notes(store: Store, followups: list[FollowUp]) -> Iterator[tuple[int, Message]]:
    """Each as a note, wherever one may be one, under each limit; with the limit."""
    for premium, rules in LIMITS:
        store.save_profile(replace(store.profile, premium=premium, rules=rules))
        for followup in followups:
            if templates.fits_a_note(template_for(store, followup)):
                yield (
                    note_limit(store.profile),
                    draft(store, clock(), followup, Channel.LINKEDIN_NOTE),
                )


def test_no_note_is_over_its_limit_whatever_is_known(tmp_path: Path) -> None:
    """All situations one after the other in one store, so that more is known at each; then long names."""
    with Store.open(tmp_path / "inroad.json", clock=clock()) as store:
        followups = [replace(prepare(store, case), id=case.name) for case in CASES]
        for dressed in ({}, {"name": LONG, "company": LONG, "title": LONG}):
            with store.transaction("dressed") as tx:
                for person in store.all(Person):
                    tx.put(replace(person, **dressed))
            for limit, message in notes(store, followups):
                assert len(message.body) <= limit, message.body
                assert not (bad := BROKEN.search(message.body)), (bad, message.body)


def test_no_note_is_over_its_limit_whatever_is_not_known(tmp_path: Path) -> None:
    """Nothing known of whoever it is but their name: all gaps stand in the note."""
    with Store.open(tmp_path / "inroad.json", clock=clock()) as store:
        people = [
            Person(id=f"{kind}{source}{number}", kind=kind, name=name, source=source)
            for kind in Kind
            for source in Source
            for number, name in enumerate(("Maria Chen", LONG, "@", "李 小龙"))
        ]
        with store.transaction("x") as tx:
            for person in people:
                tx.put(person)
        owed_ = [
            owed(kind, person=person.id, number=number)
            for person in people
            for kind in FollowUpKind
            for number in (1, 2)
            if number == 1 or kind is FollowUpKind.NUDGE
        ]
        for me, field in (("Alex Doe", "product design"), ("", ""), (LONG, LONG)):
            store.save_profile(replace(store.profile, name=me, target_field=field))
            for limit, message in notes(store, owed_):
                assert len(message.body) <= limit, message.body
                assert message.body[:1].isupper() or message.body[:1] == "["


def replace_make(case: Case, pick: Any) -> Case:
    return dataclasses.replace(case, make=lambda tx: case.make(Disguise(tx, pick)))  # type: ignore[arg-type]


def in_store(folder: Path, make: Any) -> tuple[Store, FollowUp]:
    store = Store.open(folder / "inroad.json", clock=clock())
    return store, prepare(store, Case("made", make))


@pytest.mark.parametrize("number", [1, 2])
def test_a_nudge_to_whoever_got_a_note_fits_a_note(tmp_path: Path, number: int) -> None:
    def make(tx: Transaction) -> FollowUp:
        maria(tx, emails=(), linkedin="https://www.linkedin.com/in/mariachen")
        tx.put(
            Touch(
                id="t",
                person="maria",
                kind=TouchKind.OUTREACH,
                at=NOW,
                channel=Channel.LINKEDIN_NOTE,
                text="x",
            )
        )
        return owed(FollowUpKind.NUDGE, number=number)

    store, followup = in_store(tmp_path, make)
    with store:
        message, found = written(store, followup)
    assert message.channel is Channel.LINKEDIN_NOTE
    assert len(message.body) <= 200
    assert found == []


def test_what_is_too_long_for_a_note_is_not_offered_as_one(tmp_path: Path) -> None:
    store, followup = in_store(tmp_path, lambda tx: (maria(tx), owed(FollowUpKind.PROGRESS))[1])
    with store:
        assert Channel.LINKEDIN_NOTE not in channels_for(store, followup)


def test_a_group_is_asked_for_names_and_nudged_for_names(tmp_path: Path) -> None:
    def make(tx: Transaction) -> FollowUp:
        tx.put(Person(id="maria", kind=Kind.GROUP, name="Rice Alumni Berlin", emails=("hi@rice.example",)))
        tx.put(Touch(id="t", person="maria", kind=TouchKind.OUTREACH, at=NOW, channel=Channel.EMAIL))
        return owed(FollowUpKind.NUDGE, number=1)

    store, followup = in_store(tmp_path, make)
    with store:
        nudge, found = written(store, followup)
        again, _ = written(store, replace(followup, kind=FollowUpKind.OUTREACH, occasion="again"))
    assert "whom you know in product design" in nudge.body
    assert found == []
    for message in (nudge, again):
        assert "how you got into" not in message.body
        assert "Hello everyone at Rice Alumni Berlin," in message.body


def test_a_lead_of_a_group_names_the_group(tmp_path: Path) -> None:
    def make(tx: Transaction) -> FollowUp:
        tx.put(Person(id="rice", kind=Kind.GROUP, name="Rice Alumni Berlin"))
        lead = Lead(
            id="l", giver="rice", kind=LeadKind.PERSON, text="Jonas", name="Jonas Weber", may_use_name=True
        )
        tx.put(lead)
        return owed(FollowUpKind.LEAD, person="rice", lead="l")

    store, followup = in_store(tmp_path, make)
    with store:
        message, found = written(store, followup, Channel.EMAIL)
    assert message.body.startswith("Hi Jonas,\n\nI found you through Rice Alumni Berlin.")
    assert found == []

"""What goes out is read by others, comes back whole, and can't smuggle anything."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import icalendar
import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from data.clock import FixedClock
from data.demo import fill
from data.exports.calendar import calendar, meeting_calendar
from data.exports.inert import defused, undefused
from data.exports.people_csv import COLUMNS, people_csv
from data.exports.vcards import vcard, vcards
from data.imports.reading import read
from data.records import FollowUp, FollowUpKind, Kind, Meeting, Person, Source
from data.store import Store

CLOCK = FixedClock(datetime(2026, 11, 23, 9, tzinfo=UTC))
NASTY = (
    "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "'=1", "''=1", " =1", "＝1",
    "x\r\nEND:VCARD\r\nBEGIN:VCARD\r\nFN:Smuggled", "x\nATTENDEE:mailto:evil@x.example", "a,b;c\\n\\,d\\",
    "[/red]", "\x1b]52;c;eA==\x07", "\u2028END:VCARD", "\x85X:1", "👩‍💻", "مرحبا", 'q"uo"te', "x" * 10_000,
)  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store" / "inroad.json", clock=CLOCK) as store:
        yield store


def put(store: Store, *records: Any) -> None:
    with store.transaction("Set up") as tx:
        for record in records:
            tx.put(record)


@given(st.text(max_size=30))
def test_a_cell_comes_back_to_the_letter_and_is_no_formula(text: str) -> None:
    cell = defused(text)
    assert undefused(cell) == text
    assert cell.lstrip(" '\t\r\n")[:1] not in tuple("=+-@") or cell.startswith("'")


def test_csv_is_inert_and_comes_back(store: Store, tmp_path: Path) -> None:
    priya = Person(id="priya123", name="Priya Nair")
    maria = Person(
        id="maria123", name="Maria Chen", company="=Figma", title="+Head", fields=("design", "ux"),
        location="Berlin", zone="Europe/Berlin", emails=("m@x.example", "c@x.example"), birthday="--04-15",
        linkedin="https://www.linkedin.com/in/maria", links=("https://x.example/a",), phones=("+49 1", "-2"),
        source=Source.ALUMNI, introduced_by="priya123", connected_on=date(2020, 1, 2), tags=("a", "@b"),
        notes='=1+1\n"quoted", and; more',
    )  # fmt: skip
    put(store, priya, maria)
    text = people_csv(store, [maria])
    head, row = csv.reader(io.StringIO(text, newline=""))
    assert tuple(head) == COLUMNS
    assert not any(cell[:1] in ("=", "+", "-", "@", "\t") for cell in row)
    path = tmp_path / "people.csv"
    path.write_text(text, encoding="utf-8", newline="")
    (card,) = read(path).cards
    for name in ("id", "name", "company", "title", "fields", "location", "zone", "emails", "linkedin",
                 "links", "phones", "birthday", "connected_on", "tags", "notes"):  # fmt: skip
        assert getattr(card, name) == getattr(maria, name), name
    assert (card.source, card.introduced_by) == ("alumni", "Priya Nair")


@pytest.mark.parametrize("nasty", NASTY, ids=range(len(NASTY)))
def test_nothing_is_smuggled(store: Store, nasty: str) -> None:
    person = Person(
        id="1", name=f"A {nasty}", company=nasty, title=nasty, location=nasty, notes=nasty, tags=(nasty,),
        fields=(nasty,), phones=(nasty,), emails=(nasty,), linkedin=nasty, links=(nasty,), birthday=nasty,
        zone=nasty, introduced_by="1", connected_on=date(2020, 1, 2),
    )  # fmt: skip
    meeting = Meeting(
        id="m",
        person="1",
        starts=datetime(2026, 12, 1, 15),  # noqa: DTZ001 - a wall time
        zone=nasty,
        place=nasty,
        objective=nasty,
    )
    followup = FollowUp(id="f", person="1", kind=FollowUpKind.CUSTOM, due=date(2026, 12, 1), words=nasty)
    put(store, person, meeting, followup)
    text = vcard(store, person)
    cards = list(vobject.readComponents(text))
    assert len(cards) == 1
    assert text.upper().count("\r\nEND:VCARD") == 1
    names = {line.name for line in cards[0].getChildren()}
    assert names <= {"VERSION", "UID", "FN", "N", "ORG", "TITLE", "EMAIL", "TEL", "URL", "ADR", "TZ", "BDAY",
                     "NOTE", "CATEGORIES", "X-INROAD-FIELDS", "X-ABRELATEDNAMES", "X-ABLABEL",
                     "X-ABDATE", "X-INROAD-SOURCE"}  # fmt: skip
    made = icalendar.Calendar.from_ical(calendar(store, CLOCK))
    kinds = [str(part.name) for part in made.subcomponents if part.name != "VTIMEZONE"]
    assert sorted(kinds) == ["VEVENT", "VTODO"]
    for part in made.subcomponents:
        assert "ATTENDEE" not in part
    for out in (text, calendar(store, CLOCK)):
        assert "\x1b" not in out
        assert all(len(line.encode()) <= 76 for line in out.split("\r\n"))


WORDS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=12)
LINE = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)


@settings(max_examples=60)
@given(
    name=st.lists(st.text(st.characters(categories=["L"]), min_size=2, max_size=8), min_size=1, max_size=3),
    title=LINE, company=LINE, location=LINE, notes=LINE, tags=st.lists(LINE, unique=True, max_size=3),
    phones=st.lists(st.from_regex(r"\A\+?[0-9]{3,9}\Z"), unique=True, max_size=2),
)  # fmt: skip
def test_a_person_comes_back_from_a_vcard(
    store: Store,
    tmp_path: Path,
    name: list[str],
    title: str,
    company: str,
    location: str,
    notes: str,
    tags: list[str],
    phones: list[str],
) -> None:
    person = Person(
        id="abcdef12", name=" ".join(name), title=title, company=company, location=location,
        notes=notes + "\n" + title, tags=tuple(tags), phones=tuple(phones), fields=tuple(tags),
        emails=("m@x.example",), linkedin="https://www.linkedin.com/in/maria", zone="Europe/Berlin",
        birthday="1990-04-15", links=("https://x.example/a,b",), connected_on=date(2020, 1, 2),
        source=Source.EVENT,
    )  # fmt: skip
    path = tmp_path / "one.vcf"
    path.write_text(vcard(store, person), encoding="utf-8", newline="")
    (card,) = read(path).cards
    for field in ("id", "title", "company", "location", "notes", "tags", "phones", "fields", "emails",
                  "linkedin", "zone", "birthday", "links", "connected_on", "source"):  # fmt: skip
        assert getattr(card, field) == getattr(person, field), field


def test_groups_and_introducers_come_back(store: Store, tmp_path: Path) -> None:
    priya = Person(id="priya123", name="Priya Nair", birthday="--04-15")
    group = Person(id="group123", name="Design alumni", kind=Kind.GROUP, introduced_by="priya123")
    put(store, priya, group)
    path = tmp_path / "all.vcf"
    path.write_text(vcards(store, [priya, group]), encoding="utf-8", newline="")
    one, two = read(path).cards
    assert (one.name, one.birthday, two.name, two.kind) == (
        "Priya Nair",
        "--04-15",
        "Design alumni",
        Kind.GROUP,
    )
    assert (two.introduced_by, two.company) == ("Priya Nair", "")


def test_the_demo_as_a_calendar(store: Store) -> None:
    fill(store, CLOCK)
    made = icalendar.Calendar.from_ical(calendar(store, CLOCK))
    events = {str(event["UID"]): event for event in made.walk("VEVENT")}
    todos = {str(todo["UID"]) for todo in made.walk("VTODO")}
    meetings = store.all(Meeting)
    assert set(events) == {f"meeting-{each.id}@inroad" for each in meetings}
    assert todos == {f"followup-{each.id}@inroad" for each in store.all(FollowUp)}
    zones = {str(zone["TZID"]) for zone in made.walk("VTIMEZONE")}
    for meeting in meetings:
        event = events[f"meeting-{meeting.id}@inroad"]
        assert event.decoded("DTSTART").replace(tzinfo=None) == meeting.starts
        length = event.decoded("DTEND") - event.decoded("DTSTART")
        assert length.total_seconds() == meeting.minutes * 60
        assert meeting.zone in zones or meeting.zone == "UTC"
    one = icalendar.Calendar.from_ical(meeting_calendar(store, CLOCK, meetings[0]))
    assert len(one.walk("VEVENT")) == 1
    assert one.walk("VTODO") == []


def test_what_is_owed_is_called_as_in_the_app(store: Store) -> None:
    put(
        store,
        Person(id="sam", name="Sam\nOkafor"),
        FollowUp(id="f", person="sam", kind=FollowUpKind.CUSTOM, occasion="schedule", due=date(2026, 12, 1)),
        FollowUp(id="g", person="sam", kind=FollowUpKind.CUSTOM, words="send\nit", due=date(2026, 12, 1)),
    )
    made = icalendar.Calendar.from_ical(calendar(store, CLOCK))
    assert [str(each["SUMMARY"]) for each in made.walk("VTODO")] == [
        "Find a time with Sam Okafor",
        "Sam Okafor: send it",
    ]

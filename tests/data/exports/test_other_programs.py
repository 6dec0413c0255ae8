"""What we write, read by other programs: khard and vobject, icalendar and ics, and the csv module.

ics has a grammar of its own and shares no code with icalendar, which we write with; khard keeps contacts
for the terminal, and shows what a user of it would see.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from pathlib import Path

import icalendar
import ics
import pytest
import vobject
from ics.alarm import DisplayAlarm
from khard.address_book import VdirAddressBook
from khard.contacts import Contact
from msgspec.structs import replace

from data.clock import FixedClock
from data.demo import fill
from data.exports.calendar import ALARM_MINUTES, meeting_calendar
from data.exports.formats import ABOUT, Format, content
from data.exports.people_csv import COLUMNS
from data.exports.vcards import vcard
from data.imports.keeping import keep
from data.imports.planning import plan
from data.imports.reading import read
from data.meetings.times import starts_at
from data.records import FollowUp, FollowUpState, Lead, Meeting, MeetingStatus, Person, Source, Stage
from data.store import Store
from tui.cli.arguments import FORMATS, SOURCES, STAGES

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
CLOCK = FixedClock(NOW, "Europe/Berlin")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """The demo, and one person with everything that a contact can have."""
    with Store.open(tmp_path / "store" / "inroad.json", clock=CLOCK) as store:
        fill(store, CLOCK)
        priya = next(person for person in store.all(Person) if person.name == "Priya Nair")
        ana = Person(
            id="full1234", name="Ana, María; de la Cruz\\", company="Röd & Blå, AB; Nord", title="CTO, EU",
            fields=("design", "a,b;c"), location="Malmö, Sverige", zone="Europe/Stockholm",
            emails=("ana@x.example", "a.b+c@y.example"), phones=("+46 70 123", "040;5"),
            linkedin="https://www.linkedin.com/in/ana", links=("https://x.example/a;b,c?d=\\e",),
            birthday="1990-04-15", source=Source.EVENT, introduced_by=priya.id,
            connected_on=date(2021, 2, 3), tags=("mentor", "two words", "a,b"),
            notes="First line\n\nSecond, with; signs\\n and a very long tail " + "äö☕" * 60,
        )  # fmt: skip
        with store.transaction("Set up") as tx:
            tx.put(ana)
        yield store


def contacts(store: Store, folder: Path) -> dict[str, Contact]:
    """Everybody, as khard has them in an address book."""
    folder.mkdir()
    for person in store.all(Person):
        if person.alive:
            (folder / f"{person.id}.vcf").write_text(vcard(store, person), encoding="utf-8", newline="")
    book = VdirAddressBook("inroad", str(folder))
    book.load()
    return {contact.uid.removeprefix("inroad:"): contact for contact in book.contacts.values()}


def test_khard_has_everybody_with_all_that_is_known(store: Store, tmp_path: Path) -> None:
    book = contacts(store, tmp_path / "book")
    people = {person.id: person for person in store.all(Person) if person.alive}
    assert set(book) == set(people)
    for id, contact in book.items():
        person = people[id]
        assert contact.formatted_name == person.name
        assert contact.categories == list(person.tags) or sorted(contact.categories[0]) == sorted(person.tags)
        assert [note.replace("\r", "") for note in contact.notes] == ([person.notes] if person.notes else [])
        assert sorted(chain.from_iterable(contact.emails.values())) == sorted(person.emails)
        assert sorted(chain.from_iterable(contact.phone_numbers.values())) == sorted(person.phones)
    ana = book["full1234"]
    assert (ana.organisations, ana.titles) == ([["Röd & Blå, AB; Nord"]], ["CTO, EU"])
    assert str(ana.birthday)[:10] == "1990-04-15"
    assert "Priya Nair" in ana.vcard.serialize()


def test_vobject_has_the_same(store: Store) -> None:
    cards = list(vobject.readComponents(content(store, CLOCK, Format.VCF).decode()))
    people = {f"inroad:{person.id}": person for person in store.all(Person) if person.alive}
    assert {card.uid.value for card in cards} == set(people)
    for card in cards:
        person = people[card.uid.value]
        assert card.fn.value == person.name
        assert card.version.value == "3.0"
        assert [each.value for each in card.contents.get("email", [])] == list(person.emails)


def test_ics_and_icalendar_see_the_same_calendar(store: Store) -> None:
    text = content(store, CLOCK, Format.ICS).decode()
    theirs, ours = ics.Calendar(text), icalendar.Calendar.from_ical(text)
    meetings = {f"meeting-{each.id}@inroad": each for each in store.all(Meeting)}
    assert (
        {event.uid for event in theirs.events}
        == {str(e["UID"]) for e in ours.walk("VEVENT")}
        == set(meetings)
    )
    for event in theirs.events:
        meeting = meetings[event.uid]
        assert event.begin.datetime == starts_at(meeting)
        assert event.duration == timedelta(minutes=meeting.minutes)
        planned = meeting.status is MeetingStatus.PLANNED
        assert [each.trigger for each in event.alarms] == (
            [timedelta(minutes=-ALARM_MINUTES)] if planned else []
        )
        assert all(isinstance(each, DisplayAlarm) for each in event.alarms)
    todos = {f"followup-{each.id}@inroad": each for each in store.all(FollowUp)}
    assert {todo.uid for todo in theirs.todos} == {str(t["UID"]) for t in ours.walk("VTODO")} == set(todos)
    for todo in theirs.todos:
        followup = todos[todo.uid]
        assert todo.due.date() == (followup.due_at or todo.due).date()
        done = followup.state is FollowUpState.DONE
        assert (todo.status == "COMPLETED") is done


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"])
@pytest.mark.parametrize("month", [1, 7])
def test_a_meeting_s_zone_is_understood(store: Store, zone: str, month: int) -> None:
    starts = datetime(2027, month, 15, 15, 30)  # noqa: DTZ001 - a wall time
    meeting = Meeting(id="m", person="full1234", starts=starts, zone=zone)
    text = meeting_calendar(store, CLOCK, meeting)
    (event,) = ics.Calendar(text).events
    assert event.begin.datetime == starts_at(meeting)
    (same,) = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert same.decoded("DTSTART") == starts_at(meeting)
    # vobject builds the zone from the VTIMEZONE in the file, without a name that it might know.
    read_by_vobject = vobject.readOne(text)
    assert read_by_vobject.vevent.dtstart.value == starts_at(meeting)


def test_a_calendar_taken_in_again_updates(store: Store) -> None:
    meeting = next(each for each in store.all(Meeting) if each.status is MeetingStatus.PLANNED)
    first = ics.Calendar(content(store, CLOCK, Format.ICS).decode())
    with store.transaction("Moved") as tx:
        tx.put(replace(meeting, starts=meeting.starts + timedelta(days=1)))
    later = FixedClock(NOW + timedelta(hours=1), "Europe/Berlin")
    second = ics.Calendar(content(store, later, Format.ICS).decode())
    assert {each.uid for each in first.events} == {each.uid for each in second.events}
    moved = {each.uid: each for each in second.events}[f"meeting-{meeting.id}@inroad"]
    assert moved.begin.datetime == starts_at(meeting) + timedelta(days=1)


def test_the_csv_module_reads_every_field(store: Store) -> None:
    rows = list(csv.DictReader(io.StringIO(content(store, CLOCK, Format.CSV).decode(), newline="")))
    people = {person.id: person for person in store.all(Person) if person.alive}
    assert {row["Inroad ID"] for row in rows} == set(people)
    assert all(set(row) == set(COLUMNS) for row in rows)
    assert all(row["Name"] == people[row["Inroad ID"]].name for row in rows)
    assert all(row["Stage"] == people[row["Inroad ID"]].stage.value for row in rows)
    # Every field that a user sees has a column.
    known = {"imported", "former", "not_same", "merged_into", "removed", "identities"}
    assert len(set(Person.__struct_fields__) - known) == len(COLUMNS)


def test_some_people_with_all_that_is_theirs_and_nothing_else(store: Store, tmp_path: Path) -> None:
    priya = next(person for person in store.all(Person) if person.name == "Priya Nair")
    path = tmp_path / "some.json"
    path.write_bytes(content(store, CLOCK, Format.JSON, {priya.id}))
    with Store.open(tmp_path / "other" / "inroad.json", clock=CLOCK) as other:
        result = keep(other, plan(other, read(path), now=NOW))
        assert result.skipped == 0
        assert [person.name for person in other.people()] == ["Priya Nair"]
        held = [replace(each, introduction="") for each in store.where(Meeting, person=priya.id)]
        assert other.where(Meeting, person=priya.id) == held
        leads = other.where(Lead, giver=priya.id)
        assert [lead.text for lead in leads] == [lead.text for lead in store.where(Lead, giver=priya.id)]
        assert not any(lead.person for lead in leads)
        assert "full1234" not in path.read_text()


def test_a_choice_of_people_goes_out_alone_in_every_format(store: Store) -> None:
    for format in (Format.VCF, Format.CSV, Format.ICS):
        text = content(store, CLOCK, format, {"full1234"}).decode()
        assert "Hannah" not in text
    assert content(store, CLOCK, Format.VCF, {"full1234"}).count(b"BEGIN:VCARD") == 1


def test_the_command_line_offers_what_there_is() -> None:
    assert set(FORMATS) == set(Format) == set(ABOUT)
    assert set(SOURCES) == set(Source)
    assert set(STAGES) == set(Stage)

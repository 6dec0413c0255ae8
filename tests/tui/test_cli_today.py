"""`inroad today`: everything due and nothing else, in the app's order, for people and for programs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from msgspec.structs import replace

from data.clock import FixedClock
from data.demo import fill
from data.records import (
    FollowUp,
    FollowUpKind,
    FollowUpState,
    Meeting,
    MeetingStatus,
    Person,
    PersonLine,
    Stage,
)
from data.store import Store, memory
from data.zones import wall
from tests.tui.cli import NASTY, NOW, Line, program

TODAY = NOW.date()


def keep(line: Line, *records: Person | FollowUp | Meeting) -> None:
    """Put records into the store and close it."""
    with Store.open(line.store, clock=line.clock) as store, store.transaction("Added records") as tx:
        for record in records:
            tx.put(record)


def owed(id: str, person: str, days: int, kind: FollowUpKind = FollowUpKind.THANK_YOU) -> FollowUp:
    """An open follow-up, due that many days from today."""
    return FollowUp(id=id, person=person, kind=kind, due=TODAY + timedelta(days=days), why=f"why {id}")


def test_without_a_store_nothing_is_due_and_none_is_made(inroad: Line) -> None:
    assert inroad("today").out == "That is all for today.\n"
    assert inroad("today", "--json").json == []
    assert inroad("today", "--short").out == "\n"
    assert not inroad.store.parent.exists()


def test_the_meeting_that_runs_comes_first(inroad: Line) -> None:
    keep(
        inroad,
        Person(id="maria", name="Maria Chen"),
        Person(id="tomas", name="Tomás Rey"),
        owed("b", "tomas", -2),
        Meeting(
            id="m",
            person="maria",
            starts=datetime.fromisoformat("2026-11-23T09:00"),
            zone="Europe/Berlin",
            status=MeetingStatus.RUNNING,
            started=NOW - timedelta(minutes=3),
            promised_end=NOW + timedelta(minutes=17),
        ),
        Meeting(id="n", person="maria", starts=datetime.fromisoformat("2026-11-22T09:00"), zone="UTC"),
    )
    until = f"{(NOW + timedelta(minutes=17)).astimezone(inroad.clock.zone()):%H:%M}"
    assert inroad("today").out.startswith(f"Now\n  · Meeting Maria Chen now, until {until}\nOverdue\n")
    assert inroad("today", "--short").out.startswith(f"Meeting Maria Chen now, until {until} · ")
    assert inroad("today", "--json").json[0]["id"] == "m"


def test_overdue_comes_before_today_and_the_rest_not_at_all(inroad: Line) -> None:
    keep(
        inroad,
        Person(id="maria", name="Maria Chen", company="Figma"),
        Person(id="tomas", name="Tomás Rey"),
        Person(id="priya", name="Priya Nair"),
        owed("a", "maria", 0),
        owed("b", "tomas", -2),
        owed("c", "priya", 4),
        FollowUp(id="d", person="priya", kind=FollowUpKind.CUSTOM, due=TODAY, state=FollowUpState.DONE),
        Meeting(
            id="m", person="priya", starts=datetime.fromisoformat("2026-11-23T15:00"), zone="Europe/Berlin"
        ),
        Meeting(
            id="n", person="priya", starts=datetime.fromisoformat("2026-11-24T15:00"), zone="Europe/Berlin"
        ),
    )
    outcome = inroad("today", "--json")
    assert outcome.status == 0
    assert [each["id"] for each in outcome.json] == ["b", "a", "m"]
    first = outcome.json[0]
    assert first["overdue"] is True
    assert first["kind"] == "thank_you"
    assert first["due"] == "2026-11-21"
    assert first["person"]["name"] == "Tomás Rey"
    assert {"id", "name", "kind", "company", "title", "emails", "linkedin", "stage", "source"} <= set(
        first["person"]
    )
    lines = inroad("today").out.splitlines()
    assert lines[0] == "Overdue"
    assert "Tomás Rey" in lines[1]
    assert lines[2] == "Today"
    assert "Maria Chen" in lines[3]
    assert "Priya Nair 15:00" in lines[4]
    assert len(lines) == 5
    short = inroad("today", "--short").out
    assert "Tomás Rey" in short
    assert "2 more things" in short
    assert short.count("\n") == 1


def test_reading_leaves_the_store_and_its_journal_alone(inroad: Line) -> None:
    store = Store.open(inroad.store, clock=inroad.clock)
    with store.transaction("Added Maria Chen") as tx:
        tx.put(Person(id="maria", name="Maria Chen"))
        tx.put(owed("a", "maria", 0))
    before = {path.name: path.read_bytes() for path in inroad.store.parent.iterdir() if path.is_file()}
    assert "Maria Chen" in inroad("today").out
    after = {path.name: path.read_bytes() for path in inroad.store.parent.iterdir() if path.is_file()}
    assert before == after
    store.close()


def test_every_owed_news_stands_for_itself(inroad: Line) -> None:
    keep(
        inroad,
        Person(id="maria", name="Maria Chen"),
        *(owed(f"r{n}", "maria", 0, FollowUpKind.REPORT_BACK) for n in range(3)),
    )
    assert [each["id"] for each in inroad("today", "--json").json] == ["r0", "r1", "r2"]


def test_names_from_elsewhere_are_printed_safely(inroad: Line) -> None:
    people = [Person(id=f"p{n}", name=name, company=name, notes=name) for n, name in enumerate(NASTY)]
    keep(inroad, *people, *(owed(f"f{n}", each.id, 0) for n, each in enumerate(people)))
    for arguments in (("today",), ("today", "--short"), ("today", "--json")):
        outcome = inroad(*arguments)
        assert outcome.status == 0
        outcome.check_safe()
    names = {each["person"]["name"] for each in inroad("today", "--json").json}
    assert names == set(NASTY)


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Tokyo"])
def test_where_the_machine_has_another_zone_its_times_are_said(inroad: Line, zone: str) -> None:
    now = datetime.now(UTC)
    until = now + timedelta(hours=2)
    keep(
        inroad,
        Person(id="maria", name="Maria Chen"),
        Meeting(
            id="m",
            person="maria",
            starts=wall(now, "Europe/Berlin"),
            zone="Europe/Berlin",
            status=MeetingStatus.RUNNING,
            started=now,
            promised_end=until,
        ),
    )
    said = program("today", "--short", store=inroad.store, environ={"TZ": zone}).stdout.decode()
    assert said == f"Meeting Maria Chen now, until {wall(until, zone):%H:%M}\n"


def test_a_day_is_the_users_own(inroad: Line) -> None:
    at_night = datetime.fromisoformat("2026-11-24T02:00")
    keep(
        inroad,
        Person(id="maria", name="Maria Chen"),
        Meeting(id="m", person="maria", starts=at_night, zone="Europe/Berlin"),
        replace(owed("f", "maria", 1), due_at=datetime.fromisoformat("2026-11-24T02:00+01:00")),
    )
    assert inroad("today", "--json").json == []
    there = Line(inroad.store, FixedClock(NOW, "America/New_York"))
    found = {each["text"]: each["due"] for each in there("today", "--json").json}
    assert found == {"Maria Chen 20:00": "2026-11-23", "Thank Maria Chen (today 20:00)": "2026-11-23"}


def test_the_line_for_a_prompt_reads_no_more_people_than_it_tells_of(
    inroad: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(
        inroad,
        *(Person(id=f"p{number}", name=f"Person {number}") for number in range(50)),
        Person(id="maria", name="Maria Chen", stage=Stage.MET),
        Person(id="gone", name="Tomás Rey", stage=Stage.MET, removed=True),
        owed("a", "maria", -2),
        owed("b", "p7", -1),
        owed("c", "gone", -1),
        owed("d", "p8", 9),
    )
    said = inroad("today", "--short").out
    read: list[str] = []
    decode = memory._person_line.decode

    def count(doc: bytes) -> PersonLine:
        read.append(decode(doc).id)
        return decode(doc)

    def everybody(_: object) -> None:
        raise AssertionError("everybody was read")

    monkeypatch.setattr(memory, "_person_line", SimpleNamespace(decode=count))
    monkeypatch.setattr(memory, "_people", SimpleNamespace(decode=everybody))
    assert inroad("today", "--short").out == said == "Thank Maria Chen (2 d overdue) · 1 more thing\n"
    assert sorted(read) == ["gone", "maria", "p7"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("x" * 10_000, f"Thank {'x' * 53}… · 1 more thing\n"),
        ("王" * 300, f"Thank {'王' * 26}… · 1 more thing\n"),
        ("Maria\nChen\x1b[31m", "Thank Maria Chen␛[31m (today) · 1 more thing\n"),
        ("x" * 46, f"Thank {'x' * 46} (today) · 1 more thing\n"),
    ],
)
def test_a_prompt_gets_one_line_that_it_has_room_for(inroad: Line, name: str, said: str) -> None:
    keep(
        inroad,
        Person(id="p", name=name),
        owed("a", "p", 0),
        owed("b", "p", 0, FollowUpKind.CHECK_IN),
        owed("c", "p", 1),
    )
    assert inroad("today", "--short", terminal=True).out == said


def test_with_nothing_due_a_prompt_stays_as_it_is(inroad: Line) -> None:
    later = datetime.fromisoformat("2026-11-24T10:00")
    keep(
        inroad,
        Person(id="p", name="P", stage=Stage.TO_ASK),
        Person(id="gone", name="Gone", removed=True),
        owed("later", "p", 1),
        owed("theirs", "gone", -1),
        Meeting(id="m", person="p", starts=later, zone="Europe/Berlin"),
    )
    outcome = inroad("today", "--short")
    assert (outcome.status, outcome.out, outcome.err) == (0, "\n", "")


@pytest.mark.parametrize("content", [b"", b"{bad", b"[]", b"\x00\xff", b'{"_default": {}}'])
def test_a_store_that_cannot_be_read_is_told_in_one_line(inroad: Line, content: bytes) -> None:
    inroad.store.parent.mkdir(parents=True)
    inroad.store.write_bytes(content)
    assert "not an Inroad store" in inroad("today", "--short").refused()
    assert inroad.store.read_bytes() == content


def test_the_demo_has_something_due(inroad: Line) -> None:
    with Store.open(inroad.store, clock=inroad.clock) as store:
        fill(store, inroad.clock)
    found = inroad("today", "--json").json
    assert [each["overdue"] for each in found] == sorted((each["overdue"] for each in found), reverse=True)
    assert {each["what"] for each in found} == {"followup", "meeting"}

"""`inroad import` and `inroad export`: files in, everything out, and back again without loss."""

from __future__ import annotations

import csv
import io
import os
import stat
from pathlib import Path

import pytest

from data.demo import fill
from data.records import Meeting, Person, Source, Stage
from data.schema import TABLES
from data.store import Store
from tests.network import connections
from tests.tui.cli import NASTY, Line, Outcome


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A made-up LinkedIn export of 200 rows."""
    path = tmp_path / "Connections.csv"
    path.write_text(connections(200, seed=4).text, encoding="utf-8")
    return path


def test_a_linkedin_file_comes_in_once(inroad: Line, file: Path) -> None:
    network = connections(200, seed=4)
    outcome = inroad("import", str(file), "--json")
    assert outcome.status == 0
    (told,) = outcome.json
    assert told["file"] == str(file)
    assert (told["new"], told["changed"]) == (network.people, 0)
    assert told["skipped"] == network.empty
    with Store.open(inroad.store, clock=inroad.clock) as store:
        people = store.all(Person)
        assert len(people) == network.people
        assert all(each.stage is Stage.NETWORK and each.connected_on for each in people)
        assert store.undo_title is not None
    (again,) = inroad("import", str(file), "--json").json
    assert (again["new"], again["changed"], again["same"]) == (0, 0, network.people)


def test_an_import_says_what_was_brought_in_and_what_is_next(inroad: Line, file: Path) -> None:
    looked = inroad("import", str(file), "--dry-run")
    assert f"would be {connections(200, seed=4).people} new" in looked.out
    assert f"new: and {connections(200, seed=4).people - 5} more" in looked.out
    assert "Nothing is kept yet" in looked.err
    first = inroad("import", str(file))
    assert f"{connections(200, seed=4).people} brought in" in first.out
    assert "`inroad find`" in first.err
    again = inroad("import", str(file))
    assert "0 brought in" in again.out
    assert again.err == ""


def test_a_word_that_an_option_does_not_know_is_answered_with_those_that_it_does(
    inroad: Line, file: Path
) -> None:
    assert inroad("import", str(file), "--source", "freind").refused() == (
        "inroad: --source takes network, alumni, association, referral, event or cold; "
        "“freind” is none of these (`inroad import --help` shows how it goes).\n"
    )
    assert "--stage takes network, to_ask" in inroad("export", "--format", "csv", "--stage", "x").refused()
    assert "--format vcf" not in inroad("export", "--format", "doc").refused()
    assert "Say in which form" in inroad("export").refused()
    assert "inroad find stripe" in inroad("find").refused()
    assert inroad("import", str(file), "--source", "Alumni").status == 0
    inroad("add", "Maria Chen")
    assert "Maria Chen" in inroad("export", "--format", "csv", "--stage", "To ask").out


def test_a_dry_run_changes_nothing(inroad: Line, file: Path) -> None:
    outcome = inroad("import", str(file), "--dry-run")
    assert outcome.status == 0
    assert "new" in outcome.out
    assert not inroad.store.exists()
    inroad("add", "Maria Chen")
    assert (
        inroad("import", str(file), "--dry-run", "--json").json[0]["new"] == connections(200, seed=4).people
    )
    assert inroad("doctor", "--json").json["counts"] == {"people": 1}


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02" * 50, b"hello", b"{", b"[]", b"a,b\n1,2\n"])
def test_what_is_no_address_book_is_refused(inroad: Line, tmp_path: Path, content: bytes) -> None:
    bad = tmp_path / "bad file.csv"
    bad.write_bytes(content)
    sentence = inroad("import", str(bad)).refused()
    assert "bad file.csv" in sentence
    assert content == bad.read_bytes()


def test_missing_files_and_folders_are_refused(inroad: Line, tmp_path: Path) -> None:
    assert "nowhere.csv" in inroad("import", str(tmp_path / "nowhere.csv")).refused()
    inroad("import", str(tmp_path)).refused()
    inroad("import", "").refused()
    assert not inroad.store.parent.exists()


def test_of_several_files_the_good_ones_come_in(inroad: Line, file: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_bytes(b"")
    outcome = inroad("import", str(bad), str(file))
    assert outcome.status == 1
    assert "bad.csv" in outcome.err
    assert inroad("doctor", "--json").json["counts"]["people"] == connections(200, seed=4).people


def test_everything_comes_back_from_json(inroad: Line, tmp_path: Path) -> None:
    with Store.open(inroad.store, clock=inroad.clock) as store:
        fill(store, inroad.clock)
        before = {kind: store.all(kind) for kind in TABLES.values()}
    out = tmp_path / "all.json"
    assert inroad("export", "--format", "json", "--out", str(out)).status == 0
    assert stat.S_IMODE(os.stat(out).st_mode) == 0o600
    other = Line(tmp_path / "other" / "inroad.json")
    assert other("import", str(out)).status == 0
    with Store.open(other.store, clock=inroad.clock) as store:
        assert {kind: store.all(kind) for kind in TABLES.values()} == before
    exported = inroad("export", "--format", "json").json
    assert set(exported) == set(TABLES)
    assert all(isinstance(records, list) for records in exported.values())


def test_an_export_that_cannot_be_written_is_refused(inroad: Line, tmp_path: Path) -> None:
    inroad("add", "Maria Chen")
    inroad("export", "--format", "json", "--out", str(tmp_path)).refused()
    inroad("export", "--format", "json", "--out", str(tmp_path / "no" / "such" / "all.json")).refused()
    inroad("export", "--format", "json", "--out", str(inroad.store)).refused()
    assert inroad("doctor").status == 0


@pytest.fixture
def demo(inroad: Line) -> Line:
    """A command line on the demo."""
    with Store.open(inroad.store, clock=inroad.clock) as store:
        fill(store, inroad.clock)
    return inroad


@pytest.mark.parametrize(
    ("format", "begins"), [("vcf", "BEGIN:VCARD"), ("ics", "BEGIN:VCALENDAR"), ("csv", '"Inroad ID"')]
)
def test_every_format_goes_to_a_file_or_is_printed(
    demo: Line, tmp_path: Path, format: str, begins: str
) -> None:
    out = tmp_path / f"all.{format}"
    assert demo("export", "--format", format, "--out", str(out)).status == 0
    assert out.read_text(encoding="utf-8").startswith(begins)
    assert stat.S_IMODE(os.stat(out).st_mode) == 0o600
    printed = demo("export", "--format", format)
    assert printed.out.replace("\r", "").startswith(begins)
    shown = demo("export", "--format", format, terminal=True)
    Outcome(shown.status, shown.out, "").check_safe()


def test_notes_go_to_a_new_folder(demo: Line, tmp_path: Path) -> None:
    assert "--out FOLDER" in demo("export", "--format", "md").refused()
    out = tmp_path / "notes"
    assert demo("export", "--format", "md", "--out", str(out)).status == 0
    assert (out / "People" / "Priya Nair.md").is_file()
    assert "not empty" in demo("export", "--format", "md", "--out", str(out)).refused()


def test_only_those_meant_are_exported(demo: Line) -> None:
    def names(*arguments: str) -> set[str]:
        text = demo("export", "--format", "csv", *arguments).out
        return {row["Name"] for row in csv.DictReader(io.StringIO(text, newline=""))}

    with Store.open(demo.store, clock=demo.clock, read_only=True) as store:
        people = store.people()
    met = {person.name for person in people if person.stage is Stage.MET}
    assert names("--stage", "met") == met
    assert names("--stage", "met", "--stage", "asked") > met
    assert names("--find", "priya") == {"Priya Nair"}
    assert names("--find", "#mentor") == {person.name for person in people if "mentor" in person.tags}
    assert names("--person", people[0].id, "--person", people[1].id) == {people[0].name, people[1].name}
    assert "Nobody" in demo("export", "--format", "csv", "--find", "prya nayr").refused()
    assert "nobody with the id" in demo("export", "--format", "csv", "--person", "no").refused()


def test_one_meeting_goes_out_for_a_calendar(demo: Line) -> None:
    with Store.open(demo.store, clock=demo.clock, read_only=True) as store:
        meeting = store.all(Meeting)[-1]
    text = demo("export", "--format", "ics", "--meeting", meeting.id).out
    assert text.count("BEGIN:VEVENT") == 1
    assert f"UID:meeting-{meeting.id}@inroad" in text
    demo("export", "--format", "ics", "--meeting", "no").refused()
    demo("export", "--format", "csv", "--meeting", meeting.id).refused()


def test_columns_rows_source_tags_field_and_what_is_left_out(inroad: Line, tmp_path: Path) -> None:
    file, left = tmp_path / "people.csv", tmp_path / "left.csv"
    file.write_text("Vorname;Nachname;Was macht sie;Wo\nAda;Ng;CTO;Berlin\nBen;Lee;PM;Köln\n;;;\n")
    choices = ("--map", "Was macht sie=role", "--map", "Wo=place", "--source", "event", "--tag", "#big conf",
               "--field", "design", "--rows", "2,4-9", "--rejected", str(left))  # fmt: skip
    looked = inroad("import", str(file), "--dry-run", *choices)
    assert "Was macht sie = role" in looked.out
    assert "new: Ada Ng · CTO · Berlin" in looked.out
    assert left.read_text() == "Vorname;Nachname;Was macht sie;Wo\n;;;\n"
    assert not inroad.store.exists()
    assert inroad("import", str(file), *choices).status == 0
    with Store.open(inroad.store, clock=inroad.clock) as store:
        (ada,) = store.all(Person)
    assert (ada.title, ada.location, ada.source, ada.tags, ada.fields) == (
        "CTO",
        "Berlin",
        Source.EVENT,
        ("big-conf",),
        ("design",),
    )
    assert "no column" in inroad("import", str(file), "--map", "Firma=company").refused()
    assert "whole name" in inroad("import", str(file), "--map", "Wo=nonsense").refused()
    for bad in ("--map", "Wo"), ("--rows", "2-x"), ("--rows", "1-99999999"), ("--rejected", str(file)):
        inroad("import", str(file), *bad).refused()


def test_a_dry_run_shows_what_would_change(inroad: Line, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("Name,Email,Company\nAda Ng,ada@x.example,Acme\n")
    inroad("import", str(file))
    file.write_text("Name,Email,Company\nAda Ng,ada@x.example,Beta\nAda Ng,other@x.example,Acme\n")
    looked = inroad("import", str(file), "--dry-run").out
    assert "changed: Ada Ng: company Acme → Beta" in looked
    assert "perhaps the same: line 3, Ada Ng" in looked


def test_who_may_be_in_twice_is_listed(inroad: Line) -> None:
    with Store.open(inroad.store, clock=inroad.clock) as store, store.transaction("Set up") as tx:
        for title in ("Head", "Design"):
            tx.put(Person(id=title, name="Maria Chen", company="Figma", title=title))
    outcome = inroad("duplicates")
    assert "Maria Chen (Figma) — Maria Chen (Figma): the same name" in outcome.out
    (pair,) = inroad("duplicates", "--json").json
    assert {pair["one"]["title"], pair["other"]["title"]} == {"Head", "Design"}
    assert inroad("duplicates", "--store", str(inroad.store) + "x").status == 0


def test_without_a_store_an_export_is_empty(inroad: Line) -> None:
    outcome = inroad("export", "--format", "json")
    assert outcome.status == 2
    assert "no store" in outcome.err


def test_what_others_wrote_is_printed_safely(inroad: Line, tmp_path: Path) -> None:
    file = tmp_path / "Connections.csv"
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        ("First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On")
    )
    for number, text in enumerate(NASTY):
        url = f"https://www.linkedin.com/in/n{number}"
        writer.writerow((text, "Name", url, "", text, text, "23 Nov 2026"))
    file.write_text(out.getvalue(), encoding="utf-8")
    for arguments in (
        ("import", str(file), "--dry-run"),
        ("import", str(file)),
        ("import", str(file), "--json"),
    ):
        outcome = inroad(*arguments)
        assert outcome.status == 0
        outcome.check_safe()

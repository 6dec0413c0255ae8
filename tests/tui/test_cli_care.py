"""doctor, backup, restore: on stores that are whole, missing, not ours, damaged, or out of reach."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
import tinydb

from data.records import Person
from data.store import Store
from tests.tui.cli import NASTY, Line


def keep(line: Line, *names: str) -> None:
    """Put people into the store and close it."""
    with Store.open(line.store, clock=line.clock) as store, store.transaction("Added people") as tx:
        for number, name in enumerate(names):
            tx.put(Person(id=f"p{number}", name=name))


def test_doctor_before_there_is_a_store(inroad: Line) -> None:
    outcome = inroad("doctor")
    assert outcome.status == 0
    assert "no store yet" in outcome.out
    assert inroad("doctor", "--json").json["exists"] is False
    assert not inroad.store.parent.exists()


def test_doctor_counts_what_is_there(inroad: Line) -> None:
    keep(inroad, "Maria Chen", "Tomás Rey")
    outcome = inroad("doctor", "--json")
    assert outcome.status == 0
    assert outcome.json["ok"] is True
    assert outcome.json["counts"] == {"people": 2}
    assert "2  people" in inroad("doctor").out


def test_doctor_compacts_for_stock_tinydb(inroad: Line) -> None:
    opened = Store.open(inroad.store, clock=inroad.clock)
    with opened.transaction("Added Maria Chen") as tx:
        tx.put(Person(id="p", name="Maria Chen"))
    assert "1 newer change" in inroad("doctor").out
    outcome = inroad("doctor", "--compact", "--json")
    assert outcome.status == 0
    assert outcome.json["waiting"] == 0
    with tinydb.TinyDB(inroad.store) as stock:
        assert [each["name"] for each in stock.table("people")] == ["Maria Chen"]
    opened.close()


def test_doctor_names_a_broken_reference_and_mends_it(inroad: Line) -> None:
    keep(inroad, "Maria Chen")
    with tinydb.TinyDB(inroad.store) as stock:
        stock.table("people").update({"introduced_by": "nobody"})
    outcome = inroad("doctor")
    assert outcome.status == 1
    assert "Maria Chen" in outcome.out
    assert "inroad doctor --repair" in outcome.out
    assert inroad("doctor", "--json").json["problems"][0]["repairable"] is True
    mended = inroad("doctor", "--repair")
    assert mended.status == 0
    assert "Mended" in mended.out
    assert inroad("doctor").status == 0


def test_doctor_on_a_damaged_store(inroad: Line) -> None:
    keep(inroad, "Maria Chen")
    inroad("backup", str(inroad.store.with_name("copy.json")))
    inroad.store.write_bytes(inroad.store.read_bytes()[:-9])
    before = inroad.store.read_bytes()
    outcome = inroad("doctor", "--compact")
    assert outcome.status == 1
    assert str(inroad.store) in outcome.out
    assert "Traceback" not in outcome.err
    assert inroad.store.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"{}", b"not json", b"\xff\xfe", b"[1, 2]"])
def test_a_file_that_is_not_ours_stays_as_it_is(inroad: Line, content: bytes) -> None:
    inroad.store.parent.mkdir()
    inroad.store.write_bytes(content)
    assert inroad("doctor").status == 1
    inroad("backup", str(inroad.store.with_name("copy.json"))).refused()
    assert inroad.store.read_bytes() == content


def test_a_folder_as_store(inroad: Line) -> None:
    inroad.store.mkdir(parents=True)
    assert inroad("doctor").status == 1
    assert "folder" in inroad("backup").refused()


def test_a_backup_is_restored(inroad: Line, tmp_path: Path) -> None:
    copy = tmp_path / "safe" / "copy.json"
    copy.parent.mkdir()
    keep(inroad, "Maria Chen")
    outcome = inroad("backup", str(copy))
    assert (outcome.status, outcome.out) == (0, f"Backed up to {copy}\n")
    keep(inroad, "Somebody Else", "One More")
    assert inroad("doctor", "--json").json["counts"] == {"people": 2}
    outcome = inroad("restore", str(copy))
    assert outcome.status == 0
    with Store.open(inroad.store, clock=inroad.clock) as store:
        assert [each.name for each in store.people()] == ["Maria Chen"]
    aside = outcome.out.splitlines()[-1].removeprefix("What was there before is in ")
    assert "One More" in Path(aside).read_text(encoding="utf-8")


def test_a_backup_without_a_name_lies_dated_beside_the_store(inroad: Line) -> None:
    keep(inroad, "Maria Chen")
    outcome = inroad("backup")
    copy = Path(outcome.out.removeprefix("Backed up to ").rstrip())
    assert copy.parent == inroad.store.parent
    assert "20261123-103000" in copy.name
    assert os.stat(copy).st_mode & 0o777 == 0o600
    assert inroad("doctor", "--json").json["conflicts"] == []


def test_restore_alone_lists_the_backups_and_changes_nothing(inroad: Line) -> None:
    assert "no backups" in inroad("restore").err
    keep(inroad, "Maria Chen")
    copy = inroad("backup").out.removeprefix("Backed up to ").rstrip()
    keep(inroad, "Somebody Else")
    inroad("restore", copy)
    listed = inroad("restore")
    assert listed.status == 0
    lines = listed.out.splitlines()
    assert any("made by you" in line and line.endswith(copy) for line in lines)
    assert any("set aside" in line or "before something risky" in line for line in lines)
    assert "inroad restore FILE" in listed.err
    assert "Maria Chen" in inroad("find", "chen").out


def test_backup_refusals(inroad: Line, tmp_path: Path) -> None:
    assert "no store" in inroad("backup").refused()
    keep(inroad, "Maria Chen")
    assert "folder" in inroad("backup", str(tmp_path)).refused()
    assert "itself" in inroad("backup", str(inroad.store)).refused()
    inroad("backup", "").refused()
    (tmp_path / "file").write_text("a file")
    inroad("backup", str(tmp_path / "file" / "copy.json")).refused()


def test_restore_refusals_leave_the_store(inroad: Line, tmp_path: Path) -> None:
    keep(inroad, "Maria Chen")
    assert "not there" in inroad("restore", str(tmp_path / "missing")).refused()
    assert "folder" in inroad("restore", str(tmp_path)).refused()
    other = tmp_path / "other.json"
    for content in (b"", b"{}", json.dumps({"people": {}}).encode()):
        other.write_bytes(content)
        inroad("restore", str(other)).refused()
    assert inroad("doctor", "--json").json["counts"] == {"people": 1}


def test_names_from_elsewhere_are_printed_safely(inroad: Line) -> None:
    keep(inroad, *NASTY)
    with tinydb.TinyDB(inroad.store) as stock:
        stock.table("people").update({"introduced_by": "nobody"})
    for arguments in (("doctor",), ("doctor", "--json"), ("doctor", "--repair")):
        inroad(*arguments).check_safe()

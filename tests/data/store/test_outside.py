"""What other programs do to the files: hand edits, stock TinyDB, removed and damaged files, sync tools."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import tinydb
from msgspec.structs import replace

from data.clock import FixedClock
from data.records import FollowUp, FollowUpKind, Person, Stage
from data.store import (
    Change,
    Choice,
    Origin,
    Store,
    StoreConflict,
    StoreDamaged,
    StoreError,
    StoreRefused,
    Way,
)
from data.store.health import inspect
from data.store.rescue import choose
from tests.data.store.model import contents

CLOCK = FixedClock(datetime(2026, 11, 23, 9, tzinfo=UTC))
SAM = Person(id="sam", name="Sam Okafor")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "inroad.json"
    with Store.open(path, clock=CLOCK) as store, store.transaction("Added Sam") as tx:
        tx.put(SAM)
        tx.put(FollowUp(id="f", person="sam", kind=FollowUpKind.CUSTOM, due=date(2026, 12, 1)))
    return path


def rename_by_hand(path: Path) -> None:
    """As an editor or a formatter would write it."""
    data = json.loads(path.read_text())
    data["people"]["1"]["name"] = "Sam O."
    data["people"]["1"]["favourite tea"] = "Darjeeling"
    path.write_text(json.dumps(data, indent=2))


def rename_with_tinydb(path: Path) -> None:
    with tinydb.TinyDB(path) as stock:
        stock.table("people").update({"name": "Sam O."}, tinydb.where("id") == "sam")
        stock.table("people").insert({"name": "Put in by hand"})


@pytest.mark.parametrize("edit", [rename_by_hand, rename_with_tinydb])
def test_an_edit_is_taken_in_after_a_backup(path: Path, edit: Callable[[Path], None]) -> None:
    edit(path)
    as_edited = path.read_bytes()
    with Store.open(path, clock=CLOCK, read_only=True) as store:
        assert store.get(Person, "sam") == replace(SAM, name="Sam O.")
    assert path.read_bytes() == as_edited
    with Store.open(path, clock=CLOCK) as store:
        (notice,) = store.notices
        assert "changed by another program" in notice
        assert store.get(Person, "sam") == replace(SAM, name="Sam O.")
        assert all(line.id for line in store.people())
        with store.transaction("Added Lena") as tx:
            tx.put(Person(id="lena", name="Lena"))
            tx.put(replace(SAM, name="Sam O.", notes="hi"))
        assert len(store.people()) == (2 if edit is rename_by_hand else 3)
    kept = [file.read_bytes() for file in Path(f"{path}.backups").glob("found-*")]
    assert kept == [as_edited]
    with Store.open(path, clock=CLOCK) as store:
        assert store.notices == ()
    if edit is rename_by_hand:
        assert '"favourite tea":"Darjeeling"' in path.read_text()


def test_keys_given_by_hand_are_not_given_again(path: Path) -> None:
    with tinydb.TinyDB(path) as stock:
        stock.table("people").insert(tinydb.table.Document({"id": "high", "name": "High"}, 70))
    with Store.open(path, clock=CLOCK) as store:
        with store.transaction("Added Lena") as tx:
            tx.put(Person(id="lena", name="Lena"))
        assert {line.id for line in store.people()} == {"sam", "high", "lena"}
    assert json.loads(path.read_text())["people"]["71"]["id"] == "lena"


def test_an_edit_while_changes_wait_is_not_guessed_about(path: Path) -> None:
    before = path.read_bytes()
    crashed = Store.open(path, clock=CLOCK)
    with crashed.transaction("Moved Sam to Asked") as tx:
        tx.put(replace(SAM, stage=Stage.ASKED))
    rename_by_hand(path)
    files = {file: file.read_bytes() for file in path.parent.iterdir() if file.is_file()}
    with pytest.raises(StoreConflict, match="1 newer change was waiting") as caught:
        Store.open(path, clock=CLOCK)
    assert {file: file.read_bytes() for file in path.parent.iterdir() if file.is_file()} == files
    assert [choice.way for choice in caught.value.choices][:2] == [Way.BOTH, Way.EDITED]
    both, edited = caught.value.choices[:2]
    snapshot_of = {file: file.read_bytes() for file in files}

    def outcome(choice: Choice) -> Person | None:
        for file, data in snapshot_of.items():
            file.write_bytes(data)
        rescued = choose(path, choice, clock=CLOCK)
        assert rescued is not None
        assert [file.read_bytes() for file in rescued.aside] == [files[path], files[Path(f"{path}.journal")]]
        with Store.open(path, clock=CLOCK) as store:
            return store.get(Person, "sam")

    assert outcome(both) == replace(SAM, name="Sam O.", stage=Stage.ASKED)
    assert outcome(edited) == replace(SAM, name="Sam O.")
    assert path.read_bytes() != before


def test_an_edit_while_inroad_runs_with_nothing_waiting(path: Path) -> None:
    with Store.open(path, clock=CLOCK) as store:
        heard: list[Change] = []
        store.subscribe(heard.append)
        rename_by_hand(path)
        change = store.refresh()
        assert heard == [change]
        assert change is not None
        assert change.origin is Origin.ELSEWHERE
        assert change.ids == {"people": frozenset({"sam"})}
        assert "changed by another program" in change.notes[0]
        assert store.get(Person, "sam") == replace(SAM, name="Sam O.")
    names = {file.name.split("-")[1] for file in Path(f"{path}.backups").glob("before-*")}
    assert names == {"edit"}


def test_an_edit_while_inroad_runs_with_changes_waiting(path: Path) -> None:
    with Store.open(path, clock=CLOCK) as store:
        with store.transaction("Moved Sam to Asked") as tx:
            tx.put(replace(SAM, stage=Stage.ASKED))
        rename_by_hand(path)
        as_edited = path.read_bytes()
        change = store.refresh()
        assert change is not None
        assert "went on with its own" in change.notes[0]
        with store.transaction("Noted") as tx:
            tx.put(replace(SAM, stage=Stage.ASKED, notes="hi"))
        assert store.get(Person, "sam") == replace(SAM, stage=Stage.ASKED, notes="hi")
    asides = [file for file in path.parent.glob("inroad.json.aside-*") if file.suffix != ".journal"]
    assert [file.read_bytes() for file in asides] == [as_edited]
    with Store.open(path, clock=CLOCK) as store:
        assert store.get(Person, "sam") == replace(SAM, stage=Stage.ASKED, notes="hi")


def _remove_all(path: Path) -> None:
    for file in path.parent.glob("inroad.json*"):
        if file.is_file():
            file.unlink()


def _remove_store(path: Path) -> None:
    path.unlink()


def _remove_journal(path: Path) -> None:
    Path(f"{path}.journal").unlink()


def _empty_store(path: Path) -> None:
    path.write_text("")


def _cut_store(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-30])


def _cut_journal(path: Path) -> None:
    journal = Path(f"{path}.journal")
    journal.write_bytes(journal.read_bytes().rstrip(b"\0")[:-5])


def _foreign(path: Path) -> None:
    path.write_text('{"_default": {}}')


@pytest.mark.parametrize(
    "harm",
    [_remove_all, _remove_store, _remove_journal, _empty_store, _cut_store, _cut_journal, _foreign],
)
def test_while_inroad_runs_its_memory_survives_any_harm_to_the_files(
    path: Path, harm: Callable[[Path], None]
) -> None:
    with Store.open(path, clock=CLOCK) as store:
        with store.transaction("Moved Sam to Asked") as tx:
            tx.put(replace(SAM, stage=Stage.ASKED))
        harm(path)
        store.refresh()
        with store.transaction("Noted") as tx:
            tx.put(replace(SAM, stage=Stage.ASKED, notes="hi"))
        expected = contents(store)
        assert expected[Person, "sam"] == replace(SAM, stage=Stage.ASKED, notes="hi")
        assert len(store.notices) == 1
        with Store.open(path, clock=CLOCK, read_only=True) as other:
            assert contents(other) == expected
            assert other.undo_title == "Noted"


@pytest.mark.parametrize(
    "harm",
    [_remove_all, _remove_store, _remove_journal, _empty_store, _cut_store, _foreign, rename_by_hand],
)
@pytest.mark.parametrize("by_closing", [True, False])
def test_harm_that_no_look_has_found_yet_is_found_before_anything_is_replaced(
    path: Path, harm: Callable[[Path], None], by_closing: bool
) -> None:
    store = Store.open(path, clock=CLOCK)
    with store.transaction("Moved Sam to Asked") as tx:
        tx.put(replace(SAM, stage=Stage.ASKED))
    before = path.read_bytes()
    harm(path)
    harmed = path.read_bytes() if path.exists() else b""
    # A commit a moment later need not look at the files' names yet.
    with store.transaction("Noted") as tx:
        tx.put(replace(SAM, stage=Stage.ASKED, notes="hi"))
    if by_closing:
        store.close()
    else:
        store.compact()
    with Store.open(path, clock=CLOCK, read_only=True) as other:
        assert other.get(Person, "sam") == replace(SAM, stage=Stage.ASKED, notes="hi")
    kept = [file.read_bytes() for file in path.parent.rglob("*") if file.is_file()]
    assert harmed in (b"", before) or harmed in kept


def test_harm_is_not_written_over_by_one_who_does_not_know_the_newest(path: Path) -> None:
    stopped = Store.open(path, clock=CLOCK)
    with Store.open(path, clock=CLOCK) as store:
        with store.transaction("Added Lena") as tx:
            tx.put(Person(id="lena", name="Lena"))
        path.write_bytes(path.read_bytes()[:-30])
        files = {file: file.read_bytes() for file in path.parent.iterdir() if file.is_file()}
        with pytest.raises(StoreDamaged), stopped.transaction("Added Maria") as tx:
            tx.put(Person(id="maria", name="Maria"))
        assert {file: file.read_bytes() for file in path.parent.iterdir() if file.is_file()} == files
        assert [line.name for line in stopped.people()] == ["Sam Okafor"]
        # The one who does know mends it, and the other goes on.
        store.compact()
        with stopped.transaction("Added Maria") as tx:
            tx.put(Person(id="maria", name="Maria"))
        assert len(stopped.people()) == 3


def test_a_newer_inroad_took_over(path: Path) -> None:
    with Store.open(path, clock=CLOCK) as store:
        data = path.read_bytes().replace(b'"format":2', b'"format":9')
        path.write_bytes(data)
        with pytest.raises(StoreError, match="newer Inroad"), store.transaction("Noted") as tx:
            tx.put(replace(SAM, notes="hi"))
        assert path.read_bytes() == data


def test_an_older_copy_put_in_its_place_is_an_edit(path: Path) -> None:
    copy = path.read_bytes()
    with Store.open(path, clock=CLOCK) as store, store.transaction("Moved Sam") as tx:
        tx.put(replace(SAM, stage=Stage.ASKED))
    path.write_bytes(copy)
    with Store.open(path, clock=CLOCK) as store:
        assert store.get(Person, "sam") == SAM
        assert len(store.notices) == 1


def test_a_copy_elsewhere_is_a_store_of_its_own(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere" / "copy.json"
    other.parent.mkdir()
    shutil.copy(path, other)
    with Store.open(other, clock=CLOCK) as store:
        assert store.get(Person, "sam") == SAM
        assert store.notices == ()


@pytest.mark.parametrize(
    "name",
    [
        "inroad.sync-conflict-20261123-101010-ABCDEFG.json",
        "inroad (Maria's conflicted copy 2026-11-23).json",
        "inroad (conflicted copy 2026-11-23 101500).json",
        "inroad (1).json",
        "inroad 2.json",
        "inroad-DESKTOP-7F3K.json",
    ],
)
def test_a_sync_tools_copy_is_noticed_and_named(path: Path, name: str) -> None:
    (path.parent / name).write_text("{}")
    (path.parent / "inroad-old.json").write_text("{}")
    (path.parent / "other 2.json").write_text("{}")
    (path.parent / "inroad-2026-11.json").write_text("{}")
    assert inspect(path).conflicts == (path.parent / name,)
    with Store.open(path, clock=CLOCK) as store:
        assert name in store.notices[0]


def test_a_missing_store_is_only_made_where_it_may_be(tmp_path: Path) -> None:
    with pytest.raises(StoreRefused, match="no store"):
        Store.open(tmp_path / "none.json", clock=CLOCK, read_only=True)
    assert list(tmp_path.iterdir()) == []
    assert not inspect(tmp_path / "none.json").exists


def test_a_key_that_is_no_number_of_ours_is_named(path: Path) -> None:
    path.write_text(path.read_text().replace('"1":{"id"', f'"{"9" * 5_000}":{{"id"'))
    with pytest.raises(StoreDamaged, match="is not a number"):
        Store.open(path, clock=CLOCK)

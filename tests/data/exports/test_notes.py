"""The folder of notes: whole, linked, safe under any name, and never over notes that are there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from data.clock import FixedClock
from data.demo import fill
from data.exports.file_names import LONGEST, FileNames, safe_name
from data.exports.formats import Format, write
from data.exports.notes import Note, notes
from data.exports.writing import ExportRefused, write_file, write_folder
from data.records import Entry, EntryKind, Lead, Meeting, Person
from data.store import Store

CLOCK = FixedClock(datetime(2026, 11, 23, 9, tzinfo=UTC), "Europe/Berlin")
NASTY = (
    "../../etc/passwd", "/etc/passwd", "..", "CON", "nul.txt", "a\x00b", "x" * 10_000, "👩‍👩‍👧" * 300,
    "[[link]]",     "---\nstage: met", "# head", "\x1b]52;c;eA==\x07", "$(rm -rf ~)", "\u202egnp.exe",
    "a\u2028b: c", "- x", "=1", "%0a",
    '"quoted": yes', "C:\\x", "😀", "", " . ",
)  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store" / "inroad.json", clock=CLOCK) as store:
        yield store


def front(note: Note) -> dict[str, Any]:
    """The front matter, as another program reads it."""
    start, head, _ = note.text.split("---\n", 2)
    assert start == ""
    facts: dict[str, Any] = YAML(typ="safe").load(head)
    return facts


def links(note: Note) -> set[str]:
    return set(re.findall(r"(?<!\\)\[\[([^\]\\]+)\]\]", note.text))


def test_the_demo_as_notes_links_to_itself_alone(store: Store) -> None:
    fill(store, CLOCK)
    made = list(notes(store, CLOCK))
    stems = {PurePosixPath(note.path).stem for note in made}
    assert len(stems) == len(made) == len(store.people()) + store.count(Meeting)
    linked = set().union(*(links(note) for note in made))
    assert linked
    assert linked <= stems
    by_id = {front(note)["id"]: front(note) for note in made}
    for person in store.people():
        facts = by_id[person.id]
        assert (facts["name"], facts["type"]) == (person.name, person.kind.value)
        assert facts.get("tags", []) == list(person.tags)
        if person.introduced_by:
            introducer = store.get(Person, person.introduced_by)
            assert introducer is not None
            assert facts["introduced_by"] == f"[[{introducer.name}]]"
    for meeting in store.all(Meeting):
        assert by_id[meeting.id]["type"] == "meeting"


def test_the_chosen_alone_go_out(store: Store) -> None:
    with store.transaction("Set up") as tx:
        tx.put(Person(id="a", name="Ada Ng", notes="Knows *everybody*", introduced_by="b"))
        tx.put(Person(id="b", name="Ben Lee"))
        tx.put(Meeting(id="m", person="a", starts=datetime(2026, 11, 20, 9), zone="Europe/Berlin"))  # noqa: DTZ001
        tx.put(Entry(id="e", meeting="m", kind=EntryKind.NOTE, text="Nine people"))
        tx.put(Lead(id="l", giver="a", text="Ask Ben", person="b"))
    made = {note.path: note for note in notes(store, CLOCK, {"a"})}
    assert list(made) == ["People/Ada Ng.md", "Meetings/2026-11-20 Ada Ng.md"]
    person, meeting = made.values()
    assert links(person) == {"2026-11-20 Ada Ng"}
    assert front(person)["introduced_by"] == "Ben Lee"
    assert "Knows \\*everybody\\*" in person.text
    assert "- Ask Ben: to act on: Ben Lee" in person.text
    assert "Nine people" in meeting.text
    assert front(meeting)["person"] == "[[Ada Ng]]"


def test_no_name_harms_a_folder_or_a_note(store: Store, tmp_path: Path) -> None:
    with store.transaction("Set up") as tx:
        for number, text in enumerate(NASTY):
            tx.put(Person(id=f"p{number}", name=text, company=text, notes=text, tags=(text,), location=text))
            when = datetime(2026, 11, 20, 9)  # noqa: DTZ001 - a wall time
            tx.put(Meeting(id=f"m{number}", person=f"p{number}", starts=when, zone="UTC", place=text))
    made = list(notes(store, CLOCK))
    for note in made:
        facts = front(note)
        assert set(facts) <= {"id", "type", "name", "company", "location", "source", "stage", "tier", "tags",
                              "person", "date", "starts", "zone", "minutes", "medium", "place", "status",
                              "lines"}  # fmt: skip
        assert facts.get("stage", "network") == "network"
        assert "\x1b" not in note.text
        assert links(note) <= {PurePosixPath(each.path).stem for each in made}
    target = tmp_path / "notes"
    assert write_folder(target, ((note.path, note.text) for note in made)) == 2 * len(NASTY)
    files = [file for file in target.rglob("*") if file.is_file()]
    assert len(files) == 2 * len(NASTY)
    assert {file.parent.name for file in files} == {"People", "Meetings"}
    assert not [file for file in files if file.stat().st_mode & 0o077]


@given(st.lists(st.one_of(st.text(max_size=40), st.sampled_from(NASTY)), max_size=8))
def test_file_names_are_safe_and_differ(texts: list[str]) -> None:
    names = FileNames()
    found = [names.name(text, "Somebody") for text in texts]
    assert len({name.casefold() for name in found}) == len(texts)
    for name in found:
        assert name == name.strip()
        assert not set(name) & set('/\\:*?"<>|#^[]\0\n\r')
        assert not name.startswith((".", "-"))
        assert not name.endswith(".")
        assert 0 < len(name.encode()) <= LONGEST + 20


def test_what_people_are_called_stays_readable() -> None:
    for name in ("Maria Chen", "Tomás Rey", "王小明", "שלום עולם", "Jean-Luc O'Neil", "👩‍💻 Ada"):
        assert safe_name(name).replace("\u200d", "") == name.replace("\u200d", "")
    assert safe_name("Aux") == "Aux (name)"


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "note.md").write_text("mine")
    with pytest.raises(ExportRefused, match="not empty"):
        write_folder(tmp_path / "mine", [("a.md", "x")])
    assert (tmp_path / "mine" / "note.md").read_text() == "mine"
    (tmp_path / "empty").mkdir()
    assert write_folder(tmp_path / "empty", [("a/b.md", "x")]) == 1
    assert (tmp_path / "empty" / "a" / "b.md").read_text() == "x"


def test_a_folder_is_whole_or_not_there(tmp_path: Path) -> None:
    def texts() -> Iterator[tuple[str, str]]:
        yield "a.md", "x"
        raise OSError(28, "No space left on device")

    with pytest.raises(ExportRefused, match="No space left"):
        write_folder(tmp_path / "notes", texts())
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    for target in (tmp_path, tmp_path / "no" / "such", tmp_path / ("x" * 300), Path("/proc/nothing")):
        with pytest.raises(ExportRefused):
            write_file(target, b"x")
    assert list(tmp_path.iterdir()) == []


def test_a_day_of_the_user_and_not_of_utc_names_a_meeting(store: Store) -> None:
    with store.transaction("Set up") as tx:
        tx.put(Person(id="a", name="Ada Ng"))
        late = datetime(2026, 11, 20, 23, 30)  # noqa: DTZ001 - a wall time
        tx.put(Meeting(id="m", person="a", starts=late, zone="UTC"))
    assert [note.path for note in notes(store, CLOCK)][1] == f"Meetings/{date(2026, 11, 21)} Ada Ng.md"


def test_nothing_is_written_over_a_store(store: Store, tmp_path: Path) -> None:
    with store.transaction("Set up") as tx:
        tx.put(Person(id="a", name="Ada Ng"))
    store.backup(tmp_path / "copy.json")
    link = tmp_path / "link.json"
    link.symlink_to(store.path)
    for target in (store.path, Path(f"{store.path}.journal"), tmp_path / "copy.json", link):
        before = target.read_bytes()
        with pytest.raises(ExportRefused, match="keeps everything"):
            write_file(target, b"x")
        assert target.read_bytes() == before
    write_file(tmp_path / "other.json", b"x")
    write_file(tmp_path / "other.json", b"y")
    assert (tmp_path / "other.json").read_bytes() == b"y"


class Stop(Exception):
    pass


@pytest.mark.parametrize("format", Format)
def test_every_format_can_be_stopped_and_nothing_is_written(
    store: Store, tmp_path: Path, format: Format
) -> None:
    with store.transaction("Set up") as tx:
        tx.put(Person(id="a", name="Ada Ng"))
    calls: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        calls.append((done, total))
        raise Stop

    target = tmp_path / "out" / "here"
    target.parent.mkdir()
    with pytest.raises(Stop):
        write(store, CLOCK, format, target, None, stop)
    assert list(target.parent.iterdir()) == []
    assert calls[0][0] <= calls[0][1]
    write(store, CLOCK, format, target, None, lambda done, total: None)
    assert target.exists()

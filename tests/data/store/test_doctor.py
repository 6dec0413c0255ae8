"""The doctor finds what is wrong, and mends what is safe."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from data.clock import FixedClock
from data.records import (
    Entry,
    FollowUp,
    FollowUpKind,
    Lead,
    Meeting,
    MeetingStatus,
    Person,
    Record,
    Rehearsal,
    Touch,
    TouchKind,
)
from data.store import Store
from data.store.doctor import check, circles, repair
from tests.data.store.model import contents

CLOCK = FixedClock(datetime(2026, 11, 23, 9, tzinfo=UTC))
NOW = CLOCK.now()


def keep(path: Path, *records: Record) -> None:
    with Store.open(path, clock=CLOCK) as store, store.transaction("Kept") as tx:
        for each in records:
            tx.put(each)


def running(id: str) -> Meeting:
    return Meeting(
        id=id,
        person="sam",
        starts=datetime(2026, 1, 1, 9),  # noqa: DTZ001
        zone="UTC",
        status=MeetingStatus.RUNNING,
    )


SAM = Person(id="sam", name="Sam")
SOUND: list[tuple[Record, ...]] = [
    (),
    (SAM, Person(id="lena", name="Lena", introduced_by="sam"), running("one")),
    (SAM, Person(id="old", name="Old", merged_into="sam"), Lead(id="lead", giver="old", text="x")),
]


@pytest.mark.parametrize("records", SOUND)
def test_a_sound_store(tmp_path: Path, records: tuple[Record, ...]) -> None:
    path = tmp_path / "inroad.json"
    keep(path, *records)
    report = check(path)
    assert report.ok
    assert report.problems == ()
    assert sum(report.counts.values()) == len(records)


UNSOUND: list[tuple[str, tuple[Record, ...]]] = [
    ("introduced by", (Person(id="a", name="Ada", introduced_by="nobody"),)),
    ("giver", (Lead(id="lead", giver="nobody", text="Jonas at Spotify"),)),
    ("meeting", (Entry(id="entry", meeting="none", text="hm"),)),
    ("person", (FollowUp(id="f", person="nobody", kind=FollowUpKind.NUDGE, due=date(2026, 1, 1)),)),
    ("about", (SAM, Touch(id="t", person="sam", about="nobody", kind=TouchKind.OTHER, at=NOW))),
    ("introduction", (Rehearsal(id="r", introduction="none", at=NOW, seconds=30.5, words=70),)),
    ("merged into", (Person(id="a", name="Ada", merged_into="nobody"),)),
    ("in a circle", tuple(Person(id=a, name=a, introduced_by=b) for a, b in ("ab", "bc", "ca", "da"))),
    ("in a circle", (Person(id="a", name="Ada", introduced_by="a"),)),
    ("in a circle", (Person(id="a", name="A", merged_into="b"), Person(id="b", name="B", merged_into="a"))),
]


@pytest.mark.parametrize(("what", "records"), UNSOUND)
def test_what_is_wrong_is_named_and_mended(tmp_path: Path, what: str, records: tuple[Record, ...]) -> None:
    path = tmp_path / "inroad.json"
    keep(path, *records)
    before = path.read_bytes()
    report = check(path)
    assert not report.ok
    assert any(what in problem.text for problem in report.problems), report.problems
    assert path.read_bytes() == before
    mended = repair(path, clock=CLOCK)
    assert mended.ok, mended.problems
    assert mended.mended
    assert mended.backup is not None
    with Store.open(mended.backup, clock=CLOCK, read_only=True) as old:
        unmended = contents(old)
    with Store.open(path, clock=CLOCK) as store:
        assert len(unmended) == len(records)
        # Nothing was taken away, and it can be undone, but for what something needs.
        assert contents(store).keys() >= unmended.keys()
        undone = store.undo()
        assert undone is not None
        assert undone.title == "Repaired the store"
        assert undone.left_alone or contents(store) == unmended


def test_two_running_meetings_are_named_but_not_guessed_about(tmp_path: Path) -> None:
    path = tmp_path / "inroad.json"
    keep(path, SAM, running("one"), running("two"))
    assert [problem.text for problem in check(path).problems] == ["2 meetings run at once; end all but one"]
    assert not repair(path, clock=CLOCK).ok


def test_damage_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "inroad.json"
    keep(path, SAM)
    path.write_bytes(path.read_bytes()[:-10])
    report = check(path)
    assert not report.ok
    assert report.health.choices
    assert str(path) in report.problems[0].text


def test_a_store_that_is_not_there(tmp_path: Path) -> None:
    report = check(tmp_path / "none.json")
    assert report.ok
    assert not report.health.exists


def test_circles_are_found_once() -> None:
    assert list(circles({"a": "b", "b": "a", "c": "a", "d": "e", "e": "f"})) == [["a", "b"]]
    assert list(circles({"a": "a"})) == [["a"]]
    assert list(circles({"a": "b", "b": "c"})) == []


def test_all_that_one_record_lacks_is_mended_at_once_and_told_once(tmp_path: Path) -> None:
    path = tmp_path / "inroad.json"
    owed = FollowUp(id="f", person="sam", kind=FollowUpKind.CUSTOM, due=date(2026, 1, 1), words="hm")
    gone = {"about": "1", "meeting": "2", "entry": "3", "lead": "4", "advice": "5"}
    keep(path, SAM, replace(owed, **gone), *(Entry(id=id, meeting="lost", text=id) for id in "ab"))
    found = [problem.text for problem in check(path).problems]
    mended = repair(path, clock=CLOCK)
    assert mended.ok
    assert sorted(mended.mended) == sorted(found)
    with Store.open(path, clock=CLOCK) as store:
        assert store.get(FollowUp, "f") == owed
        # One meeting, with one person, stands for the one that is lost.
        assert (store.count(Meeting), store.count(Person)) == (1, 2)
        store.undo()
        assert store.undo_title == "Kept"

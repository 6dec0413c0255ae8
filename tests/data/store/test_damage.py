"""Every byte of a small store flipped, every length of truncation: never a traceback, never a silent loss."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from data.clock import FixedClock
from data.records import FollowUp, FollowUpKind, Person, Stage
from data.store import Store, StoreConflict, StoreDamaged, StoreRefused, Way, journal
from data.store.health import inspect
from data.store.rescue import choose, rescue
from tests.data.store.model import State, contents
from tests.data.store.simulated import SimDisk, SimFiles

PATH = Path("/data/inroad.json")
STORE, JOURNAL = str(PATH), f"{PATH}.journal"
CLOCK = FixedClock(datetime(2026, 11, 23, 9, tzinfo=UTC))


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "FILL", 256)


@functools.cache
def example(waiting: bool) -> tuple[dict[str, bytes], State]:
    """The files of a small store, with changes waiting in its journal or without, and what it holds."""
    disk = SimDisk(folders={"/", "/data"})
    store = Store.open(PATH, clock=CLOCK, files=SimFiles(disk))
    sam = Person(id="sam", name="Sam Okafor", notes="“Zoë” says [/] hi\n", introduced_by="priya")
    with store.transaction("Added Sam") as tx:
        tx.put(Person(id="priya", name="Priya Nair"))
        tx.put(sam)
    with store.transaction("Owed") as tx:
        tx.put(FollowUp(id="owed", person="sam", kind=FollowUpKind.CUSTOM, due=date(2026, 12, 1)))
    store.compact()
    if waiting:
        with store.transaction("Moved Sam to Asked") as tx:
            tx.put(replace(sam, stage=Stage.ASKED))
        with store.transaction("Added Lena") as tx:
            tx.put(Person(id="lena", name="Lena Fischer"))
        store.undo()
        store.redo()
    state = contents(store)
    files = {name: bytes(disk.names[name].data) for name in (STORE, JOURNAL)}
    return files, state


def disk_with(files: dict[str, bytes]) -> SimDisk:
    disk = SimDisk(folders={"/", "/data"})
    for name, data in files.items():
        inode = disk.new_inode()
        inode.data[:] = inode.durable = data
        disk.names[name] = disk.durable_names[name] = inode
    return disk


def content(disk: SimDisk) -> dict[str, bytes]:
    return {name: bytes(inode.data) for name, inode in disk.names.items()}


def examine(files: dict[str, bytes], state: State, what: str) -> str:
    """Open a changed store; how it went. Whatever it was, nothing was lost without a word."""
    disk = disk_with(files)
    health = inspect(PATH, SimFiles(disk))
    assert content(disk) == files
    opened: Store | StoreRefused | StoreDamaged
    try:
        opened = Store.open(PATH, clock=CLOCK, files=SimFiles(disk))
    except (StoreDamaged, StoreRefused) as error:
        opened = error
    if not isinstance(opened, Store):
        assert not health.ok, what
        assert "\n" not in str(opened)
        kept = content(disk)
        assert {name: kept[name] for name in files} == files, what
        if isinstance(opened, StoreRefused):
            return "refused"
        assert opened.choices[-1].way is Way.STOP
        way = Way.BOTH if isinstance(opened, StoreConflict) else Way.READABLE
        _examine_rescue(disk, files, state, way, what)
        return "damaged"
    store = opened
    found = contents(store)
    if found == state:
        return "whole"
    assert store.notices, what
    # The file as it was found is kept.
    assert files[STORE] in [data for name, data in content(disk).items() if "/found-" in name], what
    return "taken in"


def _examine_rescue(disk: SimDisk, files: dict[str, bytes], state: State, way: Way, what: str) -> None:
    choice = next(each for each in inspect(PATH, SimFiles(disk)).choices if each.way is way)
    rescued = choose(PATH, choice, clock=CLOCK, files=SimFiles(disk))
    assert rescued is not None
    kept = [bytes(disk.names[str(path)].data) for path in rescued.aside]
    assert kept == [files[name] for name in (STORE, JOURNAL) if name in files], what
    found = contents(Store.open(PATH, clock=CLOCK, files=SimFiles(disk)))
    if way is Way.READABLE and found != state:
        assert rescued.lost or rescued.doubtful, what
    # One byte costs one record, or one change of one, at most.
    different = {at for at in {*state, *found} if state.get(at) != found.get(at)}
    assert len(different) <= 2, (what, different)


def flips(data: bytes, masks: int) -> Iterator[tuple[int, bytes]]:
    """`data` with one byte changed, each in turn: one bit, a NUL, a line end, and others."""
    for at, byte in enumerate(data):
        choices = [byte ^ 1, 0, 10, byte ^ 0x80, byte ^ 0x20, 0x22, 0x7D, 0x39]
        chosen = (
            choices
            if masks >= len(choices)
            else [choices[(at + more) % len(choices)] for more in range(masks)]
        )
        for value in chosen:
            if value != byte:
                yield at, data[:at] + bytes([value]) + data[at + 1 :]


def flip_all(masks: int, waiting: bool) -> dict[str, int]:
    files, state = example(waiting)
    seen: dict[str, int] = {}
    for name, data in files.items():
        for at, changed in flips(data, masks):
            how = examine(
                {**files, name: changed}, state, f"{name} byte {at}: {changed[at - 20 : at + 20]!r}"
            )
            seen[how] = seen.get(how, 0) + 1
    return seen


@pytest.mark.parametrize("waiting", [True, False])
def test_every_byte_flipped(waiting: bool) -> None:
    seen = flip_all(1, waiting)
    assert seen["damaged"] > 100
    assert seen.get("taken in", 0) > (-1 if waiting else 20)


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("waiting", [True, False])
def test_every_byte_flipped_in_every_way(waiting: bool) -> None:
    flip_all(8, waiting)


@pytest.mark.parametrize("waiting", [True, False])
@pytest.mark.parametrize("name", [STORE, JOURNAL])
def test_every_length_of_truncation(name: str, waiting: bool) -> None:
    files, state = example(waiting)
    data = files[name]
    lines_end = len(data.rstrip(b"\0"))
    for length in range(len(data)):
        disk = disk_with({**files, name: data[:length]})
        what = f"{name} cut to {length}"
        try:
            store = Store.open(PATH, clock=CLOCK, files=SimFiles(disk))
        except StoreDamaged:
            assert content(disk)[name] == data[:length], what
            rescued = rescue(PATH, clock=CLOCK, files=SimFiles(disk))
            found = contents(Store.open(PATH, clock=CLOCK, files=SimFiles(disk)))
            assert name == JOURNAL or found == state or rescued.lost or rescued.doubtful, what
        else:
            # Only what holds nothing may be cut off unnoticed.
            assert name == JOURNAL or length >= len(data.rstrip()), what
            assert name == STORE or length > lines_end, what
            assert contents(store) == state, what


@pytest.mark.parametrize("name", [STORE, JOURNAL])
def test_a_file_that_is_gone(name: str) -> None:
    files, state = example(False)
    disk = disk_with({each: data for each, data in files.items() if each != name})
    if name == JOURNAL:
        assert contents(Store.open(PATH, clock=CLOCK, files=SimFiles(disk))) == state
    else:
        with pytest.raises(StoreDamaged, match="is gone"):
            Store.open(PATH, clock=CLOCK, files=SimFiles(disk))


def test_a_torn_last_line_is_dropped() -> None:
    files, state = example(True)
    data = files[JOURNAL].rstrip(b"\0")
    begin = data.rindex(b"\n", 0, len(data) - 1) + 1
    for length in range(begin, len(data) - 1):
        torn = data[:length] + bytes(len(files[JOURNAL]) - length)
        disk = disk_with({**files, JOURNAL: torn})
        store = Store.open(PATH, clock=CLOCK, files=SimFiles(disk))
        # The last line was the redo of adding Lena.
        expected = {at: record for at, record in state.items() if at[1] != "lena"}
        assert contents(store) == expected
        assert store.redo_title == "Added Lena"


def test_place_and_choices_are_named() -> None:
    files, _ = example(False)
    disk = disk_with({**files, STORE: files[STORE].replace(b'"due":"2026-12-01"', b'"due":"2026-13-01"')})
    with pytest.raises(StoreDamaged) as caught:
        Store.open(PATH, clock=CLOCK, files=SimFiles(disk))
    assert caught.value.file == STORE
    assert caught.value.place == "table followups, record 1"
    assert [choice.way for choice in caught.value.choices] == [Way.READABLE, Way.STOP]


def test_the_only_record_is_not_lost_without_a_word() -> None:
    disk = SimDisk(folders={"/", "/data"})
    with Store.open(PATH, clock=CLOCK, files=SimFiles(disk)) as store, store.transaction("Added") as tx:
        tx.put(Person(id="sam", name="Sam Okafor", company="Stripe"))
    files = content(disk)
    state = contents(Store.open(PATH, clock=CLOCK, files=SimFiles(disk)))
    data = files[STORE]
    begin = data.index(b"people")
    broken = [
        data[:at] + bytes([value]) + data[at + 1 :] for at in range(begin, len(data)) for value in (0, 10)
    ]
    broken += [data[:length] for length in range(len(data))]
    for changed in broken:
        if changed != data:
            examine({**files, STORE: changed}, state, repr(changed[begin - 5 :]))

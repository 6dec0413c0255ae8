"""A crash at every system call of a script of all operations, with unsynced work lost in any order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from data.clock import FixedClock
from data.records import PROFILE_ID, Entry, FollowUp, Meeting, Person, Profile, Stage
from data.store import Store, StoreDamaged, Way, journal
from data.store.doctor import check, repair
from data.store.rescue import choose, restore
from tests.data.store.model import State, contents
from tests.data.store.simulated import SimDisk, SimFiles

PATH = Path("/data/inroad.json")
NAME, JOURNAL = str(PATH), f"{PATH}.journal"
EXAMPLE = Path(__file__).parent / "examples" / "format-1"


@dataclass
class Moment:
    """The disk just before a system call, and what the store may hold if it all ends there."""

    disk: SimDisk
    call: str
    step: str
    states: list[State | None]


@dataclass
class Recorder:
    """Runs steps and freezes the disk at each system call. None as a state: the store is damaged."""

    disk: SimDisk = field(default_factory=lambda: SimDisk(folders={"/", "/data"}))
    clock: FixedClock = field(default_factory=lambda: FixedClock(datetime(2026, 11, 23, 9, tzinfo=UTC)))
    moments: list[Moment] = field(default_factory=list)
    states: list[State | None] = field(default_factory=lambda: [{}])
    doing: str = ""

    def files(self) -> SimFiles:
        return SimFiles(self.disk, self._before)

    def _before(self, name: str, path: str) -> int | None:
        if name != "read":
            self.moments.append(Moment(self.disk.freeze(), f"{name} {path}", self.doing, self.states))
        # Every long write is cut short once, so that its middle is a moment too.
        return 37 if name == "write" and not self.moments[-2].call.startswith("written") else None

    def step(self, name: str, act: Callable[[], object], state: Callable[[], State | None]) -> None:
        """Do something; until it returns the store holds what it held, or what it holds then."""
        self.doing = name
        self.states = [self.states[-1]]
        act()
        self.states.append(state())
        self.states = [self.states[-1]]


def script(record: Recorder) -> None:
    """Everything that can happen to a store's files."""
    a = Store.open(PATH, clock=record.clock, files=record.files())
    people = [Person(id=f"p{n}", name=f"Person {n}", notes="x" * 200) for n in range(8)]

    def keep(store: Store, title: str, *records: Person | FollowUp | Entry | Meeting) -> None:
        with store.transaction(title) as tx:
            for each in records:
                tx.put(each)

    def on(store: Store) -> Callable[[], State]:
        def state() -> State:
            store.refresh()
            return contents(store)

        return state

    step = record.step
    step("add", lambda: keep(a, "Added", people[0]), on(a))
    step("edit", lambda: keep(a, "Edited", replace(people[0], stage=Stage.ASKED)), on(a))
    step("profile", lambda: a.save_profile(Profile(id=PROFILE_ID, name="Ada")), on(a))
    step("import", lambda: keep(a, "Imported", *people[1:]), on(a))
    b = Store.open(PATH, clock=record.clock, files=record.files())
    step("undo", a.undo, on(a))
    step("add by another", lambda: keep(b, "Added", replace(people[1], introduced_by="p0")), on(b))
    step("redo", a.redo, on(a))
    step("compact", a.compact, on(a))
    step("edit by another", lambda: keep(b, "Edited", replace(people[2], notes="y")), on(b))
    step("compact by another", b.compact, on(b))
    step("edit again", lambda: keep(a, "Edited", replace(people[3], notes="z")), on(a))
    step("tinydb", lambda: a.db.table("people").insert({"id": "t", "name": "From TinyDB"}), on(a))
    step("back up", a.back_up_if_due, on(a))
    step("erase", lambda: a.erase("p0", backups=True), on(a))
    step("remove", lambda: remove(a, "p5"), on(a))
    step("close one", b.close, on(a))
    step("close", a.close, lambda: state_on(record.disk))
    step(
        "edit from outside",
        lambda: edit(record.disk, b"Person 4", b"Persona 4"),
        lambda: state_on(record.disk),
    )
    opened: list[Store] = []
    step(
        "open the edit",
        lambda: opened.append(Store.open(PATH, clock=record.clock, files=record.files())),
        lambda: state_on(record.disk),
    )
    c = opened[0]
    step("leave a reference open", lambda: keep(c, "Owed", Entry(id="e", meeting="lost", text="hm")), on(c))
    c.close()
    step(
        "repair",
        lambda: repair(PATH, clock=record.clock, files=record.files()),
        lambda: state_on(record.disk),
    )
    backup = next(Path(name) for name in record.disk.names if "/daily-" in name)
    step(
        "restore",
        lambda: restore(PATH, backup, clock=record.clock, files=record.files()),
        lambda: state_on(record.disk),
    )
    d = Store.open(PATH, clock=record.clock, files=record.files())
    step("change after restoring", lambda: keep(d, "Edited", replace(people[6], notes="w")), on(d))
    step("damage", lambda: edit(record.disk, b"Person 3", b"Person\x003"), lambda: None)
    try:
        Store.open(PATH, clock=record.clock, files=SimFiles(record.disk))
        raise AssertionError("damage was not noticed")
    except StoreDamaged as error:
        way = next(choice for choice in error.choices if choice.way is Way.READABLE)
    step(
        "rescue",
        lambda: choose(PATH, way, clock=record.clock, files=record.files()),
        lambda: state_on(record.disk),
    )


def migration(record: Recorder) -> None:
    """An older store is opened."""
    for name in ("inroad.json", "inroad.json.journal"):
        inode = record.disk.new_inode()
        inode.data[:] = inode.durable = (EXAMPLE / name).read_bytes()
        record.disk.names[f"/data/{name}"] = record.disk.durable_names[f"/data/{name}"] = inode
    with Store.open(
        PATH, clock=record.clock, files=SimFiles(record.disk.after_kill()), read_only=True
    ) as store:
        record.states = [contents(store)]
    record.step(
        "migrate",
        lambda: Store.open(PATH, clock=record.clock, files=record.files()),
        lambda: state_on(record.disk),
    )


def remove(store: Store, id: str) -> None:
    with store.transaction("Removed") as tx:
        person = tx.get(Person, id)
        assert person is not None
        tx.remove(person)


def state_on(disk: SimDisk) -> State:
    clock = FixedClock(datetime(2026, 11, 23, 9, tzinfo=UTC))
    with Store.open(PATH, clock=clock, files=SimFiles(disk), read_only=True) as store:
        return contents(store)


def edit(disk: SimDisk, old: bytes, new: bytes) -> None:
    """What another program does to the file, in place and for good."""
    inode = disk.names[NAME]
    assert old in inode.data
    disk.ticks += 1
    inode.data[:] = inode.data.replace(old, new)
    inode.modified = disk.ticks
    inode.sync()


def ends(moment: Moment, cuts: int) -> Iterator[tuple[str, SimDisk]]:
    """The ways in which it can end there: killed, or the power cut, with more or less of luck."""
    yield "killed", moment.disk.freeze()
    yield "nothing unsynced is left", moment.disk.after_power_cut(0, 0)
    for seed in range(cuts):
        yield f"power cut {seed}", moment.disk.after_power_cut(seed, (0.5, 0.9, 0.97, 0.2)[seed % 4])


def examine(moment: Moment, how: str, disk: SimDisk) -> None:
    """After the end: exactly what was acknowledged, or that and the one in flight; and it goes on."""
    where = f"{moment.step}, at {moment.call}, {how}"
    clock = FixedClock(datetime(2026, 11, 24, 9, tzinfo=UTC))
    try:
        with Store.open(PATH, clock=clock, files=SimFiles(disk)) as store:
            found = contents(store)
            assert found in moment.states, where
            after = Person(id="after", name="After the crash")
            with store.transaction("Went on") as tx:
                tx.put(after)
            found[Person, "after"] = after
            # Killed is not cut off: what was on its way to the disk may still be lost, but nothing
            # acknowledged, not even before the store is closed.
            assert state_on(disk.after_power_cut(0, 0)) == found, where
    except StoreDamaged:
        assert None in moment.states, where
        return
    assert state_on(disk.after_power_cut(0, 0)) == found, where
    assert all(
        "lost" in problem.text or "not there" in problem.text
        for problem in check(PATH, files=SimFiles(disk)).problems
    ), where


@pytest.mark.parametrize("story", [script, migration])
def test_a_crash_at_every_system_call(
    story: Callable[[Recorder], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "FILL", 1024)
    record = Recorder()
    story(record)
    assert len(record.moments) > (15 if story is migration else 200)
    for number, moment in enumerate(record.moments):
        for how, disk in list(ends(moment, 2 + number % 2)):
            examine(moment, how, disk)


def growing(record: Recorder) -> None:
    """Commits of all lengths that make the journal grow."""
    store = Store.open(PATH, clock=record.clock, files=record.files())
    for number in range(6):
        person = Person(id=f"p{number}", name="x" * 400 * number)

        def act(person: Person = person) -> None:
            with store.transaction("Added") as tx:
                tx.put(person)

        record.step(f"add {number}", act, lambda: contents(store))


def test_a_crash_while_the_journal_grows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "FILL", 1024)
    record = Recorder()
    growing(record)
    for moment in record.moments:
        for how, disk in ends(moment, 16):
            examine(moment, how, disk)


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("story", [script, migration, growing])
def test_a_crash_at_every_system_call_in_many_ways(
    story: Callable[[Recorder], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "FILL", 1024)
    record = Recorder()
    story(record)
    for moment in record.moments:
        for how, disk in ends(moment, 100):
            examine(moment, how, disk)

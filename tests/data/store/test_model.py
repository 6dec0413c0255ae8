"""Thousands of random operations on the store and on plain dicts give the same contents."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from msgspec.structs import replace

from data.clock import FixedClock
from data.records import PROFILE_ID, Entry, FollowUp, FollowUpKind, Lead, Person, Profile, Record, Stage
from data.store import NotKept, Store, history, journal
from tests.data.store.model import At, Model, State, contents
from tests.data.store.simulated import Killed, SimDisk, SimFiles

PATH = Path("/data/inroad.json")
SESSIONS = (1, 2)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
WHICH = st.integers(0, 30)


class Session:
    """A process that has the store open, and what it knows of it."""

    def __init__(self, number: int, disk: SimDisk) -> None:
        self.number = number
        self.files = SimFiles(disk)
        self.store = Store.open(PATH, clock=CLOCK, files=self.files)
        self.view: State = {}


Act = Callable[[], object]
Effect = Callable[[Model], object]
CLOCK = FixedClock(datetime(2026, 11, 23, 9, tzinfo=UTC))


class StoreMachine(RuleBasedStateMachine):
    """Two processes on one disk, with crashes, power cuts and a disk that fails."""

    def __init__(self) -> None:
        super().__init__()
        self.patch = pytest.MonkeyPatch()
        # Small, so that the journal grows and history is slimmed all the time.
        self.patch.setattr(journal, "FILL", 1024)
        self.patch.setattr(history, "SLIM_ABOVE", 300)
        self.disk = SimDisk(folders={"/", "/data"})
        self.model = Model()
        self.sessions: dict[int, Session] = {}
        self.ids = 0

    def teardown(self) -> None:
        self.patch.undo()

    @initialize()
    def begin(self) -> None:
        for number in SESSIONS:
            self._open(number)

    def _open(self, number: int) -> None:
        session = self.sessions[number] = Session(number, self.disk)
        # What was done before by whoever is not this session's own to tell apart.
        session.view = dict(self.model.state)

    def _new_id(self) -> str:
        self.ids += 1
        return f"id{self.ids:04}"

    def _pick(self, session: Session, kind: type[Record], which: int) -> Record | None:
        there = [record for (of, _), record in session.view.items() if of is kind]
        return there[which % len(there)] if there else None

    def _commit(self, session: Session, title: str, wanted: dict[At, Record | None]) -> None:
        with session.store.transaction(title) as tx:
            for at, new in wanted.items():
                if new is not None:
                    tx.put(new)
                elif (base := session.view.get(at)) is not None:
                    tx.remove(base)

    def _do(self, session: Session, title: str, wanted: dict[At, Record | None]) -> None:
        wanted = {at: new for at, new in wanted.items() if new != session.view.get(at)}
        if wanted:
            bases = {at: (session.view.get(at), new) for at, new in wanted.items()}
            self._commit(session, title, wanted)
            self.model.commit(session.number, title, bases)
            session.view = dict(self.model.state)

    def _edit(self, session: Session, which: int, text: str, field: int) -> dict[At, Record | None]:
        person = self._pick(session, Person, which)
        if person is None:
            added = Person(id=self._new_id(), name=text or "x")
            return {(Person, added.id): added}
        assert isinstance(person, Person)
        edited = (
            replace(person, name=text),
            replace(person, company=text, title=text),
            replace(person, notes=text),
            replace(person, tags=(text, text), stage=Stage.ASKED),
            replace(person, imported={text: text}),
        )[field % 5]
        return {(Person, person.id): edited}

    # -- what a user does ----------------------------------------------------------------------------

    @rule(number=st.sampled_from(SESSIONS), name=TEXT, which=WHICH)
    def add(self, number: int, name: str, which: int) -> None:
        session = self.sessions[number]
        introducer = self._pick(session, Person, which)
        person = Person(id=self._new_id(), name=name, introduced_by=introducer.id if introducer else "")
        owed = FollowUp(id=self._new_id(), person=person.id, kind=FollowUpKind.CUSTOM, due=date(2026, 12, 1))
        self._do(session, f"Added {name}", {(Person, person.id): person, (FollowUp, owed.id): owed})

    @rule(number=st.sampled_from(SESSIONS), which=WHICH, text=TEXT, field=st.integers(0, 4))
    def edit(self, number: int, which: int, text: str, field: int) -> None:
        session = self.sessions[number]
        self._do(session, f"Edited {text}", self._edit(session, which, text, field))

    @rule(number=st.sampled_from(SESSIONS), which=WHICH, count=st.integers(2, 12), text=TEXT)
    def import_many(self, number: int, which: int, count: int, text: str) -> None:
        session = self.sessions[number]
        wanted = self._edit(session, which, text, 1)
        for _ in range(count):
            person = Person(id=self._new_id(), name=text)
            wanted[Person, person.id] = person
        self._do(session, "Imported people", wanted)

    @rule(number=st.sampled_from(SESSIONS), which=WHICH, text=TEXT)
    def meet(self, number: int, which: int, text: str) -> None:
        session = self.sessions[number]
        giver = self._pick(session, Person, which)
        if giver is None:
            return
        entry = Entry(id=self._new_id(), meeting="none", text=text)
        lead = Lead(id=self._new_id(), giver=giver.id, text=text, entry=entry.id)
        self._do(session, "Caught a lead", {(Entry, entry.id): entry, (Lead, lead.id): lead})

    @rule(
        number=st.sampled_from(SESSIONS), which=WHICH, kind=st.sampled_from([Person, FollowUp, Lead, Entry])
    )
    def remove(self, number: int, which: int, kind: type[Record]) -> None:
        session = self.sessions[number]
        record = self._pick(session, kind, which)
        if record is not None:
            self._do(session, "Removed a record", {(kind, record.id): None})

    @rule(number=st.sampled_from(SESSIONS), name=TEXT)
    def profile(self, number: int, name: str) -> None:
        """Not part of undo: a line that no history keeps."""
        session = self.sessions[number]
        profile = Profile(id=PROFILE_ID, name=name)
        if session.store.profile != profile:
            session.store.save_profile(profile)
            self.model.state[Profile, PROFILE_ID] = profile
            session.view = dict(self.model.state)

    @rule(number=st.sampled_from(SESSIONS), undo=st.booleans(), times=st.integers(1, 3))
    def turn_back(self, number: int, undo: bool, times: int) -> None:
        session = self.sessions[number]
        for _ in range(times):
            done = session.store.undo() if undo else session.store.redo()
            assert (done.title if done else None) == self.model.turn_back(number, undo=undo)
        session.view = dict(self.model.state)

    # -- what happens to a process -------------------------------------------------------------------

    @rule(number=st.sampled_from(SESSIONS))
    def compact(self, number: int) -> None:
        self.sessions[number].store.compact()
        self.sessions[number].view = dict(self.model.state)

    @rule(number=st.sampled_from(SESSIONS))
    def refresh(self, number: int) -> None:
        self.sessions[number].store.refresh()
        self.sessions[number].view = dict(self.model.state)

    @rule(clean=st.booleans())
    def restart_all(self, clean: bool) -> None:
        for session in self.sessions.values():
            if clean:
                session.store.close()
            session.files.die()
        self._open_all()

    def _open_all(self) -> None:
        for number in SESSIONS:
            self.model.restarted(number)
        for number in SESSIONS:
            self._open(number)

    @rule(
        number=st.sampled_from(SESSIONS),
        at=st.integers(0, 12),
        which=WHICH,
        text=TEXT,
        what=st.integers(0, 3),
    )
    def killed_in_the_act(self, number: int, at: int, which: int, text: str, what: int) -> None:
        """One process dies at some system call of what it is doing; the other lives on."""
        session = self.sessions[number]
        self._end_in(session, self._killer(at), which, text, what)
        session.files.die()
        survivor = self.sessions[3 - number]
        survivor.store.refresh()
        assert contents(survivor.store) in [model.state for model in self.possible]
        survivor.store.close()
        survivor.files.die()
        self._settle()

    @rule(
        at=st.integers(0, 12),
        which=WHICH,
        text=TEXT,
        what=st.integers(0, 3),
        seed=st.integers(0, 1000),
        luck=st.sampled_from([0.0, 0.5, 0.9, 1.0]),
    )
    def power_cut_in_the_act(self, at: int, which: int, text: str, what: int, seed: int, luck: float) -> None:
        session = self.sessions[1]
        self._end_in(session, self._killer(at), which, text, what)
        self.disk = self.disk.after_power_cut(seed, luck)
        self._settle()

    @rule(
        number=st.sampled_from(SESSIONS),
        at=st.integers(0, 12),
        which=WHICH,
        text=TEXT,
        what=st.integers(0, 3),
        code=st.sampled_from([errno.ENOSPC, errno.EIO]),
        lasting=st.booleans(),
    )
    def the_disk_fails(
        self, number: int, at: int, which: int, text: str, what: int, code: int, lasting: bool
    ) -> None:
        """Some system call fails, once or from then on; memory is as before, and it goes on afterwards."""
        session = self.sessions[number]
        calls = 0

        def before(name: str, path: str) -> None:
            nonlocal calls
            calls += 1
            if calls == at + 1 or (lasting and calls > at):
                raise OSError(code, os.strerror(code))

        act, effect = self._plan(session, which, text, what)
        session.files.before = before
        try:
            act()
        except NotKept:
            pass
        else:
            effect(self.model)
        session.files.before = None
        session.store.refresh()
        session.view = dict(self.model.state)

    def _killer(self, at: int) -> Callable[[str, str], int | None]:
        calls = 0

        def before(name: str, path: str) -> int | None:
            nonlocal calls
            if name == "read":
                return None
            calls += 1
            if name == "written" or (calls > at and name != "write"):
                raise Killed
            # A write is cut short in its middle before the end comes.
            return (calls * 37) % 200 if calls > at else None

        return before

    def _plan(self, session: Session, which: int, text: str, what: int) -> tuple[Act, Effect]:
        """Something to do, and what it means for a model."""
        number, store = session.number, session.store
        if what == 0:
            wanted = self._edit(session, which, text + "!", 2)
            wanted = {at: new for at, new in wanted.items() if new != session.view.get(at)}
            bases = {at: (session.view.get(at), new) for at, new in wanted.items()}
            return (
                lambda: self._commit(session, "Did", wanted),
                lambda model: model.commit(number, "Did", bases),
            )
        if what == 1:
            return store.undo, lambda model: model.turn_back(number, undo=True)
        if what == 2:
            return store.redo, lambda model: model.turn_back(number, undo=False)
        return store.compact, lambda model: None

    def _end_in(
        self, session: Session, before: Callable[[str, str], int | None], which: int, text: str, what: int
    ) -> None:
        """Let a session die in the middle: the store then holds all of what it did, or nothing."""
        act, effect = self._plan(session, which, text, what)
        after = self.model.copy()
        effect(after)
        session.files.before = before
        try:
            act()
        except Killed:
            self.possible = [self.model, after]
        else:
            self.possible = [after]
        session.files.before = None

    def _settle(self) -> None:
        """Begin both sessions anew, and find out which of the possible states the store is in."""
        for number in SESSIONS:
            self.sessions[number] = Session(number, self.disk)
        store = self.sessions[2].store
        found = contents(store)
        for model in self.possible:
            for number in SESSIONS:
                model.restarted(number)
            undo, redo = model.next_undo(2), model.next_redo(2)
            titles = (undo and undo.title, redo and redo.title)
            if model.state == found and titles == (store.undo_title, store.redo_title):
                self.model = model
                break
        else:
            raise AssertionError(f"{found} is none of {[model.state for model in self.possible]}")
        for session in self.sessions.values():
            session.store.refresh()
            session.view = dict(self.model.state)

    @precondition(lambda self: self.sessions)
    @invariant()
    def each_session_has_what_it_knows(self) -> None:
        for session in self.sessions.values():
            assert contents(session.store) == session.view

    @precondition(lambda self: self.sessions)
    @invariant()
    def the_disk_has_all(self) -> None:
        with Store.open(PATH, clock=CLOCK, files=SimFiles(self.disk), read_only=True) as store:
            assert contents(store) == self.model.state


class TestModel(StoreMachine.TestCase):  # type: ignore[misc,valid-type]
    """The always-on share."""

    settings = settings(max_examples=40, stateful_step_count=30, suppress_health_check=list(HealthCheck))


@pytest.mark.slow
@pytest.mark.timeout(3600)
class TestModelForLong(StoreMachine.TestCase):  # type: ignore[misc,valid-type]
    """The same, for long."""

    settings = settings(
        max_examples=3000,
        stateful_step_count=60,
        derandomize=False,
        suppress_health_check=list(HealthCheck),
    )

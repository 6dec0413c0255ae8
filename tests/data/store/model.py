"""What a store must hold, worked out on plain dicts: the yardstick of the model and crash tests."""

from __future__ import annotations

from dataclasses import dataclass, field

from msgspec.structs import replace

from data.records import Record
from data.schema import REFERENCES, TABLES
from data.store import Store

At = tuple[type[Record], str]
State = dict[At, Record]


def contents(store: Store) -> State:
    """Everything that a store holds, each record read on its own."""
    found: State = {}
    for kind in TABLES.values():
        for record in store.all(kind):
            found[kind, record.id] = record
            assert store.get(kind, record.id) == record
    return found


@dataclass
class Action:
    """One undoable step: each record before and after."""

    number: int
    session: int
    title: str
    changes: list[tuple[At, Record | None, Record | None]]


@dataclass
class Model:
    """The truth: what is kept, and what each session may undo and redo."""

    state: State = field(default_factory=dict)
    done: list[Action] = field(default_factory=list)
    undone: list[Action] = field(default_factory=list)
    actions: int = 0

    def copy(self) -> Model:
        """A model that goes its own way."""
        return Model(dict(self.state), list(self.done), list(self.undone), self.actions)

    def commit(self, session: int, title: str, wanted: dict[At, tuple[Record | None, Record | None]]) -> None:
        """Keep what a session changed: (what it had before, what it wants) for each record."""
        changes: list[tuple[At, Record | None, Record | None]] = []
        for at, (base, new) in wanted.items():
            now = self.state.get(at)
            after = new if new is None or now is None else merged(now, base, new)
            if after != now:
                changes.append((at, now, after))
                self._set(at, after)
        if changes:
            self.actions += 1
            self.done.append(Action(self.actions, session, title, changes))
            self.undone = [each for each in self.undone if each.session not in (session, 0)]

    def next_undo(self, session: int) -> Action | None:
        """What this session would undo: its own newest, or one from before (session 0)."""
        return next((each for each in reversed(self.done) if each.session in (session, 0)), None)

    def next_redo(self, session: int) -> Action | None:
        """What this session would redo."""
        return next((each for each in reversed(self.undone) if each.session in (session, 0)), None)

    def turn_back(self, session: int, *, undo: bool) -> str | None:
        """Undo or redo; the title of what was turned back."""
        action = self.next_undo(session) if undo else self.next_redo(session)
        if action is None:
            return None
        source, target = (self.done, self.undone) if undo else (self.undone, self.done)
        source.remove(action)
        back: list[tuple[At, Record | None, Record | None]] = []
        going = {at for at, before, _ in action.changes if before is None}
        for at, before, after in reversed(action.changes):
            now = self.state.get(at)
            if after is None:
                then = before if now is None else now
            elif now is None:
                then = None
            elif before is None:
                then = now if now != after or (undo and self._referred_to(at, going)) else None
            else:
                then = merged(now, after, before, only_if_same=True)
            if then != now:
                back.append((at, now, then))
                self._set(at, then)
        target.append(Action(action.number, session, action.title, back))
        return action.title

    def restarted(self, session: int) -> None:
        """The session is over; whoever opens the store next may undo what it did."""
        for each in (*self.done, *self.undone):
            if each.session == session:
                each.session = 0

    def _set(self, at: At, record: Record | None) -> None:
        if record is None:
            self.state.pop(at, None)
        else:
            self.state[at] = record

    def _referred_to(self, at: At, going: set[At]) -> bool:
        kind, id = at
        return any(
            owner not in going
            and any(
                target is kind and getattr(record, name) == id
                for name, target in REFERENCES.get(owner[0], ())
            )
            for owner, record in self.state.items()
        )


def merged(now: Record, base: Record | None, new: Record, *, only_if_same: bool = False) -> Record:
    """`now` with the fields in which `new` differs from `base`."""
    if base is None:
        return new
    values = {}
    for name in new.__struct_fields__:
        before, after, current = getattr(base, name), getattr(new, name), getattr(now, name)
        if before != after and (not only_if_same or current == before):
            values[name] = after
    return replace(now, **values)

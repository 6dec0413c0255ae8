"""A process that works on a store until it is killed, and says before and after what it does."""

from __future__ import annotations

import json
import os
import random
import signal
import traceback
from dataclasses import dataclass, field
from pathlib import Path

from msgspec.structs import replace

from data.clock import SystemClock
from data.records import Person
from data.store import Store
from data.store.history import DEPTH

SHARED = "shared"
FIELDS = ("company", "title", "location", "notes")


def work(path: Path, name: str, seed: int, column: str, out: int) -> None:
    """Work on; each line on `out` is what begins, or `end` once it was acknowledged, `none` for no undo."""
    choose = random.Random(seed)
    store = Store.open(path, clock=SystemClock(), patience=60)
    undoable = 0
    for n in range(5000):
        kind = choose.choices(("add", "import", "undo", "compact", "edit"), (55, 5, 15, 5, 20))[0]
        # What others do meanwhile may push one's own oldest actions out of the undo log.
        if kind == "undo" and (not undoable or not (store.undo_title or "").endswith(name)):
            kind, undoable = "add", 0
        ids = [f"{name}-{n}-{each}" for each in range({"add": 1, "import": 40}.get(kind, 0))]
        os.write(out, json.dumps([kind, ids, n]).encode() + b"\n")
        if kind == "undo":
            behind = _newer(store)
            before = store._storage.disk.last
            if store.undo() is None:
                # While it waited for the lock, others did more than the undo log holds.
                assert behind + store._storage.disk.last - before >= DEPTH
                os.write(out, b"none\n")
                undoable = 0
                continue
            undoable -= 1
        elif kind == "compact":
            store.compact()
        else:
            with store.transaction(f"{kind} by {name}") as tx:
                if kind == "edit":
                    shared = tx.get(Person, SHARED)
                    assert shared is not None
                    tx.put(replace(shared, **{column: f"{name} {n}"}))
                for id in ids:
                    tx.put(Person(id=id, name=id, notes="x" * choose.randrange(300)))
            undoable += 1
        os.write(out, b"end\n")


def _newer(store: Store) -> int:
    """How many actions in the undo log are newer than the one that undo would turn back."""
    log = store._storage.log
    mine = log.to_undo()
    assert mine is not None
    return len(log._done) - 1 - log._done.index(mine)


@dataclass
class Worker:
    """A worker in a process of its own, and what it has said so far."""

    path: Path
    name: str
    seed: int
    column: str
    said: list[str] = field(default_factory=list)
    pid: int = 0
    _buffer: bytes = b""

    def start(self) -> None:
        """Begin to work."""
        self._pipe, writing = os.pipe()
        self.pid = os.fork()
        if self.pid:
            os.close(writing)
            return
        try:
            work(self.path, self.name, self.seed, self.column, writing)
        except BaseException:  # noqa: BLE001 (the child must never return into the test)
            os.write(writing, f"failed {traceback.format_exc()}".replace("\n", "|").encode() + b"\n")
        finally:
            os._exit(1)

    def listen(self, count: int) -> None:
        """Wait until it has said `count` more lines."""
        wanted = len(self.said) + count
        while len(self.said) < wanted:
            data = os.read(self._pipe, 65536)
            assert data, self.said[-3:]
            *lines, self._buffer = (self._buffer + data).split(b"\n")
            self.said += [line.decode() for line in lines]
            assert not any(line.startswith("failed") for line in self.said), self.said[-1].replace("|", "\n")

    def kill(self) -> None:
        """End it without warning, wherever it is; take in what it still said."""
        if not self.pid:
            return
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        self.pid = 0
        while data := os.read(self._pipe, 65536):
            self._buffer += data
        os.close(self._pipe)
        self.said += [line.decode() for line in self._buffer.split(b"\n")[:-1]]


@dataclass
class Expected:
    """What a store must hold after workers were killed, and what it may hold of what was in flight."""

    there: set[str] = field(default_factory=set)
    maybe: set[str] = field(default_factory=set)
    fields: dict[str, set[str]] = field(default_factory=dict)

    def take(self, worker: Worker) -> None:
        """Add what a killed worker did."""
        actions: list[tuple[str, list[str], set[str]]] = []
        # What the worker's own field may hold; what was there before it is not known for sure either.
        value = self.fields.get(worker.column, {""})
        lines = iter(worker.said)
        for line in lines:
            kind, ids, n = json.loads(line)
            answer = next(lines, "")
            if answer == "none":
                continue
            acknowledged = answer == "end"
            before = value
            if kind == "undo":
                what, gone, value_then = actions.pop()
                value = value_then if what == "edit" else value
                self.there -= set(gone)
                if not acknowledged:
                    self.maybe |= set(gone)
            elif kind != "compact":
                actions.append((kind, ids, value))
                value = {f"{worker.name} {n}"} if kind == "edit" else value
                (self.there if acknowledged else self.maybe).update(ids)
            if not acknowledged:
                value = value | before
        self.fields[worker.column] = value

"""How long a durable commit takes, against the disk itself, SQLite and stock TinyDB.

Run from the repository: `python -m bench.store [FOLDER]`; the folder decides which disk is measured.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import msgspec
import tinydb
from msgspec.structs import replace

from bench.generate import NOW, SIZES, make_store
from bench.table import Row, Times, markdown
from data.clock import FixedClock
from data.records import REFERENCES, Entry, FollowUp, Meeting, Person, Record
from data.store import Store

ROUNDS = 600
TINYDB_ROUNDS = 7


class Commits:
    """One store of one size: snoozes a follow-up, another each time."""

    def __init__(self, folder: Path, people: int) -> None:
        self.path = folder / f"{people}.json"
        make_store(self.path, people)
        self.store = Store.open(self.path, clock=FixedClock(NOW))
        self.ids = [followup.id for followup in self.store.all(FollowUp)]
        self.line_length = 0

    def __call__(self, round: int) -> None:
        """One action of the user, on the disk when this returns."""
        with self.store.transaction("Snoozed a follow-up") as tx:
            followup = tx.get(FollowUp, self.ids[round * 7 % len(self.ids)])
            assert followup is not None
            due = date(2027, 1, 1) + timedelta(days=round)
            tx.put(replace(followup, due=due, snoozed=followup.snoozed + 1))


class Floor:
    """What no program can beat by appending: as many bytes at the end of a file, and fdatasync."""

    def __init__(self, folder: Path, length: int) -> None:
        self.fd = os.open(folder / "floor", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self.line = b"x" * (length - 1) + b"\n"

    def __call__(self, round: int) -> None:
        """Append and wait for the disk."""
        os.write(self.fd, self.line)
        os.fdatasync(self.fd)


class Sqlite:
    """The same network in SQLite, every field a column, every reference indexed, as durable as ours:
    WAL, synchronous=FULL. With `undo` it also keeps what undo needs, as ours does."""

    def __init__(self, folder: Path, source: Store, *, undo: bool) -> None:
        self.undo = undo
        self.db = sqlite3.connect(folder / f"bench-{undo}.sqlite3", isolation_level=None)
        self.db.execute("PRAGMA journal_mode=WAL")
        self.db.execute("PRAGMA synchronous=FULL")
        self.db.execute("BEGIN")
        for kind in (Person, Meeting, Entry, FollowUp):
            self._copy(kind, source)
        self.db.execute("CREATE TABLE undo (n INTEGER PRIMARY KEY, at, title, new, old)")
        self.db.execute("COMMIT")
        self.ids = [followup.id for followup in source.all(FollowUp)]

    def _copy(self, kind: type[Record], source: Store) -> None:
        columns = [f'"{name}"' for name in kind.__struct_fields__]
        self.db.execute(f"CREATE TABLE {kind.table} ({', '.join(columns)}, PRIMARY KEY (id))")
        for field, _ in REFERENCES.get(kind, ()):
            self.db.execute(f"CREATE INDEX {kind.table}_{field} ON {kind.table} ({field})")
        rows = (
            [
                value if isinstance(value, str | int | float | None) else msgspec.json.encode(value)
                for value in msgspec.to_builtins(msgspec.structs.asdict(record)).values()
            ]
            for record in source.all(kind)
        )
        self.db.executemany(f"INSERT INTO {kind.table} VALUES ({', '.join('?' * len(columns))})", rows)

    def __call__(self, round: int) -> None:
        """Read the follow-up, snooze it, commit."""
        id = self.ids[round * 7 % len(self.ids)]
        self.db.execute("BEGIN IMMEDIATE")
        found = self.db.execute("SELECT due, snoozed FROM followups WHERE id = ?", (id,)).fetchone()
        new = ((date(2027, 1, 1) + timedelta(days=round)).isoformat(), found[1] + 1)
        self.db.execute("UPDATE followups SET due = ?, snoozed = ? WHERE id = ?", (*new, id))
        if self.undo:
            row = (
                NOW.isoformat(),
                "Snoozed a follow-up",
                msgspec.json.encode(new),
                msgspec.json.encode(found),
            )
            self.db.execute("INSERT INTO undo (at, title, new, old) VALUES (?, ?, ?, ?)", row)
        self.db.execute("COMMIT")


def run(folder: Path) -> list[Row]:
    """All commits, one after the other in turn, so that what slows the machine slows each."""
    stores = {people: Commits(folder, people) for people in SIZES}
    largest = stores[SIZES[-1]]
    length = _line_length(largest)
    acts: dict[str, Callable[[int], None]] = {
        "floor": Floor(folder, length),
        "sqlite": Sqlite(folder, largest.store, undo=False),
        "sqlite with undo": Sqlite(folder, largest.store, undo=True),
        **{str(people): store for people, store in stores.items()},
    }
    measured: dict[str, list[float]] = {name: [] for name in acts}
    names = list(acts)
    for round in range(ROUNDS):
        for name in names[round % len(names) :] + names[: round % len(names)]:
            began = time.perf_counter()
            acts[name](round)
            measured[name].append(time.perf_counter() - began)
    times = {name: Times(values) for name, values in measured.items()}
    stock = Times(_stock_tinydb(folder, largest))
    floor, ours = times["floor"], times[str(SIZES[-1])]
    rows = [
        Row(
            f"durable commit of one follow-up, {people:,} people / append of {length} bytes + fdatasync",
            str(times[str(people)]),
            str(floor),
            times[str(people)].median / floor.median,
            1.5,
            1.0,
        )
        for people in SIZES
    ]
    small = times[str(SIZES[0])]
    rows += [
        Row(
            "the same, 30,000 / SQLite (WAL, synchronous=FULL)",
            str(ours),
            str(times["sqlite"]),
            ours.median / times["sqlite"].median,
            0.8,
            0.5,
        ),
        Row(
            "the same / SQLite that also keeps what undo needs",
            str(ours),
            str(times["sqlite with undo"]),
            ours.median / times["sqlite with undo"].median,
            0.8,
            0.5,
        ),
        Row("commit at 30,000 / at 300", str(ours), str(small), ours.median / small.median, 1.3, 1.0),
        Row(
            "the same / stock TinyDB JSONStorage at 30,000",
            str(ours),
            str(stock),
            ours.median / stock.median,
            1 / 500,
            1 / 2000,
        ),
    ]
    return rows


def _line_length(commits: Commits) -> int:
    """How many bytes one commit appends."""
    disk = commits.store._storage.disk
    before = disk.end
    commits(0)
    return disk.end - before


def _stock_tinydb(folder: Path, commits: Commits) -> list[float]:
    """The same update by TinyDB as it comes, on the same content."""
    copy = folder / "stock.json"
    commits.store.backup(copy)
    measured = []
    with closing(tinydb.TinyDB(copy)) as db:
        table = db.table("followups")
        for round in range(TINYDB_ROUNDS):
            began = time.perf_counter()
            table.update({"due": f"2027-01-{round + 1:02}", "snoozed": round + 1}, doc_ids=[round * 7 + 1])
            measured.append(time.perf_counter() - began)
    return measured


def main() -> None:
    """Measure, and print the table."""
    where = sys.argv[1] if len(sys.argv) > 1 else None
    with tempfile.TemporaryDirectory(dir=where) as folder:
        rows = run(Path(folder))
        sizes = (
            "Stores of 300, 3,000 and 30,000 people, the largest with 1,000 meetings and 10,000 follow-ups"
        )
        print(markdown(rows, "python -m bench.store", f"{sizes}; {ROUNDS} interleaved rounds", folder))


if __name__ == "__main__":
    main()

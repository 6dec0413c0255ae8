"""How long a durable commit takes, against the disk itself, SQLite and stock TinyDB.

Run from the repository: `python -m bench.store [FOLDER]`; the folder decides which disk is measured.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import tinydb
from msgspec.structs import replace

from bench.generate import NOW, SIZES, make_store
from bench.sqlite import Sqlite
from bench.table import Row, Times, markdown
from data.clock import FixedClock
from data.imports.keeping import keep
from data.imports.planning import plan
from data.imports.reading import read
from data.records import FollowUp
from data.store import Store
from data.store.files import OsFiles
from tests.network import connections

ROUNDS = 600
TINYDB_ROUNDS = 7
IMPORT_ROUNDS = 7


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


class InPlace:
    """What nobody can beat who waits for this disk: as many bytes over others, in one call."""

    def __init__(self, folder: Path, length: int) -> None:
        self.files = OsFiles()
        self.fd = os.open(folder / "in-place", os.O_RDWR | os.O_CREAT, 0o600)
        self.line = b"x" * (length - 1) + b"\n"
        os.write(self.fd, bytes(length * ROUNDS))
        os.fsync(self.fd)

    def __call__(self, round: int) -> None:
        """Write over what is there, and wait for the disk."""
        self.files.pwrite_through(self.fd, self.line, round * len(self.line))


def run(folder: Path) -> list[Row]:
    """All commits, one after the other in turn, so that what slows the machine slows each."""
    stores = {people: Commits(folder, people) for people in SIZES}
    largest = stores[SIZES[-1]]
    length = _line_length(largest)
    acts: dict[str, Callable[[int], None]] = {
        "floor": Floor(folder, length),
        "in place": InPlace(folder, length),
        "sqlite": Sqlite(folder / "plain.sqlite3"),
        "sqlite with undo": Sqlite(folder / "undo.sqlite3", undo=True),
        **{str(people): store for people, store in stores.items()},
    }
    for act in acts.values():
        if isinstance(act, Sqlite):
            act.copy(largest.store)
    measured: dict[str, list[float]] = {name: [] for name in acts}
    names = list(acts)
    for round in range(ROUNDS):
        for name in names[round % len(names) :] + names[: round % len(names)]:
            began = time.perf_counter()
            acts[name](round)
            measured[name].append(time.perf_counter() - began)
    times = {name: Times(values) for name, values in measured.items()}
    stock = Times(_stock_tinydb(folder, largest))
    imports = _imports(folder)
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
        Row(
            f"one durable write of {length} bytes, in place / SQLite",
            str(times["in place"]),
            str(times["sqlite"]),
            times["in place"].median / times["sqlite"].median,
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
        Row(
            "import of 30,000 LinkedIn rows / SQLite after the same parsing and matching",
            str(imports[0]),
            str(imports[1]),
            imports[0].median / imports[1].median,
            1.2,
            1.0,
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


def _imports(folder: Path) -> tuple[Times, Times]:
    """An import into an empty store, and into an empty SQLite database, from the file to the disk."""
    file = folder / "Connections.csv"
    file.write_text(connections(SIZES[-1]).text)
    empty = Store.open(folder / "empty.json", clock=FixedClock(NOW))
    ours: list[float] = []
    theirs: list[float] = []

    def import_ours(round: int) -> None:
        keep(store, plan(store, read(file), now=NOW))

    def import_theirs(round: int) -> None:
        database.insert(plan(empty, read(file), now=NOW).new)

    for round in range(IMPORT_ROUNDS):
        store = Store.open(folder / f"import-{round}.json", clock=FixedClock(NOW))
        database = Sqlite(folder / f"import-{round}.sqlite3")
        for act, times in ((import_ours, ours), (import_theirs, theirs))[:: 1 if round % 2 else -1]:
            began = time.perf_counter()
            act(round)
            times.append(time.perf_counter() - began)
        store.close()
    return Times(ours), Times(theirs)


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

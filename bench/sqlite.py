"""The same network in SQLite: every field a column, every reference indexed, WAL, synchronous=FULL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import msgspec

from bench.generate import NOW
from data.records import Entry, FollowUp, Meeting, Person, Record
from data.schema import REFERENCES
from data.store import Store


class Sqlite:
    """A database of a network; snoozes a follow-up when called. With `undo` it also keeps what undo
    needs, as Inroad does."""

    def __init__(self, path: Path, *, undo: bool = False) -> None:
        self.undo = undo
        self.ids: list[str] = []
        self.db = sqlite3.connect(path, isolation_level=None)
        self.db.execute("PRAGMA journal_mode=WAL")
        self.db.execute("PRAGMA synchronous=FULL")
        for kind in (Person, Meeting, Entry, FollowUp):
            columns = ", ".join(f'"{name}"' for name in kind.__struct_fields__)
            self.db.execute(f"CREATE TABLE {kind.table} ({columns}, PRIMARY KEY (id))")
            for field, _ in REFERENCES.get(kind, ()):
                self.db.execute(f"CREATE INDEX {kind.table}_{field} ON {kind.table} ({field})")
        self.db.execute("CREATE TABLE undo (n INTEGER PRIMARY KEY, at, title, new, old)")

    def copy(self, source: Store) -> None:
        """Take in what a store holds."""
        self.db.execute("BEGIN")
        for kind in (Person, Meeting, Entry, FollowUp):
            self._insert(kind, source.all(kind))
        self.db.execute("COMMIT")
        self.ids = [followup.id for followup in source.all(FollowUp)]

    def insert(self, people: Iterable[Record]) -> None:
        """Keep many people at once, on the disk when this returns."""
        self.db.execute("BEGIN IMMEDIATE")
        self._insert(Person, people)
        self.db.execute("COMMIT")

    def _insert(self, kind: type[Record], records: Iterable[Record]) -> None:
        rows = (
            [
                value if isinstance(value, str | int | float | None) else msgspec.json.encode(value)
                for value in msgspec.to_builtins(msgspec.structs.asdict(record)).values()
            ]
            for record in records
        )
        marks = ", ".join("?" * len(kind.__struct_fields__))
        self.db.executemany(f"INSERT INTO {kind.table} VALUES ({marks})", rows)

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

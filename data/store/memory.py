"""The tables in memory: documents stay the bytes that were read until somebody asks for one."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from operator import lt
from typing import TypeVar, cast

import msgspec
from msgspec import Raw

from data.records import PersonLine, R, Record
from data.schema import TABLES
from data.store import snapshot
from data.store.decoding import FIELDS, decoder, many, table_decoder, value_decoder, values_decoder
from data.store.journal import Op, Placed, is_null
from data.store.wording import id_of

_people = msgspec.json.Decoder(dict[str, PersonLine])
_person_line = msgspec.json.Decoder(PersonLine)


class TableMemory:
    """One table: its documents by TinyDB key, and what is derived from them when first asked for."""

    __slots__ = (
        "_docs",
        "_ids",
        "_indexes",
        "_lines",
        "_next_key",
        "_raw",
        "_records",
        "_sorted",
        "_sorted_lines",
        "name",
        "version",
    )

    def __init__(self, name: str, raw: Raw | None = None, next_key: int = 1) -> None:
        self.name = name
        self._next_key = next_key
        self.version = 0
        self._raw = raw
        self._docs: dict[str, Raw] | None = {} if raw is None else None
        self._ids: dict[str, str] | None = {} if raw is None else None
        self._lines: dict[str, PersonLine] | None = None
        self._records: dict[str, Record] = {}
        self._indexes: dict[str, dict[str, dict[str, None]]] = {}
        self._sorted = True
        self._sorted_lines = True

    def copy(self) -> TableMemory:
        """The same once more, to be changed while this one is read."""
        twin = TableMemory(self.name, self._raw, self._next_key)
        twin.version = self.version
        twin._docs = None if self._docs is None else self._docs.copy()
        twin._ids = None if self._ids is None else self._ids.copy()
        twin._lines = None if self._lines is None else self._lines.copy()
        twin._records = self._records.copy()
        twin._indexes = {
            field: {value: keys.copy() for value, keys in index.items()}
            for field, index in self._indexes.items()
        }
        twin._sorted, twin._sorted_lines = self._sorted, self._sorted_lines
        return twin

    def derive_like(self, other: TableMemory) -> None:
        """Derive now what has been derived of `other`: it will be asked for again."""
        if other._lines is not None:
            self.lines  # noqa: B018 - made when first asked for
        if other._docs is not None:
            self.docs  # noqa: B018
        if other._ids is not None:
            self.ids  # noqa: B018
        for field in tuple(other._indexes):
            self.index(field)

    @property
    def docs(self) -> dict[str, Raw]:
        """Every document, undecoded, in order of TinyDB key."""
        docs = self._load()
        if not self._sorted:
            docs = self._docs = _by_key(docs)
            self._sorted = True
        return docs

    def _load(self) -> dict[str, Raw]:
        if self._docs is None:
            assert self._raw is not None
            self._docs = _by_key(snapshot.documents_of(self._raw))
            # Another program may have put in records behind our back.
            last = next(reversed(self._docs), "0")
            self._next_key = max(self._next_key, int(last) + 1)
        return self._docs

    @property
    def next_key(self) -> int:
        """The key that the next new document gets: never one that was given before."""
        self._load()
        return self._next_key

    def take_key(self) -> int:
        """Give out the next key."""
        key = self.next_key
        self._next_key = key + 1
        return key

    def reserve(self, below: int) -> None:
        """Give out no key below this one any more."""
        self._next_key = max(self.next_key, below)

    @property
    def ids(self) -> dict[str, str]:
        """The TinyDB key of each record, by its id."""
        if self._ids is None:
            if self.name == "people":
                # Decoded already, or about to be asked for.
                self._ids = {line.id: key for key, line in self.lines.items()}
            else:
                self._ids = {id_of(doc): key for key, doc in self._load().items()}
        return self._ids

    @property
    def lines(self) -> dict[str, PersonLine]:
        """What a list needs of each person, by key."""
        if self._lines is None:
            with many():
                if self._docs is None and self._raw is not None:
                    self._lines = _people.decode(self._raw)
                else:
                    self._lines = {key: _person_line.decode(doc) for key, doc in self.docs.items()}
        if not self._sorted_lines:
            self._lines = _by_key(self._lines)
            self._sorted_lines = True
        return self._lines

    def lines_with(self, field: str) -> list[PersonLine]:
        """The people in whose documents `field` is written, which it is where it differs from its default;
        perhaps some more. Without decoding the others, as long as nobody has asked for them."""
        if self._lines is None and self._docs is None and self._raw is not None:
            found = _lines_of(self._raw, b'"%b":' % field.encode())
            if found is not None:
                return found
        return list(self.lines.values())

    def lines_of(self, ids: AbstractSet[str]) -> list[PersonLine]:
        """What a list needs of the people of these ids. Most who are asked for are pursued, which their
        documents tell; a few others are looked for one by one before everybody is decoded."""
        if self._lines is None and self._docs is None and self._raw is not None and ids:
            found = {line.id: line for line in self.lines_with("stage") if line.id in ids}
            others = ids - found.keys()
            if len(others) <= _FEW:
                more = [line for id in others if (line := self.line(id)) is not None]
                return [*found.values(), *more]
        return [self.lines[key] for id in ids if (key := self.ids.get(id)) is not None]

    def line(self, id: str) -> PersonLine | None:
        """What a list needs of one person."""
        if self._lines is None and self._docs is None and self._raw is not None:
            found = _lines_of(self._raw, b'"id":%b' % msgspec.json.encode(id))
            if found is not None:
                return next((line for line in found if line.id == id), None)
        key = self.ids.get(id)
        return None if key is None else self.lines[key]

    def __len__(self) -> int:
        return len(self._load())

    def doc(self, key: str) -> Raw | None:
        """The document at a key. In `docs` they are in order, which may have to be made first."""
        return self._load().get(key)

    def record(self, kind: type[Record], key: str) -> Record:
        """The record at `key`. People are not kept decoded: there are many, and a list has its lines."""
        found = self._records.get(key)
        if found is None:
            found = decoder(kind).decode(self._load()[key])
            assert isinstance(found, Record)
            if self.name != "people":
                self._records[key] = found
        return found

    def records(self, kind: type[R]) -> list[R]:
        """Every record, in order of TinyDB key."""
        with many():
            if self._docs is None and self._raw is not None and not self._records:
                decoded = _by_key(table_decoder(kind).decode(self._raw))
                if self.name != "people":
                    self._records = decoded
                return list(decoded.values())
            docs = self.docs
            if len(self._records) == len(docs):
                return [cast(R, self._records[key]) for key in docs]
            return [cast(R, self.record(kind, key)) for key in docs]

    def keys_where(self, field: str, value: str) -> list[str]:
        """The keys of the records whose indexed `field` is `value`, in order."""
        found = self.index(field).get(value)
        return sorted(found, key=int) if found else []

    def index(self, field: str) -> dict[str, dict[str, None]]:
        """Keys by value of an indexed field; made when first asked for, then kept up."""
        index = self._indexes.get(field)
        if index is None:
            index = self._indexes[field] = {}
            for key, value in self._values(field):
                if value:
                    index.setdefault(value, {})[key] = None
        return index

    def _values(self, field: str) -> Iterator[tuple[str, str]]:
        """The value of an indexed field in each document, by its key."""
        with many():
            if self._docs is None and self._raw is not None:
                # All at once takes half as long.
                whole = values_decoder(self.name, field).decode(self._raw)
                return ((key, each.value) for key, each in whole.items())
        decode = value_decoder(self.name, field).decode
        return ((key, decode(doc).value) for key, doc in self._load().items())

    def set(self, key: str, doc: Raw | None, fields: Container[str] | None = None) -> None:
        """Put a document at `key`, or remove the one there; everything derived follows. `fields` are
        those that differ, where that is known."""
        docs = self._load()
        self.version += 1
        old = docs.get(key)
        for field, index in self._indexes.items():
            if fields is not None and field not in fields:
                continue
            decode = value_decoder(self.name, field).decode
            before = decode(old).value if old is not None else ""
            after = decode(doc).value if doc is not None else ""
            if before == after:
                continue
            if before and before in index:
                index[before].pop(key, None)
                if not index[before]:
                    del index[before]
            if after:
                index.setdefault(after, {})[key] = None
        self._records.pop(key, None)
        if doc is None:
            if old is not None:
                if self._ids is not None:
                    self._ids.pop(id_of(old), None)
                del docs[key]
            if self._lines is not None:
                self._lines.pop(key, None)
            return
        if old is None:
            if int(key) < self._next_key:
                self._sorted = self._sorted_lines = False
            self._next_key = max(self._next_key, int(key) + 1)
            if self._ids is not None:
                self._ids[id_of(doc)] = key
        elif self._ids is not None and (fields is None or "id" in fields):
            # Another program may give a record another id.
            self._ids.pop(id_of(old), None)
            self._ids[id_of(doc)] = key
        if self._lines is not None:
            self._lines[key] = _person_line.decode(doc)
        docs[key] = doc


_FEW = 4
"""So many people are found by searching the whole table for each sooner than by decoding all."""
_PIECE = 1 << 18
"""Bytes of a table that are searched at once; a longer document is left to the decoder."""


def _lines_of(raw: Raw, mark: bytes) -> list[PersonLine] | None:
    """The people in whose documents `mark` stands, in their order; None where the table is not written as
    we write it, a document a line. A quotation mark in a text is escaped, so no text looks like a field;
    one in a nested field may, which costs a line too many."""
    view = memoryview(raw)
    if bytes(view[:2]) != b"{\n":
        return None
    found: list[PersonLine] = []
    start = 0
    while start < len(view):
        # A piece at a time: a copy of the whole table would take as long as the search.
        data = bytes(view[start : start + _PIECE])
        size = len(data) if start + len(data) == len(view) else data.rfind(b"\n") + 1
        if not size:
            return None
        end = 0
        while (at := data.find(mark, end, size)) != -1:
            begin = data.rfind(b"\n", 0, at) + 1
            end = data.find(b"\n", at)
            found.append(_person_line.decode(data[data.index(b"{", begin) : end].rstrip(b",")))
        start += size
    return found


V = TypeVar("V")


def _by_key(rows: dict[str, V]) -> dict[str, V]:
    keys = list(map(int, rows))
    if all(map(lt, keys, keys[1:])):
        return rows
    return dict(sorted(rows.items(), key=lambda item: int(item[0])))


class Memory:
    """All tables of a store, as of the last line taken in."""

    def __init__(self) -> None:
        self.tables: dict[str, TableMemory] = {}

    @classmethod
    def of(cls, tables: Mapping[str, Raw], next_keys: Mapping[str, int]) -> Memory:
        """The tables of a snapshot."""
        memory = cls()
        for name in dict.fromkeys((*TABLES, *tables)):
            memory.tables[name] = TableMemory(name, tables.get(name), next_keys.get(name, 1))
        return memory

    def copy(self) -> Memory:
        """The same once more, to be changed while this one is read."""
        twin = Memory()
        twin.tables = {name: table.copy() for name, table in self.tables.items()}
        return twin

    def derive_like(self, other: Memory) -> None:
        """Derive now what has been derived of `other`, so that nobody waits for it later."""
        for name, table in tuple(other.tables.items()):
            self.table(name).derive_like(table)

    def documents(self) -> dict[str, dict[str, Raw]]:
        """The documents of each table, by key."""
        return {name: table.docs for name, table in self.tables.items()}

    def apply(self, op: Op) -> None:
        """Make one change of a journal's line."""
        table = self.table(op.table)
        if is_null(op.new):
            table.set(op.key, None)
        elif is_null(op.old):
            table.set(op.key, op.new)
        else:
            table.set(op.key, merged(table.doc(op.key), op.new, op.old))

    def apply_lines(self, lines: Iterable[Placed]) -> list[tuple[str, str]]:
        """Make the changes of a journal's lines; returns the (table, id) of all documents touched."""
        touched: list[tuple[str, str]] = []
        for placed in lines:
            for op in placed.line.changes():
                table = self.table(op.table)
                before = table.doc(op.key)
                self.apply(op)
                doc = table.doc(op.key) or before
                if doc is not None:
                    touched.append((op.table, id_of(doc)))
        return touched

    def table(self, name: str) -> TableMemory:
        """A table, empty if the store has none of that name."""
        found = self.tables.get(name)
        if found is None:
            found = self.tables[name] = TableMemory(name)
        return found

    def __iter__(self) -> Iterator[TableMemory]:
        return iter(self.tables.values())


def merged(doc: Raw | None, new: Raw, old: Raw) -> Raw:
    """`doc` with a change of fields applied: those of `new` set, those of `old` alone dropped."""
    fields = {} if doc is None else FIELDS.decode(doc)
    after = FIELDS.decode(new)
    for name in FIELDS.decode(old):
        if name not in after:
            fields.pop(name, None)
    fields.update(after)
    return Raw(msgspec.json.encode(fields))

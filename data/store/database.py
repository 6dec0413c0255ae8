"""TinyDB over the journal: its public functions, with writes that cost what changed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, MutableMapping
from typing import Any

import msgspec
import tinydb
from msgspec import Raw
from tinydb.table import Table

from data.records import new_id
from data.store.changes import Draft
from data.store.errors import StoreError
from data.store.memory import Memory
from data.store.storage import JournalStorage
from data.store.survey import unreadable
from data.store.wording import id_of


class Documents(Mapping[str, dict[str, Any]]):
    """A table's documents by key, each decoded when it is looked at."""

    def __init__(self, storage: JournalStorage, name: str) -> None:
        self._storage = storage
        self._name = name

    def __getitem__(self, key: str) -> dict[str, Any]:
        with self._storage.guard:
            doc = self._storage.memory.table(self._name).doc(key)
            if doc is None:
                raise KeyError(key)
            decoded: dict[str, Any] = msgspec.json.decode(doc)
            return decoded

    def __iter__(self) -> Iterator[str]:
        with self._storage.guard:
            return iter(list(self._storage.memory.table(self._name).docs))

    def __len__(self) -> int:
        with self._storage.guard:
            return len(self._storage.memory.table(self._name))


def drafts_for(memory: Memory, name: str, documents: Mapping[str, Any], keys: Collection[str]) -> list[Draft]:
    """The drafts that make the documents at `keys` of a table those given, or remove them. Raises
    StoreError for what would not be a record, or would have another one's id."""
    if not (name.isascii() and name.isidentifier()) or name.startswith("_"):
        raise StoreError(f"A table cannot be called {name!r}: use letters, digits and underscores.")
    table = memory.table(name)
    drafts: list[Draft] = []
    given: dict[str, str] = {}
    for key in keys:
        base = table.doc(key)
        doc = documents.get(key)
        if doc is not None:
            id = str(doc.get("id") or new_id())
            new = Raw(msgspec.json.encode({**doc, "id": id}))
            problem = unreadable(name, key, new)
            if problem:
                raise StoreError(f"This would not be a record of {name}: {problem}; nothing was changed.")
            # Whoever has the id may be given another one, or be removed, by the same write.
            held = given.setdefault(id, key)
            held = table.ids.get(id, key) if held == key else held
            if held != key and (held not in keys or (documents.get(held) or {}).get("id") == id):
                raise StoreError(f"Record {held} of {name} has the id {id!r} already; nothing was changed.")
            if base != new:
                drafts.append(Draft(name, id, base, new, key, whole=True))
        elif base is not None:
            drafts.append(Draft(name, id_of(base), base, None, key))
    return drafts


class _Editing(MutableMapping[int, dict[str, Any]]):
    """A table as an updater of TinyDB sees it; remembers which documents were handed out or changed."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._held: dict[str, dict[str, Any] | None] = {}

    def __getitem__(self, key: int) -> dict[str, Any]:
        name = str(key)
        if name not in self._held:
            self._held[name] = self._documents[name]
        held = self._held[name]
        if held is None:
            raise KeyError(key)
        return held

    def __setitem__(self, key: int, document: Mapping[str, Any]) -> None:
        self._held[str(key)] = dict(document)

    def __delitem__(self, key: int) -> None:
        if key not in self:
            raise KeyError(key)
        self._held[str(key)] = None

    def __contains__(self, key: object) -> bool:
        name = str(key)
        return self._held[name] is not None if name in self._held else name in self._documents

    def __iter__(self) -> Iterator[int]:
        keys = dict.fromkeys((*self._documents, *self._held))
        return iter([int(key) for key in keys if self._held.get(key, {}) is not None])

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def changed(self) -> dict[str, dict[str, Any]]:
        """The documents that were handed out and are still there."""
        return {key: document for key, document in self._held.items() if document is not None}

    def touched(self) -> set[str]:
        """The keys that may have changed."""
        return set(self._held)


class JournalTable(Table):
    """A TinyDB table that reads and writes only the documents that are meant."""

    def _read_table(self) -> Documents:  # type: ignore[override]
        return Documents(self._journal, self.name)

    def _update_table(self, updater: Callable[[dict[int, Mapping[Any, Any]]], None]) -> None:
        storage = self._journal
        with storage.lock:
            taken = storage.catch_up()
            editing = _Editing(self._read_table())
            updater(editing)  # type: ignore[arg-type]
            with storage.guard:
                drafts = drafts_for(storage.memory, self.name, editing.changed(), editing.touched())
            done = storage.commit(drafts, f"Changed {self.name} through TinyDB")
        storage.tell(taken, done.taken, done.change)

    def _get_next_id(self) -> int:
        storage = self._journal
        with storage.lock:
            storage.tell(storage.catch_up())
            table = storage.memory.table(self.name)
            return table.take_key()

    @property
    def _journal(self) -> JournalStorage:
        storage: JournalStorage = self.storage  # type: ignore[assignment]
        return storage


tinydb.Storage.register(JournalStorage)


class Database(tinydb.TinyDB):
    """TinyDB's face of a store that is open."""

    table_class = JournalTable

    def __init__(self, storage: JournalStorage) -> None:
        super().__init__(storage=lambda: storage)

    def table(self, name: str, **kwargs: Any) -> Table:
        """A table by its name. Answers are not cached: others change the store too."""
        return super().table(name, **{"cache_size": 0, **kwargs})

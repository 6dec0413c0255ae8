"""Reading records, and changing several of them as one action."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from typing import Protocol, Self, cast

import msgspec
from msgspec import Raw

from data.records import PROFILE_ID, PersonLine, Profile, R, Record
from data.store.changes import Draft
from data.store.decoding import decoder, indexed_fields, value_decoder
from data.store.errors import StoreError
from data.store.storage import JournalStorage
from data.store.wording import whole_text


class Reader(Protocol):
    """What a rule that only reads is given; a Store and a Transaction both are one."""

    def get(self, kind: type[R], id: str) -> R | None:
        """The record of that id, if it is there."""
        ...

    def all(self, kind: type[R]) -> list[R]:
        """Every record of a kind, oldest first."""
        ...

    def where(self, kind: type[R], **refs: str) -> list[R]:
        """The records whose indexed fields have these values, oldest first: references, and how far
        something has come (a follow-up's state, a meeting's status, a person's stage)."""
        ...

    def people(self) -> list[PersonLine]:
        """Everybody, as far as a list needs them; no tombstones."""
        ...

    def lines(self, ids: Iterable[str]) -> dict[str, PersonLine]:
        """What a list needs of the people of these ids who are there, by id; no tombstones. Cheaper than
        `people` as long as that has not been asked for."""
        ...

    @property
    def profile(self) -> Profile:
        """Who the user is."""
        ...


def check_indexed(kind: type[Record], refs: dict[str, str]) -> None:
    """Raise TypeError where a field of the kind is not indexed."""
    known = indexed_fields(kind)
    if not refs or not known.issuperset(refs):
        raise TypeError(
            f"{kind.__name__} has no index of {', '.join(sorted(set(refs) - known)) or 'nothing'}"
        )


def encoded(record: R) -> tuple[Raw, R]:
    """A record's document, and the record as it will be read back. Raises TypeError where it could not
    be read back."""
    decode = decoder(type(record)).decode
    try:
        data = _encode(record)
    except UnicodeEncodeError:
        # Half of a character that came from a broken file; the rest of the text is kept.
        data = _encode(_mended(msgspec.to_builtins(record)))
    try:
        return Raw(data), decode(data)
    except msgspec.ValidationError as error:
        raise TypeError(f"this {type(record).__name__} cannot be kept: {error}") from error


_encode = msgspec.json.Encoder().encode


def _mended(value: object) -> object:
    if isinstance(value, str):
        return whole_text(value)
    if isinstance(value, dict):
        return {_mended(key): _mended(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_mended(each) for each in value]
    return value


_FINISHED = "This change was already finished; start a new one."
_UNCHANGED = Raw(b"")


class Transaction:
    """Changes to any records of any tables that are kept together or not at all.

    Get a record anew inside the transaction before changing it: only the fields that differ from what
    the transaction sees are written, so a record held for longer would carry old values back.
    """

    def __init__(
        self, storage: JournalStorage, title: str, local: threading.local, *, undoable: bool = True
    ) -> None:
        """Use `Store.transaction`. `local` tells whether this thread is in a transaction already."""
        self.title = title
        self._storage = storage
        self._local = local
        self._undoable = undoable
        self._open = True
        self._drafts: dict[tuple[str, str], Draft] = {}
        self._by_table: dict[str, dict[str, Draft]] = {}

    def __enter__(self) -> Self:
        if getattr(self._local, "busy", False):
            raise RuntimeError("a transaction may not be nested in another")
        self._local.busy = True
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._local.busy = self._open = False
        if kind is None:
            drafts = [draft for draft in self._drafts.values() if draft.base != draft.new]
            if drafts:
                self._storage.keep(drafts, self.title, "do" if self._undoable else "aside")

    def get(self, kind: type[R], id: str) -> R | None:
        """The record of that id, with this transaction's own changes."""
        draft = self._drafts.get((kind.table, id))
        if draft is not None:
            return None if draft.new is None else cast(R, decoder(kind).decode(draft.new))
        return stored(self._storage, kind, id)

    def all(self, kind: type[R]) -> list[R]:
        """Every record of a kind, with this transaction's own changes; new ones last."""
        mine = {id: draft.new for id, draft in self._changed(kind.table).items()}
        found: list[R] = []
        with self._storage.guard:
            for record in self._storage.memory.table(kind.table).records(kind):
                new = mine.pop(record.id, _UNCHANGED)
                if new is _UNCHANGED:
                    found.append(record)
                elif new is not None:
                    found.append(cast(R, decoder(kind).decode(new)))
        found += [cast(R, decoder(kind).decode(new)) for new in mine.values() if new is not None]
        return found

    def where(self, kind: type[R], **refs: str) -> list[R]:
        """The records whose reference fields have these values, with this transaction's own changes."""
        check_indexed(kind, refs)
        changed = self._changed(kind.table)
        found = [each for each in stored_where(self._storage, kind, refs) if each.id not in changed]
        wanted = [(value_decoder(kind.table, field).decode, value) for field, value in refs.items()]
        for draft in changed.values():
            new = draft.new
            if new is not None and all(decode(new).value == value for decode, value in wanted):
                found.append(cast(R, decoder(kind).decode(new)))
        if len(found) > 1 and changed:
            keys = self._storage.memory.table(kind.table).ids
            found.sort(key=lambda record: int(keys.get(record.id) or 1 << 62))
        return found

    def people(self) -> list[PersonLine]:
        """Everybody, as far as a list needs them, with this transaction's own changes."""
        with self._storage.guard:
            lines = {line.id: line for line in self._storage.memory.table("people").lines.values()}
        for id, draft in self._changed("people").items():
            if draft.new is None:
                lines.pop(id, None)
            else:
                lines[id] = msgspec.json.decode(draft.new, type=PersonLine)
        return [line for line in lines.values() if line.alive]

    def lines(self, ids: Iterable[str]) -> dict[str, PersonLine]:
        """The people of these ids, as far as a list needs them, with this transaction's own changes."""
        wanted = set(ids)
        return {line.id: line for line in self.people() if line.id in wanted}

    @property
    def profile(self) -> Profile:
        """Who the user is."""
        return self.get(Profile, PROFILE_ID) or Profile(id=PROFILE_ID)

    def put(self, record: R, *, seen: R | None = None) -> R:
        """Insert a record, or replace the one of the same id; returns it as it will be kept.

        `seen` is the record that the user had before them while they made the change, where that was some
        time ago: what somebody else has changed since is then said, as between two windows.
        """
        if not self._open:
            raise StoreError(_FINISHED)
        new, kept = encoded(record)
        at = (record.table, record.id)
        draft = self._drafts.get(at)
        if draft is None:
            draft = self._begin(record)
            if seen is not None and draft.base is not None:
                draft.base = encoded(seen)[0]
        draft.new = new
        return kept

    def remove(self, record: Record) -> None:
        """Take a record's document away altogether."""
        if not self._open:
            raise StoreError(_FINISHED)
        at = (record.table, record.id)
        draft = self._drafts.get(at)
        if draft is None:
            draft = self._begin(record)
        draft.new = None

    def _changed(self, table: str) -> dict[str, Draft]:
        """What this transaction has changed in one table: asked for with each of thousands of records."""
        return self._by_table.get(table, {})

    def _begin(self, record: Record) -> Draft:
        with self._storage.guard:
            table = self._storage.memory.table(record.table)
            key = table.ids.get(record.id)
            base = None if key is None else table.doc(key)
        draft = Draft(record.table, record.id, base, base, key)
        self._drafts[record.table, record.id] = draft
        self._by_table.setdefault(record.table, {})[record.id] = draft
        return draft


def stored(storage: JournalStorage, kind: type[R], id: str) -> R | None:
    """The record of that id as it is kept."""
    with storage.guard:
        table = storage.memory.table(kind.table)
        key = table.ids.get(id)
        return None if key is None else cast(R, table.record(kind, key))


def stored_where(storage: JournalStorage, kind: type[R], refs: dict[str, str]) -> list[R]:
    """The kept records whose reference fields have these values."""
    with storage.guard:
        table = storage.memory.table(kind.table)
        (first, value), *more = refs.items()
        keys = table.keys_where(first, value)
        for field, wanted in more:
            keys = [key for key in keys if key in table.index(field).get(wanted, ())]
        return [cast(R, table.record(kind, key)) for key in keys]

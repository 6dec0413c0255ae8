"""What a transaction wants to change, and what the listeners are told afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum

import msgspec
from msgspec import Raw

from data.records import TABLES, Record
from data.store.journal import Op
from data.store.memory import FIELDS, Memory
from data.store.wording import id_of, name_of


class Origin(Enum):
    """Where a change came from."""

    HERE = "here"
    ELSEWHERE = "elsewhere"
    UNDO = "undo"
    REDO = "redo"


@dataclass(frozen=True, slots=True)
class Change:
    """What one commit changed: ids by table. `notes` are sentences that the user should read."""

    title: str
    origin: Origin
    ids: Mapping[str, frozenset[str]]
    notes: tuple[str, ...] = ()

    def touches(self, *kinds: type[Record]) -> bool:
        """Whether it changed a record of one of these kinds."""
        return any(kind.table in self.ids for kind in kinds)


@dataclass(slots=True)
class Draft:
    """What is to become of one document: `new` replaces `base`, either may be absent.

    `base` is the document as it was when the change was made; only fields that differ from it are
    changed, so that somebody else's change of another field survives. `key` is None where the commit
    chooses the TinyDB key. `whole` takes fields away that Inroad does not know, too.
    """

    table: str
    id: str
    base: Raw | None
    new: Raw | None
    key: str | None = None
    whole: bool = False


@dataclass(slots=True)
class Planned:
    """A draft held against the document as it is now: the op that goes into the journal, if any."""

    op: Op | None
    overruled: tuple[str, ...] = field(default=())
    resurrected: bool = False


_EMPTY = Raw(b"{}")
_NULL = Raw(b"null")


def plan(draft: Draft, key: str, current: Raw | None) -> Planned:
    """The op that makes `draft` true of the document `current`.

    `overruled` names fields that somebody else changed meanwhile to something else: the later change,
    this one, wins, and the op keeps theirs as the value before.
    """
    if draft.new is None:
        if current is None:
            return Planned(None)
        return Planned(Op(draft.table, key, _NULL, current))
    if current is None:
        new = draft.new if draft.base is None or draft.whole else _with_unknown(draft)
        return Planned(Op(draft.table, key, new, _NULL), resurrected=draft.base is not None)
    wanted = FIELDS.decode(draft.new)
    base = FIELDS.decode(draft.base if draft.base is not None else current)
    now = base if draft.base is None or draft.base is current else FIELDS.decode(current)
    known = _known(draft.table)
    after: dict[str, Raw] = {}
    before: dict[str, Raw] = {}
    overruled: list[str] = []
    names = dict.fromkeys((*wanted, *(name for name in base if draft.whole or name in known)))
    for name in names:
        want, had, have = wanted.get(name), base.get(name), now.get(name)
        if _same(want, had) and draft.base is not None:
            continue
        if _same(want, have):
            continue
        if not _same(had, have):
            overruled.append(name)
        if want is not None:
            after[name] = want
        if have is not None:
            before[name] = have
    if not after and not before:
        return Planned(None)
    new_raw = Raw(msgspec.json.encode(after))
    return Planned(Op(draft.table, key, new_raw, Raw(msgspec.json.encode(before))), tuple(overruled))


def _known(table: str) -> frozenset[str]:
    kind = TABLES.get(table)
    return frozenset(kind.__struct_fields__) if kind else frozenset()


def _same(one: Raw | None, other: Raw | None) -> bool:
    """Whether two fields hold the same value; a hand may have written it with other spaces."""
    if one is None or other is None:
        return one is other
    if one == other:
        return True
    return bool(msgspec.json.decode(one) == msgspec.json.decode(other))


def _with_unknown(draft: Draft) -> Raw:
    """The new document with the fields of the old one that this Inroad does not know."""
    assert draft.new is not None
    assert draft.base is not None
    known = _known(draft.table)
    fields = {name: value for name, value in FIELDS.decode(draft.base).items() if name not in known}
    return Raw(msgspec.json.encode(FIELDS.decode(draft.new) | fields)) if fields else draft.new


def ids_of(touched: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """(table, id) pairs as ids by table."""
    found: dict[str, set[str]] = {}
    for table, id in touched:
        found.setdefault(table, set()).add(id)
    return {table: frozenset(ids) for table, ids in found.items()}


def difference(before: Memory, after: Memory) -> Iterator[tuple[str, str]]:
    """(table, id) of every document that differs between two memories."""
    for name in {*before.tables, *after.tables}:
        old, new = before.table(name).docs, after.table(name).docs
        for key, doc in new.items():
            if old.get(key) != doc:
                yield name, id_of(doc)
        for key, doc in old.items():
            if key not in new:
                yield name, id_of(doc)


def notes_on(draft: Draft, planned: Planned) -> list[str]:
    """What the user should know about a change that met somebody else's."""
    notes = []
    if planned.overruled:
        fields = ", ".join(name.replace("_", " ") for name in planned.overruled)
        notes.append(
            f"Another window had just changed {name_of(draft.new)} too ({fields}): "
            "your later change counts, and undo brings the other back."
        )
    if planned.resurrected:
        notes.append(f"{name_of(draft.new)} had been removed in another window; your change keeps it.")
    return notes

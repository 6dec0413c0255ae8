"""What a transaction wants to change, and what the listeners are told afterwards."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from enum import Enum

import msgspec
from msgspec import Raw, Struct

from data.records import Record
from data.schema import TABLES
from data.store.decoding import FIELDS
from data.store.journal import Op
from data.store.wording import id_of, name_of

Documents = Mapping[str, Mapping[str, Raw]]
"""The documents of each table by their keys."""


class Origin(Enum):
    """Where a change came from."""

    HERE = "here"
    ELSEWHERE = "elsewhere"
    UNDO = "undo"
    REDO = "redo"


class Change(Struct, frozen=True):
    """What one commit changed: ids by table. `notes` are sentences that the user should read."""

    title: str
    origin: Origin
    ids: Mapping[str, frozenset[str]]
    notes: tuple[str, ...] = ()

    def touches(self, *kinds: type[Record]) -> bool:
        """Whether it changed a record of one of these kinds."""
        return any(kind.table in self.ids for kind in kinds)


class Draft(Struct):
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


class Planned(Struct):
    """A draft held against the document as it is now: the op that goes into the journal, if any, the
    document that comes of it, and the fields that differ (None: all)."""

    op: Op | None
    doc: Raw | None = None
    fields: Container[str] | None = None
    overruled: tuple[str, ...] = ()
    resurrected: bool = False


_NULL = Raw(b"null")
_NOTHING = Planned(None)
_KNOWN = {name: frozenset(kind.__struct_fields__) for name, kind in TABLES.items()}
_NONE_KNOWN: frozenset[str] = frozenset()


def plan(draft: Draft, key: str, current: Raw | None) -> Planned:
    """The op that makes `draft` true of the document `current`."""
    new = draft.new
    if new is None:
        return _NOTHING if current is None else Planned(Op(draft.table, key, _NULL, current))
    if current is None:
        doc = new if draft.base is None or draft.whole else _with_unknown(draft)
        return Planned(Op(draft.table, key, doc, _NULL), doc, resurrected=draft.base is not None)
    wanted, now = FIELDS.decode(new), FIELDS.decode(current)
    known = _KNOWN.get(draft.table, _NONE_KNOWN)
    gone = [name for name in now if name not in wanted]
    dropped = gone if draft.whole else [name for name in gone if name in known]
    overruled: tuple[str, ...] = ()
    changed = [name for name, want in wanted.items() if now.get(name) != want]
    if draft.base is not None and draft.base is not current:
        had = FIELDS.decode(draft.base)
        # Only what differs from what was seen was changed; the rest is as somebody else left it.
        changed = [name for name in changed if not _same(wanted[name], had.get(name))]
        dropped = [name for name in dropped if name in had]
        overruled = tuple(name for name in (*changed, *dropped) if not _same(had.get(name), now.get(name)))
    after = {name: wanted[name] for name in changed if not _same(wanted[name], now.get(name))}
    before = {name: now[name] for name in (*after, *dropped) if name in now}
    if not after and not before:
        return _NOTHING
    if len(dropped) == len(gone) and (draft.base is None or draft.base is current):
        doc = new
    else:
        doc = _merged(now, after, dropped)
    op = Op(draft.table, key, _encode(after), _encode(before))
    return Planned(op, doc, {**after, **before}, overruled)


def _encode(fields: dict[str, Raw]) -> Raw:
    return Raw(msgspec.json.encode(fields))


def _merged(fields: dict[str, Raw], after: dict[str, Raw], dropped: Iterable[str]) -> Raw:
    for name in dropped:
        fields.pop(name, None)
    fields.update(after)
    return _encode(fields)


def _same(one: Raw | None, other: Raw | None) -> bool:
    """Whether two fields hold the same value; a hand may have written it with other spaces."""
    if one == other:
        return True
    if one is None or other is None:
        return False
    return bool(msgspec.json.decode(one) == msgspec.json.decode(other))


def _with_unknown(draft: Draft) -> Raw:
    """The new document with the fields of the old one that this Inroad does not know."""
    assert draft.new is not None
    assert draft.base is not None
    known = _KNOWN.get(draft.table, _NONE_KNOWN)
    fields = {name: value for name, value in FIELDS.decode(draft.base).items() if name not in known}
    return Raw(msgspec.json.encode(FIELDS.decode(draft.new) | fields)) if fields else draft.new


def ids_of(touched: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """(table, id) pairs as ids by table."""
    found: dict[str, set[str]] = {}
    for table, id in touched:
        found.setdefault(table, set()).add(id)
    return {table: frozenset(ids) for table, ids in found.items()}


def difference(before: Documents, after: Documents) -> Iterator[tuple[str, str]]:
    """(table, id) of every document that differs between two memories."""
    for name in {*before, *after}:
        old, new = before.get(name, {}), after.get(name, {})
        for key, doc in new.items():
            if old.get(key) != doc:
                yield name, id_of(doc)
        for key, doc in old.items():
            if key not in new:
                yield name, id_of(doc)


def elsewhere(title: str, touched: list[tuple[str, str]], notes: tuple[str, ...] = ()) -> Change | None:
    """What other processes did, as a change; None if they did nothing that anybody has to know."""
    if not touched and not notes:
        return None
    return Change(title, Origin.ELSEWHERE, ids_of(touched), notes)


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

"""Turning a line of the journal back: what has been changed since by somebody else is left alone."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from msgspec import Raw

from data.schema import PASSING, REFERENCES, TABLES
from data.store import journal
from data.store.changes import Draft
from data.store.decoding import FIELDS, value_decoder
from data.store.history import digest
from data.store.memory import Memory
from data.store.wording import id_of, name_of


def inverse(
    memory: Memory, line: journal.Line, *, may_orphan: bool = False
) -> tuple[list[Draft], tuple[str, ...]]:
    """The drafts that turn `line` back, and a sentence for each thing that is left alone.

    What the line put in is not taken out again while something else refers to it, unless `may_orphan`:
    redoing a removal is what the user had done before.
    """
    drafts: list[Draft] = []
    left: list[str] = []
    back: dict[tuple[str, str], Raw] = {}
    going = {(op.table, op.key) for op in line.ops if journal.is_null(op.old)}
    # What the line changed goes back first: a record that it put in is not used by what goes back itself.
    last_first = list(reversed(line.ops))
    for op in sorted(last_first, key=lambda op: journal.is_null(op.old)):
        current = memory.table(op.table).doc(op.key)
        if journal.is_null(op.new):
            again = memory.table(op.table).ids.get(id_of(op.old))
            current = memory.table(op.table).doc(again) if again is not None else current
            if current is None:
                drafts.append(Draft(op.table, id_of(op.old), None, op.old, op.key))
                back[op.table, op.key] = op.old
            else:
                left.append(f"{name_of(current)} is there again and stays as it is.")
        elif current is None:
            if not journal.is_null(op.old):
                left.append(f"{name_of(_first(op.new, op.old))} has been removed since.")
        elif journal.is_null(op.old):
            if not _is_still(current, op.new, PASSING.get(op.table, frozenset())):
                left.append(f"{name_of(current)} has been changed since and stays.")
            elif not may_orphan and _is_referred_to(memory, op.table, id_of(current), going, back):
                left.append(f"{name_of(current)} has been used since and stays.")
            else:
                drafts.append(Draft(op.table, id_of(current), current, None, op.key))
        else:
            new, kept = _fields_back(current, op.new, op.old, PASSING.get(op.table, frozenset()))
            if kept:
                fields = ", ".join(name.replace("_", " ") for name in kept)
                left.append(f"{name_of(current)} has been changed since ({fields}) and keeps that.")
            drafts.append(Draft(op.table, id_of(current), current, new, op.key, whole=True))
            back[op.table, op.key] = new
    return drafts, tuple(left)


def _first(*docs: Raw) -> Raw:
    return next((doc for doc in docs if name_of(doc) != "a record"), docs[0])


def _is_still(current: Raw, new: Raw, passing: frozenset[str]) -> bool:
    """Whether a document is as it was inserted, but for `passing`; a slimmed line kept only its digest."""
    if current == new:
        return True
    kept = bytes(new)
    if not kept.startswith(b"{"):
        return digest(current) == new
    now, then = msgspec.json.decode(current), msgspec.json.decode(new)
    return all(now.get(name) == then.get(name) for name in {**now, **then} if name not in passing)


def _is_referred_to(
    memory: Memory, table: str, id: str, going: set[tuple[str, str]], back: Mapping[tuple[str, str], Raw]
) -> bool:
    """Whether a record refers to this one that stays, as it will be once the documents in `back` are."""
    kind = TABLES.get(table)
    for owner, references in REFERENCES.items():
        for field, target in references:
            if target is not kind:
                continue
            for key in memory.table(owner.table).index(field).get(id, ()):
                if (owner.table, key) in going:
                    continue
                new = back.get((owner.table, key))
                if new is None or value_decoder(owner.table, field).decode(new).value == id:
                    return True
    return False


def _fields_back(current: Raw, new: Raw, old: Raw, passing: frozenset[str]) -> tuple[Raw, list[str]]:
    """The document with the fields of a change turned back, and the names of those changed since."""
    fields, after, before = FIELDS.decode(current), FIELDS.decode(new), FIELDS.decode(old)
    kept: list[str] = []
    for name in {**after, **before}:
        if fields.get(name) != after.get(name) and name not in passing:
            kept.append(name)
        elif name in before:
            fields[name] = before[name]
        else:
            fields.pop(name, None)
    return Raw(msgspec.json.encode(fields)), kept

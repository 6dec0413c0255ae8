"""Decoders of documents, of whole tables and of single fields; each made once."""

from __future__ import annotations

import functools
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import msgspec
from msgspec import Raw

from data.records import FollowUp, Meeting, Person, Record
from data.schema import REFERENCES, TABLES

FIELDS = msgspec.json.Decoder(dict[str, Raw])
"""A document's fields, each undecoded."""


_decoders: dict[type, msgspec.json.Decoder[Any]] = {}
_values: dict[tuple[str, str], msgspec.json.Decoder[Any]] = {}


def decoder(kind: type[Record]) -> msgspec.json.Decoder[Any]:
    """The decoder of a kind of record; made once, since making one takes longer than using it."""
    found = _decoders.get(kind)
    if found is None:
        found = _decoders[kind] = msgspec.json.Decoder(kind)
    return found


CHOICES: dict[type[Record], str] = {Person: "stage", Meeting: "status", FollowUp: "state"}
"""The field of a kind that says how far it has come: indexed like a reference."""


@contextmanager
def many() -> Iterator[None]:
    """While very many objects are made: the collector of circular garbage would look at all of them
    again and again, and find none."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def indexed_fields(kind: type[Record]) -> frozenset[str]:
    """The fields of a kind by which its records can be asked for."""
    references = {field for field, _ in REFERENCES.get(kind, ())}
    return frozenset(references | ({CHOICES[kind]} if kind in CHOICES else set()))


@functools.cache
def table_decoder(kind: type[Record]) -> msgspec.json.Decoder[Any]:
    """The decoder of a whole table at once."""
    return msgspec.json.Decoder(dict[str, kind])  # type: ignore[valid-type]


def value_decoder(table: str, field: str) -> msgspec.json.Decoder[Any]:
    """A decoder of one indexed field alone, as the attribute `value`; its default where it is not set."""
    found = _values.get((table, field))
    if found is None:
        found = _values[table, field] = msgspec.json.Decoder(_value_shape(table, field))
    return found


@functools.cache
def values_decoder(table: str, field: str) -> msgspec.json.Decoder[Any]:
    """The same of a whole table at once."""
    return msgspec.json.Decoder(dict[str, _value_shape(table, field)])  # type: ignore[misc]


@functools.cache
def _value_shape(table: str, field: str) -> type[msgspec.Struct]:
    kind = TABLES[table]
    default = ""
    if CHOICES.get(kind) == field:
        default = next(str(each.default) for each in msgspec.structs.fields(kind) if each.name == field)
    fields = [("value", str, msgspec.field(name=field, default=default))]
    return msgspec.defstruct(f"Only_{field}", fields, frozen=True)

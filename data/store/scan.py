"""Finding the records in a snapshot that is no longer JSON: whatever can be decoded, wherever it stands."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
from msgspec import Raw

from data.records import PROFILE_ID, Profile
from data.schema import TABLES
from data.store.decoding import decoder
from data.store.snapshot import META_TABLE
from data.store.survey import meant_table, unreadable

_KEY = re.compile(r'"?(\d+)"?\s*:\s*$')
_WORD = re.compile(r"[A-Za-z_\ufffd]{2,}")
_OPENING = re.compile(r'"([a-z]+)"\s*:\s*\{')
_HEAD = re.compile(rf'"{META_TABLE}".*?"checksum"\s*:\s*"[^"]*"\s*}}\s*}}', re.DOTALL)
_HEAD_WITHIN = 1 << 20
_SHORT = 60
"""Between two records stands no more than this, if only a table's name does."""


@dataclass(frozen=True, slots=True)
class Found:
    """A record that was found; "" as key where that is lost. Or a piece that is none, in `lost`."""

    table: str = ""
    key: str = ""
    doc: Raw | None = None
    lost: str = ""


def scan(data: bytes) -> Iterator[Found]:
    """The records of a damaged file in their order, and the pieces that are no records any more."""
    text = data.decode(errors="replace")
    table = ""
    head = _HEAD.search(text[:_HEAD_WITHIN])
    at = end = head.end() if head else 0
    while (at := text.find("{", at)) != -1:
        document = _decode(text, at)
        if document is None:
            at += 1
            continue
        gap = text[end:at]
        table = _table(gap, table)
        key = _KEY.search(gap)
        if _is_rubble(gap, table):
            yield Found(lost=gap.strip()[:80])
        for name, record in _parted(key[1] if key else "", document[0]):
            doc = Raw(msgspec.json.encode(record))
            yield Found(_kind_of(table, doc), name, doc)
        at = end = document[1]
    if _is_rubble(text[end:], table):
        yield Found(lost=text[end:].strip()[:80])


def _decode(text: str, at: int) -> tuple[dict[str, Any], int] | None:
    """The record that begins at `at`, and where it ends; None for what is none."""
    try:
        document, end = json.JSONDecoder().raw_decode(text, at)
    except (ValueError, RecursionError):
        return None
    return (document, end) if isinstance(document.get("id"), str) else None


def _parted(key: str, record: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """A record, and those after it that it took in because its closing brace is lost."""
    taken_in = {name: value for name, value in record.items() if name.isdigit() and isinstance(value, dict)}
    yield key, {name: value for name, value in record.items() if name not in taken_in}
    for name, value in taken_in.items():
        if isinstance(value.get("id"), str):
            yield from _parted(name, value)


def _table(gap: str, before: str) -> str:
    """The table that begins between two records, or the one that goes on."""
    words = (_WORD if len(gap) < _SHORT else _OPENING).findall(gap)
    for word in (*reversed(words), "".join(words)):
        name = word if word in TABLES else meant_table(word, ())
        if name:
            return name
    return before


def _is_rubble(gap: str, table: str) -> bool:
    """Whether text between records holds more than a table's beginning; before the first record (`table` is
    "") any word may be what is left of one."""
    return any(not table or table not in (word, meant_table(word, ())) for word in _WORD.findall(gap))


def _kind_of(table: str, doc: Raw) -> str:
    """The table that a record belongs in, by what it holds where its place says something else."""
    if table and (table not in TABLES or not unreadable(table, "1", doc)):
        return table
    content = msgspec.json.decode(doc)
    fits = []
    for name, kind in TABLES.items():
        # Of the profile there is one, and nothing in it is required.
        if set(content) <= set(kind.__struct_fields__) and (
            kind is not Profile or content["id"] == PROFILE_ID
        ):
            try:
                decoder(kind).decode(doc)
            except msgspec.ValidationError:
                continue
            fits.append(name)
    return fits[0] if len(fits) == 1 else table

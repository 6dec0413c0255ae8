"""Names of records, for sentences."""

# No `from __future__ import annotations` here: msgspec would compile each field's words anew at the start.

import msgspec
from msgspec import Raw


class _Named(msgspec.Struct):
    name: str = ""
    text: str = ""
    title: str = ""
    why: str = ""


_named = msgspec.json.Decoder(_Named)


def whole_text(text: str) -> str:
    """`text` without halves of characters (lone surrogates), which no file can hold."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def name_of(doc: Raw | None) -> str:
    """A record as a sentence calls it."""
    if doc is None:
        return "a record"
    try:
        named = _named.decode(doc)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return "a record"
    words = named.name or named.text or named.why or named.title
    return f"“{words[:60]}”" if words else "a record"


class _Id(msgspec.Struct):
    id: str = ""


_id = msgspec.json.Decoder(_Id)


def id_of(doc: Raw) -> str:
    """The id of an undecoded document; "" where it has none."""
    try:
        return _id.decode(doc).id
    except (msgspec.DecodeError, UnicodeDecodeError):
        return ""

"""The snapshot `inroad.json`: plain TinyDB JSON, a document a line, ours by its table `_inroad`.

    {"_inroad":{"1":{"app":"inroad","format":1,"generation":7,…,"sizes":{…},"checksum":"3f2a90c1"}},
    "people":{
    "1":{"id":"…","name":"Maria Chen"},
    …
    }}

The checksum covers the whole file but for its own eight characters, so that a copy of the file can be
judged without the journal beside it.
"""

# No `from __future__ import annotations` here: msgspec would compile each field's words anew at the start.

import zlib
from collections.abc import Iterable, Mapping

import msgspec
from msgspec import Raw, Struct

FORMAT = 2
"""The version of the files' layout that this Inroad writes."""
META_TABLE = "_inroad"
END = b"\n}}\n"
"""What a snapshot with records in it ends with."""

_BEFORE_HEAD = b'{"%b":' % META_TABLE.encode()
_CHECKSUM = b'"checksum":"'
_FIRST_LINE = 4 << 20


class Meta(Struct, frozen=True, kw_only=True):
    """What a snapshot says about itself.

    `generation` counts snapshots. `after` is the checksum at the end of the journal that it took in;
    `compacted` says that it holds just what the one before it and that journal held. `lines` is the
    number of the last journal line that it contains, `next_keys` the TinyDB keys to give out next, so
    that a removed record's key is never used again; `erased` the table, key and id of each record erased
    for good, so that no other window can write it again. `sizes` is how many bytes each table takes, in
    their order: who has checked the checksum need not look for their ends.
    """

    app: str
    format: int
    generation: int = 0
    saved: str = ""
    after: str = ""
    compacted: bool = False
    lines: int = 0
    next_keys: dict[str, int] = {}
    erased: tuple[tuple[str, str, str], ...] = ()
    sizes: dict[str, int] = {}
    checksum: str = ""


class _MetaTable(Struct):
    one: Meta | None = msgspec.field(name="1", default=None)


class NotASnapshot(Exception):
    """The bytes are not a snapshot; `str()` says where they stop being one."""


_tables = msgspec.json.Decoder(dict[str, Raw])
_documents = msgspec.json.Decoder(dict[str, Raw])
_meta = msgspec.json.Decoder(_MetaTable)


def encode(meta: Meta, tables: Iterable[tuple[str, Mapping[str, Raw]]]) -> tuple[bytes, str]:
    """The bytes of a snapshot, and its checksum."""
    parts: list[bytes | Raw] = [_BEFORE_HEAD, b""]
    sizes: dict[str, int] = {}
    for name, documents in tables:
        if not documents:
            continue
        parts.append(b",\n%b:" % msgspec.json.encode(name))
        begin = len(parts)
        before = b"{\n"
        for key, document in documents.items():
            parts += (before, b'"', key.encode(), b'":', document)
            before = b",\n"
        parts.append(b"\n}")
        sizes[name] = sum(memoryview(part).nbytes for part in parts[begin:])
    parts.append(b"}\n")
    head = msgspec.structs.replace(meta, sizes=sizes, checksum="00000000")
    parts[1] = msgspec.json.encode({"1": head})
    data = b"".join(parts)
    start, end = _checksum_span(data)
    checksum = _checksum(data, start, end)
    return b"".join((data[:start], checksum.encode(), data[end:])), checksum


def checksum_of(data: bytes) -> tuple[str, str]:
    """The checksum that the bytes have, and the one that they claim ("" if they claim none)."""
    try:
        start, end = _checksum_span(data)
    except NotASnapshot:
        return f"{zlib.crc32(data):08x}", ""
    return _checksum(data, start, end), data[start:end].decode(errors="replace")


def decode(data: bytes, *, sound: bool = False) -> tuple[Meta | None, dict[str, Raw]]:
    """What the snapshot says about itself (None if nothing), and each table's undecoded documents. It is
    `sound` if the checksum is right: then the tables lie where it says."""
    try:
        if sound and (found := _placed(data)) is not None:
            return found
        tables = _tables.decode(data)
        head = tables.pop(META_TABLE, None)
        return (None if head is None else _meta.decode(head).one), tables
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise NotASnapshot(str(error)) from error


def _placed(data: bytes) -> tuple[Meta, dict[str, Raw]] | None:
    """What `decode` gives, without a pass over the tables; None where it isn't said how long they are."""
    at = data.find(b"\n", 0, _FIRST_LINE) + 1
    if not data.startswith(_BEFORE_HEAD) or data[at - 2 : at] != b",\n":
        return None
    meta = _meta.decode(data[len(_BEFORE_HEAD) : at - 2]).one
    tables: dict[str, Raw] = {}
    view = memoryview(data)
    for name, size in meta.sizes.items() if meta is not None else ():
        label = b"%b:" % msgspec.json.encode(name)
        start = at + len(label)
        end = start + size
        if data[at : start + 2] != label + b"{\n" or data[end - 2 : end] != b"\n}":
            return None
        tables[name] = Raw(view[start:end])
        at = end + len(b",\n")
    return (meta, tables) if meta is not None and at == len(data) and data.endswith(b"\n}}\n") else None


def documents_of(table: Raw) -> dict[str, Raw]:
    """A table's documents, each undecoded, by TinyDB key."""
    try:
        return _documents.decode(table)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise NotASnapshot(str(error)) from error


def _checksum_span(data: bytes) -> tuple[int, int]:
    start = data.find(_CHECKSUM, 0, _FIRST_LINE) + len(_CHECKSUM)
    end = start + 8
    if start < len(_CHECKSUM) or data[end : end + 1] != b'"':
        raise NotASnapshot("no checksum")
    return start, end


def _checksum(data: bytes, start: int, end: int) -> str:
    view = memoryview(data)
    return f"{zlib.crc32(view[end:], zlib.crc32(view[:start])):08x}"

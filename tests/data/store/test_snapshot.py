"""The snapshot's tables lie where its first line says; where that is wrong, they are found by reading all."""

from __future__ import annotations

import pytest
from msgspec import Raw

from data.store import snapshot

META = snapshot.Meta(app="inroad", format=snapshot.FORMAT, generation=3)
TABLES = {
    "people": {"1": Raw(b'{"id":"a","name":"Zo\xc3\xab"}'), "7": Raw(b'{"id":"b","name":"}\\n},\\n"}')},
    "leads": {},
    "meetings": {"2": Raw(b'{"id":"c"}')},
}


def test_the_tables_lie_where_the_first_line_says() -> None:
    data, checksum = snapshot.encode(META, TABLES.items())
    assert snapshot.checksum_of(data) == (checksum, checksum)
    meta, tables = snapshot.decode(data, sound=True)
    assert (meta, tables) == snapshot.decode(data)
    assert meta is not None
    assert meta.sizes == {name: len(bytes(raw)) for name, raw in tables.items()}
    assert {name: snapshot.documents_of(raw) for name, raw in tables.items()} == {
        name: documents for name, documents in TABLES.items() if documents
    }


@pytest.mark.parametrize(
    ("one", "other"), [(b'"people":', b'"folk":'), (b'"sizes":{', b'"size":{'), (b"},\n", b"}, ")]
)
def test_what_is_said_wrong_is_found_by_reading_all(one: bytes, other: bytes) -> None:
    data = snapshot.encode(META, TABLES.items())[0].replace(one, other, 1)
    assert snapshot.decode(data, sound=True) == snapshot.decode(data)


def test_a_store_that_holds_nothing_says_so() -> None:
    data = snapshot.encode(META, [])[0]
    meta, tables = snapshot.decode(data, sound=True)
    assert (meta, tables) == snapshot.decode(data)
    assert not tables

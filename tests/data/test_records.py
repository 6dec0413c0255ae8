"""Records are plain values: what else relies on that is held here."""

from __future__ import annotations

import gc
from datetime import date, datetime
from enum import Enum
from typing import Any

import msgspec
import pytest
from msgspec import inspect

from data.clock import FixedClock
from data.demo import fill
from data.records import Person, PersonLine, Record
from data.schema import TABLES
from tests.data.world import World

_PLAIN = (str, int, float, bool, date, datetime, Enum, type(None))


@pytest.mark.parametrize("kind", [*TABLES.values(), PersonLine])
def test_a_record_can_be_no_part_of_a_circle(kind: type[msgspec.Struct]) -> None:
    assert kind.__struct_config__.frozen
    assert not kind.__struct_config__.gc
    for field in msgspec.structs.fields(kind):
        _assert_plain(inspect.type_info(field.type))


def _assert_plain(info: inspect.Type) -> None:
    """Values, tuples of them, words by words, and records of the same kind."""
    match info:
        case inspect.UnionType(types=types):
            for each in types:
                _assert_plain(each)
        case inspect.VarTupleType(item_type=item):
            _assert_plain(item)
        case inspect.DictType(key_type=inspect.StrType(), value_type=inspect.StrType()):
            pass
        case inspect.StructType(cls=cls):
            assert cls.__struct_config__.frozen
            assert not cls.__struct_config__.gc
            for field in inspect.type_info(cls).fields:  # type: ignore[attr-defined]
                _assert_plain(field.type)
        case inspect.Metadata(type=inner):
            _assert_plain(inner)
        case _:
            assert not isinstance(info, inspect.CollectionType | inspect.AnyType | inspect.CustomType), info


def test_the_collector_of_garbage_passes_the_records_over(world: World) -> None:
    fill(world.store, FixedClock(world.clock.now()))
    records: list[Any] = [record for kind in TABLES.values() for record in world.store.all(kind)]
    records += world.store.people()
    assert {type(record) for record in records} >= {Person, PersonLine}
    assert not [record for record in records if gc.is_tracked(record)]
    assert all(isinstance(record, Record | PersonLine) for record in records)

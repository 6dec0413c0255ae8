"""A network made of records alone, without a file: what is read of one, quick enough for hypothesis."""

from __future__ import annotations

from typing import Any, cast

from data.insights.facts import Facts
from data.records import Person, PersonLine, Profile, Record
from data.store import Reader
from tests.data.messages.situations import clock


class Made:
    """As much of a store as is read."""

    def __init__(self, *records: Record, profile: Profile | None = None) -> None:
        self.records = records
        self.profile = profile or Profile(id="profile")

    def all(self, kind: type[Record]) -> list[Record]:
        """All records of a kind."""
        return [each for each in self.records if isinstance(each, kind)]

    def get(self, kind: type[Record], id: str) -> Record | None:
        """The record of that id."""
        return next((each for each in self.all(kind) if each.id == id), None)

    def where(self, kind: type[Record], **refs: str) -> list[Record]:
        """The records of a kind that refer to these ids."""
        return [
            each
            for each in self.all(kind)
            if all(getattr(each, field) == value for field, value in refs.items())
        ]

    def people(self) -> list[PersonLine]:
        """A line for everybody who is there."""
        people = cast(list[Person], self.all(Person))
        return [line_of(person) for person in people if person.alive]


def line_of(person: Person) -> PersonLine:
    """Somebody as a list knows them."""
    fields: dict[str, Any] = {name: getattr(person, name) for name in PersonLine.__struct_fields__}
    return PersonLine(**fields)


def made(*records: Record, profile: Profile | None = None) -> Reader:
    """A reader of these records."""
    return cast(Reader, Made(*records, profile=profile))


def facts_of(*records: Record) -> Facts:
    """Their facts, on Monday 23 November 2026, 14:00 in Berlin."""
    return Facts(made(*records), clock())

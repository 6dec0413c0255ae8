"""What an import would do, before it is done: who is new, the same, changed, or left out.

The same person again is found by any of their identities (a profile's address, an email). Where a file has
nothing better, an equal name and company is the same: LinkedIn's own exports of 2018 have no addresses.
An import changes only fields that still hold what an import wrote; what the user changed stays.
"""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from data.imports.cards import Card, Format, Parsed, Progress, Skipped
from data.people.identities import identified, identities, normal_url
from data.records import PROFILE_ID, Person, Profile, Record, Source, Stage, new_id
from data.store import Reader
from data.text import fold

_TEXTS = ("name", "company", "title", "location", "zone", "linkedin", "birthday")
"""Fields of one value that an import writes."""
_LISTS = ("fields", "emails", "links", "phones", "tags")
"""Fields of several values: an import adds to them."""
_TELL = 500
_BY_NAME = frozenset({Format.LINKEDIN})


class Options(Struct, frozen=True, kw_only=True):
    """What the user set for all people of one import: how they were found, tags, and a field."""

    source: Source = Source.NETWORK
    tags: tuple[str, ...] = ()
    field: str = ""


class Update(Struct, frozen=True, kw_only=True):
    """Somebody who is known already, as they are and as they would be."""

    before: Record
    after: Record
    number: int


class ImportPlan(Struct, kw_only=True):
    """What an import would do. `alike` are names that somebody else in the network has, too."""

    file: str
    unit: str
    new: list[Record] = []
    changed: list[Update] = []
    same: int = 0
    gone: int = 0
    alike: list[str] = []
    skipped: list[Skipped] = []
    notes: list[str] = []
    profile: Profile | None = None


def plan(
    reader: Reader,
    parsed: Parsed,
    options: Options | None = None,
    *,
    now: datetime,
    progress: Progress | None = None,
) -> ImportPlan:
    """What importing `parsed` would do to what `reader` holds; `now` is noted as when people came in."""
    made = ImportPlan(file=parsed.file, unit=parsed.unit, skipped=parsed.skipped, notes=parsed.notes)
    if parsed.format is Format.INROAD:
        _plan_records(reader, parsed, made)
        return made
    planner = _Planner(reader, made, options or Options(), now, by_name=parsed.format in _BY_NAME)
    for done, card in enumerate(parsed.cards):
        if progress is not None and done % _TELL == 0:
            progress(done, len(parsed.cards))
        planner.take(card)
    return made


def _plan_records(reader: Reader, parsed: Parsed, made: ImportPlan) -> None:
    """Inroad's own records keep their ids, so that everything still refers to everything."""
    for number, record in enumerate(parsed.records, 1):
        if isinstance(record, Profile) and record.id == PROFILE_ID:
            made.profile = record
            continue
        before = reader.get(type(record), record.id)
        if before is None:
            made.new.append(record)
        elif before == record:
            made.same += 1
        else:
            made.changed.append(Update(before=before, after=record, number=number))


class _Planner:
    """Finds who a card is, among the people that are kept and those that the same file brought."""

    def __init__(
        self, reader: Reader, made: ImportPlan, options: Options, now: datetime, *, by_name: bool
    ) -> None:
        self._made = made
        self._options = options
        self._now = now
        self._by_name = by_name
        self._people: dict[str, Person] = {}
        self._identities: dict[str, str] = {}
        self._names: dict[tuple[str, str], str] = {}
        self._fresh: dict[str, int] = {}
        self._touched: dict[str, int] = {}
        for person in reader.all(Person):
            self._enter(person)

    def _enter(self, person: Person) -> None:
        self._people[person.id] = person
        for identity in person.identities:
            self._identities.setdefault(identity, person.id)
        self._names.setdefault((fold(person.name), fold(person.company)), person.id)

    def take(self, card: Card) -> None:
        """Plan what this card does."""
        person = self._find(card)
        if person is None:
            self._add(card)
            return
        while person.merged_into and person.merged_into in self._people:
            person = self._people[person.merged_into]
        if person.removed:
            self._made.gone += 1
            return
        after = _updated(person, card, self._options)
        if after == person:
            self._made.same += 1
            return
        self._people[person.id] = after
        for identity in after.identities:
            self._identities.setdefault(identity, person.id)
        if person.id in self._fresh:
            # The same person twice in one file: still one new person.
            self._made.new[self._fresh[person.id]] = after
            self._made.same += 1
        elif person.id in self._touched:
            place = self._touched[person.id]
            self._made.changed[place] = replace(self._made.changed[place], after=after)
        else:
            self._touched[person.id] = len(self._made.changed)
            self._made.changed.append(Update(before=person, after=after, number=card.number))

    def _find(self, card: Card) -> Person | None:
        url = normal_url(card.linkedin)
        for identity in identities((card.linkedin, *card.emails, *card.links)) or ((url,) if url else ()):
            if identity in self._identities:
                return self._people[self._identities[identity]]
        same_name = self._people.get(self._names.get((fold(card.name), fold(card.company)), ""))
        if same_name is None:
            return None
        # Two profiles, or two people: an equal name says no more where both have an address.
        if self._by_name and not (url and same_name.linkedin):
            return same_name
        self._made.alike.append(card.name)
        return None

    def _add(self, card: Card) -> None:
        blank = Person(
            id=card.id if card.id and card.id not in self._people else new_id(),
            kind=card.kind,
            name=card.name,
            source=self._options.source,
            stage=Stage.NETWORK,
            connected_on=card.connected_on,
            notes=card.notes,
            created=self._now,
        )
        person = _updated(replace(blank, imported={"name": card.name}), card, self._options)
        self._enter(person)
        self._fresh[person.id] = len(self._made.new)
        self._made.new.append(person)


def _updated(person: Person, card: Card, options: Options) -> Person:
    """The person with what the card says, as far as it may be written."""
    imported = dict(person.imported)
    changes: dict[str, object] = {}
    for field in _TEXTS:
        value, current, last = getattr(card, field), getattr(person, field), imported.get(field)
        if not value or value == last:
            continue
        if current == (last or ""):
            changes[field] = value
            imported[field] = value
    for field in _LISTS:
        wanted = getattr(card, field)
        if field == "tags":
            wanted = (*wanted, *options.tags)
        elif field == "fields" and options.field:
            wanted = (*wanted, options.field)
        brought = imported.get(field, "").split("\n")
        fresh = [value for value in dict.fromkeys(wanted) if value not in brought]
        if fresh:
            changes[field] = tuple(dict.fromkeys((*getattr(person, field), *fresh)))
            imported[field] = "\n".join([*filter(None, brought), *fresh])
    if card.connected_on and person.connected_on is None:
        changes["connected_on"] = card.connected_on
    if not changes:
        return identified(person)
    return identified(replace(person, imported=imported, **changes))

"""What an import would do, before it is done: who is new, the same, changed, or left out.

The same person again is found by any of their identities (a profile's address, an email). An equal name
and company alone only suggests it, except where a source has nothing better: LinkedIn's exports of 2018
hold no addresses, and a card in an address book may have none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from data.imports.cards import Card, Format, Parsed, Progress, Skipped
from data.imports.updating import updated
from data.people.identities import identities, normal_url
from data.people.names import same_words
from data.records import Person, PersonLine, Profile, Record, Source, Stage, new_id
from data.store import Reader
from data.text import plural

_TELL = 500


class Options(Struct, frozen=True, kw_only=True):
    """What the user set for one import: how its people were found, tags and a field for all of them.

    `rows` are the numbers of the cards to take, None for all; `merge` those of cards that are the one
    whom the plan only suggested.
    """

    source: Source = Source.NETWORK
    tags: tuple[str, ...] = ()
    field: str = ""
    rows: frozenset[int] | None = None
    merge: frozenset[int] = frozenset()


class Update(Struct, frozen=True, kw_only=True):
    """Somebody who is known already, as they are and as they would be; `number` is the card's place."""

    before: Record
    after: Record
    number: int


class Suggestion(Struct, frozen=True, kw_only=True):
    """A card that may be somebody known: kept apart unless `Options.merge` says otherwise."""

    number: int
    name: str
    person: str


class ImportPlan(Struct, kw_only=True):
    """What an import would do.

    `gone` counts those whom the user removed before, who stay out; `alike` are names of new people that
    somebody else in the network has, too, and `suggested` who that is. `numbers` are the places of the
    new. `seen` and `anew` let `keep` notice that the network has changed, and plan again.
    """

    file: str
    unit: str
    heading: tuple[str, ...] = ()
    new: list[Record] = []
    numbers: list[int] = []
    changed: list[Update] = []
    same: int = 0
    gone: int = 0
    alike: list[str] = []
    suggested: list[Suggestion] = []
    skipped: list[Skipped] = []
    notes: list[str] = []
    profile: Profile | None = None
    seen: list[PersonLine] = []
    anew: Callable[[Reader], ImportPlan] | None = None


def plan(
    reader: Reader,
    parsed: Parsed,
    options: Options | None = None,
    *,
    now: datetime,
    progress: Progress | None = None,
) -> ImportPlan:
    """What importing `parsed` would do to what `reader` holds; `now` is noted as when people came in."""
    chosen = options or Options()
    made = ImportPlan(
        file=parsed.file,
        unit=parsed.unit,
        heading=parsed.heading,
        skipped=list(parsed.skipped),
        notes=list(parsed.notes),
        seen=reader.people(),
        anew=lambda later: plan(later, parsed, options, now=now),
    )
    if parsed.format is Format.INROAD:
        from data.imports.own_records import plan_records

        plan_records(reader, parsed, made)
        return made
    planner = _Planner(reader, made, chosen, parsed.format, now)
    for done, card in enumerate(parsed.cards):
        if progress is not None and done % _TELL == 0:
            progress(done, len(parsed.cards))
        if chosen.rows is None or card.number in chosen.rows:
            planner.take(card)
    planner.introduce()
    return made


class _Planner:
    """Finds who a card is, among the people that are kept and those that the same file brought."""

    def __init__(
        self, reader: Reader, made: ImportPlan, options: Options, format: Format, now: datetime
    ) -> None:
        self._made = made
        self._options = options
        self._format = format
        self._now = now
        self._people: dict[str, Person] = {}
        self._identities: dict[str, list[str]] = {}
        self._names: dict[tuple[str, str], list[str]] = {}
        self._fresh: dict[str, int] = {}
        self._touched: dict[str, int] = {}
        self._introduced: dict[str, Card] = {}
        everybody = reader.all(Person)
        for person in everybody:
            if person.alive:
                self._enter(person)
        for person in everybody:  # The living come first, where a trace of somebody shares their address.
            if not person.alive:
                self._enter(person)

    def _enter(self, person: Person) -> None:
        self._people[person.id] = person
        self._know(person)
        key = (same_words(person.name), same_words(person.company))
        self._names.setdefault(key, []).append(person.id)

    def _know(self, person: Person) -> None:
        for identity in person.identities:
            known = self._identities.setdefault(identity, [])
            if person.id not in known:
                known.append(person.id)

    def take(self, card: Card) -> None:
        """Plan what this card does."""
        person = self._find(card)
        if person is None:
            person = self._add(card)
            self._named(person, card)
            return
        seen: set[str] = set()
        while person.merged_into and person.merged_into in self._people and person.id not in seen:
            seen.add(person.id)
            person = self._people[person.merged_into]
        if not person.alive:
            self._made.gone += 1
            return
        self._named(person, card)
        after = updated(person, card, self._format, self._options.tags, self._options.field, self._now.date())
        if after == person:
            self._made.same += 1
            return
        if person.id in self._fresh:
            # The same person twice in one file: still one new person.
            self._made.same += 1
        self._put(person, after, card.number)

    def introduce(self) -> None:
        """Set who introduced whom, now that everybody is known: a card gives a name, which tells only where
        one person alone is called that. Nobody comes to have introduced themselves, and what the user chose
        or emptied stays."""
        if not self._introduced:
            return
        called: dict[str, list[str]] = {}
        for person in self._people.values():
            if person.alive:
                called.setdefault(same_words(person.name), []).append(person.id)
        leads_to = {id: person.introduced_by for id, person in self._people.items()}
        unknown: list[str] = []
        for id, card in self._introduced.items():
            person = self._people[id]
            found = called.get(same_words(card.introduced_by), ())
            if len(found) != 1:
                unknown.append(card.introduced_by[:60])
            elif not reaches(leads_to, found[0], id):
                leads_to[id] = found[0]
                imported = {**person.imported, "introduced_by": card.introduced_by}
                if id not in self._fresh and id not in self._touched:
                    self._made.same -= 1
                self._put(person, replace(person, introduced_by=found[0], imported=imported), card.number)
        if unknown:
            names = list(dict.fromkeys(unknown))
            self._made.notes.append(
                f"{plural(len(names), 'introducer')} can't be told: nobody, or more than one, is called "
                f"{', '.join(names[:3])}{', …' if len(names) > 3 else ''}."
            )

    def _named(self, person: Person, card: Card) -> None:
        """Note whom the card names as introducer, where that is not settled."""
        if card.introduced_by and not person.introduced_by and "introduced_by" not in person.imported:
            self._introduced.setdefault(person.id, card)

    def _put(self, person: Person, after: Person, number: int) -> None:
        """Have the person become `after`."""
        self._people[person.id] = after
        self._know(after)
        if person.id in self._fresh:
            self._made.new[self._fresh[person.id]] = after
        elif person.id in self._touched:
            place = self._touched[person.id]
            self._made.changed[place] = replace(self._made.changed[place], after=after)
        else:
            self._touched[person.id] = len(self._made.changed)
            self._made.changed.append(Update(before=person, after=after, number=number))

    def _find(self, card: Card) -> Person | None:
        if card.id and card.id in self._people:
            return self._people[card.id]
        url = normal_url(card.linkedin)
        own = identities((card.linkedin, *card.emails, *card.links)) or ((url,) if "/" in url else ())
        suggested: Person | None = None
        for identity in own:
            for id in self._identities.get(identity, ()):
                person = self._people[id]
                if "@" not in identity.partition("/")[0] or _may_share_email(card, person, url):
                    return person
                suggested = suggested or person
        for id in self._names.get((same_words(card.name), same_words(card.company)), ()):
            namesake = self._people[id]
            if self._same_by_name(card, namesake, url, bool(own)):
                return namesake
            if namesake.alive:
                suggested = suggested or namesake
        if suggested is not None:
            if card.number in self._options.merge:
                return suggested
            self._made.alike.append(card.name)
            self._made.suggested.append(Suggestion(number=card.number, name=card.name, person=suggested.id))
        return None

    def _same_by_name(self, card: Card, namesake: Person, url: str, identified: bool) -> bool:
        """Whether an equal name and company is all that there is to go by, and enough."""
        if self._format is Format.LINKEDIN:
            if url and namesake.linkedin:
                return False  # Two profiles are two people.
            if card.company:
                return True
            days = {card.connected_on, namesake.connected_on} - {None}
            return not url and len(days) < 2
        if identified or namesake.imported.get("by") != self._format:
            return False
        return bool(
            card.company or set(card.phones) & set(namesake.phones) or not card.phones or not namesake.phones
        )

    def _add(self, card: Card) -> Person:
        try:
            source = Source(card.source)
        except ValueError:
            source = self._options.source
        blank = Person(
            id=card.id if _fits_as_id(card.id) else new_id(),
            kind=card.kind,
            name=card.name,
            source=source,
            stage=Stage.NETWORK,
            connected_on=card.connected_on,
            notes=card.notes,
            imported={"by": str(self._format), "name": card.name},
            created=self._now,
        )
        person = updated(blank, card, self._format, self._options.tags, self._options.field, self._now.date())
        self._enter(person)
        self._fresh[person.id] = len(self._made.new)
        self._made.new.append(person)
        self._made.numbers.append(card.number)
        return person


def reaches(leads_to: Mapping[str, str], start: str, goal: str) -> bool:
    """Whether following who introduced whom (`leads_to`, ids) from `start` comes to `goal`."""
    seen: set[str] = set()
    while start and start not in seen:
        if start == goal:
            return True
        seen.add(start)
        start = leads_to.get(start, "")
    return False


def _may_share_email(card: Card, person: Person, url: str) -> bool:
    """Whether an equal email means the same person: a family or an office may share one.

    Another profile, or not a word of the name in common, speaks against it.
    """
    words = set(same_words(card.name).split())
    if "@" in card.name or "@" in person.name or not words:
        return True
    others = set(same_words(person.name).split())
    if words == others:
        return True
    both_profiles = url and person.linkedin and normal_url(person.linkedin) != url
    return bool(words & others) and not both_profiles


def _fits_as_id(id: str) -> bool:
    return 8 <= len(id) <= 64 and id.isascii() and id.replace("-", "").replace("_", "").isalnum()

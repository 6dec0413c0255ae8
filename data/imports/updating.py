"""What a card changes of somebody who is known: only what the user did not change themselves."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from data.imports.cards import Card, Format
from data.people.identities import identified
from data.records import Former, Person

_TEXTS = ("name", "company", "title", "location", "zone", "linkedin", "birthday")
"""Fields of one value that an import writes."""
_LISTS = ("fields", "emails", "links", "phones", "tags")
"""Fields of several values: an import adds to them."""


def updated(
    person: Person, card: Card, format: Format, tags: tuple[str, ...], field: str, day: date
) -> Person:
    """The person with what the card says, as far as it may be written.

    A field is changed only while it holds what an import of the same kind wrote last; what it held stays
    in `former`. Another kind of file fills in what is empty. Nothing is ever emptied, and what the user
    took away from a list does not come back. `tags` and `field` are those that the user gave the import.
    """
    imported = dict(person.imported)
    same_kind = imported.get("by") == format
    changes: dict[str, object] = {}
    former: list[Former] = []
    for name in _TEXTS:
        value, current, last = getattr(card, name), getattr(person, name), imported.get(name)
        if not value or value in (last, current):
            continue
        if current and not (same_kind and current == last):
            continue
        if not current and last:
            continue  # The user emptied it.
        if current:
            former.append(Former(field=name, value=current, until=day, by=str(format)))
        changes[name] = imported[name] = value
    for name in _LISTS:
        wanted = getattr(card, name)
        if name == "tags":
            wanted = (*wanted, *tags)
        elif name == "fields" and field:
            wanted = (*wanted, field)
        if not wanted:
            continue
        brought = imported.get(name, "").split("\n") if name in imported else []
        have = getattr(person, name)
        fresh = [value for value in dict.fromkeys(wanted) if value not in brought and value not in have]
        if fresh:
            changes[name] = (*have, *fresh)
            imported[name] = "\n".join((*brought, *fresh))
    if card.connected_on and person.connected_on is None:
        changes["connected_on"] = card.connected_on
    if card.notes and not person.notes and "notes" not in imported:
        changes["notes"] = card.notes
        imported["notes"] = "yes"
    if not changes:
        return identified(person)
    if former:
        changes["former"] = (*person.former, *former)
    return identified(replace(person, imported=imported, **changes))

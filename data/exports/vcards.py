"""People as vCards, version 3.0, which every address book reads; vobject escapes and folds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from data.exports.outgoing import clean
from data.imports.vcard_people import CONNECTED, INTRODUCED, OWN_UID
from data.people.names import split_name
from data.records import Kind, Person
from data.store import Reader


def vcards(reader: Reader, people: Iterable[Person]) -> str:
    """The people as one vCard file.

    Tags are CATEGORIES and notes a NOTE; who introduced somebody is a related name, and since when you are
    connected a date with its label, as Apple and Google keep them; fields and how somebody was found, for
    which vCard has no word, are in X-INROAD-FIELDS and X-INROAD-SOURCE.
    """
    return "".join(vcard(reader, person) for person in people)


def vcard(reader: Reader, person: Person) -> str:
    """One person as a vCard; its UID stays the same, so that an address book updates instead of doubling."""
    import vobject

    card = vobject.vCard()
    given, family = split_name(clean(person.name))
    card.add("uid").value = OWN_UID + person.id
    card.add("fn").value = clean(person.name)
    group = person.kind is Kind.GROUP
    card.add("n").value = vobject.vcard.Name(family="" if group else family, given="" if group else given)
    if group:
        _line(card, "X-ABSHOWAS", "COMPANY")
    if company := clean(person.company or (person.name if group else "")):
        card.add("org").value = [company]
    _line(card, "TITLE", person.title)
    for email in person.emails:
        _line(card, "EMAIL", email).type_param = "INTERNET"
    for phone in person.phones:
        _line(card, "TEL", phone).type_param = "VOICE"
    for link in (person.linkedin, *person.links):
        _line(card, "URL", link)
    if person.location:
        card.add("adr").value = vobject.vcard.Address(city=clean(person.location))
    _line(card, "TZ", person.zone)
    _line(card, "BDAY", person.birthday)
    _line(card, "NOTE", person.notes)
    if tags := [tag for each in person.tags if (tag := clean(each))]:
        card.add("categories").value = tags
    for field in person.fields:
        _line(card, "X-INROAD-FIELDS", field)
    introducer = reader.get(Person, person.introduced_by) if person.introduced_by else None
    if introducer is not None:
        related = _line(card, "X-ABRELATEDNAMES", introducer.name)
        label = _line(card, "X-ABLABEL", INTRODUCED)
        related.group = label.group = "item1"
    if person.connected_on is not None:
        day = _line(card, "X-ABDATE", person.connected_on.isoformat())
        label = _line(card, "X-ABLABEL", CONNECTED)
        day.group = label.group = "item2"
    _line(card, "X-INROAD-SOURCE", str(person.source))
    text: str = card.serialize(lineLength=75)
    return text


def _line(card: Any, name: str, value: str) -> Any:
    import vobject

    value = clean(value)
    line = vobject.base.ContentLine(name, [], "")
    if not value:
        return line
    line = card.add(name.lower())
    # vobject escapes only what it knows; what it doesn't would go out as it is, line ends included.
    line.value = value if line.behavior is not None else vobject.base.backslashEscape(value)
    return line

"""People as vCards, version 3.0, which every address book reads; vobject escapes and folds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from data.imports.vcard_people import OWN_UID
from data.people.names import split_name
from data.records import Kind, Person
from data.store import Reader

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def vcards(reader: Reader, people: Iterable[Person]) -> str:
    """The people as one vCard file.

    Tags are CATEGORIES and notes a NOTE; who introduced somebody is a related name, as Apple and Google
    keep it; fields that vCard has no word for are in X-INROAD-FIELDS.
    """
    return "".join(vcard(reader, person) for person in people)


def vcard(reader: Reader, person: Person) -> str:
    """One person as a vCard; its UID stays the same, so that an address book updates instead of doubling."""
    import vobject

    card = vobject.vCard()
    given, family = split_name(_clean(person.name))
    card.add("uid").value = OWN_UID + person.id
    card.add("fn").value = _clean(person.name)
    group = person.kind is Kind.GROUP
    card.add("n").value = vobject.vcard.Name(family="" if group else family, given="" if group else given)
    if group:
        _line(card, "X-ABSHOWAS", "COMPANY")
    if company := _clean(person.company or (person.name if group else "")):
        card.add("org").value = [company]
    _line(card, "TITLE", person.title)
    for email in person.emails:
        _line(card, "EMAIL", email).type_param = "INTERNET"
    for phone in person.phones:
        _line(card, "TEL", phone).type_param = "VOICE"
    for link in (person.linkedin, *person.links):
        _line(card, "URL", link)
    if person.location:
        card.add("adr").value = vobject.vcard.Address(city=_clean(person.location))
    _line(card, "TZ", person.zone)
    _line(card, "BDAY", person.birthday)
    _line(card, "NOTE", person.notes)
    if tags := [tag for each in person.tags if (tag := _clean(each))]:
        card.add("categories").value = tags
    for field in person.fields:
        _line(card, "X-INROAD-FIELDS", field)
    introducer = reader.get(Person, person.introduced_by) if person.introduced_by else None
    if introducer is not None:
        related = _line(card, "X-ABRELATEDNAMES", introducer.name)
        label = _line(card, "X-ABLABEL", "introduced by")
        related.group = label.group = "item1"
    text: str = card.serialize(lineLength=75)
    return text


def _clean(text: str) -> str:
    """Text without control characters: a line end may come back as `\\n`, the others have no way."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _line(card: Any, name: str, value: str) -> Any:
    import vobject

    value = _clean(value)
    line = vobject.base.ContentLine(name, [], "")
    if not value:
        return line
    line = card.add(name.lower())
    # vobject escapes only what it knows; what it doesn't would go out as it is, line ends included.
    line.value = value if line.behavior is not None else vobject.base.backslashEscape(value)
    return line

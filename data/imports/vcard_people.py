"""Contacts out of vCards: which property is what, as Apple, Google, Android and Outlook write them."""

from __future__ import annotations

import re
from zoneinfo import available_timezones

from data.imports import vcards
from data.imports.cards import Card, Format, ImportRefused, Parsed, Progress, skip
from data.imports.dates import Dates, birthday
from data.imports.files import CARDS_LIMIT, Encoding, Lines, Source, check_size
from data.imports.vcards import Property, RawCard, parts, unescaped
from data.people.identities import identity, is_linkedin, normal_email, normal_url, slug_name
from data.people.names import full_name, without_credentials
from data.records import Kind

OWN_UID = "inroad:"
"""What the UID of a card that Inroad wrote begins with; the person's id follows."""
INTRODUCED = "introduced by"
CONNECTED = "connected on"
"""The labels of a related name and of a date, as Inroad writes them."""
_MOST_CARDS = 100_000
_TELL = 100
_LABEL = re.compile(r"^_\$!<(.*)>!\$_$")
_WIDE = ("utf-16", "utf-16-le", "utf-16-be", "utf-32")


def read_cards(source: Source, encoding: Encoding, progress: Progress | None) -> Parsed:
    """Read a vCard file. Raises ImportRefused if it is too large."""
    check_size(source, CARDS_LIMIT)
    # Each property may have its own character set, so the bytes are kept as they are until then.
    decoded = encoding.name in _WIDE
    lines = Lines(source, encoding if decoded else Encoding("latin-1"))
    parsed = Parsed(file=source.name, format=Format.VCARD, unit="card")
    reader = _Reader()
    for raw in vcards.split(lines):
        if progress is not None and raw.number % _TELL == 1:
            progress(min(lines.bytes, source.size), source.size)
        if raw.number > _MOST_CARDS:
            raise ImportRefused(
                f"{source.name} has more than {_MOST_CARDS:,} cards: split it into smaller files."
            )
        why = raw.why
        if not why:
            card, why = reader.card(raw, decoded)
            if card is not None:
                parsed.cards.append(card)
                continue
        skip(parsed.skipped, raw.number, why, _text(raw, decoded))
    if progress is not None:
        progress(source.size, source.size)
    return parsed


def _text(raw: RawCard, decoded: bool) -> str:
    text = "\n".join(("BEGIN:VCARD", *raw.lines, "END:VCARD", ""))
    return text if decoded else text.encode("latin-1").decode("utf-8", "replace")


class _Reader:
    def __init__(self) -> None:
        self._dates = Dates(day_first=False)
        self._zones = available_timezones()

    def card(self, raw: RawCard, decoded: bool) -> tuple[Card | None, str]:
        """The contact, or None and why there is none."""
        by_name: dict[str, list[Property]] = {}
        for each in vcards.properties(raw, decoded=decoded):
            by_name.setdefault(each.name, []).append(each)
        card = Card(number=raw.number)
        self._who(card, by_name)
        self._addresses(card, by_name)
        self._place(card, by_name)
        self._rest(card, by_name)
        if not card.name and card.company:
            card.name, card.kind = card.company, Kind.GROUP
        if not card.name:
            names = (*card.emails, slug_name(card.linkedin), *card.phones)
            card.name = next((name for name in names if name), "")
        return (card, "") if card.name else (None, "it has no name, address or number")

    def _who(self, card: Card, by_name: dict[str, list[Property]]) -> None:
        for each in by_name.get("N", ())[:1]:
            family, given, middle, *_ = (*map(_line, parts(each.value)), "", "", "")
            card.name = full_name(given, family, middle)
        formatted = next((_line(unescaped(each.value)) for each in by_name.get("FN", ())), "")
        if formatted and not (card.name and normal_email(formatted)):
            card.name = without_credentials(formatted)
        for each in by_name.get("ORG", ())[:1]:
            card.company = _line(parts(each.value)[0])
        card.title = _first(by_name, "TITLE", "ROLE")
        kinds = {_line(each.value).casefold() for name in _KINDS for each in by_name.get(name, ())}
        if kinds & {"org", "group", "company", "organization"}:
            card.kind = Kind.GROUP
            card.name = card.name or card.company
            if card.company == card.name:
                card.company = ""

    def _addresses(self, card: Card, by_name: dict[str, list[Property]]) -> None:
        emails: dict[str, str] = {}
        for each in _preferred(by_name.get("EMAIL", [])):
            text = _line(unescaped(each.value)).removeprefix("mailto:")
            if found := normal_email(text):
                emails.setdefault(found, text)
        card.emails = tuple(emails.values())
        phones = (_line(unescaped(each.value)) for each in _preferred(by_name.get("TEL", [])))
        card.phones = tuple(dict.fromkeys(phone.removeprefix("tel:") for phone in phones if phone))
        links: dict[str, str] = {}
        for name in ("URL", "X-SOCIALPROFILE", "SOCIALPROFILE", "X-LINKEDIN", "X-URL"):
            for each in by_name.get(name, ()):
                text = _line(unescaped(each.value))
                found = normal_url(text)
                if not found:
                    continue
                if not card.linkedin and is_linkedin(identity(text)):
                    card.linkedin = text
                else:
                    links.setdefault(found, text)
        card.links = tuple(links.values())

    def _place(self, card: Card, by_name: dict[str, list[Property]]) -> None:
        for each in _preferred(by_name.get("ADR", []))[:1]:
            fields = [_line(part) for part in parts(each.value)] + [""] * 7
            card.location = ", ".join(part for part in (fields[3], fields[4], fields[6]) if part)
        for each in by_name.get("TZ", ()):
            zone = _line(unescaped(each.value))
            if zone in self._zones:
                card.zone = zone

    def _rest(self, card: Card, by_name: dict[str, list[Property]]) -> None:
        notes = (unescaped(each.value).strip() for each in by_name.get("NOTE", ()))
        card.notes = "\n\n".join(note for note in notes if note)
        card.tags = _words(by_name.get("CATEGORIES", ()), ",")
        card.fields = _words(by_name.get("X-INROAD-FIELDS", ()), ",")
        for each in by_name.get("BDAY", ()):
            omitted = (each.parameters.get("X-APPLE-OMIT-YEAR") or [""])[0]
            card.birthday = card.birthday or birthday(_line(unescaped(each.value)), self._dates, omitted)
        for each in by_name.get("UID", ()):
            uid = _line(unescaped(each.value))
            card.id = uid.removeprefix(OWN_UID) if uid.startswith(OWN_UID) else ""
        labels = {
            each.group: _LABEL.sub(r"\1", _line(unescaped(each.value))).casefold()
            for each in by_name.get("X-ABLABEL", ())
            if each.group
        }
        for name in ("X-ABRELATEDNAMES", "RELATED"):
            for each in by_name.get(name, ()):
                label = labels.get(each.group, "") or " ".join(each.types).casefold()
                if label in (INTRODUCED, "referred by", "introducer"):
                    card.introduced_by = _line(unescaped(each.value))
        for each in by_name.get("X-ABDATE", ()):
            if labels.get(each.group, "") == CONNECTED:
                card.connected_on = self._dates.read(_line(unescaped(each.value)))
        card.source = _first(by_name, "X-INROAD-SOURCE")


_KINDS = ("KIND", "X-ADDRESSBOOKSERVER-KIND", "X-ABSHOWAS")


def _line(text: str) -> str:
    return " ".join(text.split())


def _first(by_name: dict[str, list[Property]], *names: str) -> str:
    for name in names:
        for each in by_name.get(name, ()):
            if text := _line(unescaped(each.value)):
                return text
    return ""


def _preferred(found: list[Property]) -> list[Property]:
    """Those marked as preferred first, else in their order."""
    return sorted(found, key=lambda each: not ("PREF" in each.types or "PREF" in each.parameters))


def _words(found: list[Property] | tuple[()], separator: str) -> tuple[str, ...]:
    words = (_line(part) for each in found for part in parts(each.value, separator))
    return tuple(dict.fromkeys(word for word in words if word))

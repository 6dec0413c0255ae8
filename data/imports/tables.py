"""Tables of contacts: LinkedIn, Google, Outlook, and any other with a heading that says what is what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from msgspec import Struct

from data.imports.cards import Card, Format, ImportRefused, Parsed, Progress, skip
from data.imports.columns import recognise, remap
from data.imports.dates import Dates, birthday, day_first
from data.imports.files import TABLE_LIMIT, Encoding, Lines, Source, check_size
from data.imports.rows import SEPARATORS, Row, RowReader
from data.people.identities import identity, is_linkedin, normal_email, normal_url, slug_name
from data.people.names import full_name, without_credentials
from data.records import Kind

_LOOK_FOR_HEADING = 60
"""Rows in which the heading has to come; LinkedIn puts a note before it, whose length has changed."""
_MOST_CARDS = 250_000
_NAMES = frozenset(("name", "given", "family"))
_URL = re.compile(r"https?://[^\s,;\]\"'<>]+", re.IGNORECASE)
_GOOGLE_SEVERAL = re.compile(r"\s*:::\s*")
_DATED = re.compile(r"^\d{1,2}[ -][^\W\d]{3,10}\.?[ -](?:\d{4}|\d{2})$")
_TELL = 500
"""Rows between two words of progress."""


class Heading(Struct):
    """The heading of a table: where it is, how its rows are separated, and what its columns are."""

    separator: str
    number: int
    cells: list[str]
    format: Format
    columns: dict[int, str]
    text: str = ""


def read_table(
    source: Source, encoding: Encoding, wanted: Mapping[str, str], progress: Progress | None
) -> Parsed:
    """Read a table; `wanted` are the user's own choices of columns (heading → target, "" for none).

    Raises ImportRefused for what is no table, or where a choice names what isn't there.
    """
    check_size(source, TABLE_LIMIT)
    heading = _find_heading(source, encoding)
    if heading is None:
        raise ImportRefused(
            f"{source.name} is none of the files that Inroad reads: they are CSV with a line of headings, "
            "vCard, LinkedIn's zip, and Inroad's own JSON."
        )
    names = _unique(heading.cells)
    columns, wrong = remap(names, heading.columns, wanted)
    if wrong:
        raise ImportRefused(f"{source.name}: {wrong[0]}; its columns are {', '.join(filter(None, names))}.")
    lines = Lines(source, encoding)
    reader = RowReader(lines, heading.separator)
    parsed = Parsed(
        file=source.name,
        format=heading.format,
        columns=tuple(names),
        heading=(heading.text,),
        mapping={name: columns.get(at, "") for at, name in enumerate(names) if name},
        notes=[encoding.note] if encoding.note else [],
    )
    if not {"name", "given", "family", "email", "linkedin", "company"} & set(columns.values()):
        parsed.notes.append("None of the columns is known to hold names: say which is which.")
        parsed.samples = tuple(_sample(reader, heading, 5))
        return parsed
    if not _NAMES & set(columns.values()):
        parsed.notes.append("None of the columns is known to hold names: say which one does, if one does.")
    _read_rows(parsed, reader, lines, heading, CardMaker(heading.format, columns), source.size, progress)
    return parsed


def _read_rows(
    parsed: Parsed,
    reader: RowReader,
    lines: Lines,
    heading: Heading,
    maker: CardMaker,
    size: int,
    progress: Progress | None,
) -> None:
    samples: list[tuple[str, ...]] = []
    last: tuple[Row, int] | None = None
    for count, row in enumerate(reader):
        if row.number <= heading.number:
            if row.number == heading.number:
                reader.width = len(heading.cells)
            continue
        if progress is not None and count % _TELL == 0:
            progress(min(reader.bytes, size), size)
        if row.why:
            skip(parsed.skipped, row.number, row.why, row.text)
            continue
        if len(samples) < 5:
            samples.append(tuple(row.cells))
        before = len(parsed.cards)
        why = maker.take(row, parsed.cards)
        if why:
            skip(parsed.skipped, row.number, why, row.text)
        last = (row, before)
        if len(parsed.cards) > _MOST_CARDS:
            raise ImportRefused(
                f"{parsed.file} has more than {_MOST_CARDS:,} people: split it into smaller files."
            )
    parsed.samples = tuple(samples)
    if last is not None and lines.cut and last[0].number == lines.number:
        row, before = last
        if len(row.cells) < len(heading.cells) and len(parsed.cards) > before:
            # The end of the file is missing: half an address would be taken for a whole one.
            del parsed.cards[before:]
            skip(parsed.skipped, row.number, "the file ends in the middle of it", row.text)
    maker.finish(parsed.cards)
    if progress is not None:
        progress(size, size)


def _find_heading(source: Source, encoding: Encoding) -> Heading | None:
    """The row that says what the columns are; else the first of several rows of one width, as unknown."""
    best: Heading | None = None
    unknown: Heading | None = None
    for separator in SEPARATORS:
        first: Row | None = None
        for count, row in enumerate(RowReader(Lines(source, encoding), separator)):
            if count >= _LOOK_FOR_HEADING:
                break
            if row.why:
                continue
            if len(row.cells) == 1 and row.cells[0].strip().casefold() == "name" and best is None:
                best = Heading(separator, row.number, row.cells, Format.TABLE, {0: "name"}, row.text)
            found = recognise(row.cells)
            if found is not None:
                if best is None or len(found[1]) > len(best.columns):
                    best = Heading(separator, row.number, row.cells, *found, row.text)
                break
            if len(row.cells) > 1 and all(cell.strip() for cell in row.cells):
                if first is None:
                    first = row
                elif len(first.cells) == len(row.cells) and unknown is None:
                    unknown = Heading(separator, first.number, first.cells, Format.TABLE, {}, first.text)
    return best or unknown


def _sample(reader: RowReader, heading: Heading, count: int) -> Iterable[tuple[str, ...]]:
    for row in reader:
        if row.number > heading.number and not row.why:
            yield tuple(row.cells)
            count -= 1
            if not count:
                return


def _unique(cells: list[str]) -> list[str]:
    names: list[str] = []
    for cell in cells:
        name = plain = " ".join(cell.replace("\ufeff", "").split())[:200]
        again = 2
        while name and name in names:
            name = f"{plain} ({again})"
            again += 1
        names.append(name)
    return names


class CardMaker:
    """Makes cards of rows, by what their columns are."""

    def __init__(self, format: Format, columns: Mapping[int, str]) -> None:
        self._format = format
        self._columns: dict[str, list[int]] = {}
        for at, target in sorted(columns.items()):
            self._columns.setdefault(target, []).append(at)
        self._connected: list[str] = []
        self._born: list[str] = []
        self._linkedin = format is Format.LINKEDIN
        self._width = max(columns, default=0) + 1

    def take(self, row: Row, cards: list[Card]) -> str:
        """Add the row's card to `cards`; returns why there is none."""
        cells = row.cells
        if not any(cells) or not any(cell.strip() for cell in cells):
            return "it is empty"
        if len(cells) < self._width:
            cells = cells + [""] * (self._width - len(cells))
        if self._format is Format.OWN_TABLE:
            from data.exports.inert import undefused

            cells = [undefused(cell) for cell in cells]
        if self._linkedin and (why := self._shifted(row)):
            return why
        one = self._one
        card = Card(
            number=row.number,
            company=one(cells, "company"),
            title=one(cells, "title"),
            location=one(cells, "location"),
            phones=self._many(cells, "phone"),
            introduced_by=one(cells, "introduced_by"),
            source=one(cells, "source"),
            zone=one(cells, "zone"),
            id=one(cells, "id"),
            tags=self._lists(cells, "tags"),
            fields=self._lists(cells, "fields"),
            notes="\n".join(cells[at].strip() for at in self._columns.get("notes", ()) if cells[at].strip()),
        )
        if one(cells, "kind").casefold() == Kind.GROUP:
            card.kind = Kind.GROUP
        if not card.location:
            places = (one(cells, "city"), one(cells, "country"))
            card.location = ", ".join(place for place in places if place)
        self._addresses(card, cells)
        if why := self._name(card, cells):
            return why
        cards.append(card)
        self._connected.append(one(cells, "connected_on"))
        self._born.append(one(cells, "birthday"))
        return ""

    def finish(self, cards: list[Card]) -> None:
        """Read the dates, now that the whole column tells whether the day or the month comes first."""
        for column, texts in (("connected", self._connected), ("born", self._born)):
            dates = Dates(day_first(text for text in texts if text))
            for card, text in zip(cards, texts, strict=False):
                if not text:
                    continue
                if column == "connected":
                    card.connected_on = dates.read(text)
                else:
                    card.birthday = birthday(text, dates)

    def _shifted(self, row: Row) -> str:
        """LinkedIn's rows are whole: where one is short, what stands in a wrong column comes from a break."""
        if len(row.cells) >= self._width:
            return ""
        links, dates = self._columns.get("linkedin", []), self._columns.get("connected_on", [])
        for at, cell in enumerate(row.cells):
            linked = "linkedin.com/in/" in cell.casefold()
            if (linked and at not in links) or (at not in dates and _DATED.match(cell.strip())):
                return f"it has {len(row.cells)} columns where the heading has {self._width}"
        return ""

    def _one(self, cells: list[str], target: str) -> str:
        for at in self._columns.get(target, ()):
            if cells[at]:
                text = " ".join(cells[at].split())
                if text:
                    return self._several(text)[0] if self._format is Format.GOOGLE else text
        return ""

    def _many(self, cells: list[str], target: str) -> tuple[str, ...]:
        if target not in self._columns:
            return ()
        return tuple(
            dict.fromkeys(
                text
                for at in self._columns[target]
                if cells[at]
                for text in self._several(" ".join(cells[at].split()))
                if text
            )
        )

    def _several(self, text: str) -> list[str]:
        if self._format is Format.GOOGLE and ":::" in text:
            return [part for part in _GOOGLE_SEVERAL.split(text) if part] or [""]
        if self._format is Format.OWN_TABLE and "; " in text:
            return text.split("; ")
        return [text]

    def _lists(self, cells: list[str], target: str) -> tuple[str, ...]:
        found: list[str] = []
        for text in self._many(cells, target):
            if self._format is Format.GOOGLE and target == "tags":
                if not text.startswith("* "):  # Google's own groups.
                    found.append(text)
                continue
            found += [
                part.strip() for part in re.split(r"\s*[;\n]\s*|,\s+" if target == "tags" else ";", text)
            ]
        return tuple(dict.fromkeys(part for part in found if part))

    def _addresses(self, card: Card, cells: list[str]) -> None:
        emails: dict[str, str] = {}
        for text in self._many(cells, "email"):
            for part in [text] if normal_email(text) else re.split(r"[;,\s]+", text):
                found = normal_email(part)
                if found:
                    emails.setdefault(found, found if "<" in part or ":" in part else part)
        card.emails = tuple(emails.values())
        links: list[str] = []
        for text in self._many(cells, "linkedin"):
            if not card.linkedin and is_linkedin(normal_url(text)):
                card.linkedin = text
            elif normal_url(text):
                links.append(text)
        for text in self._many(cells, "link"):
            for url in _URL.findall(text) or [text]:
                if not card.linkedin and is_linkedin(identity(url)):
                    card.linkedin = url
                elif normal_url(url):
                    links.append(url)
        card.links = tuple(dict.fromkeys(links))

    def _name(self, card: Card, cells: list[str]) -> str:
        card.name = without_credentials(self._one(cells, "name"))
        if not card.name or "given" in self._columns:
            parts = full_name(
                self._one(cells, "given"), self._one(cells, "family"), self._one(cells, "middle")
            )
            card.name = parts or card.name
        if card.name:
            return ""
        if self._linkedin:
            if not card.linkedin and not card.links:
                return "it has neither a name nor a profile address"
            url = card.linkedin or card.links[0]
            card.name = slug_name(url) or normal_url(url)
            return ""
        address = next(filter(None, (*card.emails, slug_name(card.linkedin), *card.phones)), "")
        # A company stands for itself where others have names; in a table without names it tells nothing.
        if card.company and (not address or _NAMES & self._columns.keys()):
            card.name, card.kind = card.company, Kind.GROUP
            return ""
        card.name = address
        return "" if card.name else "it has no name, address or number"

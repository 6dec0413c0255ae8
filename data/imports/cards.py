"""What reading a file gives: a card for every contact in it, and what could not be read, by its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum

from msgspec import Struct

from data.errors import UserError
from data.records import Kind, Record

Progress = Callable[[int, int], None]
"""Told (done, of how many) now and then. Raise anything in it to stop: nothing has been kept by then."""


class ImportRefused(UserError):
    """A file that can't be read at all; the text says why, and what to do."""


class Format(StrEnum):
    """What kind of file it is, found by its content."""

    LINKEDIN = "linkedin"
    GOOGLE = "google"
    OUTLOOK = "outlook"
    TABLE = "table"
    VCARD = "vcard"
    OWN_TABLE = "inroad-csv"
    INROAD = "inroad"


LABELS: dict[Format, str] = {
    Format.LINKEDIN: "LinkedIn connections",
    Format.GOOGLE: "Google contacts",
    Format.OUTLOOK: "Outlook contacts",
    Format.TABLE: "a table",
    Format.VCARD: "vCards",
    Format.OWN_TABLE: "a table from Inroad",
    Format.INROAD: "an Inroad export",
}
"""What a format is called on the screen."""


class Card(Struct, kw_only=True, gc=False):
    """One contact as a file has it. `number` is its line, card or record there, counted from one.

    `introduced_by` is a name; `id` the id of the person, where Inroad wrote the file itself.
    """

    number: int
    name: str = ""
    kind: Kind = Kind.PERSON
    company: str = ""
    title: str = ""
    fields: tuple[str, ...] = ()
    location: str = ""
    zone: str = ""
    emails: tuple[str, ...] = ()
    linkedin: str = ""
    links: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    birthday: str = ""
    connected_on: date | None = None
    notes: str = ""
    tags: tuple[str, ...] = ()
    introduced_by: str = ""
    source: str = ""
    id: str = ""


class Skipped(Struct, kw_only=True, gc=False):
    """One row, card or record that is left out: where it stands, why, and its text (cut if very long, but
    for a record, which stands in `table` and would be none)."""

    number: int
    why: str
    text: str = ""
    table: str = ""


class Parsed(Struct, kw_only=True):
    """A file, read. Nothing is kept yet.

    `unit` is what its parts are called ("line", "card", "record"). Of a table, `heading` is the line of
    headings as it stands, `columns` are its cells, and `mapping` says what each was taken for
    (data.imports.columns.TARGETS, "" for none), which the user can change by reading again. `notes` are
    sentences about the file as a whole. `records` are those of Inroad's own export.
    """

    file: str
    format: Format
    unit: str = "line"
    cards: list[Card] = []
    skipped: list[Skipped] = []
    notes: list[str] = []
    columns: tuple[str, ...] = ()
    heading: tuple[str, ...] = ()
    mapping: Mapping[str, str] = {}
    samples: tuple[tuple[str, ...], ...] = ()
    records: list[Record] = []


KEEP_TEXT = 20_000
"""Characters kept of a part that is left out, for the file of what was left out."""
KEEP_SKIPPED = 5_000
"""Parts left out that are kept with their text; of more, only the place and the reason."""


def skip(skipped: list[Skipped], number: int, why: str, text: str = "", table: str = "") -> None:
    """Note a part that is left out; `table` is where a record stands."""
    kept = (text if table else text[:KEEP_TEXT]) if len(skipped) < KEEP_SKIPPED else ""
    skipped.append(Skipped(number=number, why=why, text=kept, table=table))

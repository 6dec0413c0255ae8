"""People as a table: every field, for a spreadsheet, with nothing in it that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from data.exports.inert import defused
from data.records import Person
from data.store import Reader

COLUMNS = (
    "Inroad ID",
    "Kind",
    "Name",
    "Company",
    "Title",
    "Field",
    "Location",
    "Time zone",
    "Email",
    "LinkedIn",
    "Links",
    "Phone",
    "Birthday",
    "Source",
    "Introduced by",
    "Connected on",
    "Stage",
    "Stage since",
    "Look again on",
    "Tier",
    "Tags",
    "Notes",
    "Added",
)


def people_csv(reader: Reader, people: Iterable[Person]) -> str:
    """The people as CSV in UTF-8 text, lines ended by CRLF; several values in a cell stand between `; `."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    for person in people:
        introducer = reader.get(Person, person.introduced_by) if person.introduced_by else None
        cells = (
            person.id,
            str(person.kind),
            person.name,
            person.company,
            person.title,
            "; ".join(person.fields),
            person.location,
            person.zone,
            "; ".join(person.emails),
            person.linkedin,
            "; ".join(person.links),
            "; ".join(person.phones),
            person.birthday,
            str(person.source),
            introducer.name if introducer else "",
            person.connected_on.isoformat() if person.connected_on else "",
            str(person.stage),
            person.stage_since.isoformat() if person.stage_since else "",
            person.look_again_on.isoformat() if person.look_again_on else "",
            str(person.tier),
            "; ".join(person.tags),
            person.notes,
            person.created.isoformat() if person.created else "",
        )
        writer.writerow([defused(cell.encode("utf-8", "replace").decode()) for cell in cells])
    return out.getvalue()

"""The formats that people and meetings go out in, and one way to write each."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from data.clock import Clock
from data.exports.progress import Progress, counted
from data.exports.writing import write_file, write_folder
from data.records import Meeting, Person
from data.store import Reader
from data.text import plural


class Format(StrEnum):
    """What is written, by the ending of its file; Markdown is a folder of files."""

    VCF = "vcf"
    ICS = "ics"
    CSV = "csv"
    MD = "md"
    JSON = "json"


class About(NamedTuple):
    """What a format is called, and what it is for."""

    name: str
    purpose: str


ABOUT: dict[Format, About] = {
    Format.VCF: About("vCard", "contacts, for any address book"),
    Format.ICS: About("Calendar", "meetings and follow-ups, for any calendar"),
    Format.CSV: About("CSV", "every field of the people, for a spreadsheet"),
    Format.MD: About("Markdown", "a folder of notes that link to each other"),
    Format.JSON: About("JSON", "everything, and back again without loss"),
}


def content(
    reader: Reader,
    clock: Clock,
    format: Format,
    people: Collection[str] | None = None,
    progress: Progress | None = None,
) -> bytes:
    """One format as the bytes of its file: everybody's, or that of the people of these ids.

    Of Markdown there is no one file: ValueError.
    """
    if format is Format.JSON:
        from data.exports.everything import everything, everything_of

        return everything(reader) if people is None else everything_of(reader, people)
    if format is Format.ICS:
        from data.exports.calendar import calendar

        return calendar(reader, clock, people, progress).encode()
    if format is Format.VCF:
        from data.exports.vcards import vcards

        chosen = _people(reader, people)
        return vcards(reader, counted(chosen, len(chosen), progress)).encode()
    if format is Format.CSV:
        from data.exports.people_csv import people_csv

        chosen = _people(reader, people)
        return people_csv(reader, counted(chosen, len(chosen), progress)).encode()
    raise ValueError("Markdown is a folder")


def write(
    reader: Reader,
    clock: Clock,
    format: Format,
    target: Path,
    people: Collection[str] | None = None,
    progress: Progress | None = None,
) -> str:
    """Write one format to a file (Markdown: to a new folder), whole or not at all; returns what was done.

    Raises ExportRefused (one sentence).
    """
    if format is Format.MD:
        from data.exports.notes import notes

        made = counted(notes(reader, clock, people), _count_of_notes(reader, people), progress)
        count = write_folder(target, ((note.path, note.text) for note in made))
        return f"Wrote {plural(count, 'note')} to {target}"
    data = content(reader, clock, format, people, progress)
    if progress is not None:
        # The last chance to stop: from here on it is quick.
        progress(1, 1)
    write_file(target, data)
    return f"Wrote {_what(reader, format, people)} to {target}"


def default_name(format: Format, day: str, who: str = "") -> str:
    """What a file or folder of it is called where the user gave no name: `inroad-2026-11-23.vcf`.

    `who` says whom it holds, where that is not everybody: `Maria Chen-2026-11-23.vcf`.
    """
    from data.exports.file_names import safe_name

    name = f"{safe_name(who) or 'inroad'}-{day}"
    return f"{name}-notes" if format is Format.MD else f"{name}.{format}"


def _count_of_notes(reader: Reader, people: Collection[str] | None) -> int:
    here = {person.id for person in _people(reader, people)}
    return len(here) + sum(meeting.person in here for meeting in reader.all(Meeting))


def _what(reader: Reader, format: Format, people: Collection[str] | None) -> str:
    if format is Format.ICS:
        from data.exports.calendar import chosen

        meetings, followups = chosen(reader, people)
        return f"{plural(len(meetings), 'meeting')} and {plural(len(followups), 'follow-up')}"
    count = plural(len(reader.people()) if people is None else len(people), "person", "people")
    return f"everything ({count})" if format is Format.JSON and people is None else count


def write_meeting(reader: Reader, clock: Clock, meeting: Meeting, target: Path) -> str:
    """Write one meeting for a calendar; returns what was done. Raises ExportRefused."""
    from data.exports.calendar import meeting_calendar
    from data.exports.outgoing import name_of

    write_file(target, meeting_calendar(reader, clock, meeting).encode())
    return f"Wrote the meeting with {name_of(reader, meeting.person)[:60]} to {target}"


def _people(reader: Reader, people: Collection[str] | None) -> list[Person]:
    return [
        person for person in reader.all(Person) if person.alive and (people is None or person.id in people)
    ]

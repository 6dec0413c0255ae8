"""The prep sheet: one page to read five minutes before a meeting, on the screen and as Markdown."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from msgspec import Struct

from data.days import show_day
from data.meetings.markdown import inline
from data.meetings.questions import time_sum
from data.meetings.readiness import State, both_zones, introduction_of, readiness
from data.meetings.sayings import called, exit_line
from data.meetings.times import hhmm, planned_end, starts_at
from data.records import Entry, EntryKind, Lead, Medium, Meeting, MeetingStatus, Person
from data.store import Reader
from data.text import fold, one_line
from data.zones import wall

MOST_SAID = 8
"""Lines of earlier meetings that a page bears; the newest are shown."""
_MEDIA = {Medium.VIDEO: "Video", Medium.PHONE: "Phone", Medium.IN_PERSON: "In person"}


class Said(Struct, frozen=True, kw_only=True):
    """A line of an earlier meeting about this person or their company: who said it, when, and how."""

    who: str
    on: datetime
    text: str
    kind: EntryKind
    meeting: str

    @property
    def line(self) -> str:
        """The line with its source: "Priya Nair, 3 Nov 2026: ask her about hiring"."""
        return f"{one_line(self.who)}, {show_day(self.on.date())[4:]}: {one_line(self.text)}"


class Section(Struct, frozen=True):
    """A heading and its lines, as typed: safe to print only through `one_line` or the renderings here."""

    title: str
    lines: tuple[str, ...]


class Sheet(Struct, frozen=True, kw_only=True):
    """The page."""

    title: str
    sections: tuple[Section, ...]

    @property
    def text(self) -> str:
        """As plain text, safe to show."""
        parts = [one_line(self.title)]
        for section in self.sections:
            parts.append(f"{section.title}\n" + "\n".join(f"  {one_line(line)}" for line in section.lines))
        return "\n\n".join(parts) + "\n"

    @property
    def markdown(self) -> str:
        """As Markdown, everything typed escaped."""
        parts = [f"# {inline(self.title)}"]
        for section in self.sections:
            parts += [f"## {section.title}", "\n".join(f"- {inline(line)}" for line in section.lines)]
        return "\n\n".join(parts) + "\n"


def sheet(reader: Reader, meeting: Meeting, now: datetime, own: ZoneInfo) -> Sheet:
    """The page for a meeting at the instant `now`; `own` is the user's zone. Empty sections are left out."""
    person = reader.get(Person, meeting.person)
    name = person.name if person is not None else "Somebody"
    introduction = introduction_of(reader, meeting)
    ready = readiness(reader, meeting, now, own)
    sections = [
        ("Who", _who(reader, person)),
        ("When and where", _when_and_where(meeting, person, own)),
        ("Objective", _lines(meeting.objective)),
        ("Introduction", _lines(introduction.text if introduction is not None else "")),
        ("Questions", _questions(meeting)),
        ("Research", _lines(meeting.research)),
        ("Said in earlier meetings", [said.line for said in said_before(reader, meeting, own)]),
        ("To end on time", [exit_line(meeting, called(person))]),
        ("Still to do", [item.text for item in ready.items if item.state is State.OPEN]),
    ]
    return Sheet(
        title=f"{name}, {hhmm(starts_at(meeting), own)}",
        sections=tuple(Section(title, tuple(lines)) for title, lines in sections if lines),
    )


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _who(reader: Reader, person: Person | None) -> list[str]:
    if person is None:
        return []
    lines = [", ".join(each for each in (person.title, person.company, person.location) if each)]
    introducer = reader.get(Person, person.introduced_by) if person.introduced_by else None
    if introducer is not None:
        lines.append(f"Introduced by {introducer.name}")
    return [line for line in (*lines, *_lines(person.notes)) if line]


def _when_and_where(meeting: Meeting, person: Person | None, own: ZoneInfo) -> list[str]:
    until = f"Promised: {meeting.minutes} minutes, until {hhmm(planned_end(meeting), own)}"
    where = f"{_MEDIA[meeting.medium]}: {meeting.place}" if meeting.place else _MEDIA[meeting.medium]
    return [both_zones(meeting, person, own).text, until, where]


def _questions(meeting: Meeting) -> list[str]:
    if not meeting.questions:
        return []
    listed = [("★ " if each.starred else "") + each.text for each in meeting.questions]
    return [*listed, time_sum(meeting.questions, meeting.minutes).text]


def said_before(reader: Reader, meeting: Meeting, own: ZoneInfo, most: int = MOST_SAID) -> list[Said]:
    """What earlier meetings said about this person or their company, the newest first.

    From meetings with this person: what they gave (leads, advice, promises, quotes, answers); from those
    with others: lines that name the person or the company, and leads that became this person.
    """
    person = reader.get(Person, meeting.person)
    if person is None:
        return []
    others = {
        each.id: each
        for each in reader.all(Meeting)
        if each.id != meeting.id and each.status is MeetingStatus.ENDED
    }
    became = {lead.entry for lead in reader.where(Lead, person=person.id) if lead.entry}
    wanted = [words for words in (fold(person.name), fold(person.company)) if len(words) > 2]
    found = []
    for entry in reader.all(Entry):
        other = others.get(entry.meeting)
        if other is None or not _about(entry, other, person, wanted, became):
            continue
        giver = reader.get(Person, other.person)
        at = wall(entry.at or other.started or starts_at(other), own.key, own)
        found.append(
            Said(
                who=giver.name if giver is not None else "Somebody",
                on=at,
                text=entry.text,
                kind=entry.kind,
                meeting=other.id,
            )
        )
    return sorted(found, key=lambda said: said.on, reverse=True)[:most]


def _about(entry: Entry, other: Meeting, person: Person, wanted: list[str], became: set[str]) -> bool:
    if other.person == person.id:
        return entry.kind is not EntryKind.NOTE
    if entry.id in became:
        return True
    # Whole words: "Meta" is not in "metaphor".
    padded = f" {_words(entry.text)} "
    return any(f" {_words(words)} " in padded for words in wanted)


@lru_cache(maxsize=32_768)
def _words(text: str) -> str:
    """Its words, folded. The lines of all meetings are looked through for each one that is prepared; they
    don't change meanwhile."""
    return " ".join("".join(char if char.isalnum() else " " for char in fold(text)).split())

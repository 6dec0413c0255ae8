"""The prep sheet: one page to read five minutes before a meeting, on the screen and as Markdown."""

from __future__ import annotations

from bisect import bisect_right
from datetime import datetime
from functools import lru_cache
from itertools import accumulate
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
    became = {lead.entry for lead in reader.where(Lead, person=person.id) if lead.entry}
    wanted = [
        words
        for each in (fold(person.name), fold(person.company))
        if len(each) > 2 and (words := _words(each))
    ]
    found = []
    for entry, other in _all_said(reader).about(person.id, wanted, became):
        if other.id == meeting.id:
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


class _AllSaid:
    """The lines of all meetings that have ended, to be searched for each one that is prepared."""

    def __init__(self, meetings: list[Meeting], entries: list[Entry]) -> None:
        self.of = (meetings, entries)
        ended = {each.id: each for each in meetings if each.status is MeetingStatus.ENDED}
        self._lines = [(entry, ended[entry.meeting]) for entry in entries if entry.meeting in ended]
        self._by_id = {entry.id: place for place, (entry, _) in enumerate(self._lines)}
        self._given: dict[str, list[int]] = {}
        for place, (entry, meeting) in enumerate(self._lines):
            if entry.kind is not EntryKind.NOTE:
                self._given.setdefault(meeting.person, []).append(place)
        # One text of whole words, a line a line: "Meta" is not in "metaphor".
        words = [f" {_words(entry.text)} \n" for entry, _ in self._lines]
        self._words = "".join(words)
        self._starts = list(accumulate(map(len, words), initial=0))

    def about(self, person: str, wanted: list[str], became: set[str]) -> list[tuple[Entry, Meeting]]:
        """What this person gave, and lines of others that hold the `wanted` words or `became` them."""
        places = set(self._given.get(person, ()))
        named = {self._by_id[id] for id in became if id in self._by_id}
        for words in wanted:
            at = -1
            while (at := self._words.find(f" {words} ", at + 1)) != -1:
                named.add(bisect_right(self._starts, at) - 1)
        places |= {place for place in named if self._lines[place][1].person != person}
        return [self._lines[place] for place in sorted(places)]


_last_said = _AllSaid([], [])


def _all_said(reader: Reader) -> _AllSaid:
    """Made anew when a line or a meeting has changed."""
    global _last_said
    now = (reader.all(Meeting), reader.all(Entry))
    if now != _last_said.of:
        _last_said = _AllSaid(*now)
    return _last_said


@lru_cache(maxsize=32_768)
def _words(text: str) -> str:
    """Its words, folded. Of the lines of all meetings few change at a time."""
    return " ".join("".join(char if char.isalnum() else " " for char in fold(text)).split())

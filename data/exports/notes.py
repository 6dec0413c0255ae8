"""The network as a folder of Markdown notes, one a person and one a meeting, for Obsidian and its kin.

Each begins with front matter (YAML, between two lines of `---`), and notes refer to each other by
`[[the other's file name]]`. Texts of others are escaped: they are neither a heading, nor a link, nor a key.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from datetime import date, datetime

from msgspec import Struct

from data.clock import Clock
from data.days import show_day
from data.exports.file_names import FileNames
from data.exports.outgoing import CHANNELS, TOUCHES, clean, clean_line, name_of, owed
from data.meetings.markdown import inline, paragraphs
from data.meetings.note import ADVICE_STATES, LEAD_STATES, lines_of, note
from data.meetings.times import starts_at
from data.records import (
    Advice,
    Direction,
    FollowUp,
    FollowUpKind,
    FollowUpState,
    Kind,
    Lead,
    Meeting,
    Person,
    Touch,
)
from data.store import Reader
from data.zones import wall

PEOPLE, MEETINGS = "People", "Meetings"
"""The two folders in the folder."""
_WAYS = {Direction.OUT: "you", Direction.IN: "they", Direction.BOTH: "both"}


class Note(Struct, frozen=True):
    """One file: its path in the folder (with `/`), and its text."""

    path: str
    text: str


def notes(reader: Reader, clock: Clock, people: Collection[str] | None = None) -> Iterator[Note]:
    """The notes of everybody alive, or of the people of these ids, and of the meetings with them."""
    yield from _Notes(reader, clock, people).all()


class _Notes:
    def __init__(self, reader: Reader, clock: Clock, people: Collection[str] | None) -> None:
        self._reader = reader
        self._zone = clock.zone()
        self._people = [
            person
            for person in reader.all(Person)
            if person.alive and (people is None or person.id in people)
        ]
        here = {person.id for person in self._people}
        self._meetings = sorted(
            (meeting for meeting in reader.all(Meeting) if meeting.person in here), key=starts_at
        )
        files = FileNames()
        self._files = {person.id: files.name(person.name, "Somebody") for person in self._people}
        self._brought: dict[str, list[str]] = {}
        for person in self._people:
            if person.introduced_by in here:
                self._brought.setdefault(person.introduced_by, []).append(person.id)
        for meeting in self._meetings:
            text = f"{self._day(starts_at(meeting)).isoformat()} {self._files[meeting.person]}"
            self._files[meeting.id] = files.name(text, "Meeting")

    def all(self) -> Iterator[Note]:
        for person in self._people:
            yield Note(f"{PEOPLE}/{self._files[person.id]}.md", self._person(person))
        for meeting in self._meetings:
            yield Note(f"{MEETINGS}/{self._files[meeting.id]}.md", self._meeting(meeting))

    def _day(self, at: datetime) -> date:
        return wall(at, self._zone.key, self._zone).date()

    def _link(self, id: str) -> str:
        """A link to a note of this folder; the bare name of who has none."""
        return f"[[{self._files[id]}]]" if id in self._files else inline(name_of(self._reader, id))

    # A person

    def _person(self, person: Person) -> str:
        work = ", ".join(inline(part) for part in (person.title, person.company) if part)
        parts = [_front(self._facts(person)), f"# {inline(clean_line(person.name))}"]
        parts += [work] if work else []
        parts += _section("Notes", paragraphs(clean(person.notes)))
        parts += _section("Meetings", self._held(person))
        parts += _section("Leads they gave", self._leads(person))
        parts += _section("Advice", self._advice(person))
        parts += _section("Owed", self._owed(person))
        parts += _section("Contacts", self._touches(person))
        brought = [f"- {self._link(id)}" for id in self._brought.get(person.id, ())]
        return "\n\n".join([*parts, *_section("People they introduced", brought)]) + "\n"

    def _facts(self, person: Person) -> dict[str, object]:
        by = self._link(person.introduced_by) if person.introduced_by in self._files else ""
        if person.introduced_by and not by:
            by = name_of(self._reader, person.introduced_by)
        return {
            "id": person.id,
            "type": "group" if person.kind is Kind.GROUP else "person",
            "name": person.name,
            "company": person.company,
            "title": person.title,
            "fields": person.fields,
            "location": person.location,
            "zone": person.zone,
            "emails": person.emails,
            "phones": person.phones,
            "linkedin": person.linkedin,
            "links": person.links,
            "birthday": person.birthday,
            "source": str(person.source),
            "introduced_by": by,
            "connected_on": person.connected_on,
            "stage": str(person.stage),
            "tier": str(person.tier),
            "tags": person.tags,
        }

    def _held(self, person: Person) -> list[str]:
        return [f"- {self._link(each.id)}" for each in self._meetings if each.person == person.id]

    def _leads(self, person: Person) -> list[str]:
        lines = []
        for lead in self._reader.where(Lead, giver=person.id):
            said = [inline(lead.text), inline(lead.outcome) or LEAD_STATES[lead.state]]
            said += [self._link(lead.person)] if lead.person else []
            lines.append(f"- {': '.join(said)}")
        return lines

    def _advice(self, person: Person) -> list[str]:
        lines = []
        for advice in self._reader.where(Advice, giver=person.id):
            did = f": {inline(advice.did)}" if advice.did else ""
            lines.append(f"- {inline(advice.text)} ({ADVICE_STATES[advice.state]}){did}")
        return lines

    def _owed(self, person: Person) -> list[str]:
        lines = []
        for each in sorted(self._reader.where(FollowUp, person=person.id), key=lambda each: each.due):
            if each.state is FollowUpState.OPEN:
                # What the user wants to do themselves is called by its words.
                words = (
                    f": {inline(each.words)}" if each.words and each.kind is not FollowUpKind.CUSTOM else ""
                )
                lines.append(f"- [ ] {inline(owed(self._reader, each))}, {show_day(each.due)}{words}")
        return lines

    def _touches(self, person: Person) -> list[str]:
        lines: list[str] = []
        for touch in sorted(self._reader.where(Touch, person=person.id), key=lambda touch: touch.at):
            by = f" {CHANNELS[touch.channel]}" if touch.channel in CHANNELS else ""
            about = f": {self._link(touch.about)}" if touch.about else ""
            day = show_day(self._day(touch.at))
            lines.append(f"- {day}, {_WAYS[touch.direction]}: {TOUCHES[touch.kind]}{by}{about}")
            sent = "\n".join(part for part in (touch.subject, touch.text) if part)
            lines += [f"  > {line}".rstrip() for line in paragraphs(clean(sent))]
        return lines

    # A meeting

    def _meeting(self, meeting: Meeting) -> str:
        with_whom = self._link(meeting.person)
        facts: dict[str, object] = {
            "id": meeting.id,
            "type": "meeting",
            "person": with_whom,
            "date": self._day(meeting.started or starts_at(meeting)),
            "starts": meeting.starts.isoformat(),
            "zone": meeting.zone,
            "minutes": meeting.minutes,
            "medium": str(meeting.medium),
            "place": meeting.place,
            "status": str(meeting.status),
            "lines": len(lines_of(self._reader, meeting)),
        }
        text = note(self._reader, meeting, self._zone)
        return f"{_front(facts)}\n\n{text.rstrip()}\n\nWith {with_whom}.\n"


def _section(title: str, lines: list[str]) -> list[str]:
    return [f"## {title}", "\n".join(lines)] if lines else []


def _front(facts: dict[str, object]) -> str:
    """The facts as front matter; what is not known is left out.

    A JSON string is a YAML string in quotation marks, whatever stands in it (YAML 1.2, 10.2).
    """
    lines = ["---"]
    for key, value in facts.items():
        if isinstance(value, tuple):
            value = [clean(each) for each in value]
        elif isinstance(value, date):
            value = value.isoformat()
        elif isinstance(value, str):
            value = clean(value)
        if value or value == 0:
            lines.append(f"{key}: {json.dumps(value, ensure_ascii=False)}")
    return "\n".join([*lines, "---"])

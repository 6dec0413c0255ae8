"""The same question's answers from all meetings, side by side."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from data.records import Entry, EntryKind, Meeting, Person
from data.text import fold

if TYPE_CHECKING:
    from data.store import Reader


class Answered(Struct, frozen=True, kw_only=True):
    """What one person answered; several lines of one meeting are joined by line ends."""

    person: str
    name: str
    meeting: str
    when: datetime
    text: str


class Asked(Struct, frozen=True, kw_only=True):
    """One question, in the words of the last time it was asked, and its answers, newest first."""

    text: str
    answers: tuple[Answered, ...]


def answers(reader: Reader) -> list[Asked]:
    """Every question that was answered, the one with most answers first.

    Two questions are the same if they come from the same one of the bank, or have the same words.
    """
    found: dict[str, list[Answered]] = {}
    words: dict[str, tuple[datetime, str]] = {}
    lines: dict[tuple[str, str], list[Entry]] = {}
    for entry in reader.all(Entry):
        if entry.kind is EntryKind.ANSWER and entry.question:
            lines.setdefault((entry.meeting, entry.question), []).append(entry)
    for (meeting_id, question_id), entries in lines.items():
        meeting = reader.get(Meeting, meeting_id)
        person = reader.get(Person, meeting.person) if meeting is not None else None
        if meeting is None or person is None:
            continue
        question = next((each for each in meeting.questions if each.id == question_id), None)
        if question is None:
            continue
        key = question.bank or fold(question.text)
        if key not in words or words[key][0] < meeting.starts:
            words[key] = (meeting.starts, question.text)
        entries.sort(key=lambda each: each.order)
        found.setdefault(key, []).append(
            Answered(
                person=person.id,
                name=person.name,
                meeting=meeting.id,
                when=meeting.starts,
                text="\n".join(each.text for each in entries),
            )
        )
    asked = [
        Asked(text=words[key][1], answers=tuple(sorted(given, key=lambda each: each.when, reverse=True)))
        for key, given in found.items()
    ]
    return sorted(asked, key=lambda each: (-len(each.answers), each.text))

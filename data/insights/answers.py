"""The same question's answers from all meetings, side by side."""

from __future__ import annotations

from datetime import date, datetime
from operator import itemgetter
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from data.days import show_day
from data.meetings.times import starts_at
from data.records import Entry, EntryKind, Meeting, Person, Question
from data.text import fold, one_line

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from data.store import Reader


class Answered(Struct, frozen=True, kw_only=True):
    """What one person answered, on which day of the user's; several lines of one meeting are joined by
    line ends."""

    person: str
    name: str
    meeting: str
    day: date
    text: str


class Asked(Struct, frozen=True, kw_only=True):
    """One question, in the words of the last time it was asked, and its answers, newest first.

    `bank` is its id in the bank, empty for one that is in none.
    """

    text: str
    answers: tuple[Answered, ...]
    bank: str = ""
    category: str = ""


def answers(reader: Reader, zone: ZoneInfo) -> list[Asked]:
    """Every question that was answered, the one with most answers first.

    Those of people who were removed are left out, as everywhere. Two questions are the same if they come
    from the same one of the bank, or have the same words. `zone` is the user's own.
    """
    found: dict[str, list[tuple[datetime, Answered]]] = {}
    words: dict[str, tuple[datetime, Question]] = {}
    lines: dict[tuple[str, str], list[Entry]] = {}
    for entry in reader.all(Entry):
        if entry.kind is EntryKind.ANSWER and entry.question:
            lines.setdefault((entry.meeting, entry.question), []).append(entry)
    for (meeting_id, question_id), entries in lines.items():
        meeting = reader.get(Meeting, meeting_id)
        person = reader.get(Person, meeting.person) if meeting is not None else None
        if meeting is None or person is None or not person.alive:
            continue
        question = next((each for each in meeting.questions if each.id == question_id), None)
        if question is None:
            continue
        key = question.bank or fold(question.text)
        when = meeting.started or starts_at(meeting)
        if key not in words or words[key][0] < when:
            words[key] = (when, question)
        entries.sort(key=lambda each: each.order)
        answer = Answered(
            person=person.id,
            name=person.name,
            meeting=meeting.id,
            day=when.astimezone(zone).date(),
            text="\n".join(each.text for each in entries),
        )
        found.setdefault(key, []).append((when, answer))
    asked = [
        Asked(
            text=words[key][1].text,
            answers=tuple(answer for _, answer in sorted(given, key=itemgetter(0), reverse=True)),
            bank=words[key][1].bank,
            category=words[key][1].category,
        )
        for key, given in found.items()
    ]
    return sorted(asked, key=lambda each: (-len(each.answers), each.text))


def choosable(reader: Reader, zone: ZoneInfo, *, category: str = "", search: str = "") -> list[Asked]:
    """Every question to choose from: those answered first, then the rest of the bank without answers.

    `category` is one of the bank's, empty for all; all words of `search` stand in what is found.
    """
    from data.meetings.questions import bank

    everything = bank(reader)
    of = {each.id: each.category for each in everything}
    given = [replace(each, category=of.get(each.bank, each.category)) for each in answers(reader, zone)]
    known = {each.bank for each in given}
    rest = [
        Asked(text=each.text, answers=(), bank=each.id, category=each.category)
        for each in everything
        if each.id not in known
    ]
    words = fold(search).split()
    return [
        each
        for each in (*given, *rest)
        if (not category or each.category == category) and all(word in fold(each.text) for word in words)
    ]


def answers_text(asked: Asked) -> str:
    """All answers to one question as plain text: who, when, and what they said."""
    parts = []
    for answer in asked.answers:
        said = "\n".join(f"  {line}" for line in answer.text.splitlines())
        parts.append(f"{one_line(answer.name)}, {show_day(answer.day)}\n{said}")
    return "\n\n".join(parts) + "\n"

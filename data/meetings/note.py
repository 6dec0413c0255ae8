"""A meeting as a note that one would keep: facts, timeline, answers by question, leads, advice, promises."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from data.days import show_day
from data.meetings.capture import SIGNS
from data.meetings.clock import end_of
from data.meetings.markdown import inline, paragraphs
from data.meetings.times import line_minute, minute_words, overtime_words, starts_at
from data.records import (
    Advice,
    AdviceState,
    Entry,
    EntryKind,
    FollowUp,
    FollowUpKind,
    FollowUpState,
    Lead,
    LeadState,
    Medium,
    Meeting,
    MeetingStatus,
    Person,
)
from data.store import Reader
from data.text import plural
from data.zones import label, wall

_MEDIA = {Medium.VIDEO: "video call", Medium.PHONE: "phone call", Medium.IN_PERSON: "in person"}
_STATUS = {
    MeetingStatus.PLANNED: "planned",
    MeetingStatus.RUNNING: "running",
    MeetingStatus.ENDED: "",
    MeetingStatus.NO_SHOW: "they were not there",
    MeetingStatus.CALLED_OFF: "called off",
}
LEAD_STATES: dict[LeadState, str] = {
    LeadState.CAPTURED: "to act on",
    LeadState.ACTED_ON: "acted on",
    LeadState.OUTCOME: "outcome",
    LeadState.REPORTED: "they know what came of it",
}
"""What has become of a lead, in words."""
ADVICE_STATES: dict[AdviceState, str] = {
    AdviceState.OPEN: "to do",
    AdviceState.USED: "used",
    AdviceState.TOLD: "used, and they know",
    AdviceState.DECLINED: "not for me",
}
"""What has become of advice, in words."""


def lines_of(reader: Reader, meeting: Meeting) -> list[Entry]:
    """The lines of a meeting's timeline in their order."""
    return sorted(reader.where(Entry, meeting=meeting.id), key=lambda entry: entry.order)


def note(reader: Reader, meeting: Meeting, own: ZoneInfo) -> str:
    """The meeting as Markdown; `own` is the user's zone, in which its times are given."""
    person = reader.get(Person, meeting.person)
    entries = lines_of(reader, meeting)
    parts = [
        f"# {inline(person.name) if person is not None else 'Somebody'}, {_day(meeting, own)}",
        "\n".join(_facts(reader, meeting, person, own)),
    ]
    parts += _section("Objective", paragraphs(meeting.objective))
    parts += _section("Timeline", _timeline(meeting, entries))
    parts += _answers(meeting, entries)
    parts += _section("Leads", [_lead(reader, each) for each in reader.where(Lead, meeting=meeting.id)])
    parts += _section("Advice", [_advice(each) for each in reader.where(Advice, meeting=meeting.id)])
    parts += _section("Promises", _promises(reader, meeting, entries))
    left = [f"- {inline(each.text)}" for each in meeting.questions if each.asked is None and entries]
    parts += _section("Not asked", left)
    parts += _section("Research", paragraphs(meeting.research))
    return "\n\n".join(parts) + "\n"


def _section(title: str, lines: Sequence[str]) -> list[str]:
    return [f"## {title}", "\n".join(lines)] if lines else []


def _day(meeting: Meeting, own: ZoneInfo) -> str:
    start = meeting.started or starts_at(meeting)
    return show_day(wall(start, own.key, own).date())


def _facts(reader: Reader, meeting: Meeting, person: Person | None, own: ZoneInfo) -> list[str]:
    facts = []
    if person is not None and (person.title or person.company):
        facts.append(f"- {inline(', '.join(each for each in (person.title, person.company) if each))}")
    facts.append(f"- {_when(meeting, own)}")
    where = f": {inline(meeting.place)}" if meeting.place else ""
    facts.append(f"- {_MEDIA[meeting.medium]}{where}")
    introducer = (
        reader.get(Person, person.introduced_by) if person is not None and person.introduced_by else None
    )
    if introducer is not None:
        facts.append(f"- introduced by {inline(introducer.name)}")
    if meeting.thanked is not None:
        facts.append("- thanked them" if meeting.thanked else "- did not thank them in the talk")
    if status := _STATUS[meeting.status]:
        facts.append(f"- {status}")
    return facts


def _when(meeting: Meeting, own: ZoneInfo) -> str:
    start = meeting.started or starts_at(meeting)
    begun = f"{wall(start, own.key, own):%H:%M} {label(own.key)}"
    if meeting.ended is None:
        return f"{begun}, {plural(meeting.minutes, 'minute')} planned"
    took = minute_words(meeting.ended - start)
    if meeting.from_memory:
        return f"{begun}, about {took}, noted from memory"
    said = f"{begun}, {took} of {plural(meeting.minutes, 'minute')} planned"
    if offered := sum(more.minutes for more in meeting.extensions):
        said += f" and {offered} that they offered"
    over = overtime_words(meeting.ended - end_of(meeting))
    return f"{said}, {over}" if over else said


def _timeline(meeting: Meeting, entries: Sequence[Entry]) -> list[str]:
    asked = {question.id: question.text for question in meeting.questions}
    lines = []
    for entry in entries:
        minute = line_minute(entry.at, meeting.started)
        sign = SIGNS[entry.kind]
        text = inline(entry.text)
        if entry.kind is EntryKind.QUOTE:
            text = f"“{text}”"
        elif entry.kind is EntryKind.ANSWER and asked.get(entry.question):
            text = f"{text} (to: {inline(asked[entry.question])})"
        elif sign and entry.kind is not EntryKind.ANSWER:
            text = f"**{entry.kind.value}** {text}"
        lines.append(f"- {minute + ' ' if minute else ''}{text}")
    return lines


def _answers(meeting: Meeting, entries: Sequence[Entry]) -> list[str]:
    answered: dict[str, list[str]] = {}
    for entry in entries:
        if entry.kind is EntryKind.ANSWER and entry.question:
            answered.setdefault(entry.question, []).append(entry.text)
    parts = []
    for question in meeting.questions:
        if question.id in answered:
            lines = "\n".join(f"- {inline(text)}" for text in answered[question.id])
            parts += [f"### {inline(question.text)}", lines]
    return ["## Answers", *parts] if parts else []


def _lead(reader: Reader, lead: Lead) -> str:
    became = reader.get(Person, lead.person) if lead.person else None
    state = inline(lead.outcome) if lead.outcome else LEAD_STATES[lead.state]
    said = [inline(lead.text)]
    if lead.may_use_name and "name" not in lead.text.casefold():
        said.append("may use the name")
    if became is not None and became.name != lead.name:
        said.append(f"is {inline(became.name)}")
    return f"- {', '.join(said)}: {state}"


def _advice(advice: Advice) -> str:
    did = f", {inline(advice.did)}" if advice.did else ""
    return f"- {inline(advice.text)}: {ADVICE_STATES[advice.state]}{did}"


def _promises(reader: Reader, meeting: Meeting, entries: Sequence[Entry]) -> list[str]:
    owed = {
        each.entry: each
        for each in reader.where(FollowUp, meeting=meeting.id)
        if each.kind is FollowUpKind.CUSTOM and each.entry
    }
    lines = []
    for entry in entries:
        if entry.kind is not EntryKind.PROMISE:
            continue
        followup = owed.get(entry.id)
        box = "x" if followup is not None and followup.state is FollowUpState.DONE else " "
        by = f" (by {show_day(followup.due)})" if followup is not None and box == " " else ""
        lines.append(f"- [{box}] {inline(entry.text)}{by}")
    return lines

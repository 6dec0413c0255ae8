"""Everything that is known of one person, as lines: built and tested without a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from rich.cells import cell_len

from data.days import MONTHS
from data.exports.outgoing import CHANNELS, TOUCHES
from data.records import (
    Advice,
    Direction,
    Entry,
    EntryKind,
    FollowUp,
    FollowUpState,
    Kind,
    Lead,
    Meeting,
    MeetingStatus,
    Person,
    Source,
    Touch,
    TouchKind,
)
from data.text import block, one_line
from data.vocabulary import LABELS

from ..commands import key_of
from ..widgets.rows import FILL, Row

if TYPE_CHECKING:
    from data.clock import Clock
    from data.store import Store

    from ..messages import Target

LABEL_WIDTH = 11
LONGEST_NOTE = 20_000
"""Characters of a note that the sheet shows; `ctrl+g` has all of it."""

_SOURCES = {
    Source.NETWORK: "your network",
    Source.ALUMNI: "alumni",
    Source.ASSOCIATION: "an association",
    Source.REFERRAL: "an introduction",
    Source.EVENT: "an event",
    Source.COLD: "your own search",
}
_SIGNS = {
    EntryKind.NOTE: " ",
    EntryKind.LEAD: "!",
    EntryKind.ADVICE: "*",
    EntryKind.QUOTE: '"',
    EntryKind.PROMISE: "@",
    EntryKind.ANSWER: "›",
}
_STATUS = {
    MeetingStatus.PLANNED: "planned",
    MeetingStatus.RUNNING: "running now",
    MeetingStatus.ENDED: "",
    MeetingStatus.NO_SHOW: "nobody came",
    MeetingStatus.CALLED_OFF: "called off",
}

_WHERE: dict[MeetingStatus, Target] = {MeetingStatus.PLANNED: "prep", MeetingStatus.RUNNING: "meeting"}


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line of the sheet. `kind` and `target` say where enter goes; `full` is what it shows whole, and a
    `target` without a kind is a meeting that is over, of which enter shows the note."""

    id: str
    row: Row
    kind: Target | None = None
    target: str = ""
    full: str = ""
    heading: bool = False


def wrapped(text: str, width: int) -> list[str]:
    """`text` in lines of at most `width` cells, broken between words where that is possible."""
    width = max(8, width)
    lines: list[str] = []
    for paragraph in block(text).split("\n"):
        line = ""
        for word in paragraph.split(" "):
            while cell_len(word) > width:
                if line:
                    lines.append(line)
                    line = ""
                head, word = _cut(word, width)
                lines.append(head)
            joined = f"{line} {word}" if line else word
            if cell_len(joined) > width:
                lines.append(line)
                line = word
            else:
                line = joined
        lines.append(line)
    return lines


def _cut(word: str, width: int) -> tuple[str, str]:
    at = cells = 0
    for at, char in enumerate(word):  # noqa: B007 - its last value is used
        cells += cell_len(char)
        if cells > width:
            break
    return word[: max(1, at)], word[max(1, at) :]


class Sheet:
    """The sheet of one person, from a store at one moment."""

    def __init__(self, store: Store, clock: Clock, person: Person) -> None:
        self._store = store
        self._clock = clock
        self._person = person
        self._zone = clock.zone()
        self._today = clock.now().astimezone(self._zone).date()

    # -- the left side: what is so -------------------------------------------------------------------

    def facts(self, width: int) -> list[SheetLine]:
        """What is known now, what is owed, what they gave and whom they led to; `width` in cells."""
        lines = [
            *self._standing(),
            *self._owed(),
            *self._reach(),
            *self._leads(),
            *self._advice(),
            *self._led_to(),
            *self._notes(width),
            *self._former(),
        ]
        return lines or [
            SheetLine(
                "none", ((f"Nothing is known yet. {key_of('person.edit')} adds what you know.", "dim"),)
            )
        ]

    def _fact(
        self, id: str, label: str, value: str, kind: Target | None = None, target: str = ""
    ) -> SheetLine:
        shown = one_line(value[:2_000])
        row: Row = ((label.ljust(LABEL_WIDTH), "dim"), (shown, "accent" if kind else "plain"))
        return SheetLine(id, row, kind, target, full=value)

    def _heading(self, id: str, text: str, note: str = "") -> Iterator[SheetLine]:
        yield SheetLine(f"{id}-gap", (), heading=True)
        row: Row = ((text, "strong"),) if not note else ((text, "strong"), FILL, (note, "warn"))
        yield SheetLine(id, row, heading=True)

    def _standing(self) -> Iterator[SheetLine]:
        from data.followups.queue import short_day

        person = self._person
        since = ""
        if person.stage_since is not None:
            since = f" since {short_day(person.stage_since.astimezone(self._zone).date(), self._today)}"
        yield self._fact("stage", "Stage", f"{LABELS[person.stage]}{since}")
        if person.look_again_on is not None:
            yield self._fact("again", "Look again", short_day(person.look_again_on, self._today))
        if person.kind is Kind.PERSON:
            yield self._fact("tier", "Tier", person.tier.value or f"none ({key_of('person.tier')} sets it)")
        yield self._fact("source", "Found via", _SOURCES[person.source])
        if introducer := self._name(person.introduced_by):
            yield self._fact("via", "Introduced", f"by {introducer}", "person", person.introduced_by)
        for lead in self._store.where(Lead, person=person.id):
            if lead.giver != person.introduced_by and (giver := self._name(lead.giver)):
                yield self._fact(f"named-{lead.id}", "Named", f"by {giver}", "person", lead.giver)
        if person.connected_on is not None:
            yield self._fact("connected", "Connected", f"since {short_day(person.connected_on, self._today)}")
        if person.fields:
            yield self._fact("fields", "Fields", ", ".join(person.fields))
        if person.tags:
            yield self._fact("tags", "Tags", " ".join(f"#{tag}" for tag in person.tags))

    def _owed(self) -> Iterator[SheetLine]:
        from data.followups.queue import Group, items

        line = next((each for each in self._store.people() if each.id == self._person.id), None)
        if line is None:
            return
        open_ones = [
            each
            for each in self._store.where(FollowUp, person=self._person.id)
            if each.state is FollowUpState.OPEN
        ]
        people = {each.id: each for each in self._store.people()} if any(f.about for f in open_ones) else {}
        found = items(open_ones, {**people, line.id: line}, self._clock)
        if found:
            yield from self._heading("owed", "To do")
        for item in found:
            sign, role = {Group.OVERDUE: ("!! ", "late"), Group.TODAY: ("! ", "warn")}.get(
                item.group, ("  ", "plain")
            )
            row: Row = ((f"{sign}{item.label}", role), (f"  {item.due}", "dim"))
            yield SheetLine(f"f-{item.followup.id}", row, "followup", item.followup.id, item.followup.why)

    def _reach(self) -> Iterator[SheetLine]:
        from data.zones import label, zone_info

        person = self._person
        if not (person.emails or person.linkedin or person.phones or person.links or person.location):
            return
        yield from self._heading("reach", "Where to reach them")
        for number, email in enumerate(person.emails):
            yield self._fact(f"email-{number}", "Mail", email)
        if person.linkedin:
            yield self._fact("linkedin", "LinkedIn", person.linkedin)
        for number, phone in enumerate(person.phones):
            yield self._fact(f"phone-{number}", "Phone", phone)
        for number, link in enumerate(person.links):
            yield self._fact(f"link-{number}", "Page", link)
        if person.location:
            yield self._fact("place", "Place", person.location)
        if person.zone:
            there = self._clock.now().astimezone(zone_info(person.zone, self._zone))
            yield self._fact("zone", "Their time", f"{there:%H:%M} ({label(person.zone)})")

    def _leads(self) -> Iterator[SheetLine]:
        from data.followups.ledger import STATES, lead_label, leads_given, owed_to

        leads = leads_given(self._store, self._person.id)
        if not leads:
            return
        owed = owed_to(self._store, self._person.id)
        yield from self._heading("leads", "Leads they gave")
        if sentence := owed.sentence(self._person.name):
            yield SheetLine(
                "owed-news", ((f"{sentence}.", "warn" if owed.news else "dim"),), "lead", leads[0].id
            )
        for lead in leads:
            became = self._store.get(Person, lead.person) if lead.person else None
            sign = "✓ " if lead.state.value == "reported" else "› "
            row: Row = ((sign, "dim"), (lead_label(lead, became), "plain"), FILL, (STATES[lead.state], "dim"))
            yield SheetLine(f"l-{lead.id}", row, "lead", lead.id)

    def _advice(self) -> Iterator[SheetLine]:
        from data.followups.ledger import ADVICE_STATES

        advice = self._store.where(Advice, giver=self._person.id)
        if advice:
            yield from self._heading("advice", "Advice they gave")
        for each in advice:
            row: Row = (("* ", "dim"), (each.text, "plain"), FILL, (ADVICE_STATES[each.state], "dim"))
            yield SheetLine(f"a-{each.id}", row, "ledger", each.id)

    def _led_to(self) -> Iterator[SheetLine]:
        from data.followups.ledger import led_to

        people = led_to(self._store, self._person.id)
        if people:
            yield from self._heading("led", f"Led you to {len(people)}")
        for each in people:
            role = " · ".join(part for part in (each.title, each.company) if part)
            row: Row = (
                (each.name, "accent"),
                (f"  {role}" if role else "", "dim"),
                FILL,
                (LABELS[each.stage], "dim"),
            )
            yield SheetLine(f"p-{each.id}", row, "person", each.id)

    def _notes(self, width: int) -> Iterator[SheetLine]:
        notes = self._person.notes.strip()
        if not notes:
            return
        yield from self._heading("notes", "Notes")
        lines = wrapped(notes[:LONGEST_NOTE], width)
        if len(notes) > LONGEST_NOTE:
            lines.append(f"… {key_of('person.notes')} shows all of it.")
        for number, line in enumerate(lines):
            yield SheetLine(f"note-{number}", ((line, "plain"),))

    def _former(self) -> Iterator[SheetLine]:
        if self._person.former:
            yield from self._heading("former", "What was so before")
        for number, each in enumerate(reversed(self._person.former)):
            row: Row = (
                (each.field.replace("_", " ").ljust(LABEL_WIDTH), "dim"),
                (each.value, "plain"),
                FILL,
                (f"until {each.until:%Y-%m}", "dim"),
            )
            yield SheetLine(f"former-{number}", row, full=each.value)

    # -- the right side: what happened ---------------------------------------------------------------

    def history(self, width: int) -> list[SheetLine]:
        """Touches and meetings, the newest first; a meeting with its lines. `width` in cells."""
        from data.meetings.times import starts_at

        happened: list[tuple[datetime, list[SheetLine]]] = []
        held: set[str] = set()
        for meeting in self._store.where(Meeting, person=self._person.id):
            held.add(meeting.id)
            happened.append((meeting.started or starts_at(meeting), list(self._meeting(meeting, width))))
        for touch in self._store.where(Touch, person=self._person.id):
            if touch.kind is not TouchKind.MEETING or touch.meeting not in held:
                happened.append((touch.at, [self._touch(touch)]))
        happened.sort(key=lambda each: each[0], reverse=True)
        return [line for _, lines in happened for line in lines]

    def _touch(self, touch: Touch) -> SheetLine:
        sign = {Direction.OUT: "→", Direction.IN: "←", Direction.BOTH: "⇄"}[touch.direction]
        what = TOUCHES[touch.kind]
        if about := self._name(touch.about):
            what += f": {about}"
        way = f" {CHANNELS[touch.channel]}" if touch.channel in CHANNELS else ""
        words = " ".join(one_line(touch.text[:400]).split())
        row: Row = (
            (f"{self._day(touch.at)} ", "dim"),
            (f"{sign} ", "dim"),
            (what + way, "plain"),
            (f"  {words}" if words else "", "dim"),
        )
        full = "\n\n".join(part for part in (touch.subject, touch.text) if part)
        target: tuple[Target | None, str] = ("person", touch.about) if about and not full else (None, "")
        return SheetLine(f"t-{touch.id}", row, *target, full=full)

    def _meeting(self, meeting: Meeting, width: int) -> Iterator[SheetLine]:
        from data.meetings.times import minute_words, starts_at

        at = meeting.started or starts_at(meeting)
        length = f"{meeting.minutes} min"
        if (
            meeting.started is not None
            and meeting.ended is not None
            and meeting.status is MeetingStatus.ENDED
        ):
            length = minute_words(meeting.ended - meeting.started)
        status = _STATUS[meeting.status]
        words = " · ".join(part for part in (f"{at.astimezone(self._zone):%H:%M}", length, status) if part)
        kind: Target | None = _WHERE.get(meeting.status)
        if meeting.status is MeetingStatus.ENDED and meeting.wrapped is None:
            kind = "wrap_up"
            words += " · ! to wrap up"
        row: Row = ((f"{self._day(at)} ", "dim"), ("● ", "accent"), ("Meeting ", "strong"), (words, "dim"))
        yield SheetLine(f"m-{meeting.id}", row, kind, meeting.id)
        asked = {question.id: question.text for question in meeting.questions}
        entries = sorted(self._store.where(Entry, meeting=meeting.id), key=lambda entry: entry.order)
        for entry in entries:
            yield from self._entry(entry, meeting, asked.get(entry.question, ""), width)

    def _entry(self, entry: Entry, meeting: Meeting, question: str, width: int) -> Iterator[SheetLine]:
        from data.meetings.times import line_minute

        minute = line_minute(entry.at, meeting.started)
        head = f"         {minute:>5} {_SIGNS[entry.kind]} "
        text = f"{question} {entry.text}" if question else entry.text
        full = f"{question}\n\n{entry.text}" if question else entry.text
        for number, line in enumerate(_few(wrapped(text[:2_000], width - len(head)))):
            start = head if number == 0 else " " * len(head)
            role = "accent" if entry.kind in (EntryKind.LEAD, EntryKind.PROMISE) else "plain"
            yield SheetLine(f"e-{entry.id}-{number}", ((start, "dim"), (line, role)), full=full)

    # -- small parts ---------------------------------------------------------------------------------

    def _name(self, id: str) -> str:
        person = self._store.get(Person, id) if id else None
        return person.name if person is not None else ""

    def _day(self, at: datetime) -> str:
        day = at.astimezone(self._zone).date()
        text = f"{day.day:>2} {MONTHS[day.month - 1]}"
        return f"{text}   " if day.year == self._today.year else f"{text} {day.year % 100:02}"


_MOST_LINES = 6


def _few(lines: Iterable[str]) -> list[str]:
    """At most six of an entry's lines; the last says that there are more."""
    shown = list(lines)
    return (
        shown
        if len(shown) <= _MOST_LINES
        else [*shown[: _MOST_LINES - 1], f"… {key_of('list.choose')} shows all of it."]
    )

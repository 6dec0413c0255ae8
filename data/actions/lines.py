"""The lines of a meeting: keep them, change them, take them away, and what is made from them.

A lead, advice or promise is a record of its own that carries its line's id: changing the line changes
it, another kind converts it, and it never doubles.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from data.actions.meetings import name_of
from data.clock import Clock, today
from data.errors import UserError
from data.followups import engine
from data.followups.events import LeadChanged, Promised
from data.meetings.capture import Line, read_line
from data.meetings.lead_words import understand_lead
from data.meetings.promise_words import promised_by
from data.records import (
    Advice,
    AdviceState,
    Entry,
    EntryKind,
    FollowUp,
    FollowUpState,
    Lead,
    LeadState,
    Meeting,
    MeetingStatus,
    new_id,
)
from data.store import Reader, Store, Transaction


def lines_of(reader: Reader, meeting_id: str) -> list[Entry]:
    """The lines of a meeting in their order."""
    return sorted(reader.where(Entry, meeting=meeting_id), key=lambda entry: entry.order)


def last_order(entries: Sequence[Entry]) -> int:
    """The place of the last of them; 0 where there is none. What comes after it is counted on from there,
    since a line that was taken away leaves its place empty."""
    return max((entry.order for entry in entries), default=0)


def keep_lines(
    store: Store, clock: Clock, meeting_id: str, lines: Sequence[Line], question: str = ""
) -> list[Entry]:
    """Keep lines of a meeting, in their order, at this moment; leads and advice are made from theirs.

    `question` is the id of the question that the lines answer.
    """
    with store.transaction("Kept a line") as tx:
        meeting = _meeting(tx, meeting_id)
        tx.title = f"Kept {'a line' if len(lines) == 1 else f'{len(lines)} lines'} of {name_of(tx, meeting)}"
        before = tx.where(Entry, meeting=meeting_id)
        at = _line_instant(meeting, before, clock)
        kept = []
        for place, line in enumerate(lines, last_order(before) + 1):
            entry = Entry(
                id=new_id(),
                meeting=meeting_id,
                kind=EntryKind.ANSWER if question else line.kind,
                text=line.text,
                at=at,
                order=place,
                question=question,
            )
            kept.append(tx.put(entry))
            make(tx, clock, meeting, entry)
        if question:
            mark_asked(tx, clock, meeting, question)
        return kept


def change_line(store: Store, clock: Clock, entry_id: str, line: Line) -> Entry:
    """Change a kept line's words or kind. What was made from it is converted, never doubled.

    Raises UserError where a lead, advice or promise has moved on, so that another kind would lose that.
    """
    with store.transaction("Changed a line") as tx:
        entry = tx.get(Entry, entry_id)
        if entry is None:
            raise UserError("This line is no longer there.")
        meeting = _meeting(tx, entry.meeting)
        tx.title = f"Changed a line of {name_of(tx, meeting)}"
        keeps_answer = entry.kind is EntryKind.ANSWER and line.kind in (EntryKind.ANSWER, EntryKind.NOTE)
        kind = EntryKind.ANSWER if keeps_answer else line.kind
        changed = replace(entry, kind=kind, text=line.text, question=entry.question if keeps_answer else "")
        if changed == entry:
            return entry
        tx.put(changed)
        if kind is not entry.kind:
            _unmake(tx, entry)
        make(tx, clock, meeting, changed, entry.text)
        return changed


def remove_line(store: Store, entry_id: str) -> None:
    """Take a line away, and what was made from it."""
    with store.transaction("Removed a line") as tx:
        entry = tx.get(Entry, entry_id)
        if entry is None:
            return
        _unmake(tx, entry)
        tx.remove(entry)


def _line_instant(meeting: Meeting, before: Sequence[Entry], clock: Clock) -> datetime | None:
    """The instant of a line: none outside of a running meeting, and never before its start or the lines
    `before` it, also when the machine's clock was set back in between."""
    if meeting.status is not MeetingStatus.RUNNING or meeting.started is None:
        return None
    return max(meeting.started, clock.now(), *(entry.at for entry in before if entry.at is not None))


def make(tx: Transaction, clock: Clock, meeting: Meeting, entry: Entry, before: str = "") -> None:
    """Make or keep up the lead, advice or promise of a line, whose words were `before`."""
    if entry.kind is EntryKind.LEAD:
        old = next(iter(tx.where(Lead, entry=entry.id)), None)
        lead = old or Lead(
            id=new_id(),
            giver=meeting.person,
            text=entry.text,
            meeting=meeting.id,
            entry=entry.id,
            captured=clock.now(),
        )
        lead = _reread(replace(lead, text=entry.text), before if old is not None else "")
        tx.put(lead)
        if meeting.wrapped is not None:
            engine.apply(tx, LeadChanged(lead=lead.id), clock)
    elif entry.kind is EntryKind.ADVICE:
        old_advice = next(iter(tx.where(Advice, entry=entry.id)), None)
        advice = old_advice or Advice(
            id=new_id(),
            giver=meeting.person,
            text=entry.text,
            meeting=meeting.id,
            entry=entry.id,
            captured=clock.now(),
        )
        tx.put(replace(advice, text=entry.text))
    elif entry.kind is EntryKind.PROMISE and meeting.wrapped is not None:
        for followup in tx.where(FollowUp, entry=entry.id):
            if followup.state is FollowUpState.OPEN:
                tx.put(replace(followup, words=entry.text))
                return
        event = Promised(
            person=meeting.person,
            words=entry.text,
            due=promised_by(entry.text, today(clock)),
            meeting=meeting.id,
            entry=entry.id,
        )
        engine.apply(tx, event, clock)


def _reread(lead: Lead, before: str) -> Lead:
    """What the lead's words say now; what the user corrected by hand, or became of it, stays."""
    was, now = understand_lead(before), understand_lead(lead.text)
    if lead.person or lead.state is not LeadState.CAPTURED:
        return lead
    return replace(
        lead,
        kind=now.kind if lead.kind is was.kind else lead.kind,
        name=now.name if lead.name == was.name else lead.name,
        company=now.company if lead.company == was.company else lead.company,
        may_use_name=now.may_use_name if lead.may_use_name is was.may_use_name else lead.may_use_name,
    )


def _unmake(tx: Transaction, entry: Entry) -> None:
    """Take away what was made from a line, as long as nothing came of it. Raises UserError otherwise."""
    moved_on = "moved on already: change its words, but leave what it is."
    for lead in tx.where(Lead, entry=entry.id):
        if lead.person or lead.state is not LeadState.CAPTURED:
            raise UserError(f"This lead has {moved_on}")
        for followup in tx.where(FollowUp, lead=lead.id):
            tx.remove(followup)
        tx.remove(lead)
    for advice in tx.where(Advice, entry=entry.id):
        if advice.state is not AdviceState.OPEN:
            raise UserError(f"This advice has {moved_on}")
        tx.remove(advice)
    for followup in tx.where(FollowUp, entry=entry.id):
        if followup.state is FollowUpState.DONE:
            raise UserError(f"This promise has {moved_on}")
        tx.remove(followup)


def mark_asked(tx: Transaction, clock: Clock, meeting: Meeting, question_id: str) -> Meeting:
    now = clock.now()
    questions = tuple(
        replace(each, asked=each.asked or now) if each.id == question_id else each
        for each in meeting.questions
    )
    return tx.put(replace(meeting, questions=questions))


def read_lines(text: str) -> list[Line]:
    """Lines typed in one go, each with its sign; what looks like a command is a note."""
    found = []
    for typed in text.splitlines():
        line = read_line(typed, plain=typed.startswith("/"))
        if isinstance(line, Line):
            found.append(line)
    return found


def _meeting(reader: Reader, meeting_id: str) -> Meeting:
    meeting = reader.get(Meeting, meeting_id)
    if meeting is None:
        raise UserError("This meeting is no longer there.")
    return meeting

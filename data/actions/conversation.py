"""A meeting while it runs: begin, keep lines, tick questions, take what they offer, end.

Each function is one action of the user: one transaction. A line is on disk when its function returns.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from msgspec.structs import replace

from data.actions.meetings import alive, checked_minutes, name_of, new_meeting, to_stage
from data.clock import Clock, local_now
from data.errors import UserError
from data.followups import engine
from data.followups.events import Ended, LeadChanged, LeadDropped, Promised
from data.meetings.capture import Line, read_line
from data.meetings.clock import PROMISED, passed_ids, promised_end_at
from data.meetings.lead_words import understand_lead
from data.records import (
    Advice,
    Direction,
    Entry,
    EntryKind,
    Extension,
    FollowUp,
    FollowUpState,
    Lead,
    LeadState,
    Medium,
    Meeting,
    MeetingStatus,
    Person,
    Stage,
    Touch,
    TouchKind,
    new_id,
)
from data.store import Reader, Store, Transaction
from data.text import one_line


def running(reader: Reader) -> Meeting | None:
    """The meeting that runs now, if one does."""
    return next((each for each in reader.all(Meeting) if each.status is MeetingStatus.RUNNING), None)


def lines_of(reader: Reader, meeting_id: str) -> list[Entry]:
    """The lines of a meeting in their order."""
    return sorted(reader.where(Entry, meeting=meeting_id), key=lambda entry: entry.order)


def begin(store: Store, clock: Clock, meeting_id: str, choice: str = PROMISED) -> Meeting:
    """Begin a planned meeting. After a late start `choice` says which end is promised (data.meetings.clock).

    Raises UserError if another one runs.
    """
    with store.transaction("Began a meeting") as tx:
        meeting = tx.get(Meeting, meeting_id)
        if meeting is None or meeting.status is not MeetingStatus.PLANNED:
            raise UserError("This meeting has begun or is over already.")
        tx.title = f"Began the meeting with {name_of(tx, meeting)}"
        return _begin(tx, clock, meeting, promised_end_at(meeting, clock.now(), choice))


def begin_now(store: Store, clock: Clock, person: Person, minutes: int = 0) -> Meeting:
    """Begin a meeting with somebody here and now, prepared or not."""
    with store.transaction(f"Began a meeting with {one_line(person.name)}") as tx:
        wall = local_now(clock).replace(tzinfo=None, second=0, microsecond=0)
        meeting = new_meeting(
            tx,
            clock,
            alive(tx, person.id),
            starts=wall,
            zone=clock.zone().key,
            minutes=minutes,
            medium=Medium.IN_PERSON,
        )
        return _begin(tx, clock, meeting, clock.now() + timedelta(minutes=meeting.minutes))


def _begin(tx: Transaction, clock: Clock, meeting: Meeting, promised_end: datetime) -> Meeting:
    other = running(tx)
    if other is not None:
        raise UserError(f"The meeting with {name_of(tx, other)} still runs: end it first with /end.")
    first = meeting.questions[0].id if meeting.questions else ""
    return tx.put(
        replace(
            meeting,
            status=MeetingStatus.RUNNING,
            started=clock.now(),
            promised_end=promised_end,
            current_question=meeting.current_question or first,
        )
    )


def promise(store: Store, clock: Clock, meeting_id: str, choice: str) -> Meeting:
    """Choose the promised end after a late start: as planned, or the whole length from the start."""

    def change(meeting: Meeting) -> Meeting:
        return replace(meeting, promised_end=promised_end_at(meeting, meeting.started or clock.now(), choice))

    return _live(store, clock, meeting_id, "Chose the end", change)


def keep_lines(
    store: Store, clock: Clock, meeting_id: str, lines: Sequence[Line], question: str = ""
) -> list[Entry]:
    """Keep lines of a meeting, in their order, at this moment; leads and advice are made from theirs.

    `question` is the id of the question that the lines answer.
    """
    with store.transaction("Kept a line") as tx:
        meeting = _of(tx, meeting_id)
        tx.title = f"Kept {'a line' if len(lines) == 1 else f'{len(lines)} lines'} of {name_of(tx, meeting)}"
        at = clock.now() if meeting.status is MeetingStatus.RUNNING else None
        order = max((entry.order for entry in tx.where(Entry, meeting=meeting_id)), default=0)
        kept = []
        for place, line in enumerate(lines, order + 1):
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
            _make(tx, clock, meeting, entry)
        if question:
            _ask(tx, clock, meeting, question)
        return kept


def change_line(store: Store, clock: Clock, entry_id: str, line: Line) -> Entry:
    """Change a kept line's words or kind. What was made from it is converted, never doubled."""
    with store.transaction("Changed a line") as tx:
        entry = tx.get(Entry, entry_id)
        if entry is None:
            raise UserError("This line is no longer there.")
        meeting = _of(tx, entry.meeting)
        tx.title = f"Changed a line of {name_of(tx, meeting)}"
        keeps_answer = entry.kind is EntryKind.ANSWER and line.kind in (EntryKind.ANSWER, EntryKind.NOTE)
        kind = EntryKind.ANSWER if keeps_answer else line.kind
        changed = replace(entry, kind=kind, text=line.text, question=entry.question if keeps_answer else "")
        if changed == entry:
            return entry
        tx.put(changed)
        if kind is not entry.kind:
            _unmake(tx, clock, entry)
        _make(tx, clock, meeting, changed)
        return changed


def remove_line(store: Store, clock: Clock, entry_id: str) -> None:
    """Take a line away, and what was made from it."""
    with store.transaction("Removed a line") as tx:
        entry = tx.get(Entry, entry_id)
        if entry is None:
            return
        _unmake(tx, clock, entry)
        tx.remove(entry)


def _make(tx: Transaction, clock: Clock, meeting: Meeting, entry: Entry) -> None:
    """Make or keep up the lead, advice or promise of a line."""
    if entry.kind is EntryKind.LEAD:
        read = understand_lead(entry.text)
        old = next(iter(tx.where(Lead, entry=entry.id)), None)
        lead = old or Lead(
            id=new_id(),
            giver=meeting.person,
            text=entry.text,
            meeting=meeting.id,
            entry=entry.id,
            captured=clock.now(),
        )
        lead = replace(lead, text=entry.text)
        if lead.state is LeadState.CAPTURED and not lead.person:
            lead = replace(
                lead, kind=read.kind, name=read.name, company=read.company, may_use_name=read.may_use_name
            )
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
        event = Promised(person=meeting.person, words=entry.text, meeting=meeting.id, entry=entry.id)
        engine.apply(tx, event, clock)


def _unmake(tx: Transaction, clock: Clock, entry: Entry) -> None:
    for lead in tx.where(Lead, entry=entry.id):
        engine.apply(tx, LeadDropped(lead=lead.id), clock)
        tx.remove(lead)
    for advice in tx.where(Advice, entry=entry.id):
        tx.remove(advice)
    for followup in tx.where(FollowUp, entry=entry.id):
        if followup.state is FollowUpState.OPEN:
            tx.put(replace(followup, state=FollowUpState.CANCELLED, closed=clock.now()))


def show_question(store: Store, clock: Clock, meeting_id: str, question_id: str) -> Meeting:
    """Make a question the current one."""
    return _live(
        store, clock, meeting_id, "Turned to a question", lambda m: replace(m, current_question=question_id)
    )


def tick_question(store: Store, clock: Clock, meeting_id: str, question_id: str) -> Meeting:
    """Tick a question as asked and go on to the next one, or take the tick away."""
    with store.transaction("Ticked a question") as tx:
        meeting = _of(tx, meeting_id)
        tx.title = f"Ticked a question to {name_of(tx, meeting)}"
        question = next((each for each in meeting.questions if each.id == question_id), None)
        if question is None:
            raise UserError("There is no question to tick: prepare some with a on the Prep screen.")
        if question.asked is None:
            asked = _ask(tx, clock, meeting, question_id)
            return tx.put(replace(asked, current_question=_next_open(asked, question_id)))
        questions = tuple(replace(q, asked=None) if q.id == question_id else q for q in meeting.questions)
        return tx.put(replace(meeting, questions=questions))


def _ask(tx: Transaction, clock: Clock, meeting: Meeting, question_id: str) -> Meeting:
    now = clock.now()
    questions = tuple(
        replace(each, asked=each.asked or now) if each.id == question_id else each
        for each in meeting.questions
    )
    return tx.put(replace(meeting, questions=questions))


def _next_open(meeting: Meeting, after: str) -> str:
    ids = [each.id for each in meeting.questions]
    start = ids.index(after) + 1
    for question in (*meeting.questions[start:], *meeting.questions[:start]):
        if question.asked is None:
            return question.id
    return after


def extend(store: Store, clock: Clock, meeting_id: str, minutes: int = 5) -> Meeting:
    """They offered more minutes: the end moves, and the record keeps that it was their offer."""
    return _live(
        store,
        clock,
        meeting_id,
        f"Noted {minutes} min more, offered",
        lambda m: replace(m, extensions=(*m.extensions, Extension(at=clock.now(), minutes=minutes))),
    )


def mute(store: Store, clock: Clock, meeting_id: str) -> Meeting:
    """Turn the cues of this meeting off, or on again."""
    return _live(store, clock, meeting_id, "Turned the cues", lambda m: replace(m, muted=not m.muted))


def end(store: Store, clock: Clock, meeting_id: str) -> Meeting:
    """End the meeting: it is logged as a contact, the person moves to *Met*, and the wrap-up is due."""
    with store.transaction("Ended the meeting") as tx:
        meeting = _of(tx, meeting_id)
        if meeting.status is not MeetingStatus.RUNNING:
            raise UserError("This meeting is over already.")
        tx.title = f"Ended the meeting with {name_of(tx, meeting)}"
        ended = tx.put(
            replace(
                meeting,
                status=MeetingStatus.ENDED,
                ended=clock.now(),
                cues=passed_ids(meeting, clock.now()),
            )
        )
        took_place(tx, clock, ended, clock.now())
        return ended


def took_place(tx: Transaction, clock: Clock, meeting: Meeting, at: datetime) -> None:
    """What follows from any meeting that took place: the touch, the stage, the wrap-up that is due."""
    person = tx.get(Person, meeting.person)
    tx.put(
        Touch(
            id=new_id(),
            person=meeting.person,
            kind=TouchKind.MEETING,
            direction=Direction.BOTH,
            at=at,
            meeting=meeting.id,
        )
    )
    if person is not None and person.alive:
        to_stage(tx, clock, person, Stage.MET)
    engine.apply(tx, Ended(meeting=meeting.id), clock)


def log_afterwards(
    store: Store,
    clock: Clock,
    person: Person,
    *,
    starts: datetime,
    zone: str,
    at: datetime,
    minutes: int,
    text: str = "",
    medium: Medium = Medium.IN_PERSON,
) -> Meeting:
    """Log a meeting that took place without a clock: `starts` is wall time in `zone`, `at` its instant.

    `text` holds its lines, each with its sign, as in the meeting.
    """
    with store.transaction(f"Logged the meeting with {one_line(person.name)}") as tx:
        found = alive(tx, person.id)
        ended = min(at + timedelta(minutes=checked_minutes(minutes)), clock.now())
        meeting = replace(
            new_meeting(tx, clock, found, starts=starts, zone=zone, minutes=minutes, medium=medium),
            status=MeetingStatus.ENDED,
            started=at,
            ended=max(at, ended),
            promised_end=at + timedelta(minutes=minutes),
            from_memory=True,
        )
        tx.put(meeting)
        for order, line in enumerate(read_lines(text), 1):
            entry = Entry(id=new_id(), meeting=meeting.id, kind=line.kind, text=line.text, order=order)
            tx.put(entry)
            _make(tx, clock, meeting, entry)
        took_place(tx, clock, meeting, max(at, ended))
        return meeting


def read_lines(text: str) -> list[Line]:
    """Lines typed in one go, each with its sign; what looks like a command is a note."""
    found = []
    for typed in text.splitlines():
        line = read_line(typed, plain=typed.startswith("/"))
        if isinstance(line, Line):
            found.append(line)
    return found


def _of(reader: Reader, meeting_id: str) -> Meeting:
    meeting = reader.get(Meeting, meeting_id)
    if meeting is None:
        raise UserError("This meeting is no longer there.")
    return meeting


def _live(
    store: Store, clock: Clock, meeting_id: str, title: str, change: Callable[[Meeting], Meeting]
) -> Meeting:
    """Change a running meeting; what the clock has said so far is remembered beside it."""
    with store.transaction(title) as tx:
        meeting = _of(tx, meeting_id)
        if meeting.status is not MeetingStatus.RUNNING:
            raise UserError("This meeting does not run any more.")
        tx.title = f"{title} in the meeting with {name_of(tx, meeting)}"
        changed = change(meeting)
        return tx.put(replace(changed, cues=passed_ids(meeting, clock.now())))

"""A meeting while it runs: begin, keep lines, tick questions, take what they offer, end.

Each function is one action of the user: one transaction. A line is on disk when its function returns.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from msgspec.structs import replace

from data.actions.lines import (
    change_line,
    keep_lines,
    last_order,
    lines_of,
    make,
    mark_asked,
    read_lines,
    remove_line,
)
from data.actions.meetings import alive, checked_minutes, name_of, new_meeting, to_stage
from data.clock import Clock, local_now
from data.errors import UserError
from data.followups import engine
from data.followups.events import Ended
from data.meetings.clock import PROMISED, cues, passed_ids, promised_end_at
from data.meetings.schedule import running_meeting
from data.meetings.times import starts_at
from data.records import (
    Direction,
    Entry,
    Extension,
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
from data.text import short

__all__ = [
    "begin",
    "begin_now",
    "change_line",
    "end",
    "extend",
    "keep_lines",
    "lines_of",
    "log_afterwards",
    "mute",
    "note_cues",
    "promise",
    "remove_line",
    "running",
    "show_question",
    "tick_question",
]


def running(reader: Reader) -> Meeting | None:
    """The meeting that runs now, if one does."""
    return running_meeting(reader)


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
    with store.transaction(f"Began a meeting with {short(person.name)}") as tx:
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
            # One that was begun before, and taken back, speaks again.
            cues=(),
            muted=False,
        )
    )


def promise(store: Store, clock: Clock, meeting_id: str, choice: str) -> Meeting:
    """Choose the promised end after a late start: as planned, or the whole length from the start.

    Whoever chooses late may have been shown the cues of the earlier end; the later one warns, too.
    """

    def change(meeting: Meeting) -> Meeting:
        now = clock.now()
        moved = replace(meeting, promised_end=promised_end_at(meeting, meeting.started or now, choice))
        ahead = {cue.id for cue in cues(moved) if cue.at > now}
        return replace(moved, cues=tuple(shown for shown in meeting.cues if shown not in ahead))

    return _live(store, clock, meeting_id, "Chose the end", change)


def show_question(store: Store, clock: Clock, meeting_id: str, question_id: str) -> Meeting:
    """Make a question the current one."""
    return _live(
        store,
        clock,
        meeting_id,
        "Turned to a question",
        lambda m: replace(m, current_question=question_id),
        undoable=False,
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
            asked = mark_asked(tx, clock, meeting, question_id)
            return tx.put(replace(asked, current_question=_next_open(asked, question_id)))
        questions = tuple(replace(q, asked=None) if q.id == question_id else q for q in meeting.questions)
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
    return _live(
        store,
        clock,
        meeting_id,
        "Turned the cues",
        lambda m: replace(m, muted=not m.muted),
        undoable=False,
    )


def note_cues(store: Store, clock: Clock, meeting_id: str) -> Meeting | None:
    """Remember that the cue which stands now was shown, so that it shows once, also after a crash.

    Those slept through count as shown. No step of undo; nothing is written when there is nothing new.
    """
    meeting = store.get(Meeting, meeting_id)
    if meeting is None or meeting.status is not MeetingStatus.RUNNING:
        return meeting
    with store.transaction("Gave a word in time", undoable=False) as tx:
        found = tx.get(Meeting, meeting_id) or meeting
        return tx.put(replace(found, cues=passed_ids(found, clock.now())))


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
                ended=max(meeting.started or clock.now(), clock.now()),
                cues=passed_ids(meeting, clock.now()),
            )
        )
        took_place(tx, clock, ended, ended.started or clock.now())
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
) -> Meeting:
    """Log a meeting that took place without a clock: `starts` is wall time in `zone`, `at` its instant.

    `text` holds its lines, each with its sign, as in the meeting. One that was planned for about then is
    this meeting, with its medium, and with its lines above the new ones; another is a talk in person.
    Raises UserError if it is still to come.
    """
    if at > clock.now():
        raise UserError("That is still to come: log it when it has happened.")
    with store.transaction(f"Logged the meeting with {short(person.name)}") as tx:
        found = alive(tx, person.id)
        ended = min(at + timedelta(minutes=checked_minutes(minutes)), clock.now())
        arranged = _planned_about(tx, found, at)
        if arranged is not None:
            arranged = replace(arranged, starts=starts, zone=zone, minutes=minutes)
        meeting = replace(
            arranged
            or new_meeting(
                tx, clock, found, starts=starts, zone=zone, minutes=minutes, medium=Medium.IN_PERSON
            ),
            status=MeetingStatus.ENDED,
            started=at,
            ended=max(at, ended),
            promised_end=at + timedelta(minutes=minutes),
            from_memory=True,
        )
        tx.put(meeting)
        above = last_order(tx.where(Entry, meeting=meeting.id))
        for order, line in enumerate(read_lines(text), above + 1):
            entry = Entry(id=new_id(), meeting=meeting.id, kind=line.kind, text=line.text, order=order)
            tx.put(entry)
            make(tx, clock, meeting, entry)
        took_place(tx, clock, meeting, max(at, ended))
        return meeting


def _planned_about(reader: Reader, person: Person, at: datetime) -> Meeting | None:
    """The meeting planned with somebody for about that instant, if there is one."""
    planned = [
        each for each in reader.where(Meeting, person=person.id) if each.status is MeetingStatus.PLANNED
    ]
    near = [each for each in planned if abs(starts_at(each) - at) <= timedelta(hours=12)]
    return min(near, key=lambda each: abs(starts_at(each) - at), default=None)


def _of(reader: Reader, meeting_id: str) -> Meeting:
    meeting = reader.get(Meeting, meeting_id)
    if meeting is None:
        raise UserError("This meeting is no longer there.")
    return meeting


def _live(
    store: Store,
    clock: Clock,
    meeting_id: str,
    title: str,
    change: Callable[[Meeting], Meeting],
    *,
    undoable: bool = True,
) -> Meeting:
    """Change a running meeting; what the clock has said so far is remembered beside it."""
    with store.transaction(title, undoable=undoable) as tx:
        meeting = _of(tx, meeting_id)
        if meeting.status is not MeetingStatus.RUNNING:
            raise UserError("This meeting does not run any more.")
        tx.title = f"{title} in the meeting with {name_of(tx, meeting)}"
        return tx.put(change(replace(meeting, cues=passed_ids(meeting, clock.now()))))

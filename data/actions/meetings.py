"""Meetings before they begin: arranging, moving, calling off, and everything that is prepared for them.

Each function is one action of the user: one transaction, named in the past tense.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from msgspec.structs import replace

from data.actions import common
from data.clock import Clock
from data.errors import UserError
from data.followups import engine
from data.followups.events import CalledOff, Scheduled
from data.meetings.introductions import count_words, usual
from data.meetings.questions import BankQuestion, moved, prepared, starred
from data.records import (
    CheckItem,
    Introduction,
    Kind,
    Medium,
    Meeting,
    MeetingStatus,
    OwnQuestion,
    Person,
    Profile,
    Question,
    Rehearsal,
    Stage,
    new_id,
)
from data.store import Reader, Store, Transaction
from data.text import short

LONGEST_MINUTES = 480
MEETABLE = (MeetingStatus.PLANNED, MeetingStatus.RUNNING)


def default_objective(profile: Profile) -> str:
    """What a first conversation is for: to learn, not to ask for a job."""
    field = profile.target_field or "this field"
    return (
        f"Learn how people really work in {field}, and what I should do next. "
        "I am not asking for a job today."
    )


def new_meeting(
    reader: Reader,
    clock: Clock,
    person: Person,
    *,
    starts: datetime,
    zone: str,
    minutes: int = 0,
    medium: Medium = Medium.VIDEO,
    place: str = "",
) -> Meeting:
    """A meeting with what is known of the user filled in; it isn't kept yet. `starts` is naive, in `zone`."""
    profile = reader.profile
    introduction = usual(reader.all(Introduction))
    return Meeting(
        id=new_id(),
        person=person.id,
        starts=starts.replace(tzinfo=None),
        zone=zone,
        minutes=checked_minutes(minutes or profile.usual_minutes),
        medium=medium,
        place=place.strip(),
        objective=default_objective(profile),
        introduction=introduction.id if introduction is not None else "",
        created=clock.now(),
    )


def checked_minutes(minutes: int) -> int:
    """The length if it is one. Raises UserError (one sentence) otherwise."""
    if not 2 <= minutes <= LONGEST_MINUTES:
        raise UserError(f"A meeting takes 2 to {LONGEST_MINUTES} minutes: usual are 15, 20 and 30.")
    return minutes


def schedule(
    store: Store,
    clock: Clock,
    person: Person,
    *,
    starts: datetime,
    zone: str,
    minutes: int = 0,
    medium: Medium = Medium.VIDEO,
    place: str = "",
) -> Meeting:
    """Arrange a meeting and move the person to *Scheduled*. `starts` is wall time in the IANA `zone`."""
    with store.transaction(f"Scheduled {short(person.name)}") as tx:
        found = alive(tx, person.id)
        meeting = new_meeting(
            tx, clock, found, starts=starts, zone=zone, minutes=minutes, medium=medium, place=place
        )
        tx.put(meeting)
        to_stage(tx, clock, found, Stage.SCHEDULED)
        engine.apply(tx, Scheduled(meeting=meeting.id), clock)
        return meeting


def move(
    store: Store, clock: Clock, meeting_id: str, *, starts: datetime, zone: str, minutes: int = 0
) -> Meeting:
    """Arrange another time for a meeting, also for one that was called off or missed."""
    with store.transaction("Moved a meeting") as tx:
        meeting = tx.get(Meeting, meeting_id)
        if meeting is None or meeting.status in (MeetingStatus.RUNNING, MeetingStatus.ENDED):
            raise UserError("This meeting has begun or is over already.")
        tx.title = f"Moved the meeting with {name_of(tx, meeting)}"
        ticked = tuple(item for item in meeting.ticked if item not in ("confirmed", "time"))
        changed = replace(
            meeting,
            starts=starts.replace(tzinfo=None),
            zone=zone,
            minutes=checked_minutes(minutes or meeting.minutes),
            ticked=ticked,
            status=MeetingStatus.PLANNED,
            started=None,
            ended=None,
            promised_end=None,
        )
        tx.put(changed)
        person = tx.get(Person, meeting.person)
        if person is not None and person.alive:
            to_stage(tx, clock, person, Stage.SCHEDULED)
        engine.apply(tx, Scheduled(meeting=meeting_id), clock)
        return changed


def call_off(store: Store, clock: Clock, meeting_id: str, *, anew: bool = True) -> Meeting:
    """A planned meeting won't take place; with `anew` a new time is looked for."""
    return _drop(store, clock, meeting_id, MeetingStatus.CALLED_OFF, anew)


def no_show(store: Store, clock: Clock, meeting_id: str) -> Meeting:
    """Nobody came: a new time is looked for, kindly."""
    return _drop(store, clock, meeting_id, MeetingStatus.NO_SHOW, anew=True)


def _drop(store: Store, clock: Clock, meeting_id: str, status: MeetingStatus, anew: bool) -> Meeting:
    missed = status is MeetingStatus.NO_SHOW
    with store.transaction("Called off a meeting") as tx:
        meeting = tx.get(Meeting, meeting_id)
        if meeting is None or meeting.status not in MEETABLE:
            raise UserError("This meeting is over already.")
        tx.title = (
            f"{'Noted that nobody came' if missed else 'Called off the meeting'}: {name_of(tx, meeting)}"
        )
        changed = replace(meeting, status=status, ended=clock.now() if meeting.started else None)
        tx.put(changed)
        person = tx.get(Person, meeting.person)
        if person is not None and person.stage is Stage.SCHEDULED and not _planned_with(tx, person.id):
            met = any(each.status is MeetingStatus.ENDED for each in tx.where(Meeting, person=person.id))
            to_stage(tx, clock, person, Stage.IN_TOUCH if met else Stage.ASKED)
        engine.apply(tx, CalledOff(meeting=meeting_id, missed=missed, anew=anew), clock)
        return changed


def _planned_with(reader: Reader, person: str) -> bool:
    return any(each.status in MEETABLE for each in reader.where(Meeting, person=person))


def update(store: Store, meeting_id: str, title: str, change: Callable[[Meeting], Meeting]) -> Meeting:
    """Change what is prepared for a meeting; `title` gets "for NAME" appended."""
    with store.transaction(title) as tx:
        meeting = tx.get(Meeting, meeting_id)
        if meeting is None:
            raise UserError("This meeting is no longer there.")
        tx.title = f"{title} for {name_of(tx, meeting)}"
        return tx.put(change(meeting))


def set_place(store: Store, meeting_id: str, medium: Medium, place: str) -> Meeting:
    """Set where it takes place: the link of a call, a number, an address. A new link has to be tested."""

    def change(meeting: Meeting) -> Meeting:
        ticked = meeting.ticked
        if place.strip() != meeting.place:
            ticked = tuple(item for item in ticked if item != "link")
        return replace(meeting, medium=medium, place=place.strip(), ticked=ticked)

    return update(store, meeting_id, "Set the place", change)


def set_objective(store: Store, meeting_id: str, text: str) -> Meeting:
    """Set what the conversation is for."""
    return update(store, meeting_id, "Set the objective", lambda m: replace(m, objective=text.strip()))


def set_research(store: Store, meeting_id: str, text: str) -> Meeting:
    """Set the page of research notes."""
    return update(store, meeting_id, "Wrote research", lambda m: replace(m, research=text.rstrip()))


def set_introduction(store: Store, meeting_id: str, introduction_id: str) -> Meeting:
    """Choose the variant of the introduction."""
    return update(
        store, meeting_id, "Chose an introduction", lambda m: replace(m, introduction=introduction_id)
    )


def tick(store: Store, meeting_id: str, item: str) -> Meeting:
    """Tick an item of the checklist by hand, or take the tick away; an own item by its id."""

    def change(meeting: Meeting) -> Meeting:
        if any(own.id == item for own in meeting.own_items):
            own_items = tuple(
                replace(own, done=not own.done) if own.id == item else own for own in meeting.own_items
            )
            return replace(meeting, own_items=own_items)
        if item in meeting.ticked:
            return replace(meeting, ticked=tuple(each for each in meeting.ticked if each != item))
        return replace(meeting, ticked=(*meeting.ticked, item))

    return update(store, meeting_id, "Ticked an item", change)


def add_item(store: Store, meeting_id: str, text: str) -> Meeting:
    """Add an item of one's own to the checklist."""
    words = " ".join(text.split())
    if not words:
        raise UserError("There is nothing to add yet: type what you want to have ready.")
    item = CheckItem(id=new_id(), text=words)
    return update(store, meeting_id, "Added an item", lambda m: replace(m, own_items=(*m.own_items, item)))


def remove_item(store: Store, meeting_id: str, item: str) -> Meeting:
    """Take an own item off the checklist."""
    return update(
        store,
        meeting_id,
        "Removed an item",
        lambda m: replace(m, own_items=tuple(own for own in m.own_items if own.id != item)),
    )


# Questions


def add_question(store: Store, meeting_id: str, question: BankQuestion) -> Meeting:
    """Put a question of the bank on the list, behind the others; one that is there already stays once."""

    def change(meeting: Meeting) -> Meeting:
        if any(each.bank == question.id for each in meeting.questions):
            return meeting
        return replace(meeting, questions=(*meeting.questions, prepared(question)))

    return update(store, meeting_id, "Added a question", change)


def add_own_question(store: Store, meeting_id: str, question: OwnQuestion) -> Meeting:
    """Put a question of one's own into the own bank, and on the list."""
    if not question.text:
        raise UserError("There is no question yet: type it as you would ask it.")
    mine = BankQuestion(
        id=question.id, category=question.category, text=question.text, seconds=question.seconds, own=True
    )
    with store.transaction("Added a question") as tx:
        meeting = tx.get(Meeting, meeting_id)
        if meeting is None:
            raise UserError("This meeting is no longer there.")
        tx.title = f"Added a question for {name_of(tx, meeting)}"
        tx.put(question)
        return tx.put(replace(meeting, questions=(*meeting.questions, prepared(mine))))


def reword_question(store: Store, meeting_id: str, question_id: str, text: str, seconds: int = 0) -> Meeting:
    """Change the words of a question for this meeting only, and how long it takes."""
    words = " ".join(text.split())
    if not words:
        raise UserError("A question needs words: write some, or take it off the list.")
    return _questions(
        store,
        meeting_id,
        "Reworded a question",
        lambda listed: tuple(
            replace(each, text=words, seconds=seconds or each.seconds) if each.id == question_id else each
            for each in listed
        ),
    )


def star_question(store: Store, meeting_id: str, question_id: str) -> Meeting:
    """Star a question as one that must be asked, or take the star away."""
    return _questions(store, meeting_id, "Starred a question", lambda listed: starred(listed, question_id))


def move_question(store: Store, meeting_id: str, question_id: str, step: int) -> Meeting:
    """Move a question up (negative `step`) or down."""
    return _questions(store, meeting_id, "Moved a question", lambda listed: moved(listed, question_id, step))


def remove_question(store: Store, meeting_id: str, question_id: str) -> Meeting:
    """Take a question off the list."""
    return _questions(
        store,
        meeting_id,
        "Removed a question",
        lambda listed: tuple(each for each in listed if each.id != question_id),
    )


def _questions(
    store: Store,
    meeting_id: str,
    title: str,
    change: Callable[[tuple[Question, ...]], tuple[Question, ...]],
) -> Meeting:
    return update(
        store, meeting_id, title, lambda meeting: replace(meeting, questions=change(meeting.questions))
    )


# Introductions


def save_introduction(store: Store, introduction: Introduction, meeting_id: str = "") -> Introduction:
    """Keep a variant of the introduction, and choose it for a meeting."""
    if not introduction.text.strip():
        raise UserError("There is nothing to keep yet: write past, present and where to.")
    with store.transaction(f"Wrote the introduction “{short(introduction.title)}”") as tx:
        meeting = tx.get(Meeting, meeting_id) if meeting_id else None
        if meeting is not None:
            tx.put(replace(meeting, introduction=introduction.id))
        return tx.put(introduction)


def log_rehearsal(store: Store, clock: Clock, introduction: Introduction, seconds: float) -> Rehearsal:
    """Keep that the introduction was rehearsed, and how many seconds it took."""
    with store.transaction(f"Rehearsed “{short(introduction.title)}”") as tx:
        return tx.put(
            Rehearsal(
                id=new_id(),
                introduction=introduction.id,
                at=clock.now(),
                seconds=round(max(0.0, seconds), 1),
                words=count_words(introduction.text),
            )
        )


# Shared with the other actions on meetings


def name_of(reader: Reader, meeting: Meeting) -> str:
    """With whom a meeting is."""
    person = reader.get(Person, meeting.person)
    return short(person.name) if person is not None else "somebody"


def alive(reader: Reader, person_id: str) -> Person:
    """The person, as stored now. Raises UserError if they were removed or merged meanwhile."""
    person = reader.get(Person, person_id)
    if person is None or not person.alive:
        raise UserError("This person is no longer in your network.")
    return person


def to_stage(tx: Transaction, clock: Clock, person: Person, stage: Stage) -> Person:
    """Put somebody into another column; groups have a stage, too."""
    if person.stage is stage or (person.kind is Kind.GROUP and stage is Stage.MET):
        return person
    return common.to_stage(tx, clock, person, stage)

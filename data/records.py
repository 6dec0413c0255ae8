"""The records that Inroad keeps, as typed classes: the words of the design, section 2.

Records are immutable; change one with `msgspec.structs.replace(record, field=value)` and put it back
in a transaction. Everything refers to a record by its string `id`, never by TinyDB's integer key.
Instants are aware datetimes in UTC; a wall time is a naive datetime beside the name of its IANA zone;
a day is a date of the user's own calendar. An empty string means "not known".
"""

# No `from __future__ import annotations` here: msgspec would compile each field's words anew at the start.

import os
from datetime import date, datetime
from typing import Annotated, ClassVar, TypeVar

from msgspec import Meta, Struct

from data.vocabulary import (
    BOARD,
    AdviceState,
    Channel,
    Direction,
    EntryKind,
    FollowUpKind,
    FollowUpState,
    Kind,
    LeadKind,
    LeadState,
    Medium,
    MeetingStatus,
    Source,
    Stage,
    Tier,
    TouchKind,
)

__all__ = [
    "BOARD",
    "PROFILE_ID",
    "Advice",
    "AdviceState",
    "Channel",
    "CheckItem",
    "Direction",
    "Entry",
    "EntryKind",
    "Extension",
    "FollowUp",
    "FollowUpKind",
    "FollowUpState",
    "Former",
    "Instant",
    "Introduction",
    "Kind",
    "Lead",
    "LeadKind",
    "LeadState",
    "Medium",
    "Meeting",
    "MeetingStatus",
    "OwnQuestion",
    "Person",
    "PersonLine",
    "Profile",
    "Question",
    "R",
    "Record",
    "Rehearsal",
    "Source",
    "Stage",
    "TemplateOverride",
    "Tier",
    "Touch",
    "TouchKind",
    "WallTime",
    "new_id",
]

Instant = Annotated[datetime, Meta(tz=True)]
"""A moment on the world's time line."""
WallTime = Annotated[datetime, Meta(tz=False)]
"""What a clock on the wall shows; a zone stands beside it."""
Minutes = Annotated[int, Meta(ge=0, le=10_000)]
"""How long a conversation is: what is longer than a week is a mistake, and no clock could reckon with it."""


def new_id() -> str:
    """A new random id of 64 bits: never the same twice, in any process."""
    return os.urandom(8).hex()


class Record(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """What every record has: its table, and an id of its own that everything else refers to.

    A record holds words, numbers and days, and so can't be part of a circle: the collector of circular
    garbage passes them all over. Looking at 50,000 of them would hold up the screen, again and again.
    """

    table: ClassVar[str]
    id: str


R = TypeVar("R", bound=Record)


class Former(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """What a field of a person held until `until`, when an import or a merge put something else there.

    `by` says what did: a file's name, or the name of the person merged.
    """

    field: str
    value: str
    until: date
    by: str = ""


class Person(Record, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody in the network, or a group of them.

    `identities` holds every email and profile URL that ever belonged to them, normalised by
    `data.people.identities`; `imported` the value that an import last wrote to a field, so that a
    later import changes only what the user did not (a list as its items, a line each), and under "by"
    which kind of file it was; `former` is what imports and merges replaced, `not_same` the ids of those
    who look alike and of whom the user said that they are others. A merged or removed person stays as a
    tombstone, so that the next import does not bring them back.
    """

    table: ClassVar[str] = "people"
    kind: Kind = Kind.PERSON
    name: str
    company: str = ""
    title: str = ""
    fields: tuple[str, ...] = ()
    location: str = ""
    zone: str = ""
    emails: tuple[str, ...] = ()
    linkedin: str = ""
    links: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    identities: tuple[str, ...] = ()
    birthday: str = ""
    source: Source = Source.NETWORK
    introduced_by: str = ""
    connected_on: date | None = None
    stage: Stage = Stage.NETWORK
    stage_since: Instant | None = None
    look_again_on: date | None = None
    tier: Tier = Tier.NONE
    notes: str = ""
    tags: tuple[str, ...] = ()
    imported: dict[str, str] = {}
    former: tuple[Former, ...] = ()
    not_same: tuple[str, ...] = ()
    created: Instant | None = None
    merged_into: str = ""
    removed: bool = False

    @property
    def alive(self) -> bool:
        """Whether this is somebody, not the tombstone of a merged or removed person."""
        return not (self.merged_into or self.removed)


class PersonLine(Struct, frozen=True, kw_only=True, gc=False):
    """What a list needs of a person, decoded without the rest of the document."""

    id: str
    kind: Kind = Kind.PERSON
    name: str
    company: str = ""
    title: str = ""
    fields: tuple[str, ...] = ()
    location: str = ""
    emails: tuple[str, ...] = ()
    linkedin: str = ""
    source: Source = Source.NETWORK
    introduced_by: str = ""
    connected_on: date | None = None
    stage: Stage = Stage.NETWORK
    stage_since: Instant | None = None
    look_again_on: date | None = None
    tier: Tier = Tier.NONE
    tags: tuple[str, ...] = ()
    merged_into: str = ""
    removed: bool = False

    @property
    def alive(self) -> bool:
        """Whether this is somebody, not the tombstone of a merged or removed person."""
        return not (self.merged_into or self.removed)


class Question(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A question prepared for one meeting, in the words as asked; `bank` is its id in the bank."""

    id: str
    text: str
    bank: str = ""
    category: str = ""
    seconds: int = 120
    starred: bool = False
    asked: Instant | None = None


class CheckItem(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """An item of the user's own on a meeting's checklist."""

    id: str
    text: str
    done: bool = False


class Extension(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """Minutes that *they* offered on top of the promise, and when."""

    at: Instant
    minutes: Minutes


class Meeting(Record, frozen=True, kw_only=True, omit_defaults=True):
    """One conversation. At most one runs at a time.

    `starts` is wall time in `zone`; `promised_end` is the instant until which we promised to take
    (set at the start, without extensions). `ticked` are the ids of checklist items ticked by hand,
    `cues` those of the clock's cues already shown.
    """

    table: ClassVar[str] = "meetings"
    person: str
    starts: WallTime
    zone: str
    minutes: Minutes = 20
    medium: Medium = Medium.VIDEO
    place: str = ""
    objective: str = ""
    research: str = ""
    introduction: str = ""
    questions: tuple[Question, ...] = ()
    current_question: str = ""
    ticked: tuple[str, ...] = ()
    own_items: tuple[CheckItem, ...] = ()
    status: MeetingStatus = MeetingStatus.PLANNED
    started: Instant | None = None
    ended: Instant | None = None
    promised_end: Instant | None = None
    extensions: tuple[Extension, ...] = ()
    cues: tuple[str, ...] = ()
    muted: bool = False
    from_memory: bool = False
    thanked: bool | None = None
    wrapped: Instant | None = None
    created: Instant | None = None


class Entry(Record, frozen=True, kw_only=True, omit_defaults=True):
    """One line of a meeting's timeline, at its minute. An answer names the question it answers.

    A line logged afterwards has no clock: `at` is None, and `order` alone tells its place.
    """

    table: ClassVar[str] = "entries"
    meeting: str
    kind: EntryKind = EntryKind.NOTE
    text: str
    at: Instant | None = None
    order: int = 0
    question: str = ""


class Lead(Record, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody or something that a person (`giver`) pointed to.

    `person` is who the lead became. `reported_on` is the day the giver heard the outcome.
    """

    table: ClassVar[str] = "leads"
    giver: str
    kind: LeadKind = LeadKind.PERSON
    text: str
    name: str = ""
    company: str = ""
    may_use_name: bool = False
    state: LeadState = LeadState.CAPTURED
    due: date | None = None
    next_step: str = ""
    outcome: str = ""
    person: str = ""
    meeting: str = ""
    entry: str = ""
    captured: Instant | None = None
    acted_on: date | None = None
    outcome_on: date | None = None
    reported_on: date | None = None


class Advice(Record, frozen=True, kw_only=True, omit_defaults=True):
    """What a person told the user to do, what the user did, and whether that person knows."""

    table: ClassVar[str] = "advice"
    giver: str
    text: str
    state: AdviceState = AdviceState.OPEN
    did: str = ""
    meeting: str = ""
    entry: str = ""
    captured: Instant | None = None
    used_on: date | None = None
    told_on: date | None = None


class FollowUp(Record, frozen=True, kw_only=True, omit_defaults=True):
    """One thing owed to one person, due on a local date and, where hours matter, at an instant.

    `why` is one plain sentence; `about` is another person that it concerns (who was introduced, who
    introduced); `number` counts nudges; `occasion` (data.followups.occasions) tells apart what one kind
    is for: a thank-you after a "no" is not one after a meeting. `subject` and `draft` hold the message
    once the user has changed it, empty while the template still speaks.
    """

    table: ClassVar[str] = "followups"
    person: str
    kind: FollowUpKind
    due: date
    due_at: Instant | None = None
    state: FollowUpState = FollowUpState.OPEN
    why: str = ""
    words: str = ""
    about: str = ""
    meeting: str = ""
    entry: str = ""
    lead: str = ""
    advice: str = ""
    number: int = 0
    occasion: str = ""
    interval_days: int = 0
    channel: Channel = Channel.NONE
    subject: str = ""
    draft: str = ""
    snoozed: int = 0
    skip_reason: str = ""
    created: Instant | None = None
    closed: Instant | None = None


class Touch(Record, frozen=True, kw_only=True, omit_defaults=True):
    """One contact that took place, in either direction; what was sent is kept word for word."""

    table: ClassVar[str] = "touches"
    person: str
    kind: TouchKind
    direction: Direction = Direction.OUT
    at: Instant
    channel: Channel = Channel.NONE
    subject: str = ""
    text: str = ""
    about: str = ""
    meeting: str = ""
    followup: str = ""


class Introduction(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A variant of how the user introduces themselves: past, present, where to."""

    table: ClassVar[str] = "introductions"
    title: str
    text: str
    seconds: int = 30


class Rehearsal(Record, frozen=True, kw_only=True, omit_defaults=True):
    """One rehearsal of an introduction against the clock."""

    table: ClassVar[str] = "rehearsals"
    introduction: str
    at: Instant
    seconds: float
    words: int


class OwnQuestion(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A question that the user added to the bank."""

    table: ClassVar[str] = "questions"
    text: str
    category: str
    seconds: int = 120


class TemplateOverride(Record, frozen=True, kw_only=True, omit_defaults=True):
    """The user's own version of a message template; `base` is the version of ours that it came from."""

    table: ClassVar[str] = "templates"
    text: str
    base: str = ""


class Profile(Record, frozen=True, kw_only=True, omit_defaults=True):
    """Who the user is and how they want Inroad to work; one record, id `profile`.

    `rules` holds the user's changes to the numbers in `data.rules`, by name.
    """

    table: ClassVar[str] = "settings"
    name: str = ""
    target_field: str = ""
    target_titles: tuple[str, ...] = ()
    usual_minutes: int = 20
    signature: str = ""
    premium: bool = False
    bell: bool = False
    terminal_title: bool = False
    rules: dict[str, int] = {}
    holidays: tuple[date, ...] = ()
    welcomed: bool = False
    new_role: str = ""
    """What the user has landed, as it stands behind "I start as": `product designer at Figma`."""


PROFILE_ID = "profile"

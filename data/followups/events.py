"""What happened: the events that the engine turns into follow-ups. Ids are those of the records."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct

from data.records import Direction, Stage


class Answer(StrEnum):
    """What somebody said when asked."""

    YES = "yes"
    NO = "no"
    LATER = "later"
    REFERRED = "referred"


class Event(Struct, frozen=True, kw_only=True):
    """Something that happened."""


class Sent(Event, frozen=True, kw_only=True):
    """A first message went out to `person`; for an introduction (`occasion`) to `about`, if to a name."""

    person: str
    at: datetime
    occasion: str = ""
    about: str = ""


class Nudged(Event, frozen=True, kw_only=True):
    """The nudge of that number went out."""

    person: str
    at: datetime
    number: int
    occasion: str = ""
    about: str = ""


class Answered(Event, frozen=True, kw_only=True):
    """They answered; `until` is the day a "not now" names."""

    person: str
    at: datetime
    answer: Answer
    until: date | None = None


class Scheduled(Event, frozen=True, kw_only=True):
    """A meeting was arranged, or moved to another time."""

    meeting: str


class CalledOff(Event, frozen=True, kw_only=True):
    """A planned meeting won't take place, or (`missed`) nobody came; with `anew` a new time is sought."""

    meeting: str
    missed: bool = False
    anew: bool = True


class Ended(Event, frozen=True, kw_only=True):
    """A meeting ended, and its wrap-up is still to do."""

    meeting: str


class Met(Event, frozen=True, kw_only=True):
    """A meeting was wrapped up; without a `meeting` they met somewhere, and that is all there is."""

    person: str
    at: datetime
    meeting: str = ""


class LeadChanged(Event, frozen=True, kw_only=True):
    """A lead was caught, changed, or is in another state."""

    lead: str


class LeadDropped(Event, frozen=True, kw_only=True):
    """A lead was taken away."""

    lead: str


class AdviceChanged(Event, frozen=True, kw_only=True):
    """A piece of advice was caught, used, told or declined."""

    advice: str


class Promised(Event, frozen=True, kw_only=True):
    """The user promised something, in `words`; from a meeting's `entry`, if from one."""

    person: str
    words: str
    due: date | None = None
    meeting: str = ""
    entry: str = ""


class Touched(Event, frozen=True, kw_only=True):
    """Any other contact, in either direction."""

    person: str
    at: datetime
    direction: Direction = Direction.OUT


class TierChanged(Event, frozen=True, kw_only=True):
    """How often to keep in touch was set."""

    person: str


class Snoozed(Event, frozen=True, kw_only=True):
    """A follow-up was put off until a day."""

    followup: str
    until: date


class Skipped(Event, frozen=True, kw_only=True):
    """A follow-up was left out; what it would have led to may still be owed."""

    followup: str


class Parked(Event, frozen=True, kw_only=True):
    """Somebody was parked or taken off the board, from the stage `came_from`."""

    person: str
    came_from: Stage = Stage.NETWORK


class Revived(Event, frozen=True, kw_only=True):
    """Somebody parked is back."""

    person: str


class Withdrawn(Event, frozen=True, kw_only=True):
    """Asking was taken back: a move to the left."""

    person: str


class Removed(Event, frozen=True, kw_only=True):
    """Somebody was removed altogether."""

    person: str


class Landed(Event, frozen=True, kw_only=True):
    """The user got the job: each person who helped, with what they gave in words."""

    gave: tuple[tuple[str, str], ...]

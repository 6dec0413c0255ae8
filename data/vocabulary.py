"""The words that records are written in: kinds, stages, states (the design, section 2)."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What a contact is. A group is asked, answers and introduces, but is nobody's coffee chat."""

    PERSON = "person"
    GROUP = "group"


class Source(StrEnum):
    """How somebody was found."""

    NETWORK = "network"
    ALUMNI = "alumni"
    ASSOCIATION = "association"
    REFERRAL = "referral"
    EVENT = "event"
    COLD = "cold"


class Stage(StrEnum):
    """Where somebody stands. `network` and `parked` are off the board."""

    NETWORK = "network"
    TO_ASK = "to_ask"
    ASKED = "asked"
    SCHEDULED = "scheduled"
    MET = "met"
    IN_TOUCH = "in_touch"
    PARKED = "parked"


BOARD: tuple[Stage, ...] = (Stage.TO_ASK, Stage.ASKED, Stage.SCHEDULED, Stage.MET, Stage.IN_TOUCH)
"""The board's columns, left to right."""
LABELS: dict[Stage, str] = {
    Stage.NETWORK: "Network",
    Stage.TO_ASK: "To ask",
    Stage.ASKED: "Asked",
    Stage.SCHEDULED: "Scheduled",
    Stage.MET: "Met",
    Stage.IN_TOUCH: "In touch",
    Stage.PARKED: "Parked",
}
"""What a stage is called on the screen."""


class Tier(StrEnum):
    """How often to keep in touch: A five weeks, B three months, C six months."""

    NONE = ""
    A = "A"
    B = "B"
    C = "C"


class Medium(StrEnum):
    """Where a conversation takes place."""

    VIDEO = "video"
    PHONE = "phone"
    IN_PERSON = "in_person"


class MeetingStatus(StrEnum):
    """What has become of a meeting."""

    PLANNED = "planned"
    RUNNING = "running"
    ENDED = "ended"
    NO_SHOW = "no_show"
    CALLED_OFF = "called_off"


class EntryKind(StrEnum):
    """What a line of a meeting's timeline is."""

    NOTE = "note"
    LEAD = "lead"
    ADVICE = "advice"
    QUOTE = "quote"
    PROMISE = "promise"
    ANSWER = "answer"


class LeadKind(StrEnum):
    """What a lead points to."""

    PERSON = "person"
    COMPANY = "company"
    EVENT = "event"
    RESOURCE = "resource"


class LeadState(StrEnum):
    """A lead is closed only when the person who gave it has heard what came of it."""

    CAPTURED = "captured"
    ACTED_ON = "acted_on"
    OUTCOME = "outcome"
    REPORTED = "reported"


class AdviceState(StrEnum):
    """What I did with what they told me."""

    OPEN = "open"
    USED = "used"
    TOLD = "told"
    DECLINED = "declined"


class FollowUpKind(StrEnum):
    """What is owed."""

    OUTREACH = "outreach"
    NUDGE = "nudge"
    CONFIRM = "confirm"
    WRAP_UP = "wrap_up"
    THANK_YOU = "thank_you"
    CONNECT = "connect"
    LEAD = "lead"
    REPORT_BACK = "report_back"
    PROGRESS = "progress"
    CHECK_IN = "check_in"
    CUSTOM = "custom"


class FollowUpState(StrEnum):
    """What has become of a follow-up."""

    OPEN = "open"
    DONE = "done"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"


class Direction(StrEnum):
    """Who made contact."""

    OUT = "out"
    IN = "in"
    BOTH = "both"


class TouchKind(StrEnum):
    """What a contact was."""

    OUTREACH = "outreach"
    NUDGE = "nudge"
    ANSWER_YES = "answer_yes"
    ANSWER_NO = "answer_no"
    ANSWER_LATER = "answer_later"
    ANSWER_REFERRED = "answer_referred"
    INTRO_REQUEST = "intro_request"
    MEETING = "meeting"
    MESSAGE = "message"
    THANK_YOU = "thank_you"
    CONNECT = "connect"
    REPORT_BACK = "report_back"
    OTHER = "other"


class Channel(StrEnum):
    """The way a message takes."""

    NONE = ""
    EMAIL = "email"
    LINKEDIN_NOTE = "linkedin_note"
    LINKEDIN = "linkedin"
    TEXT = "text"
    PHONE = "phone"
    IN_PERSON = "in_person"

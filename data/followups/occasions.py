"""What a follow-up is for, where its kind alone doesn't say; and what each is called."""

from __future__ import annotations

from enum import StrEnum

from data.records import FollowUp, FollowUpKind


class Occasion(StrEnum):
    """The value of `FollowUp.occasion`."""

    NONE = ""
    AGAIN = "again"
    """An outreach to somebody asked before: the day to look again has come."""
    INTRODUCTION = "introduction"
    """A nudge after asking for an introduction to `about`."""
    WHOM = "whom"
    """A nudge after asking "whom do you know in …?"."""
    SCHEDULE = "schedule"
    """They said yes: find a time."""
    NEW_TIME = "new_time"
    """A meeting was called off or missed: find a new one."""
    REPLY = "reply"
    """They wrote while being asked: answer them."""
    NO = "no"
    """Thanks for an honest no, after which they are parked."""
    NOT_NOW = "not_now"
    """Thanks for a "not now", after which they are parked until the day they named."""
    REFERRAL = "referral"
    """Thanks for naming somebody else."""
    INTRODUCER = "introducer"
    """Thanks or news to whoever introduced `about`."""
    LANDED = "landed"
    """Thanks when the user got the job; `words` is what they gave."""
    OUTCOME = "outcome"
    """See what came of a lead that was acted on."""
    PROMISE = "promise"
    """What the user promised, in `words`."""


CLOSING = frozenset({Occasion.NO, Occasion.NOT_NOW})
"""After these thanks the person is parked."""

_LABELS: dict[FollowUpKind, str] = {
    FollowUpKind.OUTREACH: "ask",
    FollowUpKind.NUDGE: "nudge",
    FollowUpKind.CONFIRM: "confirm",
    FollowUpKind.WRAP_UP: "wrap-up",
    FollowUpKind.THANK_YOU: "thank-you",
    FollowUpKind.CONNECT: "connect",
    FollowUpKind.LEAD: "lead",
    FollowUpKind.REPORT_BACK: "news",
    FollowUpKind.PROGRESS: "progress",
    FollowUpKind.CHECK_IN: "check-in",
    FollowUpKind.CUSTOM: "to do",
}
_OCCASION_LABELS: dict[str, str] = {
    Occasion.AGAIN: "ask again",
    Occasion.SCHEDULE: "find a time",
    Occasion.NEW_TIME: "find a new time",
    Occasion.REPLY: "reply",
    Occasion.PROMISE: "promise",
    Occasion.OUTCOME: "lead's outcome",
}

ORDER: tuple[FollowUpKind, ...] = (
    FollowUpKind.CONFIRM,
    FollowUpKind.THANK_YOU,
    FollowUpKind.WRAP_UP,
    FollowUpKind.CUSTOM,
    FollowUpKind.REPORT_BACK,
    FollowUpKind.LEAD,
    FollowUpKind.CONNECT,
    FollowUpKind.NUDGE,
    FollowUpKind.OUTREACH,
    FollowUpKind.PROGRESS,
    FollowUpKind.CHECK_IN,
)
"""Of two equally late, the one that stands first here comes first: what was promised to somebody or can't
wait, then what one owes, then what one would like."""
_RANK = {kind: place for place, kind in enumerate(ORDER)}


def rank(followup: FollowUp) -> int:
    """The place of its kind in `ORDER`."""
    return _RANK[followup.kind]


def label(followup: FollowUp) -> str:
    """What it is called on a card: `thank-you`, `nudge`, `find a time`."""
    return _OCCASION_LABELS.get(followup.occasion) or _LABELS[followup.kind]


def phrase(followup: FollowUp, name: str, about: str = "") -> str:
    """What to do, by name and without a date: `thank Tomás Rey`, `nudge Lena Fischer`. `about` is whom it
    is about, or what a lead points to."""
    kind, occasion = followup.kind, followup.occasion
    if occasion == Occasion.SCHEDULE:
        return f"find a time with {name}"
    if occasion == Occasion.NEW_TIME:
        return f"find a new time with {name}"
    if occasion == Occasion.REPLY:
        return f"reply to {name}"
    if occasion == Occasion.AGAIN:
        return f"ask {name} again"
    if occasion == Occasion.OUTCOME:
        return f"see what came of {about}, {name}’s lead" if about else f"see what came of {name}’s lead"
    if kind is FollowUpKind.CUSTOM:
        return f"{name}: {followup.words}" if followup.words else f"write to {name}"
    if kind is FollowUpKind.LEAD and about:
        return f"act on {about}, {name}’s lead"
    if kind is FollowUpKind.NUDGE and about:
        return f"nudge {name} about {about}"
    if occasion == Occasion.INTRODUCER and about:
        verb = "thank" if kind is FollowUpKind.THANK_YOU else "tell"
        return f"{verb} {name} {'for' if verb == 'thank' else 'about'} {about}"
    return _PHRASES[kind].format(name=name)


_PHRASES: dict[FollowUpKind, str] = {
    FollowUpKind.OUTREACH: "ask {name}",
    FollowUpKind.NUDGE: "nudge {name}",
    FollowUpKind.CONFIRM: "confirm with {name}",
    FollowUpKind.WRAP_UP: "wrap up the meeting with {name}",
    FollowUpKind.THANK_YOU: "thank {name}",
    FollowUpKind.CONNECT: "connect with {name}",
    FollowUpKind.LEAD: "act on {name}’s lead",
    FollowUpKind.REPORT_BACK: "tell {name} the news",
    FollowUpKind.PROGRESS: "tell {name} your progress",
    FollowUpKind.CHECK_IN: "check in with {name}",
    FollowUpKind.CUSTOM: "write to {name}",
}

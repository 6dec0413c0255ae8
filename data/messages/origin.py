"""Why something is owed: the reason in a sentence, and the lines of the meeting that it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from data.days import show_day
from data.messages.naming import clean, sentence
from data.records import (
    Advice,
    Direction,
    Entry,
    EntryKind,
    FollowUp,
    Lead,
    LeadState,
    Meeting,
    Person,
    Touch,
    TouchKind,
)

if TYPE_CHECKING:
    from data.clock import Clock
    from data.store import Reader

SIGNS: dict[EntryKind, str] = {
    EntryKind.NOTE: " ",
    EntryKind.LEAD: "!",
    EntryKind.ADVICE: "*",
    EntryKind.QUOTE: '"',
    EntryKind.PROMISE: "@",
    EntryKind.ANSWER: "›",
}
"""What stands before a line of a meeting: the character that it is typed with."""

_STATES = {
    LeadState.CAPTURED: "nothing done yet",
    LeadState.ACTED_ON: "acted on",
    LeadState.OUTCOME: "came to something",
    LeadState.REPORTED: "told",
}
_TELLING = (
    EntryKind.LEAD,
    EntryKind.PROMISE,
    EntryKind.ADVICE,
    EntryKind.QUOTE,
    EntryKind.ANSWER,
    EntryKind.NOTE,
)


class Line(Struct, frozen=True, kw_only=True):
    """One line of what something comes from: a sign, the text, and whether it is the very one."""

    sign: str
    text: str
    chief: bool = False


class Origin(Struct, frozen=True, kw_only=True):
    """Why something is owed: `why` in a sentence, `lines` to look at, the ones that matter most first."""

    why: str
    lines: tuple[Line, ...] = ()


def origin(reader: Reader, clock: Clock, followup: FollowUp) -> Origin:
    """Why a follow-up is owed, and what it comes from."""
    lines: list[Line] = []
    if followup.lead and (lead := reader.get(Lead, followup.lead)) is not None:
        lines.append(_lead(reader, lead))
    if followup.advice and (advice := reader.get(Advice, followup.advice)) is not None:
        lines.append(Line(sign="*", text=clean(advice.text), chief=True))
        if advice.did:
            lines.append(Line(sign=" ", text=f"What you did: {clean(advice.did)}"))
    lines += _meeting_lines(reader, followup, lines)
    if not lines and (touch := _last_touch(reader, followup)) is not None:
        lines.append(_touch(touch, clock))
        if touch.text:
            lines.append(Line(sign=" ", text=clean(touch.text, 300)))
    return Origin(why=sentence(followup.why), lines=tuple(lines))


def _lead(reader: Reader, lead: Lead) -> Line:
    became = reader.get(Person, lead.person) if lead.person else None
    name = clean(became.name if became is not None else lead.name or lead.text, 120)
    at = f" at {clean(lead.company, 60)}" if lead.company else ""
    state = _STATES[lead.state]
    if lead.outcome:
        state = clean(lead.outcome)
    allowed = "you may use their name" if lead.may_use_name else ""
    return Line(
        sign="!", text=" · ".join(part for part in (f"{name}{at}", state, allowed) if part), chief=True
    )


def _meeting_lines(reader: Reader, followup: FollowUp, before: list[Line]) -> list[Line]:
    entry = reader.get(Entry, followup.entry) if followup.entry else None
    meeting = reader.get(Meeting, followup.meeting or (entry.meeting if entry is not None else ""))
    if meeting is None:
        return []
    entries = sorted(reader.where(Entry, meeting=meeting.id), key=lambda each: each.order)
    entries.sort(key=lambda each: (each.id != followup.entry, _TELLING.index(each.kind)))
    shown = {line.text for line in before}
    found = []
    for each in entries:
        text = clean(each.text, 300)
        if text and text not in shown:
            found.append(Line(sign=SIGNS[each.kind], text=text, chief=each.id == followup.entry))
    return found


def _last_touch(reader: Reader, followup: FollowUp) -> Touch | None:
    touches = (each for each in reader.where(Touch, person=followup.person))
    return max(touches, key=lambda each: each.at, default=None)


_WHAT = {
    TouchKind.OUTREACH: "You asked them",
    TouchKind.NUDGE: "You nudged them",
    TouchKind.ANSWER_YES: "They said yes",
    TouchKind.ANSWER_NO: "They said no",
    TouchKind.ANSWER_LATER: "They said: not now",
    TouchKind.ANSWER_REFERRED: "They named somebody else",
    TouchKind.INTRO_REQUEST: "You asked for an introduction",
    TouchKind.MEETING: "You talked",
    TouchKind.THANK_YOU: "You thanked them",
    TouchKind.CONNECT: "You connected",
    TouchKind.REPORT_BACK: "You told them the news",
}


def _touch(touch: Touch, clock: Clock) -> Line:
    day = show_day(touch.at.astimezone(clock.zone()).date())
    wrote = "They wrote" if touch.direction is Direction.IN else "You wrote"
    return Line(sign="·", text=f"{_WHAT.get(touch.kind, wrote)} on {day}", chief=True)

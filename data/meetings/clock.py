"""The meeting's clock: from the instants that are kept to what is shown, and nothing in between.

Elapsed time is the difference of two instants, so that it is right after a crash, a suspended machine
or a restart. The promise is what we said how long it would take; minutes that *they* offer move the
end, but every cue shows at most once.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from msgspec import Struct

from data.meetings.times import (
    ZERO,
    clock_words,
    hhmm,
    minute_words,
    overtime_words,
    planned_end,
    starts_at,
)
from data.records import Meeting, Question

WHO_ELSE_LEFT = timedelta(minutes=5)
THANKS_LEFT = timedelta(minutes=2)
WARM_UP_MOST = timedelta(minutes=3)
WARM_UP_SHARE = 5
"""Warming up takes a fifth of a short meeting, and never more than `WARM_UP_MOST`."""
ON_TIME = timedelta(minutes=1)
"""A start that much later than planned is still on time."""
EARLY = timedelta(minutes=15)
"""Who starts earlier than this has agreed on another time: the promise counts from now."""


class Phase(StrEnum):
    """What the time is for."""

    WARM_UP = "warm-up"
    QUESTIONS = "questions"
    WHO_ELSE = "who else"
    THANKS = "thanks"


class CueKind(StrEnum):
    """What a cue is about, in the order of the design: of two at the same moment the later one shows."""

    HALF = "half"
    FIVE = "five"
    TWO = "two"
    ZERO = "zero"


class Cue(Struct, frozen=True):
    """A word in time. `id` is what `Meeting.cues` remembers."""

    id: str
    kind: CueKind
    at: datetime


class Mark(Struct, frozen=True):
    """Where a phase begins: the instant, and its place on the bar from 0 to 1."""

    phase: Phase
    at: datetime
    fraction: float


class Reading(Struct, frozen=True, kw_only=True):
    """What the clock shows at one moment.

    `promised_end` is what was promised at the start, `until` the same with what they offered on top.
    `standing` is the cue that holds now; `cue` the same if it has not been shown yet, else None.
    `fraction` is the share of the time that is gone, 0 to 1.
    """

    started: datetime
    promised_end: datetime
    until: datetime
    elapsed: timedelta
    left: timedelta
    overtime: timedelta
    planned: timedelta
    offered: int
    fraction: float
    phase: Phase
    marks: tuple[Mark, ...]
    cue: Cue | None
    standing: Cue | None
    ended: bool

    @property
    def over(self) -> bool:
        """Whether the promised end has come."""
        return self.left <= ZERO

    @property
    def elapsed_words(self) -> str:
        """As a clock: "12:34"."""
        return clock_words(self.elapsed)

    @property
    def left_words(self) -> str:
        """As a clock: "7:26 left"; once it is over, how far over."""
        return self.overtime_words or f"{clock_words(self.left)} left"

    @property
    def overtime_words(self) -> str:
        """In words: "4 min over your promise"; empty before."""
        return overtime_words(self.overtime)


def promise_of(meeting: Meeting) -> datetime:
    """The instant until which we promised to take, without what they offered."""
    if meeting.promised_end is not None:
        return meeting.promised_end
    if meeting.started is not None:
        return meeting.started + timedelta(minutes=meeting.minutes)
    return planned_end(meeting)


def end_of(meeting: Meeting) -> datetime:
    """The instant at which to end: the promise, and the minutes that they offered."""
    return promise_of(meeting) + timedelta(minutes=sum(more.minutes for more in meeting.extensions))


def reading(meeting: Meeting, now: datetime) -> Reading:
    """What the clock of a running or ended meeting shows at the instant `now` (aware).

    A clock that was set back to before the start shows the start. Raises ValueError for a meeting that
    never started.
    """
    started = meeting.started
    if started is None:
        raise ValueError("the meeting has not started")
    moment = max(started, meeting.ended or now)
    promised_end, until = promise_of(meeting), end_of(meeting)
    elapsed, whole = moment - started, until - started
    marks = _marks(started, until)
    standing = _standing(meeting, moment)
    return Reading(
        started=started,
        promised_end=promised_end,
        until=until,
        elapsed=elapsed,
        left=max(ZERO, until - moment),
        overtime=max(ZERO, moment - max(started, until)),
        planned=max(ZERO, promised_end - started),
        offered=sum(more.minutes for more in meeting.extensions),
        fraction=min(1.0, elapsed / whole) if whole > ZERO else 1.0,
        phase=[mark.phase for mark in marks if mark.at <= moment][-1],
        marks=marks,
        cue=standing if standing and standing.id not in meeting.cues and not meeting.ended else None,
        standing=standing,
        ended=meeting.ended is not None,
    )


def must_asks_left(meeting: Meeting) -> tuple[Question, ...]:
    """The starred questions that have not been asked."""
    return tuple(question for question in meeting.questions if question.starred and not question.asked)


def _marks(started: datetime, until: datetime) -> tuple[Mark, ...]:
    """Where each phase begins; a phase that would begin at or before the one before it is left out."""
    whole = max(ZERO, until - started)
    # From the end backwards: the thanks are never dropped for the sake of a longer warm-up.
    kept: list[tuple[Phase, datetime]] = []
    following = until
    for phase, at in (
        (Phase.THANKS, until - THANKS_LEFT),
        (Phase.WHO_ELSE, until - WHO_ELSE_LEFT),
        (Phase.QUESTIONS, started + min(WARM_UP_MOST, whole / WARM_UP_SHARE)),
    ):
        if started < at < following:
            kept.insert(0, (phase, at))
            following = at
    kept.insert(0, (Phase.WARM_UP, started))
    return tuple(Mark(phase, at, (at - started) / whole if whole else 0.0) for phase, at in kept)


def cues(meeting: Meeting) -> tuple[Cue, ...]:
    """The cues of a started meeting in the order of their moments; those at or before the start left out.

    Half way speaks only of must-asks that are still to be asked. Every end has its own last cue: minutes
    that were offered end, too.
    """
    if meeting.started is None:
        return ()
    started, until = meeting.started, end_of(meeting)
    rounds = len(meeting.extensions)
    found = [
        Cue("half", CueKind.HALF, started + (until - started) / 2),
        Cue("five", CueKind.FIVE, until - WHO_ELSE_LEFT),
        Cue("two", CueKind.TWO, until - THANKS_LEFT),
        Cue(f"zero+{rounds}" if rounds else "zero", CueKind.ZERO, until),
    ]
    if not must_asks_left(meeting):
        del found[0]
    # Sorting is stable: of two at one moment the later in the list stays behind the other.
    return tuple(sorted((cue for cue in found if cue.at > started), key=lambda cue: cue.at))


def _standing(meeting: Meeting, moment: datetime) -> Cue | None:
    passed = [cue for cue in cues(meeting) if cue.at <= moment]
    return passed[-1] if passed else None


def passed_ids(meeting: Meeting, now: datetime) -> tuple[str, ...]:
    """`Meeting.cues` once the cue that stands at `now` was shown: those slept through don't come later."""
    passed = [cue.id for cue in cues(meeting) if cue.at <= now and cue.id not in meeting.cues]
    return (*meeting.cues, *passed)


class LateStart(Struct, frozen=True):
    """One way to go on after a late start: until when, and in words."""

    id: str
    until: datetime
    words: str


PROMISED = "promised"
FROM_NOW = "from_now"


def late_start_choices(meeting: Meeting, now: datetime, zone: ZoneInfo) -> tuple[LateStart, ...]:
    """What can be chosen when a meeting starts late: "15:20 as promised" or "20 minutes from now".

    Empty when it starts on time. Where less than a minute of the promise is left, only the second.
    """
    if now - starts_at(meeting) < ON_TIME:
        return ()
    promised, anew = planned_end(meeting), now + timedelta(minutes=meeting.minutes)
    choices = [LateStart(FROM_NOW, anew, f"{meeting.minutes} minutes from now (until {hhmm(anew, zone)})")]
    if promised - now >= ON_TIME:
        left = minute_words(promised - now)
        choices.insert(0, LateStart(PROMISED, promised, f"{hhmm(promised, zone)} as promised ({left})"))
    return tuple(choices)


def promised_end_at(meeting: Meeting, now: datetime, choice: str = PROMISED) -> datetime:
    """The promise of a meeting that starts at `now`: the planned end, unless that makes no sense any more.

    It counts from now if the user chose so after a late start, if the planned end is over, or if it
    starts long before its time.
    """
    start, end = starts_at(meeting), planned_end(meeting)
    if choice == FROM_NOW or end - now < ON_TIME or start - now > EARLY:
        return now + timedelta(minutes=meeting.minutes)
    return end

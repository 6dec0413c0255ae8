"""What to say when the clock speaks: the cues' words and the line to end on time, ready to read aloud."""

from __future__ import annotations

from datetime import timedelta

from data.meetings.clock import Cue, CueKind, must_asks_left, promise_of
from data.records import Kind, Meeting, Person, PersonLine
from data.text import one_line

WHO_ELSE = "Who else should I talk to, and may I use your name?"

_TITLES = {"dr", "prof", "mr", "mrs", "ms", "mx", "herr", "frau", "sir", "dame"}


def called(person: Person | PersonLine | None) -> str:
    """How one speaks to somebody: the first name, the whole name of a group, "" where none is known."""
    if person is None:
        return ""
    name = one_line(person.name).strip()
    if person.kind is Kind.GROUP:
        return name
    words = name.split()
    named = [word for word in words if word.rstrip(".").casefold() not in _TITLES]
    return (named or words or [""])[0].strip(",")


def exit_line(meeting: Meeting, name: str, *, early: bool = False) -> str:
    """The line that ends the conversation, as it is said aloud; `name` from `called`.

    On time it says that the time is up; `early`, before that, only that one is careful with theirs.
    """
    start = f"{name}, " if name else ""
    if early:
        line = (
            f"{start}I want to be careful with your time: may we stop here? Thank you, this was a great help."
        )
        return line[0].upper() + line[1:]
    more = sum(extension.minutes for extension in meeting.extensions)
    if more:
        up = f"the {more} minutes more that you offered are up, too" if more > 1 else "that minute is up, too"
    elif meeting.started is None or kept_whole(meeting):
        up = f"I promised to take {meeting.minutes} minutes, and they are up"
    else:
        up = "I promised that we would be done by now"
    line = f"{start}{up}. Thank you, this was a great help."
    return line[0].upper() + line[1:]


def kept_whole(meeting: Meeting) -> bool:
    """Whether what was promised at the start is the planned length: after a late start it may be less."""
    if meeting.started is None:
        return True
    promised = promise_of(meeting) - meeting.started
    return abs(promised - timedelta(minutes=meeting.minutes)) < timedelta(minutes=2)


def cue_words(cue: Cue, meeting: Meeting, name: str) -> str:
    """What a cue says. `name` from `called`."""
    if cue.kind is CueKind.HALF:
        asks = [f"“{one_line(question.text)}”" for question in must_asks_left(meeting)]
        return f"Half way. Still to ask: {' '.join(asks)}" if asks else "Half way."
    if cue.kind is CueKind.FIVE:
        return f"Five minutes left: “{WHO_ELSE}”"
    if cue.kind is CueKind.TWO:
        return f"Two minutes left: thank {name or 'them'}, and say what helped most."
    return f"Time is up: “{exit_line(meeting, name)}” Go on only if they offer."

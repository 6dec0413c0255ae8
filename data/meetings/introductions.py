"""How the user introduces themselves: variants, how long they take, and what a listener stumbles on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from data.records import Introduction, Profile, Rehearsal
from data.store import Reader
from data.text import fold

SPEECH_WPM = 130
"""Words a minute of calm speech; presentations are usually held at 120 to 150."""
FAST_WPM = 170
"""Above this a listener who hears it for the first time loses the thread."""
HURRIED_WPM = 300
"""Nobody says a whole text at this pace: it was stopped before its end."""
SLOW_WPM = 90


class Variant(Struct, frozen=True, kw_only=True):
    """A pattern to begin with: past, present, where to, with gaps in square brackets to fill in."""

    key: str
    title: str
    text: str


VARIANTS: tuple[Variant, ...] = (
    Variant(
        key="changer",
        title="Changing career",
        text="For [years] I have worked as [what I was], where I liked [what carries over] most. "
        "Now I am learning [skill] by [what I do for it]. "
        "I would like to move into {field}, and I want to understand how people really work there.",
    ),
    Variant(
        key="student",
        title="Student or graduate",
        text="I study [subject] at [school], and got hooked on [topic] through [project]. "
        "At the moment I [what I do now]. "
        "After graduating I hope to start in {field}, and I wonder which first step teaches the most.",
    ),
    Variant(
        key="returning",
        title="Coming back after a break",
        text="Before my break I was [what I was] for [years] and [what I achieved]. "
        "Since [when] I have been [what I did], and now I am bringing [skill] up to date. "
        "I would like to come back into {field}, and want to hear what has changed.",
    ),
    Variant(
        key="deepening",
        title="Same field, next step",
        text="I have been a [what I am] for [years], lately on [topic]. "
        "Right now I work on [what I do now]. "
        "Next I want to take on [where to] in {field}, and I am learning from people who have done it.",
    ),
    Variant(
        key="moving",
        title="New city or country",
        text="I worked in {field} in [where] for [years], mostly on [topic]. "
        "I have just moved to [city] and am getting to know how things are done here. "
        "I want to find the place where I can be of use, and whom I should listen to first.",
    ),
)
"""Patterns to begin with; each has a past, a present and a where-to."""

_JOB = re.compile(
    r"\b(hire me|hiring me|give me a job|looking for a (job|position|role)|need a job|job for me"
    r"|any (open(ing)?s?|vacanc\w+)|open positions?|vacanc\w+|refer me"
    r"|my (cv|resume) attached|apply (at|to) your)"
)
_WHERE_TO = re.compile(
    r"\b(next|want to|would like|d like|hope to|hoping to|plan to|aim|aiming|goal|move into|moving into|"
    r"moving towards?|interested in|curious about|break into|get into|looking to|explore|exploring|"
    r"working towards?|transition|become)\b"
)
_PAST = re.compile(
    r"\b(was|were|worked|studied|study|"
    r"got|grew|spent|started|led|built|ran|have been|i ve|ago|before|used to|"
    r"years?|background|graduated|trained|taught|came from|did)\b"
)
_GAP = re.compile(r"\[[^\[\]\n]{1,60}\]|\{[a-z]+\}")


class Rehearsed(Struct, frozen=True, kw_only=True):
    """How rehearsing an introduction went so far; `last_*` are of the latest time."""

    times: int
    last_seconds: float
    last_wpm: int

    @property
    def text(self) -> str:
        """Says "rehearsed twice, 31 s"; empty if it never was."""
        if not self.times:
            return ""
        often = {1: "once", 2: "twice"}.get(self.times, f"{self.times} times")
        return f"rehearsed {often}, {self.last_seconds:.0f} s"


def pattern(variant: Variant, profile: Profile) -> str:
    """The pattern's words with the user's target field; a gap where none is known."""
    return variant.text.replace("{field}", profile.target_field or "[field]")


def count_words(text: str) -> int:
    """How many words are spoken."""
    return len(re.findall(r"\w[\w’'-]*", text))


def expected_seconds(text: str) -> float:
    """How long calm speech takes for it."""
    return count_words(text) * 60 / SPEECH_WPM


def words_per_minute(words: int, seconds: float) -> int:
    """Words per minute; 0 before there is a time to speak of."""
    return round(words * 60 / seconds) if seconds >= 1 else 0


def warnings(text: str, seconds: int) -> list[str]:
    """What a listener stumbles on, each as a sentence; `seconds` is what it may take."""
    found = []
    words = count_words(text)
    if not words:
        return ["There is nothing to say yet: past, present, where to."]
    folded = fold(text).replace("’", " ").replace("'", " ")
    if gaps := _GAP.findall(text):
        found.append(f"Fill in {gaps[0]}" + (f" and {len(gaps) - 1} more" if len(gaps) > 1 else "") + ".")
    needed = expected_seconds(text)
    if needed > seconds * 1.1:
        spare = words - int(seconds * SPEECH_WPM / 60)
        found.append(f"About {needed:.0f} s when spoken calmly: {spare} words too many for {seconds} s.")
    if _JOB.search(folded):
        found.append("It asks for a job. You are here to learn; leave that out and the talk stays open.")
    if not _PAST.search(folded):
        found.append("It says nothing of where you come from.")
    if not _WHERE_TO.search(folded):
        found.append("It doesn’t say where you want to go.")
    return found


def after_rehearsal(words: int, spoken_seconds: float, seconds: int) -> str:
    """What to say right after a rehearsal, in one sentence."""
    wpm = words_per_minute(words, spoken_seconds)
    if wpm > HURRIED_WPM:
        return f"{spoken_seconds:.0f} s: too short to have said all of it."
    says = f"{spoken_seconds:.0f} s, {wpm} words a minute"
    if spoken_seconds > seconds * 1.1:
        return f"{says}: {spoken_seconds - seconds:.0f} s over. Leave something out rather than hurry."
    if wpm > FAST_WPM:
        return f"{says}: that is fast. Breathe at the full stops."
    if spoken_seconds < seconds * 0.4 or (wpm and wpm < SLOW_WPM):
        return f"{says}: that is unhurried."
    return f"{says}: good."


def rehearsals(reader: Reader, introduction: str) -> list[Rehearsal]:
    """The rehearsals of one introduction, newest first."""
    found = reader.where(Rehearsal, introduction=introduction) if introduction else []
    return sorted(found, key=lambda each: each.at, reverse=True)


def rehearsed(reader: Reader, introduction: str) -> Rehearsed:
    """How rehearsing one introduction went so far."""
    history = rehearsals(reader, introduction)
    if not history:
        return Rehearsed(times=0, last_seconds=0, last_wpm=0)
    last = history[0]
    return Rehearsed(
        times=len(history),
        last_seconds=last.seconds,
        last_wpm=words_per_minute(last.words, last.seconds),
    )


def usual(introductions: Sequence[Introduction]) -> Introduction | None:
    """The variant to take where a meeting names none: the one written last."""
    return introductions[-1] if introductions else None

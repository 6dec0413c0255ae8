"""Questions for a meeting: which to choose from, how long they take, and which a search engine answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from data.meetings.bank import BANK, CATEGORIES, BankQuestion
from data.records import Entry, EntryKind, Meeting, OwnQuestion, Question, new_id
from data.store import Reader
from data.text import fold, plural

__all__ = [
    "CATEGORIES",
    "Answer",
    "BankQuestion",
    "Choice",
    "Show",
    "TimeSum",
    "bank",
    "choices",
    "moved",
    "own_question",
    "prepared",
    "searchable",
    "starred",
    "time_sum",
    "with_length",
]

ARRIVING_MINUTES = 5
"""What arriving and small talk take."""
LEAVING_MINUTES = 3
"""What asking for names and thanking them take."""
ENOUGH_ANSWERS = 3
"""So many answers of others to the same question tell what there is to tell."""
DEFAULT_SECONDS = 120


class Show(StrEnum):
    """Which questions of the bank are offered: each shows less than the one before."""

    ALL = "all"
    NOT_ASKED = "not asked before"
    NOT_TOLD = "not answered by three others either"


class Choice(Struct, frozen=True, kw_only=True):
    """A question of the bank as offered for one meeting.

    `chosen`: on the list already. `asked_before`: this person was asked it. `answers`: how many others
    answered it. `flag` says why a search engine answers it, empty if none does.
    """

    question: BankQuestion
    chosen: bool = False
    asked_before: bool = False
    answers: int = 0
    flag: str = ""

    @property
    def note(self) -> str:
        """Why to leave it out, or what is known of it; empty if there is nothing to say."""
        if self.chosen:
            return "on your list"
        if self.asked_before:
            return "you asked them before"
        if self.flag:
            return self.flag
        if self.answers >= ENOUGH_ANSWERS:
            return f"{self.answers} others answered it"
        return ""


class TimeSum(Struct, frozen=True, kw_only=True):
    """The time that questions take against the time there is, in seconds.

    `over` are those that won't fit any more, in their order.
    """

    needed: int
    available: int
    over: tuple[Question, ...] = ()

    @property
    def text(self) -> str:
        """One sentence: "14 of 12 min: the last 2 won’t fit"."""
        needed, available = _minutes(self.needed), self.available // 60
        says = f"{needed} of {available} min"
        if not self.over:
            return says
        count = len(self.over)
        return f"{says}: the last {'one' if count == 1 else count} won’t fit"


class Answer(Struct, frozen=True, kw_only=True):
    """What somebody answered to a question: the lines, in their order."""

    meeting: Meeting
    question: Question
    entries: tuple[Entry, ...]


def bank(reader: Reader) -> list[BankQuestion]:
    """Every question to choose from: ours and the user's own, by category."""
    own = [
        BankQuestion(id=each.id, category=each.category, text=each.text, seconds=each.seconds, own=True)
        for each in reader.all(OwnQuestion)
    ]
    order = list(CATEGORIES)
    place = {name: index for index, name in enumerate(order)}
    return sorted([*own, *BANK], key=lambda each: place.get(each.category, len(order)))


def choices(
    reader: Reader, meeting: Meeting, *, category: str = "", search: str = "", show: Show = Show.ALL
) -> list[Choice]:
    """The bank for one meeting, filtered; what this person was asked already comes last.

    What is on the meeting's list stays, whatever `show` leaves out.
    """
    words = fold(search).split()
    chosen = {each.bank for each in meeting.questions if each.bank}
    asked = {
        question.bank
        for other in reader.where(Meeting, person=meeting.person)
        if other.id != meeting.id
        for question in other.questions
        if question.bank and question.asked is not None
    }
    counts: dict[str, int] = {}
    for answer in _answers(reader):
        if answer.question.bank and answer.meeting.person != meeting.person:
            counts[answer.question.bank] = counts.get(answer.question.bank, 0) + 1
    found = [
        Choice(
            question=each,
            chosen=each.id in chosen,
            asked_before=each.id in asked,
            answers=counts.get(each.id, 0),
            flag=searchable(each.text) if each.own else "",
        )
        for each in bank(reader)
        if (not category or each.category == category) and all(word in fold(each.text) for word in words)
    ]
    if show is not Show.ALL:
        found = [each for each in found if each.chosen or not each.asked_before]
    if show is Show.NOT_TOLD:
        found = [each for each in found if each.chosen or each.answers < ENOUGH_ANSWERS]
    return sorted(found, key=lambda choice: choice.asked_before)


def prepared(question: BankQuestion) -> Question:
    """A question of the bank, put on a meeting's list."""
    return Question(
        id=new_id(),
        text=question.text,
        bank=question.id,
        category=question.category,
        seconds=question.seconds,
    )


def own_question(text: str, category: str = "insights", seconds: int = 0) -> OwnQuestion:
    """A question in the user's words, for their own bank; its length is guessed from its category."""
    category = category if category in CATEGORIES else "insights"
    usual = [each.seconds for each in BANK if each.category == category]
    guess = sorted(usual)[len(usual) // 2] if usual else DEFAULT_SECONDS
    return OwnQuestion(id=new_id(), text=" ".join(text.split()), category=category, seconds=seconds or guess)


_LENGTH = re.compile(
    r"\s*\(?\s*(?P<minutes>[0-9]{1,2}|(?=½))(?P<half>[.,]5|½)?\s*min(?:utes?)?\.?\s*\)?$", re.IGNORECASE
)


def with_length(typed: str) -> tuple[str, int]:
    """A question as typed, and the seconds that its answer takes where it ends in them: "Why? 3 min".

    0 seconds where it names no length, or nothing but a length.
    """
    found = _LENGTH.search(typed)
    words = typed[: found.start()].strip() if found else typed.strip()
    if found is None or not words:
        return typed.strip(), 0
    return words, int(found["minutes"] or 0) * 60 + (30 if found["half"] else 0)


def moved(questions: Sequence[Question], id: str, step: int) -> tuple[Question, ...]:
    """The questions with one moved by `step` places; it stays within the list."""
    listed = list(questions)
    at = next((index for index, each in enumerate(listed) if each.id == id), None)
    if at is None:
        return tuple(listed)
    question = listed.pop(at)
    listed.insert(min(max(at + step, 0), len(listed)), question)
    return tuple(listed)


def starred(questions: Sequence[Question], id: str) -> tuple[Question, ...]:
    """The questions with the star of one put on or taken off."""
    return tuple(replace(each, starred=not each.starred) if each.id == id else each for each in questions)


def time_sum(questions: Sequence[Question], minutes: int) -> TimeSum:
    """What the questions take of a meeting of so many minutes, less arriving and leaving.

    A short meeting still leaves half of itself for questions.
    """
    available = max(minutes - ARRIVING_MINUTES - LEAVING_MINUTES, minutes // 2) * 60
    total = 0
    over: list[Question] = []
    for question in questions:
        total += question.seconds
        if total > available:
            over.append(question)
    return TimeSum(needed=total, available=available, over=tuple(over))


_SEARCHABLE: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), reason)
    for pattern, reason in (
        (r"\bhow (many|big|large)\b.*\b(people|employees|staff|offices?|company|firm)\b", "company’s size"),
        (r"\b(size of|headcount of)\b.*\b(company|firm|organi[sz]ation)\b", "company’s size"),
        (
            r"\b(when|what year|which year)\b.*\b(founded|started|established|company (begin|start))\b",
            "founding year",
        ),
        (r"\bwho (founded|owns|started (the|this|your)|is the (ceo|founder|head))\b", "people at the top"),
        (r"\bwhere (is|are)\b.*\b(based|headquarter\w*|located|offices?|hq)\b", "address"),
        (r"\b(address|headquarters|website)\b", "address"),
        (
            r"\bwhat (does|do)\b.*\b(company|firm|you guys|[a-z]+ inc)\b.*\b(do|make|sell)\b",
            "what the company does",
        ),
        (r"\bwhat (are|is)\b.*\b(products?|services?)\b.*\b(you|company|firm)\b", "what the company sells"),
        (r"\b(revenue|turnover|share price|stock price|market cap)\b", "figures"),
        (r"\b(open positions?|vacanc(y|ies)|job openings?|are you hiring)\b", "openings"),
        (r"\bwhat (is|does)\b.*\b(stand for|mean)\b", "meaning of a word"),
    )
)


def searchable(text: str) -> str:
    """Why a search engine answers this question, as a sentence; empty if it doesn’t."""
    folded = fold(text[:2000])
    for pattern, what in _SEARCHABLE:
        if pattern.search(folded):
            return f"a search engine knows the {what}" if what[0] != "w" else f"a search engine knows {what}"
    return ""


def _answers(reader: Reader) -> list[Answer]:
    lines: dict[tuple[str, str], list[Entry]] = {}
    for entry in reader.all(Entry):
        if entry.kind is EntryKind.ANSWER and entry.question:
            lines.setdefault((entry.meeting, entry.question), []).append(entry)
    found = []
    for (meeting_id, question_id), entries in lines.items():
        meeting = reader.get(Meeting, meeting_id)
        if meeting is None:
            continue
        for question in meeting.questions:
            if question.id == question_id:
                ordered = tuple(sorted(entries, key=lambda each: each.order))
                found.append(Answer(meeting=meeting, question=question, entries=ordered))
    return found


def _minutes(seconds: int) -> int:
    return -(-seconds // 60)


def expected(seconds: int) -> str:
    """How long an answer takes, for a list: "2 min", "1½ min"."""
    halves = max(1, round(seconds / 30))
    whole, half = divmod(halves, 2)
    return f"{whole or ''}{'½' if half else ''} min"


def advice_on(questions: Sequence[Question], least: int, most: int, stars: int) -> str:
    """What is missing from a list of questions, in a sentence; empty if nothing is."""
    count = len(questions)
    if count < least:
        return f"{plural(count, 'question')}: prepare at least {least}"
    if count > most:
        return f"{plural(count, 'question')}: {most} are enough"
    star = sum(1 for each in questions if each.starred)
    if star < stars:
        return f"{star} of {stars} starred: which ones must be asked?"
    return ""

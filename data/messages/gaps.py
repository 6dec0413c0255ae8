"""Facts that a message may use, and the gap that stands where one is missing."""

from __future__ import annotations

FACTS: dict[str, str] = {
    "greeting": "their name",
    "first_name": "their first name",
    "name": "their name",
    "company": "their company",
    "title": "their title",
    "work": "their work",
    "connection": "how you are connected",
    "connection_short": "how you are connected",
    "introducer": "who introduced you",
    "field": "your field",
    "minutes": "how long",
    "me": "your name",
    "sign": "your name",
    "limit": "the limit",
    "shorter": "how much shorter",
    "quote": "something that they said",
    "answer": "something that they said",
    "said_short": "something that they said",
    "learned": "what you learned",
    "next_step": "your next step",
    "day": "the day you talked",
    "since_meeting": "how long ago",
    "since_touch": "how long ago",
    "meeting_when": "when you meet",
    "meeting_day_short": "the day",
    "meeting_minutes": "how long",
    "medium": "video, phone or in person",
    "place": "the place",
    "missed": "whether you missed each other",
    "asked_day": "when you wrote",
    "subject_before": "the subject of your last mail",
    "last_nudge": "whether it is the last",
    "until": "when you will ask again",
    "about": "their name",
    "about_role": "what they do",
    "about_met": "whether you have met",
    "about_when": "when you meet them",
    "why_news": "how it goes",
    "leads": "whom they named",
    "lead_name": "what they pointed you to",
    "lead_pointed": "what they pointed you to",
    "lead_state": "where it stands",
    "lead_day": "when you acted on it",
    "lead_outcome": "what came of it",
    "advice": "what they advised",
    "advice_did": "what you did with their advice",
    "news": "what is new",
    "promise": "what you promised",
    "promised": "what you promised",
    "words": "what it is about",
    "gave": "what they gave you",
    "new_role": "your new role",
}
"""Every fact by its name, with what is written in its place, in brackets, while nobody knows it."""


class Gap:
    """A fact that is missing: false in a condition, and `[label]` in the text."""

    __slots__ = ("_found", "label")

    def __init__(self, label: str, found: list[str]) -> None:
        """`found` is where the label is noted down when the gap is shown."""
        self.label = label
        self._found = found

    def __str__(self) -> str:
        if self.label not in self._found:
            self._found.append(self.label)
        return f"[{self.label}]"

    def __bool__(self) -> bool:
        return False

    def __len__(self) -> int:
        return 0


def gap_of(fact: str, found: list[str]) -> Gap:
    """The gap for a fact of that name."""
    return Gap(FACTS[fact], found)

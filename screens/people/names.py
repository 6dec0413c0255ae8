"""What people are called in a sentence on the screen."""

from __future__ import annotations

from data import text
from data.records import Person, PersonLine
from data.text import one_line, plural
from data.vocabulary import LABELS

SHORT = 50
"""Characters of a name in a sentence; the record keeps it whole."""


def short(name: str) -> str:
    """A name as a sentence shows it: one line, not endless."""
    return text.short(name, SHORT)


def called(people: list[PersonLine]) -> str:
    """Whom something is about: the name of one, else how many."""
    return short(people[0].name) if len(people) == 1 else plural(len(people), "person", "people")


def ids_of(people: list[PersonLine]) -> list[str]:
    """The ids, for an action."""
    return [person.id for person in people]


def on_the_board(person: Person) -> str:
    """Where somebody stands who was put on the board, or was there already."""
    return f"{short(person.name)} is on the board, under {LABELS[person.stage]}."


def card_text(person: PersonLine) -> str:
    """Who somebody is, in lines to paste."""
    role = " · ".join(one_line(part) for part in (person.title, person.company) if part)
    lines = [person.name, role, *person.emails, person.linkedin]
    return "\n".join(one_line(line) for line in lines if line)

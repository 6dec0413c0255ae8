"""Two people side by side, field by field: what there is to choose when they are made one."""

from __future__ import annotations

from msgspec import Struct

from data.people.merge import CHOICES, LISTS
from data.records import Advice, FollowUp, FollowUpState, Lead, Meeting, Person, Touch
from data.store import Reader
from data.text import plural

LABELS_OF: dict[str, str] = {
    "name": "Name",
    "company": "Company",
    "title": "Title",
    "location": "Place",
    "zone": "Time zone",
    "linkedin": "LinkedIn",
    "birthday": "Birthday",
    "introduced_by": "Introduced by",
    "notes": "Notes",
    "fields": "Field",
    "emails": "Emails",
    "links": "Links",
    "phones": "Phones",
    "tags": "Tags",
}
"""What a field is called."""

_MANY = {"advice": "advice"}


class Side(Struct, frozen=True):
    """One field of two people, as text. `choice` says that one of the two has to give way.

    Where it is not set the two agree, one has nothing, or both stay (`joined`: lists, and notes, of which
    both are kept unless the user takes one).
    """

    field: str
    one: str
    other: str
    choice: bool = False
    joined: bool = False


def sides(reader: Reader, one: Person, other: Person) -> list[Side]:
    """The fields of which at least one of the two has something, those to choose first."""
    found: list[Side] = []
    for name in CHOICES:
        mine, theirs = getattr(one, name), getattr(other, name)
        if name == "introduced_by":
            mine, theirs = (_name(reader, id) for id in (mine, theirs))
        if mine or theirs:
            both = bool(mine and theirs and mine != theirs)
            found.append(Side(name, mine, theirs, both, both and name == "notes"))
    for name in LISTS:
        mine, theirs = (", ".join(getattr(person, name)) for person in (one, other))
        if mine or theirs:
            found.append(Side(name, mine, theirs, joined=bool(mine and theirs and mine != theirs)))
    return sorted(found, key=lambda side: not side.choice)


def first_of(reader: Reader, one: Person, other: Person) -> tuple[Person, Person]:
    """The two with the one first of whom more is known: who has more history, then who was there first."""

    def weight(person: Person) -> tuple[int, int, float]:
        known = sum(bool(getattr(person, name)) for name in CHOICES)
        created = -person.created.timestamp() if person.created else 0.0
        return sum(_counts(reader, person).values()), known, created

    return (other, one) if weight(other) > weight(one) else (one, other)


def history(reader: Reader, person: Person) -> str:
    """What hangs on somebody, in one line: "2 meetings · 3 contacts"."""
    counts = [
        plural(count, word, _MANY.get(word, "")) for word, count in _counts(reader, person).items() if count
    ]
    return " · ".join(counts) or "nothing yet"


def _counts(reader: Reader, person: Person) -> dict[str, int]:
    id = person.id
    owed = [each for each in reader.where(FollowUp, person=id) if each.state is FollowUpState.OPEN]
    return {
        "meeting": len(reader.where(Meeting, person=id)),
        "contact": len(reader.where(Touch, person=id)),
        "lead": len(reader.where(Lead, giver=id)),
        "advice": len(reader.where(Advice, giver=id)),
        "follow-up": len(owed),
    }


def _name(reader: Reader, id: str) -> str:
    person = reader.get(Person, id) if id else None
    return person.name if person is not None else ""

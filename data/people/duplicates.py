"""Who may be in the network twice: names that are nearly equal, weighed with company and email."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from data.people.names import same_words
from data.records import Person
from data.store import Reader

_NEARLY = 90
"""How alike (0 to 100, rapidfuzz) two names must be; 100 is the same words in any order."""
_COMPANY = 85
_CROWD = 400
"""People in one group of comparison; a larger one tells nothing, and would take long."""


class Pair(Struct, frozen=True):
    """Two who may be one: the likelihood (0 to 100) and why, in short words."""

    one: Person
    other: Person
    score: int
    why: str


def likely_pairs(
    reader: Reader, progress: Callable[[int, int], None] | None = None, most: int = 500
) -> list[Pair]:
    """Pairs who may be one person, likeliest first. For a worker thread: seconds at 30,000 people.

    Two with different LinkedIn profiles are two people, and so are those whom the user kept apart.
    """
    people = [person for person in reader.all(Person) if person.alive]
    names = {person.id: same_words(person.name) for person in people}
    companies = {person.id: same_words(person.company) for person in people}
    found: dict[tuple[str, str], Pair] = {}
    groups = list(_groups(people, names, companies))
    for done, group in enumerate(groups):
        if progress is not None and done % 200 == 0:
            progress(done, len(groups))
        for at, one in enumerate(group):
            for other in group[at + 1 :]:
                key = (min(one.id, other.id), max(one.id, other.id))
                if key in found or one.id == other.id:
                    continue
                pair = _pair(one, other, names, companies)
                if pair is not None:
                    found[key] = pair
    return sorted(found.values(), key=lambda pair: (-pair.score, names[pair.one.id]))[:most]


def still_alike(reader: Reader, pairs: list[Pair]) -> list[Pair]:
    """Those of whom both are still there and nobody said that they are others, as they are now."""
    found = []
    for pair in pairs:
        one, other = reader.get(Person, pair.one.id), reader.get(Person, pair.other.id)
        if one is None or other is None or not (one.alive and other.alive):
            continue
        if other.id not in one.not_same and one.id not in other.not_same:
            found.append(Pair(one, other, pair.score, pair.why))
    return found


def _groups(people: list[Person], names: dict[str, str], companies: dict[str, str]) -> Iterator[list[Person]]:
    """Those worth comparing: who shares the words of a name, a company and a letter, or an email."""
    by: dict[tuple[str, ...], list[Person]] = {}
    for person in people:
        words = names[person.id].split()
        if words:
            by.setdefault(("ends", words[0][:1], words[-1]), []).append(person)
            by.setdefault(("words", *sorted(words)), []).append(person)
            if companies[person.id]:
                by.setdefault(("company", companies[person.id], words[0][:2]), []).append(person)
        for email in person.emails:
            by.setdefault(("email", email.partition("@")[0].casefold()), []).append(person)
    for group in by.values():
        if 1 < len(group) <= _CROWD:
            yield group


def _pair(one: Person, other: Person, names: dict[str, str], companies: dict[str, str]) -> Pair | None:
    from rapidfuzz import fuzz

    if other.id in one.not_same or one.id in other.not_same or one.kind is not other.kind:
        return None
    ours, theirs = set(one.identities), set(other.identities)
    profiles = [{each for each in ids if each.startswith("linkedin.com/")} for ids in (ours, theirs)]
    if all(profiles) and not profiles[0] & profiles[1]:
        return None
    shared = ours & theirs
    alike = fuzz.token_sort_ratio(names[one.id], names[other.id])
    first, second = companies[one.id], companies[other.id]
    same_company = bool(first and second) and fuzz.token_set_ratio(first, second) >= _COMPANY
    if shared and alike >= 50:
        return Pair(one, other, 100, "the same address")
    if alike < _NEARLY or (first and second and not same_company and alike < 100):
        return None
    name = "the same name" if alike == 100 else "nearly the same name"
    if same_company:
        return Pair(one, other, round(alike), f"{name}, both at {one.company}")
    return Pair(one, other, round(alike * (0.7 if first and second else 0.85)), name)

"""Searching the whole network as it is typed, and who fits best: simple, explained, quick at 30,000.

The fit answers "whom do I ask next?": people in the target field or with a target title, then those who
are close (introduced, alumni, connected, or at the employer of somebody met). Somebody who is on the
board already comes after those who aren't, since they need no finding.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from operator import itemgetter
from string import ascii_lowercase, digits
from typing import NamedTuple, overload

from data.records import Kind, PersonLine, Profile, Source, Stage
from data.text import fold
from data.vocabulary import LABELS

CHUNK = 1_000
"""People taken in between two breaths of whoever drives `Finder.load`: some milliseconds."""

_SMALL = frozenset("a an and at de for in of on or the to und".split())  # noqa: SIM905 - easier to read
_SOURCES = {
    Source.REFERRAL: (25, "introduced to you"),
    Source.ALUMNI: (20, "alumni"),
    Source.ASSOCIATION: (10, "association"),
    Source.EVENT: (10, "met at an event"),
}
_TITLE, _FIELD, _WORD, _COLLEAGUE, _CONNECTED, _ON_BOARD = 40, 30, 15, 15, 10, -60
_KNOWN = (Stage.MET, Stage.IN_TOUCH)
_ALIKE = 80
"""How alike (0 to 100) a name must be to be offered for a query that finds nothing."""


_LETTERS = ascii_lowercase + digits
_PAST = 24
"""As many searches are remembered as one types letters in a row."""
_NOWHERE: tuple[str, list[int]] = ("\0", [])


class Past(NamedTuple):
    """A search that was: who has all `needles`, and in whose name a word begins with each of `begins`."""

    needles: list[str]
    matches: list[int]
    begins: list[str]
    named: list[int]


class Found(Sequence[PersonLine]):
    """Those who were found, in their order: put in order only as far as they are shown."""

    def __init__(self, people: list[PersonLine], count: int, order: Iterable[int]) -> None:
        self._people = people
        self._count = count
        self._rest = iter(order)
        self._order: list[int] = []

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> PersonLine: ...
    @overload
    def __getitem__(self, at: slice) -> list[PersonLine]: ...
    def __getitem__(self, at: int | slice) -> PersonLine | list[PersonLine]:
        if isinstance(at, slice):
            places = range(self._count)[at]
            self._put_in_order(max(places, default=-1))
            return [self._people[self._order[place]] for place in places]
        place = range(self._count)[at]
        self._put_in_order(place)
        return self._people[self._order[place]]

    def __iter__(self) -> Iterator[PersonLine]:
        self._put_in_order(self._count - 1)
        return map(self._people.__getitem__, self._order)

    def _put_in_order(self, last: int) -> None:
        """As far as to this place."""
        self._order += islice(self._rest, max(0, last + 1 - len(self._order)))


class Finder:
    """Everybody in the network, ready to be searched. Make one, `load` it, then `search`."""

    def __init__(self, profile: Profile) -> None:
        self._titles = [fold(title) for title in profile.target_titles if title.strip()]
        self._field = fold(profile.target_field)
        self._field_words = [word for word in self._field.split() if word not in _SMALL and len(word) > 2]
        self._people: list[PersonLine] = []
        self._texts: list[str] = []
        self._names: list[str] = []
        self._met_at: dict[str, str] = {}
        self._introducers: dict[str, str] = {}
        self._past: deque[Past] = deque(maxlen=_PAST)
        self._ones: dict[str, tuple[Past, list[int]]] = {}
        self._inside: tuple[str, list[int]] = _NOWHERE
        self._threes: dict[str, list[int]] = {}
        self._parted = ""
        self._twos: dict[str, list[int]] = {}

    def __len__(self) -> int:
        return len(self._people)

    def load(self, people: Sequence[PersonLine]) -> Iterator[int]:
        """Take everybody in, best fit first; yields how many are done after each `CHUNK`.

        Nothing is found before it has come to its end.
        """
        self.know(people)
        taken: list[tuple[int, str, str, PersonLine]] = []
        for number, line in enumerate(people, 1):
            name = fold(line.name[:300])
            taken.append((-self._score(line), name, _text(line, name), line))
            if number % CHUNK == 0:
                yield number
        yield len(people)  # Sorting takes a while of its own.
        taken.sort(key=itemgetter(0, 1))
        self._names = [f" {entry[1]}" for entry in taken]
        self._texts = [entry[2] for entry in taken]
        self._people = [entry[3] for entry in taken]
        self._past.clear()
        self._ones = {}
        self._inside, self._threes = _NOWHERE, {}
        self._parted, self._twos = "", {}
        yield len(people)

    def know(self, people: Sequence[PersonLine]) -> None:
        """Take in what `reasons`, `score` and `fit` need to know of the others: who was met where, and who
        introduced whom. `load` does it by itself."""
        self._met_at = {
            fold(line.company): line.name for line in people if line.stage in _KNOWN and line.company.strip()
        }
        wanted = {line.introduced_by for line in people if line.introduced_by}
        self._introducers = {line.id: line.name for line in people if line.id in wanted}

    def load_all(self, people: Sequence[PersonLine]) -> Finder:
        """Take everybody in at once, for the command line; returns itself."""
        for _ in self.load(people):
            pass
        return self

    def warm(self) -> Iterator[str]:
        """Find who is found by each single letter and digit, one after the other, before it is typed: the
        first letter matches more people than any other and would take the longest. Yields after each."""
        for letter in _LETTERS:
            if letter not in self._ones:
                past = self._look([letter])
                self._ones[letter] = (past, [*self._called_so_first(past, letter)])
            yield letter

    def prepare(self, query: str) -> None:
        """Get ready for the next letter, while nothing is asked: those who were found by one letter are
        parted by the next, and so those who have two letters anywhere. (Two letters have to begin a word,
        but three may stand inside one, where nobody has been looked for yet.)"""
        words = fold(query).split()
        word = words[0] if len(words) == 1 else ""
        if word == query and word in self._ones and self._parted != word:
            self._parted, self._twos = word, {}
            begins = re.compile(f" ({word}[{_LETTERS}])")
            for index in self._ones[word][0].matches:
                for two in {*begins.findall(self._texts[index])}:
                    self._twos.setdefault(f" {two}", []).append(index)
        if len(word) == 2 and _must_begin(word) and self._inside[0] != word:
            inside = [index for index, text in enumerate(self._texts) if word in text]
            self._inside, self._threes = (word, inside), {}
            # One letter is taken at a time: there are words like "aaab".
            goes_on = re.compile(f"{word[0]}(?={word[1]}([{_LETTERS}]))")
            for index in inside:
                for letter in {*goes_on.findall(self._texts[index])}:
                    self._threes.setdefault(word + letter, []).append(index)

    def search(self, query: str, *, exactly: bool = False) -> Sequence[PersonLine]:
        """Who matches every word of `query`, best first; everybody by their fit if it is empty.

        A word may be part of a name, company, title, field, place, tag or address; one of one or two
        letters has to begin a word there. Who is called so comes before who merely has it elsewhere.
        Where nobody matches, names written alike are given, but for `exactly`.
        """
        words = fold(query).split()
        if not words:
            return self._people
        key = " ".join(words)
        if key in self._ones:
            past, ordered = self._ones[key]
            self._past.append(past)
            return Found(self._people, len(ordered), ordered)
        past = self._look(words)
        self._past.append(past)
        if not past.matches:
            return [] if exactly else self._alike(key)
        return Found(self._people, len(past.matches), self._called_so_first(past, key))

    def _look(self, words: list[str]) -> Past:
        needles = [f" {word}" if _must_begin(word) else word for word in words]
        matches = self._matching(needles)
        begins = [f" {word}" for word in words]
        return Past(needles, matches, begins, self._named(begins, matches))

    def _matching(self, needles: list[str]) -> list[int]:
        """Whose text has all `needles`. Who does not match a part of one does not match the whole, so that
        who was found before by parts is all that has to be looked through."""
        if len(needles) == 1:
            needle = needles[0]
            if self._parted and needle[:-1] == f" {self._parted}":
                return self._twos.get(needle, [])
            if needle[:-1] == self._inside[0] and needle[-1] in _LETTERS:
                return self._threes.get(needle, [])
        found: Sequence[int] = range(len(self._texts))
        known: list[str] = []
        before = ((past.needles, past.matches) for past in self._past)
        for parts, those in (*before, ([self._inside[0]], self._inside[1])):
            if len(those) <= len(found) and all(any(part in new for new in needles) for part in parts):
                found, known = those, parts
        return _having(found, self._texts, [needle for needle in needles if needle not in known])

    def _named(self, begins: list[str], found: list[int]) -> list[int]:
        """In whose name a word begins with each of `begins`; they are among those who were found. Whose
        name does not begin with a part of one does not begin with the whole."""
        for past in self._past:
            if len(past.named) <= len(found) and all(
                any(new.startswith(old) for new in begins) for old in past.begins
            ):
                found = past.named
        return _having(found, self._names, begins)

    def _called_so_first(self, past: Past, key: str) -> Iterator[int]:
        """Whose name begins so, whose names begin so, where a word begins so, and the rest."""
        names, texts = self._names, self._texts
        first = [index for index in past.named if names[index].startswith(f" {key}")]
        yield from first
        yield from _without(past.named, first)
        called, rest = {*past.named}, []
        for index in past.matches:
            if index in called:
                continue
            if all(begin in texts[index] for begin in past.begins):
                yield index
            else:
                rest.append(index)
        yield from rest

    def _alike(self, key: str) -> list[PersonLine]:
        from rapidfuzz import fuzz, process

        if len(key) < 4 or not self._names:
            return []
        near = process.extract(key, self._names, scorer=fuzz.partial_ratio, limit=20, score_cutoff=_ALIKE)
        return [self._people[index] for name, _, index in near if len(name) >= len(key) - 2]

    # -- how well somebody fits ----------------------------------------------------------------------

    def reasons(self, line: PersonLine) -> list[str]:
        """Why somebody stands where they stand, the weightiest first; empty if nothing is known."""
        return [reason for _, reason in sorted(self._weigh(line), key=lambda pair: -abs(pair[0]))]

    def score(self, line: PersonLine) -> int:
        """How well somebody fits, as a number to sort by: the sum of what `reasons` names."""
        return self._score(line)

    def fit(self, line: PersonLine) -> int:
        """How well somebody fits, wherever they stand on the board."""
        return sum(points for points, _ in self._weigh(line) if points > _ON_BOARD)

    def _score(self, line: PersonLine) -> int:
        return sum(points for points, _ in self._weigh(line))

    def _weigh(self, line: PersonLine) -> Iterator[tuple[int, str]]:
        title = fold(line.title[:300])
        wanted = next((wanted for wanted in self._titles if wanted in title), "")
        both = bool(wanted and self._field and self._field in wanted)
        if wanted:
            yield _TITLE + (_FIELD if both else 0), f"{'an' if wanted[0] in 'aeiou' else 'a'} {wanted}"
        if self._field_words and not both:
            around = " ".join((title, fold(line.company[:300]), *(fold(field) for field in line.fields)))
            around = " ".join((around, *(fold(tag) for tag in line.tags)))
            if self._field in around:
                yield _FIELD, f"in {self._field}"
            elif not wanted and (word := next((w for w in self._field_words if w in around), "")):
                yield _WORD, f"close to your field: {word}"
        points, why = _SOURCES.get(line.source, (0, ""))
        if line.introduced_by in self._introducers:
            points, why = _SOURCES[Source.REFERRAL][0], f"via {self._introducers[line.introduced_by]}"
        if points:
            yield points, "an alumni group" if line.kind is Kind.GROUP and why == "alumni" else why
        colleague = self._met_at.get(fold(line.company)) if line.company else None
        if colleague is not None and colleague != line.name:
            yield _COLLEAGUE, f"you know {colleague} there"
        if line.connected_on is not None:
            yield _CONNECTED, f"connected since {line.connected_on.year}"
        if line.stage not in (Stage.NETWORK, Stage.PARKED):
            yield _ON_BOARD, f"on the board: {LABELS[line.stage].lower()}"
        elif line.stage is Stage.PARKED:
            yield _ON_BOARD // 2, "parked"


def _must_begin(word: str) -> bool:
    """Whether a word is too short to be looked for inside of others."""
    return len(word) < 3 and word.isascii() and word.isalnum()


def _having(found: Sequence[int], texts: list[str], words: Sequence[str]) -> list[int]:
    """Those of `found` whose text has every word. Plain comprehensions: 30,000 in some milliseconds."""
    for word in words:
        found = [index for index in found if word in texts[index]]
    return list(found)


def _without(indexes: list[int], taken: list[int]) -> list[int]:
    """`indexes` in their order, but for those taken."""
    if not taken:
        return indexes
    gone = set(taken)
    return [index for index in indexes if index not in gone]


def _text(line: PersonLine, name: str) -> str:
    """What somebody is found by, folded, each field set off so that no word spans two."""
    parts = (line.title[:300], line.company[:300], line.location[:200], *line.fields[:20])
    rest = fold(" | ".join((*parts, *line.emails[:5], line.linkedin[-80:])))
    tags = " ".join(f"#{fold(tag)}" for tag in line.tags[:20])
    return f" {name} | {rest} | {tags}"


def find(people: Sequence[PersonLine], profile: Profile, query: str) -> list[tuple[PersonLine, list[str]]]:
    """Who matches `query`, best first, each with the reasons; for the command line."""
    finder = Finder(profile).load_all(people)
    return [(line, finder.reasons(line)) for line in finder.search(query)]

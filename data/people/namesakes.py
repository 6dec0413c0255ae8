"""Who in the network is meant by a name that was typed or said, where nothing better tells."""

from __future__ import annotations

from collections.abc import Sequence

from data.people.names import same_words
from data.records import PersonLine, Stage


def known_as(people: Sequence[PersonLine], name: str, company: str) -> PersonLine | None:
    """The one of `people` with this name and company; without a company, the one of this name who is not
    on the board. None where nobody is, or several are."""
    wanted, where = same_words(name), same_words(company)
    namesakes = [line for line in with_word(people, wanted) if same_words(line.name) == wanted]
    same = [line for line in namesakes if same_words(line.company) == where]
    if not same and not where:
        same = [line for line in namesakes if line.stage is Stage.NETWORK]
    return same[0] if len(same) == 1 else None


def with_word(people: Sequence[PersonLine], name: str) -> list[PersonLine]:
    """Those whose name may hold the first word of `name` (plain): comparing 30,000 in full takes long."""
    word = name.partition(" ")[0]
    return [line for line in people if not line.name.isascii() or word in line.name.lower()]

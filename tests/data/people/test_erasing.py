"""What goes with somebody who is erased, and what was done, in sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.people.erasing import question, told, what_goes
from data.store.erase import Erased


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({"people": 1}, ""),
        ({"meetings": 1, "touches": 0}, "1 meeting"),
        ({"touches": 2, "entries": 3, "meetings": 1}, "1 meeting, 3 notes and 2 logged contacts"),
        (
            dict.fromkeys(("meetings", "entries", "leads", "advice", "followups", "touches"), 1),
            "1 meeting, 1 note, 1 lead, 1 piece of advice, 1 follow-up and 1 logged contact",
        ),
    ],
)
def test_what_goes(counts: dict[str, int], said: str) -> None:
    assert what_goes(counts) == said
    assert (f", with {said}, from" in question("Maria", counts)) is bool(said)


def test_what_was_done_and_what_could_not_be() -> None:
    assert told("Maria\x1b Chen", Erased(counts={})) == ["Erased Maria␛ Chen for good."]
    done = Erased(
        counts={"leads": 1},
        rewritten=(Path("a"), Path("b")),
        still_in=(Path("/copies/c"),),
        mentions=2,
    )
    assert told("Maria", done) == [
        "Erased Maria for good, with 1 lead.",
        "They are out of 2 backups, too.",
        "1 copy could not be read or rewritten and may still hold them: /copies/c.",
        "2 other records still name them in a text.",
    ]
    assert told("Maria", Erased(counts={}, mentions=1))[-1] == "1 other record still names them in a text."

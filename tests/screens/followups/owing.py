"""A day with three things owed, for the tests of Follow-ups."""

from __future__ import annotations

from datetime import date, timedelta

from textual.pilot import Pilot

from data.records import (
    Channel,
    EntryKind,
    FollowUp,
    FollowUpKind,
    Person,
    Stage,
    TouchKind,
)
from data.store import Store
from screens.followups.screen import FollowUpsScreen
from tests.data.messages import situations as made
from tests.screens.hands import press

HOSTILE = "Bob [/red] \x1b]52;c;aGk=\x07 {name} 王 👩‍👩‍👧 \u202egnp"


def fill(store: Store) -> None:
    """Maria was met today, Lena is to be nudged, and Bob has a name that is out to break things."""
    with store.transaction("Filled") as tx:
        made.priya(tx)
        made.maria(tx, introduced_by="priya", stage=Stage.MET, stage_since=made.NOW)
        quote = (EntryKind.QUOTE, "A portfolio is a conversation")
        made.met(tx, (EntryKind.NOTE, "Nine people"), quote)
        tx.put(made.owed(FollowUpKind.THANK_YOU, id="thanks", meeting="m-maria", why="You talked today."))
        tx.put(
            Person(
                id="lena",
                name="Lena Fischer",
                stage=Stage.ASKED,
                linkedin="https://www.linkedin.com/in/lena",
                connected_on=date(2020, 1, 1),
                stage_since=made.NOW - timedelta(days=11),
            )
        )
        made.touch(tx, TouchKind.OUTREACH, 11, "lena", channel=Channel.LINKEDIN)
        tx.put(made.owed(FollowUpKind.NUDGE, "lena", id="nudge", number=1, due=date(2026, 11, 20)))
        tx.put(
            Person(id="bob", name=HOSTILE, company="=cmd|' /C calc'!A0" + "x" * 10_000, stage=Stage.TO_ASK)
        )
        tx.put(made.owed(FollowUpKind.OUTREACH, "bob", id="ask", due=date(2026, 12, 20), why=HOSTILE))


async def opened(pilot: Pilot[int]) -> FollowUpsScreen:
    """Go to the screen."""
    await press(pilot, "4")
    screen = pilot.app.screen
    assert isinstance(screen, FollowUpsScreen)
    return screen


def followup(store: Store, id: str) -> FollowUp:
    """A stored follow-up."""
    found = store.get(FollowUp, id)
    assert found is not None
    return found


def person(store: Store, id: str) -> Person:
    """A stored person."""
    found = store.get(Person, id)
    assert found is not None
    return found

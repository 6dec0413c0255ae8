"""A network with a meeting, for the tests of Prep and Meeting."""

from __future__ import annotations

from datetime import UTC, datetime

from textual.app import App

from data.actions import meetings
from data.meetings.bank import BANK
from data.records import Meeting, Person, Source, Stage, new_id
from screens.desk import Desk

STARTS = datetime(2026, 11, 23, 15, 0)  # noqa: DTZ001 - a wall time in Berlin


def person(desk: Desk, name: str = "Maria Chen", **more: str) -> Person:
    """Somebody new in the store."""
    found = Person(id=new_id(), name=name, stage=Stage.ASKED, source=Source.REFERRAL, **more)  # type: ignore[arg-type]
    with desk.store.transaction("Added") as tx:
        tx.put(found)
    return found


def meeting(desk: Desk, who: Person | None = None, questions: int = 3, **more: str) -> Meeting:
    """A meeting today at 15:00, with questions of the bank; the first two are starred."""
    who = who or person(desk, title="Head of Design", company="Figma")
    kept = meetings.schedule(desk.store, desk.clock, who, starts=STARTS, zone="Europe/Berlin", **more)  # type: ignore[arg-type]
    for question in BANK[:questions]:
        kept = meetings.add_question(desk.store, kept.id, question)
    for asked in kept.questions[:2]:
        kept = meetings.star_question(desk.store, kept.id, asked.id)
    return kept


def at(hour: int, minute: int = 0, second: int = 0) -> datetime:
    """An instant of that Monday, as clocks in Berlin show it."""
    return datetime(2026, 11, 23, hour - 1, minute, second, tzinfo=UTC)


def screen_name(app: App[int]) -> str:
    """The name of the screen in front."""
    return type(app.screen).__name__

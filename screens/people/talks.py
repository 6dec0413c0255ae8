"""A talk that took place without a clock: when, how long, and what was said, typed in one go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from data.records import Person, PersonLine

from ..dialogs import AskLine, Choose, Option, WriteText
from ..messages import Go
from .names import called, short

if TYPE_CHECKING:
    from .screen import PeopleScreen


@dataclass(frozen=True, slots=True)
class Talk:
    """When it was, of a talk that is to be noted as a fact alone."""

    at: datetime


async def ask_talk(screen: PeopleScreen, people: list[PersonLine]) -> Talk | None:
    """Ask when it was. With one person, what was said can be written down: then the wrap-up follows.

    None if it was given up, or if the meeting is logged already.
    """
    from data.when import read_past

    clock = screen.desk.clock
    typed = "today"
    while True:
        line = await screen.ask(
            AskLine(
                f"When did you talk with {called(people)}?",
                value=typed,
                placeholder="today, yesterday 15:00, mon 12-12:45",
                read=screen.read_past,
            )
        )
        if line is None:
            return None
        typed = line
        when = read_past(line, clock.now(), clock.zone())
        at = when.instant if when.timed else min(clock.now(), when.instant + timedelta(hours=12))
        if len(people) > 1:
            return Talk(at)
        minutes = await _what_to_note(screen, short(people[0].name), when.minutes)
        if minutes == _FACT:
            return Talk(at)
        if minutes is not None:
            await _write_down(screen, people[0], at, when.zone, minutes)
            return None


_FACT = 0
"""In place of the minutes: nothing is to be written down."""


async def _what_to_note(screen: PeopleScreen, name: str, minutes: int) -> int | None:
    """Ask what of a talk is noted: its minutes, or `_FACT`; esc is a step back, None back to the time."""
    while True:
        write = await screen.ask(
            Choose(
                f"You talked with {name}",
                [
                    Option("w", "Write down what was said", True, "then: the wrap-up"),
                    Option("f", "Just note the fact", False),
                ],
                leave="back",
            )
        )
        if write is None:
            return None
        if not write:
            return _FACT
        if length := minutes or await ask_length(screen, "How long did you talk?"):
            return length


async def _write_down(screen: PeopleScreen, line: PersonLine, at: datetime, zone: str, minutes: int) -> None:
    """Take the lines, and open the wrap-up."""
    from data.actions.conversation import log_afterwards
    from data.zones import wall

    desk = screen.desk
    text = await screen.ask(
        WriteText(
            f"What {short(line.name)} said",
            "",
            desk.edit_text,
            'A line each. First sign: ! lead, * advice, " quote, @ I promised; without one, a note.',
            about=line.id,
        )
    )
    person = desk.store.get(Person, line.id)
    if text is None or person is None:
        return
    meeting = log_afterwards(
        desk.store,
        desk.clock,
        person,
        starts=wall(at, zone),
        zone=zone,
        at=at,
        minutes=minutes,
        text=text,
    )
    screen.told(f"Logged your talk with {short(person.name)}.")
    screen.post_message(Go("wrap_up", meeting.id))


async def ask_length(screen: PeopleScreen, question: str) -> int | None:
    """Ask for the minutes; enter takes the usual ones, and esc goes back (None)."""
    usual = screen.desk.store.profile.usual_minutes
    lengths = (usual, *(length for length in (15, 20, 30, 45, 60) if length != usual))
    return await screen.ask(
        Choose(
            question,
            [
                Option(str(number), f"{length} min", length, "your usual" if length == usual else "")
                for number, length in enumerate(lengths, 1)
            ],
            leave="back",
        )
    )

"""Noting what came back: an answer, somebody else's name, any other contact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.records import Direction, Kind, PersonLine

from ..commands import key_of
from ..dialogs import AskLine, Choose, Field, Form, Option, Wrong
from .names import called, ids_of, short

if TYPE_CHECKING:
    from .screen import PeopleScreen


async def answer(screen: PeopleScreen) -> None:
    """Note what somebody answered."""
    from data.followups.events import Answer

    person = screen.chosen()[0]
    name, group = short(person.name), person.kind is Kind.GROUP
    said = await screen.ask(
        Choose(
            f"What did {name} answer?",
            [
                Option("y", "Yes", Answer.YES, "they will help" if group else "then: find a time"),
                Option("n", "No", Answer.NO, "then: thank them all the same"),
                Option("l", "Not now", Answer.LATER, "asks when to try again"),
                Option("s", "Talk to somebody else", Answer.REFERRED, "brings that person on the board"),
            ],
        )
    )
    if said is None:
        return
    from data.actions.asking import log_answer

    store, clock = screen.desk.store, screen.desk.clock
    if said is Answer.YES:
        log_answer(store, clock, person.id, said)
        if group:
            key = key_of(f"{screen.SCOPE}.answer")
            screen.told(f"{name} said yes. When they name somebody, {key} brings them on the board.")
        else:
            key = key_of(f"{screen.SCOPE}.schedule")
            screen.told(f"{name} said yes. Find a time: {key} puts it on the calendar.")
    elif said is Answer.NO:
        log_answer(store, clock, person.id, said)
        screen.told(f"Noted: {name} said no. A thank-you is on your list.")
    elif said is Answer.REFERRED:
        await _referred(screen, person)
    else:
        given, until = await screen.ask_day(
            f"When may you ask {name} again?", "Leave it empty if they named no day.", None
        )
        if given:
            log_answer(store, clock, person.id, said, until=until)
            screen.told(f"Noted: {name} can’t now. A thank-you is on your list.")


async def _referred(screen: PeopleScreen, person: PersonLine) -> None:
    from data.actions.asking import log_answer
    from data.followups.events import Answer

    filled = await screen.ask(
        Form(
            f"Whom did {short(person.name)} name?",
            [
                Field("name", "Name", hint="Jonas Weber"),
                Field("title", "Title", hint="if you know it"),
                Field("company", "Company", hint="if you know it"),
            ],
            "They come on the board, found through this group."
            if person.kind is Kind.GROUP
            else "They come on the board, introduced by this person.",
            check=lambda values: None if values["name"] else Wrong("name", "Type at least a name."),
        )
    )
    if filled is None:
        return
    log_answer(
        screen.desk.store,
        screen.desk.clock,
        person.id,
        Answer.REFERRED,
        referred_to=filled["name"],
        title=filled["title"],
        company=filled["company"],
    )
    screen.told(f"{short(filled['name'])} is on the board, via {short(person.name)}.")


async def touch(screen: PeopleScreen) -> None:
    """Log any other contact."""
    from data.actions.asking import log_touch

    people = screen.chosen()
    direction = await screen.ask(
        Choose(
            f"Who made contact: you or {called(people)}?",
            [
                Option("i", "I wrote or called", Direction.OUT),
                Option("t", "They wrote or called", Direction.IN),
                Option("w", "We met or talked", Direction.BOTH, "a coffee, a call without the clock"),
            ],
            "The next check-in counts from it.",
        )
    )
    if direction is None:
        return
    at = None
    if direction is Direction.BOTH:
        from .talks import ask_talk

        talk = await ask_talk(screen, people)
        if talk is None:
            return
        at = talk.at
    text = await screen.ask(
        AskLine("What was it about?", "A few words for the history; enter alone will do.")
    )
    if text is None:
        return
    ids = ids_of(people)
    log_touch(screen.desk.store, screen.desk.clock, ids, direction=direction, text=text.strip(), at=at)
    screen.told(f"Logged contact with {called(people)}.")

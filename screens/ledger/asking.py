"""What the ledger asks: whether a giver was told, what a lead says, what was given outside of a meeting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from data.actions import followups, leads
from data.clock import today
from data.days import show_day
from data.errors import UserError
from data.meetings.lead_words import understand_lead
from data.meetings.promise_words import promised_by
from data.records import Lead, PersonLine
from data.text import fold, one_line

from ..commands import key_of
from ..dialogs import AskLine, Choose, Field, Form, Option, Reading, Wrong
from ..people.names import short

if TYPE_CHECKING:
    from textual.app import App

    from ..desk import Desk


async def how_told(app: App[Any], giver: str) -> Literal["write", "known"] | None:
    """How the giver hears what came of a lead; None if the user gave up."""
    options: list[Option[Literal["write", "known"]]] = [
        Option("w", "Write to them now", "write", "the message is drafted"),
        Option("k", "They know already", "known", "told in person, by phone"),
    ]
    lead = "A lead is closed when its giver knows what came of it."
    return await app.push_screen_wait(Choose(f"Has {giver} heard of it?", options, lead))


async def change_lead(app: App[Any], desk: Desk, lead: Lead) -> bool:
    """Change what a lead says; False if the user gave up."""
    now = today(desk.clock)

    def check(values: dict[str, str]) -> Wrong | None:
        if not (values["text"] or values["name"] or values["company"]):
            return Wrong("text", "Say in a few words what the lead is.")
        wrong = _wrong_day(values["due"], now, lead)
        return Wrong("due", wrong) if wrong else None

    filled = await app.push_screen_wait(
        Form(
            "Change the lead",
            [
                Field("text", "What they said", lead.text),
                Field("name", "Name", lead.name, "of the person, event or book"),
                Field("company", "Company", lead.company),
                Field("next_step", "Next step", lead.next_step, "what you will do, in your words"),
                Field("due", "Until", show_day(lead.due) if lead.due else "", "fri, in 2 weeks, 3 dec"),
            ],
            check=check,
        )
    )
    if filled is None:
        return False
    leads.edit_lead(
        desk.store,
        desk.clock,
        lead,
        text=filled["text"],
        name=filled["name"],
        company=filled["company"],
        next_step=filled["next_step"],
        due=_new_day(filled["due"], now, lead),
    )
    return True


def _new_day(typed: str, now: date, lead: Lead) -> date | None:
    """The day typed; None where it was left as it is."""
    from data.when import read_day

    if not typed or (lead.due is not None and typed == show_day(lead.due)):
        return None
    return read_day(typed, now)


def _wrong_day(typed: str, now: date, lead: Lead) -> str:
    try:
        _new_day(typed, now, lead)
    except UserError as error:
        return str(error)
    return ""


async def note_new(app: App[Any], desk: Desk, giver: str) -> tuple[str, str] | None:
    """Note what was given or promised outside of a meeting; its id and a sentence, None if given up."""
    options = [
        Option("l", "A lead they gave you", "lead", "somebody or something to follow up"),
        Option("a", "Advice they gave you", "advice"),
        Option("p", "A promise you made", "promise", "in your words"),
    ]
    what = await app.push_screen_wait(Choose("What do you want to note?", options))
    if what is None:
        return None
    person = await _ask_person(app, desk, giver, "To whom?" if what == "promise" else "Who gave it to you?")
    if person is None:
        return None
    ask = {"lead": _ask_lead, "advice": _ask_advice, "promise": _ask_promise}[what]
    return await ask(app, desk, person)


async def _ask_person(app: App[Any], desk: Desk, giver: str, title: str) -> PersonLine | None:
    people = desk.store.people()
    known = next((line.name for line in people if line.id == giver), "")

    def read(typed: str) -> Reading:
        found = _called(people, typed)
        if not found:
            return Reading(False, "Nobody in your network is called that: add them on the board first.")
        if len(found) > 1:
            names = ", ".join(short(line.name) for line in found[:3])
            return Reading(False, f"Which one: {names}{', …' if len(found) > 3 else ''}?")
        role = " · ".join(part for part in (found[0].title, found[0].company) if part)
        return Reading(True, one_line(f"{found[0].name}{f', {role}' if role else ''}"[:200]))

    typed = await app.push_screen_wait(
        AskLine(title, value=known, read=read, placeholder="Priya Nair", hint="A part of their name will do.")
    )
    found = _called(people, typed) if typed else []
    return found[0] if found else None


def _called(people: Sequence[PersonLine], typed: str) -> list[PersonLine]:
    """Those of that very name; else those whose names hold all the words."""
    wanted = fold(typed)
    same = [line for line in people if fold(line.name) == wanted]
    words = wanted.split()
    return same or [line for line in people if words and all(word in fold(line.name) for word in words)]


async def _ask_lead(app: App[Any], desk: Desk, giver: PersonLine) -> tuple[str, str] | None:
    ask = AskLine(
        f"Whom or what did {short(giver.name)} point you to?",
        placeholder="Jonas Weber at Spotify, may use her name",
        read=lambda text: Reading(bool(text.strip()), understand_lead(text).words),
    )
    text = await app.push_screen_wait(ask)
    if text is None:
        return None
    read = understand_lead(text)
    lead = leads.capture(
        desk.store,
        desk.clock,
        giver,
        text,
        kind=read.kind,
        name=read.name,
        company=read.company,
        may_use_name=read.may_use_name,
    )
    return lead.id, f"Kept. Act on it, and {short(giver.name)} will give you more."


async def _ask_advice(app: App[Any], desk: Desk, giver: PersonLine) -> tuple[str, str] | None:
    text = await app.push_screen_wait(AskLine(f"What did {short(giver.name)} advise?"))
    if text is None:
        return None
    return leads.keep_advice(
        desk.store, desk.clock, giver, text
    ).id, f"Kept. {key_of('ledger.done')} says what you did with it."


async def _ask_promise(app: App[Any], desk: Desk, to: PersonLine) -> tuple[str, str] | None:
    ask = AskLine(f"What did you promise {short(to.name)}?", placeholder="send the talk on tokens by friday")
    text = await app.push_screen_wait(ask)
    if text is None:
        return None
    made = followups.promise(desk.store, desk.clock, to, text, promised_by(text, today(desk.clock)))
    if not made:
        raise UserError("That promise is on your list already.")
    return made[0].id, f"Kept, until {show_day(made[0].due)}."

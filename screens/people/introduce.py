"""Asking somebody for an introduction: to another person, or "whom do you know in …?"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.records import Channel, FollowUp, FollowUpKind, PersonLine, Stage
from data.text import fold, one_line

from ..commands import key_of
from ..dialogs import AskLine, Choose, Option, WriteText
from ..person.form import choose_person
from .names import short

if TYPE_CHECKING:
    from .screen import PeopleScreen

_OFFERED = 12
"""People offered at once; more are found by typing a name."""


async def introduce(screen: PeopleScreen, people: list[PersonLine]) -> None:
    """Ask one of `people` for an introduction: to the other, if there are two; else ask what for."""
    if len(people) > 2:
        screen.say("Select two people: one to ask, and one to be introduced to.", "warn")
        return
    if len(people) == 2:
        one, two = people
        asked = await screen.ask(
            Choose(
                "Who introduces you to whom?",
                [
                    Option("1", f"Ask {short(one.name)} to introduce you to {short(two.name)}", one.id),
                    Option("2", f"Ask {short(two.name)} to introduce you to {short(one.name)}", two.id),
                ],
            )
        )
        if asked is not None:
            await _ask(screen, one if asked == one.id else two, two if asked == one.id else one)
        return
    person = people[0]
    field = screen.desk.store.profile.target_field or "your field"
    what = await screen.ask(
        Choose(
            f"Ask {short(person.name)}",
            [
                Option("w", f"Whom do you know in {one_line(field[:40])}?", "whom"),
                Option("p", "For an introduction to somebody", "person"),
                Option(
                    "c",
                    f"For an introduction to somebody at {short(person.company)}",
                    "company",
                    why_not="" if person.company else "their company is not known",
                ),
            ],
        )
    )
    if what == "whom":
        await _ask(screen, person, None)
    elif what is not None:
        other = await _whom(screen, person, what)
        if other is not None:
            await _ask(screen, person, other)


async def _whom(screen: PeopleScreen, person: PersonLine, what: str) -> PersonLine | None:
    """The person to be introduced to."""
    people = [line for line in screen.desk.store.people() if line.id != person.id]
    if what == "company":
        company = fold(person.company)
        found = [line for line in people if company in fold(line.company)]
    else:
        typed = await screen.ask(
            AskLine("To whom?", "A part of their name or company will do.", placeholder="Maria Chen")
        )
        if not typed or not (words := fold(typed).split()):
            return None
        found = [line for line in people if all(w in fold(f"{line.name} {line.company}") for w in words)]
    if not found:
        screen.say(f"Nobody like that is in your network: add them with {key_of('board.new')} first.", "warn")
        return None
    found.sort(key=lambda line: (line.stage is Stage.NETWORK, line.name))
    chosen = found[0].id if len(found) == 1 else await choose_person(screen, "To whom?", found[:_OFFERED])
    return next((line for line in found if line.id == chosen), None)


async def _ask(screen: PeopleScreen, person: PersonLine, other: PersonLine | None) -> None:
    """Show the drafted message; what is kept is copied and logged as sent."""
    from asyncio import to_thread

    from data.actions.asking import ask_introduction, ask_whom
    from data.clock import today
    from data.followups.occasions import Occasion
    from data.messages import channels_for, draft

    store, clock = screen.desk.store, screen.desk.clock
    wanted = FollowUp(
        id="",
        person=person.id,
        kind=FollowUpKind.OUTREACH,
        due=today(clock),
        occasion=Occasion.INTRODUCTION if other is not None else Occasion.WHOM,
        about=other.id if other is not None else "",
    )
    channel: Channel = channels_for(store, wanted)[0]
    message = draft(store, clock, wanted, channel)
    about = f"an introduction to {short(other.name)}" if other is not None else "people they know"
    text = await screen.ask(
        WriteText(
            f"Ask {short(person.name)} for {about}",
            message.body,
            screen.desk.edit_text,
            f"Make it yours. {key_of('dialog.accept')} copies it, notes it as "
            f"sent, and books a reminder; {key_of('app.undo')} takes that back.",
        )
    )
    if text is None:
        return
    outcome = await to_thread(screen.desk.clipboard.copy, text)
    subject, field = message.subject, store.profile.target_field
    if other is not None:
        ask_introduction(store, clock, person.id, other.id, subject=subject, text=text, channel=channel)
    else:
        ask_whom(store, clock, person.id, where=field, subject=subject, text=text, channel=channel)
    screen.told(f"{outcome.sentence.rstrip('.')}. Noted that you asked {short(person.name)} for {about}.")

"""The first run: who you are, then whom to ask first. Skipped with one key, never shown twice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace
from textual.app import App

from .commands import key_of
from .dialogs import AskLine, Field, Form, Wrong
from .people.names import short
from .person.form import SHAPE, read_new
from .scope import Said

if TYPE_CHECKING:
    from .desk import Desk

LENGTHS = (15, 20, 30)
"""The lengths on offer for a first conversation, in minutes."""


def _welcome() -> str:
    return (
        "Inroad helps you break into a new field by talking to people who work in it. A few words about you "
        "first; each can be left empty, and changed later "
        f"from the palette ({key_of('app.palette')}, Profile)."
    )


FIRST_PERSON = (
    "Who could you ask first? Somebody you have worked or studied with is best, or a friend of a friend. "
    "One line, as much as you know."
)


async def first_run(app: App[int], desk: Desk) -> None:
    """Ask who the user is and whom they could ask first; say what comes next. Call it from a worker."""
    if not await ask_profile(app, desk, _welcome()):
        return
    if desk.store.people():
        # Imported or added before the first start: there is somebody to begin with.
        app.post_message(
            Said(f"Press {key_of('board.find')}: those in your network who fit best come first.", "good")
        )
        return
    line = await app.push_screen_wait(
        AskLine(
            "The first one to ask", FIRST_PERSON, placeholder=SHAPE, read=read_new, leave="later", joins=", "
        )
    )
    if line is None:
        app.post_message(
            Said(
                f"Press {key_of('board.new')} for the first person to ask, "
                f"{key_of('app.import_file')} to bring in the people you know.",
                "good",
            )
        )
        return
    from data.people import quick_add

    person = quick_add.add(desk.store, desk.clock, line).person
    name = short(person.name)
    app.post_message(
        Said(f"{name} is on your board. {key_of('board.write')} drafts your first message to them.", "good")
    )


async def ask_profile(app: App[int], desk: Desk, lead: str = "") -> bool:
    """Ask for name, target field and usual length, and keep them. False if the user skipped it.

    Call it from a worker: it waits for the window.
    """
    profile = desk.store.profile
    answer = await app.push_screen_wait(
        Form(
            "Welcome to Inroad" if lead else "You",
            [
                Field("name", "Your name", profile.name, "signs your messages"),
                Field("field", "Target field", profile.target_field, "product design, climate tech…"),
                Field("titles", "Target roles", ", ".join(profile.target_titles), "designer, design lead"),
                Field("minutes", "Minutes to ask for", str(profile.usual_minutes), "15, 20 or 30"),
            ],
            lead,
            check=_wrong,
            leave="skip" if lead else "",
        )
    )
    if answer is None:
        desk.store.save_profile(replace(profile, welcomed=True))
        return False
    said = replace(
        profile,
        name=answer["name"],
        target_field=answer["field"],
        target_titles=tuple(title.strip() for title in answer["titles"].split(",") if title.strip()),
        usual_minutes=_minutes(answer["minutes"]) or 20,
        welcomed=True,
    )
    if lead:
        # Taken back, it would ask all anew.
        desk.store.save_profile(said)
    else:
        from data.actions.settings import set_profile

        set_profile(desk.store, said)
    return True


def _minutes(typed: str) -> int:
    """The minutes in `20`, `20 min` or `20 minutes`; 0 where there are none."""
    found = re.fullmatch(r"([0-9]{1,4})(?:\s*m(?:in(?:ute)?s?)?\.?)?", typed.strip(), re.IGNORECASE)
    return int(found[1]) if found else 0


def _wrong(values: dict[str, str]) -> Wrong | None:
    if values["minutes"] and not 5 <= _minutes(values["minutes"]) <= 180:
        short, usual, long = LENGTHS
        return Wrong("minutes", f"Type a number from 5 to 180; usual are {short}, {usual} and {long}.")
    return None

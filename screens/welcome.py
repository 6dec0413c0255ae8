"""The first run: three short questions, skipped with one key, never asked twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace
from textual.app import App

from .dialogs import Field, Form

if TYPE_CHECKING:
    from .desk import Desk

LENGTHS = (15, 20, 30)
"""The lengths on offer for a first conversation, in minutes."""

WELCOME = (
    "Inroad helps you break into a new field by talking to people who work in it. Three things first; "
    "each can be left empty and changed later from the palette (ctrl+p, Profile)."
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
        )
    )
    if answer is None:
        desk.store.save_profile(replace(profile, welcomed=True))
        return False
    desk.store.save_profile(
        replace(
            profile,
            name=answer["name"],
            target_field=answer["field"],
            target_titles=tuple(title.strip() for title in answer["titles"].split(",") if title.strip()),
            usual_minutes=int(answer["minutes"] or 20),
            welcomed=True,
        )
    )
    return True


def _wrong(values: dict[str, str]) -> str:
    minutes = values["minutes"]
    if minutes and not (minutes.isascii() and minutes.isdigit() and 5 <= int(minutes) <= 180):
        return (
            f"Minutes must be a number from 5 to 180; usual are {LENGTHS[0]}, {LENGTHS[1]} and {LENGTHS[2]}."
        )
    return ""

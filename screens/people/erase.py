"""Erasing somebody for good: asked first, since nothing brings them back."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from data.people.erasing import question, told

from ..commands import key_of
from ..dialogs import Choose, Option
from .names import short

if TYPE_CHECKING:
    from data.records import PersonLine

    from .screen import PeopleScreen


async def erase(screen: PeopleScreen, person: PersonLine) -> None:
    """Ask, then erase one person, from backups too if the user wants it."""
    store = screen.desk.store
    where = await screen.ask(
        Choose(
            f"Erase {short(person.name)} for good?",
            [
                Option(
                    "n",
                    "No, keep them",
                    "",
                    f"{key_of(f'{screen.SCOPE}.remove')} removes somebody "
                    f"so that {key_of('app.undo')} brings them back",
                ),
                Option("e", "Erase them", "store", "older backups still hold them"),
                Option("b", "Erase them, from all backups too", "backups"),
            ],
            question(person.name, store.goes_with(person.id)),
        )
    )
    if not where:
        return
    # The store is written anew, which takes a moment where it is large.
    erased = await asyncio.to_thread(store.erase, person.id, backups=where == "backups")
    screen.told(" ".join(told(person.name, erased)))

"""The call that is about to begin: in its last minutes `o` opens it from every screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from data.meetings.schedule import begins_soon, planned_meetings
from data.records import Meeting, Person

from .commands import key_of
from .dialogs import Choose, Option
from .links import address_of, open_place
from .people.names import short

if TYPE_CHECKING:
    from .base import DeskScreen
    from .desk import Desk


def call_soon(desk: Desk) -> Meeting | None:
    """The meeting that begins within minutes and has a link or a number; None if there is none."""
    meeting = begins_soon(planned_meetings(desk.store), desk.clock.now())
    return meeting if meeting is not None and address_of(meeting) else None


async def open_call(screen: DeskScreen, meeting: Meeting, otherwise: str) -> bool:
    """Open the call; where the key opens something here as well (`otherwise` says what), ask which.

    True if it is the other thing that is wanted.
    """
    if otherwise:
        person = screen.desk.store.get(Person, meeting.person)
        name = short(person.name) if person is not None else "somebody"
        options: list[Option[Literal["call", "other"]]] = [
            Option("o", f"The call with {name}", "call", f"{key_of('list.choose')} or o"),
            Option("p", otherwise, "other"),
        ]
        chosen = await screen.app.push_screen_wait(Choose("Open what?", options))
        if chosen != "call":
            return chosen == "other"
    screen.say(*open_place(screen.desk, meeting))
    return False

"""Where a thing lives: from a person, a meeting or a follow-up to the screen that shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.records import Meeting, MeetingStatus
from screens.base import DeskScreen
from screens.messages import Target

if TYPE_CHECKING:
    from screens.desk import Desk

    from .everywhere import Everywhere

_MODE_OF: dict[Target, str] = {
    "meeting": "meeting",
    "wrap_up": "meeting",
    "prep": "prep",
    "followup": "followups",
}


async def go(app: Everywhere, kind: Target, id: str) -> None:
    """Bring the user to the thing `id` of this kind."""
    desk = app.desk
    if kind == "meeting":
        meeting = desk.store.get(Meeting, id)
        if meeting is not None and meeting.status is MeetingStatus.PLANNED:
            kind = "prep"
    if kind == "person":
        from screens.person.screen import PersonScreen

        app.push_screen(PersonScreen(desk, id))
    elif kind in ("lead", "ledger"):
        from screens.ledger.screen import LedgerScreen

        if isinstance(app.screen, LedgerScreen):
            app.screen.go_to(kind, id)
        else:
            app.push_screen(LedgerScreen(desk, id))
    elif kind == "find":
        from screens.find.screen import FindScreen

        await app.switch_mode("board")
        app.push_screen(FindScreen(desk))
    elif kind == "import":
        from screens.importing.screen import ImportScreen

        app.push_screen(ImportScreen(desk, id))
    elif kind == "duplicates":
        from screens.duplicates.screen import DuplicatesScreen

        app.push_screen(DuplicatesScreen(desk, tuple(id.split())))
    else:
        await app.switch_mode(_MODE_OF[kind])
        await back_to_base(app)
        if isinstance(app.screen, DeskScreen):
            app.screen.go_to(kind, id)


async def back_to_base(app: Everywhere) -> None:
    """Close what was opened over a mode's own screen."""
    while len(app.screen_stack) > 1:
        await app.pop_screen()


def next_thing(desk: Desk) -> tuple[Target, str] | None:
    """The most urgent thing, as kind and id; None if nothing is due."""
    from data.followups.agenda import next_up
    from data.meetings.schedule import running_meeting

    running = running_meeting(desk.store)
    if running is not None:
        return "meeting", running.id
    for item in next_up(desk.store, desk.clock):
        return item.kind, item.id
    return None

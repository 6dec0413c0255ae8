"""Beginning a planned meeting: the clock runs at once, and after a late start one key says until when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import App

from data.actions import conversation
from data.meetings.clock import late_start_choices
from data.records import Meeting

if TYPE_CHECKING:
    from ..desk import Desk


async def begin_meeting(app: App[int], desk: Desk, meeting_id: str) -> None:
    """Begin it; call it from a worker, since after a late start it waits for the window.

    Raises UserError if another meeting runs, or this one can't begin.
    """
    meeting = desk.store.get(Meeting, meeting_id)
    if meeting is None:
        return
    choices = late_start_choices(meeting, desk.clock.now(), desk.clock.zone())
    conversation.begin(desk.store, desk.clock, meeting_id)
    if len(choices) < 2:
        return
    from ..dialogs import Choose, Option

    options = [Option(key, choice.words, choice.id) for key, choice in zip("pn", choices, strict=False)]
    chosen = await app.push_screen_wait(
        Choose("You begin late. Until when?", options, "The clock runs already.")
    )
    if chosen:
        conversation.promise(desk.store, desk.clock, meeting_id, chosen)

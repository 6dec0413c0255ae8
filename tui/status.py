"""What the line on top says, computed from the store and the time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.clock import today
from data.records import FollowUp, FollowUpState
from screens.widgets.bars import Running, Status

if TYPE_CHECKING:
    from screens.desk import Desk


def compute_status(desk: Desk) -> Status:
    """The status of the line on top at this moment."""
    day = today(desk.clock)
    due = sum(1 for f in desk.store.all(FollowUp) if f.state is FollowUpState.OPEN and f.due <= day)
    running: Running | None = None
    return Status(today=day, counts=(("followups", due),), running=running, demo=desk.demo)

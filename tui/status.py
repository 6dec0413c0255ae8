"""What the line on top says, computed from the store and the time."""

from __future__ import annotations

from datetime import timedelta
from math import ceil
from typing import TYPE_CHECKING

from data.clock import today
from data.records import FollowUp, FollowUpState, Meeting, MeetingStatus, Person
from screens.widgets.bars import Running, Status
from screens.widgets.rows import clip

if TYPE_CHECKING:
    from datetime import datetime

    from data.store import Store
    from screens.desk import Desk


class StatusLine:
    """Computes the status; what depends on the store alone is kept until the store changes."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._open: list[FollowUp] | None = None
        self._meetings: list[tuple[datetime, Meeting]] = []

    def store_changed(self) -> None:
        """What was read from the store is out of date."""
        self._open = None

    def status(self) -> Status:
        """The status at this moment."""
        from data.followups.due import due_day
        from data.meetings.schedule import SOON, STILL_SOON

        store, clock = self._desk.store, self._desk.clock
        if self._open is None:
            from data.meetings.times import starts_at

            self._open = store.where(FollowUp, state=FollowUpState.OPEN)
            coming = [
                (starts_at(meeting), meeting)
                for status in (MeetingStatus.PLANNED, MeetingStatus.RUNNING)
                for meeting in store.where(Meeting, status=status)
            ]
            self._meetings = sorted(coming, key=lambda pair: pair[0])
        day, now, zone = today(clock), clock.now(), clock.zone()
        due = sum(1 for followup in self._open if due_day(followup, zone) <= day)
        running: Running | None = None
        soon, call = "", False
        for starts, meeting in self._meetings:
            if meeting.status is MeetingStatus.RUNNING:
                running = _running(store, meeting, now)
            elif -STILL_SOON <= starts - now <= SOON and not soon:
                from screens.links import address_of

                soon, call = _soon(store, meeting, starts - now), bool(address_of(meeting))
        return Status(
            today=day,
            counts=(("followups", due),),
            running=running,
            soon=soon,
            call=call,
            demo=self._desk.demo,
        )


def _soon(store: Store, meeting: Meeting, left: timedelta) -> str:
    """In how many minutes a meeting begins, or since when it should run."""
    minutes = abs(round(left.total_seconds() / 60))
    when = f"in {max(1, minutes)} min" if left >= timedelta(0) else f"since {max(1, minutes)} min"
    return f"{'!' if left >= timedelta(0) else '!!'} {clip(_name(store, meeting), 20)} {when}"


def _running(store: Store, meeting: Meeting, now: datetime) -> Running | None:
    from data.meetings.clock import reading
    from data.meetings.times import clock_words

    if meeting.started is None:
        return None
    shown = reading(meeting, now)
    if shown.over:
        over = f"{int(shown.overtime.total_seconds()) // 60} min over your promise"
        return Running(f"+{clock_words(shown.overtime)} over", _name(store, meeting), "late", over)
    tone = "warn" if shown.left <= timedelta(minutes=5) else "good"
    left = f"{ceil(shown.left.total_seconds() / 60)} min left"
    return Running(clock_words(shown.elapsed), _name(store, meeting), tone, left)


def _name(store: Store, meeting: Meeting) -> str:
    person = store.get(Person, meeting.person)
    return person.name if person else "somebody"

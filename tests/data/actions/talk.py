"""Meetings with three people, arranged, run and kept, for the tests of actions."""

from __future__ import annotations

from datetime import UTC, datetime

from data.actions import conversation, meetings
from data.clock import FixedClock
from data.meetings.capture import Line
from data.records import (
    Entry,
    EntryKind,
    FollowUp,
    FollowUpKind,
    FollowUpState,
    Meeting,
    Person,
    Record,
)
from data.store import Store

NOW = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)  # Monday 15:00 in Berlin


ZONE = "Europe/Berlin"


def who(store: Store, id: str = "maria") -> Person:
    found = store.get(Person, id)
    assert found is not None
    return found


def newest(store: Store, meeting: Meeting) -> Meeting:
    found = store.get(Meeting, meeting.id)
    assert found is not None
    return found


def arranged(
    store: Store, clock: FixedClock, starts: str = "2026-11-23 15:00", person: str = "maria"
) -> Meeting:
    return meetings.schedule(
        store, clock, who(store, person), starts=datetime.fromisoformat(starts), zone=ZONE
    )


def owed(store: Store, *kinds: FollowUpKind) -> list[FollowUp]:
    return [
        each
        for each in store.all(FollowUp)
        if each.state is FollowUpState.OPEN and (not kinds or each.kind in kinds)
    ]


def everything(store: Store, *kinds: type[Record]) -> list[list[Record]]:
    return [list(store.all(kind)) for kind in kinds]


def begun(store: Store, clock: FixedClock) -> Meeting:
    return conversation.begin(store, clock, arranged(store, clock).id)


def kept(store: Store, clock: FixedClock, meeting: Meeting, kind: EntryKind, text: str) -> Entry:
    return conversation.keep_lines(store, clock, meeting.id, [Line(kind, text)])[0]

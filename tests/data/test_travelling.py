"""A laptop that travels: what was planned in Berlin is right when Inroad is started again elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from data.actions import conversation, meetings
from data.clock import FixedClock
from data.exports.calendar import meeting_calendar
from data.followups.agenda import Agenda
from data.followups.queue import queue
from data.insights.answers import answers
from data.insights.facts import Facts
from data.insights.funnel import weeks
from data.meetings.clock import late_start_choices
from data.meetings.note import note
from data.meetings.readiness import both_zones
from data.meetings.sheet import sheet
from data.messages.draft import draft
from data.records import (
    Entry,
    EntryKind,
    FollowUpKind,
    Meeting,
    MeetingStatus,
    Question,
    Stage,
)
from data.when import read_moment, show
from tests.data.world import NOW, World

Travel = Callable[..., World]


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Travel]:
    """Starts the next World in the same store, in another zone, and ends the one before."""
    worlds: list[World] = []

    def travel(zone: str, now: datetime = NOW) -> World:
        if worlds:
            worlds[-1].store.close()
        worlds.append(World(tmp_path, now, zone))
        return worlds[-1]

    yield travel
    worlds[-1].store.close()


def planned(world: World, starts: str) -> Meeting:
    maria = world.person("Maria Chen", Stage.ASKED)
    return meetings.schedule(
        world.store, world.clock, maria, starts=datetime.fromisoformat(starts), zone="Europe/Berlin"
    )


def test_three_in_berlin_is_nine_in_new_york_wherever_it_is_said(elsewhere: Travel) -> None:
    meeting = planned(elsewhere("Europe/Berlin"), "2026-11-26 15:00")
    world = elsewhere("America/New_York")
    own, now = world.clock.zone(), world.clock.now()
    assert world.store.get(Meeting, meeting.id) == meeting
    maria = world.now(meeting.person)
    badge = Agenda(world.store, world.clock).badge(maria)
    assert badge is not None
    assert badge.text == "Thu 26 Nov 09:00"
    zones = both_zones(meeting, maria, own)
    assert zones.text == "Thu 26 Nov, 09:00–09:20 · 15:00–15:20 in Berlin"
    assert sheet(world.store, meeting, now, own).title == "Maria Chen, 09:00"
    assert "DTSTART;TZID=Europe/Berlin:20261126T150000" in meeting_calendar(world.store, world.clock, meeting)
    confirm = world.one(maria, FollowUpKind.CONFIRM)
    assert confirm.due == date(2026, 11, 25)
    text = draft(world.store, world.clock, confirm).body
    assert "at 15:00 your time (9:00 in New York)" in text
    # What stands in the line when it is moved means the same time.
    assert read_moment(show(meeting.starts, meeting.zone, own), now, own).instant == NOW + timedelta(
        days=3, hours=1
    )
    world.clock.set(NOW + timedelta(days=3, hours=1, minutes=10))
    assert Agenda(world.store, world.clock).next_up(1)[0].text.startswith("Maria Chen 09:00")
    assert [choice.until for choice in late_start_choices(meeting, world.clock.now(), own)] == [
        NOW + timedelta(days=3, hours=1, minutes=minutes) for minutes in (20, 30)
    ]


@pytest.mark.parametrize(
    ("zone", "day"), [("America/New_York", date(2026, 11, 22)), ("Europe/Berlin", date(2026, 11, 23))]
)
def test_a_talk_at_two_at_night_was_on_the_evening_before_over_there(
    elsewhere: Travel, zone: str, day: date
) -> None:
    world = elsewhere("Europe/Berlin")
    meeting = planned(world, "2026-11-23 02:00")
    question = Question(id="q", text="How did you start?")
    with world.store.transaction("Talked") as tx:
        tx.put(
            Meeting(
                id=meeting.id,
                person=meeting.person,
                starts=meeting.starts,
                zone=meeting.zone,
                status=MeetingStatus.ENDED,
                questions=(question,),
            )
        )
        tx.put(Entry(id="e", meeting=meeting.id, kind=EntryKind.ANSWER, text="By chance", question="q"))
    world = elsewhere(zone)
    facts = Facts(world.store, world.clock)
    assert facts.held == [day]
    assert [week.held for week in weeks(facts, 2)] == ([1, 0] if day.weekday() == 0 else [0, 1])
    assert [each.day for each in answers(world.store, world.clock.zone())[0].answers] == [day]
    held = world.store.get(Meeting, meeting.id)
    assert held is not None
    assert f"{day:%a} {day.day} {day:%b %Y}" in note(world.store, held, world.clock.zone()).splitlines()[0]


@pytest.mark.parametrize(
    ("zone", "hours", "due", "pressing"),
    [
        # Ended at 23:30 in Berlin on Monday, so that thanks are due on Tuesday at 22:30 UTC.
        ("Europe/Berlin", 23, "today 23:30", True),
        ("America/New_York", 23, "today 17:30", True),
        ("Asia/Tokyo", 23, "tomorrow 07:30", False),
        ("Asia/Tokyo", 32, "today 07:30", True),
        ("Asia/Tokyo", 34, "30 min overdue", True),
        ("America/Los_Angeles", 23, "today 14:30", True),
    ],
)
def test_what_is_due_to_the_hour_is_due_on_the_day_it_is_over_there(
    elsewhere: Travel, zone: str, hours: int, due: str, pressing: bool
) -> None:
    world = elsewhere("Europe/Berlin", datetime(2026, 11, 23, 22, 0, tzinfo=UTC))
    meeting = planned(world, "2026-11-23 23:00")
    conversation.begin(world.store, world.clock, meeting.id)
    world.clock.advance(minutes=30)
    conversation.end(world.store, world.clock, meeting.id)
    from data.actions.wrap_up import wrap_up

    wrap_up(world.store, world.clock, meeting.id)
    thanks = world.one(world.now(meeting.person), FollowUpKind.THANK_YOU)
    assert thanks.due_at == datetime(2026, 11, 24, 22, 30, tzinfo=UTC)
    world = elsewhere(zone, datetime(2026, 11, 23, 13, 0, tzinfo=UTC) + timedelta(hours=hours))
    found = queue(world.store, world.clock)
    assert [item.due for item in found.items if item.followup.id == thanks.id] == [due]
    assert (thanks.id in {item.followup.id for item in found.due}) is pressing
    agenda = Agenda(world.store, world.clock)
    assert (thanks.id in {up.id for up in agenda.next_up()}) is pressing
    badge = agenda.badge(world.now(meeting.person))
    assert badge is not None
    assert badge.text == f"thank-you {due.split(' ')[0] if 'overdue' not in due else 'overdue 30 min'}"


def test_two_meetings_in_two_zones_come_in_the_order_in_which_they_are(elsewhere: Travel) -> None:
    world = elsewhere("Europe/Berlin")
    first = planned(world, "2026-11-26 15:00")
    second = meetings.schedule(
        world.store,
        FixedClock(NOW, "America/New_York"),
        world.now(first.person),
        starts=datetime.fromisoformat("2026-11-26 10:00"),
        zone="America/New_York",
    )
    from data.actions.put import planned as planned_with

    assert [each.id for each in planned_with(world.store, first.person)] == [first.id, second.id]

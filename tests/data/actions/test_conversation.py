"""Meetings as actions: arranged, moved, missed, run, extended, ended, logged afterwards, wrapped up."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from data.actions import conversation, meetings, wrap_up
from data.clock import FixedClock
from data.errors import UserError
from data.meetings.clock import FROM_NOW, cues, reading
from data.meetings.schedule import begins_soon, next_after, overlapping, planned_meetings
from data.meetings.times import starts_at
from data.records import (
    Entry,
    EntryKind,
    FollowUp,
    FollowUpKind,
    Lead,
    Medium,
    Meeting,
    MeetingStatus,
    Person,
    Stage,
    Touch,
    TouchKind,
)
from data.store import Store
from tests.data.actions.talk import NOW, ZONE, arranged, begun, everything, kept, newest, owed, who


def test_arranging_moves_the_card_and_books_the_confirmation(store: Store, clock: FixedClock) -> None:
    meeting = arranged(store, clock, "2026-11-26 15:00")
    assert who(store).stage is Stage.SCHEDULED
    assert [each.due for each in owed(store, FollowUpKind.CONFIRM)] == [date(2026, 11, 25)]
    moved = meetings.move(
        store, clock, meeting.id, starts=datetime.fromisoformat("2026-12-01 09:00"), zone="America/New_York"
    )
    assert starts_at(moved) == datetime(2026, 12, 1, 14, 0, tzinfo=UTC)
    assert [each.due for each in owed(store, FollowUpKind.CONFIRM)] == [date(2026, 11, 30)]
    assert store.undo() is not None
    assert newest(store, meeting).starts == meeting.starts


def test_a_moved_meeting_is_to_be_confirmed_anew(store: Store, clock: FixedClock) -> None:
    meeting = meetings.tick(store, arranged(store, clock, "2026-11-26 15:00").id, "confirmed")
    moved = meetings.move(store, clock, meeting.id, starts=meeting.starts + timedelta(days=1), zone=ZONE)
    assert moved.ticked == ()


def test_nobody_came_and_another_time_is_found(store: Store, clock: FixedClock) -> None:
    meeting = arranged(store, clock)
    clock.advance(minutes=15)
    missed = meetings.no_show(store, clock, meeting.id)
    assert missed.status is MeetingStatus.NO_SHOW
    assert who(store).stage is Stage.ASKED
    assert owed(store, FollowUpKind.CONFIRM, FollowUpKind.WRAP_UP) == []
    again = meetings.move(
        store, clock, meeting.id, starts=datetime.fromisoformat("2026-11-26 15:00"), zone=ZONE
    )
    assert again.status is MeetingStatus.PLANNED
    assert who(store).stage is Stage.SCHEDULED
    assert conversation.begin(store, clock, again.id).status is MeetingStatus.RUNNING


def test_a_second_meeting_called_off_leaves_them_in_touch(store: Store, clock: FixedClock) -> None:
    first = begun(store, clock)
    clock.advance(minutes=20)
    conversation.end(store, clock, first.id)
    second = arranged(store, clock, "2026-11-30 15:00")
    meetings.call_off(store, clock, second.id, anew=False)
    assert who(store).stage is Stage.IN_TOUCH


def test_one_meeting_runs_and_is_found_after_a_crash(store: Store, clock: FixedClock) -> None:
    meeting = begun(store, clock)
    assert reading(meeting, clock.now()).left == timedelta(minutes=20)
    kept(store, clock, meeting, EntryKind.NOTE, "one")
    clock.advance(minutes=7)
    other = Store.open(store.path, clock=clock)  # the first never closed
    try:
        found = conversation.running(other)
        assert found is not None
        assert reading(found, clock.now()).elapsed == timedelta(minutes=7)
        assert [entry.text for entry in conversation.lines_of(other, found.id)] == ["one"]
    finally:
        other.close()
    with pytest.raises(UserError, match="Maria Chen still runs"):
        conversation.begin_now(store, clock, who(store, "sam"))
    assert len(store.all(Meeting)) == 1


def test_back_to_back(store: Store, clock: FixedClock) -> None:
    first = arranged(store, clock, "2026-11-23 15:00")
    second = arranged(store, clock, "2026-11-23 15:20", "sam")
    assert overlapping(store, starts_at(second), 20, besides=second.id) == []
    assert overlapping(store, starts_at(second) - timedelta(minutes=1), 20, besides=second.id) == [first]
    running = conversation.begin(store, clock, first.id)
    assert next_after(store, running, clock.now()) == second
    clock.advance(minutes=20)
    assert begins_soon(planned_meetings(store), clock.now()) == second
    conversation.end(store, clock, first.id)
    begun_second = conversation.begin(store, clock, second.id)
    assert reading(begun_second, clock.now()).left == timedelta(minutes=20)
    assert len(owed(store, FollowUpKind.WRAP_UP)) == 1


def test_a_late_start_keeps_the_promise_or_counts_from_now(store: Store, clock: FixedClock) -> None:
    meeting = arranged(store, clock)
    clock.advance(minutes=6)
    late = conversation.begin(store, clock, meeting.id)
    assert reading(late, clock.now()).left == timedelta(minutes=14)
    chosen = conversation.promise(store, clock, meeting.id, FROM_NOW)
    assert reading(chosen, clock.now()).left == timedelta(minutes=20)


def test_an_end_that_is_moved_after_its_time_was_up_warns_again(store: Store, clock: FixedClock) -> None:
    meeting = arranged(store, clock)
    clock.advance(minutes=10)
    conversation.begin(store, clock, meeting.id)
    clock.advance(minutes=11)
    passed = conversation.note_cues(store, clock, meeting.id)
    assert passed is not None
    assert "zero" in passed.cues
    chosen = conversation.promise(store, clock, meeting.id, FROM_NOW)
    assert [cue.id for cue in cues(chosen) if cue.id not in chosen.cues] == ["five", "two", "zero"]


def test_minutes_that_they_offered_are_kept(store: Store, clock: FixedClock) -> None:
    meeting = begun(store, clock)
    clock.advance(minutes=19)
    more = conversation.extend(store, clock, meeting.id, 5)
    assert [(each.at, each.minutes) for each in more.extensions] == [(clock.now(), 5)]
    assert reading(more, clock.now()).left == timedelta(minutes=6)


def test_a_cue_that_was_shown_is_remembered_and_is_no_step_of_undo(store: Store, clock: FixedClock) -> None:
    meeting = begun(store, clock)
    before = store.undo_title
    clock.advance(minutes=15)
    cue = reading(newest(store, meeting), clock.now()).cue
    assert cue is not None
    conversation.note_cues(store, clock, meeting.id)
    assert reading(newest(store, meeting), clock.now()).cue is None
    assert store.undo_title == before
    conversation.mute(store, clock, meeting.id)
    assert store.undo_title == before


def test_ending_early_moves_the_card_logs_the_contact_and_owes_the_wrap_up(
    store: Store, clock: FixedClock
) -> None:
    meeting = begun(store, clock)
    clock.advance(minutes=11)
    ended = conversation.end(store, clock, meeting.id)
    assert (ended.status, ended.ended) == (MeetingStatus.ENDED, clock.now())
    assert who(store).stage is Stage.MET
    assert [(each.kind, each.at) for each in store.all(Touch)] == [(TouchKind.MEETING, NOW)]
    assert [each.meeting for each in owed(store, FollowUpKind.WRAP_UP)] == [meeting.id]
    with pytest.raises(UserError):
        conversation.end(store, clock, meeting.id)


def test_a_clock_that_is_set_back_never_ends_before_it_began(store: Store, clock: FixedClock) -> None:
    meeting = begun(store, clock)
    clock.advance(minutes=-30)
    line = kept(store, clock, meeting, EntryKind.NOTE, "words")
    ended = conversation.end(store, clock, meeting.id)
    assert line.at == ended.started == ended.ended


def test_a_clock_that_is_set_back_puts_no_line_before_the_one_above_it(
    store: Store, clock: FixedClock
) -> None:
    meeting = begun(store, clock)
    minutes = []
    for step in (10, -7, 4, 9):
        clock.advance(minutes=step)
        line = kept(store, clock, meeting, EntryKind.NOTE, "words")
        assert line.at is not None
        assert meeting.started is not None
        minutes.append((line.at - meeting.started).total_seconds() / 60)
    assert minutes == [10, 10, 10, 16]


def test_a_coffee_without_a_laptop(store: Store, clock: FixedClock) -> None:
    meeting = arranged(store, clock, "2026-11-23 12:00")
    text = "! Jonas Weber at Spotify\n* show work\n/end is no command\n\nnice place"
    logged = conversation.log_afterwards(
        store, clock, who(store), starts=datetime.fromisoformat("2026-11-23 12:10"), zone=ZONE,
        at=NOW - timedelta(hours=2, minutes=50), minutes=45, text=text,
    )  # fmt: skip
    assert logged.id == meeting.id
    assert (logged.from_memory, logged.status) == (True, MeetingStatus.ENDED)
    lines = conversation.lines_of(store, logged.id)
    assert [(line.kind, line.at) for line in lines] == [
        (EntryKind.LEAD, None), (EntryKind.ADVICE, None), (EntryKind.NOTE, None), (EntryKind.NOTE, None),
    ]  # fmt: skip
    assert len(owed(store, FollowUpKind.WRAP_UP)) == 1
    assert wrap_up.unwrapped(store) == [newest(store, logged)]
    with pytest.raises(UserError, match="still to come"):
        conversation.log_afterwards(
            store,
            clock,
            who(store),
            starts=meeting.starts,
            zone=ZONE,
            at=NOW + timedelta(hours=1),
            minutes=20,
        )


def test_what_was_written_while_waiting_stands_above_what_is_logged_afterwards(
    store: Store, clock: FixedClock
) -> None:
    meeting = begun(store, clock)
    waiting = [kept(store, clock, meeting, EntryKind.NOTE, f"waiting {number}") for number in (1, 2, 3)]
    for line in waiting[:2]:
        conversation.remove_line(store, line.id)
    meetings.no_show(store, clock, meeting.id)
    meetings.move(store, clock, meeting.id, starts=meeting.starts + timedelta(hours=1), zone=ZONE)
    clock.advance(hours=2)
    logged = conversation.log_afterwards(
        store, clock, who(store), starts=meeting.starts, zone=ZONE, at=NOW + timedelta(hours=1), minutes=20,
        text="* first\nsecond\nthird",
    )  # fmt: skip
    assert logged.id == meeting.id
    said = [line.text for line in conversation.lines_of(store, meeting.id)]
    assert said == ["waiting 3", "first", "second", "third"]


@pytest.mark.parametrize(("planned", "medium"), [(True, Medium.VIDEO), (False, Medium.IN_PERSON)])
def test_a_call_that_was_planned_stays_one_when_it_is_logged_afterwards(
    store: Store, clock: FixedClock, planned: bool, medium: Medium
) -> None:
    meeting = arranged(store, clock) if planned else None
    clock.advance(hours=1)
    starts = datetime.fromisoformat("2026-11-23 15:00")
    logged = conversation.log_afterwards(
        store, clock, who(store), starts=starts, zone=ZONE, at=NOW, minutes=20
    )
    assert (logged.medium, logged.id == (meeting and meeting.id)) == (medium, planned)


def test_wrapping_up_books_what_was_accepted(store: Store, clock: FixedClock) -> None:
    meeting = begun(store, clock)
    kept(store, clock, meeting, EntryKind.LEAD, "Jonas Weber at Spotify")
    kept(store, clock, meeting, EntryKind.PROMISE, "send my portfolio by fri")
    clock.advance(minutes=20)
    ended = conversation.end(store, clock, meeting.id)
    offered = wrap_up.proposals(store, clock, ended)
    kinds = {each.followup.kind for each in offered}
    assert kinds >= {
        FollowUpKind.THANK_YOU, FollowUpKind.CONNECT, FollowUpKind.LEAD, FollowUpKind.CUSTOM,
        FollowUpKind.PROGRESS,
    }  # fmt: skip
    assert {each.followup.person for each in offered} == {"maria", "priya"}
    (promise,) = [each for each in offered if each.followup.kind is FollowUpKind.CUSTOM]
    assert promise.followup.due == date(2026, 11, 27)
    accepted = [each for each in offered if each.followup.kind is not FollowUpKind.PROGRESS]
    wrapped = wrap_up.wrap_up(store, clock, meeting.id, accepted, thanked=True)
    assert (wrapped.wrapped, wrapped.thanked) == (clock.now(), True)
    assert owed(store, FollowUpKind.PROGRESS, FollowUpKind.WRAP_UP) == []
    (lead,) = store.all(Lead)
    assert lead.due == owed(store, FollowUpKind.LEAD)[0].due
    assert wrap_up.unwrapped(store) == []
    person = wrap_up.lead_to_person(store, clock, lead.id)
    assert (person.name, person.introduced_by, person.stage) == ("Jonas Weber", "maria", Stage.TO_ASK)
    assert [each.about for each in owed(store, FollowUpKind.LEAD)] == [person.id]
    with pytest.raises(UserError, match="already"):
        wrap_up.lead_to_person(store, clock, lead.id)


def test_every_action_is_one_step_of_undo(store: Store, clock: FixedClock) -> None:
    meeting = begun(store, clock)
    kept(store, clock, meeting, EntryKind.LEAD, "Jonas Weber")
    before = everything(store, Meeting, Entry, Lead, FollowUp, Touch, Person)
    conversation.end(store, clock, meeting.id)
    assert store.undo() is not None
    assert everything(store, Meeting, Entry, Lead, FollowUp, Touch, Person) == before


@pytest.mark.parametrize("minutes", [1, 481, -5])
def test_no_meeting_of_such_a_length(store: Store, clock: FixedClock, minutes: int) -> None:
    with pytest.raises(UserError, match="2 to 480"):
        meetings.schedule(
            store, clock, who(store), starts=NOW.replace(tzinfo=None), zone=ZONE, minutes=minutes
        )
    assert store.all(Meeting) == []


def test_a_start_is_taken_back_also_after_a_word_in_time(store: Store, clock: FixedClock) -> None:
    begun = conversation.begin_now(store, clock, who(store))
    clock.set(NOW + timedelta(minutes=25))
    conversation.note_cues(store, clock, begun.id)
    conversation.mute(store, clock, begun.id)
    undone = store.undo()
    assert undone is not None
    assert undone.left_alone == ()
    assert store.count(Meeting) == 0


def test_one_that_is_begun_again_speaks_again(store: Store, clock: FixedClock) -> None:
    starts = datetime(2026, 11, 23, 15, tzinfo=UTC).replace(tzinfo=None)
    planned = meetings.schedule(store, clock, who(store), starts=starts, zone=ZONE, minutes=20)
    conversation.begin(store, clock, planned.id)
    clock.set(NOW + timedelta(minutes=25))
    conversation.note_cues(store, clock, planned.id)
    store.undo()
    again = conversation.begin(store, clock, planned.id, FROM_NOW)
    assert again.cues == ()

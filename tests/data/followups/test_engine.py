"""The engine: what each event books, moves or ends, and when it is due."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from data.followups import engine
from data.followups.due import after_hours, tier_due
from data.followups.engine import Act
from data.followups.events import (
    Answer,
    Answered,
    CalledOff,
    Ended,
    LeadChanged,
    Met,
    Parked,
    Scheduled,
    Sent,
    Skipped,
    TierChanged,
)
from data.followups.occasions import Occasion
from data.records import (
    PROFILE_ID,
    Entry,
    EntryKind,
    FollowUp,
    FollowUpKind,
    FollowUpState,
    Kind,
    Lead,
    LeadState,
    Meeting,
    MeetingStatus,
    Person,
    Profile,
    Stage,
    Tier,
    new_id,
)
from data.rules import Rules
from tests.data.world import MON, NOW, World


def met(world: World, person: Person, at: datetime = NOW, *lines: tuple[EntryKind, str]) -> Meeting:
    """A meeting that ended at `at`, with lines caught in it; a lead's line has its lead."""
    with world.store.transaction("Met") as tx:
        meeting = tx.put(
            Meeting(
                id=new_id(),
                person=person.id,
                starts=at.replace(tzinfo=None),
                zone="UTC",
                status=MeetingStatus.ENDED,
                ended=at,
            )
        )
        for number, (kind, text) in enumerate(lines):
            entry = tx.put(Entry(id=new_id(), meeting=meeting.id, kind=kind, text=text, order=number))
            if kind is EntryKind.LEAD:
                tx.put(
                    Lead(
                        id=new_id(),
                        giver=person.id,
                        text=text,
                        meeting=meeting.id,
                        entry=entry.id,
                        captured=at,
                    )
                )
    return meeting


def wrap_up(world: World, meeting: Meeting) -> list[FollowUp]:
    assert meeting.ended is not None
    with world.store.transaction("Wrapped up") as tx:
        return engine.apply(tx, Met(person=meeting.person, at=meeting.ended, meeting=meeting.id), world.clock)


def test_a_meeting_books_what_is_owed_after_it(world: World) -> None:
    priya = world.person("Priya Nair", Stage.IN_TOUCH)
    maria = world.person("Maria Chen", Stage.MET, introduced_by=priya.id, tier=Tier.A)
    meeting = met(
        world,
        maria,
        NOW,
        (EntryKind.LEAD, "Jonas Weber at Spotify"),
        (EntryKind.PROMISE, "send the article"),
        (EntryKind.NOTE, "nine people"),
    )
    event = Met(person=maria.id, at=NOW, meeting=meeting.id)
    shown = engine.propose(world.store, event, world.clock)
    assert [each.text for each in shown] == [
        "Thank Maria Chen, by tomorrow 14:00",
        "Thank Priya Nair for Maria Chen, Wed 25 Nov 2026",
        "Connect with Maria Chen, by Wed 25 Nov 2026 14:00",
        "Maria Chen: send the article, Thu 26 Nov 2026",
        "Act on Maria Chen’s lead, Thu 26 Nov 2026",
        "Tell Maria Chen your progress, Mon 30 Nov 2026",
        "Check in with Maria Chen, Mon 28 Dec 2026",
    ]
    assert world.store.all(FollowUp) == [], "proposing writes nothing"
    wrap_up(world, meeting)
    assert len(world.open(maria)) == 6
    assert wrap_up(world, meeting) == [], "wrapped up twice books nothing twice"


def test_what_is_crossed_out_is_not_booked_and_what_is_changed_is_booked_as_changed(world: World) -> None:
    maria = world.person("Maria Chen", Stage.MET)
    meeting = met(world, maria)
    event = Met(person=maria.id, at=NOW, meeting=meeting.id)
    proposals = engine.propose(world.store, event, world.clock)
    progress = next(each for each in proposals if each.followup.kind is FollowUpKind.PROGRESS)
    later = replace(progress, followup=replace(progress.followup, due=date(2026, 12, 24)))
    past = next(each for each in proposals if each.followup.kind is FollowUpKind.CONNECT)
    past = replace(past, followup=replace(past.followup, due=MON - timedelta(days=3)))
    with world.store.transaction("Wrapped up") as tx:
        engine.apply(tx, event, world.clock, [later, past])
    assert [(each.kind, each.due) for each in world.open(maria)] == [
        (FollowUpKind.CONNECT, MON),
        (FollowUpKind.PROGRESS, date(2026, 12, 24)),
    ]


def test_who_is_connected_is_not_asked_to_connect_and_a_group_never(world: World) -> None:
    known = world.person("Maria Chen", Stage.MET, connected_on=date(2020, 1, 1))
    group = world.person("Alumni", Stage.MET, kind=Kind.GROUP)
    for person in (known, group):
        wrap_up(world, met(world, person))
        assert world.open(person, FollowUpKind.CONNECT) == []
    assert world.kinds(group) == ["thank_you"]


def test_a_meeting_logged_late_owes_its_thanks_today(world: World) -> None:
    maria = world.person("Maria Chen", Stage.MET)
    wrap_up(world, met(world, maria, NOW - timedelta(days=10)))
    thanks = world.one(maria, FollowUpKind.THANK_YOU)
    assert (thanks.due, thanks.due_at) == (MON, None)
    assert world.one(maria, FollowUpKind.PROGRESS).due == MON


def test_a_lead_that_led_to_a_talk_is_news_for_its_giver_not_thanks_twice(world: World) -> None:
    priya = world.person("Priya Nair", Stage.IN_TOUCH)
    maria = world.person("Maria Chen", Stage.MET, introduced_by=priya.id)
    with world.store.transaction("Lead") as tx:
        lead = tx.put(Lead(id=new_id(), giver=priya.id, text="Maria", person=maria.id))
    wrap_up(world, met(world, maria))
    (news,) = world.open(priya)
    assert (news.kind, news.lead, news.about) == (FollowUpKind.REPORT_BACK, lead.id, maria.id)
    carried = world.store.get(Lead, lead.id)
    assert carried is not None
    assert (carried.state, carried.outcome) == (LeadState.OUTCOME, "we talked on Monday 23 November")


def test_a_meeting_not_wrapped_up_is_due_itself(world: World) -> None:
    maria = world.person("Maria Chen", Stage.MET)
    meeting = met(world, maria)
    with world.store.transaction("Ended") as tx:
        engine.apply(tx, Ended(meeting=meeting.id), world.clock)
    assert world.one(maria, FollowUpKind.WRAP_UP).due == MON
    wrap_up(world, meeting)
    states = {each.kind: each.state for each in world.store.where(FollowUp, person=maria.id)}
    assert states[FollowUpKind.WRAP_UP] is FollowUpState.DONE


def test_a_check_in_counts_from_the_meeting_also_before_its_wrap_up(world: World) -> None:
    maria = world.person("Maria Chen", Stage.IN_TOUCH, tier=Tier.A)
    with world.store.transaction("Tier") as tx:
        engine.apply(tx, TierChanged(person=maria.id), world.clock)
    assert world.one(maria, FollowUpKind.CHECK_IN).due == date(2026, 12, 28)
    world.clock.advance(days=14)
    meeting = met(world, maria, world.clock.now())
    with world.store.transaction("Ended") as tx:
        engine.apply(tx, Ended(meeting=meeting.id), world.clock)
    assert world.one(maria, FollowUpKind.CHECK_IN).due == date(2027, 1, 11)


def test_who_skips_the_wrap_up_still_owes_the_thanks(world: World) -> None:
    maria = world.person("Maria Chen", Stage.MET)
    meeting = met(world, maria)
    with world.store.transaction("Ended") as tx:
        (owed,) = engine.apply(tx, Ended(meeting=meeting.id), world.clock)
        tx.put(replace(owed, state=FollowUpState.SKIPPED))
        engine.apply(tx, Skipped(followup=owed.id), world.clock)
    assert world.kinds(maria) == ["thank_you"]


def planned(world: World, person: Person, starts: datetime, zone: str = "Europe/Berlin") -> Meeting:
    with world.store.transaction("Scheduled") as tx:
        meeting = tx.put(Meeting(id=new_id(), person=person.id, starts=starts, zone=zone))
        engine.apply(tx, Scheduled(meeting=meeting.id), world.clock)
    return meeting


def test_a_meeting_is_confirmed_the_day_before_in_the_users_own_calendar(world: World) -> None:
    maria = world.person("Maria Chen", Stage.SCHEDULED)
    # 20:00 on Thursday in San Francisco is Friday morning in Berlin.
    meeting = planned(world, maria, datetime(2026, 11, 26, 20, 0), "America/Los_Angeles")  # noqa: DTZ001
    assert world.one(maria, FollowUpKind.CONFIRM).due == date(2026, 11, 26)
    with world.store.transaction("Moved") as tx:
        tx.put(replace(meeting, starts=datetime(2026, 12, 3, 9, 0), zone="Europe/Berlin"))  # noqa: DTZ001
        engine.apply(tx, Scheduled(meeting=meeting.id), world.clock)
    assert world.one(maria, FollowUpKind.CONFIRM).due == date(2026, 12, 2)
    with world.store.transaction("Called off") as tx:
        engine.apply(tx, CalledOff(meeting=meeting.id), world.clock)
    (anew,) = world.open(maria)
    assert anew.occasion == Occasion.NEW_TIME


@pytest.mark.parametrize("day", [23, 24])
def test_what_was_arranged_today_for_tomorrow_is_not_confirmed(world: World, day: int) -> None:
    maria = world.person("Maria Chen", Stage.SCHEDULED)
    planned(world, maria, datetime(2026, 11, day, 18, 0))  # noqa: DTZ001
    assert world.open(maria) == []


def test_scheduling_ends_the_asking(world: World) -> None:
    maria = world.person("Maria Chen", Stage.ASKED)
    with world.store.transaction("Asked") as tx:
        engine.apply(tx, Sent(person=maria.id, at=NOW), world.clock)
    planned(world, maria, datetime(2026, 11, 30, 9, 0))  # noqa: DTZ001
    assert world.kinds(maria) == ["confirm"]


def test_the_users_own_numbers_and_holidays_count(world: World) -> None:
    world.store.save_profile(
        Profile(id=PROFILE_ID, rules={"nudge_days": 3, "nudges": 1}, holidays=(date(2026, 11, 25),))
    )
    maria = world.person("Maria Chen", Stage.ASKED)
    with world.store.transaction("Asked") as tx:
        (nudge,) = engine.apply(tx, Sent(person=maria.id, at=NOW), world.clock)
    assert nudge.due == date(2026, 11, 27)
    assert nudge.why == "No answer yet to what you sent on Monday 23 November."


def test_nobody_parked_or_gone_is_owed_anything(world: World) -> None:
    parked = world.person("Maria Chen", Stage.PARKED, tier=Tier.A)
    gone = world.person("Sam Okafor", Stage.MET, tier=Tier.A, removed=True)
    for person in (parked, gone):
        assert engine.propose(world.store, TierChanged(person=person.id), world.clock) == []


def test_an_old_touch_makes_a_check_in_due_today_not_in_the_past(world: World) -> None:
    maria = world.person("Maria Chen", Stage.IN_TOUCH, tier=Tier.A)
    world.clock.advance(days=100)
    with world.store.transaction("Tier") as tx:
        engine.apply(tx, Sent(person=maria.id, at=NOW, occasion=Occasion.WHOM), world.clock)
        engine.apply(tx, TierChanged(person=maria.id), world.clock)
    assert all(each.due >= world.today for each in world.open(maria))


@pytest.mark.parametrize(
    ("start", "hours", "zone", "end"),
    [
        # The clocks go back on 25 October 2026, forward on 28 March 2027: the time of day stays.
        ("2026-10-24T13:00", 24, "Europe/Berlin", "2026-10-25T14:00"),
        ("2027-03-27T14:00", 24, "Europe/Berlin", "2027-03-28T13:00"),
        ("2026-11-23T13:00", 24, "Europe/Berlin", "2026-11-24T13:00"),
        ("2026-11-23T13:00", 6, "Europe/Berlin", "2026-11-23T19:00"),
        # 02:30 does not exist on that night.
        ("2027-03-27T01:30", 24, "Europe/Berlin", "2027-03-28T01:30"),
    ],
)
def test_a_day_later_is_the_same_time_of_day(start: str, hours: int, zone: str, end: str) -> None:
    from zoneinfo import ZoneInfo

    begun = datetime.fromisoformat(start).replace(tzinfo=UTC)
    assert after_hours(begun, hours, ZoneInfo(zone)) == datetime.fromisoformat(end).replace(tzinfo=UTC)


def test_the_tiers() -> None:
    rules = Rules()
    day = date(2026, 11, 30)
    assert tier_due(day, Tier.A, rules) == date(2027, 1, 4)
    assert tier_due(day, Tier.B, rules) == date(2027, 2, 28)
    assert tier_due(day, Tier.C, rules) == date(2027, 5, 30)
    assert tier_due(day, Tier.NONE, rules) is None


def test_the_thank_you_is_due_at_the_same_time_tomorrow_over_the_change_of_clocks(tmp_path: Path) -> None:
    world = World(tmp_path, datetime(2026, 10, 24, 14, 0, tzinfo=UTC))
    maria = world.person("Maria Chen", Stage.MET)
    wrap_up(world, met(world, maria, datetime(2026, 10, 24, 13, 0, tzinfo=UTC)))
    thanks = world.one(maria, FollowUpKind.THANK_YOU)
    assert thanks.due_at == datetime(2026, 10, 25, 14, 0, tzinfo=UTC)
    assert thanks.due == date(2026, 10, 25)
    world.store.close()


def test_proposals_say_what_they_do(world: World) -> None:
    maria = world.person("Maria Chen", Stage.ASKED)
    with world.store.transaction("Asked") as tx:
        engine.apply(tx, Sent(person=maria.id, at=NOW), world.clock)
    again = engine.propose(world.store, Sent(person=maria.id, at=NOW + timedelta(hours=1)), world.clock)
    assert [(each.act, each.text) for each in again] == [
        (Act.CANCEL, "No longer: Nudge Maria Chen"),
        (Act.BOOK, "Nudge Maria Chen, Wed 2 Dec 2026"),
    ]


def test_who_met_is_not_asked_for_a_time_any_more(world: World) -> None:
    maria = world.person("Maria Chen", Stage.ASKED)
    with world.store.transaction("They said yes, and were met by chance") as tx:
        engine.apply(tx, Answered(person=maria.id, at=NOW, answer=Answer.YES), world.clock)
        engine.apply(tx, Met(person=maria.id, at=NOW), world.clock)
    assert world.open(maria, FollowUpKind.CUSTOM) == []


def test_a_wrap_up_again_owes_no_second_news_and_no_second_progress(world: World) -> None:
    maria = world.person("Maria Chen", Stage.MET)
    meeting = met(world, maria, NOW, (EntryKind.LEAD, "Look at Spotify"))
    wrap_up(world, meeting)
    (lead,) = world.store.all(Lead)
    with world.store.transaction("Acted on, and told") as tx:
        tx.put(replace(lead, state=LeadState.ACTED_ON))
        engine.apply(tx, LeadChanged(lead=lead.id), world.clock)
        for each in tx.where(FollowUp, person=maria.id):
            tx.put(replace(each, state=FollowUpState.DONE))
    assert wrap_up(world, meeting) == []


def test_a_meeting_called_off_after_its_end_has_nothing_to_wrap_up(world: World) -> None:
    maria = world.person("Maria Chen", Stage.MET)
    meeting = met(world, maria)
    with world.store.transaction("Ended, but nobody came") as tx:
        engine.apply(tx, Ended(meeting=meeting.id), world.clock)
        engine.apply(tx, CalledOff(meeting=meeting.id, anew=False), world.clock)
    assert world.open(maria) == []


def test_what_was_cancelled_is_owed_again_at_the_next_meeting(world: World) -> None:
    maria = world.person("Maria Chen", Stage.MET)
    wrap_up(world, met(world, maria))
    with world.store.transaction("Parked") as tx:
        engine.apply(tx, Parked(person=maria.id), world.clock)
    wrap_up(world, met(world, maria))
    assert world.kinds(maria) == ["connect", "progress", "thank_you"]


def test_a_lead_that_turns_out_to_be_from_somebody_else_is_owed_to_them_alone(world: World) -> None:
    priya = world.person("Priya Nair", Stage.IN_TOUCH)
    maria = world.person("Maria Chen", Stage.IN_TOUCH)
    with world.store.transaction("Another giver") as tx:
        lead = tx.put(Lead(id=new_id(), giver=priya.id, text="Look at Spotify"))
        engine.apply(tx, LeadChanged(lead=lead.id), world.clock)
        tx.put(replace(lead, giver=maria.id))
        engine.apply(tx, LeadChanged(lead=lead.id), world.clock)
    assert (world.kinds(priya), world.kinds(maria)) == ([], ["lead"])

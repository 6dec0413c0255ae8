"""Asking, and what came back: each is logged, and books, moves or ends what is owed."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from data.actions import followups
from data.actions.people import (
    ask_introduction,
    ask_whom,
    introduced,
    log_answer,
    log_outreach,
    log_touch,
    move,
)
from data.errors import UserError
from data.followups import engine
from data.followups.events import Answer, Scheduled
from data.followups.occasions import Occasion
from data.followups.suggestions import SuggestionKind
from data.records import (
    Channel,
    Direction,
    FollowUp,
    FollowUpKind,
    FollowUpState,
    Kind,
    Lead,
    LeadState,
    Meeting,
    MeetingStatus,
    Person,
    Source,
    Stage,
    Tier,
    Touch,
    TouchKind,
)
from tests.data.world import MON, World


def test_asking_somebody_logs_the_words_and_books_the_nudge(world: World) -> None:
    sam = world.person("Sam Okafor")
    words = "Hi Sam,\n\n[/] =cmd| \x1b[31m — could we talk for 20 minutes?\n"
    log_outreach(world.store, world.clock, sam, subject="A question", text=words, channel=Channel.EMAIL)
    assert world.now(sam).stage is Stage.ASKED
    (touch,) = world.store.where(Touch, person=sam.id)
    assert (touch.kind, touch.text, touch.channel) == (TouchKind.OUTREACH, words, Channel.EMAIL)
    nudge = world.one(sam, FollowUpKind.NUDGE)
    assert (nudge.due, nudge.number) == (date(2026, 12, 2), 1)
    assert world.store.undo_title == "Asked Sam Okafor"


def test_after_two_nudges_it_is_time_to_park_and_to_ask_somebody_else_there(world: World) -> None:
    sam = world.person("Sam Okafor", company="Stripe")
    ana = world.person("Ana Ruiz", Stage.NETWORK, company="stripe ")
    log_outreach(world.store, world.clock, sam)
    world.clock.advance(days=9)
    first = followups.done(world.store, world.clock, world.one(sam, FollowUpKind.NUDGE), text="Me again")
    assert first.suggestion is None
    world.clock.advance(days=9)
    second = world.one(sam, FollowUpKind.NUDGE)
    assert second.number == 2
    last = followups.done(world.store, world.clock, second, text="One last time")
    assert world.open(sam) == []
    assert last.suggestion is not None
    assert last.suggestion.kind is SuggestionKind.PARK
    assert last.suggestion.next is not None
    assert last.suggestion.next.id == ana.id
    assert last.suggestion.until == date(2027, 3, 11)


@pytest.mark.parametrize("answer", [Answer.YES, Answer.NO, Answer.LATER])
def test_an_answer_cancels_the_nudge(world: World, answer: Answer) -> None:
    sam = world.person("Sam Okafor")
    log_outreach(world.store, world.clock, sam)
    log_answer(world.store, world.clock, sam, answer)
    assert world.open(sam, FollowUpKind.NUDGE) == []


def test_a_yes_asks_for_a_time(world: World) -> None:
    sam = world.person("Sam Okafor", Stage.ASKED)
    log_answer(world.store, world.clock, sam, Answer.YES)
    (find,) = world.open(sam)
    assert (find.kind, find.occasion, find.due) == (
        FollowUpKind.CUSTOM,
        Occasion.SCHEDULE,
        date(2026, 11, 24),
    )
    assert world.store.undo_title == "Logged yes from Sam Okafor"


def test_a_no_thanks_and_closes_and_the_introducer_hears_of_it(world: World) -> None:
    priya = world.person("Priya Nair", Stage.IN_TOUCH)
    sam = world.person("Sam Okafor", Stage.ASKED, introduced_by=priya.id)
    log_answer(world.store, world.clock, sam, Answer.NO)
    thanks = world.one(sam, FollowUpKind.THANK_YOU)
    assert thanks.occasion == Occasion.NO
    news = world.one(priya, FollowUpKind.REPORT_BACK)
    assert (news.about, news.occasion) == (sam.id, Occasion.INTRODUCER)
    followups.done(world.store, world.clock, thanks, text="Thank you all the same")
    assert world.now(sam).stage is Stage.PARKED
    assert world.now(sam).look_again_on is None
    assert world.open(sam) == []


def test_not_now_asks_again_on_the_day_they_named(world: World) -> None:
    sam = world.person("Sam Okafor", Stage.ASKED)
    until = date(2027, 2, 1)
    log_answer(world.store, world.clock, sam, Answer.LATER, until=until)
    assert world.store.undo_title == "Logged not now from Sam Okafor, until 1 Feb 2027"
    followups.skip(world.store, world.clock, world.one(sam, FollowUpKind.THANK_YOU), "said it on the phone")
    assert world.now(sam).stage is Stage.PARKED
    assert world.now(sam).look_again_on == until


def test_not_now_until_yesterday_is_refused_and_changes_nothing(world: World) -> None:
    sam = world.person("Sam Okafor", Stage.ASKED)
    with pytest.raises(UserError, match="a day to come"):
        log_answer(world.store, world.clock, sam, Answer.LATER, until=MON)
    assert world.store.where(Touch, person=sam.id) == []


def test_talk_to_somebody_else_opens_that_person_and_owes_news(world: World) -> None:
    group = world.person("Design alumni", Stage.ASKED, kind=Kind.GROUP)
    jonas = log_answer(
        world.store,
        world.clock,
        group,
        Answer.REFERRED,
        referred_to="Jonas Weber",
        title="Designer",
        company="Spotify",
    )
    assert jonas is not None
    assert (jonas.stage, jonas.introduced_by, jonas.source) == (Stage.TO_ASK, group.id, Source.REFERRAL)
    (lead,) = world.store.where(Lead, giver=group.id)
    assert lead.person == jonas.id
    assert world.kinds(group) == ["lead", "thank_you"]
    log_outreach(world.store, world.clock, jonas, text="Hello Jonas")
    carried = world.store.get(Lead, lead.id)
    assert carried is not None
    assert carried.state is LeadState.ACTED_ON
    assert [each.kind for each in world.open(group)] == [
        FollowUpKind.THANK_YOU,
        FollowUpKind.REPORT_BACK,
        FollowUpKind.LEAD,
    ]
    followups.done(world.store, world.clock, world.one(group, FollowUpKind.THANK_YOU))
    assert world.now(group).stage is Stage.IN_TOUCH


def test_somebody_else_needs_a_name(world: World) -> None:
    sam = world.person("Sam Okafor", Stage.ASKED)
    with pytest.raises(UserError, match="Type at least a name"):
        log_answer(world.store, world.clock, sam, Answer.REFERRED, referred_to="  ")
    assert len(world.store.all(Person)) == 1


def test_nobody_names_themselves(world: World) -> None:
    sam = world.person("Sam Okafor", Stage.ASKED)
    with pytest.raises(UserError, match="can’t name themselves"):
        log_answer(world.store, world.clock, sam, Answer.REFERRED, referred_to=sam)


def test_a_contact_by_either_side_moves_the_check_in(world: World) -> None:
    ana = world.person("Ana Ruiz", Stage.IN_TOUCH, tier=Tier.A)
    for direction in (Direction.OUT, Direction.IN, Direction.BOTH):
        log_touch(world.store, world.clock, ana, direction=direction)
        assert world.one(ana, FollowUpKind.CHECK_IN).due == world.today + timedelta(weeks=5)
        world.clock.advance(days=10)


def test_a_message_from_somebody_asked_ends_the_nudging_and_wants_a_reply(world: World) -> None:
    sam = world.person("Sam Okafor")
    log_outreach(world.store, world.clock, sam)
    log_touch(world.store, world.clock, [sam], direction=Direction.IN, text="Who are you?")
    (reply,) = world.open(sam)
    assert reply.occasion == Occasion.REPLY


def test_an_introduction_is_asked_for_and_nudged_by_itself(world: World) -> None:
    priya = world.person("Priya Nair", Stage.IN_TOUCH)
    jonas = world.person("Jonas Weber", Stage.NETWORK)
    ask_introduction(world.store, world.clock, priya, jonas, text="Would you introduce me?")
    nudge = world.one(priya, FollowUpKind.NUDGE)
    assert (nudge.occasion, nudge.about) == (Occasion.INTRODUCTION, jonas.id)
    assert world.now(priya).stage is Stage.IN_TOUCH
    assert world.now(jonas).stage is Stage.TO_ASK
    introduced(world.store, world.clock, priya, jonas)
    assert world.now(jonas).introduced_by == priya.id
    assert world.open(priya, FollowUpKind.NUDGE) == []
    with pytest.raises(UserError, match="two different people"):
        ask_introduction(world.store, world.clock, priya, priya)


def test_whom_do_you_know_asks_a_group(world: World) -> None:
    group = world.person("Design alumni", kind=Kind.GROUP)
    ask_whom(world.store, world.clock, group, where="fintech", text="Whom do you know?")
    assert world.now(group).stage is Stage.ASKED
    assert world.one(group, FollowUpKind.NUDGE).occasion == Occasion.WHOM
    assert world.store.undo_title == "Asked Design alumni whom they know in fintech"
    log_answer(world.store, world.clock, group, Answer.YES)
    assert world.now(group).stage is Stage.IN_TOUCH
    assert world.open(group) == []


def test_a_no_takes_the_planned_meeting_off_and_lets_go_of_scheduled(world: World) -> None:
    sam = world.person("Sam Okafor", Stage.SCHEDULED)
    log_answer(world.store, world.clock, sam, Answer.NO)
    assert world.now(sam).stage is Stage.ASKED


def test_asked_again_counts_anew_and_what_was_booked_for_it_is_done(world: World) -> None:
    sam = world.person("Sam Okafor")
    move(world.store, world.clock, sam, Stage.ASKED, channel=Channel.TEXT)
    world.clock.advance(days=2)
    log_outreach(world.store, world.clock, sam)
    (nudge,) = world.open(sam)
    assert nudge.due == date(2026, 12, 4)
    states = sorted(each.state for each in world.store.where(FollowUp, person=sam.id))
    assert states == [FollowUpState.CANCELLED, FollowUpState.OPEN]


def test_what_is_still_to_come_is_not_logged(world: World) -> None:
    sam = world.person("Sam Okafor")
    with pytest.raises(UserError, match="still to come"):
        log_outreach(world.store, world.clock, sam, at=world.clock.now() + timedelta(days=1))


@pytest.mark.parametrize("answer", list(Answer))
def test_a_first_message_logged_after_its_answer_books_no_nudge(world: World, answer: Answer) -> None:
    sam = world.person("Sam Okafor", Stage.ASKED)
    other = "Jonas Weber" if answer is Answer.REFERRED else ""
    log_answer(world.store, world.clock, sam, answer, referred_to=other)
    stage, owed = world.now(sam).stage, world.kinds(sam)
    world.clock.advance(hours=1)
    log_outreach(world.store, world.clock, sam, at=world.clock.now() - timedelta(days=3))
    assert world.kinds(sam) == owed, "what was sent before they answered asks for nothing more"
    assert world.now(sam).stage is stage


def test_one_who_is_parked_by_an_answer_stays_so_when_what_came_before_is_logged(world: World) -> None:
    sam = world.person("Sam Okafor", Stage.ASKED)
    log_answer(world.store, world.clock, sam, Answer.NO)
    followups.done(world.store, world.clock, world.one(sam, FollowUpKind.THANK_YOU), text="Thank you")
    assert world.now(sam).stage is Stage.PARKED
    world.clock.advance(hours=1)
    log_outreach(world.store, world.clock, sam, at=world.clock.now() - timedelta(days=3))
    assert world.now(sam).stage is Stage.PARKED
    assert world.kinds(sam) == []


def test_a_first_message_after_the_last_answer_is_waited_for(world: World) -> None:
    sam = world.person("Sam Okafor", Stage.ASKED)
    log_answer(world.store, world.clock, sam, Answer.YES)
    world.clock.advance(days=3)
    log_outreach(world.store, world.clock, sam, at=world.clock.now() - timedelta(days=1))
    assert world.one(sam, FollowUpKind.NUDGE).number == 1


def test_asking_closes_the_first_message_that_was_owed(world: World) -> None:
    sam = world.person("Sam Okafor")
    with world.store.transaction("Owed") as tx:
        owed = tx.put(FollowUp(id="ask", person=sam.id, kind=FollowUpKind.OUTREACH, due=MON))
    log_outreach(world.store, world.clock, sam)
    closed = world.store.get(FollowUp, owed.id)
    assert closed is not None
    assert closed.state is FollowUpState.DONE


@pytest.mark.parametrize("answer", [Answer.NO, Answer.LATER])
def test_who_thinks_better_of_a_yes_is_not_asked_for_a_time(world: World, answer: Answer) -> None:
    sam = world.person("Sam Okafor", Stage.ASKED)
    log_answer(world.store, world.clock, sam, Answer.YES)
    log_answer(world.store, world.clock, sam, answer)
    assert world.kinds(sam) == ["thank_you"]


def test_two_introductions_asked_of_one_person_are_each_nudged(world: World) -> None:
    priya = world.person("Priya Nair", Stage.IN_TOUCH)
    wanted = [world.person(name) for name in ("Jonas Weber", "Ana Ruiz")]
    for other in wanted:
        ask_introduction(world.store, world.clock, priya, other)
    nudges = world.open(priya, FollowUpKind.NUDGE)
    assert {each.about for each in nudges} == {other.id for other in wanted}


def test_a_no_calls_the_planned_meeting_off_and_seeks_no_new_time(world: World) -> None:
    sam = world.person("Sam Okafor", Stage.SCHEDULED)
    with world.store.transaction("Planned") as tx:
        starts = datetime(2026, 12, 1, 9, 0)  # noqa: DTZ001
        tx.put(Meeting(id="m", person=sam.id, starts=starts, zone="Europe/Berlin"))
        engine.apply(tx, Scheduled(meeting="m"), world.clock)
    log_answer(world.store, world.clock, sam, Answer.NO)
    meeting = world.store.get(Meeting, "m")
    assert meeting is not None
    assert meeting.status is MeetingStatus.CALLED_OFF
    assert world.kinds(sam) == ["thank_you"]


@pytest.mark.parametrize("may", [False, True])
def test_a_persons_name_is_used_only_if_they_said_so(world: World, may: bool) -> None:
    sam = world.person("Sam Okafor", Stage.ASKED)
    log_answer(world.store, world.clock, sam, Answer.REFERRED, referred_to="Jonas Weber", may_use_name=may)
    (lead,) = world.store.where(Lead, giver=sam.id)
    assert lead.may_use_name is may


def test_who_names_the_one_through_whom_they_were_found_makes_no_circle(world: World) -> None:
    priya = world.person("Priya Nair", Stage.IN_TOUCH)
    sam = world.person("Sam Okafor", Stage.ASKED, introduced_by=priya.id)
    log_answer(world.store, world.clock, sam, Answer.REFERRED, referred_to=priya)
    assert (world.now(priya).introduced_by, world.now(sam).introduced_by) == ("", priya.id)


def test_somebody_parked_who_is_named_is_to_be_asked_again(world: World) -> None:
    sam = world.person("Sam Okafor", Stage.ASKED)
    jonas = world.person("Jonas Weber", Stage.PARKED)
    log_answer(world.store, world.clock, sam, Answer.REFERRED, referred_to=jonas)
    assert world.now(jonas).stage is Stage.TO_ASK


def test_asking_again_takes_no_lead_back_of_which_the_giver_has_heard(world: World) -> None:
    priya = world.person("Priya Nair", Stage.IN_TOUCH)
    jonas = world.person("Jonas Weber", Stage.IN_TOUCH, introduced_by=priya.id)
    with world.store.transaction("Told") as tx:
        tx.put(Lead(id="l", giver=priya.id, text="Jonas", person=jonas.id, state=LeadState.REPORTED))
    log_outreach(world.store, world.clock, jonas)
    lead = world.store.get(Lead, "l")
    assert lead is not None
    assert lead.state is LeadState.REPORTED
    assert world.open(priya) == []

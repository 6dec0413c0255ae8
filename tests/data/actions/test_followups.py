"""What is owed, done, put off or skipped; leads from caught to told; advice; the thanks of who has landed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from data.actions import followups, leads
from data.errors import UserError
from data.followups import engine
from data.followups.events import Met
from data.followups.landed import helpers
from data.followups.occasions import Occasion
from data.records import (
    Advice,
    AdviceState,
    Channel,
    FollowUp,
    FollowUpKind,
    FollowUpState,
    Lead,
    LeadKind,
    LeadState,
    Meeting,
    MeetingStatus,
    Person,
    Stage,
    Tier,
    Touch,
    TouchKind,
)
from tests.data.world import MON, NOW, World


def met(world: World, person: Person) -> None:
    with world.store.transaction("Met") as tx:
        engine.apply(tx, Met(person=person.id, at=NOW), world.clock)


def lead_of(world: World, lead: Lead) -> Lead:
    found = world.store.get(Lead, lead.id)
    assert found is not None
    return found


def test_thanked_is_logged_word_for_word_and_the_person_is_in_touch(world: World) -> None:
    maria = world.person("Maria Chen", Stage.MET, tier=Tier.B)
    met(world, maria)
    thanks = world.one(maria, FollowUpKind.THANK_YOU)
    words = "Hi Maria,\n  thank you! 👩‍👩‍👧 [/]\n"
    outcome = followups.done(
        world.store, world.clock, thanks, subject="Thank you", text=words, channel=Channel.EMAIL
    )
    assert outcome.sentence == "Thanked Maria Chen."
    (touch,) = world.store.where(Touch, followup=thanks.id)
    assert (touch.kind, touch.text, touch.subject) == (TouchKind.THANK_YOU, words, "Thank you")
    assert world.now(maria).stage is Stage.IN_TOUCH
    assert {each.kind for each in outcome.next} == {
        FollowUpKind.CONNECT,
        FollowUpKind.PROGRESS,
        FollowUpKind.CHECK_IN,
    }
    with pytest.raises(UserError, match="no longer open"):
        followups.done(world.store, world.clock, thanks)


def test_undo_opens_it_again(world: World) -> None:
    maria = world.person("Maria Chen", Stage.MET)
    met(world, maria)
    thanks = world.one(maria, FollowUpKind.THANK_YOU)
    followups.done(world.store, world.clock, thanks)
    undone = world.store.undo()
    assert undone is not None
    assert undone.title == "Thanked Maria Chen"
    assert world.one(maria, FollowUpKind.THANK_YOU) == thanks
    assert world.now(maria).stage is Stage.MET


def test_connected_once_is_connected(world: World) -> None:
    maria = world.person("Maria Chen", Stage.MET)
    met(world, maria)
    followups.done(world.store, world.clock, world.one(maria, FollowUpKind.CONNECT))
    assert world.now(maria).connected_on == MON


def test_a_check_in_done_or_skipped_books_the_next(world: World) -> None:
    maria = world.person("Maria Chen", Stage.IN_TOUCH, tier=Tier.A)
    met(world, maria)
    world.clock.advance(days=40)
    followups.done(world.store, world.clock, world.one(maria, FollowUpKind.CHECK_IN))
    assert world.one(maria, FollowUpKind.CHECK_IN).due == world.today + timedelta(weeks=5)
    world.clock.advance(days=40)
    followups.skip(world.store, world.clock, world.one(maria, FollowUpKind.CHECK_IN), "on leave")
    assert world.one(maria, FollowUpKind.CHECK_IN).due == world.today + timedelta(weeks=5)


def test_snoozed_to_a_day_or_by_days_and_never_to_the_past(world: World) -> None:
    maria = world.person("Maria Chen", Stage.MET)
    met(world, maria)
    thanks = world.one(maria, FollowUpKind.THANK_YOU)
    snoozed = followups.snooze(world.store, world.clock, thanks, 3)
    assert (snoozed.due, snoozed.due_at, snoozed.snoozed) == (date(2026, 11, 26), None, 1)
    assert world.store.undo_title == "Put off Maria Chen’s thank-you until 26 Nov 2026"
    with pytest.raises(UserError, match="a day to come"):
        followups.snooze(world.store, world.clock, thanks, MON)


def test_the_users_own_words_are_kept_and_given_back(world: World) -> None:
    maria = world.person("Maria Chen", Stage.MET)
    met(world, maria)
    thanks = world.one(maria, FollowUpKind.THANK_YOU)
    kept = followups.edit_draft(
        world.store, world.clock, thanks, subject="S", body="B", channel=Channel.EMAIL
    )
    assert (kept.subject, kept.draft, kept.channel) == ("S", "B", Channel.EMAIL)


def test_something_of_ones_own(world: World) -> None:
    maria = world.person("Maria Chen")
    custom = followups.custom(world.store, world.clock, maria, "  send   the book ", MON)
    assert custom.words == "send the book"
    with pytest.raises(UserError, match="on your list already"):
        followups.custom(world.store, world.clock, maria, "send the book", MON)
    with pytest.raises(UserError, match="a few words"):
        followups.custom(world.store, world.clock, maria, " ", MON)
    with pytest.raises(UserError, match="is over"):
        followups.custom(world.store, world.clock, maria, "x", MON - timedelta(days=1))
    assert followups.done(world.store, world.clock, custom).sentence == "Did for Maria Chen: send the book."


def test_a_lead_from_caught_to_told(world: World) -> None:
    priya = world.person("Priya Nair", Stage.IN_TOUCH)
    lead = leads.capture(world.store, world.clock, priya, "Look at Spotify", kind=LeadKind.COMPANY)
    act = world.one(priya, FollowUpKind.LEAD)
    assert act.due == date(2026, 11, 26)
    followups.done(world.store, world.clock, act)
    assert lead_of(world, lead).state is LeadState.ACTED_ON
    news = world.one(priya, FollowUpKind.REPORT_BACK)
    followups.done(world.store, world.clock, news, text="I looked at Spotify")
    assert lead_of(world, lead).state is LeadState.ACTED_ON, "not closed before its outcome is told"
    see = world.one(priya, FollowUpKind.LEAD)
    assert (see.occasion, see.due) == (Occasion.OUTCOME, date(2026, 12, 7))
    followups.done(world.store, world.clock, see, outcome="Nothing came of it")
    assert lead_of(world, lead).outcome == "Nothing came of it"
    followups.done(
        world.store, world.clock, world.one(priya, FollowUpKind.REPORT_BACK), text="Nothing came of it"
    )
    told = lead_of(world, lead)
    assert (told.state, told.reported_on) == (LeadState.REPORTED, MON)
    assert world.open(priya) == []


def test_one_message_closes_the_leads_that_it_names_and_no_others(world: World) -> None:
    priya = world.person("Priya Nair", Stage.IN_TOUCH)
    given = [
        leads.capture(world.store, world.clock, priya, name, name=name)
        for name in ("Jonas Weber", "Ana Ruiz", "Li Na")
    ]
    for lead in given:
        leads.set_state(world.store, world.clock, lead, LeadState.OUTCOME, outcome="we talked")
    news = next(each for each in world.open(priya, FollowUpKind.REPORT_BACK) if each.lead == given[0].id)
    followups.done(world.store, world.clock, news, text="I talked with Jonas, and with ANA RUIZ too.")
    states = [lead_of(world, lead).state for lead in given]
    assert states == [LeadState.REPORTED, LeadState.REPORTED, LeadState.OUTCOME]
    (left,) = world.open(priya, FollowUpKind.REPORT_BACK)
    assert left.lead == given[2].id


def test_a_lead_that_became_a_person_is_acted_on_by_writing_to_them(world: World) -> None:
    priya = world.person("Priya Nair", Stage.IN_TOUCH)
    lead = leads.capture(
        world.store, world.clock, priya, "Jonas Weber at Spotify", name="Jonas Weber", company="Spotify"
    )
    jonas = leads.make_person(world.store, world.clock, lead)
    assert (jonas.company, jonas.introduced_by, jonas.stage) == ("Spotify", priya.id, Stage.TO_ASK)
    act = world.one(priya, FollowUpKind.LEAD)
    assert act.about == jonas.id
    assert followups.done(world.store, world.clock, act, text="Hi Jonas").sentence == (
        "Asked Jonas Weber, Priya Nair’s lead."
    )
    assert world.now(jonas).stage is Stage.ASKED
    assert world.kinds(jonas) == ["nudge"]
    with pytest.raises(UserError, match="is Jonas Weber already"):
        leads.make_person(world.store, world.clock, lead)


def test_a_lead_to_somebody_known_is_them(world: World) -> None:
    priya = world.person("Priya Nair", Stage.IN_TOUCH)
    known = world.person("Jonas Weber", Stage.NETWORK, company="Spotify", title="Climate lead")
    lead = leads.capture(world.store, world.clock, priya, "Jonas", name="Jonas Weber", company="Spotify")
    jonas = leads.make_person(world.store, world.clock, lead)
    assert jonas.id == known.id
    assert (jonas.stage, jonas.introduced_by, jonas.title) == (Stage.TO_ASK, priya.id, "Climate lead")
    other = leads.capture(world.store, world.clock, priya, "Jonas", name="Jonas Weber", company="Figma")
    assert leads.make_person(world.store, world.clock, other).id != known.id


def test_undo_takes_back_the_person_that_a_lead_was_made_into(world: World) -> None:
    priya = world.person("Priya Nair", Stage.IN_TOUCH)
    lead = leads.capture(world.store, world.clock, priya, "Jonas Weber at Spotify", name="Jonas Weber")
    jonas = leads.make_person(world.store, world.clock, lead)
    undone = world.store.undo()
    assert undone is not None
    assert undone.left_alone == ()
    assert [line.name for line in world.store.people()] == ["Priya Nair"]
    world.store.redo()
    assert world.now(jonas).name == "Jonas Weber"


def test_a_lead_that_is_put_off_keeps_one_date(world: World) -> None:
    priya = world.person("Priya Nair", Stage.IN_TOUCH)
    lead = leads.capture(world.store, world.clock, priya, "Spotify")
    followups.snooze(world.store, world.clock, world.one(priya, FollowUpKind.LEAD), 10)
    leads.edit_lead(world.store, world.clock, lead, text="Spotify, really")
    assert world.one(priya, FollowUpKind.LEAD).due == MON + timedelta(days=10)
    leads.edit_lead(world.store, world.clock, lead, due=MON + timedelta(days=4))
    assert world.one(priya, FollowUpKind.LEAD).due == MON + timedelta(days=4)
    leads.drop_lead(world.store, world.clock, lead)
    assert world.open(priya) == []


def test_a_lead_that_is_taken_away_leaves_what_was_done_for_it_as_it_was(world: World) -> None:
    priya = world.person("Priya Nair", Stage.IN_TOUCH)
    lead, other = (leads.capture(world.store, world.clock, priya, words) for words in ("Spotify", "N26"))
    leads.set_state(world.store, world.clock, lead, LeadState.ACTED_ON)
    outcome, news = (
        each
        for kind in (FollowUpKind.LEAD, FollowUpKind.REPORT_BACK)
        for each in world.open(priya, kind)
        if each.lead == lead.id
    )
    followups.skip(world.store, world.clock, outcome, "no time")
    before = {each.id: each for each in world.store.all(FollowUp)}
    world.clock.advance(days=1)
    leads.drop_lead(world.store, world.clock, lead)
    after = {each.id: each for each in world.store.all(FollowUp)}
    changed = {id for id in before if after.get(id) != before[id]}
    assert changed == {news.id}
    assert after[news.id].state is FollowUpState.CANCELLED
    assert {each.state for each in after.values() if each.lead == lead.id} == {
        FollowUpState.DONE, FollowUpState.SKIPPED, FollowUpState.CANCELLED
    }  # fmt: skip
    assert world.open(priya)[0].lead == other.id
    assert world.store.undo() is not None
    assert {each.id: each for each in world.store.all(FollowUp)} == before


def test_an_outcome_needs_words_and_telling_needs_an_outcome(world: World) -> None:
    priya = world.person("Priya Nair", Stage.IN_TOUCH)
    lead = leads.capture(world.store, world.clock, priya, "Spotify")
    with pytest.raises(UserError, match="what came of Spotify"):
        leads.set_state(world.store, world.clock, lead, LeadState.OUTCOME)
    with pytest.raises(UserError, match="Say first what came of Spotify"):
        leads.set_state(world.store, world.clock, lead, LeadState.REPORTED)
    with pytest.raises(UserError, match="names nobody"):
        leads.make_person(world.store, world.clock, lead)


def test_advice_used_is_told_by_the_progress_report(world: World) -> None:
    priya = world.person("Priya Nair", Stage.IN_TOUCH)
    advice = leads.keep_advice(world.store, world.clock, priya, "Show shipped work")
    assert world.open(priya) == []
    leads.set_advice(world.store, world.clock, advice, AdviceState.USED, did="rebuilt my portfolio")
    progress = world.one(priya, FollowUpKind.PROGRESS)
    assert progress.due == date(2026, 11, 25)
    followups.done(world.store, world.clock, progress, text="I did")
    told = world.store.get(Advice, advice.id)
    assert told is not None
    assert (told.state, told.told_on, told.did) == (AdviceState.TOLD, MON, "rebuilt my portfolio")


def test_advice_taken_back_owes_nothing(world: World) -> None:
    priya = world.person("Priya Nair", Stage.IN_TOUCH)
    advice = leads.keep_advice(world.store, world.clock, priya, "Learn COBOL")
    leads.set_advice(world.store, world.clock, advice, AdviceState.USED)
    leads.set_advice(world.store, world.clock, advice, AdviceState.DECLINED)
    assert world.open(priya) == []


def test_landed_thanks_everybody_with_what_they_gave(world: World) -> None:
    priya = world.person("Priya Nair", Stage.PARKED)
    world.person("Nobody Helpful")
    maria = world.person("Maria Chen", Stage.IN_TOUCH, introduced_by=priya.id)
    with world.store.transaction("Met") as tx:
        for _ in range(2):
            tx.put(
                Meeting(
                    id=f"m{_}",
                    person=maria.id,
                    starts=NOW.replace(tzinfo=None),
                    zone="UTC",
                    status=MeetingStatus.ENDED,
                )
            )
    leads.keep_advice(world.store, world.clock, maria, "Show shipped work.")
    assert [(each.person.name, each.gave) for each in helpers(world.store)] == [
        ("Maria Chen", "your time, twice and your advice (“Show shipped work”)"),
        ("Priya Nair", "pointing me to Maria Chen"),
    ]
    booked = leads.landed(world.store, world.clock)
    assert {each.occasion for each in booked} == {Occasion.LANDED}
    assert world.now(priya).stage is Stage.IN_TOUCH
    assert world.store.undo_title == "Landed: booked thanks to 2 people"
    assert leads.landed(world.store, world.clock) == [], "nobody is thanked twice at once"


def test_without_helpers_landed_says_so(world: World) -> None:
    with pytest.raises(UserError, match="Nobody is on record"):
        leads.landed(world.store, world.clock)


def test_everything_of_an_action_is_one_undo_step(world: World) -> None:
    priya = world.person("Priya Nair", Stage.IN_TOUCH)
    lead = leads.capture(world.store, world.clock, priya, "Jonas", name="Jonas Weber")
    leads.make_person(world.store, world.clock, lead)
    before = (world.store.all(Person), world.store.all(Lead), world.store.all(FollowUp))
    followups.done(world.store, world.clock, world.one(priya, FollowUpKind.LEAD), text="Hi")
    world.store.undo()
    assert (world.store.all(Person), world.store.all(Lead), world.store.all(FollowUp)) == before
    assert all(each.state is FollowUpState.OPEN for each in world.store.all(FollowUp))


def test_a_lead_that_is_put_off_has_the_new_date_itself(world: World) -> None:
    priya = world.person("Priya Nair", Stage.IN_TOUCH)
    lead = leads.capture(world.store, world.clock, priya, "Spotify", due=MON + timedelta(days=2))
    followups.snooze(world.store, world.clock, world.one(priya, FollowUpKind.LEAD), 10)
    assert lead_of(world, lead).due == MON + timedelta(days=10)


def test_a_lead_set_back_to_captured_is_to_be_acted_on_and_is_no_news(world: World) -> None:
    priya = world.person("Priya Nair", Stage.IN_TOUCH)
    lead = leads.capture(world.store, world.clock, priya, "Spotify")
    leads.set_state(world.store, world.clock, lead, LeadState.ACTED_ON)
    leads.set_state(world.store, world.clock, lead, LeadState.CAPTURED)
    (act,) = world.open(priya)
    assert (act.kind, act.occasion) == (FollowUpKind.LEAD, "")


def test_advice_taken_back_keeps_the_report_on_other_advice(world: World) -> None:
    priya = world.person("Priya Nair", Stage.IN_TOUCH)
    first, second = (
        leads.keep_advice(world.store, world.clock, priya, words)
        for words in ("Show shipped work", "Learn COBOL")
    )
    for advice in (first, second):
        leads.set_advice(world.store, world.clock, advice, AdviceState.USED)
    leads.set_advice(world.store, world.clock, first, AdviceState.DECLINED)
    assert world.kinds(priya) == ["progress"]


def test_advice_used_puts_an_earlier_progress_report_off_no_more(world: World) -> None:
    priya = world.person("Priya Nair", Stage.IN_TOUCH)
    met(world, priya)
    world.clock.advance(days=7)
    report = world.one(priya, FollowUpKind.PROGRESS)
    advice = leads.keep_advice(world.store, world.clock, priya, "Show shipped work")
    leads.set_advice(world.store, world.clock, advice, AdviceState.USED)
    assert world.one(priya, FollowUpKind.PROGRESS) == report

"""What comes next: the list of the day, the line on top of the board, and the badge of each card."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from data.actions import followups, leads, people
from data.followups.agenda import Agenda, Urgency, line, next_thing, next_up
from data.followups.ledger import led_to, owed, owed_to
from data.followups.queue import Group, queue, span
from data.followups.suggestions import SuggestionKind
from data.records import (
    FollowUp,
    FollowUpKind,
    LeadState,
    Meeting,
    Person,
    Stage,
    Tier,
    new_id,
)
from tests.data.world import MON, NOW, World


def owe(
    world: World,
    person: Person,
    kind: FollowUpKind,
    days: int,
    *,
    interval: int = 1,
    at: datetime | None = None,
) -> FollowUp:
    with world.store.transaction("Owed") as tx:
        return tx.put(
            FollowUp(
                id=new_id(),
                person=person.id,
                kind=kind,
                due=MON + timedelta(days=days),
                due_at=at,
                interval_days=interval,
            )
        )


def meet(world: World, person: Person, starts: datetime) -> Meeting:
    with world.store.transaction("Planned") as tx:
        return tx.put(Meeting(id=new_id(), person=person.id, starts=starts, zone="Europe/Berlin"))


def test_the_list_is_grouped_and_ordered_by_how_late_in_its_own_interval(world: World) -> None:
    sam, lena, ana = (world.person(name) for name in ("Sam Okafor", "Lena Fischer", "Ana Ruiz"))
    owe(world, sam, FollowUpKind.CHECK_IN, -7, interval=35)
    owe(world, lena, FollowUpKind.NUDGE, -2, interval=9)
    owe(world, ana, FollowUpKind.THANK_YOU, -1)
    owe(world, sam, FollowUpKind.THANK_YOU, 0, at=NOW - timedelta(hours=3))
    owe(world, lena, FollowUpKind.CHECK_IN, 0, interval=35)
    owe(world, lena, FollowUpKind.CONFIRM, 0)
    owe(world, ana, FollowUpKind.LEAD, 6, interval=3)
    owe(world, sam, FollowUpKind.LEAD, 7, interval=3)
    owe(world, ana, FollowUpKind.PROGRESS, 60, interval=7)
    day = queue(world.store, world.clock)
    assert [(each.group, each.text, each.due) for each in day.items] == [
        (Group.OVERDUE, "thank Ana Ruiz", "1 d overdue"),
        (Group.OVERDUE, "nudge Lena Fischer", "2 d overdue"),
        (Group.OVERDUE, "check in with Sam Okafor", "7 d overdue"),
        (Group.OVERDUE, "thank Sam Okafor", "3 h overdue"),
        (Group.TODAY, "confirm with Lena Fischer", "today"),
        (Group.TODAY, "check in with Lena Fischer", "today"),
        (Group.THIS_WEEK, "act on Ana Ruiz’s lead", "Sun 29 Nov"),
        (Group.LATER, "act on Sam Okafor’s lead", "Mon 30 Nov"),
        (Group.LATER, "tell Ana Ruiz your progress", "Fri 22 Jan 2027"),
    ]
    assert day.sentence == "6 things for today."
    assert len(day.of(Group.OVERDUE)) == 4


def test_the_list_is_finite(world: World) -> None:
    assert queue(world.store, world.clock).sentence == "That is all for today."
    assert line(next_up(world.store, world.clock)) == "That is all for today."


def test_what_is_owed_to_somebody_removed_is_not_shown(world: World) -> None:
    gone = world.person("Sam Okafor", removed=True)
    owe(world, gone, FollowUpKind.NUDGE, 0)
    assert queue(world.store, world.clock).items == ()


@pytest.mark.parametrize(
    ("length", "text"),
    [
        (timedelta(seconds=5), "1 min"),
        (timedelta(minutes=59), "59 min"),
        (timedelta(hours=23, minutes=59), "23 h"),
        (timedelta(days=69), "69 d"),
        (timedelta(days=70), "10 w"),
    ],
)
def test_a_length_of_time_in_short(length: timedelta, text: str) -> None:
    assert span(length) == text


def test_the_top_line(world: World) -> None:
    tomas = world.person("Tomás Rey", Stage.MET)
    maria = world.person("Maria Chen", Stage.SCHEDULED)
    priya = world.person("Priya Nair", Stage.IN_TOUCH)
    owe(world, tomas, FollowUpKind.THANK_YOU, 0)
    meet(world, maria, datetime(2026, 11, 23, 16, 0))  # noqa: DTZ001
    for name in ("Jonas Weber", "Spotify"):
        lead = leads.capture(world.store, world.clock, priya, name, name=name)
        leads.set_state(world.store, world.clock, lead, LeadState.OUTCOME, outcome="a good talk")
    for each in world.open(priya, FollowUpKind.REPORT_BACK):
        with world.store.transaction("Due") as tx:
            tx.put(type(each)(id=each.id, person=each.person, kind=each.kind, lead=each.lead, due=MON))
    ups = next_up(world.store, world.clock, lambda meeting: 60)
    assert line(ups) == (
        "thank Tomás Rey (today) · Maria Chen 16:00, prep 60% · you owe Priya Nair news on 2 leads"
    )
    assert [each.kind for each in ups] == ["followup", "meeting", "followup"]
    world.clock.advance(minutes=90)
    assert next_up(world.store, world.clock)[0].text == "Maria Chen 16:00"


def test_where_nothing_is_due_the_line_says_whom_to_ask(world: World) -> None:
    world.person("Sam Okafor")
    (only,) = next_up(world.store, world.clock)
    assert (only.text, only.kind, only.urgency) == ("ask Sam Okafor", "person", Urgency.LATER)


def test_a_meeting_that_nobody_started_asks_what_became_of_it(world: World) -> None:
    maria = world.person("Maria Chen", Stage.SCHEDULED)
    meet(world, maria, datetime(2026, 11, 23, 9, 0))  # noqa: DTZ001
    (only,) = next_up(world.store, world.clock)
    assert only.text == "Maria Chen 09:00, did it take place?"


def test_cards_say_the_next_thing(world: World) -> None:
    lena = world.person("Lena Fischer", Stage.ASKED)
    tomas = world.person("Tomás Rey", Stage.MET)
    maria = world.person("Maria Chen", Stage.SCHEDULED)
    priya = world.person("Priya Nair", Stage.IN_TOUCH)
    sam = world.person("Sam Okafor")
    owe(world, lena, FollowUpKind.NUDGE, 0)
    owe(world, tomas, FollowUpKind.THANK_YOU, -2)
    owe(world, tomas, FollowUpKind.CHECK_IN, -3, interval=35)
    owe(world, priya, FollowUpKind.CHECK_IN, 12, interval=35)
    owe(world, priya, FollowUpKind.PROGRESS, 20)
    meet(world, maria, datetime(2026, 11, 24, 15, 0))  # noqa: DTZ001
    agenda = Agenda(world.store, world.clock, lambda meeting: 60)
    badges = [agenda.badge(person) for person in (lena, tomas, maria, priya, sam)]
    assert [(each.text, each.urgency) if each else None for each in badges] == [
        ("nudge today", Urgency.TODAY),
        ("thank-you overdue 2 d", Urgency.OVERDUE),
        ("tomorrow 15:00 · 60%", Urgency.SOON),
        ("check-in in 12 d", Urgency.LATER),
        None,
    ]
    assert next_thing(world.store, lena, world.clock) == badges[0]


def test_silence_is_shown_and_ends_in_a_proposal(world: World) -> None:
    sam = world.person("Sam Okafor", company="Stripe")
    ana = world.person("Ana Ruiz", Stage.NETWORK, company="Stripe")
    people.log_outreach(world.store, world.clock, sam)
    assert queue(world.store, world.clock).suggestions == ()
    world.clock.advance(days=3)
    (someone,) = queue(world.store, world.clock).suggestions
    assert (someone.kind, someone.text) == (SuggestionKind.SOMEONE_ELSE, "Ask Ana Ruiz, also at Stripe")
    people.log_outreach(world.store, world.clock, ana)
    assert queue(world.store, world.clock).suggestions == ()
    followups.skip(world.store, world.clock, world.one(sam, FollowUpKind.NUDGE), "met at the lift")
    world.clock.advance(days=7)
    (park,) = [each for each in queue(world.store, world.clock).suggestions if each.person.id == sam.id]
    assert park.kind is SuggestionKind.PARK
    badge = next_thing(world.store, world.now(sam), world.clock)
    assert badge is not None
    assert badge.text == "no answer: park?"


def test_the_parked_come_back_on_their_day(world: World) -> None:
    sam = world.person("Sam Okafor")
    people.park(world.store, world.clock, sam, date(2026, 12, 1))
    badge = next_thing(world.store, world.now(sam), world.clock)
    assert badge is not None
    assert badge.text == "look again Tue 1 Dec"
    world.clock.advance(days=8)
    (again,) = queue(world.store, world.clock).suggestions
    assert (again.kind, again.text) == (SuggestionKind.LOOK_AGAIN, "Look at Sam Okafor again")


def test_the_ledger_counts_from_the_leads_alone(world: World) -> None:
    priya = world.person("Priya Nair", Stage.IN_TOUCH)
    given = [leads.capture(world.store, world.clock, priya, f"lead {n}", name=f"Name {n}") for n in range(3)]
    leads.set_state(world.store, world.clock, given[0], LeadState.REPORTED, outcome="hired")
    leads.set_state(world.store, world.clock, given[1], LeadState.ACTED_ON)
    badge = next_thing(world.store, priya, world.clock)
    assert badge is not None
    assert (badge.text, badge.kind) == ("news: 2 of 3 leads", "followup")
    for each in world.open(priya):
        followups.skip(world.store, world.clock, each)
    badge = next_thing(world.store, priya, world.clock)
    assert badge is not None
    assert (badge.text, badge.kind) == ("news: 2 of 3 leads", "person"), "skipping doesn't close a lead"
    counted = owed_to(world.store, priya.id)
    assert (counted.given, counted.owed, counted.news) == (3, 2, 1)
    assert counted.sentence("Priya") == "You owe Priya news on 2 of 3 leads"
    assert owed(world.store) == {priya.id: counted}
    jonas = leads.make_person(world.store, world.clock, given[2])
    assert [each.id for each in led_to(world.store, priya.id)] == [jonas.id]


def test_thousands_of_cards_are_quick(world: World) -> None:
    """One pass over everything, then a look-up a card: counted, since a clock would be flaky here."""
    with world.store.transaction("Many") as tx:
        for number in range(300):
            person = Person(id=f"p{number}", name=f"Person {number}", stage=Stage.MET, tier=Tier.A)
            tx.put(person)
            tx.put(FollowUp(id=f"f{number}", person=person.id, kind=FollowUpKind.CHECK_IN, due=MON))

    class Counting:
        reads = 0

        def __getattr__(self, name: str) -> object:
            Counting.reads += 1
            return getattr(world.store, name)

    agenda = Agenda(Counting(), world.clock)  # type: ignore[arg-type]
    before = Counting.reads
    badges = [agenda.badge(each) for each in world.store.people()]
    assert len(badges) == 300
    assert Counting.reads == before < 10


def test_a_meeting_far_away_is_shown_in_the_users_own_time(world: World) -> None:
    maria = world.person("Maria Chen", Stage.SCHEDULED)
    with world.store.transaction("Planned") as tx:
        starts = datetime(2026, 12, 1, 9, 0)  # noqa: DTZ001
        tx.put(Meeting(id="m", person=maria.id, starts=starts, zone="America/New_York"))
    badge = next_thing(world.store, maria, world.clock)
    assert badge is not None
    assert badge.text == "Tue 1 Dec 15:00"


def test_somebody_else_there_is_suggested_after_the_first_nudge_at_most(world: World) -> None:
    sam = world.person("Sam Okafor", company="Stripe")
    world.person("Ana Ruiz", Stage.NETWORK, company="Stripe")
    people.log_outreach(world.store, world.clock, sam)
    followups.done(world.store, world.clock, world.one(sam, FollowUpKind.NUDGE))
    world.clock.advance(days=3)
    assert queue(world.store, world.clock).suggestions == ()


def test_while_somebody_else_there_is_being_asked_nobody_more_is_suggested(world: World) -> None:
    sam, ana = (world.person(name, company="Stripe") for name in ("Sam Okafor", "Ana Ruiz"))
    world.person("Lena Fischer", Stage.NETWORK, company="Stripe")
    people.log_outreach(world.store, world.clock, sam)
    world.clock.advance(days=3)
    people.log_outreach(world.store, world.clock, ana)
    assert queue(world.store, world.clock).suggestions == ()

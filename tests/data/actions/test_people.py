"""People put in, changed, moved, parked, tagged and removed, each in one step of undo."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from data.actions.people import (
    add,
    change_tags,
    edit_person,
    log_outreach,
    move,
    new_person,
    park,
    remove,
    set_tier,
)
from data.errors import UserError
from data.followups import engine
from data.followups.events import Scheduled
from data.followups.occasions import Occasion
from data.records import (
    FollowUp,
    FollowUpKind,
    Kind,
    Meeting,
    MeetingStatus,
    Person,
    Source,
    Stage,
    Tier,
    Touch,
    TouchKind,
)
from data.stages import MOVES
from tests.data.world import MON, World

ODD = "[/] \x1b]52;c;x\x07 =cmd|' 👩‍👩‍👧 عمر " + "x" * 10_000


def plan(world: World, person: Person, starts: datetime) -> Meeting:
    with world.store.transaction("Planned") as tx:
        meeting = tx.put(Meeting(id="m1", person=person.id, starts=starts, zone="Europe/Berlin"))
        engine.apply(tx, Scheduled(meeting=meeting.id), world.clock)
    return meeting


def test_somebody_new_is_to_be_asked(world: World) -> None:
    priya = world.person("Priya Nair")
    jonas = new_person(
        world.store,
        world.clock,
        name="  Jonas   Weber ",
        introduced_by=priya.id,
        emails=(" jonas@example.com ",),
        tags=("#design", "two words"),
    )
    assert (jonas.name, jonas.stage, jonas.source) == ("Jonas Weber", Stage.TO_ASK, Source.REFERRAL)
    assert jonas.identities == ("jonas@example.com",)
    assert jonas.tags == ("design", "two-words")
    assert world.store.undo_title == "Added Jonas Weber"


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"name": "  "}, "A name is needed"),
        ({"name": "A", "emails": ("nonsense",)}, "no email address"),
        ({"name": "A", "linkedin": "https://example.com/in/x"}, "no LinkedIn page"),
        ({"name": "A", "introduced_by": "nobody"}, "no longer in your network"),
    ],
)
def test_what_can_not_be_kept_is_refused_with_a_sentence(
    world: World, fields: dict[str, str], why: str
) -> None:
    with pytest.raises(UserError, match=why):
        new_person(world.store, world.clock, **fields)  # type: ignore[arg-type]
    assert world.store.all(Person) == []


def test_odd_names_are_kept_whole_and_cut_in_the_title(world: World) -> None:
    person = add(world.store, world.clock, Person(id="", name=ODD))
    assert person.name == " ".join(ODD.split())
    title = world.store.undo_title
    assert title is not None
    assert len(title) < 80
    assert "\x1b" not in title


def test_editing_keeps_old_addresses_as_identities(world: World) -> None:
    person = new_person(world.store, world.clock, name="Ana", emails=("a@example.com",))
    changed = edit_person(world.store, world.clock, person, emails=("b@example.com",), name="Ana Ruiz")
    assert changed.identities == ("a@example.com", "b@example.com")
    assert world.store.undo_title == "Changed Ana Ruiz"
    with pytest.raises(TypeError):
        edit_person(world.store, world.clock, person, stage=Stage.MET)


def test_nobody_introduces_their_own_introducer(world: World) -> None:
    a = world.person("A")
    b = world.person("B", introduced_by=a.id)
    c = world.person("C", introduced_by=b.id)
    with pytest.raises(UserError, match="the other way round"):
        edit_person(world.store, world.clock, a, introduced_by=c.id)


def test_every_move_of_the_table_can_be_made(world: World) -> None:
    """All 42 moves on people who have met, been asked and so on, without a meeting planned."""
    for number, ((start, end), chosen) in enumerate(MOVES.items()):
        person = world.person(f"Person {number}", start, tier=Tier.A)
        if end is Stage.SCHEDULED:
            with pytest.raises(UserError, match="Say when you meet"):
                move(world.store, world.clock, person, end)
            continue
        (moved,) = move(world.store, world.clock, person, end)
        assert moved.stage is end
        if end in (Stage.PARKED, Stage.NETWORK):
            assert world.open(person) == []
        if chosen.effects and chosen.effects[-1].value == "sent":
            assert world.one(person, FollowUpKind.NUDGE).number == 1


def test_moved_to_met_by_hand_the_planned_meeting_counts_as_held(world: World) -> None:
    maria = world.person("Maria Chen", Stage.SCHEDULED)
    meeting = plan(world, maria, datetime(2026, 11, 23, 10, 0))  # noqa: DTZ001
    move(world.store, world.clock, maria, Stage.MET)
    held = world.store.get(Meeting, meeting.id)
    assert held is not None
    assert (held.status, held.from_memory) == (MeetingStatus.ENDED, True)
    assert world.one(maria, FollowUpKind.THANK_YOU).meeting == meeting.id
    (touch,) = world.store.where(Touch, person=maria.id)
    assert touch.kind is TouchKind.MEETING


def test_back_to_asked_the_meeting_is_off_and_a_new_time_is_sought(world: World) -> None:
    maria = world.person("Maria Chen", Stage.SCHEDULED)
    meeting = plan(world, maria, datetime(2026, 11, 30, 10, 0))  # noqa: DTZ001
    move(world.store, world.clock, maria, Stage.ASKED)
    off = world.store.get(Meeting, meeting.id)
    assert off is not None
    assert off.status is MeetingStatus.CALLED_OFF
    (anew,) = world.open(maria)
    assert anew.occasion == Occasion.NEW_TIME


def test_parked_until_a_day_and_back(world: World) -> None:
    sam, ana = world.person("Sam Okafor", tier=Tier.A), world.person("Ana Ruiz")
    log_outreach(world.store, world.clock, sam)
    park(world.store, world.clock, [sam.id, ana.id], date(2027, 2, 3))
    assert world.store.undo_title == "Parked 2 people until 3 Feb 2027"
    assert world.open(sam) == []
    park(world.store, world.clock, sam, date(2027, 3, 3))
    assert world.now(sam).look_again_on == date(2027, 3, 3)
    with pytest.raises(UserError, match="has to come"):
        park(world.store, world.clock, ana, MON)
    move(world.store, world.clock, sam, Stage.IN_TOUCH)
    assert world.now(sam).look_again_on is None
    assert world.kinds(sam) == ["check_in"]


def test_of_several_those_already_there_stay(world: World) -> None:
    sam, ana = world.person("Sam Okafor"), world.person("Ana Ruiz", Stage.ASKED)
    moved = move(world.store, world.clock, [sam, ana], Stage.ASKED)
    assert [each.name for each in moved] == ["Sam Okafor"]
    with pytest.raises(UserError, match="already"):
        move(world.store, world.clock, ana, Stage.ASKED)
    with pytest.raises(UserError, match="Nobody is selected"):
        move(world.store, world.clock, [], Stage.ASKED)


def test_nobody_put_on_the_board_by_a_refused_move(world: World) -> None:
    sam, ana = world.person("Sam Okafor"), world.person("Ana Ruiz")
    plan(world, sam, datetime(2026, 11, 30, 10, 0))  # noqa: DTZ001
    with pytest.raises(UserError):
        move(world.store, world.clock, [sam, ana], Stage.SCHEDULED)
    assert world.now(sam).stage is Stage.TO_ASK


def test_removed_is_a_trace_that_undo_brings_back(world: World) -> None:
    sam = world.person("Sam Okafor", identities=("sam@example.com",))
    log_outreach(world.store, world.clock, sam)
    remove(world.store, world.clock, sam)
    gone = world.now(sam)
    assert gone.removed
    assert gone.identities == ("sam@example.com",)
    assert world.open(sam) == []
    with pytest.raises(UserError, match="Sam Okafor is no longer in your network"):
        log_outreach(world.store, world.clock, sam)
    world.store.undo()
    assert not world.now(sam).removed
    assert world.kinds(sam) == ["nudge"]


def test_nobody_is_removed_out_of_a_running_meeting(world: World) -> None:
    sam = world.person("Sam Okafor")
    with world.store.transaction("Running") as tx:
        tx.put(
            Meeting(
                id="m",
                person=sam.id,
                starts=datetime(2026, 11, 23, 14, 0),  # noqa: DTZ001
                zone="UTC",
                status=MeetingStatus.RUNNING,
            )
        )
    with pytest.raises(UserError, match="still running"):
        remove(world.store, world.clock, sam)
    assert not world.now(sam).removed


def test_tags_are_given_and_taken(world: World) -> None:
    sam, ana = world.person("Sam", tags=("Old", "kept")), world.person("Ana")
    changed = change_tags(world.store, [sam, ana], ["#New"], ["old"])
    assert [each.tags for each in changed] == [("kept", "New"), ("New",)]


def test_a_tier_books_the_check_in_and_none_takes_it_back(world: World) -> None:
    sam, group = world.person("Sam", Stage.IN_TOUCH), world.person("Alumni", kind=Kind.GROUP)
    assert [each.name for each in set_tier(world.store, world.clock, [sam, group], Tier.A)] == ["Sam"]
    assert world.kinds(sam) == ["check_in"]
    set_tier(world.store, world.clock, sam, Tier.NONE)
    assert world.open(sam) == []
    with pytest.raises(UserError, match="is a group"):
        set_tier(world.store, world.clock, group, Tier.A)


def test_no_thank_you_is_left_over_from_a_withdrawn_ask(world: World) -> None:
    sam = world.person("Sam", Stage.ASKED)
    log_outreach(world.store, world.clock, sam)
    move(world.store, world.clock, sam, Stage.TO_ASK)
    assert world.open(sam) == []
    assert not any(each.occasion == Occasion.SCHEDULE for each in world.store.all(FollowUp))


@pytest.mark.parametrize("stage", [Stage.ASKED, Stage.SCHEDULED])
def test_parked_before_a_talk_the_introducer_hears_that_nothing_came_of_it(
    world: World, stage: Stage
) -> None:
    priya = world.person("Priya Nair", Stage.IN_TOUCH)
    maria = world.person("Maria Chen", stage, introduced_by=priya.id)
    move(world.store, world.clock, maria, Stage.PARKED)
    news = world.one(priya, FollowUpKind.REPORT_BACK)
    assert (news.about, news.occasion) == (maria.id, "introducer")
    assert "did not come to a talk with Maria Chen" in news.why


def test_parked_after_a_talk_or_before_asking_there_is_no_news_for_the_introducer(world: World) -> None:
    priya = world.person("Priya Nair", Stage.IN_TOUCH)
    for stage in (Stage.TO_ASK, Stage.MET, Stage.IN_TOUCH):
        person = world.person(f"Maria {stage}", stage, introduced_by=priya.id)
        move(world.store, world.clock, person, Stage.PARKED)
    assert world.open(priya, FollowUpKind.REPORT_BACK) == []

"""Random histories: whatever happens in whatever order, the engine's invariants hold."""

from __future__ import annotations

import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from data.actions import followups, leads, people
from data.errors import UserError
from data.followups import engine
from data.followups.events import Answer, CalledOff, Ended, Met, Scheduled
from data.followups.plan import identity
from data.followups.queue import queue
from data.records import (
    Advice,
    AdviceState,
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
    Stage,
    Tier,
    Touch,
    TouchKind,
    new_id,
)
from data.store import Store
from tests.data.world import World

Step = tuple[str, int, int]
_NAMES = """outreach yes no later referred touch_in touch_out move park tier ask_intro whom done snooze skip
custom promise capture state outcome make_person advice used told declined schedule called_off end wrap
advance remove_lead undo landed report nudged reschedule"""
_OFTEN = (
    "touch_in touch_in outreach outreach nudged nudged schedule wrap wrap advance done capture touch_out tier"
)
STEPS = _NAMES.split() + _OFTEN.split()
"""What may happen; what leads far along the road comes more often, so that the road's end is reached."""


def play(world: World, step: Step) -> None:
    """One step of a history; what makes no sense at that moment is refused, as the user would see it."""
    name, a, b = step
    store, clock = world.store, world.clock
    alive = [each for each in store.all(Person) if each.alive]
    # Mostly the same few, so that much happens to each of them.
    who = alive[a % (len(alive) if a % 4 == 0 else min(len(alive), 6))]
    other = alive[b % len(alive)]
    owed = [each for each in store.all(FollowUp) if each.state is FollowUpState.OPEN]
    item = owed[a % len(owed)] if owed else None
    nudges = [each for each in owed if each.kind is FollowUpKind.NUDGE]
    given_leads = store.all(Lead)
    lead = given_leads[a % len(given_leads)] if given_leads else None
    given_advice = store.all(Advice)
    advice = given_advice[a % len(given_advice)] if given_advice else None
    meetings = [each for each in store.all(Meeting) if each.status is MeetingStatus.PLANNED]
    meeting = meetings[a % len(meetings)] if meetings else None
    later = world.today + timedelta(days=1 + b % 60)
    # A first message may be logged weeks late; its nudge is due today then, and not in the past.
    late = timedelta(days=b % 40 if not store.where(Touch, person=who.id) else 0)
    asked_at = clock.now() - late
    actions: dict[str, Callable[[], object]] = {
        "outreach": lambda: people.log_outreach(store, clock, who, text="Hello", at=asked_at),
        "yes": lambda: people.log_answer(store, clock, who, Answer.YES),
        "no": lambda: people.log_answer(store, clock, who, Answer.NO),
        "later": lambda: people.log_answer(store, clock, who, Answer.LATER, until=later),
        "referred": lambda: people.log_answer(store, clock, who, Answer.REFERRED, referred_to=other),
        "touch_in": lambda: people.log_touch(store, clock, who, direction=Direction.IN),
        "touch_out": lambda: people.log_touch(store, clock, who, at=clock.now() - timedelta(days=b % 40)),
        "move": lambda: people.move(store, clock, who, list(Stage)[b % len(Stage)]),
        "park": lambda: people.park(store, clock, who, later),
        "tier": lambda: people.set_tier(store, clock, who, list(Tier)[b % len(Tier)]),
        "ask_intro": lambda: people.ask_introduction(store, clock, who, other),
        "whom": lambda: people.ask_whom(store, clock, who),
        "custom": lambda: followups.custom(store, clock, who, f"thing {b % 3}", later),
        "promise": lambda: followups.promise(store, clock, who, f"promise {b % 3}"),
        "capture": lambda: leads.capture(store, clock, who, f"lead {b}", name=f"Name {b}"),
        "advice": lambda: leads.keep_advice(store, clock, who, f"advice {b}"),
        "schedule": lambda: schedule(world, who, b),
        "landed": lambda: leads.landed(store, clock),
        "undo": store.undo,
    }
    if item is not None:
        actions["done"] = lambda: followups.done(store, clock, item, text="Done", outcome="fine")
        actions["snooze"] = lambda: followups.snooze(store, clock, item, 1 + b % 20)
        actions["skip"] = lambda: followups.skip(store, clock, item, "no")
    if nudges:
        actions["nudged"] = lambda: followups.done(store, clock, nudges[a % len(nudges)], text="Once more")
    if lead is not None:
        actions["state"] = lambda: leads.set_state(store, clock, lead, list(LeadState)[b % 4], outcome="x")
        actions["outcome"] = lambda: leads.set_state(store, clock, lead, LeadState.OUTCOME, outcome="nothing")
        actions["make_person"] = lambda: leads.make_person(store, clock, lead)
        actions["remove_lead"] = lambda: leads.drop_lead(store, clock, lead)
        actions["report"] = lambda: leads.report(store, clock, lead)
    if advice is not None:
        actions["used"] = lambda: leads.set_advice(store, clock, advice, AdviceState.USED, did="did it")
        actions["told"] = lambda: leads.set_advice(store, clock, advice, AdviceState.TOLD)
        actions["declined"] = lambda: leads.set_advice(store, clock, advice, AdviceState.DECLINED)
    if meeting is not None:
        actions["called_off"] = lambda: called_off(world, meeting)
        actions["end"] = lambda: ended(world, meeting, wrap=False)
        actions["wrap"] = lambda: ended(world, meeting, wrap=True, some=b % 2 == 1)
        actions["reschedule"] = lambda: rescheduled(world, meeting, b)
    if name == "advance":
        clock.advance(hours=1 + (a * 7 + b) % 240)
    elif name in actions:
        with suppress(UserError):
            actions[name]()


def schedule(world: World, who: Person, days: int) -> None:
    starts = (world.clock.now() + timedelta(days=days % 20, hours=1)).replace(tzinfo=None)
    with world.store.transaction("Scheduled") as tx:
        meeting = tx.put(Meeting(id=new_id(), person=who.id, starts=starts, zone="UTC"))
        tx.put(replace(who, stage=Stage.SCHEDULED, stage_since=world.clock.now()))
        engine.apply(tx, Scheduled(meeting=meeting.id), world.clock)


def rescheduled(world: World, meeting: Meeting, days: int) -> None:
    starts = (world.clock.now() + timedelta(days=days % 25, hours=2)).replace(tzinfo=None)
    with world.store.transaction("Moved") as tx:
        tx.put(replace(meeting, starts=starts))
        engine.apply(tx, Scheduled(meeting=meeting.id), world.clock)


def called_off(world: World, meeting: Meeting) -> None:
    with world.store.transaction("Called off") as tx:
        tx.put(replace(meeting, status=MeetingStatus.CALLED_OFF))
        engine.apply(tx, CalledOff(meeting=meeting.id), world.clock)


def ended(world: World, meeting: Meeting, *, wrap: bool, some: bool = False) -> None:
    now = world.clock.now()
    with world.store.transaction("Ended") as tx:
        person = tx.get(Person, meeting.person)
        if person is None or not person.alive:
            return
        ended = tx.put(replace(meeting, status=MeetingStatus.ENDED, ended=now, wrapped=now if wrap else None))
        tx.put(replace(person, stage=Stage.MET, stage_since=now))
        talked = Touch(
            id=new_id(), person=person.id, kind=TouchKind.MEETING, direction=Direction.BOTH, at=now
        )
        tx.put(replace(talked, meeting=ended.id))
        if wrap:
            proposed = engine.propose(tx, Met(person=person.id, at=now, meeting=ended.id), world.clock)
            accepted = proposed[::2] if some else None
            engine.apply(tx, Met(person=person.id, at=now, meeting=ended.id), world.clock, accepted)
        else:
            engine.apply(tx, Ended(meeting=ended.id), world.clock)


def check(store: Store, today: date, before: dict[str, FollowUp]) -> None:
    """What must hold after every step, whatever it was."""
    owed = [each for each in store.all(FollowUp) if each.state is FollowUpState.OPEN]
    persons = {each.id: each for each in store.all(Person)}
    for each in owed:
        person = persons[each.person]
        assert person.alive, "nothing is owed to somebody who is gone"
        assert person.stage is not Stage.PARKED, f"{person.name} is parked and owes {each.kind}"
        assert each.interval_days >= 1
        if each.id not in before or before[each.id].due != each.due:
            assert each.due >= today, f"{each.kind} was booked in the past"
        if each.kind is FollowUpKind.NUDGE:
            assert 1 <= each.number <= 2, "at most two nudges"
        if person.kind is Kind.GROUP:
            assert each.kind not in (FollowUpKind.CONNECT, FollowUpKind.CHECK_IN)
        if each.kind is FollowUpKind.CONNECT:
            assert person.connected_on is None
        if each.kind is FollowUpKind.CHECK_IN:
            assert person.tier is not Tier.NONE
        if each.kind in (FollowUpKind.LEAD, FollowUpKind.REPORT_BACK) and each.lead:
            lead = store.get(Lead, each.lead)
            assert lead is not None
            assert lead.state is not LeadState.REPORTED, "a lead that is closed is owed nothing"
    doubles = [key for key, count in Counter(identity(each) for each in owed).items() if count > 1]
    assert not doubles, f"booked twice: {doubles}"


class Before:
    """The facts before a step, for what the step may and must change."""

    def __init__(self, store: Store) -> None:
        self.followups = {each.id: each for each in store.all(FollowUp)}
        self.leads = {each.id: each for each in store.all(Lead)}
        self.met = {each.id for each in store.all(Meeting) if each.wrapped is not None}


def work_days_after(day: date, count: int) -> date:
    """Counted day by day, on purpose not as the engine counts; there are no holidays here."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def check_rules(world: World, before: Before, step: Step) -> None:
    """The numbers of the rules, written out: what a step booked is due when the guides say, and what it
    must book is booked."""
    store, today, zone = world.store, world.today, world.clock.zone()
    persons = {each.id: each for each in store.all(Person)}
    touches: dict[str, list[Touch]] = {}
    for touch in store.all(Touch):
        touches.setdefault(touch.person, []).append(touch)

    def day(at: datetime) -> date:
        return at.astimezone(zone).date()

    def fresh(each: FollowUp) -> bool:
        was = before.followups.get(each.id)
        return step[0] != "snooze" and (was is None or (was.due, was.state) != (each.due, each.state))

    open_ones = [each for each in store.all(FollowUp) if each.state is FollowUpState.OPEN]
    for each in open_ones:
        theirs = touches.get(each.person, [])
        if each.kind is FollowUpKind.NUDGE and not each.occasion:
            check_nudge(each, theirs, today, fresh(each), day)
        if each.kind is FollowUpKind.CHECK_IN and not each.snoozed and theirs:
            last = max(day(touch.at) for touch in theirs)
            assert each.due >= last + _EVERY[persons[each.person].tier], "a contact moves the check-in"
        if each.kind is FollowUpKind.CONFIRM and not each.snoozed:
            meeting = store.get(Meeting, each.meeting)
            assert meeting is not None
            starts = day(meeting.starts.replace(tzinfo=ZoneInfo(meeting.zone)))
            assert each.due == starts - timedelta(days=1), "confirmed the day before"
        if not fresh(each):
            continue
        if each.kind is FollowUpKind.CHECK_IN:
            last = max((day(touch.at) for touch in theirs), default=today)
            length = _EVERY[persons[each.person].tier]
            wanted = {max(today, after + length) for after in (last, today)}
            assert each.due in wanted, f"check-in {each.due}, wanted {wanted}"
            assert each.due == max(today, last + length) or step[0] == "skip" or last == today
        elif each.kind is FollowUpKind.THANK_YOU and each.due_at is not None:
            assert each.due_at - world.clock.now() <= timedelta(hours=24), "thanks within a day"
            assert each.due_at > world.clock.now()
        elif each.kind is FollowUpKind.CONNECT:
            ever = [
                one for one in store.where(FollowUp, person=each.person) if one.kind is FollowUpKind.CONNECT
            ]
            assert len([one for one in ever if one.state is not FollowUpState.CANCELLED]) == 1, "asked once"
    confirms = Counter(each.meeting for each in open_ones if each.kind is FollowUpKind.CONFIRM)
    assert not confirms or max(confirms.values()) == 1, "a meeting is confirmed once"
    if step[0] != "wrap" or step[2] % 2 == 0:
        check_news(store, before, open_ones, persons, today, day)


_EVERY = {Tier.A: relativedelta(weeks=5), Tier.B: relativedelta(months=3), Tier.C: relativedelta(months=6)}


def check_nudge(
    each: FollowUp, theirs: list[Touch], today: date, fresh: bool, day: Callable[[datetime], date]
) -> None:
    """A nudge is owed only while there is silence, counted from the last message, and twice at most."""
    if any(touch.kind is TouchKind.INTRO_REQUEST for touch in theirs):
        return
    asked = [touch for touch in theirs if touch.kind in (TouchKind.OUTREACH, TouchKind.NUDGE)]
    assert asked, "nobody is nudged who wasn't asked"
    places = [place for place, touch in enumerate(theirs) if touch in asked]
    last = max(places, key=lambda place: (theirs[place].at, place))
    later = theirs[last + 1 :]
    assert not [touch for touch in later if touch.direction is Direction.IN], "an answer ends the nudges"
    outreach = max(place for place, touch in enumerate(theirs) if touch.kind is TouchKind.OUTREACH)
    since = [touch for touch in theirs[outreach:] if touch.kind is TouchKind.NUDGE]
    assert each.number == len(since) + 1 <= 2, "two nudges at most"
    if fresh:
        assert each.due == max(today, work_days_after(day(theirs[last].at), 7)), "seven business days"


def check_news(
    store: Store,
    before: Before,
    open_ones: list[FollowUp],
    persons: dict[str, Person],
    today: date,
    day: Callable[[datetime], date],
) -> None:
    """Whoever gave a lead hears of each change; whoever introduced somebody hears of the meeting."""
    owing = {(each.kind, each.lead) for each in open_ones}
    for lead in store.all(Lead):
        was = before.leads.get(lead.id)
        giver = persons[lead.giver]
        if (was is not None and was.state is lead.state) or giver.stage is Stage.PARKED or not giver.alive:
            continue
        if lead.state in (LeadState.ACTED_ON, LeadState.OUTCOME):
            assert (FollowUpKind.REPORT_BACK, lead.id) in owing, f"{giver.name} hears that it is {lead.state}"
        if was is None and lead.state is LeadState.CAPTURED and lead.captured is not None:
            (act,) = [each for each in open_ones if each.kind is FollowUpKind.LEAD and each.lead == lead.id]
            assert act.due == max(today, work_days_after(day(lead.captured), 3)), "three business days"
    for meeting in store.all(Meeting):
        person = persons[meeting.person]
        introducer = persons.get(person.introduced_by)
        if meeting.wrapped is None or meeting.id in before.met or introducer is None:
            continue
        knows = any(
            lead.giver == introducer.id and lead.state is LeadState.REPORTED
            for lead in store.where(Lead, person=person.id)
        )
        if introducer.stage is not Stage.PARKED and introducer.alive and not knows:
            told = store.where(FollowUp, person=introducer.id)
            assert any(
                each.about == person.id and each.kind in (FollowUpKind.THANK_YOU, FollowUpKind.REPORT_BACK)
                for each in told
            ), "whoever introduced them hears of it"


SIGNATURE = ("person", "kind", "occasion", "due", "due_at", "state", "number", "interval_days", "words")


def told(world: World) -> list[tuple[str, ...]]:
    """All follow-ups, without the ids that differ from run to run."""
    names = {each.id: each.name for each in world.store.all(Person)}
    rows = []
    for each in world.store.all(FollowUp):
        row = [str(getattr(each, field)) for field in SIGNATURE]
        row[0] = names[each.person]
        rows.append((*row, names.get(each.about, "")))
    return sorted(rows)


@contextmanager
def a_world() -> Iterator[tuple[World, Path]]:
    folder = Path(tempfile.mkdtemp())
    world = World(folder)
    priya = world.person("Priya Nair", Stage.IN_TOUCH, tier=Tier.B)
    world.person("Design alumni", kind=Kind.GROUP)
    world.person("Sam Okafor", introduced_by=priya.id, company="Stripe")
    world.person("Lena Fischer", Stage.NETWORK, tier=Tier.A, connected_on=date(2020, 1, 1), company="Stripe")
    world.person("Tomás Rey", Stage.MET, introduced_by=priya.id)
    try:
        yield world, folder
    finally:
        world.store.close()
        shutil.rmtree(folder)


def run(history: list[Step], *, restarts: frozenset[int] = frozenset()) -> list[tuple[str, ...]]:
    with a_world() as (world, _):
        for number, step in enumerate(history):
            before = Before(world.store)
            play(world, step)
            if step[0] != "undo":
                check(world.store, world.today, before.followups)
                check_rules(world, before, step)
            if number in restarts:
                world.store.close()
                world.store = Store.open(world.store.path, clock=world.clock)
        list_of_the_day = queue(world.store, world.clock)
        assert len(list_of_the_day.items) == len(
            [each for each in world.store.all(FollowUp) if each.state is FollowUpState.OPEN]
        )
        return told(world)


histories = st.lists(
    st.tuples(st.sampled_from(STEPS), st.integers(0, 60), st.integers(0, 60)), min_size=1, max_size=30
)
quick = settings(max_examples=25, suppress_health_check=list(HealthCheck))


@quick
@given(histories)
def test_the_invariants_hold_over_any_history(history: list[Step]) -> None:
    run(history)


@settings(quick, max_examples=8)
@given(histories, st.frozensets(st.integers(0, 29), max_size=5))
def test_the_engine_has_no_memory(history: list[Step], restarts: frozenset[int]) -> None:
    assert run(history) == run(history, restarts=restarts)


def made_up(seed: int, length: int) -> list[Step]:
    chance = random.Random(seed)
    return [(chance.choice(STEPS), chance.randrange(61), chance.randrange(61)) for _ in range(length)]


@pytest.mark.parametrize("seed", range(3))
def test_histories_of_two_hundred_events(seed: int) -> None:
    run(made_up(seed, 200))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 180))
def test_many_histories_of_two_hundred_events(seed: int) -> None:
    history = made_up(seed, 200)
    restarts = frozenset(range(seed % 7, 200, 7))
    assert run(history) == run(history, restarts=restarts)


def test_much_happens_in_a_history() -> None:
    """Contacts are logged, and things get owed, done and cancelled: the invariants have something to hold."""
    with a_world() as (world, _):
        for step in made_up(1, 200):
            play(world, step)
        assert len(world.store.all(Touch)) > 20
        states = {each.state for each in world.store.all(FollowUp)}
        assert states == set(FollowUpState)

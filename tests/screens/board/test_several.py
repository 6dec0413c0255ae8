"""Several people at once, on the board and in Find: each change of all of them is one step of undo."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from data.actions.meetings import schedule
from data.clock import FixedClock
from data.records import Channel, Kind, Person, Stage, Tier, Touch
from data.store import Store
from tests.screens.hands import press, write
from tests.screens.people import put
from tests.screens.seen import text_of
from tui.app import InroadApp

LATER = datetime(2026, 11, 26, 10)  # noqa: DTZ001 - a wall time in Berlin


@pytest.mark.parametrize("place", ["board", "find"])
async def test_what_is_done_to_several_is_one_step_of_undo(
    app_on: Callable[[], InroadApp], store: Store, clock: FixedClock, place: str
) -> None:
    for name in ("Ada", "Ben", "Cyd"):
        put(store, clock, name)
    before = store.all(Person)
    async with app_on().run_test(size=(120, 36)) as pilot:
        if place == "find":
            await press(pilot, "f", "escape")
        for keys, text, done in (
            (("number_sign",), "berlin", lambda person: person.tags == ("berlin",)),
            (("M", "2", "m"), "", lambda person: person.stage is Stage.ASKED),
            (("p", "enter"), "", lambda person: person.stage is Stage.PARKED),
            (("x",), "", lambda person: not person.alive),
        ):
            await press(pilot, "g", "space", "space", *keys)
            if text:
                await write(pilot, text)
                await press(pilot, "enter")
            assert [each.name for each in store.all(Person) if done(each)] == ["Ada", "Ben"], keys
            after = store.all(Person)
            await press(pilot, "u")
            assert "Undid: " in text_of(pilot.app)
            assert store.all(Person) == before, keys
            await press(pilot, "U")
            assert "Did again: " in text_of(pilot.app)
            assert store.all(Person) == after, keys
            await press(pilot, "u")
            assert store.all(Person) == before, keys
            await press(pilot, "escape")


async def test_each_of_a_mixed_selection_is_moved_as_its_own_stage_asks(
    app_on: Callable[[], InroadApp], store: Store, clock: FixedClock
) -> None:
    """Who has a meeting planned is not asked how they were asked; the others are, in either order."""
    people = {
        "Ada": put(store, clock, "Ada", Stage.TO_ASK),
        "Ben": put(store, clock, "Ben", Stage.MET),
        "Cyd": put(store, clock, "Cyd", Stage.IN_TOUCH),
    }
    schedule(store, clock, put(store, clock, "Dan", Stage.ASKED), starts=LATER, zone="Europe/Berlin")
    before = store.all(Person)
    async with app_on().run_test(size=(120, 36)) as pilot:
        # By columns: to ask, scheduled, met, in touch.
        await press(pilot, "space", "l", "l", "space", "l", "space")
        assert "3 selected" in text_of(pilot.app)
        await press(pilot, "M", "2")
        assert "How did you ask 2 people?" in text_of(pilot.app)
        await press(pilot, "l")
        assert "Moved 3 people to Asked." in text_of(pilot.app)
        ways = {touch.person: touch.channel for touch in store.all(Touch)}
        assert ways == {people["Ada"].id: Channel.LINKEDIN, people["Ben"].id: Channel.LINKEDIN}
        await press(pilot, "u")
        assert "Undid: Moved 3 people to Asked." in text_of(pilot.app)
        assert store.all(Person) == before
        assert store.all(Touch) == []
        # In touch and asked to Met: only the talk with those who come from before it has to be dated.
        await press(pilot, "escape", "f", "escape")
        await press(pilot, "g")
        for _ in before:
            await press(pilot, "space")
        await press(pilot, "M", "4")
        assert "When did you talk with 3 people?" in text_of(pilot.app)
        await press(pilot, "escape")
        assert store.all(Person) == before


async def test_what_the_filter_hides_is_selected_no_more_and_stays_as_it_is(
    app_on: Callable[[], InroadApp], store: Store, clock: FixedClock
) -> None:
    ada, ben = put(store, clock, "Ada Ng"), put(store, clock, "Ben Smith")
    async with app_on().run_test(size=(120, 36)) as pilot:
        await press(pilot, "space", "space", "slash")
        await write(pilot, "ada")
        assert "1 hidden by the filter is selected no more." in text_of(pilot.app)
        await press(pilot, "enter", "x")
        assert "Removed Ada Ng." in text_of(pilot.app)
        assert [person.id for person in store.people()] == [ben.id]
        await press(pilot, "u")
        assert [person.id for person in store.people()] == [ada.id, ben.id]


async def test_what_another_search_hides_is_selected_no_more(
    app_on: Callable[[], InroadApp], store: Store, clock: FixedClock
) -> None:
    for name in ("Ada Ng", "Ben Smith", "Cyd Smith"):
        put(store, clock, name, Stage.NETWORK)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await press(pilot, "f", "escape", "space", "space", "i")
        await write(pilot, "smith")
        assert "1 not found now is selected no more." in text_of(pilot.app)
        await press(pilot, "escape", "b")
        assert [person.name for person in store.people() if person.stage is Stage.TO_ASK] == ["Ben Smith"]


@pytest.mark.parametrize("place", ["board", "find"])
async def test_tags_that_change_nothing_are_not_said_to_have_changed(
    app_on: Callable[[], InroadApp], store: Store, clock: FixedClock, place: str
) -> None:
    for name, tags in (("Ada", ("berlin",)), ("Ben", ()), ("Cyd", ("berlin",))):
        put(store, clock, name, tags=tags)
    before = store.undo_title
    async with app_on().run_test(size=(120, 36)) as pilot:
        if place == "find":
            await press(pilot, "f", "escape", "g")
        await press(pilot, "space", "space", "space", "number_sign", "enter")
        assert "The tags of 3 people stay as they were." in text_of(pilot.app)
        assert store.undo_title == before
        await press(pilot, "number_sign")
        await write(pilot, "berlin")
        await press(pilot, "enter")
        assert "Changed the tags of Ben." in text_of(pilot.app)
        await press(pilot, "u")
        assert "Undid: Tagged Ben." in text_of(pilot.app)
        await press(pilot, "g", "number_sign", "enter")
        assert "The tags of Ada stay as they were." in text_of(pilot.app)


async def test_a_tier_goes_to_the_people_of_a_selection_and_the_group_is_named(
    app_on: Callable[[], InroadApp], store: Store, clock: FixedClock
) -> None:
    for name, kind in (("Alumni", Kind.GROUP), ("Ben", Kind.PERSON), ("Cyd", Kind.PERSON)):
        put(store, clock, name, kind=kind)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await press(pilot, "g", "space", "space", "space", "T", "a")
        assert "2 people: tier A. A group has none." in text_of(pilot.app)
        assert [person.tier for person in store.all(Person)] == [Tier.NONE, Tier.A, Tier.A]
        await press(pilot, "u")
        assert "Undid: Set tier A for 2 people." in text_of(pilot.app)
        await press(pilot, "g", "T")
        assert "A group has no tier" in text_of(pilot.app)


async def test_whoever_stands_first_the_talk_is_dated_for_those_who_need_it(
    app_on: Callable[[], InroadApp], store: Store, clock: FixedClock
) -> None:
    """In touch, and listed first, one is only moved back; the other is asked about all the same."""
    put(store, clock, "Ada", Stage.IN_TOUCH, title="Product design lead")
    put(store, clock, "Ben", Stage.ASKED)
    before = store.all(Person)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await press(pilot, "f", "escape", "g", "space", "space", "M", "4")
        assert "When did you talk with 2 people?" in text_of(pilot.app)
        await press(pilot, "escape")
        assert store.all(Person) == before

"""Two who are one, on screen: side by side, made one with a choice a field, kept apart, taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from data.actions.people import log_touch
from data.clock import FixedClock
from data.records import Direction, Lead, Person, Stage, Touch
from data.store import Store
from tests.screens.hands import press, settle, until, write
from tests.screens.people import HOSTILE, assert_safe, put
from tests.screens.seen import text_of
from tui.app import InroadApp

MakeApp = Callable[[], InroadApp]


@pytest.fixture
def pair(store: Store, clock: FixedClock) -> tuple[Person, Person]:
    """Two who are one: the second has a lead and another title."""
    one = put(store, clock, "Maria Chen", Stage.ASKED, company="Figma", title="Head of Design", notes="Warm")
    other = put(
        store, clock, "Maria Chén", Stage.NETWORK, company="Figma, Inc.", title="VP", notes="From uni",
        emails=("m@x.example",),
    )  # fmt: skip
    log_touch(store, clock, one, direction=Direction.OUT)
    with store.transaction("Set up") as tx:
        tx.put(Lead(id="lead", giver=other.id, text="Ask Jonas"))
    return one, other


async def opened(pilot: Pilot[int], shows: str = "What stays") -> None:
    await press(pilot, "ctrl+p")
    await write(pilot, "duplicates")
    await press(pilot, "enter")
    await until(pilot, lambda: shows in text_of(pilot.app))


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_two_are_made_one_and_parted_again(
    app_on: MakeApp, store: Store, pair: tuple[Person, Person], size: tuple[int, int]
) -> None:
    one, other = pair
    async with app_on().run_test(size=size) as pilot:
        await opened(pilot)
        seen = text_of(pilot.app)
        assert "the same name, both at Figma" in " ".join(seen.split())
        assert "1 contact" in seen
        assert "1 lead" in seen
        # The cursor goes to the title, and takes the other one's.
        await press(pilot, "enter", "j", "j", "space")
        assert "○ Head of Design" in text_of(pilot.app)
        assert "● VP" in text_of(pilot.app)
        await press(pilot, "m")
        await until(pilot, lambda: len(store.people()) == 1)
        kept = store.get(Person, one.id)
        assert kept is not None
        assert (kept.title, kept.company, kept.emails) == ("VP", "Figma", ("m@x.example",))
        assert kept.notes == "Warm\n\nFrom uni"
        assert [each.value for each in kept.former if each.field == "title"] == ["Head of Design"]
        assert [lead.id for lead in store.where(Lead, giver=one.id)] == ["lead"]
        assert store.where(Touch, person=one.id)
        assert "Nobody is in twice, it seems." in text_of(pilot.app)
        await press(pilot, "u")
        await until(pilot, lambda: len(store.people()) == 2)
        await until(pilot, lambda: "What stays" in text_of(pilot.app))
        assert store.get(Person, one.id) == one
        assert store.get(Person, other.id) == other


async def test_who_is_not_the_same_is_not_asked_about_again(
    app_on: MakeApp, store: Store, pair: tuple[Person, Person]
) -> None:
    async with app_on().run_test(size=(120, 36)) as pilot:
        await opened(pilot)
        await press(pilot, "n")
        await until(pilot, lambda: "nobody asks about them again" in text_of(pilot.app))
        await press(pilot, "escape")
        await opened(pilot, "Nobody is in twice")
        await press(pilot, "m")
        assert "no pair to decide on" in text_of(pilot.app)
        await press(pilot, "u")
        await press(pilot, "escape")
        await opened(pilot)
    assert len(store.people()) == 2


async def test_left_and_right_take_what_they_point_at_and_notes_may_both_stay(
    app_on: MakeApp, store: Store, pair: tuple[Person, Person]
) -> None:
    async with app_on().run_test(size=(120, 36)) as pilot:
        await opened(pilot)
        await press(pilot, "tab", "right")
        assert "○ Maria Chen" in text_of(pilot.app)
        await press(pilot, "left")
        assert "● Maria Chen" in text_of(pilot.app)
        await press(pilot, "G")
        assert "● Warm" in text_of(pilot.app)
        assert "● From uni" in text_of(pilot.app)
        await press(pilot, "right")
        assert "○ Warm" in text_of(pilot.app)
        await press(pilot, "m")
        await until(pilot, lambda: len(store.people()) == 1)
    (kept,) = (person for person in store.all(Person) if person.alive)
    assert kept.notes == "From uni"


async def test_two_that_were_selected_are_made_one(app_on: MakeApp, store: Store, clock: FixedClock) -> None:
    put(store, clock, "Ada Ng", company="Acme")
    put(store, clock, "Augusta Byron", company="Acme")
    async with app_on().run_test(size=(120, 36)) as pilot:
        await press(pilot, "equals_sign")
        assert "Select the two with space first" in text_of(pilot.app)
        await press(pilot, "space", "space", "equals_sign")
        await until(pilot, lambda: "What stays" in text_of(pilot.app))
        await press(pilot, "m")
        await until(pilot, lambda: len(store.people()) == 1)


async def test_no_text_of_others_harms_the_comparison(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    for text in HOSTILE:
        for number in range(2):
            put(store, clock, text, company="Acme", title=f"{text}{number}", notes=f"{number}{text}")
    async with app_on().run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        for _ in HOSTILE:
            await press(pilot, "j")
            assert_safe(text_of(pilot.app), 80)
        await settle(pilot)

"""Keys typed faster than the screen follows: each does what it would have done typed slowly."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.screen import ModalScreen

from data.clock import FixedClock
from data.records import Person, Stage
from data.store import Store
from screens.widgets.lines import Lines
from tests.screens.hands import settle
from tests.screens.people import put
from tests.screens.seen import text_of
from tui.app import InroadApp

MakeApp = Callable[[], InroadApp]


async def all_at_once(pilot: Pilot[int], *keys: str) -> None:
    """What a terminal hands over in one piece: keys by name, and texts of several letters."""
    named = {"enter", "tab", "escape", "down", "f1", "shift+tab", "ctrl+s", "ctrl+p", "space"}
    for part in keys:
        if part in named:
            pilot.app.post_message(events.Key(part, " " if part == "space" else None))
            continue
        for char in part:
            pilot.app.post_message(events.Key(char if char.isalnum() else _character_to_key(char), char))
    for _ in range(3):
        await settle(pilot)


async def test_a_letter_after_tab_is_in_the_next_field(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    person = put(store, clock, "Sam")
    async with app_on().run_test(size=(120, 36)) as pilot:
        await all_at_once(pilot, "e", " Okafor", "tab", "PM", "tab", "Stripe", "ctrl+s")
        kept = store.get(Person, person.id)
        assert kept is not None
        assert (kept.name, kept.title, kept.company) == ("Sam Okafor", "PM", "Stripe")


async def test_a_letter_after_enter_is_in_the_next_field(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    async with app_on().run_test(size=(120, 36)) as pilot:
        await all_at_once(
            pilot, "N", "Hanover alumni", "enter", "enter", "alumni@x.org", "enter", "a b", "enter"
        )
        (group,) = store.all(Person)
        assert (group.name, group.emails, group.tags) == ("Hanover alumni", ("alumni@x.org",), ("a", "b"))


async def test_two_of_the_same_key_open_one_window(app_on: MakeApp, store: Store, clock: FixedClock) -> None:
    async with app_on().run_test(size=(120, 36)) as pilot:
        await all_at_once(pilot, "nn")
        assert sum(isinstance(screen, ModalScreen) for screen in pilot.app.screen_stack) == 1
        assert pilot.app.focused is not None
        await all_at_once(pilot, "oa", "enter")
        assert [person.name for person in store.all(Person)] == ["noa"]


async def test_several_people_are_added_in_one_breath(app_on: MakeApp, store: Store) -> None:
    names = ["Sam Okafor", "Lena Fischer", "Tomás Rey", "Noor n n"]
    async with app_on().run_test(size=(120, 36)) as pilot:
        for name in names:
            await all_at_once(pilot, "n", name, "enter")
        assert sorted(person.name for person in store.all(Person)) == sorted(names)
        await all_at_once(pilot, *(part for name in names for part in ("n", f"{name} II", "enter")))
        assert store.count(Person) == 2 * len(names)


async def test_a_chain_of_windows_is_answered_ahead(app_on: MakeApp, store: Store, clock: FixedClock) -> None:
    person = put(store, clock, "Sam Okafor")
    async with app_on().run_test(size=(120, 36)) as pilot:
        await all_at_once(pilot, "w", "i", "met at the fair", "enter", "T", "b", "L", "m")
        kept = store.get(Person, person.id)
        assert kept is not None
        assert kept.stage is Stage.ASKED
        assert kept.tier == "B"


async def test_words_after_the_key_of_a_screen_go_there(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    put(store, clock, "Sam Okafor", Stage.NETWORK)
    put(store, clock, "Lena Fischer", Stage.NETWORK)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await all_at_once(pilot, "f", "lena", "enter", "escape", "escape", "n", "Noa", "enter")
        assert "Noa" in text_of(pilot.app)
        assert {person.name for person in store.all(Person) if person.stage is Stage.TO_ASK} == {
            "Lena Fischer",
            "Noa",
        }


async def test_a_key_held_down_moves_as_far_as_it_was_pressed(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    for number in range(60):
        put(store, clock, f"Person {number:02}", Stage.TO_ASK)
    async with app_on().run_test(size=(120, 36)) as pilot:
        lines = pilot.app.focused
        assert isinstance(lines, Lines)
        await all_at_once(pilot, "j" * 40)
        assert lines.cursor == 40
        await all_at_once(pilot, "kkkjjG", "down", "kkk", "x")
        # The key after them is for where they led.
        assert lines.cursor == 56
        assert "Person 56" not in {person.name for person in store.all(Person) if person.alive}

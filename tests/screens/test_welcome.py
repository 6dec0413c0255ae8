"""The welcome of a new user: once, skipped with one key, and a first person to ask."""

from __future__ import annotations

from data.records import PROFILE_ID, Person, Profile, Stage
from data.store import Store
from screens.desk import Desk
from tests.screens.hands import press, settle
from tests.screens.people import add_people
from tests.screens.seen import text_of
from tui.app import InroadApp
from tui.config import Config


async def test_a_new_user_is_welcomed_once(desk: Desk, store: Store) -> None:
    store.save_profile(Profile(id=PROFILE_ID))
    async with InroadApp(desk, Config()).run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        assert "Welcome to Inroad" in text_of(pilot.app)
        await pilot.press(*"Alex", "enter", *"design", "enter", "enter", "enter")
        await pilot.pause()
        assert store.profile.name == "Alex"
        assert store.profile.target_field == "design"
        assert store.profile.welcomed
        assert "The first one to ask" in text_of(pilot.app)
        await pilot.press(*"Sam", "space", *"Okafor", "enter")
        await settle(pilot)
        assert "Sam Okafor is on your board." in text_of(pilot.app)
        (sam,) = store.all(Person)
        assert sam.stage is Stage.TO_ASK
        await pilot.press("u")
        await settle(pilot)
        assert store.count(Person) == 0
    async with InroadApp(desk, Config()).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Welcome" not in text_of(pilot.app)


async def test_the_welcome_is_skipped_with_one_key(desk: Desk, store: Store) -> None:
    store.save_profile(Profile(id=PROFILE_ID))
    async with InroadApp(desk, Config()).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert store.profile.welcomed
        assert "Welcome" not in text_of(pilot.app)


async def test_who_has_people_already_is_not_asked_for_a_first_one(desk: Desk, store: Store) -> None:
    add_people(store, "Sam Okafor")
    store.save_profile(Profile(id=PROFILE_ID))
    async with InroadApp(desk, Config()).run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "ctrl+s")
        assert "The first one to ask" not in text_of(pilot.app)
        assert "Press f" in text_of(pilot.app)

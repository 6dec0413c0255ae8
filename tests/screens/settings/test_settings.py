"""The settings, as a user sees and uses them: every number with its source, holidays, words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from data.rules import CHAPTERS, RULES, rules_of
from data.store import Store
from screens.settings.rows import settings
from screens.settings.screen import SettingsScreen
from tests.screens.hands import press, settle, write
from tests.screens.seen import text_of
from tui.app import InroadApp

AppOn = Callable[[], InroadApp]
TODAY = date(2026, 11, 23)


async def at(pilot: Pilot[int], id: str) -> SettingsScreen:
    """Open the settings, with the cursor on one of them."""
    await press(pilot, "comma")
    screen = pilot.app.screen
    assert isinstance(screen, SettingsScreen)
    assert screen._list.select(id)
    await pilot.pause()
    return screen


def test_every_rule_is_listed_with_its_value_and_who_says_so(store: Store) -> None:
    listed = {each.id: each for each in settings(store.profile, TODAY) if each.kind == "rule"}
    assert list(listed) == list(RULES)
    for rule in RULES.values():
        assert rule.source in " ".join(listed[rule.name].about)
        assert listed[rule.name].label == rule.title
    assert {name for name, _ in CHAPTERS} <= set(RULES)


@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
async def test_a_number_is_typed_stepped_and_set_back(
    app_on: AppOn, store: Store, size: tuple[int, int]
) -> None:
    async with app_on().run_test(size=size) as pilot:
        await at(pilot, "nudge_days")
        assert "Who says so: The 2-Hour Job Search" in " ".join(text_of(pilot.app).split())
        await press(pilot, "enter")
        await write(pilot, "0")
        assert "70" in text_of(pilot.app)
        await press(pilot, "enter")
        assert "A number from 1 to 60, in business days." in text_of(pilot.app)
        await press(pilot, "backspace", "backspace", "5", "enter")
        assert store.profile.rules == {"nudge_days": 5}
        assert "5 business days · yours" in text_of(pilot.app)
        await press(pilot, "plus", "right", "minus")
        assert rules_of(store.profile).nudge_days == 6
        await press(pilot, "r")
        assert store.profile.rules == {}
        await press(pilot, "r")
        assert "This is what Inroad comes with already." in text_of(pilot.app)


async def test_all_numbers_at_once_and_the_length_is_the_one_of_the_profile(
    app_on: AppOn, store: Store
) -> None:
    async with app_on().run_test(size=(120, 36)) as pilot:
        screen = await at(pilot, "meeting_minutes")
        await press(pilot, "plus")
        assert (store.profile.usual_minutes, rules_of(store.profile).meeting_minutes) == (21, 21)
        screen._list.select("weekend_starts")
        await press(pilot, "minus")
        assert "Friday and Saturday" in text_of(pilot.app)
        await press(pilot, "R")
        assert "2 numbers changed back" in text_of(pilot.app)
        assert (store.profile.usual_minutes, store.profile.rules) == (20, {})


async def test_a_bound_is_said_and_nothing_is_set(app_on: AppOn, store: Store) -> None:
    async with app_on().run_test(size=(120, 36)) as pilot:
        await at(pilot, "nudges")
        await press(pilot, "minus", "minus", "minus")
        assert rules_of(store.profile).nudges == 0
        assert "takes a number from 0 to 5 (nudges), not -1" in text_of(pilot.app)


async def test_words_and_switches(app_on: AppOn, store: Store) -> None:
    async with app_on().run_test(size=(120, 36)) as pilot:
        screen = await at(pilot, "target_titles")
        await press(pilot, "e")
        await write(pilot, "designer, design  lead")
        await press(pilot, "enter")
        assert store.profile.target_titles == ("designer", "design lead")
        screen._list.select("signature")
        await press(pilot, "enter", "A", "enter", "B", "ctrl+s")
        assert store.profile.signature == "A\nB"
        screen._list.select("premium")
        await press(pilot, "enter")
        assert store.profile.premium
        await press(pilot, "minus")
        assert not store.profile.premium


async def test_holidays_typed_from_a_file_and_taken_away(app_on: AppOn, store: Store, tmp_path: Path) -> None:
    file = tmp_path / "off.ics"
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:x",
        "BEGIN:VEVENT",
        "UID:1",
        "DTSTAMP:20260101T000000Z",
    )
    day = ("DTSTART;VALUE=DATE:20261126", "SUMMARY:Thanksgiving", "END:VEVENT", "END:VCALENDAR", "")
    file.write_text("\r\n".join((*lines, *day)), encoding="utf-8")
    async with app_on().run_test(size=(120, 36)) as pilot:
        screen = await at(pilot, "holidays")
        await press(pilot, "n")
        await write(pilot, "24 dec to 26 dec, 6 jan")
        assert "Thu 24 Dec 2026 … Wed 6 Jan 2027, 4 days" in text_of(pilot.app)
        await press(pilot, "enter", "n")
        await write(pilot, str(tmp_path / "none.ics"))
        await press(pilot, "enter")
        assert "There is no file" in text_of(pilot.app)
        await press(pilot, "escape", "n")
        await write(pilot, str(file))
        await press(pilot, "enter")
        await pilot.app.workers.wait_for_complete()
        await settle(pilot)
        assert len(store.profile.holidays) == 5
        assert store.profile.holidays[0] == date(2026, 11, 26)
        assert screen._list.select("day-2026-11-26")
        await press(pilot, "x")
        assert date(2026, 11, 26) not in store.profile.holidays
        await press(pilot, "X", "y")
        assert not store.profile.holidays


async def test_a_path_that_no_file_can_have_is_no_file(app_on: AppOn, store: Store) -> None:
    async with app_on().run_test(size=(120, 36)) as pilot:
        await at(pilot, "holidays")
        await press(pilot, "n")
        pilot.app.screen.query_one(Input).value = "x" * 3_000 + ".ics"
        await press(pilot, "enter")
        assert "There is no file" in text_of(pilot.app)
        assert not store.profile.holidays


async def test_the_keys_of_a_window_for_text_are_seen_on_a_small_terminal(app_on: AppOn) -> None:
    async with app_on().run_test(size=(80, 24)) as pilot:
        await press(pilot, "comma", "j", "j", "j", "e")
        seen = text_of(pilot.app)
        assert "What stands below a mail" in seen
        assert "^s keep" in seen


async def test_a_setting_is_found_by_what_it_is_for(app_on: AppOn) -> None:
    async with app_on().run_test(size=(80, 24)) as pilot:
        await press(pilot, "comma", "slash", *"thank")
        seen = text_of(pilot.app)
        assert "Say thank you within" in seen
        assert "After a meeting" in seen
        assert "Your name" not in seen
        await press(pilot, "enter", "plus")
        assert "25 hours" in text_of(pilot.app)
        assert "Search  thank" in text_of(pilot.app)
        await press(pilot, "slash", *"zz")
        assert "No setting is like that." in text_of(pilot.app)
        await press(pilot, "escape")
        assert "Your name" in text_of(pilot.app)
        assert "Search" not in text_of(pilot.app)

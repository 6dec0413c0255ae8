"""A person's sheet: everything known, what happened, what is owed, and what can be done from it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from rich.cells import cell_len
from textual.pilot import Pilot

from data.actions.asking import log_answer, log_touch
from data.actions.conversation import log_afterwards
from data.actions.people import move
from data.clock import FixedClock
from data.followups.events import Answer
from data.records import Meeting, Person, Stage, Tier
from data.store import Store
from data.text import block
from screens.person.screen import PersonScreen
from screens.person.sheet import SheetLine, wrapped
from screens.widgets.lines import Lines
from screens.widgets.rows import row_text
from tests.screens.conftest import Outside
from tests.screens.hands import press, settle, write
from tests.screens.people import assert_safe, hostile, put
from tests.screens.seen import text_of
from tui.app import InroadApp

MakeApp = Callable[[], InroadApp]


async def show(pilot: Pilot[int], person: Person) -> None:
    app = pilot.app
    assert isinstance(app, InroadApp)
    app.push_screen(PersonScreen(app.desk, person.id))
    await settle(pilot)


def with_history(store: Store, clock: FixedClock) -> Person:
    """Priya: met, with a lead, advice, and somebody she introduced."""
    priya = put(
        store,
        clock,
        "Priya Nair",
        Stage.ASKED,
        title="Recruiter",
        company="Shopify",
        emails=("priya@example.com",),
        location="Toronto",
        zone="America/Toronto",
        tags=("uni",),
        notes="Met at the design week.\nLikes short mails.",
    )
    put(store, clock, "Sam Okafor", introduced_by=priya.id, company="Stripe")
    log_touch(store, clock, priya.id, text="saw her talk")
    log_afterwards(
        store,
        clock,
        priya,
        starts=datetime(2026, 11, 20, 15, 0),  # noqa: DTZ001 - a wall time has no zone
        zone="Europe/Berlin",
        at=clock.now() - timedelta(days=3),
        minutes=20,
        text="She hires twice a year\n! Jonas Weber at Spotify, may use her name\n* Show shipped work",
    )
    return priya


@pytest.mark.parametrize("size", [(120, 50), (100, 60), (200, 60), (80, 80)])
async def test_everything_known_is_on_it(
    app_on: MakeApp, store: Store, clock: FixedClock, size: tuple[int, int]
) -> None:
    priya = with_history(store, clock)
    async with app_on().run_test(size=size) as pilot:
        await show(pilot, priya)
        seen = text_of(pilot.app)
        for text in (
            "Priya Nair",
            "Recruiter · Shopify",
            "priya@example.com",
            "Toronto",
            "08:00",
            "#uni",
            "Likes short mails.",
            "Jonas Weber",
            "to act on",
            "Show shipped work",
            "Led you to 1",
            "Sam Okafor",
            "She hires twice a year",
            "saw her talk",
            "Meeting",
        ):
            assert text in seen, text
        assert_safe(seen, size[0])


async def test_enter_follows_who_they_led_to(app_on: MakeApp, store: Store, clock: FixedClock) -> None:
    priya = put(store, clock, "Priya Nair", Stage.IN_TOUCH)
    sam = put(store, clock, "Sam Okafor", introduced_by=priya.id)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await show(pilot, priya)
        await press(pilot, "G", "enter")
        screen = pilot.app.screen
        assert isinstance(screen, PersonScreen)
        assert [person.id for person in screen.chosen()] == [sam.id]
        assert "by Priya Nair" in text_of(pilot.app)
        await press(pilot, "escape")
        assert "Led you to 1" in text_of(pilot.app)


async def test_a_meeting_that_is_over_reads_as_a_note(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    priya = with_history(store, clock)
    with store.transaction("Wrapped up") as tx:
        for meeting in tx.all(Meeting):
            tx.put(replace(meeting, wrapped=clock.now()))
    async with app_on().run_test(size=(120, 36)) as pilot:
        await show(pilot, priya)
        await press(pilot, "tab")
        while "Meeting" not in _current(pilot):
            await press(pilot, "j")
        await press(pilot, "enter")
        assert "# Priya Nair" in text_of(pilot.app)


def _current(pilot: Pilot[int]) -> str:
    line: SheetLine | None = pilot.app.screen.query_one("#history", Lines).current
    return row_text(line.row) if line is not None else ""


async def test_an_edit_changes_what_is_known(app_on: MakeApp, store: Store, clock: FixedClock) -> None:
    put(store, clock, "Priya Nair", Stage.IN_TOUCH)
    sam = put(store, clock, "Sam Okafor")
    async with app_on().run_test(size=(120, 36)) as pilot:
        await show(pilot, sam)
        await press(pilot, "e")
        await write(pilot, " II")
        await press(pilot, "tab", *"CTO", "ctrl+s")
        kept = store.get(Person, sam.id)
        assert kept is not None
        assert (kept.name, kept.title) == ("Sam Okafor II", "CTO")
        assert "Sam Okafor II" in text_of(pilot.app)


async def test_a_wrong_address_is_refused_and_nothing_is_lost(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    sam = put(store, clock, "Sam Okafor")
    async with app_on().run_test(size=(120, 40)) as pilot:
        await show(pilot, sam)
        await press(pilot, "e", *["tab"] * 6)
        await write(pilot, "not a mail")
        await press(pilot, "tab", "ctrl+s")
        rows = text_of(pilot.app).splitlines()
        below = next(place for place, row in enumerate(rows) if "! “not a mail” is no mail address" in row)
        assert "Mail " in rows[below - 1]
        assert pilot.app.focused is not None
        assert pilot.app.focused.id == "field-emails"
        assert store.get(Person, sam.id) == sam
        await press(pilot, "backspace")
        assert "is no mail address" not in text_of(pilot.app)


async def test_an_introducer_whom_nobody_knows_is_refused_at_the_field(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    sam = put(store, clock, "Sam Okafor")
    async with app_on().run_test(size=(60, 16)) as pilot:
        await show(pilot, sam)
        await press(pilot, "e", *["tab"] * 10)
        await write(pilot, "Nobody")
        await press(pilot, "enter")
        seen = text_of(pilot.app)
        assert "! Nobody called “Nobody”" in seen
        assert "esc cancel" in seen
        assert pilot.app.focused is not None
        assert pilot.app.focused.id == "field-via"
        assert store.get(Person, sam.id) == sam


async def test_notes_are_kept_also_from_the_editor(
    app_on: MakeApp, store: Store, clock: FixedClock, outside: Outside
) -> None:
    sam = put(store, clock, "Sam Okafor", notes="one")
    outside.edited = "one\ntwo [/] lines"
    async with app_on().run_test(size=(120, 36)) as pilot:
        await show(pilot, sam)
        await press(pilot, "ctrl+g", "ctrl+g", "ctrl+s")
        kept = store.get(Person, sam.id)
        assert kept is not None
        assert kept.notes == "one\ntwo [/] lines"
        assert "two [/] lines" in text_of(pilot.app)


async def test_tier_answer_and_touch_from_the_sheet(app_on: MakeApp, store: Store, clock: FixedClock) -> None:
    sam = put(store, clock, "Sam Okafor", Stage.IN_TOUCH)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await show(pilot, sam)
        await press(pilot, "T", "a")
        kept = store.get(Person, sam.id)
        assert kept is not None
        assert kept.tier is Tier.A
        assert "check-in" in text_of(pilot.app)
        await press(pilot, "w", "i", "enter")
        assert "→ message" in text_of(pilot.app)


async def test_a_removed_person_closes_the_sheet_and_undo_brings_them_back(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    sam = put(store, clock, "Sam Okafor")
    async with app_on().run_test(size=(120, 36)) as pilot:
        await show(pilot, sam)
        await press(pilot, "x")
        assert not isinstance(pilot.app.screen, PersonScreen)
        assert "Removed Sam Okafor." in text_of(pilot.app)
        await press(pilot, "u")
        assert [line.name for line in store.people()] == ["Sam Okafor"]


async def test_a_person_removed_elsewhere_is_said_to_be_gone(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    sam = put(store, clock, "Sam Okafor")
    async with app_on().run_test(size=(120, 36)) as pilot:
        await show(pilot, sam)
        with store.transaction("Removed") as tx:
            tx.put(replace(sam, removed=True))
        await settle(pilot)
        assert "is no longer in your network" in text_of(pilot.app)
        for key in ("e", "a", "s", "x", "I", "T"):
            await press(pilot, key)
        assert "Nobody is selected here" in text_of(pilot.app)


async def test_what_is_owed_and_named_is_shown(app_on: MakeApp, store: Store, clock: FixedClock) -> None:
    priya = put(store, clock, "Priya Nair", Stage.ASKED)
    log_answer(store, clock, priya.id, Answer.REFERRED, referred_to="Jonas Weber")
    async with app_on().run_test(size=(120, 36)) as pilot:
        await show(pilot, priya)
        seen = text_of(pilot.app)
        assert "To do" in seen
        assert "thank-you" in seen
        assert "← named somebody else: Jonas Weber" in seen


async def test_both_sides_are_reached_and_resizing_keeps_them(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    priya = with_history(store, clock)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await show(pilot, priya)
        await press(pilot, "tab", "j")
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        screen = pilot.app.screen
        assert screen.focused is not None
        assert screen.focused.id == "history"
        assert_safe(text_of(pilot.app), 80)


@pytest.mark.parametrize("size", [(120, 36), (60, 24)])
async def test_hostile_texts_are_drawn_harmless(
    app_on: MakeApp, store: Store, clock: FixedClock, size: tuple[int, int]
) -> None:
    people = hostile(store, clock)
    for person in people:
        log_touch(store, clock, person.id, text=person.name)
        move(store, clock, person.id, Stage.ASKED, text=person.name)
    async with app_on().run_test(size=size) as pilot:
        for person in people:
            await show(pilot, person)
            assert_safe(text_of(pilot.app), size[0])
            await press(pilot, "ctrl+g")
            assert_safe(text_of(pilot.app), size[0])
            await press(pilot, "escape", "tab", "enter")
            assert_safe(text_of(pilot.app), size[0])
            await press(pilot, "escape")


@pytest.mark.parametrize("width", [80, 60])
async def test_a_long_name_and_title_are_cut_with_a_mark(
    app_on: MakeApp, store: Store, clock: FixedClock, width: int
) -> None:
    person = put(store, clock, "Maximiliane von Hohenfels", title="Director of a long department " * 3)
    async with app_on().run_test(size=(width, 24)) as pilot:
        await show(pilot, person)
        (line,) = [row for row in text_of(pilot.app).splitlines() if row.startswith(" Maximiliane")]
        assert line.rstrip().endswith("…")


@given(st.text(max_size=200), st.integers(min_value=8, max_value=60))
def test_wrapping_fits_and_loses_nothing(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(block(text).split())

"""The board: cards and what comes next, where the cursor stays, the filter, narrow terminals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest

from data.clock import FixedClock
from data.records import (
    FollowUp,
    FollowUpKind,
    Kind,
    Person,
    PersonLine,
    Stage,
    Tier,
)
from data.store import Store
from screens.board.screen import BoardScreen
from screens.widgets.lines import Lines
from screens.widgets.rows import Row
from tests.screens.hands import press, settle, write
from tests.screens.people import assert_safe, hostile, put
from tests.screens.seen import text_of
from tui.app import InroadApp

MakeApp = Callable[[], InroadApp]


def cards(app: object) -> str:
    """The screen without the line that says what comes next."""
    assert isinstance(app, InroadApp)
    lines = text_of(app).split("\n")
    return "\n".join((lines[0], *lines[2:]))


def _board(app: object) -> BoardScreen:
    assert isinstance(app, InroadApp)
    assert isinstance(app.screen, BoardScreen)
    return app.screen


async def test_cards_say_who_it_is_and_what_comes_next(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    priya = put(store, clock, "Priya Nair", Stage.IN_TOUCH, title="Recruiter", company="Shopify", tier=Tier.A)
    put(store, clock, "Sam Okafor", title="PM", company="Stripe", introduced_by=priya.id)
    async with app_on().run_test(size=(160, 36)) as pilot:
        await settle(pilot)
        seen = text_of(pilot.app)
        assert "Sam Okafor" in seen
        assert "PM · Stripe" in seen
        assert "via Priya Nair" in seen
        assert "check-in in 35 d" in seen


async def test_the_cursor_stays_with_a_card_that_a_meeting_moves(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    put(store, clock, "Lena Fischer", Stage.ASKED)
    maria = put(store, clock, "Maria Chen", Stage.ASKED)
    async with app_on().run_test(size=(80, 24)) as pilot:
        board = pilot.app.screen
        assert isinstance(board, BoardScreen)
        await press(pilot, "l", "j")
        assert [person.id for person in board.chosen()] == [maria.id]
        await press(pilot, "s")
        await write(pilot, "fri 3pm")
        await press(pilot, "enter", "enter", "enter")
        assert [person.id for person in board.chosen()] == [maria.id]
        assert board.chosen()[0].stage is Stage.SCHEDULED
        await press(pilot, "u")
        assert board.chosen()[0].stage is Stage.ASKED


async def test_one_line_adds_somebody_and_the_cursor_is_there(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    put(store, clock, "Priya Nair", Stage.IN_TOUCH)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await press(pilot, "n")
        await write(pilot, "Sam Okafor, PM @ Stripe via Priya Nair #fintech")
        assert "Sam Okafor · PM at Stripe · via Priya Nair · #fintech" in text_of(pilot.app)
        await press(pilot, "enter")
        assert "Added Sam Okafor. Introduced by Priya Nair." in text_of(pilot.app)
        screen = pilot.app.screen
        assert isinstance(screen, BoardScreen)
        assert [person.name for person in screen.chosen()] == ["Sam Okafor"]


async def test_a_group_has_a_card_and_no_tier(app_on: MakeApp, store: Store) -> None:
    async with app_on().run_test(size=(120, 36)) as pilot:
        await press(pilot, "N")
        await write(pilot, "Hanover alumni")
        await press(pilot, "ctrl+s")
        group = store.people()[0]
        assert (group.kind, group.stage) == (Kind.GROUP, Stage.TO_ASK)
        assert "group · alumni" in text_of(pilot.app)
        await press(pilot, "T")
        assert "A group has no tier" in text_of(pilot.app)


async def test_the_filter_narrows_all_columns_and_esc_takes_it_back(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    put(store, clock, "Sam Okafor", company="Stripe")
    put(store, clock, "Lena Fischer", Stage.ASKED, company="N26")
    async with app_on().run_test(size=(120, 36)) as pilot:
        await press(pilot, "slash")
        await write(pilot, "n26")
        seen = cards(pilot.app)
        assert "Lena Fischer" in seen
        assert "Sam Okafor" not in seen
        assert "0 of 1" in seen
        await press(pilot, "enter")
        assert [person.name for person in _board(pilot.app).chosen()] == ["Lena Fischer"]
        await press(pilot, "escape")
        assert "Sam Okafor" in text_of(pilot.app)


async def test_letters_are_text_in_the_filter(app_on: MakeApp, store: Store, clock: FixedClock) -> None:
    put(store, clock, "Sam Okafor")
    async with app_on().run_test(size=(120, 36)) as pilot:
        await press(pilot, "slash")
        await write(pilot, "xuqtnLH#")
        assert len(store.people()) == 1
        assert "Nobody matches." in text_of(pilot.app)


async def test_a_narrow_terminal_shows_one_column_with_tabs(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    put(store, clock, "Sam Okafor")
    put(store, clock, "Lena Fischer", Stage.ASKED)
    async with app_on().run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        seen = cards(pilot.app)
        assert "Sam Okafor" in seen
        assert "Lena Fischer" not in seen
        assert "Asked 1" in seen
        await press(pilot, "l")
        assert "Lena Fischer" in text_of(pilot.app)
        await pilot.resize_terminal(130, 30)
        await settle(pilot)
        assert "Sam Okafor" in text_of(pilot.app)
        assert [person.name for person in _board(pilot.app).chosen()] == ["Lena Fischer"]
        await pilot.resize_terminal(60, 100)
        await settle(pilot)
        assert "Sam Okafor" not in cards(pilot.app)
        assert_safe(text_of(pilot.app), 60)


async def test_empty_columns_say_what_to_do(app_on: MakeApp) -> None:
    async with app_on().run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        seen = text_of(pilot.app)
        assert "n   adds somebody" in seen
        assert "association of" in seen
        assert "f   finds in your" in seen
        await press(pilot, "a")
        assert "Nobody is selected here" in text_of(pilot.app)


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (60, 100), (200, 60)])
async def test_hostile_names_are_drawn_harmless(
    app_on: MakeApp, store: Store, clock: FixedClock, size: tuple[int, int]
) -> None:
    hostile(store, clock)
    async with app_on().run_test(size=size) as pilot:
        for _ in range(9):
            await press(pilot, "j")
            assert_safe(text_of(pilot.app), size[0])
        await press(pilot, "L")
        assert_safe(text_of(pilot.app), size[0])


async def test_three_thousand_cards_draw_only_what_is_seen(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    with store.transaction("Added many") as tx:
        for number in range(3_000):
            tx.put(Person(id=f"p{number}", name=f"Person {number:04}", stage=Stage.TO_ASK))
    async with app_on().run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        column = pilot.app.screen.query_one("#column-to_ask", Lines)
        drawn: list[str] = []
        draw = column._draw_item

        def counted(person: PersonLine, width: int) -> Sequence[Row]:
            drawn.append(person.id)
            return draw(person, width)

        column._draw_item = counted
        await press(pilot, "G")
        assert 0 < len(drawn) < 60
        assert "Person 2999" in text_of(pilot.app)


async def test_the_line_above_goes_to_the_most_urgent_thing(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    sam = put(store, clock, "Sam Okafor", Stage.MET)
    with store.transaction("Booked") as tx:
        tx.put(
            FollowUp(
                id="f1",
                person=sam.id,
                kind=FollowUpKind.THANK_YOU,
                due=clock.now().date() - timedelta(days=1),
            )
        )
    async with app_on().run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        assert "Next: !! thank Sam Okafor (1 d overdue)" in text_of(pilot.app)
        assert "!! thank-you" in cards(pilot.app)
        await press(pilot, "t")
        assert pilot.app.screen.__class__.__name__ == "FollowUpsScreen"

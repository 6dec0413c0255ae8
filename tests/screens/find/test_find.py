"""Find: searched as typed, ranked with reasons, put on the board, asked for introductions."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from data.clock import FixedClock
from data.records import FollowUp, FollowUpKind, Kind, Person, Source, Stage, Touch, TouchKind
from data.store import Store
from screens.find.screen import FindScreen
from screens.person.screen import PersonScreen
from tests.screens.hands import press, settle, write
from tests.screens.people import assert_safe, hostile, put, stage_of
from tests.screens.seen import text_of
from tui.app import InroadApp

MakeApp = Callable[[], InroadApp]


async def test_letters_search_and_the_reason_is_shown(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    put(store, clock, "Maria Chen", Stage.NETWORK, title="Product design lead", company="Figma")
    put(store, clock, "Sam Okafor", Stage.NETWORK, company="Stripe", source=Source.ALUMNI)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await press(pilot, "f")
        seen = text_of(pilot.app)
        assert seen.index("Maria Chen") < seen.index("Sam Okafor")
        assert "in product design" in seen
        await write(pilot, "stripe")
        seen = text_of(pilot.app)
        assert "Maria Chen" not in seen
        assert "Sam Okafor: alumni" in seen
        assert "1 of 2" in seen


async def test_enter_puts_on_the_board_and_again_opens_the_sheet(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    sam = put(store, clock, "Sam Okafor", Stage.NETWORK)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await press(pilot, "f")
        await write(pilot, "sam")
        await press(pilot, "enter")
        assert stage_of(store, sam) is Stage.TO_ASK
        assert "Sam Okafor: on the board, to ask." in text_of(pilot.app)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, PersonScreen)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, FindScreen)
        await press(pilot, "u")
        assert stage_of(store, sam) is Stage.TO_ASK, "u is text while the line has the focus"
        await press(pilot, "escape", "u")
        assert stage_of(store, sam) is Stage.NETWORK


async def test_two_selected_and_one_asked_to_introduce_the_other(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    ada = put(store, clock, "Ada Ng", Stage.NETWORK)
    ben = put(store, clock, "Ben Smith", Stage.NETWORK)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await press(pilot, "f", "escape", "space", "space", "I")
        assert "Ask Ada Ng to introduce you to Ben Smith" in text_of(pilot.app)
        await press(pilot, "1", "ctrl+s")
        touch = store.where(Touch, person=ada.id)[0]
        assert (touch.kind, touch.about) == (TouchKind.INTRO_REQUEST, ben.id)
        assert "Ben" in touch.text
        assert stage_of(store, ben) is Stage.TO_ASK
        assert [each.kind for each in store.where(FollowUp, person=ada.id)] == [FollowUpKind.NUDGE]


async def test_an_introduction_to_somebody_found_by_name(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    ada = put(store, clock, "Ada Ng", Stage.NETWORK)
    ben = put(store, clock, "Ben Smith", Stage.NETWORK)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await press(pilot, "f")
        await write(pilot, "ada")
        await press(pilot, "escape", "I", "p")
        await write(pilot, "ben")
        await press(pilot, "enter", "ctrl+s")
        assert [touch.about for touch in store.where(Touch, person=ada.id)] == [ben.id]


async def test_b_puts_all_selected_on_the_board_in_one_step(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    people = [put(store, clock, name, Stage.NETWORK) for name in ("Ada", "Ben", "Cyd")]
    async with app_on().run_test(size=(120, 36)) as pilot:
        await press(pilot, "f", "escape", "space", "space", "b")
        assert [stage_of(store, person) for person in people] == [Stage.TO_ASK, Stage.TO_ASK, Stage.NETWORK]
        await press(pilot, "u")
        assert {stage_of(store, person) for person in people} == {Stage.NETWORK}


async def test_who_is_put_on_the_board_stays_where_they_stand(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    for name in ("Ada", "Ben", "Cyd"):
        put(store, clock, name, Stage.NETWORK)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await press(pilot, "f", "enter")
        seen = text_of(pilot.app)
        assert seen.index("Ada") < seen.index("Ben") < seen.index("Cyd")
        await press(pilot, "down", "enter")
        assert [line.name for line in store.people() if line.stage is Stage.TO_ASK] == ["Ada", "Ben"]


async def test_only_those_off_the_board_are_put_on_it_and_then_nobody_is_selected(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    stages = {"Ada": Stage.NETWORK, "Ben": Stage.PARKED, "Cyd": Stage.ASKED}
    people = [put(store, clock, name, stage) for name, stage in stages.items()]
    async with app_on().run_test(size=(120, 36)) as pilot:
        await press(pilot, "f", "escape", "space", "space", "space", "b")
        assert [stage_of(store, person) for person in people] == [Stage.TO_ASK, Stage.TO_ASK, Stage.ASKED]
        screen = pilot.app.screen
        assert isinstance(screen, FindScreen)
        assert len(screen.chosen()) == 1
        assert "on the board, to ask" in text_of(pilot.app)
        await press(pilot, "u")
        # Somebody parked comes on the board by enter, too.
        await press(pilot, "i")
        await write(pilot, "ben")
        assert "enter puts them on the board" in text_of(pilot.app)
        await press(pilot, "enter")
        assert stage_of(store, people[1]) is Stage.TO_ASK
        assert "enter opens their sheet" in text_of(pilot.app)


async def test_each_letter_puts_the_cursor_on_the_best(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    for name in ("Ada Ng", "Ann Lee", "Abe Fox"):
        put(store, clock, name, Stage.NETWORK)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await press(pilot, "f", "down", "down")
        screen = pilot.app.screen
        assert isinstance(screen, FindScreen)
        assert [person.name for person in screen.chosen()] == ["Ann Lee"]
        await write(pilot, "a")
        assert [person.name for person in screen.chosen()] == ["Abe Fox"]


async def test_another_field_ranks_anew_and_a_group_is_said_to_be_one(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    put(store, clock, "Ada Ng", Stage.NETWORK, title="Product design")
    put(store, clock, "Zoe Fox", Stage.NETWORK, title="Tax law")
    put(store, clock, "Bar", Stage.NETWORK, kind=Kind.GROUP, company="Hanover")
    async with app_on().run_test(size=(120, 36)) as pilot:
        await press(pilot, "f")
        assert text_of(pilot.app).index("Ada Ng") < text_of(pilot.app).index("Zoe Fox")
        assert "group · Hanover" in text_of(pilot.app)
        await press(pilot, "escape", "escape")
        store.save_profile(replace(store.profile, target_field="tax law"))
        await press(pilot, "f")
        assert text_of(pilot.app).index("Zoe Fox") < text_of(pilot.app).index("Ada Ng")
        assert "in tax law" in text_of(pilot.app)


async def test_the_arrows_move_while_typing(app_on: MakeApp, store: Store, clock: FixedClock) -> None:
    for name in ("Ada", "Ben"):
        put(store, clock, name, Stage.NETWORK)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await press(pilot, "f", "down")
        screen = pilot.app.screen
        assert isinstance(screen, FindScreen)
        assert screen.typing
        assert [person.name for person in screen.chosen()] == ["Ben"]


async def test_esc_leaves_the_text_then_the_selection_then_find(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    put(store, clock, "Ada", Stage.NETWORK)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await press(pilot, "f", "escape", "space", "escape")
        assert isinstance(pilot.app.screen, FindScreen)
        await press(pilot, "i")
        assert pilot.app.screen.typing
        await press(pilot, "escape", "escape")
        assert not isinstance(pilot.app.screen, FindScreen)


async def test_an_empty_network_and_no_match_say_what_to_do(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    async with app_on().run_test(size=(80, 24)) as pilot:
        await press(pilot, "f")
        assert "Your network is empty so far." in text_of(pilot.app)
        put(store, clock, "Ada", Stage.NETWORK)
        await settle(pilot)
        assert "Ada" in text_of(pilot.app)
        await write(pilot, "qqqq")
        assert "Nobody in your network matches “qqqq”." in text_of(pilot.app)


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (60, 100)])
async def test_hostile_names_are_drawn_harmless(
    app_on: MakeApp, store: Store, clock: FixedClock, size: tuple[int, int]
) -> None:
    hostile(store, clock, Stage.NETWORK)
    async with app_on().run_test(size=size) as pilot:
        await press(pilot, "f")
        for _ in range(9):
            assert_safe(text_of(pilot.app), size[0])
            await press(pilot, "down")


async def test_thirty_thousand_people_are_searched_and_few_are_drawn(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    with store.transaction("Imported") as tx:
        for number in range(30_000):
            tx.put(Person(id=f"p{number}", name=f"Person {number:05}", company=f"Firm {number % 7}"))
    async with app_on().run_test(size=(120, 36)) as pilot:
        await press(pilot, "f")
        assert "30,000" in text_of(pilot.app)
        screen = pilot.app.screen
        assert isinstance(screen, FindScreen)
        drawn = 0
        draw = screen._found._draw_item

        def counted(person: object, width: int) -> object:
            nonlocal drawn
            drawn += 1
            return draw(person, width)  # type: ignore[arg-type]

        screen._found._draw_item = counted  # type: ignore[assignment]
        await write(pilot, "29")
        assert "Person 29000" in text_of(pilot.app)
        assert 0 < drawn < 300

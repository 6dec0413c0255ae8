"""The palette: it takes a large network in a piece at a time, and loses nothing that is typed meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest
from textual.app import App

from data.clock import FixedClock
from data.records import Lead, Meeting, MeetingStatus, Person, Stage, new_id
from data.store import Store
from screens import palette
from screens.palette import LOOKING, Finds, Palette
from screens.person.screen import PersonScreen
from screens.widgets.lines import Lines
from tests.screens.conftest import NOW
from tests.screens.hands import press, settle, typed, until, write
from tests.screens.people import assert_safe, hostile
from tests.screens.seen import text_of
from tui.app import InroadApp

MakeApp = Callable[[], InroadApp]
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """Between any two pieces, of one person each, the palette waits until this is set."""
    gate = asyncio.Event()

    async def breath(_: float) -> None:
        await gate.wait()

    monkeypatch.setattr(palette, "sleep", breath)
    monkeypatch.setattr(palette, "PIECE", 1)
    return gate


def put(store: Store, *names: str) -> list[Person]:
    people = [Person(id=new_id(), name=name, stage=Stage.TO_ASK) for name in names]
    with store.transaction(f"Added {names[0]}") as tx:
        for person in people:
            tx.put(person)
    return people


def _gathers(app: App[int]) -> bool:
    return any(worker.group == "load" for worker in app.workers)


def test_everybody_and_everything_is_taken_in_a_piece_at_a_time(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(palette, "PIECE", 2)
    ids = [person.id for person in put(store, *(f"Sam {number}" for number in range(7)))]
    with store.transaction("Met") as tx:
        for number, id in enumerate(ids[:4]):
            tx.put(
                Meeting(
                    id=f"m{number}",
                    person=id,
                    starts=NOW.replace(tzinfo=None),
                    zone="Europe/Berlin",
                    status=MeetingStatus.PLANNED,
                )
            )
        tx.put(Lead(id="l", giver=ids[0], text="Ask at Figma"))
    finds = Finds(store, BERLIN)
    pieces = 0
    for _ in finds.gather():
        pieces += 1
        assert finds.search(["sam"]) == []
    assert pieces == 3 + 1 + 2
    found = finds.search(["sam"])
    assert [each.text for each in found[:7]] == [f"Sam {number}" for number in range(7)]
    assert [each.id for each in found[7:]] == ["mm0", "mm1", "mm2", "mm3", "ll"]
    assert [each.text for each in finds.search(["figma", "lead"])] == ["Ask at Figma"]


def test_who_is_called_so_comes_before_who_merely_has_it(store: Store) -> None:
    put(store, "Anna Rey", "Rey Costa", "Ben Reynolds", "Zoë Rey")
    finds = Finds(store, BERLIN)
    for _ in finds.gather():
        pass
    assert [each.text for each in finds.search(["rey"])] == [
        "Rey Costa",
        "Anna Rey",
        "Ben Reynolds",
        "Zoë Rey",
    ]


def test_what_is_found_of_whom_and_how_many(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with store.transaction("Set up") as tx:
        tx.put(Person(id="ada", name="Ada Ng", company="Wise & Co", title="CTO"))
        tx.put(Lead(id="named", giver="ada", text="someone at Stripe", name="Jonas Weber"))
        tx.put(Lead(id="other", giver="gone", text="the Stripe meetup"))
    finds = Finds(store, BERLIN)
    list(finds.gather())
    assert [(each.text, each.hint) for each in finds.search(["wise"])] == [("Ada Ng", "CTO · Wise & Co")]
    assert [each.text for each in finds.search(["jonas", "ada"])] == ["Jonas Weber"]
    found = finds.search(["stripe"])
    assert [(each.text, each.hint) for each in found] == [("the Stripe meetup", "lead from somebody")]
    put(store, *(f"Sam {number}" for number in range(5)))
    with store.transaction("Leads") as tx:
        for number in range(5):
            tx.put(Lead(id=f"l{number}", giver="ada", text=f"Sam {number}"))
    monkeypatch.setattr(palette, "MOST", 2)
    finds = Finds(store, BERLIN)
    list(finds.gather())
    assert [each.id[:1] == "l" for each in finds.search(["sam"])] == [False, False, True, True]


def _cursor(app: App[int]) -> str:
    lines = app.screen.query_one(Lines)
    assert lines.current is not None
    text: str = lines.current.text
    return text


async def test_each_letter_puts_the_cursor_on_the_best_and_what_comes_in_leaves_it(
    app_on: MakeApp, store: Store, gate: asyncio.Event
) -> None:
    put(store, "Abel", "Abigail", "Abraham")
    async with app_on().run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+p")
        await typed(pilot, "show")
        first = _cursor(pilot.app)
        await pilot.press("down")
        second = _cursor(pilot.app)
        assert second != first
        gate.set()
        await settle(pilot)
        assert _cursor(pilot.app) == second
        await press(pilot, *["backspace"] * 4)
        await typed(pilot, "abr")
        await press(pilot, "backspace", "down", "down", "backspace")
        assert _cursor(pilot.app) != "Abraham"


async def test_who_types_on_after_enter_has_thought_better_of_it(
    app_on: MakeApp, store: Store, gate: asyncio.Event
) -> None:
    put(store, "Sam Okafor")
    async with app_on().run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+p")
        await typed(pilot, "okafo")
        await pilot.press("enter")
        await typed(pilot, "r")
        gate.set()
        await settle(pilot)
        assert isinstance(pilot.app.screen, Palette)
        assert "Sam Okafor" in text_of(pilot.app)


async def test_what_is_done_by_keys_alone_is_not_in_it(app_on: MakeApp) -> None:
    async with app_on().run_test(size=(80, 24)) as pilot:
        await press(pilot, "2", "ctrl+p")
        window = pilot.app.screen
        assert isinstance(window, Palette)
        there = {found.id for found in window._commands}
        assert {"prep.add", "app.quit"} <= there
        assert not {"app.palette", "prep.left", "prep.right"} & there
        off = [found.off for found in window._commands]
        assert off == sorted(off)
        assert True in off


async def test_what_is_typed_while_it_looks_is_found_and_done_once_it_has(
    app_on: MakeApp, store: Store, gate: asyncio.Event
) -> None:
    put(store, "Maria Chen", "Sam Okafor")
    async with app_on().run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+p")
        await typed(pilot, "okafor")
        assert LOOKING in text_of(pilot.app)
        assert "Nothing is called that" not in text_of(pilot.app)
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, Palette)
        gate.set()
        await until(pilot, lambda: isinstance(pilot.app.screen, PersonScreen))
        await settle(pilot)
        assert "Sam Okafor" in text_of(pilot.app)


async def test_commands_are_there_at_once_and_more_is_announced(
    app_on: MakeApp, store: Store, gate: asyncio.Event
) -> None:
    put(store, "Anna Board")
    async with app_on().run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+p")
        await typed(pilot, "board")
        seen = text_of(pilot.app)
        assert "Show the board of people" in seen
        assert LOOKING in seen
        gate.set()
        await settle(pilot)
        seen = text_of(pilot.app)
        assert "Anna Board" in seen
        assert LOOKING not in seen


async def test_a_change_in_the_middle_is_found_too(
    app_on: MakeApp, store: Store, gate: asyncio.Event
) -> None:
    put(store, "Maria Chen", "Sam Okafor")
    async with app_on().run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+p")
        await typed(pilot, "lena")
        put(store, "Lena Fischer")
        gate.set()
        await settle(pilot)
        assert "Lena Fischer" in text_of(pilot.app)
        # And once it has looked, with the next letter.
        put(store, "Lena Ferro")
        await press(pilot, "space")
        assert "Lena Ferro" in text_of(pilot.app)


async def test_closed_in_the_middle_it_leaves_nothing_behind(
    app_on: MakeApp, store: Store, gate: asyncio.Event
) -> None:
    put(store, "Maria Chen", "Sam Okafor")
    async with app_on().run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+p")
        await until(pilot, lambda: _gathers(pilot.app))
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(pilot.app.screen, Palette))
        await until(pilot, lambda: not _gathers(pilot.app))
        gate.set()
        await settle(pilot)
        await press(pilot, "ctrl+p", *"sam")
        assert "Sam Okafor" in text_of(pilot.app)


STATES = {
    MeetingStatus.PLANNED: ("meeting · Mon 23 Nov 2026", "PrepScreen"),
    MeetingStatus.RUNNING: ("meeting · Mon 23 Nov 2026", "MeetingScreen"),
    MeetingStatus.ENDED: ("meeting that was · Mon 23 Nov 2026", "WrapUpScreen"),
    MeetingStatus.NO_SHOW: ("meeting, nobody came · Mon 23 Nov 2026", "PersonScreen"),
    MeetingStatus.CALLED_OFF: ("meeting, called off · Mon 23 Nov 2026", "PersonScreen"),
}


@pytest.mark.parametrize("status", STATES)
async def test_a_meeting_opens_where_it_lives_now(
    app_on: MakeApp, store: Store, status: MeetingStatus
) -> None:
    hint, screen = STATES[status]
    (sam,) = put(store, "Sam Okafor")
    with store.transaction("Met") as tx:
        started = None if status is MeetingStatus.PLANNED else NOW
        tx.put(
            Meeting(
                id="m",
                person=sam.id,
                starts=NOW.replace(tzinfo=None),
                zone="Europe/Berlin",
                status=status,
                started=started,
                ended=started if status is MeetingStatus.ENDED else None,
                wrapped=started if status is MeetingStatus.ENDED else None,
            )
        )
    async with app_on().run_test(size=(120, 36)) as pilot:
        await press(pilot, "ctrl+p")
        await write(pilot, "sam okafor meeting nov")
        assert hint in text_of(pilot.app)
        await press(pilot, "enter")
        assert type(pilot.app.screen).__name__ == screen
        assert "Sam Okafor" in text_of(pilot.app)


async def test_who_and_what_has_a_hostile_name_is_found_and_drawn_harmless(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    people = hostile(store, clock)
    with store.transaction("Kept") as tx:
        for number, person in enumerate(people):
            tx.put(Lead(id=f"l{number}", giver=person.id, text=person.name, name=person.name))
    async with app_on().run_test(size=(80, 24)) as pilot:
        for text in ("[/]", "red]x", "family", "王小明", "x" * 20, "lead from"):
            await press(pilot, "ctrl+p")
            await write(pilot, text)
            assert_safe(text_of(pilot.app), 80)
            assert "Nothing is called that." not in text_of(pilot.app), text
            await press(pilot, "down", "enter")
            assert_safe(text_of(pilot.app), 80)
            assert not isinstance(pilot.app.screen, Palette)

"""What might be done besides is looked for a piece at a time, below what is owed, which is there at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from msgspec.structs import replace
from textual.app import App
from textual.pilot import Pilot

from data.followups import occasions, queue
from data.records import FollowUp, FollowUpKind, Person, Stage, TouchKind
from data.store import Store
from screens.followups import screen as followups
from tests.data.messages import situations as made
from tests.screens.hands import press, settle, typed, until
from tests.screens.seen import text_of
from tui.app import InroadApp

AppOn = Callable[[], InroadApp]


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """Between any two pieces of the search it waits until this is set."""
    gate = asyncio.Event()

    async def breath(_: float) -> None:
        await gate.wait()

    monkeypatch.setattr(followups, "sleep", breath)
    return gate


@pytest.fixture(autouse=True)
def two_silent(store: Store) -> None:
    """Lena and Omar were asked long ago and say nothing; Sam is owed a thank-you."""
    with store.transaction("Filled") as tx:
        for name in ("Lena Fischer", "Omar Haddad"):
            id = name.split()[0].lower()
            since = made.NOW - timedelta(days=40)
            tx.put(Person(id=id, name=name, company="N26", stage=Stage.ASKED, stage_since=since))
            made.touch(tx, TouchKind.OUTREACH, 40, id)
        tx.put(Person(id="sam", name="Sam Okafor", stage=Stage.MET, stage_since=made.NOW))
        tx.put(made.owed(FollowUpKind.THANK_YOU, "sam", id="thanks"))


def _looks(app: App[int]) -> bool:
    return any(worker.group == "load" for worker in app.workers)


async def _looking(pilot: Pilot[int]) -> None:
    await pilot.press("4")
    await until(pilot, lambda: _looks(pilot.app))


async def test_what_is_owed_is_there_first_and_keeps_its_text(app_on: AppOn, gate: asyncio.Event) -> None:
    async with app_on().run_test(size=(120, 36)) as pilot:
        await _looking(pilot)
        assert "Thank Sam Okafor" in text_of(pilot.app)
        assert "You might" not in text_of(pilot.app)
        await pilot.press("enter")
        await typed(pilot, "Zebras ")
        gate.set()
        await settle(pilot)
        seen = text_of(pilot.app)
        assert "Park Lena Fischer" in seen
        assert "Park Omar Haddad" in seen
        assert "Zebras" in seen
        assert pilot.app.focused is not None
        assert pilot.app.focused.check_consume_key("a", "a")


async def test_a_change_in_the_middle_counts(app_on: AppOn, store: Store, gate: asyncio.Event) -> None:
    async with app_on().run_test(size=(120, 36)) as pilot:
        await _looking(pilot)
        lena = store.get(Person, "lena")
        assert lena is not None
        with store.transaction("Parked") as tx:
            tx.put(replace(lena, stage=Stage.PARKED))
        gate.set()
        await settle(pilot)
        seen = text_of(pilot.app)
        assert "Park Omar Haddad" in seen
        assert "Lena" not in seen


async def test_what_does_not_hold_any_more_goes_at_once(
    app_on: AppOn, store: Store, gate: asyncio.Event
) -> None:
    async with app_on().run_test(size=(120, 36)) as pilot:
        gate.set()
        await press(pilot, "4")
        assert "Park Lena Fischer" in text_of(pilot.app)
        gate.clear()
        lena = store.get(Person, "lena")
        assert lena is not None
        with store.transaction("Parked") as tx:
            tx.put(replace(lena, stage=Stage.PARKED))
        await until(pilot, lambda: "Lena" not in text_of(pilot.app))
        # The others stay while it looks anew.
        assert "Park Omar Haddad" in text_of(pilot.app)
        gate.set()
        await settle(pilot)
        assert "Park Omar Haddad" in text_of(pilot.app)


async def test_who_leaves_in_the_middle_leaves_nothing_behind(app_on: AppOn, gate: asyncio.Event) -> None:
    app = app_on()
    async with app.run_test(size=(120, 36)) as pilot:
        await _looking(pilot)
        await pilot.press("q")
    assert app.return_code == 0
    assert not app._exception
    assert not _looks(app)


async def test_only_what_is_seen_is_put_into_words(
    app_on: AppOn, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of thousands of things that are owed some dozens fit on the screen."""
    with store.transaction("Many") as tx:
        tx.put(Person(id="ana", name="Ana Roe", stage=Stage.IN_TOUCH))
        for number in range(400):
            due = date(2026, 11, 24) + timedelta(days=number)
            tx.put(made.owed(FollowUpKind.CUSTOM, "ana", id=f"f{number}", words=f"book {number}", due=due))
    worded: set[str] = set()

    def phrase(followup: FollowUp, name: str, about: str = "") -> str:
        worded.add(followup.id)
        return occasions.phrase(followup, name, about)

    monkeypatch.setattr(queue, "phrase", phrase)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await press(pilot, "4")
        assert "book 7" in text_of(pilot.app)
        assert 20 < len(worded) < 60

"""Several people at once, on the board and in Find: each change of all of them is one step of undo."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from data.clock import FixedClock
from data.records import Person, Stage
from data.store import Store
from tests.screens.hands import press, write
from tests.screens.people import put
from tests.screens.seen import text_of
from tui.app import InroadApp


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
            await press(pilot, "u")
            assert "Undid: " in text_of(pilot.app)
            assert store.all(Person) == before, keys
            await press(pilot, "escape")

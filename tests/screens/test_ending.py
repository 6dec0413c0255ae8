"""The app ends: what is still under way then finds screens that go one by one, and breaks nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.geometry import Size
from textual.screen import Screen

from data.store import Store
from screens.base import DeskScreen
from screens.board.screen import BoardScreen
from tests.screens.hands import press
from tests.screens.people import add_people
from tui.app import InroadApp, StoreChanged

MakeApp = Callable[[], InroadApp]
MODES = ("board", "prep", "meeting", "followups", "insights", "ledger")


async def test_a_change_that_comes_while_the_screens_go_breaks_nothing(
    app_on: MakeApp, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_on()
    gone: list[str] = []

    async def go(screen: DeskScreen) -> None:
        await Screen._message_loop_exit(screen)
        # Its parts are gone, and it still stands among the screens of the app, which hears of a change.
        add_people(store, f"Seen by nobody {len(gone)}")
        gone.append(screen.MODE)

    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, *"123456", "1")
        monkeypatch.setattr(DeskScreen, "_message_loop_exit", go)
        store.subscribe(lambda change: app.on_store_changed(StoreChanged(change)))
    assert sorted(gone) == sorted(MODES)


@pytest.mark.parametrize("mode", MODES)
async def test_who_ends_it_while_a_screen_opens_sees_no_traceback(
    app_on: MakeApp, store: Store, mode: str
) -> None:
    add_people(store, "Sam Okafor")
    app = app_on()
    async with app.run_test(size=(80, 24)) as pilot:
        if mode == "board":
            await press(pilot, "2")
            await app.remove_mode("board")
            app.add_mode("board", lambda: BoardScreen(app.desk))
        app.exit()
        # From here on Textual gives no screen its parts.
        app.switch_mode(mode)
        add_people(store, "Lena Fischer")
        app._tick()
        app._driver._size = Size(100, 30)  # type: ignore[union-attr]
        app._check_resize()
    assert app._exception is None

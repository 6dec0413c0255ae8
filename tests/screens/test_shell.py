"""The frame that all screens share: keys, palette, feedback, undo, what other processes do."""

from __future__ import annotations

import asyncio
import gc
import re
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any
from weakref import ref

import pytest
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.widget import Widget

import screens
from data.clock import FixedClock
from data.records import FollowUp, FollowUpKind, Lead, Person, Stage
from data.store import Change, Store
from screens.desk import Desk
from screens.ledger.screen import LedgerScreen
from screens.widgets.bars import TopBar
from screens.widgets.lines import Lines
from screens.widgets.rows import Row
from tests.screens.hands import press, settle, until, write
from tests.screens.people import add_people
from tests.screens.seen import text_of
from tui.app import InroadApp
from tui.config import Config, read_config

MakeApp = Callable[[], InroadApp]


async def test_undo_and_redo_say_what_they_did(app_on: MakeApp, store: Store) -> None:
    add_people(store, "Sam Okafor")
    async with app_on().run_test(size=(120, 36)) as pilot:
        assert "Sam Okafor" in text_of(pilot.app)
        await pilot.press("u")
        await pilot.pause()
        assert "Undid: Added Sam Okafor." in text_of(pilot.app)
        assert store.count(Person) == 0
        await pilot.press("U")
        await pilot.pause()
        assert "Did again: Added Sam Okafor." in text_of(pilot.app)
        assert store.count(Person) == 1


async def test_undo_with_nothing_to_undo_says_so(app_on: MakeApp) -> None:
    async with app_on().run_test(size=(120, 36)) as pilot:
        await pilot.press("u")
        await pilot.pause()
        assert "There is nothing to undo." in text_of(pilot.app)


async def test_feedback_goes_with_the_next_key(app_on: MakeApp) -> None:
    async with app_on().run_test(size=(120, 36)) as pilot:
        await pilot.press("u")
        await pilot.pause()
        await pilot.press("j")
        await pilot.pause()
        assert "nothing to undo" not in text_of(pilot.app)


async def test_what_another_process_adds_appears(app_on: MakeApp, store: Store, clock: FixedClock) -> None:
    async with app_on().run_test(size=(120, 36)) as pilot:
        other = Store.open(store.path, clock=clock)
        add_people(other, "Lena Fischer")
        other.close()
        app = pilot.app
        assert isinstance(app, InroadApp)
        app._tick()
        await pilot.pause()
        assert "Lena Fischer" in text_of(app)


@pytest.mark.parametrize("many", [False, True])
async def test_what_another_process_imports_is_taken_in_beside_the_screen(
    app_on: MakeApp, store: Store, clock: FixedClock, monkeypatch: pytest.MonkeyPatch, many: bool
) -> None:
    """A single change is taken in at once; much of it in a thread, and the keys go on."""
    add_people(store, "Sam Okafor", "Maria Chen")
    took: list[bool] = []
    began, half = asyncio.Event(), threading.Event()
    loop, catch_up = asyncio.get_running_loop(), store._storage.catch_up

    def slowly(**how: bool) -> Change | None:
        took.append(threading.current_thread() is threading.main_thread())
        if not began.is_set():
            loop.call_soon_threadsafe(began.set)
        assert not many or half.wait(60)
        return catch_up(**how)

    async with app_on().run_test(size=(120, 36)) as pilot:
        app = pilot.app
        assert isinstance(app, InroadApp)
        with Store.open(store.path, clock=clock) as other, other.transaction("Imported") as tx:
            tx.put(Person(id="lena", name="Lena Fischer", stage=Stage.TO_ASK))
            for number in range(100 if many else 0):
                tx.put(Person(id=f"p{number}", name="Somebody", notes="A long note. " * 200))
        monkeypatch.setattr(store._storage, "catch_up", slowly)
        app._tick()
        await began.wait()
        # This goes on while the thread waits in the middle; and one look is enough.
        app._tick()
        if many:
            assert len(store.people()) == 2
        half.set()
        await until(pilot, lambda: "Lena Fischer" in text_of(app))
        assert took == [not many]


async def test_a_remapped_key_works_and_the_old_one_does_not(desk: Desk, store: Store) -> None:
    add_people(store, "Sam Okafor")
    app = InroadApp(desk, Config(keymap={"app.undo": "ctrl+z"}))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("u")
        assert store.count(Person) == 1
        await pilot.press("ctrl+z")
        assert store.count(Person) == 0


async def test_the_line_above_the_board_names_the_users_own_keys(desk: Desk, store: Store) -> None:
    app = InroadApp(desk, Config(keymap={"app.next": "ctrl+n", "board.find": "F"}))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        top = text_of(app).splitlines()[1]
        assert "F finds somebody new to ask." in top
        await press(pilot, "ctrl+n")
        assert "On the board, F finds somebody new to ask." in text_of(app)
        add_people(store, "Sam Okafor")
        with store.transaction("Booked") as tx:
            day = desk.clock.now().date()
            sam = store.all(Person)[0].id
            tx.put(FollowUp(id="f", person=sam, kind=FollowUpKind.CUSTOM, due=day))
        await settle(pilot)
        top = text_of(app).splitlines()[1]
        assert top.startswith(" Next: ")
        assert top.endswith(" ^n go")


async def test_the_palette_finds_commands_and_people(app_on: MakeApp, store: Store) -> None:
    add_people(store, "Sam Okafor", "Łukasz [/x] Żak")
    async with app_on().run_test(size=(120, 36)) as pilot:
        await pilot.press("ctrl+p")
        await pilot.pause()
        await pilot.press(*"zak")
        await pilot.pause()
        assert "Łukasz [/x] Żak" in text_of(pilot.app)
        await pilot.press("escape")
        await pilot.pause()
        await pilot.press("ctrl+p", *"undo")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert "Undid: Added Sam Okafor." in text_of(pilot.app)


async def test_the_palette_keeps_titles_whole_and_what_they_do_in_a_column(
    app_on: MakeApp, store: Store
) -> None:
    add_people(store, "Sam Okafor")
    async with app_on().run_test(size=(80, 24)) as pilot:
        await press(pilot, "ctrl+p")
        lines = text_of(pilot.app).splitlines()
        answer = next(line for line in lines if "Note what they answered" in line)
        touch = next(line for line in lines if "Log any other contact" in line)
        assert "Answer  " in answer
        assert "Log contact  " in touch
        assert answer.index("Note what") == touch.index("Log any")
        assert "esc close" in text_of(pilot.app)


async def test_the_palette_says_whole_why_something_cant_be_done(app_on: MakeApp) -> None:
    async with app_on().run_test(size=(60, 24)) as pilot:
        await press(pilot, "ctrl+p")
        await write(pilot, "tier")
        seen = " ".join(text_of(pilot.app).replace("│", " ").split())
        assert "Tier Not now. Nobody is" in seen
        assert "Not now. Nobody is selected here: go to somebody with the arrow keys first." in seen
        await press(pilot, "enter")
        seen = " ".join(text_of(pilot.app).split())
        assert "! Nobody is selected here: go to somebody with the arrow keys first." in seen


@pytest.mark.parametrize("key", ["question_mark", "ctrl+p", "comma"])
async def test_of_a_screen_that_was_closed_nothing_is_kept(app_on: MakeApp, key: str) -> None:
    """Textual kept the drawn lines of a thousand closed widgets, and looked for garbage in them again and
    again."""
    async with app_on().run_test(size=(120, 36)) as pilot:
        await press(pilot, key)
        kept = [ref(widget._styles_cache) for widget in pilot.app.screen.walk_children(Widget)]
        assert len(kept) > 3
        await press(pilot, "escape")
        for _ in range(8):
            # The one that was closed last may still be on somebody's mind.
            await press(pilot, key, "escape")
            gc.collect()
            if not any(lines() for lines in kept):
                return
        raise AssertionError("the lines of a closed screen are kept")


async def test_six_is_a_screen_like_the_others_and_keeps_its_place(app_on: MakeApp, store: Store) -> None:
    (giver,) = add_people(store, "Priya Nair")
    with store.transaction("Set up") as tx:
        for number in range(3):
            tx.put(Lead(id=f"l{number}", giver=giver.id, text=f"Lead number {number}"))
    async with app_on().run_test(size=(80, 24)) as pilot:
        assert "6 Ledger" in text_of(pilot.app)
        await press(pilot, "6", "j")
        assert isinstance(pilot.app.screen, LedgerScreen)
        here = pilot.app.screen._list.cursor
        await press(pilot, "1")
        assert not isinstance(pilot.app.screen, LedgerScreen)
        await press(pilot, "6", "6")
        assert isinstance(pilot.app.screen, LedgerScreen)
        assert pilot.app.screen._list.cursor == here
        assert len(pilot.app.screen_stack) == 1


async def test_the_way_to_all_keys_is_on_every_screen_at_any_width(app_on: MakeApp) -> None:
    async with app_on().run_test(size=(60, 40)) as pilot:
        for key in "123456":
            await press(pilot, key)
            assert text_of(pilot.app).splitlines()[-1].endswith("? Keys")


async def test_every_scrollbar_looks_alike(app_on: MakeApp) -> None:
    async with app_on().run_test(size=(80, 24)) as pilot:
        await press(pilot, "6")
        about, lines = pilot.app.screen.query_one("#about"), pilot.app.screen.query_one("#ledger")
        for what in ("scrollbar_color", "scrollbar_background", "scrollbar_size_vertical"):
            assert getattr(about.styles, what) == getattr(lines.styles, what)


async def test_a_long_list_draws_only_what_is_seen(app_on: MakeApp, store: Store) -> None:
    drawn: list[str] = []
    async with app_on().run_test(size=(120, 36)) as pilot:

        def draw_item(item: str, width: int) -> list[Row]:
            drawn.append(item)
            return [((item, "plain"),)]

        lines: Lines[str] = Lines(draw_item, str)
        await pilot.app.screen.mount(lines)
        lines.show([f"line {number}" for number in range(100_000)])
        await pilot.pause()
        assert 0 < len(drawn) < 200
        lines.focus()
        await pilot.press("G")
        await pilot.pause()
        assert lines.current == "line 99999"
        assert "line 99999" in text_of(pilot.app)


async def test_keys_typed_ahead_of_a_window_break_nothing(app_on: MakeApp, store: Store) -> None:
    from screens.dialogs import Choose, Option

    answers: list[str | None] = []
    add_people(store, "Sam Okafor")
    async with app_on().run_test(size=(120, 36)) as pilot:
        options = [Option("y", "Yes", "yes"), Option("n", "No", "no")]
        pilot.app.push_screen(Choose("Well?", options), answers.append)
        for key in ("y", "n", "y", "escape", "enter"):
            pilot.app.simulate_key(key)
        await pilot.pause()
        await pilot.pause()
        assert "Sam Okafor" in text_of(pilot.app)
    assert answers == ["yes"]


async def test_a_choices_own_key_takes_it_where_it_moves_the_cursor_of_other_lists(
    app_on: MakeApp,
) -> None:
    from screens.dialogs import Choose, Option

    answers: list[str | None] = []
    async with app_on().run_test(size=(80, 24)) as pilot:
        options = [Option("a", "All", "all"), Option("k", "They know", "known"), Option("n", "None", "none")]
        pilot.app.push_screen(Choose("Well?", options), answers.append)
        await settle(pilot)
        await press(pilot, "j", "j", "k")
    assert answers == ["known"]


async def test_a_choice_keeps_its_name_where_its_hint_has_no_room(app_on: MakeApp) -> None:
    from screens.dialogs import Choose, Option

    async with app_on().run_test(size=(40, 24)) as pilot:
        pilot.app.push_screen(Choose("Well?", [Option("i", "In touch", "", "the check-ins begin " * 9)]))
        await settle(pilot)
        assert "i  In touch" in text_of(pilot.app)


async def test_the_app_opens_where_a_meeting_runs(app_on: MakeApp, store: Store, clock: FixedClock) -> None:
    from data.actions.conversation import begin_now

    person = add_people(store, "Sam Okafor")[0]
    begin_now(store, clock, person)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        assert "promised 20 min" in text_of(pilot.app)
        await pilot.press("f1")
        await pilot.pause()
        await pilot.press("t")
        await pilot.pause()
        await pilot.pause()
        assert "promised 20 min" in text_of(pilot.app)


async def test_the_first_frame_of_a_screen_has_its_line_on_top(app_on: MakeApp) -> None:
    app = app_on()
    async with app.run_test(size=(120, 36)):
        for mode in ("prep", "meeting", "followups", "insights", "ledger"):
            bar = next(iter(app._make_screen(mode).compose()))
            assert isinstance(bar, TopBar)
            assert bar.status is not None


async def test_a_theme_is_tried_on_chosen_and_remembered(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "config" / "config.toml"
    app = InroadApp(desk, read_config(file))
    async with app.run_test(size=(80, 24)) as pilot:
        app.do_theme()
        await settle(pilot)
        await press(pilot, "j")
        assert app.theme == "inroad-light"
        await press(pilot, "escape")
        assert app.theme == "inroad-dark"
        app.do_theme()
        await settle(pilot)
        await press(pilot, "j", "enter")
        assert app.theme == "inroad-light"
        assert "inroad-light from now on." in text_of(app)
    assert InroadApp(desk, read_config(file)).theme == "inroad-light"


async def test_what_is_wrong_with_the_settings_is_all_named_at_the_start(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('theme = "purple"\n[keys]\n"app.fly" = "x"\n"app.undo" = "q"\n')
    async with InroadApp(desk, read_config(file)).run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        seen = " ".join(text_of(pilot.app).replace("│", " ").split())
        assert 'no theme "purple"' in seen
        assert 'no command "app.fly"' in seen
        assert 'already the key of "app.quit"' in seen


async def test_a_click_on_a_windows_key_presses_it(app_on: MakeApp, store: Store) -> None:
    async with app_on().run_test(size=(120, 36)) as pilot:
        for clicked, people in (("esc cancel", 0), ("enter keep", 1)):
            await press(pilot, "n", *"Sam")
            lines = text_of(pilot.app).splitlines()
            row = next(number for number, line in enumerate(lines) if clicked in line)
            await pilot.click(offset=(lines[row].index(clicked) + 1, row))
            await settle(pilot)
            assert store.count(Person) == people
            assert "New person" not in text_of(pilot.app)


async def test_every_command_can_be_reached_with_the_mouse(app_on: MakeApp, store: Store) -> None:
    """The line below opens the keys; there a click does any command of the screen or of the app."""
    add_people(store, "Sam Okafor")
    async with app_on().run_test(size=(120, 36)) as pilot:
        lines = text_of(pilot.app).splitlines()
        await pilot.click(offset=(lines[-1].index("? Keys"), len(lines) - 1))
        await settle(pilot)
        lines = text_of(pilot.app).splitlines()
        row = next(number for number, line in enumerate(lines) if "Set how often to keep in touch" in line)
        await pilot.click(offset=(lines[row].index("Set how"), row))
        await settle(pilot)
        lines = text_of(pilot.app).splitlines()
        row = next(number for number, line in enumerate(lines) if "Tier B" in line)
        await pilot.click(offset=(lines[row].index("Tier B"), row))
        await settle(pilot)
        assert store.all(Person)[0].tier == "B"


def test_a_style_sheet_speaks_of_its_own_screen_alone() -> None:
    folder = Path(screens.__file__).parent
    sheets = [*folder.rglob("*.tcss")]
    for sheet in sheets:
        text = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.S)
        selectors = [each.strip() for rule in re.findall(r"([^{}]+)\{", text) for each in rule.split(",")]
        (name,) = {re.split(r"[.#: ]", selector)[0] for selector in selectors}
        assert f"class {name}(" in "".join(code.read_text() for code in sheet.parent.glob("*.py")), sheet
    assert len(sheets) > 10


async def test_a_screen_that_opens_for_the_first_time_is_all_that_is_styled(
    app_on: MakeApp, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_people(store, "Sam Okafor")
    styled: list[object] = []
    apply = Stylesheet.apply

    def apply_and_note(sheet: Stylesheet, node: DOMNode, *args: Any, **kwargs: Any) -> None:
        styled.append(node)
        apply(sheet, node, *args, **kwargs)

    app = app_on()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        board = app.screen
        monkeypatch.setattr(Stylesheet, "apply", apply_and_note)
        for key in "23456":
            await press(pilot, key)
            assert app.screen in styled
            assert app.screen.query_one(TopBar).styles.dock == "top"
    assert board not in styled

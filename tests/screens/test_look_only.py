"""Where the store can only be looked at: what would change it says why at once, all else works as ever."""

from __future__ import annotations

import string
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot

from data.actions import conversation
from data.clock import FixedClock
from data.demo import fill
from data.drafts import Drafts
from data.meetings.schedule import planned_meetings
from data.records import Meeting, MeetingStatus
from data.store import Store
from data.store.errors import LOOK_ONLY
from data.store.storage import JournalStorage
from screens.base import DeskScreen
from screens.commands import commands
from screens.desk import Desk
from screens.dialogs.window import Window
from screens.messages import Go
from screens.widgets.bars import KeyBar
from screens.widgets.note_input import NoteInput
from tests.screens.conftest import NOW, RecordingClipboard
from tests.screens.hands import close_all, keys, settle
from tests.screens.seen import text_of
from tui.app import InroadApp
from tui.config import Config

PLACES = (
    "board",
    "find",
    "person",
    "prep",
    "meeting",
    "meeting that runs",
    "wrap_up",
    "followups",
    "insights",
    "ledger",
    "settings",
    "duplicates",
    "import",
)
LOOKS_INTO = frozenset(
    (
        "app.export",
        "app.help",
        "app.palette",
        "app.theme",
        "board.export",
        "find.export",
        "import.columns",
        "insights.search",
        "person.export",
        "prep.calendar",
        "prep.sheet",
        "wrap_up.read",
    )
)
"""The commands that open a window and change nothing that is kept."""
IN_LISTS = {key for command in commands("list") for key in command.keys}
KEYS = [
    *(key for key in string.ascii_letters + string.digits if key != "q"),
    *(f"ctrl+{key}" for key in string.ascii_lowercase if key not in "cqz"),
    *(f"f{number}" for number in range(1, 13)),
    *("space", "enter", "tab", "shift+tab", "delete", "backspace", "plus", "minus", "equals_sign", "comma"),
    *("asterisk", "number_sign", "slash", "question_mark", "full_stop", "escape", "insert"),
]


def files_of(folder: Path) -> dict[str, bytes]:
    """All that lies in a folder."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, Path]:
    """Two stores, closed: the demo with a meeting to be wrapped up, and the same with one that runs."""
    found = {}
    clock = FixedClock(NOW, "Europe/Berlin")
    for runs in (False, True):
        path = tmp_path_factory.mktemp("kept") / "inroad.json"
        with Store.open(path, clock=clock) as store:
            fill(store, clock)
            store.save_profile(replace(store.profile, welcomed=True))
            first, second, *_ = planned_meetings(store)
            conversation.begin(store, clock, first.id)
            conversation.end(store, clock, first.id)
            if runs:
                conversation.begin(store, clock, second.id)
        found[runs] = path
    return found


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What tried to change the store all the same."""
    found: list[str] = []
    check = JournalStorage.check_writable

    def noted(storage: JournalStorage) -> None:
        found.append("a change")
        check(storage)

    monkeypatch.setattr(JournalStorage, "check_writable", noted)
    return found


def desk_of(store: Store, downloads: Path) -> Desk:
    """The ports of an app on a store."""
    clock = FixedClock(NOW, "Europe/Berlin")
    return Desk(
        store=store,
        clock=clock,
        clipboard=RecordingClipboard(),
        drafts=Drafts(store.path.parent, clock),
        open_url=lambda address: True,
        edit_text=lambda text: f"{text} and more",
        downloads=downloads,
    )


@pytest.fixture
def looking(kept: dict[bool, Path], place: str, tmp_path: Path) -> Iterator[InroadApp]:
    """The app on a store that is open to look only; nothing in its folder has changed at the end."""
    path, clock = kept["runs" in place], FixedClock(NOW, "Europe/Berlin")
    before = files_of(path.parent)
    store = Store.open(path, clock=clock, read_only=True)
    yield InroadApp(desk_of(store, tmp_path), Config())
    store.close()
    assert files_of(path.parent) == before


async def go(pilot: Pilot[int], place: str) -> DeskScreen:
    """Show a place, with the focus in its list."""
    app = pilot.app
    assert isinstance(app, InroadApp)
    store = app.desk.store
    await close_all(pilot)
    name = place.split()[0]
    if name == "person":
        app.post_message(Go("person", store.people()[0].id))
    elif name == "wrap_up":
        (ended,) = (m for m in store.all(Meeting) if m.status is MeetingStatus.ENDED and m.wrapped is None)
        app.post_message(Go("wrap_up", ended.id))
    elif name in ("find", "import"):
        app.post_message(Go(name))  # type: ignore[arg-type]
    elif app.current_mode != name:
        app.run_command(name)
    await settle(pilot)
    screen = app.screen
    assert isinstance(screen, DeskScreen)
    assert name == screen.SCOPE
    if screen.typing:
        await keys(pilot, "escape")
    return screen


@pytest.mark.parametrize("place", PLACES)
async def test_what_changes_says_why_and_opens_nothing(
    place: str, looking: InroadApp, tried: list[str]
) -> None:
    """Each command of a place by all its keys, or by name where lists have the key first or there is none."""
    async with looking.run_test(size=(120, 36)) as pilot:
        screen = await go(pilot, place)
        for command in (*commands(screen.SCOPE), *(commands("app") if place == "board" else ())):
            if command.id == "app.quit":
                continue
            owner = looking if command.scope == "app" else screen
            if command.changes:
                assert owner.reason(command.name) == LOOK_ONLY, command.id
            for key in [key for key in command.keys if key not in IN_LISTS] or [""]:
                front = looking.screen
                if key:
                    await keys(pilot, key)
                else:
                    owner.run_command(command.name)
                    await settle(pilot)
                if command.changes:
                    assert looking.screen is front, command.id
                    assert screen.query_one(KeyBar).said == LOOK_ONLY, (command.id, key)
                elif isinstance(looking.screen, Window):
                    assert command.id in LOOKS_INTO
                elif command.id in LOOKS_INTO:
                    assert owner.reason(command.name), command.id
                assert tried == [], command.id
                if looking.screen is not front or screen.typing:
                    screen = await go(pilot, place)


@pytest.mark.slow
@pytest.mark.parametrize("place", PLACES)
async def test_no_key_at_all_changes_anything(place: str, looking: InroadApp, tried: list[str]) -> None:
    async with looking.run_test(size=(120, 36)) as pilot:
        screen = await go(pilot, place)
        for key in (*KEYS, *(f"escape {key}" for key in KEYS)):
            await keys(pilot, key)
            assert tried == [], key
            if looking.screen is not screen or screen.typing:
                screen = await go(pilot, place)


@pytest.mark.parametrize("place", PLACES)
async def test_what_only_looks_changes_nothing_where_it_could(
    place: str, kept: dict[bool, Path], tmp_path: Path
) -> None:
    """So that a command that changes something is marked as one: here nothing holds the others back."""
    folder, clock = tmp_path / "copy", FixedClock(NOW, "Europe/Berlin")
    copytree(kept["runs" in place].parent, folder)
    with Store.open(folder / "inroad.json", clock=clock) as store:
        app = InroadApp(desk_of(store, tmp_path), Config())
        async with app.run_test(size=(120, 36)) as pilot:
            screen = await go(pilot, place)
            before = store.mark
            for command in (*commands(screen.SCOPE), *(commands("app") if place == "board" else ())):
                if command.changes or command.id == "app.quit":
                    continue
                (app if command.scope == "app" else screen).run_command(command.name)
                await settle(pilot)
                if app.screen is not screen or screen.typing:
                    screen = await go(pilot, place)
                assert store.mark == before, command.id


@pytest.mark.parametrize("place", ["meeting that runs"])
async def test_in_a_meeting_that_runs_nothing_can_be_typed(place: str, looking: InroadApp) -> None:
    async with looking.run_test(size=(80, 24)) as pilot:
        screen = await go(pilot, place)
        assert not screen.typing
        assert LOOK_ONLY in text_of(looking)
        await pilot.click("#line")
        await keys(pilot, "k x enter i")
        assert screen.query_one(NoteInput).value == ""
        assert not screen.typing
        await pilot.click("#questions", offset=(5, 3))
        assert screen.query_one(KeyBar).said == LOOK_ONLY


@pytest.mark.parametrize("place", ["meeting", "wrap_up", "followups", "settings", "prep"])
async def test_enter_and_a_click_on_what_would_be_changed_say_why(
    place: str, looking: InroadApp, tried: list[str]
) -> None:
    async with looking.run_test(size=(120, 36)) as pilot:
        screen = await go(pilot, place)
        if place == "meeting":
            screen.go_to("meeting", planned_meetings(looking.desk.store)[0].id)
        if place == "prep":
            screen.run_command("right")
        await keys(pilot, "enter")
        assert screen.query_one(KeyBar).said == LOOK_ONLY
        if place == "followups":
            await keys(pilot, "k")
            await pilot.click("#view", offset=(10, 5))
            assert screen.query_one(KeyBar).said == LOOK_ONLY
        assert looking.screen is screen
        assert tried == []

"""Bringing people in from a file, on screen: a look first, then all of it in one step, or nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from data.imports.cards import Progress
from data.imports.planning import ImportPlan
from data.records import Person, Source, Stage
from data.store import Store
from screens.desk import Desk
from tests.network import connections
from tests.screens import quiet
from tests.screens.hands import press, until
from tests.screens.seen import text_of
from tui.app import InroadApp

MakeApp = Callable[[], InroadApp]
NETWORK = connections(300, seed=2)
LOOKED_AT = f"{NETWORK.people} new"
"""What the screen says of it once it has read all of it."""


class Held:
    """An import that waits while it is kept; a deaf one doesn't hear that it shall stop."""

    def __init__(self) -> None:
        self.reached, self.go_on, self.deaf = threading.Event(), threading.Event(), False


@pytest.fixture
def file(desk: Desk) -> Path:
    """A made-up file of 300 rows where a browser leaves it."""
    desk.downloads.mkdir()
    path = desk.downloads / "Connections.csv"
    path.write_text(NETWORK.text, encoding="utf-8")
    return path


async def opened(pilot: Pilot[int]) -> None:
    """Open the import as a user does."""
    await pilot.press("ctrl+o")
    await until(pilot, lambda: "Bring people in" in text_of(pilot.app))


async def test_a_typed_path_is_text_and_not_commands(app_on: MakeApp, tmp_path: Path) -> None:
    async with app_on().run_test(size=(120, 36)) as pilot:
        await opened(pilot)
        await pilot.press(*"qtux123", "slash", "b")
        await until(pilot, lambda: "qtux123/b" in text_of(pilot.app))


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_a_file_is_looked_at_brought_in_and_taken_back(
    app_on: MakeApp, store: Store, file: Path, size: tuple[int, int]
) -> None:
    async with app_on().run_test(size=size) as pilot:
        await opened(pilot)
        await until(pilot, lambda: "Connections.csv" in text_of(pilot.app))
        await pilot.press("enter")
        await until(pilot, lambda: LOOKED_AT in text_of(pilot.app))
        assert store.count(Person) == 0
        await pilot.press("x")
        await until(pilot, lambda: "neither a name nor a profile" in text_of(pilot.app))
        await pilot.press("x", "b")
        await until(pilot, lambda: f"Brought in {NETWORK.people} people" in text_of(pilot.app))
        assert store.count(Person) == NETWORK.people
        assert all(person.stage is Stage.NETWORK for person in store.all(Person))
        await pilot.press("u")
        await until(pilot, lambda: store.count(Person) == 0)


async def test_what_is_no_address_book_is_said_and_nothing_is_kept(
    app_on: MakeApp, store: Store, file: Path
) -> None:
    file.write_bytes(b"\x00\x01" * 100)
    async with app_on().run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "is no text file" in text_of(pilot.app))
        await pilot.press("escape", "b")
        await until(pilot, lambda: "Choose a file first" in text_of(pilot.app))
        assert store.count(Person) == 0


async def test_a_second_import_says_that_nobody_is_new(app_on: MakeApp, store: Store, file: Path) -> None:
    async with app_on().run_test(size=(120, 36)) as pilot:
        for _ in range(2):
            await opened(pilot)
            await pilot.press("enter")
            await until(pilot, lambda: "left out" in text_of(pilot.app))
            await pilot.press("b")
            await until(
                pilot, lambda: "Brought in" in text_of(pilot.app) or "nobody new" in text_of(pilot.app)
            )
        assert "There is nobody new in this file." in text_of(pilot.app)
        assert store.count(Person) == NETWORK.people


async def test_a_path_is_completed_and_enter_is_named(app_on: MakeApp, file: Path) -> None:
    async with app_on().run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        assert "enter Show what it brings   tab Complete" in text_of(pilot.app)
        line = pilot.app.screen.query_one(Input)
        line.value = str(file)[:-5]
        line.cursor_position = len(line.value)
        await press(pilot, "tab")
        assert line.value == str(file)
        assert line.has_focus
        line.value = str(file.parent / "zzz")
        line.cursor_position = len(line.value)
        await press(pilot, "tab")
        assert "No file begins like this." in text_of(pilot.app)


@pytest.mark.usefixtures("file")
async def test_esc_goes_from_what_is_left_out_back_to_what_comes(app_on: MakeApp) -> None:
    async with app_on().run_test(size=(120, 36)) as pilot:
        await opened(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "left out" in text_of(pilot.app))
        await press(pilot, "x")
        assert "neither a name nor a profile" in text_of(pilot.app)
        await press(pilot, "escape")
        assert "What it brings" in text_of(pilot.app)
        await press(pilot, "enter")
        assert "b brings all of them in; space leaves this one out." in text_of(pilot.app)


async def test_the_home_of_nobody_is_no_file(app_on: MakeApp) -> None:
    async with app_on().run_test(size=(120, 36)) as pilot:
        await opened(pilot)
        line = pilot.app.screen.query_one(Input)
        line.value = "~nobody-here/Connections.csv"
        await pilot.press("enter")
        await until(pilot, lambda: "There is no file" in text_of(pilot.app))


TABLE = "Wer;Wo arbeitet;Was\nAda Ng;Acme;CTO\nBen Lee;Beta;PM\n;;\nCleo Diaz;Acme;Nurse\n"


async def read_in(pilot: Pilot[int], path: Path, text: str, shows: str) -> None:
    """Write a file and have the app read it."""
    path.write_text(text, encoding="utf-8")
    await opened(pilot)
    pilot.app.screen.query_one(Input).value = str(path)
    await pilot.press("enter")
    await until(pilot, lambda: shows in text_of(pilot.app))


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_a_table_that_nobody_knows_is_mapped_by_the_user(
    app_on: MakeApp, store: Store, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with app_on().run_test(size=size) as pilot:
        await read_in(pilot, tmp_path / "a.csv", TABLE, "What the columns are")
        assert "Ada Ng" in text_of(pilot.app)
        # Each column is chosen by walking down the list of what it can be: whole name, company, role.
        for downs in (1, 6, 7):
            await press(pilot, "enter", *["down"] * downs, "enter")
        assert "whole name" in text_of(pilot.app)
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: "3 new" in text_of(pilot.app))
        await press(pilot, "b")
        await until(pilot, lambda: store.count(Person) == 3)
    people = {person.name: person for person in store.all(Person)}
    assert (people["Ada Ng"].company, people["Ada Ng"].title) == ("Acme", "CTO")


async def test_who_is_left_out_by_the_user_does_not_come_in(
    app_on: MakeApp, store: Store, tmp_path: Path
) -> None:
    text = "Name;Company\nAda Ng;Acme\nBen Lee;Beta\nCleo Diaz;Acme\n"
    async with app_on().run_test(size=(120, 36)) as pilot:
        await read_in(pilot, tmp_path / "a.csv", text, "3 new")
        await press(pilot, "space")
        assert "not taken" in text_of(pilot.app)
        assert "You leave out 1." in text_of(pilot.app)
        await press(pilot, "A", "A", "b")
        assert "All of them are left out" in text_of(pilot.app)
        await press(pilot, "A", "space", "b")
        await until(pilot, lambda: store.count(Person) == 2)
    assert {person.name for person in store.all(Person)} == {"Ada Ng", "Cleo Diaz"}


async def test_source_tags_and_field_for_all_of_them(app_on: MakeApp, store: Store, file: Path) -> None:
    async with app_on().run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await press(pilot, "enter")
        await until(pilot, lambda: LOOKED_AT in text_of(pilot.app))
        await press(pilot, "o")
        fields = list(pilot.app.screen.query(Input))
        for line, value in zip(fields, ("somewhere", "#conf design", "product design"), strict=True):
            line.value = value
        await press(pilot, "ctrl+s")
        assert "! Type one of network" in text_of(pilot.app)
        fields[0].value = "event"
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: "For all: found by: event, #conf #design" in text_of(pilot.app))
        await press(pilot, "b")
        await until(pilot, lambda: store.count(Person) == NETWORK.people)
    for person in store.all(Person):
        assert (person.source, person.tags, person.fields) == (
            Source.EVENT,
            ("conf", "design"),
            ("product design",),
        )


async def test_a_name_that_is_known_may_be_the_same(app_on: MakeApp, store: Store, tmp_path: Path) -> None:
    with store.transaction("Set up") as tx:
        tx.put(Person(id="ada", name="Ada Ng", company="Acme", emails=("a@x.example",)))
    text = "Name;Company;Email\nBen Lee;Beta;\nAda Ng;Acme;ada@y.example\n"
    async with app_on().run_test(size=(120, 36)) as pilot:
        await read_in(pilot, tmp_path / "a.csv", text, "2 new")
        assert "1 name perhaps known already" in text_of(pilot.app)
        assert "perhaps known" in text_of(pilot.app)
        await press(pilot, "equals_sign")
        await until(pilot, lambda: "1 new, 1 changed" in text_of(pilot.app))
        assert "emails + ada@y.example" in text_of(pilot.app)
        await press(pilot, "b")
        await until(pilot, lambda: store.count(Person) == 2)
    ada = store.get(Person, "ada")
    assert ada is not None
    assert ada.emails == ("a@x.example", "ada@y.example")


async def test_what_can_not_be_read_goes_to_a_file(app_on: MakeApp, desk: Desk, tmp_path: Path) -> None:
    desk.downloads.mkdir()
    text = "Name;Company\nAda Ng;Acme\nBen;Lee;Beta\n"
    async with app_on().run_test(size=(120, 36)) as pilot:
        await read_in(pilot, tmp_path / "a.csv", text, "1 left out")
        await press(pilot, "w", "enter")
        await until(pilot, lambda: "Wrote 1 line" in text_of(pilot.app))
    assert (desk.downloads / "left-out-a.csv").read_text() == "Name;Company\nBen;Lee;Beta\n"


@pytest.fixture
def held_keep(monkeypatch: pytest.MonkeyPatch) -> Held:
    """Keeping an import waits at its first word of progress, until it is let go on."""
    from data.imports import keeping

    held = Held()
    real = keeping.keep

    def slow(store: Store, plan: ImportPlan, progress: Progress) -> keeping.ImportResult:
        def told(done: int, total: int) -> None:
            held.reached.set()
            assert held.go_on.wait(20)
            if not held.deaf:
                progress(done, total)

        return real(store, plan, told)

    monkeypatch.setattr(keeping, "keep", slow)
    monkeypatch.setattr(quiet, "BUSY_SECONDS", 0.02)
    return held


async def held_up(pilot: Pilot[int], held: Held) -> None:
    """An import whose people are just being brought in."""
    await opened(pilot)
    await press(pilot, "enter")
    await until(pilot, lambda: LOOKED_AT in text_of(pilot.app))
    await pilot.press("b")
    await until(pilot, held.reached.is_set)


async def ended(pilot: Pilot[int]) -> None:
    await until(pilot, lambda: not [w for w in pilot.app.workers if w.group == "import" and w.is_running])


async def test_stopping_an_import_leaves_no_trace(
    app_on: MakeApp, store: Store, file: Path, held_keep: Held
) -> None:
    async with app_on().run_test(size=(80, 24)) as pilot:
        await held_up(pilot, held_keep)
        await pilot.press("escape")
        held_keep.go_on.set()
        await until(pilot, lambda: "Stopped; nothing was kept." in text_of(pilot.app))
        await ended(pilot)
    assert (store.count(Person), store.undo_title) == (0, None)


async def test_an_import_that_was_kept_before_it_could_be_stopped_is_not_called_stopped(
    app_on: MakeApp, store: Store, file: Path, held_keep: Held
) -> None:
    held_keep.deaf = True
    async with app_on().run_test(size=(80, 24)) as pilot:
        await held_up(pilot, held_keep)
        await pilot.press("escape")
        await until(pilot, lambda: "Stopping…" in text_of(pilot.app))
        assert "nothing was kept" not in text_of(pilot.app)
        held_keep.go_on.set()
        await until(pilot, lambda: "Brought in" in text_of(pilot.app))
    assert store.count(Person) > 0


@pytest.mark.parametrize(
    ("key", "deaf", "words"),
    [
        ("5", False, "Brought in"),
        ("1", False, "The import was stopped; nothing was kept."),
        ("1", True, "Brought in"),
    ],
)
async def test_who_goes_elsewhere_while_people_are_brought_in_is_told_how_it_ended(
    app_on: MakeApp, store: Store, file: Path, held_keep: Held, key: str, deaf: bool, words: str
) -> None:
    held_keep.deaf = deaf
    async with app_on().run_test(size=(80, 24)) as pilot:
        await held_up(pilot, held_keep)
        await press(pilot, key)
        held_keep.go_on.set()
        await until(pilot, lambda: words in text_of(pilot.app))
        await press(pilot, "1")
    assert (store.count(Person) > 0) is (words == "Brought in")


async def test_who_looks_at_the_help_while_people_are_brought_in_comes_back_to_an_empty_page(
    app_on: MakeApp, store: Store, file: Path, held_keep: Held
) -> None:
    async with app_on().run_test(size=(80, 24)) as pilot:
        await held_up(pilot, held_keep)
        await press(pilot, "question_mark")
        held_keep.go_on.set()
        await until(pilot, lambda: store.count(Person) > 0)
        await ended(pilot)
        await press(pilot, "escape")
        assert "Brought in" in text_of(pilot.app)
        assert "Choose a file first" in pilot.app.screen.why_not("keep")  # type: ignore[attr-defined]

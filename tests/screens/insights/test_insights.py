"""The insights screen, as a user sees it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace
from rich.cells import cell_len
from textual.pilot import Pilot

from data.actions import conversation
from data.clock import FixedClock
from data.insights.asking import next_to_ask
from data.insights.facts import Facts
from data.meetings.bank import BANK
from data.meetings.capture import Line
from data.records import Direction, Entry, EntryKind, Lead, LeadState, Person, Question, Stage, TouchKind
from data.store import Store
from screens.desk import Desk
from screens.insights.growth import asking, growth
from screens.insights.rows import PAGES
from screens.insights.screen import InsightsScreen
from screens.insights.text import bar
from screens.person.screen import PersonScreen
from screens.ports import CopyOutcome
from screens.widgets.rows import FILL, row_text
from tests.data.messages import situations as made
from tests.screens.conftest import RecordingClipboard
from tests.screens.hands import press, settle, typed, until
from tests.screens.meeting_desk import meeting, person, screen_name
from tests.screens.seen import text_of
from tui.app import InroadApp
from tui.config import Config

AppOn = Callable[[], InroadApp]
SIZES = [(120, 36), (80, 24), (60, 40), (200, 60)]


def fill(store: Store) -> None:
    """Priya led to Maria, who answered, was met, and gave a lead; a hostile name hangs below her."""
    with store.transaction("Filled") as tx:
        made.priya(tx)
        made.maria(tx, introduced_by="priya", stage=Stage.MET)
        tx.put(Person(id="bob", name="Bob [/red] \x1b]52;x\x07" + "王" * 300, introduced_by="maria"))
        made.touch(tx, TouchKind.OUTREACH, 9)
        meeting = made.met(tx, days=2)
        tx.put(replace(meeting, questions=(Question(id="q", text="How did you start? " * 12),)))
        answer = "By chance [/] " + "long " * 400
        tx.put(Entry(id="a", meeting=meeting.id, kind=EntryKind.ANSWER, text=answer, question="q"))
        tx.put(Lead(id="l", giver="maria", text="Jonas [/red]"))


async def opened(pilot: Pilot[int]) -> InsightsScreen:
    await press(pilot, "5")
    screen = pilot.app.screen
    assert isinstance(screen, InsightsScreen)
    return screen


@pytest.mark.parametrize("size", SIZES)
async def test_empty_pages_teach(app_on: AppOn, size: tuple[int, int]) -> None:
    taught = [
        "first message",
        "Nobody is left to ask",
        "Referrals answer most",
        "Twelve weeks",
        "Who else should I talk to",
        "! before a line",
        "side by side",
    ]
    async with app_on().run_test(size=size) as pilot:
        await opened(pilot)
        for words in taught:
            assert words in text_of(pilot.app)
            await pilot.press("j")
            await pilot.pause()


@pytest.mark.parametrize("size", SIZES)
async def test_pages_show_numbers_and_pictures(app_on: AppOn, store: Store, size: tuple[int, int]) -> None:
    fill(store)
    expected = [
        ("Asked", "█", "100 %", "Ask next", "Bob [/red] ␛]52;x", "the same day"),
        ("1  Bob [/red] ␛]52;x",),
        ("People I know", "100 %"),
        ("this week", "1 message", "1 meeting"),
        ("▾ Priya Nair", "└─ ▾ Maria Chen", "Bob [/red] ␛]52;x"),
        ("! Maria Chen", "Jonas [/red]", "act on it"),
        ("How did you start?", "Maria Chen", "By chance [/]"),
    ]
    async with app_on().run_test(size=size) as pilot:
        await opened(pilot)
        for words in expected:
            seen = text_of(pilot.app)
            for word in words:
                assert word in seen
            assert not {"\x1b", "\x07"} & set(seen)
            await pilot.press("j")
            await pilot.pause()


@pytest.mark.parametrize("width", [60, 79, 80])
async def test_a_page_is_never_narrower_than_its_pictures(app_on: AppOn, width: int) -> None:
    async with app_on().run_test(size=(width, 24)) as pilot:
        screen = await opened(pilot)
        assert screen._page.text_width >= _NARROWEST


async def test_tree_folds(app_on: AppOn, store: Store) -> None:
    fill(store)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await opened(pilot)
        await pilot.press("j", "j", "j", "j", "l", "j", "space")
        await pilot.pause()
        seen = text_of(pilot.app)
        assert "▸ Maria Chen" in seen
        assert "Bob" not in seen
        await pilot.press("z", "z")
        await pilot.pause()
        assert "▸ Priya Nair" in text_of(pilot.app)


async def test_a_branch_opens_again_and_what_is_folded_stays_so_whatever_comes_in(
    app_on: AppOn, store: Store
) -> None:
    fill(store)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await opened(pilot)
        await press(pilot, "space")
        assert "There is no branch to fold here." in text_of(pilot.app)
        await press(pilot, "z")
        assert "Only “Who led to whom” has branches to fold." in text_of(pilot.app)
        await press(pilot, *"jjjj", "enter", "j", "space")
        assert "▸ Maria Chen" in text_of(pilot.app)
        await press(pilot, "space")
        assert "Bob" in text_of(pilot.app)
        await press(pilot, "space")
        with store.transaction("Came in") as tx:
            tx.put(Person(id="new", name="Somebody New", introduced_by="priya"))
        await settle(pilot)
        seen = text_of(pilot.app)
        assert "Somebody New" in seen
        assert "▸ Maria Chen" in seen
        assert "Bob" not in seen


async def test_whoever_comes_in_is_looked_at_for_whom_to_ask(app_on: AppOn, store: Store) -> None:
    async with app_on().run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await press(pilot, "j")
        assert "Nobody is left to ask" in text_of(pilot.app)
        fill(store)
        await settle(pilot)
        assert "1  Bob [/red]" in text_of(pilot.app)


@pytest.mark.parametrize("left", [True, False])
async def test_each_chapter_opens_at_its_top(app_on: AppOn, store: Store, left: bool) -> None:
    fill(store)
    if not left:  # Then nothing on the first page can be chosen.
        with store.transaction("Asked") as tx:
            made.touch(tx, TouchKind.OUTREACH, 3, "bob")
    async with app_on().run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        await press(pilot, "G", "l", "G")
        assert screen._page.scroll_offset.y > 0
        await press(pilot, "h", "g")
        assert screen._page.scroll_offset.y == 0
        await press(pilot, "l", "G")
        assert screen._page.scroll_offset.y > 0
        await press(pilot, "h", "j", "k")
        assert screen._page.scroll_offset.y == 0
        assert "From the first message" in text_of(pilot.app)


async def test_what_could_not_be_copied_is_not_said_to_be(app_on: AppOn, store: Store, desk: Desk) -> None:
    fill(store)

    class Broken(RecordingClipboard):
        def copy(self, text: str) -> CopyOutcome:
            return CopyOutcome("failed", "There is no clipboard here.")

    app = InroadApp(replace(desk, clipboard=Broken()), Config())
    async with app.run_test(size=(120, 36)) as pilot:
        await opened(pilot)
        await press(pilot, "c")
        assert "There is no clipboard here." in text_of(app)
        assert "as Markdown" not in text_of(app)


async def test_what_can_not_be_done_any_more_when_its_turn_comes_says_so(
    app_on: AppOn, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app_on().run_test(size=(120, 36)) as pilot:
        screen = await opened(pilot)
        reasons = iter(["", "It is too late."])
        monkeypatch.setattr(screen, "why_not", lambda name: next(reasons, "") if name == "copy" else "")
        screen.run_command("copy")
        await settle(pilot)
        assert "It is too late." in text_of(pilot.app)
    assert isinstance(desk.clipboard, RecordingClipboard)
    assert desk.clipboard.copied == []


def test_pictures_and_counts_say_the_same(store: Store, clock: FixedClock) -> None:
    fill(store)
    with store.transaction("Asked, and silent") as tx:
        made.touch(tx, TouchKind.OUTREACH, 9, "bob")
        tx.put(Lead(id="told", giver="maria", text="Told", state=LeadState.REPORTED))
        tx.put(Lead(id="more", giver="maria", text="More"))
        question = Question(id="q2", text="How did you start? " * 12)
        other = tx.put(replace(made.met(tx, days=1, person="priya"), questions=(question,)))
        tx.put(Entry(id="b", meeting=other.id, kind=EntryKind.ANSWER, text="Too", question="q2"))
    facts = Facts(store, clock)
    shown = {
        key: [row_text(text.row) for text in page(store, facts, 77, frozenset())] for key, _, page in PAGES
    }
    (source,) = (row for row in shown["sources"] if "People I know" in row)
    assert source.count("█") == source.count("░") > 3
    waiting = next(row for row in shown["growth"] if "no answer yet" in row)
    assert ("░" in waiting, "█" in waiting) == (True, False)
    assert "2 messages and 2 meetings in 12 weeks" in shown["weeks"][-1]
    assert shown["tree"][0].startswith("1 person led to 2 others")
    assert shown["owed"][0] == "2 things that somebody waits to hear of"
    assert [row for row in shown["owed"] if "✓" in row] == ["  ✓ ! Told told"]
    assert shown["answers"][0].endswith("2 answers")


async def test_a_long_answer_can_be_read_to_its_end(app_on: AppOn, store: Store) -> None:
    fill(store)
    async with app_on().run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        await pilot.press("G", "l", "G")
        await pilot.pause()
        assert screen._page.scroll_offset.y > 0
        assert text_of(pilot.app).count("long long") > 5


async def test_a_large_tree_opens_folded(app_on: AppOn, store: Store) -> None:
    with store.transaction("Filled") as tx:
        for number in range(120):
            giver = f"p{number // 10}" if number >= 10 else ""
            tx.put(Person(id=f"p{number}", name=f"Person {number:03}", introduced_by=giver))
    async with app_on().run_test(size=(120, 36)) as pilot:
        await opened(pilot)
        await press(pilot, "j", "j", "j", "j")
        assert "▸ Person 001" in text_of(pilot.app)
        assert "Person 015" not in text_of(pilot.app)
        await press(pilot, "l", "z")
        assert "Person 015" in text_of(pilot.app)


async def test_what_cannot_be_chosen_can_still_be_read(app_on: AppOn, store: Store) -> None:
    fill(store)
    async with app_on().run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        await press(pilot, "l")
        assert "Nov 2026" not in text_of(pilot.app)
        await press(pilot, *"jjjjjjjjjjjj")
        assert "Nov 2026" in text_of(pilot.app)
        await press(pilot, *"kkkkkkkkkkkkkk")
        assert screen._page.scroll_offset.y == 0
        await press(pilot, "G")
        assert "Nov 2026" in text_of(pilot.app)


async def test_enter_opens_whom_to_ask_next(app_on: AppOn, store: Store) -> None:
    fill(store)
    async with app_on().run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await press(pilot, "j", "l", "enter")
        assert isinstance(pilot.app.screen, PersonScreen)
        assert "Bob" in text_of(pilot.app)


async def test_copy_as_markdown(app_on: AppOn, store: Store, desk: Desk) -> None:
    fill(store)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await opened(pilot)
        await pilot.press("c")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert "as Markdown" in text_of(pilot.app)
    assert isinstance(desk.clipboard, RecordingClipboard)
    assert desk.clipboard.copied[0].startswith("# My network, Mon 23 Nov 2026")


async def test_new_facts_show_at_once(app_on: AppOn, store: Store) -> None:
    async with app_on().run_test(size=(120, 36)) as pilot:
        await opened(pilot)
        fill(store)
        await pilot.pause()
        await pilot.pause()
        assert "From the first message to news" in text_of(pilot.app)


_NARROWEST = 48
"""What 80 columns leave for a page beside the chapters and its scrollbar."""


@pytest.mark.parametrize("width", [_NARROWEST, 77, 160])
def test_pictures_fit_beside_their_numbers(store: Store, clock: FixedClock, width: int) -> None:
    fill(store)
    with store.transaction("By chance") as tx:
        made.met(tx, days=1, person="priya")
    facts = Facts(store, clock)
    for key, _, page in PAGES:
        if key in ("growth", "sources", "weeks"):
            for text in page(store, facts, width, frozenset()):
                assert sum(cell_len(part[0]) for part in text.row if part is not FILL) <= width
    said = [part[0] for text in growth(store, facts, width, frozenset()) for part in text.row]
    assert "1 person met without being asked before" in said


def test_those_on_the_board_are_counted_whatever_else_speaks_for_them(
    store: Store, clock: FixedClock
) -> None:
    fill(store)
    with store.transaction("More") as tx:
        for number in range(4):
            tx.put(Person(id=f"n{number}", name=f"N {number}", stage=Stage.NETWORK))
            if number:
                made.touch(tx, TouchKind.OUTREACH, 9, f"n{number}")
                made.touch(tx, TouchKind.ANSWER_YES, 8, f"n{number}", direction=Direction.IN)
        tx.put(Person(id="chosen", name="Chosen", stage=Stage.TO_ASK))
    facts = Facts(store, clock)
    *_, facts.next = next_to_ask(facts, store.profile)
    chosen = next(each for each in facts.next if each.person.id == "chosen")
    assert chosen.reasons == ("you chose them already", "4 of 4 people you know answered")
    last = asking(store, facts, 80, frozenset())[-1].row[0][0]
    assert last.endswith("  1 of them is on the board")


def test_bars() -> None:
    assert bar(0, 10, 10) == ""
    assert bar(10, 10, 10) == "█" * 10
    assert bar(1, 1000, 10) == "▌"
    assert bar(3, 4, 2) == "█▌"
    assert bar(5, 0, 10) == ""
    assert len(PAGES) == 7


async def test_any_question_is_chosen_and_its_answers_read(
    desk: Desk, clock: FixedClock, app_on: Callable[[], InroadApp]
) -> None:
    for name, said in (("Maria Chen", "by accident [/]"), ("Sam Okafor", "through a friend")):
        kept = meeting(desk, person(desk, name))
        conversation.begin(desk.store, clock, kept.id)
        conversation.keep_lines(
            desk.store, clock, kept.id, [Line(EntryKind.NOTE, said)], kept.questions[0].id
        )
        conversation.end(desk.store, clock, kept.id)
    app = app_on()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("5", "slash")
        await until(pilot, lambda: screen_name(app) == "AnswersWindow")
        await pilot.press("slash")
        await typed(pilot, "line of work")
        await until(pilot, lambda: "2 answers" in text_of(app))
        await pilot.press("enter", "enter")
        await until(pilot, lambda: screen_name(app) == "ReadText")
        await until(pilot, lambda: "by accident [/]" in text_of(app))
        assert "through a friend" in text_of(app)
        assert BANK[0].text[:20] in text_of(app)

"""What the eye finds on a screen, at sizes and in colours that the pictures do not hold."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from msgspec.structs import replace
from textual.widgets import TextArea

from data.clock import FixedClock
from data.demo import fill
from data.records import Entry, EntryKind, Introduction, Lead, Meeting, MeetingStatus, Person
from data.store import Store
from screens.dialogs import AskLine, Field, Form
from screens.widgets.rows import row_text
from screens.widgets.timeline import draw_row, timeline
from tests.screens.conftest import NOW
from tests.screens.hands import press, settle, until
from tests.screens.seen import text_of
from tui.app import InroadApp

MakeApp = Callable[[], InroadApp]

WIDE, TALL, SMALL = (200, 60), (60, 100), (80, 24)
LONG = "I taught ten-year-olds in Leeds for eight years and learnt how people learn. " * 4


async def test_no_bar_is_cut_beside_the_scrollbar(app_on: MakeApp, store: Store, clock: FixedClock) -> None:
    fill(store, clock)
    app = app_on()
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "5")
        await until(pilot, lambda: "Ask next" in text_of(app))
        seen = text_of(app)
        assert "██" in seen
        assert "█…" not in seen


async def test_prose_is_no_wider_than_it_can_be_read(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    fill(store, clock)
    with store.transaction("Longer") as tx:
        for introduction in store.all(Introduction):
            tx.put(replace(introduction, text=LONG))
        for meeting in store.all(Meeting):
            tx.put(replace(meeting, research=LONG, objective=LONG))
    app = app_on()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "2")
        await until(pilot, lambda: "Research" in text_of(app))
        lines = [line for line in text_of(app).splitlines() if "ten-year-olds" in line or "learnt" in line]
        assert len(lines) > 6
        assert max(len(line.split("││")[-1].strip("│ ")) for line in lines) <= 104


async def test_a_message_is_no_wider_than_it_can_be_read(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    fill(store, clock)
    app = app_on()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "4", "e")
        app.screen.query_one("#body", TextArea).text = LONG
        for key in ("left", "escape"):
            await press(pilot, key)
            lines = [
                line for line in text_of(app).splitlines() if "ten-year-olds" in line or "learnt" in line
            ]
            assert len(lines) == 3
            assert max(len(line.split("││")[-1].strip("│ ")) for line in lines) <= 104


async def test_a_date_at_the_right_edge_is_near_what_it_belongs_to(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    fill(store, clock)
    app = app_on()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "3")
        await settle(pilot)
        (line,) = [line for line in text_of(app).splitlines() if "Marek Zieliński" in line]
        assert len(line.rstrip("│ ")) <= 124


async def test_the_givers_of_the_ledger_stand_in_a_column(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    fill(store, clock)
    app = app_on()
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "6")
        await settle(pilot)
        lines = [line for line in text_of(app).splitlines() if "  tell " in line or "  write to" in line]
        names = ("Kwame Mensah", "Priya Nair", "Tomás Rey", "Marek Zieliński")
        starts = {line.rfind(name) for line in lines for name in names if line.rfind(name) > 50}
        assert len(lines) == 5
        assert len(starts) == 1


async def test_a_narrow_line_on_top_names_as_many_screens_as_it_can(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    fill(store, clock)
    app = app_on()
    async with app.run_test(size=TALL) as pilot:
        await settle(pilot)
        top = text_of(app).splitlines()[0]
        assert top.split()[:6] == ["1", "Board", "2", "Prep", "3", "Meeting"]
        assert "4 Follow-ups 8" in top
        await pilot.resize_terminal(30, 40)
        await settle(pilot)
        top = text_of(app).splitlines()[0]
        assert "1 Board" in top
        assert "4 (8)" in top


async def test_a_window_ends_below_its_keys(app_on: MakeApp, store: Store, clock: FixedClock) -> None:
    fill(store, clock)
    app = app_on()
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "ctrl+g")
        lines = text_of(app).splitlines()
        (keys,) = (place for place, line in enumerate(lines) if "your editor" in line)
        assert "╰───" in lines[keys + 1]


async def test_a_high_screen_gives_its_room_to_lists(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    fill(store, clock)
    app = app_on()
    async with app.run_test(size=TALL) as pilot:
        await press(pilot, "2")
        assert all(name in text_of(app) for name in ("Maria Chen", "Omar Haddad", "Ferrer", "Achterberg"))
        await press(pilot, "5")
        assert "Answers side by side" in text_of(app)
        await press(pilot, "ctrl+p")
        assert "Leave Inroad" in text_of(app)


async def test_a_long_introduction_can_be_read_to_its_end(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    fill(store, clock)
    with store.transaction("Longer") as tx:
        for introduction in store.all(Introduction):
            tx.put(replace(introduction, text=LONG * 20 + "This is its end."))
    app = app_on()
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "2", "r")
        assert "This is its end." not in text_of(app)
        await press(pilot, "end")
        await until(pilot, lambda: "This is its end." in text_of(app))
        await press(pilot, "space")
        assert "s left" in text_of(app)


async def test_what_an_empty_screen_teaches_is_whole(app_on: MakeApp) -> None:
    app = app_on()
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "5")
        await settle(pilot)
        assert "find whom to ask." in text_of(app)
        await press(pilot, "6")
        await settle(pilot)
        assert sum("╭" in line for line in text_of(app).splitlines()) == 1


async def test_a_narrow_high_screen_says_in_find_what_people_do(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    fill(store, clock)
    app = app_on()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "f", "escape", "j")
        await until(pilot, lambda: "Daniel Okeke" in text_of(app))
        await pilot.resize_terminal(*TALL)
        await settle(pilot)
        seen = text_of(app)
        assert "Product designer · Harbor Health · London" in seen
        cursor = [line for line in seen.splitlines() if "▌" in line]
        assert len(cursor) == 2
        assert "David Kim" in cursor[0]
        await press(pilot, "G", "k")
        assert sum("▌" in line for line in text_of(app).splitlines()) == 2
        await pilot.resize_terminal(*SMALL)
        await settle(pilot)
        assert sum("▌" in line for line in text_of(app).splitlines()) == 1


async def test_a_high_screen_shows_all_questions_of_a_meeting(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    fill(store, clock)
    app = app_on()
    async with app.run_test(size=TALL) as pilot:
        await press(pilot, "3", "enter", "enter")
        await until(pilot, lambda: "0 of 6 asked" in text_of(app))
        assert "more" not in next(line for line in text_of(app).splitlines() if "0 of 6 asked" in line)
        assert "Who else should I talk to" in text_of(app)


@pytest.mark.parametrize(("size", "air"), [(SMALL, 0), ((120, 36), 1)])
async def test_a_window_has_one_empty_line_above_its_keys(
    app_on: MakeApp, store: Store, clock: FixedClock, size: tuple[int, int], air: int
) -> None:
    fill(store, clock)
    app = app_on()
    async with app.run_test(size=size) as pilot:
        for key in ("T", "a", "ctrl+g", "e"):
            await press(pilot, key)
            frame = app.screen.query_one(".window")
            *_, last, keys = (part.region for part in frame.children if part.display)
            assert keys.y - last.bottom == 1, key
            assert frame.region.bottom - keys.bottom == 1 + air, key
            await press(pilot, "escape")


async def test_what_is_wrong_with_a_line_has_a_sign(app_on: MakeApp, store: Store, clock: FixedClock) -> None:
    fill(store, clock)
    app = app_on()
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "s", *"blah", "enter")
        assert "! Inroad can't read “blah”" in text_of(app)
        await press(pilot, "ctrl+u", *"tomorrow")
        await press(pilot, "space", *"10:30")
        assert "✓ " in text_of(app)


@pytest.mark.parametrize("count", [3, 12])
async def test_the_label_of_the_line_that_is_typed_in_stands_out(app_on: MakeApp, count: int) -> None:
    async with app_on().run_test(size=(80, 24)) as pilot:
        pilot.app.push_screen(Form("Some", [Field(f"f{each}", f"Label {each}") for each in range(count)]))
        await settle(pilot)

        def bold() -> list[str]:
            strips = pilot.app.screen._compositor.render_strips(pilot.app.size)
            return [
                part.text.strip()
                for strip in strips
                for part in strip
                if part.text.startswith("Label") and part.style is not None and part.style.bold
            ]

        assert bold() == ["Label 0"]
        await press(pilot, "tab")
        assert bold() == ["Label 1"]
        await press(pilot, "shift+tab")
        assert bold() == ["Label 0"]


async def test_a_long_question_is_whole_or_says_that_it_is_not(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    fill(store, clock)
    with store.transaction("Longer") as tx:
        for meeting in store.all(Meeting):
            first, second, *_ = meeting.questions or (None, None)
            if first and second:
                whole = f"{LONG[:160]}, to the end?"
                questions = replace(first, text=whole), replace(second, text=LONG * 9)
                tx.put(replace(meeting, questions=questions))
    app = app_on()
    async with app.run_test(size=(80, 60)) as pilot:
        await press(pilot, "2", "G")
        assert "to the end?" in text_of(app)
        assert "… (e shows all of it)" in text_of(app)


async def test_what_stands_beside_a_list_is_cut_by_no_scrollbar(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    fill(store, clock)
    with store.transaction("Longer") as tx:
        for lead in store.all(Lead):
            tx.put(replace(lead, outcome="word and another wörd " * 80))
    app = app_on()
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "6")
        await settle(pilot)
        about = text_of(app).split("╰")[1]
        assert "word and another" in about
        assert "…" not in about


async def test_endless_names_leave_room_for_others(app_on: MakeApp, store: Store, clock: FixedClock) -> None:
    fill(store, clock)
    with store.transaction("Longer") as tx:
        for person in store.all(Person):
            tx.put(replace(person, name="陈美丽 " * 400))
    app = app_on()
    async with app.run_test(size=TALL) as pilot:
        await press(pilot, "5", "j")
        await until(pilot, lambda: " 1 " in text_of(app))
        await until(pilot, lambda: " 9 " in text_of(app))
        await press(pilot, "1", "f")
        await until(pilot, lambda: "Who fits best" in text_of(app))
        await settle(pilot)
        assert "……" not in text_of(app)


async def test_a_window_about_a_long_text_shows_where_to_type(app_on: MakeApp) -> None:
    app = app_on()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        app.push_screen(AskLine("Which day?", "word " * 2_000))
        await settle(pilot)
        assert "word word" in text_of(app)
        assert "word…" in text_of(app)
        assert "esc cancel" in text_of(app)


def test_minutes_after_an_hour_stand_in_the_column_of_the_others() -> None:
    texts = ("one", "two " * 40)
    entries = [
        Entry(
            id=str(place), meeting="m", kind=EntryKind.NOTE, text=text, at=NOW + timedelta(minutes=58 * place)
        )
        for place, text in enumerate((*texts, "three"), 0)
    ]
    rows = [row_text(draw_row(row, 60)[0]) for row in timeline(entries, NOW, 60)]
    starts = {len(row) - len(row.lstrip(" 0123456789:")) for row in rows}
    assert "1:56:00" in rows[-1]
    assert len(starts) == 1
    assert max(map(len, rows)) <= 60


async def test_what_is_still_to_be_asked_is_in_sight(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    fill(store, clock)
    meeting = next(each for each in store.all(Meeting) if each.started is not None and each.questions)
    *asked, last = meeting.questions
    with store.transaction("Runs again") as tx:
        asked = [replace(each, asked=NOW) for each in asked]
        open_ = replace(last, asked=None, text="Who else?")
        again = replace(meeting, status=MeetingStatus.RUNNING, started=NOW, ended=None, wrapped=None)
        again = replace(again, promised_end=NOW + timedelta(minutes=20), current_question="")
        tx.put(replace(again, questions=(*asked, open_)))
    app = app_on()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "Who else?" in text_of(app)


async def test_what_is_listed_of_meetings_stands_in_columns(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    fill(store, clock)
    app = app_on()
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "3")
        await until(pilot, lambda: "Past: enter reads the notes" in text_of(app))
        lines = text_of(app).splitlines()
        begins = {
            line.index(title)
            for line in lines
            for title in ("Product designer,", "Design director,", "Design recruiter,")
            if title in line
        }
        assert len(begins) == 1


async def test_a_filter_that_is_left_says_what_it_is(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    fill(store, clock)
    app = app_on()
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "slash", *"design", "enter")
        assert "Filter  design" in text_of(app)
        await press(pilot, "escape")
        assert "Filter" not in text_of(app)


async def test_a_deep_tree_leaves_room_for_the_names(app_on: MakeApp, store: Store) -> None:
    with store.transaction("A long chain") as tx:
        for number in range(40):
            by = f"p{number - 1}" if number else ""
            tx.put(Person(id=f"p{number}", name=f"Somebody {number} of Many", introduced_by=by))
    app = app_on()
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "5", "j", "j", "j", "j", "l")
        await until(pilot, lambda: "led to" in text_of(app))
        assert "Somebody 4 of Many" in text_of(app)
        await press(pilot, "G")
        assert "Somebody 39 of Many" in text_of(app)
        assert "Somebody 25" in text_of(app)


async def test_a_question_of_the_bank_can_be_read_and_its_category_is_in_sight(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    fill(store, clock)
    app = app_on()
    async with app.run_test(size=TALL) as pilot:
        await press(pilot, "2", "a", "j")
        await settle(pilot)
        assert "coming, you included?" in " ".join(text_of(app).replace("│", " ").split())
        await press(pilot, "left")
        await settle(pilot)
        assert "Referrals" in text_of(app)

"""The board: cards and what comes next, moves that mean something, several at once, narrow terminals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

import pytest

from data.clock import FixedClock
from data.records import (
    FollowUp,
    FollowUpKind,
    FollowUpState,
    Kind,
    Lead,
    Meeting,
    Person,
    PersonLine,
    Source,
    Stage,
    Tier,
    Touch,
    TouchKind,
)
from data.store import Store
from screens.board.screen import BoardScreen
from screens.scope import check_handlers
from screens.widgets.lines import Lines
from screens.widgets.rows import Row
from tests.screens.conftest import Outside
from tests.screens.hands import press, settle, write
from tests.screens.people import assert_safe, hostile, put
from tests.screens.seen import text_of
from tui.app import InroadApp

MakeApp = Callable[[], InroadApp]


def stage_of(store: Store, person: Person) -> Stage:
    found = store.get(Person, person.id)
    assert found is not None
    return found.stage


def open_kinds(store: Store, person: Person) -> set[FollowUpKind]:
    found = store.where(FollowUp, person=person.id)
    return {each.kind for each in found if each.state is FollowUpState.OPEN}


def cards(app: object) -> str:
    """The screen without the line that says what comes next."""
    assert isinstance(app, InroadApp)
    lines = text_of(app).split("\n")
    return "\n".join((lines[0], *lines[2:]))


def test_every_command_has_a_handler() -> None:
    assert check_handlers(BoardScreen) == []


async def test_cards_say_who_it_is_and_what_comes_next(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    priya = put(store, clock, "Priya Nair", Stage.IN_TOUCH, title="Recruiter", company="Shopify", tier=Tier.A)
    put(store, clock, "Sam Okafor", title="PM", company="Stripe", introduced_by=priya.id)
    async with app_on().run_test(size=(160, 36)) as pilot:
        await settle(pilot)
        seen = text_of(pilot.app)
        assert "Sam Okafor" in seen
        assert "PM · Stripe" in seen
        assert "via Priya Nair" in seen
        assert "check-in in 35 d" in seen


async def test_moving_on_to_asked_logs_the_message_and_books_the_nudge(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    sam = put(store, clock, "Sam Okafor")
    async with app_on().run_test(size=(120, 36)) as pilot:
        await press(pilot, "L")
        assert "How did you ask Sam Okafor?" in text_of(pilot.app)
        await press(pilot, "l")
        assert stage_of(store, sam) is Stage.ASKED
        assert [touch.kind for touch in store.where(Touch, person=sam.id)] == [TouchKind.OUTREACH]
        assert open_kinds(store, sam) == {FollowUpKind.NUDGE}
        seen = text_of(pilot.app)
        assert "Moved Sam Okafor to Asked. Next: nudge in 9 d." in seen
        await press(pilot, "H")
        assert stage_of(store, sam) is Stage.TO_ASK, "the cursor went along with the card"
        assert open_kinds(store, sam) == set()
        await press(pilot, "u", "u")
        assert "Undid: Moved Sam Okafor to Asked." in text_of(pilot.app)
        assert stage_of(store, sam) is Stage.TO_ASK


async def test_given_up_windows_change_nothing(app_on: MakeApp, store: Store, clock: FixedClock) -> None:
    sam = put(store, clock, "Sam Okafor")
    before = store.undo_title
    async with app_on().run_test(size=(120, 36)) as pilot:
        for key in ("L", "a", "w", "s", "p", "T", "number_sign", "M", "e", "i", "n", "N", "ctrl+g"):
            await press(pilot, key, "escape")
        assert stage_of(store, sam) is Stage.TO_ASK
        assert store.undo_title == before


async def test_scheduling_shows_how_the_time_is_read(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    sam = put(store, clock, "Sam Okafor", Stage.ASKED)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await press(pilot, "l", "s")
        await write(pilot, "thu 3pm")
        assert "Thu 26 Nov 2026, 15:00" in text_of(pilot.app)
        # esc is one step back, and what was typed is still there.
        await press(pilot, "enter", "enter", "escape")
        assert "How long did you ask for?" in text_of(pilot.app)
        await press(pilot, "escape")
        assert "thu 3pm" in text_of(pilot.app)
        await press(pilot, "enter", "enter", "p")
        meeting = store.where(Meeting, person=sam.id)[0]
        assert f"{meeting.starts:%Y-%m-%d %H:%M}" == "2026-11-26 15:00"
        assert (meeting.zone, meeting.minutes) == ("Europe/Berlin", 20)
        assert stage_of(store, sam) is Stage.SCHEDULED
        assert open_kinds(store, sam) == {FollowUpKind.CONFIRM}


async def test_a_planned_meeting_gets_another_time_and_collisions_are_said(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    from data.actions.meetings import schedule

    sam, lena = put(store, clock, "Sam Okafor"), put(store, clock, "Lena Fischer")
    for person, hour in ((sam, 10), (lena, 15)):
        schedule(store, clock, person, starts=datetime(2026, 11, 26, hour), zone="Europe/Berlin")  # noqa: DTZ001
    async with app_on().run_test(size=(120, 36)) as pilot:
        await press(pilot, "l", "l", "s")
        assert "Move Thu 26 Nov 2026, 10:00" in text_of(pilot.app)
        await press(pilot, "1")
        await write(pilot, "thu 3pm")
        assert "At that time you meet Lena Fischer, too!" in text_of(pilot.app)
        await press(pilot, "ctrl+u")
        await write(pilot, "fri 9:00")
        await press(pilot, "enter")
        (meeting,) = store.where(Meeting, person=sam.id)
        assert f"{meeting.starts:%d %H:%M}" == "27 09:00"


async def test_a_past_time_is_refused_with_what_can_be_typed(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    put(store, clock, "Sam Okafor")
    async with app_on().run_test(size=(120, 36)) as pilot:
        await press(pilot, "s")
        await write(pilot, "today 9:00")
        await press(pilot, "enter")
        assert "is past" in text_of(pilot.app)
        assert store.count(Meeting) == 0


async def test_the_cursor_stays_with_a_card_that_a_meeting_moves(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    put(store, clock, "Lena Fischer", Stage.ASKED)
    maria = put(store, clock, "Maria Chen", Stage.ASKED)
    async with app_on().run_test(size=(80, 24)) as pilot:
        board = pilot.app.screen
        assert isinstance(board, BoardScreen)
        await press(pilot, "l", "j")
        assert [person.id for person in board.chosen()] == [maria.id]
        await press(pilot, "s")
        await write(pilot, "fri 3pm")
        await press(pilot, "enter", "enter", "enter")
        assert [person.id for person in board.chosen()] == [maria.id]
        assert board.chosen()[0].stage is Stage.SCHEDULED
        await press(pilot, "u")
        assert board.chosen()[0].stage is Stage.ASKED


@pytest.mark.parametrize("keys", [("W",), ("L", "w")])
async def test_writing_to_somebody_to_ask_leads_to_the_drafted_message(
    app_on: MakeApp, store: Store, clock: FixedClock, keys: tuple[str, ...]
) -> None:
    sam = put(store, clock, "Sam Okafor")
    async with app_on().run_test(size=(120, 36)) as pilot:
        await press(pilot, *keys)
        assert open_kinds(store, sam) == {FollowUpKind.OUTREACH}
        assert "Hi Sam" in text_of(pilot.app)
        await press(pilot, "1", *keys)
        assert len(store.where(FollowUp, person=sam.id)) == 1


@pytest.mark.parametrize(
    ("key", "kinds"),
    [("y", {FollowUpKind.CUSTOM}), ("n", {FollowUpKind.THANK_YOU})],
)
async def test_answers_are_noted_in_one_key(
    app_on: MakeApp, store: Store, clock: FixedClock, key: str, kinds: set[FollowUpKind]
) -> None:
    sam = put(store, clock, "Sam Okafor", Stage.ASKED)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await press(pilot, "l", "a", key)
        assert open_kinds(store, sam) == kinds


async def test_not_now_asks_for_the_day(app_on: MakeApp, store: Store, clock: FixedClock) -> None:
    sam = put(store, clock, "Sam Okafor", Stage.ASKED)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await press(pilot, "l", "a", "l")
        await write(pilot, "15 jan")
        assert "Fri 15 Jan 2027" in text_of(pilot.app)
        await press(pilot, "enter")
        found = store.get(Person, sam.id)
        assert found is not None
        assert found.look_again_on == date(2027, 1, 15)


async def test_talk_to_somebody_else_brings_that_person_on_the_board(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    sam = put(store, clock, "Sam Okafor", Stage.ASKED)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await press(pilot, "l", "a", "s")
        await write(pilot, "Jonas Weber")
        await press(pilot, "ctrl+s")
        jonas = next(line for line in store.people() if line.name == "Jonas Weber")
        assert (jonas.introduced_by, jonas.stage, jonas.source) == (sam.id, Stage.TO_ASK, Source.REFERRAL)
        assert store.count(Lead) == 1
        assert "via Sam Okafor" in text_of(pilot.app)


async def test_a_touch_is_logged(app_on: MakeApp, store: Store, clock: FixedClock) -> None:
    sam = put(store, clock, "Sam Okafor")
    async with app_on().run_test(size=(120, 36)) as pilot:
        await press(pilot, "w", "t")
        await write(pilot, "liked my post")
        await press(pilot, "enter")
        touch = store.where(Touch, person=sam.id)[0]
        assert (touch.direction.value, touch.text) == ("in", "liked my post")


async def test_one_line_adds_somebody_and_the_cursor_is_there(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    put(store, clock, "Priya Nair", Stage.IN_TOUCH)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await press(pilot, "n")
        await write(pilot, "Sam Okafor, PM @ Stripe via Priya Nair #fintech")
        assert "Sam Okafor · PM at Stripe · via Priya Nair · #fintech" in text_of(pilot.app)
        await press(pilot, "enter")
        assert "Added Sam Okafor. Introduced by Priya Nair." in text_of(pilot.app)
        screen = pilot.app.screen
        assert isinstance(screen, BoardScreen)
        assert [person.name for person in screen.chosen()] == ["Sam Okafor"]


async def test_a_group_has_a_card_and_no_tier(app_on: MakeApp, store: Store) -> None:
    async with app_on().run_test(size=(120, 36)) as pilot:
        await press(pilot, "N")
        await write(pilot, "Hanover alumni")
        await press(pilot, "ctrl+s")
        group = store.people()[0]
        assert (group.kind, group.stage) == (Kind.GROUP, Stage.TO_ASK)
        assert "group · alumni" in text_of(pilot.app)
        await press(pilot, "T")
        assert "A group has no tier" in text_of(pilot.app)


async def test_whom_do_you_know_copies_the_message_and_notes_it(app_on: MakeApp, store: Store) -> None:
    app = app_on()
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "N")
        await write(pilot, "Hanover alumni")
        await press(pilot, "ctrl+s", "i", "w", "ctrl+s")
        group = store.people()[0]
        assert group.stage is Stage.ASKED
        touch = store.where(Touch, person=group.id)[0]
        assert touch.kind is TouchKind.INTRO_REQUEST
        assert touch.text
        assert app.desk.clipboard.copied == [touch.text]  # type: ignore[attr-defined]


async def test_several_are_tagged_parked_and_removed_together(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    people = [put(store, clock, name) for name in ("Ada", "Ben", "Cyd")]
    async with app_on().run_test(size=(120, 36)) as pilot:
        await press(pilot, "space", "space")
        assert "2 selected" in text_of(pilot.app)
        await press(pilot, "number_sign")
        await write(pilot, "berlin")
        await press(pilot, "enter")
        tagged = [line.name for line in store.people() if line.tags == ("berlin",)]
        assert tagged == ["Ada", "Ben"]
        await press(pilot, "g", "space", "space", "p", "enter")
        assert [stage_of(store, person) for person in people[:2]] == [Stage.PARKED] * 2
        assert stage_of(store, people[2]) is Stage.TO_ASK
        await press(pilot, "x")
        assert [line.name for line in store.people()] == ["Ada", "Ben"]
        await press(pilot, "u")
        assert len(store.people()) == 3


async def test_moving_several_in_one_step(app_on: MakeApp, store: Store, clock: FixedClock) -> None:
    people = [put(store, clock, name) for name in ("Ada", "Ben")]
    async with app_on().run_test(size=(120, 36)) as pilot:
        await press(pilot, "space", "space", "L", "m")
        assert [stage_of(store, person) for person in people] == [Stage.ASKED] * 2
        assert "Moved 2 people to Asked" in text_of(pilot.app)
        await press(pilot, "u")
        assert [stage_of(store, person) for person in people] == [Stage.TO_ASK] * 2


async def test_to_met_with_what_was_said_leads_to_the_wrap_up(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    sam = put(store, clock, "Sam Okafor", Stage.SCHEDULED)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await press(pilot, "l", "l", "L", "enter", "f")
        assert stage_of(store, sam) is Stage.MET
        assert FollowUpKind.THANK_YOU in open_kinds(store, sam)


async def test_the_filter_narrows_all_columns_and_esc_takes_it_back(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    put(store, clock, "Sam Okafor", company="Stripe")
    put(store, clock, "Lena Fischer", Stage.ASKED, company="N26")
    async with app_on().run_test(size=(120, 36)) as pilot:
        await press(pilot, "slash")
        await write(pilot, "n26")
        seen = cards(pilot.app)
        assert "Lena Fischer" in seen
        assert "Sam Okafor" not in seen
        assert "0 of 1" in seen
        await press(pilot, "enter")
        assert [person.name for person in _board(pilot.app).chosen()] == ["Lena Fischer"]
        await press(pilot, "escape")
        assert "Sam Okafor" in text_of(pilot.app)


async def test_letters_are_text_in_the_filter(app_on: MakeApp, store: Store, clock: FixedClock) -> None:
    put(store, clock, "Sam Okafor")
    async with app_on().run_test(size=(120, 36)) as pilot:
        await press(pilot, "slash")
        await write(pilot, "xuqtnLH#")
        assert len(store.people()) == 1
        assert "Nobody matches." in text_of(pilot.app)


async def test_a_narrow_terminal_shows_one_column_with_tabs(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    put(store, clock, "Sam Okafor")
    put(store, clock, "Lena Fischer", Stage.ASKED)
    async with app_on().run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        seen = cards(pilot.app)
        assert "Sam Okafor" in seen
        assert "Lena Fischer" not in seen
        assert "Asked 1" in seen
        await press(pilot, "l")
        assert "Lena Fischer" in text_of(pilot.app)
        await pilot.resize_terminal(130, 30)
        await settle(pilot)
        assert "Sam Okafor" in text_of(pilot.app)
        assert [person.name for person in _board(pilot.app).chosen()] == ["Lena Fischer"]
        await pilot.resize_terminal(60, 100)
        await settle(pilot)
        assert "Sam Okafor" not in cards(pilot.app)
        assert_safe(text_of(pilot.app), 60)


async def test_empty_columns_say_what_to_do(app_on: MakeApp) -> None:
    async with app_on().run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        seen = text_of(pilot.app)
        assert "n   adds somebody" in seen
        assert "association of" in seen
        assert "f   finds in your" in seen
        await press(pilot, "a")
        assert "Nobody is selected here" in text_of(pilot.app)


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (60, 100), (200, 60)])
async def test_hostile_names_are_drawn_harmless(
    app_on: MakeApp, store: Store, clock: FixedClock, size: tuple[int, int]
) -> None:
    hostile(store, clock)
    async with app_on().run_test(size=size) as pilot:
        for _ in range(9):
            await press(pilot, "j")
            assert_safe(text_of(pilot.app), size[0])
        await press(pilot, "L")
        assert_safe(text_of(pilot.app), size[0])


async def test_names_of_any_kind_survive_an_edit_unchanged(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    people = hostile(store, clock)
    async with app_on().run_test(size=(120, 36)) as pilot:
        for _ in people:
            await press(pilot, "e")
            assert_safe(text_of(pilot.app), 120)
            await press(pilot, "ctrl+s", "j")
    kept = {line.id: line.name for line in store.people()}
    assert kept == {person.id: person.name for person in people}


async def test_three_thousand_cards_draw_only_what_is_seen(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    with store.transaction("Added many") as tx:
        for number in range(3_000):
            tx.put(Person(id=f"p{number}", name=f"Person {number:04}", stage=Stage.TO_ASK))
    async with app_on().run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        column = pilot.app.screen.query_one("#column-to_ask", Lines)
        drawn: list[str] = []
        draw = column._draw_item

        def counted(person: PersonLine, width: int) -> Sequence[Row]:
            drawn.append(person.id)
            return draw(person, width)

        column._draw_item = counted
        await press(pilot, "G")
        assert 0 < len(drawn) < 60
        assert "Person 2999" in text_of(pilot.app)


async def test_the_line_above_goes_to_the_most_urgent_thing(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    sam = put(store, clock, "Sam Okafor", Stage.MET)
    with store.transaction("Booked") as tx:
        tx.put(
            FollowUp(
                id="f1",
                person=sam.id,
                kind=FollowUpKind.THANK_YOU,
                due=clock.now().date() - timedelta(days=1),
            )
        )
    async with app_on().run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        assert "Next: !! thank Sam Okafor (1 d overdue)" in text_of(pilot.app)
        assert "!! thank-you" in cards(pilot.app)
        await press(pilot, "t")
        assert pilot.app.screen.__class__.__name__ == "FollowUpsScreen"


async def test_the_page_of_somebody_is_opened(
    app_on: MakeApp, store: Store, clock: FixedClock, outside: Outside
) -> None:
    put(store, clock, "Ada", linkedin="https://www.linkedin.com/in/ada-ng")
    put(store, clock, "Ben", emails=("ben@example.com",))
    put(store, clock, "Cyd")
    async with app_on().run_test(size=(120, 36)) as pilot:
        await press(pilot, "o", "j", "o", "j", "o")
        assert [address.partition(":")[0] for address in outside.opened] == ["https", "mailto"]
        assert "No page or mail address of Cyd is known" in text_of(pilot.app)


def _board(app: object) -> BoardScreen:
    assert isinstance(app, InroadApp)
    assert isinstance(app.screen, BoardScreen)
    return app.screen


async def test_a_coffee_without_a_laptop_is_logged_with_its_length_and_wrapped_up(
    store: Store, clock: FixedClock, app_on: Callable[[], InroadApp]
) -> None:
    from data.records import Entry, EntryKind, Meeting
    from screens.dialogs import WriteText

    put(store, clock, "Maria Chen", Stage.IN_TOUCH)
    app = app_on()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "l", "l", "l", "l", "w", "w", *["backspace"] * 5)
        await write(pilot, "today 12-12:45pm")
        assert "12:00–12:45, 45 min" in text_of(app)
        await press(pilot, "enter", "w")
        assert isinstance(app.screen, WriteText)
        await pilot.press("exclamation_mark", *"Jonas", "enter", *"nice")
        await press(pilot, "escape")
        # Left by mistake: what was typed stands there again.
        await press(pilot, "w", "w", *["backspace"] * 5)
        await write(pilot, "today 12pm")
        await press(pilot, "enter", "w")
        assert "How long did you talk?" in text_of(app)
        await press(pilot, "down", "enter")
        assert "Jonas" in text_of(app)
        await press(pilot, "ctrl+s")
        (meeting,) = store.all(Meeting)
        assert meeting.started is not None
        assert meeting.ended is not None
        assert (meeting.ended - meeting.started).total_seconds() == 15 * 60
        assert [(each.kind, each.text) for each in store.all(Entry)] == [
            (EntryKind.LEAD, "Jonas"),
            (EntryKind.NOTE, "nice"),
        ]
        assert "Wrap-up: Maria Chen" in text_of(app)

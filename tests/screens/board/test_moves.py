"""What is done to people from the board, by the keys of `screens/people`: asked, answered, met, parked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest

from data.actions.meetings import schedule
from data.clock import FixedClock
from data.records import (
    Entry,
    EntryKind,
    FollowUp,
    FollowUpKind,
    Lead,
    Meeting,
    Person,
    Source,
    Stage,
    Touch,
    TouchKind,
)
from data.store import Store
from screens.dialogs import WriteText
from tests.screens.conftest import Outside
from tests.screens.hands import press, write
from tests.screens.people import assert_safe, hostile, open_kinds, put, stage_of
from tests.screens.seen import text_of
from tui.app import InroadApp

MakeApp = Callable[[], InroadApp]


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


async def test_to_met_as_a_fact_alone_owes_the_thanks(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    sam = put(store, clock, "Sam Okafor", Stage.SCHEDULED)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await press(pilot, "l", "l", "L", "enter", "f")
        assert stage_of(store, sam) is Stage.MET
        assert FollowUpKind.THANK_YOU in open_kinds(store, sam)
        assert "Moved Sam Okafor to Met. Next: thank-you tomorrow." in text_of(pilot.app)


async def test_to_met_with_what_was_said_leads_to_the_wrap_up(
    app_on: MakeApp, store: Store, clock: FixedClock
) -> None:
    sam = put(store, clock, "Sam Okafor", Stage.SCHEDULED)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await press(pilot, "l", "l", "L", "enter", "w", "enter")
        await write(pilot, "! Jonas Weber at Spotify")
        await press(pilot, "ctrl+s")
        assert "Wrap-up: Sam Okafor" in text_of(pilot.app)
        assert "Jonas Weber at Spotify" in text_of(pilot.app)
    assert stage_of(store, sam) is Stage.MET
    assert [lead.giver for lead in store.all(Lead)] == [sam.id]


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


async def test_a_coffee_without_a_laptop_is_logged_with_its_length_and_wrapped_up(
    store: Store, clock: FixedClock, app_on: Callable[[], InroadApp]
) -> None:
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

"""What somebody tries who has never seen Inroad: a key that means something elsewhere does it, or says so."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual import events

from data.actions import conversation
from data.clock import FixedClock, today
from data.records import (
    PROFILE_ID,
    FollowUp,
    FollowUpKind,
    Lead,
    Meeting,
    Person,
    Profile,
    Stage,
    new_id,
)
from data.store import Store
from screens.desk import Desk
from tests.screens.hands import press, settle, typed, until, write
from tests.screens.meeting_desk import at, meeting, person
from tests.screens.seen import text_of
from tui.app import InroadApp
from tui.config import Config

Make = Callable[[], InroadApp]


def put(store: Store, name: str) -> None:
    with store.transaction(f"Added {name}") as tx:
        tx.put(Person(id=new_id(), name=name, stage=Stage.TO_ASK))


@pytest.mark.parametrize("keys", ["", "slash", "4", "f"])
async def test_ctrl_c_says_what_leads_out(app_on: Make, store: Store, keys: str) -> None:
    put(store, "Sam Okafor")
    async with app_on().run_test(size=(80, 24)) as pilot:
        await press(pilot, *keys.split(), "ctrl+c")
        assert "^q leaves Inroad; everything is kept." in text_of(pilot.app)


async def test_ctrl_c_in_a_window_says_what_leads_out(app_on: Make) -> None:
    async with app_on().run_test(size=(80, 24)) as pilot:
        await press(pilot, "n", "ctrl+c")
        assert "esc closes this window. ^q leaves Inroad" in text_of(pilot.app)


async def test_ctrl_q_leaves_from_a_window_and_what_was_typed_there_is_back(app_on: Make) -> None:
    app = app_on()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "n")
        await write(pilot, "Sam Oka")
        await pilot.press("ctrl+q")
        await until(pilot, lambda: app._exit)
    async with app_on().run_test(size=(80, 24)) as pilot:
        await press(pilot, "n")
        assert "Sam Oka" in text_of(pilot.app)


@pytest.mark.parametrize("key", ["question_mark", "f7", "q", "escape"])
async def test_the_keys_are_closed_as_they_were_opened(app_on: Make, key: str) -> None:
    async with app_on().run_test(size=(80, 24)) as pilot:
        await press(pilot, "question_mark")
        assert "do it" in text_of(pilot.app)
        await press(pilot, key)
        assert "do it" not in text_of(pilot.app)
        assert not pilot.app._exit


async def test_a_colon_finds_commands_and_colon_q_leaves(app_on: Make) -> None:
    app = app_on()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "colon")
        assert "A command, a name" in text_of(app)
        await write(pilot, "W")
        found = text_of(app).split("─ Search ─")[1]
        assert found.index("Write  ") < found.index("New  ")
        await press(pilot, "backspace")
        await write(pilot, "q")
        await pilot.press("enter")
        await until(pilot, lambda: app._exit)


async def test_enter_behind_space_takes_no_question_off_again(app_on: Make, desk: Desk) -> None:
    planned = meeting(desk, questions=0)
    async with app_on().run_test(size=(80, 24)) as pilot:
        await press(pilot, "2", "a", "space", "down", "space", "enter")
        assert "Questions to choose from" not in text_of(pilot.app)
        kept = desk.store.get(Meeting, planned.id)
        assert kept is not None
        assert len(kept.questions) == 2
        await press(pilot, "a", "space", "down", "up", "enter")
        assert "2 on the list" in text_of(pilot.app)


async def test_a_meeting_begun_early_is_promised_no_longer_than_it_was(
    app_on: Make, desk: Desk, clock: FixedClock
) -> None:
    planned = meeting(desk)
    clock.set(at(14, 56))
    conversation.begin(desk.store, clock, planned.id)
    async with app_on().run_test(size=(80, 24)) as pilot:
        await press(pilot, "f3")
        assert "promised 20 min · until 15:20" in text_of(pilot.app)


async def test_two_leads_of_one_giver_are_told_apart_and_a_mail_says_where_to(
    app_on: Make, store: Store, desk: Desk
) -> None:
    now, day = desk.clock.now(), today(desk.clock)
    with store.transaction("Set up") as tx:
        tx.put(Person(id="m", name="Mia Ott", stage=Stage.MET, emails=("[mia]@x.example",)))
        for name in ("Ana [/] Berg", "Jo Ray"):
            tx.put(Lead(id=name, giver="m", text=f"talk to {name}", name=name, captured=now))
            kind = FollowUpKind.LEAD
            tx.put(FollowUp(id=f"f{name}", person="m", kind=kind, lead=name, due=day, created=now))
        tx.put(FollowUp(id="t", person="m", kind=FollowUpKind.CHECK_IN, due=day, created=now))
    async with app_on().run_test(size=(120, 36)) as pilot:
        await press(pilot, "4")
        assert "Act on Ana [/] Berg" in text_of(pilot.app)
        assert "Act on Jo Ray, Mia Ott’s lead" in text_of(pilot.app)
        await press(pilot, "G")
        assert "Mail to [mia]@x.example" in text_of(pilot.app)


@pytest.mark.parametrize("size", [(40, 8), (20, 5)])
async def test_what_is_typed_in_a_window_is_seen_on_the_lowest_terminal(
    app_on: Make, size: tuple[int, int]
) -> None:
    async with app_on().run_test(size=(80, 24)) as pilot:
        await press(pilot, "n")
        await write(pilot, "Sam Okafor")
        await pilot.resize_terminal(*size)
        await settle(pilot)
        assert "Sam Oka" in text_of(pilot.app)


async def test_ctrl_s_says_that_all_is_kept_and_it_is(app_on: Make, desk: Desk) -> None:
    planned = meeting(desk)
    conversation.begin(desk.store, desk.clock, planned.id)
    async with app_on().run_test(size=(80, 24)) as pilot:
        await press(pilot, "f3")
        await typed(pilot, "half a thou")
        await press(pilot, "ctrl+s")
        assert "Everything is kept as you type it" in text_of(pilot.app)
        assert desk.drafts.get(f"meeting:{planned.id}") == "half a thou"


async def test_several_pasted_lines_go_into_one_and_none_is_dropped(app_on: Make, store: Store) -> None:
    async with app_on().run_test(size=(80, 24)) as pilot:
        await press(pilot, "n")
        pilot.app.post_message(events.Paste("\n  Sam Okafor\r\nPM at   Stripe\n\n#fintech\n"))
        await settle(pilot)
        assert "Sam Okafor · PM at Stripe · #fintech" in text_of(pilot.app)
        await press(pilot, "enter", "slash")
        pilot.app.post_message(events.Paste("sam\noka"))
        await settle(pilot)
        assert "sam oka" in text_of(pilot.app)
    (sam,) = store.all(Person)
    assert (sam.name, sam.title, sam.company, sam.tags) == ("Sam Okafor", "PM", "Stripe", ("fintech",))


@pytest.mark.parametrize("typed", ["25 min", "25 Minutes", " 25m"])
async def test_minutes_are_read_as_people_type_them(desk: Desk, store: Store, typed: str) -> None:
    store.save_profile(Profile(id=PROFILE_ID))
    async with InroadApp(desk, Config()).run_test(size=(80, 24)) as pilot:
        await press(pilot, "shift+tab", "ctrl+u")
        await write(pilot, typed)
        await press(pilot, "enter")
        assert store.profile.usual_minutes == 25


async def test_who_leaves_in_the_middle_of_a_meeting_is_told_that_it_goes_on(
    app_on: Make, desk: Desk, store: Store
) -> None:
    app = app_on()
    planned = meeting(desk, person(desk, "Maria [/]Chen"))
    conversation.begin(store, desk.clock, planned.id)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "f3", "escape")
        await pilot.press("q")
        await until(pilot, lambda: app._exit)
        (said,) = app._exit_renderables
    assert str(said) == "The meeting with Maria [/]Chen goes on; `inroad` opens it where you left it."

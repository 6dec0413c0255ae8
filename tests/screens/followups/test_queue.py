"""The list of what is owed: what stands in it, and what each way to be done with a thing leads to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from data.followups.occasions import Occasion
from data.records import (
    Channel,
    FollowUp,
    FollowUpKind,
    FollowUpState,
    Lead,
    LeadKind,
    LeadState,
    Person,
    Stage,
    Touch,
)
from data.store import Store
from screens.desk import Desk
from screens.widgets.lines import Lines
from tests.data.messages import situations as made
from tests.screens.conftest import RecordingClipboard
from tests.screens.followups.owing import HOSTILE, fill, followup, opened, person
from tests.screens.hands import press, write
from tests.screens.seen import text_of
from tui.app import InroadApp

AppOn = Callable[[], InroadApp]


@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
async def test_empty_says_that_is_all(app_on: AppOn, size: tuple[int, int]) -> None:
    async with app_on().run_test(size=size) as pilot:
        await opened(pilot)
        seen = text_of(pilot.app)
        assert "…" not in seen
        assert "That is all for today." in seen
        await press(pilot, "d")
        assert "Nothing is owed to anybody" in text_of(pilot.app)


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (60, 40), (200, 60)])
async def test_list_reason_and_message(app_on: AppOn, store: Store, size: tuple[int, int]) -> None:
    fill(store)
    async with app_on().run_test(size=size) as pilot:
        await opened(pilot)
        seen = text_of(pilot.app)
        assert "Overdue" in seen
        assert "!! Nudge Lena Fischer" in seen
        assert "3 d" in seen
        assert "Today" in seen
        assert "Later" in seen
        assert "Hi Lena," in seen
        await press(pilot, "j")
        seen = text_of(pilot.app)
        assert "You talked today." in seen
        assert "A portfolio is a" in seen
        assert "Hi Maria," in seen


async def test_hostile_text_is_drawn_as_text(app_on: AppOn, store: Store) -> None:
    fill(store)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await opened(pilot)
        await press(pilot, "G")
        seen = text_of(pilot.app)
        assert "Bob [/red] ␛]52;c;aGk=" in seen
        assert not {"\x1b", "\x07", "\u202e"} & set(seen)
    assert followup(store, "ask").why == HOSTILE


async def test_done_goes_on_to_the_next(app_on: AppOn, store: Store) -> None:
    fill(store)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await opened(pilot)
        await press(pilot, "d")
        assert "Hi Maria," in text_of(pilot.app)
        await press(pilot, "d")
        assert "That is all for today" in text_of(pilot.app)
        await press(pilot, "u")
        assert "Undid: Thanked Maria Chen" in text_of(pilot.app)
    assert followup(store, "thanks").state is FollowUpState.OPEN


@pytest.mark.parametrize(
    ("keys", "due"),
    [
        (("1",), date(2026, 11, 24)),
        (("3",), date(2026, 11, 26)),
        (("w",), date(2026, 11, 30)),
        (("d", *"3 dec", "enter"), date(2026, 12, 3)),
        (("escape",), date(2026, 11, 20)),
        (("d", *"yesterday", "enter", "escape"), date(2026, 11, 20)),
    ],
)
async def test_snooze(app_on: AppOn, store: Store, keys: tuple[str, ...], due: date) -> None:
    fill(store)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await opened(pilot)
        await press(pilot, "s")
        for key in keys:
            await press(pilot, "space" if key == " " else key)
    assert followup(store, "nudge").due == due


async def test_after_a_snooze_the_next_one_is_under_the_cursor(app_on: AppOn, store: Store) -> None:
    fill(store)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await opened(pilot)
        lines = pilot.app.screen.query_one("#queue", Lines)
        following = next(item for item in lines.items[lines.cursor + 1 :] if not item.head)
        await press(pilot, "s", "w")
        assert followup(store, "nudge").due == date(2026, 11, 30)
        assert lines.current is not None
        assert lines.current.key == following.key


async def test_skip_keeps_the_reason(app_on: AppOn, store: Store) -> None:
    fill(store)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await opened(pilot)
        await press(pilot, "S")
        await press(pilot, *"met", "enter")
    kept = followup(store, "nudge")
    assert (kept.state, kept.skip_reason) == (FollowUpState.SKIPPED, "met")


async def test_tab_walks_through_the_messages(app_on: AppOn, store: Store) -> None:
    fill(store)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await opened(pilot)
        await press(pilot, "tab")
        assert "Hi Maria," in text_of(pilot.app)
        await press(pilot, "shift+tab")
        assert "Hi Lena," in text_of(pilot.app)


async def test_lead_without_message_and_its_outcome(app_on: AppOn, store: Store) -> None:
    with store.transaction("x") as tx:
        made.maria(tx, stage=Stage.MET)
        made.lead(tx, kind=LeadKind.RESOURCE, text="the book Org Design", name="", company="")
        tx.put(made.owed(FollowUpKind.LEAD, lead="lead"))
        made.lead(tx, LeadState.ACTED_ON, id="other", acted_on=date(2026, 11, 9))
        tx.put(made.owed(FollowUpKind.LEAD, id="o", lead="other", occasion=Occasion.OUTCOME))
    async with app_on().run_test(size=(120, 36)) as pilot:
        screen = await opened(pilot)
        screen.go_to("followup", "f")
        await pilot.pause()
        assert "Read it, or listen to it." in text_of(pilot.app)
        await press(pilot, "c")
        assert "There is nothing to write here" in text_of(pilot.app)
        await press(pilot, "d")
        screen.go_to("followup", "o")
        await press(pilot, "d")
        await press(pilot, *"nothing", "enter")
    book, person = store.get(Lead, "lead"), store.get(Lead, "other")
    assert book is not None
    assert person is not None
    assert book.state is LeadState.ACTED_ON
    assert (person.state, person.outcome) == (LeadState.OUTCOME, "nothing")


async def test_who_a_lead_names_becomes_somebody_when_written_to(app_on: AppOn, store: Store) -> None:
    with store.transaction("x") as tx:
        made.maria(tx, stage=Stage.MET)
        made.lead(tx, may_use_name=True)
        tx.put(made.owed(FollowUpKind.LEAD, lead="lead"))
    async with app_on().run_test(size=(120, 36)) as pilot:
        await opened(pilot)
        assert "Maria Chen suggested that I write to you." in text_of(pilot.app)
        await press(pilot, "d")
    (jonas,) = [person for person in store.all(Person) if person.name == "Jonas Weber"]
    assert (jonas.stage, jonas.introduced_by) == (Stage.ASKED, "maria")
    (touch,) = store.where(Touch, person=jonas.id)
    assert touch.text.startswith("Hi Jonas,")


async def test_last_nudge_offers_to_park(app_on: AppOn, store: Store) -> None:
    fill(store)
    with store.transaction("x") as tx:
        tx.put(made.owed(FollowUpKind.NUDGE, "lena", id="nudge", number=2, due=date(2026, 11, 20)))
    async with app_on().run_test(size=(120, 36)) as pilot:
        await opened(pilot)
        await press(pilot, "d")
        await press(pilot, "y")
    lena = store.get(Person, "lena")
    assert lena is not None
    assert lena.stage is Stage.PARKED
    assert lena.look_again_on == date(2027, 2, 23)


async def test_after_the_last_nudge_the_next_person_is_asked(app_on: AppOn, store: Store) -> None:
    fill(store)
    with store.transaction("x") as tx:
        tx.put(made.owed(FollowUpKind.NUDGE, "lena", id="nudge", number=2, due=date(2026, 11, 20)))
        tx.put(replace(person(store, "lena"), company="N26"))
        tx.put(Person(id="ana", name="Ana Ruiz", company="N26"))
    async with app_on().run_test(size=(120, 36)) as pilot:
        screen = await opened(pilot)
        await press(pilot, "d")
        assert "Ana Ruiz works at N26, too" in text_of(pilot.app)
        await press(pilot, "a")
        assert (screen._pane.body.startswith("Hi Ana,"), person(store, "ana").stage) == (True, Stage.TO_ASK)
    assert person(store, "lena").stage is Stage.PARKED
    (asked,) = store.where(FollowUp, person="ana")
    assert (asked.kind, asked.due) == (FollowUpKind.OUTREACH, date(2026, 11, 23))


async def test_parked_until_a_day_of_ones_own(app_on: AppOn, store: Store) -> None:
    fill(store)
    with store.transaction("x") as tx:
        tx.put(made.owed(FollowUpKind.NUDGE, "lena", id="nudge", number=2, due=date(2026, 11, 20)))
    async with app_on().run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await press(pilot, "d", "d", "escape")
        assert person(store, "lena").stage is Stage.ASKED
        await press(pilot, "u", "g", "d", "d")
        await write(pilot, "7 jan")
        await press(pilot, "enter")
    assert person(store, "lena").look_again_on == date(2027, 1, 7)


async def test_suggestions_lead_to_what_they_suggest(app_on: AppOn, store: Store) -> None:
    """Someone else there after three days, and a parked person on their day: one key each."""
    fill(store)
    with store.transaction("x") as tx:
        tx.put(replace(person(store, "lena"), company="N26"))
        tx.put(made.owed(FollowUpKind.NUDGE, "lena", id="nudge", number=1, due=date(2026, 12, 1)))
        tx.put(Person(id="ana", name="Ana Ruiz", company="N26"))
        day = date(2026, 11, 23)
        tx.put(Person(id="tom", name="Tom Rey", stage=Stage.PARKED, look_again_on=day))
    async with app_on().run_test(size=(120, 36)) as pilot:
        screen = await opened(pilot)
        screen._list.select("suggestion-someone_else-lena")
        await pilot.pause()
        await press(pilot, "d")
        assert screen._pane.body.startswith("Hi Ana,")
        screen._list.select("suggestion-look_again-tom")
        await pilot.pause()
        await press(pilot, "d", "p")
        await write(pilot, "1 feb")
        await press(pilot, "enter")
        assert person(store, "tom").look_again_on == date(2027, 2, 1)


async def test_five_messages_from_the_home_row(app_on: AppOn, store: Store, desk: Desk) -> None:
    """The whole day without leaving the letters: c copies, d is done and stands on the next. Ten keys."""
    with store.transaction("Five") as tx:
        for number, name in enumerate(("Ana", "Ben", "Cleo", "Dan", "Eve")):
            tx.put(Person(id=name, name=f"{name} Roe", stage=Stage.IN_TOUCH, emails=(f"{name}@x.example",)))
            due = date(2026, 11, 23) - timedelta(days=5 - number)
            tx.put(made.owed(FollowUpKind.CUSTOM, name, id=f"f-{name}", words="the book", due=due))
    clipboard = desk.clipboard
    assert isinstance(clipboard, RecordingClipboard)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await opened(pilot)
        for number in range(5):
            assert f"{5 - number} thing" in text_of(pilot.app)
            await press(pilot, "c")
            await press(pilot, "d")
        seen = text_of(pilot.app)
        assert "That is all for today." in seen
    assert [text.split(",")[0] for text in clipboard.copied] == [
        "Hi Ana",
        "Hi Ben",
        "Hi Cleo",
        "Hi Dan",
        "Hi Eve",
    ]
    sent = sorted(store.all(Touch), key=lambda touch: touch.person)
    assert [touch.text for touch in sent] == clipboard.copied


async def test_what_undo_brings_back_is_under_the_cursor(app_on: AppOn, store: Store) -> None:
    fill(store)
    async with app_on().run_test(size=(120, 36)) as pilot:
        screen = await opened(pilot)
        await press(pilot, "j")
        done = screen._list.current
        assert done is not None
        await press(pilot, "d")
        assert screen._list.current is not None
        assert screen._list.current.key != done.key
        await press(pilot, "g", "u")
        assert screen._list.current is not None
        assert screen._list.current.key == done.key


async def test_new_reminder(app_on: AppOn, store: Store) -> None:
    fill(store)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await opened(pilot)
        await press(pilot, "n")
        await press(pilot, *"cake", "enter")
        await press(pilot, *"fri", "enter")
    (kept,) = [each for each in store.all(FollowUp) if each.words == "cake"]
    assert (kept.person, kept.due) == ("lena", date(2026, 11, 27))


async def test_done_another_way_logs_no_words(app_on: AppOn, store: Store) -> None:
    fill(store)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await opened(pilot)
        await press(pilot, "j", "D")
        await press(pilot, "p")
    (touch,) = [touch for touch in store.where(Touch, person="maria") if touch.followup == "thanks"]
    assert (touch.text, touch.channel) == ("", Channel.PHONE)

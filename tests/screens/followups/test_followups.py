"""The follow-ups screen, as a user sees and uses it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from msgspec.structs import replace
from rich.cells import cell_len
from textual import events
from textual.pilot import Pilot
from textual.widgets import TextArea

from data.followups.occasions import Occasion
from data.messages import Finding, Message, templates
from data.records import (
    Channel,
    EntryKind,
    FollowUp,
    FollowUpKind,
    FollowUpState,
    Lead,
    LeadKind,
    LeadState,
    Person,
    Source,
    Stage,
    Touch,
    TouchKind,
)
from data.store import Store
from screens.desk import Desk
from screens.followups.screen import FollowUpsScreen
from screens.scope import check_handlers
from screens.widgets.lines import Lines
from screens.widgets.message_pane import MessagePane
from screens.widgets.message_view import Draft, MessageView, Owed, message_rows
from screens.widgets.rows import row_text
from tests.data.messages import situations as made
from tests.screens.conftest import Outside, RecordingClipboard
from tests.screens.hands import press, write
from tests.screens.seen import text_of
from tui.app import InroadApp

HOSTILE = "Bob [/red] \x1b]52;c;aGk=\x07 {name} 王 👩‍👩‍👧 \u202egnp"
AppOn = Callable[[], InroadApp]


def fill(store: Store) -> None:
    """Maria was met today, Lena is to be nudged, and Bob has a name that is out to break things."""
    with store.transaction("Filled") as tx:
        made.priya(tx)
        made.maria(tx, introduced_by="priya", stage=Stage.MET, stage_since=made.NOW)
        quote = (EntryKind.QUOTE, "A portfolio is a conversation")
        made.met(tx, (EntryKind.NOTE, "Nine people"), quote)
        tx.put(made.owed(FollowUpKind.THANK_YOU, id="thanks", meeting="m-maria", why="You talked today."))
        tx.put(
            Person(
                id="lena",
                name="Lena Fischer",
                stage=Stage.ASKED,
                linkedin="https://www.linkedin.com/in/lena",
                connected_on=date(2020, 1, 1),
                stage_since=made.NOW - timedelta(days=11),
            )
        )
        made.touch(tx, TouchKind.OUTREACH, 11, "lena", channel=Channel.LINKEDIN)
        tx.put(made.owed(FollowUpKind.NUDGE, "lena", id="nudge", number=1, due=date(2026, 11, 20)))
        tx.put(
            Person(id="bob", name=HOSTILE, company="=cmd|' /C calc'!A0" + "x" * 10_000, stage=Stage.TO_ASK)
        )
        tx.put(made.owed(FollowUpKind.OUTREACH, "bob", id="ask", due=date(2026, 12, 20), why=HOSTILE))


async def opened(pilot: Pilot[int]) -> FollowUpsScreen:
    """Go to the screen."""
    await pilot.press("4")
    await pilot.pause()
    screen = pilot.app.screen
    assert isinstance(screen, FollowUpsScreen)
    return screen


async def settle(pilot: Pilot[int]) -> None:
    """Wait until workers and messages have come to rest."""
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


def followup(store: Store, id: str) -> FollowUp:
    """A stored follow-up."""
    found = store.get(FollowUp, id)
    assert found is not None
    return found


def person(store: Store, id: str) -> Person:
    """A stored person."""
    found = store.get(Person, id)
    assert found is not None
    return found


def test_every_command_has_its_handler() -> None:
    assert check_handlers(FollowUpsScreen) == []


@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
async def test_empty_says_that_is_all(app_on: AppOn, size: tuple[int, int]) -> None:
    async with app_on().run_test(size=size) as pilot:
        await opened(pilot)
        seen = text_of(pilot.app)
        assert "…" not in seen
        assert "That is all for today." in seen
        await pilot.press("d")
        await pilot.pause()
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
        await pilot.press("j")
        await pilot.pause()
        seen = text_of(pilot.app)
        assert "You talked today." in seen
        assert "A portfolio is a" in seen
        assert "Hi Maria," in seen


async def test_hostile_text_is_drawn_as_text(app_on: AppOn, store: Store) -> None:
    fill(store)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await opened(pilot)
        await pilot.press("G")
        await pilot.pause()
        seen = text_of(pilot.app)
        assert "Bob [/red] ␛]52;c;aGk=" in seen
        assert not {"\x1b", "\x07", "\u202e"} & set(seen)
    assert followup(store, "ask").why == HOSTILE


async def test_copy_then_done_logs_the_very_words(app_on: AppOn, store: Store, desk: Desk) -> None:
    fill(store)
    clipboard = desk.clipboard
    assert isinstance(clipboard, RecordingClipboard)
    async with app_on().run_test(size=(120, 36)) as pilot:
        screen = await opened(pilot)
        await pilot.press("j", "c")
        await settle(pilot)
        assert clipboard.copied == [screen.query_one(MessagePane).body]
        assert "Copied" in text_of(pilot.app)
        await pilot.press("C")
        await settle(pilot)
        assert clipboard.copied[1] == "Thank you: “A portfolio is a conversation”"
        await pilot.press("d")
        await settle(pilot)
        assert "Thanked Maria Chen" in text_of(pilot.app)
    assert followup(store, "thanks").state is FollowUpState.DONE
    (touch,) = [touch for touch in store.where(Touch, person="maria") if touch.followup == "thanks"]
    assert touch.text == clipboard.copied[0]
    assert touch.subject == clipboard.copied[1]
    assert touch.channel is Channel.EMAIL
    maria = store.get(Person, "maria")
    assert maria is not None
    assert maria.stage is Stage.IN_TOUCH


async def test_done_goes_on_to_the_next(app_on: AppOn, store: Store) -> None:
    fill(store)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await opened(pilot)
        await pilot.press("d")
        await settle(pilot)
        assert "Hi Maria," in text_of(pilot.app)
        await pilot.press("d")
        await settle(pilot)
        assert "That is all for today" in text_of(pilot.app)
        await pilot.press("u")
        await settle(pilot)
        assert "Undid: Thanked Maria Chen" in text_of(pilot.app)
    assert followup(store, "thanks").state is FollowUpState.OPEN


async def test_editing_is_checked_live_and_kept(app_on: AppOn, store: Store, desk: Desk) -> None:
    fill(store)
    async with app_on().run_test(size=(120, 36)) as pilot:
        screen = await opened(pilot)
        before = screen.query_one(MessagePane).body
        await pilot.press("e")
        await pilot.press(*"Are you hiring? ")
        await pilot.pause()
        seen = text_of(pilot.app)
        assert "Asks for a job" in seen
        assert "line 1" in seen
        screen.keep_drafts()
        assert desk.drafts.get("followup:nudge").startswith("Are you hiring? Hi Lena")
        assert followup(store, "nudge").draft == ""
        await pilot.press("escape")
        await settle(pilot)
        assert followup(store, "nudge").draft == "Are you hiring? " + before
        assert desk.drafts.get("followup:nudge") == ""
        await pilot.press("R")
        await settle(pilot)
        assert screen.query_one(MessagePane).body == before
    assert followup(store, "nudge").draft == ""


async def test_letters_are_text_while_writing(app_on: AppOn, store: Store) -> None:
    fill(store)
    async with app_on().run_test(size=(120, 36)) as pilot:
        screen = await opened(pilot)
        await pilot.press("e")
        await pilot.press(*"cdsSokCwRTpnfqu1")
        await pilot.pause()
        assert screen.query_one(MessagePane).body.startswith("cdsSokCwRTpnfqu1Hi Lena")
        assert pilot.app.screen is screen
    assert followup(store, "nudge").state is FollowUpState.OPEN


async def test_half_written_text_comes_back(app_on: AppOn, store: Store, desk: Desk) -> None:
    fill(store)
    desk.drafts.save("followup:nudge", "Hi Lena, half a")
    async with app_on().run_test(size=(120, 36)) as pilot:
        screen = await opened(pilot)
        assert screen.query_one(MessagePane).body == "Hi Lena, half a"


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
        await pilot.press("s")
        await pilot.pause()
        for key in keys:
            await pilot.press("space" if key == " " else key)
            await pilot.pause()
        await settle(pilot)
    assert followup(store, "nudge").due == due


async def test_after_a_snooze_the_next_one_is_under_the_cursor(app_on: AppOn, store: Store) -> None:
    fill(store)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await opened(pilot)
        lines = pilot.app.screen.query_one("#queue", Lines)
        following = next(item for item in lines.items[lines.cursor + 1 :] if not item.head)
        await pilot.press("s", "w")
        await settle(pilot)
        assert followup(store, "nudge").due == date(2026, 11, 30)
        assert lines.current is not None
        assert lines.current.key == following.key


async def test_skip_keeps_the_reason(app_on: AppOn, store: Store) -> None:
    fill(store)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await opened(pilot)
        await pilot.press("S")
        await pilot.pause()
        await pilot.press(*"met", "enter")
        await settle(pilot)
    kept = followup(store, "nudge")
    assert (kept.state, kept.skip_reason) == (FollowUpState.SKIPPED, "met")


async def test_open_mail_is_encoded(app_on: AppOn, store: Store, outside: Outside) -> None:
    fill(store)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await opened(pilot)
        await pilot.press("j", "o")
        await settle(pilot)
    (address,) = outside.opened
    assert address.startswith("mailto:maria@figma.example?subject=Thank%20you%3A%20%E2%80%9CA")
    assert "%0D%0A" in address


async def test_open_linkedin_with_the_text_on_the_clipboard(
    app_on: AppOn, store: Store, desk: Desk, outside: Outside
) -> None:
    fill(store)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await opened(pilot)
        await pilot.press("o")
        await settle(pilot)
    assert outside.opened == ["https://www.linkedin.com/in/lena"]
    assert isinstance(desk.clipboard, RecordingClipboard)
    assert desk.clipboard.copied[0].startswith("Hi Lena,")


async def test_open_refuses_a_page_elsewhere(app_on: AppOn, store: Store, outside: Outside) -> None:
    fill(store)
    with store.transaction("x") as tx:
        tx.put(
            Person(
                id="lena",
                name="Lena Fischer",
                linkedin="https://linkedin.com.evil.example/in/x",
                stage=Stage.ASKED,
            )
        )
    async with app_on().run_test(size=(120, 36)) as pilot:
        await opened(pilot)
        await pilot.press("o")
        await settle(pilot)
        assert "is no LinkedIn page" in text_of(pilot.app)
    assert outside.opened == []


async def test_editor_changes_subject_and_body(app_on: AppOn, store: Store, outside: Outside) -> None:
    fill(store)
    outside.edited = "Subject: Thanks!\n\nHi Maria,\n\nthank you."
    async with app_on().run_test(size=(120, 36)) as pilot:
        screen = await opened(pilot)
        await pilot.press("j", "ctrl+g")
        await settle(pilot)
        assert screen.query_one(MessagePane).subject == "Thanks!"
    kept = followup(store, "thanks")
    assert (kept.subject, kept.draft) == ("Thanks!", "Hi Maria,\n\nthank you.")


async def test_channel_changes_the_message(app_on: AppOn, store: Store) -> None:
    fill(store)
    async with app_on().run_test(size=(120, 36)) as pilot:
        screen = await opened(pilot)
        await pilot.press("j", "w")
        await pilot.pause()
        await pilot.press("t")
        await settle(pilot)
        assert "Text message" in text_of(pilot.app)
        assert screen.query_one(MessagePane).body.startswith("Hi Maria, thank you for your time today!")
        assert not screen.query_one(MessagePane).subject


async def test_tab_walks_through_the_messages(app_on: AppOn, store: Store) -> None:
    fill(store)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await opened(pilot)
        await pilot.press("tab")
        await pilot.pause()
        assert "Hi Maria," in text_of(pilot.app)
        await pilot.press("shift+tab")
        await pilot.pause()
        assert "Hi Lena," in text_of(pilot.app)


async def test_finding_is_selected_where_it_is(app_on: AppOn, store: Store) -> None:
    with store.transaction("x") as tx:
        made.maria(tx, source=Source.ALUMNI)
        tx.put(made.owed(FollowUpKind.OUTREACH))
    async with app_on().run_test(size=(120, 36)) as pilot:
        screen = await opened(pilot)
        assert "Fill in: your school" in text_of(pilot.app)
        await pilot.press("f")
        await pilot.pause()
        assert screen.query_one("#body", TextArea).selected_text == "[your school]"
        await pilot.press(*"Rice")
        await pilot.pause()
        assert "Reads well" in text_of(pilot.app)


async def test_template_kept_broken_refused_and_restored(app_on: AppOn, store: Store) -> None:
    fill(store)
    name = "thank_you.email"
    async with app_on().run_test(size=(120, 36)) as pilot:
        screen = await opened(pilot)
        await pilot.press("j", "T")
        await pilot.pause()
        area = pilot.app.screen.query_one(TextArea)
        area.text = "Subject: Hey\n\n{{ greeting }} {{ frist_name }}"
        await pilot.pause()
        assert "Line 3: there is no fact called “frist_name”; did you mean “first_name”?" in text_of(
            pilot.app
        )
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert not templates.current(store, name).changed
        area.text = "Subject: Hey\n\n{{ greeting }} many thanks!"
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert screen.query_one(MessagePane).body == "Hi Maria, many thanks!"
        await pilot.press("T")
        await pilot.pause()
        pilot.app.screen.query_one(TextArea).text = ""
        await pilot.press("ctrl+s")
        await settle(pilot)
    assert not templates.current(store, name).changed


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
        await pilot.press("c")
        await settle(pilot)
        assert "There is nothing to write here" in text_of(pilot.app)
        await pilot.press("d")
        await settle(pilot)
        screen.go_to("followup", "o")
        await pilot.press("d")
        await pilot.pause()
        await pilot.press(*"nothing", "enter")
        await settle(pilot)
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
        await pilot.press("d")
        await settle(pilot)
    (jonas,) = [person for person in store.all(Person) if person.name == "Jonas Weber"]
    assert (jonas.stage, jonas.introduced_by) == (Stage.ASKED, "maria")
    (touch,) = store.where(Touch, person=jonas.id)
    assert touch.text.startswith("Hi Jonas,")


async def test_what_is_typed_is_on_disk_when_the_app_ends(app_on: AppOn, store: Store, desk: Desk) -> None:
    fill(store)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await opened(pilot)
        await pilot.press("e", *"Hm ")
        await pilot.pause()
    assert desk.drafts.get("followup:nudge").startswith("Hm Hi Lena")


async def test_last_nudge_offers_to_park(app_on: AppOn, store: Store) -> None:
    fill(store)
    with store.transaction("x") as tx:
        tx.put(made.owed(FollowUpKind.NUDGE, "lena", id="nudge", number=2, due=date(2026, 11, 20)))
    async with app_on().run_test(size=(120, 36)) as pilot:
        await opened(pilot)
        await pilot.press("d")
        await pilot.pause()
        await pilot.press("y")
        await settle(pilot)
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
            await settle(pilot)
            await press(pilot, "d")
            await settle(pilot)
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


async def test_on_a_small_terminal_every_finding_is_seen_and_f_says_why(app_on: AppOn, store: Store) -> None:
    fill(store)
    with store.transaction("x") as tx:
        body = "Hello Lena, my CV is attached, please hire me."
        tx.put(
            made.owed(FollowUpKind.NUDGE, "lena", id="nudge", number=1, due=date(2026, 11, 20), draft=body)
        )
    async with app_on().run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        seen = " ".join(text_of(pilot.app).replace("│", " ").split())
        for what in (
            "Asks for a job",
            "A link or an attachment",
            "No question",
            "No length named",
            "f says why",
        ):
            assert what in seen, seen
        await press(pilot, "f")
        assert "who is asked for a job" in text_of(pilot.app)
        # In the text, f is a letter.
        seen = " ".join(text_of(pilot.app).replace("│", " ").split())
        assert "esc, then f says why" in seen
        await press(pilot, "escape")
        assert "esc, then" not in text_of(pilot.app)


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
        await pilot.press("n")
        await pilot.pause()
        await pilot.press(*"cake", "enter")
        await pilot.pause()
        await pilot.press(*"fri", "enter")
        await settle(pilot)
    (kept,) = [each for each in store.all(FollowUp) if each.words == "cake"]
    assert (kept.person, kept.due) == ("lena", date(2026, 11, 27))


async def test_done_another_way_logs_no_words(app_on: AppOn, store: Store) -> None:
    fill(store)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await opened(pilot)
        await pilot.press("j", "D")
        await pilot.pause()
        await pilot.press("p")
        await settle(pilot)
    (touch,) = [touch for touch in store.where(Touch, person="maria") if touch.followup == "thanks"]
    assert (touch.text, touch.channel) == ("", Channel.PHONE)


async def test_the_fields_come_to_write_and_stay_while_the_terminal_is_left(
    app_on: AppOn, store: Store
) -> None:
    fill(store)
    async with app_on().run_test(size=(120, 36)) as pilot:
        screen = await opened(pilot)
        area, view = screen.query_one("#body", TextArea), screen.query_one(MessageView)
        assert view.display
        assert not area.size
        await pilot.press("e")
        await settle(pilot)
        assert area.has_focus
        assert area.size
        assert not view.size
        await pilot.press("X")
        pilot.app.post_message(events.AppBlur())
        await settle(pilot)
        assert pilot.app.focused is None
        pilot.app.post_message(events.AppFocus())
        await settle(pilot)
        assert area.has_focus
        await pilot.press("Y", "escape")
        await settle(pilot)
        assert screen.query_one(MessagePane).body.startswith("XYHi Lena")
        assert "XYHi Lena" in text_of(pilot.app)
        assert view.size
        assert not area.size
        await pilot.click(MessageView, offset=(10, 12))
        await settle(pilot)
        assert area.has_focus
        assert area.text.startswith("XYHi Lena")


@pytest.mark.parametrize("width", [20, 41, 90])
@pytest.mark.parametrize("brief", [False, True])
def test_a_message_fills_its_room_and_says_where_it_is_cut(width: int, brief: bool) -> None:
    finding = Finding(what=HOSTILE, why=HOSTILE, start=5, end=9)
    message = Message(
        subject=HOSTILE, body=f"{HOSTILE} \n" * 40, gaps=(), channel=Channel.EMAIL, template="thank_you"
    )
    owed = Owed(HOSTILE * 30, HOSTILE * 30, (("!", HOSTILE, True),) * 12, message)
    draft = Draft(owed, message.subject, message.body, (finding,) * 9, "9 words", brief)
    rows = message_rows(draft, width, 40)
    assert len(rows) == 40
    text = [row_text(row) for row in rows]
    assert all(cell_len(line) <= width + 2 for line in text if "\x1b" not in line)
    assert sum("more" in line for line in text) == 2
    assert sum(line.endswith("…") for line in text) == 3

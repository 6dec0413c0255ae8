"""The message: drafted, checked, written in, copied, opened, and logged word for word."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from rich.cells import cell_len
from textual import events
from textual.widgets import TextArea

from data.messages import Finding, Message, templates
from data.records import (
    Channel,
    FollowUpKind,
    FollowUpState,
    Person,
    Source,
    Stage,
    Touch,
)
from data.store import Store
from screens.desk import Desk
from screens.widgets.message_pane import MessagePane
from screens.widgets.message_view import Draft, MessageView, Owed, message_rows
from screens.widgets.rows import row_text
from tests.data.messages import situations as made
from tests.screens.conftest import Outside, RecordingClipboard
from tests.screens.followups.owing import HOSTILE, fill, followup, opened
from tests.screens.hands import press, settle, write
from tests.screens.seen import text_of
from tui.app import InroadApp

AppOn = Callable[[], InroadApp]


async def test_copy_then_done_logs_the_very_words(app_on: AppOn, store: Store, desk: Desk) -> None:
    fill(store)
    clipboard = desk.clipboard
    assert isinstance(clipboard, RecordingClipboard)
    async with app_on().run_test(size=(120, 36)) as pilot:
        screen = await opened(pilot)
        await press(pilot, "j", "c")
        assert clipboard.copied == [screen.query_one(MessagePane).body]
        assert "Copied" in text_of(pilot.app)
        await press(pilot, "C")
        assert clipboard.copied[1] == "Thank you: “A portfolio is a conversation”"
        await press(pilot, "d")
        assert "Thanked Maria Chen" in text_of(pilot.app)
    assert followup(store, "thanks").state is FollowUpState.DONE
    (touch,) = [touch for touch in store.where(Touch, person="maria") if touch.followup == "thanks"]
    assert touch.text == clipboard.copied[0]
    assert touch.subject == clipboard.copied[1]
    assert touch.channel is Channel.EMAIL
    maria = store.get(Person, "maria")
    assert maria is not None
    assert maria.stage is Stage.IN_TOUCH


async def test_editing_is_checked_live_and_kept(app_on: AppOn, store: Store, desk: Desk) -> None:
    fill(store)
    async with app_on().run_test(size=(120, 36)) as pilot:
        screen = await opened(pilot)
        before = screen.query_one(MessagePane).body
        await pilot.press("e")
        await write(pilot, "Are you hiring? ")
        seen = text_of(pilot.app)
        assert "Asks for a job" in seen
        assert "line 1" in seen
        screen.keep_drafts()
        assert desk.drafts.get("followup:nudge").startswith("Are you hiring? Hi Lena")
        assert followup(store, "nudge").draft == ""
        await press(pilot, "escape")
        assert followup(store, "nudge").draft == "Are you hiring? " + before
        assert desk.drafts.get("followup:nudge") == ""
        await press(pilot, "R")
        assert screen.query_one(MessagePane).body == before
    assert followup(store, "nudge").draft == ""


async def test_letters_are_text_while_writing(app_on: AppOn, store: Store) -> None:
    fill(store)
    async with app_on().run_test(size=(120, 36)) as pilot:
        screen = await opened(pilot)
        await pilot.press("e")
        await write(pilot, "cdsSokCwRTpnfqu1")
        assert screen.query_one(MessagePane).body.startswith("cdsSokCwRTpnfqu1Hi Lena")
        assert pilot.app.screen is screen
    assert followup(store, "nudge").state is FollowUpState.OPEN


async def test_half_written_text_comes_back(app_on: AppOn, store: Store, desk: Desk) -> None:
    fill(store)
    desk.drafts.save("followup:nudge", "Hi Lena, half a")
    async with app_on().run_test(size=(120, 36)) as pilot:
        screen = await opened(pilot)
        assert screen.query_one(MessagePane).body == "Hi Lena, half a"


async def test_open_mail_is_encoded(app_on: AppOn, store: Store, outside: Outside) -> None:
    fill(store)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await opened(pilot)
        await press(pilot, "j", "o")
    (address,) = outside.opened
    assert address.startswith("mailto:maria@figma.example?subject=Thank%20you%3A%20%E2%80%9CA")
    assert "%0D%0A" in address


async def test_open_linkedin_with_the_text_on_the_clipboard(
    app_on: AppOn, store: Store, desk: Desk, outside: Outside
) -> None:
    fill(store)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await opened(pilot)
        await press(pilot, "o")
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
        await press(pilot, "o")
        assert "is no LinkedIn page" in text_of(pilot.app)
    assert outside.opened == []


async def test_editor_changes_subject_and_body(app_on: AppOn, store: Store, outside: Outside) -> None:
    fill(store)
    outside.edited = "Subject: Thanks!\n\nHi Maria,\n\nthank you."
    async with app_on().run_test(size=(120, 36)) as pilot:
        screen = await opened(pilot)
        await press(pilot, "j", "ctrl+g")
        assert screen.query_one(MessagePane).subject == "Thanks!"
    kept = followup(store, "thanks")
    assert (kept.subject, kept.draft) == ("Thanks!", "Hi Maria,\n\nthank you.")


async def test_channel_changes_the_message(app_on: AppOn, store: Store) -> None:
    fill(store)
    async with app_on().run_test(size=(120, 36)) as pilot:
        screen = await opened(pilot)
        await press(pilot, "j", "w")
        await press(pilot, "t")
        assert "Text message" in text_of(pilot.app)
        assert screen.query_one(MessagePane).body.startswith("Hi Maria, thank you for your time today!")
        assert not screen.query_one(MessagePane).subject


async def test_finding_is_selected_where_it_is(app_on: AppOn, store: Store) -> None:
    with store.transaction("x") as tx:
        made.maria(tx, source=Source.ALUMNI)
        tx.put(made.owed(FollowUpKind.OUTREACH))
    async with app_on().run_test(size=(120, 36)) as pilot:
        screen = await opened(pilot)
        assert "Fill in: your school" in text_of(pilot.app)
        await press(pilot, "f")
        assert screen.query_one("#body", TextArea).selected_text == "[your school]"
        await press(pilot, *"Rice")
        assert "Reads well" in text_of(pilot.app)


async def test_template_kept_broken_refused_and_restored(app_on: AppOn, store: Store) -> None:
    fill(store)
    name = "thank_you.email"
    async with app_on().run_test(size=(120, 36)) as pilot:
        screen = await opened(pilot)
        await press(pilot, "j", "T")
        area = pilot.app.screen.query_one(TextArea)
        area.text = "Subject: Hey\n\n{{ greeting }} {{ frist_name }}"
        await pilot.pause()
        assert "Line 3: there is no fact called “frist_name”; did you mean “first_name”?" in text_of(
            pilot.app
        )
        await press(pilot, "ctrl+s")
        assert not templates.current(store, name).changed
        area.text = "Subject: Hey\n\n{{ greeting }} many thanks!"
        await press(pilot, "ctrl+s")
        assert screen.query_one(MessagePane).body == "Hi Maria, many thanks!"
        await press(pilot, "T")
        pilot.app.screen.query_one(TextArea).text = ""
        await press(pilot, "ctrl+s")
    assert not templates.current(store, name).changed


async def test_what_is_typed_is_on_disk_when_the_app_ends(app_on: AppOn, store: Store, desk: Desk) -> None:
    fill(store)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await opened(pilot)
        await press(pilot, "e", *"Hm ")
    assert desk.drafts.get("followup:nudge").startswith("Hm Hi Lena")


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


async def test_the_fields_come_to_write_and_stay_while_the_terminal_is_left(
    app_on: AppOn, store: Store
) -> None:
    fill(store)
    async with app_on().run_test(size=(120, 36)) as pilot:
        screen = await opened(pilot)
        area, view = screen.query_one("#body", TextArea), screen.query_one(MessageView)
        assert view.display
        assert not area.size
        await press(pilot, "e")
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
        await press(pilot, "Y", "escape")
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

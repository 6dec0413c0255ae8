"""The meeting's screen: what is typed is kept, the clock is right, and it is all there after a crash."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from textual import events

from data.actions import conversation
from data.clock import FixedClock
from data.drafts import Drafts
from data.meetings.capture import Line
from data.records import (
    Advice,
    Entry,
    EntryKind,
    FollowUp,
    FollowUpKind,
    Lead,
    Meeting,
    MeetingStatus,
    Person,
    Stage,
)
from screens.desk import Desk
from screens.messages import Go
from screens.widgets.note_input import NoteInput
from tests.screens.conftest import Outside
from tests.screens.hands import press, typed, until
from tests.screens.meeting_desk import STARTS, at, meeting, person, screen_name
from tests.screens.seen import text_of
from tui.app import InroadApp

Make = Callable[[], InroadApp]
SIZES = [(120, 36), (80, 24), (60, 100), (200, 60)]


def kept(desk: Desk, meeting_id: str) -> list[tuple[EntryKind, str]]:
    return [(entry.kind, entry.text) for entry in conversation.lines_of(desk.store, meeting_id)]


async def test_six_kinds_are_kept_at_their_minute(desk: Desk, clock: FixedClock, app_on: Make) -> None:
    planned = meeting(desk)
    clock.set(at(15))
    conversation.begin(desk.store, clock, planned.id)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await pilot.press("f3")
        clock.advance(minutes=2, seconds=10)
        await typed(pilot, "nine people\n")
        for line, sign, understood in (
            (
                "! Jonas Weber at Spotify, may use her name",
                "lead ›",
                "Jonas Weber · Spotify · may use the name",
            ),
            ("* show shipped work", "advice ›", ""),
            ('"nobody reads case studies', "quote ›", ""),
            ("@ send my portfolio by fri", "promised ›", "you promised it by Fri 27 Nov 2026"),
            (" * not advice", "› ", ""),
        ):
            await typed(pilot, line)
            await until(pilot, lambda line=line: line.strip() in text_of(pilot.app))  # type: ignore[misc]
            *_, entry, hint, _ = text_of(pilot.app).splitlines()
            assert entry.strip().startswith(sign)
            assert (f"understood: {understood}" in hint) is bool(understood)
            await typed(pilot, "\n")
        await typed(pilot, "by accident")
        await pilot.press("tab")
        await pilot.pause()
        assert kept(desk, planned.id) == [
            (EntryKind.NOTE, "nine people"),
            (EntryKind.LEAD, "Jonas Weber at Spotify, may use her name"),
            (EntryKind.ADVICE, "show shipped work"),
            (EntryKind.QUOTE, "nobody reads case studies"),
            (EntryKind.PROMISE, "send my portfolio by fri"),
            (EntryKind.NOTE, "* not advice"),
            (EntryKind.ANSWER, "by accident"),
        ]
        lead = desk.store.where(Lead, meeting=planned.id)[0]
        assert (lead.name, lead.company, lead.may_use_name) == ("Jonas Weber", "Spotify", True)
        assert desk.store.where(Advice, meeting=planned.id)[0].text == "show shipped work"
        shown = text_of(pilot.app)
        assert "02:10" in shown
        assert "2:10" in shown
        assert "17:50 left" in shown


@pytest.mark.parametrize("size", [(40, 10), (40, 20), (80, 10), (120, 14)])
async def test_on_the_lowest_terminal_the_line_and_the_clock_are_seen(
    desk: Desk, clock: FixedClock, app_on: Make, size: tuple[int, int]
) -> None:
    planned = meeting(desk)
    clock.set(at(15))
    conversation.begin(desk.store, clock, planned.id)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await typed(pilot, "the last line\nhalf ty")
        await pilot.resize_terminal(*size)
        await typed(pilot, "ped")
        for minute, words in ((12, "8:00 left"), (21, "1 min over your promise")):
            clock.set(at(15, minute))
            pilot.app.screen.tick()  # type: ignore[attr-defined]
            await pilot.pause()
            shown = text_of(pilot.app)
            for needed in (words, planned.questions[0].text[:20], "the last line", "half typed"):
                assert needed in shown
        assert "Maria, I promised" in shown


@pytest.mark.parametrize("size", SIZES)
async def test_everything_needed_is_on_one_screen(
    desk: Desk, clock: FixedClock, app_on: Make, size: tuple[int, int]
) -> None:
    planned = meeting(desk)
    clock.set(at(15))
    conversation.begin(desk.store, clock, planned.id)
    async with app_on().run_test(size=size) as pilot:
        await pilot.press("f3")
        await typed(pilot, "the last line\nhalf typed")
        clock.set(at(15, 21))
        pilot.app.screen.tick()  # type: ignore[attr-defined]
        await pilot.pause()
        shown = " ".join(text_of(pilot.app).split())
        assert "1 min over your promise" in shown
        assert planned.questions[0].text[:30] in shown
        assert "the last line" in shown
        assert "half typed" in shown
        assert "Maria, I promised to take 20 minutes" in shown


async def test_a_paste_of_many_lines_is_kept_in_order_as_plain_notes(
    desk: Desk, clock: FixedClock, app_on: Make
) -> None:
    planned = meeting(desk)
    clock.set(at(15))
    conversation.begin(desk.store, clock, planned.id)
    async with app_on().run_test() as pilot:
        await pilot.press("f3")
        await typed(pilot, "before")
        pilot.app.screen.query_one(NoteInput).post_message(events.Paste("* one\r\n/end\n\n! three \x1b[31m"))
        await until(pilot, lambda: len(kept(desk, planned.id)) == 4)
        assert kept(desk, planned.id) == [
            (EntryKind.NOTE, "before"),
            (EntryKind.NOTE, "* one"),
            (EntryKind.NOTE, "/end"),
            (EntryKind.NOTE, "! three \x1b[31m"),
        ]
        assert "\x1b" not in text_of(pilot.app)
        pilot.app.screen.query_one(NoteInput).post_message(events.Paste("* single"))
        await until(pilot, lambda: pilot.app.screen.query_one(NoteInput).value == "* single")
        await pilot.press("enter")
        await until(pilot, lambda: kept(desk, planned.id)[-1] == (EntryKind.NOTE, "* single"))


async def test_the_last_line_is_taken_back_and_its_kind_changed(
    desk: Desk, clock: FixedClock, app_on: Make
) -> None:
    planned = meeting(desk)
    clock.set(at(15))
    conversation.begin(desk.store, clock, planned.id)
    async with app_on().run_test() as pilot:
        await pilot.press("f3")
        await typed(pilot, "! Jonas\nhalf")
        await pilot.press("up", "home", "delete", "*", "enter")
        await pilot.pause()
        assert kept(desk, planned.id) == [(EntryKind.ADVICE, "Jonas")]
        assert desk.store.where(Lead, meeting=planned.id) == []
        assert len(desk.store.where(Advice, meeting=planned.id)) == 1
        assert pilot.app.screen.query_one(NoteInput).value == "half"


async def test_questions_are_turned_and_ticked(desk: Desk, clock: FixedClock, app_on: Make) -> None:
    planned = meeting(desk)
    clock.set(at(15))
    conversation.begin(desk.store, clock, planned.id)
    first, second, third = (question.id for question in planned.questions)

    def now() -> Meeting:
        return desk.store.get(Meeting, planned.id) or planned

    async with app_on().run_test() as pilot:
        await pilot.press("f3", "pagedown")
        await until(pilot, lambda: now().current_question == second)
        await typed(pilot, "/done\n")
        await until(pilot, lambda: now().current_question == third)
        assert [bool(question.asked) for question in now().questions] == [False, True, False]
        await pilot.press("pageup", "pageup", "pageup")
        await until(pilot, lambda: now().current_question == first)
        await pilot.press("escape", "d")
        await until(pilot, lambda: bool(now().questions[0].asked))


async def test_offered_minutes_mute_and_exit_line_are_words_and_keys(
    desk: Desk, clock: FixedClock, app_on: Make
) -> None:
    planned = meeting(desk)
    clock.set(at(15))
    conversation.begin(desk.store, clock, planned.id)

    def now() -> Meeting:
        return desk.store.get(Meeting, planned.id) or planned

    async with app_on().run_test(size=(120, 36)) as pilot:
        await pilot.press("f3")
        await typed(pilot, "/+7\n/mute\n")
        assert [more.minutes for more in now().extensions] == [7]
        assert now().muted
        await pilot.press("escape", "plus", "m", "x")
        assert [more.minutes for more in now().extensions] == [7, 5]
        assert not now().muted
        await pilot.pause()
        assert "may we stop here?" in " ".join(text_of(pilot.app).split())
        assert "until 15:32" in text_of(pilot.app)
        clock.set(at(15, 31))
        await until(pilot, lambda: "that you offered are up" in " ".join(text_of(pilot.app).split()))


async def test_a_cue_that_was_shown_does_not_come_again_after_a_crash(
    desk: Desk, clock: FixedClock, app_on: Make
) -> None:
    planned = meeting(desk)
    clock.set(at(15))
    conversation.begin(desk.store, clock, planned.id)
    clock.advance(minutes=18, seconds=30)
    step = desk.store.undo_title
    async with app_on().run_test(size=(120, 36)) as pilot:
        await pilot.press("f3")
        await pilot.pause()
        await pilot.pause()
        assert "Two minutes left" in text_of(pilot.app)
        found = desk.store.get(Meeting, planned.id)
        assert found is not None
        assert set(found.cues) >= {"five", "two"}
        assert desk.store.undo_title == step


async def test_an_unknown_command_stays_where_it_was_typed(
    desk: Desk, clock: FixedClock, app_on: Make
) -> None:
    planned = meeting(desk)
    clock.set(at(15))
    conversation.begin(desk.store, clock, planned.id)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await pilot.press("f3")
        await typed(pilot, "/nonsense\n")
        await pilot.pause()
        assert pilot.app.screen.query_one(NoteInput).value == "/nonsense"
        assert "a space first to keep this as a note" in text_of(pilot.app)
        assert kept(desk, planned.id) == []


async def test_a_killed_app_finds_the_meeting_and_the_half_typed_line(
    desk: Desk, clock: FixedClock, app_on: Make
) -> None:
    planned = meeting(desk)
    clock.set(at(15))
    conversation.begin(desk.store, clock, planned.id)
    async with app_on().run_test() as pilot:
        await pilot.press("f3")
        await typed(pilot, "kept\n! half ty")
        await until(pilot, lambda: desk.drafts.get(f"meeting:{planned.id}") == "! half ty")
    fresh = Drafts(desk.store.path.parent, clock)
    # The other's file is named after a process that runs (this one); what a dead one left is taken over.
    for file in desk.store.path.parent.glob("draft-*.json"):
        file.rename(file.with_name("draft-999999999-x.json"))
    clock.advance(minutes=5)
    from msgspec.structs import replace

    from tui.config import Config

    async with InroadApp(replace(desk, drafts=fresh), Config()).run_test(size=(120, 36)) as pilot:
        await pilot.press("f3")
        await pilot.pause()
        assert pilot.app.screen.query_one(NoteInput).value == "! half ty"
        shown = text_of(pilot.app)
        assert "5:00" in shown
        assert "kept" in shown
        await pilot.press("enter")
        assert kept(desk, planned.id)[-1] == (EntryKind.LEAD, "half ty")


async def test_killed_just_after_a_line_was_kept_it_does_not_come_back_half(
    desk: Desk, clock: FixedClock, app_on: Make
) -> None:
    planned = meeting(desk)
    clock.set(at(15))
    conversation.begin(desk.store, clock, planned.id)
    for half, kept_text, comes_back in (
        ("! Jonas We", "Jonas Weber", ""),
        ("/home is th", "/home is the folder", ""),
        ("Jonas again", "something else", "Jonas again"),
    ):
        desk.drafts.save(f"meeting:{planned.id}", half)
        clock.advance(seconds=0.2)
        conversation.keep_lines(desk.store, clock, planned.id, [Line(EntryKind.NOTE, kept_text)])
        async with app_on().run_test() as pilot:
            await pilot.pause()
            assert pilot.app.screen.query_one(NoteInput).value == comes_back


async def test_a_line_being_changed_is_as_safe_as_a_new_one(
    desk: Desk, clock: FixedClock, app_on: Make
) -> None:
    planned = meeting(desk)
    clock.set(at(15))
    conversation.begin(desk.store, clock, planned.id)
    async with app_on().run_test() as pilot:
        await pilot.press("f3")
        await typed(pilot, "! Jonas\nnew")
        await until(pilot, lambda: desk.drafts.get(f"meeting:{planned.id}") == "new")
        await pilot.press("up", *" Weber".replace(" ", "_"))
        pilot.app.screen.keep_drafts()  # type: ignore[attr-defined]
    async with app_on().run_test() as pilot:
        await pilot.press("f3")
        await pilot.pause()
        line = pilot.app.screen.query_one(NoteInput)
        assert line.value == "! Jonas_Weber"
        await pilot.press("enter")
        await pilot.pause()
        await until(pilot, lambda: line.value == "new")
        assert kept(desk, planned.id) == [(EntryKind.LEAD, "Jonas_Weber")]


async def test_a_late_start_asks_which_end_is_meant(desk: Desk, clock: FixedClock, app_on: Make) -> None:
    planned = meeting(desk)
    clock.set(at(15, 6))
    async with app_on().run_test(size=(120, 36)) as pilot:
        await pilot.press("f3", "enter")
        await until(pilot, lambda: screen_name(pilot.app) == "Choose")
        assert "15:20 as promised" in text_of(pilot.app)
        await pilot.press("n")
        await until(pilot, lambda: screen_name(pilot.app) == "MeetingScreen")
        running = desk.store.get(Meeting, planned.id)
        assert running is not None
        assert running.promised_end == at(15, 26)


async def test_ending_opens_the_wrap_up_and_books_what_is_accepted(
    desk: Desk, clock: FixedClock, app_on: Make
) -> None:
    priya = person(desk, "Priya Nair")
    maria = person(desk, introduced_by=priya.id)
    planned = meeting(desk, maria)
    clock.set(at(15))
    conversation.begin(desk.store, clock, planned.id)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await pilot.press("f3")
        await typed(pilot, "! Jonas Weber at Spotify\n@ send my portfolio\n")
        clock.set(at(15, 18))
        await typed(pilot, "/end\n")
        await until(pilot, lambda: screen_name(pilot.app) == "WrapUpScreen")
        await pilot.pause()
        shown = text_of(pilot.app)
        assert "Wrap-up: Maria Chen" in shown
        assert "Jonas Weber at Spotify" in shown
        ended = desk.store.get(Meeting, planned.id)
        assert ended is not None
        assert ended.status is MeetingStatus.ENDED
        assert ended.ended == at(15, 18)
        await pilot.press("h", "g", "p")
        await until(pilot, lambda: any(p.name == "Jonas Weber" for p in desk.store.people()))
        jonas = next(p for p in desk.store.people() if p.name == "Jonas Weber")
        assert (jonas.introduced_by, jonas.stage, jonas.company) == (maria.id, Stage.TO_ASK, "Spotify")
        await pilot.press("y", "l", "g", "space", "w")
        await until(pilot, lambda: screen_name(pilot.app) == "MeetingScreen")
        booked = {each.kind for each in desk.store.all(FollowUp) if each.state.value == "open"}
        assert FollowUpKind.LEAD in booked
        assert FollowUpKind.PROGRESS in booked
        wrapped = desk.store.get(Meeting, planned.id)
        assert wrapped is not None
        assert wrapped.wrapped == at(15, 18)
        assert wrapped.thanked is True


async def test_a_day_is_changed_and_a_line_is_changed_in_the_wrap_up(
    desk: Desk, clock: FixedClock, app_on: Make
) -> None:
    planned = meeting(desk)
    clock.set(at(15))
    conversation.begin(desk.store, clock, planned.id)
    conversation.end(desk.store, clock, planned.id)
    app = app_on()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.post_message(Go("wrap_up", planned.id))
        await until(pilot, lambda: screen_name(app) == "WrapUpScreen")
        await pilot.press("n")
        await until(pilot, lambda: screen_name(app) == "AskLine")
        await typed(pilot, "@ send the slides\n")
        await until(pilot, lambda: screen_name(app) == "WrapUpScreen")
        await pilot.press("l", "g", "s")
        await until(pilot, lambda: screen_name(app) == "AskLine")
        await typed(pilot, "+2d\n")
        await until(pilot, lambda: screen_name(app) == "WrapUpScreen")
        assert "Wed 25 Nov" in text_of(app)
        await pilot.press("w")
        await until(pilot, lambda: screen_name(app) == "MeetingScreen")
        dues = {each.due.day for each in desk.store.all(FollowUp) if each.state.value == "open"}
        assert 25 in dues


async def test_nobody_came(desk: Desk, clock: FixedClock, app_on: Make) -> None:
    planned = meeting(desk)
    clock.set(at(15, 15))
    async with app_on().run_test(size=(80, 24)) as pilot:
        await pilot.press("f3", "N")
        await pilot.pause()
        found = desk.store.get(Meeting, planned.id)
        assert found is not None
        assert found.status is MeetingStatus.NO_SHOW


HOSTILE = [
    "[/]",
    "[red]x",
    "\x1b]0;x\x07",
    "\x9b31m",
    "{name}",
    "x" * 10_000,
    "👩\u200d👩\u200d👧 \u202eabc",
    "=cmd|' /C calc'!A0",
]


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_text_is_drawn_and_nothing_is_lost(
    desk: Desk, clock: FixedClock, app_on: Make, text: str
) -> None:
    from data.actions import meetings
    from data.meetings.questions import own_question

    who = person(desk, text, title=text, company=text, introduced_by=person(desk, text).id)
    planned = meeting(desk, who, questions=1, place=text)
    meetings.add_own_question(desk.store, planned.id, own_question(text))
    clock.set(at(15))
    conversation.begin(desk.store, clock, planned.id)
    async with app_on().run_test(size=(80, 24)) as pilot:
        await pilot.press("f3", "pagedown")
        line = pilot.app.screen.query_one(NoteInput)
        line.set(text, plain=True)
        await pilot.press("enter")
        await until(pilot, lambda: len(kept(desk, planned.id)) == 1)
        assert kept(desk, planned.id)[0][1] == text.strip()
        for minute in (11, 16, 19, 21):
            clock.set(at(15, minute))
            pilot.app.screen.tick()  # type: ignore[attr-defined]
            await pilot.pause()
        shown = text_of(pilot.app)
        assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(shown)
        await pilot.press("escape", "E")
        await until(pilot, lambda: screen_name(pilot.app) == "WrapUpScreen")
        assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(text_of(pilot.app))
        await pilot.press("w")
        await until(pilot, lambda: screen_name(pilot.app) == "MeetingScreen")
        stored = desk.store.get(Person, who.id)
        assert stored is not None
        assert stored.name == text
        assert desk.store.where(Entry, meeting=planned.id)[0].text == text.strip()


async def test_lines_typed_faster_than_they_are_kept_stay_lines(
    desk: Desk, clock: FixedClock, app_on: Make
) -> None:
    planned = meeting(desk)
    clock.set(at(15))
    conversation.begin(desk.store, clock, planned.id)
    lines = [f"line{number}" for number in range(8)]
    async with app_on().run_test(size=(80, 24)) as pilot:
        await pilot.press("f3")
        await pilot.pause()
        # All keys are in the queue before the first is handled, as over a slow connection.
        for line in lines:
            for key in (*line, "enter"):
                pilot.app.simulate_key(key)
        for key in "half":
            pilot.app.simulate_key(key)
        await until(pilot, lambda: pilot.app.screen.query_one(NoteInput).value == "half")
        await until(pilot, lambda: len(kept(desk, planned.id)) == len(lines))
        assert kept(desk, planned.id) == [(EntryKind.NOTE, line) for line in lines]


async def test_thanks_are_never_taken_for_said(desk: Desk, clock: FixedClock, app_on: Make) -> None:
    planned = meeting(desk)
    clock.set(at(15))
    conversation.begin(desk.store, clock, planned.id)
    async with app_on().run_test(size=(80, 24)) as pilot:
        await typed(pilot, "/end\n")
        await until(pilot, lambda: "Did you thank them?" in text_of(pilot.app))
        await pilot.press("w")
        await until(pilot, lambda: desk.store.get(Meeting, planned.id).wrapped is not None)  # type: ignore[union-attr]
    kept_meeting = desk.store.get(Meeting, planned.id)
    assert kept_meeting is not None
    assert kept_meeting.thanked is None


async def test_enter_crosses_nothing_out(desk: Desk, clock: FixedClock, app_on: Make) -> None:
    planned = meeting(desk)
    clock.set(at(15))
    conversation.begin(desk.store, clock, planned.id)
    async with app_on().run_test(size=(80, 24)) as pilot:
        await typed(pilot, "/end\n\n\n")
        await until(pilot, lambda: "Will be booked" in text_of(pilot.app))
        await pilot.press("enter")
        await pilot.pause()
        assert "crossed out" not in text_of(pilot.app)
        assert "✓ Thank" in text_of(pilot.app)


async def test_the_exit_line_used_early_does_not_say_that_the_time_is_up(
    desk: Desk, clock: FixedClock, app_on: Make
) -> None:
    planned = meeting(desk)
    clock.set(at(15))
    conversation.begin(desk.store, clock, planned.id)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await typed(pilot, "/+5\n")
        await typed(pilot, "/exit-line\n")
        await until(pilot, lambda: "may we stop here?" in text_of(pilot.app))
        assert "are up" not in text_of(pilot.app)


async def test_where_no_meeting_runs_the_keys_below_are_those_that_work(desk: Desk, app_on: Make) -> None:
    meeting(desk)
    async with app_on().run_test(size=(80, 24)) as pilot:
        await pilot.press("f3")
        await until(pilot, lambda: "enter Open" in text_of(pilot.app))
        assert "Exit line" not in text_of(pilot.app).splitlines()[-1]


async def test_the_board_names_the_meeting_that_runs_first(
    desk: Desk, clock: FixedClock, app_on: Make
) -> None:
    planned = meeting(desk)
    clock.set(at(15))
    conversation.begin(desk.store, clock, planned.id)
    async with app_on().run_test(size=(120, 36)) as pilot:
        await pilot.press("f1")
        await until(pilot, lambda: "Next: ! meeting Maria Chen now, until 15:20" in text_of(pilot.app))


async def test_every_screen_says_that_a_meeting_begins_and_o_opens_its_link(
    desk: Desk, clock: FixedClock, app_on: Make, outside: Outside
) -> None:
    kept_meeting = meeting(desk, place="https://meet.example/x")
    clock.set(at(14, 51))
    async with app_on().run_test(size=(80, 24)) as pilot:
        for key in ("f1", "f2", "f3", "f4", "f5"):
            await pilot.press(key)
            await until(pilot, lambda: "! Maria Chen in 9 min" in text_of(pilot.app))
            assert "o opens the call" in text_of(pilot.app).splitlines()[0]
            outside.opened.clear()
            await pilot.press("o")
            await until(pilot, lambda: outside.opened == ["https://meet.example/x"])
        clock.set(at(15, 4))
        await pilot.press("f5")
        await until(pilot, lambda: "!! Maria Chen since 4 min" in text_of(pilot.app))
        clock.set(at(15, 30))
        await pilot.press("f4")
        await until(pilot, lambda: "Maria Chen since" not in text_of(pilot.app))
    assert kept_meeting.place in outside.opened


async def test_in_the_last_minutes_o_on_somebody_elses_card_asks_which(
    desk: Desk, clock: FixedClock, app_on: Make, outside: Outside
) -> None:
    """The profile of whom one is about to meet is looked at in the last minutes, too."""
    maria = person(desk, linkedin="https://www.linkedin.com/in/maria")
    meeting(desk, maria, place="https://meet.example/x")
    clock.set(at(14, 55))
    app = app_on()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("f1", "l", "l")
        await until(pilot, lambda: "o opens the call" in text_of(app))
        await pilot.press("o")
        await until(pilot, lambda: screen_name(app) == "Choose")
        await pilot.press("p")
        await until(pilot, lambda: outside.opened == ["https://www.linkedin.com/in/maria"])


async def test_back_to_back_the_next_one_is_named_and_m_on_a_late_one_asks_until_when(
    desk: Desk, clock: FixedClock, app_on: Make
) -> None:
    from data.actions import meetings

    planned = meeting(desk)
    sam = person(desk, "Sam Okafor")
    following = meetings.schedule(
        desk.store, clock, sam, starts=STARTS + timedelta(minutes=20), zone="Europe/Berlin"
    )
    clock.set(at(15))
    conversation.begin(desk.store, clock, planned.id)
    app = app_on()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "then Sam Okafor 15:20" in text_of(app))
        clock.set(at(15, 24))
        conversation.end(desk.store, clock, planned.id)
        await pilot.press("escape", "1", "l", "l", "m")
        await until(pilot, lambda: screen_name(app) == "Choose")
        assert "15:40 as promised (16 min)" in text_of(app)
        await pilot.press("p")
        await until(pilot, lambda: screen_name(app) == "MeetingScreen")
        running = desk.store.get(Meeting, following.id)
        assert running is not None
        assert running.promised_end == at(15, 40)


async def test_a_meeting_begun_before_its_day_says_so_and_how_it_is_taken_back(
    desk: Desk, clock: FixedClock, app_on: Make
) -> None:
    meeting(desk)
    clock.set(at(9))
    async with app_on().run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "enter")
        seen = " ".join(text_of(pilot.app).split())
        assert "This was planned for Mon 23 Nov 2026, 15:00, and runs now. esc, then u takes it back." in seen
        await press(pilot, "escape", "u")
        assert conversation.running(desk.store) is None
    clock.set(at(14, 55))
    async with app_on().run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "enter")
        assert "This was planned" not in text_of(pilot.app)


async def test_the_marks_and_a_paste_go_into_the_line_also_when_it_was_left(
    desk: Desk, clock: FixedClock, app_on: Make
) -> None:
    planned = meeting(desk)
    clock.set(at(15))
    conversation.begin(desk.store, clock, planned.id)
    async with app_on().run_test(size=(80, 24)) as pilot:
        await pilot.press("f3")
        await typed(pilot, "she began in sales\n")
        for said in ("!Jonas at Spotify", "*show work", '"nobody reads them', "@my CV by friday"):
            await press(pilot, "escape")
            await typed(pilot, f"{said}\n")
        await press(pilot, "escape")
        pilot.app.post_message(events.Paste("pasted one"))
        await typed(pilot, "\n")
        await press(pilot, "escape")
        pilot.app.post_message(events.Paste("pasted two\npasted three"))
        await press(pilot, "escape")
        await typed(pilot, "/help\n")
        await until(pilot, lambda: screen_name(pilot.app) == "HelpScreen")
        await press(pilot, "escape", "escape")
        assert kept(desk, planned.id) == [
            (EntryKind.NOTE, "she began in sales"),
            (EntryKind.LEAD, "Jonas at Spotify"),
            (EntryKind.ADVICE, "show work"),
            (EntryKind.QUOTE, "nobody reads them"),
            (EntryKind.PROMISE, "my CV by friday"),
            (EntryKind.NOTE, "pasted one"),
            (EntryKind.NOTE, "pasted two"),
            (EntryKind.NOTE, "pasted three"),
        ]
        await typed(pilot, "/end\n")
        await until(pilot, lambda: screen_name(pilot.app) == "WrapUpScreen")

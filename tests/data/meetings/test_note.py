"""The note and the prep sheet: everything in them, and nobody's text is markup."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from data.meetings.markdown import inline, paragraphs
from data.meetings.note import note
from data.meetings.sheet import said_before, sheet
from data.records import (
    Advice,
    AdviceState,
    Entry,
    EntryKind,
    Extension,
    FollowUp,
    FollowUpKind,
    Introduction,
    Lead,
    LeadState,
    Meeting,
    MeetingStatus,
    Person,
    Question,
)
from data.store import Store
from tests.data.meetings.conftest import NOW

BERLIN = ZoneInfo("Europe/Berlin")
NASTY = "[/] [red] \x1b]52;c;x\x07 {name} <b>*x* # |"


def held(store: Store, meeting: Meeting) -> Meeting:
    asked = Question(id="q1", text="What surprised you?", asked=NOW, bank="b1")
    ended = replace(
        meeting,
        status=MeetingStatus.ENDED,
        started=NOW,
        ended=NOW + timedelta(minutes=29),
        promised_end=NOW + timedelta(minutes=20),
        extensions=(Extension(at=NOW, minutes=5),),
        thanked=True,
        questions=(asked, Question(id="q2", text="And in three years?")),
        objective="Learn",
        research="- a\n- b",
    )
    kinds = [
        (EntryKind.NOTE, NASTY), (EntryKind.LEAD, "Jonas Weber at Spotify"), (EntryKind.ADVICE, "Show work"),
        (EntryKind.QUOTE, "Nobody reads"), (EntryKind.PROMISE, "Send it"), (EntryKind.ANSWER, "The speed"),
    ]  # fmt: skip
    with store.transaction("Held") as tx:
        tx.put(ended)
        for order, (kind, text) in enumerate(kinds, 1):
            question = "q1" if kind is EntryKind.ANSWER else ""
            at = NOW + timedelta(minutes=order, seconds=5)
            tx.put(
                Entry(
                    id=f"e{order}", meeting="m", kind=kind, text=text, at=at, order=order, question=question
                )
            )
        tx.put(
            Lead(
                id="l", giver="maria", text="Jonas Weber at Spotify", meeting="m", entry="e2",
                may_use_name=True,
                state=LeadState.OUTCOME, outcome="We talked",
            )
        )  # fmt: skip
        tx.put(
            Advice(id="a", giver="maria", text="Show work", meeting="m", entry="e3", state=AdviceState.USED)
        )
        tx.put(
            FollowUp(
                id="f", person="maria", kind=FollowUpKind.CUSTOM, due=NOW.date(), meeting="m", entry="e5"
            )
        )
    return ended


def test_a_note_holds_everything_that_was_kept(store: Store, meeting: Meeting) -> None:
    written = note(store, held(store, meeting), BERLIN)
    for words in (
        "# Maria Chen, Mon 23 Nov 2026",
        "- Head of Design, Figma",
        "15:00 Berlin, 29 min of 20 minutes planned and 5 that they offered, 4 min over your promise",
        "- introduced by Priya Nair",
        "- thanked them",
        "- 02:05 **lead** Jonas Weber at Spotify",
        "- 04:05 “Nobody reads”",
        "### What surprised you?\n\n- The speed",
        "- Jonas Weber at Spotify, may use the name: We talked",
        "- Show work: used",
        "- [ ] Send it (by Mon 23 Nov 2026)",
        "## Not asked\n\n- And in three years?",
    ):
        assert words in written
    assert "\x1b" not in written
    assert "[/]" not in written.replace("\\[/\\]", "")


def test_a_note_from_memory_and_one_that_never_was(store: Store, meeting: Meeting) -> None:
    memory = replace(held(store, meeting), from_memory=True, extensions=())
    assert "about 29 min, noted from memory" in note(store, memory, BERLIN)
    missed = note(store, replace(meeting, id="other", status=MeetingStatus.NO_SHOW), BERLIN)
    assert "- they were not there" in missed
    gone = note(store, replace(meeting, id="other", person="nobody"), BERLIN)
    assert gone.startswith("# Somebody, ")


def test_the_prep_sheet_is_one_page(store: Store, meeting: Meeting) -> None:
    with store.transaction("Wrote") as tx:
        tx.put(Introduction(id="i", title="Mine", text="I was a teacher.\nI want to move into design."))
    questions = (Question(id="q", text="What surprised you?", starred=True),)
    page = sheet(store, replace(meeting, objective=NASTY, questions=questions), NOW, BERLIN)
    assert [section.title for section in page.sections] == [
        "Who", "When and where", "Objective", "Introduction", "Questions", "To end on time", "Still to do",
    ]  # fmt: skip
    assert "Promised: 20 minutes, until 15:20" in page.text
    assert "★ What surprised you?" in page.text
    assert "“" not in page.title
    for rendered in (page.text, page.markdown):
        assert "\x1b" not in rendered
        assert "Maria, I promised to take 20 minutes" in rendered
    assert "\\[red\\]" in page.markdown


def test_what_earlier_meetings_said(store: Store, meeting: Meeting) -> None:
    held(store, meeting)
    with store.transaction("Another") as tx:
        tx.put(Person(id="jonas", name="Jonas Weber", company="Spotify"))
        tx.put(Person(id="li", name="Li", company="Meta"))
        tx.put(Entry(id="x", meeting="m", text="It is a metaphor", order=9, at=NOW))
        coming = tx.put(replace(meeting, id="next", person="jonas"))
        again = tx.put(replace(meeting, id="again"))
        meta = tx.put(replace(meeting, id="meta", person="li"))
    assert [said.text for said in said_before(store, coming, BERLIN)] == ["Jonas Weber at Spotify"]
    assert said_before(store, coming, BERLIN)[0].line == "Maria Chen, 23 Nov 2026: Jonas Weber at Spotify"
    assert {said.kind for said in said_before(store, again, BERLIN)} == set(EntryKind) - {EntryKind.NOTE}
    assert said_before(store, meta, BERLIN) == []


def test_marks_are_escaped_and_addresses_stay() -> None:
    assert inline("# no heading") == "\\# no heading"
    assert inline("- no list") == "\\- no list"
    assert inline("1. no list") == "1\\. no list"
    assert inline("see https://x.example/a_b now") == "see <https://x.example/a_b> now"
    assert paragraphs("one\n* two") == ["one  ", "\\* two"]


@given(st.text(max_size=80))
def test_any_text_is_one_safe_line(text: str) -> None:
    line = inline(text)
    assert "\n" not in line
    assert not any(ord(char) < 32 or 0x7F <= ord(char) < 0xA0 for char in line)
    assert not line.startswith(("#", "- ", "+ ", "> ", "* "))

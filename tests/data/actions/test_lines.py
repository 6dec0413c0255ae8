"""Lines of a meeting: kept with what they are, and changed afterwards with what was made from them."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from data.actions import conversation, leads, meetings, wrap_up
from data.clock import FixedClock
from data.errors import UserError
from data.meetings.capture import Line
from data.meetings.questions import own_question
from data.meetings.schedule import next_after
from data.records import (
    Advice,
    AdviceState,
    Entry,
    EntryKind,
    FollowUp,
    FollowUpKind,
    FollowUpState,
    Lead,
    LeadState,
    Meeting,
    Question,
    Stage,
)
from data.store import Store
from tests.data.actions.talk import NOW, arranged, begun, everything, kept, newest, owed, who

MADE = {
    EntryKind.LEAD: (1, 0, [FollowUpKind.LEAD]),
    EntryKind.ADVICE: (0, 1, []),
    EntryKind.PROMISE: (0, 0, [FollowUpKind.CUSTOM]),
    EntryKind.QUOTE: (0, 0, []),
    EntryKind.NOTE: (0, 0, []),
}
"""By kind: the leads and the advice made from a line, and what is owed for it once it is wrapped up."""


def wrapped(store: Store, clock: FixedClock) -> Meeting:
    """A meeting that was wrapped up with nothing in it."""
    meeting = begun(store, clock)
    clock.advance(minutes=20)
    conversation.end(store, clock, meeting.id)
    return wrap_up.wrap_up(store, clock, meeting.id)


def test_lines_are_kept_in_order_with_what_they_are(store: Store, clock: FixedClock) -> None:
    meeting = begun(store, clock)
    clock.advance(minutes=5, seconds=42)
    kept(store, clock, meeting, EntryKind.NOTE, "[/] \x1b]52;c;x\x07")
    kept(store, clock, meeting, EntryKind.LEAD, "Jonas Weber at Spotify, may use her name")
    kept(store, clock, meeting, EntryKind.ADVICE, "Show shipped work")
    conversation.keep_lines(
        store, clock, meeting.id, [Line(EntryKind.NOTE, "* bullet"), Line(EntryKind.NOTE, "two")]
    )
    lines = conversation.lines_of(store, meeting.id)
    assert [line.order for line in lines] == [1, 2, 3, 4, 5]
    assert {line.at for line in lines} == {clock.now()}
    (lead,) = store.all(Lead)
    assert (lead.giver, lead.name, lead.company, lead.may_use_name) == (
        "maria",
        "Jonas Weber",
        "Spotify",
        True,
    )
    assert lead.entry == lines[1].id
    (advice,) = store.all(Advice)
    assert (advice.text, advice.entry) == ("Show shipped work", lines[2].id)


def test_another_kind_converts_and_never_doubles(store: Store, clock: FixedClock) -> None:
    meeting = begun(store, clock)
    line = kept(store, clock, meeting, EntryKind.LEAD, "Jonas Weber at Spotify")
    for kind, given, told in (
        (EntryKind.ADVICE, 0, 1),
        (EntryKind.LEAD, 1, 0),
        (EntryKind.LEAD, 1, 0),
        (EntryKind.PROMISE, 0, 0),
        (EntryKind.QUOTE, 0, 0),
        (EntryKind.ADVICE, 0, 1),
    ):
        conversation.change_line(store, clock, line.id, Line(kind, "Jonas Weber at N26"))
        assert (len(store.all(Lead)), len(store.all(Advice))) == (given, told)
        assert [each.text for each in store.all(Entry)] == ["Jonas Weber at N26"]
    conversation.remove_line(store, line.id)
    assert everything(store, Entry, Lead, Advice) == [[], [], []]


def test_new_words_are_read_anew_but_what_was_corrected_by_hand_stays(
    store: Store, clock: FixedClock
) -> None:
    meeting = begun(store, clock)
    line = kept(store, clock, meeting, EntryKind.LEAD, "Jonas Weber at Spotify")
    (lead,) = store.all(Lead)
    with store.transaction("Corrected") as tx:
        tx.put(replace(lead, company="Spotify AB"))
    conversation.change_line(
        store, clock, line.id, Line(EntryKind.LEAD, "Jonas Weber at Spotfy, use my name")
    )
    (lead,) = store.all(Lead)
    assert (lead.name, lead.company, lead.may_use_name) == ("Jonas Weber", "Spotify AB", True)
    assert lead.text == "Jonas Weber at Spotfy, use my name"


def test_what_has_moved_on_is_not_lost_by_changing_its_line(store: Store, clock: FixedClock) -> None:
    meeting = begun(store, clock)
    lead_line = kept(store, clock, meeting, EntryKind.LEAD, "Jonas Weber")
    advice_line = kept(store, clock, meeting, EntryKind.ADVICE, "Show work")
    with store.transaction("Went on") as tx:
        tx.put(replace(store.all(Lead)[0], state=LeadState.ACTED_ON))
        tx.put(replace(store.all(Advice)[0], state=AdviceState.USED))
    before = everything(store, Entry, Lead, Advice)
    for line in (lead_line, advice_line):
        with pytest.raises(UserError, match="moved on"):
            conversation.change_line(store, clock, line.id, Line(EntryKind.NOTE, "x"))
        with pytest.raises(UserError, match="moved on"):
            conversation.remove_line(store, line.id)
    assert everything(store, Entry, Lead, Advice) == before
    conversation.change_line(store, clock, lead_line.id, Line(EntryKind.LEAD, "Jonas Weber!"))
    assert store.all(Lead)[0].text == "Jonas Weber!"


def test_an_answer_ticks_its_question_and_ticking_goes_on(store: Store, clock: FixedClock) -> None:
    meeting = arranged(store, clock)
    questions = tuple(Question(id=f"q{n}", text=f"Q{n}") for n in range(3))
    with store.transaction("Prepared") as tx:
        tx.put(replace(meeting, questions=questions))
    running = conversation.begin(store, clock, meeting.id)
    assert running.current_question == "q0"
    answer = conversation.keep_lines(store, clock, meeting.id, [Line(EntryKind.NOTE, "Fast")], "q0")[0]
    assert (answer.kind, answer.question) == (EntryKind.ANSWER, "q0")
    assert newest(store, meeting).questions[0].asked == NOW
    conversation.tick_question(store, clock, meeting.id, "q1")
    assert newest(store, meeting).current_question == "q2"
    conversation.tick_question(store, clock, meeting.id, "q1")
    assert newest(store, meeting).questions[1].asked is None


def test_a_line_remembered_after_the_wrap_up_is_owed_at_once(store: Store, clock: FixedClock) -> None:
    meeting = begun(store, clock)
    clock.advance(minutes=20)
    conversation.end(store, clock, meeting.id)
    wrap_up.wrap_up(store, clock, meeting.id)
    line = kept(store, clock, meeting, EntryKind.LEAD, "Jonas Weber at Spotify")
    assert len(owed(store, FollowUpKind.LEAD)) == 1
    promise = kept(store, clock, meeting, EntryKind.PROMISE, "call tomorrow")
    assert [each.due for each in owed(store, FollowUpKind.CUSTOM)] == [date(2026, 11, 24)]
    conversation.change_line(store, clock, line.id, Line(EntryKind.NOTE, "nobody"))
    conversation.remove_line(store, promise.id)
    assert owed(store, FollowUpKind.LEAD, FollowUpKind.CUSTOM) == []


@pytest.mark.parametrize("done", [False, True])
def test_any_kind_becomes_any_other_and_an_undo_is_whole(store: Store, clock: FixedClock, done: bool) -> None:
    meeting = wrapped(store, clock) if done else begun(store, clock)
    line = kept(store, clock, meeting, EntryKind.NOTE, "Jonas Weber at Spotify")
    for was in MADE:
        for now in MADE:
            conversation.change_line(store, clock, line.id, Line(was, "Jonas Weber at Spotify"))
            before = everything(store, Entry, Lead, Advice, FollowUp)
            conversation.change_line(store, clock, line.id, Line(now, "Jonas Weber at N26"))
            leads, advice, owes = MADE[now]
            assert (len(store.all(Lead)), len(store.all(Advice))) == (leads, advice)
            owing = owed(store, FollowUpKind.LEAD, FollowUpKind.CUSTOM)
            assert [each.kind for each in owing] == (owes if done else [])
            # Nothing is left of what it was, closed or open.
            assert {each.lead for each in store.all(FollowUp)} <= {"", *(lead.id for lead in store.all(Lead))}
            assert store.undo() is not None
            assert everything(store, Entry, Lead, Advice, FollowUp) == before


def test_of_a_lead_that_was_acted_on_by_mistake_nothing_is_left_with_its_line(
    store: Store, clock: FixedClock
) -> None:
    line = kept(store, clock, wrapped(store, clock), EntryKind.LEAD, "Jonas Weber at Spotify")
    (lead,) = store.all(Lead)
    before = [each for each in store.all(FollowUp) if not each.lead]
    for state in (LeadState.ACTED_ON, LeadState.CAPTURED):
        leads.set_state(store, clock, lead, state)
    with store.transaction("Left out") as tx:
        tx.put(FollowUp(id="x", person="maria", kind=FollowUpKind.LEAD, due=date(2026, 11, 23), lead=lead.id))
    assert {each.state for each in store.all(FollowUp) if each.lead} > {FollowUpState.DONE}
    conversation.remove_line(store, line.id)
    assert (store.all(Lead), list(store.all(FollowUp))) == ([], before)


def test_an_answer_that_becomes_a_lead_answers_nothing_any_more(store: Store, clock: FixedClock) -> None:
    planned = arranged(store, clock)
    asked = meetings.add_own_question(store, planned.id, own_question("Whom else?")).questions[0].id
    conversation.begin(store, clock, planned.id)
    (line,) = conversation.keep_lines(store, clock, planned.id, [Line(EntryKind.NOTE, "Jonas Weber")], asked)
    assert (line.kind, line.question) == (EntryKind.ANSWER, asked)
    changed = conversation.change_line(store, clock, line.id, Line(EntryKind.LEAD, "Jonas Weber"))
    assert (changed.kind, changed.question) == (EntryKind.LEAD, "")


def test_a_promise_that_is_booked_takes_its_lines_new_words(store: Store, clock: FixedClock) -> None:
    meeting = wrapped(store, clock)
    line = kept(store, clock, meeting, EntryKind.PROMISE, "send it friday")
    conversation.change_line(store, clock, line.id, Line(EntryKind.PROMISE, "send both"))
    assert [(each.words, each.due) for each in owed(store, FollowUpKind.CUSTOM)] == [
        ("send both", date(2026, 11, 27))
    ]


def test_nobody_came_and_a_new_time_is_owed(store: Store, clock: FixedClock) -> None:
    meeting = arranged(store, clock)
    meetings.no_show(store, clock, meeting.id)
    assert [each.meeting for each in owed(store)] == [meeting.id]


def test_with_another_meeting_planned_they_stay_scheduled(store: Store, clock: FixedClock) -> None:
    first = arranged(store, clock)
    arranged(store, clock, "2026-11-30 15:00")
    meetings.call_off(store, clock, first.id, anew=False)
    assert who(store).stage is Stage.SCHEDULED


def test_who_was_to_come_before_is_not_next(store: Store, clock: FixedClock) -> None:
    arranged(store, clock, "2026-11-23 14:00", "sam")
    assert next_after(store, begun(store, clock), clock.now()) is None

"""Readiness: done by which fact, what is missing, and both zones."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from data.clock import FixedClock
from data.meetings.readiness import Item, State, both_zones, percent, readiness
from data.records import (
    CheckItem,
    FollowUp,
    FollowUpKind,
    FollowUpState,
    Introduction,
    Medium,
    Meeting,
    Person,
    Question,
    Rehearsal,
)
from data.store import Store
from tests.data.meetings.conftest import NOW

BERLIN = ZoneInfo("Europe/Berlin")


def items(store: Store, meeting: Meeting, **changes: Any) -> dict[str, Item]:
    changed = replace(meeting, **changes)
    return {item.id: item for item in readiness(store, changed, NOW, BERLIN).items}


def test_a_meeting_that_is_not_prepared_says_what_to_do(
    store: Store, meeting: Meeting, clock: FixedClock
) -> None:
    found = items(store, meeting)
    assert list(found) == [
        "time", "place", "introduction", "objective", "research", "questions", "confirmed", "link", "dressed",
    ]  # fmt: skip
    assert found["time"].done
    assert all(found[id].command and (found[id].why or found[id].command == "tick") for id in found)
    assert found["introduction"].why == "none written yet"
    assert found["questions"].why == "0 questions: prepare at least 5"
    assert percent(store, clock, meeting) == 100 // 9


def test_an_item_done_by_fact_says_by_which(store: Store, meeting: Meeting, clock: FixedClock) -> None:
    words = "I was a teacher for years. Now I learn design. I want to move into design."
    with store.transaction("Prepared") as tx:
        tx.put(Introduction(id="i", title="Changer", text=words))
        for second in (1, 2):
            tx.put(Rehearsal(id=f"r{second}", introduction="i", at=NOW, seconds=31, words=15))
        tx.put(
            FollowUp(
                id="f", person="maria", kind=FollowUpKind.CONFIRM, due=NOW.date(), meeting="m",
                state=FollowUpState.DONE,
            )
        )  # fmt: skip
    questions = tuple(Question(id=str(n), text=f"Q{n}", starred=n < 3) for n in range(6))
    prepared = replace(
        meeting,
        introduction="i",
        place="https://meet.example/x",
        objective="Learn\nmore",
        questions=questions,
        research="one\n\n- two\n- three\n",
        ticked=("link", "dressed"),
        own_items=(CheckItem(id="o", text="Pen"),),
    )
    found = items(store, prepared)
    assert found["introduction"].why == "rehearsed twice, 31 s"
    assert found["questions"].why == "6 questions, 3 starred"
    assert found["research"].why == "3 lines of notes"
    assert found["objective"].why == "Learn"
    assert found["confirmed"].by_fact
    assert (found["link"].done, found["link"].by_fact, found["link"].why) == (True, False, "ticked by you")
    assert not found["o"].done
    assert percent(store, clock, prepared) == 90
    ready = replace(prepared, own_items=(CheckItem(id="o", text="Pen", done=True),))
    assert percent(store, clock, ready) == 100


def test_confirming_is_not_asked_for_before_its_day(store: Store, meeting: Meeting) -> None:
    assert items(store, meeting)["confirmed"].state is State.OPEN
    later = items(store, meeting, starts=meeting.starts + timedelta(days=3))["confirmed"]
    assert (later.state, later.why) == (State.LATER, "to do on Thu 26 Nov")
    by_hand = items(store, meeting, starts=meeting.starts + timedelta(days=3), ticked=("confirmed",))
    assert by_hand["confirmed"].done


def test_gaps_in_the_introduction_keep_it_open(store: Store, meeting: Meeting) -> None:
    with store.transaction("Wrote") as tx:
        tx.put(Introduction(id="i", title="Changer", text="For [years] I was a teacher. I want to design."))
    assert items(store, meeting)["introduction"].why == "fill in [years]"


@pytest.mark.parametrize("medium", list(Medium))
def test_only_a_call_has_a_link_to_test(store: Store, meeting: Meeting, medium: Medium) -> None:
    assert ("link" in items(store, meeting, medium=medium)) is (medium is Medium.VIDEO)


def test_both_zones(meeting: Meeting, maria: Person) -> None:
    assert both_zones(meeting, replace(maria, location=""), BERLIN).text == (
        "Tue 24 Nov, 15:00–15:20 · their zone unknown"
    )
    guessed = both_zones(meeting, maria, BERLIN)
    assert guessed.guessed
    assert guessed.theirs == "09:00–09:20 in New York (guessed from their place)"
    known = both_zones(meeting, replace(maria, zone="Asia/Tokyo"), BERLIN)
    assert known.text == "Tue 24 Nov, 15:00–15:20 · 23:00–23:20 in Tokyo"
    other_day = both_zones(meeting, replace(maria, zone="Pacific/Auckland"), BERLIN)
    assert other_day.theirs == "Wed 25 Nov, 03:00–03:20 in Auckland"
    assert both_zones(meeting, replace(maria, zone="Europe/Paris"), BERLIN).same
    arranged = replace(meeting, zone="America/Chicago")
    assert "15:00–15:20 in Chicago" in both_zones(arranged, replace(maria, location=""), BERLIN).text
    assert not both_zones(meeting, replace(maria, zone="Nowhere", location=""), BERLIN).known

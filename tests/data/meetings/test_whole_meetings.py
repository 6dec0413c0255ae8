"""Whole meetings through the actions and a store: any length, start, sleep, offer, crash, set clock."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from data.actions import conversation, meetings
from data.clock import FixedClock
from data.meetings.bank import BANK
from data.meetings.capture import Line
from data.meetings.clock import FROM_NOW, PROMISED, CueKind, cues, reading
from data.records import EntryKind, Meeting, MeetingStatus, Person, Stage
from data.store import Store

# The night before clocks go forward in Berlin, so that many of these meetings run through the change.
BEFORE = datetime(2027, 3, 28, 0, 20, tzinfo=UTC)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("wait"), st.floats(0, 400)),
        st.tuples(st.just("sleep"), st.floats(400, 30_000)),
        st.tuples(st.just("back"), st.floats(0, 5_000)),
        st.tuples(st.just("offer"), st.integers(1, 60)),
        st.tuples(st.sampled_from(["ask", "mute", "line", "crash", "promise", "anew"]), st.just(0)),
    ),
    max_size=25,
)


class Cockpit:
    """What the meeting's screen does with the clock, without a screen."""

    def __init__(self, folder: Path, length: int, late: float) -> None:
        self.clock = FixedClock(BEFORE - timedelta(minutes=10), "Europe/Berlin")
        self.path = folder / "inroad.json"
        self.store = Store.open(self.path, clock=self.clock)
        maria = Person(id="maria", name="Maria Chen", stage=Stage.ASKED)
        with self.store.transaction("Added") as tx:
            tx.put(maria)
        starts = BEFORE.astimezone(self.clock.zone()).replace(tzinfo=None)
        made = meetings.schedule(
            self.store, self.clock, maria, starts=starts, zone="Europe/Berlin", minutes=length
        )
        for question in BANK[:2]:
            made = meetings.add_question(self.store, made.id, question)
        meetings.star_question(self.store, made.id, made.questions[0].id)
        self.id = made.id
        self.clock.set(BEFORE + timedelta(seconds=late))
        begun = conversation.begin(self.store, self.clock, made.id)
        assert begun.started is not None
        self.started = begun.started
        self.shown: list[str] = []
        self.lines = 0

    @property
    def meeting(self) -> Meeting:
        found = self.store.get(Meeting, self.id)
        assert found is not None
        return found

    def do(self, step: str, amount: float) -> None:
        """One step; then the screen looks at the clock, as it does twice a second."""
        store, clock = self.store, self.clock
        if step in ("wait", "sleep"):
            clock.advance(seconds=amount)
        elif step == "back":
            clock.advance(seconds=-amount)
        elif step == "offer":
            conversation.extend(store, clock, self.id, int(amount))
        elif step == "ask":
            conversation.tick_question(store, clock, self.id, self.meeting.questions[0].id)
        elif step == "mute":
            conversation.mute(store, clock, self.id)
        elif step == "line":
            conversation.keep_lines(store, clock, self.id, [Line(EntryKind.NOTE, f"line {self.lines}")])
            self.lines += 1
        elif step == "crash":
            # The one before is never closed: what it left is all there is.
            self.store = Store.open(self.path, clock=clock)
        else:
            conversation.promise(store, clock, self.id, PROMISED if step == "promise" else FROM_NOW)
        self.look()

    def look(self) -> None:
        """Show the cue that is new, and remember it; whatever happens the numbers make sense."""
        now, meeting = self.clock.now(), self.meeting
        seen = reading(meeting, now)
        assert seen.elapsed == max(timedelta(0), now - self.started)
        assert min(seen.left, seen.overtime, seen.planned) >= timedelta(0)
        assert not (seen.left and seen.overtime)
        assert 0 <= seen.fraction <= 1
        if seen.cue is not None:
            latest = max((cue.at for cue in cues(meeting) if cue.at <= now), default=None)
            assert seen.cue.at == latest
            self.shown.append(seen.cue.id)
            conversation.note_cues(self.store, self.clock, self.id)
            assert reading(self.meeting, now).cue is None


@settings(max_examples=25)
@given(st.integers(2, 180), st.floats(-600, 20_000), STEPS)
def test_every_cue_at_most_once_and_time_is_the_difference_of_instants(
    length: int, late: float, steps: list[tuple[str, float]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        cockpit = Cockpit(Path(folder), length, late)
        for step, amount in steps:
            cockpit.do(step, amount)
        assert len(cockpit.shown) == len(set(cockpit.shown))
        ended = conversation.end(cockpit.store, cockpit.clock, cockpit.id)
        assert ended.status is MeetingStatus.ENDED
        assert ended.started == cockpit.started
        assert ended.ended == max(cockpit.started, cockpit.clock.now())
        lines = conversation.lines_of(cockpit.store, cockpit.id)
        assert [line.text for line in lines] == [f"line {number}" for number in range(cockpit.lines)]
        assert all(line.at is not None and line.at >= cockpit.started for line in lines)
        cockpit.clock.advance(hours=5)
        assert reading(ended, cockpit.clock.now()).elapsed == reading(ended, BEFORE).elapsed
        cockpit.store.close()


def test_an_hour_that_clocks_leave_out_is_no_time_of_a_meeting() -> None:
    with tempfile.TemporaryDirectory() as folder:
        cockpit = Cockpit(Path(folder), 60, 0)  # from 01:20; at 02:00 clocks go to 03:00
        for _ in range(60):
            cockpit.do("wait", 60)
        seen = reading(cockpit.meeting, cockpit.clock.now())
        assert (seen.elapsed, seen.left) == (timedelta(minutes=60), timedelta(0))
        assert f"{seen.until.astimezone(cockpit.clock.zone()):%H:%M}" == "03:20"
        assert cockpit.shown == ["half", "five", "two", "zero"]
        assert cues(cockpit.meeting)[-1].kind is CueKind.ZERO
        cockpit.store.close()

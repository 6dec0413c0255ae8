"""The whole road in a real terminal, on an imported network of 4,000: find, ask, prepare, meet, follow up.

The app is killed in the middle of the meeting; at the end the stored records are looked at.
"""

from __future__ import annotations

import os
import re
import signal
from datetime import UTC, datetime, timedelta

from data.clock import SystemClock
from data.records import (
    Advice,
    Entry,
    EntryKind,
    FollowUp,
    FollowUpKind,
    FollowUpState,
    Lead,
    Meeting,
    MeetingStatus,
    Person,
    Stage,
    Touch,
    TouchKind,
)
from data.store import Store
from tests.network import connections
from tests.terminal.conftest import User
from tests.terminal.tmux import Terminal

ROWS = 4_000
TARGET = "Maria Chen"
CLOCK = re.compile(r"● (\d+):(\d\d) Maria")
"""The running meeting in the line on top of every screen."""


def network(user: User) -> int:
    """Import a made-up LinkedIn file that holds our target; returns how many people it names."""
    made = connections(ROWS, seed=11)
    row = f"Maria,Chen,https://www.linkedin.com/in/{TARGET.replace(' ', '-')}-target,,Figma,Head of Design,"
    file = user.home / "Connections.csv"
    file.write_text(made.text + row + "05 Nov 2026\n", encoding="utf-8")
    user.run("import", str(file))
    return made.people + 1


def test_the_whole_road(user: User) -> None:
    people = network(user)
    with user.terminal() as terminal:
        welcome(terminal)
        find(terminal)
        ask(terminal)
        schedule(terminal)
        prepare(terminal)
        meet(terminal)
        crash(user, terminal)
        come_back(user, terminal)
        wrap_up(terminal)
        thank(terminal)
        terminal.keys("q")
        assert terminal.status() == 0
    assert "whole" in user.run("doctor")
    look(user, people)


def welcome(terminal: Terminal) -> None:
    """The first run: a name and a field."""
    terminal.wait("Welcome")
    terminal.type("Alex Morgan")
    terminal.wait("Alex Morgan")
    terminal.keys("Tab")
    terminal.type("product design")
    terminal.wait("product design")
    terminal.keys("C-s")
    terminal.gone("Welcome")


def find(terminal: Terminal) -> None:
    """Somebody out of thousands, by a part of their name, put on the board."""
    terminal.keys("f")
    terminal.wait("Who fits best")
    terminal.type("maria chen figma")
    terminal.until(lambda screen: "Figma" in screen and "Lumen" not in screen, "the search never settled")
    terminal.keys("Enter")
    terminal.wait("on the board")
    terminal.keys("Escape")
    terminal.wait("Select")
    terminal.keys("Escape")
    terminal.gone("maria chen figma")
    terminal.until(lambda screen: "To ask" in screen and TARGET in screen, "the card never came")


def ask(terminal: Terminal) -> None:
    """The message goes out; they say yes."""
    terminal.keys("L")
    terminal.wait("How did you ask")
    terminal.keys("m")
    terminal.wait("Asked")
    terminal.gone("How did you ask")
    terminal.keys("a")
    terminal.wait("answer?")
    terminal.keys("y")
    terminal.wait("said yes")


def schedule(terminal: Terminal) -> None:
    """A time, as people type it."""
    terminal.keys("s")
    terminal.wait("When do you meet")
    terminal.type("tomorrow 10:30")
    terminal.wait("tomorrow 10:30")
    terminal.keys("Enter")
    terminal.wait("How long")
    terminal.keys("Enter")
    terminal.wait("Where?")
    terminal.keys("Enter")
    terminal.wait("10:30")
    terminal.gone("Where?")


def prepare(terminal: Terminal) -> None:
    """The meeting has its page; then back to the board."""
    terminal.keys("2")
    terminal.gone("To ask")
    terminal.wait(TARGET)
    terminal.keys("1")
    terminal.wait("To ask")


def meet(terminal: Terminal) -> None:
    """They have time at once; two lines are kept, a third is being typed."""
    terminal.keys("m")
    terminal.wait("Notes")
    line(terminal, "The team is nine people")
    line(terminal, "! Jonas Weber at Spotify, may use her name", kept="Jonas Weber at Spotify")
    terminal.type("a line that is not yet kep")
    terminal.wait("not yet kep")


def line(terminal: Terminal, text: str, kept: str = "") -> None:
    """Type a line and keep it: it is among the notes when it is no longer in the input."""
    terminal.type(text)
    terminal.wait(text)
    terminal.keys("Enter")

    def kept_once(screen: str) -> bool:
        typed = [each for each in screen.splitlines() if each.lstrip().startswith("›")]
        return (kept or text) in screen and all((kept or text) not in each for each in typed)

    terminal.until(kept_once, f"{text!r} was not kept")


def crash(user: User, terminal: Terminal) -> None:
    """The app is killed as soon as what is half typed is on disk, which it is without any key more."""

    def on_disk(_: str) -> bool:
        drafts = user.store.parent.glob("draft-*.json")
        return any("a line that is not yet kep" in draft.read_text("utf-8") for draft in drafts)

    terminal.until(on_disk, "the half line never came to the disk")
    os.kill(terminal.pid, signal.SIGKILL)
    assert terminal.status() == 128 + signal.SIGKILL


def come_back(user: User, terminal: Terminal) -> None:
    """Started again, the meeting still runs, with the right time and every line."""
    terminal.again()
    terminal.until(lambda screen: CLOCK.search(screen) is not None, "the meeting runs no more")
    terminal.keys("F3")
    screen = terminal.wait("not yet kep")
    assert "The team is nine people" in screen
    assert "Jonas Weber at Spotify" in screen
    with Store.open(user.store, clock=SystemClock(), read_only=True) as store:
        (started,) = [each.started for each in store.all(Meeting) if each.status is MeetingStatus.RUNNING]
    assert started is not None

    def right(screen: str) -> bool:
        """Whether the clock shows the second that it is, or the one before, which may still stand there."""
        shown = CLOCK.search(screen)
        seconds = (datetime.now(UTC) - started).total_seconds()
        return shown is not None and 0 <= seconds - int(shown[1]) * 60 - int(shown[2]) < 2

    terminal.until(right, "the clock is wrong")


def wrap_up(terminal: Terminal) -> None:
    """The half line is finished, advice is caught, the meeting ends, its follow-ups are booked."""
    line(terminal, "t", kept="a line that is not yet kept")
    line(terminal, "* Show shipped work", kept="Show shipped work")
    line(terminal, "@ send her the sketches", kept="send her the sketches")
    terminal.type("/end")
    terminal.wait("/end")
    terminal.keys("Enter")
    screen = terminal.wait("Wrap-up")
    assert "Thank Maria Chen" in screen
    terminal.keys("w")
    terminal.wait("Wrapped up")


def thank(terminal: Terminal) -> None:
    """The thank-you is drafted from the notes, copied, sent, and logged."""
    terminal.keys("4")
    terminal.wait("Thank Maria Chen")
    terminal.keys("c")
    terminal.wait("Copied")
    assert "Hi Maria" in terminal.clipboard()
    terminal.keys("d")
    terminal.wait("Thanked Maria Chen")


def look(user: User, people: int) -> None:
    """What is stored at the end is what was done."""
    with Store.open(user.store, clock=SystemClock(), read_only=True) as store:
        assert sum(1 for each in store.all(Person) if each.connected_on) == people
        (maria,) = [
            each for each in store.people() if each.name == TARGET and each.stage is not Stage.NETWORK
        ]
        assert maria.stage in (Stage.MET, Stage.IN_TOUCH, Stage.SCHEDULED)
        (meeting,) = [each for each in store.all(Meeting) if each.status is MeetingStatus.ENDED]
        assert meeting.person == maria.id
        assert meeting.wrapped is not None
        assert meeting.started is not None
        assert meeting.ended is not None
        assert timedelta(0) < meeting.ended - meeting.started < timedelta(minutes=5)
        entries = [(each.kind, each.text) for each in store.where(Entry, meeting=meeting.id)]
        assert entries == [
            (EntryKind.NOTE, "The team is nine people"),
            (EntryKind.LEAD, "Jonas Weber at Spotify, may use her name"),
            (EntryKind.NOTE, "a line that is not yet kept"),
            (EntryKind.ADVICE, "Show shipped work"),
            (EntryKind.PROMISE, "send her the sketches"),
        ]
        (lead,) = store.all(Lead)
        assert (lead.name, lead.company, lead.may_use_name, lead.giver) == (
            "Jonas Weber",
            "Spotify",
            True,
            maria.id,
        )
        assert [each.text for each in store.all(Advice)] == ["Show shipped work"]
        touches = {each.kind for each in store.where(Touch, person=maria.id)}
        assert {TouchKind.OUTREACH, TouchKind.ANSWER_YES, TouchKind.MEETING, TouchKind.THANK_YOU} <= touches
        open_kinds = {each.kind for each in store.all(FollowUp) if each.state is FollowUpState.OPEN}
        assert {FollowUpKind.LEAD, FollowUpKind.PROGRESS, FollowUpKind.CUSTOM} <= open_kinds
        done = [each.kind for each in store.all(FollowUp) if each.state is FollowUpState.DONE]
        assert FollowUpKind.THANK_YOU in done

"""A meeting in a real terminal: typed at a quick hand's pace, pasted into, and killed while typing."""

from __future__ import annotations

import json
import os
import random
import signal
import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from data.actions import conversation, meetings
from data.clock import FixedClock, SystemClock
from data.meetings.bank import BANK
from data.meetings.capture import Line, read_line
from data.records import Entry, EntryKind, Meeting, Person, Stage
from data.store import Store
from tests.terminal.conftest import User
from tests.terminal.tmux import SECONDS, Terminal

PACE = 0.1
"""Seconds between two characters: ten a second."""
WORDS = "they hire twice a year nine people ask about the portfolio ship small things often".split()  # noqa: SIM905


def running(user: User, *, minutes_ago: float = 0, title: bool = False) -> Meeting:
    """A store whose meeting with Maria Chen has been running for so long."""
    clock = FixedClock(datetime.now(UTC) - timedelta(minutes=minutes_ago), "Europe/Berlin")
    user.store.parent.mkdir(parents=True, exist_ok=True)
    with Store.open(user.store, clock=clock) as store:
        store.save_profile(replace(store.profile, welcomed=True, terminal_title=title))
        maria = Person(id="maria", name="Maria Chen", title="Head of Design", stage=Stage.ASKED)
        with store.transaction("Added") as tx:
            tx.put(maria)
        starts = clock.now().astimezone(clock.zone()).replace(tzinfo=None)
        meeting = meetings.schedule(store, clock, maria, starts=starts, zone="Europe/Berlin", minutes=20)
        meetings.add_question(store, meeting.id, BANK[0])
        return conversation.begin(store, clock, meeting.id)


def kept(user: User) -> list[Line]:
    """The lines in the store, in their order."""
    with Store.open(user.store, clock=SystemClock(), read_only=True) as store:
        entries = sorted(store.all(Entry), key=lambda entry: entry.order)
        return [Line(entry.kind, entry.text) for entry in entries]


def test_lines_at_ten_characters_a_second_and_pastes_are_kept_in_order(user: User) -> None:
    running(user)
    pasted = [f"pasted {number}" for number in range(30)]
    pasted[3:3] = ["* bullet", "/end", "! no lead", "[/] =cmd|x"]
    with user.terminal(size=(80, 24)) as terminal:
        terminal.wait("Notes")
        hand = Hand(terminal, random.Random(4))
        hand.type_line("! Jonas at N26")
        hand.type("before")
        terminal.paste("\n".join(pasted))
        terminal.wait("pasted 29")
        hand.type_line("* ship")
        terminal.paste("* one pasted line")
        terminal.wait("› ")
        terminal.keys("Enter")
        hand.type("half")
        terminal.wait("half")
        terminal.until(lambda _: len(kept(user)) == len(pasted) + 4, "a line was not kept")
        screen = terminal.screen()
        terminal.keys("C-q")
        assert terminal.status() == 0
    assert kept(user) == [
        Line(EntryKind.LEAD, "Jonas at N26"),
        Line(EntryKind.NOTE, "before"),
        *(Line(EntryKind.NOTE, text) for text in pasted),
        Line(EntryKind.ADVICE, "ship"),
        Line(EntryKind.NOTE, "* one pasted line"),
    ]
    assert "* one pasted line" in screen


def test_at_eighty_columns_all_that_matters_is_in_sight_when_time_is_up(user: User) -> None:
    running(user, minutes_ago=22.5)
    with user.terminal(size=(80, 24)) as terminal:
        terminal.wait("Notes")
        terminal.type("the last line")
        terminal.keys("Enter")
        terminal.type("being typed")
        screen = terminal.wait("being typed")
        words = " ".join(screen.split())
        assert "2 min over your promise" in words
        assert BANK[0].text[:25] in words
        assert "the last line" in words
        assert "Maria, I promised to take 20 minutes, and they are up." in words
        terminal.keys("F4")
        terminal.gone("Notes")
        terminal.wait("over Maria")


def test_the_terminals_title_shows_the_clock_and_is_given_back(user: User) -> None:
    running(user, title=True)

    def title() -> str:
        return terminal.tmux("display-message", "-p", "#{pane_title}").strip()

    with user.terminal() as terminal:
        terminal.tmux("select-pane", "-T", "my shell")
        terminal.wait("Notes")
        terminal.until(lambda _: title() == "20 min left · Maria Chen", "the title never came")
        terminal.keys("C-q")
        assert terminal.status() == 0
        terminal.until(lambda _: title() in ("my shell", ""), "the title stayed")


@dataclass
class Hand:
    """Types as people do, and remembers what."""

    terminal: Terminal
    chance: random.Random
    lines: list[str] = field(default_factory=list)
    half: str = ""

    def type(self, text: str) -> None:
        """Type `text` at its pace."""
        for character in text:
            self.terminal.type(character)
            self.half += character
            time.sleep(PACE * self.chance.uniform(0.5, 1.5))

    def enter(self) -> None:
        """Keep the line."""
        self.terminal.keys("Enter")
        self.lines.append(self.half)
        self.half = ""

    def type_line(self, text: str) -> None:
        """Type a line and keep it."""
        self.type(text)
        self.enter()

    def go_on(self, words: int) -> None:
        """Type so many words, in lines of some words each."""
        for _ in range(words):
            if len(self.half) > self.chance.randint(8, 24):
                self.enter()
            word = f"{self.chance.choice(WORDS)} "
            self.type(word if self.half else self.chance.choice(("", "! ", "* ")) + word)


def killed_while_typing(user: User, moments: int, seed: int) -> None:
    """Kill the app so many times while somebody types; each time they go on where they find themselves."""
    meeting = running(user)
    chance = random.Random(seed)
    with user.terminal(size=(80, 24)) as terminal:
        hand = Hand(terminal, chance)
        for _ in range(moments):
            terminal.wait("Notes")
            terminal.until(lambda screen: hand.half.strip() in screen, "the half line is lost")
            hand.go_on(chance.randint(1, 4))
            safe = on_disk(user, meeting, hand)
            hand.go_on(chance.randint(0, 2))
            os.kill(terminal.pid, signal.SIGKILL)
            assert terminal.status() == 128 + signal.SIGKILL
            look(user, meeting, hand, safe)
            terminal.again()
        terminal.wait("Notes")
        terminal.keys("C-q")
        assert terminal.status() == 0
    assert "whole" in user.run("doctor")


Typed = tuple[int, str]
"""What has been typed: the number of lines kept, and the half line after them."""


def on_disk(user: User, meeting: Meeting, hand: Hand) -> Typed:
    """Type on until what has been typed up to now is on disk: it does not wait for a pause."""
    lines, half = len(hand.lines), hand.half
    deadline = time.monotonic() + SECONDS
    while (kept_now := len(kept(user))) < lines or (
        kept_now == lines and not drafted(user, meeting).startswith(half)
    ):
        assert time.monotonic() < deadline, f"never on disk: {half!r}, after {kept_now} of {lines} lines"
        hand.type("x")
    return lines, half


def look(user: User, meeting: Meeting, hand: Hand, safe: Typed) -> None:
    """What was on disk before is there, and nothing that was not typed; the hand takes up what it finds."""
    lines, half = safe
    found = kept(user)
    assert found == [read_line(line) for line in hand.lines[: len(found)]]
    assert len(found) >= lines
    draft = drafted(user, meeting)
    unkept = [*hand.lines[len(found) :], hand.half][0]
    if found and not unkept.startswith(draft):
        # Killed between the line's keeping and the draft's going: the next start sees that it is kept.
        assert hand.lines[len(found) - 1].startswith(draft)
        draft = ""
    assert unkept.startswith(draft)
    if len(found) == lines:
        assert draft.startswith(half)
    hand.lines = hand.lines[: len(found)]
    hand.half = draft


def test_stopped_for_a_while_it_goes_on_and_keeps_what_is_typed(user: User) -> None:
    running(user)
    with user.terminal() as terminal:
        terminal.wait("promised")
        terminal.type("before")
        terminal.wait("before")
        os.kill(terminal.pid, signal.SIGSTOP)
        terminal.type(" and meanwhile")
        terminal.keys("Enter")
        terminal.tmux("resize-window", "-x", "100", "-y", "30")
        os.kill(terminal.pid, signal.SIGCONT)
        terminal.wait("00:0")
        for word in WORDS:
            terminal.type(f"{word} ")
        terminal.keys("Enter")
        terminal.wait(" ".join(WORDS))
        terminal.keys("C-q")
        assert terminal.status() == 0
    assert [line.text for line in kept(user)] == ["before and meanwhile", " ".join(WORDS)]


def drafted(user: User, meeting: Meeting) -> str:
    """The half-typed line on disk."""
    for file in user.store.parent.glob("draft-*.json"):
        # One that is emptied is taken away.
        with suppress(FileNotFoundError):
            text = json.loads(file.read_text("utf-8"))
            if f"meeting:{meeting.id}" in text:
                return str(text[f"meeting:{meeting.id}"][0])
    return ""


def test_killed_three_times_while_typing_nothing_is_lost_that_was_on_disk(user: User) -> None:
    killed_while_typing(user, 3, seed=20)


@pytest.mark.slow
@pytest.mark.timeout(3_600)
def test_killed_twenty_times_while_typing_nothing_is_lost_that_was_on_disk(user: User) -> None:
    killed_while_typing(user, 20, seed=int(time.time()))

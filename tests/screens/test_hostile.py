"""Text from outside on every screen: all draw, nothing is lost, no control byte reaches the terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import timedelta

import pytest
from msgspec.structs import replace

from data.clock import FixedClock
from data.demo import fill
from data.records import Advice, Entry, FollowUp, Lead, Meeting, Person, Touch
from data.store import Store
from tests.screens.seen import text_of
from tui.app import InroadApp

MakeApp = Callable[[], InroadApp]

HOSTILE = {
    "markup": "[/] [red]x[/red] [@click=app.quit]y[/]",
    "escapes": "a\x1b]0;x\x07\x1b[2Jb\x9b31mc\x1b]52;c;eA==\x07",
    "format": "{name} {{x}} %s =cmd|'/c calc'!A1",
    "long": "W" * 10_000,
    "emoji": "👨‍👩‍👧‍👦 ❤️ 🏳️‍🌈 1️⃣",
    "rtl": "\u202eمريم بن علي\u2066 שרה",
    "chinese": "陈美丽" * 40,
    "lines": "one\ntwo\r\nthree\tfour\u2028five",
}
KEYS = ("1", "enter", "escape", "f", "escape", "escape", "2", "3", "4", "5", "6", "ctrl+p", "escape")


def spoil(store: Store, text: str) -> None:
    """Put `text` into every field that people or files fill."""
    with store.transaction("Spoilt") as tx:
        for person in store.all(Person):
            tx.put(
                replace(person, name=text, title=text, company=text, location=text, notes=text, tags=(text,))
            )
        for meeting in store.all(Meeting):
            questions = tuple(replace(question, text=text) for question in meeting.questions)
            tx.put(replace(meeting, place=text, objective=text, research=text, questions=questions))
        for entry in store.all(Entry):
            tx.put(replace(entry, text=text))
        for lead in store.all(Lead):
            tx.put(replace(lead, text=text, name=text, company=text, outcome=text))
        for advice in store.all(Advice):
            tx.put(replace(advice, text=text, did=text))
        for followup in store.all(FollowUp):
            tx.put(replace(followup, why=text, words=text))
        for touch in store.all(Touch):
            tx.put(replace(touch, text=text, subject=text))


@pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["small", "large"])
@pytest.mark.parametrize("kind", HOSTILE)
async def test_every_screen_draws_any_text(
    app_on: MakeApp, store: Store, clock: FixedClock, kind: str, size: tuple[int, int]
) -> None:
    fill(store, clock)
    spoil(store, HOSTILE[kind])
    names = [person.name for person in store.all(Person)]
    app = app_on()
    async with app.run_test(size=size) as pilot:
        for key in KEYS:
            await pilot.press(key)
            await pilot.pause()
            seen = text_of(app)
            assert seen.strip()
            bad = {char for char in seen if char != "\n" and unicodedata.category(char) in ("Cc", "Cs")}
            assert not bad, (key, bad)
            assert not set("\u202e\u2066\u200d\ufe0f") & set(seen), key
    assert [person.name for person in store.all(Person)] == names


async def test_a_meeting_draws_any_text(app_on: MakeApp, store: Store, clock: FixedClock) -> None:
    fill(store, clock)
    spoil(store, HOSTILE["escapes"])
    meeting = next(m for m in store.all(Meeting) if m.started is not None)
    with store.transaction("Runs again") as tx:
        running = replace(
            meeting,
            status=type(meeting.status).RUNNING,
            started=clock.now() - timedelta(minutes=25),
            ended=None,
            wrapped=None,
        )
        tx.put(replace(running, promised_end=clock.now() - timedelta(minutes=5)))
    app = app_on()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f3")
        await pilot.pause()
        seen = text_of(app)
        assert "over" in seen
        assert "\x1b" not in seen

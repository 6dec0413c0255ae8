"""Names of every script and sign, in one store: what stands right of them stays in its column.

Measured with the cells that a real tmux gives each sign, not with ours.
"""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from data.clock import SystemClock
from data.demo import fill
from data.records import Advice, Entry, FollowUp, Lead, Meeting, Person, Stage
from data.store import Store
from tests.terminal.conftest import User
from tests.terminal.road import STOPS, come
from tests.terminal.tmux import Terminal

NAMES = (
    "陈美丽 · 王小明",
    "김민준",
    "한글",  # In its letters, not yet put together.
    "👨‍👩‍👧‍👦 Family Okafor",
    "Zoë Zoë Cafe\u0301",
    "مريم بن علي",
    "שרה כהן",
    "\u202eمريم\u2066 שרה",
    "🇩🇪🇫🇷 Anna 🇪🇺",
    "Heart ❤️ ☀️ 1️⃣ ✈️",
    "a\u200bb\ufeffc\u2060d",
    "Tab\there\tand there",
    "प्रिया शर्मा",
    "தமிழ்ச்செல்வி",
    "বাংলা মেয়ে",
    "ธนกฤต น้ำใจ",
    "👍🏽 Thumb 👩🏿‍🚀",
    "☰ Menu ䷀ 🫨 🪿 🫩",
    "Z" + "\u0300\u0323\u0330" * 40 + "algo",
    "\u0378 \U000e0041 \ue000 \ufffe",
    "W" * 200,
    "ⅷ ㎏ ﬁ ½ ㊿ ①",
    "نگین می‌خواهم",
    "𝕾𝖔𝖕𝖍𝖎𝖊 🄰 🅱️",
)
CARDS = 3_000
FRAME = frozenset("│╭╮╰╯└├┤┬┴┼─▌▐█▁▂▃▄▅▆▇▔")
"""What may stand over or under a line of a frame: more of it, or a scrollbar."""


def network(path: Path) -> None:
    """The demo, everybody in it with one of the names, and a column of thousands."""
    clock = SystemClock()
    with Store.open(path, clock=clock) as store:
        fill(store, clock)
        with store.transaction("Named", undoable=False) as tx:
            for number, person in enumerate(store.all(Person)):
                name = NAMES[number % len(NAMES)]
                tx.put(
                    replace(person, name=name, company=name[::-1], title=name, location=name, tags=(name,))
                )
            for number in range(CARDS):
                name = f"{NAMES[number % len(NAMES)]} {number}"
                tx.put(Person(id=f"more-{number}", name=name, company=name, stage=Stage.TO_ASK))
            for number, meeting in enumerate(store.all(Meeting)):
                text = NAMES[number % len(NAMES)]
                questions = tuple(replace(each, text=text) for each in meeting.questions)
                tx.put(replace(meeting, objective=text, place=text, research=text, questions=questions))
            for kind, field in ((Entry, "text"), (Lead, "text"), (Advice, "text"), (FollowUp, "why")):
                for number, record in enumerate(store.all(kind)):
                    tx.put(replace(record, **{field: NAMES[number % len(NAMES)]}))
            for number, lead in enumerate(store.all(Lead)):
                tx.put(replace(lead, name=NAMES[number % len(NAMES)]))


def widths(terminal: Terminal, signs: set[str]) -> dict[str, int]:
    """The cells that tmux gives to each of the signs."""
    asked = []
    for sign in sorted(signs):
        asked += ["set", "-g", "@sign", sign, ";", "display", "-p", "#{w:@sign}", ";"]
    return (
        dict(zip(sorted(signs), map(int, terminal.tmux(*asked[:-1]).split()), strict=True)) if asked else {}
    )


def crooked(screen: str, wide: dict[str, int]) -> list[int]:
    """The lines in which a part of a frame has slipped: none stands over it, or none under it."""
    lines: list[dict[int, str]] = []
    for line in screen.splitlines():
        column = 0
        lines.append({})
        for sign in line:
            if cells := wide.get(sign, 1):
                lines[-1][column] = sign
            column += cells
    return [
        row
        for row, line in enumerate(lines)
        for column, sign in line.items()
        for near in (lines[row - 1 : row], lines[row + 1 : row + 2])
        if sign == "│" and near and near[0].get(column, " ") not in FRAME
    ]


def test_frames_stand_straight_whatever_people_are_called(user: User) -> None:
    user.store.parent.mkdir()
    network(user.store)
    (user.home / "Downloads").mkdir()
    rows = (f"{name},,https://www.linkedin.com/in/x{n},{name},{name}" for n, name in enumerate(NAMES))
    file = "\n".join(("First Name,Last Name,URL,Company,Position", *rows))
    (user.home / "Downloads" / "Connections.csv").write_text(file, encoding="utf-8")
    wide: dict[str, int] = {}
    with user.terminal() as terminal:
        terminal.wait("n New")
        for keys, text in (*STOPS, ("Enter", "What it brings")):
            terminal.keys(*keys.split())

            def stands(screen: str, text: str = text) -> bool:
                if not come(text, screen):
                    return False
                wide.update(widths(terminal, {sign for sign in screen if not sign.isascii()} - wide.keys()))
                return not crooked(screen, wide)

            terminal.until(stands, f"{text!r} never came with all its frames straight")

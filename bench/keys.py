"""How long a key takes until its last byte is on the terminal, against Textual apps that do next to nothing.

Run from the repository: `python -m bench.keys [--quick]`. Inroad and what it is compared with run at the
same time, each in a pseudo-terminal of its own, and are pressed in turn, so that what slows the machine
slows each. The others have Textual's defaults. See `bench.terminal` for when a key counts as answered.
"""

from __future__ import annotations

import compileall
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from bench.generate import NOW, SIZES, lived, make_store
from bench.table import Row, Times, markdown
from bench.terminal import Terminal
from data.clock import FixedClock
from data.records import PROFILE_ID, Profile
from data.store import Store

DOWN = "j"
ARROW_DOWN = "\x1b[B"
PALETTE = "\x10"
STEPS = 25
"""Presses of a key in one list: the first of them move the cursor, the others scroll."""
STARTS = 7
"""Starts of which each gives one first visit of each screen."""
VISITS = 6
WORDS = ("priya", "stripe 12", "head of des", "recru", "tomás rey", "osei", "data lead", "chief tech")
TABLE_WORDS = ("priya", "stripe 12", "head of des")
"""What is typed in Find, letter by letter; the stock table takes seconds for some, so it gets fewer."""
CLEAR = "\x15"
ESCAPE = "\x1b"

LISTS: dict[str, tuple[str, ...]] = {
    "board": ("1", "h", "l"),
    "find": ("1", "f", ESCAPE),
    "follow-ups": ("4",),
    "prep": ("2", "h"),
    "insights": ("5", *(DOWN,) * 4, "l"),
    "ledger": ("6",),
    "palette": ("1", PALETTE, "p", "r"),
    "questions": ("2", "h", "a"),
}
"""The lists, each with the keys that lead to it from any screen."""

OVER = ("find", "palette", "questions")
"""Those that stand over another screen, and are left with escape."""

BESIDE = ("follow-ups", "prep", "ledger")
"""Lists beside which a whole page changes with each move of the cursor."""

Taken = dict[str, list[float]]


def in_turn(names: Sequence[str], round: int) -> Iterator[str]:
    """The names, beginning with another one each round."""
    yield from (*names[round % len(names) :], *names[: round % len(names)])


class Bench:
    """The stores, and the commands of all programs."""

    def __init__(self, folder: Path, *, quick: bool) -> None:
        self.folder = folder
        self.quick = quick
        for package in ("data", "screens", "tui"):
            # As an installed copy is.
            compileall.compile_dir(package, quiet=2)
        for people in (SIZES[0], SIZES[-1]):
            path = self.store(people)
            make_store(path, people)
            with Store.open(path, clock=FixedClock(NOW)) as store, store.transaction("Lived") as tx:
                tx.put(Profile(id=PROFILE_ID, name="Ada", welcomed=True, target_field="design"))
                for record in lived(people):
                    tx.put(record)

    def store(self, people: int) -> Path:
        """Where the store of so many people is."""
        return self.folder / f"{people}.json"

    def inroad(self, people: int) -> Terminal:
        """Inroad on a store of so many people."""
        return Terminal([sys.executable, "inroad.py", "--store", str(self.store(people))])

    def peer(self, name: str, *more: str) -> Terminal:
        """One of `bench.peers`."""
        return Terminal([sys.executable, "-m", "bench.peers", name, *more])

    # -- what is measured ----------------------------------------------------------------------------

    def lists(self) -> Taken:
        """Key down in each list, and in an app of one Static."""
        taken: Taken = defaultdict(list)
        with self.inroad(SIZES[-1]) as inroad, self.peer("static") as peer:
            inroad.settle("Inroad")
            peer.settle("ready")
            for name, way in LISTS.items():
                for key in way:
                    inroad.send(key)
                down = ARROW_DOWN if name == "palette" else DOWN
                for step in range(8 if self.quick else STEPS):
                    for who in in_turn(("ours", "static"), step):
                        if who == "ours":
                            taken[name].append(inroad.press(down))
                            taken[f"cursor, {name}"].append(inroad.first)
                        else:
                            taken[f"static, {name}"].append(peer.press(DOWN))
                if name in OVER:
                    inroad.press(ESCAPE)
        return taken

    def held(self) -> Taken:
        """A key held down: thirty presses at once, until the last byte of all."""
        taken: Taken = defaultdict(list)
        with self.inroad(SIZES[-1]) as inroad, self.peer("static") as peer:
            inroad.settle("Inroad")
            peer.settle("ready")
            for key in LISTS["find"]:
                inroad.send(key)
            for round in range(3 if self.quick else 15):
                for who in in_turn(("ours", "static"), round):
                    taken[who].append((inroad if who == "ours" else peer).press(DOWN * 30))
        return taken

    def letters(self) -> Taken:
        """A letter typed in Find at both sizes, in an Input alone, and above a stock table."""
        taken: Taken = defaultdict(list)
        with ExitStack() as stack:
            run = {
                "large": stack.enter_context(self.inroad(SIZES[-1])),
                "small": stack.enter_context(self.inroad(SIZES[0])),
                "input": stack.enter_context(self.peer("input")),
                "table": stack.enter_context(self.peer("table", str(self.store(SIZES[-1])))),
            }
            for name, terminal in run.items():
                terminal.settle("ready" if name in ("input", "table") else "Inroad")
                if name in ("large", "small"):
                    terminal.press("f")
            for number, word in enumerate(WORDS[:2] if self.quick else WORDS):
                for letter in word:
                    for name in in_turn(list(run), number):
                        if name != "table" or word in TABLE_WORDS:
                            seconds = run[name].press(letter)
                            taken[name].append(seconds)
                            if name == "large" and word in TABLE_WORDS:
                                taken["as the table"].append(seconds)
                for name, terminal in run.items():
                    if name != "table" or word in TABLE_WORDS:
                        terminal.press(CLEAR)
        return taken

    def switches(self) -> Taken:
        """From screen to screen, for the first time after the start, and later."""
        taken: Taken = defaultdict(list)
        for start in range(2 if self.quick else STARTS):
            with self.inroad(SIZES[-1]) as inroad, self.peer("modes") as peer:
                inroad.settle("Inroad")
                peer.settle("ready")
                taken["first peer"].append(peer.press("2"))
                for key in "2345":
                    taken["first"].append(inroad.press(key))
                    taken[f"first {key}"].append(taken["first"][-1])
                for visit in range(VISITS):
                    # Not the fifth first: that is the one in front.
                    key = "12345"[(start % 4 + visit) % 5]
                    taken["later"].append(inroad.press(key))
                    taken[f"later {key}"].append(taken["later"][-1])
                    taken["later peer"].append(peer.press("12"[visit % 2]))
        return taken

    def rows(self) -> list[Row]:
        """All rows of the table."""
        rows = [*_list_rows(self.lists())]
        held = self.held()
        rows.append(_row("30 × key down at once, find / the same app of one Static", held, "ours", "static"))
        rows += _letter_rows(self.letters())
        rows += _switch_rows(self.switches())
        return rows


def _row(
    what: str, taken: Taken, ours: str, theirs: str, must: float | None = None, goal: float | None = None
) -> Row:
    mine, other = Times(taken[ours]), Times(taken[theirs])
    return Row(what, str(mine), str(other), mine.median / other.median, must, goal)


def _p95_row(what: str, taken: Taken, ours: str, theirs: str, must: float, goal: float) -> Row:
    mine, other = Times(taken[ours]), Times(taken[theirs])
    return Row(what, str(mine), str(other), mine.p95 / other.p95, must, goal)


def _list_rows(taken: Taken) -> Iterator[Row]:
    for name in LISTS:
        what = f"key down, {name}, until all stands / an app of one Static whose text changes on each key"
        yield _row(what, taken, name, f"static, {name}", 1.3, 1.3)
        if name in BESIDE:
            yield _row("— until the cursor has moved", taken, f"cursor, {name}", f"static, {name}", 1.3, 1.3)


def _letter_rows(taken: Taken) -> Iterator[Row]:
    typed = "letter typed in Find until the list has settled"
    yield _p95_row(f"{typed}, p95 / at 300 people", taken, "large", "small", 1.5, 1.2)
    yield _row(f"{typed}, median / a stock DataTable filled anew", taken, "as the table", "table", 0.1, 0.05)
    yield _p95_row(f"{typed}, p95 / an Input alone", taken, "large", "input", 12, 5)


def _switch_rows(taken: Taken) -> Iterator[Row]:
    peer = "a two-mode app of one Static each"
    for visit in ("first", "later"):
        what = f"switching screens, {visit} visit{'s' * (visit == 'later')}"
        yield _row(f"{what} / {peer}", taken, visit, f"{visit} peer", 3, 1.5)
        for key, name in zip("12345", ("board", "prep", "meeting", "follow-ups", "insights"), strict=True):
            if taken.get(f"{visit} {key}"):
                yield _row(f"— {name}", taken, f"{visit} {key}", f"{visit} peer", 3, 1.5)


def main() -> None:
    """Measure, and print the table."""
    quick = "--quick" in sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        rows = Bench(Path(folder), quick=quick).rows()
        sizes = (
            "Store of 30,000 people, 1,000 meetings, 10,000 follow-ups; 120x36; interleaved; Textual's own "
            "60 frames a second in what is compared with"
        )
        print(markdown(rows, "python -m bench.keys", sizes, folder))


if __name__ == "__main__":
    main()

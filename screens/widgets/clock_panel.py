"""The meeting's clock, to be read with half an eye: elapsed and left, a bar, and the phases."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Digits, Static

from data.meetings.clock import Reading
from data.meetings.times import hhmm

from .rows import FILL, Row, clip
from .text_rows import RowLine


def tone_of(reading: Reading) -> str:
    """How urgent it is: `good`, `warn` in the last five minutes, `late` over the promise."""
    if reading.over:
        return "late"
    return "warn" if reading.left.total_seconds() <= 300 else "good"


def phase_rows(reading: Reading, zone: ZoneInfo, width: int) -> list[str]:
    """The phases as `warm-up ✓  questions ●  who else 15:15`, in two rows where one has no room for all."""
    names = []
    for place, mark in enumerate(reading.marks):
        last = place + 1 == len(reading.marks)
        if mark.phase is reading.phase:
            names.append(f"{mark.phase.value} ●")
        elif mark.fraction <= reading.fraction:
            names.append(f"{mark.phase.value} ✓")
        else:
            names.append(f"{mark.phase.value} {hhmm(mark.at, zone)}")
        names[-1] += "" if last else "  "
    rows = [""]
    for name in names:
        if rows[-1] and len(rows[-1] + name.rstrip()) > width:
            rows.append("")
        rows[-1] += name
    return [clip(row.rstrip(), width) for row in rows[:2]]


def bar_of(fraction: float, width: int) -> tuple[str, str]:
    """The bar's two parts, gone and left: `━━━╸` and `━━━━`."""
    cells = max(0.0, min(1.0, fraction)) * width
    full = int(cells)
    half = "╸" if cells - full >= 0.5 and full < width else ""
    gone = "━" * full + half
    return gone, "─" * (width - len(gone))


class ClockPanel(Vertical):
    """The clock in its frame. `show` takes a reading; only what changed is drawn again."""

    DEFAULT_CSS = """
    ClockPanel { height: 1fr; }
    ClockPanel #clock-big { height: 3; display: none; }
    ClockPanel #clock-digits { width: auto; height: 3; text-style: bold; }
    ClockPanel #clock-left { width: 1fr; height: 3; padding: 1 0 0 3; text-style: bold; }
    ClockPanel Static { height: 1; }
    ClockPanel.-good Digits, ClockPanel.-good #clock-left, ClockPanel.-good #clock-small { color: $success; }
    ClockPanel.-warn Digits, ClockPanel.-warn #clock-left, ClockPanel.-warn #clock-small { color: $warning; }
    ClockPanel.-late Digits, ClockPanel.-late #clock-left, ClockPanel.-late #clock-small { color: $error; }
    """

    def __init__(self) -> None:
        super().__init__(id="clock", classes="panel")
        self._shown: dict[str, object] = {}

    def compose(self) -> ComposeResult:
        with Horizontal(id="clock-big"):
            yield Digits("0:00", id="clock-digits")
            yield Static(id="clock-left")
        yield RowLine(id="clock-small")
        yield RowLine(id="clock-bar")
        yield RowLine(id="clock-phases")
        yield RowLine(id="clock-more")

    def show(self, reading: Reading, zone: ZoneInfo, *, muted: bool, then: str = "") -> None:
        """Show what the clock says; `then` is who comes next, where somebody does soon after."""
        if not self.query("#clock-more"):
            return  # a tick between this panel's mounting and its parts': the next one shows it
        tone = tone_of(reading)
        width = self.content_size.width
        left = ("!! " if tone == "late" else "! " if tone == "warn" else "") + reading.left_words
        gone, rest = bar_of(reading.fraction, width)
        small: Row = ((reading.elapsed_words, "strong"), ("   ", "plain"), (left, tone))
        if muted:
            small = (*small, FILL, ("muted", "dim"))
        self.query_one("#clock-small", RowLine).show(small)
        self.query_one("#clock-bar", RowLine).show(((gone, tone), (rest, "dim")))
        phases, *more = phase_rows(reading, zone, width)
        self.query_one("#clock-phases", RowLine).show(((phases, "dim"),))
        following = (FILL, (then, "warn")) if then else ()
        self.query_one("#clock-more", RowLine).show((("".join(more), "dim"), *following))
        if self._shown.get("words") != (reading.elapsed_words, left, muted):
            self._shown["words"] = (reading.elapsed_words, left, muted)
            self.query_one(Digits).update(reading.elapsed_words)
            self.query_one("#clock-left", Static).update(Content(left + ("   muted" if muted else "")))
        if self._shown.get("tone") != tone:
            self._shown["tone"] = tone
            for name in ("good", "warn", "late"):
                self.set_class(name == tone, f"-{name}")

"""What all measurements share: medians with p95, the machine in words, a Markdown table."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Times:
    """Measured times in seconds."""

    values: Sequence[float]

    @property
    def median(self) -> float:
        """The middle one."""
        return statistics.median(self.values)

    @property
    def p95(self) -> float:
        """Of a hundred, five took longer."""
        return sorted(self.values)[int(len(self.values) * 0.95)]

    def __str__(self) -> str:
        return f"{_time(self.median)} (p95 {_time(self.p95)})"


@dataclass(frozen=True)
class Row:
    """One line of the table: what is compared, both sides, and what the ratio must be and should be; without
    these two the line is there to read the others by."""

    what: str
    ours: str
    theirs: str
    ratio: float
    must: float | None = None
    goal: float | None = None

    def __str__(self) -> str:
        if self.must is None or self.goal is None:
            return f"| {self.what} | {self.ours} | {self.theirs} | {_ratio(self.ratio)} | | | |"
        mark = "goal" if self.ratio <= self.goal else "met" if self.ratio <= self.must else "MISSED"
        ratio, must, goal = (_ratio(value) for value in (self.ratio, self.must, self.goal))
        return f"| {self.what} | {self.ours} | {self.theirs} | {ratio} | {must} | {goal} | {mark} |"


def markdown(rows: Sequence[Row], command: str, sizes: str, folder: str) -> str:
    """The table with what one must know to repeat it."""
    lines = [
        "| What / compared with | Inroad | compared with | ratio | must be ≤ | goal ≤ | |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        *map(str, rows),
        "",
        f"{machine(folder)}. {sizes}. {datetime.now().astimezone():%-d %B %Y}, `{command}`.",
    ]
    return "\n".join(lines)


def machine(folder: str) -> str:
    """The machine that was measured, in words."""
    cpu = ""
    memory = ""
    try:
        with open("/proc/cpuinfo") as file:
            cpu = next(line.partition(":")[2].strip() for line in file if line.startswith("model name"))
        with open("/proc/meminfo") as file:
            memory = f", {int(file.readline().split()[1]) // (1 << 20)} GB"
    except (OSError, StopIteration):
        cpu = platform.processor() or platform.machine()
    return (
        f"{cpu}, {os.cpu_count()} cores{memory}, {platform.system()} {platform.release().split('-')[0]}, "
        f"{_file_system(folder)}, Python {platform.python_version()}"
    )


def _file_system(folder: str) -> str:
    best = ("", "an unknown file system")
    try:
        with open("/proc/mounts") as file:
            for line in file:
                _, mount, kind, *_ = line.split()
                if os.path.realpath(folder).startswith(mount) and len(mount) >= len(best[0]):
                    best = (mount, kind)
    except OSError:
        return "unknown file system"
    return best[1]


def _time(seconds: float) -> str:
    if seconds < 1e-3:
        return f"{seconds * 1e6:.0f} µs"
    return f"{seconds * 1e3:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"


def _ratio(value: float) -> str:
    return f"1/{1 / value:,.0f}" if 0 < value < 0.02 else f"{value:.2f}x"

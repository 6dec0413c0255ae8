"""Everything that is measured, as one Markdown table: `python -m bench [PART ...] [--peers FOLDER]`.

The parts are `store` (commits and the import), `startup` (first frame and memory) and `keys` (how long a
key takes); without a name all of them run, one after the other. With `--peers` starts are compared with
Posting's and Harlequin's, too, which are installed there. Give the machine nothing else to do.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench.table import Row, markdown

SIZES_IN_WORDS = (
    "Stores of 300, 3,000 and 30,000 people, the largest with 1,000 meetings and 10,000 follow-ups, made by "
    "bench/generate.py; what is compared runs in turn"
)


Part = Callable[[Path, Path | None], tuple[list[Row], list[str]]]
"""Measures in a folder, against the peers in another; the rows, and what has to be said about them."""


def _store(folder: Path, _peers: Path | None) -> tuple[list[Row], list[str]]:
    from bench.store import run

    return run(folder), []


def _startup(folder: Path, peers: Path | None) -> tuple[list[Row], list[str]]:
    from bench.startup import run

    return run(folder, peers)


def _keys(folder: Path, _peers: Path | None) -> tuple[list[Row], list[str]]:
    from bench.keys import Bench

    return list(Bench(folder, quick=False).rows()), []


PARTS: dict[str, Part] = {"store": _store, "startup": _startup, "keys": _keys}


def main(arguments: list[str]) -> int:
    """Measure the named parts, or all; print the table. Returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("parts", metavar="PART", nargs="*", help=f"{', '.join(PARTS)}; none for all")
    parser.add_argument("--peers", metavar="FOLDER", type=Path, help="where Posting and Harlequin lie, or go")
    asked = parser.parse_args(arguments)
    if unknown := [part for part in asked.parts if part not in PARTS]:
        print(f"There is no part {', '.join(unknown)}: name {', '.join(PARTS)}, or none for all.")
        return 2
    rows: list[Row] = []
    notes: list[str] = []
    load = f"load {os.getloadavg()[0]:.1f} at the start"
    for part in asked.parts or PARTS:
        print(f"Measuring: {part}…", file=sys.stderr)
        with tempfile.TemporaryDirectory() as folder:
            more, said = PARTS[part](Path(folder), asked.peers)
        rows += more
        notes += said
    command = " ".join(["python -m bench", *asked.parts, *(["--peers FOLDER"] if asked.peers else [])])
    print(markdown(rows, command, f"{SIZES_IN_WORDS}; {load}", tempfile.gettempdir()))
    for note in notes:
        print(note)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

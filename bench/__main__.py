"""Everything that is measured, as one Markdown table: `python -m bench [PART ...]`.

The parts are `store` (commits and the import), `startup` (first frame and memory) and `keys` (how long a
key takes); without a name all of them run, one after the other. Give the machine nothing else to do.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench.table import Row, markdown

SIZES_IN_WORDS = (
    "Stores of 300, 3,000 and 30,000 people, the largest with 1,000 meetings and 10,000 follow-ups, made by "
    "bench/generate.py; what is compared runs in turn"
)


def _store(folder: Path) -> list[Row]:
    from bench.store import run

    return run(folder)


def _startup(folder: Path) -> list[Row]:
    from bench.startup import run

    return run(folder)


def _keys(folder: Path) -> list[Row]:
    from bench.keys import Bench

    return list(Bench(folder, quick=False).rows())


PARTS: dict[str, Callable[[Path], list[Row]]] = {"store": _store, "startup": _startup, "keys": _keys}


def main(parts: list[str]) -> int:
    """Measure the named parts, or all; print the table. Returns the exit status."""
    unknown = [part for part in parts if part not in PARTS]
    if unknown:
        print(f"There is no part {', '.join(unknown)}: name {', '.join(PARTS)}, or none for all.")
        return 2
    rows: list[Row] = []
    for part in parts or PARTS:
        print(f"Measuring: {part}…", file=sys.stderr)
        with tempfile.TemporaryDirectory() as folder:
            rows += PARTS[part](Path(folder))
    command = " ".join(["python -m bench", *parts])
    print(markdown(rows, command, SIZES_IN_WORDS, tempfile.gettempdir()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Checks what a wheel of Inroad holds: `inroad.py`, one private folder with all resources, nothing else."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

FOLDERS = ("tui", "screens", "data")
RESOURCES = (".py", ".tcss", ".j2", ".json", ".toml", ".md", ".txt")


def wrong(wheel: Path, root: Path) -> list[str]:
    """What is missing from the wheel, and what should not be there."""
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    wanted = {"inroad.py"} | {
        f"_inroad/{path.relative_to(root).as_posix()}"
        for folder in FOLDERS
        for path in (root / folder).rglob("*")
        if path.is_file() and path.suffix in RESOURCES and "__pycache__" not in path.parts
    }
    return [f"missing: {name}" for name in sorted(wanted - held)] + [
        f"not ours: {name}" for name in sorted(held - wanted)
    ]


def main() -> int:
    """Check the wheel named on the command line; 1 if something is wrong."""
    problems = wrong(Path(sys.argv[1]), Path(__file__).resolve().parent.parent)
    sys.stdout.writelines(f"{problem}\n" for problem in problems)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())

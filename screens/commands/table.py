"""The registry as the README's table of keys: `python -m screens.commands.table README.md` puts it there."""

from __future__ import annotations

import sys
from pathlib import Path

from . import SCOPES, commands, key_label

BEGIN = "<!-- keys: made by `python -m screens.commands.table README.md` -->"
END = "<!-- end of keys -->"


def markdown() -> str:
    """Every command with its keys, by scope, as Markdown."""
    parts = []
    for scope, heading in SCOPES.items():
        rows = [
            f"| {' '.join(f'`{key_label(key)}`' for key in command.keys) or 'palette'} | {command.id} "
            f"| {command.help} |"
            for command in commands(scope)
        ]
        parts.append(
            "\n".join([f"### {heading}", "", "| Key | Id | What it does |", "| --- | --- | --- |", *rows])
        )
    return "\n\n".join(parts) + "\n"


def main() -> None:
    """Put the table between the two marks of the file named on the command line."""
    file = Path(sys.argv[1])
    before, _, rest = file.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    file.write_text(f"{before}{BEGIN}\n\n{markdown()}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()

"""Made-up files in the shapes that real ones have."""

from __future__ import annotations

from pathlib import Path

from data.imports.cards import Parsed
from data.imports.reading import read

NOTE = (
    "Notes:\n"
    '"When exporting your connection data, you may notice that some of the email addresses are missing."\n'
    "\n"
)
HEADER = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
MARIA = "Maria,Chen,https://www.linkedin.com/in/maria-chen,maria@x.example,Figma,Head of Design,23 Nov 2026\n"
SAM = (
    'Sam,"Okafor, MBA, PMP",https://www.linkedin.com/in/sam-okafor,,"Stripe, Inc.","PM, Growth",01 Mar 2024\n'
)
TOMAS = "Tomás,Rey,https://www.linkedin.com/in/tom%C3%A1s-rey,,Loom,CTO,09 Feb 2020\n"
LINKEDIN = NOTE + HEADER + MARIA + SAM + TOMAS


def take(folder: Path, content: str | bytes, name: str = "file.txt") -> Parsed:
    """Write a file and read it."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read(path)


def names(parsed: Parsed) -> list[str]:
    return [card.name for card in parsed.cards]

"""Cells that a spreadsheet must not run.

A cell that begins with one of a few signs is a formula to a spreadsheet, and a formula can start programs
(OWASP, "CSV Injection"). An apostrophe before it makes it text. What is written here is read back to the
letter, whatever it was.
"""

from __future__ import annotations

import re

_FORMULA = re.compile(r"['\s]*[=+\-@\t\r\n＝＋－＠]")


def defused(text: str) -> str:
    """`text` as a cell that no spreadsheet takes for a formula."""
    return "'" + text if _FORMULA.match(text) else text


def undefused(cell: str) -> str:
    """The text that `defused` made this cell of."""
    return cell[1:] if cell[:1] == "'" and _FORMULA.match(cell, 1) else cell

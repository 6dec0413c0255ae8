"""What screens tell the app: where the user wants to go."""

from __future__ import annotations

from typing import Literal

from textual.message import Message

Target = Literal[
    "person", "meeting", "prep", "followup", "lead", "find", "import", "wrap_up", "ledger", "duplicates"
]


class Go(Message):
    """The user wants to see one thing, wherever its screen is.

    `kind` says what, `id` which one: a person's sheet, the running meeting, the prep or the wrap-up of
    a meeting (by the meeting's id), a follow-up; a lead, and with `ledger` advice or a promise, too, on
    the ledger. For `find`, `import` and `ledger` the id may be empty; for `duplicates` it is empty (all
    who are likely) or the ids of two people with a space between them.
    """

    def __init__(self, kind: Target, id: str = "") -> None:
        super().__init__()
        self.kind = kind
        self.id = id

"""What screens need of the machine, as ports: handed in by the application, replaced in tests."""

from __future__ import annotations

from typing import Literal, Protocol

from msgspec import Struct


class CopyOutcome(Struct, frozen=True):
    """What really became of a copy.

    `how` is "copied" only where reading back gave the same text, "sent" where the terminal was asked
    and cannot answer, "file" where the text lies in a file instead, "failed" where it is nowhere.
    `sentence` says it to the user.
    """

    how: Literal["copied", "sent", "file", "failed"]
    sentence: str


class ClipboardPort(Protocol):
    """Takes text to where the user can paste it from."""

    def copy(self, text: str) -> CopyOutcome:
        """Copy `text` and tell what became of it; never raises.

        It may take some seconds (a frozen desktop): call it in a thread, not on the event loop.
        """
        ...

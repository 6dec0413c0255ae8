"""The way from a meeting's place to the call: only addresses that are what they look like are opened."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from data.records import Medium, Meeting

if TYPE_CHECKING:
    from .desk import Desk

_LINK = re.compile(r"https?://[^\s<>\"'\\\x00-\x1f\x7f]{3,2000}", re.IGNORECASE)


def address_of(meeting: Meeting) -> str:
    """The address that a meeting's place holds: a link, or a number to call; empty if there is none."""
    if found := _LINK.search(meeting.place):
        address = found[0].rstrip(".,;)")
        try:
            parts = urlsplit(address)
        except ValueError:
            return ""
        return address if parts.hostname and not parts.username else ""
    if meeting.medium is Medium.PHONE:
        digits = re.sub(r"[^0-9+]", "", meeting.place)
        return f"tel:{quote(digits, safe='+')}" if len(digits) >= 5 else ""
    return ""


def open_place(desk: Desk, meeting: Meeting) -> tuple[str, str]:
    """Open the link of a meeting's place. Returns the feedback and its tone."""
    address = address_of(meeting)
    if not address:
        return "There is no link in this meeting's place: set one on the Prep screen.", "warn"
    if not desk.open_url(address):
        return f"Nothing here can open {address}.", "warn"
    return f"Opened {address}", "good"

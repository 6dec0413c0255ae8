"""Until when a promise holds, where its words say so: "send her my portfolio by fri"."""

from __future__ import annotations

import re
from datetime import date

_BY = re.compile(r"\b(?:by|on|until|till|before)\s+(?P<day>[^,;()]{2,30})$", re.IGNORECASE)
_BARE = re.compile(
    r"\b(?P<day>today|tonight|tomorrow|next\s+week|(?:this|next)\s+[a-z]{3,9}|in\s+\w+\s+(?:days?|weeks?)"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|tues|thu|thur|thurs|fri)$",
    re.IGNORECASE,
)
# "wed", "sat" and "sun" alone are words of other meanings, too.


def promised_by(text: str, today: date) -> date | None:
    """The day that the end of a promise's words names, from `today` on; None where they name none."""
    from data.when import WhenError, read_day

    words = " ".join(text[-80:].split()).rstrip(" .!")
    for pattern in (_BY, _BARE):
        if found := pattern.search(words):
            try:
                return read_day(found["day"], today)
            except WhenError:
                continue
    return None

"""File names made of what people are called: safe on every system, no two alike, none that leads away."""

from __future__ import annotations

import re
import unicodedata

from data.exports.outgoing import clean_line

LONGEST = 100
"""Bytes of a name in UTF-8: file systems take 255, and some programs add to them."""
# What paths, shells, Windows and wiki links give a meaning to.
_UNFIT = re.compile(r"[/\\:*?\"<>|#^\[\]`$%{}~;&!=@+]+")
_UNSEEN = re.compile(r"[\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f]")
_RESERVED = re.compile(r"^(?:con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(?:\..*)?$", re.IGNORECASE)


class FileNames:
    """Gives each thing a name of its own; two that differ in case alone are one to some file systems."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def name(self, text: str, otherwise: str) -> str:
        """A file's name, without ending, for `text`; `otherwise` where nothing of it can stand in one."""
        base = safe_name(text) or otherwise
        name, number = base, 1
        while _key(name) in self._taken:
            number += 1
            name = f"{base} {number}"
        self._taken.add(_key(name))
        return name


def safe_name(text: str) -> str:
    """`text` as one part of a path; "" if nothing of it can stand there."""
    text = unicodedata.normalize("NFC", clean_line(text[:1_000]))
    text = " ".join(_UNSEEN.sub("", _UNFIT.sub(" ", text)).split()).strip(". -'")
    while len(text.encode()) > LONGEST:
        text = text[: max(1, len(text) - max(1, (len(text.encode()) - LONGEST) // 4))].rstrip(". -'")
    return f"{text} (name)" if _RESERVED.match(text) else text


def _key(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()

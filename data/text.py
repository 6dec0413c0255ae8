"""Text from outside, made fit to be shown: one place that every screen and the command line use.

What is stored is never changed; only what is drawn is. A control character would be obeyed by the
terminal, a bidirectional override would turn its neighbours round, and on joined emoji, flags and what
Unicode has only just got terminals disagree about the width, which breaks the alignment of everything to
their right.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

_CONTROL_PICTURES = {code: chr(0x2400 + code) for code in range(0x20)} | {0x7F: "\u2421"}
_C1 = dict.fromkeys(range(0x80, 0xA0), "\ufffd")
# Marks, embeddings, overrides, isolates; and zero-width and line-separator characters.
_UNSEEN = dict.fromkeys(
    [
        *(0x00AD, 0x061C, 0x115F, 0x1160, 0x180E, 0x200B, 0x200E, 0x200F, 0x3164, 0xFEFF, 0xFFA0),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
    ]
)
_SEPARATORS = {0x2028: " ", 0x2029: " ", 0x0085: " "}
# Variation selectors, skin tones, the keycap ring and tag characters: drawn without.
_VARIANTS = dict.fromkeys([0xFE0E, 0xFE0F, 0x20E3, *range(0x1F3FB, 0x1F400), *range(0xE0000, 0xE0080)])

# A flag is two letters, which one terminal draws as a picture and another as letters: drawn as letters.
_FLAGS = {0x1F1E6 + place: chr(0x41 + place) for place in range(26)}
NOT_DRAWN = "▯"
"""Stands for a sign whose width terminals don't agree on."""
# Circled numbers, trigrams and hexagrams, tones, counting rods: wide in one version of Unicode and narrow in
# another; emoji from 2020 on, which older terminals don't know.
_DISPUTED = dict.fromkeys(
    [
        *(0x302E, 0x302F, 0x16FF0, 0x16FF1, 0x1F90C, 0x1F972, 0x1F979, 0x1F9CC, 0x1F7F0),
        *range(0x2630, 0x2638),
        *range(0x268A, 0x2690),
        *range(0x3248, 0x3250),
        *range(0x4DC0, 0x4E00),
        *range(0x1D300, 0x1D380),
        *range(0x1F6D8, 0x1F6E0),
        *range(0x1FA70, 0x1FB00),
    ],
    NOT_DRAWN,
)


class _Table(dict[int, str | None]):
    """What is drawn for each character; what Unicode doesn't know is looked up once."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        kind = unicodedata.category(sign)
        # Half of a pair, alone; nobody yet.
        shown = "\ufffd" if kind == "Cs" else NOT_DRAWN if kind == "Cn" else sign
        self[code] = shown
        return shown


_BLOCK_TABLE = _Table(
    {**_CONTROL_PICTURES, **_C1, **_UNSEEN, **_SEPARATORS, **_VARIANTS, **_FLAGS, **_DISPUTED}
)
_BLOCK_TABLE[0x0A] = "\n"
_BLOCK_TABLE[0x09] = "    "
_BLOCK_TABLE[0x0D] = ""
_LINE_TABLE = _Table({**_BLOCK_TABLE, 0x0A: " ", 0x09: " ", 0x0D: " "})


def one_line(text: str) -> str:
    """`text` as one line that is safe to draw: controls as pictures (`␛`), line ends as spaces."""
    if text.isascii() and text.isprintable():
        return text
    return _shown(text, _LINE_TABLE)


def block(text: str) -> str:
    """`text` safe to draw, its line ends kept."""
    if text.isascii() and text.isprintable():
        return text
    return _shown(text.replace("\r\n", "\n"), _BLOCK_TABLE)


def _shown(text: str, table: _Table) -> str:
    if "\u200d" in text:
        text = _join(text)
    # A letter and its accent as one character, where there is one: not every terminal puts them together.
    text = unicodedata.normalize("NFC", text)
    return text.translate(table)


def _join(text: str) -> str:
    """Cut a joined emoji back to its first; a joiner between letters (Persian, Hindi) only drops out."""
    out: list[str] = []
    skip = False
    for char in text:
        if char == "\u200d":
            skip = bool(out) and unicodedata.category(out[-1]) in ("So", "Sk")
            continue
        if 0xFE00 <= ord(char) <= 0xFE0F or 0x1F3FB <= ord(char) < 0x1F400:
            continue
        if skip:
            skip = False
            continue
        out.append(char)
    return "".join(out)


def fold(text: str) -> str:
    """`text` for comparing: no accents, no case, one space between words ("Tomás  REY" → "tomas rey")."""
    if not text.isascii():
        text = "".join(
            char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char)
        )
    return " ".join(text.casefold().split())


def found_in(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where `words` (folded) stand in `text`, as (start, end), in order and without overlap.

    A word of one or two letters stands in almost every other; it counts where a word begins with it.
    """
    folded, places = text.casefold(), None
    plain = text.isascii() or (max(text) < "\u0300" and unicodedata.is_normalized("NFKD", text))
    if not plain or len(folded) != len(text):
        parts = [fold(char) or (" " if char.isspace() else "") for char in text]
        folded = "".join(parts)
        places = [index for index, part in enumerate(parts) for _ in part]
    found = []
    for word in words:
        at = folded.find(word) if word else -1
        while at >= 0:
            end = at + len(word)
            if len(word) > 2 or not at or not folded[at - 1].isalnum():
                found.append((at, end) if places is None else (places[at], places[end - 1] + 1))
            at = folded.find(word, end)
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def short(text: str, longest: int = 60) -> str:
    """`text` (a name, say) for a title or a sentence: on one line, safe to draw, not endless."""
    line = " ".join(one_line(text[: 10 * longest]).split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def plural(count: int, one: str, many: str = "") -> str:
    """`count` with its noun: `plural(1, "lead")` is "1 lead", `plural(2, "person", "people")` "2 people"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"

"""Text from outside, made fit to be shown: one place that every screen and the command line use.

What is stored is never changed; only what is drawn is. A control character would be obeyed by the
terminal, a bidirectional override would turn its neighbours round, and on joined emoji terminals
disagree about the width, which breaks the alignment of everything to their right.
"""

from __future__ import annotations

import re
import unicodedata

_CONTROL_PICTURES = {code: chr(0x2400 + code) for code in range(0x20)} | {0x7F: "\u2421"}
_C1 = dict.fromkeys(range(0x80, 0xA0), "\ufffd")
# Marks, embeddings, overrides, isolates; and zero-width and line-separator characters.
_UNSEEN = dict.fromkeys(
    [0x061C, 0x180E, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF, 0x00AD]
)
_SEPARATORS = {0x2028: " ", 0x2029: " ", 0x0085: " "}
# Variation selectors, skin tones, the keycap ring and tag characters: drawn without.
_VARIANTS = dict.fromkeys([0xFE0E, 0xFE0F, 0x20E3, *range(0x1F3FB, 0x1F400), *range(0xE0000, 0xE0080)])

_BLOCK_TABLE = {**_CONTROL_PICTURES, **_C1, **_UNSEEN, **_SEPARATORS, **_VARIANTS}
_BLOCK_TABLE[0x0A] = "\n"
_BLOCK_TABLE[0x09] = "    "
_BLOCK_TABLE[0x0D] = ""
_LINE_TABLE = {**_BLOCK_TABLE, 0x0A: " ", 0x09: " ", 0x0D: " "}


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


def _shown(text: str, table: dict[int, str | None]) -> str:
    if "\u200d" in text:
        text = _join(text)
    shown = text.translate(table)
    try:
        shown.encode()
    except UnicodeEncodeError:
        # Halves of a pair, alone.
        shown = re.sub("[\ud800-\udfff]", "\ufffd", shown)
    return shown


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


def plural(count: int, one: str, many: str = "") -> str:
    """`count` with its noun: `plural(1, "lead")` is "1 lead", `plural(2, "person", "people")` "2 people"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"

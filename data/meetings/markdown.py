"""Text of users in Markdown: it reads as it was typed, and is neither a heading nor a link by accident."""

from __future__ import annotations

import re

from data.text import block, one_line

# CommonMark 0.31, 2.4: any ASCII punctuation may be escaped; these are the ones that mean something.
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~&])")
_LINE_START = re.compile(r"^([ ]*)(?:([-+=:])|([0-9]{1,9})([.)]))")
_AUTOLINK = re.compile(r"\b(?:https?://|www\.)[^\s<>]+", re.IGNORECASE)


def inline(text: str) -> str:
    """`text` on one line, its marks escaped; a web address stays one that can be followed."""
    line = one_line(text).strip()
    out, at = [], 0
    for found in _AUTOLINK.finditer(line):
        out += [_escaped(line[at : found.start()]), _address(found[0])]
        at = found.end()
    escaped = "".join([*out, _escaped(line[at:])])
    return _LINE_START.sub(lambda m: f"{m[1]}\\{m[2]}" if m[2] else f"{m[1]}{m[3]}\\{m[4]}", escaped)


def paragraphs(text: str) -> list[str]:
    """The lines of a longer text, each escaped; their line ends are kept by two spaces at the end."""
    lines = [inline(line) for line in block(text).strip().splitlines()]
    last = len(lines) - 1
    return [f"{line}  " if line and at < last and lines[at + 1] else line for at, line in enumerate(lines)]


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def _address(address: str) -> str:
    if re.search(r"[`\\|\[\]]", address):
        return _escaped(address)
    return f"<{address}>" if "://" in address else _escaped(address)

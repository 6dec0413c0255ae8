"""Splitting a vCard file into its cards, and a card into its properties: versions 2.1, 3.0 and 4.0.

The file is read line by line, photos are passed over unread, and each card stands for itself: a bad one
costs one. The lines are taken apart here and not by vobject, whose pattern for a property takes exponential
time on some lines (`A;b;b;b…` of a hundred characters never ends) and which gives up at the first bad one.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator

from msgspec import Struct

from data.imports.files import Lines

# A byte order mark may stand before it, also read as bytes.
_BEGIN = re.compile(r"^(?:\ufeff|\u00ef\u00bb\u00bf)?\s*BEGIN\s*:\s*VCARD\s*$", re.IGNORECASE)
_END = re.compile(r"^\s*END\s*:\s*VCARD\s*$", re.IGNORECASE)
_AGENT = re.compile(r"^(?:[\w-]+\.)?AGENT(?:;[^:]*)?:\s*$", re.IGNORECASE)
_BINARY = re.compile(r"^(?:[\w-]+\.)?(?:PHOTO|LOGO|SOUND|KEY|X-MS-CARDPICTURE)[;:]", re.IGNORECASE)
_BASE64 = re.compile(r"^[A-Za-z0-9+/=\s]*$")
_BEFORE_VALUE = re.compile(r'[^":]*(?:"[^"]*"[^":]*)*:')
_PARAMETERS = re.compile(r'(?:[^";]|"[^"]*"|")+')
_QUOTED_PRINTABLE = re.compile(r"^[^:]*;\s*(?:ENCODING\s*=\s*)?QUOTED-PRINTABLE", re.IGNORECASE)
_CHARSETS = re.compile(
    r"^(?:utf-?8|us-ascii|ascii|iso-?8859-?\d{1,2}|latin-?1|(?:windows|cp)-?125\d|shift[_-]?jis|gb2312|gbk"
    r"|gb18030|big5|euc-(?:jp|kr)|koi8-[ru]|macintosh)$",
    re.IGNORECASE,
)
_MOST_CHARS = 1 << 20
_MOST_LINES = 5_000


class RawCard(Struct, gc=False):
    """The lines of one card, still folded; its place in the file, and why it can't be read, if it can't.

    `number` counts cards from one, `line` is where it begins.
    """

    number: int
    line: int
    lines: list[str]
    why: str = ""


class Property(Struct, gc=False):
    """One property: name and parameters in upper case, the value as it stands, but for its encoding."""

    name: str
    group: str
    parameters: dict[str, list[str]]
    value: str

    @property
    def types(self) -> set[str]:
        """The words of its TYPE parameter, in upper case."""
        return {word.upper() for word in self.parameters.get("TYPE", ())}


def split(lines: Lines) -> Iterator[RawCard]:
    """The cards of a file; what stands between them is passed over."""
    card: RawCard | None = None
    size = inner = number = 0
    skipping = set_in = False
    for at, text, long in lines:
        bare = text.rstrip("\r\n")
        # In a card, a line that is set in goes on with the one before it, also where it reads like an end.
        goes_on = card is not None and not set_in and bare[:1] in (" ", "\t")
        if not goes_on and _BEGIN.match(bare):
            if card is not None and card.lines and _AGENT.match(card.lines[-1]):
                inner += 1  # An agent's card in a card, as 2.1 has it: passed over.
                card.lines.pop()
                continue
            if card is not None and inner:
                inner += 1
                continue
            if card is not None:
                card.why = card.why or "it has no END:VCARD"
                yield card
            number += 1
            card, size, skipping = RawCard(number, at, []), 0, False
            set_in = bare[:1] in (" ", "\t")
            continue
        if card is None:
            continue
        if not goes_on and _END.match(bare):
            if inner:
                inner -= 1
                continue
            yield card
            card = None
            continue
        if inner:
            continue
        if skipping:
            if bare[:1] in (" ", "\t") or (bare and ":" not in bare and _BASE64.match(bare)) or not bare:
                continue
            skipping = False
        if _BINARY.match(bare):
            skipping = True
            continue
        size += len(bare)
        if long or size > _MOST_CHARS or len(card.lines) >= _MOST_LINES:
            card.why = card.why or "it is longer than a million characters"
            card.lines = card.lines[:20]
            continue
        card.lines.append(bare)
    if card is not None:
        card.why = card.why or "the file ends in the middle of it"
        yield card


def properties(card: RawCard, *, decoded: bool) -> list[Property]:
    """The card's properties; a line that is none is left out. `decoded` says that the lines are text
    already, else they are bytes, one a character."""
    old = any(line.strip().upper() == "VERSION:2.1" for line in card.lines[:10])
    found = (_property(line, decoded) for line in _unfolded(card.lines, old))
    return [each for each in found if each is not None]


def _unfolded(lines: list[str], old: bool) -> list[str]:
    """Lines that belong together, put together."""
    out: list[list[str]] = []
    soft = quoted = False
    for line in lines:
        if soft:
            out[-1][-1] = out[-1][-1][:-1]
            out[-1].append(line)
            soft = line.endswith("=")
            continue
        if line[:1] in (" ", "\t") and out:
            out[-1].append(line if old else line[1:])
        elif line.strip():
            if ":" not in line and out and out[-1][0].upper().startswith("NOTE"):
                out[-1].append("\\n" + line)  # A note whose line ends nobody escaped.
                continue
            out.append([line])
            quoted = bool(_QUOTED_PRINTABLE.match(line))
        else:
            continue
        soft = quoted and line.endswith("=")
    return ["".join(parts) for parts in out]


def _property(line: str, decoded: bool) -> Property | None:
    head = _BEFORE_VALUE.match(line)
    if head is not None:
        before, value = head[0][:-1], line[head.end() :]
    else:
        before, colon, value = line.partition(":")
        if not colon:
            return None
    words = _PARAMETERS.findall(before)
    if not words:
        return None
    group, _, name = words[0].strip().rpartition(".")
    if not name:
        return None
    parameters: dict[str, list[str]] = {}
    for word in words[1:]:
        key, equals, text = word.partition("=")
        key = key.strip().upper()
        if not equals:  # 2.1 writes the value alone.
            text = key
            key = "ENCODING" if key in ("QUOTED-PRINTABLE", "BASE64", "B") else "TYPE"
        values = [part.strip().strip('"') for part in text.strip('" ').split(",")]
        parameters.setdefault(key, []).extend(values)
    return Property(
        name.strip().upper(),
        _decode(group, "", decoded).upper(),
        {key: [_decode(value, "", decoded) for value in values] for key, values in parameters.items()},
        _value(value, parameters, decoded),
    )


def _value(value: str, parameters: dict[str, list[str]], decoded: bool) -> str:
    charset = (parameters.get("CHARSET") or [""])[0]
    if any(encoding.upper() == "QUOTED-PRINTABLE" for encoding in parameters.get("ENCODING", ())):
        data = quopri.decodestring(value.encode("utf-8" if decoded else "latin-1"))
        return _decode(data.decode("latin-1"), charset, decoded=False)
    return _decode(value, charset, decoded)


def _decode(text: str, charset: str, decoded: bool) -> str:
    if decoded or text.isascii():
        return text
    # A parameter was made upper-case before, which takes two of Latin-1's letters out of it.
    data = text.encode("latin-1", "replace")
    for name in (charset if _CHARSETS.match(charset) else "", "utf-8"):
        try:
            if name:
                return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("cp1252", "replace")


_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def unescaped(value: str) -> str:
    """A value's text: `\\n` is a line end, a backslash before any other character drops out."""
    if "\\" not in value:
        return value
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)


def parts(value: str, separator: str = ";") -> list[str]:
    """A structured value's parts, unescaped: `Chen;Maria;;` → Chen, Maria, "", ""."""
    if "\\" not in value:
        return value.split(separator)
    found: list[str] = []
    start = at = 0
    while at < len(value):
        if value[at] == "\\":
            at += 2
            continue
        if value[at] == separator:
            found.append(unescaped(value[start:at]))
            start = at + 1
        at += 1
    found.append(unescaped(value[start:]))
    return found

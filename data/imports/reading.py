"""Reading a file of contacts, whatever it is: its content says, not its name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from data.imports.cards import Parsed, Progress
from data.imports.files import TABLE_LIMIT, Encoding, check_size, encoding_of, head, refuse_binary, source_of

_CARDS = re.compile(r"^\s*BEGIN\s*:\s*VCARD", re.IGNORECASE | re.MULTILINE)


def read(path: Path, *, mapping: Mapping[str, str] | None = None, progress: Progress | None = None) -> Parsed:
    """Read the contacts of a file; nothing is kept.

    `mapping` are the user's own choices for the columns of a table: heading → one of
    `data.imports.columns.TARGETS`, "" to leave it out. `progress` is told how far reading has come, and
    stops it by raising. Raises ImportRefused, one sentence, for a file that can't be read; a part that
    can't be is in `skipped`, and costs itself alone.
    """
    source = source_of(path)
    start = head(source)
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        from data.imports.archives import unpacked

        source = unpacked(source)
        start = head(source)
    refuse_binary(source, start)
    if b"BEGIN" not in start.upper().replace(b"\0", b""):
        check_size(source, TABLE_LIMIT)  # Before it is read to its end for its encoding.
    encoding = encoding_of(source)
    text = _text(start, encoding)
    if text.lstrip("\ufeff \t\r\n").startswith("{"):
        from data.imports.own_json import read_own

        return read_own(source, encoding, progress)
    if _CARDS.search(text):
        from data.imports.vcard_people import read_cards

        return read_cards(source, encoding, progress)
    from data.imports.tables import read_table

    return read_table(source, encoding, mapping or {}, progress)


def _text(start: bytes, encoding: Encoding) -> str:
    return start.decode(encoding.name, "replace")

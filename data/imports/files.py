"""Opening a file that somebody else wrote: how big, text or not, in which encoding, line by line.

Nothing here reads a whole file into memory, and no line can grow without bound.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

from data.imports.cards import ImportRefused

TABLE_LIMIT = 64 << 20
"""Bytes of a table or of Inroad's own export: more than ten times 30,000 connections."""
CARDS_LIMIT = 1 << 30
"""Bytes of a vCard file: most are photos, which are passed over."""
LINE_LIMIT = 1 << 20
"""Characters of a line."""
_CHUNK = 1 << 20

_SIGNATURES = (
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook: open it, and save it as CSV"),
    (b"%PDF", "a PDF: export the contacts as CSV or vCard instead"),
    (b"SQLite format 3", "a database: export the contacts from their program as CSV or vCard"),
    (b"{\\rtf", "a formatted document: save it as plain text, or export the contacts as CSV"),
    (b"<!DOCTYPE", "a web page: download the CSV or vCard file itself"),
    (b"<!doctype", "a web page: download the CSV or vCard file itself"),
    (b"<html", "a web page: download the CSV or vCard file itself"),
    (b"\x1f\x8b", "compressed with gzip: unpack it first"),
)


class Source(Struct, frozen=True):
    """Something to read: a file, or a part of an archive. `open` may be called more than once."""

    name: str
    size: int
    open: Callable[[], BinaryIO]


class Encoding(Struct, frozen=True):
    """How a file's bytes are to be read, and a sentence about it if the user should know."""

    name: str
    errors: str = "strict"
    note: str = ""


def source_of(path: Path) -> Source:
    """The file at `path`. Raises ImportRefused if there is none that can be read, or it is empty."""
    try:
        if path.is_dir():
            raise ImportRefused(f"{path.name or path} is a folder: choose a file in it.")
        size = path.stat().st_size
        if not path.is_file():
            raise ImportRefused(f"{path.name} is no ordinary file: choose a CSV, vCard, zip or JSON file.")
        with path.open("rb"):
            pass
    except FileNotFoundError:
        raise ImportRefused(f"There is no file {path}: check the name and the folder.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the name is not one that a file can have"
        raise ImportRefused(f"{path.name} can't be read ({reason.lower()}): check who may read it.") from None
    if size == 0:
        raise ImportRefused(f"{path.name} is empty: export it again from where it came from.")
    return Source(path.name, size, lambda: path.open("rb"))


def check_size(source: Source, limit: int) -> None:
    """Raise ImportRefused if there are more bytes than `limit`."""
    if source.size > limit:
        raise ImportRefused(
            f"{source.name} is {source.size >> 20} MB, and Inroad reads up to {limit >> 20} MB of this kind: "
            "split it into smaller files, or export fewer people."
        )


def head(source: Source, size: int = 1 << 16) -> bytes:
    """The first bytes."""
    try:
        with source.open() as file:
            return file.read(size)
    except OSError as error:
        raise unreadable(source, error) from None


def unreadable(source: Source, error: OSError) -> ImportRefused:
    """What to say when reading fails half-way."""
    reason = (error.strerror or "a fault of the disk").lower()
    return ImportRefused(f"{source.name} can't be read to its end ({reason}): copy it here, and try again.")


def refuse_binary(source: Source, start: bytes) -> None:
    """Raise ImportRefused for what is no text, by what it is where that is known."""
    stripped = start.lstrip(b"\xef\xbb\xbf \t\r\n")
    for signature, what in _SIGNATURES:
        if stripped.startswith(signature):
            raise ImportRefused(f"{source.name} is {what}.")
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)):
        return
    if not stripped:
        raise ImportRefused(f"{source.name} holds nothing but blanks: export it again.")
    nuls = start.count(0)
    if nuls and _wide(start) is None and nuls * 50 > len(start):
        raise ImportRefused(_no_text(source))
    controls = sum(start.count(code) for code in range(1, 32) if code not in (9, 10, 12, 13, 27))
    if controls * (20 if len(start) > _ENOUGH else 4) > len(start):
        raise ImportRefused(_no_text(source))


_ENOUGH = 4_096
"""Bytes that tell a compressed or encrypted file from text with a few odd characters."""


def _no_text(source: Source) -> str:
    return f"{source.name} is no text file: Inroad reads CSV, vCard, LinkedIn's zip and its own JSON."


def _wide(start: bytes) -> str | None:
    """UTF-16 without a mark shows in every other byte being zero."""
    pairs = len(start) // 2
    if pairs < 8:
        return None
    high, low = start[1::2].count(0), start[0::2].count(0)
    if high * 10 > pairs * 6 and low * 10 < pairs:
        return "utf-16-le"
    if low * 10 > pairs * 6 and high * 10 < pairs:
        return "utf-16-be"
    return None


def encoding_of(source: Source) -> Encoding:
    """The encoding: a byte order mark, then UTF-8 if it is that throughout, then cp1252.

    A file that is UTF-8 but for a few broken bytes stays UTF-8, and says so.
    """
    start = head(source)
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if start.startswith(mark):
            return Encoding(name, "replace")
    if wide := _wide(start):
        return Encoding(wide, "replace")
    good, bad, cut = _utf8_or_not(source)
    if bad == 0 and (good or not cut):
        return Encoding("utf-8", "replace")
    if good > bad:
        return Encoding(
            "utf-8",
            "replace",
            f"Some letters of {source.name} are damaged ({bad:,}); they show as \ufffd.",
        )
    return Encoding("cp1252", "replace")


def _utf8_or_not(source: Source) -> tuple[int, int, bool]:
    """(letters beyond ASCII that are good UTF-8, places that are not, whether the last letter is cut)."""
    good = bad = 0
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    try:
        with source.open() as file:
            while chunk := file.read(_CHUNK):
                text = decoder.decode(chunk)
                if text.isascii():
                    continue
                # The sign for a broken letter may itself stand in the file, where it was broken before.
                damaged = max(0, text.count("\ufffd") - chunk.count(b"\xef\xbf\xbd"))
                bad += damaged
                good += sum(1 for char in text if char > "\x7f") - damaged
    except OSError as error:
        raise unreadable(source, error) from None
    return good, bad, bool(decoder.decode(b"", True))


class Lines:
    """The lines of a text, each with its number and its line end.

    A line longer than LINE_LIMIT is cut there and marked by `too_long`; the rest of it is passed over.
    `cut` says afterwards whether the last line had no end.
    """

    def __init__(self, source: Source, encoding: Encoding) -> None:
        self._source = source
        self._encoding = encoding
        self.number = 0
        self.bytes = 0
        self.cut = False

    def __iter__(self) -> Iterator[tuple[int, str, bool]]:
        """Yields (number, line, too long)."""
        try:
            with self._source.open() as file:
                text = io.TextIOWrapper(
                    file, encoding=self._encoding.name, errors=self._encoding.errors, newline=""
                )
                while line := text.readline(LINE_LIMIT):
                    self.number += 1
                    self.bytes += len(line)
                    long = len(line) >= LINE_LIMIT and not line.endswith(("\n", "\r"))
                    rest = line
                    while long and rest and not rest.endswith(("\n", "\r")):
                        rest = text.readline(LINE_LIMIT)
                        self.bytes += len(rest)
                    self.cut = not line.endswith(("\n", "\r")) and not long
                    yield self.number, line, long
        except UnicodeError:
            raise ImportRefused(
                f"Line {self.number + 1} of {self._source.name} is in a broken encoding: "
                "save the file as UTF-8, and try again."
            ) from None
        except OSError as error:
            raise unreadable(self._source, error) from None

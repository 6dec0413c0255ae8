"""One line typed in a conversation: its first character says what it is.

`!` a lead, `*` advice, `"` a quote, `@` a promise, `/` a command; anything else is a note. A space
before it, or a paste, leaves the line plain: then the first character is text like any other.
"""

from __future__ import annotations

import re

from msgspec import Struct

from data.errors import UserError
from data.records import EntryKind

SIGNS: dict[EntryKind, str] = {
    EntryKind.NOTE: "",
    EntryKind.LEAD: "!",
    EntryKind.ADVICE: "*",
    EntryKind.QUOTE: '"',
    EntryKind.PROMISE: "@",
    EntryKind.ANSWER: "=",
}
"""The sign that stands beside a line of each kind; typed first, all but the answer's make the kind."""

_KINDS = {
    "!": EntryKind.LEAD,
    "*": EntryKind.ADVICE,
    '"': EntryKind.QUOTE,
    "“": EntryKind.QUOTE,
    "„": EntryKind.QUOTE,
    "@": EntryKind.PROMISE,
}
_MOST_OFFERED = 60


class CaptureError(UserError):
    """A command that there is not; the line stays where it was typed."""


class Command(Struct, frozen=True):
    """A command of the meeting's line: `id` for the program, `typed` and `help` for the user."""

    id: str
    typed: str
    help: str


COMMANDS = (
    Command("end", "/end", "end the meeting"),
    Command("extend", "/+5", "they offered 5 minutes more (or any number)"),
    Command("done", "/done", "tick the current question"),
    Command("next", "/next", "go on to the next question"),
    Command("exit-line", "/exit-line", "show the line to end on time"),
    Command("mute", "/mute", "no cues from here on, or cues again"),
    Command("help", "/help", "show every key of this screen"),
)


class Line(Struct, frozen=True):
    """A line to keep."""

    kind: EntryKind
    text: str


class Typed(Struct, frozen=True):
    """A command that was typed; `minutes` only for the extension."""

    command: Command
    minutes: int = 0


def kind_of(text: str, *, plain: bool = False) -> EntryKind:
    """What the line is becoming while it is typed."""
    return EntryKind.NOTE if plain else _KINDS.get(text[:1], EntryKind.NOTE)


def read_line(text: str, *, plain: bool = False) -> Line | Typed | None:
    """What a finished line is; None where there is nothing to keep.

    `plain` is for text that was pasted. Raises CaptureError for an unknown command.
    """
    if not plain and text.startswith("/"):
        return _command(text[1:].strip())
    kind = kind_of(text, plain=plain)
    body = text.strip() if kind is EntryKind.NOTE else text[1:].strip()
    if kind is EntryKind.QUOTE:
        body = _unquoted(body)
    return Line(kind, body) if body else None


def _unquoted(body: str) -> str:
    """Without the closing mark, unless it closes a quote within the quote."""
    if body.endswith(("”", '"')) and _marks(body) % 2:
        return body[:-1].rstrip()
    return body


def _marks(text: str) -> int:
    return sum(text.count(mark) for mark in '"“„”')


def as_typed(kind: EntryKind, text: str) -> str:
    """How a kept line is typed: what stands in the input when it is taken back for editing."""
    if sign := SIGNS[kind] if kind is not EntryKind.ANSWER else "":
        whole = kind is EntryKind.QUOTE and not _marks(text) % 2
        return f"{sign} {text}{chr(34) if whole else ''}"
    return f" {text}" if text[:1] in (*_KINDS, "/") else text


def split_paste(text: str) -> list[str]:
    """The lines of a pasted text, in order, without the empty ones; each is a plain line."""
    return [line.strip() for line in re.split(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]", text) if line.strip()]


def matching_commands(text: str) -> list[Command]:
    """The commands that a line beginning with `/` could become, in their order; all for `/` alone."""
    wanted = text.removeprefix("/").strip().casefold()
    if re.fullmatch(r"\+[0-9]*", wanted):
        return [command for command in COMMANDS if command.id == "extend"]
    return [command for command in COMMANDS if command.typed[1:].startswith(wanted)]


def _command(words: str) -> Typed:
    wanted = words.casefold()
    if more := re.fullmatch(r"\+\s*([0-9]{1,4})(?:\s*min)?", wanted):
        minutes = int(more[1])
        if not 1 <= minutes <= _MOST_OFFERED:
            raise CaptureError(
                f"They can offer 1 to {_MOST_OFFERED} minutes at a time: type for example /+5."
            )
        extend = next(command for command in COMMANDS if command.id == "extend")
        return Typed(extend, minutes)
    found = [command for command in COMMANDS if command.typed[1:] == wanted]
    if not found and len(wanted) > 1 and not wanted.startswith("+"):
        found = matching_commands(wanted)
    if len(found) != 1:
        listed = ", ".join(command.typed for command in COMMANDS)
        raise CaptureError(f"There are {listed}: type one, or a space first to keep this as a note.")
    return Typed(found[0])

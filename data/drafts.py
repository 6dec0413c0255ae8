"""Half-typed text, kept in a small side file per process: a crash costs at most its last second.

A draft is not part of a record and not part of undo. Each process writes its own file beside the store,
whole and then renamed, so that a reader never meets half of one; what a dead process left behind is
taken over by the next.
"""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from .store.files import reason
from .store.wording import whole_text

if TYPE_CHECKING:
    from .clock import Clock

_PREFIX = "draft-"
_NUMBER = "\n"
_Saved = tuple[str, str]
"""A text, and when it was saved."""
_NONE: _Saved = ("", "")


class Draft(Struct, frozen=True):
    """A text that was being written: where it belongs (`key`), the text, and when it was last saved."""

    key: str
    text: str
    at: datetime


class Drafts:
    """The drafts of this process, in `folder`; `clock` dates them."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock
        self._file = folder / f"{_PREFIX}{os.getpid()}-{_birth(os.getpid())}-{os.urandom(4).hex()}.json"
        self._texts: dict[str, _Saved] = {}
        self._behind: dict[str, list[_Saved]] = {}
        """What else was left under a key, the newest last: it comes when the one before it is done with."""
        self.trouble = ""
        """Why what is typed now is not on disk, as a sentence; empty where it is."""

    def get(self, key: str) -> str:
        """The text kept under `key`; empty if there is none."""
        if key not in self._texts and (behind := self._behind.get(key)):
            self._texts[key] = behind.pop()
        return self._texts.get(key, _NONE)[0]

    def keys(self, prefix: str) -> list[str]:
        """The keys that begin with `prefix`."""
        return [key for key in self._texts if key.startswith(prefix)]

    def saved(self, key: str) -> datetime | None:
        """When the text under `key` was last saved; None if there is none."""
        return datetime.fromisoformat(self._texts[key][1]) if self.get(key) else None

    def save(self, key: str, text: str) -> bool:
        """Keep `text` under `key` on disk; an empty text discards it. False if the disk refused."""
        if not text:
            return self.discard(key)
        if self._texts.get(key, _NONE)[0] == text:
            return True
        self._texts[key] = (text, self._clock.now().isoformat())
        return self._write()

    def discard(self, key: str) -> bool:
        """Forget the text under `key`: it has become part of a record. What else was left under it stays
        until it is asked for."""
        if self._texts.pop(key, None) is None:
            return True
        return self._write()

    def recover(self) -> list[Draft]:
        """Take over what dead processes left: their drafts become ours, newest last.

        Of several under one key none is lost: what is typed here stays in front, then comes the newest.
        """
        found: list[Draft] = []
        taken: list[Path] = []
        for file in self._folder.glob(f"{_PREFIX}*.json"):
            if file == self._file or _alive(file):
                continue
            read = _read(file)
            if read is not None:
                # What can't be read is left where it is: it may be all that there is of somebody's words.
                taken.append(file)
                found += read
        found.sort(key=lambda draft: draft.at)
        for draft in found:
            waiting = self._behind.setdefault(draft.key, [])
            known = {text for text, _ in waiting} | {self._texts.get(draft.key, _NONE)[0]}
            if draft.text not in known:
                waiting.append((draft.text, draft.at.isoformat()))
        for draft in found:
            self.get(draft.key)
        if not found or self._write():
            for file in taken:
                with suppress(OSError):
                    file.unlink(missing_ok=True)
        return found

    def _all(self) -> dict[str, _Saved]:
        """All texts as they stand in the file; a number behind its key tells one from another."""
        texts = dict(self._texts)
        for key, waiting in self._behind.items():
            texts |= {f"{key}{_NUMBER}{place}": each for place, each in enumerate(waiting)}
        return texts

    def _write(self) -> bool:
        part = self._file.with_suffix(".part")
        try:
            texts = self._all()
            if not texts:
                self._file.unlink(missing_ok=True)
                self.trouble = ""
                return True
            handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "wb") as out:
                os.fchmod(out.fileno(), 0o600)
                out.write(_encoded(texts))
                out.flush()
                os.fsync(out.fileno())
            part.replace(self._file)
        except OSError as error:
            self.trouble = (
                f"What you are typing can't be kept on disk before it is done: {reason(error)} "
                f"({self._folder}). Leave Inroad open."
            )
            with suppress(OSError):
                part.unlink(missing_ok=True)
            return False
        self.trouble = ""
        return True


def _encoded(texts: dict[str, _Saved]) -> bytes:
    try:
        return msgspec.json.encode(texts)
    except UnicodeEncodeError:
        # Half of a character, out of something pasted; the rest of the text is kept.
        return msgspec.json.encode({key: (whole_text(text), at) for key, (text, at) in texts.items()})


def _alive(file: Path) -> bool:
    """Whether the process that wrote the file still runs; one with a foreign name counts as alive."""
    number, _, rest = file.name.removeprefix(_PREFIX).partition("-")
    if not number.isdigit():
        return True
    if int(number) == os.getpid():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except OSError:
        pass
    # After a restart of the machine another process may have the number.
    return _birth(int(number)) in ("", rest.partition("-")[0])


def _birth(number: int) -> str:
    """When a process began, as Linux counts it; "dead" for one that was killed and not yet reaped.

    Empty where the system does not tell: then the number alone decides.
    """
    try:
        fields = Path(f"/proc/{number}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    state, *others = fields.rpartition(")")[2].split()
    return "dead" if state in ("Z", "X") else others[18]


def _read(file: Path) -> list[Draft] | None:
    try:
        texts = msgspec.json.decode(file.read_bytes())
        return [
            Draft(key.partition(_NUMBER)[0], text, datetime.fromisoformat(at))
            for key, (text, at) in texts.items()
        ]
    except (OSError, msgspec.MsgspecError, ValueError, TypeError, AttributeError):
        return None

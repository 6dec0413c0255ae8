"""What the user has decided in a wrap-up and not yet accepted; kept as a draft, so that no end loses it."""

from __future__ import annotations

from datetime import date

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from data.drafts import Drafts
from data.followups.engine import Proposal
from data.followups.plan import Key
from data.records import Meeting
from data.store import Reader

DRAFT = "wrap-up:"
"""A meeting's choices are the draft of this name with the meeting's id behind it."""


class Change(Struct, frozen=True):
    """Another day for a booking, other words for it; None where they stay what they are."""

    due: date | None = None
    words: str | None = None


class Choices(Struct):
    """What is crossed out, what is changed, each by its booking's key; and whether they were thanked."""

    crossed: list[Key] = []
    changed: list[tuple[Key, Change]] = []
    thanked: bool | None = None

    def applied(self, proposal: Proposal) -> Proposal:
        """The booking with the day and the words that the user gave it."""
        followup = proposal.followup
        for key, change in self.changed:
            if key == proposal.key:
                if change.due is not None:
                    followup = replace(followup, due=change.due, due_at=None)
                if change.words is not None:
                    followup = replace(followup, words=change.words)
        return proposal if followup is proposal.followup else replace(proposal, followup=followup)

    def cross(self, key: Key) -> None:
        """Cross a booking out, or bring it back."""
        if key in self.crossed:
            self.crossed.remove(key)
        else:
            self.crossed.append(key)

    def change(self, key: Key, *, due: date | None = None, words: str | None = None) -> None:
        """Give a booking another day or other words; what is changed is meant to be booked."""
        before = next((change for each, change in self.changed if each == key), Change())
        now = Change(due or before.due, before.words if words is None else words)
        self.changed = [*(pair for pair in self.changed if pair[0] != key), (key, now)]
        if key in self.crossed:
            self.crossed.remove(key)

    def keep(self, drafts: Drafts, meeting_id: str) -> None:
        """Write them to disk."""
        drafts.save(DRAFT + meeting_id, "" if self == Choices() else msgspec.json.encode(self).decode())


def choices_of(drafts: Drafts, meeting_id: str) -> Choices:
    """What was decided so far about a meeting; nothing where that can't be read."""
    try:
        return msgspec.json.decode(drafts.get(DRAFT + meeting_id) or "{}", type=Choices)
    except msgspec.MsgspecError:
        return Choices()


def forget_wrapped(drafts: Drafts, reader: Reader) -> None:
    """Let go of what was decided about meetings that are wrapped up.

    Not at the moment of accepting: `u` brings the wrap-up back, and then all that was decided is there.
    """
    for key in drafts.keys(DRAFT):
        meeting = reader.get(Meeting, key.removeprefix(DRAFT))
        if meeting is None or meeting.wrapped is not None:
            drafts.discard(key)

"""What the check of a message needs to know about the people around it, gathered once."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from data.messages.message import Message
from data.messages.naming import clean, employer, first_name, job_title
from data.messages.sources import Situation
from data.records import Channel, Direction, FollowUp, FollowUpKind, Kind, Lead, Person, PersonLine
from data.rules import Rules, note_limit, rules_of
from data.text import fold

if TYPE_CHECKING:
    from data.clock import Clock
    from data.store import Reader


class Around:
    """The people and earlier messages around one message; for `check`, so that it may run at each key."""

    def __init__(self, reader: Reader, clock: Clock, followup: FollowUp, message: Message) -> None:
        recipient = reader.get(Person, message.to) if message.to else None
        lead = reader.get(Lead, followup.lead) if followup.lead else None
        self._reader = reader
        self._situation = Situation(reader, clock, followup, recipient, lead, Channel.EMAIL)
        profile = reader.profile
        self.rules: Rules = rules_of(profile)
        self.note_limit = note_limit(profile)
        self.name = message.to_name
        self.first_name = first_name(message.to_name)
        self.group = recipient is not None and recipient.kind is Kind.GROUP
        self.signature = profile.signature.strip() or clean(profile.name, 80)
        self.own_name = profile.name
        self.introducer = clean(self._situation.introducer.name, 80) if self._situation.introducer else ""
        self.silent = self._silent(followup, lead)
        self.nudge = followup.kind is FollowUpKind.NUDGE
        self.own_words = _own_words(recipient, lead, self.introducer)
        """What they and their work are called, as it may stand in a message."""

    def _silent(self, followup: FollowUp, lead: Lead | None) -> str:
        """The name of whoever led here but did not allow to be named; empty if there is nobody."""
        at = self._situation
        if at.may_name:
            return ""
        giver = lead.giver if lead is not None and followup.kind is FollowUpKind.LEAD else ""
        id = giver or (at.person.introduced_by if at.person is not None else "")
        found = self._reader.get(Person, id) if id else None
        return clean(found.name, 80) if found is not None else ""

    @cached_property
    def earlier(self) -> frozenset[str]:
        """What was sent to them before, folded."""
        return frozenset(
            fold(touch.text)
            for touch in self._situation.touches
            if touch.text and touch.direction is Direction.OUT
        )

    @cached_property
    def expected(self) -> frozenset[str]:
        """The full names that may stand in the message, folded."""
        at = self._situation
        names = [self.name, self.own_name, self.introducer]
        names += [at.about.name] if at.about is not None else []
        names += [at.lead_name(lead) for lead in at.given]
        names += [at.lead_name(at.lead)] if at.lead is not None else []
        giver = self._reader.get(Person, at.lead.giver) if at.lead is not None else None
        names += [giver.name] if giver is not None else []
        said = " ".join(line.text for line in at.lines) + at.followup.words
        self._said = fold(said)
        return frozenset(fold(name) for name in names if name)

    def belongs(self, name: str) -> bool:
        """Whether a full name (folded) has a reason to stand in the message."""
        return name in self.expected or name in self._said

    @cached_property
    def network(self) -> dict[str, str]:
        """Everybody's folded full name, with the name as it is written."""
        return _NAMES.of(self._reader.people()).full

    @cached_property
    def first_names(self) -> frozenset[str]:
        """The folded first words of everybody's name."""
        return _NAMES.of(self._reader.people()).first


def _own_words(person: Person | None, lead: Lead | None, introducer: str) -> list[str]:
    """The longest first."""
    words = [introducer]
    words += [clean(person.name, 80), employer(person.company)] if person is not None else []
    words += [job_title(person.title), job_title(person.title, "x")] if person is not None else []
    words += [clean(lead.name, 80), employer(lead.company)] if lead is not None else []
    return sorted((word for word in words if len(word) > 2), key=len, reverse=True)


class _Names:
    """The folded names of the people asked for last: folding 30,000 takes longer than a key may."""

    def __init__(self) -> None:
        self._people: list[PersonLine] = []
        self.full: dict[str, str] = {}
        self.first: frozenset[str] = frozenset()

    def of(self, people: list[PersonLine]) -> _Names:
        """These, holding the names of `people`. Lines that did not change are the same objects, so that
        comparing the lists costs next to nothing."""
        if people != self._people:
            self._people = people
            self.full = {fold(line.name): line.name for line in people if " " in line.name.strip()}
            self.first = frozenset(name.split()[0] for name in self.full)
        return self


_NAMES = _Names()


def around(reader: Reader, clock: Clock, followup: FollowUp, message: Message) -> Around:
    """What `check` needs to know about a message of this follow-up."""
    return Around(reader, clock, followup, message)

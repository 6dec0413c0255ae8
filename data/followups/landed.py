"""Who helped on the way to the job, and with what: for the thanks when the user has landed."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from data.followups.ledger import lead_label
from data.records import (
    Advice,
    Lead,
    Meeting,
    MeetingStatus,
    Person,
    PersonLine,
    Touch,
    TouchKind,
)
from data.store import Reader

_HELPED = {TouchKind.ANSWER_YES, TouchKind.ANSWER_REFERRED}


class Helper(Struct, frozen=True, kw_only=True):
    """One person who helped; `gave` says with what, fit to stand after "thank you for"."""

    person: PersonLine
    gave: str


def helpers(reader: Reader) -> list[Helper]:
    """Everybody who gave time, a lead, advice or an introduction, and is still there; the most first."""
    talks: dict[str, int] = {}
    for meeting in reader.all(Meeting):
        if meeting.status is MeetingStatus.ENDED:
            talks[meeting.person] = talks.get(meeting.person, 0) + 1
    for touch in reader.all(Touch):
        if touch.kind is TouchKind.MEETING and not touch.meeting:
            talks[touch.person] = talks.get(touch.person, 0) + 1
    leads = _by_giver(reader.all(Lead))
    advised = _by_giver(reader.all(Advice))
    people = {line.id: line for line in reader.people()}
    led: dict[str, list[str]] = {}
    for line in people.values():
        if line.introduced_by:
            led.setdefault(line.introduced_by, []).append(line.name)
    kind = {touch.person for touch in reader.all(Touch) if touch.kind in _HELPED}
    found: list[tuple[int, Helper]] = []
    for id in dict.fromkeys((*talks, *leads, *advised, *led, *kind)):
        person = people.get(id)
        if person is None:
            continue
        pieces = _pieces(reader, talks.get(id, 0), leads.get(id, []), led.get(id, []), advised.get(id, []))
        weight = talks.get(id, 0) + len(leads.get(id, [])) + len(led.get(id, [])) + len(advised.get(id, []))
        gave = joined(pieces) or "answering when I asked"
        found.append((weight, Helper(person=person, gave=gave)))
    found.sort(key=lambda pair: (-pair[0], pair[1].person.name))
    return [helper for _, helper in found]


def _by_giver(given: Iterable[Lead] | Iterable[Advice]) -> dict[str, list[Lead | Advice]]:
    by_giver: dict[str, list[Lead | Advice]] = {}
    for each in given:
        by_giver.setdefault(each.giver, []).append(each)
    return by_giver


def _pieces(
    reader: Reader,
    talks: int,
    leads: list[Lead | Advice],
    led: list[str],
    advised: list[Lead | Advice],
) -> list[str]:
    pieces = []
    if talks:
        pieces.append("your time" if talks == 1 else f"your time, {_TIMES.get(talks, f'{talks} times')}")
    pointed = list(led)
    for lead in leads:
        if isinstance(lead, Lead):
            became = reader.get(Person, lead.person) if lead.person else None
            pointed.append(lead_label(lead, became))
    pointed = list(dict.fromkeys(pointed))
    if pointed:
        pieces.append(f"pointing me to {joined(pointed, most=3)}")
    if advised:
        words = advised[0].text.strip(" .") if len(advised) == 1 else ""
        pieces.append(f"your advice (“{words}”)" if words else "your advice")
    return pieces


_TIMES = {2: "twice"}


def joined(parts: list[str], most: int = 4) -> str:
    """Parts as one says them: "a, b and c"; beyond `most`, "and others"."""
    if len(parts) > most:
        parts = [*parts[:most], "others"]
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"

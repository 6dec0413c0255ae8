"""The command `today`: what is due, most urgent first."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.text import one_line, plural
from tui.cli.reading import person_json, reading
from tui.cli.shell import OK, Shell

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from data.followups.agenda import Agenda, NextUp
    from data.followups.queue import Item
    from data.records import Meeting, PersonLine
    from data.store import Reader


@dataclass(frozen=True)
class Due:
    """One thing that is due: a follow-up, or a meeting of today; `now` for the one that runs."""

    text: str
    overdue: bool
    person: PersonLine
    item: Item | None = None
    meeting: Meeting | None = None
    now: bool = False


def run_today(options: argparse.Namespace, shell: Shell) -> int:
    """Print what is overdue and due today, follow-ups and meetings."""
    from data.followups.agenda import Agenda

    with reading(options, shell) as store:
        agenda = Agenda(store, shell.clock)
        if options.short:
            shell.say(_short(agenda))
            return OK
        found = due(store, agenda)
        ask = agenda.next_up(1) if not found else []
    if options.json:
        shell.json([_as_json(each, agenda.zone) for each in found])
        return OK
    now = [each for each in found if each.now]
    overdue = [each for each in found if each.overdue]
    today = [each for each in found if not each.overdue and not each.now]
    for heading, group in (("Now", now), ("Overdue", overdue), ("Today", today)):
        if group:
            shell.say(heading)
        for each in group:
            shell.say(f"  {'!' if each.overdue else '·'} {each.text}")
    if not found:
        shell.say("That is all for today.")
    for each_ask in ask:
        shell.say(f"Next: {each_ask.text}")
    return OK


def due(store: Reader, agenda: Agenda) -> list[Due]:
    """Everything due, in the order in which the app shows it; nothing is left out or summed up."""
    from data.records import Meeting, MeetingStatus

    items = {item.followup.id: item for item in agenda.due()}
    found: list[Due] = []
    for up in _pressing(agenda):
        if up.kind == "followup" and up.id in items:
            item = items.pop(up.id)
            found.append(_of(store, item))
            # The app sums up the news owed to one person; here each stands for itself.
            same = [
                other
                for other in items.values()
                if other.person.id == item.person.id and other.followup.kind is item.followup.kind
            ]
            found += [_of(store, items.pop(other.followup.id)) for other in same]
        elif up.kind == "meeting":
            meeting = store.get(Meeting, up.id)
            person = store.lines((meeting.person,)).get(meeting.person) if meeting is not None else None
            if meeting is not None and person is not None:
                runs = meeting.status is MeetingStatus.RUNNING
                text = up.text[:1].upper() + up.text[1:] if runs else up.text
                found.append(Due(text, False, person, meeting=meeting, now=runs))
    found += [_of(store, item) for item in items.values()]
    return sorted(found, key=lambda each: (not each.now, not each.overdue))


def _of(store: Reader, item: Item) -> Due:
    from data.followups.ledger import lead_of
    from data.followups.occasions import phrase
    from data.followups.queue import Group

    lead = lead_of(store, item.followup)
    text = f"{phrase(item.followup, item.person.name, lead) if lead else item.text} ({item.due})"
    return Due(text[:1].upper() + text[1:], item.group is Group.OVERDUE, item.person, item=item)


def _pressing(agenda: Agenda) -> list[NextUp]:
    """What presses today; what is only next is not due."""
    from data.followups.agenda import Urgency

    return [up for up in agenda.pressing() if up.urgency >= Urgency.TODAY]


def _short(agenda: Agenda) -> str:
    """One line for a prompt: the first thing, and how many more there are; empty where nothing is due."""
    pressing = _pressing(agenda)
    if not pressing:
        return ""
    more = len(pressing) - 1
    text = _cut(one_line(pressing[0].text))
    return text[:1].upper() + text[1:] + (f" · {plural(more, 'more thing')}" if more else "")


_SHORT_CELLS = 60
"""A prompt has no room for more of the first thing."""


def _cut(text: str) -> str:
    """As much of `text` as a prompt has room for. Without Rich, which takes longer to load than all else."""
    from unicodedata import combining, east_asian_width

    left = _SHORT_CELLS
    for at, char in enumerate(text):
        left -= 0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1
        if left < 0:
            return text[: at - 1].rstrip() + "…"
    return text


def _as_json(due: Due, zone: ZoneInfo) -> dict[str, object]:
    """One object; `what` says whether it is a follow-up or a meeting, `due` is the day in the user's zone."""
    from data.followups.due import due_day
    from data.meetings.times import starts_at

    if due.item is None:
        assert due.meeting is not None
        return {
            "what": "meeting",
            "id": due.meeting.id,
            "text": due.text,
            "overdue": due.overdue,
            "kind": "meeting",
            "due": starts_at(due.meeting).astimezone(zone).date().isoformat(),
            "starts": due.meeting.starts.isoformat(),
            "zone": due.meeting.zone,
            "why": "",
            "person": person_json(due.person),
        }
    followup = due.item.followup
    return {
        "what": "followup",
        "id": followup.id,
        "text": due.text,
        "overdue": due.overdue,
        "kind": followup.kind.value,
        "due": due_day(followup, zone).isoformat(),
        "due_at": followup.due_at.isoformat() if followup.due_at else None,
        "why": followup.why,
        "person": person_json(due.person),
    }

"""What the follow-ups list shows, as plain rows: headings, things owed, and what might be done besides."""

from __future__ import annotations

from dataclasses import dataclass

from data.followups.occasions import phrase
from data.followups.queue import GROUP_LABELS, Group, Item, Queue
from data.followups.suggestions import Suggestion
from data.text import plural, short

from ..commands import key_of
from ..widgets.rows import FILL, Row
from ..widgets.text_rows import wrap

_SIGNS = {Group.OVERDUE: ("!! ", "late"), Group.TODAY: ("! ", "warn")}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list: a heading, a thing owed, or a suggestion; exactly one of the three."""

    head: str = ""
    count: str = ""
    item: Item | None = None
    suggestion: Suggestion | None = None

    @property
    def key(self) -> str:
        """What names the line: the follow-up's id."""
        if self.item is not None:
            return self.item.followup.id
        if self.suggestion is not None:
            return f"suggestion-{self.suggestion.kind}-{self.suggestion.person.id}"
        return f"head-{self.head}"


NARROW = 40
"""Below this width a name needs the cells that a date can spare."""


def _shortened(due: str, group: Group) -> str:
    """A date without what its group says: below "This week" its day, below "Later" no weekday."""
    words = due.split()
    if group is Group.THIS_WEEK:
        return words[0]
    return " ".join(words[1:]) if group is Group.LATER and len(words) >= 3 else due


def entries(queue: Queue) -> list[Entry]:
    """The lines of the list, group by group."""
    parts: list[list[Entry]] = []
    if queue.items and not queue.due:
        parts.append([Entry(head="✓ That is all for today")])
    for group in Group:
        items = queue.of(group)
        if items:
            head = Entry(head=GROUP_LABELS[group], count=f"{len(items):,}")
            parts.append([head, *(Entry(item=item) for item in items)])
    if queue.suggestions:
        head = Entry(head="You might", count=f"{len(queue.suggestions):,}")
        parts.append([head, *(Entry(suggestion=each) for each in queue.suggestions)])
    gap = Entry(head=" ")
    return [entry for place, part in enumerate(parts) for entry in ([gap, *part] if place else part)]


def draw(entry: Entry, width: int, lead: str = "") -> list[Row]:
    """One line of the list. `lead` is what a lead that it is about points to: of two by one giver each says
    which it is."""
    if entry.item is not None:
        item = entry.item
        sign, role = _SIGNS.get(item.group, ("  ", "dim"))
        text = phrase(item.followup, item.person.name, short(lead)) if lead else item.text
        text = text[:1].upper() + text[1:]
        due = item.due
        if item.group is Group.OVERDUE:
            # It stands below "Overdue" and behind its sign: a narrow list keeps the room for the name.
            due = due.removesuffix(" overdue") + (" late" if width >= 36 else "")
        if item.group is Group.TODAY:
            due = due.removeprefix("today").strip()
        if width < NARROW:
            due = _shortened(due, item.group)
        strong = "strong" if item.group in _SIGNS else "plain"
        return [((sign, role), (text, strong), FILL, (due, role))]
    if entry.suggestion is not None:
        return [(("? ", "accent"), (entry.suggestion.text, "plain"))]
    return [((entry.head, "accent"), FILL, (entry.count, "dim"))]


def empty(suggestions: int, width: int) -> list[Row]:
    """What stands where nothing is owed, in a list of `width` cells."""
    how = (
        "What you owe comes here by itself: the nudge after a message, the thank-you after a meeting, "
        "each lead, each promise."
    )
    return [
        (),
        ((" That is all for today.", "good"),),
        (),
        ((" Nothing is owed to anybody.", "plain"),),
        (),
        *(((f" {line}", "dim"),) for line in wrap(how, width - 2)),
        (),
        ((f" {key_of('app.board')}", "strong"), (" the board: whom to ask next", "dim")),
        ((f" {key_of('followups.new')}", "strong"), (" a reminder of your own", "dim"))
        if suggestions
        else (),
    ]


def title(queue: Queue) -> str:
    """The count in the list's border."""
    return plural(len(queue.due), "thing") if queue.due else ""

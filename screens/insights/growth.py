"""The first pages of the insights: how far it went, how long it takes, and whom to ask next."""

from __future__ import annotations

from data.days import show_day
from data.insights.facts import Facts
from data.insights.funnel import Step, answer_days, by_month, funnel, met_unasked, waits, within
from data.records import Stage
from data.store import Reader
from data.text import plural

from ..commands import key_of
from ..widgets.rows import FILL
from .text import Text, bar, teach, wrapped

_REASON_LINES = 4
_PEOPLE_STEPS = 3
"""The first steps of the funnel count people, the others leads."""


def growth(reader: Reader, facts: Facts, width: int, _: frozenset[str]) -> list[Text]:
    """The funnel, whom to ask next, how long an answer takes, and those asked by month."""
    steps = funnel(facts.roads.values())
    if not any(step.count for step in steps):
        return teach(
            "Your road begins with the first message.",
            "Start with people you know, then alumni groups,",
            "then the association of your field.",
            "",
            f"{key_of('app.board')}, then {key_of('board.new_group')}: add somebody.",
            f"{key_of('app.board')}, then {key_of('board.find')}: find whom to ask.",
        )
    found = [Text((("From the first message to news for the giver", "accent"),)), Text()]
    most = max(step.count for step in steps)
    for place, step in enumerate(steps):
        if place == _PEOPLE_STEPS:
            found.append(Text())
        found.append(_step(step, most, width, "accent" if place < _PEOPLE_STEPS else "good"))
        if place == _PEOPLE_STEPS - 1 and (unasked := met_unasked(steps)):
            found.append(Text(((unasked, "dim"),)))
    if facts.next:
        first = facts.next[0]
        why = ", ".join(first.reasons)
        cells = ("Ask next  ", "accent"), (first.person.name, "strong"), (f"  {why}", "dim")
        found += [Text(), Text((*cells, FILL, (key_of("list.choose"), "strong")), "next", first.person.id)]
    return [*found, *_answers(facts, width), *_months(facts, width)]


def _step(step: Step, most: int, width: int, role: str) -> Text:
    rate = "" if step.rate is None else f"{step.rate} %"
    numbers = (f"{step.name:<13}", "plain"), (f"{step.count:>5,}", "strong"), (f" {rate:>5}  ", "dim")
    return Text((*numbers, (bar(step.count, most, max(8, width - 26)), role)))


def _answers(facts: Facts, width: int) -> list[Text]:
    """How long an answer takes."""
    days = answer_days(facts.roads.values())
    if days is None:
        return []
    said = f"half {within(days)}"
    found = [Text(), Text((("How long an answer takes", "accent"), FILL, (said, "plain"))), Text()]
    rows = waits(facts.roads.values())
    most = max(row.count for row in rows)
    for row in rows:
        picture = bar(row.count, most, max(8, width - 26))
        waiting = row is rows[-1]
        if waiting:
            picture = picture.replace("█", "░").replace("▌", "░")
        numbers = (f"{row.name:<13}", "plain"), (f"{row.count:>5,}        ", "strong")
        found.append(Text((*numbers, (picture, "dim" if waiting else "accent"))))
    return found


def _months(facts: Facts, width: int) -> list[Text]:
    """Those asked in each month, as one bar: met, answered, neither."""
    months = by_month(facts)
    if not months:
        return []
    found = [Text(), Text((("Asked in", "accent"), FILL, ("asked  rate  met", "dim"))), Text()]
    most = max(month.asked for month in months)
    room = max(4, width - 28)
    for month in months:
        met = round(room * month.met / most)
        answered = round(room * month.answered / most)
        asked = max(round(room * month.asked / most), 1)
        name = show_day(month.first).split(" ", 2)[2]
        picture = (
            ("█" * met, "good"),
            ("▓" * (answered - met), "accent"),
            ("░" * (asked - answered), "dim"),
        )
        rate = "" if month.rate is None else f"{month.rate} %"
        numbers = (f"{month.asked:>5,}", "strong"), (f" {rate:>5}", "dim"), (f" {month.met:>4,}", "strong")
        found.append(Text(((f"{name:<10}", "plain"), *picture, FILL, *numbers)))
    signs = ("█ met   ", "good"), ("▓ answered   ", "accent"), ("░ not yet", "dim")
    return [*found, Text(), Text(signs)]


def _first_lines(lines: list[str]) -> list[str]:
    """A reason that names somebody with an endless name is no longer than any other may be."""
    return (
        lines
        if len(lines) <= _REASON_LINES
        else [*lines[: _REASON_LINES - 1], f"{lines[_REASON_LINES - 1]} …"]
    )


def asking(reader: Reader, facts: Facts, width: int, _: frozenset[str]) -> list[Text]:
    """The people to ask next, with the reasons."""
    if facts.next is None:
        return [Text(), Text(((" Looking at your network…", "dim"),))]
    if not facts.next:
        return teach(
            "Nobody is left to ask.",
            f"{key_of('app.import_file')}  imports the people you know",
            f"{key_of('app.board')}, then {key_of('board.new_group')}: add an alumni group or an association",
        )
    found = [Text((("Who fits best of those not asked yet, and why", "accent"),))]
    for place, each in enumerate(facts.next, 1):
        role = " · ".join(part for part in (each.person.title, each.person.company) if part)
        who = (f"{place:>2}  ", "accent"), (each.person.name, "strong"), (f"  {role}", "plain")
        why = ", ".join(each.reasons) or "nothing speaks against it: a kind question costs nothing"
        found += [
            Text(),
            Text(who, each.person.id, each.person.id),
            *(Text(((f"    {part}", "dim"),)) for part in _first_lines(wrapped(why, width - 6))),
        ]
    chosen = sum(each.person.stage is Stage.TO_ASK for each in facts.next)
    last = (
        f"{key_of('list.choose')} opens {'them' if len(facts.next) == 1 else 'one'}: "
        f"there {key_of('person.write')} drafts the message"
    )
    more = f"  {plural(chosen, 'of them is', 'of them are')} on the board" if chosen else ""
    return [*found, Text(), Text(((last + more, "dim"),))]

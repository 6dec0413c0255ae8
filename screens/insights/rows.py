"""The pages of the insights as plain rows: numbers beside pictures, each page readable at 80 columns."""

from __future__ import annotations

from data.days import show_day
from data.insights.answers import answers
from data.insights.facts import Facts
from data.insights.funnel import by_source, weeks
from data.insights.owing import owing
from data.insights.tree import lines, tree
from data.store import Reader
from data.text import plural

from ..commands import key_of
from ..widgets.rows import FILL
from .growth import asking, growth
from .text import Page, Text, bar, teach, wrapped

_NUMBERS = 20
# Cells of what a branch brought.


def sources(reader: Reader, facts: Facts, width: int, _: frozenset[str]) -> list[Text]:
    """What each source brought: answers of those asked, meetings, leads."""
    rows = by_source(facts)
    if not any(row.asked or row.met for row in rows):
        return teach(
            "Here you will see where answers come from.",
            "Referrals answer most: ask each person",
            "“Who else should I talk to?”",
        )
    room = max(2, width - 46)
    most = max(row.asked for row in rows) or 1
    found = [Text((("Source", "accent"), FILL, ("asked answers  rate  met leads", "dim"))), Text()]
    for row in rows:
        rate = f"{row.rate:>3} %" if row.rate is not None else "     "
        picture = bar(row.answered, most, room)
        rest = bar(row.asked, most, room)[len(picture) :].replace("█", "░").replace("▌", "░")
        numbers = f"{row.asked:>5} {row.answered:>7} {rate} {row.met:>4} {row.leads:>5}"
        cells = (f"{row.name:<15}", "plain"), (picture, "accent"), (rest, "dim")
        found.append(Text((*cells, FILL, (numbers, "strong"))))
    found += [Text(), Text((("█ answered   ░ asked, no answer", "dim"),))]
    return found


def activity(reader: Reader, facts: Facts, width: int, _: frozenset[str]) -> list[Text]:
    """The last weeks: messages sent, meetings held."""
    found_weeks = weeks(facts)
    if not any(week.sent or week.held for week in found_weeks):
        return teach(
            "Twelve weeks will stand here.",
            "A few messages each week beat twenty on one day.",
            "",
            f"{key_of('app.board')}, then {key_of('board.find')}: find whom to ask next",
        )
    most = max(max(week.sent, week.held) for week in found_weeks)
    room = max(6, (width - 25) // 2)
    head = f"{'Week of':<13}{'sent':>5} {'':<{room}} {'met':>4}"
    found = [Text(((head, "accent"),)), Text()]
    for place, week in enumerate(found_weeks):
        name = "this week" if place == 0 else show_day(week.monday)[4:].rsplit(" ", 1)[0]
        found.append(
            Text(
                (
                    (f"{name:<13}", "strong" if place == 0 else "plain"),
                    (f"{week.sent:>5} ", "strong"),
                    (bar(week.sent, most, room).ljust(room), "accent"),
                    (f" {week.held:>4} ", "strong"),
                    (bar(week.held, most, room), "good"),
                )
            )
        )
    sent, held = sum(week.sent for week in found_weeks), sum(week.held for week in found_weeks)
    total = f"{plural(sent, 'message')} and {plural(held, 'meeting')} in {len(found_weeks)} weeks"
    return [*found, Text(), Text(((total, "plain"),))]


def _drawn_branch(branch: str, width: int, *, close: bool) -> str:
    """The lines of the tree before a name, closer together where there is little room; of a very long chain
    the last ones, so that the name is still there."""
    if close:
        branch = "".join(branch[at : at + 2] for at in range(0, len(branch), 3))
    most = max(4, (width - _NUMBERS) // 2)
    return branch if len(branch) <= most else f"…{branch[1 - most :]}"


def referrals(reader: Reader, facts: Facts, width: int, folded: frozenset[str]) -> list[Text]:
    """Who led to whom, and what each branch brought."""
    roots = tree(facts)
    if not roots:
        return teach(
            "Nobody has led you to anybody yet.",
            "In each meeting, five minutes before the end:",
            "“Who else should I talk to, and may I use your name?”",
        )
    total = sum(root.people for root in roots)
    head = f"{plural(len(roots), 'person', 'people')} led to {plural(total, 'other')}"
    found = [Text(((head, "accent"), FILL, ("people  met  leads", "dim"))), Text()]
    shown = [*lines(roots, folded)]
    close = max(len(placed.branch) for placed in shown) > (width - _NUMBERS) // 3
    for placed in shown:
        node = placed.node
        sign = "▸ " if placed.folded else "▾ " if node.children else ""
        below = f"{node.people:>6}" if node.children else "      "
        numbers = f"{below} {node.met or '':>4} {node.leads or '':>6}"
        # Who led to nobody and brought nothing has the whole line for their name.
        tail = (FILL, (numbers, "plain")) if numbers.strip() else ()
        role = " · ".join(part for part in (node.person.title, node.person.company) if part)
        branch = _drawn_branch(placed.branch, width, close=close)
        cells = ((branch, "dim"), (sign, "accent"), (node.person.name, "strong"), (f"  {role}", "dim"))
        found.append(
            Text(
                (*cells, *tail),
                node.person.id,
                node.person.id,
                node.person.id if node.children else "",
            )
        )
    return found


def owed(reader: Reader, facts: Facts, width: int, _: frozenset[str]) -> list[Text]:
    """What is owed to each giver."""
    givers = owing(reader, facts)
    if not givers:
        return teach(
            "Nobody has given you a lead or advice yet.",
            "In a meeting, ! before a line makes it a lead,",
            "and * makes it advice: both come here.",
        )
    open_ = sum(giver.open for giver in givers)
    head = (
        f"{plural(open_, 'thing')} that somebody waits to hear of"
        if open_
        else "Everybody knows what came of it"
    )
    found = [Text(((head, "accent"),))]
    for giver in givers:
        role = "warn" if giver.open else "good"
        sign = "!" if giver.open else "✓"
        who = ((f"{sign} ", role), (giver.person.name, "strong"), FILL, (giver.sentence, role))
        found += [Text(), Text(who, giver.person.id, giver.person.id)]
        for place, thing in enumerate(giver.things):
            state = (thing.state, "dim" if thing.closed else "plain")
            done = "✓" if thing.closed else " "
            cells = ((f"  {done} {thing.sign} ", "dim"), (thing.text, "dim" if thing.closed else "plain"))
            found.append(Text((*cells, FILL, state), f"{giver.person.id}-{place}", giver.person.id))
    return found


def side_by_side(reader: Reader, facts: Facts, width: int, _: frozenset[str]) -> list[Text]:
    """The same question's answers from all meetings."""
    asked = answers(reader, facts.zone)
    if not asked:
        return teach(
            "Ask several people the same question.",
            f"In a meeting, {key_of('meeting.answer')} keeps a line as the answer",
            "to the current question; here they stand side by side.",
        )
    found: list[Text] = []
    for question in asked:
        count = plural(len(question.answers), "answer")
        for place, part in enumerate(wrapped(question.text, width - 12)):
            tail = (FILL, (count, "dim")) if not place else ()
            found.append(Text(((part, "accent"), *tail)))
        for answer in question.answers:
            day = show_day(answer.day)
            row = (("  ", "plain"), (answer.name, "strong"), FILL, (day, "dim"))
            found.append(Text(row, f"{answer.meeting}-{question.text}", answer.person))
            # Each line can be reached, so that a long answer can be read to its end.
            for place, part in enumerate(wrapped(answer.text, width - 6)):
                key = f"{answer.meeting}-{question.text}-{place}"
                found.append(Text(((f"    {part}", "plain"),), key, answer.person))
        found.append(Text())
    return found[:-1]


PAGES: tuple[tuple[str, str, Page], ...] = (
    ("growth", "From asked to told", growth),
    ("next", "Whom to ask next", asking),
    ("sources", "Answers by source", sources),
    ("weeks", "Week by week", activity),
    ("tree", "Who led to whom", referrals),
    ("owed", "What I owe whom", owed),
    ("answers", "Answers side by side", side_by_side),
)
"""The pages in order: id, title, and what makes its rows."""

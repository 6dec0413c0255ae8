"""The insights as Markdown, for showing: numbers and names, but not a word that was noted in confidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from data.days import show_day
from data.insights.asking import next_to_ask
from data.insights.facts import Facts
from data.insights.funnel import (
    answer_days,
    by_month,
    by_source,
    funnel,
    met_unasked,
    waits,
    weeks,
    within,
)
from data.insights.owing import Giver, owing
from data.insights.tree import Node, lines, tree
from data.meetings.markdown import inline
from data.messages.naming import clean
from data.text import plural

if TYPE_CHECKING:
    from data.clock import Clock
    from data.store import Reader


def markdown(reader: Reader, clock: Clock) -> str:
    """Funnel, sources, weeks, who led to whom, and what is owed, as one Markdown text."""
    facts = Facts(reader, clock)
    out = [f"# My network, {show_day(facts.today)}", "", "| Step | Count | Rate |", "| --- | ---: | ---: |"]
    steps = funnel(facts.roads.values())
    for step in steps:
        out.append(f"| {step.name} | {step.count} | {_rate(step.rate)} |")
    if unasked := met_unasked(steps):
        out += ["", f"{unasked}."]
    days = answer_days(facts.roads.values())
    if days is not None:
        out += ["", f"Half of the answers came {within(days)}.", ""]
        out += ["| Answered | People |", "| --- | ---: |"]
        out += [f"| {row.name} | {row.count} |" for row in waits(facts.roads.values())]
    months = by_month(facts)
    if months:
        out += ["", "| Asked in | Asked | Answered | Rate | Met |", "| --- | ---: | ---: | ---: | ---: |"]
        for month in months:
            name = show_day(month.first).split(" ", 2)[2]
            cells = f"{month.asked} | {month.answered} | {_rate(month.rate)} | {month.met}"
            out.append(f"| {name} | {cells} |")
    out += [
        "",
        "| Source | Known | Asked | Answered | Rate | Met | Leads |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for row in by_source(facts):
        cells = f"{row.known} | {row.asked} | {row.answered} | {_rate(row.rate)} | {row.met} | {row.leads}"
        out.append(f"| {row.name} | {cells} |")
    out += ["", "| Week of | Sent | Met |", "| --- | ---: | ---: |"]
    out += [f"| {show_day(week.monday)} | {week.sent} | {week.held} |" for week in weeks(facts)]
    placed = list(lines(tree(facts)))
    if placed:
        out += ["", "## Who led to whom", ""]
        out += [
            f"{'  ' * each.depth}- {_name(each.node.person.name)}{_brought(each.node)}" for each in placed
        ]
    givers = [giver for giver in owing(reader, facts) if giver.open]
    if givers:
        out += ["", "## What I owe", ""]
        for giver in givers:
            out.append(f"- {_name(giver.person.name)}: {giver.sentence}")
            out += [f"  - {what} ({state})" for what, state in _open(giver)]
    *_, suggested = next_to_ask(facts, reader.profile)
    if suggested:
        out += ["", "## Whom to ask next", ""]
        for place, each in enumerate(suggested, 1):
            why = "; ".join(_name(reason) for reason in each.reasons)
            out.append(f"{place}. {_name(each.person.name)}{f': {why}' if why else ''}")
    return "\n".join(out) + "\n"


def _brought(node: Node) -> str:
    """What a branch brought, in words."""
    parts = [plural(node.people, "person", "people")] if node.people else []
    parts += [f"{node.met} met"] if node.met else []
    parts += [plural(node.leads, "lead")] if node.leads else []
    return f" ({', '.join(parts)})" if parts else ""


def _rate(rate: int | None) -> str:
    return "" if rate is None else f"{rate} %"


def _open(giver: Giver) -> Iterator[tuple[str, str]]:
    """What is open with a giver: leads by their names; what has none, and advice, only counted."""
    counts = Counter((thing.name, thing.sign, thing.state) for thing in giver.things if not thing.closed)
    for (name, sign, state), count in counts.items():
        if name:
            yield _name(name), state
        elif sign == "!":
            yield plural(count, "lead"), state
        else:
            yield plural(count, "piece of advice", "pieces of advice"), state


def _name(text: str) -> str:
    """Text of others on one line, not endless, with what Markdown or HTML would obey taken literally."""
    return inline(clean(text, 200))

"""The insights as Markdown, for showing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.days import show_day
from data.insights.asking import next_to_ask
from data.insights.facts import Facts
from data.insights.funnel import answer_days, by_month, by_source, funnel, waits, weeks
from data.insights.owing import owing
from data.insights.tree import Node, lines, tree
from data.messages.naming import clean
from data.text import plural

if TYPE_CHECKING:
    from data.clock import Clock
    from data.store import Reader


def markdown(reader: Reader, clock: Clock) -> str:
    """Funnel, sources, weeks, who led to whom, and what is owed, as one Markdown text."""
    facts = Facts(reader, clock)
    out = [f"# My network, {show_day(facts.today)}", "", "| Step | Count | Rate |", "| --- | ---: | ---: |"]
    for step in funnel(facts.roads.values()):
        out.append(f"| {step.name} | {step.count} | {_rate(step.rate)} |")
    days = answer_days(facts.roads.values())
    if days is not None:
        out += ["", f"Half of the answers came within {days:g} days.", ""]
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
            f"{'  ' * each.depth}- {_escaped(each.node.person.name)}{_brought(each.node)}" for each in placed
        ]
    givers = [giver for giver in owing(reader, facts) if giver.open]
    if givers:
        out += ["", "## What I owe", ""]
        for giver in givers:
            out.append(f"- {_escaped(giver.person.name)}: {giver.sentence}")
            out += [
                f"  - {_escaped(thing.text)}: {thing.state}" for thing in giver.things if not thing.closed
            ]
    *_, suggested = next_to_ask(facts, reader.profile)
    if suggested:
        out += ["", "## Whom to ask next", ""]
        for place, each in enumerate(suggested, 1):
            why = "; ".join(_escaped(reason) for reason in each.reasons)
            out.append(f"{place}. {_escaped(each.person.name)}{f': {why}' if why else ''}")
    return "\n".join(out) + "\n"


def _brought(node: Node) -> str:
    """What a branch brought, in words."""
    parts = [plural(node.people, "person", "people")] if node.people else []
    parts += [f"{node.met} met"] if node.met else []
    parts += [plural(node.leads, "lead")] if node.leads else []
    return f" ({', '.join(parts)})" if parts else ""


def _rate(rate: int | None) -> str:
    return "" if rate is None else f"{rate} %"


def _escaped(text: str) -> str:
    """Text of others on one line, with what Markdown or HTML would obey taken literally."""
    return "".join(f"\\{char}" if char in "\\`*_[]<>#|!{}" else char for char in clean(text, 200))

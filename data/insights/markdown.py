"""The insights as Markdown, for showing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.days import show_day
from data.insights.facts import Facts
from data.insights.funnel import answer_days, by_source, funnel, weeks
from data.insights.owing import owing
from data.insights.tree import lines, tree
from data.messages.naming import clean

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
        out += ["", f"Half of the answers came within {days:g} days."]
    out += [
        "",
        "| Source | Known | Asked | Answered | Met | Leads |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for row in by_source(facts):
        out.append(f"| {row.name} | {row.known} | {row.asked} | {row.answered} | {row.met} | {row.leads} |")
    out += ["", "| Week of | Sent | Met |", "| --- | ---: | ---: |"]
    out += [f"| {show_day(week.monday)} | {week.sent} | {week.held} |" for week in weeks(facts)]
    placed = list(lines(tree(facts)))
    if placed:
        out += ["", "## Who led to whom", ""]
        out += [f"{'  ' * each.depth}- {_escaped(each.node.person.name)}" for each in placed]
    givers = [giver for giver in owing(reader, facts) if giver.open]
    if givers:
        out += ["", "## What I owe", ""]
        for giver in givers:
            out.append(f"- {_escaped(giver.person.name)}: {giver.sentence}")
            out += [
                f"  - {_escaped(thing.text)}: {thing.state}" for thing in giver.things if not thing.closed
            ]
    return "\n".join(out) + "\n"


def _rate(rate: int | None) -> str:
    return "" if rate is None else f"{rate} %"


def _escaped(text: str) -> str:
    """Text of others on one line, with what Markdown or HTML would obey taken literally."""
    return "".join(f"\\{char}" if char in "\\`*_[]<>#|!{}" else char for char in clean(text, 200))

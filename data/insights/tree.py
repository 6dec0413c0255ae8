"""Who led to whom, and what each branch brought."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from data.insights.facts import Facts
from data.records import PersonLine


class Node(Struct, kw_only=True):
    """One person in the tree; `people`, `met` and `leads` count the branch below, themselves left out
    (their own leads counted in)."""

    person: PersonLine
    children: list[Node]
    people: int = 0
    met: int = 0
    leads: int = 0


class Placed(Struct, frozen=True, kw_only=True):
    """A node as a line of the tree: how deep, the branches before it (`│  └─ `), and whether it is folded."""

    node: Node
    depth: int
    branch: str
    folded: bool


def tree(facts: Facts) -> list[Node]:
    """The people who led to others, with those they led to, the largest branch first.

    Nobody stands in it twice: a person introduced by somebody stands there, else with the first who gave
    the lead to them. What would be a circle is cut, at a lead if there is one in it.
    """
    parents: dict[str, str] = {}
    for line in facts.people.values():
        if line.introduced_by in facts.people and line.introduced_by != line.id:
            parents[line.id] = line.introduced_by
    introduced = frozenset(parents)
    for lead in facts.leads:
        if lead.person in facts.people and lead.giver in facts.people and lead.person != lead.giver:
            parents.setdefault(lead.person, lead.giver)
    _cut_circles(parents, introduced)
    nodes = {id: Node(person=facts.people[id], children=[]) for id in {*parents.keys(), *parents.values()}}
    for child, parent in parents.items():
        nodes[parent].children.append(nodes[child])
    roots = [node for id, node in nodes.items() if id not in parents]
    _count(roots, facts)
    return roots


def _cut_circles(parents: dict[str, str], introduced: frozenset[str]) -> None:
    """Walk up from everybody; where the walk comes back to where it was, one step is taken out: the last
    that only a lead tells, else the last."""
    safe: set[str] = set()
    for start in list(parents):
        path: list[str] = []
        on_path: set[str] = set()
        here = start
        while here in parents and here not in safe and here not in on_path:
            path.append(here)
            on_path.add(here)
            here = parents[here]
        if here in on_path:
            circle = path[path.index(here) :]
            del parents[next((id for id in reversed(circle) if id not in introduced), circle[-1])]
        safe.update(path)


def _count(roots: list[Node], facts: Facts) -> None:
    """Count each branch from its tips upward; without recursion, since a chain may be long."""
    given = Counter(lead.giver for lead in facts.leads)
    order: list[Node] = []
    stack = list(roots)
    while stack:
        node = stack.pop()
        order.append(node)
        stack += node.children
    for node in reversed(order):
        node.leads = given[node.person.id]
        for child in node.children:
            own = facts.roads.get(child.person.id)
            node.people += child.people + 1
            node.met += child.met + (own is not None and own.met is not None)
            node.leads += child.leads
        node.children.sort(key=lambda each: (-each.people, -each.leads, each.person.name))
    roots.sort(key=lambda each: (-each.people, -each.leads, each.person.name))


def lines(roots: list[Node], folded: frozenset[str] = frozenset()) -> Iterator[Placed]:
    """The tree as lines, top to bottom; what hangs below a folded person is left out."""
    stack: list[tuple[Node, int, str, str]] = [(root, 0, "", "") for root in reversed(roots)]
    while stack:
        node, depth, branch, below = stack.pop()
        shut = node.person.id in folded
        yield Placed(node=node, depth=depth, branch=branch, folded=shut and bool(node.children))
        if shut:
            continue
        last = len(node.children) - 1
        for place in range(last, -1, -1):
            end = place == last
            stack.append(
                (
                    node.children[place],
                    depth + 1,
                    below + ("└─ " if end else "├─ "),
                    below + ("   " if end else "│  "),
                )
            )

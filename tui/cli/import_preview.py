"""What an import would bring, shown before it is done: the columns, and the first of the new and changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.records import Person
from tui.cli.shell import Shell

if TYPE_CHECKING:
    from data.imports.cards import Parsed
    from data.imports.planning import ImportPlan

FIRST = 5
"""People shown of each kind; `--json` and the app show all."""


def preview(parsed: Parsed, plan: ImportPlan, shell: Shell) -> None:
    """Print what the columns were taken for, and the first rows as they would be."""
    from data.imports.columns import TARGETS
    from data.imports.preview import changes

    if parsed.mapping:
        taken = [f"{column[:40]} = {TARGETS[what]}" for column, what in parsed.mapping.items() if what]
        left = [column[:40] for column, what in parsed.mapping.items() if not what]
        shell.say(f"  columns: {', '.join(taken) or 'none known'}")
        if left:
            shell.say(f"  left out: {', '.join(left)} (--map COLUMN=WHAT takes one in)")
    people = [record for record in plan.new if isinstance(record, Person)]
    for person in people[:FIRST]:
        shell.say(f"  new: {_line(person)}")
    _more(len(people), "new", shell)
    for update in plan.changed[:FIRST]:
        name = getattr(update.before, "name", update.before.id)
        shell.say(f"  changed: {name[:60]}: {changes(update)}")
    _more(len(plan.changed), "changed", shell)
    for each in plan.suggested[:FIRST]:
        shell.say(f"  perhaps the same: {plan.unit} {each.number}, {each.name[:60]}, and one who is here")
    _more(len(plan.suggested), "perhaps the same", shell)


def _more(count: int, what: str, shell: Shell) -> None:
    if count > FIRST:
        shell.say(f"  {what}: and {count - FIRST:,} more")


def _line(person: Person) -> str:
    parts = (person.name, person.title, person.company, person.location, *person.emails[:1], person.linkedin)
    return " · ".join(part[:80] for part in parts if part)

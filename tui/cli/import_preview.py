"""What an import would bring, shown before it is done: the columns, and the first of the new and changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.records import Person
from tui.cli.shell import Shell

if TYPE_CHECKING:
    from data.imports.cards import Parsed
    from data.imports.planning import ImportPlan, Update

FIRST = 5
"""People shown of each kind; `--json` and the app show all."""
_FIELDS = ("name", "company", "title", "location", "zone", "linkedin", "birthday", "notes")
_LISTS = ("fields", "emails", "links", "phones", "tags")


def preview(parsed: Parsed, plan: ImportPlan, shell: Shell) -> None:
    """Print what the columns were taken for, and the first rows as they would be."""
    from data.imports.columns import TARGETS

    if parsed.mapping:
        taken = [f"{column[:40]} = {TARGETS[what]}" for column, what in parsed.mapping.items() if what]
        left = [column[:40] for column, what in parsed.mapping.items() if not what]
        shell.say(f"  columns: {', '.join(taken) or 'none known'}")
        if left:
            shell.say(f"  left out: {', '.join(left)} (--map COLUMN=WHAT takes one in)")
    people = [record for record in plan.new if isinstance(record, Person)]
    for person in people[:FIRST]:
        shell.say(f"  new: {_line(person)}")
    for update in plan.changed[:FIRST]:
        shell.say(f"  changed: {changes(update)}")
    for each in plan.suggested[:FIRST]:
        shell.say(f"  perhaps the same: {plan.unit} {each.number}, {each.name[:60]}, and one who is here")


def _line(person: Person) -> str:
    parts = (person.name, person.title, person.company, person.location, *person.emails[:1], person.linkedin)
    return " · ".join(part[:80] for part in parts if part)


def changes(update: Update) -> str:
    """Who would change, and what of them: "Maria Chen: company Figma → Linear"."""
    before, after = update.before, update.after
    if not (isinstance(before, Person) and isinstance(after, Person)):
        return str(update.after.id)
    said = []
    for name in _FIELDS:
        was, now = getattr(before, name), getattr(after, name)
        if was != now:
            said.append(f"{name} {was[:40]} → {now[:40]}" if was else f"{name} {now[:40]}")
    for name in _LISTS:
        added = [each for each in getattr(after, name) if each not in getattr(before, name)]
        if added:
            said.append(f"{name} + {', '.join(each[:40] for each in added[:3])}")
    if before.connected_on != after.connected_on and after.connected_on:
        said.append(f"connected on {after.connected_on.isoformat()}")
    return f"{before.name[:60]}: {'; '.join(said) or 'addresses'}"

"""An import in words, before it is done; and a plan without some of its people."""

from __future__ import annotations

from collections.abc import Collection

from msgspec.structs import replace

from data.imports.planning import ImportPlan, Update
from data.records import Person, Record

_FIELDS = ("name", "company", "title", "location", "zone", "linkedin", "birthday", "notes")
_LISTS = ("fields", "emails", "links", "phones", "tags")


def changes(update: Update) -> str:
    """What would change: "company Figma → Linear; emails + m@x.example"."""
    before, after = update.before, update.after
    if not (isinstance(before, Person) and isinstance(after, Person)):
        return "more of what was known"
    said = []
    for name in _FIELDS:
        was, now = getattr(before, name), getattr(after, name)
        if was != now:
            said.append(f"{name} {was[:40]} → {now[:40]}" if was else f"{name} {now[:40]}")
    for name in _LISTS:
        added = [each for each in getattr(after, name) if each not in getattr(before, name)]
        if added:
            said.append(f"{name} + {', '.join(each[:40] for each in added[:3])}")
    if before.introduced_by != after.introduced_by:
        said.append(f"introduced by {after.imported.get('introduced_by', '')[:40]}")
    if before.connected_on != after.connected_on and after.connected_on:
        said.append(f"connected on {after.connected_on.isoformat()}")
    return "; ".join(said) or "addresses"


def without(plan: ImportPlan, numbers: Collection[int]) -> ImportPlan:
    """The plan without the new and changed people of these lines or cards.

    A second line about the same person does not bring them back.
    """
    if not numbers:
        return plan
    anew = plan.anew
    kept = [at for at, number in enumerate(plan.numbers) if number not in numbers]
    gone = {record.id for record, number in zip(plan.new, plan.numbers, strict=True) if number in numbers}
    return replace(
        plan,
        new=[_unnamed(plan.new[at], gone) for at in kept],
        numbers=[plan.numbers[at] for at in kept],
        changed=[
            replace(update, after=_unnamed(update.after, gone))
            for update in plan.changed
            if update.number not in numbers
        ],
        anew=None if anew is None else lambda later: without(anew(later), numbers),
    )


def _unnamed(record: Record, gone: Collection[str]) -> Record:
    """The record, without an introducer who is left out."""
    if isinstance(record, Person) and record.introduced_by in gone:
        imported = {name: value for name, value in record.imported.items() if name != "introduced_by"}
        return replace(record, introduced_by="", imported=imported)
    return record

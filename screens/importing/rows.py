"""The lines of an import's preview: who would come in, who would change, and what can't be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.imports.preview import changes
from data.records import Person

from ..widgets.rows import FILL, Row

if TYPE_CHECKING:
    from data.imports.planning import ImportPlan
    from data.records import Record


@dataclass(frozen=True, slots=True)
class Item:
    """One line: the place in the file, what would become of it, the record, and more about it."""

    number: int
    what: str
    record: Record | None
    more: str = ""


def items_of(plan: ImportPlan) -> list[Item]:
    """The new, those that may be somebody known before the others; then the changed."""
    perhaps = {each.number for each in plan.suggested}
    new = [
        Item(number, "perhaps known" if number in perhaps else "new", record)
        for number, record in zip(plan.numbers, plan.new, strict=True)
    ]
    if perhaps:
        new.sort(key=lambda item: item.what == "new")
    return new + [Item(update.number, "changed", update.after, changes(update)) for update in plan.changed]


def left_out_of(plan: ImportPlan) -> list[Item]:
    """What can't be read, by its place."""
    return [Item(part.number, "", None, part.why) for part in plan.skipped]


def row(item: Item, unit: str, *, taken: bool) -> Sequence[Row]:
    """How one line is drawn; who is left out by the user is struck from it by word and by weight."""
    if item.record is None:
        return [((f"{unit} {item.number}", "strong"), ("  ", "plain"), (item.more, "dim"))]
    what, tone = (item.what, "good" if item.what == "new" else "warn") if taken else ("not taken", "dim")
    record = item.record
    if not isinstance(record, Person):
        return [((type(record).__name__, "plain"), FILL, (what, tone))]
    work = item.more or " · ".join(part for part in (record.title, record.company) if part)
    return [((record.name, "strong" if taken else "dim"), ("  ", "plain"), (work, "dim"), FILL, (what, tone))]

"""Keeping what an import planned: one transaction, so that one undo takes it back."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from msgspec import Raw, Struct, json
from msgspec.structs import replace

from data.imports.cards import Progress
from data.imports.planning import ImportPlan
from data.text import plural

if TYPE_CHECKING:
    from data.store import Store

_TELL = 500


class ImportResult(Struct, frozen=True, kw_only=True):
    """What an import did, in numbers."""

    new: int
    changed: int
    same: int
    gone: int
    skipped: int

    @property
    def sentence(self) -> str:
        """What there is to bring in, in one line."""
        return self._told("new")

    @property
    def done(self) -> str:
        """What was brought in, in one line."""
        return self._told("brought in")

    def _told(self, new: str) -> str:
        parts = [f"{self.new:,} {new}", f"{self.changed:,} changed", f"{self.same:,} the same"]
        if self.gone:
            parts.append(f"{self.gone:,} removed before and left out")
        if self.skipped:
            parts.append(f"{self.skipped:,} left out")
        return ", ".join(parts)


def result_of(plan: ImportPlan) -> ImportResult:
    """The numbers of a plan."""
    return ImportResult(
        new=len(plan.new),
        changed=len(plan.changed),
        same=plan.same,
        gone=plan.gone,
        skipped=len(plan.skipped),
    )


def keep(store: Store, plan: ImportPlan, progress: Progress | None = None) -> ImportResult:
    """Keep all that was planned, or nothing: an exception raised in `progress` leaves no trace.

    If the network has changed since the plan was made, it is made anew first.
    """
    # Another window may have taken in the same file a moment ago.
    store.refresh()
    with store.transaction("Imported") as tx:
        if plan.anew is not None and tx.people() != plan.seen:
            plan = plan.anew(tx)
        result = result_of(plan)
        total = result.new + result.changed
        tx.title = _title(plan, result)
        steps = chain(((record, None) for record in plan.new), ((each.after, each) for each in plan.changed))
        for done, (record, update) in enumerate(steps):
            if progress is not None and done % _TELL == 0:
                progress(done, total)
            # What another window has changed of somebody since the plan was made stays.
            tx.put(record, seen=update.before if update is not None else None)
    if plan.profile is not None and not store.profile.name:
        store.save_profile(replace(plan.profile, welcomed=True))
    return result


def _title(plan: ImportPlan, result: ImportResult) -> str:
    one, many = ("record", "records") if plan.unit == "record" else ("person", "people")
    if result.new or not result.changed:
        return f"Imported {plural(result.new, one, many)} from {plan.file}"
    return f"Brought {plural(result.changed, one, many)} up to date from {plan.file}"


def rejected(plan: ImportPlan) -> str:
    """What was left out, as it stood in the file, to be written to one of its own, mended and taken in.

    A table's heading comes first; records stand in their tables, as in an export.
    """
    if plan.unit == "record":
        return _rejected_records(plan)
    parts = [part.text for part in plan.skipped if part.text]
    if not parts:
        return ""
    return "".join(text if text.endswith("\n") else text + "\n" for text in (*plan.heading, *parts))


def _rejected_records(plan: ImportPlan) -> str:
    tables: dict[str, list[Raw]] = {}
    for part in plan.skipped:
        if part.text and part.table:
            tables.setdefault(part.table, []).append(Raw(part.text.encode()))
    return json.encode(tables).decode() + "\n" if tables else ""

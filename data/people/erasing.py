"""Erasing somebody for good: what goes with them, and what was done, in words for every way to ask for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from data.text import one_line, plural

if TYPE_CHECKING:
    from data.store.erase import Erased

_CALLED = {
    "meetings": ("meeting", "meetings"),
    "entries": ("note", "notes"),
    "leads": ("lead", "leads"),
    "advice": ("piece of advice", "pieces of advice"),
    "followups": ("follow-up", "follow-ups"),
    "touches": ("logged contact", "logged contacts"),
}


def what_goes(counts: Mapping[str, int]) -> str:
    """What goes with a person, by the counts of records in each table; "" for nothing but themselves."""
    parts = [plural(counts[table], *called) for table, called in _CALLED.items() if counts.get(table)]
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def question(name: str, counts: Mapping[str, int]) -> str:
    """What erasing a person means, to be said before it is done."""
    goes = what_goes(counts)
    with_it = f", with {goes}," if goes else ""
    return (
        f"{one_line(name[:60])} goes{with_it} from the store, its journal and from what undo remembers. "
        "This can't be undone."
    )


def told(name: str, erased: Erased) -> list[str]:
    """What was done, as sentences."""
    goes = what_goes(erased.counts)
    said = [f"Erased {one_line(name[:60])} for good{f', with {goes}' if goes else ''}."]
    if erased.rewritten:
        said.append(f"They are out of {plural(len(erased.rewritten), 'backup')}, too.")
    if erased.still_in:
        said.append(
            f"{plural(len(erased.still_in), 'copy', 'copies')} could not be read or rewritten and may still "
            f"hold them: {', '.join(str(each) for each in erased.still_in)}."
        )
    if erased.mentions:
        said.append(
            f"{plural(erased.mentions, 'other record')} still {'names' if erased.mentions == 1 else 'name'} "
            "them in a text."
        )
    return said

"""What an import asks: the meaning of a table's columns, and what holds for all who come in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.app import App

    from data.imports.cards import Parsed
    from data.imports.planning import Options


async def ask_columns(app: App[object], parsed: Parsed) -> dict[str, str] | None:
    """What each column of a table is, by its heading; None if the user leaves it as it was."""
    from .columns import Columns

    # A column without a heading has no name to be called by.
    named = [at for at, name in enumerate(parsed.columns) if name in parsed.mapping]
    samples = [[row[at] if at < len(row) else "" for at in named] for row in parsed.samples]
    lead = "" if any(parsed.mapping.values()) else "None of the headings is known: say which holds what."
    mapping = {parsed.columns[at]: parsed.mapping[parsed.columns[at]] for at in named}
    answer = await app.push_screen_wait(Columns(mapping, samples, lead))
    return None if answer == mapping else answer


async def ask_for_all(app: App[object], options: Options | None) -> dict[str, object] | None:
    """How all of them were found, their tags and field, as fields of `Options`; None if the user leaves."""
    from data.actions.put import clean_tags
    from data.imports.planning import Options
    from data.records import Source

    from ..dialogs import Field, Form, Wrong

    now = options or Options()
    sources = ", ".join(Source)
    answer = await app.push_screen_wait(
        Form(
            "For all who come in",
            [
                Field("source", "How found", str(now.source), sources),
                Field("tags", "Tags", " ".join(now.tags), "conference-2026 design"),
                Field("field", "Field they work in", now.field, "product design"),
            ],
            f"How found is one of {sources}.",
            check=lambda values: (
                None if values["source"] in [*Source] else Wrong("source", f"Type one of {sources}.")
            ),
        )
    )
    if answer is None:
        return None
    tags = clean_tags(answer["tags"].split())
    return {"source": Source(answer["source"]), "tags": tags, "field": answer["field"]}


def for_all(options: Options) -> str:
    """What was set for all of them, in one line; empty if nothing was."""
    parts = [f"found by: {options.source}"] if str(options.source) != "network" else []
    parts += [" ".join(f"#{tag}" for tag in options.tags)] if options.tags else []
    parts += [f"field: {options.field}"] if options.field else []
    return f"For all: {', '.join(parts)}." if parts else ""

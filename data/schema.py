"""Which kinds of record there are, the tables that hold them, and what refers to what."""

from __future__ import annotations

from data.records import (
    Advice,
    Entry,
    FollowUp,
    Introduction,
    Lead,
    Meeting,
    OwnQuestion,
    Person,
    Profile,
    Record,
    Rehearsal,
    TemplateOverride,
    Touch,
)

RECORDS: tuple[type[Record], ...] = (
    Person,
    Meeting,
    Entry,
    Lead,
    Advice,
    FollowUp,
    Touch,
    Introduction,
    Rehearsal,
    OwnQuestion,
    TemplateOverride,
    Profile,
)
"""Every kind of record; each names its table."""

TABLES: dict[str, type[Record]] = {kind.table: kind for kind in RECORDS}
"""The kind of record that a table holds."""

PASSING: dict[str, frozenset[str]] = {
    Meeting.table: frozenset(("cues", "muted", "current_question")),
}
"""By table, the fields where a running meeting leaves its mark without a step of undo.

What they hold doesn't keep a step from being turned back: it is nothing that the user made.
"""

REFERENCES: dict[type[Record], tuple[tuple[str, type[Record]], ...]] = {
    Person: (("introduced_by", Person), ("merged_into", Person)),
    Meeting: (("person", Person), ("introduction", Introduction)),
    Entry: (("meeting", Meeting),),
    Lead: (("giver", Person), ("person", Person), ("meeting", Meeting), ("entry", Entry)),
    Advice: (("giver", Person), ("meeting", Meeting), ("entry", Entry)),
    FollowUp: (
        ("person", Person),
        ("about", Person),
        ("meeting", Meeting),
        ("entry", Entry),
        ("lead", Lead),
        ("advice", Advice),
    ),
    Touch: (("person", Person), ("about", Person), ("meeting", Meeting), ("followup", FollowUp)),
    Rehearsal: (("introduction", Introduction),),
}
"""Which field of a record refers to which kind of record; the store indexes these."""

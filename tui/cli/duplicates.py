"""The command that tells who may be in the network twice; the app makes one of two."""

from __future__ import annotations

import argparse

from data.records import Person
from data.text import plural
from tui.cli.reading import person_json, reading
from tui.cli.shell import OK, Shell


def run_duplicates(options: argparse.Namespace, shell: Shell) -> int:
    """List likely pairs, likeliest first."""
    from data.people.duplicates import likely_pairs

    with reading(options, shell) as store:
        try:
            pairs = likely_pairs(
                store, lambda done, total: shell.progress(f"{100 * done // max(total, 1)} %")
            )
        finally:
            shell.progress("")
    if options.json:
        shell.json(
            [
                {"one": person_json(p.one), "other": person_json(p.other), "score": p.score, "why": p.why}
                for p in pairs
            ]
        )
        return OK
    for pair in pairs:
        shell.say(f"{_named(pair.one)} — {_named(pair.other)}: {pair.why}")
    if pairs:
        shell.note(f"{plural(len(pairs), 'pair')}. In the app, ctrl+p Duplicates makes one of two.")
    else:
        shell.note("Nobody seems to be in your network twice.")
    return OK


def _named(person: Person) -> str:
    return f"{person.name} ({person.company})" if person.company else person.name

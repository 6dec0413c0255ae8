"""Commands about people: add, find."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from data.records import Kind, PersonLine
from data.text import plural
from data.vocabulary import LABELS
from tui.cli.paths import store_path
from tui.cli.reading import person_json, reading
from tui.cli.shell import OK, Refusal, Shell


def run_add(options: argparse.Namespace, shell: Shell) -> int:
    """Put somebody on the board, from one line."""
    from data.people.quick_add import add, describe
    from data.store import Store

    # Quoted lines are a person each; bare words are one line that was typed without quotes.
    several = len(options.who) > 1 and all(" " in part.strip() for part in options.who)
    lines = (
        [words([part], "The name") for part in options.who] if several else [words(options.who, "The name")]
    )
    with Store.open(store_path(options.store, shell.environ), clock=shell.clock, on_wait=shell.note) as store:
        for line in lines:
            for sentence in describe(add(store, shell.clock, line)):
                shell.say(sentence)
    return OK


def run_find(options: argparse.Namespace, shell: Shell) -> int:
    """Find people in the whole network, the best fit first."""
    from data.people.find import find

    text = words(options.query, "What to find")
    with reading(options, shell) as store:
        found = find(store.people(), store.profile, text)
    if options.json:
        shell.json([{**person_json(each), "why": why} for each, why in found])
        return OK
    for each, _ in found:
        shell.say(_line(each))
    if not found:
        shell.note(f"Nobody fits “{text}”; a part of a name, company, title, field or place will do.")
    elif len(found) > 1:
        shell.note(plural(len(found), "person", "people"))
    return OK


def words(parts: Sequence[str], what: str) -> str:
    """The words as one text. Raises Refusal where they are empty or not text."""
    text = " ".join(parts).strip()
    if not text:
        raise Refusal(f"{what} is empty.")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise Refusal(f"{what} is not valid UTF-8; type it again.") from None
    return text


def _line(person: PersonLine) -> str:
    what = "group" if person.kind is Kind.GROUP else ""
    work = " · ".join(part for part in (what, person.title, person.company, person.location) if part)
    return f"{person.name}{' — ' + work if work else ''} [{LABELS[person.stage]}]"

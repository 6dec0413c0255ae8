"""The command that erases somebody for good."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from tui.cli.paths import store_path
from tui.cli.people import words
from tui.cli.shell import OK, Refusal, Shell

if TYPE_CHECKING:
    from data.records import Person
    from data.store import Store


def run_erase(options: argparse.Namespace, shell: Shell) -> int:
    """Erase one person and all that is about them; asks first, unless told not to."""
    from data.people.erasing import question, told
    from data.store import Store

    who = words(options.who, "The name")
    path = store_path(options.store, shell.environ)
    if not path.exists():
        raise Refusal(f"There is no store at {path} yet.")
    with Store.open(path, clock=shell.clock, on_wait=shell.note) as store:
        person = _the_one(store, who)
        if not options.yes:
            shell.note(question(person.name, store.goes_with(person.id)))
            if shell.ask("Erase for good? Type yes:") != "yes":
                raise Refusal("Nothing was erased.")
        erased = store.erase(person.id, backups=options.backups)
        for sentence in told(person.name, erased):
            shell.say(sentence)
    if not options.backups:
        shell.note("Backups may still hold them; --backups takes them out of those, too.")
    return OK


def _the_one(store: Store, who: str) -> Person:
    """The person of that id or whole name; those who were removed can be erased as well."""
    from data.records import Person
    from data.text import fold

    if (named := store.get(Person, who)) is not None:
        return named
    wanted = fold(who)
    found = [person for person in store.all(Person) if fold(person.name) == wanted]
    found = [person for person in found if person.alive] or found
    if not found:
        raise Refusal(f"Nobody is called “{who[:60]}”; `inroad find` shows who is there.")
    if len(found) > 1:
        ids = ", ".join(
            f"{person.id} ({person.company or person.title or 'nothing known'})" for person in found[:10]
        )
        raise Refusal(f"{len(found)} people are called “{who[:60]}”; name one by its id: {ids}.")
    return found[0]

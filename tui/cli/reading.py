"""What commands that only read share: the store without a lock, and a person as other programs get them."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from data.records import PROFILE_ID, Person, PersonLine, Profile, R
from data.store import Reader, Store
from tui.cli.paths import store_path
from tui.cli.shell import Shell


class Nothing:
    """Stands in for a store that is not there yet, so that reading does not make one."""

    def get(self, kind: type[R], id: str) -> R | None:
        """Nothing has that id."""
        return None

    def all(self, kind: type[R]) -> list[R]:
        """There are none."""
        return []

    def where(self, kind: type[R], **refs: str) -> list[R]:
        """There are none."""
        return []

    def people(self) -> list[PersonLine]:
        """There is nobody."""
        return []

    def lines(self, ids: Iterable[str]) -> dict[str, PersonLine]:
        """There is nobody."""
        return {}

    @property
    def profile(self) -> Profile:
        """An empty one."""
        return Profile(id=PROFILE_ID)


@contextmanager
def reading(options: argparse.Namespace, shell: Shell) -> Iterator[Reader]:
    """The store to read from; it is neither made, nor locked, nor compacted."""
    path = store_path(options.store, shell.environ)
    if not path.exists():
        yield Nothing()
        return
    with Store.open(path, clock=shell.clock, read_only=True) as store:
        yield store


def person_json(person: PersonLine | Person) -> dict[str, object]:
    """A person as `--json` gives them; `introduced_by` is an id."""
    return {
        "id": person.id,
        "name": person.name,
        "kind": person.kind.value,
        "company": person.company,
        "title": person.title,
        "fields": list(person.fields),
        "location": person.location,
        "emails": list(person.emails),
        "linkedin": person.linkedin,
        "stage": person.stage.value,
        "source": person.source.value,
        "introduced_by": person.introduced_by,
        "tier": person.tier.value,
        "connected_on": person.connected_on.isoformat() if person.connected_on else None,
        "tags": list(person.tags),
    }

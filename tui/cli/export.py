"""The command that takes everything out: export."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tui.cli.paths import file_path, store_path
from tui.cli.shell import OK, Refusal, Shell

if TYPE_CHECKING:
    from data.exports.formats import Format
    from data.store import Store


def run_export(options: argparse.Namespace, shell: Shell) -> int:
    """Write people and meetings out, to a file or to standard output."""
    from data.exports.formats import Format
    from data.store import Store

    path = store_path(options.store, shell.environ)
    if not path.exists():
        raise Refusal(f"There is no store at {path} yet, so there is nothing to export.")
    format = Format(options.format)
    target = file_path(options.out, "--out") if options.out is not None else None
    if target is None and format is Format.MD:
        raise Refusal("Markdown is a folder of notes: name it with --out FOLDER.")
    if target is not None and target.resolve() == path.resolve():
        raise Refusal(f"{target} is the store itself; name another file to write to.")
    with Store.open(path, clock=shell.clock, read_only=True) as store:
        if options.meeting is not None:
            return _meeting(options, store, format, target, shell)
        people = _chosen(options, store)
        if target is None:
            _print(store, format, people, shell)
        else:
            from data.exports.formats import write

            try:
                said = write(store, shell.clock, format, target, people, _progress(shell))
            finally:
                shell.progress("")
            shell.note(said)
    return OK


def _progress(shell: Shell) -> Callable[[int, int], None]:
    return lambda done, total: shell.progress(f"Writing: {100 * done // max(total, 1)} %")


def _chosen(options: argparse.Namespace, store: Store) -> set[str] | None:
    """The ids of those whom the options name; None for everybody."""
    if options.find is None and not options.stage and not options.person:
        return None
    people = store.people()
    if options.person:
        known = {person.id for person in people}
        for id in options.person:
            if id not in known:
                raise Refusal(
                    f"There is nobody with the id “{id[:60]}”; `inroad find NAME --json` tells ids."
                )
        people = [person for person in people if person.id in options.person]
    if options.stage:
        people = [person for person in people if person.stage.value in options.stage]
    if options.find is not None:
        from data.people.find import Finder
        from tui.cli.people import words

        text = words([options.find], "What to find")
        people = list(Finder(store.profile).load_all(people).search(text, exactly=True))
    if not people:
        raise Refusal("Nobody in the network is meant by that, so nothing was written.")
    return {person.id for person in people}


def _meeting(
    options: argparse.Namespace, store: Store, format: Format, target: Path | None, shell: Shell
) -> int:
    from data.exports.calendar import meeting_calendar
    from data.exports.formats import Format, write_meeting
    from data.records import Meeting

    if format is not Format.ICS:
        raise Refusal("--meeting goes with --format ics alone.")
    meeting = store.get(Meeting, options.meeting)
    if meeting is None:
        raise Refusal(
            f"There is no meeting with the id “{options.meeting[:60]}”; `inroad today --json` tells ids."
        )
    if target is None:
        shell.document(meeting_calendar(store, shell.clock, meeting))
    else:
        shell.note(write_meeting(store, shell.clock, meeting, target))
    return OK


def _print(store: Store, format: Format, people: set[str] | None, shell: Shell) -> None:
    from data.exports.formats import Format, content

    try:
        data = content(store, shell.clock, format, people, _progress(shell))
    finally:
        shell.progress("")
    if format is Format.JSON:
        # In ASCII, so that no control character of a name reaches a terminal.
        shell.json(json.loads(data))
    else:
        shell.document(data.decode())

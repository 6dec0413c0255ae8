"""Commands that take people in and everything out: import, export."""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from data.errors import UserError
from data.store.errors import StoreError
from data.text import plural
from tui.cli.paths import file_path, store_path
from tui.cli.shell import OK, PARTLY, Refusal, Shell

if TYPE_CHECKING:
    from data.imports.cards import Skipped
    from data.imports.planning import ImportPlan
    from data.store import Reader, Store

SHOWN = 5
"""Reasons, names and line numbers that are shown for one file; `--json` tells all."""


class _Into:
    """Where an import goes: opened with the first file that can be read, so that none makes no store."""

    def __init__(self, options: argparse.Namespace, shell: Shell, stack: ExitStack) -> None:
        self._options, self._shell, self._stack = options, shell, stack
        self._store: Store | None = None
        self._reader: Reader | None = None

    def store(self) -> Store | None:
        """The store to keep people in; None for a dry run."""
        from data.store import Store

        if self._store is None and not self._options.dry_run:
            path = store_path(self._options.store, self._shell.environ)
            opened = Store.open(path, clock=self._shell.clock, on_wait=self._shell.note)
            self._store = self._stack.enter_context(opened)
        return self._store

    def reader(self) -> Reader:
        """Who is there already."""
        from tui.cli.reading import reading

        if self._reader is None:
            store = self.store()
            self._reader = store or self._stack.enter_context(reading(self._options, self._shell))
        return self._reader


def run_import(options: argparse.Namespace, shell: Shell) -> int:
    """Take people in from files; 1 where some files went through, a Refusal where none did."""
    paths = [file_path(each, "FILE") for each in options.files]
    told: list[dict[str, object]] = []
    refused: list[str] = []
    with ExitStack() as stack:
        into = _Into(options, shell, stack)
        for path in paths:
            try:
                plan = _one(path, into, shell)
            except (UserError, StoreError) as error:
                # A file that can't be taken costs itself alone.
                refused.append(str(error))
                continue
            finally:
                shell.progress("")
            told.append(_as_json(path, plan, done=not options.dry_run))
            if not options.json:
                _tell(path, plan, shell, done=not options.dry_run)
    if refused and not told:
        raise Refusal(" ".join(refused))
    if options.json:
        shell.json(told)
    for sentence in refused:
        shell.note(f"inroad: {sentence}")
    return PARTLY if refused else OK


def _one(path: Path, into: _Into, shell: Shell) -> ImportPlan:
    from data.imports.keeping import keep
    from data.imports.planning import plan
    from data.imports.reading import read

    def progress(done: int, total: int) -> None:
        shell.progress(f"{path.name}: {100 * done // max(total, 1)} %")

    parsed = read(path, progress=progress)
    made = plan(into.reader(), parsed, now=shell.clock.now(), progress=progress)
    if not (made.new or made.changed or made.same or made.gone or made.skipped or made.profile):
        raise Refusal(" ".join((f"{path.name} names nobody that could be taken in.", *_notes(made))))
    store = into.store()
    if store is not None:
        keep(store, made, progress)
    return made


def _notes(plan: ImportPlan) -> list[str]:
    """What is to be said about the file as a whole, each thing once."""
    return list(dict.fromkeys(plan.notes))


def _tell(path: Path, plan: ImportPlan, shell: Shell, *, done: bool) -> None:
    from data.imports.keeping import result_of

    shell.say(f"{path.name}: {'' if done else 'would be '}{result_of(plan).sentence}")
    for note in _notes(plan):
        shell.say(f"  {note}")
    if plan.alike:
        names = ", ".join(each[:60] for each in plan.alike[:SHOWN])
        more = ", …" if len(plan.alike) > SHOWN else ""
        shell.say(f"  {plural(len(plan.alike), 'name')} that others have too, kept apart: {names}{more}")
    for line in _reasons(plan):
        shell.say(f"  {line}")


def _reasons(plan: ImportPlan) -> list[str]:
    """Why parts were left out: each reason once, with how many, and where the first of them stand."""
    by_why: dict[str, list[Skipped]] = {}
    for each in plan.skipped:
        by_why.setdefault(each.why, []).append(each)
    lines = []
    for why, parts in list(by_why.items())[:SHOWN]:
        numbers = ", ".join(str(part.number) for part in parts[:SHOWN])
        more = ", …" if len(parts) > SHOWN else ""
        lines.append(f"left out {plural(len(parts), plan.unit)} ({numbers}{more}): {why}")
    if len(by_why) > SHOWN:
        lines.append(f"and for {plural(len(by_why) - SHOWN, 'more reason')} (--json tells all)")
    return lines


def _as_json(path: Path, plan: ImportPlan, *, done: bool) -> dict[str, object]:
    return {
        "file": str(path),
        "done": done,
        "new": len(plan.new),
        "changed": len(plan.changed),
        "same": plan.same,
        "gone": plan.gone,
        "skipped": len(plan.skipped),
        "left_out": [{plan.unit: each.number, "why": each.why} for each in plan.skipped],
        "alike": list(plan.alike),
        "notes": _notes(plan),
    }


def run_export(options: argparse.Namespace, shell: Shell) -> int:
    """Write everything out, to a file or to standard output."""
    from data.exports.everything import everything
    from data.store import Store

    path = store_path(options.store, shell.environ)
    if not path.exists():
        raise Refusal(f"There is no store at {path} yet, so there is nothing to export.")
    target = file_path(options.out, "--out") if options.out is not None else None
    if target is not None:
        _check_target(target, path)
    with Store.open(path, clock=shell.clock, read_only=True) as store:
        data = everything(store)
        people = len(store.people())
    if target is None:
        # In ASCII, so that no control character of a name reaches a terminal.
        shell.json(json.loads(data))
        return OK
    write_private(target, data)
    shell.note(f"Wrote everything ({plural(people, 'person', 'people')}) to {target}")
    return OK


def _check_target(target: Path, store: Path) -> None:
    if target.is_dir():
        raise Refusal(f"{target} is a folder; name a file to write to.")
    if not target.parent.is_dir():
        raise Refusal(f"{target.parent} is no folder; make it first, or name another place.")
    if target.resolve() == store.resolve():
        raise Refusal(f"{target} is the store itself; name another file to write to.")


def write_private(target: Path, data: bytes) -> None:
    """Write a file whole or not at all, readable by its owner alone. Raises Refusal."""
    try:
        handle, part = tempfile.mkstemp(prefix=f".{target.name[:40]}-", dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(data)
            os.replace(part, target)
        except OSError:
            Path(part).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise Refusal(f"{target} cannot be written: {error.strerror or 'unknown reason'}.") from error

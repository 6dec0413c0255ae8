"""The command that takes people in: import."""

from __future__ import annotations

import argparse
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from data.errors import UserError
from data.store.errors import StoreError
from data.text import plural
from tui.cli.import_preview import preview
from tui.cli.paths import file_path, store_path
from tui.cli.shell import OK, PARTLY, Refusal, Shell

if TYPE_CHECKING:
    from data.imports.cards import Parsed, Skipped
    from data.imports.planning import ImportPlan
    from data.store import Reader, Store

_MOST_ROWS = 250_000
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
    choices = _Choices(options, paths)
    told: list[dict[str, object]] = []
    refused: list[str] = []
    with ExitStack() as stack:
        into = _Into(options, shell, stack)
        for path in paths:
            try:
                parsed, plan = _one(path, choices, into, shell)
            except (UserError, StoreError) as error:
                # A file that can't be taken costs itself alone.
                refused.append(str(error))
                continue
            finally:
                shell.progress("")
            told.append(_as_json(path, plan, done=not options.dry_run))
            if not options.json:
                _tell(path, plan, shell, done=not options.dry_run)
                if options.dry_run:
                    preview(parsed, plan, shell)
    if refused and not told:
        raise Refusal(" ".join(refused))
    if options.json:
        shell.json(told)
    elif options.dry_run:
        shell.note("Nothing is kept yet: the same without --dry-run brings them in.")
    elif any(each["new"] for each in told):
        shell.note(
            "They are in your network, off the board. `inroad find`, or Find in the app, tells whom to ask."
        )
    for sentence in refused:
        shell.note(f"inroad: {sentence}")
    return PARTLY if refused else OK


class _Choices:
    """What the user set for the import. Raises Refusal for what can't be understood."""

    def __init__(self, options: argparse.Namespace, paths: list[Path]) -> None:
        from data.actions.put import clean_tags
        from data.imports.planning import Options
        from data.records import Source

        self.mapping = dict(_mapped(each) for each in options.map)
        self.planning = Options(
            source=Source(options.source),
            tags=tuple(clean_tags(options.tag)),
            field=options.field.strip(),
            rows=_rows(options.rows) if options.rows is not None else None,
        )
        self.rejected = file_path(options.rejected, "--rejected") if options.rejected is not None else None
        if len(paths) > 1 and (self.mapping or self.rejected or options.rows is not None):
            raise Refusal("--map, --rows and --rejected are about one file: give one at a time.")
        if self.rejected is not None and self.rejected in paths:
            raise Refusal(f"{self.rejected} is the file that is read; name another one for what is left out.")


def _mapped(text: str) -> tuple[str, str]:
    from data.imports.columns import target_of

    column, equals, what = text.rpartition("=")
    if not equals or not column.strip():
        raise Refusal(f"--map takes COLUMN=WHAT, as in --map Firma=company; “{text[:60]}” is not that.")
    return column.strip(), target_of(what)


def _rows(text: str) -> frozenset[int]:
    """The numbers in `2-40,52`. Raises Refusal."""
    numbers: set[int] = set()
    for part in text.split(","):
        first, dash, last = (each.strip() for each in part.partition("-"))
        if not all(each.isascii() and each.isdigit() and len(each) < 8 for each in (first, last or first)):
            raise Refusal(
                f"--rows takes numbers of lines or cards, as in 2-40,52; “{text[:60]}” is not that."
            )
        start, end = int(first), int(last if dash and last else first)
        if end - start > _MOST_ROWS:
            raise Refusal(f"--rows takes up to {_MOST_ROWS:,} lines or cards; “{text[:60]}” are more.")
        numbers.update(range(start, end + 1))
    return frozenset(numbers)


def _one(path: Path, choices: _Choices, into: _Into, shell: Shell) -> tuple[Parsed, ImportPlan]:
    from data.imports.keeping import keep, rejected
    from data.imports.planning import plan
    from data.imports.reading import read

    def progress(done: int, total: int) -> None:
        shell.progress(f"{path.name}: {100 * done // max(total, 1)} %")

    parsed = read(path, mapping=choices.mapping, progress=progress)
    made = plan(into.reader(), parsed, choices.planning, now=shell.clock.now(), progress=progress)
    if not (made.new or made.changed or made.same or made.gone or made.skipped or made.profile):
        raise Refusal(" ".join((f"{path.name} names nobody that could be taken in.", *_notes(made))))
    if choices.rejected is not None and made.skipped:
        from data.exports.writing import write_file

        write_file(choices.rejected, rejected(made).encode("utf-8", "replace"))
    store = into.store()
    if store is not None:
        keep(store, made, progress)
    return parsed, made


def _notes(plan: ImportPlan) -> list[str]:
    """What is to be said about the file as a whole, each thing once."""
    return list(dict.fromkeys(plan.notes))


def _tell(path: Path, plan: ImportPlan, shell: Shell, *, done: bool) -> None:
    from data.imports.keeping import result_of

    result = result_of(plan)
    shell.say(f"{path.name}: {result.done if done else f'would be {result.sentence}'}")
    for note in _notes(plan):
        shell.say(f"  {note}")
    if plan.alike:
        names = ", ".join(each[:60] for each in plan.alike[:SHOWN])
        more = ", …" if len(plan.alike) > SHOWN else ""
        also = f"{plural(len(plan.alike), 'name')} that others have too, kept apart"
        shell.say(f"  {also} (inroad duplicates): {names}{more}")
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

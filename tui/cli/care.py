"""Commands that take care of the store: doctor, backup, restore, where."""

from __future__ import annotations

import argparse
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

from data.text import plural
from tui.cli.paths import file_path, store_path
from tui.cli.shell import OK, PARTLY, Refusal, Shell

if TYPE_CHECKING:
    from data.store.doctor import Report


def run_where(options: argparse.Namespace, shell: Shell) -> int:
    """Print the path of the store, there or not."""
    # As it is, for `$(inroad where)`: only what a terminal would obey is replaced.
    shell.say(str(store_path(options.store, shell.environ)))
    return OK


def run_doctor(options: argparse.Namespace, shell: Shell) -> int:
    """Say whether the store is whole and what is in it; 1 if it is not."""
    from data.store import Store
    from data.store.doctor import check, repair

    path = store_path(options.store, shell.environ)
    report = check(path)
    if options.repair and report.health.exists:
        report = repair(path, clock=shell.clock)
    if options.compact and report.health.exists and report.health.ok:
        with Store.open(path, clock=shell.clock) as store:
            store.compact()
        report = _after(report, check(path))
    if options.json:
        shell.json(_as_json(report))
    else:
        _tell(report, shell)
    return OK if report.ok else PARTLY


def _after(before: Report, after: Report) -> Report:
    """What is so now, with what was mended before."""
    from dataclasses import replace

    return replace(after, mended=before.mended, backup=before.backup)


def _tell(report: Report, shell: Shell) -> None:
    from data.store import Way

    health = report.health
    if not health.exists:
        shell.say(f"There is no store yet at {health.path}; it is made when you first keep something.")
        return
    shell.say(f"{health.path}: {'whole' if report.ok else 'not whole'}")
    for table, count in sorted(report.counts.items()):
        shell.say(f"  {count:>7,}  {table}")
    if health.waiting:
        shell.say(f"{plural(health.waiting, 'newer change')} in the journal (inroad doctor --compact)")
    for text in report.mended:
        shell.say(f"Mended: {text}")
    if report.backup:
        shell.say(f"As it was before: {report.backup}")
    for problem in report.problems:
        mendable = " (inroad doctor --repair mends it)" if problem.mend else ""
        shell.say(f"Problem: {problem.text}{mendable}")
    for choice in health.choices:
        if choice.way is not Way.STOP:
            how = f"inroad restore {quote(str(choice.backup))}" if choice.backup else "open inroad to do it"
            shell.say(f"You can: {choice.label} ({how})")
    for copy in health.conflicts:
        shell.say(f"A sync tool left a copy from another machine: {copy}")


def _as_json(report: Report) -> dict[str, object]:
    health = report.health
    return {
        "path": str(health.path),
        "exists": health.exists,
        "ok": report.ok,
        "counts": report.counts,
        "problems": [
            {"text": each.text, "table": each.table, "id": each.id, "repairable": each.mend is not None}
            for each in report.problems
        ],
        "mended": list(report.mended),
        "backup": str(report.backup) if report.backup else None,
        "waiting": health.waiting,
        "backups": [str(each.path) for each in health.backups],
        "conflicts": [str(each) for each in health.conflicts],
    }


def run_backup(options: argparse.Namespace, shell: Shell) -> int:
    """Write the whole store to one file."""
    from data.clock import local_now
    from data.store import Store

    path = _existing(options, shell)
    if options.file is not None:
        target = file_path(options.file, "FILE")
    else:
        target = path.with_name(f"{path.stem}-{local_now(shell.clock):%Y%m%d-%H%M%S}.backup.json")
    if target.is_dir():
        raise Refusal(f"{target} is a folder; name a file for the backup.")
    if target.resolve() == path.resolve():
        raise Refusal(f"{target} is the store itself; name another file for the backup.")
    with Store.open(path, clock=shell.clock, read_only=True) as store:
        store.backup(target)
    shell.say(f"Backed up to {target}")
    return OK


def run_restore(options: argparse.Namespace, shell: Shell) -> int:
    """Make the store what a backup holds; what was there is kept."""
    from data.store.rescue import restore

    path = store_path(options.store, shell.environ)
    if options.file is None:
        return _list_backups(path, shell)
    source = file_path(options.file, "FILE")
    if not source.exists():
        raise Refusal(f"{source} is not there; `inroad restore` alone lists the backups.")
    if source.is_dir():
        raise Refusal(f"{source} is a folder; name a backup's file.")
    rescued = restore(path, source, clock=shell.clock)
    held = ", ".join(f"{count:,} {table}" for table, count in sorted(rescued.counts.items()))
    shell.say(f"{path} now holds what {source} held ({held or 'nothing'}).")
    for each in rescued.aside:
        shell.say(f"What was there before is in {each}")
    return OK


_KINDS = {
    "daily": "of the day",
    "weekly": "of the week",
    "before": "before something risky",
    "found": "set aside",
    "": "made by you",
}
"""What a copy is, by its kind in data.store.backups; none for what `inroad backup` wrote."""


def _list_backups(path: Path, shell: Shell) -> int:
    """Say which backups there are, the newest first, and how one is brought back."""
    import glob
    from datetime import UTC, datetime

    from data.days import show_day
    from data.store.health import inspect

    found = [(each.saved, each.kind, each.path) for each in inspect(path).backups]
    for own in path.parent.glob(f"{glob.escape(path.stem)}-*.backup.json"):
        found.append((datetime.fromtimestamp(own.stat().st_mtime, UTC), "", own))
    if not found:
        shell.note(f"There are no backups of {path} yet; `inroad backup` writes one.")
        return OK
    for saved, kind, file in sorted(found, reverse=True):
        day = saved.astimezone(shell.clock.zone())
        shell.say(f"{show_day(day.date())}, {day:%H:%M}  {_KINDS.get(kind, kind):<22}  {file}")
    shell.note("`inroad restore FILE` brings one back; what is there now is kept beside the store.")
    return OK


def _existing(options: argparse.Namespace, shell: Shell) -> Path:
    path = store_path(options.store, shell.environ)
    if not path.exists():
        raise Refusal(f"There is no store at {path} yet.")
    return path

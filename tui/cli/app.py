"""Opening the app: on the user's store, or on a made-up one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tui.cli.paths import config_path, file_path, store_path
from tui.cli.shell import Refusal, Shell

if TYPE_CHECKING:
    import argparse

    from data.store import Choice, Store, StoreDamaged


LARGE = 1 << 20
"""From so many bytes on reading a store takes as long as it takes to start a thread."""


def run_app(options: argparse.Namespace, shell: Shell) -> int:
    """Open the app on the user's store; returns its exit status."""
    return open_on(options.store, shell)


def open_on(path: str | None, shell: Shell) -> int:
    """Open the app on the store at `path`, or on the user's own; returns its exit status."""
    _check_terminal(shell)
    from tui.run import open_app

    store = _open(store_path(path, shell.environ), shell)
    return open_app(store, shell.clock, config_file=config_path())


def run_demo(options: argparse.Namespace, shell: Shell) -> int:
    """Open the app on a made-up network, in a store that is thrown away or kept as a file."""
    _check_terminal(shell)
    if options.keep is not None:
        return _demo(_new_file(options.keep), shell, kept=True)
    import shutil
    import tempfile

    folder = tempfile.mkdtemp(prefix="inroad-demo-")
    try:
        return _demo(Path(folder) / "demo.json", shell, kept=False)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _demo(path: Path, shell: Shell, *, kept: bool) -> int:
    from data.demo import fill
    from data.store import Store
    from tui.run import open_app

    store = Store.open(path, clock=shell.clock)
    fill(store, shell.clock)
    status = open_app(store, shell.clock, config_file=config_path(), demo=True)
    if kept:
        shell.say(f"The made-up network is kept in {path}; open it again with: inroad --store '{path}'")
    return status


def _new_file(text: str) -> Path:
    path = file_path(text, "--keep")
    if path.exists():
        what = "is a folder" if path.is_dir() else "is there already, and is left as it is"
        raise Refusal(f"{path} {what}; name a new file to keep the demo in.")
    return path


def _check_terminal(shell: Shell) -> None:
    """Refuse where a full-screen app can't be drawn, before anything is made."""
    if not (shell.given.isatty() and shell.out.isatty() and shell.err.isatty()):
        raise Refusal("The app needs a terminal; `inroad today` and `inroad find` work without one.")
    if shell.environ.get("TERM", "") in ("", "dumb", "unknown"):
        term = shell.environ.get("TERM") or "not set"
        raise Refusal(f"This terminal can't draw the app (TERM is {term}); `inroad today` works in it.")


def _open(path: Path, shell: Shell) -> Store:
    """The store, opened to read only where it can't be written; a damaged one as the user chooses."""
    from data.store import NotWritable, Store, StoreDamaged

    try:
        return _while_loading(path, lambda: Store.open(path, clock=shell.clock, on_wait=shell.note))
    except NotWritable:
        return Store.open(path, clock=shell.clock, read_only=True)
    except StoreDamaged as damage:
        _mend(path, damage, shell)
    return Store.open(path, clock=shell.clock, on_wait=shell.note)


def _while_loading(path: Path, read: Callable[[], Store]) -> Store:
    """What `read` gives; a large store is read in a thread, while this one loads the app."""
    try:
        large = path.stat().st_size >= LARGE
    except OSError:
        large = False
    if not large:
        return read()
    import threading

    from tui.run import load_app

    done: list[Store | BaseException] = []

    def run() -> None:
        try:
            done.append(read())
        except BaseException as error:  # noqa: BLE001 (raised again below)
            done.append(error)

    # Whoever gives up with Ctrl+C doesn't wait for it.
    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    load_app()
    thread.join()
    if isinstance(done[0], BaseException):
        raise done[0]
    return done[0]


def _mend(path: Path, damage: StoreDamaged, shell: Shell) -> None:
    """Let the user choose what to do about a store that differs from what Inroad wrote."""
    from data.store.rescue import choose

    if not damage.choices:
        raise damage
    shell.tell(str(damage))
    choice = _chosen(damage.choices, shell)
    rescued = choose(path, choice, clock=shell.clock) if choice is not None else None
    if rescued is None:
        raise Refusal("Nothing was changed; `inroad doctor` tells what is wrong.")
    for aside in rescued.aside:
        shell.note(f"What was there before is in {aside}")
    for sentence in (*rescued.lost, *rescued.doubtful):
        shell.tell(f"Look at this: {sentence}")
    shell.ask("Press Enter to open Inroad.")


def _chosen(choices: tuple[Choice, ...], shell: Shell) -> Choice | None:
    """The choice whose number is typed; None at the end of input."""
    for number, choice in enumerate(choices, 1):
        shell.note(f"  {number}  {choice.label}")
    while answer := shell.ask(f"What shall be done? (1-{len(choices)})"):
        if answer.isdecimal() and 1 <= int(answer) <= len(choices):
            return choices[int(answer) - 1]
    return None

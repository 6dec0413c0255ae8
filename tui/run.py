"""Opens the app on a store: gathers the real clock, clipboard, drafts and ways out, and runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from data.clock import Clock
    from data.store import Store

    from .app import InroadApp
    from .title import TerminalTitle

FRAMES_A_SECOND = "120"
"""Textual collects repaints at 60 a second, which is half of what a key press waits for."""


def open_app(store: Store, clock: Clock, *, config_file: Path, demo: bool = False) -> int:
    """Run the app on an open store until the user leaves; closes the store. Returns the exit status."""
    os.environ.setdefault("TEXTUAL_FPS", FRAMES_A_SECOND)
    load_app()
    from .title import TerminalTitle

    title = TerminalTitle(_to_terminal)
    app = build_app(store, clock, config_file=config_file, demo=demo, title=title)
    store.hurry()
    try:
        status = app.run()
    finally:
        title.restore()
        store.close()
    return (app.return_code or 0) if status is None else status


def load_app() -> None:
    """Load the app and Textual, which takes most of the start; needs nothing that is the user's."""
    _load_asyncio()
    _load_textual()
    from . import app  # noqa: F401


def _load_asyncio() -> None:
    """Load asyncio as it is where Python has no TLS: Inroad talks to no network, and the library takes
    4 ms of the start and 5 MB. Who imports `ssl` later gets it."""
    if "ssl" not in sys.modules:
        sys.modules["ssl"] = None  # type: ignore[assignment]
        try:
            import asyncio  # noqa: F401 (loaded here for Textual)
        finally:
            del sys.modules["ssl"]


class _Unused(ModuleType):
    """Stands in for a module of which nothing is used: whatever is taken from it is an empty class."""

    def __getattr__(self, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (), {})


def _load_textual() -> None:
    """Load Textual as it is without its command palette, in whose place Inroad has its own
    (`ENABLE_COMMAND_PALETTE`): with the buttons, selections and trees that only it brings in it takes 7 ms of
    the start, one part in twenty. Who imports `textual.command` or these widgets later gets them."""
    if "textual.app" not in sys.modules and "textual.command" not in sys.modules:
        sys.modules["textual.command"] = _Unused("textual.command")
        try:
            import textual.app  # noqa: F401 (loaded here for our own)
        finally:
            del sys.modules["textual.command"]


def _to_terminal(sequence: str) -> None:
    """Write a control sequence to the terminal that the app is drawn on."""
    terminal = sys.__stderr__
    if terminal is not None and terminal.isatty():
        terminal.write(sequence)
        terminal.flush()


def build_app(
    store: Store,
    clock: Clock,
    *,
    config_file: Path,
    demo: bool = False,
    title: TerminalTitle | None = None,
) -> InroadApp:
    """The app on this machine's ports; without `title` the terminal's own is left alone."""
    from data.drafts import Drafts
    from screens.desk import Desk

    from .app import InroadApp
    from .clipboard import Clipboard
    from .config import read_config
    from .editor import editor

    running: list[InroadApp] = []

    def write(sequence: str) -> None:
        driver = running[0]._driver if running else None
        if driver is not None:
            driver.write(sequence)
            driver.flush()

    home = store.path.parent
    desk = Desk(
        store=store,
        clock=clock,
        clipboard=Clipboard(environ=os.environ, write=write, file=home / "copied.txt"),
        drafts=Drafts(home, clock),
        open_url=open_url,
        edit_text=editor(lambda: running[0]),
        downloads=Path.home() / "Downloads",
        demo=demo,
    )
    app = InroadApp(desk, read_config(config_file), title)
    if os.environ.get("TERM") == "linux":
        from .plain_signs import PlainSigns

        app._filters.append(PlainSigns())
    running.append(app)
    return app


def open_url(address: str) -> bool:
    """Hand a checked address to the system's browser or mail program, its output kept off our screen."""
    opener = "open" if sys.platform == "darwin" else "xdg-open"
    try:
        subprocess.Popen(
            [opener, address],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return False
    return True

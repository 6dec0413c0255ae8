"""Taking people out to a file: whom, in which format, where to; and one meeting for a calendar."""

from __future__ import annotations

import os
from asyncio import to_thread
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, ClassVar

from textual.widget import Widget

from data.clock import today
from data.errors import UserError
from data.exports.formats import ABOUT, Format, default_name, write, write_meeting
from data.exports.outgoing import name_of
from data.exports.writing import check_file, check_folder
from data.meetings.times import starts_at
from data.text import plural

from .dialogs import AskLine, Choose, Option, Reading
from .dialogs.window import Feedback, Window

if TYPE_CHECKING:
    from textual.app import App

    from data.records import Meeting, PersonLine

    from .desk import Desk
    from .scope import Scope

_KEYS = {Format.VCF: "v", Format.ICS: "i", Format.CSV: "c", Format.MD: "m", Format.JSON: "j"}


@dataclass(frozen=True, slots=True)
class Group:
    """Some of the network that may go out: what they are called, and their ids (None: everybody).

    `name` is what their file may be called, where the day alone does not say it.
    """

    label: str
    ids: frozenset[str] | None
    name: str = ""


def group(label: str, people: Sequence[PersonLine]) -> Group:
    """These people as a group to export."""
    name = people[0].name if len(people) == 1 else plural(len(people), "person", "people")
    return Group(label, frozenset(person.id for person in people), name)


def everybody(desk: Desk) -> Group:
    """The whole network."""
    return Group(f"Everybody, {plural(len(desk.store.people()), 'person', 'people')}", None)


async def export(screen: Scope, desk: Desk, groups: Sequence[Group] = ()) -> None:
    """Ask whom, how and where to, and write it; `groups` are offered before everybody."""
    app = app_of(screen)
    offered = [*groups, everybody(desk)]
    chosen = offered[0]
    if len(offered) > 1:
        options = [Option(str(number), each.label, each) for number, each in enumerate(offered, 1)]
        answer = await app.push_screen_wait(Choose("Whom to export", options))
        if answer is None:
            return
        chosen = answer
    formats = [Option(_KEYS[each], about.name, each, about.purpose) for each, about in ABOUT.items()]
    lead = "The file is for you alone. Nothing leaves this machine."
    format = await app.push_screen_wait(Choose(f"Export: {chosen.label}", formats, lead))
    if format is None:
        return
    name = default_name(format, today(desk.clock).isoformat(), chosen.name)
    target = await ask_where(app, desk, name, folder=format is Format.MD)
    if target is not None:
        said = await app.push_screen_wait(Writing(desk, format, target, chosen.ids))
        if said:
            screen.say(said.text, said.tone)


async def export_meeting(screen: Scope, desk: Desk, meeting: Meeting) -> None:
    """Ask where to, and write one meeting for a calendar."""
    day = starts_at(meeting).astimezone(desk.clock.zone()).date()
    name = default_name(Format.ICS, day.isoformat(), name_of(desk.store, meeting.person))
    target = await ask_where(app_of(screen), desk, name, folder=False)
    if target is not None:
        screen.say(await to_thread(write_meeting, desk.store, desk.clock, meeting, target), "good")


def app_of(screen: Scope) -> App[int]:
    """The app that a screen, or the app itself, belongs to."""
    return screen._node.app


async def ask_where(app: App[int], desk: Desk, name: str, *, folder: bool) -> Path | None:
    """Ask for the path of a file, or of a folder to be made."""
    start = desk.downloads if desk.downloads.is_dir() else Path.home()

    def read(text: str) -> Reading:
        target = _path(text)
        try:
            if target == desk.store.path:
                return Reading(False, "That is where Inroad keeps everything: name another file.")
            if folder:
                check_folder(target)
                return Reading(True, "A new folder of notes.")
            check_file(target)
        except UserError as error:
            return Reading(False, str(error))
        except (OSError, ValueError):
            return Reading(False, "No file can be called that.")
        return Reading(
            True, "It is there already and will be replaced." if target.exists() else "A new file."
        )

    line = await app.push_screen_wait(
        AskLine(
            "Write the notes to" if folder else "Write the file to",
            value=str(_free(start / name, folder=folder)),
            placeholder="~/Downloads/" + name,
            read=read,
        )
    )
    return _path(line) if line is not None else None


def _path(text: str) -> Path:
    return Path(os.path.abspath(os.path.expanduser(text.strip().strip("'\""))))


def _free(target: Path, *, folder: bool) -> Path:
    """`target`, or for a folder that is there the next number that is free."""
    number, found = 1, target
    while folder and found.exists():
        number += 1
        found = target.with_name(f"{target.name}-{number}")
    return found


class Stopped(Exception):
    """The user doesn't want it any more."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of it, as a sentence and its tone."""

    text: str
    tone: str


class Writing(Window[Outcome]):
    """Writes in a thread and says how far it has come; esc stops it, and nothing is written."""

    KEYS: ClassVar[tuple[tuple[str, str], ...]] = ()

    def __init__(self, desk: Desk, format: Format, target: Path, people: frozenset[str] | None) -> None:
        super().__init__("Export")
        self._desk = desk
        self._format = format
        self._target = target
        self._people = people
        self._stop = Event()

    def compose_window(self) -> list[Widget]:
        return [Feedback("Writing…", steady=True)]

    def on_mount(self) -> None:
        self.run_worker(self._write(), group="commands")

    async def _write(self) -> None:
        try:
            said = await to_thread(
                write,
                self._desk.store,
                self._desk.clock,
                self._format,
                self._target,
                self._people,
                self._tell,
            )
            self.answer(Outcome(f"{said}.", "good"))
        except Stopped:
            self.answer(Outcome("Stopped; nothing was written.", "warn"))
        except UserError as error:
            self.answer(Outcome(str(error), "warn"))

    def _tell(self, done: int, total: int) -> None:
        if self._stop.is_set():
            raise Stopped
        self.app.call_from_thread(self.say, f"Writing: {done:,} of {total:,}")

    def do_cancel(self) -> None:
        """Stop; the thread ends at its next word of progress."""
        self._stop.set()
        self.say("Stopping…")

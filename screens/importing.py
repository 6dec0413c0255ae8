"""Bringing people in from a file: what would happen first, then all of it in one step, or nothing."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from data.errors import UserError
from data.records import Person, Record
from data.text import block, plural

from .base import DeskScreen
from .commands import bindings
from .widgets.lines import Lines
from .widgets.rows import FILL, Row

if TYPE_CHECKING:
    from data.imports.cards import Progress
    from data.imports.planning import ImportPlan
    from data.store import Change

    from .desk import Desk

LIKELY = ("Connections*.csv", "*LinkedIn*.zip", "contacts*.csv", "*.vcf")
"""What the files are called that address books give."""
HINT = (
    "LinkedIn: Settings, Data privacy, Get a copy of your data, Connections. They mail you a link within "
    "minutes. Everybody comes into your network, off the board; nothing leaves this machine."
)


class Stopped(Exception):
    """The user left while a file was being read."""


class ImportScreen(DeskScreen):
    """Asks for a file, shows what it would bring, and brings it in."""

    SCOPE = "import"
    MODE = "board"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("import")]
    CSS_PATH = "importing.tcss"

    def __init__(self, desk: Desk, file: str = "") -> None:
        super().__init__(desk)
        self._file = file
        self._plan: ImportPlan | None = None
        self._showing_left_out = False
        self._busy = ""

    def compose_body(self) -> Iterable[Widget]:
        with Vertical(classes="panel", id="file") as panel:
            panel.border_title = Content("Bring people in")
            yield Input(self._file or _likely_file(self.desk.downloads), placeholder="The file's path")
            yield Static(Content(HINT), id="said")
        yield Lines(self._row, lambda item: item[0], id="found", classes="panel")

    def reload(self) -> None:
        self._list()

    def home(self) -> Widget:
        return self.query_one(Lines)

    def opens_on(self) -> Widget:
        return self.query_one(Input)

    def concerns(self, change: Change) -> bool:
        return False

    def why_not(self, name: str) -> str:
        """Why a command can't be done now."""
        if self._busy and name != "file":
            return f"{self._busy} One moment; esc stops it."
        if name == "keep" and self._plan is None:
            return "Choose a file first: i, its path, enter."
        if name == "keep" and self._plan is not None and not (self._plan.new or self._plan.changed):
            return "There is nobody new in this file."
        if name == "left_out" and (self._plan is None or not self._plan.skipped):
            return "Nothing is left out."
        return ""

    # The file

    def do_file(self) -> None:
        self.query_one(Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Read the file, in a thread; what it would bring is shown, nothing is kept."""
        text = event.value.strip().strip("'\"")
        if not text:
            self.say("Type the path of a file, or drop the file on the terminal.", "warn")
            return
        self._busy = "The file is being read."
        self.run_worker(
            lambda: self._read(Path(os.path.expanduser(text))), thread=True, exclusive=True, group="import"
        )

    def _read(self, file: Path) -> None:
        from data.imports.planning import plan
        from data.imports.reading import read

        with contextlib.suppress(Stopped):
            try:
                parsed = read(file, progress=self._progress("Reading"))
                now = self.desk.clock.now()
                made = plan(self.desk.store, parsed, now=now, progress=self._progress("Comparing"))
            except UserError as error:
                self.app.call_from_thread(self._refused, str(error))
                return
            self.app.call_from_thread(self._show_plan, made)

    def _progress(self, what: str) -> Progress:
        worker = get_current_worker()

        def tell(done: int, total: int) -> None:
            if worker.is_cancelled:
                raise Stopped
            self.app.call_from_thread(self._tell, f"{what} {done:,} of {total:,}…")

        return tell

    def _tell(self, text: str, tone: str = "") -> None:
        for place in self.query("#said").results(Static):
            place.update(Content(block(text)))
            place.set_class(tone == "warn", "-bad")

    def _refused(self, sentence: str) -> None:
        self._busy = ""
        self._plan = None
        self.query_one(Lines).show([])
        self._tell(sentence, "warn")

    def _show_plan(self, plan: ImportPlan) -> None:
        from data.imports.keeping import result_of

        self._busy = ""
        self._plan = plan
        self._showing_left_out = False
        sentence = f"{plan.file}: {result_of(plan).sentence}."
        if plan.new or plan.changed:
            sentence += " b brings them in; nothing is kept before."
        self._tell("\n".join((sentence, *plan.notes[:2])))
        self._list()
        self.query_one(Lines).focus()

    def _list(self) -> None:
        plan, lines = self._plan, self.query_one(Lines)
        if plan is None:
            lines.head("What it brings")
            return
        items: list[tuple[str, str, Record | None, str]]
        if self._showing_left_out:
            lines.head("Left out", f"{len(plan.skipped):,}")
            items = [
                (str(part.number), f"{plan.unit} {part.number}", None, part.why) for part in plan.skipped
            ]
        else:
            lines.head("What it brings", f"{len(plan.new) + len(plan.changed):,}")
            items = [(record.id, "new", record, "") for record in plan.new]
            items += [(update.after.id, "changed", update.after, "") for update in plan.changed]
        lines.show(items)
        lines.do_top()

    @staticmethod
    def _row(item: tuple[str, str, Record | None, str], width: int) -> Sequence[Row]:
        _, what, record, why = item
        if record is None:
            return [((what, "strong"), ("  ", "plain"), (why, "dim"))]
        if not isinstance(record, Person):
            return [((type(record).__name__, "plain"), FILL, (what, "good" if what == "new" else "warn"))]
        work = " · ".join(part for part in (record.title, record.company) if part)
        tone = "good" if what == "new" else "warn"
        return [((record.name, "strong"), ("  ", "plain"), (work, "dim"), FILL, (what, tone))]

    def do_left_out(self) -> None:
        self._showing_left_out = not self._showing_left_out
        self._list()

    # Keeping

    def do_keep(self) -> None:
        plan = self._plan
        if plan is None:
            return
        self._busy = "The people are being brought in."
        self.run_worker(lambda: self._keep(plan), thread=True, exclusive=True, group="import")

    def _keep(self, plan: ImportPlan) -> None:
        from data.imports.keeping import keep

        with contextlib.suppress(Stopped):
            try:
                result = keep(self.desk.store, plan, self._progress("Bringing in"))
            except UserError as error:
                self.app.call_from_thread(self._refused, str(error))
                return
            self.app.call_from_thread(self._kept, plural(result.new, "person", "people"), result.changed)

    def _kept(self, people: str, changed: int) -> None:
        self._busy = ""
        also = f", {changed:,} changed" if changed else ""
        board = self.app.screen_stack[0]
        self.dismiss()
        if isinstance(board, DeskScreen):
            board.tell(f"Brought in {people}{also}. f finds the best to ask first; u takes it back.", "good")

    def do_leave(self) -> None:
        """Stop what is under way, without a trace; else leave the text, or the screen."""
        if self._busy:
            self.workers.cancel_group(self, "import")
            self._busy = ""
            self._tell("Stopped; nothing was kept.")
            return
        super().do_leave()


def _likely_file(folder: Path) -> str:
    """The newest file in `folder` that looks like an address book; empty if there is none."""
    try:
        found = [file for pattern in LIKELY for file in folder.glob(pattern)]
        return str(max(found, key=lambda file: file.stat().st_mtime)) if found else ""
    except OSError:
        return ""

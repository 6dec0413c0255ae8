"""Bringing people in from a file: what would happen first, then all of it in one step, or nothing."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from data.errors import UserError
from data.text import block, plural

from ..base import DeskScreen
from ..commands import Command, bindings, by_id, key_of
from ..scope import Said
from ..widgets.bars import KeyBar
from ..widgets.drawn_lines import REACH
from ..widgets.lines import Lines
from ..widgets.rows import Row
from .asking import for_all
from .file import complete_path, likely_file
from .rows import Item, items_of, left_out_of, row

if TYPE_CHECKING:
    from textual.app import App

    from data.imports.cards import Parsed, Progress
    from data.imports.keeping import ImportResult
    from data.imports.planning import ImportPlan, Options
    from data.store import Change

    from ..desk import Desk

HINT = (
    "LinkedIn: Settings, Data privacy, Get a copy of your data, Connections. They mail you a link within "
    "minutes. Everybody comes into your network, off the board; nothing leaves this machine."
)

EMPTY: tuple[Row, ...] = (
    (("Who is new, who has changed, what can’t be read: all is shown here first.", "dim"),),
    (("Nothing is kept before you say so, and one key takes it all back.", "dim"),),
    (),
    (("LinkedIn", "strong"), ("    Connections.csv, or the whole archive as it came (.zip)", "dim")),
    (("Google", "strong"), ("      Contacts, Export, as CSV or vCard", "dim")),
    (("Outlook", "strong"), ("     People, Export contacts", "dim")),
    (("Any other", "strong"), ("   a table as .csv, cards as .vcf, or what another Inroad wrote", "dim")),
)
"""What the list says before a file is read."""
NOBODY: tuple[Row, ...] = ((("Nobody new, and nobody has changed.", "dim"),),)


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
        self._path: Path | None = None
        self._parsed: Parsed | None = None
        self._plan: ImportPlan | None = None
        self._options: Options | None = None
        self._not_taken: set[int] = set()
        self._showing_left_out = False
        self._busy = ""
        self._keeping = False

    def compose_body(self) -> Iterable[Widget]:
        with Vertical(classes="panel", id="file") as panel:
            panel.border_title = Content("Bring people in")
            file = self._file or likely_file(self.desk.downloads)
            yield Input(file, placeholder="The file's path; or drop the file here")
            yield Static(Content(HINT), id="said")
        yield Lines(
            self._row,
            lambda item: str(item.number),
            widest=REACH,
            id="found",
            classes="panel",
            empty=EMPTY,
        )

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
        if name in ("leave", "file", "read", "complete"):  # What is under way must be stoppable.
            return ""
        if self._busy:
            return f"{self._busy} One moment; {key_of('text.leave')} stops it."
        plan = self._plan
        if plan is None:
            return f"Choose a file first: {key_of('import.file')}, its path, {key_of('import.read')}."
        if name == "keep" and not (plan.new or plan.changed):
            return "There is nobody new in this file."
        if name == "keep" and len(self._not_taken) >= len(plan.new) + len(plan.changed):
            return (
                f"All of them are left out: {key_of('import.take')} "
                f"takes one again, {key_of('import.all')} all."
            )
        if name in ("left_out", "rejected") and not plan.skipped:
            return "Nothing is left out."
        if name == "columns" and not (self._parsed and self._parsed.mapping):
            return "This is no table: there are no columns to name."
        if name in ("take", "all", "options", "same") and plan.unit == "record":
            return "Inroad’s own export comes in as a whole."
        if name in ("take", "same") and (self._showing_left_out or self.query_one(Lines).current is None):
            return "Put the cursor on somebody in the list first."
        return ""

    def footer_commands(self) -> list[Command]:
        if self.typing:
            return [by_id("import.read"), by_id("import.complete")]
        return super().footer_commands()

    # The file

    async def do_read(self) -> None:
        """The line itself takes the key; here it is another one, or comes from the footer."""
        await self.query_one(Input).action_submit()

    def do_complete(self) -> None:
        """Complete the path as a shell does; say what could follow where it is not sure."""
        line = self.query_one(Input)
        if not line.has_focus:
            line.focus()
            return
        path, said = complete_path(line.value[: line.cursor_position])
        line.value = path + line.value[line.cursor_position :]
        line.cursor_position = len(path)
        if said:
            self.say(*said)

    def on_lines_chosen(self, message: Lines.Chosen) -> None:
        """There is nothing to open: enter says which keys there are."""
        message.stop()
        if not self._showing_left_out:
            keep, take = key_of("import.keep"), key_of("import.take")
            self.say(f"{keep} brings all of them in; {take} leaves this one out.")

    def do_file(self) -> None:
        self.query_one(Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Read the file, in a thread; what it would bring is shown, nothing is kept."""
        text = event.value.strip().strip("'\"")
        if not text:
            self.say("Type the path of a file, or drop the file on the terminal.", "warn")
            return
        self._path = Path(os.path.expanduser(text))
        self._start({})

    def _start(self, mapping: Mapping[str, str]) -> None:
        """Read the file, its columns as `mapping` says."""
        path = self._path
        if path is None:
            return
        self._busy = "The file is being read."
        self._not_taken = set()
        self.run_worker(lambda: self._read(path, mapping), thread=True, exclusive=True, group="import")

    def _read(self, file: Path, mapping: Mapping[str, str]) -> None:
        from data.imports.reading import read

        with contextlib.suppress(Stopped):
            try:
                parsed = read(file, mapping=mapping, progress=self._progress("Reading"))
            except UserError as error:
                self.app.call_from_thread(self._refused, str(error))
                return
            self._compare(parsed, None if parsed.file != self._named else self._options)

    @property
    def _named(self) -> str:
        return self._parsed.file if self._parsed is not None else ""

    def _compare(self, parsed: Parsed, options: Options | None) -> None:
        from data.imports.planning import plan

        with contextlib.suppress(Stopped):
            now = self.desk.clock.now()
            made = plan(self.desk.store, parsed, options, now=now, progress=self._progress("Comparing"))
            self.app.call_from_thread(self._show_plan, parsed, options, made)

    def _compare_again(self, **changes: object) -> None:
        """Plan anew, with other options."""
        from msgspec.structs import replace

        from data.imports.planning import Options

        parsed, options = self._parsed, replace(self._options or Options(), **changes)
        if parsed is None:
            return
        self._busy = "The file is being compared with your network."
        self.run_worker(lambda: self._compare(parsed, options), thread=True, exclusive=True, group="import")

    def _progress(self, what: str) -> Progress:
        worker, app = get_current_worker(), self.app

        def tell(done: int, total: int) -> None:
            if worker.is_cancelled:
                raise Stopped
            app.call_from_thread(self._tell, f"{what} {done:,} of {total:,}…")

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

    def _show_plan(self, parsed: Parsed, options: Options | None, plan: ImportPlan) -> None:
        self._busy = ""
        self._parsed, self._options, self._plan = parsed, options, plan
        self._showing_left_out = False
        self._say_what_comes()
        self._list(to_top=True)
        self.query_one(Lines).focus()
        self.query_one(KeyBar).refresh()  # More can be done now.
        if parsed.mapping and not any(parsed.mapping.values()):
            self.run_command("columns")

    def _say_what_comes(self) -> None:
        from data.imports.keeping import result_of

        plan = self._plan
        if plan is None:
            return
        sentence = f"{plan.file}: {result_of(plan).sentence}."
        if self._not_taken:
            sentence += f" You leave out {len(self._not_taken):,}."
        elif plan.new or plan.changed:
            sentence += f" {key_of('import.keep')} brings them in; nothing is kept before."
        lines = [sentence, *plan.notes[:2]]
        if plan.suggested:
            lines.append(
                f"{plural(len(plan.suggested), 'name')} perhaps known already, or in the file twice: "
                f"{key_of('import.same')} says it is them."
            )
        if self._options is not None and (said := for_all(self._options)):
            lines.append(said)
        self._tell("\n".join(lines))

    def _list(self, *, to_top: bool = False) -> None:
        plan, lines = self._plan, self.query_one(Lines)
        lines.show_empty(EMPTY if plan is None else NOBODY)
        if plan is None:
            lines.head("What it brings")
            return
        if self._showing_left_out:
            lines.head("Left out", f"{len(plan.skipped):,}")
            lines.show(left_out_of(plan))
        else:
            lines.head("What it brings", f"{len(plan.new) + len(plan.changed) - len(self._not_taken):,}")
            lines.show(items_of(plan))
        if to_top:
            lines.do_top()

    def _row(self, item: Item, width: int) -> Sequence[Row]:
        unit = self._plan.unit if self._plan is not None else ""
        return row(item, unit, taken=item.number not in self._not_taken)

    def do_left_out(self) -> None:
        self._showing_left_out = not self._showing_left_out
        self._list(to_top=True)

    # What is taken, and how

    def do_take(self) -> None:
        """Leave out the one under the cursor, or take them again, and go on."""
        lines = self.query_one(Lines)
        if lines.current is not None:
            self._not_taken ^= {lines.current.number}
            self._drawn_anew()
            lines.do_down()

    def do_all(self) -> None:
        """Leave all out; where somebody is left out already, take all."""
        plan = self._plan
        if plan is not None:
            everybody = {*plan.numbers, *(update.number for update in plan.changed)}
            self._not_taken = set() if self._not_taken else everybody
            self._drawn_anew()

    def _drawn_anew(self) -> None:
        lines, plan = self.query_one(Lines), self._plan
        if plan is not None and not self._showing_left_out:
            lines.head("What it brings", f"{len(plan.new) + len(plan.changed) - len(self._not_taken):,}")
        lines.redraw()
        self._say_what_comes()

    def do_same(self) -> None:
        """Whoever is under the cursor is somebody known, or after all is not."""
        item, plan = self.query_one(Lines).current, self._plan
        if item is None or plan is None:
            return
        merged = self._options.merge if self._options is not None else frozenset()
        if item.number not in merged and item.number not in {each.number for each in plan.suggested}:
            self.say("Nobody in your network has this name at this company.", "warn")
            return
        self._compare_again(merge=merged ^ {item.number})

    async def do_columns(self) -> None:
        """Say what each column of a table is."""
        from .asking import ask_columns

        if self._parsed is not None:
            answer = await ask_columns(self.app, self._parsed)
            if answer is not None:
                self._start(answer)

    async def do_options(self) -> None:
        """Set how they were found, tags and a field for all of them."""
        from .asking import ask_for_all

        answer = await ask_for_all(self.app, self._options)
        if answer is not None:
            self._compare_again(**answer)

    async def do_rejected(self) -> None:
        """Write what can't be read to a file of its own."""
        from asyncio import to_thread

        from data.exports.writing import write_file
        from data.imports.keeping import rejected

        from ..exporting import ask_where

        plan = self._plan
        if plan is None:
            return
        name = f"left-out-{Path(plan.file).name}"
        target = await ask_where(self.app, self.desk, name, folder=False)
        if target is not None:
            await to_thread(write_file, target, rejected(plan).encode("utf-8", "replace"))
            self.say(f"Wrote {plural(len(plan.skipped), plan.unit)} to {target}.", "good")

    # Keeping

    def do_keep(self) -> None:
        from data.imports.preview import without

        if self._plan is None:
            return
        plan = without(self._plan, frozenset(self._not_taken))
        self._busy, self._keeping = "The people are being brought in.", True
        self.run_worker(lambda: self._keep(plan), thread=True, exclusive=True, group="import")

    def _keep(self, plan: ImportPlan) -> None:
        from data.imports.keeping import keep

        # Who goes elsewhere closes this screen, and hears all the same how it ended.
        app = self.app
        try:
            result = keep(self.desk.store, plan, self._progress("Bringing in"))
        except Stopped:
            app.call_from_thread(self._stopped, app)
        except UserError as error:
            app.call_from_thread(self._not_kept, app, str(error))
        else:
            app.call_from_thread(self._kept, app, result, len(plan.suggested))

    def _stopped(self, app: App[object]) -> None:
        self._busy, self._keeping = "", False
        self._tell("Stopped; nothing was kept.")
        if app.screen is not self:
            app.post_message(Said("The import was stopped; nothing was kept.", "warn"))

    def _not_kept(self, app: App[object], sentence: str) -> None:
        self._keeping = False
        if app.screen is not self:
            app.post_message(Said(sentence, "warn"))
        if self.is_attached:
            self._refused(sentence)

    def _kept(self, app: App[object], result: ImportResult, alike: int) -> None:
        self._busy, self._keeping, self._plan = "", False, None
        people = plural(result.new, "person", "people")
        also = f", {result.changed:,} changed" if result.changed else ""
        also += f", {alike:,} perhaps known ({key_of('app.palette')} Duplicates)" if alike else ""
        said = (
            f"Brought in {people}{also}. {key_of('board.find')} finds "
            f"the best to ask first; {key_of('app.undo')} takes it back."
        )
        if app.screen is self:
            self.dismiss()
        elif self.is_attached:
            # Something was opened over it meanwhile; who comes back finds it ready for the next file.
            self.query_one(Lines).show([])
            self._tell(said)
        app.call_later(app.post_message, Said(said, "good"))

    def do_leave(self) -> None:
        """Stop what is under way, without a trace; else leave the text, or the screen."""
        if self._busy:
            self.workers.cancel_group(self, "import")
            if self._keeping:
                # The thread says how it ended: it may have kept all before it could be stopped.
                self._tell("Stopping…")
            else:
                self._busy = ""
                self._tell("Stopped; nothing was kept.")
            return
        if self._showing_left_out and not self.typing:
            self.do_left_out()
            return
        super().do_leave()

"""What is typed in a meeting: shown as it is understood, on disk within a second, kept on enter."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Input, Static

from data.actions import conversation
from data.clock import today
from data.errors import UserError
from data.meetings.capture import Line, Typed, as_typed, read_line
from data.records import Entry, EntryKind, Meeting, MeetingStatus
from data.store.errors import StoreBusy

from ..base import DeskScreen
from ..scope import action_of
from ..widgets.bars import KeyBar
from ..widgets.note_input import NoteInput
from ..widgets.text_rows import RowLine
from .words import hint_words, sign_words

if TYPE_CHECKING:
    from textual import events

DRAFT_SECONDS = 0.4
"""A half-typed line is on disk this soon after a key."""
LOOK_SECONDS = 0.1
"""How often to look whether the store is free for a line that waits."""


class MeetingTyping(DeskScreen):
    """The line of the meeting. `_editing` is the id of a kept line that is being changed, or empty."""

    _meeting: Meeting | None = None
    _editing: str = ""
    _saving: bool = False

    @abstractmethod
    def _offered(self, minutes: int) -> None:
        """They offered that many minutes more: the screen's to do."""

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say what the line is becoming, and have it on disk within a second."""
        event.stop()
        self._show_typed()
        if not self._saving:
            self._saving = True
            self.set_timer(DRAFT_SECONDS, self._save_draft)

    def _show_typed(self) -> None:
        line = self.query_one(NoteInput)
        text, role = sign_words(line.value, line.plain, editing=bool(self._editing))
        sign = self.query_one("#sign", Static)
        sign.update(Content.styled(text, role))
        editing, wide = bool(self._editing), self.size.width >= 100
        hint = hint_words(line.value, line.plain, today(self.desk.clock), editing=editing, wide=wide)
        self.query_one("#hint", RowLine).show(((self.look_only, "warn"),) if self.look_only else hint)

    def _draft_key(self, meeting: Meeting) -> str:
        """Where the half-typed line is kept: that of a kept line being changed beside the new one."""
        return f"line:{self._editing}" if self._editing else f"meeting:{meeting.id}"

    def _half_typed(self, meeting: Meeting) -> str:
        """What was half typed when the app ended. Killed just after a line was kept, it still holds that."""
        key = self._draft_key(meeting)
        half, at = self.desk.drafts.get(key), self.desk.drafts.saved(key)
        line = read_line(half, plain=half.startswith("/")) if half else None
        if at is None or not isinstance(line, Line):
            return half
        for entry in conversation.lines_of(self.desk.store, meeting.id):
            if entry.at is not None and entry.at >= at and entry.text.startswith(line.text):
                self.desk.drafts.discard(key)
                return ""
        return half

    def _save_draft(self) -> None:
        """Keep what stands in the line now; an empty line leaves no draft."""
        self._saving = False
        if self._meeting is None:
            return
        line = self.query_one(NoteInput)
        text = f" {line.value}" if line.plain and line.value else line.value
        self.desk.drafts.save(self._draft_key(self._meeting), text)

    def keep_drafts(self) -> None:
        if self.stands:
            self._take_in()
            self._save_draft()

    def _take_in(self) -> None:
        """Keep the lines that are on their way here now: they may not arrive any more."""
        line = self.query_one(NoteInput)
        for message in list(line.under_way):
            if not line.arrived(message):
                continue
            if isinstance(message, NoteInput.Pasted):
                self._keep_pasted(message)
            elif isinstance(read_line(message.text, plain=message.plain), Line):
                self._keep_or_give_back(message)

    def _let_go(self, meeting: Meeting) -> None:
        """`meeting` runs no more, by another window or an undo: what is half typed in it stays its own."""
        line = self.query_one(NoteInput)
        self._take_in()
        now = self.desk.store.get(Meeting, meeting.id)
        if now is None or now.status is MeetingStatus.PLANNED:
            self._save_draft()
        else:
            try:
                kept = self._keep_half(meeting)
            except UserError as error:
                # It stays in the input, where it can be seen.
                self.say(str(error), "warn")
                return
            if kept:
                self.say("The meeting is over; your half-typed line is kept among its notes.", "warn")
        self._editing = ""
        line.set("")

    def _keep_half(self, meeting: Meeting) -> bool:
        """Keep what is half typed, of a line being changed and of the new one; whether there was any."""
        line = self.query_one(NoteInput)
        lines: list[Line] = []
        new, plain = line.value, line.plain
        if self._editing:
            changed = read_line(line.value, plain=line.plain or line.value.startswith("/"))
            if isinstance(changed, Line):
                try:
                    self._change(meeting, changed)
                except StoreBusy:
                    raise
                except UserError:
                    # Of another kind it can't be, its words are there all the same.
                    lines.append(Line(EntryKind.NOTE, changed.text))
            new, plain = self.desk.drafts.get(f"meeting:{meeting.id}"), False
        half = read_line(f" {new}", plain=plain) if new else None
        if isinstance(half, Line):
            lines.append(half)
        if lines:
            conversation.keep_lines(self.desk.store, self.desk.clock, meeting.id, lines)
        if self._editing:
            self.desk.drafts.discard(f"line:{self._editing}")
            self._editing = ""
        self._clear()
        return bool(lines)

    def _change(self, meeting: Meeting, changed: Line) -> None:
        """Change the line that is being edited; where another window took it away, it is a new one."""
        if self.desk.store.get(Entry, self._editing) is None:
            conversation.keep_lines(self.desk.store, self.desk.clock, meeting.id, [changed])
            self.say("That line was taken away meanwhile; it is kept as a new one.", "warn")
        else:
            conversation.change_line(self.desk.store, self.desk.clock, self._editing, changed)

    def on_note_input_entered(self, message: NoteInput.Entered) -> None:
        """Enter keeps the line, at once and for good; one that can't be kept goes back into the input."""
        message.stop()
        if self.query_one(NoteInput).arrived(message):
            self._keep_or_give_back(message)

    def _keep_or_give_back(self, message: NoteInput.Entered) -> None:
        # What was said of an earlier line would be taken for this one's.
        self.query_one(KeyBar).hush()
        try:
            self._keep(message.text, message.plain, message.answer)
        except StoreBusy:
            self.query_one(NoteInput).give_back(message.text, message.plain)
            self.say("Waiting for another Inroad that is using the store; the line is kept then.", "warn")
            self._keep_when_free(message)
        except UserError as error:
            self.query_one(NoteInput).give_back(message.text, message.plain)
            self.say(str(error), "warn")

    def _keep_when_free(self, message: NoteInput.Entered) -> None:
        """Keep a line that was given back as soon as the store is free, if it still stands as it was."""
        line = self.query_one(NoteInput)
        if self._meeting is None or (line.value, line.plain) != (message.text, message.plain):
            return
        if self.desk.store.in_use():
            self.set_timer(LOOK_SECONDS, lambda: self._keep_when_free(message))
            return
        line.set("")
        self._keep_or_give_back(message)

    def _keep(self, text: str, plain: bool, answer: bool) -> None:
        """Keep a line that has left the input; UserError if it can't be, and nothing has happened."""
        meeting = self._meeting
        if meeting is None:
            return
        if answer and not meeting.current_question and not self._editing:
            raise UserError("There is no question to answer: enter keeps it as a note.")
        if answer and text.startswith("/") and not plain:
            raise UserError("This is a command: enter runs it.")
        read = read_line(text, plain=plain)
        if isinstance(read, Typed):
            self._save_draft()
            self._run_typed(read)
            return
        if self._editing:
            if read is not None:
                line_as = Line(EntryKind.ANSWER, read.text) if answer else read
                self._change(meeting, line_as)
            self._stop_editing()
            return
        if read is None:
            return
        question = meeting.current_question if answer else ""
        conversation.keep_lines(self.desk.store, self.desk.clock, meeting.id, [read], question)
        self._save_draft()

    def _clear(self) -> None:
        """Empty the line; what stood in it is kept or has been done."""
        self.query_one(NoteInput).set("")
        self._save_draft()

    def do_lead(self) -> None:
        self._begin("!")

    def do_advice(self) -> None:
        self._begin("*")

    def do_quote(self) -> None:
        self._begin('"')

    def do_promise(self) -> None:
        self._begin("@")

    def do_typed(self) -> None:
        self._begin("/")

    def _begin(self, mark: str) -> None:
        """Go to the line with its first character; what is half typed there stays in front."""
        line = self.query_one(NoteInput)
        line.focus()
        line.insert_text_at_cursor(mark)

    def on_paste(self, event: events.Paste) -> None:
        """What is pasted while the notes have the focus is meant for the line, too."""
        if self._meeting is not None and not self.typing:
            event.stop()
            line = self.query_one(NoteInput)
            line.focus()
            line.paste(event.text)

    def on_note_input_pasted(self, message: NoteInput.Pasted) -> None:
        """Several lines pasted: what was typed before is kept first, then each line, as plain notes."""
        message.stop()
        if self.query_one(NoteInput).arrived(message):
            self._keep_pasted(message)

    def _keep_pasted(self, message: NoteInput.Pasted) -> None:
        if self._meeting is None:
            return
        line = self.query_one(NoteInput)
        lines = [Line(EntryKind.NOTE, text) for text in message.lines]
        if not self._editing:
            typed = read_line(
                f" {line.value}" if line.value.startswith("/") else line.value, plain=line.plain
            )
            if isinstance(typed, Line):
                lines.insert(0, typed)
        try:
            kept = conversation.keep_lines(self.desk.store, self.desk.clock, self._meeting.id, lines)
        except UserError as error:
            line.give_back(" ".join(message.lines), True)
            self.say(str(error), "warn")
            return
        if not self._editing:
            self._clear()
        self.say(f"Kept {len(kept)} lines", "good")

    def _run_typed(self, typed: Typed) -> None:
        if typed.command.id == "extend":
            self._offered(typed.minutes or 5)
            return
        if typed.command.id == "help":
            self.run_worker(self.app.run_action(action_of("app.help")), group="commands")
            return
        names = {"next": "next_question", "exit-line": "exit_line"}
        self.run_command(names.get(typed.command.id, typed.command.id))

    def _edit(self, entry: Entry) -> None:
        line = self.query_one(NoteInput)
        self._save_draft()
        self._editing = entry.id
        line.set(as_typed(entry.kind, entry.text), plain=entry.kind is EntryKind.NOTE)
        line.focus()
        self._show_typed()

    def _stop_editing(self) -> None:
        self.desk.drafts.discard(f"line:{self._editing}")
        self._editing = ""
        if self._meeting is not None:
            self.query_one(NoteInput).set(self.desk.drafts.get(self._draft_key(self._meeting)))
        self._show_typed()

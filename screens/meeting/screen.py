"""The meeting: a clock to be seen with half an eye, the questions, and one line that keeps everything."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import ContentSwitcher, Static

from data.actions import conversation, meetings
from data.days import show_day
from data.errors import UserError
from data.meetings.clock import Reading, reading
from data.meetings.sayings import called
from data.meetings.times import starts_at
from data.records import Entry, Meeting, MeetingStatus, Person

from ..commands import Command, bindings, by_id, key_of
from ..widgets.clock_panel import ClockPanel
from ..widgets.cue_line import CueLine
from ..widgets.lines import Lines
from ..widgets.note_input import NoteInput
from ..widgets.question_list import QuestionList
from ..widgets.text_rows import RowLine
from ..widgets.timeline import TimelineRow, timeline, timeline_list
from ..widgets.wrapped import WrappedLines
from ..wrap_up.choices import forget_wrapped
from .begin import begin_meeting
from .idle import IdleItem, idle_items, idle_list
from .typing import MeetingTyping
from .words import head_row, saying, then_words

if TYPE_CHECKING:
    from textual.geometry import Size

    from data.store import Change

    from ..desk import Desk

TALL = 30
"""From so many lines of the terminal on, the clock has large digits."""
NARROW = 76
"""On a terminal narrower than this the questions stand below the clock."""
HIGH = 50
"""From so many lines on, all questions have room."""
SHORT, SHORT_NARROW = 16, 22
"""On a terminal lower than this, clock and question have a line each: the line to type in comes first."""
JUST_BEGUN = timedelta(seconds=30)
"""So long after its start a meeting's screen tells that it came before its time."""
EARLY = timedelta(hours=2)
"""From this long before its time on."""


class MeetingScreen(MeetingTyping):
    """The running meeting; where none runs, those that can begin or wait to be wrapped up."""

    SCOPE = "meeting"
    MODE = "meeting"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("meeting")]
    CSS_PATH = "meeting.tcss"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._meeting: Meeting | None = None
        self._person: Person | None = None
        self._entries: list[Entry] = []
        self._editing = ""
        self._exit_shown = False
        self._rung: set[str] = set()
        self._told_early: datetime | None = None
        self._then = ""
        self._saving = False

    def compose_body(self) -> Iterable[Widget]:
        with ContentSwitcher(initial="idle", id="switch"):
            yield idle_list("idle")
            with Vertical(id="live"):
                yield RowLine(id="head")
                with Horizontal(id="top"):
                    yield ClockPanel()
                    yield QuestionList()
                yield CueLine()
                yield timeline_list("notes", "What you type is kept with its minute, at once.")
                with Horizontal(id="entry"):
                    yield Static(Content("›"), id="sign")
                    yield NoteInput(disabled=bool(self.look_only))
                yield RowLine(id="hint")

    def on_mount(self) -> None:
        self.desk.drafts.recover()
        forget_wrapped(self.desk.drafts, self.desk.store)

    def home(self) -> Widget:
        return self.query_one("#notes" if self._meeting is not None else "#idle")

    def footer_commands(self) -> list[Command]:
        if self._meeting is None:
            return [by_id("list.choose"), by_id("meeting.open_link"), by_id("meeting.no_show")]
        if self.typing:
            names = ("next_question", "previous_question", "take_back")
            return [by_id(f"meeting.{name}") for name in names]
        return super().footer_commands()

    def concerns(self, change: Change) -> bool:
        return change.touches(Meeting, Entry, Person)

    # What is shown

    def reload(self) -> None:
        before, meeting = self._meeting, conversation.running(self.desk.store)
        if before is not None and (meeting is None or meeting.id != before.id):
            self._let_go(before)
        self._meeting = meeting
        self.query_one(ContentSwitcher).current = "live" if meeting else "idle"
        if meeting is None:
            self.query_one("#idle", Lines).head("Meetings")
            self.query_one("#idle", Lines).show(idle_items(self.desk.store, self.desk.clock))
            if before is not None:
                self.remove_class("-over")
                self.query_one("#idle").focus()
            return
        self._person = self.desk.store.get(Person, meeting.person)
        self._then = then_words(self.desk.store, self.desk.clock, meeting)
        if before is None or before.id != meeting.id:
            self._enter(meeting)
        self._show_entries()
        self.query_one(QuestionList).show(meeting.questions, meeting.current_question)
        self._show_clock()
        self._show_typed()

    def _enter(self, meeting: Meeting) -> None:
        """Take up a running meeting: the focus in the line, what was half typed back in it."""
        self._editing = ""
        self._exit_shown = False
        line = self.query_one(NoteInput)
        if not line.value:
            line.set(self._half_typed(meeting))
        for entry in conversation.lines_of(self.desk.store, meeting.id):
            if half := self.desk.drafts.get(f"line:{entry.id}"):
                self._editing = entry.id
                line.set(half)
        line.focus()
        if not self.look_only:
            self._say_if_early(meeting)

    def _say_if_early(self, meeting: Meeting) -> None:
        """A meeting that was begun long before its day is most often a key pressed by mistake. Said once: an
        undo that brings it back has something of its own to say."""
        started, now = meeting.started, self.desk.clock.now()
        if started is None or started == self._told_early:
            return
        if now - started < JUST_BEGUN and starts_at(meeting) - started > EARLY:
            self._told_early = started
            planned = starts_at(meeting).astimezone(self.desk.clock.zone())
            undo = key_of("app.undo")
            self.say(
                f"This was planned for {show_day(planned.date())}, {planned:%H:%M}, and runs now. "
                f"{key_of('text.leave')}, then {undo} takes it back.",
                "warn",
            )

    def _show_entries(self) -> None:
        if self._meeting is None:
            return
        notes = self.query_one("#notes", WrappedLines)
        grown = len(self._entries)
        self._entries = conversation.lines_of(self.desk.store, self._meeting.id)
        rows = timeline(self._entries, self._meeting.started, notes.text_width)
        last = self._entries[-1].id if self._entries else None
        notes.head("Notes", str(len(self._entries) or ""))
        notes.show(rows, select=last if len(self._entries) != grown and not notes.has_focus else None)
        if not notes.has_focus:
            notes.scroll_end(animate=False, force=True, immediate=True)

    def fit(self, size: Size) -> None:
        self.set_class(size.height >= TALL and size.width >= 100, "-tall")
        narrow = size.width < NARROW
        self.set_class(narrow, "-narrow")
        self.set_class(size.height >= HIGH, "-high")
        self.set_class(size.height < (SHORT_NARROW if narrow else SHORT), "-short")
        self.call_after_refresh(self._show_clock)

    def on_wrapped_lines_rewrap(self, message: WrappedLines.Rewrap) -> None:
        message.stop()
        self._show_entries()

    def tick(self) -> None:
        self._show_clock()

    def on_screen_resume(self) -> None:
        self.call_later(self.do_write)

    def _show_clock(self) -> None:
        """Compare the stored instants with the time; draw what changed."""
        meeting = self._meeting
        if meeting is None or not self.query("#head"):  # called before the screen is there, or after
            return
        shown = reading(meeting, self.desk.clock.now())
        zone = self.desk.clock.zone()
        self.query_one(ClockPanel).show(shown, zone, muted=meeting.muted, then=self._then)
        self.query_one("#head", RowLine).show(head_row(self.desk.store, meeting, self._person, shown, zone))
        self.set_class(shown.over, "-over")
        self._show_cue(meeting, shown)

    def _remember_cue(self, meeting_id: str) -> None:
        """It shows once, also after a crash; where the disk refuses, once in this session."""
        with suppress(UserError):
            conversation.note_cues(self.desk.store, self.desk.clock, meeting_id)

    def _show_cue(self, meeting: Meeting, shown: Reading) -> None:
        words, tone = saying(meeting, shown, called(self._person), exit_line_asked=self._exit_shown)
        self.query_one(CueLine).say(words, tone)
        if shown.cue is not None and shown.cue.id not in self._rung:
            self._rung.add(shown.cue.id)
            self.call_later(self._remember_cue, meeting.id)
            if self.desk.store.profile.bell and not meeting.muted:
                self.app.bell()

    # Commands

    def why_not(self, name: str) -> str:
        if name == "no_show" and self._meeting is None and not self._planned:
            return "Put the cursor on a coming meeting first."
        marks = ("lead", "advice", "quote", "promise", "typed")
        live = (*marks, "answer", "next_question", "previous_question", "take_back", "end", "offered", "done")
        if name == "open_link" and self._meeting is None and not self._planned:
            return "Put the cursor on a coming meeting first."
        if self._meeting is None and name in (*live, "exit_line", "mute", "edit", "remove"):
            return f"No meeting runs now: {key_of('list.choose')} begins the one under the cursor."
        if name in ("edit", "remove", "take_back") and not self._entries:
            return "There is no line yet."
        return ""

    def do_leave(self) -> None:
        if self.typing and self._editing:
            self._stop_editing()
            return
        super().do_leave()

    def do_write(self) -> None:
        """Go to the line to type in."""
        if self._meeting is not None:
            self.query_one(NoteInput).focus()

    def do_answer(self) -> None:
        if not self.typing:
            self.focus_next()
            return
        # In the line, tab is the line's own; here the key was another one, set in config.toml.
        line = self.query_one(NoteInput)
        if line.value.strip():
            line.enter(answer=True)

    def do_next_question(self) -> None:
        self._turn(1)

    def do_previous_question(self) -> None:
        self._turn(-1)

    def _turn(self, step: int) -> None:
        meeting = self._meeting
        if meeting is None or not meeting.questions:
            return
        ids = [question.id for question in meeting.questions]
        here = ids.index(meeting.current_question) if meeting.current_question in ids else -step
        self._turn_to(ids[min(max(here + step, 0), len(ids) - 1)])

    def on_question_list_picked(self, message: QuestionList.Picked) -> None:
        message.stop()
        self._turn_to(message.id)

    def _turn_to(self, question_id: str) -> None:
        if self._meeting is not None and question_id != self._meeting.current_question:
            conversation.show_question(self.desk.store, self.desk.clock, self._meeting.id, question_id)

    def do_take_back(self) -> None:
        if not self.typing:
            return
        ids = [entry.id for entry in self._entries]
        here = ids.index(self._editing) if self._editing in ids else len(ids)
        if here > 0:
            self._edit(self._entries[here - 1])

    def do_edit(self) -> None:
        row = self.query_one("#notes", Lines).current
        if isinstance(row, TimelineRow):
            self._edit(row.entry)

    def do_remove(self) -> None:
        row = self.query_one("#notes", Lines).current
        if isinstance(row, TimelineRow):
            conversation.remove_line(self.desk.store, row.entry.id)
            self.say(f"Removed a line; {key_of('app.undo')} brings it back", "good")

    def do_done(self) -> None:
        if self._meeting is not None:
            question = self._meeting.current_question
            conversation.tick_question(self.desk.store, self.desk.clock, self._meeting.id, question)

    def do_offered(self) -> None:
        self._offered(5)

    def _offered(self, minutes: int) -> None:
        if self._meeting is not None:
            conversation.extend(self.desk.store, self.desk.clock, self._meeting.id, minutes)
            self._exit_shown = False
            self.say(f"{minutes} minutes more, because they offered", "good")

    def do_exit_line(self) -> None:
        self._exit_shown = not self._exit_shown
        self._show_clock()

    def do_mute(self) -> None:
        if self._meeting is not None:
            muted = conversation.mute(self.desk.store, self.desk.clock, self._meeting.id).muted
            self.say(
                f"No cues from here on; {key_of('meeting.mute')} or /mute brings them back"
                if muted
                else "Cues again",
                "good",
            )

    def do_open_link(self) -> None:
        from ..links import open_place

        meeting = self._meeting or self._idle_meeting
        if meeting is not None:
            self.say(*open_place(self.desk, meeting))

    def do_end(self) -> None:
        """End it; what is half typed is kept first, and the wrap-up opens."""
        meeting = self._meeting
        if meeting is None:
            return
        self._keep_half(meeting)
        conversation.end(self.desk.store, self.desk.clock, meeting.id)
        self._open_wrap_up(meeting.id)

    # Where no meeting runs

    @property
    def _planned(self) -> bool:
        meeting = self._idle_meeting
        return meeting is not None and meeting.status is MeetingStatus.PLANNED

    @property
    def _idle_meeting(self) -> Meeting | None:
        item = self.query_one("#idle", Lines).current
        return self.desk.store.get(Meeting, item.id) if isinstance(item, IdleItem) else None

    def on_lines_chosen(self, message: Lines.Chosen) -> None:
        message.stop()
        if isinstance(message.item, IdleItem):
            self._open_idle(message.item)
        else:
            self.do_write()

    def _open_idle(self, item: IdleItem) -> None:
        if item.what == "begin" and self.look_only:
            self.say(self.look_only, "warn")
        elif item.what == "begin":
            begin = partial(begin_meeting, self.app, self.desk, item.id)
            self.run_worker(self._guarded(begin), group="commands")
        else:
            self._open_wrap_up(item.id)

    def do_no_show(self) -> None:
        item = self.query_one("#idle", Lines).current
        meeting_id = self._meeting.id if self._meeting is not None else item.id if item is not None else ""
        if meeting_id:
            meetings.no_show(self.desk.store, self.desk.clock, meeting_id)
            self.say("Noted that nobody came. A new time is among the follow-ups.", "good")

    def go_to(self, kind: str, id: str) -> None:
        """`meeting`: the running one, or that one in the list; `wrap_up`: the wrap-up of one."""
        if kind == "wrap_up":
            self._open_wrap_up(id)
        elif self._meeting is None:
            self.query_one("#idle", Lines).select(id)
        else:
            self.do_write()

    def _open_wrap_up(self, meeting_id: str) -> None:
        from ..wrap_up.screen import WrapUpScreen

        self.app.push_screen(WrapUpScreen(self.desk, meeting_id))

"""Follow-ups: what is owed to whom, most urgent first, each with its message ready to send."""

from __future__ import annotations

from asyncio import sleep
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widget import Widget

from data.actions import followups as actions
from data.clock import today
from data.days import show_day
from data.errors import UserError
from data.followups.ledger import lead_of
from data.followups.occasions import Occasion
from data.followups.queue import open_followups, queue
from data.followups.suggestions import Suggestion, suggesting
from data.records import Channel, FollowUp, FollowUpKind, Person

from ..ahead import Ahead
from ..commands import bindings, key_of
from ..messages import Go
from ..widgets.lines import Lines
from ..widgets.message_pane import MessagePane
from ..widgets.message_view import Draft
from . import rows
from .ways import (
    ask_channel,
    ask_reminder,
    ask_snooze,
    follow_suggestion,
    log_done,
    offer_park,
    said_of,
    suggested,
)
from .writing import FollowUpWriting, Written

if TYPE_CHECKING:
    from textual import events

    from data.store import Change

    from ..desk import Desk
    from ..widgets.rows import Row


class FollowUpsScreen(FollowUpWriting):
    """A list of what is owed on the left; on the right why, the message, and what the check says."""

    SCOPE = "followups"
    OPENS = "open"
    MODE = "followups"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("followups")]
    CSS_PATH = "followups.tcss"
    _WRITES = frozenset(
        {"copy", "edit", "open", "finding", "channel", "editor", "template", "done_otherwise"}
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._behind = False
        self._gone: set[str] = set()
        self._suggested: list[Suggestion] = []
        self._ahead = Ahead(self, lambda: self._list, self._written_for, self._holds)

    def on_mount(self) -> None:
        self.desk.drafts.recover()

    def compose_body(self) -> Iterable[Widget]:
        with Horizontal(id="desk"):
            yield Lines(
                self._draw_entry,
                lambda entry: entry.key,
                selectable=lambda entry: not entry.head,
                id="queue",
                classes="panel",
            )
            yield MessagePane(id="message")

    def home(self) -> Widget:
        return self._list

    @property
    def _list(self) -> Lines[rows.Entry]:
        return self.query_one("#queue", Lines)

    def on_resize(self, event: events.Resize) -> None:
        """A narrow window shows the message below the list; a low one leaves out the air."""
        self.set_class(event.size.width < 76, "-slim")
        self.set_class(event.size.height < 30, "-low")
        self._pane.brief = event.size.height < 30
        self.call_after_refresh(self._show_empty)

    # What is shown

    def reload(self) -> None:
        self._show_queue()
        self._show_current()
        self._look_for_suggestions()

    def _show_queue(self) -> None:
        """Show what is owed, and those suggestions that were found and still hold for all that is known."""
        store = self.desk.store
        self._suggested = [each for each in self._suggested if store.line(each.person.id) == each.person]
        found = queue(store, self.desk.clock, self._suggested)
        self._list.head("Follow-ups", rows.title(found))
        self._show_empty()
        entries = rows.entries(found)
        self._list.show(entries, select=self._back(entries))

    @work(exclusive=True, group="load")
    async def _look_for_suggestions(self) -> None:
        """Find what might be done besides, a piece at a time: in a large network it takes a moment."""
        store = self.desk.store
        found: list[Suggestion] = []
        for piece in suggesting(store, self.desk.clock, open_followups(store)):
            found = piece
            await sleep(0)
        if found != self._suggested:
            self._suggested = found
            before = self._list.current
            self._show_queue()
            after = self._list.current
            if before is None or after is None or before.key != after.key:
                self._show_current()

    def _draw_entry(self, entry: rows.Entry, width: int) -> list[Row]:
        lead = lead_of(self.desk.store, entry.item.followup) if entry.item is not None else ""
        return rows.draw(entry, width, lead)

    def _show_empty(self) -> None:
        if not self._list.items:
            width = self._list.content_size.width or 30
            self._list.show_empty(rows.empty(bool(self.desk.store.people()), width))

    def _back(self, entries: list[rows.Entry]) -> str | None:
        """What an undo has brought back into the list, to put the cursor there again."""
        before, now = (
            {entry.key for entry in some if entry.item is not None} for some in (self._list.items, entries)
        )
        back = next((entry.key for entry in entries if entry.key in self._gone - before), None)
        self._gone = (self._gone | before) - now
        return back if not self.typing else None

    def concerns(self, change: Change) -> bool:
        from data.records import Advice, Lead, Meeting, Profile, TemplateOverride, Touch
        from data.records import Entry as Noted

        kinds = (FollowUp, Person, Meeting, Noted, Lead, Advice, Touch, Profile, TemplateOverride)
        return change.touches(*kinds)

    def go_to(self, kind: str, id: str) -> None:
        """Put the cursor on a follow-up."""
        self._list.focus()
        self._list.select(id)
        self._show_current()

    def follow(self, lines: Lines[Any]) -> None:
        """Show the message of what is under the cursor."""
        self._show_current()

    def move_cursor(self, lines: Lines[Any], move: str) -> None:
        """A held key passes many, and only the last one's message is shown."""
        super().move_cursor(lines, move)
        self._behind = True

    def _catch_up(self) -> None:
        if self._behind:
            self._show_current()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Back in the list, the message is lines again. (A terminal that is left takes the focus away for
        a while; the fields stay for that.)"""
        if event.widget is self._list:
            self._pane.rest()

    def run_command(self, name: str) -> None:
        """A command is for what is under the cursor, also when its message is not shown yet."""
        self._catch_up()
        super().run_command(name)

    def on_lines_chosen(self, message: Lines.Chosen) -> None:
        """Enter goes into the message; on a suggestion it does what is suggested."""
        message.stop()
        entry: rows.Entry = message.item
        if entry.suggestion is not None:
            self.post_message(Go("person", (entry.suggestion.next or entry.suggestion.person).id))
        else:
            self.run_command("edit")

    def _show_current(self) -> None:
        self._behind = False
        entry = self._list.current
        followup = entry.item.followup if entry is not None and entry.item is not None else None
        same = followup is not None and self._followup is not None and followup.id == self._followup.id
        if same and self._dirty:
            self._followup = followup
            return
        self._keep_text()
        self._followup = followup
        self._found = -1
        written = self._ahead.of(entry) if entry is not None else None
        if followup is None or written is None:
            self._show_nothing(entry)
        else:
            self._show_message(followup, written)

    def _written_for(self, entry: rows.Entry) -> Written | None:
        return self._written(entry.item.followup) if entry.item is not None else None

    def _holds(self) -> object:
        """What all messages depend on: they tell of days and hours, and are made for the room there is."""
        now = self.desk.clock.now().replace(second=0, microsecond=0)
        return self.desk.store.mark, now, self._pane.room, self._pane.brief, tuple(self._channels.items())

    def _show_nothing(self, entry: rows.Entry | None) -> None:
        self._message = self._around = None
        self._findings = []
        suggestion = entry.suggestion if entry is not None else None
        self._pane.head("Suggestion" if suggestion is not None else "")
        self._pane.show(Draft(suggested(suggestion)))

    # Commands

    def why_not(self, name: str) -> str:
        """Why a command can't be done now."""
        if name in ("next", "previous", "new"):
            return ""
        entry = self._list.current
        if entry is None:
            return "Nothing is owed to anybody: that is all."
        if entry.suggestion is not None:
            return (
                ""
                if name in ("done", "person")
                else f"This is only a suggestion: {key_of('list.choose')} opens their sheet."
            )
        if name in self._WRITES and (self._message is None or not self._message.template):
            return "There is nothing to write here."
        if name == "finding" and not any(finding.end for finding in self._findings):
            return "The check has found nothing to show."
        if name == "copy_subject" and not self._pane.subject:
            return "This message has no subject."
        if name == "restore" and self._followup is not None and not (self._followup.draft or self._dirty):
            return "Nothing was changed: this is the template’s text."
        return ""

    async def do_done(self) -> None:
        entry, followup = self._list.current, self._followup
        if entry is not None and entry.suggestion is not None:
            self._tell_of(*await follow_suggestion(self.app, self.desk, entry.suggestion))
            return
        if followup is None:
            return
        if followup.kind is FollowUpKind.WRAP_UP:
            self.post_message(Go("wrap_up", followup.meeting))
            return
        outcome = ""
        if followup.occasion == Occasion.OUTCOME:
            from ..dialogs import AskLine

            asked = await self.app.push_screen_wait(AskLine("What came of it?", "Also when nothing did."))
            if asked is None:
                return
            outcome = asked
        message = self._message
        writes = message is not None and bool(message.template)
        channel = message.channel if message is not None else Channel.NONE
        await self._finish(followup, channel, self._pane.subject, self._pane.body if writes else "", outcome)

    async def do_done_otherwise(self) -> None:
        followup = self._followup
        channel = await ask_channel(self.app, "How was it done?", tuple(Channel)[1:])
        if followup is not None and channel is not None:
            await self._finish(followup, channel, "", "", "")

    async def _finish(
        self, followup: FollowUp, channel: Channel, subject: str, body: str, outcome: str
    ) -> None:
        self._dirty = False
        done = log_done(self.desk, followup, subject, body, channel, outcome)
        self.desk.drafts.discard(self._draft_key(followup))
        self._list.focus()
        self.say(said_of(self.desk, done), "good")
        if done.suggestion is not None:
            self._tell_of(*await offer_park(self.app, self.desk, done.suggestion))

    def _tell_of(self, said: str, booked: str) -> None:
        """Say what came of a suggestion, and go to the message that it put on the list."""
        if booked:
            self.reload()
            self._list.select(booked)
        if said:
            self.say(said, "good")

    async def do_snooze(self) -> None:
        followup = self._followup
        day = await ask_snooze(self.app, today(self.desk.clock))
        if followup is None or day is None:
            return
        # On to the next: what was put off is not what the next key is meant for.
        self._list.do_down()
        kept = actions.snooze(self.desk.store, self.desk.clock, followup.id, day)
        self.say(f"Put off until {show_day(kept.due)}.", "good")

    async def do_skip(self) -> None:
        from ..dialogs import AskLine

        followup = self._followup
        ask = AskLine("Skip it", placeholder="why, in a few words (may be left empty)")
        reason = await self.app.push_screen_wait(ask)
        if followup is None or reason is None:
            return
        self._dirty = False
        actions.skip(self.desk.store, self.desk.clock, followup.id, reason)
        self.desk.drafts.discard(self._draft_key(followup))
        self.say(f"Skipped. {key_of('app.undo')} takes it back.", "good")

    def do_next(self) -> None:
        if self.typing:
            self.focus_next()
        else:
            self._list.do_down()

    def do_previous(self) -> None:
        if self.typing:
            self.focus_previous()
        else:
            self._list.do_up()

    def do_person(self) -> None:
        entry = self._list.current
        if entry is not None and entry.suggestion is not None:
            self.post_message(Go("person", entry.suggestion.person.id))
        elif self._followup is not None:
            self.post_message(Go("person", self._followup.person))

    async def do_new(self) -> None:
        if self._followup is None:
            raise UserError("Choose somebody on the board first: a reminder is for a person.")
        made = await ask_reminder(self.app, self.desk, self._followup.person)
        if made is not None:
            self._list.select(made.id)
            self.say("Kept.", "good")

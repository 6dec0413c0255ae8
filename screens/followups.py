"""Follow-ups: what is owed to whom, most urgent first, each with its message ready to send."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from msgspec.structs import replace
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widget import Widget

from data.actions import followups as actions
from data.clock import today
from data.days import show_day
from data.errors import UserError
from data.followups.occasions import Occasion
from data.followups.queue import queue
from data.messages import Around, Finding, Message, around, channels_for, check, draft
from data.records import Channel, FollowUp, FollowUpKind, FollowUpState, Person
from data.text import plural

from . import followups_rows as rows
from .base import DeskScreen
from .commands import bindings
from .followups_ways import (
    CHANNELS,
    ask_channel,
    ask_reminder,
    ask_snooze,
    follow_suggestion,
    log_done,
    offer_park,
    open_way,
    parted,
    said_of,
    suggested,
    view,
    whole,
)
from .messages import Go
from .widgets.lines import Lines
from .widgets.message_pane import MessagePane

if TYPE_CHECKING:
    from textual import events
    from textual.timer import Timer

    from data.store import Change

    from .desk import Desk


class FollowUpsScreen(DeskScreen):
    """A list of what is owed on the left; on the right why, the message, and what the check says."""

    SCOPE = "followups"
    OPENS = "open"
    MODE = "followups"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("followups")]
    CSS_PATH = "followups.tcss"
    SAVE_SECONDS = 0.8
    """How long after the last key a half-written message is kept on disk."""
    _WRITES = frozenset(
        {"copy", "edit", "open", "finding", "channel", "editor", "template", "done_otherwise"}
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._followup: FollowUp | None = None
        self._message: Message | None = None
        self._around: Around | None = None
        self._findings: list[Finding] = []
        self._found = -1
        self._channels: dict[str, Channel] = {}
        self._dirty = False
        self._behind = False
        self._saving: Timer | None = None

    def on_mount(self) -> None:
        self.desk.drafts.recover()

    def compose_body(self) -> Iterable[Widget]:
        with Horizontal(id="desk"):
            yield Lines(
                rows.draw,
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

    @property
    def _pane(self) -> MessagePane:
        return self.query_one("#message", MessagePane)

    def on_resize(self, event: events.Resize) -> None:
        """A narrow window shows the message below the list; a low one leaves out the air."""
        self.set_class(event.size.width < 76, "-slim")
        self.set_class(event.size.height < 30, "-low")
        self._pane.brief = event.size.height < 30

    # What is shown

    def reload(self) -> None:
        found = queue(self.desk.store, self.desk.clock)
        self._list.head("Follow-ups", rows.title(found))
        self._list.show_empty(rows.empty(bool(self.desk.store.people())))
        self._list.show(rows.entries(found))
        self._show_current()

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

    def on_lines_moved(self, message: Lines.Moved) -> None:
        message.stop()
        # The cursor moves first: the message takes longer, and a held key passes many.
        self._behind = True
        self.call_after_refresh(self._catch_up)

    def _catch_up(self) -> None:
        if self._behind:
            self._show_current()

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
        if followup is None:
            self._show_nothing(entry)
            return
        store, clock = self.desk.store, self.desk.clock
        message = draft(store, clock, followup, self._channels.get(followup.id))
        half = self.desk.drafts.get(self._draft_key(followup))
        if half:
            subject, body = parted(half, mail=bool(message.subject))
            message = replace(message, subject=subject or message.subject, body=body)
            self._dirty = True
        self._message = message
        self._around = around(store, clock, followup, message)
        self._pane.border_title = CHANNELS.get(message.channel, "To do")
        self._pane.show(view(self.desk, followup, message))
        self._check()

    def _show_nothing(self, entry: rows.Entry | None) -> None:
        self._message = self._around = None
        self._findings = []
        suggestion = entry.suggestion if entry is not None else None
        self._pane.border_title = "Suggestion" if suggestion is not None else ""
        self._pane.show(suggested(suggestion))

    def _check(self) -> None:
        if self._message is None or self._around is None:
            return
        pane = self._pane
        self._message = replace(self._message, subject=pane.subject, body=pane.body)
        self._findings = check(self._message, self._around)
        if self._message.channel is Channel.LINKEDIN_NOTE:
            count = f"{len(pane.body)} of {self._around.note_limit} characters"
        else:
            count = plural(len(pane.body.split()), "word")
        pane.show_findings(self._findings, count)

    # Writing

    def on_message_pane_edited(self, message: MessagePane.Edited) -> None:
        message.stop()
        if self._followup is None:
            return
        self._dirty = True
        self._check()
        if self._saving is None:
            self._saving = self.set_timer(self.SAVE_SECONDS, self._save_soon)

    def on_message_pane_left(self, message: MessagePane.Left) -> None:
        message.stop()
        if not self.typing:
            self._keep_text()

    def _save_soon(self) -> None:
        self._saving = None
        self.keep_drafts()

    def keep_drafts(self) -> None:
        """Write the half-written message into the side file."""
        if not self._dirty or self._followup is None or self._message is None:
            return
        self.desk.drafts.save(self._draft_key(self._followup), whole(self._message))

    def on_unmount(self) -> None:
        self.keep_drafts()

    def _keep_text(self) -> None:
        """Make what was written part of the record: one step that undo takes back."""
        followup, message = self._followup, self._message
        if not self._dirty or followup is None or message is None:
            return
        self._dirty = False
        stored = self.desk.store.get(FollowUp, followup.id)
        if stored is not None and stored.state is FollowUpState.OPEN:
            try:
                actions.edit_draft(
                    self.desk.store,
                    self.desk.clock,
                    followup.id,
                    subject=message.subject,
                    body=message.body,
                    channel=message.channel,
                )
            except UserError as error:
                # The words stay in the side file, and come back with this follow-up.
                self.desk.drafts.save(self._draft_key(followup), whole(message))
                self.say(str(error), "warn")
                return
        self.desk.drafts.discard(self._draft_key(followup))

    @staticmethod
    def _draft_key(followup: FollowUp) -> str:
        return f"followup:{followup.id}"

    # Commands

    def why_not(self, name: str) -> str:
        """Why a command can't be done now."""
        if name in ("next", "previous", "new"):
            return ""
        entry = self._list.current
        if entry is None:
            return "Nothing is owed to anybody: that is all."
        if entry.suggestion is not None:
            return "" if name in ("done", "person") else "This is only a suggestion: enter opens their sheet."
        if name in self._WRITES and (self._message is None or not self._message.template):
            return "There is nothing to write here."
        if name == "finding" and not any(finding.end for finding in self._findings):
            return "The check has found nothing to show."
        if name == "copy_subject" and not self._pane.subject:
            return "This message has no subject."
        if name == "restore" and self._followup is not None and not (self._followup.draft or self._dirty):
            return "Nothing was changed: this is the template’s text."
        return ""

    async def do_copy(self) -> None:
        await self._copy(self._pane.body, "the message; d when it is sent")

    async def do_copy_subject(self) -> None:
        await self._copy(self._pane.subject, "the subject")

    async def _copy(self, text: str, what: str) -> bool:
        """Copy in a thread, since a frozen desktop takes its time; say what really happened."""
        outcome = await asyncio.to_thread(self.desk.clipboard.copy, text)
        gaps = sum(finding.what.startswith("Fill in") for finding in self._findings)
        still = f" There {'is' if gaps == 1 else 'are'} {plural(gaps, 'gap')} to fill." if gaps else ""
        good = outcome.how in ("copied", "sent")
        said = f"{outcome.sentence.rstrip('.')}: {what}.{still}" if good else outcome.sentence
        self.say(said, "good" if good and not gaps else "warn")
        return outcome.how != "failed"

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
            from .dialogs import AskLine

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
        from .dialogs import AskLine

        followup = self._followup
        ask = AskLine("Skip it", placeholder="why, in a few words (may be left empty)")
        reason = await self.app.push_screen_wait(ask)
        if followup is None or reason is None:
            return
        self._dirty = False
        actions.skip(self.desk.store, self.desk.clock, followup.id, reason)
        self.desk.drafts.discard(self._draft_key(followup))
        self.say("Skipped. u takes it back.", "good")

    def do_edit(self) -> None:
        self._pane.write()

    def do_editor(self) -> None:
        if self._message is None:
            return
        changed = self.desk.edit_text(whole(self._message))
        if changed is None:
            raise UserError("Nothing came back from the editor. Set $EDITOR to the one you like.")
        subject, body = parted(changed, mail=bool(self._pane.subject))
        self._pane.set_text(subject or self._pane.subject, body)
        self._dirty = True
        self._check()
        self._keep_text()

    async def do_open(self) -> None:
        message = self._message
        if message is None:
            return
        person = self.desk.store.get(Person, message.to) if message.to else None
        address, note = open_way(message, person)
        if message.channel is not Channel.EMAIL:
            await self._copy(message.body, note)
        if not address:
            return
        if not await asyncio.to_thread(self.desk.open_url, address):
            raise UserError("Nothing could be started to open it; c copies the message instead.")
        if message.channel is Channel.EMAIL:
            self.say(note, "good")

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

    def do_finding(self) -> None:
        """Show the findings one after the other, each where it is."""
        placed = [finding for finding in self._findings if finding.end]
        self._found = (self._found + 1) % len(placed)
        finding = placed[self._found]
        self._pane.go_to(finding)
        self.say(f"{finding.what}: {finding.why}", "warn")

    async def do_channel(self) -> None:
        followup, message = self._followup, self._message
        if followup is None or message is None:
            return
        ways = channels_for(self.desk.store, followup)
        chosen = await ask_channel(self.app, "Write it as", ways)
        if chosen is None or chosen is message.channel:
            return
        self._channels[followup.id] = chosen
        if followup.draft or self._dirty:
            self._message = replace(message, channel=chosen)
            self._dirty = True
            self._keep_text()
        self._show_current()

    def do_restore(self) -> None:
        followup = self._followup
        if followup is None:
            return
        self._dirty = False
        self.desk.drafts.discard(self._draft_key(followup))
        actions.edit_draft(
            self.desk.store, self.desk.clock, followup.id, subject="", body="", channel=followup.channel
        )
        self._show_current()
        self.say("The template’s text is back. u brings yours back.", "good")

    async def do_template(self) -> None:
        from .dialogs.template import EditTemplate

        if self._followup is None or self._message is None:
            return
        said = await self.app.push_screen_wait(EditTemplate(self.desk, self._followup, self._message))
        if said:
            self.say(said, "good")

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

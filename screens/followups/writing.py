"""The message of a follow-up: drafted, checked as it is written, kept, copied."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec.structs import replace

from data.actions import followups as actions
from data.errors import UserError
from data.messages import Around, Finding, Message, around, channels_for, check, draft
from data.records import Channel, FollowUp, FollowUpState, Person
from data.text import block, one_line, plural

from ..base import DeskScreen
from ..commands import key_of
from ..widgets.message_pane import MessagePane
from ..widgets.message_view import Draft, MessageView
from .ways import ask_channel, heading, open_way, parted, view, whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.timer import Timer

    from ..desk import Desk
    from ..widgets.rows import Row


@dataclass(frozen=True, slots=True)
class Written:
    """A message with what is known around it, as it is shown, and its rows in the room that there is."""

    message: Message
    around: Around
    draft: Draft
    rows: Sequence[Row]


def _length(message: Message, around: Around) -> str:
    """How long a message is, in what it is measured in."""
    if message.channel is Channel.LINKEDIN_NOTE:
        return f"{len(message.body)} of {around.note_limit} characters"
    return plural(len(message.body.split()), "word")


class FollowUpWriting(DeskScreen):
    """The right side of Follow-ups: the message of one follow-up, `_followup`, and all that is done to it."""

    SAVE_SECONDS = 0.8
    """How long after the last key a half-written message is kept on disk."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._followup: FollowUp | None = None
        self._message: Message | None = None
        self._around: Around | None = None
        self._findings: list[Finding] = []
        self._found = -1
        self._channels: dict[str, Channel] = {}
        self._dirty = False
        self._saving: Timer | None = None

    @abstractmethod
    def _show_current(self) -> None:
        """Show the message of what is under the cursor: the list's to know."""

    @property
    def _pane(self) -> MessagePane:
        return self.query_one("#message", MessagePane)

    def _written(self, followup: FollowUp, half: str = "") -> Written:
        """The message of a follow-up; `half` is what was half written of it."""
        store, clock = self.desk.store, self.desk.clock
        message = draft(store, clock, followup, self._channels.get(followup.id))
        if half:
            subject, body = parted(half, mail=bool(message.subject))
            message = replace(message, subject=subject or message.subject, body=body)
        owed = view(self.desk, followup, message)
        message = replace(message, subject=one_line(message.subject), body=block(message.body))
        known = around(store, clock, followup, message)
        findings = check(message, known)
        shown = Draft(
            owed, message.subject, message.body, findings, _length(message, known), self._pane.brief
        )
        return Written(message, known, shown, self._pane.foreseen(shown))

    def _show_message(self, followup: FollowUp, written: Written) -> None:
        """Show the message of a follow-up, with what was half written of it."""
        if half := self.desk.drafts.get(self._draft_key(followup)):
            written = self._written(followup, half)
            self._dirty = True
        self._message, self._around = written.message, written.around
        self._findings = [*written.draft.findings]
        self._pane.head(heading(self.desk.store, written.message))
        self._pane.show(written.draft, written.rows)

    def _check(self) -> None:
        if self._message is None or self._around is None:
            return
        pane = self._pane
        self._message = replace(self._message, subject=pane.subject, body=pane.body)
        self._findings = check(self._message, self._around)
        pane.show_findings(self._findings, _length(self._message, self._around))

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

    async def do_copy(self) -> None:
        await self._copy(self._pane.body, f"the message; {key_of('followups.done')} when it is sent")

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

    def on_message_view_pressed(self, message: MessageView.Pressed) -> None:
        """A click into the message is the key that writes in it."""
        message.stop()
        self.run_command("edit")

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
            raise UserError(
                f"Nothing could be started to open it; {key_of('followups.copy')} copies the message instead."
            )
        if message.channel is Channel.EMAIL:
            self.say(note, "good")

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
        self.say(f"The template’s text is back. {key_of('app.undo')} brings yours back.", "good")

    async def do_template(self) -> None:
        from ..dialogs.template import EditTemplate

        if self._followup is None or self._message is None:
            return
        said = await self.app.push_screen_wait(EditTemplate(self.desk, self._followup, self._message))
        if said:
            self.say(said, "good")

"""The right half of the follow-ups: why it is owed, the message to edit, and what the check says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.content import Content
from textual.message import Message as Posted
from textual.widgets import Input, Static, TextArea

from data.messages import Finding
from data.text import block, one_line

from ..commands import key_of
from .message_view import Draft, MessageView, Owed, findings_rows, head_rows
from .rows import Row
from .text_line import TextLine
from .text_rows import content_of

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.geometry import Size

    from .rows import Row

_AROUND = 4
# The border, and a cell on either side.


class MessagePane(Vertical):
    """Shows one thing owed, as lines until somebody writes, and tells of each change of the message by the
    user."""

    class Edited(Posted):
        """The user changed the message."""

        def __init__(self, subject: str, body: str) -> None:
            super().__init__()
            self.subject = subject
            self.body = body

    class Left(Posted):
        """The user left the text."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._shown: tuple[str, str] = ("", "")
        self._draft = Draft(Owed("", "", (), None))
        self._writing = False
        self.brief = False
        """Whether there is room only for what was found: why is then said when the cursor goes there."""

    def compose(self) -> ComposeResult:
        yield MessageView(id="view")
        with Vertical(id="form", classes="panel") as form:
            form.display = False
            yield Static(id="who")
            yield Static(id="why")
            yield Static(id="lines")
            yield TextLine(placeholder="Subject", id="subject", select_on_focus=False)
            yield TextArea(soft_wrap=True, tab_behavior="focus", show_line_numbers=False, id="body")
            yield Static(id="findings")

    # What the owner sets and asks

    @property
    def subject(self) -> str:
        """The subject as it stands."""
        return self.query_one("#subject", Input).value if self._writing else self._draft.subject

    @property
    def body(self) -> str:
        """The body as it stands."""
        return self.query_one("#body", TextArea).text if self._writing else self._draft.body

    def head(self, title: str) -> None:
        """Put a title into the border."""
        self._view.head(title)
        self.query_one("#form").border_title = Content(title)

    def show(self, draft: Draft, rows: Sequence[Row] | None = None) -> None:
        """Show another thing owed; `rows` are its lines where they were made before."""
        self._draft = draft
        self._shown = (draft.subject, draft.body)
        if self._writing and not draft.owed.writes:
            self._show_form(False)
        if self._writing:
            self._fill_form()
            self._say_findings()
        else:
            self._view.show_draft(draft, rows)

    def foreseen(self, draft: Draft) -> list[Row]:
        """The lines of what may be shown next."""
        return self._view.foreseen(draft)

    @property
    def room(self) -> Size:
        """The room that the lines have."""
        return self._view.size

    @property
    def _view(self) -> MessageView:
        return self.query_one(MessageView)

    def set_text(self, subject: str, body: str) -> None:
        """Put another text into the message, without telling of it."""
        self._shown = (one_line(subject), block(body))
        self._draft = replace(self._draft, subject=self._shown[0], body=self._shown[1])
        if self._writing:
            self._fill_form()

    def show_findings(self, findings: Sequence[Finding], count: str) -> None:
        """Show what the check says; `count` is the length in words or characters."""
        self._draft = replace(
            self._draft,
            subject=self.subject,
            body=self.body,
            findings=tuple(findings),
            count=count,
            brief=self.brief,
        )
        if self._writing:
            self._say_findings()
        else:
            self._view.show_draft(self._draft)

    def line_of(self, finding: Finding) -> int:
        """The line of the body, from 1, where a finding begins."""
        return self._draft.line_of(finding)

    def rest(self) -> None:
        """Nobody writes any more: show the message as lines again."""
        if self._writing:
            self._draft = replace(self._draft, subject=self.subject, body=self.body)
            self._show_form(False)
            self._view.show_draft(self._draft)

    def _show_form(self, shown: bool) -> None:
        self._writing = shown
        self._view.display = not shown
        self.query_one("#form").display = shown

    def _fill_form(self) -> None:
        draft = self._draft
        self._fill_head()
        field, area = self.query_one("#subject", Input), self.query_one("#body", TextArea)
        field.display = bool(draft.owed.message is not None and draft.owed.message.subject)
        if field.value != draft.subject:
            field.value = draft.subject
        if area.text != draft.body:
            area.load_text(draft.body)

    def on_resize(self) -> None:
        """What stands around the fields takes the lines that it needs at this width."""
        if self._writing:
            self._fill_head()
            self._say_findings()

    def _fill_head(self) -> None:
        rows = head_rows(self._draft.owed, self._width, self.brief)
        for name, part in zip(("#who", "#why", "#lines"), rows, strict=True):
            place = self.query_one(name, Static)
            place.display = bool(part)
            place.update(self._content(part))

    def _say_findings(self) -> None:
        place, draft = self.query_one("#findings", Static), self._draft
        place.set_class(bool(draft.findings), "-some")
        # While letters are text, f is one of them.
        key = f"{key_of('text.leave')}, then {key_of('followups.finding')}"
        place.update(self._content(findings_rows(draft, self._width, key)))

    @property
    def _width(self) -> int:
        """The cells inside of the border."""
        return max(20, self.size.width - _AROUND)

    def _content(self, rows: list[Row]) -> Content:
        return Content("\n").join(content_of(row, self._width) for row in rows)

    def write(self) -> None:
        """Put the cursor into the message, at its end."""
        self._open()
        self.query_one("#body", TextArea).focus()

    def _open(self) -> None:
        """Put the fields in the place of the lines."""
        if not self._writing:
            self._show_form(True)
            self._fill_form()
            self._say_findings()

    def go_to(self, finding: Finding) -> None:
        """Put the cursor on what a finding is about."""
        self._open()
        if finding.part == "subject":
            self.query_one("#subject", Input).focus()
            return
        area = self.query_one("#body", TextArea)
        area.focus()
        area.move_cursor(self._location(finding.start))
        area.move_cursor(self._location(finding.end), select=True)

    def _location(self, index: int) -> tuple[int, int]:
        """Line and column of a character of the body."""
        before = self.body[:index]
        return before.count("\n"), len(before) - before.rfind("\n") - 1

    # What comes up from the lines and the fields

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._tell()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        event.stop()
        self._tell()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.write()

    def on_descendant_blur(self) -> None:
        self.post_message(self.Left())

    def _tell(self) -> None:
        now = (self.subject, self.body)
        if now != self._shown:
            self._shown = now
            self.post_message(self.Edited(*now))

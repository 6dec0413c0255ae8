"""The right half of the follow-ups: why it is owed, the message to edit, and what the check says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.content import Content
from textual.message import Message as Posted
from textual.widgets import Input, Static, TextArea

from data.messages import Finding, Message
from data.text import block, one_line

if TYPE_CHECKING:
    from textual.app import ComposeResult


@dataclass(frozen=True, slots=True)
class Owed:
    """What is shown of one thing owed: who and by which way (`who`), why, lines that it comes from as
    (sign, text, whether it is the chief one), and the message. `todo` stands where nothing is to write."""

    who: str
    why: str
    lines: tuple[tuple[str, str, bool], ...]
    message: Message | None
    todo: str = ""


class MessagePane(Vertical):
    """Shows one thing owed, and tells of each change that the user makes to the message."""

    class Edited(Posted):
        """The user changed the message."""

        def __init__(self, subject: str, body: str) -> None:
            super().__init__()
            self.subject = subject
            self.body = body

    class Left(Posted):
        """The user left the text."""

    MOST_LINES = 6

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id, classes="panel")
        self._shown: tuple[str, str] = ("", "")
        self._findings: Sequence[Finding] = ()
        self._count = ""
        self.brief = False
        """Whether there is room only for what was found: why is then said when the cursor goes there."""

    def compose(self) -> ComposeResult:
        yield Static(id="who")
        yield Static(id="why")
        yield Static(id="lines")
        yield Input(placeholder="Subject", id="subject", select_on_focus=False)
        yield TextArea(soft_wrap=True, tab_behavior="focus", show_line_numbers=False, id="body")
        yield Static(id="todo")
        yield Static(id="findings")

    # What the owner sets and asks

    @property
    def subject(self) -> str:
        """The subject as it stands."""
        return self.query_one("#subject", Input).value

    @property
    def body(self) -> str:
        """The body as it stands."""
        return self.query_one("#body", TextArea).text

    def show(self, owed: Owed) -> None:
        """Show another thing owed."""
        self.query_one("#who", Static).update(Content(one_line(owed.who)))
        self.query_one("#why", Static).update(Content(one_line(owed.why)))
        lines = self.query_one("#lines", Static)
        lines.display = bool(owed.lines)
        lines.update(self._lines(owed))
        message = owed.message
        writes = message is not None and not owed.todo
        self.query_one("#subject").display = writes and message is not None and bool(message.subject)
        self.query_one("#body").display = writes
        self.query_one("#findings").display = writes
        todo = self.query_one("#todo", Static)
        todo.display = bool(owed.todo)
        todo.update(Content(block(owed.todo)))
        subject, body = (message.subject, message.body) if message is not None else ("", "")
        self.set_text(subject, body)

    def set_text(self, subject: str, body: str) -> None:
        """Put another text into the message, without telling of it."""
        self._shown = (one_line(subject), block(body))
        field, area = self.query_one("#subject", Input), self.query_one("#body", TextArea)
        if field.value != self._shown[0]:
            field.value = self._shown[0]
        if area.text != self._shown[1]:
            area.load_text(self._shown[1])

    def show_findings(self, findings: Sequence[Finding], count: str) -> None:
        """Show what the check says; `count` is the length in words or characters."""
        self._findings, self._count = findings, count
        self._show_findings()

    def _show_findings(self) -> None:
        findings, count = self._findings, self._count
        place = self.query_one("#findings", Static)
        place.set_class(bool(findings), "-some")
        if not findings:
            place.update(Content.assemble(("✓ ", "bold $success"), (f"Reads well · {count}", "$text-muted")))
            return
        parts: list[Content | str | tuple[str, str]] = []
        for finding in findings:
            row = (
                ""
                if not finding.end
                else f"line {self.line_of(finding)}: "
                if finding.part == "body"
                else "subject: "
            )
            why = "   " if self.brief else f"  {one_line(finding.why)}\n"
            parts += [
                ("! ", "bold $warning"),
                (one_line(f"{row}{finding.what}"), "bold"),
                (why, "$text-muted"),
            ]
        # While letters are text, f is one of them.
        key = "esc, then f says why" if self.has_focus_within else "f says why"
        parts.append((f"{key} · {count}" if self.brief else count, "$text-muted"))
        place.update(Content.assemble(*parts))

    def line_of(self, finding: Finding) -> int:
        """The line of the body, from 1, where a finding begins."""
        return self.body.count("\n", 0, finding.start) + 1

    def write(self) -> None:
        """Put the cursor into the message, at its end."""
        area = self.query_one("#body", TextArea)
        area.focus()

    def go_to(self, finding: Finding) -> None:
        """Put the cursor on what a finding is about."""
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

    # What comes up from the fields

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._tell()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        event.stop()
        self._tell()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.write()

    def on_descendant_focus(self) -> None:
        if self._count:
            self._show_findings()

    def on_descendant_blur(self) -> None:
        if self._count:
            self._show_findings()
        self.post_message(self.Left())

    def _tell(self) -> None:
        now = (self.subject, self.body)
        if now != self._shown:
            self._shown = now
            self.post_message(self.Edited(*now))

    def _lines(self, owed: Owed) -> Content:
        parts: list[Content | str | tuple[str, str]] = []
        for sign, text, chief in owed.lines[: self.MOST_LINES]:
            style = "bold" if chief else "$text-muted"
            parts += [("\n" if parts else ""), (f" {one_line(sign)} ", "$accent"), (one_line(text), style)]
        if len(owed.lines) > self.MOST_LINES:
            parts.append((f"\n   … and {len(owed.lines) - self.MOST_LINES} more", "$text-muted"))
        return Content.assemble(*parts)

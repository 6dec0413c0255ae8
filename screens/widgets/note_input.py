"""The line to type in during a meeting: nothing that is typed or pasted into it gets lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message
from textual.widgets import Input

from data.meetings.capture import split_paste

if TYPE_CHECKING:
    from textual import events


class NoteInput(Input):
    """One line. What was pasted into it is plain text, whatever its first character is."""

    DEFAULT_CSS = """
    NoteInput, NoteInput:focus {
        border: none; height: 1; padding: 0; background: $background; background-tint: $foreground 0%;
    }
    """

    class Pasted(Message):
        """Several lines were pasted; none is in the input, all are to be kept in order."""

        def __init__(self, lines: list[str]) -> None:
            super().__init__()
            self.lines = lines

    class Entered(Message):
        """The line is to be kept (as the `answer` to the current question); it has left the input."""

        def __init__(self, text: str, plain: bool, answer: bool) -> None:
            super().__init__()
            self.text = text
            self.plain = plain
            self.answer = answer

    def __init__(self, *, disabled: bool = False) -> None:
        """`disabled` where nothing that is typed could be kept."""
        super().__init__(id="line", select_on_focus=False, disabled=disabled)
        self.plain = False
        self.under_way: list[NoteInput.Entered | NoteInput.Pasted] = []
        """What has left the input and not arrived: until it is kept it is nowhere but here."""

    def enter(self, *, answer: bool) -> None:
        """Send the line off, to be kept; the input is empty at once."""
        self._send(self.Entered(self.value, self.plain, answer))
        self.set("")

    def arrived(self, message: Entered | Pasted) -> bool:
        """Whether a message that comes in is still to be dealt with; only the first to ask is told so."""
        if message not in self.under_way:
            return False
        self.under_way.remove(message)
        return True

    def _send(self, message: Entered | Pasted) -> None:
        self.under_way.append(message)
        self.post_message(message)

    def set(self, text: str, *, plain: bool = False) -> None:
        """Put `text` into the line, the cursor behind it."""
        self.plain = plain and bool(text)
        self.value = text
        self.cursor_position = len(text)

    def give_back(self, text: str, plain: bool) -> None:
        """Put a line back that could not be kept, before what has been typed since."""
        if self.value:
            self.set(f"{text} {self.value}", plain=plain)
        else:
            self.set(text, plain=plain)

    async def _on_key(self, event: events.Key) -> None:
        # Bound keys are handled only after they have bubbled up, and by then the letters typed after
        # them are in the line already: so the line is taken out here, the moment enter or tab comes.
        if event.key == "enter" or (event.key == "tab" and self.value.strip()):
            event.stop()
            event.prevent_default()
            self.enter(answer=event.key == "tab")

    def watch_value(self, value: str) -> None:
        """An empty line is no longer one that was pasted."""
        if not value:
            self.plain = False

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.paste(event.text)

    def paste(self, text: str) -> None:
        """Put a pasted line in; several are sent off, to be kept one by one."""
        lines = split_paste(text)
        if not lines:
            return
        if len(lines) > 1:
            self._send(self.Pasted(lines))
            return
        if not self.value:
            self.plain = True
        self.insert_text_at_cursor(lines[0])

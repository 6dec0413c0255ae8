"""A window to change the template of a message, with what it makes of the message at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static, TextArea

from data.errors import UserError
from data.messages import templates
from data.messages.draft import preview
from data.text import block

from ..commands import key_of
from .window import Feedback, Window

if TYPE_CHECKING:
    from data.messages import Message
    from data.records import FollowUp

    from ..desk import Desk


class EditTemplate(Window[str]):
    """Changes one template; answers with the sentence of what was done."""

    KEYS: ClassVar[tuple[tuple[str, str], ...]] = (
        ("^s", "keep"),
        ("^g", "your editor"),
        ("empty + ^s", "ours again"),
    )
    DEFAULT_CSS = """
    EditTemplate > .window { width: 100; height: 92%; }
    EditTemplate TextArea { height: 1fr; }
    EditTemplate .preview { height: 1fr; border: round $edge; padding: 0 1; overflow-y: auto; }
    """

    def __init__(self, desk: Desk, followup: FollowUp, message: Message) -> None:
        self._template = templates.name_for(message.template, message.channel)
        self._used = templates.current(desk.store, self._template)
        lead = "Words in {{ … }} are facts; what nobody knows becomes a [gap]."
        if self._used.outdated:
            lead += " Ours has changed since you made this one."
        super().__init__(f"Template: {templates.title(self._template)}", lead)
        self._desk = desk
        self._followup = followup
        self._channel = message.channel

    def compose_window(self) -> list[Widget]:
        return [
            TextArea(self._used.text, soft_wrap=True),
            Static(classes="preview"),
            Feedback(steady=True),
        ]

    def on_mount(self) -> None:
        self.query_one(TextArea).focus()
        self._preview()

    def on_text_area_changed(self, _: TextArea.Changed) -> None:
        self._preview()

    def _preview(self) -> None:
        text = self.query_one(TextArea).text
        if not text.strip():
            self.say(f"Empty: {key_of('dialog.accept')} brings our own template back.")
            return
        try:
            made = preview(self._desk.store, self._desk.clock, self._followup, text, self._channel)
        except UserError as error:
            self.say(str(error), "warn")
            return
        except Exception as error:  # noqa: BLE001 - an expression of the user's may fail in any way
            self.say(f"With this message it fails: {error}"[:300], "warn")
            return
        head = f"Subject: {made.subject}\n\n" if made.subject else ""
        self.query_one(".preview", Static).update(Content(block(head + made.body)))
        self.say("Your own version is in use." if self._used.changed else "")

    def do_accept(self) -> None:
        """Keep the template, if it isn't broken."""
        text = self.query_one(TextArea).text
        try:
            if not text.strip():
                templates.restore(self._desk.store, self._template)
                self.answer("Our own template is back.")
            else:
                templates.save(self._desk.store, self._template, text)
                self.answer("Template kept.")
        except UserError as error:
            self.say(str(error), "warn")

    def do_editor(self) -> None:
        """Write it in the user's editor."""
        area = self.query_one(TextArea)
        changed = self._desk.edit_text(area.text)
        if changed is None:
            self.say("Nothing came back from the editor. Set $EDITOR to the one you like.", "warn")
        else:
            area.text = changed

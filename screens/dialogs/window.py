"""The frame of every small window."""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from data.text import block, one_line

from ..commands import bindings, by_id, how_to_leave, key_label, key_of
from ..painting import PaintedScreen
from ..scope import Scope, action_of
from ..widgets.text_rows import retell
from ..widgets.window_keys import Hint, WindowKeys

if TYPE_CHECKING:
    from textual import events

    from data.drafts import Drafts

R = TypeVar("R")
P = TypeVar("P", bound=Widget)

LOW = 10
"""On a terminal lower than this the words below a window's title give way to the line to type in."""
ROOMY = 30
"""From so many lines of the terminal on, a window has an empty line below its title and above its edge."""
_SIGNS = {"warn": "! ", "good": "✓ "}

_COMMANDS = {"^s": "dialog.accept", "^g": "dialog.editor", "esc": "dialog.cancel"}
# By label, the commands whose keys a user may have changed.
_PRESSED = {"enter": "enter", "tab": "tab", "space": "space"}
# By label, the other keys that a click can press.
_LONGEST_LEAD = 400
# Characters; where the line to type in, or what can be chosen, would be out of sight below more.


class Feedback(Static):
    """What a window says below its parts, with a sign before it where something is wrong or well.

    It takes a line when there is something to say; a `steady` one always, since it stands below a line
    that is typed in, and with each letter says something else.
    """

    DEFAULT_CSS = """
    Feedback { height: auto; min-height: 1; color: $text-muted; }
    Feedback.-bad { color: $warning; }
    Feedback.-good { color: $success; }
    """

    def __init__(self, text: str = "", *, steady: bool = False) -> None:
        super().__init__(Content(text))
        self._steady = steady
        self.display = steady or bool(text)

    def tell(self, text: str, tone: str) -> None:
        """Say a sentence that is `plain`, `warn` or `good`; an empty one takes back what was said."""
        sign = _SIGNS.get(tone, "") if text else ""
        retell(self, Content(block(sign + text)))
        self.set_class(tone == "warn", "-bad")
        self.set_class(tone == "good", "-good")
        self.display = self._steady or bool(text)


class Window(Scope, ModalScreen[R | None], PaintedScreen[R | None]):
    """A small window over the screen that asked. It answers with a value, or None if cancelled."""

    SCOPE = "dialog"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("dialog")]
    KEYS: ClassVar[tuple[tuple[str, str], ...]] = ()
    """What the line at the bottom says: pairs of a key's label and what it does."""
    CLOSES: str = "cancel"
    """What leaving the window without an answer is called there."""
    OWN_DRAFT: ClassVar[bool] = True
    """Whether what is typed is kept as a draft, and what was answered is remembered for trying again."""
    DRAFT_SECONDS: ClassVar[float] = 0.4
    """What is typed is on disk this soon after a key."""

    drafts: Drafts | None = None
    """Where half-typed text is kept; handed in by the app."""
    DEFAULT_CSS = """
    Window { align: center middle; background: $background 60%; }
    Window > .window {
        width: 76; max-width: 96%; height: auto; max-height: 92%;
        border: round $accent; background: $surface; padding: 0 2;
        border-title-color: $accent; border-title-style: bold;
    }
    Window.-roomy > .window { padding: 1 2; }
    Window.-low .lead { display: none; }
    Window .lead { height: auto; color: $text-muted; margin: 0 0 1 0; }
    Window Input { border: none; background: $field; padding: 0 1; height: 1; }
    Window Input:focus { border: none; background: $field-focus; background-tint: $foreground 0%; }
    Window Input:ansi { text-style: underline; }
    Window TextArea { border: none; background: $body; padding: 0 1; }
    Window TextArea:focus { border: none; background: $body-focus; }
    Window TextArea:ansi { border: round $edge; }
    Window TextArea:ansi:focus { border: round $accent; }
    Window TextArea .text-area--cursor-line { background: transparent; }
    Window VerticalScroll, Window TextArea { scrollbar-size-vertical: 1; }
    Window VerticalScroll, Window TextArea, Window Lines {
        scrollbar-background: $surface;
        scrollbar-background-hover: $surface;
        scrollbar-background-active: $surface;
    }
    Window VerticalScroll { min-width: 4; }
    """

    def __init__(self, title: str, lead: str = "", *, about: str = "") -> None:
        """Takes a title, a line below it, and the id of the record that is written about, if there is one."""
        super().__init__()
        self._heading = title
        self._about = about
        self._draft_key = ""
        self._first: list[str] = []
        self._saving = False
        self._lead = lead
        self._answered = False
        self._growing: list[tuple[Widget, int, int]] = []

    def compose(self) -> ComposeResult:
        self._fit_height()
        with Vertical(classes="window") as frame:
            frame.border_title = Content(one_line(self._heading[:200]))
            if self._lead:
                lead = block(self._lead)
                shown = lead if len(lead) <= _LONGEST_LEAD else f"{lead[:_LONGEST_LEAD].rstrip()}…"
                yield Static(Content(shown), classes="lead")
            yield from self.compose_window()
            yield WindowKeys(self._hints())

    def compose_window(self) -> list[Widget]:
        """What stands between the title and the keys."""
        return []

    def on_resize(self, _: events.Resize) -> None:
        """A part that takes what room there is takes it anew."""
        self._fit_height()
        for part, lines, share in self._growing:
            part.styles.height = _within(lines, share, self.app.size.height)

    def _fit_height(self) -> None:
        height = self.app.size.height
        self.set_class(height >= ROOMY, "-roomy")
        self.set_class(height < LOW, "-low")

    def grow(self, part: P, lines: int, share: int) -> P:
        """Give a part so many lines, but no more than a share of the screen, in hundredths. Said by a style
        sheet as a height and the most of it, the frame would keep the room of what there is no room for."""
        part.styles.height = _within(lines, share, self.app.size.height)
        self._growing.append((part, lines, share))
        return part

    def _hints(self) -> list[Hint]:
        """The keys with what they do; those of the registry as the user has them."""
        hints = []
        for label, what in (*self.KEYS, ("esc", self.CLOSES)):
            key = _PRESSED.get(label, "")
            if name := _COMMANDS.get(label):
                key = self.app._keymap.get(name, ",".join(by_id(name).keys)).split(",")[0].strip()
                label = key_label(key)
            hints.append(Hint(label, what, key))
        return hints

    @property
    def heading(self) -> str:
        """The title."""
        return self._heading

    def answer(self, value: R | None) -> None:
        """Close with `value`. Keys that were typed ahead, after the answer, change nothing."""
        if not self._answered and self.app.screen is self:
            if value is not None:
                # Until the command has kept it.
                self.keep_drafts()
            self._answered = True
            self.dismiss(value)

    def do_cancel(self) -> None:
        """Close; nothing was changed."""
        self.forget_draft()
        self.answer(None)

    # Drafts: a window that is killed, or whose text can't be kept, opens again with what stood in it

    def on_mount(self) -> None:
        if self.drafts is None or not self.OWN_DRAFT:
            return
        self._first = self._typed()
        first = zlib.crc32(json.dumps(self._first).encode())
        self._draft_key = f"window:{type(self).__name__}:{self._heading}:{self._about}:{first}"
        half = self.drafts.get(self._draft_key)
        if half:
            self._take_up(json.loads(half))

    def _on_input_changed(self) -> None:
        # Textual calls this beside what a subclass does with the key: it is on disk within a second.
        if self._draft_key and not self._saving:
            self._saving = True
            self.set_timer(self.DRAFT_SECONDS, self.keep_drafts)

    _on_text_area_changed = _on_input_changed

    def keep_drafts(self) -> None:
        """Write what is half typed to disk now."""
        self._saving = False
        if self.drafts is None or not self._draft_key or self._answered:
            return
        typed = self._typed()
        self.drafts.save(self._draft_key, "" if typed == self._first else json.dumps(typed))

    def forget_draft(self) -> None:
        """What was typed is part of a record now, or thrown away."""
        if self.drafts is not None and self._draft_key:
            self.drafts.discard(self._draft_key)
        self._draft_key = ""

    def _typed(self) -> list[str]:
        return [
            field.value if isinstance(field, Input) else field.text
            for field in self.query("Input, TextArea")
            if isinstance(field, Input | TextArea)
        ]

    def _take_up(self, texts: list[str]) -> None:
        fields = [each for each in self.query("Input, TextArea") if isinstance(each, Input | TextArea)]
        if len(texts) != len(fields):
            return
        for field, text in zip(fields, texts, strict=True):
            if isinstance(field, Input):
                field.value = text
            else:
                field.text = text
                field.move_cursor(field.document.end)
        self.call_after_refresh(
            self.say,
            f"What you had typed here before is back; {key_of('dialog.cancel')} throws it away.",
            "good",
        )

    def do_accept(self) -> None:
        """Keep what is there; windows that hold something override it."""

    def do_editor(self) -> None:
        """Open the text in the user's editor; windows with a longer text override it."""

    def do_quit(self) -> None:
        """Leave Inroad; the app keeps what is half typed."""
        self.app.run_worker(self.app.run_action(action_of("app.quit")))

    def action_copy_text(self) -> None:
        """Ctrl+C copies what is selected; where nothing is, it is meant to lead out."""
        try:
            super().action_copy_text()
        except SkipAction:
            self.say(f"{key_of('dialog.cancel')} closes this window. {how_to_leave()}")

    def why_not(self, name: str) -> str:
        """Why a command can't be done in this window."""
        if name == "editor" and type(self).do_editor is Window.do_editor:
            return "There is no longer text to edit here."
        return ""

    def say(self, text: str, tone: str = "plain") -> None:
        """Show feedback in the window itself, where there is a place for it."""
        for place in self.query(Feedback).results(Feedback):
            place.tell(text, tone)
            return


def _within(lines: int, share: int, height: int) -> int:
    return max(2, min(lines, height * share // 100))

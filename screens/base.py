"""What all full screens share: the line on top, the line below, feedback, and staying up to date."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.actions import SkipAction
from textual.binding import BindingType
from textual.css.query import NoMatches
from textual.widget import Widget

from .commands import Command, bindings, by_id, commands, footer, how_to_leave, types_a_character
from .painting import PaintedScreen
from .scope import Said, Scope
from .widgets.bars import KeyBar, Status, TopBar
from .widgets.lines import Lines
from .widgets.painted import ground_lines

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.geometry import Region, Size
    from textual.strip import Strip

    from data.records import Meeting
    from data.store import Change

    from .desk import Desk


class DeskScreen(Scope, PaintedScreen[None]):
    """A full screen of the app. A subclass names its `SCOPE` and `MODE`, composes its body, and reloads.

    The app hands down the status of the line on top and the changes of the store; what the user does
    goes to the store through an action of `data/actions`.
    """

    MODE: ClassVar[str]
    OPENS: ClassVar[str] = ""
    """The command that opens something outside; before a meeting its key opens the call."""
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("text")]
    DEFAULT_CSS = """
    DeskScreen { background: $background; layers: base; }
    DeskScreen .panel { border: round $edge; padding: 0 1; border-title-color: $text-muted; }
    DeskScreen .panel:focus, DeskScreen .panel:focus-within {
        border: round $accent; border-title-color: $accent; border-title-style: bold;
    }
    DeskScreen VerticalScroll, DeskScreen TextArea { scrollbar-size-vertical: 1; }
    DeskScreen .searching { display: none; height: 1; }
    DeskScreen .searching Static { width: 8; padding: 0 0 0 1; text-style: bold; }
    DeskScreen .searching Input { width: 1fr; height: 1; border: none; padding: 0 1; background: $field; }
    DeskScreen .searching Input:ansi { text-style: underline; }
    DeskScreen .searching Input:focus { border: none; background: $field-focus; }
    """
    FEEDBACK_SECONDS = 6.0

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._stale = False
        self._keys_behind = False
        self._keys_for: object = None
        self._keys: list[tuple[Command, str]] = []
        self._hush_timer: object = None
        self._status: Status | None = None

    # For subclasses

    @abstractmethod
    def compose_body(self) -> Iterable[Widget]:
        """The widgets between the two lines."""

    def reload(self) -> None:
        """Show what the store holds now. Called when mounted, and after each change of the store."""

    def concerns(self, change: Change) -> bool:
        """Whether a change of the store can be seen on this screen."""
        return True

    def home(self) -> Widget | None:
        """The widget that has the focus when no text has it."""
        return None

    def tick(self) -> None:
        """Called twice a second while in front: for what depends on the time."""

    def fit(self, size: Size) -> None:
        """Take the shape for a terminal of that size: before the first layout, and when it changes."""

    def go_to(self, kind: str, id: str) -> None:
        """Show one thing of this screen: put the cursor on it, open it."""

    def keep_drafts(self) -> None:
        """Write what is half typed to disk at once: the app is about to end."""

    def opens_on(self) -> Widget | None:
        """The widget that has the focus when the screen opens."""
        return self.home()

    def footer_commands(self) -> list[Command]:
        """The commands of this screen that are shown below, at most five."""
        return footer(self.SCOPE)

    @property
    def _opens_call(self) -> str:
        """The command whose key opens a call here; empty if none does."""
        name = self.OPENS or "open_link"
        return next((each.id for each in commands(self.SCOPE) if each.name == name), "")

    # The frame

    def compose(self) -> ComposeResult:
        self.fit(self.app.size)
        bar = TopBar(self.MODE, self._opens_call)
        bar.set_reactive(TopBar.status, self._status)
        yield bar
        yield from self.compose_body()
        yield KeyBar(self._footer)

    def on_mount(self) -> None:
        # Textual calls this and a subclass's own; a subclass that called it too would do it all twice.
        if self.app._exit:
            # Who leaves while a screen opens: its parts may never come, and nobody would see them.
            return
        self.reload()
        if (first := self.opens_on()) is not None:
            first.focus(scroll_visible=False)

    def on_resize(self, event: events.Resize) -> None:
        self.fit(event.size)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The ground of the screen: one line of it is like all others."""
        return ground_lines(super().render_lines, crop)

    def show_status(self, status: Status) -> None:
        """Set what the line on top says."""
        # A screen that opens or closes at this moment has no line on top yet, or no more.
        self._status = status
        for bar in self.query(TopBar).results(TopBar):
            bar.status = status

    @property
    def stands(self) -> bool:
        """Whether the parts of this screen are there: they have come, and nothing takes them apart yet.

        The app hands changes and ticks down to screens that stand, and to no other.
        """
        # No part comes any more once the app is told to end; and what is mounted once counts as mounted
        # for ever, but its pump runs no longer when its parts go.
        return self.is_mounted and self.is_running and self.is_attached

    def store_changed(self, change: Change) -> None:
        """Take in a change of the store: at once where it is seen, else when the screen comes back."""
        if not self.concerns(change):
            return
        if self in self.app.screen_stack:
            self.reload()
            self.query_one(KeyBar).refresh()
        else:
            self._stale = True

    def on_screen_resume(self) -> None:
        if self._stale:
            self._stale = False
            self.reload()

    def _footer(self) -> list[tuple[Command, str, bool]]:
        return [
            (command, key, not (command.scope == self.SCOPE and self.reason(command.name)))
            for command, key in self._footer_keys()
        ]

    def _footer_keys(self) -> list[tuple[Command, str]]:
        """The commands that are shown below with their keys; looked for when it may be others than before."""
        typing, mine = self.typing, self.footer_commands()
        for_what = (self.app._keymap, typing, mine)
        if for_what != self._keys_for:
            shown = [
                *(c for c in commands("text") if typing and c.footer),
                *mine,
                *(c for c in commands("app") if c.footer or (typing and c.id == "app.palette")),
            ]
            keyed = [(command, self._footer_key(command, typing)) for command in shown]
            self._keys_for, self._keys = for_what, [each for each in keyed if each[1]]
        return self._keys

    def _footer_key(self, command: Command, typing: bool) -> str:
        """The key of a command that works now; empty if none does."""
        keys = self.app._keymap.get(command.id, ",".join(command.keys)).split(",")
        return next((key for key in keys if not typing or not types_a_character(key)), "")

    @property
    def typing(self) -> bool:
        """Whether letters are text now."""
        # What would take a letter for itself is a text line, whatever its class.
        return self.focused is not None and self.focused.check_consume_key("a", "a")

    # Feedback

    def on_said(self, message: Said) -> None:
        """Show a line of feedback that something on this screen has sent up."""
        message.stop()
        self.tell(message.text, message.tone)

    def tell(self, text: str, tone: str = "plain") -> None:
        """Show one line of feedback below; it goes with the next key, or after some seconds."""
        if not self.is_mounted:
            # A screen that is only just opening has no line below yet.
            self.call_later(self.tell, text, tone)
            return
        for bar in self._key_bars:
            bar.say(text, tone)
            self.set_timer(self.FEEDBACK_SECONDS, lambda bar=bar: bar.hush() if bar.said == text else None)

    @property
    def _key_bars(self) -> Iterable[KeyBar]:
        """The line below; none on a screen that opens or closes at this moment."""
        try:
            return (self.query_one(KeyBar),)
        except NoMatches:
            return ()

    def on_key(self, _: events.Key) -> None:
        for bar in self._key_bars:
            bar.hush()

    def action_copy_text(self) -> None:
        """Ctrl+C copies what is selected; where nothing is, it is meant to lead out."""
        try:
            super().action_copy_text()
        except SkipAction:
            self.say(how_to_leave())

    # A list's cursor

    def show_moved(self, lines: Lines[Any]) -> None:
        """What was said goes, and which of the keys can be used now is shown in the same frame."""
        with self._context():
            self.follow(lines)
            for bar in self._key_bars:
                bar.hush()
                bar.freshen()
            self.paint_now()

    def on_descendant_focus(self, _: events.DescendantFocus) -> None:
        for bar in self._key_bars:
            bar.refresh()

    def on_lines_moved(self, _: Lines.Moved) -> None:
        """Beside what every screen with a list does then."""
        self._freshen_soon()

    def _freshen_soon(self) -> None:
        """Once what moved is drawn, show below which of the keys can be used now."""
        if not self._keys_behind:
            self._keys_behind = True
            self.call_after_refresh(self._freshen)

    def _freshen(self) -> None:
        self._keys_behind = False
        for bar in self._key_bars:
            bar.freshen()

    def on_descendant_blur(self, _: events.DescendantBlur) -> None:
        for bar in self._key_bars:
            bar.refresh()

    # Commands

    def run_command(self, name: str) -> None:
        if name and name == self.OPENS:
            from .soon import call_soon

            if (meeting := call_soon(self.desk)) is not None:
                self.run_worker(self._guarded(partial(self._open_call, meeting)), group="commands")
                return
        super().run_command(name)

    async def _open_call(self, meeting: Meeting) -> None:
        from .soon import open_call

        other = by_id(f"{self.SCOPE}.{self.OPENS}")
        possible = not self.reason(self.OPENS) and other.name != "open_call"
        if await open_call(self, meeting, other.help.rstrip(".") if possible else ""):
            super().run_command(self.OPENS)

    def do_open_call(self) -> None:
        """Where no meeting is about to begin: say so."""
        self.say("No meeting with a link begins in the next minutes.", "plain")

    def do_kept(self) -> None:
        """Who wants to save is told that there is no need; what is half typed is on disk now."""
        self.keep_drafts()
        self.say("Everything is kept as you type it; there is nothing to save.", "good")

    def do_leave(self) -> None:
        """Leave the text line; where there is none, the screen that was opened from another."""
        if self.typing:
            if (home := self.home()) is not None and home is not self.focused:
                home.focus()
            else:
                self.set_focus(None)
        elif len(self.app.screen_stack) > 1 and self.app.screen is self:
            self.dismiss()

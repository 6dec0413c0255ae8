"""The application: it wires screens, store, time and status together, and does nothing else."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
from collections.abc import Iterable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ScreenStackError
from textual.binding import BindingType
from textual.css.query import NoMatches
from textual.dom import NoScreen
from textual.message import Message
from textual.screen import Screen

import screens
from data.errors import UserError
from data.records import Meeting, Person
from data.text import short
from screens.base import DeskScreen
from screens.commands import bindings, key_of
from screens.messages import Go
from screens.scope import Said

from . import themes
from .closed_widgets import let_go_of_closed_widgets
from .escape import keep_escape
from .everywhere import Everywhere
from .gone import terminal_is_gone
from .no_colour import THEME, filters_for, no_colour
from .prompt_driver import prompt
from .status import StatusLine
from .stopped import go_on_after_a_stop
from .title import title_words
from .watch import StoreWatch
from .widths import count_as_terminals_do

if TYPE_CHECKING:
    from textual.driver import Driver
    from textual.worker import Worker

    from data.store import Change
    from screens.desk import Desk

    from .config import Config
    from .title import TerminalTitle

_SCREENS = {
    "board": ("screens.board.screen", "BoardScreen"),
    "prep": ("screens.prep.screen", "PrepScreen"),
    "meeting": ("screens.meeting.screen", "MeetingScreen"),
    "followups": ("screens.followups.screen", "FollowUpsScreen"),
    "insights": ("screens.insights.screen", "InsightsScreen"),
    "ledger": ("screens.ledger.screen", "LedgerScreen"),
}


class StoreChanged(Message):
    """The store has changed, here or in another process."""

    def __init__(self, change: Change) -> None:
        super().__init__()
        self.change = change


def _standing(stack: Iterable[Screen[Any]]) -> list[DeskScreen]:
    """The screens of a stack that can be spoken to; while the app ends, they go one by one."""
    return [screen for screen in stack if isinstance(screen, DeskScreen) and screen.stands]


def collect_garbage() -> None:
    """Look for garbage from now on, where that was put off at the start (inroad.py): what is there now is
    there to stay."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


class InroadApp(Everywhere):
    """Inroad. `desk` holds the ports that all screens are handed; `config` the user's keys and theme.

    `title` is the way to the terminal's title; None leaves it alone.
    """

    SCOPE = "app"
    TITLE = "Inroad"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("app")]
    TICK_SECONDS = 0.5
    SETTLED_SECONDS = 2.0
    IDLE_SECONDS = 5.0
    """From so long after the last key on, what would be felt is done."""
    _theme_chosen = False

    def __init__(self, desk: Desk, config: Config, title: TerminalTitle | None = None) -> None:
        count_as_terminals_do()
        let_go_of_closed_widgets()
        # After a crash or a restart in the middle of a meeting, that is where the user is.
        self.DEFAULT_MODE = "meeting" if desk.store.where(Meeting, status="running") else "board"  # type: ignore[misc]
        # The first screen's style sheet is read with the others: read later, it would have all parsed anew.
        super().__init__(
            css_path=Path(screens.__file__).with_name(self.DEFAULT_MODE) / f"{self.DEFAULT_MODE}.tcss"
        )
        self.desk = desk
        self._terminal_title = title
        self._config = config
        self._drafts_recovered = False
        self._tidying: Worker[None] | None = None
        self._looking: Worker[None] | None = None
        self._status = StatusLine(desk)
        self._watch = StoreWatch(desk, lambda text, tone: self.post_message(Said(text, tone)))
        desk.store.subscribe(self._pass_on)
        for mode in _SCREENS:
            self.add_mode(mode, lambda mode=mode: self._make_screen(mode))  # type: ignore[misc]
        for theme in themes.OWN:
            self.register_theme(theme)
        self.no_color = no_colour(os.environ)
        self._filters = filters_for(self._filters, colourless=self.no_color)
        named = THEME if self.no_color else config.theme
        self.theme = named if named in self.available_themes else themes.DARK.name
        # The first style sheet is read in these colours: nothing is to be read anew before there is a screen.
        self._theme_chosen = True
        self.stylesheet.set_variables(self.get_css_variables())
        self.set_keymap(config.keymap)

    def get_driver_class(self) -> type[Driver]:
        """What reads the keys and writes the frames on this platform."""
        driver = super().get_driver_class()
        keep_escape(driver)
        return prompt(driver)

    def get_css_variables(self) -> dict[str, str]:
        """The colours of the theme, as the style sheets know them; those of Textual's themes so that words
        in them can be read."""
        if not self._theme_chosen:
            # Textual asks before the user's theme is known.
            return {}
        variables = super().get_css_variables()
        if self.current_theme not in themes.OWN:
            variables = themes.readable(variables)
        return themes.with_ours(variables)

    def refresh_css(self, animate: bool = True) -> None:
        """Read the style sheets anew, in the colours of the theme, and style all screens."""
        if any(self._screen_stacks.values()):
            super().refresh_css(animate)

    def _load_screen_css(self, screen: Screen[Any]) -> None:
        """Read the style sheet of a screen that opens for the first time. It speaks of that screen alone
        (`tests/screens/test_shell.py`): the others need not be read anew nor what stands be styled anew."""
        for path in screen.css_path:
            if not self.stylesheet.has_source(str(path), ""):
                self.stylesheet.read(path)

    def _pass_on(self, change: Change) -> None:
        """A change may come from a worker's thread; a message brings it to this one."""
        self.post_message(StoreChanged(change))

    def _make_screen(self, mode: str) -> Screen[None]:
        """Screens are imported when first shown: start-up is a feature."""
        module, name = _SCREENS[mode]
        screen: DeskScreen = getattr(import_module(module), name)(self.desk)
        if any(self._screen_stacks.values()):
            # The line on top stands in its first frame. The very first screen is painted without waiting.
            screen.show_status(self._status.status())
        # It is styled when it is mounted, with the theme of now: nothing to be styled anew for that.
        screen._css_update_count = self._css_update_count
        return screen

    def on_mount(self) -> None:
        self.set_timer(self.SETTLED_SECONDS, collect_garbage)
        self._show_status()
        self.set_interval(self.TICK_SECONDS, self._tick)
        self._catch_signals()
        if not (self.desk.store.profile.welcomed or self.desk.demo or self.look_only):
            self.run_worker(self._guarded(self._welcome), group="ways")
        else:
            self._greet()

    def _greet(self) -> None:
        """Show what was found in the store and in the user's settings, until they have read it."""
        problems = list(self._config.problems)
        if self._config.theme and self._config.theme not in self.available_themes:
            problems.append(
                f'There is no theme "{self._config.theme}"; '
                f"choose one from the palette ({key_of('app.palette')}, Theme)."
            )
        if problems and str(self._config.file) not in problems[0]:
            problems.insert(0, f"In {self._config.file}:")
        for title, sentences in (("Your settings", problems), ("About your data", self._watch.greeting())):
            if sentences:
                from screens.dialogs.read import ReadText

                self.push_screen(ReadText(title, "\n\n".join(sentences)))

    async def _welcome(self) -> None:
        from screens.welcome import first_run

        await first_run(self, self.desk)
        self._greet()

    # Down to the screens: status and changes

    def _tick(self) -> None:
        if terminal_is_gone(self._driver):
            self._leave_by_signal(signal.SIGHUP)
            return
        self._look()
        self._show_status()
        if self._watch.copies_due():
            self.run_worker(self._watch.copy, thread=True, exclusive=True, group="copies")
        elif self.idle_seconds >= self.IDLE_SECONDS and not self._tidies and self._watch.tidying_due():
            self._tidying = self.run_worker(self._watch.tidy, thread=True, group="copies")

    def _look(self) -> None:
        """Take in what others did; what they imported in a thread, so that the screen goes on."""
        if self._looking is not None and not self._looking.is_finished:
            return
        if self._watch.looks_long():
            self._looking = self.run_worker(self._watch.look, thread=True, group="watch")
        else:
            self._watch.look()

    @property
    def _tidies(self) -> bool:
        return self._tidying is not None and not self._tidying.is_finished

    def _show_status(self) -> None:
        status = self._status.status()
        if self._terminal_title is not None:
            asked = self.desk.store.profile.terminal_title
            self._terminal_title.show(title_words(status) if asked else "")
        for screen in self.screen_stack:
            if isinstance(screen, DeskScreen):
                # Also to one that is only opening: it stands in its first frame.
                screen.show_status(status)
        for screen in _standing(self.screen_stack):
            screen.tick()

    def on_go(self, message: Go) -> None:
        """Bring the user to a thing, on the screen where it lives."""
        from .ways import go

        self.run_worker(self._guarded(partial(go, self, message.kind, message.id)), group="ways")

    def on_store_changed(self, message: StoreChanged) -> None:
        """Hand a change of the store to every screen that there is."""
        self._status.store_changed()
        for stack in self._screen_stacks.values():
            for screen in _standing(stack):
                screen.store_changed(message.change)
        if self._leaving:
            return
        self._show_status()
        for note in message.change.notes:
            # After what the command itself says, so that both have been read.
            self.screen.call_after_refresh(self.say, note, "warn")

    def on_screen_resume(self) -> None:
        self._show_status()

    def do_quit(self) -> None:
        self._leave(0, self._goes_on())

    def _goes_on(self) -> str:
        """What runs on after the app has ended, to be read in the shell; "" if nothing does."""
        from data.actions.conversation import running

        meeting = running(self.desk.store)
        if meeting is None:
            return ""
        person = self.desk.store.get(Person, meeting.person)
        name = short(person.name) if person is not None else "somebody"
        return f"The meeting with {name} goes on; `inroad` opens it where you left it."

    def say(self, text: str, tone: str = "plain") -> None:
        """Show one line of feedback on the screen in front."""
        for screen in reversed(self.screen_stack):
            if isinstance(screen, DeskScreen):
                screen.tell(text, tone)
                return

    def _handle_exception(self, error: Exception) -> None:
        # The last net: what a timer or a worker could not do is said; only what we did not foresee ends us.
        cause = getattr(error, "error", error)
        if isinstance(cause, UserError):
            self.say(str(cause), "warn")
        elif isinstance(cause, NoMatches | NoScreen | ScreenStackError) and self._leaving:
            # Screens are taken apart while their last messages are still on the way: what those look for
            # is gone, and nobody would have seen it.
            return
        else:
            super()._handle_exception(error)

    def on_said(self, message: Said) -> None:
        self.say(message.text, message.tone)

    def push_screen(self, screen: Any, *args: Any, **kwargs: Any) -> Any:
        """Show a screen over this one; its line on top stands in its first frame."""
        if isinstance(screen, DeskScreen):
            screen.show_status(self._status.status())
        return super().push_screen(screen, *args, **kwargs)

    # Windows that ask

    async def push_screen_wait(self, screen: Any, *, mode: str | None = None) -> Any:
        """Show a window and wait for its answer; one that was answered for this command before, in a try
        that could not be kept, is not asked again."""
        from screens.dialogs.window import Window

        if not isinstance(screen, Window) or not screen.OWN_DRAFT:
            return await super().push_screen_wait(screen, mode=mode)
        from screens.again import NOTHING, answers

        given = answers()
        if given is not None and (before := given.again(screen)) is not NOTHING:
            return before
        if not self._drafts_recovered:
            self._drafts_recovered = True
            self.desk.drafts.recover()
        screen.drafts = self.desk.drafts
        answer = await super().push_screen_wait(screen, mode=mode)
        if given is not None:
            given.take(screen, answer)
        return answer

    # The way out

    def _catch_signals(self) -> None:
        """A closed window or a `kill` ends like `q`: what is typed is kept, the terminal restored."""
        if os.name != "posix":
            return
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            try:
                loop.add_signal_handler(number, self._leave_by_signal, int(number))
            except (RuntimeError, ValueError):
                return
        go_on_after_a_stop(self)

    def _leave_by_signal(self, number: int) -> None:
        self._leave(128 + number)

    def _leave(self, status: int, said: str = "") -> None:
        """End the app; what is half typed on any screen, or in a window over it, is on disk first."""
        from screens.dialogs.window import Window

        for stack in self._screen_stacks.values():
            for screen in stack:
                if isinstance(screen, DeskScreen | Window):
                    screen.keep_drafts()
        from rich.text import Text

        self.exit(status, message=Text(said) if said else None)

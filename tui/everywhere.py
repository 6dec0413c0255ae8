"""The commands that work everywhere: from screen to screen, back and again, and the windows of the app."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from data.errors import UserError
from screens.commands import key_of
from screens.messages import Go
from screens.scope import Scope, action_of

from .type_ahead import TypeAhead

if TYPE_CHECKING:
    from data.store import Undone
    from screens.desk import Desk
    from screens.palette import Choice

    from .config import Config

MOST_LEFT = 3
"""Sentences about what an undo left alone; more would not be read in one line."""


class Everywhere(Scope, TypeAhead):
    """What the registry's commands of the app do; the app itself hands in its `desk` and `_config`."""

    desk: Desk
    _config: Config

    def _to_mode(self, mode: str) -> None:
        """Show one of the six screens; the one in front closes what was opened over it."""
        if self.current_mode == mode and len(self.screen_stack) > 1:
            from .ways import back_to_base

            self.run_worker(back_to_base(self), group="ways")
        else:
            self.switch_mode(mode)

    def do_board(self) -> None:
        self._to_mode("board")

    def do_prep(self) -> None:
        self._to_mode("prep")

    def do_meeting(self) -> None:
        self._to_mode("meeting")

    def do_followups(self) -> None:
        self._to_mode("followups")

    def do_insights(self) -> None:
        self._to_mode("insights")

    def do_undo(self) -> None:
        if self.desk.store.takes_long("undo"):
            self.say(f"Taking back: {self.desk.store.undo_title}…")
            self.run_worker(self._guarded(self._undo_beside), group="commands")
        else:
            self._say_turned("Undid", self.desk.store.undo())

    async def _undo_beside(self) -> None:
        """An import is taken back in a thread, so that the screen goes on."""
        self._say_turned("Undid", await asyncio.to_thread(self.desk.store.undo))

    def do_redo(self) -> None:
        if self.desk.store.takes_long("redo"):
            self.say(f"Doing again: {self.desk.store.redo_title}…")
            self.run_worker(self._guarded(self._redo_beside), group="commands")
        else:
            self._say_turned("Did again", self.desk.store.redo())

    async def _redo_beside(self) -> None:
        self._say_turned("Did again", await asyncio.to_thread(self.desk.store.redo))

    def _say_turned(self, how: str, turned: Undone | None) -> None:
        if turned is None:
            return
        left = turned.left_alone
        more = (f"And {len(left) - MOST_LEFT:,} more stay.",) if len(left) > MOST_LEFT else ()
        self.say(" ".join((f"{how}: {turned.title}.", *left[:MOST_LEFT], *more)), "good")

    def why_not(self, name: str) -> str:
        """Why a command can't be done now."""
        if name == "undo" and self.desk.store.undo_title is None:
            return "There is nothing to undo."
        if name == "redo" and self.desk.store.redo_title is None:
            return "There is nothing to do again."
        if name == "theme" and self.no_color:
            return "NO_COLOR is set where Inroad was started: without colours there is one look."
        return ""

    def do_next(self) -> None:
        from .ways import next_thing

        target = next_thing(self.desk)
        if target is None:
            key = key_of("board.find")
            self.say(f"Nothing is due. On the board, {key} finds somebody new to ask.", "good")
        else:
            self.post_message(Go(*target))

    def do_palette(self) -> None:
        from screens.palette import Palette

        self.push_screen(Palette(self.desk, self.screen), self._from_palette)

    def _from_palette(self, choice: Choice | None) -> None:
        if choice is None:
            return
        if isinstance(choice, Go):
            self.post_message(choice)
        else:
            choice()

    def do_import_file(self) -> None:
        self.post_message(Go("import"))

    async def do_export(self) -> None:
        from screens.exporting import export

        await export(self, self.desk)

    def do_duplicates(self) -> None:
        self.post_message(Go("duplicates"))

    def do_theme(self) -> None:
        from screens.settings.theme import ThemeChooser

        self.push_screen(ThemeChooser(self), self._keep_theme)

    def _keep_theme(self, name: str | None) -> None:
        if name is None or self._config.file is None:
            return
        from .remember import remember_theme

        try:
            remember_theme(self._config.file, name)
        except UserError as error:
            self.say(str(error), "warn")
        else:
            self.say(f"{name} from now on.", "good")

    async def do_profile(self) -> None:
        from screens.welcome import ask_profile

        await ask_profile(self, self.desk)

    def do_ledger(self) -> None:
        self._to_mode("ledger")

    async def do_landed(self) -> None:
        from screens.people.landed import ask_landed

        if said := await ask_landed(self, self.desk):
            self.say(said, "good")

    def do_settings(self) -> None:
        from screens.settings.screen import SettingsScreen

        if not isinstance(self.screen, SettingsScreen):
            self.push_screen(SettingsScreen(self.desk))

    def do_help(self) -> None:
        from screens.help import HelpScreen

        self.push_screen(HelpScreen(self.screen, self._config.keymap), self._from_help)

    async def _from_help(self, command_id: str | None) -> None:
        if command_id:
            await self.run_action(action_of(command_id))

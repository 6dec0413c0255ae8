"""Settings: who the user is, every number that Inroad goes by with who says so, and the holidays."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input

from data.actions import settings as actions
from data.business_days import typed_holidays
from data.clock import today
from data.days import show_day
from data.errors import UserError
from data.records import Profile
from data.rules import RULES, rules_of
from data.text import fold, plural

from ..base import DeskScreen
from ..commands import Command, bindings, key_of
from ..dialogs import AskLine, Reading, WriteText
from ..widgets.lines import Lines
from ..widgets.page import Page
from ..widgets.rows import clip
from ..widgets.search_line import SearchLine, named
from ..widgets.text_rows import keyed
from . import rows

if TYPE_CHECKING:
    from textual import events

    from data.store import Change

NARROW = 100
"""Below this many columns what a setting means stands below the list."""


class SettingsScreen(DeskScreen):
    """A list of all settings on the left; on the right what the one under the cursor means."""

    SCOPE = "settings"
    MODE = ""
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("settings")]
    CSS_PATH = "settings.tcss"

    _words: Sequence[str] = ()

    def compose_body(self) -> Iterable[Widget]:
        with Horizontal(id="desk"):
            yield Lines(
                lambda setting, width: rows.draw(setting, width, self._words),
                lambda setting: setting.id,
                selectable=lambda setting: setting.kind != "head",
                empty=(
                    (("No setting is like that.", "strong"),),
                    keyed(f"{key_of('text.leave')}  shows all of them"),
                ),
                lit=True,
                id="settings",
                classes="panel",
            )
            yield Page(id="about", classes="panel", read=True)
        yield named("Search", SearchLine(placeholder="a setting, or what it is for", id="search"))

    def home(self) -> Widget:
        return self._list

    @property
    def _list(self) -> Lines[rows.Setting]:
        return self.query_one("#settings", Lines)

    def on_resize(self, event: events.Resize) -> None:
        """A narrow window shows what a setting means below the list."""
        self.set_class(event.size.width < NARROW, "-narrow")

    def concerns(self, change: Change) -> bool:
        return change.touches(Profile)

    def reload(self) -> None:
        profile = self.desk.store.profile
        own = len(profile.rules) + (profile.usual_minutes != RULES["meeting_minutes"].value)
        self._list.head("Settings", f"{plural(own, 'number')} of yours" if own else "")
        self._list.show(rows.matching(rows.settings(profile, today(self.desk.clock)), self._words))
        self._tell()

    def follow(self, lines: Lines[Any]) -> None:
        """Say what the setting under the cursor means."""
        self._tell()

    def on_lines_chosen(self, message: Lines.Chosen) -> None:
        """Enter changes what is under the cursor."""
        message.stop()
        self.run_command("change")

    # The search

    def footer_commands(self) -> list[Command]:
        """While something is typed to search for, arrows move in the text."""
        return [] if self.typing else super().footer_commands()

    @property
    def _search(self) -> Input:
        return self.query_one("#search", Input)

    def _show_search(self, *, shown: bool) -> None:
        self.query_one(".searching").display = shown

    def do_search(self) -> None:
        self._show_search(shown=True)
        self._search.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """List what matches, as it is typed."""
        self._words = fold(event.value).split()
        self.reload()
        self._list.do_top()

    def on_input_submitted(self) -> None:
        """Enter keeps what was searched for and goes to the first that matches."""
        self._show_search(shown=bool(self._words))
        self._list.focus()

    def do_leave(self) -> None:
        """Take the search back; then leave the screen."""
        if not self.typing and not self._words:
            super().do_leave()
            return
        self._search.value = ""
        self._show_search(shown=False)
        self._list.focus()

    def _tell(self) -> None:
        setting = self._list.current
        if setting is None:
            self.query_one(Page).tell([])
            return
        parts = [("strong", setting.label)]
        if setting.kind == "rule":
            parts.append(("plain", f"{setting.value}{', your own number' if setting.own else ''}"))
        told = [*setting.about]
        if setting.kind == "rule":
            told.append("What is booked already keeps its day.")
        for text in told:
            parts += [("plain", ""), ("dim", text)]
        self.query_one(Page).tell(parts, gap=0)

    # Commands

    def why_not(self, name: str) -> str:
        """Why a command can't be done now."""
        setting = self._list.current
        kind = setting.kind if setting is not None else "head"
        if name in ("more", "less") and kind not in ("rule", "switch"):
            return f"Only numbers and switches go up and down: {key_of('settings.change')} changes this one."
        if name == "reset" and (kind != "rule" or (setting is not None and not setting.own)):
            return (
                "This is what Inroad comes with already." if kind == "rule" else "This has nothing of ours."
            )
        if name == "remove" and kind != "holiday":
            return "Put the cursor on a holiday, at the end of the list, to take it away."
        if name == "remove_all" and not self.desk.store.profile.holidays:
            return "There are no holidays to take away."
        return ""

    async def do_change(self) -> None:
        setting = self._list.current
        if setting is None:
            return
        if setting.kind == "rule":
            await self._ask_number(setting)
        elif setting.kind == "words":
            await self._ask_words(setting)
        elif setting.kind == "switch":
            self._switch(setting, setting.value == "no")
        elif setting.kind == "holidays":
            await self.do_add()
        else:
            self.say(f"{key_of('settings.remove')} takes this day away; {key_of('settings.add')} adds days.")

    async def _ask_number(self, setting: rows.Setting) -> None:
        rule = RULES[setting.id]
        if rule.name == "weekend_starts":
            self.do_more()
            return

        def read(text: str) -> Reading:
            number = _without(rule.unit, text)
            if not (number.isascii() and number.isdigit() and rule.low <= int(number[:9]) <= rule.high):
                return Reading(False, f"A number from {rule.low} to {rule.high}, in {rule.unit}.")
            return Reading(True, rows.measure(rule, int(number)))

        now = getattr(rules_of(self.desk.store.profile), rule.name)
        hint = f"Ours: {rows.measure(rule, rule.value)} ({rule.source})"
        typed = await self.app.push_screen_wait(AskLine(rule.title, value=str(now), read=read, hint=hint))
        if typed is not None:
            self._set(rule.name, int(_without(rule.unit, typed)))

    async def _ask_words(self, setting: rows.Setting) -> None:
        what = cast(actions.Words, setting.id)
        if what == "signature":
            window = WriteText(setting.label, setting.value, self.desk.edit_text, setting.about[0])
            typed = await self.app.push_screen_wait(window)
        else:
            typed = await self.app.push_screen_wait(
                AskLine(setting.label, setting.about[0], value=setting.value)
            )
        if typed is not None:
            actions.set_words(self.desk.store, what, typed)
            self.say("Kept.", "good")

    def _switch(self, setting: rows.Setting, on: bool) -> None:
        actions.set_switch(self.desk.store, cast(actions.Switch, setting.id), on)
        self.say(f"{setting.label}: {'yes' if on else 'no'}.", "good")

    def _set(self, name: str, value: int) -> None:
        actions.set_rule(self.desk.store, name, value)
        self.say(f"{RULES[name].title}: {rows.measure(RULES[name], value)}.", "good")

    def do_more(self) -> None:
        self._step(1)

    def do_less(self) -> None:
        self._step(-1)

    def _step(self, by: int) -> None:
        setting = self._list.current
        if setting is None:
            return
        if setting.kind == "switch":
            self._switch(setting, by > 0)
            return
        rule = RULES[setting.id]
        value = getattr(rules_of(self.desk.store.profile), rule.name) + by
        if rule.name == "weekend_starts":
            value %= 7
        self._set(rule.name, value)

    def do_reset(self) -> None:
        setting = self._list.current
        if setting is not None:
            actions.reset_rule(self.desk.store, setting.id)
            self.say(f"Reset: {rows.measure(RULES[setting.id], RULES[setting.id].value)}.", "good")

    def do_reset_all(self) -> None:
        count = actions.reset_rules(self.desk.store)
        if count:
            back = key_of("app.undo")
            self.say(f"Reset: {plural(count, 'number')} changed back. {back} brings yours back.", "good")
        else:
            self.say("All numbers are those that Inroad comes with already.")

    # Holidays

    async def do_add(self) -> None:
        typed, wrong = "", ""
        while True:
            ask = AskLine(
                "Holidays",
                wrong or "Days on which nobody is at work.",
                value=typed,
                placeholder="24 dec to 1 jan, 6 jan",
                read=self._read_days,
                hint="Days, or the path of a calendar (.ics) or of a list, one date a line.",
            )
            answer = await self.app.push_screen_wait(ask)
            if not answer or not answer.strip():
                return
            typed = answer
            try:
                count = await self._take(typed)
            except UserError as error:
                wrong = str(error)
                continue
            self.say(f"{plural(count, 'holiday')} kept.", "good")
            return

    def _read_days(self, typed: str) -> Reading:
        if (path := _path(typed)) is not None:
            # Not path.is_file(), which raises on a name that no file can have.
            known = os.path.isfile(path)
            return Reading(
                known, f"Reads {path.name}" if known else f"There is no file {clip(str(path), 200)}."
            )
        try:
            days = typed_holidays(typed, today(self.desk.clock))
        except UserError as error:
            return Reading(False, str(error))
        first = show_day(days[0])
        return Reading(True, first if len(days) == 1 else f"{first} … {show_day(days[-1])}, {len(days)} days")

    async def _take(self, typed: str) -> int:
        store, clock = self.desk.store, self.desk.clock
        if (path := _path(typed)) is not None:
            # A calendar of some megabytes takes its time.
            return len(await asyncio.to_thread(actions.take_holidays, store, clock, path))
        days = typed_holidays(typed, today(clock))
        actions.set_holidays(store, (*store.profile.holidays, *days))
        return len(days)

    def do_remove(self) -> None:
        setting = self._list.current
        if setting is not None and setting.day is not None:
            left = [day for day in self.desk.store.profile.holidays if day != setting.day]
            actions.set_holidays(self.desk.store, left)
            self.say(f"{setting.label} is a day like any other again.", "good")

    def do_remove_all(self) -> None:
        count = plural(len(self.desk.store.profile.holidays), "holiday")
        actions.set_holidays(self.desk.store, ())
        self.say(f"{count} taken away. {key_of('app.undo')} brings them back.", "good")


def _without(unit: str, typed: str) -> str:
    """A number that may have been typed with its unit: `20` of `20 minutes`."""
    number, _, behind = typed.strip().partition(" ")
    return number if behind and unit.startswith(behind.strip().casefold()) else typed.strip()


def _path(typed: str) -> Path | None:
    """The file that was typed; None if it was days."""
    text = typed.strip().strip("'\"")
    if "/" not in text and "\\" not in text and not text.lower().endswith((".ics", ".txt", ".csv")):
        return None
    try:
        return Path(text).expanduser()
    except RuntimeError:
        return Path(text)

"""The user got the job: as what, and then thanks to all who helped, each with what they gave."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from msgspec.structs import replace
from textual import events
from textual.widget import Widget

from data.actions import leads
from data.errors import UserError
from data.followups.landed import Helper, helpers
from data.text import plural

from ..commands import key_of
from ..dialogs import AskLine
from ..dialogs.window import Feedback, Window
from ..widgets.lines import Lines
from ..widgets.rows import Row
from .names import short

if TYPE_CHECKING:
    from textual.app import App

    from ..desk import Desk


async def ask_landed(app: App[Any], desk: Desk) -> str:
    """Ask for the role and for whom to thank, and book it; what was done, empty if the user gave up.

    Raises UserError (one sentence) where nobody is on record as having helped.
    """
    found = helpers(desk.store)
    if not found:
        raise UserError("Nobody is on record yet as having helped: log a meeting or an answer first.")
    role = await app.push_screen_wait(
        AskLine(
            "You got the job: congratulations!",
            "What do you start as, and where? It stands in the thanks: “I start as …”.",
            value=desk.store.profile.new_role,
            placeholder="product designer at Figma",
            hint="Left empty, it stays a gap in each message.",
        )
    )
    if role is None:
        return ""
    chosen = await app.push_screen_wait(ThankAll(found))
    if not chosen:
        return ""
    booked = leads.landed(desk.store, desk.clock, chosen, role=role)
    if not booked:
        return "Their thanks are on your list already."
    people, way = plural(len(booked), "person", "people"), key_of("app.followups")
    return f"Thanks to {people} on your list: {way} goes through them."


class ThankAll(Window[list[Helper]]):
    """Everybody who helped, with what they gave: each may be left out, and the words changed."""

    KEYS: ClassVar[tuple[tuple[str, str], ...]] = (
        ("space", "leave out, or in"),
        ("e", "other words"),
        ("^s", "book the thanks"),
    )
    DEFAULT_CSS = """
    ThankAll > .window { width: 100; }
    ThankAll Lines { background: $surface; }
    """

    def __init__(self, found: list[Helper]) -> None:
        lead = "They helped you get there. Each is thanked for what they gave:"
        super().__init__("Thank them all", lead)
        self._helpers = found
        self._out: set[str] = set()

    def compose_window(self) -> list[Widget]:
        lines: Lines[Helper] = Lines(self._row, lambda helper: helper.person.id)
        return [self.grow(lines, len(self._helpers), 50), Feedback()]

    def on_mount(self) -> None:
        for lines in self.query(Lines):
            lines.show(self._helpers)
            lines.focus()

    def _row(self, helper: Helper, width: int) -> list[Row]:
        out = helper.person.id in self._out
        mark = ("· ", "dim") if out else ("✓ ", "good")
        name = (short(helper.person.name), "dim" if out else "strong")
        return [(mark, name, (f"  for {helper.gave}", "dim"))]

    def on_key(self, event: events.Key) -> None:
        """Space leaves one out, e changes the words."""
        if event.key not in ("space", "e"):
            return
        event.stop()
        event.prevent_default()
        lines = self.query_one(Lines)
        helper: Helper | None = lines.current
        if helper is None:
            return
        if event.key == "space":
            self._out ^= {helper.person.id}
            lines.redraw()
        else:
            self._change(helper)

    def on_lines_chosen(self, message: Lines.Chosen) -> None:
        message.stop()
        self._change(message.item)

    def _change(self, helper: Helper) -> None:
        ask = AskLine(f"Thank {short(helper.person.name)} for", value=helper.gave, placeholder="your time")
        self.app.push_screen(ask, lambda words: self._changed(helper, words))

    def _changed(self, helper: Helper, words: str | None) -> None:
        if words and words.strip():
            new = replace(helper, gave=" ".join(words.split()))
            self._helpers = [new if each is helper else each for each in self._helpers]
            self.query_one(Lines).show(self._helpers)

    def do_accept(self) -> None:
        """Book the thanks of those who are left in."""
        chosen = [each for each in self._helpers if each.person.id not in self._out]
        if not chosen:
            self.say(
                f"All are left out: space takes one in again, {key_of('dialog.cancel')} books nothing.",
                "warn",
            )
            return
        self.answer(chosen)

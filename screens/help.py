"""Every key of the screen in front: read from the live bindings, so that it can't be wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

from textual import events
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from data.text import fold

from .commands import SCOPES, by_id, key_label, key_of
from .commands.places import about
from .dialogs.ask import bracketed
from .dialogs.window import Feedback, Window
from .scope import Scope
from .widgets.lines import Lines
from .widgets.rows import Row, hits
from .widgets.search_line import SearchLine
from .widgets.text_rows import wrap
from .widgets.wrapped import WrappedLines


@dataclass(frozen=True, slots=True)
class KeyLine:
    """One line of the help: a heading (no keys), a command with its keys, or (`rest`) the end of a sentence
    that takes more than one line. What can't be done now is `off`, and stands below a line that says why
    (`reason`)."""

    id: str
    title: str
    keys: str = ""
    help: str = ""
    rest: bool = False
    off: bool = False
    reason: bool = False


def live_keys(screen: Screen[object]) -> list[KeyLine]:
    """The keys that work on `screen` now, by scope, as bound (with the user's own keys); then those that
    don't work now, with the reason."""
    own = getattr(screen, "SCOPE", "")
    found = _bound(screen)
    lines: list[KeyLine] = []
    for scope in (own, *(scope for scope in SCOPES if scope != own)):
        if scope not in found:
            continue
        if lines:
            lines.append(KeyLine(f"{scope}.", ""))
        lines.append(KeyLine(scope, SCOPES.get(scope, scope.title())))
        by_reason: dict[str, list[KeyLine]] = {"": []}
        for command_id, keys in found[scope].items():
            command, reason = by_id(command_id), _why_off(screen, command_id)
            labels = "  ".join(key_label(key) for key in keys)
            by_reason.setdefault(reason, []).append(
                KeyLine(command_id, command.title, labels, command.help, off=bool(reason))
            )
        for number, (reason, of_reason) in enumerate(by_reason.items()):
            if reason:
                lines.append(KeyLine(f"{scope}?{number}", ""))
                lines.append(KeyLine(f"{scope}!{number}", "", help=f"Not now. {reason}", reason=True))
            lines += of_reason
    return lines


def _bound(screen: Screen[object]) -> dict[str, dict[str, list[str]]]:
    """By scope and command, the keys that come to it from where the focus is: what a text line takes for
    itself, as a letter or to edit, is no command there."""
    found: dict[str, dict[str, list[str]]] = {}
    taken: set[str] = set()
    focused = screen.focused
    for node, bindings in screen._binding_chain:
        for key, bound in bindings.key_to_bindings.items():
            if key in taken:
                continue
            for binding in bound:
                # A list where nothing can be opened leaves the key to the screen.
                if binding.id and not (binding.id == "list.choose" and not getattr(node, "opens", True)):
                    scope = binding.id.partition(".")[0]
                    keys = found.setdefault(scope, {}).setdefault(binding.id, [])
                    if key not in keys:
                        keys.append(key)
        if node is focused and not isinstance(node, Lines):
            taken |= bindings.key_to_bindings.keys()
        taken.update(key for scoped in found.values() for keys in scoped.values() for key in keys)
    for scoped in found.values():
        for command_id, keys in scoped.items():
            known = {key: place for place, key in enumerate(by_id(command_id).keys)}
            keys.sort(key=lambda key, known=known: known.get(key, -1))  # type: ignore[misc]
    return found


def _why_off(screen: Screen[object], command_id: str) -> str:
    """Why a command can't be done on `screen` now; empty if it can."""
    scope, _, name = command_id.partition(".")
    owner = {getattr(screen, "SCOPE", ""): screen, "app": screen.app}.get(scope)
    return owner.reason(name) if isinstance(owner, Scope) else ""


TITLED = 80
"""From this width on a command's title stands beside its sentence, which says the same."""
TITLE_WIDTH = 20


def wrapped(lines: list[KeyLine], width: int) -> list[KeyLine]:
    """The lines with their sentences in the room that `width` cells leave, as many lines as they take."""
    room = width - _keys_width(lines) - (TITLE_WIDTH + 2 if width >= TITLED else 0)
    found: list[KeyLine] = []
    for line in lines:
        first, *more = wrap(line.help, width - 1 if line.reason else room)
        found.append(replace(line, help=first))
        found += [
            KeyLine(f"{line.id}+{n}", "", help=each, rest=True, off=line.off, reason=line.reason)
            for n, each in enumerate(more)
        ]
    return found


def searched(lines: list[KeyLine], words: list[str]) -> list[KeyLine]:
    """The commands in whose key, title or sentence all folded `words` stand, below their headings."""
    if not words:
        return lines
    found: list[KeyLine] = []
    above: list[KeyLine] = []
    for line in lines:
        if line.reason:
            above = [*(each for each in above if not each.reason), line]
        elif line.title and not line.keys:
            above = [line]
        elif line.keys and all(word in fold(f"{line.keys} {line.title} {line.help}") for word in words):
            gap = [KeyLine(f"{line.id}.", "")] if above and found else []
            found += [*gap, *above, line]
            above = []
    return found


def _keys_width(lines: list[KeyLine]) -> int:
    """The cells of the column of keys, with the air around them; a very long one pushes what follows."""
    return 3 + min(14, max((len(line.keys) for line in lines), default=0))


def focused_place(screen: Screen[object]) -> str:
    """A sentence or two on the list or field of `screen` that has the focus."""
    inside = screen.focused.ancestors_with_self if screen.focused is not None else []
    return about(getattr(screen, "SCOPE", ""), [node.id for node in inside if node.id])


class HelpScreen(Window[str]):
    """What has the focus, in prose, above the list of keys. Answers with the id of a command to be done."""

    KEYS: ClassVar[tuple[tuple[str, str], ...]] = (("↑↓", "move"), ("enter", "do it"), ("/", "search"))
    CLOSES = "close"
    OWN_DRAFT = False
    DEFAULT_CSS = """
    HelpScreen > .window { width: 96; height: 92%; }
    HelpScreen Lines { background: $surface; }
    HelpScreen .lead { color: $foreground; padding: 0 1; }
    HelpScreen Input { display: none; margin: 0 0 1 0; }
    HelpScreen.-searched Input { display: block; }
    """

    def __init__(self, behind: Screen[object], keymap: Mapping[str, str]) -> None:
        super().__init__("Keys", focused_place(behind))
        self._lines = live_keys(behind)
        self._words: list[str] = []
        self._opened_by = keymap.get("app.help", ",".join(by_id("app.help").keys)).split(",")

    def compose_window(self) -> list[Widget]:
        return [
            SearchLine(placeholder=bracketed("a key, or what it does"), select_on_focus=False),
            WrappedLines(
                self._rows,
                lambda line: line.id,
                selectable=lambda line: bool(line.keys),
                lit=True,
                one_click=True,
                empty=(
                    (("No key here does that.", "strong"),),
                    ((f"{key_of('dialog.cancel')} shows all of them again.", "dim"),),
                ),
            ),
            Feedback(),
        ]

    def on_mount(self) -> None:
        for lines in self.query(WrappedLines).results(WrappedLines):
            lines.show(self._lines)
            lines.focus()

    def on_wrapped_lines_rewrap(self, message: WrappedLines.Rewrap) -> None:
        """The sentences take the lines that they need at this width."""
        message.stop()
        self._show()

    def _show(self) -> None:
        """The keys that are searched for, those of a place below its name."""
        shown = searched(self._lines, self._words)
        for lines in self.query(WrappedLines).results(WrappedLines):
            lines.show(wrapped(shown, lines.text_width) if shown else [])

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search as it is typed."""
        event.stop()
        self._words = fold(event.value).split()
        self._show()
        self.query_one(WrappedLines).do_top()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Do the first that is left, or the one that the arrows went to."""
        event.stop()
        self.query_one(WrappedLines).do_choose()

    def on_key(self, event: events.Key) -> None:
        """`/` searches; then the arrows move the list while the line keeps the focus. What opened the window
        closes it, as does what closes a page that is read."""
        line = self.query_one(Input)
        move = {"down": "down", "up": "up", "pagedown": "page_down", "pageup": "page_up"}.get(event.key)
        if line.has_focus and move:
            self.query_one(WrappedLines).run_command(move)
        elif not line.has_focus and event.key == "slash":
            self.add_class("-searched")
            line.focus()
        elif event.key in (*self._opened_by, "q"):
            self.do_cancel()
        else:
            return
        event.stop()
        event.prevent_default()

    def do_cancel(self) -> None:
        """Leave the search, and then the window."""
        if self.has_class("-searched"):
            self.query_one(Input).value = ""
            self.query_one(WrappedLines).focus()
            self.remove_class("-searched")
        else:
            self.answer(None)

    def on_lines_chosen(self, message: WrappedLines.Chosen) -> None:
        message.stop()
        self.answer(message.item.id)

    def _rows(self, line: KeyLine, width: int) -> list[Row]:
        if line.reason:
            return [((f" {line.help}", "plain"),)]
        if not line.keys and not line.rest:
            return [((line.title, "accent"),)]
        role = "dim" if line.off else "strong"
        keys: Row = ((f" {line.keys}".ljust(_keys_width(self._lines)), role),)
        for lines in self.query(WrappedLines).results(WrappedLines):
            width = lines.text_width
        if width < TITLED:
            return [(*keys, *hits(line.help, "dim" if line.off else "plain", self._words))]
        title = hits(f"{line.title:<{TITLE_WIDTH}}  ", "dim" if line.off else "plain", self._words)
        return [(*keys, *title, *hits(line.help, "dim", self._words))]

"""What a command is. Bindings, footer, help, palette and the README's table all come from these."""

from __future__ import annotations

from msgspec import Struct

_LABELS = {
    "question_mark": "?",
    "slash": "/",
    "number_sign": "#",
    "comma": ",",
    "colon": ":",
    "full_stop": ".",
    "plus": "+",
    "equals_sign": "=",
    "minus": "-",
    "space": "space",
    "enter": "enter",
    "escape": "esc",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pageup": "pgup",
    "pagedown": "pgdn",
    "upper": "",
    "exclamation_mark": "!",
    "asterisk": "*",
    "at": "@",
    "quotation_mark": '"',
    "left_square_bracket": "[",
    "right_square_bracket": "]",
}


class Command(Struct, frozen=True):
    """One thing that a user can do.

    `id` is `scope.name`: the scope is the screen or widget it belongs to, and its handler there is the
    method `do_name`. `keys` are Textual's names of keys. `footer` orders the few that are shown at the
    bottom of the screen (0: not shown there). `palette` says whether it makes sense from the palette;
    `changes`, whether it changes what is kept, or leads to nothing else: it can't be done in a store that
    can only be looked at.
    """

    id: str
    title: str
    help: str
    keys: tuple[str, ...]
    footer: int = 0
    palette: bool = True
    changes: bool = False

    @property
    def scope(self) -> str:
        """The screen or widget that the command belongs to."""
        return self.id.partition(".")[0]

    @property
    def name(self) -> str:
        """The command's name in its scope."""
        return self.id.partition(".")[2]


class Changing(Command, frozen=True):
    """A command that changes what is kept."""

    changes: bool = True


def key_label(key: str) -> str:
    """How a key is written for people: `question_mark` is "?", `ctrl+p` "^p", `f1` "F1"."""
    *modifiers, last = key.split("+")
    label = _LABELS.get(last, last)
    if len(last) > 1 and last[0] == "f" and last[1:].isdigit():
        label = last.upper()
    if "shift" in modifiers:
        label = f"shift+{label}"
    return f"^{label}" if "ctrl" in modifiers else label


def types_a_character(key: str) -> bool:
    """Whether a key types a character. (Textual's own table lacks "slash", "plus" and others.)"""
    return key == "space" or (len(label := key_label(key)) == 1 and label not in "↑↓←→")

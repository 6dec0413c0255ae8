"""A road through every screen and some windows, from the board on, with the keys alone."""

from __future__ import annotations

STOPS: tuple[tuple[str, str], ...] = (
    ("G", "n New"),
    ("g f", "Who fits best"),
    ("Escape", "space Select"),
    ("Escape", "n New"),
    ("l l l l Enter", "What happened"),
    ("Escape", "n New"),
    ("e", "^s keep"),
    ("Escape", "not ^s keep"),
    ("?", "Go to the column on the left."),
    ("Escape", "not ↑↓"),
    ("4", "Overdue"),
    ("5", "Ask next"),
    ("j j j j", "not Ask next"),
    ("6", "Leads: to act on"),
    ("2", "Objective"),
    ("3", "not r Rehearse"),
    ("Enter", " left"),
    ("C-p d u p l i", "network twice"),
    ("Enter", "What stays"),
    ("Escape", "not What stays"),
    ("C-o", "Bring people in"),
)
"""Keys from one screen to the next, and a text that is there when it has come (`not`: that has gone)."""


def come(text: str, screen: str) -> bool:
    """Whether a stop has been reached: its text has come, or gone where it begins with `not`."""
    return (text.removeprefix("not ") in screen) != text.startswith("not ")

"""The commands that mean the same wherever people are listed: on the board, in Find, on a person's sheet."""

from __future__ import annotations

from .model import Changing, Command

_ALL: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "write": ("Write", "Write to them: the message is drafted on Follow-ups.", ("W",)),
    "answer": ("Answer", "Note what they answered: yes, no, not now, or somebody else.", ("a",)),
    "touch": ("Log contact", "Log any other contact, by either side (w: you wrote).", ("w",)),
    "schedule": ("Schedule", "Put a meeting with them on the calendar.", ("s",)),
    "meet": ("Meet now", "Start a meeting with them here and now.", ("m",)),
    "edit": ("Edit", "Change what is known of them.", ("e",)),
    "notes": ("Notes", "Write down anything about them.", ("ctrl+g",)),
    "tier": ("Tier", "Set how often to keep in touch: A, B or C.", ("T",)),
    "tag": ("Tag", "Give tags, or take them away.", ("number_sign",)),
    "introduce": ("Ask for introduction", "Ask them for an introduction, or whom they know.", ("I",)),
    "page": ("Open page", "Open their LinkedIn page or write them a mail.", ("o",)),
    "copy": ("Copy", "Copy their name and addresses.", ("c",)),
    "export": ("Export", "Write them to a file: vCard, calendar, CSV, Markdown, JSON.", ("X",)),
    "merge": ("Make one", "Make one person of two who are selected.", ("equals_sign",)),
    "move_to": ("Move to…", "Move to any stage of the board.", ("M",)),
    "park": ("Park", "Off the board until a day to look again.", ("p",)),
    "remove": ("Remove", "Remove them from your network; this can be taken back.", ("x",)),
    "erase": ("Erase for good", "Erase somebody and all about them for good; asks first.", ()),
}

_LOOKS = frozenset(("page", "copy", "export"))
"""Those that only look, or take something out; all others change what is kept."""


def people_commands(
    scope: str, *, footer: tuple[str, ...] = (), extra: dict[str, tuple[str, ...]] | None = None
) -> tuple[Command, ...]:
    """The commands for one scope. `footer` names those shown below, in order; `extra` gives more keys."""
    more = extra or {}
    return tuple(
        (Command if name in _LOOKS else Changing)(
            f"{scope}.{name}",
            title,
            help,
            keys + more.get(name, ()),
            footer=footer.index(name) + 1 if name in footer else 0,
        )
        for name, (title, help, keys) in _ALL.items()
    )

"""Commands inside text: none of them is a printable key."""

from .model import Command

COMMANDS = (
    Command(
        "text.leave",
        "Leave the text",
        "Leave the text; then every key works.",
        ("escape",),
        footer=1,
        palette=False,
    ),
    Command(
        "text.kept",
        "Save",
        "There is nothing to save: all is kept as it is typed.",
        ("ctrl+s",),
        palette=False,
    ),
)

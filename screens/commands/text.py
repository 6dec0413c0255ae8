"""Commands inside text: none of them is a printable key."""

from .model import Command

COMMANDS = (
    Command(
        "text.leave", "Leave the text", "Leave the text; then every key works.", ("escape",), palette=False
    ),
)

"""Commands of the small windows that ask for something."""

from .model import Command

COMMANDS = (
    Command("dialog.cancel", "Cancel", "Close without changing anything.", ("escape",), palette=False),
    Command(
        "dialog.quit", "Quit", "Leave Inroad. What is half typed here is kept.", ("ctrl+q",), palette=False
    ),
    Command("dialog.accept", "Keep", "Keep what is written here.", ("ctrl+s",), palette=False),
    Command(
        "dialog.editor", "Editor", "Write this text in your own editor ($EDITOR).", ("ctrl+g",), palette=False
    ),
)

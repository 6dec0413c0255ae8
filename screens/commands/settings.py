"""Commands of the settings."""

from .model import Command

COMMANDS = (
    Command("settings.change", "Change", "Type another number, or other words.", ("e",), footer=1),
    Command(
        "settings.more", "One more", "Make the number one larger; switch on.", ("plus", "right"), footer=2
    ),
    Command(
        "settings.less", "One less", "Make the number one smaller; switch off.", ("minus", "left"), footer=3
    ),
    Command("settings.reset", "Reset", "Go back to the number that Inroad comes with.", ("r",), footer=4),
    Command("settings.reset_all", "All of ours", "Go back to all numbers that Inroad comes with.", ("R",)),
    Command(
        "settings.add",
        "Add holidays",
        "Days on which nobody is at work: typed, or from a file.",
        ("n",),
        footer=5,
    ),
    Command("settings.remove", "Take away", "Take the holiday under the cursor away.", ("x", "delete")),
    Command("settings.remove_all", "Take all away", "Take all holidays away, to begin anew.", ("X",)),
)
"""`enter` changes what is under the cursor, as in every list."""

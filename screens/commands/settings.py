"""Commands of the settings."""

from .model import Changing, Command

COMMANDS = (
    Changing("settings.change", "Change", "Type another number, or other words.", ("e",), footer=1),
    Changing(
        "settings.more", "One more", "Make the number one larger; switch on.", ("plus", "right"), footer=2
    ),
    Changing(
        "settings.less", "One less", "Make the number one smaller; switch off.", ("minus", "left"), footer=3
    ),
    Changing("settings.reset", "Reset", "Go back to the number that Inroad comes with.", ("r",), footer=4),
    Command("settings.search", "Find a setting", "Show only the settings that match.", ("slash",)),
    Changing("settings.reset_all", "All of ours", "Go back to all numbers that Inroad comes with.", ("R",)),
    Changing(
        "settings.add",
        "Add holidays",
        "Days on which nobody is at work: typed, or from a file.",
        ("n",),
        footer=5,
    ),
    Changing("settings.remove", "Take away", "Take the holiday under the cursor away.", ("x", "delete")),
    Changing("settings.remove_all", "Take all away", "Take all holidays away, to begin anew.", ("X",)),
)
"""`enter` changes what is under the cursor, as in every list."""

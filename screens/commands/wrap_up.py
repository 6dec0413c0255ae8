"""Commands of the wrap-up after a meeting."""

from .model import Changing, Command

COMMANDS = (
    Changing("wrap_up.accept", "Book", "Book what is ticked, and close.", ("w", "ctrl+s"), footer=1),
    Changing(
        "wrap_up.toggle", "Cross out", "Cross out what shall not be booked, or back.", ("space",), footer=2
    ),
    Changing("wrap_up.date", "Other day", "Book it for another day.", ("s",), footer=3),
    Changing("wrap_up.edit", "Change", "Change the line, its kind, or a promise’s words.", ("e",), footer=4),
    Changing("wrap_up.person", "To person", "Put whom a lead names on the board.", ("p",), footer=5),
    Changing("wrap_up.add", "Add a line", "Add what was said and not written down.", ("n",)),
    Changing("wrap_up.remove", "Remove line", "Take the line under the cursor away.", ("delete", "X")),
    Changing("wrap_up.thanked", "Thanked", "Say whether you thanked them at the end.", ("y",)),
    Command("wrap_up.copy", "Copy note", "Copy the whole meeting as a note in Markdown.", ("c",)),
    Command("wrap_up.read", "Read note", "Read the whole meeting as a note.", ("v",)),
    Command(
        "wrap_up.open_call", "Open the call", "Open the link of the meeting that is about to begin.", ("o",)
    ),
    Command("wrap_up.left", "To the lines", "Go to the lines.", ("h", "left"), palette=False),
    Command("wrap_up.right", "To the list", "Go to what will be booked.", ("l", "right"), palette=False),
)

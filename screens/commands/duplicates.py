"""Commands of the duplicates."""

from .model import Changing, Command

COMMANDS = (
    Changing(
        "duplicates.merge", "Make one", "Make one person of the two; all history stays.", ("m",), footer=1
    ),
    Changing("duplicates.apart", "Not the same", "They are two people; never ask again.", ("n",), footer=2),
    Command(
        "duplicates.switch", "Other value", "Keep what the other has in this field.", ("space",), footer=3
    ),
    Command("duplicates.left", "Left", "Keep the left value, or go to the pairs.", ("h", "left")),
    Command("duplicates.right", "Right", "Keep the right value, or go to the fields.", ("l", "right")),
    Command("duplicates.other", "Other side", "Go to the other side.", ("tab", "shift+tab"), palette=False),
    Command("duplicates.person", "Person", "Open the sheet of the one on the left.", ("p",)),
)

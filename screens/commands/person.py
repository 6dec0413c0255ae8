"""Commands of a person's sheet."""

from .model import Command
from .people import people_commands

COMMANDS = (
    Command(
        "person.other", "Other side", "Go to the other side of the sheet.", ("tab", "h", "l"), palette=False
    ),
    *people_commands(
        "person",
        footer=("edit", "write", "answer", "touch", "schedule"),
        extra={"notes": ("N",), "introduce": ("i",)},
    ),
)

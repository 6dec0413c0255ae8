"""Commands of Find."""

from .model import Changing, Command
from .people import people_commands

COMMANDS = (
    Command("find.type", "Search", "Go into the text to search again.", ("i", "slash"), footer=1),
    Changing("find.put", "On the board", "Put them on the board, to be asked.", ("b",), footer=2),
    Command("find.mark", "Select", "Select several, to change them together.", ("space",), footer=3),
    Changing("find.new", "New", "Add somebody who isn't in your network yet.", ("n",)),
    *people_commands("find", footer=("", "", "", "introduce")),
)

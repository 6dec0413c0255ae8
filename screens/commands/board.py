"""Commands of the board."""

from .model import Changing, Command
from .people import people_commands

COMMANDS = (
    Command("board.left", "Column left", "Go to the column on the left.", ("h", "left"), palette=False),
    Command("board.right", "Column right", "Go to the column on the right.", ("l", "right"), palette=False),
    Changing("board.new", "New", "Add a person to talk to, in one line.", ("n",), footer=1),
    Changing("board.new_group", "New group", "Add an alumni group or an association.", ("N",)),
    Changing("board.move_right", "Move on", "Move the card to the next column.", ("L",), footer=4),
    Changing("board.move_left", "Move back", "Move the card to the column before.", ("H",)),
    Command("board.find", "Find", "Search your whole network for whom to ask next.", ("f",), footer=5),
    Command("board.filter", "Filter", "Show only the cards that match.", ("slash",)),
    Command("board.mark", "Select", "Select several cards, to change them together.", ("space",)),
    *people_commands("board", footer=("", "write", "answer"), extra={"introduce": ("i",)}),
)

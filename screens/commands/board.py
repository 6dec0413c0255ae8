"""Commands of the board."""

from .model import Command

COMMANDS = (
    Command("board.left", "Column left", "Go to the column on the left.", ("h", "left"), palette=False),
    Command("board.right", "Column right", "Go to the column on the right.", ("l", "right"), palette=False),
)

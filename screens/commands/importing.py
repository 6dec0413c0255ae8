"""Commands of the import."""

from .model import Command

COMMANDS = (
    Command("import.keep", "Bring them in", "Keep what is listed, as one step of undo.", ("b",), footer=1),
    Command("import.file", "Another file", "Choose another file.", ("i", "slash"), footer=2),
    Command("import.left_out", "Left out", "Show the lines that are left out, and why.", ("x",), footer=3),
)

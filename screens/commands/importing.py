"""Commands of the import."""

from .model import Changing, Command

COMMANDS = (
    Command("import.read", "Show what it brings", "Read the file; nothing is kept yet.", ("enter",)),
    Command("import.complete", "Complete", "Complete the path; in the list, go to the path.", ("tab",)),
    Changing("import.keep", "Bring them in", "Keep what is listed, as one step of undo.", ("b",), footer=1),
    Command("import.take", "Take or leave", "Leave this one out, or take it again.", ("space",), footer=2),
    Command("import.all", "All or none", "Leave all of them out, or take them all again.", ("A",)),
    Command("import.columns", "Columns", "Say what each column of a table is.", ("m",), footer=3),
    Command(
        "import.options",
        "Tags for all",
        "Set how they were found, tags and a field for all.",
        ("o",),
        footer=4,
    ),
    Command("import.same", "The same", "This is who you know already: add it to them.", ("equals_sign",)),
    Command("import.left_out", "Left out", "Show the lines that can’t be read, and why.", ("x",), footer=5),
    Command("import.rejected", "Write left out", "Write what can’t be read to a file, to mend it.", ("w",)),
    Command("import.file", "Another file", "Choose another file.", ("i", "slash")),
)

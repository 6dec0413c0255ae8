"""Commands of the insights screen."""

from .model import Command

COMMANDS = (
    Command(
        "insights.into", "Into it", "Go from the chapters into what they show.", ("l", "right"), palette=False
    ),
    Command("insights.out", "Chapters", "Go back to the chapters.", ("h", "left"), palette=False),
    Command("insights.swap", "Other side", "Go to the other side.", ("tab", "shift+tab"), palette=False),
    Command("insights.fold", "Fold", "Fold a branch of the tree, or open it.", ("space",), footer=2),
    Command("insights.fold_all", "Fold all", "Fold all branches, or open them all.", ("z",)),
    Command(
        "insights.search",
        "Choose a question",
        "Choose any question of the bank, and read all answers to it.",
        ("slash",),
        footer=1,
    ),
    Command("insights.copy", "Copy", "Copy all insights as Markdown, for showing.", ("c",), footer=3),
    Command(
        "insights.open_call", "Open the call", "Open the link of the meeting that is about to begin.", ("o",)
    ),
    Command("insights.leave", "Chapters", "Go back to the chapters.", ("escape",), palette=False),
)
"""`enter`, which opens the person of a line, is the lists' own."""

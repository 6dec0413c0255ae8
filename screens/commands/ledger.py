"""Commands of the ledger: leads, advice and promises."""

from .model import Command

COMMANDS = (
    Command(
        "ledger.done",
        "Done",
        "Its next step is done: acted on, seen what came of it, told them.",
        ("d",),
        footer=1,
    ),
    Command("ledger.person_of", "Make a person", "Put whom the lead names on the board.", ("P",), footer=2),
    Command(
        "ledger.edit", "Change", "Change what a lead says, or what you did with advice.", ("e",), footer=3
    ),
    Command("ledger.date", "Other day", "Set the day of its next step.", ("s",), footer=4),
    Command("ledger.new", "New", "Note a lead, advice, or a promise of yours.", ("n",), footer=5),
    Command("ledger.company", "Make a company", "The lead is a company to look into.", ("C",)),
    Command("ledger.event", "Make an event", "The lead is an event to go to.", ("E",)),
    Command("ledger.resource", "Make a resource", "The lead is something to read or listen to.", ("R",)),
    Command("ledger.name", "May use the name", "Whether you may say who gave the lead.", ("y",)),
    Command("ledger.write", "Write", "Go to the message that is due for it.", ("W",)),
    Command("ledger.back", "Step back", "Back to the state before.", ("b",)),
    Command(
        "ledger.leave_out", "Leave out", "No lead after all; advice that is not for me.", ("x", "delete")
    ),
    Command("ledger.person", "Person", "Show everything about whoever gave it.", ("p",)),
)
"""`enter` goes to what is due for a line, as in every list."""

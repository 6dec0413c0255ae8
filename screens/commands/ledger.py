"""Commands of the ledger: leads, advice and promises."""

from .model import Changing, Command

COMMANDS = (
    Changing(
        "ledger.done",
        "Done",
        "Its next step is done: acted on, seen what came of it, told them.",
        ("d",),
        footer=1,
    ),
    Changing("ledger.person_of", "Make a person", "Put whom the lead names on the board.", ("P",), footer=2),
    Changing(
        "ledger.edit", "Change", "Change what a lead says, or what you did with advice.", ("e",), footer=3
    ),
    Changing("ledger.date", "Other day", "Set the day of its next step.", ("s",), footer=4),
    Changing("ledger.new", "New", "Note a lead, advice, or a promise of yours.", ("n",), footer=5),
    Changing("ledger.company", "Make a company", "The lead is a company to look into.", ("C",)),
    Changing("ledger.event", "Make an event", "The lead is an event to go to.", ("E",)),
    Changing("ledger.resource", "Make a resource", "The lead is something to read or listen to.", ("R",)),
    Changing("ledger.name", "May use the name", "Whether you may say who gave the lead.", ("y",)),
    Command("ledger.write", "Write", "Go to the message that is due for it.", ("W",)),
    Changing("ledger.back", "Step back", "Back to the state before.", ("b",)),
    Changing(
        "ledger.leave_out", "Leave out", "No lead after all; advice that is not for me.", ("x", "delete")
    ),
    Command("ledger.person", "Person", "Show everything about whoever gave it.", ("p",)),
)
"""`enter` goes to what is due for a line, as in every list."""

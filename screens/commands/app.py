"""Commands that work on every screen."""

from .model import Changing, Command

COMMANDS = (
    Command("app.board", "Board", "Show the board of people to talk to.", ("1", "f1")),
    Command("app.prep", "Prep", "Show coming meetings and get ready for them.", ("2", "f2")),
    Command("app.meeting", "Meeting", "Show the meeting: the clock, the questions, your notes.", ("3", "f3")),
    Command("app.followups", "Follow-ups", "Show what you owe whom, most urgent first.", ("4", "f4")),
    Command("app.insights", "Insights", "Show how your network grows.", ("5", "f5")),
    Command(
        "app.ledger", "Ledger", "Show all leads, advice and promises, and what became of them.", ("6", "f6")
    ),
    Command("app.help", "Keys", "Show every key of this screen.", ("question_mark", "f7"), footer=99),
    Command("app.palette", "Search", "Find a command, a person, a meeting or a lead.", ("ctrl+p", "colon")),
    Command("app.next", "Next to do", "Go to the most urgent thing.", ("t",)),
    Changing("app.undo", "Undo", "Take back the last thing you did.", ("u",)),
    Changing("app.redo", "Redo", "Do again what you took back.", ("U",)),
    Changing("app.import_file", "Import", "Bring in contacts from LinkedIn and others.", ("ctrl+o",)),
    Changing("app.landed", "I got the job", "Thank everybody who helped, each with what they gave.", ()),
    Command("app.export", "Export everybody", "Write everybody out for other programs.", ()),
    Command("app.duplicates", "Duplicates", "Show who may be in your network twice.", ()),
    Command("app.theme", "Theme", "Choose light, dark or another theme.", ()),
    Changing("app.profile", "Profile", "Change your name, target field and usual length.", ()),
    Command("app.settings", "Settings", "Change any number, holidays, your name and signature.", ("comma",)),
    Command("app.quit", "Quit", "Leave Inroad. Everything is kept.", ("q", "ctrl+q")),
)

"""Commands of the meeting: what `/` offers while typing has a key of its own after esc."""

from .model import Changing, Command

COMMANDS = (
    Changing("meeting.write", "Write", "Go back to the line to type in.", ("i", "enter"), palette=False),
    Changing(
        "meeting.lead",
        "Lead",
        "Begin a line with !: somebody or something they pointed to.",
        ("exclamation_mark",),
        palette=False,
    ),
    Changing(
        "meeting.advice",
        "Advice",
        "Begin a line with *: what they told you to do.",
        ("asterisk",),
        palette=False,
    ),
    Changing(
        "meeting.quote",
        "Quote",
        'Begin a line with ": their words as they said them.',
        ("quotation_mark",),
        palette=False,
    ),
    Changing("meeting.promise", "Promise", "Begin a line with @: what you promised.", ("at",), palette=False),
    Changing("meeting.typed", "Command", "Begin a line with /: a command.", ("slash",), palette=False),
    Changing("meeting.answer", "Answer", "Keep the line as the answer to the current question.", ("tab",)),
    Changing("meeting.next_question", "Next question", "Go on to the next question.", ("pagedown",)),
    Changing("meeting.previous_question", "Question before", "Go back to the question before.", ("pageup",)),
    Changing("meeting.take_back", "Last line", "Take the last line back to change it.", ("up",)),
    Changing("meeting.end", "End", "End the meeting and wrap it up. Also: /end.", ("E",), footer=5),
    Changing("meeting.offered", "+5 offered", "They offered 5 minutes more. Also: /+5.", ("plus",), footer=4),
    Changing("meeting.done", "Asked", "Tick the current question. Also: /done.", ("d",), footer=1),
    Command(
        "meeting.exit_line",
        "Exit line",
        "Show the line that ends it on time. Also: /exit-line.",
        ("x",),
        footer=3,
    ),
    Changing("meeting.mute", "Mute", "No cues from here on, or cues again. Also: /mute.", ("m",)),
    Changing(
        "meeting.edit", "Change line", "Change the line under the cursor, or its kind.", ("e",), footer=2
    ),
    Changing("meeting.remove", "Remove line", "Take the line under the cursor away.", ("delete", "X")),
    Command("meeting.open_link", "Open link", "Open the call's link.", ("o",)),
    Changing("meeting.no_show", "Nobody came", "Note that nobody came, and look for a new time.", ("N",)),
)

"""Commands of the follow-ups screen."""

from .model import Changing, Command

COMMANDS = (
    Command("followups.copy", "Copy", "Copy the message, to paste it where you send it.", ("c",), footer=1),
    Changing(
        "followups.done",
        "Done",
        "It is sent: log it word for word, and book what comes next.",
        ("d",),
        footer=2,
    ),
    Changing("followups.edit", "Edit", "Write in the message.", ("e", "i"), footer=3),
    Changing(
        "followups.snooze", "Snooze", "Put it off: a day, three, a week, or until a date.", ("s",), footer=4
    ),
    Command("followups.open", "Open", "Open your mail program, or their LinkedIn page.", ("o",), footer=5),
    Command("followups.copy_subject", "Copy subject", "Copy the subject of the mail.", ("C",)),
    Changing("followups.skip", "Skip", "Leave it out, with a reason.", ("S",)),
    Changing(
        "followups.done_otherwise",
        "Done another way",
        "Done without this message: by phone, in person.",
        ("D",),
    ),
    Command("followups.next", "Next message", "Go to the next one; in text, to the next field.", ("tab",)),
    Command("followups.previous", "Message before", "Go to the one before.", ("shift+tab",)),
    Changing("followups.finding", "To the finding", "Put the cursor on what the check found.", ("f",)),
    Changing(
        "followups.channel", "Channel", "Write it as a mail, a LinkedIn message, a note or a text.", ("w",)
    ),
    Changing(
        "followups.restore", "Start over", "Throw your changes away; write it from the template.", ("R",)
    ),
    Changing("followups.template", "Template", "Change the template that this message is made from.", ("T",)),
    Changing("followups.editor", "Editor", "Write the message in your own editor ($EDITOR).", ("ctrl+g",)),
    Command("followups.person", "Person", "Show everything about them.", ("p",)),
    Changing("followups.new", "New reminder", "Remember something for this person, on a day.", ("n",)),
)

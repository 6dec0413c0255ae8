"""Commands of the preparation."""

from .model import Command

COMMANDS = (
    Command("prep.begin", "Begin", "Begin this meeting now.", ("b",), footer=5),
    Command("prep.tick", "Tick", "Tick the item under the cursor, or star the question.", ("space",)),
    Command("prep.add", "Questions", "Add questions from the bank.", ("a",), footer=1),
    Command("prep.own_question", "Own question", "Add a question in your own words.", ("A",)),
    Command("prep.star", "Star", "Star the question under the cursor: a must-ask.", ("asterisk",)),
    Command("prep.later", "Question down", "Ask this question later.", ("J",)),
    Command("prep.sooner", "Question up", "Ask this question sooner.", ("K",)),
    Command("prep.remove", "Remove", "Take the question or your own item away.", ("x", "delete")),
    Command("prep.rehearse", "Rehearse", "Say your introduction against a clock.", ("r",), footer=3),
    Command("prep.introduction", "Introduction", "Write your introduction.", ("I",)),
    Command("prep.variant", "Variant", "Choose or begin another introduction, its length.", ("v",)),
    Command("prep.objective", "Objective", "Write what this conversation is for.", ("O",)),
    Command("prep.research", "Research", "Write what you found out about them.", ("R",)),
    Command("prep.edit", "Change", "Change what is under the cursor.", ("e",)),
    Command("prep.item", "Own item", "Add an item of your own to have ready.", ("i",)),
    Command("prep.move", "Move", "Set another time or length for this meeting.", ("s",), footer=4),
    Command("prep.place", "Place", "Set the call’s link, the number or the address.", ("w",)),
    Command("prep.open_link", "Open link", "Open the call’s link.", ("o",)),
    Command("prep.confirm", "Confirm", "Go to the message that confirms it, or tick it.", ("C",)),
    Command(
        "prep.sheet",
        "Sheet",
        "Read the page for the last five minutes; copied as Markdown.",
        ("p",),
        footer=2,
    ),
    Command("prep.calendar", "Calendar file", "Save this meeting as a calendar file (.ics).", ("E",)),
    Command("prep.no_show", "Nobody came", "Note that nobody came, and look for a new time.", ("N",)),
    Command("prep.call_off", "Call off", "Call the meeting off.", ("X",)),
    Command("prep.person", "Person", "Open this person’s sheet.", ("P",)),
    Command("prep.left", "To the meetings", "Go to the list of meetings.", ("h", "left"), palette=False),
    Command("prep.right", "To the page", "Go to the page of this meeting.", ("l", "right"), palette=False),
)

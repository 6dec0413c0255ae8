"""Commands of the preparation."""

from .model import Changing, Command

COMMANDS = (
    Changing("prep.begin", "Begin", "Begin this meeting now.", ("b",), footer=5),
    Changing("prep.tick", "Tick", "Tick the item under the cursor, or star the question.", ("space",)),
    Changing("prep.add", "Questions", "Add questions from the bank.", ("a",), footer=1),
    Changing("prep.own_question", "Own question", "Add a question in your own words.", ("A",)),
    Changing("prep.star", "Star", "Star the question under the cursor: a must-ask.", ("asterisk",)),
    Changing("prep.later", "Question down", "Ask this question later.", ("J",)),
    Changing("prep.sooner", "Question up", "Ask this question sooner.", ("K",)),
    Changing("prep.remove", "Remove", "Take the question or your own item away.", ("x", "delete")),
    Changing("prep.rehearse", "Rehearse", "Say your introduction against a clock.", ("r",), footer=3),
    Changing("prep.introduction", "Introduction", "Write your introduction.", ("I",)),
    Changing("prep.variant", "Variant", "Choose or begin another introduction, its length.", ("v",)),
    Changing("prep.objective", "Objective", "Write what this conversation is for.", ("O",)),
    Changing("prep.research", "Research", "Write what you found out about them.", ("R",)),
    Changing("prep.edit", "Change", "Change what is under the cursor.", ("e",)),
    Changing("prep.item", "Own item", "Add an item of your own to have ready.", ("i",)),
    Changing("prep.move", "Move", "Set another time or length for this meeting.", ("s",), footer=4),
    Changing("prep.place", "Place", "Set the call’s link, the number or the address.", ("w",)),
    Command("prep.open_link", "Open link", "Open the call’s link.", ("o",)),
    Changing("prep.confirm", "Confirm", "Go to the message that confirms it, or tick it.", ("C",)),
    Command(
        "prep.sheet",
        "Sheet",
        "Read the page for the last five minutes; copied as Markdown.",
        ("p",),
        footer=2,
    ),
    Command("prep.calendar", "Calendar file", "Save this meeting as a calendar file (.ics).", ("E",)),
    Changing("prep.no_show", "Nobody came", "Note that nobody came, and look for a new time.", ("N",)),
    Changing("prep.call_off", "Call off", "Call the meeting off.", ("X",)),
    Command("prep.person", "Person", "Open this person’s sheet.", ("P",)),
    Command("prep.left", "To the meetings", "Go to the list of meetings.", ("h", "left"), palette=False),
    Command("prep.right", "To the page", "Go to the page of this meeting.", ("l", "right"), palette=False),
)

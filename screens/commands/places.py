"""What the list or field is that has the focus, in a sentence or two: help shows it above the keys."""

from __future__ import annotations

PLACES: dict[str, str] = {
    "board": (
        "Everybody you are in touch with for your new field, from whom you mean to ask to whom you know."
    ),
    "board#column-to_ask": (
        "People you mean to ask. Write to one, and the card moves on by itself once it is sent."
    ),
    "board#column-asked": (
        "People who have your message. Each card says when to write once more; note what they answer, and "
        "it moves."
    ),
    "board#column-scheduled": (
        "People with whom a meeting is fixed, with its time and how ready you are for it."
    ),
    "board#column-met": "People you have just met. Thank them, and they move on to In touch.",
    "board#column-in_touch": (
        "People who helped you. Tell them what came of it, and write now and then, so that the door stays "
        "open."
    ),
    "board#filter": "Narrows the board while you type: names, companies, titles, or a #tag.",
    "find": (
        "Everybody in your network, the best to ask first, with the reason. What you choose comes on the "
        "board."
    ),
    "find#found": (
        "People who fit, the best to ask first, with the reason. What you choose comes on the board."
    ),
    "person": "All that is known of one person.",
    "person#facts": "What is known of them. Open a line to change it.",
    "person#history": "All that has been between you, the newest first: messages, meetings, leads, promises.",
    "followups": "What you owe whom, the most urgent first, each with its message drafted.",
    "followups#queue": (
        "What you owe whom, the most urgent first. The message is drafted beside it: copy it, send it where "
        "you like, and say that it is done."
    ),
    "followups#subject": "The subject of the mail. What you change is kept until it is sent.",
    "followups#body": (
        "The message. What you change is kept until it is sent; what the check finds stands below."
    ),
    "insights": "How your network grows, from what is on the board and in your meetings.",
    "insights#chapters": "The chapters. The page beside them follows the cursor.",
    "insights#page": (
        "What the chapter shows. Open a line, and you come to the person or the meeting behind it."
    ),
    "meeting": "The meeting: the clock, the questions, and your notes.",
    "meeting#idle": "Meetings: what is to come, and the notes of those that have been.",
    "meeting#notes": (
        "What you noted, each line with its minute. Change a line, or make it a lead, advice or a promise; "
        "the clock goes on."
    ),
    "wrap_up": "What was caught in the meeting, and what will be booked from it.",
    "wrap_up#caught": (
        "What was caught in the meeting. A lead that names somebody can become a person on the board."
    ),
    "wrap_up#bookings": (
        "What will be booked: thanks, leads to act on, promises. Cross out what shall not be."
    ),
    "prep": "A coming meeting, and what makes you ready for it.",
    "prep#coming": (
        "The meetings to come, each with how ready you are. The page beside them follows the cursor."
    ),
    "prep#page": (
        "What makes you ready for this meeting. What Inroad can see is done is ticked by itself; open any "
        "other line to do it."
    ),
    "import": (
        "People come in from a file of LinkedIn, Google, Outlook or any address book. You see first what it "
        "would bring; nothing is kept before you say so."
    ),
    "import#found": "Whom the file would bring. Leave out whom you like; nothing is kept before you say so.",
    "ledger": "Every lead, every piece of advice and every promise, with its state and next step.",
    "ledger#ledger": (
        "Leads, advice and promises, with what comes next for each. A lead is closed once its giver knows "
        "what came of it."
    ),
    "settings": "The numbers that Inroad goes by, your name, and holidays.",
    "settings#settings": (
        "The numbers that Inroad goes by. Beside each stands what it is for, and what it was when it came."
    ),
    "duplicates": "People who may be in your network twice.",
    "duplicates#pairs": "Pairs who may be one person, the likeliest first.",
    "duplicates#fields": (
        "Both side by side. Choose what to keep, line by line; history and leads stay from both."
    ),
}
"""By scope, and by scope and the id of the widget in it."""


def about(scope: str, ids: list[str]) -> str:
    """What has the focus: `ids` are those of the widget and of what it stands in, from within outwards."""
    return next((PLACES[place] for id in ids if (place := f"{scope}#{id}") in PLACES), PLACES.get(scope, ""))

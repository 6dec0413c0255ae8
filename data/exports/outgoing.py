"""Text on its way out, and the words that several formats share."""

from __future__ import annotations

import re

from data.followups.ledger import lead_of
from data.followups.occasions import phrase
from data.records import Channel, FollowUp, Person, TouchKind
from data.store import Reader
from data.text import short

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")

TOUCHES: dict[TouchKind, str] = {
    TouchKind.OUTREACH: "asked for a talk",
    TouchKind.NUDGE: "nudged",
    TouchKind.ANSWER_YES: "said yes",
    TouchKind.ANSWER_NO: "said no",
    TouchKind.ANSWER_LATER: "said not now",
    TouchKind.ANSWER_REFERRED: "named somebody else",
    TouchKind.INTRO_REQUEST: "asked for an introduction",
    TouchKind.MEETING: "talked",
    TouchKind.MESSAGE: "message",
    TouchKind.THANK_YOU: "thanked",
    TouchKind.CONNECT: "asked to connect",
    TouchKind.REPORT_BACK: "told the news",
    TouchKind.OTHER: "touch",
}
"""What a touch was, in a few words."""
CHANNELS: dict[Channel, str] = {
    Channel.EMAIL: "by mail",
    Channel.LINKEDIN: "on LinkedIn",
    Channel.LINKEDIN_NOTE: "as a LinkedIn note",
    Channel.TEXT: "by text",
    Channel.PHONE: "by phone",
    Channel.IN_PERSON: "face to face",
}
"""By which way it went; a channel that is not known says nothing."""


def clean(text: str) -> str:
    """Text without control characters: line ends are `\\n`, of the others only the tab stays."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def clean_line(text: str) -> str:
    """The same on one line."""
    return " ".join(clean(text).split())


def name_of(reader: Reader, id: str) -> str:
    """What somebody is called, on one line."""
    person = reader.get(Person, id) if id else None
    return clean_line(person.name) if person is not None else "somebody"


def owed(reader: Reader, followup: FollowUp) -> str:
    """What a follow-up is, in one line: "Thank Maria Chen"."""
    about = name_of(reader, followup.about) if followup.about else short(lead_of(reader, followup))
    what = clean_line(phrase(followup, name_of(reader, followup.person), about))
    return what[:1].upper() + what[1:]

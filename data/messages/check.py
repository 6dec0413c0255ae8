"""The check: what a reader would stumble over, each with why and where. It advises and never blocks.

Sources of the advice: see `data.rules`; Dalton for the first message (under 75 words, the connection
first, a question, no job asked for), career centres for length named and thanks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from data.messages.context import Around
from data.messages.draft import FIRST_MESSAGES
from data.messages.gaps import FACTS
from data.messages.message import Message
from data.records import Channel
from data.text import fold, one_line, plural


class Finding(Struct, frozen=True, kw_only=True):
    """One thing to look at: `what` in a few words, `why` in a sentence, and the characters `start` to
    `end` of the body (or of the subject) that it is about; both 0 if it is about the whole."""

    what: str
    why: str
    start: int = 0
    end: int = 0
    part: Literal["body", "subject"] = "body"


_ASKS = FIRST_MESSAGES | {"nudge", "intro_request", "nudge_introduction", "nudge_whom", "confirm", "schedule"}
"""What can't be answered without a question in it."""
_NAMES_LENGTH = FIRST_MESSAGES | {"nudge", "intro_request"}
_ABOUT_THEM = FIRST_MESSAGES | {"nudge", "thank_you", "check_in"}
_CONNECTED_FIRST = frozenset({"outreach", "lead"})

_WORD = re.compile(r"\S*\w\S*")
_LENGTH = re.compile(
    r"\b(?:\d{1,3}|five|ten|fifteen|twenty|thirty|forty-five)[\s-]*(?:or \w+ )?min(?:ute)?s?\b"
    r"|\b(?:half an|half-an|quarter of an|an) hour\b|\b\d{1,2}[’']",
    re.I,
)
_JOB = re.compile(
    r"\b(?:hire me|hiring|job|jobs|vacanc\w+|open(?:ing|ings) (?:at|in|on|for)|open (?:position|role)s?"
    r"|recruit me|refer me|internal referral|my (?:cv|resume|résumé)|consider me for|position for me)\b",
    re.I,
)
_NOT = re.compile(r"\b(?:not|no|never|without|rather than|instead of|nor)\b|n[’']t\b", re.I)
_LINK = re.compile(
    r"https?://\S+|\bwww\.\S+|\battach(?:ed|ment|ments)\b|\benclosed\b|\bmy portfolio: ?\S+", re.I
)
_ME = re.compile(r"\b(?:I|me|my|mine|myself)\b(?!\.)", re.I)
_YOU = re.compile(r"\b(?:you|your|yours|yourself)\b", re.I)
_CONNECTS = re.compile(
    r"\b(?:suggested|recommended|introduced|mentioned|connected|connection|met|together|both|alumn\w+|fellow"
    r"|same|through|came up|came across|know each other|used to work|colleagues?|read|saw|heard|watched"
    r"|your (?:talk|article|post|book|work|team|paper))\b",
    re.I,
)
_NAMES = re.compile(r"\b[^\W\d_][\w’'.-]+(?: [^\W\d_][\w’'.-]*){1,3}")
_SENTENCE = re.compile(r"[^.!?\n]*[.!?\n]?")
_BRACKETS = re.compile(r"\[[^\[\]\n]{2,60}\]")


def check(message: Message, around: Around) -> list[Finding]:
    """What is to be looked at in a message as it stands now; empty if nothing. Fast enough for each key."""
    if not message.template and not message.body:
        return []
    if not message.body.strip():
        return [Finding(what="Nothing written", why="There is nothing to send yet.")]
    found = [
        *_gaps(message),
        *_greeting(message, around),
        *_names(message, around),
        *_silent(message, around),
        *_lengths(message, around),
    ]
    if message.template in FIRST_MESSAGES | {"nudge"}:
        found += [*_job(message, around), *_links(message)]
    if message.template in _CONNECTED_FIRST:
        found += _connection(message, around)
    if message.template in _ASKS and "?" not in message.body:
        found.append(
            Finding(what="No question", why="A question is easy to answer; without one nobody has to.")
        )
    if message.template in _NAMES_LENGTH and not _LENGTH.search(message.body):
        found.append(
            Finding(
                what="No length named",
                why="Say how many minutes you ask for: a yes is easier to a small ask.",
            )
        )
    if message.template in _ABOUT_THEM:
        found += _about_me(message, around)
    if message.channel is Channel.EMAIL and not message.subject.strip():
        found.append(
            Finding(what="No subject", why="A mail without a subject is easily overlooked.", part="subject")
        )
    if fold(message.body) in around.earlier:
        found.append(Finding(what="Sent before", why="You have sent them these very words already."))
    return found


def _gaps(message: Message) -> Iterator[Finding]:
    labels = {*FACTS.values(), *message.gaps}
    for part, text in (("subject", message.subject), ("body", message.body)):
        for match in _BRACKETS.finditer(text):
            label = match[0][1:-1]
            if label in labels or (label.islower() and " " in label):
                yield Finding(
                    what=f"Fill in: {label}",
                    why="Nobody but you knows this; write it, or take the sentence out.",
                    start=match.start(),
                    end=match.end(),
                    part="subject" if part == "subject" else "body",
                )


def _greeting(message: Message, around: Around) -> Iterator[Finding]:
    line = message.body.lstrip().partition("\n")[0]
    start = message.body.find(line)
    wanted = around.name if around.group else around.first_name
    greeting = line if len(line) <= 80 else line.partition(",")[0][:80]
    # A group's name may be long, and have a comma in it.
    greeted = fold(wanted) in fold(greeting) or fold(wanted) in fold(line[: len(wanted) + 24])
    if not wanted or "[" in greeting or greeted:
        return
    words = fold(greeting).replace(",", " ").replace("!", " ").split()
    greets = bool(words) and words[0] in ("hi", "hello", "dear", "hey", "good")
    other = next((word for word in words[1:4] if word in around.first_names), "")
    if greets and other:
        yield Finding(
            what="Another name in the greeting",
            why=f"This goes to {one_line(around.name[:60])}, and greets {other.title()}.",
            start=start,
            end=start + len(greeting),
        )
    else:
        yield Finding(
            what="No name in the greeting",
            why=f"Greet {one_line(wanted[:60])} by name: it says that this is meant for them.",
            start=start,
            end=start + len(greeting),
        )


def _names(message: Message, around: Around) -> Iterator[Finding]:
    """Full names of others in the network, left over from another message."""
    seen: set[str] = set()
    for part, text in (("subject", message.subject), ("body", message.body)):
        for match in _NAMES.finditer(text):
            words = match[0].split()
            for first in range(len(words) - 1):
                for last in range(first + 2, len(words) + 1):
                    words_here = " ".join(words[first:last]).rstrip(".’'-")
                    name = fold(words_here.removesuffix("’s").removesuffix("'s"))
                    if name not in around.network or name in seen or around.belongs(name):
                        continue
                    seen.add(name)
                    start = text.find(words_here, match.start())
                    yield Finding(
                        what=f"Another person: {one_line(around.network[name][:60])}",
                        why="Nothing here has to do with them; is it left from another message?",
                        start=max(start, 0),
                        end=max(start, 0) + len(words_here),
                        part="subject" if part == "subject" else "body",
                    )


def _silent(message: Message, around: Around) -> Iterator[Finding]:
    name = around.silent
    start = message.body.find(name) if name else -1
    if start >= 0:
        yield Finding(
            what=f"{name} is named",
            why="You noted that you may not use their name; ask them first.",
            start=start,
            end=start + len(name),
        )


def _lengths(message: Message, around: Around) -> Iterator[Finding]:
    body = message.body
    if message.channel is Channel.LINKEDIN_NOTE and len(body) > around.note_limit:
        yield Finding(
            what=f"{len(body)} of {around.note_limit} characters",
            why="LinkedIn cuts a longer note off.",
            start=around.note_limit,
            end=len(body),
        )
    if message.template not in FIRST_MESSAGES:
        return
    text = body.rstrip()
    if around.signature and text.endswith(around.signature):
        text = text.removesuffix(around.signature)
    words = list(_WORD.finditer(text))
    most = around.rules.outreach_words
    if len(words) >= most:
        yield Finding(
            what=plural(len(words), "word"),
            why=f"Under {most} words a first message is read to its end.",
            start=words[most - 1].start(),
            end=words[-1].end(),
        )


def _job(message: Message, around: Around) -> Iterator[Finding]:
    body = message.body
    for own in around.own_words:
        # "Hiring Manager" and "Women's Job Club" are what they are called, and no wish of the user's.
        body = body.replace(own, "_" * len(own))
    for sentence in _SENTENCE.finditer(body):
        for match in _JOB.finditer(sentence[0]):
            if _NOT.search(sentence[0][: match.start()]):
                continue
            yield Finding(
                what="Asks for a job",
                why="You ask to learn; who is asked for a job sends you to the careers page.",
                start=sentence.start() + match.start(),
                end=sentence.start() + match.end(),
            )
            return


def _links(message: Message) -> Iterator[Finding]:
    if match := _LINK.search(message.body):
        yield Finding(
            what="A link or an attachment",
            why="In a first message they look like work, or like spam; offer them later.",
            start=match.start(),
            end=match.end(),
        )


def _connection(message: Message, around: Around) -> Iterator[Finding]:
    """The first sentence behind the greeting should say how one comes to write."""
    body = message.body
    greeted = re.match(r"\s*(?:hi|hello|dear|hey|good \w+)\b[^,!\n]{0,80}[,!\n]\s*", body, re.I)
    start = greeted.end() if greeted else 0
    sentence = re.match(r"[^.!?\n]*[.!?\n]?", body[start:])
    first = sentence[0] if sentence else ""
    if around.introducer:
        # A dot in the name ("Dr. Chen") ends no sentence.
        reach = body[start : start + len(around.introducer) + 60]
        known = (
            fold(around.introducer) in fold(reach)
            or fold(around.introducer.split()[0]) in fold(first).split()
        )
    else:
        known = bool(_CONNECTS.search(first)) or "[" in first
    if not known:
        who = f"{around.introducer} comes" if around.introducer else "How you come to them belongs"
        yield Finding(
            what="Connection not first",
            why=f"{who} first: it is what makes a stranger read on.",
            start=start,
            end=start + len(first),
        )


def _about_me(message: Message, around: Around) -> Iterator[Finding]:
    text = message.body
    if around.signature:
        text = text.replace(around.signature, "")
    me, you = len(_ME.findall(text)), len(_YOU.findall(text))
    if me > you and me >= 4:
        yield Finding(
            what="More about you than about them",
            why=f"“I” and “my” stand here {plural(me, 'time')}, “you” and “your” {plural(you, 'time')}.",
        )

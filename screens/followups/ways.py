"""Small questions and ways out of the follow-ups screen: when, by which way, and what to open."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from data.actions import followups, leads, outreach, people
from data.clock import today
from data.days import show_day
from data.errors import UserError
from data.followups.due import look_again
from data.followups.occasions import Occasion, label
from data.followups.queue import short_day
from data.followups.suggestions import Suggestion, SuggestionKind
from data.messages import Message, links
from data.messages.origin import origin
from data.records import Channel, FollowUp, FollowUpKind, Lead, LeadKind, Person
from data.rules import rules_of
from data.text import one_line

from ..commands import key_of
from ..dialogs import AskLine, Choose, Option, Reading
from ..widgets.message_view import Owed

if TYPE_CHECKING:
    from textual.app import App

    from data.store import Reader

    from ..desk import Desk

CHANNELS: dict[Channel, str] = {
    Channel.NONE: "To do",
    Channel.EMAIL: "Mail",
    Channel.LINKEDIN_NOTE: "LinkedIn note",
    Channel.LINKEDIN: "LinkedIn message",
    Channel.TEXT: "Text message",
}
"""What a message of that channel is called."""

_LABELS: dict[Channel, tuple[str, str]] = {
    Channel.EMAIL: ("m", "Mail"),
    Channel.LINKEDIN: ("l", "LinkedIn message"),
    Channel.LINKEDIN_NOTE: ("n", "LinkedIn note, with the invitation"),
    Channel.TEXT: ("t", "Text message"),
    Channel.PHONE: ("p", "By phone"),
    Channel.IN_PERSON: ("i", "In person"),
}


async def offer_park(app: App[Any], desk: Desk, each: Suggestion) -> tuple[str, str]:
    """Offer to park somebody until a day, and whom to ask instead.

    Returns what was done, in a sentence, and the id of the first message that was put on the list; both
    empty if nothing was.
    """
    until = each.until or look_again(desk.clock, rules_of(desk.store.profile))
    options = [Option("y", "Park them", "park", f"look again on {show_day(until)}")]
    if each.next is not None:
        options.append(
            Option("a", f"Park them, and ask {_short(each.next.name)}", "next", each.next.company[:30])
        )
    options += [
        Option("d", "Park them until another day …", "day"),
        Option("n", "Leave them where they are", ""),
    ]
    chosen = await app.push_screen_wait(Choose(f"{each.text}?", options, each.why))
    if chosen == "day":
        asked = await ask_day(app, today(desk.clock), "Look at them again when?", after_today=True)
        until = asked or until
        chosen = "park" if asked is not None else ""
    if not chosen:
        return "", ""
    people.park(desk.store, desk.clock, each.person.id, until)
    said = f"Parked until {show_day(until)}."
    if chosen == "next" and each.next is not None:
        return f"{said} Next: {_short(each.next.name)}.", outreach.book_outreach(
            desk.store, desk.clock, each.next
        ).id
    return said, ""


async def follow_suggestion(app: App[Any], desk: Desk, each: Suggestion) -> tuple[str, str]:
    """Do what is suggested, asking where there is a choice; as `offer_park` returns it."""
    if each.kind is SuggestionKind.PARK:
        return await offer_park(app, desk, each)
    if each.kind is SuggestionKind.SOMEONE_ELSE and each.next is not None:
        made = outreach.book_outreach(desk.store, desk.clock, each.next)
        return f"{_short(each.next.name)} is on your list: here is the message.", made.id
    options = [
        Option("w", "Write to them again", "write", "the message is drafted"),
        Option("p", "Leave them parked until another day …", "park"),
    ]
    chosen = await app.push_screen_wait(Choose(f"{each.text}?", options, each.why))
    if chosen == "write":
        made = outreach.book_outreach(desk.store, desk.clock, each.person)
        return f"{_short(each.person.name)} is back on the board: here is the message.", made.id
    day = await ask_day(app, today(desk.clock), "Until when?", after_today=True) if chosen == "park" else None
    if day is None:
        return "", ""
    people.park(desk.store, desk.clock, each.person.id, day)
    return f"Parked until {show_day(day)}.", ""


def view(desk: Desk, followup: FollowUp, message: Message) -> Owed:
    """What the right half shows of a thing owed."""
    why = origin(desk.store, desk.clock, followup)
    person = desk.store.get(Person, followup.person)
    name = message.to_name or (person.name if person is not None else "")
    parts = [person.title, person.company] if person is not None else []
    if person is not None and message.to != person.id:
        parts = [f"{person.name}’s lead"]
    return Owed(
        who=" · ".join(part for part in (name, *parts) if part),
        why=message.problem or why.why,
        lines=tuple((line.sign, line.text, line.chief) for line in why.lines),
        message=message,
        todo="" if message.template else todo(desk.store, followup),
    )


def suggested(suggestion: Suggestion | None) -> Owed:
    """What the right half shows of a suggestion; of nothing, what it is for."""
    if suggestion is None:
        return Owed("", "", (), None, "Here you will see why something is owed, and the message.")
    what = {
        SuggestionKind.PARK: f"park {suggestion.person.name}, or ask somebody else",
        SuggestionKind.SOMEONE_ELSE: "write to them now",
        SuggestionKind.LOOK_AGAIN: "write to them again, or leave them parked",
    }[suggestion.kind]
    return Owed(
        suggestion.text,
        suggestion.why,
        (),
        None,
        f"{key_of('followups.done')}  {what}\n{key_of('list.choose')}  open the sheet",
    )


async def ask_channel(app: App[Any], title: str, ways: tuple[Channel, ...]) -> Channel | None:
    """By which way; None if the user gave up."""
    options = [Option(*_LABELS[way], way) for way in ways]
    return await app.push_screen_wait(Choose(title, options))


async def ask_snooze(app: App[Any], day: date) -> date | None:
    """Until when to put something off; None if the user gave up."""
    options: list[Option[int]] = [
        Option(key, label, days, show_day(day + timedelta(days=days)))
        for key, label, days in (("1", "A day", 1), ("3", "Three days", 3), ("w", "A week", 7))
    ]
    chosen = await app.push_screen_wait(Choose("Put it off", [*options, Option("d", "Until a date …", 0)]))
    if chosen == 0:
        return await ask_day(app, day, "Until when?", after_today=True)
    return day + timedelta(days=chosen) if chosen else None


async def ask_day(app: App[Any], now: date, title: str, *, after_today: bool = False) -> date | None:
    """A day as people type it, shown as read before it is kept; None if the user gave up."""
    from data.when import read_day

    def read(text: str) -> Reading:
        try:
            day = read_day(text, now)
        except UserError as error:
            return Reading(False, str(error))
        if after_today and day <= now:
            return Reading(False, "Put it off to a day to come: type one after today.")
        return Reading(True, show_day(day))

    hint = "for example: fri, in 2 weeks, 3 dec"
    typed = await app.push_screen_wait(AskLine(title, read=read, placeholder="fri", hint=hint))
    return read_day(typed, now) if typed and read(typed).ok else None


async def ask_reminder(app: App[Any], desk: Desk, person: str) -> FollowUp | None:
    """A reminder of the user's own for a person; None if they gave up."""
    known = desk.store.get(Person, person)
    name = known.name if known is not None else ""
    words = await app.push_screen_wait(AskLine("Remember what?", f"For {name}"))
    if not words:
        return None
    day = await ask_day(app, today(desk.clock), "When?")
    return followups.custom(desk.store, desk.clock, person, words, day) if day is not None else None


def log_done(
    desk: Desk, followup: FollowUp, subject: str, body: str, channel: Channel, outcome: str
) -> followups.Done:
    """Mark something as done, with the words that were sent.

    Whom a lead names becomes somebody when written to: the words and the nudge are theirs.
    """
    lead = desk.store.get(Lead, followup.lead) if followup.kind is FollowUpKind.LEAD else None
    if body and lead is not None and lead.kind is LeadKind.PERSON and lead.name and not lead.person:
        leads.make_person(desk.store, desk.clock, lead)
    return followups.done(
        desk.store,
        desk.clock,
        followup.id,
        subject=subject,
        text=body,
        channel=channel,
        outcome=outcome,
    )


def said_of(desk: Desk, done: followups.Done) -> str:
    """What was done, and what comes next with this person."""
    if not done.next:
        return done.sentence
    booked = done.next[0]
    what = f"“{_short(booked.words)}”" if booked.words else label(booked)
    return f"{done.sentence} Next: {what}, {short_day(booked.due, today(desk.clock))}."


def todo(reader: Reader, followup: FollowUp) -> str:
    """What to do where there is nothing to write."""
    if followup.kind is FollowUpKind.WRAP_UP:
        return (
            "The meeting is over, and what came of it is not yet "
            f"sorted.\n\n{key_of('followups.done')}  wrap it up"
        )
    lead = reader.get(Lead, followup.lead) if followup.lead else None
    if followup.occasion == Occasion.OUTCOME:
        return (
            "Find out what came of it, also when nothing "
            f"did.\n\n{key_of('followups.done')}  write it down, for its giver to hear"
        )
    step = f"\nNext step: {lead.next_step}" if lead is not None and lead.next_step else ""
    what = {
        LeadKind.COMPANY: "Look into the company.",
        LeadKind.EVENT: "See whether to go, and sign up.",
        LeadKind.RESOURCE: "Read it, or listen to it.",
    }.get(lead.kind if lead is not None else LeadKind.PERSON, "Do it.")
    return f"{what}{step}\n\n{key_of('followups.done')}  done; whoever gave the lead then hears of it"


def heading(reader: Reader, message: Message) -> str:
    """What a message is called, and where it goes, for who sends it from another program: "Mail to
    maria@figma.example"."""
    title = CHANNELS.get(message.channel, "To do")
    person = reader.get(Person, message.to) if message.to else None
    known = {
        Channel.EMAIL: person.emails if person is not None else (),
        Channel.TEXT: person.phones if person is not None else (),
    }.get(message.channel, ())
    return f"{title} to {one_line(known[0])}" if known else title


def open_way(message: Message, person: Person | None) -> tuple[str, str]:
    """The checked address to open for a message, and what to say. Raises UserError if there is none.

    Where no LinkedIn page is known, LinkedIn's own search for the name.
    """
    if message.channel is Channel.EMAIL:
        if person is None or not person.emails:
            raise UserError(
                f"No mail address of {_short(message.to_name)} is known: {key_of('followups.person')} "
                f"opens their sheet, {key_of('followups.channel')} another way."
            )
        address = links.checked(links.mailto(person.emails[0], message.subject, message.body))
        return address, f"Opened in your mail program; {key_of('followups.done')} when it is sent."
    if message.channel in (Channel.LINKEDIN, Channel.LINKEDIN_NOTE):
        if person is not None and person.linkedin:
            page = links.linkedin_page(person.linkedin)
            return page, f"the message, to paste on their page; {key_of('followups.done')} when it is sent"
        words = quote(message.to_name[:100].encode("utf-8", "replace"), safe="")
        search = f"https://www.linkedin.com/search/results/people/?keywords={words}"
        return links.checked(search), "the message; no page is known, so LinkedIn searches for the name"
    return "", f"the message, to paste into your phone’s messages; {key_of('followups.done')} when it is sent"


def _short(name: str) -> str:
    return name if len(name) <= 40 else name[:39] + "…"


def parted(text: str, *, mail: bool) -> tuple[str, str]:
    """Subject and body of a text that may begin with "Subject: …"; no subject, if it isn't a mail."""
    head, _, rest = text.replace("\r\n", "\n").partition("\n")
    if mail and head.lower().startswith("subject:"):
        return " ".join(head[len("subject:") :].split()), rest.strip("\n")
    return "", text.replace("\r\n", "\n").strip("\n")


def whole(message: Message) -> str:
    """Subject and body as one text, as the editor and the side file hold it."""
    return f"Subject: {message.subject}\n\n{message.body}" if message.subject else message.body

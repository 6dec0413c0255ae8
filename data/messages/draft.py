"""Drafting: which template speaks for what is owed, and what comes out of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from data.followups.occasions import Occasion
from data.messages import templates
from data.messages.facts import Situation, facts_of
from data.messages.gaps import FACTS, gap_of
from data.messages.message import Message
from data.records import Channel, FollowUp, FollowUpKind, Kind, Lead, LeadKind, Person, Touch
from data.rules import note_limit
from data.text import one_line

if TYPE_CHECKING:
    from data.clock import Clock
    from data.store import Reader

_BY_OCCASION: dict[tuple[FollowUpKind, str], str] = {
    (FollowUpKind.OUTREACH, Occasion.AGAIN): "outreach_again",
    (FollowUpKind.OUTREACH, Occasion.INTRODUCTION): "intro_request",
    (FollowUpKind.OUTREACH, Occasion.WHOM): "whom_do_you_know",
    (FollowUpKind.NUDGE, Occasion.INTRODUCTION): "nudge_introduction",
    (FollowUpKind.NUDGE, Occasion.WHOM): "nudge_whom",
    (FollowUpKind.THANK_YOU, Occasion.NO): "thank_you_no",
    (FollowUpKind.THANK_YOU, Occasion.NOT_NOW): "thank_you_not_now",
    (FollowUpKind.THANK_YOU, Occasion.REFERRAL): "thank_you_referral",
    (FollowUpKind.THANK_YOU, Occasion.INTRODUCER): "thank_you_introducer",
    (FollowUpKind.THANK_YOU, Occasion.LANDED): "landed",
    (FollowUpKind.REPORT_BACK, Occasion.INTRODUCER): "report_back_introducer",
    (FollowUpKind.LEAD, Occasion.OUTCOME): "",
    (FollowUpKind.CUSTOM, Occasion.SCHEDULE): "schedule",
    (FollowUpKind.CUSTOM, Occasion.NEW_TIME): "new_time",
    (FollowUpKind.CUSTOM, Occasion.REPLY): "reply",
    (FollowUpKind.CUSTOM, Occasion.PROMISE): "promise",
}

FIRST_MESSAGES = frozenset({"outreach", "outreach_group", "outreach_again", "lead", "whom_do_you_know"})
"""Templates of first messages, which are held short."""


def template_for(reader: Reader, followup: FollowUp) -> str:
    """The kind of message that a follow-up calls for; empty if there is nothing to write."""
    kind, occasion = followup.kind, followup.occasion
    if kind in (FollowUpKind.OUTREACH, FollowUpKind.NUDGE) and occasion in ("", Occasion.AGAIN):
        person = reader.get(Person, followup.person)
        if person is not None and person.kind is Kind.GROUP:
            # A group has no path to tell of: it is asked for names, also the second time.
            return "outreach_group" if kind is FollowUpKind.OUTREACH else "nudge_whom"
    if (found := _BY_OCCASION.get((kind, occasion))) is not None:
        return found
    if kind is FollowUpKind.WRAP_UP:
        return ""
    if kind is FollowUpKind.LEAD:
        lead = reader.get(Lead, followup.lead)
        return "lead" if lead is not None and lead.kind is LeadKind.PERSON else ""
    if kind is FollowUpKind.REPORT_BACK and not followup.lead and followup.about:
        return "report_back_introducer"
    return kind.value


def channels_for(reader: Reader, followup: FollowUp) -> tuple[Channel, ...]:
    """The ways that a message may take, the most fitting first.

    The one chosen for the follow-up; where they last wrote or were written to; then mail where there is
    an address, LinkedIn where connected, a note with an invitation where not.
    """
    if followup.kind is FollowUpKind.CONNECT:
        return (Channel.LINKEDIN_NOTE,)
    person = _recipient(reader, followup)
    group = person is not None and person.kind is Kind.GROUP
    order: list[Channel] = [followup.channel]
    if person is not None:
        order += [touch.channel for touch in reversed(_touches(reader, person.id))][:1]
        order += [Channel.EMAIL] if person.emails else []
        if person.connected_on is not None or group:
            order += [Channel.LINKEDIN]
        elif person.linkedin:
            order += [Channel.LINKEDIN_NOTE]
        order += [Channel.TEXT] if person.phones else []
    order += [Channel.EMAIL, Channel.LINKEDIN, Channel.LINKEDIN_NOTE, Channel.TEXT]
    written = {Channel.EMAIL, Channel.LINKEDIN, Channel.LINKEDIN_NOTE, Channel.TEXT}
    if (
        person is not None
        and person.connected_on is not None
        and followup.channel is not Channel.LINKEDIN_NOTE
    ):
        written.discard(Channel.LINKEDIN_NOTE)
    if not templates.fits_a_note(template_for(reader, followup)):
        written.discard(Channel.LINKEDIN_NOTE)
    return tuple(dict.fromkeys(way for way in order if way in written))


def _touches(reader: Reader, person: str) -> list[Touch]:
    return sorted(
        (touch for touch in reader.where(Touch, person=person) if touch.channel), key=lambda touch: touch.at
    )


def _recipient(reader: Reader, followup: FollowUp) -> Person | None:
    if followup.kind is FollowUpKind.LEAD:
        lead = reader.get(Lead, followup.lead)
        return reader.get(Person, lead.person) if lead is not None and lead.person else None
    return reader.get(Person, followup.person)


def draft(reader: Reader, clock: Clock, followup: FollowUp, channel: Channel | None = None) -> Message:
    """The message that `followup` calls for, with what is known put in and the rest as visible gaps.

    The user's own words (`FollowUp.draft`) come before any template; the user's own template before
    ours, unless it is broken: then ours speaks, and `Message.problem` says why. A follow-up that is not
    stored (of kind outreach with the occasion `introduction` or `whom`, say) may be drafted, too.
    """
    kind = template_for(reader, followup)
    way = channel or channels_for(reader, followup)[0]
    recipient = _recipient(reader, followup)
    lead = reader.get(Lead, followup.lead) if followup.kind is FollowUpKind.LEAD else None
    to_name = (
        recipient.name if recipient is not None else (lead.name or lead.text) if lead is not None else ""
    )
    message = Message(
        subject="",
        body="",
        gaps=(),
        channel=way if kind else Channel.NONE,
        template=kind,
        to=recipient.id if recipient is not None else "",
        to_name=to_name,
    )
    if followup.draft:
        gaps = tuple(label for label in dict.fromkeys(FACTS.values()) if f"[{label}]" in followup.draft)
        return _with(message, followup.subject, followup.draft, gaps)
    if not kind:
        return message
    situation = Situation(reader, clock, followup, recipient, lead, way)
    name = templates.name_for(kind, way)
    used = templates.current(reader, name)
    problem = ""
    try:
        subject, body, gaps = _render(used.text, situation)
    except Exception as error:
        if not used.changed:
            raise
        problem = f"Your template “{templates.title(name)}” can’t be used, so ours is shown. "
        problem += templates.problem(used.text) or one_line(str(error))[:200]
        subject, body, gaps = _render(used.ours, situation)
    if way is not Channel.EMAIL:
        subject = ""
    return _with(message, subject, body, gaps, problem)


def preview(reader: Reader, clock: Clock, followup: FollowUp, text: str, channel: Channel) -> Message:
    """What a template's `text` would make of this follow-up. Raises UserError if it is broken."""
    from data.errors import UserError

    if wrong := templates.problem(text):
        raise UserError(wrong)
    recipient = _recipient(reader, followup)
    lead = reader.get(Lead, followup.lead) if followup.kind is FollowUpKind.LEAD else None
    subject, body, gaps = _render(text, Situation(reader, clock, followup, recipient, lead, channel))
    return Message(subject=subject, body=body, gaps=gaps, channel=channel)


def _with(message: Message, subject: str, body: str, gaps: tuple[str, ...], problem: str = "") -> Message:
    from msgspec.structs import replace

    return replace(message, subject=subject, body=body, gaps=gaps, problem=problem)


def _render(text: str, situation: Situation) -> tuple[str, str, tuple[str, ...]]:
    """What a template makes of the facts; a note is made shorter until it keeps to its limit.

    A template of the user's own that never gets there comes as they wrote it: the check tells.
    """
    first = made = _rendered(text, situation, 0)
    if situation.channel is not Channel.LINKEDIN_NOTE:
        return made
    limit = note_limit(situation.reader.profile)
    for shorter in templates.SHORTENINGS[1:]:
        if len(made[1]) <= limit:
            return made
        made = _rendered(text, situation, shorter)
    return made if len(made[1]) <= limit else first


def _rendered(text: str, situation: Situation, shorter: int) -> tuple[str, str, tuple[str, ...]]:
    found: list[str] = []
    known = facts_of(situation, found)
    facts = {name: known.get(name) or gap_of(name, found) for name in FACTS} | {"shorter": shorter}
    subject, body = _parted(templates.render(text, facts, found))
    shown = f"{subject}\n{body}"
    return subject, body, tuple(label for label in found if f"[{label}]" in shown)


def _parted(text: str) -> tuple[str, str]:
    """The subject and the body, tidied: no lines of spaces, no more than one blank line, no "..”"."""
    text = text.replace("\r\n", "\n").strip()
    subject = ""
    head, _, rest = text.partition("\n")
    if head.startswith("Subject:"):
        subject, text = " ".join(head.removeprefix("Subject:").split()), rest
    text = re.sub(r"[ \t]+(?=\n|$)", "", text)
    text = re.sub(r"(?<=\S)[ \t]{2,}", " ", text)
    text = re.sub(r"(?<!\.)\.\.(?!\.)", ".", text)
    text = re.sub(r"([?!])([”\"]?)\.(?!\.)", r"\1\2", text)
    text = re.sub(r"\n{3,}", "\n\n", text)
    return subject, text.strip()

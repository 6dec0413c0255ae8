"""The facts of a message, gathered from the records: who it goes to, what they said, what came of it."""

from __future__ import annotations

from collections.abc import Callable

from data.days import LONG_MONTHS, long_day
from data.messages import days
from data.messages.gaps import Gap
from data.messages.naming import (
    clean,
    employer,
    first_name,
    job_title,
    listed,
    promised,
    sentence,
    to_you,
    words_said,
)
from data.messages.sources import Situation
from data.records import (
    AdviceState,
    Channel,
    EntryKind,
    FollowUpKind,
    Kind,
    Lead,
    LeadKind,
    LeadState,
    MeetingStatus,
    Source,
    Stage,
    TouchKind,
)
from data.rules import note_limit, rules_of

__all__ = ["Situation", "facts_of"]

Maker = Callable[[str], Gap]


class Phrase:
    """Words with gaps among them; a gap counts only once the phrase is shown."""

    def __init__(self, *parts: str | Gap) -> None:
        self._parts = parts

    def __str__(self) -> str:
        return "".join(str(part) for part in self._parts)

    def within(self) -> Phrase:
        """The same behind a comma: "We …" becomes "we …"; a name stays as it is."""
        first = self._parts[0]
        if first in ("We ", "Your "):
            return Phrase(str(first).lower(), *self._parts[1:])
        return self


def facts_of(situation: Situation, found: list[str]) -> dict[str, object]:
    """All facts that are known, by the names in `data.messages.gaps.FACTS`; what isn't known is left out.

    `found` is where the gaps that are shown note down their labels.
    """

    def gap(label: str) -> Gap:
        return Gap(label, found)

    facts: dict[str, object] = {}
    facts.update(_of_people(situation, gap))
    facts.update(_of_meeting(situation))
    facts.update(_of_history(situation))
    facts.update(_of_about(situation))
    facts.update(_of_lead(situation))
    facts.update(_of_advice(situation))
    return facts


def _of_people(at: Situation, gap: Maker) -> dict[str, object]:
    profile = at.reader.profile
    me = clean(profile.name, 80)
    first = first_name(profile.name)
    mail = at.channel is Channel.EMAIL
    close: object = profile.signature.strip()[:600] or (me or gap("your name"))
    person = at.person
    facts: dict[str, object] = {
        "me": me if mail else first,
        "sign": close if mail else first,
        "field": clean(profile.target_field, 80),
        "new_role": clean(profile.new_role, 120),
        "minutes": str(profile.usual_minutes),
        "limit": note_limit(profile),
        "name": clean(at.to_name, 80),
        "first_name": first_name(at.to_name),
    }
    group = person is not None and person.kind is Kind.GROUP
    called = first_name(at.to_name)
    if group:
        facts["greeting"] = f"Hello everyone at {clean(at.to_name, 80)},"
    else:
        facts["greeting"] = f"Hi {called}," if called else Phrase("Hi ", gap("their name"), ",")
    company = employer(person.company if person is not None else at.lead.company if at.lead else "")
    title = job_title(person.title, company) if person is not None else ""
    facts |= {"company": company, "title": title, "work": _work(title, company)}
    introducer = at.introducer
    if introducer is not None and introducer.kind is Kind.PERSON:
        facts["introducer"] = clean(introducer.name, 80)
    connection = _connection(at, gap)
    if at.channel in (Channel.LINKEDIN_NOTE, Channel.TEXT):
        connection = connection.within()
    facts["connection"] = connection
    if person is not None and person.connected_on is not None and not at.touches:
        facts["connection_short"] = connection
    return facts


def _work(title: str, company: str) -> str:
    if title and len(title) <= 60:
        return f"Your work as {title} at {company}" if company else f"Your work as {title}"
    return f"Your work at {company}" if company else ""


def _connection(at: Situation, gap: Maker) -> Phrase:
    """The sentence that says how the user comes to write to them: what a first message begins with."""
    person, introducer = at.person, at.introducer
    if introducer is not None:
        name = clean(introducer.name, 80)
        if introducer.kind is Kind.GROUP:
            return Phrase(f"I found you through {name}.")
        return Phrase(f"{name} suggested that I write to you.")
    of_lead = at.followup.kind is FollowUpKind.LEAD
    if person is None or of_lead or (person.introduced_by and not at.may_name):
        return Phrase("Your ", "name came up in a conversation about whom to learn from.")
    if person.kind is Kind.GROUP:
        return Phrase("I am ", gap("how you belong to them, or how you found them"), ".")
    if person.source is Source.ALUMNI:
        return Phrase("We ", "both went to ", gap("your school"), ".")
    if person.source is Source.ASSOCIATION:
        return Phrase("We ", "are both members of ", gap("the association"), ".")
    if person.source is Source.EVENT:
        return Phrase("We ", "met at ", gap("the event"), ".")
    if person.source is Source.REFERRAL:
        return Phrase(gap("who named them"), " suggested that I write to you.")
    if person.connected_on is not None:
        if person.connected_on.year == at.today.year:
            return Phrase("We ", f"connected on LinkedIn in {LONG_MONTHS[person.connected_on.month - 1]}.")
        return Phrase("We ", f"have been connected on LinkedIn since {person.connected_on.year}.")
    if person.source is Source.COLD:
        return Phrase("I came across ", gap("what of theirs you read or saw"), ", and it brought me to you.")
    return Phrase("We ", "know each other from ", gap("where you know each other from"), ".")


def _of_meeting(at: Situation) -> dict[str, object]:
    facts: dict[str, object] = {}
    meeting = at.meeting
    if meeting is None:
        return facts
    held = at.starts
    if meeting.status in (MeetingStatus.ENDED, MeetingStatus.NO_SHOW, MeetingStatus.CALLED_OFF):
        day, today = held.astimezone(at.their_zone).date(), at.now.astimezone(at.their_zone).date()
        if meeting.status is not MeetingStatus.CALLED_OFF or day <= today:
            facts["day"] = days.past_day(day, today)
        facts["missed"] = meeting.status is MeetingStatus.NO_SHOW
        since = days.ago(day, today)
        facts["since_meeting"] = since[:1].upper() + since[1:]
    else:
        facts["meeting_when"] = days.at_time(held, at.their_zone, at.zone, at.now)
        there = held.astimezone(at.their_zone)
        facts["meeting_day_short"] = (
            f"{long_day(there.date(), at.today_there)}, {there.hour}:{there.minute:02}"
        )
    facts["meeting_minutes"] = str(meeting.minutes)
    facts["medium"] = meeting.medium.value
    facts["place"] = clean(meeting.place, 400)
    facts |= _of_lines(at)
    return facts


def _of_lines(at: Situation) -> dict[str, object]:
    """What was said in the meeting; the line that the follow-up comes from goes first."""
    facts: dict[str, object] = {}

    def said(kind: EntryKind) -> str:
        lines = [line for line in at.lines if line.kind is kind and words_said(line.text)]
        lines.sort(key=lambda line: line.id != at.followup.entry)
        return words_said(lines[0].text) if lines else ""

    for name, kind in (
        ("quote", EntryKind.QUOTE),
        ("advice", EntryKind.ADVICE),
        ("answer", EntryKind.ANSWER),
    ):
        facts[name] = said(kind)
        if name != "answer" and facts[name] and len(said(kind)) <= 70 and "said_short" not in facts:
            facts["said_short"] = said(kind)
    facts["promise"] = to_you(said(EntryKind.PROMISE))
    facts["promised"] = promised(said(EntryKind.PROMISE))
    return facts


def _of_history(at: Situation) -> dict[str, object]:
    facts: dict[str, object] = {}
    asks = (TouchKind.OUTREACH, TouchKind.INTRO_REQUEST)
    asked = [touch for touch in at.touches if touch.kind in asks]
    if at.followup.about:
        asked = [touch for touch in asked if touch.about == at.followup.about] or asked
    if asked:
        facts["asked_day"] = days.past_day(at.day_there(asked[-1].at), at.today_there)
        facts["subject_before"] = clean(asked[-1].subject.removeprefix("Re: "), 120)
    if at.touches:
        last = at.day_there(at.touches[-1].at)
        if (at.today_there - last).days >= 7:
            facts["since_touch"] = days.ago(last, at.today_there)
    rules = rules_of(at.reader.profile)
    facts["last_nudge"] = at.followup.kind is FollowUpKind.NUDGE and at.followup.number >= rules.nudges
    words = clean(at.followup.words, 240)
    if words:
        facts["words"] = facts["gave"] = words.rstrip(" .")
        if at.followup.kind is FollowUpKind.CUSTOM:
            facts["promise"] = to_you(words_said(at.followup.words))
            facts["promised"] = promised(words_said(at.followup.words))
    if at.person is not None and at.person.look_again_on is not None:
        facts["until"] = days.coming_day(at.person.look_again_on, at.today)
    return facts


def _of_about(at: Situation) -> dict[str, object]:
    about = at.about
    if about is None:
        return {}
    company = employer(about.company, 60)
    role = " at ".join(part for part in (clean(job_title(about.title, company), 60), company) if part)
    facts: dict[str, object] = {"about": clean(about.name, 80), "about_role": role}
    facts["about_met"] = at.met(about.id)
    if (coming := at.coming(about.id)) is not None:
        facts["about_when"] = days.coming_day(coming.astimezone(at.zone).date(), at.today)
    answers = {
        TouchKind.ANSWER_NO: "a talk does not fit in right now, and I was glad of the honest answer",
        TouchKind.ANSWER_LATER: "now is a bad time, and I will ask again later",
        TouchKind.ANSWER_REFERRED: "I was pointed on to somebody else, which helps me just as much",
    }
    said = [answers[touch.kind] for touch in at.touches_of(about.id) if touch.kind in answers]
    if said and about.stage not in (Stage.SCHEDULED, Stage.MET, Stage.IN_TOUCH):
        facts["why_news"] = said[-1]
    return facts


def _of_lead(at: Situation) -> dict[str, object]:
    facts: dict[str, object] = {}
    lead = at.lead
    if lead is not None:
        name = at.lead_name(lead)
        company = employer(lead.company, 60) if lead.kind is LeadKind.PERSON else ""
        at_company = f" at {company}" if company else ""
        facts["lead_name"] = name
        facts["lead_pointed"] = {
            LeadKind.EVENT: f"You told me about {name}.",
            LeadKind.RESOURCE: f"You recommended {name} to me.",
        }.get(lead.kind, f"You pointed me to {name}{at_company}.")
        facts["lead_state"] = lead.state.value
        facts["lead_outcome"] = sentence(lead.outcome)
        if lead.acted_on is not None:
            facts["lead_day"] = days.past_day(lead.acted_on, at.today)
    given = [each for each in at.given if at.meeting is None or each.meeting in ("", at.meeting.id)]
    facts["leads"] = listed([at.lead_name(each) for each in given if each.state is LeadState.CAPTURED])
    news = [_news(at, each) for each in at.given if each.state in (LeadState.ACTED_ON, LeadState.OUTCOME)]
    facts["news"] = " ".join([line for line in news if line][:2])
    return facts


def _news(at: Situation, lead: Lead) -> str:
    name = at.lead_name(lead)
    if lead.state is LeadState.OUTCOME:
        return f"{name}: {sentence(lead.outcome)}" if lead.outcome else ""
    return (
        f"I have got in touch with {name}." if lead.kind is LeadKind.PERSON else f"I have looked into {name}."
    )


def _of_advice(at: Situation) -> dict[str, object]:
    """The advice that the message speaks of: used and not yet told first, then what is still open."""
    if at.followup.kind not in (FollowUpKind.CHECK_IN, FollowUpKind.PROGRESS, FollowUpKind.REPORT_BACK):
        return {}
    rank = {AdviceState.USED: 0, AdviceState.OPEN: 1}
    open_ = [each for each in at.advice if each.state in rank]
    open_.sort(key=lambda each: (each.id != at.followup.advice, rank[each.state]))
    if not open_:
        return {"advice": ""}
    return {"advice": words_said(open_[0].text), "advice_did": sentence(open_[0].did)}

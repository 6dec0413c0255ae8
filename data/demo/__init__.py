"""The demo: a made-up network with dates around today, so that every screen has something true to show."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from data.clock import local_now, today
from data.people.identities import identities_of
from data.records import (
    Channel,
    Direction,
    Introduction,
    Kind,
    Medium,
    Meeting,
    MeetingStatus,
    OwnQuestion,
    Person,
    Question,
    Record,
    Rehearsal,
    Source,
    Stage,
    Tier,
    Touch,
    TouchKind,
)
from data.zones import instant

from .ids import demo_id
from .meetings import COMING, PAST, Talk
from .outcome import entries_of, outcomes
from .owed import followups
from .people import GROUPS, NETWORK, PEOPLE

if TYPE_CHECKING:
    from data.clock import Clock
    from data.store import Store

INTRODUCTION = (
    "I taught ten-year-olds in Leeds for eight years, which is eight years of testing materials on a very "
    "honest audience. Last year I redesigned our school's timetable app with the parents who use it, and "
    "found that this is the work I want to do. I am now building a portfolio of small shipped things, and I "
    "am looking for a place in product design where learning matters."
)


def fill(store: Store, clock: Clock) -> None:
    """Fill an empty store with the made-up network; the user's zone and today come from `clock`."""
    day, zone = today(clock), clock.zone()

    def at(days: int, wall: time = time(10)) -> datetime:
        return instant(datetime.combine(day + timedelta(days), wall), zone.key)

    records: list[Record] = [*_people(day, at), *_introductions(at)]
    for talk in (*PAST, *COMING):
        meeting = _meeting(talk, clock)
        records.append(meeting)
        if meeting.started is not None:
            records += entries_of(talk, meeting)
            records.append(_met(talk, meeting))
    records += outcomes(day)
    records += followups(clock)
    records += _asked(at)
    with store.transaction("Filled the demo", undoable=False) as tx:
        for record in records:
            tx.put(record)
    store.save_profile(
        replace(
            store.profile,
            name="Alex Morgan",
            target_field="product design",
            target_titles=("product designer", "service designer"),
            signature="Alex",
            welcomed=True,
        )
    )


def _people(day: date, at: _At) -> list[Person]:
    people = []
    created = at(-90)
    since = {key: days for key, days, _ in _ASKS} | {talk.person: talk.day for talk in PAST}
    for number, (key, name, title, company, place, zone, source, by, stage, tier, tags) in enumerate(PEOPLE):
        slug = key + "-demo"
        person = Person(
            id=demo_id(key),
            name=name,
            title=title,
            company=company,
            location=place,
            zone=zone,
            emails=(f"{key}@example.com",),
            linkedin=f"https://www.linkedin.com/in/{slug}",
            source=source,
            introduced_by=demo_id(by) if by else "",
            stage=stage,
            stage_since=at(since.get(key, -60)),
            tier=tier,
            tags=tags,
            fields=("product design",) if "esign" in title else (),
            connected_on=day - timedelta(days=400 + 37 * number) if source is Source.NETWORK else None,
            look_again_on=day + timedelta(days=40 + number) if stage is Stage.PARKED else None,
            created=created,
        )
        people.append(replace(person, identities=identities_of(person)))
    for key, name, title, source, stage in GROUPS:
        people.append(
            Person(
                id=demo_id(key),
                kind=Kind.GROUP,
                name=name,
                title=title,
                source=source,
                stage=stage,
                tier=Tier.NONE,
                created=created,
            )
        )
    for number, (name, title, company, place) in enumerate(NETWORK):
        people.append(
            Person(
                id=demo_id(name),
                name=name,
                title=title,
                company=company,
                location=place,
                connected_on=day - timedelta(days=200 + 53 * number),
                created=created,
            )
        )
    people.append(
        # In twice: from LinkedIn, and once more from an address book.
        Person(
            id=demo_id("elif again"),
            name="Elif Kaya",
            title="Senior UX designer",
            company="Bosphorus Air",
            location="Istanbul",
            phones=("+90 212 555 01 47",),
            notes="From the address book: sat beside me at the service design jam.",
            created=created,
        )
    )
    return people


def _introductions(at: _At) -> list[Record]:
    changer = demo_id("introduction")
    short = demo_id("introduction-short")
    return [
        Introduction(id=changer, title="Career changer", text=INTRODUCTION),
        Introduction(
            id=short,
            title="At a meetup",
            text="I am Alex, a teacher on the way into product design. I came to learn what people here "
            "wish they had known in their first year.",
            seconds=30,
        ),
        Rehearsal(id=demo_id("rehearsal1"), introduction=changer, at=at(-10), seconds=41.0, words=80),
        Rehearsal(id=demo_id("rehearsal2"), introduction=changer, at=at(-1), seconds=31.5, words=80),
        OwnQuestion(
            id=demo_id("question"),
            text="What did teaching people teach you about design?",
            category="insights",
        ),
    ]


def _when(talk: Talk, clock: Clock) -> datetime:
    """The wall time of a conversation. "+2h" is from now, on the next quarter; weekends are avoided."""
    if talk.time.startswith("+"):
        soon = local_now(clock).replace(tzinfo=None, second=0, microsecond=0) + timedelta(hours=2)
        return soon - timedelta(minutes=soon.minute % 15)
    day = today(clock) + timedelta(talk.day)
    if talk.day < -1 or talk.day > 1:
        day -= timedelta(days=max(0, day.weekday() - 4))
    return datetime.combine(day, time.fromisoformat(talk.time))


def _meeting(talk: Talk, clock: Clock) -> Meeting:
    starts = _when(talk, clock)
    zone = clock.zone().key
    begun = instant(starts, zone) + timedelta(seconds=40)
    past = talk in PAST
    meeting = Meeting(
        id=demo_id(talk.key),
        person=demo_id(talk.person),
        starts=starts,
        zone=zone,
        minutes=talk.planned,
        medium=Medium(talk.medium),
        place=talk.place,
        objective=talk.objective,
        research=talk.research,
        introduction=demo_id("introduction") if past or talk.key == "maria1" else "",
        questions=_questions(talk, begun if past else None),
        created=instant(starts, zone) - timedelta(days=8),
    )
    if not past:
        return replace(meeting, ticked=("confirmed",) if talk.key == "omar1" else ())
    ended = begun + timedelta(minutes=talk.took)
    return replace(
        meeting,
        status=MeetingStatus.ENDED,
        started=begun,
        ended=ended,
        promised_end=instant(starts, zone) + timedelta(minutes=talk.planned),
        cues=("half", "five", "two", "zero") if talk.took >= talk.planned else ("half", "five", "two"),
        thanked=True,
        wrapped=ended + timedelta(minutes=6),
    )


_QUESTIONS: tuple[tuple[str, str, bool], ...] = (
    ("path", "How did you get into design, and what would you do differently today?", True),
    ("insights", "What surprised you most in your first year?", True),
    ("trends", "Which skills will matter in three years that few people have now?", False),
    ("role", "What does a good week look like in your team?", False),
    ("advice", "If you saw my portfolio for forty seconds, what would you look for?", True),
    ("referrals", "Who else should I talk to, and may I use your name?", False),
)


def _questions(talk: Talk, begun: datetime | None) -> tuple[Question, ...]:
    if talk.key in ("lucia1", "ben1"):
        return ()
    count = 4 if talk.key == "omar1" else len(_QUESTIONS)
    return tuple(
        Question(
            id=demo_id(f"{talk.key}-q{number}"),
            text=text,
            category=category,
            seconds=120,
            starred=starred,
            asked=begun + timedelta(minutes=2 + 3 * number) if begun and number < 5 else None,
        )
        for number, (category, text, starred) in enumerate(_QUESTIONS[:count])
    )


def _met(talk: Talk, meeting: Meeting) -> Touch:
    return Touch(
        id=demo_id(f"{talk.key}-touch"),
        person=meeting.person,
        kind=TouchKind.MEETING,
        direction=Direction.BOTH,
        at=meeting.ended or meeting.started or instant(meeting.starts, meeting.zone),
        meeting=meeting.id,
    )


_ASKS: tuple[tuple[str, int, str], ...] = (
    ("lena", -9, ""),
    ("jonas", -3, ""),
    ("sofia", -13, ""),
    ("daniel", -6, ""),
    ("grace", -2, ""),
    ("raj", -20, ""),
    ("maria", -12, "yes"),
    ("omar", -9, "yes"),
    ("lucia", -3, "yes"),
    ("ben", -6, "yes"),
    ("peter", -50, "no"),
    ("elif", -30, "later"),
    ("hannah", -80, "yes"),
    ("priya", -70, "yes"),
    ("yuki", -64, "yes"),
    ("kwame", -52, "yes"),
    ("ines", -47, "yes"),
    ("marek", -16, "yes"),
    ("aisha", -11, "yes"),
    ("tomas", -8, "yes"),
    ("association", -5, ""),
    ("alumni", -60, "yes"),
)
_ANSWERS = {"yes": TouchKind.ANSWER_YES, "no": TouchKind.ANSWER_NO, "later": TouchKind.ANSWER_LATER}


def _asked(at: _At) -> list[Touch]:
    touches = []
    for key, days, answer in _ASKS:
        touches.append(
            Touch(
                id=demo_id(f"{key}-ask"),
                person=demo_id(key),
                kind=TouchKind.OUTREACH,
                at=at(days),
                channel=Channel.EMAIL if days % 2 else Channel.LINKEDIN,
            )
        )
        if answer:
            touches.append(
                Touch(
                    id=demo_id(f"{key}-answer"),
                    person=demo_id(key),
                    kind=_ANSWERS[answer],
                    direction=Direction.IN,
                    at=at(min(days + 2, -1), time(15)),
                )
            )
    return touches


if TYPE_CHECKING:
    from collections.abc import Callable

    _At = Callable[..., datetime]

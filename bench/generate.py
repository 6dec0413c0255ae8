"""Makes stores of any size, the same each time: people as LinkedIn gives them, meetings, follow-ups."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from data.clock import Clock, FixedClock
from data.records import (
    BOARD,
    Advice,
    AdviceState,
    Direction,
    Entry,
    EntryKind,
    FollowUp,
    FollowUpKind,
    FollowUpState,
    Lead,
    LeadState,
    Meeting,
    MeetingStatus,
    Person,
    Record,
    Source,
    Stage,
    Touch,
    TouchKind,
)
from data.store import Store

SIZES = (300, 3_000, 30_000)
"""Numbers of people; 30 people to a meeting, 3 to a follow-up."""
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

# fmt: off
_FIRST = (
    "Maria", "Sam", "Lena", "Tomás", "Priya", "Jonas", "Chen", "Aisha", "Olu", "Ines", "Björn", "Yuki",
    "Fatima", "Noah", "Zoë", "Ravi", "Anna", "Luca", "Mei", "Kwame", "Eva", "Omar", "Sofia", "Ivan",
    "Nia", "Hugo", "Leila", "Max", "Ana", "Tariq",
)
# fmt: on
# fmt: off
_LAST = (
    "Chen", "Okafor", "Fischer", "Rey", "Nair", "Weber", "Khan", "Silva", "Sato", "Haddad", "Novak",
    "Rossi", "Moreau", "Larsen", "Mensah", "Kowalski", "Ivanova", "García", "Nguyen", "Schmidt", "Costa",
    "Berg", "Ahmed", "Dubois", "Petrov", "Yilmaz", "Lindqvist", "Osei", "Romano", "Walsh",
)
# fmt: on
_COMPANIES = ("Figma", "Stripe", "N26", "Loom", "Shopify", "Spotify", "Klarna", "Miro", "Zalando", "Wise")
_TITLES = (
    "Product Designer",
    "Head of Design",
    "Data Lead",
    "Software Engineer",
    "Product Manager",
    "Recruiter, Technology",
    "UX Researcher",
    "Chief Technology Officer",
)


def _pursued(people: int) -> float:
    """The share of a network that is on the board: a tenth, at most 600 people."""
    return min(0.1, 600 / people)


def records(people: int, seed: int = 1) -> Iterator[Record]:
    """The records of a network of so many people: some on the board, most only known."""
    choose = random.Random(seed)
    ids = [f"{number:016x}" for number in range(people)]
    # What is done is done with those who are pursued, mostly in the past.
    pursued = [id for id in ids if choose.random() < _pursued(people)] or ids[:1]
    known = set(pursued)
    for number, id in enumerate(ids):
        yield _person(choose, number, ids, on_board=id in known)
    for number in range(people // 30):
        yield from _meeting(choose, number, choose.choice(pursued))
    for number in range(people // 3):
        kind = choose.choice(list(FollowUpKind))
        done = choose.random() < 0.93
        days = choose.randrange(-700, 1) if done else choose.randrange(-5, 180)
        yield FollowUp(
            id=f"f{number:015x}",
            person=choose.choice(pursued),
            kind=kind,
            due=date(2026, 11, 23) + timedelta(days=days),
            state=FollowUpState.DONE if done else FollowUpState.OPEN,
            why="You met on 12 November, and said that you would.",
            number=choose.randrange(2),
            created=NOW - timedelta(days=choose.randrange(200)),
            closed=NOW - timedelta(days=choose.randrange(100)) if done else None,
        )


def _person(choose: random.Random, number: int, ids: list[str], *, on_board: bool) -> Person:
    name = f"{choose.choice(_FIRST)} {choose.choice(_LAST)}"
    company = f"{choose.choice(_COMPANIES)} {choose.randrange(90)}"
    title = choose.choice(_TITLES)
    url = f"linkedin.com/in/{name.lower().replace(' ', '-')}-{number:06x}"
    email = (f"{name.lower().replace(' ', '.')}{number}@example.org",) if choose.random() < 0.02 else ()
    return Person(
        id=ids[number],
        name=name,
        company=company,
        title=title,
        linkedin=f"https://www.{url}",
        emails=email,
        identities=(url, *email),
        connected_on=date(2015, 1, 1) + timedelta(days=choose.randrange(4000)),
        stage=choose.choice(list(Stage)[1:]) if on_board else Stage.NETWORK,
        stage_since=NOW - timedelta(days=choose.randrange(60)) if on_board else None,
        source=Source.REFERRAL if on_board and number else Source.NETWORK,
        introduced_by=ids[choose.randrange(number)] if on_board and number else "",
        imported={"name": name, "company": company, "title": title},
        created=NOW,
    )


def _meeting(choose: random.Random, number: int, person: str) -> Iterator[Record]:
    started = NOW - timedelta(days=choose.randrange(1, 400))
    meeting = Meeting(
        id=f"m{number:015x}",
        person=person,
        starts=started.replace(tzinfo=None),
        zone="Europe/Berlin",
        status=MeetingStatus.ENDED,
        started=started,
        ended=started + timedelta(minutes=21),
        objective="Learn how a design team of nine decides what to build.",
    )
    yield meeting
    for order in range(3):
        yield Entry(
            id=f"e{number:012x}{order:03}",
            meeting=meeting.id,
            kind=choose.choice(list(EntryKind)),
            text="The systems team is nine people, hires twice a year, and shows work every second week.",
            at=started + timedelta(minutes=5 * order),
            order=order,
        )


def lived(people: int, seed: int = 2) -> Iterator[Record]:
    """What makes a network of `records` look used: messages and answers, leads, advice, coming meetings."""
    choose = random.Random(seed)
    pursued = [each for each in records(people) if isinstance(each, Person) and each.stage in BOARD]
    for number, person in enumerate(pursued):
        asked = NOW - timedelta(days=choose.randrange(20, 300), hours=choose.randrange(12))
        yield Touch(id=f"t{number:015x}", person=person.id, kind=TouchKind.OUTREACH, at=asked)
        if choose.random() < 0.6:
            kind = choose.choice((TouchKind.ANSWER_YES, TouchKind.ANSWER_YES, TouchKind.ANSWER_NO))
            at = asked + timedelta(days=choose.randrange(15))
            yield Touch(id=f"u{number:015x}", person=person.id, kind=kind, direction=Direction.IN, at=at)
        if choose.random() < 0.5:
            to = choose.choice(pursued)
            state = choose.choice(list(LeadState))
            yield Lead(
                id=f"l{number:015x}", giver=person.id, text=to.name, name=to.name, person=to.id, state=state
            )
        if choose.random() < 0.4:
            text = "Show work that has shipped, not case studies."
            yield Advice(
                id=f"a{number:015x}", giver=person.id, text=text, state=choose.choice(list(AdviceState))
            )
    for number in range(len(pursued) // 10):
        starts = (NOW + timedelta(days=3 + number, hours=choose.randrange(8))).replace(tzinfo=None)
        person = choose.choice(pursued)
        yield Meeting(id=f"n{number:015x}", person=person.id, starts=starts, zone="Europe/Berlin")


def make_store(path: Path, people: int, clock: Clock | None = None) -> None:
    """Make a store of so many people at `path`, closed cleanly."""
    store = Store.open(path, clock=clock or FixedClock(NOW, "Europe/Berlin"))
    with store, store.transaction(f"Imported {people:,} people") as tx:
        for record in records(people):
            tx.put(record)


def names_on_board(people: int) -> list[str]:
    """The names of those who are on the board of a store of so many people."""
    everybody = [each for each in records(people) if isinstance(each, Person)]
    return [person.name for person in everybody if person.stage in BOARD]

"""What is owed in the demo: overdue, today, this week and later."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from data.clock import today
from data.followups.occasions import Occasion
from data.records import FollowUp, FollowUpKind, FollowUpState

from .ids import demo_id
from .meetings import PAST

if TYPE_CHECKING:
    from data.clock import Clock

# Of a follow-up: person, kind, days to the due date, why, meeting, lead (talk and line), words, about,
# number, occasion.
_Row = tuple[str, FollowUpKind, int, str, str, str, str, str, int, str]
_OWED: tuple[_Row, ...] = (
    (
        "tomas",
        FollowUpKind.THANK_YOU,
        0,
        "You met yesterday; thanks are due within a day.",
        "tomas1",
        "",
        "",
        "",
        0,
        "",
    ),
    (
        "tomas",
        FollowUpKind.CONNECT,
        1,
        "You met yesterday and are not connected yet.",
        "tomas1",
        "",
        "",
        "",
        0,
        "",
    ),
    (
        "tomas",
        FollowUpKind.CUSTOM,
        2,
        "You promised it.",
        "tomas1",
        "",
        "send him the before-and-after of the timetable app",
        "",
        0,
        Occasion.PROMISE,
    ),
    (
        "kwame",
        FollowUpKind.REPORT_BACK,
        -1,
        "He pointed you to Tomás Rey; tell him what came of it.",
        "kwame1",
        "kwame1-lead3",
        "",
        "",
        0,
        "",
    ),
    (
        "priya",
        FollowUpKind.REPORT_BACK,
        0,
        "She pointed you to Maria Chen; tell her what came of it.",
        "priya1",
        "priya1-lead5",
        "",
        "",
        0,
        "",
    ),
    (
        "lena",
        FollowUpKind.NUDGE,
        0,
        "You asked seven business days ago and have heard nothing.",
        "",
        "",
        "",
        "",
        1,
        "",
    ),
    (
        "raj",
        FollowUpKind.NUDGE,
        -3,
        "The first nudge went unanswered for seven business days.",
        "",
        "",
        "",
        "",
        2,
        "",
    ),
    (
        "aisha",
        FollowUpKind.CUSTOM,
        -1,
        "You promised it.",
        "aisha1",
        "",
        "send her the article about school kitchens",
        "",
        0,
        Occasion.PROMISE,
    ),
    (
        "noor",
        FollowUpKind.OUTREACH,
        -2,
        "Marek Zieliński pointed you to her.",
        "marek1",
        "marek1-lead2",
        "",
        "marek",
        0,
        "",
    ),
    ("omar", FollowUpKind.CONFIRM, 0, "You meet tomorrow.", "omar1", "", "", "", 0, ""),
    (
        "sam",
        FollowUpKind.OUTREACH,
        1,
        "Priya Nair pointed you to him.",
        "priya1",
        "priya1-lead4",
        "",
        "priya",
        0,
        "",
    ),
    ("sofia", FollowUpKind.NUDGE, 2, "You asked and have heard nothing.", "", "", "", "", 1, ""),
    (
        "aisha",
        FollowUpKind.PROGRESS,
        3,
        "A week after you met: tell her what you did since.",
        "aisha1",
        "",
        "",
        "",
        0,
        "",
    ),
    (
        "mei",
        FollowUpKind.OUTREACH,
        3,
        "Yuki Tanabe pointed you to her.",
        "yuki1",
        "yuki1-lead2",
        "",
        "yuki",
        0,
        "",
    ),
    (
        "marek",
        FollowUpKind.CUSTOM,
        4,
        "You promised it.",
        "marek1",
        "",
        "tell him which component I picked",
        "",
        0,
        Occasion.PROMISE,
    ),
    (
        "victor",
        FollowUpKind.OUTREACH,
        5,
        "Inês Duarte pointed you to him.",
        "ines1",
        "ines1-lead2",
        "",
        "ines",
        0,
        "",
    ),
    ("jonas", FollowUpKind.NUDGE, 6, "You asked and have heard nothing.", "", "", "", "", 1, ""),
    ("hannah", FollowUpKind.CHECK_IN, 12, "Three months since you last spoke.", "hannah1", "", "", "", 0, ""),
    ("yuki", FollowUpKind.CHECK_IN, 60, "Six months since you last spoke.", "yuki1", "", "", "", 0, ""),
    ("ines", FollowUpKind.CHECK_IN, 75, "Six months since you last spoke.", "ines1", "", "", "", 0, ""),
)


def followups(clock: Clock) -> list[FollowUp]:
    """What is owed: overdue, today, this week and later; and thanks long since said."""
    from data.zones import instant

    day = today(clock)
    created = instant(datetime.combine(day - timedelta(days=1), time(18)), clock.zone().key)
    found = [
        FollowUp(
            id=demo_id(f"followup{number}"),
            person=demo_id(person),
            kind=kind,
            due=_weekday(day + timedelta(due)) if due > 0 else day + timedelta(due),
            why=why,
            meeting=demo_id(meeting) if meeting else "",
            lead=demo_id(lead) if lead else "",
            words=words,
            about=demo_id(about) if about else "",
            number=count,
            occasion=occasion,
            created=created,
        )
        for number, (person, kind, due, why, meeting, lead, words, about, count, occasion) in enumerate(_OWED)
    ]
    for talk in PAST[:-1]:
        met = day + timedelta(talk.day)
        found.append(
            FollowUp(
                id=demo_id(f"{talk.key}-thanks"),
                person=demo_id(talk.person),
                kind=FollowUpKind.THANK_YOU,
                due=met + timedelta(days=1),
                state=FollowUpState.DONE,
                why="You met; thanks are due within a day.",
                meeting=demo_id(talk.key),
                created=instant(datetime.combine(met, time(19)), clock.zone().key),
                closed=instant(datetime.combine(met, time(21)), clock.zone().key),
            )
        )
    return found


def _weekday(day: date) -> date:
    """`day`, or the Monday after it."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)

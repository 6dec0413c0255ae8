"""The demo's conversations: what was said, in the words of somebody who took notes while listening.

A line of a timeline is: second, kind, text. Kinds are the signs of the capture line.
"""

from __future__ import annotations

from typing import NamedTuple

Line = tuple[int, str, str]


class Talk(NamedTuple):
    """One meeting: with whom, days from today (negative: past), wall time, minutes planned and taken."""

    key: str
    person: str
    day: int
    time: str
    planned: int
    took: float
    medium: str
    place: str
    lines: tuple[Line, ...] = ()
    research: str = ""
    objective: str = ""


PAST: tuple[Talk, ...] = (
    Talk(
        "hannah1",
        "hannah",
        -74,
        "17:30",
        20,
        21.5,
        "video",
        "https://meet.example.com/hvogel",
        (
            (95, "", "Came from cartography, learnt design by redrawing transit maps for fun"),
            (260, "?", "Portfolio of three projects got her in, not the certificate"),
            (430, "*", "Redesign one thing that you used as a teacher, and show the mess in between"),
            (640, '"', "A teacher runs usability tests five times a day and doesn't call it that"),
            (845, "!", "Marek Zieliński at Polar Labs, may use her name"),
            (1010, "!", "Inês Duarte at Cidade Digital, works on services for schools"),
            (1180, "@", "send her the parent-evening sketches"),
        ),
    ),
    Talk(
        "priya1",
        "priya",
        -66,
        "12:00",
        20,
        19.2,
        "phone",
        "",
        (
            (80, "", "Screens 200 portfolios a month, 40 seconds each"),
            (310, "*", "Put the outcome in the first line of each case"),
            (520, "?", "What surprised her: career changers who ask good questions get called back"),
            (700, "!", "Kwame Mensah at Harbor Health, may use her name"),
            (760, "!", "Sam Okafor at Ledgerly"),
            (820, "!", "Maria Chen at Papercrane, she writes the introduction herself"),
            (1020, '"', "Ask for twenty minutes and leave after nineteen"),
        ),
    ),
    Talk(
        "yuki1",
        "yuki",
        -58,
        "09:00",
        15,
        16.0,
        "video",
        "https://meet.example.com/yuki",
        (
            (120, "", "Research team of four, two of them former nurses"),
            (400, "*", "Learn to write a one-page research plan"),
            (690, "!", "Mei-Ling Wu at Tofu Robotics"),
        ),
    ),
    Talk(
        "kwame1",
        "kwame",
        -45,
        "18:00",
        20,
        24.5,
        "video",
        "https://meet.example.com/kwame",
        (
            (140, "", "Eleven designers, hires twice a year, spring and autumn"),
            (380, "?", "Skills that will matter in three years: judgement, writing, saying no"),
            (610, "*", "Volunteer at a hackathon for a charity, for a real team"),
            (900, "!", "Tomás Rey at Lumina, may use his name"),
            (1080, "!", "Daniel Okeke on his own team, joined from teaching too"),
            (1300, "", "Went over: he offered five minutes more"),
        ),
    ),
    Talk(
        "ines1",
        "ines",
        -38,
        "16:00",
        20,
        18.4,
        "video",
        "https://meet.example.com/ines",
        (
            (200, "", "Public sector: slow, but the work reaches everybody"),
            (520, "*", "Read the service manual of a government before the next interview"),
            (760, "!", "Victor Almeida, design lead in Porto"),
        ),
    ),
    Talk(
        "marek1",
        "marek",
        -9,
        "13:00",
        15,
        14.1,
        "video",
        "https://meet.example.com/mz",
        (
            (90, "", "Design system of 60 parts, used by 14 teams"),
            (350, "*", "Rebuild one component, with all its states, and write down why"),
            (600, "!", "Noor Al-Amin at Openway, knows accessibility like nobody else"),
            (780, "@", "tell him which component I picked"),
        ),
    ),
    Talk(
        "aisha1",
        "aisha",
        -4,
        "17:00",
        20,
        19.8,
        "video",
        "https://meet.example.com/aisha",
        (
            (110, "", "Team of nine, energy dashboards for households"),
            (340, '"', "Show shipped work, even if it is small"),
            (560, "*", "Take the course on service blueprints, it is free"),
            (820, "!", "Jonas Weber at Klangwerk, may use her name"),
            (990, "!", "Climate Design Meetup, every first Thursday"),
            (1100, "@", "send her the article about school kitchens"),
        ),
    ),
    Talk(
        "tomas1",
        "tomas",
        -1,
        "11:00",
        20,
        20.6,
        "video",
        "https://meet.example.com/trey",
        (
            (75, "", "Started as an architect, moved to software at 34"),
            (290, "?", "Got in by redesigning the ticket machine of his own town"),
            (480, "*", "Show shipped work, not case studies"),
            (655, '"', "Nobody asks where you learnt it once it is live"),
            (900, "!", "Lucía Ferrer at Museo Abierto, may use his name"),
            (1105, "@", "send him the before-and-after of the timetable app"),
        ),
    ),
)

COMING: tuple[Talk, ...] = (
    Talk(
        "maria1",
        "maria",
        0,
        "+2h",
        20,
        0,
        "video",
        "https://meet.example.com/papercrane",
        research="Papercrane opened a Berlin studio in spring. Maria spoke in June about design reviews "
        "without slides. She hired two career changers last year.",
        objective="Learn how a head of design tells a promising career changer from a hopeful one.",
    ),
    Talk(
        "omar1",
        "omar",
        1,
        "10:30",
        20,
        0,
        "in_person",
        "Café Morgenrot, Kastanienallee",
        objective="Learn what the first year looked like after the switch.",
    ),
    Talk("lucia1", "lucia", 7, "16:00", 30, 0, "video", "https://meet.example.com/lferrer"),
    Talk("ben1", "ben", 9, "09:30", 15, 0, "phone", ""),
)

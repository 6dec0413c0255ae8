"""Moves on the board, each with what it has to ask first: the way of a message, when, until when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.errors import UserError
from data.records import Channel, Medium, Meeting, MeetingStatus, Person, PersonLine, Stage
from data.stages import Asks, move_of
from data.text import one_line
from data.vocabulary import LABELS

from ..commands import key_of
from ..dialogs import AskLine, Choose, Option, Reading
from ..messages import Go
from .names import called, ids_of, short
from .talks import ask_length, ask_talk

if TYPE_CHECKING:
    from .screen import PeopleScreen

CHANNELS: tuple[Option[Channel | str], ...] = (
    Option("m", "by mail", Channel.EMAIL),
    Option("l", "on LinkedIn", Channel.LINKEDIN),
    Option("n", "as a LinkedIn note, with the invitation", Channel.LINKEDIN_NOTE),
    Option("t", "as a text message", Channel.TEXT),
    Option("p", "by phone", Channel.PHONE),
    Option("f", "face to face", Channel.IN_PERSON),
    Option("o", "another way", Channel.NONE),
)
"""The ways a message takes, each with its key."""

_FIRST: tuple[Option[Channel | str], ...] = (
    Option("w", "Not yet: write the message now", "write", "drafted from what you know"),
)


async def move(screen: PeopleScreen, people: list[PersonLine], stage: Stage) -> None:
    """Move people to a stage, asking first what the table of moves says must be asked."""
    from data.actions.people import move as move_people

    people = [person for person in people if person.stage is not stage]
    if not people:
        return
    if stage is Stage.PARKED:
        await park(screen, people)
        return
    asks = {each: move_of(each, stage).asks for each in {person.stage for person in people}}
    asked = [person for person in people if asks[person.stage] is Asks.OUTREACH]
    if Asks.WHEN in asks.values():
        if len(people) > 1:
            screen.say(
                f"Meetings are scheduled one at a time: take the selection back with {key_of('text.leave')}.",
                "warn",
            )
        else:
            await schedule(screen, people[0])
        return
    channel, at = Channel.NONE, None
    if asked:
        way = await screen.ask(
            Choose(
                f"How did you ask {called(asked)}?",
                [*(_FIRST if len(people) == 1 else ()), *CHANNELS],
                "This notes that you asked, and books the reminder for when nothing comes back.",
            )
        )
        if way is None:
            return
        if not isinstance(way, Channel):
            write(screen, people[0])
            return
        channel = way
    elif Asks.HOW_MET in asks.values():
        talk = await ask_talk(screen, people)
        if talk is None:
            return
        at = talk.at
    moved = move_people(screen.desk.store, screen.desk.clock, ids_of(people), stage, channel=channel, at=at)
    screen.told(f"Moved {called(people)} to {LABELS[stage]}. {_booked(screen, moved)}".strip())


def _booked(screen: PeopleScreen, people: list[Person]) -> str:
    """What comes next with somebody, as a sentence after an action; with several, where it is the same."""
    from data.followups.agenda import next_thing

    badges = [next_thing(screen.desk.store, person, screen.desk.clock) for person in people]
    said = {one_line(each.text) if each is not None and each.kind == "followup" else "" for each in badges}
    return f"Next: {said.pop()}." if len(said) == 1 and said != {""} else ""


def write(screen: PeopleScreen, person: PersonLine) -> None:
    """Go to the message to somebody that is due; who wasn't asked yet gets a first one on the list."""
    from data.actions.outreach import book_outreach
    from data.followups.agenda import next_thing

    store, clock = screen.desk.store, screen.desk.clock
    if person.stage in (Stage.NETWORK, Stage.TO_ASK, Stage.PARKED):
        screen.post_message(Go("followup", book_outreach(store, clock, person.id).id))
        return
    badge = next_thing(store, person, clock)
    if badge is not None and badge.kind == "followup":
        screen.post_message(Go("followup", badge.id))
    else:
        screen.say(
            f"No message to {short(person.name)} is due now. "
            f"{key_of(f'{screen.SCOPE}.touch')} logs one that you wrote anyway."
        )


async def park(screen: PeopleScreen, people: list[PersonLine]) -> None:
    from data.actions.people import park as park_people
    from data.followups.due import look_again
    from data.rules import rules_of
    from data.when import show_day

    if not people:
        screen.say(f"They are parked already: {key_of(f'{screen.SCOPE}.move_to')} moves them back.", "warn")
        return
    given, until = await screen.ask_day(
        f"Park {called(people)} until",
        "Off the board, nothing is owed. On that day you are asked to look at them again.",
        look_again(screen.desk.clock, rules_of(screen.desk.store.profile)),
    )
    if given:
        park_people(screen.desk.store, screen.desk.clock, ids_of(people), until)
        day = f" until {show_day(until)}" if until else ""
        screen.told(f"Parked {called(people)}{day}.")


async def schedule(screen: PeopleScreen, line: PersonLine) -> None:
    """Arrange a meeting with somebody, or another time for the one that is planned."""
    from data.actions.meetings import move as move_meeting
    from data.actions.meetings import schedule as schedule_meeting
    from data.when import read_moment

    store, clock = screen.desk.store, screen.desk.clock
    person = store.get(Person, line.id)
    if person is None:
        raise UserError("They are no longer there.")
    name = short(person.name)
    given, moving = await _which_meeting(screen, person)
    if not given:
        return
    typed = ""
    while True:
        answer = await screen.ask(
            AskLine(
                f"When do you meet {name}?",
                value=typed,
                placeholder="tomorrow 10:30, thu 3-3:30pm, dec 3 9am Berlin",
                read=lambda text: _read_free(screen, text, moving),
                hint="The time is yours; put a city behind it for another zone.",
            )
        )
        if answer is None:
            return
        typed = answer
        moment = read_moment(typed, clock.now(), clock.zone())
        if moving is not None:
            starts, zone = moment.wall, moment.zone
            move_meeting(store, clock, moving.id, starts=starts, zone=zone, minutes=moment.minutes)
            screen.told(f"Now you meet {name} on {moment.text}.")
            return
        if (how := await _how(screen, moment.minutes)) is not None:
            break
    moment = read_moment(typed, clock.now(), clock.zone())
    minutes, medium = how
    schedule_meeting(
        store, clock, person, starts=moment.wall, zone=moment.zone, minutes=minutes, medium=medium
    )
    screen.told(f"You meet {name} on {moment.text}. {key_of('app.prep')} is where you prepare.")


async def _how(screen: PeopleScreen, minutes: int) -> tuple[int, Medium] | None:
    """Ask how long, where no end was typed, and where; esc is one step back, and None back to the time."""
    while True:
        length = minutes or await ask_length(screen, "How long did you ask for?")
        if length is None:
            return None
        medium = await screen.ask(
            Choose(
                "Where?",
                [
                    Option("v", "Video call", Medium.VIDEO),
                    Option("p", "Phone", Medium.PHONE),
                    Option("f", "Face to face", Medium.IN_PERSON),
                ],
                leave="back",
            )
        )
        if medium is not None:
            return length, medium
        if minutes:
            return None


async def _which_meeting(screen: PeopleScreen, person: Person) -> tuple[bool, Meeting | None]:
    """Whether to go on, and the planned meeting that gets another time; None for a new one."""
    from data.meetings.times import starts_at
    from data.when import show

    own = screen.desk.clock.zone()
    planned = [
        each
        for each in screen.desk.store.where(Meeting, person=person.id)
        if each.status is MeetingStatus.PLANNED
    ]
    if not planned:
        return True, None
    options: list[Option[Meeting | str]] = [
        Option(str(number), f"Move {show(each.starts, each.zone, own)}", each)
        for number, each in enumerate(sorted(planned, key=starts_at)[:8], 1)
    ]
    options.append(Option("n", "One more meeting", "new"))
    chosen = await screen.ask(Choose(f"You have planned to meet {short(person.name)}", options))
    return chosen is not None, chosen if isinstance(chosen, Meeting) else None


def _read_free(screen: PeopleScreen, text: str, moving: Meeting | None) -> Reading:
    """How a time is read, and whom it collides with."""
    from data.meetings.schedule import overlapping
    from data.when import read_moment

    reading = screen.read_when(text)
    if not reading.ok:
        return reading
    store, clock = screen.desk.store, screen.desk.clock
    moment = read_moment(text, clock.now(), clock.zone())
    minutes = moment.minutes or (moving.minutes if moving is not None else store.profile.usual_minutes)
    besides = moving.id if moving is not None else ""
    others = [
        person.name
        for meeting in overlapping(store, moment.instant, minutes, besides=besides)
        if (person := store.get(Person, meeting.person)) is not None
    ]
    if not others:
        return reading
    return Reading(True, f"{reading.text}. At that time you meet {short(others[0])}, too!")

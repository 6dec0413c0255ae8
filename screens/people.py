"""What can be done with people wherever they are listed: on the board, in Find, on a person's sheet."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal, TypeVar

from data.clock import local_now, today
from data.errors import UserError
from data.records import Channel, Direction, Kind, Medium, Person, PersonLine, Stage, Tier
from data.stages import LABELS, Asks, move_of
from data.text import one_line, plural

from .base import DeskScreen
from .dialogs import AskLine, Choose, Field, Form, Option, Reading, WriteText
from .dialogs.window import Window
from .messages import Go

if TYPE_CHECKING:
    from data.when import Moment

T = TypeVar("T")

CHANNELS = (
    Option("m", "by mail", Channel.EMAIL),
    Option("l", "on LinkedIn", Channel.LINKEDIN),
    Option("n", "as a LinkedIn note, with the invitation", Channel.LINKEDIN_NOTE),
    Option("t", "as a text message", Channel.TEXT),
    Option("p", "by phone", Channel.PHONE),
    Option("f", "face to face", Channel.IN_PERSON),
    Option("o", "another way", Channel.NONE),
)
"""The ways a message takes, each with its key."""

SHORT = 50
"""Characters of a name in a sentence; the record keeps it whole."""


def short(name: str) -> str:
    """A name as a sentence shows it: one line, not endless."""
    line = one_line(name[:400]).strip()
    return line if len(line) <= SHORT else line[: SHORT - 1].rstrip() + "…"


def called(people: list[PersonLine]) -> str:
    """Whom something is about: the name of one, else how many."""
    return short(people[0].name) if len(people) == 1 else plural(len(people), "person", "people")


class PeopleScreen(DeskScreen):
    """A screen that lists people, or shows one. A subclass says whom with `chosen`."""

    def chosen(self) -> list[PersonLine]:
        """Those whom a command is about: the marked ones, else the one under the cursor."""
        return []

    def done(self) -> None:
        """Something was done to all those marked; a subclass takes the marks away."""

    # Whether something can be done

    _NEED_SOMEBODY = frozenset(
        [
            "answer",
            "touch",
            "schedule",
            "meet",
            "edit",
            "notes",
            "tier",
            "tag",
            "introduce",
            "page",
            "copy",
            "move_to",
            "park",
            "remove",
            "move_left",
            "move_right",
            "put",
            "mark",
        ]
    )
    _ONE_ONLY = frozenset(("answer", "schedule", "meet", "edit", "notes", "page"))

    def why_not(self, name: str) -> str:
        """Why a command can't be done now."""
        if name not in self._NEED_SOMEBODY:
            return ""
        people = self.chosen()
        if not people:
            return "Nobody is selected here: go to somebody with the arrow keys first."
        if name in self._ONE_ONLY and len(people) > 1:
            return f"{plural(len(people), 'person', 'people')} are selected: this goes with one at a time."
        if people[0].kind is Kind.GROUP and name == "tier":
            return "A group has no tier: set it for the people in it."
        if name == "page" and not (people[0].linkedin or people[0].emails):
            return f"No page or mail address of {short(people[0].name)} is known: add one with e."
        return ""

    async def ask(self, window: Window[T]) -> T | None:
        """Show a window and wait for its answer."""
        return await self.app.push_screen_wait(window)

    def told(self, text: str) -> None:
        """Say what was done, and take the marks away."""
        self.done()
        self.say(text, "good")

    # Reading what is typed

    def read_when(self, text: str) -> Reading:
        """How a moment to come is read."""
        from data.when import WhenError, read_moment

        try:
            moment = read_moment(text, self.desk.clock.now(), self.desk.clock.zone())
        except WhenError as error:
            return Reading(False, str(error))
        return Reading(True, f"{moment.text}. {moment.note}".strip().removesuffix("."))

    def read_past(self, text: str) -> Reading:
        """How a moment that is over is read."""
        from data.when import WhenError, read_past

        try:
            moment = read_past(text, self.desk.clock.now(), self.desk.clock.zone())
        except WhenError as error:
            return Reading(False, str(error))
        return Reading(True, moment.text)

    def read_day(self, text: str) -> Reading:
        """How a day to come is read; nothing typed is no day."""
        from data.when import WhenError, read_day, show_day

        if not text.strip():
            return Reading(True, "No day: they stay parked until you look.")
        try:
            return Reading(True, show_day(read_day(text, today(self.desk.clock))))
        except WhenError as error:
            return Reading(False, str(error))

    async def ask_day(self, title: str, lead: str, offered: date | None) -> tuple[bool, date | None]:
        """Ask for a day; whether one was given or left out on purpose, and the day."""
        from data.when import read_day

        line = await self.ask(
            AskLine(
                title,
                lead,
                value=offered.isoformat() if offered else "",
                placeholder="in 2 months, jan 15, next mon",
                read=self.read_day,
            )
        )
        if line is None:
            return False, None
        return True, read_day(line, today(self.desk.clock)) if line.strip() else None

    # Moves

    async def do_move_to(self) -> None:
        """Choose a stage, and move there."""
        people = self.chosen()
        order = (*(s for s in Stage if s in LABELS and s is not Stage.NETWORK), Stage.NETWORK)
        here = {person.stage for person in people}
        options = []
        for number, stage in enumerate(order, 1):
            stays = here == {stage}
            says = "" if stays or len(here) > 1 else move_of(people[0].stage, stage).says
            label = "Off the board" if stage is Stage.NETWORK else LABELS[stage]
            options.append(Option(str(number), label, stage, says, "here now" if stays else ""))
        chosen = await self.ask(Choose(f"Move {called(people)} to", options))
        if chosen is not None:
            await self.move(people, chosen)

    async def move(self, people: list[PersonLine], stage: Stage) -> None:
        """Move people to a stage, asking first what the table of moves says must be asked."""
        from data.actions.people import move

        people = [person for person in people if person.stage is not stage]
        if not people:
            return
        if stage is Stage.PARKED:
            await self._park(people)
            return
        asks = move_of(people[0].stage, stage).asks
        if asks is Asks.WHEN:
            if len(people) > 1:
                self.say("Meetings are scheduled one at a time: take the selection back with esc.", "warn")
            else:
                await self._schedule(people[0])
            return
        channel, at = Channel.NONE, None
        if asks is Asks.OUTREACH:
            way = await self.ask(
                Choose(
                    f"How did you ask {called(people)}?",
                    CHANNELS,
                    "This logs your message and books the nudge. To write it first, press 4: Follow-ups.",
                )
            )
            if way is None:
                return
            channel = way
        elif asks is Asks.HOW_MET:
            found = await self._when_met(people)
            if found is None:
                return
            at = found.instant if found.timed else min(self.desk.clock.now(), _noon(found))
            if len(people) == 1:
                told = await self._what_was_said(people[0], found, at)
                if told is not False:
                    if told:
                        self.post_message(Go("wrap_up", told))
                    return
        moved = move(self.desk.store, self.desk.clock, [p.id for p in people], stage, channel=channel, at=at)
        self.told(f"Moved {called(people)} to {LABELS[stage]}. {self._booked(moved[0])}".strip())

    async def _when_met(self, people: list[PersonLine]) -> Moment | None:
        from data.when import read_past

        line = await self.ask(
            AskLine(
                f"When did you talk with {called(people)}?",
                value="today",
                placeholder="today, yesterday 15:00, mon",
                read=self.read_past,
            )
        )
        clock = self.desk.clock
        return read_past(line, clock.now(), clock.zone()) if line is not None else None

    async def _what_was_said(self, line: PersonLine, when: Moment, at: datetime) -> str | Literal[False]:
        """Offer to write down what was said. The meeting's id, "" if given up, False for just the fact."""
        from data.actions.conversation import log_afterwards
        from data.zones import wall

        person = self.desk.store.get(Person, line.id)
        write = await self.ask(
            Choose(
                f"You talked with {short(line.name)}",
                [
                    Option("w", "Write down what was said", True, "then: the wrap-up"),
                    Option("f", "Just note the fact", False, "books the thank-you"),
                ],
            )
        )
        if write is None or person is None:
            return ""
        if not write:
            return False
        text = await self.ask(
            WriteText(
                f"What {short(person.name)} said",
                "",
                self.desk.edit_text,
                'A line each. First sign: ! lead, * advice, " quote, @ I promised; without one, a note.',
            )
        )
        if text is None:
            return ""
        meeting = log_afterwards(
            self.desk.store,
            self.desk.clock,
            person,
            starts=wall(at, when.zone),
            zone=when.zone,
            at=at,
            minutes=self.desk.store.profile.usual_minutes,
            text=text,
        )
        self.told(f"Logged your talk with {short(person.name)}.")
        return meeting.id

    def _booked(self, person: Person) -> str:
        """What comes next with somebody, as a sentence after an action."""
        from data.followups.agenda import next_thing

        badge = next_thing(self.desk.store, person, self.desk.clock)
        return f"Next: {one_line(badge.text)}." if badge is not None and badge.kind == "followup" else ""

    async def do_park(self) -> None:
        """Take people off the board until a day to look again."""
        await self._park([person for person in self.chosen() if person.stage is not Stage.PARKED])

    async def _park(self, people: list[PersonLine]) -> None:
        from data.actions.people import park
        from data.followups.due import look_again
        from data.rules import rules_of
        from data.when import show_day

        if not people:
            self.say("They are parked already: move them back with M.", "warn")
            return
        given, until = await self.ask_day(
            f"Park {called(people)} until",
            "Off the board, nothing is owed. On that day you are asked to look at them again.",
            look_again(self.desk.clock, rules_of(self.desk.store.profile)),
        )
        if given:
            park(self.desk.store, self.desk.clock, [person.id for person in people], until)
            day = f" until {show_day(until)}" if until else ""
            self.told(f"Parked {called(people)}{day}.")

    def do_remove(self) -> None:
        """Remove people; undo brings them back."""
        from data.actions.people import remove

        people = self.chosen()
        remove(self.desk.store, self.desk.clock, [person.id for person in people])
        self.told(f"Removed {called(people)}. Press u to take it back.")

    # Asking and answers

    async def do_answer(self) -> None:
        """Note what somebody answered."""
        from data.followups.events import Answer

        person = self.chosen()[0]
        name = short(person.name)
        answer = await self.ask(
            Choose(
                f"What did {name} answer?",
                [
                    Option("y", "Yes", Answer.YES, "then: find a time"),
                    Option("n", "No", Answer.NO, "then: thank them all the same"),
                    Option("l", "Not now", Answer.LATER, "asks when to try again"),
                    Option("s", "Talk to somebody else", Answer.REFERRED, "brings that person on the board"),
                ],
            )
        )
        if answer is None:
            return
        from data.actions.asking import log_answer

        store, clock = self.desk.store, self.desk.clock
        if answer is Answer.YES:
            log_answer(store, clock, person.id, answer)
            self.told(f"{name} said yes. Find a time: s puts it on the calendar.")
        elif answer is Answer.NO:
            log_answer(store, clock, person.id, answer)
            self.told(f"Noted: {name} said no. A thank-you is on your list.")
        elif answer is Answer.REFERRED:
            await self._referred(person)
        else:
            given, until = await self.ask_day(
                f"When may you ask {name} again?", "Leave it empty if they named no day.", None
            )
            if given:
                log_answer(store, clock, person.id, answer, until=until)
                self.told(f"Noted: {name} can’t now. A thank-you is on your list.")

    async def _referred(self, person: PersonLine) -> None:
        from data.actions.asking import log_answer
        from data.followups.events import Answer

        filled = await self.ask(
            Form(
                f"Whom did {short(person.name)} name?",
                [
                    Field("name", "Name", hint="Jonas Weber"),
                    Field("title", "Title", hint="if you know it"),
                    Field("company", "Company", hint="if you know it"),
                ],
                "They come on the board, introduced by this person.",
                check=lambda values: "" if values["name"] else "Type at least a name.",
            )
        )
        if filled is None:
            return
        log_answer(
            self.desk.store,
            self.desk.clock,
            person.id,
            Answer.REFERRED,
            referred_to=filled["name"],
            title=filled["title"],
            company=filled["company"],
        )
        self.told(f"{short(filled['name'])} is on the board, via {short(person.name)}.")

    async def do_touch(self) -> None:
        """Log any other contact."""
        from data.actions.asking import log_touch

        people = self.chosen()
        direction = await self.ask(
            Choose(
                f"Who made contact: you or {called(people)}?",
                [
                    Option("i", "I wrote or called", Direction.OUT),
                    Option("t", "They wrote or called", Direction.IN),
                    Option("w", "We met or talked", Direction.BOTH),
                ],
                "The next check-in counts from it.",
            )
        )
        if direction is None:
            return
        text = await self.ask(
            AskLine("What was it about?", "A few words for the history; enter alone will do.")
        )
        if text is None:
            return
        ids = [person.id for person in people]
        log_touch(self.desk.store, self.desk.clock, ids, direction=direction, text=text.strip())
        self.told(f"Logged a touch with {called(people)}.")

    # Meetings

    async def do_schedule(self) -> None:
        """Put a meeting on the calendar."""
        await self._schedule(self.chosen()[0])

    async def _schedule(self, line: PersonLine) -> None:
        from data.actions.meetings import schedule
        from data.when import read_moment

        person = self.desk.store.get(Person, line.id)
        if person is None:
            raise UserError("They are no longer there.")
        name = short(person.name)
        typed = await self.ask(
            AskLine(
                f"When do you meet {name}?",
                placeholder="tomorrow 10:30, thu 3pm, dec 3 9am Berlin",
                read=self.read_when,
                hint="The time is yours; put a city behind it for another zone.",
            )
        )
        if typed is None:
            return
        usual = self.desk.store.profile.usual_minutes
        lengths = sorted({15, 20, 30, 45, 60, usual})
        ordered = (usual, *(length for length in lengths if length != usual))
        minutes = await self.ask(
            Choose(
                "How long did you ask for?",
                [
                    Option(str(number), f"{length} min", length, "your usual" if length == usual else "")
                    for number, length in enumerate(ordered, 1)
                ],
            )
        )
        if minutes is None:
            return
        medium = await self.ask(
            Choose(
                "Where?",
                [
                    Option("v", "Video call", Medium.VIDEO),
                    Option("p", "Phone", Medium.PHONE),
                    Option("f", "Face to face", Medium.IN_PERSON),
                ],
            )
        )
        if medium is None:
            return
        clock = self.desk.clock
        moment = read_moment(typed, clock.now(), clock.zone())
        schedule(
            self.desk.store,
            clock,
            person,
            starts=moment.wall,
            zone=moment.zone,
            minutes=minutes,
            medium=medium,
        )
        self.told(f"You meet {name} on {moment.text}. Press 2 to prepare.")

    def do_meet(self) -> None:
        """Start a meeting here and now; one that is planned for about now is that one."""
        from data.actions.conversation import begin, begin_now
        from data.meetings.times import starts_at
        from data.records import Meeting, MeetingStatus

        person = self.desk.store.get(Person, self.chosen()[0].id)
        if person is None:
            return
        now = self.desk.clock.now()
        near = [
            meeting
            for meeting in self.desk.store.where(Meeting, person=person.id)
            if meeting.status is MeetingStatus.PLANNED and abs(starts_at(meeting) - now) <= timedelta(hours=2)
        ]
        if near:
            meeting = begin(self.desk.store, self.desk.clock, near[0].id)
        else:
            meeting = begin_now(self.desk.store, self.desk.clock, person)
        self.post_message(Go("meeting", meeting.id))

    # What is known

    async def do_edit(self) -> None:
        """Change what is known of somebody."""
        from .person_form import edit_person

        if person := self.desk.store.get(Person, self.chosen()[0].id):
            await edit_person(self, person)

    async def do_notes(self) -> None:
        """Write notes about somebody, here or in the user's editor."""
        from data.actions.people import edit_person

        person = self.desk.store.get(Person, self.chosen()[0].id)
        if person is None:
            return
        text = await self.ask(WriteText(f"Notes on {short(person.name)}", person.notes, self.desk.edit_text))
        if text is not None and text != person.notes:
            edit_person(self.desk.store, self.desk.clock, person.id, notes=text)
            self.told(f"Kept your notes on {short(person.name)}.")

    async def do_tier(self) -> None:
        """Set how often to keep in touch."""
        from data.actions.people import set_tier
        from data.rules import rules_of

        people = self.chosen()
        rules = rules_of(self.desk.store.profile)
        tier = await self.ask(
            Choose(
                f"How often do you want to keep in touch with {called(people)}?",
                [
                    Option("a", "Tier A", Tier.A, f"every {plural(rules.tier_a_weeks, 'week')}"),
                    Option("b", "Tier B", Tier.B, f"every {plural(rules.tier_b_months, 'month')}"),
                    Option("c", "Tier C", Tier.C, f"every {plural(rules.tier_c_months, 'month')}"),
                    Option("n", "No tier", Tier.NONE, "no check-ins"),
                ],
            )
        )
        if tier is not None:
            set_tier(self.desk.store, self.desk.clock, [person.id for person in people], tier)
            self.told(f"{called(people)}: {f'tier {tier.value}' if tier else 'no tier'}.")

    async def do_tag(self) -> None:
        """Give tags, or take them away."""
        from data.actions.people import change_tags

        people = self.chosen()
        shared = set(people[0].tags).intersection(*(person.tags for person in people))
        line = await self.ask(
            AskLine(
                f"Tags for {called(people)}",
                "Type the tags that all of them get; one with a minus is taken away: design -old",
                value=" ".join(people[0].tags) if len(people) == 1 else "",
                placeholder="design berlin -old",
            )
        )
        if line is None:
            return
        words = line.split()
        add = [word for word in words if not word.startswith("-")]
        take = [word[1:] for word in words if word.startswith("-")]
        if len(people) == 1:
            take += [tag for tag in shared if tag not in {word.lstrip("#") for word in add}]
        change_tags(self.desk.store, [person.id for person in people], add, take)
        self.told(f"Changed the tags of {called(people)}.")

    def do_page(self) -> None:
        """Open somebody's LinkedIn page, else a mail to them."""
        from data.messages.links import linkedin_page, mailto

        person = self.chosen()[0]
        address = linkedin_page(person.linkedin) if person.linkedin else mailto(person.emails[0])
        if self.desk.open_url(address):
            self.say(f"Opened {address}.", "good")
        else:
            self.say(f"No browser could be started here: {address}", "warn")

    async def do_copy(self) -> None:
        """Copy who somebody is."""
        from asyncio import to_thread

        text = "\n\n".join(card_text(person) for person in self.chosen())
        outcome = await to_thread(self.desk.clipboard.copy, text)
        self.say(outcome.sentence, "good" if outcome.how != "failed" else "warn")

    async def do_introduce(self) -> None:
        """Ask for an introduction, or whom somebody knows."""
        from .introduce import introduce

        await introduce(self, self.chosen())

    @property
    def now_local(self) -> datetime:
        """The user's own time."""
        return local_now(self.desk.clock)


def _noon(moment: Moment) -> datetime:
    """Noon of a day of which no time is known."""
    return moment.instant + timedelta(hours=12)


def card_text(person: PersonLine) -> str:
    """Who somebody is, in lines to paste."""
    role = " · ".join(one_line(part) for part in (person.title, person.company) if part)
    lines = [person.name, role, *person.emails, person.linkedin]
    return "\n".join(one_line(line) for line in lines if line)

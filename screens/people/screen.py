"""What can be done with people wherever they are listed: on the board, in Find, on a person's sheet."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from data.clock import local_now, today
from data.records import Kind, Person, PersonLine, Stage, Tier
from data.text import plural
from data.vocabulary import LABELS

from ..base import DeskScreen
from ..commands import key_of
from ..messages import Go
from .names import called, card_text, ids_of, short

if TYPE_CHECKING:
    from ..dialogs import Reading
    from ..dialogs.window import Window
    from ..exporting import Group

T = TypeVar("T")


class PeopleScreen(DeskScreen):
    """A screen that lists people, or shows one. A subclass says whom with `chosen`."""

    OPENS = "page"

    def chosen(self) -> list[PersonLine]:
        """Those whom a command is about: the marked ones, else the one under the cursor."""
        return []

    def done(self) -> None:
        """Something was done to all those marked; a subclass takes the marks away."""

    # Whether something can be done

    _NEED_SOMEBODY = frozenset(
        [
            "write",
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
            "erase",
            "move_left",
            "move_right",
            "put",
            "mark",
        ]
    )
    _ONE_ONLY = frozenset(("write", "answer", "schedule", "meet", "edit", "notes", "page", "erase"))

    def why_not(self, name: str) -> str:
        """Why a command can't be done now."""
        if name == "merge" and len(self.chosen()) != 2:
            # A sheet shows one person: the other is on the board.
            where, on = (self.SCOPE, "") if self.SCOPE != "person" else ("board", " on the board")
            mark, merge = key_of(f"{where}.mark"), key_of(f"{where}.merge")
            return f"Select the two{on} with {mark} first; then {merge} makes one of them."
        if name not in self._NEED_SOMEBODY:
            return ""
        people = self.chosen()
        if not people:
            return "Nobody is selected here: go to somebody with the arrow keys first."
        if name in self._ONE_ONLY and len(people) > 1:
            return f"{plural(len(people), 'person', 'people')} are selected: this goes with one at a time."
        if name == "tier" and all(person.kind is Kind.GROUP for person in people):
            return "A group has no tier: set it for the people in it."
        if name == "page" and not (people[0].linkedin or people[0].emails):
            return (
                f"No page or mail address of {short(people[0].name)} is "
                f"known: add one with {key_of(f'{self.SCOPE}.edit')}."
            )
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

        from ..dialogs import Reading

        try:
            moment = read_moment(text, self.desk.clock.now(), self.desk.clock.zone())
        except WhenError as error:
            return Reading(False, str(error))
        return Reading(True, moment.said)

    def read_past(self, text: str) -> Reading:
        """How a moment that is over is read."""
        from data.when import WhenError, read_past

        from ..dialogs import Reading

        try:
            moment = read_past(text, self.desk.clock.now(), self.desk.clock.zone())
        except WhenError as error:
            return Reading(False, str(error))
        return Reading(True, moment.said)

    def read_day(self, text: str) -> Reading:
        """How a day to come is read; nothing typed is no day."""
        from data.when import WhenError, read_day, show_day

        from ..dialogs import Reading

        if not text.strip():
            return Reading(True, "No day: they stay parked until you look.")
        try:
            return Reading(True, show_day(read_day(text, today(self.desk.clock))))
        except WhenError as error:
            return Reading(False, str(error))

    async def ask_day(self, title: str, lead: str, offered: date | None) -> tuple[bool, date | None]:
        """Ask for a day; whether one was given or left out on purpose, and the day."""
        from data.when import read_day

        from ..dialogs import AskLine

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
        from data.stages import move_of

        from ..dialogs import Choose, Option

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
        """Move people to a stage, asking first what has to be asked."""
        from .moves import move

        await move(self, people, stage)

    async def do_park(self) -> None:
        """Take people off the board until a day to look again."""
        from .moves import park

        await park(self, [person for person in self.chosen() if person.stage is not Stage.PARKED])

    def do_remove(self) -> None:
        """Remove people; undo brings them back."""
        from data.actions.people import remove

        people = self.chosen()
        remove(self.desk.store, self.desk.clock, ids_of(people))
        self.told(f"Removed {called(people)}. Press {key_of('app.undo')} to take it back.")

    async def do_erase(self) -> None:
        """Erase somebody for good; asks first."""
        from .erase import erase

        await erase(self, self.chosen()[0])

    # Asking and answers

    def do_write(self) -> None:
        """Go to the message that is to be written to somebody; a first one is put on the list."""
        from .moves import write

        write(self, self.chosen()[0])

    async def do_answer(self) -> None:
        """Note what somebody answered."""
        from .answers import answer

        await answer(self)

    async def do_touch(self) -> None:
        """Log any other contact."""
        from .answers import touch

        await touch(self)

    # Meetings

    async def do_schedule(self) -> None:
        """Put a meeting on the calendar."""
        from .moves import schedule

        await schedule(self, self.chosen()[0])

    async def do_meet(self) -> None:
        """Start a meeting here and now; one that is planned for about now is that one."""
        from data.actions.conversation import begin_now
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
            from ..meeting.begin import begin_meeting

            await begin_meeting(self.app, self.desk, near[0].id)
            self.post_message(Go("meeting", near[0].id))
        else:
            meeting = begin_now(self.desk.store, self.desk.clock, person)
            self.post_message(Go("meeting", meeting.id))

    # What is known

    async def do_edit(self) -> None:
        """Change what is known of somebody."""
        from ..person.form import edit_person

        if person := self.desk.store.get(Person, self.chosen()[0].id):
            await edit_person(self, person)

    async def do_notes(self) -> None:
        """Write notes about somebody, here or in the user's editor."""
        from data.actions.people import edit_person

        from ..dialogs import WriteText

        person = self.desk.store.get(Person, self.chosen()[0].id)
        if person is None:
            return
        window = WriteText(
            f"Notes on {short(person.name)}", person.notes, self.desk.edit_text, about=person.id
        )
        text = await self.ask(window)
        if text is not None and text != person.notes:
            edit_person(self.desk.store, self.desk.clock, person.id, seen=person, notes=text)
            self.told(f"Kept your notes on {short(person.name)}.")

    async def do_tier(self) -> None:
        """Set how often to keep in touch."""
        from data.actions.people import set_tier
        from data.rules import rules_of

        from ..dialogs import Choose, Option

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
            have = {each.id for each in set_tier(self.desk.store, self.desk.clock, ids_of(people), tier)}
            groups = " A group has none." if len(have) < len(people) else ""
            people = [person for person in people if person.id in have]
            self.told(f"{called(people)}: {f'tier {tier.value}' if tier else 'no tier'}.{groups}")

    async def do_tag(self) -> None:
        """Give tags, or take them away."""
        from data.actions.people import change_tags

        from ..dialogs import AskLine

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
        kept = {each.id: each.tags for each in change_tags(self.desk.store, ids_of(people), add, take)}
        changed = [person for person in people if kept[person.id] != person.tags]
        if changed:
            self.told(f"Changed the tags of {called(changed)}.")
        else:
            self.say(f"The tags of {called(people)} stay as they were.")

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

    async def do_export(self) -> None:
        """Write people to a file: those chosen, those shown, or everybody."""
        from ..exporting import export

        await export(self, self.desk, self.exportable())

    def exportable(self) -> list[Group]:
        """Those who may be meant by an export, the likeliest first."""
        from ..exporting import group

        people = self.chosen()
        return [group(called(people), people)] if people else []

    def do_merge(self) -> None:
        """Show the two who are selected side by side, to make one of them."""
        self.post_message(Go("duplicates", " ".join(person.id for person in self.chosen())))

    async def do_introduce(self) -> None:
        """Ask for an introduction, or whom somebody knows."""
        from .introduce import introduce

        await introduce(self, self.chosen())

    @property
    def now_local(self) -> datetime:
        """The user's own time."""
        return local_now(self.desk.clock)

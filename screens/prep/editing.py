"""What the preparation asks for in windows of its own: introduction, texts, time and place."""

from __future__ import annotations

from abc import abstractmethod

from msgspec.structs import replace

from data.actions import meetings
from data.days import WhenError
from data.meetings.introductions import (
    SPEECH_WPM,
    VARIANTS,
    after_rehearsal,
    count_words,
    pattern,
    rehearsals,
)
from data.meetings.questions import CATEGORIES, expected, own_question, searchable, with_length
from data.records import Introduction, Medium, Meeting, new_id
from data.rules import INTRODUCTION_OFFERS, rules_of

from ..base import DeskScreen
from ..dialogs import AskLine, Choose, Field, Form, Option, Reading, WriteText, Wrong
from .page import LOOK_AT
from .windows import RehearseWindow

WHEN_EXAMPLES = "tomorrow 10:30, thu 3-3:30pm, dec 3 9am Berlin"


class PrepEditing(DeskScreen):
    """The commands of the preparation that write something; a subclass knows the meeting.

    The introduction is there without one, too: it is rehearsed at any time.
    """

    @property
    @abstractmethod
    def here(self) -> Meeting:
        """The meeting to get ready for. Raises UserError if there is none."""

    @property
    @abstractmethod
    def meeting_id(self) -> str:
        """The id of the meeting to get ready for; empty if there is none."""

    @property
    @abstractmethod
    def introduction(self) -> Introduction | None:
        """The introduction that is shown: that of the meeting, else the one under the cursor."""

    @abstractmethod
    def show_introduction(self, id: str) -> None:
        """Put the cursor on an introduction, where no meeting is there to take it."""

    # The introduction

    async def do_introduction(self) -> None:
        introduction = self.introduction
        if introduction is None:
            await self.do_variant()
            return
        await self._write_introduction(self.meeting_id, introduction)

    async def _write_introduction(self, meeting_id: str, introduction: Introduction) -> None:
        text = await self.app.push_screen_wait(
            WriteText(
                introduction.title,
                introduction.text,
                self.desk.edit_text,
                f"Past, present, where to; {introduction.seconds} s are about "
                f"{introduction.seconds * SPEECH_WPM // 60} words.",
            )
        )
        if text is not None and text.strip():
            meetings.save_introduction(self.desk.store, replace(introduction, text=text.strip()), meeting_id)
            if not meeting_id:
                self.show_introduction(introduction.id)

    async def do_variant(self) -> None:
        """Choose an introduction written before, begin one from a pattern, or change its length."""
        meeting_id, store = self.meeting_id, self.desk.store
        written = store.all(Introduction)
        now = self.introduction
        options: list[Option[Introduction]] = [
            Option("", each.title, each, f"{count_words(each.text)} words, {each.seconds} s")
            for each in written
        ]
        if now is not None:
            other = next((each for each in INTRODUCTION_OFFERS if each != now.seconds), 30)
            options.append(
                Option(
                    "t",
                    f"Take {other} s for “{now.title}”",
                    replace(now, seconds=other),
                    f"now {now.seconds} s",
                )
            )
        seconds = rules_of(store.profile).introduction_seconds
        options += [
            Option(
                str(number),
                f"New: {variant.title}",
                Introduction(
                    id=new_id(), title=variant.title, text=pattern(variant, store.profile), seconds=seconds
                ),
            )
            for number, variant in enumerate(VARIANTS, 1)
        ]
        chosen = await self.app.push_screen_wait(Choose("Your introduction", options))
        if chosen is None:
            return
        if store.get(Introduction, chosen.id) is None:
            await self._write_introduction(meeting_id, chosen)
        elif chosen not in written:
            meetings.save_introduction(store, chosen, meeting_id)
        elif meeting_id:
            meetings.set_introduction(store, meeting_id, chosen.id)
        else:
            self.show_introduction(chosen.id)

    async def do_rehearse(self) -> None:
        introduction = self.introduction
        if introduction is None:
            return
        before = rehearsals(self.desk.store, introduction.id)
        seconds = await self.app.push_screen_wait(RehearseWindow(introduction, self.desk.clock, before))
        if seconds is not None:
            meetings.log_rehearsal(self.desk.store, self.desk.clock, introduction, seconds)
            said = after_rehearsal(count_words(introduction.text), seconds, introduction.seconds)
            self.say(said, "good" if said.endswith("good.") else "plain")

    # Texts

    async def do_objective(self) -> None:
        meeting = self.here
        text = await self._write("What is this conversation for?", meeting.objective, meeting)
        if text is not None:
            meetings.set_objective(self.desk.store, meeting.id, text)

    async def do_research(self) -> None:
        meeting = self.here
        lead = "\n".join(f"{number} {thing}" for number, thing in enumerate(LOOK_AT, 1))
        text = await self._write("What you found out", meeting.research, meeting, lead)
        if text is not None:
            meetings.set_research(self.desk.store, meeting.id, text)

    async def _write(self, title: str, text: str, meeting: Meeting, lead: str = "") -> str | None:
        window = WriteText(title, text, self.desk.edit_text, lead, about=meeting.id)
        return await self.app.push_screen_wait(window)

    # Questions

    async def do_own_question(self) -> None:
        def read(text: str) -> Reading:
            words, seconds = with_length(text)
            flag = searchable(words)
            length = f"{expected(seconds)} for the answer" if seconds else ""
            return Reading(True, f"! {flag}: ask what only they can tell" if flag else length)

        text, category = "", None
        while category is None:
            typed = await self.app.push_screen_wait(
                AskLine(
                    "Your question, as you would ask it",
                    "It goes into your own bank, too. A length behind it is kept: Why did you stay? 3 min",
                    value=text,
                    read=read,
                )
            )
            if not typed or not typed.strip():
                return
            text = typed
            category = await self.app.push_screen_wait(
                Choose(
                    "What is it about?",
                    [Option(str(n), name, id) for n, (id, name) in enumerate(CATEGORIES.items(), 1)],
                    leave="back",
                )
            )
        words, seconds = with_length(text)
        question = own_question(words, category, seconds)
        meetings.add_own_question(self.desk.store, self.here.id, question)

    # When and where

    async def do_move(self) -> None:
        """Set another time and length; the date is shown as read before it is kept."""
        from data.when import read_moment, show

        meeting, clock = self.here, self.desk.clock

        def read(text: str) -> Reading:
            try:
                moment = read_moment(text, clock.now(), clock.zone())
            except WhenError as error:
                return Reading(False, str(error))
            return Reading(True, moment.said)

        now = show(meeting.starts, meeting.zone, clock.zone())
        typed, minutes = "", None
        while minutes is None:
            answer = await self.app.push_screen_wait(
                AskLine(
                    "When do you meet?",
                    f"Now {now}, {meeting.minutes} min.",
                    value=typed,
                    placeholder=WHEN_EXAMPLES,
                    read=read,
                )
            )
            if answer is None:
                return
            typed = answer
            moment = read_moment(typed, clock.now(), clock.zone())
            minutes = moment.minutes or await self._length(meeting)
        meetings.move(
            self.desk.store, clock, meeting.id, starts=moment.wall, zone=moment.zone, minutes=minutes
        )
        self.say(f"You meet on {moment.text}", "good")

    async def _length(self, meeting: Meeting) -> int | None:
        """Ask for the minutes where no end was typed; None is back to the time."""
        lengths = dict.fromkeys((meeting.minutes, 15, 20, 30, 45, 60))
        return await self.app.push_screen_wait(
            Choose(
                "How long?",
                [
                    Option(str(n), f"{length} min", length, "as it was" if n == 1 else "")
                    for n, length in enumerate(lengths, 1)
                ],
                leave="back",
            )
        )

    async def do_place(self) -> None:
        meeting = self.here
        names = {medium.value: medium for medium in Medium} | {
            "in person": Medium.IN_PERSON,
            "call": Medium.PHONE,
        }

        def wrong(values: dict[str, str]) -> Wrong | None:
            known = values["medium"].casefold() in names
            return None if known else Wrong("medium", "Type video, phone or in person.")

        answer = await self.app.push_screen_wait(
            Form(
                "Where do you meet?",
                [
                    Field("place", "Link or place", meeting.place, "https://…, a number, or an address"),
                    Field(
                        "medium", "How", meeting.medium.value.replace("_", " "), "video, phone or in person"
                    ),
                ],
                check=wrong,
            )
        )
        if answer is not None:
            medium = names[answer["medium"].casefold()]
            meetings.set_place(self.desk.store, meeting.id, medium, answer["place"])

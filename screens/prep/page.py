"""The page of one meeting as rows: when and where, introduction, objective, research, questions, ready."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from data.clock import Clock
from data.meetings.introductions import expected_seconds, rehearsed, warnings
from data.meetings.questions import expected, searchable, time_sum
from data.meetings.readiness import Item, Readiness, State, both_zones, introduction_of, readiness
from data.meetings.sheet import said_before
from data.meetings.times import hhmm, planned_end
from data.records import Introduction, Medium, Meeting, Person
from data.store import Reader

from ..commands import key_of
from ..widgets.rows import FILL, Row, Span
from ..widgets.text_rows import wrap

MEDIA: dict[Medium, str] = {Medium.VIDEO: "Video", Medium.PHONE: "Phone", Medium.IN_PERSON: "In person"}
LOOK_AT = (
    "Their path: which step would you like to ask about?",
    "Their company or team: what is new there?",
    "Something they made, wrote or said.",
)
"""The three things to look at before a conversation."""
KEYS: dict[str, str] = {
    "move": "prep.move",
    "place": "prep.place",
    "introduction": "prep.introduction",
    "rehearse": "prep.rehearse",
    "objective": "prep.objective",
    "research": "prep.research",
    "questions": "prep.add",
    "confirm": "prep.confirm",
    "tick": "prep.tick",
}
"""The command that does what an open item asks for."""
_MOST_LINES = 12


@dataclass(frozen=True, slots=True)
class PageRow:
    """One row. `command` is what enter does with it; `ref` the question or item it stands for.

    Rows without a command are headings or continue the row before, and can't hold the cursor.
    """

    key: str
    row: Row
    command: str = ""
    ref: str = ""


def page_rows(reader: Reader, clock: Clock, meeting: Meeting, width: int) -> list[PageRow]:
    """The rows of the page in `width` cells."""
    person = reader.get(Person, meeting.person)
    ready = readiness(reader, meeting, clock.now(), clock.zone())
    rows: list[PageRow] = []
    for section in (
        _when(clock, meeting, person, width),
        _ready(ready, width),
        _introduction(reader, introduction_of(reader, meeting), width),
        _text("objective", "Objective", meeting.objective, "What do you want to learn?", width),
        _research(reader, clock, meeting, width),
        _questions(meeting, width),
    ):
        if rows:
            rows.append(PageRow(f"gap-{len(rows)}", ()))
        rows += section
    return rows


def _head(id: str, title: str, right: Span | None = None) -> PageRow:
    return PageRow(f"head-{id}", ((title, "accent"), FILL, right) if right else ((title, "accent"),))


def _wrapped(
    key: str,
    text: str,
    width: int,
    *,
    command: str = "",
    ref: str = "",
    role: str = "plain",
    lead: str = "  ",
) -> Iterator[PageRow]:
    lines = [line for part in text.splitlines() or [""] for line in wrap(part, width - len(lead))]
    if len(lines) > _MOST_LINES:
        lines = [*lines[: _MOST_LINES - 1], f"… ({key_of('prep.edit')} shows all of it)"]
    for place, line in enumerate(lines):
        row: Row = ((lead if not place else " " * len(lead), role), (line, role))
        yield PageRow(key if not place else f"{key}/{place}", row, command if not place else "", ref)


def _when(clock: Clock, meeting: Meeting, person: Person | None, width: int) -> Iterator[PageRow]:
    zones = both_zones(meeting, person, clock.zone())
    until = f"{meeting.minutes} min, until {hhmm(planned_end(meeting), clock.zone())}"
    yield _head("when", "When and where", (f"promised {until}", "strong"))
    yield from _wrapped("time", zones.yours, width, command="move", role="strong")
    theirs = zones.theirs if zones.known else "their time zone is not known; nothing needs it"
    if zones.same:
        theirs = "the same for them"
    yield from _wrapped("theirs", theirs, width, role="dim")
    place = (
        meeting.place
        or {
            Medium.VIDEO: "no link yet (w)",
            Medium.PHONE: "no number yet (w)",
            Medium.IN_PERSON: "no address yet (w)",
        }[meeting.medium]
    )
    role = "plain" if meeting.place else "dim"
    yield from _wrapped("place", f"{MEDIA[meeting.medium]}: {place}", width, command="place", role=role)


def introduction_rows(reader: Reader, width: int) -> list[PageRow]:
    """The rows of the page where no meeting is planned: every introduction, to be rehearsed at any time."""
    written = reader.all(Introduction)
    if not written:
        return list(_introduction(reader, None, width))
    rows: list[PageRow] = []
    for introduction in reversed(written):
        if rows:
            rows.append(PageRow(f"gap-{len(rows)}", ()))
        rows += _introduction(reader, introduction, width, introduction.id)
    return rows


def _introduction(
    reader: Reader, introduction: Introduction | None, width: int, id: str = "introduction"
) -> Iterator[PageRow]:
    if introduction is None:
        yield _head(id, "Introduction")
        hint = f"Past, present, where to, in 30 seconds: {key_of('list.choose')} begins with a pattern."
        yield from _wrapped(id, hint, width, command="introduction", role="dim")
        return
    history = rehearsed(reader, introduction.id)
    said = history.text or "not rehearsed"
    about = f"about {expected_seconds(introduction.text):.0f} of {introduction.seconds} s"
    title = f"Introduction: {introduction.title}" if width >= 70 else "Introduction"
    yield _head(id, title, (f"{about} · {said}" if width >= 70 else about, "dim"))
    yield from _wrapped(id, introduction.text, width, command="introduction", ref=introduction.id)
    for number, warning in enumerate(warnings(introduction.text, introduction.seconds)):
        yield from _wrapped(f"{id}-{number}", warning, width, role="warn", lead="! ")


def _text(id: str, title: str, text: str, hint: str, width: int) -> Iterator[PageRow]:
    yield _head(id, title)
    yield from _wrapped(id, text or hint, width, command=id, role="plain" if text else "dim")


def _research(reader: Reader, clock: Clock, meeting: Meeting, width: int) -> Iterator[PageRow]:
    yield _head("research", "Research")
    if meeting.research.strip():
        yield from _wrapped("research", meeting.research, width, command="research")
    else:
        yield from _wrapped("research", LOOK_AT[0], width, command="research", role="dim", lead="1 ")
        for number, thing in enumerate(LOOK_AT[1:], 2):
            yield from _wrapped(f"research-{number}", thing, width, role="dim", lead=f"{number} ")
    for number, said in enumerate(said_before(reader, meeting, clock.zone())):
        yield from _wrapped(f"said-{number}", said.line, width, role="tag", lead="› ")


def _questions(meeting: Meeting, width: int) -> Iterator[PageRow]:
    total = time_sum(meeting.questions, meeting.minutes)
    yield _head("questions", "Questions", (total.text, "warn" if total.over else "dim"))
    if not meeting.questions:
        hint = (
            f"None yet: {key_of('list.choose')} opens the bank, "
            f"{key_of('prep.own_question')} takes one in your own words."
        )
        yield from _wrapped("questions", hint, width, command="add", role="dim")
    over = {question.id for question in total.over}
    for number, question in enumerate(meeting.questions, 1):
        late = question.id in over
        right: list[Span] = [("won’t fit  ", "warn")] if late else []
        right.append((expected(question.seconds).rjust(6), "dim"))
        room = width - 5 - sum(len(text) for text, _ in right) - 2
        first, *rest = wrap(question.text, room)
        star: Span = ("★ ", "warn") if question.starred else ("  ", "dim")
        role = "dim" if late else "strong" if question.starred else "plain"
        row: Row = ((f"{number:>2} ", "dim"), star, (first, role), FILL, *right)
        yield PageRow(f"q-{question.id}", row, "edit", question.id)
        if len(rest) > _MOST_LINES - 1:
            rest = [*rest[: _MOST_LINES - 2], f"… ({key_of('prep.edit')} shows all of it)"]
        for place, line in enumerate(rest):
            yield PageRow(f"q-{question.id}/{place}", (("     ", "dim"), (line, role)))
        if not question.bank or question.text:
            flag = searchable(question.text)
            if flag:
                yield from _wrapped(f"flag-{question.id}", flag, width, role="warn", lead="     ! ")


def _ready(ready: Readiness, width: int) -> Iterator[PageRow]:
    percent = ready.percent
    yield _head("ready", "Ready", (f"{percent}%", "good" if percent == 100 else "strong"))
    for item in ready.items:
        does = item.command if item.state is State.OPEN else "tick"
        yield PageRow(f"item-{item.id}", _item(item), "add" if does == "questions" else does, item.id)


def _item(item: Item) -> Row:
    sign: Span = {
        State.DONE: ("✓ ", "good"),
        State.OPEN: ("○ ", "warn"),
        State.LATER: ("· ", "dim"),
    }[item.state]
    why = item.why
    if item.state is State.OPEN:
        does = KEYS.get(item.command, "")
        key = key_of(does) if does else ""
        why = f"{why} ({key})" if why and key else why or (f"({key})" if key else "")
    return (sign, (item.text, "dim" if item.done else "plain"), (f"   {why}" if why else "", "dim"))

"""What the meeting's lines of words say: with whom, until when, and what the typed line is becoming."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from data.clock import Clock
from data.days import show_day
from data.meetings.capture import COMMANDS, kind_of, matching_commands
from data.meetings.clock import THANKS_LEFT, Reading
from data.meetings.lead_words import understand_lead
from data.meetings.promise_words import promised_by
from data.meetings.sayings import cue_words, exit_line, kept_whole
from data.meetings.schedule import next_after
from data.meetings.times import hhmm, starts_at
from data.records import EntryKind, Meeting, Person
from data.store import Reader

from ..commands import key_of
from ..widgets.clock_panel import tone_of
from ..widgets.rows import FILL, ROLES, Row, Span
from ..widgets.timeline import KIND_NAMES, KIND_ROLES

_LEGEND: tuple[tuple[str, str, EntryKind], ...] = (
    ("!", "lead", EntryKind.LEAD),
    ("*", "advice", EntryKind.ADVICE),
    ('"', "quote", EntryKind.QUOTE),
    ("@", "I promised", EntryKind.PROMISE),
    ("tab", "answer", EntryKind.ANSWER),
)


def head_row(reader: Reader, meeting: Meeting, person: Person | None, shown: Reading, zone: ZoneInfo) -> Row:
    """With whom, how, through whom; and until when was promised."""
    name = person.name if person is not None else "somebody"
    parts: list[str] = []
    if person is not None:
        role = ", ".join(part for part in (person.title, person.company) if part)
        parts += [role] if role else []
    parts.append(meeting.medium.value.replace("_", " "))
    if person is not None and person.introduced_by:
        introducer = reader.get(Person, person.introduced_by)
        if introducer is not None:
            parts.append(f"via {introducer.name}")
    until = f"until {hhmm(shown.until, zone)}"
    # The same minutes as in the line that ends it; begun early, it is no longer than was asked for.
    minutes = meeting.minutes
    if not kept_whole(meeting):
        minutes = min(minutes, round(shown.planned.total_seconds() / 60))
    promised = f"promised {minutes} min"
    if shown.offered:
        promised += f" + {shown.offered} offered"
    return (
        (name, "strong"),
        (" · " + " · ".join(parts), "dim"),
        FILL,
        (f"{promised} · ", "dim"),
        (until, "late" if shown.over else "strong"),
    )


def then_words(reader: Reader, clock: Clock, meeting: Meeting) -> str:
    """Who is met next, where that is soon after this one: "then Sam Okafor 15:20"."""
    following = next_after(reader, meeting, clock.now())
    person = reader.get(Person, following.person) if following is not None else None
    if following is None:
        return ""
    return f"then {person.name if person else 'somebody'} {hhmm(starts_at(following), clock.zone())}"


def saying(meeting: Meeting, shown: Reading, name: str, *, exit_line_asked: bool) -> tuple[str, str]:
    """What the clock says now and its tone; what to say aloud if asked for. Mute still lets the end speak."""
    if exit_line_asked:
        early = shown.left > THANKS_LEFT
        return f"“{exit_line(meeting, name, early=early)}”", tone_of(shown)
    if shown.standing is not None and (not meeting.muted or shown.over):
        return cue_words(shown.standing, meeting, name), tone_of(shown)
    return "", ""


def sign_words(value: str, plain: bool, *, editing: bool) -> tuple[str, str]:
    """What stands before the line while it is typed: the kind's sign and name, and its style."""
    if value.startswith("/") and not plain:
        return "/ command", ROLES["accent"]
    kind = kind_of(value, plain=plain)
    if kind is EntryKind.NOTE:
        return ("change ›" if editing else "›"), ROLES["accent"]
    return KIND_NAMES[kind] + " ›", ROLES[KIND_ROLES[kind]]


def hint_words(value: str, plain: bool, today: date, *, editing: bool, wide: bool) -> Row:
    """What the line below says: what was understood of a lead or a promise, the commands, or the signs."""
    if value.startswith("/") and not plain:
        found = matching_commands(value)
        if not found:
            return (("No such command; a space first keeps it as a note.", "warn"),)
        if len(found) == 1:
            return ((found[0].typed, "accent"), (f"  {found[0].help}", "dim"))
        return (("   ".join(command.typed for command in found or COMMANDS), "dim"),)
    kind = kind_of(value, plain=plain)
    if kind is EntryKind.LEAD and value[1:].strip():
        return (("understood: ", "dim"), (understand_lead(value[1:]).words or "a lead", "warn"))
    if kind is EntryKind.PROMISE and (due := promised_by(value[1:], today)) is not None:
        return (("understood: ", "dim"), (f"you promised it by {show_day(due)}", KIND_ROLES[kind]))
    if editing:
        return ((f"enter keeps the change · {key_of('text.leave')} leaves it as it was", "dim"),)
    spans: list[Span] = []
    for sign, name, kind in _LEGEND:
        spans += [(sign, KIND_ROLES[kind]), (f" {name}   " if wide else f" {name}  ", "dim")]
    return (*spans, ("/", "accent"), (" command", "dim"), FILL, ("⏎ keep" if wide else "", "dim"))

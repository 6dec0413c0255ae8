"""What the settings show, as plain rows: the user's own words, each number with its source, holidays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from data.days import LONG_DAYS, show_day
from data.records import Profile
from data.rules import CHAPTERS, RULES, Rule, rules_of
from data.text import fold, one_line, plural

from ..commands import key_of
from ..widgets.rows import FILL, Row, hits

Kind = Literal["head", "words", "switch", "rule", "holidays", "holiday"]


@dataclass(frozen=True, slots=True)
class Setting:
    """One line: `id` names what it sets, `value` is how it stands, `own` says that it is the user's.

    `about` are paragraphs for who wants to know more.
    """

    kind: Kind
    id: str
    label: str
    value: str = ""
    own: bool = False
    about: tuple[str, ...] = ()
    day: date | None = None


_WORDS: tuple[tuple[str, str, str], ...] = (
    ("name", "Your name", "It signs your messages, and fills “your name” in the templates."),
    ("target_field", "Target field", "Where you want to get to. Messages name it, and Find ranks by it."),
    ("target_titles", "Target roles", "Find ranks people with these titles higher. Commas part them."),
    ("signature", "Signature", "What stands below a mail. Left empty, it is your name."),
)
_SWITCHES: tuple[tuple[str, str, str], ...] = (
    ("premium", "LinkedIn Premium", "With Premium a note with an invitation may be longer."),
    (
        "bell",
        "Bell in a meeting",
        "Your terminal rings at each cue. They may hear it through the microphone.",
    ),
    (
        "terminal_title",
        "Clock in the title",
        "The terminal’s title says how long is left of a meeting; afterwards it is as it was.",
    ),
)


def settings(profile: Profile, today: date) -> list[Setting]:
    """All settings in order, below their headings."""
    return [*_you(profile), *_rules(profile), *_holidays(profile, today)]


def _head(text: str) -> Setting:
    return Setting("head", f"head-{text}", text)


def _gap(text: str) -> Setting:
    return Setting("head", f"gap-{text}", "")


def _you(profile: Profile) -> Iterator[Setting]:
    yield _head("You")
    for id, label, about in _WORDS:
        held: str | tuple[str, ...] = getattr(profile, id)
        value = ", ".join(held) if isinstance(held, tuple) else held
        yield Setting("words", id, label, value, about=(about,))
    for id, label, about in _SWITCHES:
        on: bool = getattr(profile, id)
        yield Setting("switch", id, label, "yes" if on else "no", about=(about,))


def _rules(profile: Profile) -> Iterator[Setting]:
    heads = dict(CHAPTERS)
    now = rules_of(profile)
    for rule in RULES.values():
        if rule.name in heads:
            yield _gap(rule.name)
            yield _head(heads[rule.name])
        value: int = getattr(now, rule.name)
        own = value != rule.value
        ours = f"Ours: {measure(rule, rule.value)}." if own else "This is what Inroad comes with."
        bounds = "" if rule.name == "weekend_starts" else f" It may be {rule.low} to {rule.high}."
        yield Setting(
            "rule",
            rule.name,
            rule.title,
            measure(rule, value),
            own,
            about=(f"{ours}{bounds}", f"Who says so: {rule.source}."),
        )


def measure(rule: Rule, value: int) -> str:
    """A number with its unit, as one says it: `7 business days`, `1 hour`, `Saturday and Sunday`."""
    if rule.name == "weekend_starts":
        return f"{LONG_DAYS[value % 7]} and {LONG_DAYS[(value + 1) % 7]}"
    return f"{value:,} {rule.unit.removesuffix('s') if value == 1 else rule.unit}"


def _holidays(profile: Profile, today: date) -> Iterator[Setting]:
    days = profile.holidays
    coming = [day for day in days if day >= today]
    count = plural(len(coming), "day") + " to come" if coming else "none yet"
    about = (
        "On these days nobody is at work: a nudge, a lead, news are due on the business day after.",
        f"{key_of('settings.add')} adds some: a day (25 dec), several "
        "(24 dec to 1 jan, 6 jan), or a file: a calendar (.ics), or a "
        "list with one date (2026-12-25) a line.",
    )
    yield Setting("holidays", "holidays", "Holidays", count, about=about)
    for day in coming:
        yield Setting(
            "holiday",
            f"day-{day}",
            show_day(day),
            LONG_DAYS[day.weekday()],
            about=(f"{key_of('settings.remove')} takes it away.",),
            day=day,
        )


def matching(listed: list[Setting], words: Sequence[str]) -> list[Setting]:
    """The settings in whose name, chapter, value or explanation all folded `words` stand, below their
    headings."""
    if not words:
        return listed
    found: list[Setting] = []
    head: list[Setting] = []
    chapter = ""
    for setting in listed:
        if setting.kind == "head":
            if setting.label:
                chapter, head = setting.label, [setting]
        elif all(
            word in fold(" ".join((chapter, setting.label, setting.value, *setting.about))) for word in words
        ):
            found += [*([_gap(setting.id)] if head and found else []), *head, setting]
            head = []
    return found


def draw(setting: Setting, width: int, words: Sequence[str]) -> list[Row]:
    """One line of the settings; `words`, that are searched for, stand out."""
    if setting.kind == "head":
        return [((setting.label, "accent"),)]
    if setting.kind == "holiday":
        return [(("    ", "plain"), *hits(setting.label, "plain", words))]
    shown = " ".join(one_line(setting.value[:200]).split()) or "not set"
    role = "strong" if setting.own else "plain" if setting.value else "dim"
    yours = (" · yours", "good") if setting.own else ("", "plain")
    return [(("  ", "plain"), *hits(setting.label, "plain", words), FILL, (shown, role), yours)]

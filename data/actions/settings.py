"""The user's own numbers and holidays; settings are outside of undo."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Literal

from msgspec.structs import replace

from data.business_days import read_holidays
from data.clock import Clock, today
from data.records import Profile
from data.rules import RULES, with_rule
from data.store import Store

Words = Literal["name", "target_field", "target_titles", "signature"]
Switch = Literal["premium", "bell", "terminal_title"]


def set_rule(store: Store, name: str, value: int) -> Profile:
    """Set one of the numbers of `data.rules.RULES`; what is booked already stays as it is.

    Raises UserError (one sentence) for an unknown name or a value out of bounds.
    """
    profile = with_rule(store.profile, name, value)
    store.save_profile(profile)
    return profile


def reset_rule(store: Store, name: str) -> Profile:
    """Go back to our own number. Raises UserError (one sentence) for an unknown name."""
    return set_rule(store, name, RULES[name].value if name in RULES else 0)


def reset_rules(store: Store) -> int:
    """Go back to our own numbers, all of them; returns how many were the user's own."""
    before = store.profile
    profile = before
    for rule in RULES.values():
        profile = with_rule(profile, rule.name, rule.value)
    store.save_profile(profile)
    return len(before.rules) + (before.usual_minutes != profile.usual_minutes)


def set_words(store: Store, what: Words, text: str) -> Profile:
    """Set the user's name, target field or signature, or the target roles (parted by commas)."""
    value: str | tuple[str, ...] = text.strip() if what == "signature" else " ".join(text.split())
    if what == "target_titles":
        value = tuple(title for part in text.split(",") if (title := " ".join(part.split())))
    profile = replace(store.profile, **{what: value})
    store.save_profile(profile)
    return profile


def set_switch(store: Store, what: Switch, on: bool) -> Profile:
    """Say whether the user has LinkedIn Premium (longer notes), or wants a meeting to ring the bell or to
    stand in the terminal's title."""
    profile = replace(store.profile, **{what: on})
    store.save_profile(profile)
    return profile


def set_holidays(store: Store, holidays: Iterable[date]) -> Profile:
    """Set the days on which nobody is at work, instead of those set before."""
    profile = replace(store.profile, holidays=tuple(sorted(set(holidays))))
    store.save_profile(profile)
    return profile


def take_holidays(store: Store, clock: Clock, path: Path) -> tuple[date, ...]:
    """Add the holidays of a calendar (.ics) or a list to those set; returns the days in the file.

    Raises UserError (one sentence, with file and line); then nothing is changed.
    """
    found = read_holidays(path, today(clock))
    set_holidays(store, (*store.profile.holidays, *found))
    return found

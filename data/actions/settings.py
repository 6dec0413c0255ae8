"""The user's own name, numbers and holidays; each change is a step of undo like any other."""

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

_SWITCHES: dict[Switch, str] = {
    "premium": "LinkedIn Premium",
    "bell": "the bell",
    "terminal_title": "the terminal’s title",
}


def set_rule(store: Store, name: str, value: int) -> Profile:
    """Set one of the numbers of `data.rules.RULES`; what is booked already stays as it is.

    Raises UserError (one sentence) for an unknown name or a value out of bounds.
    """
    profile = with_rule(store.profile, name, value)
    return _keep(store, profile, f"Changed “{RULES[name].title}”")


def reset_rule(store: Store, name: str) -> Profile:
    """Go back to our own number. Raises UserError (one sentence) for an unknown name."""
    return set_rule(store, name, RULES[name].value if name in RULES else 0)


def reset_rules(store: Store) -> int:
    """Go back to our own numbers, all of them; returns how many were the user's own."""
    before = store.profile
    profile = before
    for rule in RULES.values():
        profile = with_rule(profile, rule.name, rule.value)
    _keep(store, profile, "Reset all numbers")
    return len(before.rules) + (before.usual_minutes != profile.usual_minutes)


def set_words(store: Store, what: Words, text: str) -> Profile:
    """Set the user's name, target field or signature, or the target roles (parted by commas)."""
    value: str | tuple[str, ...] = text.strip() if what == "signature" else " ".join(text.split())
    if what == "target_titles":
        value = tuple(title for part in text.split(",") if (title := " ".join(part.split())))
    label = "target roles" if what == "target_titles" else what.replace("_", " ")
    return _keep(store, replace(store.profile, **{what: value}), f"Changed your {label}")


def set_switch(store: Store, what: Switch, on: bool) -> Profile:
    """Say whether the user has LinkedIn Premium (longer notes), or wants a meeting to ring the bell or to
    stand in the terminal's title."""
    title = f"Switched {_SWITCHES[what]} {'on' if on else 'off'}"
    return _keep(store, replace(store.profile, **{what: on}), title)


def set_holidays(store: Store, holidays: Iterable[date]) -> Profile:
    """Set the days on which nobody is at work, instead of those set before."""
    return _keep(store, replace(store.profile, holidays=tuple(sorted(set(holidays)))), "Changed the holidays")


def take_holidays(store: Store, clock: Clock, path: Path) -> tuple[date, ...]:
    """Add the holidays of a calendar (.ics) or a list to those set; returns the days in the file.

    Raises UserError (one sentence, with file and line); then nothing is changed.
    """
    found = read_holidays(path, today(clock))
    set_holidays(store, (*store.profile.holidays, *found))
    return found


def set_profile(store: Store, profile: Profile) -> Profile:
    """Keep what the user says of themselves in one go; returns it."""
    return _keep(store, profile, "Changed your profile")


def _keep(store: Store, profile: Profile, title: str) -> Profile:
    with store.transaction(title) as tx:
        return tx.put(profile)

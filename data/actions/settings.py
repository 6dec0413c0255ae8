"""The user's own numbers and holidays; settings are outside of undo."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from data.business_days import read_holidays
from data.clock import Clock, today
from data.records import Profile
from data.rules import with_rule
from data.store import Store


def set_rule(store: Store, name: str, value: int) -> Profile:
    """Set one of the numbers of `data.rules.RULES`; what is booked already stays as it is.

    Raises UserError (one sentence) for an unknown name or a value out of bounds.
    """
    profile = with_rule(store.profile, name, value)
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

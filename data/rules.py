"""The numbers that Inroad goes by: each with its unit, its bounds, and who says so; all settable.

`Profile.rules` holds the user's own values by name. A value there that is out of bounds, or of a name
nobody knows, is passed over, so that a store from elsewhere can't stop anything.

The guides named as sources:
- Steve Dalton, *The 2-Hour Job Search* (2nd edition, Ten Speed Press 2020): the 75-word message that
  puts the connection first and asks a question, and the "3B7" routine: no answer after three business
  days, write to somebody else at that employer; after seven, write once more to the first.
- University career centres: Yale Office for Postdoctoral Affairs, "Informational interviews" (thank-you
  within 24 hours, keep them informed of what became of their advice and referrals); Rice Center for
  Engineering Leadership, "Exploring your next job" (confirm the day before, thank with something they
  said, keep to the time that was promised).
- LinkedIn Help, "Personalize invitations to connect": the length of a note.
- The design of Inroad, section 5, where practice names no number of its own.
"""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import Struct

from data.errors import UserError
from data.records import Profile

DALTON = "The 2-Hour Job Search, Steve Dalton"
CAREER_CENTRES = "common career-centre advice (Yale, Rice)"
LINKEDIN = "LinkedIn Help, Personalize invitations"
DESIGN = "Inroad's own, settable like all"

INTRODUCTION_OFFERS = (30, 60)
"""Seconds on offer for an introduction."""


class Rule(Struct, frozen=True, kw_only=True):
    """One number: `name` is the key in `Profile.rules`, `low` and `high` what may be set."""

    name: str
    value: int
    unit: str
    title: str
    source: str
    low: int = 1
    high: int = 365


class Rules(Struct, frozen=True, kw_only=True):
    """Every number at its present value; `RULES` says what each means and who says so."""

    meeting_minutes: int = 20
    introduction_seconds: int = 30
    questions_least: int = 5
    questions_most: int = 10
    questions_starred: int = 3

    outreach_words: int = 75
    linkedin_note: int = 200
    linkedin_note_premium: int = 300

    nudge_days: int = 7
    nudges: int = 2
    someone_else_days: int = 3
    schedule_days: int = 1
    confirm_days: int = 1

    thank_you_hours: int = 24
    connect_hours: int = 48
    introducer_days: int = 2
    lead_days: int = 3
    promise_days: int = 3
    report_back_days: int = 2
    outcome_days: int = 10
    progress_days: int = 7

    tier_a_weeks: int = 5
    tier_b_months: int = 3
    tier_c_months: int = 6
    look_again_months: int = 3

    weekend_starts: int = 5


def _rule(name: str, unit: str, title: str, source: str, low: int = 1, high: int = 365) -> Rule:
    return Rule(
        name=name, value=getattr(_DEFAULT, name), unit=unit, title=title, source=source, low=low, high=high
    )


_DEFAULT = Rules()

RULES: dict[str, Rule] = {
    rule.name: rule
    for rule in (
        _rule("meeting_minutes", "minutes", "How long a meeting is asked for", CAREER_CENTRES, 5, 180),
        _rule("introduction_seconds", "seconds", "How long an introduction takes", CAREER_CENTRES, 10, 180),
        _rule("questions_least", "questions", "Prepare at least", CAREER_CENTRES, 0, 30),
        _rule("questions_most", "questions", "Prepare at most", CAREER_CENTRES, 1, 50),
        _rule("questions_starred", "questions", "Star as must-asks", DESIGN, 0, 10),
        _rule("outreach_words", "words", "A first message stays under", DALTON, 20, 500),
        _rule("linkedin_note", "characters", "A LinkedIn note has at most", LINKEDIN, 100, 2000),
        _rule("linkedin_note_premium", "characters", "With Premium at most", LINKEDIN, 100, 2000),
        _rule("nudge_days", "business days", "Write once more after", DALTON, 1, 60),
        _rule("nudges", "nudges", "Write once more at most", DALTON, 0, 5),
        _rule("someone_else_days", "business days", "Suggest someone else there after", DALTON, 1, 60),
        _rule("schedule_days", "business days", "Find a time after a yes within", CAREER_CENTRES, 1, 30),
        _rule("confirm_days", "days", "Confirm a meeting ahead by", CAREER_CENTRES, 1, 14),
        _rule("thank_you_hours", "hours", "Say thank you within", CAREER_CENTRES, 1, 336),
        _rule("connect_hours", "hours", "Connect on LinkedIn within", DESIGN, 1, 336),
        _rule(
            "introducer_days", "business days", "Thank whoever introduced you within", CAREER_CENTRES, 1, 60
        ),
        _rule("lead_days", "business days", "Act on a lead within", DESIGN, 1, 60),
        _rule("promise_days", "business days", "Keep a promise within", DESIGN, 1, 60),
        _rule("report_back_days", "business days", "Tell the giver news within", CAREER_CENTRES, 1, 60),
        _rule("outcome_days", "business days", "See what came of a lead after", DESIGN, 1, 120),
        _rule("progress_days", "days", "Tell them your progress after", CAREER_CENTRES, 1, 90),
        _rule("tier_a_weeks", "weeks", "Check in with tier A every", DESIGN, 1, 52),
        _rule("tier_b_months", "months", "Check in with tier B every", DESIGN, 1, 24),
        _rule("tier_c_months", "months", "Check in with tier C every", DESIGN, 1, 36),
        _rule("look_again_months", "months", "Look at a parked person again after", DESIGN, 1, 36),
        _rule("weekend_starts", "(Mon 0 … Sun 6)", "The weekend is", DESIGN, 0, 6),
    )
}
"""Every rule by its name, in the order in which settings show them."""

_LENGTH = "meeting_minutes"
"""The one rule with a field of its own in the profile (`usual_minutes`): the first run asks for it."""

CHAPTERS: tuple[tuple[str, str], ...] = (
    (_LENGTH, "Meetings"),
    ("outreach_words", "First messages"),
    ("nudge_days", "While you wait for an answer"),
    ("schedule_days", "Finding and keeping a time"),
    ("thank_you_hours", "After a meeting"),
    ("tier_a_weeks", "Keeping in touch"),
    ("weekend_starts", "Business days"),
)
"""The rule that begins each chapter of the settings, and the chapter's heading."""


def _own(profile: Profile) -> dict[str, int]:
    return {**profile.rules, _LENGTH: profile.usual_minutes}


def rules_of(profile: Profile) -> Rules:
    """The numbers that hold for this user."""
    own: dict[str, Any] = {
        name: value
        for name, value in _own(profile).items()
        if name in RULES and RULES[name].low <= value <= RULES[name].high
    }
    return msgspec.structs.replace(_DEFAULT, **own) if own else _DEFAULT


def note_limit(profile: Profile) -> int:
    """The characters that a LinkedIn note of this user may have."""
    rules = rules_of(profile)
    return rules.linkedin_note_premium if profile.premium else rules.linkedin_note


def with_rule(profile: Profile, name: str, value: int) -> Profile:
    """The profile with one number set; set to what it is anyway, it is no longer the user's own.

    Raises UserError (one sentence) for an unknown name or a value out of bounds.
    """
    rule = RULES.get(name)
    if rule is None:
        raise UserError(f"There is no rule called “{name}”: the settings list those there are.")
    if not rule.low <= value <= rule.high:
        raise UserError(
            f"“{rule.title}” takes a number from {rule.low} to {rule.high} ({rule.unit}), not {value}."
        )
    if name == _LENGTH:
        return msgspec.structs.replace(profile, usual_minutes=value)
    own = {key: set_to for key, set_to in profile.rules.items() if key != name}
    if value != rule.value:
        own[name] = value
    return msgspec.structs.replace(profile, rules=own)

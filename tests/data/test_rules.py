"""The numbers that Inroad goes by: their values, bounds and sources."""

from __future__ import annotations

import pytest

from data.errors import UserError
from data.records import PROFILE_ID, Profile
from data.rules import RULES, Rules, rules_of, with_rule

PROFILE = Profile(id=PROFILE_ID)


def test_every_number_has_a_rule_with_its_source_and_lies_within_its_bounds() -> None:
    assert set(RULES) == set(Rules.__struct_fields__)
    for rule in RULES.values():
        assert rule.low <= rule.value <= rule.high
        assert rule.source
        assert rule.title
        assert rule.unit


def test_the_numbers_of_the_guides() -> None:
    rules = rules_of(PROFILE)
    assert (rules.nudge_days, rules.someone_else_days, rules.nudges) == (7, 3, 2)
    assert (rules.outreach_words, rules.linkedin_note, rules.linkedin_note_premium) == (75, 200, 300)
    assert (rules.thank_you_hours, rules.connect_hours, rules.progress_days) == (24, 48, 7)
    assert (rules.tier_a_weeks, rules.tier_b_months, rules.tier_c_months) == (5, 3, 6)


def test_a_number_is_set_and_set_back() -> None:
    profile = with_rule(PROFILE, "nudge_days", 5)
    assert rules_of(profile).nudge_days == 5
    assert with_rule(profile, "nudge_days", 7) == PROFILE


@pytest.mark.parametrize(("name", "value"), [("nudge_days", 0), ("nudge_days", 61), ("no_such_rule", 3)])
def test_a_number_that_makes_no_sense_is_refused_with_a_sentence(name: str, value: int) -> None:
    with pytest.raises(UserError) as error:
        with_rule(PROFILE, name, value)
    assert str(error.value).endswith(".")


def test_a_store_from_elsewhere_with_odd_numbers_changes_nothing() -> None:
    odd = Profile(id=PROFILE_ID, rules={"nudge_days": -1, "thank_you_hours": 10**9, "future": 1})
    assert rules_of(odd) == Rules()

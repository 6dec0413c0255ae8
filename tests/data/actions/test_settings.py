"""Holidays and numbers of the user’s own, kept and counted with."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from data.actions.people import log_outreach
from data.actions.settings import set_holidays, set_rule, take_holidays
from data.errors import UserError
from data.records import FollowUpKind
from data.rules import RULES
from tests.data.world import World


def test_holidays_of_a_file_are_added_and_count(world: World, tmp_path: Path) -> None:
    set_holidays(world.store, [date(2026, 12, 25)])
    file = tmp_path / "holidays.txt"
    file.write_text("2026-11-26 Thanksgiving\n2026-12-25\n", encoding="utf-8")
    assert len(take_holidays(world.store, world.clock, file)) == 2
    assert world.store.profile.holidays == (date(2026, 11, 26), date(2026, 12, 25))
    sam = world.person("Sam Okafor")
    log_outreach(world.store, world.clock, sam)
    assert world.one(sam, FollowUpKind.NUDGE).due == date(2026, 12, 3)


def test_a_file_that_is_no_list_changes_nothing(world: World, tmp_path: Path) -> None:
    set_holidays(world.store, [date(2026, 12, 25)])
    file = tmp_path / "holidays.txt"
    file.write_text("2026-11-26\nnext week\n", encoding="utf-8")
    with pytest.raises(UserError, match="line 2"):
        take_holidays(world.store, world.clock, file)
    assert world.store.profile.holidays == (date(2026, 12, 25),)


def test_a_number_is_set(world: World) -> None:
    assert set_rule(world.store, "nudge_days", 3).rules == {"nudge_days": 3}
    assert world.store.profile.rules == {"nudge_days": 3}
    with pytest.raises(UserError):
        set_rule(world.store, "nudge_days", 1000)
    assert world.store.undo_title == f"Changed “{RULES['nudge_days'].title}”"
    world.store.undo()
    assert world.store.profile.rules == {}

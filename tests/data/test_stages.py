"""The table of moves between the stages of the board."""

from __future__ import annotations

from itertools import permutations

import pytest

from data.errors import UserError
from data.records import Stage
from data.stages import MOVES, Asks, Effect, beside, move_of
from data.vocabulary import LABELS


def test_every_move_is_in_the_table_and_says_what_it_means() -> None:
    assert set(MOVES) == set(permutations(Stage, 2))
    for (start, end), move in MOVES.items():
        assert (move.start, move.end) == (start, end)
        assert move.says.endswith(".")
    assert set(LABELS) == set(Stage)


def test_nobody_is_moved_to_where_they_are() -> None:
    with pytest.raises(UserError, match="“Met” already"):
        move_of(Stage.MET, Stage.MET)


@pytest.mark.parametrize("start", [stage for stage in Stage if stage is not Stage.SCHEDULED])
def test_a_meeting_needs_its_time(start: Stage) -> None:
    move = MOVES[start, Stage.SCHEDULED]
    assert move.asks is Asks.WHEN
    assert Effect.NEEDS_MEETING in move.effects


def test_a_second_meeting_comes_from_in_touch() -> None:
    assert MOVES[Stage.IN_TOUCH, Stage.SCHEDULED].says == "Asks when you meet again."


@pytest.mark.parametrize("end", [Stage.NETWORK, Stage.TO_ASK, Stage.ASKED, Stage.PARKED])
def test_leaving_scheduled_without_having_met_calls_the_meeting_off(end: Stage) -> None:
    assert MOVES[Stage.SCHEDULED, end].calls_off


def test_only_a_meeting_that_is_off_is_called_off() -> None:
    off = {pair for pair, move in MOVES.items() if move.calls_off}
    assert {start for start, _ in off} == {Stage.SCHEDULED}
    assert (Stage.SCHEDULED, Stage.MET) not in off


def test_who_is_parked_or_off_the_board_is_owed_nothing() -> None:
    for (start, end), move in MOVES.items():
        if end is Stage.PARKED:
            assert Effect.PARKED in move.effects
            assert move.asks is Asks.UNTIL
        if end is Stage.NETWORK:
            assert Effect.OFF_BOARD in move.effects
        if start is Stage.PARKED and end is not Stage.NETWORK:
            assert move.effects[0] is Effect.REVIVED


def test_going_left_takes_back_what_was_booked() -> None:
    assert Effect.WITHDRAWN in MOVES[Stage.ASKED, Stage.TO_ASK].effects


def test_the_columns_beside() -> None:
    assert beside(Stage.TO_ASK, 1) is Stage.ASKED
    assert beside(Stage.TO_ASK, -1) is None
    assert beside(Stage.IN_TOUCH, 1) is None
    assert beside(Stage.NETWORK, 1) is Stage.TO_ASK
    assert beside(Stage.PARKED, -1) is None

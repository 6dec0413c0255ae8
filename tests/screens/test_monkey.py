"""A monkey at the keyboard: whatever is pressed, pasted, clicked or resized, nothing breaks.

After each run the store is whole, undone to the start it equals the start, and the app opens on it again.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from screens.commands import SCOPES, commands
from tests.screens.monkey import LEFT_ALONE, STEPS, Seen, Step, run


def runs(examples: int, *, derandomize: bool) -> settings:
    """So many runs, none of them made smaller: a run that fails is told whole. The first of them is
    Hypothesis's plainest, one and the same step all along."""
    return settings(
        max_examples=examples,
        derandomize=derandomize,
        database=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )


def so_many(steps: int) -> st.SearchStrategy[list[Step]]:
    """Runs of that length."""
    return st.lists(st.sampled_from(STEPS), min_size=steps, max_size=steps)


@runs(3, derandomize=True)
@given(so_many(40))
def test_a_monkey_breaks_nothing(steps: list[Step]) -> None:
    run(steps)


@runs(2, derandomize=True)
@given(so_many(25))
def test_a_monkey_changes_nothing_that_can_only_be_read(steps: list[Step]) -> None:
    run(steps, read_only=True)


NEARLY = 0.9
"""The share of all commands that the long runs must have done; what is left was missed by chance."""


@pytest.mark.slow
@pytest.mark.timeout(3_600)
def test_a_monkey_with_all_its_time_goes_nearly_everywhere_and_breaks_nothing() -> None:
    seen = Seen()

    @runs(7, derandomize=False)
    @given(so_many(2_000))
    def play(steps: list[Step]) -> None:
        run(steps)

    with seen.watching():
        play()
    wanted = {each.id for scope in SCOPES for each in commands(scope)} - LEFT_ALONE
    never = wanted - set(seen.commands)
    assert len(never) <= (1 - NEARLY) * len(wanted), sorted(never)


@pytest.mark.slow
@pytest.mark.timeout(3_600)
@runs(3, derandomize=False)
@given(so_many(2_000))
def test_a_monkey_with_all_its_time_changes_nothing_that_can_only_be_read(steps: list[Step]) -> None:
    run(steps, read_only=True)

"""Real processes, really killed: what was acknowledged is there, once, and the store is whole."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import filelock  # noqa: F401 (imported once here, not in every process that is forked)
import pytest

from data.clock import FixedClock
from data.records import Person
from data.store import Store
from data.store.doctor import check
from tests.data.store.worker import FIELDS, SHARED, Expected, Worker

CLOCK = FixedClock(datetime(2026, 11, 23, 9, tzinfo=UTC))


def begin(path: Path) -> None:
    with Store.open(path, clock=CLOCK) as store, store.transaction("Added") as tx:
        tx.put(Person(id=SHARED, name="Shared"))


def examine(path: Path, expected: Expected) -> None:
    report = check(path)
    assert report.ok, report.problems
    with Store.open(path, clock=CLOCK) as store:
        found = Counter(person.id for person in store.all(Person) if person.id != SHARED)
        shared = store.get(Person, SHARED)
    assert max(found.values(), default=1) == 1
    assert found.keys() >= expected.there
    assert found.keys() <= expected.there | expected.maybe
    for name, values in expected.fields.items():
        assert getattr(shared, name) in values
    keys = list(json.loads(path.read_text())["people"])
    assert len(set(keys)) == len(found) + 1


@pytest.fixture
def start() -> Iterator[Callable[[Worker], Worker]]:
    """Starts workers, none of which outlives the test."""
    started: list[Worker] = []

    def begin(worker: Worker) -> Worker:
        started.append(worker)
        worker.start()
        return worker

    yield begin
    for worker in started:
        worker.kill()


Start = Callable[[Worker], Worker]


def kill_again_and_again(start: Start, path: Path, kills: int, seed: int) -> None:
    """One process after the other, each killed in the middle of whatever it does."""
    begin(path)
    choose = random.Random(seed)
    expected = Expected()
    for number in range(kills):
        worker = start(Worker(path, f"w{number}", choose.randrange(1 << 30), FIELDS[0]))
        worker.listen(choose.randrange(1, 40))
        worker.kill()
        expected.take(worker)
        examine(path, expected)
        # What was in flight is decided now.
        with Store.open(path, clock=CLOCK, read_only=True) as store:
            there = {line.id for line in store.people()}
            shared = store.get(Person, SHARED)
        expected = Expected({id for id in expected.there | expected.maybe if id in there})
        assert shared is not None
        expected.fields[FIELDS[0]] = {shared.company}


def four_at_once(start: Start, path: Path, kills: int, seed: int) -> None:
    """Four processes write; now and then one is killed and another takes its place."""
    begin(path)
    choose = random.Random(seed)
    expected = Expected()
    workers = [start(Worker(path, f"w{number}", number + seed, FIELDS[number])) for number in range(4)]
    for number in range(kills):
        at = choose.randrange(4)
        workers[at].listen(choose.randrange(1, 20))
        workers[at].kill()
        expected.take(workers[at])
        workers[at] = start(Worker(path, f"v{number}", choose.randrange(1 << 30), FIELDS[at]))
    for worker in workers:
        worker.listen(4)
        worker.kill()
        expected.take(worker)
    examine(path, expected)


def test_killed_thirty_times(start: Start, tmp_path: Path) -> None:
    kill_again_and_again(start, tmp_path / "inroad.json", 30, seed=1)


def test_four_processes_with_random_kills(start: Start, tmp_path: Path) -> None:
    four_at_once(start, tmp_path / "inroad.json", 8, seed=2)


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_killed_three_hundred_times(start: Start, tmp_path: Path) -> None:
    kill_again_and_again(start, tmp_path / "inroad.json", 300, seed=random.randrange(1 << 30))


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("round", range(10))
def test_four_processes_for_long(start: Start, tmp_path: Path, round: int) -> None:
    four_at_once(start, tmp_path / "inroad.json", 60, seed=random.randrange(1 << 30))

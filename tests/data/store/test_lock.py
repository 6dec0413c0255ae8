"""The lock between processes, and how a commit knows that files were replaced."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from data.clock import FixedClock
from data.records import Person
from data.store import Store, StoreBusy
from data.store.files import OsFiles
from data.store.lock import StoreLock
from tests.data.store.model import contents

CLOCK = FixedClock(datetime(2026, 11, 23, 9, tzinfo=UTC))


def add(store: Store, id: str) -> None:
    with store.transaction(f"Added {id}") as tx:
        tx.put(Person(id=id, name=id))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "inroad.json"


def test_one_at_a_time(path: Path) -> None:
    one = StoreLock(f"{path}.lock", OsFiles(), patience=0.01)
    two = StoreLock(f"{path}.lock", OsFiles(), patience=0.01)
    with one, one:
        assert not two.take_now()
        with pytest.raises(StoreBusy), two:
            pass
    assert two.take_now()
    two.__exit__()
    with one:
        pass


def test_a_lock_whose_file_was_removed_guards_nothing(path: Path) -> None:
    one = StoreLock(f"{path}.lock", OsFiles(), patience=0.01)
    two = StoreLock(f"{path}.lock", OsFiles(), patience=0.01)
    with one:
        pass
    Path(f"{path}.lock").unlink()
    with two, pytest.raises(StoreBusy), one:
        pass


def test_the_lock_file_removed_between_two_windows_commits(path: Path) -> None:
    one, two = Store.open(path, clock=CLOCK), Store.open(path, clock=CLOCK)
    for number in range(6):
        add((one, two)[number % 2], f"p{number}")
        Path(f"{path}.lock").unlink()
    one.refresh()
    two.refresh()
    assert one.count(Person) == two.count(Person) == 6
    assert contents(one) == contents(two)


def test_every_replacing_of_files_is_seen_by_the_next_commit(path: Path) -> None:
    """Without a look at the files' names: the epoch tells."""
    one, two = Store.open(path, clock=CLOCK), Store.open(path, clock=CLOCK)
    for number in range(8):
        add(one, f"one{number}")
        add(two, f"two{number}")
        (one, two)[number % 2].compact()
    one.refresh()
    assert one.count(Person) == 16
    with Store.open(path, clock=CLOCK, read_only=True) as reader:
        assert contents(reader) == contents(one)


def test_epochs_go_round(path: Path) -> None:
    lock = StoreLock(f"{path}.lock", OsFiles())
    with lock:
        lock._files.truncate(lock._fd, (1 << 20) - 1)
    with lock:
        assert lock.epoch is not None
        assert lock.epoch[1] == (1 << 20) - 1
        lock.bump()
        assert lock.epoch[1] == 0
    assert Path(lock.path).stat().st_size == 0


def test_looking_for_news_waits_for_nobody(path: Path) -> None:
    store, other = Store.open(path, clock=CLOCK), Store.open(path, clock=CLOCK)
    add(other, "lena")
    with other._storage.lock:
        assert store.refresh() is None
    assert store.refresh() is not None
    assert store.count(Person) == 1

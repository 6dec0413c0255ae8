"""The lock between processes, and how a commit knows that files were replaced."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread

import pytest

from data.clock import FixedClock
from data.records import Person
from data.store import Store, StoreBusy
from data.store.files import OsFiles
from data.store.lock import StoreLock
from tests.data.store.model import contents
from tests.data.store.simulated import SimDisk, SimFiles

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


def test_who_has_waited_for_long_does_not_wait_as_long_again_to_close() -> None:
    disk = SimDisk(folders={"/", "/data"})
    told: list[str] = []
    files = SimFiles(disk)
    other = Store.open(Path("/data/inroad.json"), clock=CLOCK, files=SimFiles(disk))
    store = Store.open(Path("/data/inroad.json"), clock=CLOCK, files=files, on_wait=told.append)
    with other._storage.lock:
        with pytest.raises(StoreBusy, match="may be stopped"):
            add(store, "lena")
        waited = files.time
        store.close()
        assert files.time - waited < waited / 2
    assert len(told) == 1


def test_nothing_is_closed_under_a_thread_that_writes(path: Path) -> None:
    store = Store.open(path, clock=CLOCK)
    begun, go_on = Event(), Event()

    class Slow(OsFiles):
        def sync(self, fd: int) -> None:
            if not begun.is_set():
                begun.set()
                go_on.wait(20)
            super().sync(fd)

        def pwrite_through(self, fd: int, data: bytes, offset: int) -> int:
            done = self.pwrite(fd, data, offset)
            self.sync(fd)
            return done

    store._storage.disk.files = Slow()
    writing = Thread(target=add, args=(store, "lena"))
    writing.start()
    assert begun.wait(20)

    def close() -> None:
        store.hurry(0.01)
        store.close()

    closing = Thread(target=close)
    closing.start()
    closing.join(0.2)
    assert closing.is_alive()
    go_on.set()
    writing.join(20)
    closing.join(20)
    with Store.open(path, clock=CLOCK) as again:
        assert [line.name for line in again.people()] == ["lena"]


def test_two_windows_do_not_write_the_same_copy_at_once(path: Path) -> None:
    store, other = Store.open(path, clock=CLOCK, patience=0.01), Store.open(path, clock=CLOCK)
    add(store, "lena")
    with other._storage.lock, pytest.raises(StoreBusy):
        store.back_up_if_due()
    assert len(store.back_up_if_due()) == 2

"""A disk that fails, a lock that is held, a folder that cannot be written: nothing lost, one sentence."""

from __future__ import annotations

import errno
import os
import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import filelock  # noqa: F401 (imported before a child loses the right to)
import pytest
from msgspec.structs import replace

from data.clock import FixedClock
from data.records import Person
from data.store import NotKept, NotWritable, Store, StoreBusy, StoreError, StoreRefused, journal
from data.store.files import OsFiles
from tests.data.store.failing import Failing
from tests.data.store.model import contents
from tests.data.store.simulated import Killed, SimDisk, SimFiles

CLOCK = FixedClock(datetime(2026, 11, 23, 9, tzinfo=UTC))
PATH = Path("/data/inroad.json")
SAM = Person(id="sam", name="Sam Okafor")


def add(store: Store, person: Person = SAM) -> None:
    with store.transaction(f"Added {person.name}") as tx:
        tx.put(person)


@pytest.fixture
def files() -> Failing:
    return Failing()


@pytest.mark.parametrize("call", ["pwrite", "sync", "pread"])
@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC, errno.EDQUOT])
def test_a_failed_write_leaves_memory_as_it_was(tmp_path: Path, files: Failing, call: str, code: int) -> None:
    with Store.open(tmp_path / "inroad.json", clock=CLOCK, files=files) as store:
        add(store)
        before = contents(store)
        files.failing[call] = code
        with pytest.raises(NotKept) as caught:
            add(store, Person(id="lena", name="Lena"))
        assert str(caught.value).count("\n") == 0
        assert contents(store) == before
        files.failing.clear()
        assert contents(store) == before
        assert store.refresh() is None
        add(store, Person(id="maria", name="Maria"))
        assert {line.name for line in store.people()} == {"Sam Okafor", "Maria"}
    with Store.open(tmp_path / "inroad.json", clock=CLOCK) as store:
        assert {line.name for line in store.people()} == {"Sam Okafor", "Maria"}
        assert store.undo_title == "Added Maria"


def test_what_was_not_kept_is_never_seen_by_another(tmp_path: Path, files: Failing) -> None:
    with Store.open(tmp_path / "inroad.json", clock=CLOCK, files=files) as store:
        other = Store.open(tmp_path / "inroad.json", clock=CLOCK)
        failed = 0

        def once(fd: int) -> None:
            nonlocal failed
            failed += 1
            if failed == 1:
                raise OSError(errno.EIO, "no")
            OsFiles.sync(files, fd)

        add(store)
        other.refresh()
        files.sync = once  # type: ignore[method-assign]
        with pytest.raises(NotKept):
            add(store, Person(id="lena", name="Lena"))
        assert other.refresh() is None
        assert [line.name for line in other.people()] == ["Sam Okafor"]


def test_what_another_had_not_synced_is_on_the_disk_before_it_is_shown() -> None:
    disk = SimDisk(folders={"/", "/data"})
    one = SimFiles(disk)
    first = Store.open(PATH, clock=CLOCK, files=one)
    second = Store.open(PATH, clock=CLOCK, files=SimFiles(disk))
    add(first)
    second.refresh()

    def before(name: str, path: str) -> None:
        if name == "sync":
            raise Killed

    one.before = before
    with pytest.raises(Killed):
        add(first, Person(id="lena", name="Lena"))
    one.die()
    second.refresh()
    shown = contents(second)
    assert len(shown) == 2
    with Store.open(PATH, clock=CLOCK, files=SimFiles(disk.after_power_cut(0, 0))) as store:
        assert contents(store) == shown


def test_closing_on_a_full_disk_loses_nothing(tmp_path: Path, files: Failing) -> None:
    store = Store.open(tmp_path / "inroad.json", clock=CLOCK, files=files)
    add(store)
    files.failing["pwrite"] = errno.ENOSPC
    store.close()
    with Store.open(tmp_path / "inroad.json", clock=CLOCK) as store:
        assert store.get(Person, "sam") == SAM


def test_compacting_on_a_full_disk_says_so_and_goes_on(tmp_path: Path, files: Failing) -> None:
    with Store.open(tmp_path / "inroad.json", clock=CLOCK, files=files) as store:
        add(store)
        files.failing["replace"] = errno.ENOSPC
        with pytest.raises(NotKept, match="the disk is full"):
            store.compact()
        add(store, Person(id="lena", name="Lena"))
        files.failing.clear()
        store.compact()
        assert store.count(Person) == 2


@contextmanager
def file_size_limit(size: int) -> Iterator[None]:
    """No file may grow beyond `size` bytes, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


def test_a_file_that_may_not_grow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "FILL", 4096)
    with Store.open(tmp_path / "inroad.json", clock=CLOCK) as store:
        add(store)
        kept = 0

        def fill() -> None:
            nonlocal kept
            for kept in range(200):
                add(store, Person(id=f"p{kept}", name=f"Person {kept}", notes="x" * 100))

        with file_size_limit(8000), pytest.raises(NotKept, match="may not grow"):
            fill()
        assert 5 < kept < 100
        assert store.count(Person) == kept + 1
        add(store, Person(id="after", name="After"))
    with Store.open(tmp_path / "inroad.json", clock=CLOCK) as store:
        assert store.count(Person) == kept + 2


def as_nobody(folder: str, act: Callable[[], list[str]]) -> list[str]:
    """What `act` says in a process that is not root's, to whom no folder is read-only."""
    if os.geteuid():
        return act()
    nobody = 65534
    os.chown(folder, nobody, nobody)
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.setresuid(nobody, nobody, nobody)
        os.write(writing, "\n".join(act()).encode())
        os._exit(0)
    os.close(writing)
    with open(reading) as pipe:
        said = pipe.read()
    assert os.waitpid(child, 0)[1] == 0
    return said.splitlines()


def test_a_read_only_folder_is_said() -> None:
    with tempfile.TemporaryDirectory() as folder:
        locked = Path(folder) / "locked"

        def act() -> list[str]:
            said: list[str] = []
            with Store.open(locked / "inroad.json", clock=CLOCK) as store:
                add(store)
            locked.chmod(0o500)
            for path in (locked / "inroad.json", locked / "new" / "inroad.json"):
                try:
                    Store.open(path, clock=CLOCK)
                except NotWritable as error:
                    said.append(str(error))
            with Store.open(locked / "inroad.json", clock=CLOCK, read_only=True) as store:
                said += [line.name for line in store.people()]
            locked.chmod(0o700)
            return said

        first, second, name = as_nobody(folder, act)
        assert first == f"The folder {locked} cannot be written."
        assert second == f"{locked / 'new' / 'inroad.json'} cannot be written: the permission is missing."
        assert name == "Sam Okafor"


def test_a_read_only_disk_is_said(tmp_path: Path, files: Failing) -> None:
    with Store.open(tmp_path / "inroad.json", clock=CLOCK) as store:
        add(store)
    files.writable = lambda path: False  # type: ignore[method-assign]
    with pytest.raises(NotWritable):
        Store.open(tmp_path / "inroad.json", clock=CLOCK, files=files)
    with Store.open(tmp_path / "inroad.json", clock=CLOCK, files=files, read_only=True) as store:
        assert store.get(Person, "sam") == SAM
        with pytest.raises(StoreError, match="can only be looked at"):
            add(store, replace(SAM, notes="x"))


@pytest.mark.parametrize("code", [errno.ENOSYS, errno.ENOTSUP, errno.ENOLCK])
def test_a_file_system_without_locks(tmp_path: Path, files: Failing, code: int) -> None:
    files.failing["lock"] = code
    others = Failing()
    others.failing["lock"] = code
    with Store.open(tmp_path / "inroad.json", clock=CLOCK, files=files) as store:
        add(store)
        with Store.open(tmp_path / "inroad.json", clock=CLOCK, files=others, patience=0.05) as other:
            add(other, Person(id="lena", name="Lena"))
            with store._storage.lock, pytest.raises(StoreBusy):
                add(other, Person(id="maria", name="Maria"))
        store.refresh()
        assert store.count(Person) == 2


@pytest.mark.parametrize(
    "name", ["with space.json", "Zoë's 网络.json", "-dash", "no-extension", "a'b\"c;$(x).json"]
)
def test_odd_paths(tmp_path: Path, name: str) -> None:
    path = tmp_path / "Ordner mit Lücke" / name
    with Store.open(path, clock=CLOCK) as store:
        add(store)
    with Store.open(path, clock=CLOCK) as store:
        assert store.path == path
        assert store.get(Person, "sam") == SAM


def _folder(path: Path) -> Path:
    path.mkdir()
    return path


def _below_a_file(path: Path) -> Path:
    path.write_text("x")
    return path / "inroad.json"


def _fifo(path: Path) -> Path:
    os.mkfifo(path)
    return path


def _circle(path: Path) -> Path:
    path.symlink_to(path)
    return path


@pytest.mark.parametrize(
    "make",
    [
        _folder,
        _below_a_file,
        _fifo,
        _circle,
        lambda path: path / ("x" * 300),
        lambda path: Path(f"{path}/\0"),
    ],
)
def test_what_cannot_be_a_store_is_refused_in_a_sentence(
    tmp_path: Path, make: Callable[[Path], Path]
) -> None:
    with pytest.raises(StoreRefused) as caught:
        Store.open(make(tmp_path / "odd"), clock=CLOCK)
    assert "\n" not in str(caught.value)
    assert str(caught.value).endswith(".")


HOLD = """
import sys, time
from pathlib import Path
from data.clock import SystemClock
from data.store import Store
store = Store.open(Path(sys.argv[1]), clock=SystemClock())
with store._storage.lock:
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def holder(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the store's lock."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def test_a_lock_held_by_a_stopped_process(tmp_path: Path) -> None:
    path = tmp_path / "inroad.json"
    said: list[str] = []

    def waits(sentence: str) -> None:
        said.append(sentence)
        store._storage.lock.patience = 0  # That was long enough.

    with Store.open(path, clock=CLOCK, patience=60, on_wait=waits) as store:
        add(store)
        with holder(path) as process:
            process.send_signal(signal.SIGSTOP)
            with pytest.raises(StoreBusy, match="Another Inroad"):
                add(store, Person(id="lena", name="Lena"))
            assert said == ["Waiting for another Inroad that is using the store…"]
            store._storage.lock.patience = 60
            assert store.count(Person) == 1
            with Store.open(path, clock=CLOCK, read_only=True) as reader:
                assert reader.get(Person, "sam") == SAM
            process.kill()
            process.wait()
            # Its death frees the lock.
            add(store, Person(id="maria", name="Maria"))
        assert store.count(Person) == 2


def test_an_erasing_that_fails_half_way_leaves_memory_as_the_disk_is(tmp_path: Path, files: Failing) -> None:
    with Store.open(tmp_path / "inroad.json", clock=CLOCK, files=files) as store:
        add(store)

        def unreadable(_: object) -> bytes:
            raise OSError(errno.EIO, "no")

        store._storage.disk.payload = unreadable  # type: ignore[method-assign, assignment]
        with pytest.raises(NotKept, match="undo log"):
            store.erase("sam")
        assert store.get(Person, "sam") == SAM

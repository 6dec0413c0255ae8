"""The store's face: typed records, transactions, undo, and word of every change."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from data.clock import Clock
from data.records import BOARD, PROFILE_ID, PersonLine, Profile, R
from data.store.changes import Change
from data.store.errors import StoreError
from data.store.history import Undone
from data.store.lock import PATIENCE
from data.store.memory import TableMemory
from data.store.storage import MUCH, JournalStorage
from data.store.transaction import Transaction, check_indexed, stored, stored_where

if TYPE_CHECKING:
    from data.store.database import Database
    from data.store.erase import Erased
    from data.store.system import Files


class Store:
    """A store that is open. May be used from several threads; listeners are called in the thread that
    caused the change, after it is on the disk."""

    def __init__(self, storage: JournalStorage) -> None:
        """Use `Store.open`."""
        self._storage = storage
        self._local = threading.local()
        self._people: list[PersonLine] | None = None
        self._people_of: tuple[TableMemory, int] | None = None

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        clock: Clock,
        read_only: bool = False,
        files: Files | None = None,
        patience: float = PATIENCE,
        on_wait: Callable[[str], None] | None = None,
    ) -> Store:
        """Open the store at `path`; one that is not there is made, with its folders.

        `patience` is how many seconds to wait for a process that holds the lock, `on_wait` is given a
        sentence to show meanwhile. Raises StoreError (one sentence) if the file is refused.
        """
        storage = JournalStorage(
            path, clock=clock, read_only=read_only, files=files, patience=patience, on_wait=on_wait
        )
        return cls(storage)

    @property
    def path(self) -> Path:
        """The store's file; where a link was given, what it leads to."""
        return Path(self._storage.paths.store)

    @property
    def read_only(self) -> bool:
        """Whether nothing can be changed."""
        return self._storage.read_only

    # -- reading -------------------------------------------------------------------------------------

    def get(self, kind: type[R], id: str) -> R | None:
        """The record of that id, if it is there."""
        return stored(self._storage, kind, id)

    def all(self, kind: type[R]) -> list[R]:
        """Every record of a kind, oldest first."""
        with self._storage.guard:
            return self._storage.memory.table(kind.table).records(kind)

    def where(self, kind: type[R], **refs: str) -> list[R]:
        """The records whose indexed fields have these values, oldest first: references
        (schema.REFERENCES), and how far something has come (a follow-up's `state`, a meeting's `status`,
        a person's `stage`)."""
        check_indexed(kind, refs)
        return stored_where(self._storage, kind, refs)

    def count(self, kind: type[R]) -> int:
        """How many records of a kind there are, tombstones included."""
        with self._storage.guard:
            return len(self._storage.memory.table(kind.table))

    def people(self) -> list[PersonLine]:
        """Everybody, as far as a list needs them; no tombstones. Cheap at any size."""
        with self._storage.guard:
            table = self._storage.memory.table("people")
            if self._people is None or self._people_of != (table, table.version):
                self._people = [
                    line for line in table.lines.values() if not (line.merged_into or line.removed)
                ]
                self._people_of = (table, table.version)
            return self._people.copy()

    def on_board(self) -> list[PersonLine]:
        """Those who are on the board, as far as a list needs them, oldest first; cheaper than `people`
        as long as that has not been asked for."""
        with self._storage.guard:
            lines = self._storage.memory.table("people").lines_with("stage")
            return [line for line in lines if line.stage in BOARD and line.alive]

    def lines(self, ids: Iterable[str]) -> dict[str, PersonLine]:
        """What a list needs of the people of these ids who are there, by id; no tombstones. Cheaper than
        `people` as long as that has not been asked for."""
        with self._storage.guard:
            found = self._storage.memory.table("people").lines_of(set(ids))
            return {line.id: line for line in found if line.alive}

    def line(self, id: str) -> PersonLine | None:
        """What a list needs of one person, tombstones too; the first few cost less than `people`."""
        with self._storage.guard:
            return self._storage.memory.table("people").line(id)

    @property
    def mark(self) -> object:
        """Equal to what it was as long as nothing in the store has changed."""
        with self._storage.guard:
            memory = self._storage.memory
            return memory, tuple(table.version for table in memory)

    @property
    def profile(self) -> Profile:
        """Who the user is; an empty profile before anything is known."""
        return self.get(Profile, PROFILE_ID) or Profile(id=PROFILE_ID)

    # -- changing ------------------------------------------------------------------------------------

    def transaction(self, title: str, *, undoable: bool = True) -> Transaction:
        """One action of the user, by its name in the past tense: kept whole when the `with` block ends.

        An exception in the block, or a StoreError while keeping it, leaves everything as it was. One
        that changes nothing leaves no trace. May not be nested. What the program notes for itself (a
        cue that was shown) is not `undoable`: undo passes it over.
        """
        return Transaction(self._storage, title, self._local, undoable=undoable)

    def save_profile(self, profile: Profile) -> None:
        """Keep what the program notes of the user, such as that they were welcomed; not part of undo."""
        with Transaction(self._storage, "Changed your profile", threading.local(), undoable=False) as tx:
            tx.put(profile)

    def undo(self) -> Undone | None:
        """Turn back the last action of this session or of those before it; None if there is none."""
        return self._turn_back("undo")

    def redo(self) -> Undone | None:
        """Bring back the action that was undone last; None if there is none."""
        return self._turn_back("redo")

    @property
    def undo_title(self) -> str | None:
        """The name of the action that `undo` would turn back."""
        with self._storage.guard:
            step = self._storage.log.to_undo()
            return None if step is None else step.title

    @property
    def redo_title(self) -> str | None:
        """The name of the action that `redo` would bring back."""
        with self._storage.guard:
            step = self._storage.log.to_redo()
            return None if step is None else step.title

    def takes_long(self, do: Literal["undo", "redo"]) -> bool:
        """Whether `undo` or `redo` would turn back so much (an import) that nobody should wait for it."""
        with self._storage.guard:
            step = self._storage.log.to_undo() if do == "undo" else self._storage.log.to_redo()
            return step is not None and step.end - step.start > MUCH

    def _turn_back(self, do: str) -> Undone | None:
        from data.store.undo import inverse

        storage = self._storage
        storage.check_writable()
        with storage.lock:
            taken = storage.catch_up()
            step = storage.log.to_undo() if do == "undo" else storage.log.to_redo()
            undone: Undone | None = None
            change: Change | None = None
            if step is not None:
                with storage.guard:
                    drafts, left = inverse(storage.memory, storage.line(step), may_orphan=do == "redo")
                change = storage.commit(drafts, step.title, do, step.action).change
                undone = Undone(step.title, left)
        storage.tell(taken, change)
        return undone

    # -- others --------------------------------------------------------------------------------------

    def subscribe(self, listener: Callable[[Change], None]) -> Callable[[], None]:
        """Have `listener` told of every change; call what this returns to end it."""
        listeners = self._storage.listeners
        listeners.append(listener)

        def unsubscribe() -> None:
            if listener in listeners:
                listeners.remove(listener)

        return unsubscribe

    def hurry(self, seconds: float = 0.05) -> None:
        """From now on, wait no longer than `seconds` in this thread for whoever is using the store: it
        draws the screen. What meets a store in use raises StoreBusy, and has changed nothing."""
        self._storage.lock.brief = threading.get_ident(), seconds

    def in_use(self) -> bool:
        """Whether a change would have to wait at this moment for another process or thread."""
        lock = self._storage.lock
        try:
            if not lock.take_now():
                return True
        except StoreError:
            # Trying will tell.
            return False
        lock.__exit__()
        return False

    @property
    def behind(self) -> bool:
        """Whether other processes wrote so much that `refresh` takes a while, and is for a worker thread."""
        return self._storage.behind()

    def refresh(self) -> Change | None:
        """Take in what other processes wrote; near-free when there is nothing. Listeners are told."""
        change = self._storage.refresh()
        self._storage.tell(change)
        return change

    # -- care ----------------------------------------------------------------------------------------

    @property
    def notices(self) -> tuple[str, ...]:
        """Sentences for the user about what was found: an edit from outside, files written again."""
        return tuple(self._storage.notices)

    @property
    def db(self) -> Database:
        """This store as a TinyDB: its tables and queries; what is written there is kept the same way."""
        from data.store.database import Database

        return Database(self._storage)

    def goes_with(self, person: str) -> dict[str, int]:
        """How many records erasing this person takes away, by table; themselves are among them."""
        from data.store.erase import counts_of

        with self._storage.guard:
            return counts_of(self._storage.memory, person)

    def erase(self, person: str, *, backups: bool = False) -> Erased:
        """Erase the person of that id for good, from the undo log too, and from backups if asked.

        Cannot be undone: ask first. Raises StoreError; the store is then as it was.
        """
        from data.store.erase import erase

        return erase(self._storage, person, with_backups=backups)

    def backup(self, path: Path) -> None:
        """Write everything as one file to `path`, replacing it. Raises NotKept."""
        self._storage.back_up_to(path)

    def back_up_if_due(self) -> tuple[Path, ...]:
        """Write today's and this week's copies if they are missing; closing does so too. For a worker
        thread, soon after the start. Raises StoreError."""
        return self._storage.back_up_if_due()

    @property
    def untidy(self) -> bool:
        """Whether so much has been changed that `tidy` should be called in an idle moment; without it, some
        later change does its work, and takes as long."""
        return self._storage.untidy

    def tidy(self) -> None:
        """Take a long journal into `inroad.json`. For a worker thread: a change waits for it."""
        self._storage.tidy()

    def compact(self) -> None:
        """Take the journal into `inroad.json`, so that the file alone is whole. Raises StoreError."""
        self._storage.compact()

    def close(self) -> None:
        """Take the journal into `inroad.json` and let go of it."""
        self._storage.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

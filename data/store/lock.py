"""The lock that a commit holds for its moment; the kernel frees it when a process dies."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from contextlib import suppress
from threading import RLock, get_ident
from typing import TYPE_CHECKING

from data.store.errors import NotKept, StoreBusy
from data.store.files import reason

if TYPE_CHECKING:
    from data.store.system import Files

PATIENCE = 5.0
"""Seconds to wait for another process before saying that it does not let go."""
LONGEST_PAUSE = 0.002
"""Seconds between two tries to take the lock."""
SAY_AFTER = 0.3
"""Seconds of waiting after which the user is told why."""

_EPOCHS = 1 << 20
_NO_LOCKS = (errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOLCK, errno.EINVAL)


class StoreLock:
    """Exclusive between processes (a lock on a file beside the store) and between threads.

    Held by `with`. `epoch` is what every replacing of the store's files changes, for everybody: the length
    of the lock's file, with the file's own number; asking for it costs nothing more. None where there is
    no such thing. Where the file system knows no locks, a file that exists is the lock (filelock's
    SoftFileLock).
    """

    def __init__(
        self,
        path: str,
        files: Files,
        *,
        patience: float = PATIENCE,
        on_wait: Callable[[str], None] | None = None,
    ) -> None:
        self.path = path
        self.patience = patience
        self.on_wait = on_wait
        self.brief: tuple[int, float] | None = None
        """A thread (by its number) that may not wait for long, and how many seconds it may."""
        self.threads = RLock()
        self.epoch: tuple[int, int] | None = None
        self._files = files
        self._fd = -1
        self._depth = 0
        self._soft: _Soft | None = None

    def __enter__(self) -> None:
        """Take the lock; may be nested. Raises StoreBusy when another process does not let go of it."""
        patience = self._brief_patience()
        if not self.threads.acquire(timeout=-1 if patience is None else patience):
            raise StoreBusy(self._in_use())
        if not self._depth:
            try:
                if not self._try():
                    self._wait(patience)
            except BaseException:
                self.threads.release()
                raise
        self._depth += 1

    def __exit__(self, *_: object) -> None:
        """Give it back."""
        self._depth -= 1
        try:
            if not self._depth:
                self._release()
        finally:
            self.threads.release()

    def take_now(self) -> bool:
        """Take the lock if nobody has it; to be given back by `__exit__`."""
        if not self.threads.acquire(blocking=False):
            return False
        try:
            if self._depth or self._try():
                self._depth += 1
                return True
        except BaseException:
            self.threads.release()
            raise
        self.threads.release()
        return False

    def bump(self) -> None:
        """Under the lock, before files are replaced: let everybody look at them again. Raises OSError."""
        if self.epoch is not None:
            file, length = self.epoch
            length = (length + 1) % _EPOCHS
            self._files.truncate(self._fd, length)
            self.epoch = file, length

    def close(self) -> None:
        """Let go of the lock's file."""
        if self._fd >= 0:
            with suppress(OSError):
                self._files.close(self._fd)
            self._fd = -1

    def _brief_patience(self) -> float | None:
        return self.brief[1] if self.brief is not None and self.brief[0] == get_ident() else None

    def _in_use(self) -> str:
        return f"{self.path.removesuffix('.lock')} is in use at this moment; nothing was changed, try again."

    def _wait(self, brief: float | None) -> None:
        began = self._files.monotonic()
        said = False
        pause = 0.001
        while not self._try():
            now = self._files.monotonic()
            if brief is not None and now - began >= brief:
                raise StoreBusy(self._in_use())
            if now - began >= self.patience:
                raise StoreBusy(
                    f"Another Inroad has kept {self.path.removesuffix('.lock')} locked for "
                    f"{self.patience:.0f} seconds and may be stopped (ctrl+z?); "
                    "let it go on or close it, then try again."
                )
            if not said and brief is None and self.on_wait is not None and now - began >= SAY_AFTER:
                said = True
                self.on_wait("Waiting for another Inroad that is using the store…")
            self._files.pause(pause)
            pause = min(pause * 1.5, LONGEST_PAUSE)

    def _try(self) -> bool:
        if self._soft is not None:
            return self._soft.lock()
        try:
            while True:
                if self._fd < 0:
                    self._fd = self._files.open(self.path, os.O_RDWR | os.O_CREAT)
                if not self._files.lock(self._fd):
                    return False
                status = self._files.fstat(self._fd)
                if status.st_nlink:
                    self.epoch = status.st_ino, status.st_size
                    return True
                # Somebody removed the lock's file: what we hold guards nothing.
                self.close()
        except OSError as error:
            self.close()
            if error.errno not in _NO_LOCKS:
                raise NotKept(f"The store cannot be locked at {self.path}: {reason(error)}.") from error
            self.epoch = None
            self._soft = _Soft(self.path + ".soft")
            return self._soft.lock()

    def _release(self) -> None:
        if self._soft is not None:
            self._soft.unlock()
            return
        try:
            self._files.unlock(self._fd)
        except OSError:
            # Closing the file frees the lock as well.
            self.close()


class _Soft:
    """A lock for file systems that have none."""

    def __init__(self, path: str) -> None:
        from filelock import SoftFileLock

        self._lock = SoftFileLock(path, mode=0o600)

    def lock(self) -> bool:
        from filelock import Timeout

        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            return False
        return True

    def unlock(self) -> None:
        self._lock.release()

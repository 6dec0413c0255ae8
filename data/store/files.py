"""Every system call of the store goes through here, so that tests can make each of them fail.

Files are made for their owner alone whatever the umask: 0600, folders 0700.
"""

from __future__ import annotations

import errno
import functools
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from data.store.system import Files

SECTOR = 512
"""The smallest piece that a disk writes whole."""


class OsFiles:
    """The real system calls."""

    def open(self, path: str, flags: int) -> int:
        """A descriptor for `path`; a file that this makes is 0600, whatever the umask."""
        try:
            fd = os.open(path, (flags & ~os.O_CREAT) | os.O_CLOEXEC)
        except FileNotFoundError:
            if not flags & os.O_CREAT:
                raise
            fd = os.open(path, flags | os.O_CLOEXEC, 0o600)
            os.fchmod(fd, 0o600)
        return fd

    def close(self, fd: int) -> None:
        """Close a descriptor."""
        os.close(fd)

    def pread(self, fd: int, size: int, offset: int) -> bytes:
        """At most `size` bytes from `offset`."""
        return os.pread(fd, size, offset)

    def pwrite(self, fd: int, data: bytes | memoryview, offset: int) -> int:
        """Write at `offset`; how many bytes were taken, which may be fewer."""
        return os.pwrite(fd, data, offset)

    if hasattr(os, "RWF_DSYNC"):

        def pwrite_through(self, fd: int, data: bytes, offset: int) -> int:
            """Write at `offset` and return when what was taken is on the disk itself; how many bytes."""
            return os.pwritev(fd, (data,), offset, os.RWF_DSYNC)

    else:

        def pwrite_through(self, fd: int, data: bytes, offset: int) -> int:
            """Write at `offset` and return when what was taken is on the disk itself; how many bytes."""
            done = os.pwrite(fd, data, offset)
            self.sync(fd)
            return done

    def truncate(self, fd: int, size: int) -> None:
        """Set the length of a file; what is new reads as NUL."""
        os.ftruncate(fd, size)

    if sys.platform == "darwin":

        def sync(self, fd: int) -> None:
            """Return when the file's bytes, and its length, are on the disk itself."""
            import fcntl

            # Here fsync stops at the drive's own cache; this goes through it (fsync(2), BUGS).
            try:
                fcntl.fcntl(fd, fcntl.F_FULLFSYNC)
            except OSError:
                os.fsync(fd)

    else:

        def sync(self, fd: int) -> None:
            """Return when the file's bytes, and its length, are on the disk itself."""
            os.fdatasync(fd)

    def sync_folder(self, path: str) -> None:
        """Return when the names in a folder are on the disk; some file systems have no such thing."""
        fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(fd)
        except OSError as error:
            if error.errno not in (errno.EINVAL, errno.ENOTSUP):
                raise
        finally:
            os.close(fd)

    def replace(self, source: str, target: str) -> None:
        """Give `source` the name `target`, in one step."""
        os.replace(source, target)

    def unlink(self, path: str) -> None:
        """Remove a name."""
        os.unlink(path)

    def stat(self, path: str) -> os.stat_result:
        """What the file system knows about `path`."""
        return os.stat(path)

    def fstat(self, fd: int) -> os.stat_result:
        """What the file system knows about an open file."""
        return os.fstat(fd)

    def listdir(self, path: str) -> list[str]:
        """The names in a folder."""
        return os.listdir(path)

    def realpath(self, path: str) -> str:
        """The path with every link followed."""
        return os.path.realpath(path)

    def writable(self, path: str) -> bool:
        """Whether names can be made in this folder, or this file be written."""
        return os.access(path, os.W_OK)

    def mkdir(self, path: str) -> None:
        """Make one folder, 0700 whatever the umask."""
        os.mkdir(path, 0o700)
        os.chmod(path, 0o700)

    def lock(self, fd: int) -> bool:
        """Take the exclusive lock of an open file if nobody has it; the kernel frees it if we die."""
        return bool(_locking().lock_descriptor(fd, blocking=False))

    def unlock(self, fd: int) -> None:
        """Give the lock back."""
        _locking().unlock_descriptor(fd)

    def monotonic(self) -> float:
        """Seconds, for measuring a wait."""
        return time.monotonic()

    def pause(self, seconds: float) -> None:
        """Wait a little before trying again."""
        time.sleep(seconds)


@functools.cache
def _locking() -> ModuleType:
    """The library of locks: loaded at the first lock, since showing what is there needs none."""
    import filelock

    return filelock


def read_all(files: Files, fd: int) -> bytes:
    """The whole content of an open file."""
    size = files.fstat(fd).st_size
    parts: list[bytes] = []
    done = 0
    while True:
        part = files.pread(fd, max(size - done, 0) + 1, done)
        if not part:
            break
        parts.append(part)
        done += len(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def write_all(files: Files, fd: int, data: bytes, offset: int) -> None:
    """Write all of `data`, however many calls it takes; a call that takes nothing is a full disk."""
    done = files.pwrite(fd, data, offset)
    if done == len(data):
        return
    view = memoryview(data)
    while done < len(data):
        more = files.pwrite(fd, view[done:], offset + done)
        if more <= 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        done += more


def write_through(files: Files, fd: int, data: bytes, offset: int) -> None:
    """Write all of `data`, and return when it is on the disk."""
    done = files.pwrite_through(fd, data, offset)
    if done < len(data):
        write_all(files, fd, data[done:], offset + done)
        files.sync(fd)


def write_file(files: Files, path: str, data: bytes) -> None:
    """Make or overwrite the file `path` and return when it is on the disk; removed again if that fails."""
    fd = files.open(path, os.O_RDWR | os.O_CREAT)
    try:
        try:
            files.truncate(fd, 0)
            write_all(files, fd, data, 0)
            files.sync(fd)
        finally:
            files.close(fd)
    except OSError:
        with suppress(OSError):
            files.unlink(path)
        raise


def make_folders(files: Files, folder: str) -> None:
    """Make `folder` and the folders above it that are missing, each 0700."""
    missing: list[str] = []
    while True:
        try:
            files.stat(folder)
            break
        except FileNotFoundError:
            missing.append(folder)
            folder = os.path.dirname(folder)
    for each in reversed(missing):
        with suppress(FileExistsError):
            files.mkdir(each)
            files.sync_folder(os.path.dirname(each))


@contextmanager
def opened(files: Files, path: str, flags: int = os.O_RDONLY) -> Iterator[int]:
    """An open file, closed afterwards."""
    fd = files.open(path, flags)
    try:
        yield fd
    finally:
        files.close(fd)


def read_file(files: Files, path: str) -> bytes:
    """The whole content of the file `path`."""
    with opened(files, path) as fd:
        return read_all(files, fd)


def reason(error: OSError) -> str:
    """An OSError in plain words, to stand behind a colon."""
    words = {
        errno.ENOSPC: "the disk is full",
        errno.EDQUOT: "your disk quota is used up",
        errno.EFBIG: "the file may not grow any further",
        errno.EROFS: "the disk is read-only",
        errno.EACCES: "the permission is missing",
        errno.EPERM: "the permission is missing",
        errno.EIO: "the disk reports an error",
        errno.ENOENT: "the file or its folder is gone",
        errno.ENOTDIR: "a part of the path is a file, not a folder",
        errno.EISDIR: "it is a folder",
        errno.ENAMETOOLONG: "the path is too long",
        errno.ELOOP: "its links go round in a circle",
        errno.EMFILE: "too many files are open",
    }
    return words.get(error.errno or 0) or (error.strerror or str(error)).lower()

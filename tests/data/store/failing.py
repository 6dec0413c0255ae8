"""A disk whose calls fail when a test says so."""

from __future__ import annotations

import os

from data.store.files import OsFiles


class Failing(OsFiles):
    """The real system calls, until one is told to fail."""

    def __init__(self) -> None:
        self.failing: dict[str, int] = {}

    def _check(self, name: str) -> None:
        code = self.failing.get(name)
        if code:
            raise OSError(code, os.strerror(code))

    def pwrite(self, fd: int, data: bytes | memoryview, offset: int) -> int:
        self._check("pwrite")
        return super().pwrite(fd, data, offset)

    def sync(self, fd: int) -> None:
        self._check("sync")
        super().sync(fd)

    def pwrite_through(self, fd: int, data: bytes, offset: int) -> int:
        done = self.pwrite(fd, data, offset)
        self.sync(fd)
        return done

    def replace(self, source: str, target: str) -> None:
        self._check("replace")
        super().replace(source, target)

    def pread(self, fd: int, size: int, offset: int) -> bytes:
        self._check("pread")
        return super().pread(fd, size, offset)

    def lock(self, fd: int) -> bool:
        self._check("lock")
        return super().lock(fd)

"""A disk in memory that forgets, on a power cut, what was not synced: in any order, a sector at a time."""

from __future__ import annotations

import errno
import os
import random
import stat
from collections.abc import Callable
from dataclasses import dataclass, field

SECTOR = 512


class Killed(BaseException):
    """The process ends here; nothing after this is run."""


@dataclass
class Inode:
    """A file: what every process sees, what is on the platter, and what is on its way there."""

    number: int
    data: bytearray = field(default_factory=bytearray)
    durable: bytes = b""
    pending: list[tuple[int, bytes]] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    modified: int = 0
    holder: SimFiles | None = None

    def write(self, offset: int, data: bytes) -> None:
        if len(self.data) < offset:
            self.data.extend(bytes(offset - len(self.data)))
        self.data[offset : offset + len(data)] = data
        self.pending.append((offset, data))
        self.sizes.append(len(self.data))

    def resize(self, size: int) -> None:
        if size < len(self.data):
            del self.data[size:]
        else:
            self.data.extend(bytes(size - len(self.data)))
        self.sizes.append(size)

    def sync(self) -> None:
        self.durable = bytes(self.data)
        self.pending.clear()
        self.sizes.clear()

    def after_power_cut(self, choose: random.Random, luck: float) -> bytes:
        """What may be left: each sector as it was after any of the unsynced writes to it, or before all
        of them; the length as it was after any of them."""
        length = len(self.durable)
        for size in self.sizes:
            if choose.random() < luck:
                length = size
        image = bytearray(self.durable[:length] + bytes(max(0, length - len(self.durable))))
        for sector, versions in self._versions().items():
            at = sector * SECTOR
            version = versions[-1] if choose.random() < luck else choose.choice([None, *versions[:-1]])
            if version is not None and at < length:
                image[at : at + SECTOR] = version[: length - at]
        return bytes(image[:length])

    def _versions(self) -> dict[int, list[bytes]]:
        """What each sector held after each of the unsynced writes to it."""
        versions: dict[int, list[bytes]] = {}
        for offset, data in self.pending:
            for sector in range(offset // SECTOR, (offset + len(data) - 1) // SECTOR + 1):
                at = sector * SECTOR
                before = versions[sector][-1] if sector in versions else self.durable[at : at + SECTOR]
                content = bytearray(before.ljust(SECTOR, b"\0"))
                begin, end = max(offset, at), min(offset + len(data), at + SECTOR)
                content[begin - at : end - at] = data[begin - offset : end - offset]
                versions.setdefault(sector, []).append(bytes(content))
        return versions


@dataclass
class SimDisk:
    """The one disk that several simulated processes share."""

    names: dict[str, Inode] = field(default_factory=dict)
    folders: set[str] = field(default_factory=lambda: {"/"})
    durable_names: dict[str, Inode] = field(default_factory=dict)
    name_changes: list[tuple[str, Inode | None]] = field(default_factory=list)
    numbers: int = 0
    ticks: int = 0

    def new_inode(self) -> Inode:
        self.numbers += 1
        return Inode(self.numbers)

    def name(self, path: str, inode: Inode | None) -> None:
        if inode is None:
            del self.names[path]
        else:
            self.names[path] = inode
        self.name_changes.append((path, inode))

    def freeze(self) -> SimDisk:
        """A copy that the running program does not change any more."""
        copies: dict[int, Inode] = {}

        def copy(inode: Inode) -> Inode:
            if inode.number not in copies:
                copies[inode.number] = Inode(
                    inode.number, bytearray(inode.data), inode.durable, list(inode.pending), list(inode.sizes)
                )
            return copies[inode.number]

        return SimDisk(
            {path: copy(inode) for path, inode in self.names.items()},
            set(self.folders),
            {path: copy(inode) for path, inode in self.durable_names.items()},
            [(path, None if inode is None else copy(inode)) for path, inode in self.name_changes],
            self.numbers,
            self.ticks,
        )

    def after_kill(self) -> SimDisk:
        """What another process finds when this one was killed: everything that was written."""
        return _disk({path: bytes(inode.data) for path, inode in self.names.items()}, self.folders)

    def after_power_cut(self, seed: int, luck: float) -> SimDisk:
        """What is found after a power cut; `luck` is the share of unsynced work that reached the disk."""
        choose = random.Random(seed)
        names = dict(self.durable_names)
        for path, inode in self.name_changes:
            # Names reach the disk in order; the first that does not, and all after it, are lost.
            if choose.random() >= luck:
                break
            if inode is None:
                names.pop(path, None)
            else:
                names[path] = inode
        images = {path: inode.after_power_cut(choose, luck) for path, inode in names.items()}
        return _disk(images, self.folders)


def _disk(content: dict[str, bytes], folders: set[str]) -> SimDisk:
    disk = SimDisk(folders=set(folders))
    for path, data in content.items():
        inode = disk.new_inode()
        inode.data[:] = data
        inode.durable = data
        disk.names[path] = disk.durable_names[path] = inode
    return disk


class SimFiles:
    """One process's system calls on a SimDisk. `before` is told of each call that changes something, and
    may raise an OSError in its place, Killed, or return how many bytes of a write are taken."""

    def __init__(self, disk: SimDisk, before: Callable[[str, str], int | None] | None = None) -> None:
        self.disk = disk
        self.before = before
        self.time = 0.0
        self._open: dict[int, tuple[str, Inode]] = {}
        self._next = 3

    def _call(self, name: str, path: str) -> int | None:
        return self.before(name, path) if self.before is not None else None

    def die(self) -> None:
        """Let go of all that a process holds."""
        for fd in list(self._open):
            self.close(fd)

    def open(self, path: str, flags: int) -> int:
        inode = self.disk.names.get(path)
        if path in self.disk.folders:
            raise IsADirectoryError(errno.EISDIR, "is a folder", path)
        if inode is None:
            if not flags & os.O_CREAT:
                raise FileNotFoundError(errno.ENOENT, "no such file", path)
            self._call("create", path)
            inode = self.disk.new_inode()
            self.disk.name(path, inode)
        self._next += 1
        self._open[self._next] = (path, inode)
        return self._next

    def close(self, fd: int) -> None:
        _, inode = self._open.pop(fd)
        if inode.holder is self and not any(other is inode for _, other in self._open.values()):
            inode.holder = None

    def pread(self, fd: int, size: int, offset: int) -> bytes:
        self._call("read", self._open[fd][0])
        return bytes(self._open[fd][1].data[offset : offset + size])

    def pwrite(self, fd: int, data: bytes | memoryview, offset: int) -> int:
        path, inode = self._open[fd]
        data = bytes(data)
        taken = self._call("write", path)
        if taken is not None:
            data = data[:taken]
        inode.write(offset, data)
        self.disk.ticks += 1
        inode.modified = self.disk.ticks
        if taken is not None:
            self._call("written", path)
        return len(data)

    def pwrite_through(self, fd: int, data: bytes, offset: int) -> int:
        done = self.pwrite(fd, data, offset)
        self.sync(fd)
        return done

    def truncate(self, fd: int, size: int) -> None:
        path, inode = self._open[fd]
        self._call("truncate", path)
        inode.resize(size)
        self.disk.ticks += 1
        inode.modified = self.disk.ticks

    def sync(self, fd: int) -> None:
        path, inode = self._open[fd]
        self._call("sync", path)
        inode.sync()

    def sync_folder(self, path: str) -> None:
        self._call("sync_folder", path)
        self.disk.durable_names = dict(self.disk.names)
        self.disk.name_changes.clear()

    def replace(self, source: str, target: str) -> None:
        inode = self.disk.names.get(source)
        if inode is None:
            raise FileNotFoundError(errno.ENOENT, "no such file", source)
        self._call("replace", target)
        self.disk.name(target, inode)
        self.disk.name(source, None)

    def unlink(self, path: str) -> None:
        if path not in self.disk.names:
            raise FileNotFoundError(errno.ENOENT, "no such file", path)
        self._call("unlink", path)
        self.disk.name(path, None)

    def stat(self, path: str) -> os.stat_result:
        if path in self.disk.folders:
            return os.stat_result((stat.S_IFDIR | 0o700, 1, 1, 1, 0, 0, 0, 0, 0, 0))
        inode = self.disk.names.get(path)
        if inode is None:
            raise FileNotFoundError(errno.ENOENT, "no such file", path)
        return self._status(inode)

    def fstat(self, fd: int) -> os.stat_result:
        return self._status(self._open[fd][1])

    def _status(self, inode: Inode) -> os.stat_result:
        linked = int(any(each is inode for each in self.disk.names.values()))
        row = (stat.S_IFREG | 0o600, inode.number, 1, linked, 0, 0, len(inode.data), 0, inode.modified, 0)
        return os.stat_result(row, {"st_mtime_ns": inode.modified})

    def listdir(self, path: str) -> list[str]:
        if path not in self.disk.folders:
            raise FileNotFoundError(errno.ENOENT, "no such folder", path)
        return [os.path.basename(name) for name in self.disk.names if os.path.dirname(name) == path]

    def realpath(self, path: str) -> str:
        return os.path.normpath(path)

    def writable(self, path: str) -> bool:
        return True

    def mkdir(self, path: str) -> None:
        if path in self.disk.folders:
            raise FileExistsError(errno.EEXIST, "is there", path)
        self._call("mkdir", path)
        self.disk.folders.add(path)

    def lock(self, fd: int) -> bool:
        inode = self._open[fd][1]
        if inode.holder not in (None, self):
            return False
        inode.holder = self
        return True

    def unlock(self, fd: int) -> None:
        self._open[fd][1].holder = None

    def monotonic(self) -> float:
        return self.time

    def pause(self, seconds: float) -> None:
        self.time += seconds

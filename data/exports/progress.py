"""How far writing out has come: told now and then, and a way to stop it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

_T = TypeVar("_T")

Progress = Callable[[int, int], None]
"""Told (done, of how many) now and then. Raise anything in it to stop: nothing has been written by then."""
_TELL = 100


def counted(things: Iterable[_T], total: int, progress: Progress | None) -> Iterator[_T]:
    """The things, each in its turn; of `total` of them how many are done is told at every hundredth."""
    for done, thing in enumerate(things):
        if progress is not None and done % _TELL == 0:
            progress(done, total)
        yield thing

"""A list whose items are rows of wrapped text: it tells its owner when they must be wrapped anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from textual.message import Message

from .drawn_lines import MEASURE
from .lines import Lines

if TYPE_CHECKING:
    from textual import events

T = TypeVar("T")

_BESIDE_TEXT = 3
# The cursor's bar, the scrollbar that may come, and the cell that a list keeps free.


class WrappedLines(Lines[T]):
    """Like any list, of lines no longer than can be read well; `text_width` is what its rows may take, and
    `Rewrap` says that it has changed."""

    class Rewrap(Message):
        """The width for text has changed."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **({"widest": MEASURE} | kwargs))  # type: ignore[arg-type]
        self._wrapped_at = 0

    @property
    def measured(self) -> bool:
        """Whether its width is known; before, what is wrapped is wrapped for nothing."""
        return bool(self.content_size.width)

    @property
    def text_width(self) -> int:
        """The cells that a row of text may take."""
        width: int = min(self.content_size.width, self._widest)
        return max(20, width - _BESIDE_TEXT)

    def on_resize(self, _: events.Resize) -> None:
        """Ask for rows of the new width."""
        if self.text_width != self._wrapped_at:
            self._wrapped_at = self.text_width
            self.post_message(self.Rewrap())

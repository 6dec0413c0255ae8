"""The scroll bar beside a list: Textual's own goes through Rich, which takes longer than the list itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from rich.color import Color
from rich.segment import Segment
from textual.scrollbar import ScrollBar
from textual.strip import Strip

from .painted import filtered

if TYPE_CHECKING:
    from rich.style import Style
    from textual.geometry import Region
    from textual.scrollbar import ScrollBarRender

_ANY = Color.default()


class ListBar(ScrollBar):
    """A vertical scroll bar that looks and works as Textual's."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines in `crop`."""
        strips, _ = Bar(self).drawn(self.outer_size.height)
        lines = strips[crop.y : crop.bottom]
        if crop.x or crop.width < self.outer_size.width:
            lines = [strip.crop(crop.x, crop.right) for strip in lines]
        return lines


class Bar:
    """The lines of a vertical scroll bar as they go to the terminal, and as they were painted last."""

    def __init__(self, widget: ScrollBar) -> None:
        self._widget = widget
        self._shown: list[Strip] = []
        self._known: dict[object, list[Strip]] = {}
        self._base = widget.rich_style
        self._strips: dict[tuple[str, Style | None], Strip] = {}

    def drawn(self, height: int) -> tuple[list[Strip], set[int]]:
        """Its lines, and the rows of those that have changed."""
        look = cast("ScrollBarRender", self._widget.render())
        seen = _seen(look, height)
        before, now = self._shown, self._known.get(seen)
        if now is None:
            now = self._known[seen] = self._draw(look, height)
        self._shown = now
        if now is before:
            return now, set()
        if len(before) != height:
            return now, set(range(height))
        return now, {row for row, strip in enumerate(now) if strip is not before[row]}

    def _draw(self, look: ScrollBarRender, height: int) -> list[Strip]:
        style = self._widget.app.console.get_style(look.style)
        segments = look.render_bar(
            size=height,
            virtual_size=look.virtual_size,
            window_size=look.window_size,
            position=look.position,
            thickness=look.thickness,
            back_color=style.bgcolor or _ANY,
            bar_color=style.color or _ANY,
        ).segments
        strips: list[Strip] = []
        last: Segment | None = None
        for segment in segments:
            # Above and below the thumb it is the same one again and again.
            strips.append(
                strips[-1] if segment is last else self._strip(segment.text, segment.style, look.thickness)
            )
            last = segment
        return strips

    def _strip(self, text: str, own: Style | None, thickness: int) -> Strip:
        found = self._strips.get((text, own))
        if found is None:
            strip = Strip([Segment(text, self._base + own)], thickness)
            found = self._strips[text, own] = filtered([strip], self._widget)[0]
        return found


def _seen(look: ScrollBarRender, height: int) -> object:
    """All that can be seen of a scroll bar: of two that look the same it is the same. Where its thumb is
    counts in eighths of a line, as Textual draws it."""
    size, window = look.virtual_size, look.window_size
    if not window or size == height:
        return look.style, height
    thumb = max(1, window * height / size)
    start = int((height - thumb) * look.position / (size - window) * len(look.VERTICAL_BARS))
    return look.style, height, thumb, start

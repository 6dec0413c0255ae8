"""The scroll bar beside a list: Textual's own goes through Rich, which takes longer than the list itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.color import Color
from rich.segment import Segment
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.strip import Strip

from .lines import filtered

if TYPE_CHECKING:
    from rich.style import Style
    from textual.geometry import Region

_ANY = Color.default()


class ListBar(ScrollBar):
    """A vertical scroll bar that looks and works as Textual's."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines in `crop`."""
        strips = bar_lines(self, self.outer_size.height)
        lines = strips[crop.y : crop.bottom]
        if crop.x or crop.width < self.outer_size.width:
            lines = [strip.crop(crop.x, crop.right) for strip in lines]
        return lines


def bar_lines(bar: ScrollBar, height: int) -> list[Strip]:
    """The lines of a vertical scroll bar of that height as they go to the terminal."""
    look = bar.render()
    assert isinstance(look, ScrollBarRender)
    style = bar.app.console.get_style(look.style)
    segments = look.render_bar(
        size=height,
        virtual_size=look.virtual_size,
        window_size=look.window_size,
        position=look.position,
        thickness=look.thickness,
        back_color=style.bgcolor or _ANY,
        bar_color=style.color or _ANY,
    ).segments
    base = bar.rich_style
    once: dict[tuple[str, Style | None], Strip] = {}
    strips = []
    for text, own, _ in segments:
        if (text, own) not in once:
            drawn = Segment(text, base + own)
            once[text, own] = filtered([Strip([drawn], look.thickness)], bar)[0]
        strips.append(once[text, own])
    return strips

"""Lines as they go to the terminal: with all filters applied, and in as few pieces as can be seen."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import ANSIToTruecolor
from textual.geometry import Region
from textual.strip import Strip

if TYPE_CHECKING:
    from textual.widget import Widget


class Painted:
    """A line as it is drawn, and with all filters applied (`shown`)."""

    __slots__ = ("_terse", "drawn", "shown")

    def __init__(self, drawn: Strip, shown: Strip) -> None:
        self.drawn = drawn
        self.shown = shown
        self._terse: Strip | None = None

    @property
    def terse(self) -> Strip:
        """What is shown in as few pieces as it can be, as it goes to the terminal: half the bytes."""
        if self._terse is None:
            self._terse = terse(self.shown)
        return self._terse


def ground_lines(render_lines: Callable[[Region], list[Strip]], crop: Region) -> list[Strip]:
    """The lines of a widget that shows nothing but its ground: the first is like all others."""
    return render_lines(Region(crop.x, crop.y, crop.width, min(crop.height, 1))) * crop.height


def filtered(
    strips: list[Strip], widget: Widget, ground: Color | None = None, *, true_colours: bool = False
) -> list[Strip]:
    """Lines of a widget with the app's filters applied: no colour, colours of the terminal's own. `ground`
    is what the widget stands on, where that is known. Where all are `true_colours`, the filter that makes
    them so has nothing to do."""
    filters = widget.get_line_filters()
    if true_colours:
        filters = [each for each in filters if not isinstance(each, ANSIToTruecolor)]
    if filters:
        ground = ground or widget.background_colors[1]
        for each in filters:
            strips = [strip.apply_filter(each, ground) for strip in strips]
    return strips


def terse(strip: Strip) -> Strip:
    """The same line in fewer pieces: of a blank only its ground is seen, so it goes with what stands beside
    it where that has the same."""
    pieces: list[Segment] = []
    text, style = "", Style.null()
    for more, its, _ in strip:
        its = its or Style.null()
        blank = not text.strip(" ")
        if its is style or (
            _ground(its) == _ground(style) and (blank or not more.strip(" ") or its == style)
        ):
            text, style = text + more, its if blank else style
            continue
        pieces.append(Segment(text, style))
        text, style = more, its
    return Strip([piece for piece in (*pieces, Segment(text, style)) if piece.text], strip.cell_length)


@lru_cache(maxsize=1_000)
def _ground(style: Style) -> object:
    """All of a style that is seen where nothing is written."""
    return style.bgcolor, style.reverse and (style.color, style.dim), style.underline, style.strike

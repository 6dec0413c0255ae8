"""NO_COLOR (no-color.org): where it is set and not empty, no colour is put on the terminal, not even a grey.

What is drawn then is in the terminal's own two colours. What a colour told is told by weight: a ground by
reversing it, what steps back by being dim; bold and underlined stay, which are no colours.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.color import Color as Shade
from rich.segment import Segment
from rich.style import Style
from textual.filter import LineFilter, Monochrome, NoColor

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.color import Color

THEME = "ansi-dark"
"""The theme whose colours are taken away: it is drawn on the terminal's own ground."""
_FAINT = 8
# The terminal's "bright black", in which that theme writes what steps back.


def no_colour(environ: Mapping[str, str]) -> bool:
    """Whether the user wants no colour. Textual takes an empty NO_COLOR for one that is set."""
    return bool(environ.get("NO_COLOR"))


def filters_for(filters: Iterable[LineFilter], *, colourless: bool) -> list[LineFilter]:
    """The filters of an app without those that Textual has for NO_COLOR, with ours if there shall be none."""
    kept = [each for each in filters if not isinstance(each, Monochrome | NoColor)]
    return [*kept, Colourless()] if colourless else kept


class Colourless(LineFilter):
    """Draws without colour."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same segments in the terminal's own two colours."""
        return [Segment(text, style and colourless(style), control) for text, style, control in segments]


@lru_cache(1024)
def colourless(style: Style) -> Style:
    """A style without its colours; what they told is told by weight."""
    lit = style.bgcolor is not None and not style.bgcolor.is_default
    faint = style.color is not None and style.color.number == _FAINT
    weight = Style(reverse=True if lit else None, dim=True if faint and not lit else None)
    return style + _OWN + weight


_OWN = Style.from_color(Shade.default(), Shade.default())

"""What Textual keeps of widgets that are gone: nothing.

Its `StylesCache.get_inner_outer` remembers the two colours of a widget by the widget's own store of drawn
lines, of which it so keeps the last thousand. An hour of opened and closed windows is some hundred thousand
pieces of lines, and each look for garbage goes through them all while nothing else moves.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, cast

from textual._styles_cache import StylesCache

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.color import Color
    from textual.style import Style

    Colours = Callable[["StylesCache | None", Color, Color], tuple[Style, Style]]


def let_go_of_closed_widgets() -> None:
    """Remember those colours by the colours that they are made of, and by nothing else."""
    make = cast("Colours | None", getattr(StylesCache.get_inner_outer, "__wrapped__", None))
    if make is None:
        return  # Done already, or mended in Textual.

    @lru_cache(1024)
    def colours(base_background: Color, background: Color) -> tuple[Style, Style]:
        return make(None, base_background, background)

    def get_inner_outer(_: StylesCache, base_background: Color, background: Color) -> tuple[Style, Style]:
        return colours(base_background, background)

    StylesCache.get_inner_outer = get_inner_outer  # type: ignore[assignment, method-assign]

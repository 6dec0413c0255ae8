"""Signs for the Linux console, whose fonts hold a few hundred characters and draw a box for any other."""

from __future__ import annotations

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_PLAIN = str.maketrans(
    {
        **dict.fromkeys("▌▍▋▊▉▐▆▇▅▄▃", "█"),
        **dict.fromkeys("▏▎", "│"),
        **dict.fromkeys("▁▂▔▀", "─"),
        "▓": "▒",
        "✓": "v",
        "✗": "x",
        "★": "*",
        "○": "o",
        "⏎": "┘",
        "⇄": "=",
        "▯": "?",
    }
)
"""What Debian's console fonts (Lat15, the default, and Uni2) lack, each by one of the same width."""


class PlainSigns(LineFilter):
    """Draws those signs with characters that the console has."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same segments, each as wide as before."""
        return [
            segment if segment.text.isascii() else Segment(segment.text.translate(_PLAIN), *segment[1:])
            for segment in segments
        ]

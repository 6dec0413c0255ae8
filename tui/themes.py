"""Inroad's own two themes: one accent, quiet surfaces. Every other theme of Textual can be chosen too.

The colours are picked so that each text role has a contrast of at least 4.5:1 on its background
(WCAG 2.2, 1.4.3); a test computes it. Textual's themes colour surfaces more than words: where a word
in one of their colours could not be read, `readable` makes that colour darker or lighter.
"""

from __future__ import annotations

from textual.color import Color
from textual.theme import Theme

DARK = Theme(
    name="inroad-dark",
    primary="#7cc4b8",
    secondary="#a9b8e8",
    accent="#7cc4b8",
    foreground="#dfe3e6",
    background="#14181b",
    surface="#1b2024",
    panel="#242b30",
    success="#8fce9b",
    warning="#e8c26a",
    error="#f2938c",
    dark=True,
    variables={
        "text-muted": "#9aa5ab",
        "text-disabled": "#7d888e",
        "block-cursor-foreground": "#14181b",
        "block-cursor-background": "#7cc4b8",
        "input-cursor-background": "#7cc4b8",
        "input-cursor-foreground": "#14181b",
        "input-selection-background": "#7cc4b8 35%",
    },
)

LIGHT = Theme(
    name="inroad-light",
    primary="#08655a",
    secondary="#3d4f96",
    accent="#08655a",
    foreground="#20262a",
    background="#fbfaf7",
    surface="#f3f1ec",
    panel="#e8e5de",
    success="#23682f",
    warning="#7d5200",
    error="#a62a20",
    dark=False,
    variables={
        "text-muted": "#525c63",
        "text-disabled": "#666f76",
        "block-cursor-foreground": "#fbfaf7",
        "block-cursor-background": "#08655a",
        "input-cursor-background": "#08655a",
        "input-cursor-foreground": "#fbfaf7",
        "input-selection-background": "#08655a 25%",
    },
)

SCROLLBAR = {
    "scrollbar": "{foreground} 20%",
    "scrollbar-hover": "{foreground} 40%",
    "scrollbar-active": "{accent}",
    "scrollbar-background": "{background}",
    "scrollbar-background-hover": "{background}",
    "scrollbar-background-active": "{background}",
    "scrollbar-corner-color": "{background}",
}
"""The colours of every scrollbar, from those of the theme: one look, whatever scrolls."""


GROUNDS = {
    "edge": "{foreground} 25%",
    "field": "{foreground} 6%",
    "field-focus": "{accent} 18%",
    "body": "{foreground} 4%",
    "body-focus": "{foreground} 7%",
}
"""The frame of what has not the focus, and the grounds of what is written in."""
_ANSI = {
    "scrollbar": "ansi_bright_black",
    "text-disabled": "ansi_bright_black",
    "edge": "ansi_bright_black",
    **dict.fromkeys(("field", "field-focus", "body", "body-focus"), "ansi_default"),
}
# The terminal's own sixteen colours have no shades: a field in one of them could not be read, whatever the
# user's sixteen are.


def with_ours(variables: dict[str, str]) -> dict[str, str]:
    """The variables of a style sheet with our scrollbars instead of Textual's, and our frames and grounds."""
    ours = {name: colour.format_map(variables) for name, colour in (SCROLLBAR | GROUNDS).items()}
    return variables | ours | (_ANSI if is_ansi(variables) else {})


def is_ansi(variables: dict[str, str]) -> bool:
    """Whether a theme is one of the terminal's own sixteen colours."""
    return variables["background"].startswith("ansi")


OWN = (DARK, LIGHT)
"""Inroad's own themes; the first is the default."""


TEXT_ROLES = ("foreground", "accent", "warning", "error", "success", "secondary")
"""The colours of a theme that words are written in."""
_FAINT = {"text-muted": 0.6, "text-disabled": 0.5}
"""Words that step back: how far from the background towards black or white they begin, where a theme
has no colour of its own for them."""
READABLE = 4.5
CURSOR_TINT = 0.18
"""How much of the accent is in the ground of the line under the cursor."""


def contrast(one: Color, other: Color) -> float:
    """The contrast of two colours as WCAG 2.2 defines it, 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: Color) -> float:
    def linear(share: float) -> float:
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(share) for share in color.normalized)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def readable(variables: dict[str, str]) -> dict[str, str]:
    """The colours of a theme with words that can be read on its background, its surface and the line
    under the cursor on either. A theme of the terminal's own sixteen colours stays as it is: only the
    terminal knows what they look like."""
    if is_ansi(variables):
        return variables
    found = dict(variables)
    ground, surface = Color.parse(variables["background"]), Color.parse(variables["surface"])
    found["accent"] = _moved(Color.parse(variables["accent"]), (ground, surface))
    accent = Color.parse(found["accent"])
    grounds = (ground, surface, *(each.blend(accent, CURSOR_TINT) for each in (ground, surface)))
    for role in TEXT_ROLES:
        found[role] = _moved(Color.parse(found[role]), grounds)
    for role, share in _FAINT.items():
        if found[role].startswith("auto"):
            faint = ground.blend(ground.get_contrast_text(1.0), share)
            found[role] = _moved(faint, grounds)
    return found


def _moved(color: Color, grounds: tuple[Color, ...]) -> str:
    """`color`, as little as needed nearer to black or white: what the first ground leaves room for."""
    end = grounds[0].get_contrast_text(1.0).with_alpha(1.0)
    for step in range(21):
        moved = color.blend(end, step / 20)
        if all(contrast(moved, ground) >= READABLE for ground in grounds):
            return moved.hex
    return end.hex

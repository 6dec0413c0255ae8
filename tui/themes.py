"""Inroad's own two themes: one accent, quiet surfaces. Every other theme of Textual can be chosen too.

The colours are picked so that each text role has a contrast of at least 4.5:1 on its background
(WCAG 2.2, 1.4.3); a test computes it.
"""

from __future__ import annotations

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
    primary="#0b6b5e",
    secondary="#3d4f96",
    accent="#0b6b5e",
    foreground="#20262a",
    background="#fbfaf7",
    surface="#f3f1ec",
    panel="#e8e5de",
    success="#23682f",
    warning="#7d5200",
    error="#a62a20",
    dark=False,
    variables={
        "text-muted": "#555f66",
        "text-disabled": "#666f76",
        "block-cursor-foreground": "#fbfaf7",
        "block-cursor-background": "#0b6b5e",
        "input-cursor-background": "#0b6b5e",
        "input-cursor-foreground": "#fbfaf7",
        "input-selection-background": "#0b6b5e 25%",
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


def with_scrollbars(variables: dict[str, str]) -> dict[str, str]:
    """The variables of a style sheet with our scrollbars instead of Textual's."""
    return variables | {name: colour.format_map(variables) for name, colour in SCROLLBAR.items()}


OWN = (DARK, LIGHT)
"""Inroad's own themes; the first is the default."""

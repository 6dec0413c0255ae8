"""Themes can be read: 4.5:1 for every text role in our own two (WCAG 2.2, 1.4.3), at least 4:1 in all."""

from __future__ import annotations

import pytest
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from tui.themes import CURSOR_TINT, OWN, TEXT_ROLES, contrast, readable

OTHERS = [theme for name, theme in sorted(BUILTIN_THEMES.items()) if not name.startswith("ansi")]


def test_contrast_is_that_of_wcag() -> None:
    black, white, grey = Color(0, 0, 0), Color(255, 255, 255), Color(118, 118, 118)
    assert contrast(black, white) == pytest.approx(21)
    assert contrast(white, grey) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", OWN, ids=lambda theme: theme.name)
@pytest.mark.parametrize("role", [*TEXT_ROLES, "text-muted", "text-disabled"])
def test_text_can_be_read(theme: Theme, role: str) -> None:
    value = theme.variables.get(role) or getattr(theme, role)
    color = Color.parse(value)
    ground = Color.parse(theme.background or "")
    surface = Color.parse(theme.surface or "")
    assert contrast(color, ground) >= 4.5
    assert contrast(color, surface) >= 4.5
    if role != "text-disabled":
        for on in (ground, surface):
            selected = on.blend(Color.parse(theme.accent or ""), CURSOR_TINT)
            assert contrast(color, selected) >= 4.5, "on the line under the cursor"


@pytest.mark.parametrize("theme", OTHERS, ids=lambda theme: theme.name)
def test_every_theme_of_textual_can_be_read(theme: Theme) -> None:
    colors = readable({**theme.to_color_system().generate(), **theme.variables})
    ground, surface = Color.parse(colors["background"]), Color.parse(colors["surface"])
    accent = Color.parse(colors["accent"])
    selected = [each.blend(accent, CURSOR_TINT) for each in (ground, surface)]
    for role in (*TEXT_ROLES, "text-muted", "text-disabled"):
        for on in (ground, surface, *selected):
            assert contrast(Color.parse(colors[role]), on) >= 4, (role, on.hex)


def test_the_terminals_own_colours_stay_as_they_are() -> None:
    theme = BUILTIN_THEMES["ansi-dark"]
    colors = {**theme.to_color_system().generate(), **theme.variables}
    assert readable(colors) == colors

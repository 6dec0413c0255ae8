"""Both own themes can be read: 4.5:1 for every text role (WCAG 2.2, 1.4.3)."""

from __future__ import annotations

import pytest
from textual.color import Color
from textual.theme import Theme

from tui.themes import OWN


def luminance(color: Color) -> float:
    """Relative luminance as WCAG defines it."""

    def linear(value: int) -> float:
        share = value / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b)


def contrast(one: Color, other: Color) -> float:
    """The contrast of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", OWN, ids=lambda theme: theme.name)
@pytest.mark.parametrize(
    "role",
    ["foreground", "accent", "secondary", "success", "warning", "error", "text-muted", "text-disabled"],
)
def test_text_can_be_read(theme: Theme, role: str) -> None:
    value = theme.variables.get(role) or getattr(theme, role)
    color = Color.parse(value)
    ground = Color.parse(theme.background or "")
    surface = Color.parse(theme.surface or "")
    selected = ground.blend(Color.parse(theme.accent or ""), 0.18)
    assert contrast(color, ground) >= 4.5
    assert contrast(color, surface) >= 4.5
    if role != "text-disabled":
        assert contrast(color, selected) >= 4.5, "on the line under the cursor"

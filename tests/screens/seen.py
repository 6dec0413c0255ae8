"""What a user sees: the screen of a running app as plain text."""

from __future__ import annotations

from textual.app import App


def text_of(app: App[int]) -> str:
    """The lines that are on the screen now, as the terminal would show them."""
    width, height = app.size
    lines = app.screen._compositor.render_strips(app.size)
    return "\n".join(strip.text.rstrip() for strip in lines[:height]) if width else ""


def underlined(app: App[int]) -> list[str]:
    """The texts that are underlined on the screen in front, from the top."""
    lines = app.screen._compositor.render_strips(app.size)
    return [text for line in lines for text, style, _ in line if style and style.underline and text.strip()]

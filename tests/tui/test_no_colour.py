"""NO_COLOR: no colour reaches the terminal, and what a colour told is told by weight."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from rich.segment import Segment
from rich.style import Style

from tests.screens.conftest import demo_desk
from tests.screens.hands import press, settle, write
from tests.screens.seen import text_of
from tui.app import InroadApp
from tui.config import Config

Make = Callable[..., InroadApp]


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Make]:
    """Makes an app on the demo, with the user's theme."""
    desk = demo_desk(tmp_path)
    yield lambda theme="": InroadApp(desk, Config(theme=theme))
    desk.store.close()


def drawn(app: InroadApp) -> list[Segment]:
    return [segment for strip in app.screen._compositor.render_strips(app.size) for segment in strip]


def coloured(style: Style | None) -> bool:
    shades = (style.color, style.bgcolor) if style is not None else ()
    return any(shade is not None and not shade.is_default for shade in shades)


def weight_of(app: InroadApp, text: str) -> Style:
    return next(segment.style or Style.null() for segment in drawn(app) if segment.text.strip() == text)


@pytest.mark.parametrize("theme", ["", "inroad-light", "ansi-dark", "nord"])
async def test_without_colour_all_is_told_by_weight(
    demo: Make, monkeypatch: pytest.MonkeyPatch, theme: str
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = demo(theme)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        for key in ("4", "e", "escape", "5", "6", "1", "e"):
            await press(pilot, key)
            assert "Inroad" in text_of(app)
            assert not [segment for segment in drawn(app) if coloured(segment.style)], key
        # The cursor stands at the end of the first field, whose name is stronger than the others.
        assert weight_of(app, "Name").bold
        assert not weight_of(app, "Title").bold
        await press(pilot, "home")
        assert "N" in [each.text for each in drawn(app) if each.style and each.style.reverse]
        await press(pilot, "escape")
        assert weight_of(app, "Noor Al-Amin").reverse
        assert not weight_of(app, "Sam Okafor").reverse
        await press(pilot, "l")
        assert weight_of(app, "Raj Malhotra").reverse
        for key, text in (("slash", "half typed"), ("ctrl+o", "half typed")):
            await press(pilot, key)
            await write(pilot, text)
            assert weight_of(app, text).underline, key
            await press(pilot, "escape", "escape")


async def test_without_colour_there_is_no_theme_to_choose(
    demo: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = demo("inroad-light")
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "ctrl+p", *"theme", "enter")
        await settle(pilot)
        assert "NO_COLOR is set where Inroad was started" in text_of(app)


@pytest.mark.parametrize("value", [None, ""])
async def test_an_empty_no_color_is_none(
    demo: Make, monkeypatch: pytest.MonkeyPatch, value: str | None
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    if value is not None:
        monkeypatch.setenv("NO_COLOR", value)
    app = demo()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        shade = next(s.style for s in drawn(app) if "Inroad" in s.text)
        assert shade is not None
        assert shade.color is not None
        assert shade.color.triplet is not None
        assert len({*shade.color.triplet}) > 1

"""Paints what changed and nothing else: a key press in a list must not cost what a whole screen costs.

Textual's compositor draws every widget that touches the box around all changes, cuts each line where any
widget begins, and puts the pieces together again. Where the widgets that changed are covered by nothing,
which is what it comes to with nearly every key, their lines can be written as they are. In all other
cases (a layout, an overlay, a fade) Textual's own way is taken.

This leans on Textual's insides, which is why Textual is pinned; `tests/screens/test_painting.py` holds
that both ways put the same on the terminal.
"""

from __future__ import annotations

from collections.abc import Iterable
from time import sleep
from typing import TYPE_CHECKING, Any, TypeVar

from textual._compositor import CompositorUpdate
from textual.geometry import Region, Size

from .users_keys import UsersKeys
from .widgets.lines import Lines

if TYPE_CHECKING:
    from rich.console import Console
    from textual import events
    from textual.scrollbar import ScrollBar
    from textual.strip import Strip
    from textual.widget import Widget

    from .widgets.list_bar import Bar

R = TypeVar("R")
Piece = tuple[int, int, "Strip"]
"""Where a line begins (column, row), and the line."""


GIVE_WAY_SECONDS = 0.0003
"""How long the interpreter is let go, for a thread that waits to begin."""
WRITE_SECONDS = 0.00005
"""The same for one that has begun, and waits for something to write."""
HELD_FRAMES = 3
"""How many frames are left out at most until what belongs to a cursor is there."""
OUT_SECONDS = 0.02
"""How long a frame is given to get out to the terminal."""


class Patch(CompositorUpdate):
    """Some lines at their places."""

    def __init__(self, pieces: list[Piece]) -> None:
        self.pieces = pieces

    def render_segments(self, console: Console) -> str:
        """What is written to the terminal."""
        return "".join(f"\x1b[{y + 1};{x + 1}H{strip.render(console)}" for x, y, strip in self.pieces)

    def __rich_console__(self, console: Console, options: Any) -> Iterable[Any]:
        for _, _, strip in self.pieces:
            yield from strip


class PaintedScreen(UsersKeys[R]):
    """A screen that paints only the lines that changed, where that can be done: where the cursor of a list
    is, and in the same frame what depends on it."""

    def __init__(self, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(name, id, classes)
        self._bars: dict[ScrollBar, Bar] = {}
        self._seen: object = None
        self._known_covered: dict[tuple[Widget, Region], bool] = {}
        self._was_painted = False
        self._held = 0

    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        # Before its first frame it was styled a moment ago, when it was mounted.
        event.refresh_styles = event.refresh_styles and self._was_painted

    def _compositor_refresh(self) -> None:
        # While a batch is under way Textual would draw all, show nothing of it, and draw all again after.
        if not self.app._batch_count:
            self._bars.clear()
            super()._compositor_refresh()
            if not self._was_painted:
                self._was_painted = True
                if self.app.is_headless:
                    self.call_next(self.first_painted)
                else:
                    # A thread writes the frame to the terminal, and needs the interpreter for it: let it
                    # have it at once, and for as long as it may take.
                    sleep(GIVE_WAY_SECONDS)
                    self.set_timer(OUT_SECONDS, self.first_painted)

    def _screen_resized(self, size: Size) -> None:
        if self.app._batch_count and not self._was_painted and size == self._compositor.size:
            # At the start the terminal tells its size twice: what has changed since is laid out once.
            self.call_later(self._compositor_refresh)
        else:
            super()._screen_resized(size)

    def first_painted(self) -> None:
        """Called once, when the screen has been painted for the first time: for what can follow that."""

    def _on_timer_update(self) -> None:
        if self._held < HELD_FRAMES and self._cursor_untold():
            # It would be painted beside what belongs to where it was.
            self._held += 1
        else:
            self._paint()

    def _paint(self) -> None:
        self._held = 0
        self._join_waiting()
        patch = self.patch()
        if patch is None:
            super()._on_timer_update()
            return
        self._update_timer.pause()
        for widget in self._dirty_widgets:
            widget._exchange_repaint_regions()
        self._dirty_widgets.clear()
        if patch.pieces:
            self.app._display(self, patch)
        if self._callbacks:
            self.call_next(self._invoke_and_clear_callbacks)

    def paint_now(self) -> None:
        """Paint what has just changed without waiting for the next frame: it belongs to the one before."""
        if self.is_current and not self._layout_required:
            self._paint()
            if not self.app.is_headless:
                # What is left to do for the key would hold up the thread that writes to the terminal.
                sleep(WRITE_SECONDS)

    # A list's cursor

    def follow(self, lines: Lines[Any]) -> None:
        """The cursor of a list stands on another item: show what else depends on it."""

    def move_of(self, lines: Lines[Any], key: str) -> str:
        """The command of a list that `key` runs here if it only moves the cursor; else ""."""
        return lines.move_of(key)

    def move_cursor(self, lines: Lines[Any], move: str) -> None:
        """Move the cursor of a list by one of its commands; `show_moved` belongs to it, once for several."""
        with lines._context():
            lines.move(move)

    def show_moved(self, lines: Lines[Any]) -> None:
        """Show in one frame where the cursor is and what depends on it."""
        with self._context():
            self.follow(lines)
            self.paint_now()

    def on_lines_moved(self, message: Lines.Moved) -> None:
        """A click, or the screen itself, has moved a cursor."""
        message.stop()
        message.lines.untold = False
        self.follow(message.lines)
        self.paint_now()

    # How it is painted

    def _cursor_untold(self) -> bool:
        """Whether a cursor has moved, by a click, and what depends on it is not shown yet."""
        shown = self._compositor.visible_widgets
        return any(isinstance(widget, Lines) and widget.untold for widget in shown)

    def _join_waiting(self) -> None:
        """What has changed and would come with the next frame comes with this one."""
        if self._layout_required or self._scroll_required or self._repaint_required:
            return
        for widget in self._compositor.visible_widgets:
            # Its own message that says so may still be on its way.
            if widget._repaint_regions and not widget._layout_required and widget is not self:
                widget._repaint_required = False
                self._dirty_widgets.add(widget)

    def patch(self) -> Patch | None:
        """The lines that have changed; None where Textual has to draw them."""
        app = self.app
        if (
            self._layout_required
            or self._scroll_required
            or self._repaint_required
            or self._recompose_required
            or not self._dirty_widgets
            or self._compositor._dirty_regions
            or app._batch_count
            or app.is_inline
            or not self.is_current
            or self is not app.screen
        ):
            return None
        pieces: list[Piece] = []
        for widget in self._dirty_widgets:
            if widget.opacity != 1 or widget.styles.has_rule("tint") or not self._draw(widget, pieces):
                return None
        return Patch(pieces)

    def _draw(self, widget: Widget, pieces: list[Piece]) -> bool:
        """Add the lines of a widget that have changed; False if something may cover or cut them."""
        visible = self._compositor.visible_widgets
        if widget not in visible:
            return False
        region, clip = visible[widget]
        if not clip.contains_region(region):
            return False
        if isinstance(widget, Lines):
            return self._draw_list(widget, region, pieces)
        if self._covered(widget, region):
            return False
        rows = _rows(widget).intersection(range(region.height))
        # Imported where there are widgets to draw anew: many a first frame has no scroll bar.
        from textual.scrollbar import ScrollBar

        from .widgets.list_bar import Bar

        if isinstance(widget, ScrollBar) and widget.vertical:
            bar = self._bars.get(widget)
            if bar is None:
                bar = self._bars[widget] = Bar(widget)
            drawn, rows = bar.drawn(region.height)
        else:
            drawn = widget.render_lines(region.size.region)
        pieces += [(region.x, region.y + row, drawn[row]) for row in sorted(rows)]
        return True

    def _draw_list(self, lines: Lines[Any], region: Region, pieces: list[Piece]) -> bool:
        """The lines of a list from its own store, and the heading in its border."""
        inside = lines.inside
        place = inside.translate(region.offset)
        rows = _rows(lines)
        heading = 0 in rows and inside.y > 0
        if any(dirty.x < inside.x and dirty.bottom > 1 for dirty in lines._repaint_regions):
            return False  # All of the border.
        if self._covered(lines, place) or (
            heading and self._covered(lines, Region(*region.offset, region.width, 1))
        ):
            return False
        if heading:
            pieces.append((region.x, region.y, lines.paint_heading()))
        within = sorted(rows.intersection(inside.line_range))
        strips = lines.paint([row - inside.y for row in within])
        pieces += [(place.x, region.y + row, strip) for row, strip in zip(within, strips, strict=True)]
        return True

    def _covered(self, widget: Widget, place: Region) -> bool:
        """Whether anything but what `widget` stands in shows at this place."""
        visible = self._compositor.visible_widgets
        if visible is not self._seen:
            # Laid out anew: until then nothing comes or goes.
            self._seen, self._known_covered = visible, {}
        covered = self._known_covered.get((widget, place))
        if covered is None:
            around = set(widget.ancestors)
            covered = self._known_covered[widget, place] = any(
                place.overlaps(region) and place.overlaps(clip)
                for other, (region, clip) in visible.items()
                if other is not widget and other not in around
            )
        return covered


def _rows(widget: Widget) -> set[int]:
    """The rows of a widget, from its upper edge, that have changed."""
    return {row for dirty in widget._repaint_regions for row in dirty.line_range}

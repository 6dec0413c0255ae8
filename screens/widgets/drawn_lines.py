"""How a list is drawn: the rows of an item become lines once, when they come into view, and are kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Generic, TypeVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.content import Content
from textual.geometry import Offset, Region, Size
from textual.reactive import Reactive, reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from .painted import Painted, filtered
from .rows import ROLES, Row, clip, draw

if TYPE_CHECKING:
    from textual import events
    from textual.scrollbar import ScrollBar

T = TypeVar("T")
MEASURE = 104
"""The widest that a line is drawn which is read as prose: longer ones lose the eye on the way back."""
REACH = 120
"""The widest that a line is drawn whose date or state stands at its right edge: the eye gets there."""
CURSOR = "on $accent 18%"
"""The ground of the item under the cursor."""
BLURRED = "on $foreground 7%"
"""The same while another widget has the focus."""


class DrawnLines(ScrollView, Generic[T]):
    """The drawing part of `Lines`, which tells what the arguments are."""

    cursor: reactive[int] = reactive(0, init=False, repaint=False)
    virtual_size = Reactive(Size(0, 0), layout=False, repaint=False)
    """A list takes the room that it is given: what else stands on the screen need not be laid out anew."""

    def __init__(
        self,
        draw_item: Callable[[T, int], Sequence[Row]],
        key_of: Callable[[T], str],
        *,
        item_height: int,
        gap: int,
        empty: Sequence[Row],
        selectable: Callable[[T], bool] | None,
        shy: bool,
        lit: bool,
        plain: bool,
        widest: int,
        id: str | None,
        classes: str | None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._widest = widest
        self._draw_item = draw_item
        self._key_of = key_of
        self._item_height = item_height
        self._gap = gap
        self._pitch = item_height + gap
        self._selectable = selectable
        self._shy = shy
        self._plain = plain
        self._lit = lit
        self._items: Sequence[T] = ()
        self._empty: Sequence[Row] = empty
        self._marks: set[str] = set()
        self._styles: dict[str, Style] = {}
        self._below = Color(0, 0, 0)
        self._rows: dict[tuple[object, int], list[Row]] = {}
        self._strips: dict[tuple[object, int, int], list[Painted]] = {}
        self._heading: tuple[str, str] | None = None
        self._true_colours = False
        self._frame: list[Style] | None = None
        self._corners = "", ""

    # What is shown

    def show_empty(self, rows: Sequence[Row]) -> None:
        """Set what is shown while there is nothing to list."""
        self._empty = rows
        if not self._items:
            self._refresh_inside()

    def set_item_height(self, lines: int) -> None:
        """Give each item so many lines: where it is narrow, what stood in one takes more."""
        if lines != self._item_height:
            self._item_height = lines
            self._pitch = lines + self._gap
            self._resize()
            self.redraw()

    def redraw(self) -> None:
        """Draw the items anew: something that their rows depend on has changed."""
        self._forget()
        self._refresh_inside()

    def _refresh_inside(self) -> None:
        """Draw all lines anew, but not the border."""
        self.refresh(self.size.region)

    def head(self, title: str, count: str = "") -> None:
        """Put a title and a count into the upper border, as `╭ To ask ──── 4 ╮`."""
        if self._heading != (title, count):
            self._heading = (title, count)
            self._draw_heading()

    def _refresh_changed(self, before: Sequence[T], cursors: set[int]) -> None:
        """Draw those lines anew whose item is another one now, or over which the cursor went."""
        now = self._items
        self._refresh_items(
            place
            for place in self._seen
            if place in cursors or before[place : place + 1] != now[place : place + 1]
        )

    def _refresh_items(self, places: Iterable[int]) -> None:
        """Draw the items at these places anew, as far as they can be seen."""
        top, pitch, width, seen = self.scroll_offset.y, self._pitch, self._width, self._seen
        regions = [
            Region(0, place * pitch - top, width, self._item_height) for place in places if place in seen
        ]
        if regions:
            self.refresh(*regions)

    @property
    def _seen(self) -> range:
        """The places of the items that can be seen."""
        top, pitch = self.scroll_offset.y, self._pitch
        return range(top // pitch, (top + self._height - 1) // pitch + 1)

    # Lines

    def notify_style_update(self) -> None:
        """The theme changed, or the widget's classes: styles and strips are out of date."""
        self._styles = {}
        self._frame = None
        self._forget()
        super().notify_style_update()

    def on_focus(self, _: events.Focus) -> None:
        self.refresh()

    def on_blur(self, _: events.Blur) -> None:
        self.refresh()

    @property
    def vertical_scrollbar(self) -> ScrollBar:
        """The scroll bar, which is made when first asked for."""
        if self._vertical_scrollbar is None:
            from .list_bar import ListBar

            bar = ListBar(vertical=True, name="vertical", thickness=self.scrollbar_size_vertical)
            bar.display = False
            self._vertical_scrollbar = bar
            self.app._start_widget(self, bar)
        return self._vertical_scrollbar

    @property
    def _width(self) -> int:
        # Asked for at each line, so not of `scrollable_content_region`, which searches the screen's layout.
        return max(0, self.outer_size.width - self.styles.gutter.width - self.scrollbar_size_vertical)

    @property
    def _height(self) -> int:
        return max(0, self.outer_size.height - self.styles.gutter.height)

    @property
    def content_offset(self) -> Offset:
        """Where the items begin, from the upper left corner; asked for at each refresh."""
        gutter = self.styles.gutter
        return Offset(gutter.left, gutter.top)

    @property
    def room(self) -> int:
        """The cells that a row of an item may take now."""
        return max(0, self._drawn_width(self._width) - 1)

    def _drawn_width(self, width: int) -> int:
        """The cells of a line that are drawn on: beside the scrollbar one stays free."""
        room = width - bool(self.scrollbar_gutter.width)
        return min(room, self._widest) if self._widest else room

    def _resize(self) -> None:
        self.virtual_size = self._whole_size
        self._scroll_update(self.virtual_size)

    def _resize_for_items(self) -> None:
        """Take other items in; where the bar beside them stays as it is, or away, no more is to be done."""
        before, now = self.virtual_size, self._whole_size
        if now != before:
            self.virtual_size = now
            if self.show_vertical_scrollbar or now.height > self.container_size.height:
                self._scroll_update(now)

    @property
    def _whole_size(self) -> Size:
        """The size that all items would take."""
        count = len(self._items)
        return Size(self._width, max(count * self._pitch - (self._pitch - self._item_height), 0))

    def _draw_heading(self) -> None:
        if self._heading is None or not self.outer_size.width:
            return
        title, count = self._heading
        room = self.outer_size.width - 6
        count = clip(count, room)
        title = clip(title, room - len(count) - 1 if count else room)
        fill = "─" * (room - cell_len(title) - len(count))
        tail = f" {fill[2:]} {count}" if count and len(fill) > 2 else f" {count}" if count else ""
        heading = Content(title + tail)
        if heading != self._border_title:
            self._border_title = heading
            offset = self.content_offset
            self.refresh(Region(-offset.x, -offset.y, self.outer_size.width, 1))

    @property
    def inside(self) -> Region:
        """Where the items are drawn, seen from the upper left corner of the whole widget."""
        gutter = self.styles.gutter
        return Region(gutter.left, gutter.top, self._width, self._height)

    def paint_heading(self) -> Strip:
        """The upper border with the title in it. Another title in the same border is no new drawing."""
        width, title = self.outer_size.width, self._border_title
        if self._frame is None or title is None or not title.plain:
            strip = self.render_lines(Region(0, 0, width, 1))[0]
            segments = [*strip]
            if title is not None and len(segments) == 5 and segments[2].text == f" {title.plain} ":
                self._frame = [segment.style or Style.null() for segment in segments]
                self._corners = segments[0].text, segments[4].text
            return strip
        left, right = self._corners
        label = f" {title.plain} "
        fill = "─" * (width - 3 - cell_len(label))
        texts = (left, "─", label, fill, right)
        return Strip([Segment(*each) for each in zip(texts, self._frame, strict=True)], width)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of the whole widget, border and all. Between the borders all begin and end alike, which
        Textual's own way works out anew for each."""
        gutter = self.styles.gutter
        width, height = self.outer_size
        inner = height - gutter.height
        if crop != Region(0, 0, width, height) or inner < 2 or self._faded:
            return super().render_lines(crop)
        drawn = super().render_lines(Region(0, 0, width, gutter.top + 1))
        end = width - gutter.right - self.scrollbar_gutter.width
        left, right = drawn[-1].crop(0, gutter.left), drawn[-1].crop(end, width)
        for line in self._lines(range(1, inner)):
            drawn.append(Strip([*left, *line.shown, *right], width))
        if gutter.bottom:
            drawn += super().render_lines(Region(0, height - gutter.bottom, width, gutter.bottom))
        return drawn

    @property
    def _faded(self) -> bool:
        """Whether Textual has to lay something over the lines."""
        rules = ("hatch", "outline_left", "text_opacity", "tint")
        return self.opacity != 1 or any(map(self.styles.has_rule, rules))

    def paint(self, rows: Sequence[int]) -> list[Strip]:
        """The lines of these rows of the inside as they go to the terminal."""
        return [line.terse for line in self._lines(rows)]

    def render_line(self, y: int) -> Strip:
        return self._lines((y,))[0].drawn

    def _lines(self, rows: Sequence[int]) -> list[Painted]:
        """The lines of these rows of the inside."""
        if not self._styles:
            self._styles = self._read_styles()
        width = self._width
        if not self._items:
            return [self._empty_line(row, width) for row in rows]
        items, pitch, height, top, cursor = (
            self._items,
            self._pitch,
            self._item_height,
            self.scroll_offset.y,
            self.cursor,
        )
        under = 1 if self.has_focus or self._lit else 2
        lines = []
        for row in rows:
            index, line = divmod(row + top, pitch)
            if index >= len(items) or line >= height:
                lines.append(self._blank(width))
            else:
                drawn = self._drawn(index, items[index], width, under if index == cursor else 0)
                lines.append(drawn[line])
        return lines

    def _empty_line(self, y: int, width: int) -> Painted:
        row: Row = self._empty[y] if y < len(self._empty) else ()
        return self._with_filters([draw(row, width, self._styles, self._styles["base"])])[0]

    def _drawn(self, index: int, item: T, width: int, state: int) -> list[Painted]:
        """The lines of an item: as they were drawn before, where that still holds."""
        place = item if self._plain else index
        cached = self._strips.get((place, state, width))
        if cached is None:
            if len(self._strips) > 2_000:
                self._forget()
            cached = self._with_filters(self._draw(place, item, width, state))
            self._strips[place, state, width] = cached
        return cached

    def _forget(self) -> None:
        """All will be drawn anew."""
        self._rows.clear()
        self._strips.clear()

    def _blank(self, width: int) -> Painted:
        cached = self._strips.get((None, 0, width))
        if cached is None:
            blank = [Strip.blank(width, self._styles["base"])]
            cached = self._strips[None, 0, width] = self._with_filters(blank)
        return cached[0]

    def _with_filters(self, strips: list[Strip]) -> list[Painted]:
        shown = filtered(strips, self, self._below, true_colours=self._true_colours)
        return [*map(Painted, strips, shown)]

    def foresee(self, items: Sequence[T]) -> None:
        """Draw what a plain list may have to show next, as far as there is room for it, with the cursor on
        the first that can be chosen; then showing it takes no longer than moving its cursor."""
        first = next(filter(self._can_choose, items), None)
        for item in items[: self.size.height // self._pitch + 1]:
            self._draw_ahead(-1, item, 2 if item is first else 0)

    def foresee_around(self, count: int) -> None:
        """Draw so many items on either side of the cursor, as they will be when it has moved on."""
        if self.size.height:
            for index in range(max(0, self.cursor - count), min(self.cursor + count + 1, len(self._items))):
                for state in (0, 1):
                    self._draw_ahead(index, self._items[index], state)

    def _draw_ahead(self, index: int, item: T, state: int) -> None:
        if not self._styles:
            self._styles = self._read_styles()
        for line in self._drawn(index, item, self._width, state):
            line.terse.render(self.app.console)

    def _read_styles(self) -> dict[str, Style]:
        parse = self.app.stylesheet.parse_style
        ground = self.visual_style
        below = self._below = self.background_colors[1]
        styles = {"base": self.rich_style}
        for role, words in ROLES.items():
            style = parse(words)
            styles[role] = Style(
                color=(ground + style).rich_style.color if style.foreground is not None else None,
                bgcolor=below.blend(style.background, style.background.a, 1.0).rich_color
                if style.background is not None and style.background.ansi is None
                else None,
                bold=style.bold,
                underline=style.underline,
            )
        for name, words in (("cursor", CURSOR), ("blurred", "" if self._shy else BLURRED)):
            tint = parse(words).background
            if tint is not None and tint.ansi is not None:
                # A theme of the terminal's own colours can't be tinted, and only the terminal knows them.
                styles[name] = Style(reverse=name == "cursor")
            elif tint is not None:
                styles[name] = Style(bgcolor=below.blend(tint, tint.a, 1.0).rich_color)
            else:
                styles[name] = Style.null()
        colours = (colour for style in styles.values() for colour in (style.color, style.bgcolor))
        self._true_colours = not self.rich_style.dim and all(
            colour is None or colour.triplet is not None for colour in colours
        )
        return styles

    def _rows_of(self, place: object, item: T, width: int) -> list[Row]:
        """The rows of an item, which are the same with the cursor and without."""
        found = self._rows.get((place, width))
        if found is None:
            # The first cell is the cursor's.
            found = list(self._draw_item(item, width - 1))[: self._item_height]
            found += [()] * (self._item_height - len(found))
            self._rows[place, width] = found
        return found

    def _draw(self, place: object, item: T, width: int, state: int) -> list[Strip]:
        room = self._drawn_width(width)
        rows = self._rows_of(place, item, room)
        shown = state == 1 or (state == 2 and not self._shy)
        chosen = shown and (self._selectable is None or self._selectable(item))
        base = self._styles["base"]
        if chosen:
            base += self._styles["cursor" if state == 1 else "blurred"]
        marked = self._key_of(item) in self._marks
        sign = "▌" if chosen else "✓" if marked else " "
        bar: Row = (("✓" if marked and chosen else sign, "accent" if marked or state == 1 else "dim"),)
        drawn = [draw(bar + row, room, self._styles, base) for row in rows]
        return drawn if room == width else [strip.extend_cell_length(width, base) for strip in drawn]

    def _can_choose(self, item: T) -> bool:
        return self._selectable is None or self._selectable(item)

"""A list of any length that draws only the lines that can be seen.

Textual's own lists take seconds to settle at 30,000 rows; this one keeps the items as they are and asks
for the rows of an item when it comes into view.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain, islice, zip_longest
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from textual.actions import SkipAction
from textual.binding import BindingType
from textual.geometry import Region
from textual.message import Message

from ..commands import bindings
from ..scope import Scope
from .drawn_lines import DrawnLines
from .rows import Row

if TYPE_CHECKING:
    from textual import events

T = TypeVar("T")
_MOVES = frozenset(f"list.{move}" for move in ("down", "up", "page_down", "page_up", "top", "bottom"))


class Lines(Scope, DrawnLines[T], can_focus=True):
    """A list with a cursor. It shows items; what they are and what is done to them is its owner's.

    `draw_item(item, width)` gives the rows of an item, always `item_height` of them (missing ones are
    blank); `key_of(item)` names it, so that the cursor and the marks stay with an item when the list
    changes. `empty` is what to show when there is nothing, as rows. Without the focus the ground of
    the item under the cursor is faint, in a `shy` list not there at all, and in a `lit` one, which a line
    of text above it moves, as strong as ever. A double click opens an item, with `one_click` a single one.
    In a `plain` one an item is all that its rows depend on, and can be hashed: where it stays, nothing is
    drawn. With `widest` its lines take at most so many cells, however wide it is.
    """

    SCOPE = "list"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("list")]
    DEFAULT_CSS = """
    Lines {
        height: 1fr;
        scrollbar-size-vertical: 1;
        overflow-x: hidden;
    }
    """

    class Moved(Message):
        """The cursor stands on another item (None: the list is empty)."""

        def __init__(self, lines: Lines[Any], item: Any) -> None:
            super().__init__()
            self.lines = lines
            self.item = item

        @property
        def control(self) -> Lines[Any]:
            """The list it comes from."""
            return self.lines

        def can_replace(self, message: Message) -> bool:
            """Of several in a row the last one tells all."""
            return isinstance(message, Lines.Moved) and message.lines is self.lines

    class Chosen(Message):
        """The user opened an item, with enter or a double click."""

        def __init__(self, lines: Lines[Any], item: Any) -> None:
            super().__init__()
            self.lines = lines
            self.item = item

        @property
        def control(self) -> Lines[Any]:
            """The list it comes from."""
            return self.lines

    def __init__(
        self,
        draw_item: Callable[[T, int], Sequence[Row]],
        key_of: Callable[[T], str],
        *,
        item_height: int = 1,
        gap: int = 0,
        empty: Sequence[Row] = (),
        selectable: Callable[[T], bool] | None = None,
        shy: bool = False,
        lit: bool = False,
        one_click: bool = False,
        plain: bool = False,
        widest: int = 0,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(
            draw_item,
            key_of,
            item_height=item_height,
            gap=gap,
            empty=empty,
            selectable=selectable,
            shy=shy,
            lit=lit,
            plain=plain,
            widest=widest,
            id=id,
            classes=classes,
        )
        self._clicks = 1 if one_click else 2
        self._tells = True
        self.untold = False
        """Whether `Moved` is on its way: what depends on the cursor is not shown yet."""
        self._moves: dict[str, str] = {}
        self._moves_by: object = None

    # What the owner sets and asks

    @property
    def items(self) -> Sequence[T]:
        """What is listed."""
        return self._items

    @property
    def current(self) -> T | None:
        """The item under the cursor; None in an empty list."""
        return self._items[self.cursor] if 0 <= self.cursor < len(self._items) else None

    def id_of(self, item: T) -> str:
        """What names an item."""
        return self._key_of(item)

    @property
    def marks(self) -> frozenset[str]:
        """The keys of the marked items."""
        return frozenset(self._marks)

    def show(self, items: Sequence[T], *, select: str | None = None) -> None:
        """Show `items`. The cursor stays with its item; `select` puts it on the one with that key."""
        wanted = select
        if wanted is None and (current := self.current) is not None:
            wanted = self._key_of(current)
        before_items, before_top = self._items, self.scroll_offset.y
        # Who has scrolled away from the cursor reads: a change of the store leaves them where they are.
        follow = select is not None or not self.size.height or self._in_sight
        self._items = items
        if self._marks:
            self._marks &= {self._key_of(item) for item in items}
        index = self._index_of(wanted) if wanted else None
        if index is None:
            index = min(max(self.cursor, 0), max(len(items) - 1, 0))
        self._resize_for_items()
        before = self.cursor
        self.set_reactive(Lines.cursor, self._settle(index, 1))
        if self.is_mounted:
            if follow or self.cursor != before:
                self._scroll_to_cursor()
            if self.cursor != before or select is not None:
                self._tell()
        if not self._plain:
            self.redraw()
        elif before_items and items and self.scroll_offset.y == before_top:
            self._refresh_changed(before_items, {before, self.cursor})
        else:
            self._refresh_inside()

    def select(self, key: str) -> bool:
        """Put the cursor on the item with this key; False if it isn't listed."""
        index = self._index_of(key)
        if index is not None:
            self.cursor = index
        return index is not None

    def toggle_mark(self) -> None:
        """Mark the item under the cursor, or take its mark away."""
        if (item := self.current) is not None:
            self._marks ^= {self._key_of(item)}
            self.redraw()

    def clear_marks(self) -> None:
        """Take all marks away."""
        self._marks.clear()
        self.redraw()

    # Commands

    def move_of(self, key: str) -> str:
        """The command of this list that `key` runs if it moves the cursor and does nothing else; else ""."""
        keymap = self.app._keymap
        if self._moves_by is not keymap:
            self._moves_by, self._moves = keymap, {}
        if key not in self._moves:
            self._moves[key] = self._find_move(key)
        return self._moves[key]

    def _find_move(self, key: str) -> str:
        for node, its in self.screen._modal_binding_chain:
            for binding in its.key_to_bindings.get(key, ()):
                command = binding.id or ""
                return command.removeprefix("list.") if node is self and command in _MOVES else ""
        return ""

    def move(self, move: str) -> None:
        """Run a command that moves the cursor, for somebody who shows at once what depends on it: `Moved` is
        not posted."""
        self._tells = False
        try:
            getattr(self, f"do_{move}")()
        finally:
            self._tells = True

    def do_down(self) -> None:
        self._go(self.cursor + 1, 1)

    def do_up(self) -> None:
        self._go(self.cursor - 1, -1)

    def do_top(self) -> None:
        self._go(0, 1)
        self.scroll_to(y=0, animate=False, immediate=True)

    def do_bottom(self) -> None:
        self._go(len(self._items) - 1, -1)
        self.scroll_to(y=self.max_scroll_y, animate=False, immediate=True)

    def do_page_down(self) -> None:
        self._go(self.cursor + self._page, 1)

    def do_page_up(self) -> None:
        self._go(self.cursor - self._page, -1)

    def _go(self, index: int, step: int) -> None:
        """Put the cursor on an item; where none can be chosen in that direction, what is there is still
        to be read, so the list scrolls. On the way back it scrolls, too, until the cursor is in sight."""
        before = self.cursor
        if self._selectable is not None and not self._in_sight and self._ahead(step):
            way = (index - before) * self._pitch
            self.scroll_relative(y=way, animate=False, immediate=True)
            if self._ahead(-step):
                self._scroll_to_cursor()
            return
        self.cursor = self._settle(index, step)
        if self._selectable is not None and (self.cursor - before) * (index - before) <= 0:
            self.scroll_relative(y=(index - before) * self._pitch, animate=False, immediate=True)

    @property
    def opens(self) -> bool:
        """Whether there is something under the cursor that can be opened."""
        return (item := self.current) is not None and self._can_choose(item)

    def do_choose(self) -> None:
        if not self.opens:
            # A list that is empty or only to be read has no use for the key; the screen behind may have one.
            raise SkipAction
        if not self._in_sight:
            # What can't be seen is shown first: nobody opens what they don't look at.
            self._scroll_to_cursor()
            return
        self.post_message(self.Chosen(self, self.current))

    @property
    def _in_sight(self) -> bool:
        """Whether the item under the cursor can be seen, or as much of it as there is room for."""
        top = self.cursor * self._pitch - self.scroll_offset.y
        return top >= 0 and top + min(self._item_height, self.size.height) <= self.size.height

    def _ahead(self, step: int) -> bool:
        """Whether the cursor is out of sight in the direction of `step`."""
        above = self.cursor * self._pitch < self.scroll_offset.y
        return not self._in_sight and above == (step < 0)

    @property
    def _page(self) -> int:
        return max(1, self.size.height // self._pitch - 1)

    def _settle(self, index: int, step: int) -> int:
        """The nearest index that may be selected, looking on in the direction of `step` first."""
        last = len(self._items) - 1
        if last < 0:
            return 0
        index = min(max(index, 0), last)
        if self._selectable is None:
            return index
        for candidate in chain(self._walk(index, step, last), self._walk(index, -step, last)):
            if self._selectable(self._items[candidate]):
                return candidate
        return index

    @staticmethod
    def _walk(start: int, step: int, last: int) -> range:
        return range(start, last + 1) if step > 0 else range(start, -1, -1)

    def _index_of(self, key: str) -> int | None:
        for index, item in enumerate(self._items):
            if self._key_of(item) == key:
                return index
        return None

    def watch_cursor(self, before: int, after: int) -> None:
        if before == after:
            return
        top = self.scroll_offset.y
        self._scroll_to_cursor()
        if self.scroll_offset.y == top:
            self._refresh_items((before, after))
        if self._tells:
            self._tell()

    def _tell(self) -> None:
        self.untold = self.post_message(self.Moved(self, self.current))

    def _scroll_to_cursor(self, *, led: bool = False) -> None:
        """Bring the item under the cursor in sight; `led` if the list is about to have the focus."""
        top = self.cursor * self._pitch
        bottom = top + self._item_height
        before, height = self.scroll_offset.y, self._height
        led = led or self.has_focus
        if self._items and (bottom <= height or not led) and self.cursor == self._settle(0, 1):
            # What stands above the first that can be chosen belongs to it, as far as there is room; and
            # what is only looked at is read from its top.
            top = 0
        if before <= top and bottom <= before + height:
            return
        if bottom - top <= height:
            # What it comes to below, which looks for the list on the screen first.
            self.scroll_to(y=top if top < before else bottom - height, animate=False, force=True)
            return
        self.scroll_to_region(
            Region(0, top, 1, bottom - top),
            animate=False,
            force=True,
            immediate=True,
        )

    def focus(self, scroll_visible: bool = True) -> Self:
        """Give it the focus, with its cursor in sight. (A click gives it in another way: nothing moves.)"""
        self._scroll_to_cursor(led=True)
        return super().focus(scroll_visible)

    def on_resize(self, _: events.Resize) -> None:
        self._forget()
        self._resize()
        self._draw_heading()
        self._scroll_to_cursor()

    def around(self, count: int) -> list[T]:
        """The items that the cursor can go to next, at most so many in either direction, nearest first."""
        ways = (range(self.cursor + 1, len(self._items)), range(self.cursor - 1, -1, -1))
        below, above = (
            islice((item for item in map(self._items.__getitem__, way) if self._can_choose(item)), count)
            for way in ways
        )
        return [item for pair in zip_longest(below, above) for item in pair if item is not None]

    async def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None:
            return
        index = int(offset.y + self.scroll_offset.y) // self._pitch
        if not 0 <= index < len(self._items):
            return
        if self._selectable is not None and not self._selectable(self._items[index]):
            return
        self.cursor = index
        if event.chain == self._clicks:
            self.post_message(self.Chosen(self, self._items[index]))

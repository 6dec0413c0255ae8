"""What every screen is handed: the store, the time, the clipboard, and the ways out to other programs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from data.clock import Clock
    from data.drafts import Drafts
    from data.store import Store

    from .ports import ClipboardPort


class Desk(Struct, frozen=True):
    """The ports of one running app.

    `open_url` hands a checked address to the system's browser or mail program and says whether that
    could be started; `edit_text` lets the user change a text in `$EDITOR` (None if they gave up or no
    editor is set); `demo` says that the store is a throw-away one.
    """

    store: Store
    clock: Clock
    clipboard: ClipboardPort
    drafts: Drafts
    open_url: Callable[[str], bool]
    edit_text: Callable[[str], str | None]
    downloads: Path
    demo: bool = False

"""The user's own editor, for a text that is longer than a line."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .app import InroadApp


def editor(app: Callable[[], InroadApp]) -> Callable[[str], str | None]:
    """A function that lets the user change a text in `$VISUAL` or `$EDITOR` while the app stands aside.

    It gives None where no editor could be started, or where it failed and nothing was saved in it. What
    was saved comes back however the editor ended: its window may have been closed.
    """

    def edit(text: str) -> str | None:
        import shlex

        command = os.environ.get("VISUAL") or os.environ.get("EDITOR")
        if not command:
            return None
        with tempfile.TemporaryDirectory(prefix="inroad-", ignore_cleanup_errors=True) as folder:
            file = Path(folder) / "text.md"
            file.write_text(text, encoding="utf-8")
            went_well = False
            changed = text
            # Where there is no terminal any more, the app can't come back to it; the words can.
            with suppress(OSError), app().suspend():
                # Nothing may leave this block: Textual would not come back to the terminal.
                with suppress(OSError, ValueError):
                    went_well = not subprocess.run([*shlex.split(command), str(file)], check=False).returncode
                with suppress(OSError):
                    changed = file.read_text(encoding="utf-8", errors="replace")
        if changed == text:
            return text if went_well else None
        return changed.removesuffix("\n") if not text.endswith("\n") else changed

    return edit

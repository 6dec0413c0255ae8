"""A small program of its own: puts standard input on the desktop's clipboard and reads it back.

`tui.clipboard` runs it, because pyperclip waits without limit for programs such as xclip, and those
stay behind holding every stream that they were given. The exit status is the answer: 0 when the
clipboard was read back as the same text, 1 when it was not.
"""

from __future__ import annotations

import sys
import time

LOOKS = (0.0, 0.02, 0.05, 0.1, 0.2)
"""Seconds to wait before each look: xclip comes back a moment before the clipboard is its own."""


def same(wanted: str, found: str) -> bool:
    """Whether a clipboard that gave `found` holds `wanted`; some change line ends or add one."""
    return _plain(wanted) == _plain(found)


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").rstrip("\n")


def main() -> int:
    """Copy what is on standard input (UTF-8); returns the exit status."""
    import pyperclip

    text = sys.stdin.buffer.read().decode("utf-8")
    try:
        pyperclip.copy(text)
        for pause in LOOKS:
            time.sleep(pause)
            if same(text, pyperclip.paste()):
                return 0
    except (pyperclip.PyperclipException, OSError, UnicodeError):
        pass
    return 1


if __name__ == "__main__":
    sys.exit(main())

"""The command `inroad`: puts its own folder first on the import path and hands over to `tui`.

Installed, the three packages live below `_inroad/`, so that no other package named `data` or `tui`
can stand in for ours; in the repository they lie beside this file.
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path


def main() -> int:
    """Run the command line with the arguments of this process; returns the exit status."""
    # What starting makes is there to stay: the app looks for garbage from its first frame on, other
    # commands as soon as they are known.
    gc.disable()
    here = Path(__file__).resolve().parent
    private = here / "_inroad"
    sys.path.insert(0, str(private if private.is_dir() else here))
    try:
        from tui.cli import main as run

        return run(sys.argv[1:])
    except KeyboardInterrupt:
        # Ctrl+C before anything was set up, or on the way out.
        return 130


if __name__ == "__main__":
    sys.exit(main())

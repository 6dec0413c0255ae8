"""The command line: `main` runs a command and returns its exit status; nothing ends in a traceback.

Other programs call these commands, so each is started fast: what a command needs is imported when it
runs, and only the app itself imports Textual.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module

from data.errors import UserError
from data.store.errors import StoreError
from tui.cli.shell import INTERRUPTED, OK, REFUSED, Refusal, Shell

_MODULES = {
    "": "app",
    "demo": "app",
    "add": "people",
    "find": "people",
    "import": "transfer",
    "export": "export",
    "duplicates": "duplicates",
    "today": "due",
    "doctor": "care",
    "backup": "care",
    "restore": "care",
    "erase": "erase",
    "where": "care",
}


def main(arguments: Sequence[str], shell: Shell | None = None) -> int:
    """Run the command line with `arguments` (without the program's name); returns the exit status.

    0: done. 1: a part went through, or the store is not whole (`doctor`). 2: not done, and one
    sentence on standard error says why.
    """
    shell = shell or Shell.of_this_process()
    try:
        status = _run(arguments, shell)
        shell.out.flush()
        return status
    except BrokenPipeError:
        _quieten(shell)
        return OK
    except KeyboardInterrupt:
        return INTERRUPTED
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else OK
    except Refusal as refusal:
        return _complain(shell, str(refusal), refusal.status)
    except (UserError, StoreError) as error:
        return _complain(shell, str(error), REFUSED)
    except OSError as error:
        _quieten(shell)
        return _complain(shell, _of_the_system(error), REFUSED)


def _run(arguments: Sequence[str], shell: Shell) -> int:
    if not arguments or (len(arguments) == 2 and arguments[0] == "--store" and arguments[1][:1] != "-"):
        # The app itself, as it is nearly always opened: quicker read than the reader is loaded.
        from tui.cli.app import open_on

        return open_on(arguments[1] if arguments else None, shell)
    from tui.cli.arguments import parse

    gc.enable()
    options = parse(arguments)
    name = options.command
    module = import_module(f"tui.cli.{_MODULES[name]}")
    run = getattr(module, f"run_{name or 'app'}")
    status: int = run(options, shell)
    return status


def _complain(shell: Shell, sentence: str, status: int) -> int:
    with suppress(OSError):
        shell.out.flush()
    with suppress(OSError):
        shell.note(f"inroad: {sentence}")
    return status


def _of_the_system(error: OSError) -> str:
    """A sentence for an error of the system that no command foresaw."""
    reason = error.strerror or str(error) or type(error).__name__
    return f"{error.filename}: {reason}." if error.filename else f"{reason}."


def _quieten(shell: Shell) -> None:
    """What we print reaches nobody any more: let what is still buffered go nowhere, without a word."""
    if shell.out is sys.stdout:
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

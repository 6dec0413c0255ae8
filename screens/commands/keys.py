"""The key of a command as the user has it, for every sentence that names one."""

from __future__ import annotations

from .model import key_label, types_a_character


def how_to_leave() -> str:
    """How Inroad is left, also from inside text: what Ctrl+C says, which many try."""
    from textual._context import active_app

    from . import by_id

    keys = active_app.get()._keymap.get("app.quit", ",".join(by_id("app.quit").keys)).split(",")
    key = next((key for key in keys if key and not types_a_character(key)), "")
    return f"{key_label(key) if key else key_of('app.quit')} leaves Inroad; everything is kept."


def key_of(command_id: str) -> str:
    """The key of a command as it is bound in the app that runs, written for people.

    A command without a key is found by its name: that gives the palette's key and the command's title.
    Where no app runs, the keys are those that Inroad comes with. LookupError for an unknown id.
    """
    from textual._context import active_app

    from . import by_id

    command = by_id(command_id)
    try:
        keymap = active_app.get()._keymap
    except LookupError:
        keymap = {}
    if keys := keymap.get(command_id, ",".join(command.keys)):
        return key_label(keys.split(",")[0].strip())
    return f"{key_of('app.palette')}, {command.title},"

"""The user's `config.toml`: the theme and other keys for commands."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from screens.commands import SCOPES, by_id, commands, types_a_character


class Config(Struct, frozen=True):
    """What the file says; `problems` are sentences about what could not be followed.

    `file` is where it stands, or would: None where nothing shall be remembered.
    """

    theme: str = ""
    keymap: dict[str, str] = {}
    problems: tuple[str, ...] = ()
    file: Path | None = None


def read_config(path: Path) -> Config:
    """Read `path`; a missing file is an empty one. What is wrong in it is named, and the default stays."""
    try:
        text = path.read_bytes()
    except FileNotFoundError:
        return Config(file=path)
    except OSError as error:
        return Config(
            problems=(f"{path} can't be read: {error.strerror}. The defaults are used.",), file=path
        )
    import tomllib

    try:
        parsed = tomllib.loads(text.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return Config(problems=(f"{path} is not valid TOML: {error}. The defaults are used.",), file=path)
    problems: list[str] = []
    theme = parsed.get("theme", "")
    if not isinstance(theme, str):
        problems.append("The theme must be a name in quotes.")
        theme = ""
    keys = parsed.get("keys", {})
    keymap = _keymap(keys, problems) if isinstance(keys, dict) else {}
    return Config(theme, keymap, tuple(problems), path)


def _keymap(keys: dict[str, object], problems: list[str]) -> dict[str, str]:
    """The remapped keys that can be followed; a table `[keys.board]` is the same as `"board.…"`."""
    flat: dict[str, object] = {}
    for name, value in keys.items():
        if isinstance(value, dict):
            flat |= {f"{name}.{inner}": key for inner, key in value.items()}
        else:
            flat[name] = value
    wanted: dict[str, str] = {}
    for command_id, value in flat.items():
        if not _known(command_id):
            problems.append(f'There is no command "{command_id}"; its line is ignored.')
        elif not isinstance(value, str) or not value.strip():
            problems.append(f'The key of "{command_id}" must be a text such as "ctrl+n".')
        elif wrong := _wrong_key(command_id, named := _as_named(value)):
            problems.append(f"{wrong[:1].upper()}{wrong[1:]}; its line is ignored.")
        else:
            wanted[command_id] = named
    # Two commands may swap their keys. A line that falls gives its command the old key back, on which
    # another line may stand: look again until all that is left goes together.
    while clashing := _first_clash(wanted):
        command_id, other = clashing
        problems.append(
            f'"{flat[command_id]}" for "{command_id}" is already the key of "{other}"; the line is ignored.'
        )
        del wanted[command_id]
    return wanted


def _first_clash(wanted: dict[str, str]) -> tuple[str, str] | None:
    """A command whose new key another one has, and that one: first where it is no new key, too; of two new
    keys the later line falls."""
    found = [(id, other) for id, keys in wanted.items() if (other := _clash(id, keys, wanted))]
    firm = [(id, other) for id, other in found if other not in wanted]
    return firm[0] if firm else found[-1] if found else None


_NAMES = {
    "esc": "escape",
    "pgup": "pageup",
    "pgdn": "pagedown",
    "del": "delete",
    "return": "enter",
    "←": "left",
    "→": "right",
    "↑": "up",
    "↓": "down",
}
"""Keys as they are shown, and as people call them."""


def _as_named(value: str) -> str:
    """Keys as Textual names them: `?`, `^z`, `F9` and `ctrl+z, f9` are all understood."""
    return ",".join(_key(each.strip()) for each in ([","] if value.strip() == "," else value.split(",")))


def _key(typed: str) -> str:
    from textual.keys import _character_to_key

    if len(typed) > 1 and typed.startswith("^"):
        typed = f"ctrl+{typed[1:]}"
    *modifiers, last = typed.split("+") if len(typed) > 1 else [typed]
    modifiers = [modifier.lower() for modifier in modifiers]
    if len(last) > 1 or "ctrl" in modifiers:
        last = last.lower()
    last = _NAMES.get(last, last)
    if modifiers == ["shift"] and len(last) == 1 and last.isalpha():
        return last.upper()
    if len(last) == 1 and not last.isalnum():
        last = _character_to_key(last)
    return "+".join((*modifiers, last))


def _wrong_key(command_id: str, keys: str) -> str:
    """What is wrong with one of the keys; empty if nothing is."""
    for key in keys.split(","):
        *modifiers, last = key.split("+")
        if not set(modifiers) <= {"ctrl", "shift", "alt", "super", "meta"} or not _is_key(last):
            return f'there is no key "{key}"'
        if command_id.partition(".")[0] in ("text", "dialog") and types_a_character(key):
            return f'"{command_id}" works inside text, where "{key}" is a letter like any other'
    return ""


def _is_key(name: str) -> bool:
    from unicodedata import lookup

    from textual.keys import Keys, _get_unicode_name_from_key

    if len(name) == 1 or name in {key.value for key in Keys}:
        return True
    try:
        return bool(lookup(_get_unicode_name_from_key(name)))
    except KeyError:
        return False


def _known(command_id: str) -> bool:
    scope = command_id.partition(".")[0]
    if scope not in SCOPES:
        return False
    try:
        by_id(command_id)
    except LookupError:
        return False
    return True


def _clash(command_id: str, value: str, keymap: dict[str, str]) -> str:
    """The command that already has one of these keys where `command_id` works; empty if none has."""
    wanted = set(value.split(",")) - set(by_id(command_id).keys)
    scope = command_id.partition(".")[0]
    if scope in ("app", "list"):
        scopes = [*SCOPES]
    elif scope == "text":
        scopes = [each for each in SCOPES if each != "dialog"]
    else:
        scopes = [scope, "app", "list", *(["text"] if scope != "dialog" else [])]
    for other in (command for each in scopes for command in commands(each)):
        held = keymap.get(other.id, ",".join(other.keys)).split(",")
        if other.id != command_id and wanted & set(held):
            return other.id
    return ""

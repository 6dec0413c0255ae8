"""The user's `config.toml`: the theme and other keys for commands."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from screens.commands import SCOPES, by_id, commands


class Config(Struct, frozen=True):
    """What the file says; `problems` are sentences about what could not be followed."""

    theme: str = ""
    keymap: dict[str, str] = {}
    problems: tuple[str, ...] = ()


def read_config(path: Path) -> Config:
    """Read `path`; a missing file is an empty one. What is wrong in it is named, and the default stays."""
    try:
        text = path.read_bytes()
    except FileNotFoundError:
        return Config()
    except OSError as error:
        return Config(problems=(f"{path} can't be read: {error.strerror}. The defaults are used.",))
    import tomllib

    try:
        parsed = tomllib.loads(text.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return Config(problems=(f"{path} is not valid TOML: {error}. The defaults are used.",))
    problems: list[str] = []
    theme = parsed.get("theme", "")
    if not isinstance(theme, str):
        problems.append(f"{path}: theme must be a name in quotes.")
        theme = ""
    keys = parsed.get("keys", {})
    keymap = _keymap(keys, path, problems) if isinstance(keys, dict) else {}
    return Config(theme, keymap, tuple(problems))


def _keymap(keys: dict[str, object], path: Path, problems: list[str]) -> dict[str, str]:
    """The remapped keys that can be followed; a table `[keys.board]` is the same as `"board.…"`."""
    flat: dict[str, object] = {}
    for name, value in keys.items():
        if isinstance(value, dict):
            flat |= {f"{name}.{inner}": key for inner, key in value.items()}
        else:
            flat[name] = value
    keymap: dict[str, str] = {}
    for command_id, value in flat.items():
        if not _known(command_id):
            problems.append(f'{path}: there is no command "{command_id}"; its line is ignored.')
        elif not isinstance(value, str) or not value.strip():
            problems.append(f'{path}: the key of "{command_id}" must be a text such as "ctrl+n".')
        elif clash := _clash(command_id, value, keymap):
            problems.append(f'{path}: "{value}" for "{command_id}" is already the key of "{clash}".')
        else:
            keymap[command_id] = value
    return keymap


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
    wanted = {key.strip() for key in value.split(",")}
    scope = command_id.partition(".")[0]
    scopes = SCOPES if scope in ("app", "list") else (scope, "app", "list")
    for other_scope in scopes:
        for other in commands(other_scope):
            held = keymap.get(other.id, ",".join(other.keys)).split(",")
            if other.id != command_id and wanted & set(held):
                return other.id
    return ""

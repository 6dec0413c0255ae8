"""Where things are: the store, and the files beside the user's other settings."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from tui.cli.shell import Refusal

VARIABLE = "INROAD_STORE"


def store_path(option: str | None, environ: Mapping[str, str]) -> Path:
    """The store: `--store`, else `$INROAD_STORE`, else `inroad.json` in the user's data folder."""
    if option is not None:
        return file_path(option, "--store")
    if environ.get(VARIABLE):
        return file_path(environ[VARIABLE], f"${VARIABLE}")
    from platformdirs import user_data_path

    return user_data_path("inroad", appauthor=False) / "inroad.json"


def config_path() -> Path:
    """The user's settings: theme and keys."""
    from platformdirs import user_config_path

    return user_config_path("inroad", appauthor=False) / "config.toml"


def file_path(text: str, what: str) -> Path:
    """`text` as an absolute path; a Refusal that names `what` where it can't be one."""
    if not text.strip():
        raise Refusal(f"{what} names no file; give it a path.")
    if "\0" in text:
        raise Refusal(f"{what} can't be a path: it holds a NUL character.")
    return Path(os.path.abspath(os.path.expanduser(text)))

"""The errors that are meant for the user: their text is one clear sentence, shown as it is."""

from __future__ import annotations


class UserError(Exception):
    """Something that can't be done; `str(error)` says what is wrong and what to do, in one sentence."""

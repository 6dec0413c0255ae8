"""What a drafted message is."""

from __future__ import annotations

from msgspec import Struct

from data.records import Channel


class Message(Struct, frozen=True, kw_only=True):
    """A message to one person. `gaps` are the labels of facts that nobody knows yet, each standing in the
    text as `[label]`. `to` is the id of whom it goes to (empty where a lead has not become a person),
    `to_name` their full name. An empty `body` means that there is nothing to write.

    `problem` says in one sentence why the user's own template could not be used, and ours was.
    """

    subject: str
    body: str
    gaps: tuple[str, ...]
    channel: Channel
    template: str = ""
    to: str = ""
    to_name: str = ""
    problem: str = ""

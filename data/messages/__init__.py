"""Messages: drafted from what is known, with visible gaps for what isn't, and checked while edited."""

from __future__ import annotations

from data.messages.check import Finding, check
from data.messages.context import Around, around
from data.messages.draft import channels_for, draft, template_for
from data.messages.message import Message

__all__ = ["Around", "Finding", "Message", "around", "channels_for", "check", "draft", "template_for"]

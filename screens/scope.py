"""How a command of the registry reaches its handler, and how it says why it can't be done now."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, ClassVar

from textual.message import Message

from data.errors import UserError
from data.store.errors import LOOK_ONLY, StoreBusy

from .commands import by_id, changing

if TYPE_CHECKING:
    from textual.dom import DOMNode

    from .desk import Desk


class Said(Message):
    """One line of feedback for the user, to be shown at the bottom of the screen."""

    def __init__(self, text: str, tone: str = "plain") -> None:
        """Takes the sentence and its tone: `plain`, `good` or `warn`."""
        super().__init__()
        self.text = text
        self.tone = tone


class Scope:
    """Mixed into an App, Screen or Widget whose bindings are the commands of one scope.

    The handler of `board.move_right` is the method `do_move_right`; a coroutine runs as a worker, so
    that it may wait for a dialog. `reason` says in one sentence why a command can't be done now.
    """

    SCOPE: ClassVar[str]

    async def _on_message(self, message: Message) -> None:
        # What a handler of a click or a chosen line can't do is said, too: no way to ask for something
        # may end in a traceback. (Textual ends the app on what leaves here.)
        try:
            await super()._on_message(message)  # type: ignore[misc]
        except UserError as error:
            self.say(str(error), "warn")

    def reason(self, name: str) -> str:
        """Why the command `name` of this scope can't be done now; empty if it can.

        What a store that can only be looked at allows is said here, for all commands; the rest by `why_not`.
        """
        return (self.look_only if name in changing(self.SCOPE) else "") or self.why_not(name)

    def why_not(self, name: str) -> str:
        """What the scope itself knows against doing the command `name` now; empty if nothing."""
        return ""

    @property
    def look_only(self) -> str:
        """Why nothing can be changed in the store; empty where it can."""
        desk: Desk | None = getattr(self, "desk", None)
        return LOOK_ONLY if desk is not None and desk.store.read_only else ""

    def action_command(self, command_id: str) -> None:
        """Run a command of this scope, or say why it can't be done."""
        self.run_command(command_id.partition(".")[2])

    def run_command(self, name: str) -> None:
        """Run the command `name` of this scope, or say why it can't be done."""
        reason = self.reason(name)
        if reason:
            self.say(reason, "warn")
            return
        handler = getattr(self, f"do_{name}")
        if inspect.iscoroutinefunction(handler):
            self._node.run_worker(self._guarded(handler, name), group="commands", exit_on_error=True)
            return
        try:
            handler()
        except StoreBusy:
            # Nothing has happened; wait beside the event loop, and do it then.
            self._node.run_worker(self._guarded(handler), group="commands", exit_on_error=True)
        except UserError as error:
            self.say(str(error), "warn")

    async def _guarded(self, handler: Callable[[], Awaitable[None] | None], name: str = "") -> None:
        from .again import run

        # What was so when the worker was made may have changed before it began.
        if name and (reason := self.reason(name)):
            self.say(reason, "warn")
            return
        desk: Desk | None = getattr(self, "desk", None)
        try:
            await run(self._node.app, desk.store if desk is not None else None, handler)
        except UserError as error:
            self.say(str(error), "warn")

    def say(self, text: str, tone: str = "plain") -> None:
        """Show one line of feedback at the bottom of the screen."""
        self._node.post_message(Said(text, tone))

    @property
    def _node(self) -> DOMNode:
        return self  # type: ignore[return-value]


def action_of(command_id: str) -> str:
    """The action that does a command, wherever the focus is: for a click, the help, the palette."""
    target = {"app": "app", "list": "focused"}.get(command_id.partition(".")[0], "screen")
    return f"{target}.command('{command_id}')"


def check_handlers(scope: type[Scope]) -> list[str]:
    """The ids of the commands of `scope` that have no handler; for the tests."""
    from .commands import commands

    return [
        command.id
        for command in commands(scope.SCOPE)
        if not callable(getattr(scope, f"do_{command.name}", None))
    ]


def title_of(command_id: str) -> str:
    """A command's title, for texts that name it."""
    return by_id(command_id).title

"""The user's own keys, in text too.

Textual takes from a screen all keys that the text line in focus would take as letters, and puts the user's
keys on what is left: a command whose key is a letter could then be given no key that works inside text.
Here the user's keys come first. This leans on Textual's insides, which is why Textual is pinned.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from textual.keys import key_to_character
from textual.screen import Screen

if TYPE_CHECKING:
    from textual.binding import BindingsMap
    from textual.dom import DOMNode

R = TypeVar("R")


class UsersKeys(Screen[R]):
    """A screen whose commands have the keys that the user gave them."""

    @property
    def _binding_chain(self) -> list[tuple[DOMNode, BindingsMap]]:
        """What a key may do, from what has the focus outwards."""
        keymap, focused = self.app._keymap, self.focused
        if not keymap or focused is None or focused.loading:
            return super()._binding_chain
        chain = [(node, node._bindings.copy()) for node in focused.ancestors_with_self]
        inside: list[DOMNode] = []
        for node, its in chain:
            if clashed := its.apply_keymap(keymap).clashed_bindings:
                self.app.handle_bindings_clash(clashed, node)
            for key in [*its.key_to_bindings]:
                if any(each.check_consume_key(key, key_to_character(key)) for each in inside):
                    del its.key_to_bindings[key]
            inside.append(node)
        return chain

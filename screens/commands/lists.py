"""Commands that every list understands."""

from .model import Command

COMMANDS = (
    Command("list.down", "Down", "Go to the next line.", ("j", "down"), palette=False),
    Command("list.up", "Up", "Go to the line before.", ("k", "up"), palette=False),
    Command("list.top", "Top", "Go to the first line.", ("g", "home"), palette=False),
    Command("list.bottom", "Bottom", "Go to the last line.", ("G", "end"), palette=False),
    Command("list.page_down", "Page down", "Go one page on.", ("pagedown",), palette=False),
    Command("list.page_up", "Page up", "Go one page back.", ("pageup",), palette=False),
    Command("list.choose", "Open", "Open what is selected.", ("enter",), palette=False),
)

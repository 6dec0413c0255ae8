"""What an empty column of the board says: what to do next, and with which key."""

from __future__ import annotations

from data.records import Stage

from ..commands import key_of
from ..widgets.rows import Row
from ..widgets.text_rows import wrap

_WAYS: dict[Stage, tuple[str, tuple[tuple[str, str], ...]]] = {
    Stage.TO_ASK: (
        "Nobody to ask yet. Begin with people you have something in common with: they answer.",
        (
            ("app.import_file", "brings in the people you know: LinkedIn, Google, Outlook"),
            ("board.find", "finds in your network who fits"),
            ("board.new", "adds somebody in one line"),
            ("board.new_group", "adds an alumni group or the association of your field: ask whom they know"),
        ),
    ),
    Stage.ASKED: (
        "Nobody asked yet.",
        (
            ("board.write", "on somebody in To ask drafts your message"),
            ("board.move_right", "moves them here once it is sent"),
        ),
    ),
    Stage.SCHEDULED: (
        "No meeting planned.",
        (("board.schedule", "on somebody puts one on the calendar"),),
    ),
    Stage.MET: (
        "Nobody just met.",
        (("board.meet", "starts a meeting here and now"),),
    ),
    Stage.IN_TOUCH: (
        "Nobody yet. Whom you met and thanked comes here.",
        (("board.tier", "sets how often you write to somebody"),),
    ),
}

_KEY_CELLS = 4


def empty_rows(stage: Stage, width: int) -> list[Row]:
    """The rows for a column that is `width` cells wide, with the keys as they are bound now."""
    width = max(12, min(width, 70))
    lead, ways = _WAYS[stage]
    rows: list[Row] = [((" ", "plain"), (line, "dim")) for line in wrap(lead, width - 1)]
    for command_id, what in ways:
        rows.append(())
        for number, line in enumerate(wrap(what, width - 1 - _KEY_CELLS)):
            key = key_of(command_id) if number == 0 else ""
            rows.append(((f" {key:<{_KEY_CELLS}}", "strong"), (line, "dim")))
    return rows


def no_match() -> list[Row]:
    """The rows for a column of which the filter leaves nobody."""
    return [
        ((" Nobody matches.", "dim"),),
        (),
        ((f" {key_of('text.leave')} ", "strong"), ("shows all", "dim")),
    ]

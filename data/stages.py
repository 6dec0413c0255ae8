"""The one table of moves: from where to where, what the move says, and what has to be asked first."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from data.errors import UserError
from data.vocabulary import BOARD, LABELS, Stage


class Asks(StrEnum):
    """What a screen has to ask before it makes the move."""

    NOTHING = ""
    OUTREACH = "outreach"
    """What was sent, and by which way; both may be left out."""
    WHEN = "when"
    """When the meeting is: without one there is nothing to move to."""
    HOW_MET = "how_met"
    """Whether to log a meeting afterwards (when, how long, lines), or just the fact."""
    CALLED_OFF = "called_off"
    """Whether the planned meeting is called off; it is, if nobody says otherwise."""
    UNTIL = "until"
    """When to look at them again; a date is offered, and none is allowed."""


class Effect(StrEnum):
    """What the move does besides moving; each is an event of `data.followups`."""

    NONE = ""
    SENT = "sent"
    """Logs the outreach and books the nudge."""
    NEEDS_MEETING = "needs_meeting"
    """Takes a planned meeting to be there; scheduling one books the confirmation."""
    MET = "met"
    """They talked: thank-you, connection, check-in."""
    KEEP = "keep"
    """The cadence of their tier begins, counted from the last touch."""
    WITHDRAWN = "withdrawn"
    """What the further stage had booked is called off again: nudges, confirmation, finding a time."""
    PARKED = "parked"
    """Nothing is owed to them any more; on the day they are looked at again."""
    OFF_BOARD = "off_board"
    """Known, not pursued: nothing is owed to them any more."""
    REVIVED = "revived"
    """Back from the parked: what is still owed from their leads, and the check-in, are booked again."""


class Move(Struct, frozen=True, kw_only=True):
    """One move: `says` is what it means, in a sentence to show before it is made."""

    start: Stage
    end: Stage
    says: str
    asks: Asks = Asks.NOTHING
    effects: tuple[Effect, ...] = ()
    calls_off: bool = False


def _moves() -> dict[tuple[Stage, Stage], Move]:
    network, to_ask, asked, scheduled, met, in_touch, parked = (
        Stage.NETWORK,
        Stage.TO_ASK,
        Stage.ASKED,
        Stage.SCHEDULED,
        Stage.MET,
        Stage.IN_TOUCH,
        Stage.PARKED,
    )
    table: dict[tuple[Stage, Stage], Move] = {}

    def put(start: Stage, end: Stage, says: str, *effects: Effect, asks: Asks = Asks.NOTHING) -> None:
        # Whatever leaves "scheduled" other than by having met leaves a meeting that won't take place.
        calls_off = start is scheduled and end not in (met, in_touch)
        if calls_off and asks is Asks.NOTHING:
            asks = Asks.CALLED_OFF
        if start is parked and Effect.OFF_BOARD not in effects:
            effects = (Effect.REVIVED, *effects)
        table[start, end] = Move(
            start=start, end=end, says=says, asks=asks, effects=effects, calls_off=calls_off
        )

    for start in (network, parked):
        put(start, to_ask, "Puts them on the board, to be asked.")
    for start in (asked, scheduled, met, in_touch):
        put(start, to_ask, "Back to be asked; nudges are called off.", Effect.WITHDRAWN)

    for start in (network, to_ask, parked, in_touch):
        put(start, asked, "Logs your message and books the nudge.", Effect.SENT, asks=Asks.OUTREACH)
    put(scheduled, asked, "The meeting is off; you wait for their answer.", Effect.WITHDRAWN)
    put(met, asked, "Logs your message and books the nudge.", Effect.SENT, asks=Asks.OUTREACH)

    for start in (network, to_ask, asked, parked):
        put(start, scheduled, "Asks when you meet.", Effect.NEEDS_MEETING, asks=Asks.WHEN)
    put(met, scheduled, "Asks when you meet again.", Effect.NEEDS_MEETING, asks=Asks.WHEN)
    put(in_touch, scheduled, "Asks when you meet again.", Effect.NEEDS_MEETING, asks=Asks.WHEN)

    for start in (network, to_ask, asked, scheduled, parked):
        put(start, met, "You talked: books the thank-you.", Effect.MET, asks=Asks.HOW_MET)
    put(in_touch, met, "Back to those you just met.")

    for start in (network, to_ask, parked):
        put(start, in_touch, "You know each other: the check-ins of their tier begin.", Effect.KEEP)
    put(asked, in_touch, "They are in touch: nudges are called off.", Effect.WITHDRAWN, Effect.KEEP)
    put(scheduled, in_touch, "You talked: books the thank-you.", Effect.MET, asks=Asks.HOW_MET)
    put(met, in_touch, "Thanked: the check-ins of their tier begin.", Effect.KEEP)

    for start in (network, to_ask, asked, scheduled, met, in_touch):
        says = "Nothing is owed to them until you look again."
        put(start, parked, says, Effect.PARKED, asks=Asks.UNTIL)
        if start is not network:
            put(start, network, "Off the board; nothing is owed to them any more.", Effect.OFF_BOARD)
    put(parked, network, "Off the board for good; no day to look again.", Effect.OFF_BOARD)
    return table


MOVES: dict[tuple[Stage, Stage], Move] = _moves()
"""Every move there is; staying where one is, is none."""


def move_of(start: Stage, end: Stage) -> Move:
    """The move from one stage to another. Raises UserError (one sentence) if they are the same."""
    move = MOVES.get((start, end))
    if move is None:
        raise UserError(f"They are in “{LABELS[start]}” already.")
    return move


def beside(stage: Stage, step: int) -> Stage | None:
    """The column of the board `step` places to the right (to the left, if negative); None at its end.

    From the network the way on is "To ask"; from the parked it is, too.
    """
    if stage not in BOARD:
        return Stage.TO_ASK if step > 0 else None
    place = BOARD.index(stage) + step
    return BOARD[place] if 0 <= place < len(BOARD) else None

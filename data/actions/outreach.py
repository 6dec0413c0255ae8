"""Wanting to ask somebody: a first message to write, on the day's list from now on."""

from __future__ import annotations

from data.actions.common import Who, the_person, to_stage
from data.clock import Clock, today
from data.followups.occasions import Occasion
from data.records import FollowUp, FollowUpKind, FollowUpState, Stage, Touch, TouchKind, new_id
from data.store import Store
from data.text import short

_WEEK = 7


def book_outreach(store: Store, clock: Clock, who: Who) -> FollowUp:
    """Put the first message to somebody on today's list, to be drafted, checked, copied and marked done.

    Who is only known, or parked, comes to *To ask*. Whoever was asked before gets a message that says so.
    One that is on the list already is given back as it is. Raises UserError if they were removed.
    """
    with store.transaction("Booked a first message") as tx:
        person = the_person(tx, who)
        for each in tx.where(FollowUp, person=person.id):
            if each.kind is FollowUpKind.OUTREACH and each.state is FollowUpState.OPEN:
                return each
        tx.title = f"Put {short(person.name)} on today’s list, to be asked"
        if person.stage in (Stage.NETWORK, Stage.PARKED):
            to_stage(tx, clock, person, Stage.TO_ASK)
        again = any(touch.kind is TouchKind.OUTREACH for touch in tx.where(Touch, person=person.id))
        return tx.put(
            FollowUp(
                id=new_id(),
                person=person.id,
                kind=FollowUpKind.OUTREACH,
                occasion=Occasion.AGAIN if again else Occasion.NONE,
                due=today(clock),
                interval_days=_WEEK,
                why="You asked them before; ask again." if again else "You want to learn from them.",
                created=clock.now(),
            )
        )

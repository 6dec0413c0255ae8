"""The one place that turns what happened into what is owed next.

The engine has no memory: what it proposes follows from the stored facts, the event and the clock alone.
Screens ask with `propose`; actions write with `apply`, inside their own transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from msgspec.structs import replace

from data.clock import Clock, today
from data.followups import asking, keeping, meeting, news
from data.followups import events as happened
from data.followups.events import Event
from data.followups.plan import Act, Plan, Proposal
from data.records import FollowUp, new_id
from data.store import Reader, Transaction

__all__ = ["Act", "Proposal", "apply", "propose"]

_HANDLERS: dict[type[Event], Callable[[Plan, Any], None]] = {
    happened.Sent: asking.sent,
    happened.Nudged: asking.nudged,
    happened.Answered: asking.answered,
    happened.Scheduled: asking.scheduled,
    happened.CalledOff: asking.called_off,
    happened.Withdrawn: asking.withdrawn,
    happened.Ended: meeting.ended,
    happened.Met: meeting.met,
    happened.LeadChanged: news.changed,
    happened.LeadDropped: news.dropped,
    happened.AdviceChanged: news.advice_changed,
    happened.Promised: news.promised,
    happened.Landed: news.landed,
    happened.Touched: keeping.touched,
    happened.TierChanged: keeping.tier_changed,
    happened.Snoozed: keeping.snoozed,
    happened.Skipped: meeting.skipped,
    happened.Parked: keeping.parked,
    happened.Revived: keeping.revived,
    happened.Removed: keeping.removed,
}


def propose(reader: Reader, event: Event, clock: Clock) -> list[Proposal]:
    """What the event leads to: what would be cancelled, closed, moved and booked. Writes nothing."""
    return _planned(reader, event, clock).proposals()


def apply(
    tx: Transaction, event: Event, clock: Clock, accept: Collection[Proposal] | None = None
) -> list[FollowUp]:
    """Write what the event leads to, and return the follow-ups written.

    Of what would be booked only that in `accept` is, as it is there (its day and words may have been
    changed; a day that is over becomes today); None accepts all. What is to be cancelled, closed or
    moved always is: it follows from what happened.
    """
    plan = _planned(tx, event, clock)
    accepted = None if accept is None else {each.key: each for each in accept if each.act is Act.BOOK}
    written: list[FollowUp] = []
    for proposal in plan.proposals():
        followup = proposal.followup
        if proposal.act is Act.BOOK:
            if accepted is not None:
                if proposal.key not in accepted:
                    continue
                followup = _as_changed(accepted[proposal.key].followup, clock)
            followup = replace(followup, id=new_id(), created=clock.now())
        written.append(tx.put(followup))
    for lead in plan.leads:
        tx.put(lead)
    return written


def _as_changed(followup: FollowUp, clock: Clock) -> FollowUp:
    due_at = followup.due_at
    if due_at is not None and (
        due_at <= clock.now() or due_at.astimezone(clock.zone()).date() != followup.due
    ):
        due_at = None
    return replace(followup, due=max(followup.due, today(clock)), due_at=due_at)


def _planned(reader: Reader, event: Event, clock: Clock) -> Plan:
    plan = Plan(reader, clock)
    _HANDLERS[type(event)](plan, event)
    return plan

"""When something is due: hours, days, business days and months, in the user's own time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from data.clock import Clock, today
from data.records import FollowUp, Tier
from data.rules import Rules
from data.zones import instant


def after_hours(start: datetime, hours: int, zone: ZoneInfo) -> datetime:
    """The instant that many hours after `start` (aware), in UTC.

    Whole days are counted on the calendar: 24 hours after 15:00 is 15:00 also where the clocks change
    that night, because "within a day" is meant by the clock on the wall.
    """
    days, rest = divmod(hours, 24)
    wall = start.astimezone(zone).replace(tzinfo=None, fold=0) + timedelta(days=days)
    return (instant(wall, zone.key, zone) + timedelta(hours=rest)).astimezone(UTC)


def months_after(day: date, months: int) -> date:
    """The same day that many months later; the last of the month where there is no such day."""
    from dateutil.relativedelta import relativedelta

    return day + relativedelta(months=months)


def tier_due(last: date, tier: Tier, rules: Rules) -> date | None:
    """When the next check-in is due after a touch on the day `last`; None without a tier."""
    if tier is Tier.A:
        return last + timedelta(weeks=rules.tier_a_weeks)
    if tier is Tier.B:
        return months_after(last, rules.tier_b_months)
    if tier is Tier.C:
        return months_after(last, rules.tier_c_months)
    return None


def look_again(clock: Clock, rules: Rules) -> date:
    """The day that is offered for looking again at somebody who is parked today."""
    return months_after(today(clock), rules.look_again_months)


def due_day(followup: FollowUp, zone: ZoneInfo) -> date:
    """The day on which it is due, in the user's zone of now: one that is due at an instant moves with them
    when they travel; one that is due on a day is due on that day anywhere."""
    return followup.due_at.astimezone(zone).date() if followup.due_at is not None else followup.due


def late(followup: FollowUp, now: datetime, today: date) -> timedelta:
    """How late it is; negative while it is not yet due. `today` is the user's day at `now`.

    With an instant to the minute, else in whole days: what is due today is not late all day.
    """
    return now - followup.due_at if followup.due_at is not None else today - followup.due


def lateness(followup: FollowUp, by: timedelta) -> float:
    """How late something is (`by`), in its own interval: a thank-you a day late (1.0) outranks a check-in
    of every five weeks that is a day late (0.03)."""
    return by.total_seconds() / (86_400 * max(1, followup.interval_days))

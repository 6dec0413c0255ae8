"""A time zone written into a calendar (RFC 5545, 3.6.5), so that programs which don't know its name agree.

icalendar lists all changes since 1970 as RDATEs, at the hour that clocks show after the change, which
some readers take wrongly (vobject misses every summer). Here each change that matters is an observance of
its own, at the hour that clocks showed before it, as the standard says.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

_BEFORE = timedelta(days=400)
_AFTER = timedelta(days=800)
_STEP = timedelta(days=1)
_ZERO = timedelta(0)


def timezone(zone: ZoneInfo, first: datetime, last: datetime) -> Timezone:
    """The zone as it is from before `first` until after `last`, both aware."""
    from icalendar import Timezone

    start, end = first.astimezone(UTC) - _BEFORE, last.astimezone(UTC) + _AFTER
    made = Timezone()
    made.add("tzid", zone.key)
    made.add_component(_observance(start, zone, first=True))
    at = start
    while at < end:
        if at.astimezone(zone).utcoffset() != (at + _STEP).astimezone(zone).utcoffset():
            made.add_component(_observance(_change(zone, at), zone))
        at += _STEP
    return made


def _change(zone: ZoneInfo, start: datetime) -> datetime:
    """The instant within a day of `start` at which clocks change, to the second."""
    low, high = 0, int(_STEP.total_seconds())
    before = start.astimezone(zone).utcoffset()
    while high - low > 1:
        middle = (low + high) // 2
        if (start + timedelta(seconds=middle)).astimezone(zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    return start + timedelta(seconds=high)


def _observance(at: datetime, zone: ZoneInfo, *, first: bool = False) -> TimezoneStandard | TimezoneDaylight:
    """What holds from the instant `at`, at which clocks change; before the `first` nothing is told."""
    from icalendar import TimezoneDaylight, TimezoneStandard

    after = at.astimezone(zone)
    before = after if first else (at - timedelta(seconds=1)).astimezone(zone)
    offset = before.utcoffset() or _ZERO
    made = TimezoneDaylight() if after.dst() else TimezoneStandard()
    made.add("dtstart", (at + offset).replace(tzinfo=None, microsecond=0))
    made.add("tzname", after.tzname() or zone.key)
    made.add("tzoffsetfrom", offset)
    made.add("tzoffsetto", after.utcoffset() or _ZERO)
    return made

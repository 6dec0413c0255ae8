"""Time as a port: what needs the time is handed a clock, so that tests can hand in one of their own."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo


class Clock(Protocol):
    """Tells the instant and the user's own time zone."""

    def now(self) -> datetime:
        """The current instant, aware, in UTC."""
        ...

    def zone(self) -> ZoneInfo:
        """The user's own IANA time zone."""
        ...


class SystemClock:
    """The machine's clock; the zone is read anew each time, since laptops travel."""

    def now(self) -> datetime:
        """The current instant, aware, in UTC."""
        return datetime.now(UTC)

    def zone(self) -> ZoneInfo:
        """The zone that the machine is set to; UTC where the machine names none that we know."""
        for named in (_linked_zone, _configured_zone):
            try:
                return ZoneInfo(named())
            except (LookupError, ValueError, OSError):
                continue
        return ZoneInfo("UTC")


def _linked_zone() -> str:
    """The zone whose file /etc/localtime leads to, which is how macOS and Linux keep it (localtime(5));
    empty where it isn't said there."""
    return "" if os.environ.get("TZ") else os.readlink("/etc/localtime").partition("/zoneinfo/")[2]


def _configured_zone() -> str:
    """The zone of TZ, of Windows, or of one of the files where systems have kept it."""
    from tzlocal import get_localzone_name

    return get_localzone_name() or ""


class FixedClock:
    """A clock that stands until it is told to go on: for tests and for the demo's made-up past."""

    def __init__(self, now: datetime, zone: str = "UTC") -> None:
        """Takes the instant to stand at (aware) and an IANA zone name."""
        if now.tzinfo is None:
            raise ValueError("a clock needs an aware datetime")
        self._now = now.astimezone(UTC)
        self._zone = ZoneInfo(zone)

    def now(self) -> datetime:
        """The instant that the clock stands at."""
        return self._now

    def zone(self) -> ZoneInfo:
        """The zone that it was made with."""
        return self._zone

    def advance(self, **delta: float) -> None:
        """Go on by a timedelta's keywords: `clock.advance(minutes=5)`."""
        self._now += timedelta(**delta)

    def set(self, now: datetime) -> None:
        """Stand at another instant (aware)."""
        self._now = now.astimezone(UTC)


def local_now(clock: Clock) -> datetime:
    """The instant now, as the wall time of the user's own zone (aware)."""
    return clock.now().astimezone(clock.zone())


def today(clock: Clock) -> date:
    """The user's local date."""
    return local_now(clock).date()

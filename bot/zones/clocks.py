"""A person's clock: a zone of the IANA database, which knows of summer time, or an offset from UTC that never moves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from importlib.resources import files
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

Clock = timezone | ZoneInfo

# No place was ever farther from UTC than these by today's rules (IANA time zone database, 2026).
KNOWN_OFFSETS: Final = (timedelta(hours=-12), timedelta(hours=14))
# Zones whose clocks agree at all of these are one zone to people: both sides of a year's changes, north and south.
_LOOKS: Final = tuple(timedelta(days=days) for days in range(0, 365, 14))


def clock_of(zone: str | None, offset_minutes: int | None) -> Clock | None:
    """Return a person's clock as it is stored; None where none is.

    A zone that this machine's database lacks is kept by the offset it had when it was chosen.
    """
    if zone is not None:
        try:
            return ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError):  # an older database; a name that can be no file
            pass
    if offset_minutes is None:
        return None
    return timezone(timedelta(minutes=offset_minutes)) if offset_minutes else UTC


@cache
def zone_names() -> frozenset[str]:
    """Return every zone there is, also under the names of old."""
    names = files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()
    return frozenset(names) - {"Factory"}  # it stands for a clock that nobody has set


def same_clocks(zones: Iterable[str], now: datetime) -> list[list[str]]:
    """Return the zones in groups whose clocks agree for a year from now, in the order in which they come."""
    groups: dict[tuple[timedelta | None, ...], list[str]] = {}
    for name in zones:
        clock = ZoneInfo(name)
        groups.setdefault(tuple((now + look).astimezone(clock).utcoffset() for look in _LOOKS), []).append(name)
    return list(groups.values())

"""The time zone of a place on the map."""

from __future__ import annotations

from bot.zones.clocks import zone_names


def zone_at(latitude: float, longitude: float) -> str | None:
    """Return the zone that a place is in; None where nobody knows."""
    # Imported here: it holds the world's borders in memory (36 MB), and few people share where they are.
    from tzfpy import get_tz

    name: str = get_tz(longitude, latitude)
    return name if name in zone_names() else None

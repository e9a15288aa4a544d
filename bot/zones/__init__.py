"""Time zones: a person's clock, what its place is called, and the zones that buttons offer."""

from bot.zones.city_names import city_names, city_of, today_name
from bot.zones.clocks import KNOWN_OFFSETS, Clock, clock_of, same_clocks, zone_names
from bot.zones.location import zone_at
from bot.zones.offered import OFFERED

__all__ = [
    "KNOWN_OFFSETS",
    "OFFERED",
    "Clock",
    "city_names",
    "city_of",
    "clock_of",
    "same_clocks",
    "today_name",
    "zone_at",
    "zone_names",
]

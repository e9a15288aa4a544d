"""What the places are called that time zones bear the names of."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from bot.languages import LOCALE_OF
from bot.zones.clocks import zone_names

# Its names stand in the zones' own.
_ENGLISH: Final = "en"


def city_of(zone: str, language: str) -> str:
    """Return the city that a zone is named after, as a language has it."""
    own = zone.rpartition("/")[2].replace("_", " ")
    return city_names(language).get(today_name(zone), own)


def today_name(zone: str) -> str:
    """Return what a zone is called today: Asia/Kolkata, once Asia/Calcutta; any other stays."""
    return _renamed().get(zone, zone)


@cache
def city_names(language: str) -> Mapping[str, str]:
    """Return the city of each zone, by today's name, that a language has a name of its own for."""
    if language == _ENGLISH:
        return {}
    # Imported here: reading a locale takes time that only who asks for a place should spend.
    from babel import Locale

    known = {
        today_name(zone): names.get("city") for zone, names in Locale.parse(LOCALE_OF[language]).time_zones.items()
    }
    return {zone: city for zone, city in known.items() if city and zone in zone_names()}


@cache
def _renamed() -> Mapping[str, str]:
    from babel.core import get_global

    renamed: Mapping[str, str] = get_global("zone_aliases")
    return renamed
